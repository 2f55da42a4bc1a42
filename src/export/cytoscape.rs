//! Cytoscape JSON (`.cyjs`): for Cytoscape, and for Cytoscape.js in a web page.
//!
//! Every column is a field of an element's `data`. Edges with one end are left out.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::column::{EDGE_COLUMNS, NODE_COLUMNS};
use crate::graph::KnowledgeGraph;

/// Writes the graph as Cytoscape JSON, one element a line.
pub(super) fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"format_version\":\"1.0\",\"generated_by\":\"demarche\",")?;
    write!(
        out,
        "\"target_cytoscapejs_version\":\"~3.0\",\"data\":{{\"name\":\"demarche\"}},\n\"elements\":{{\"nodes\":["
    )?;
    let mut gap = "\n";
    for (_, node) in graph.nodes() {
        let mut data = Map::from_iter([("id".to_owned(), json!(node.key))]);
        for column in NODE_COLUMNS {
            insert(&mut data, column.name, (column.of)(graph, node));
        }
        write!(out, "{gap}{}", json!({ "data": data }))?;
        gap = ",\n";
    }
    write!(out, "],\n\"edges\":[")?;
    gap = "\n";
    for link in graph.links() {
        let (Some(subject), Some(object)) = (link.subject(), link.object()) else { continue };
        let mut data = Map::from_iter([
            ("id".to_owned(), json!(format!("e{}", link.edge.id.0))),
            ("source".to_owned(), json!(subject.key)),
            ("target".to_owned(), json!(object.key)),
            // Cytoscape's own word for the type of an edge.
            ("interaction".to_owned(), json!(link.edge.predicate)),
        ]);
        for column in EDGE_COLUMNS {
            // In an element, "source" is the node that the edge leaves.
            let name = if column.name == "source" { "document" } else { column.name };
            insert(&mut data, name, (column.of)(&link));
        }
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
