//! GraphML: a standard that Gephi, yEd, networkx and igraph read.
//!
//! Nodes are named by their keys; every column is declared first. Edges with one end are left out.

use std::fmt::Write;

use serde_json::Value;

use super::column::{ColumnKind, EDGE_COLUMNS, NODE_COLUMNS, edge_id};
use super::xml::escape;
use crate::graph::KnowledgeGraph;

/// The graph as GraphML.
pub(super) fn graphml(graph: &KnowledgeGraph) -> String {
    let mut out = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"",
        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
        " xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns",
        " http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    ));
    // Writing to a String cannot fail; so no result is looked at below.
    for column in NODE_COLUMNS {
        declare(&mut out, "node", column.name, column.kind);
    }
    for column in EDGE_COLUMNS {
        declare(&mut out, "edge", column.name, column.kind);
    }
    out.push_str("<graph id=\"demarche\" edgedefault=\"directed\">\n");
    for (_, node) in graph.nodes() {
        let _ = write!(out, "<node id=\"{}\">", escape(&node.key));
        for column in NODE_COLUMNS {
            data(&mut out, "node", column.name, &(column.of)(graph, node));
        }
        out.push_str("</node>\n");
    }
    for link in graph.links() {
        let (Some(subject), Some(object)) = (link.subject(), link.object()) else { continue };
        let (source, target) = (escape(&subject.key), escape(&object.key));
        let id = edge_id(&link);
        let _ = write!(out, "<edge id=\"{id}\" source=\"{source}\" target=\"{target}\">");
        for column in EDGE_COLUMNS {
            data(&mut out, "edge", column.name, &(column.of)(&link));
        }
        out.push_str("</edge>\n");
    }
    out.push_str("</graph>\n</graphml>\n");
    out
}

fn declare(out: &mut String, domain: &str, name: &str, kind: ColumnKind) {
    let kind = match kind {
        // GraphML knows no days.
        ColumnKind::Text | ColumnKind::Day => "string",
        ColumnKind::Whole => "long",
        ColumnKind::Number => "double",
        ColumnKind::YesNo => "boolean",
    };
    let _ = writeln!(
        out,
        "<key id=\"{domain}-{name}\" for=\"{domain}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
    );
}

fn data(out: &mut String, domain: &str, name: &str, value: &Value) {
    let text = match value {
        Value::Null => return,
        Value::String(text) => escape(text),
        other => other.to_string(),
    };
    let _ = write!(out, "<data key=\"{domain}-{name}\">{text}</data>");
}
