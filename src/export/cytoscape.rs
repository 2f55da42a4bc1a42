//! Cytoscape JSON (`.cyjs`): for Cytoscape, and for Cytoscape.js in a web page.
//!
//! Every column is a field of an element's `data`; an edge's `evidence` is a list of all its places. Nodes have
//! the places of our own layout. Edges with one end are left out.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::column::{EDGE_COLUMNS, NODE_COLUMNS, edge_id, evidence_list};
use super::places::places;
use crate::graph::KnowledgeGraph;

/// Writes the graph as Cytoscape JSON, one element a line.
pub(super) fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"format_version\":\"1.0\",\"generated_by\":\"demarche\",")?;
    write!(
        out,
        "\"target_cytoscapejs_version\":\"~3.0\",\"data\":{{\"name\":\"demarche\"}},\n\"elements\":{{\"nodes\":["
    )?;
    let mut gap = "\n";
    for ((_, node), (x, y)) in graph.nodes().zip(places(graph)) {
        let mut data = Map::from_iter([("id".to_owned(), json!(&*node.key))]);
        for column in NODE_COLUMNS {
            insert(&mut data, column.name, (column.of)(graph, node));
        }
        write!(out, "{gap}{}", json!({ "data": data, "position": { "x": x, "y": y } }))?;
        gap = ",\n";
    }
    write!(out, "],\n\"edges\":[")?;
    gap = "\n";
    for link in graph.links() {
        let (Some(subject), Some(object)) = (link.subject(), link.object()) else { continue };
        let mut data = Map::from_iter([
            ("id".to_owned(), json!(edge_id(&link))),
            ("source".to_owned(), json!(&*subject.key)),
            ("target".to_owned(), json!(&*object.key)),
            // Cytoscape's own word for the type of an edge.
            ("interaction".to_owned(), json!(&*link.edge.predicate)),
        ]);
        for column in EDGE_COLUMNS {
            insert(&mut data, column.name, (column.of)(&link));
        }
        data.insert("evidence".to_owned(), evidence_list(&link));
        write!(out, "{gap}{}", json!({ "data": data }))?;
        gap = ",\n";
    }
    out.write_all(b"]}}\n")
}

fn insert(data: &mut Map<String, Value>, name: &str, value: Value) {
    if !value.is_null() {
        data.insert(name.to_owned(), value);
    }
}
