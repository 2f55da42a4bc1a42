//! Node-link JSON (`.node-link.json`): for networkx (`node_link_graph`), and with other words for d3.
//!
//! networkx 3.6 looks for the edges under `edges`; `key` tells parallel edges apart. Every column is a field; an
//! edge's `evidence` is a list of all its places. Edges with one end are left out.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::column::{EDGE_COLUMNS, NODE_COLUMNS, edge_id, evidence_list};
use crate::graph::KnowledgeGraph;

/// Writes the graph as node-link JSON, one node or edge a line.
pub(super) fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let about = json!({ "name": "demarche", "documents": graph.sources().len() });
    write!(out, "{{\"directed\":true,\"multigraph\":true,\"graph\":{about},\n\"nodes\":[")?;
    let mut gap = "\n";
    for (_, node) in graph.nodes() {
        let told = NODE_COLUMNS.iter().map(|column| (column.name, (column.of)(graph, node)));
        write!(out, "{gap}{}", object([("id", json!(&*node.key))].into_iter().chain(told)))?;
        gap = ",\n";
    }
    write!(out, "],\n\"edges\":[")?;
    gap = "\n";
    for link in graph.links() {
        let (Some(subject), Some(object_node)) = (link.subject(), link.object()) else { continue };
        let ends = [
            ("source", json!(&*subject.key)),
            ("target", json!(&*object_node.key)),
            ("key", json!(edge_id(&link))),
            ("evidence", evidence_list(&link)),
        ];
        let told = EDGE_COLUMNS.iter().map(|column| (column.name, (column.of)(&link)));
        write!(out, "{gap}{}", object(ends.into_iter().chain(told)))?;
        gap = ",\n";
    }
    out.write_all(b"]}\n")
}

/// The fields that are known.
fn object<'a>(fields: impl Iterator<Item = (&'a str, Value)>) -> Value {
    let known = fields.filter(|(_, value)| !value.is_null());
    Value::Object(known.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn edges_hold_all_their_evidence() {
        let mut out = Vec::new();
        write(&sample::graph(), &mut out).unwrap();
        let file: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!((&file["directed"], &file["multigraph"]), (&json!(true), &json!(true)));
        assert_eq!(file["nodes"].as_array().unwrap().len(), 6);
        let edges = file["edges"].as_array().unwrap();
        // Of seven edges, one has one end.
        assert_eq!(edges.len(), 6);
        assert_eq!(edges[0]["source"], "wd:Q7821917");
        assert_eq!(edges[0]["evidence"][1]["sentence"], "Blinken urged China once more.");
    }
}
