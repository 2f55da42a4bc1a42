//! CSV: one row an edge, or one row a node, for spreadsheets.
//!
//! A cell that a spreadsheet would run as a formula (`=cmd()`) gets an apostrophe before it, which
//! spreadsheets show as nothing. An edge with one end has an empty cell at the other.

use std::io::{self, Write};

use serde_json::Value;

use super::column::{EDGE_COLUMNS, NODE_COLUMNS};
use crate::graph::{KnowledgeGraph, Node};

/// One row an edge: the two ends, then every column.
pub(super) fn write_edges(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    let ends = ["id", "subject", "subject_name", "subject_kind", "object", "object_name", "object_kind"];
    rows.write_record(ends.into_iter().chain(EDGE_COLUMNS.iter().map(|column| column.name)))?;
    for link in graph.links() {
        let end = |node: Option<&'_ Node>| match node {
            None => ["", "", ""].map(str::to_owned),
            Some(node) => [
                cell(&node.key.clone().into()),
                cell(&node.name.clone().into()),
                cell(&serde_json::json!(node.kind)),
            ],
        };
        let told = EDGE_COLUMNS.iter().map(|column| cell(&(column.of)(&link)));
        let ends = end(link.subject()).into_iter().chain(end(link.object()));
        rows.write_record([format!("e{}", link.edge.id.0)].into_iter().chain(ends).chain(told))?;
    }
    rows.flush()
}

/// One row a node: its key, then every column.
pub(super) fn write_nodes(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(["key"].into_iter().chain(NODE_COLUMNS.iter().map(|column| column.name)))?;
    for (_, node) in graph.nodes() {
        let told = NODE_COLUMNS.iter().map(|column| cell(&(column.of)(graph, node)));
        rows.write_record([cell(&node.key.clone().into())].into_iter().chain(told))?;
    }
    rows.flush()
}

/// A value as a cell that no spreadsheet runs.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => {
            // NUL ends a cell for some readers.
            let text = text.replace('\0', "\u{fffd}");
            let runs = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
            if runs || text.starts_with(['\t', '\r', '\n']) { format!("'{text}") } else { text }
        }
        number => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn one_row_an_edge() {
        let mut out = Vec::new();
        write_edges(&sample::graph(), &mut out).unwrap();
        let mut rows = csv::Reader::from_reader(out.as_slice());
        let head = rows.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        let cell = |row: usize, name| &rows[row][head.iter().position(|h| h == name).unwrap()];
        assert_eq!(rows.len(), 7);
        assert_eq!((cell(0, "subject_name"), cell(0, "weight")), ("Antony Blinken", "2"));
        assert_eq!(cell(1, "within"), "Antony Blinken -urges-> China");
        assert_eq!((cell(4, "subject"), cell(4, "object")), ("", "person:jane-doe"));
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=cmd()", " =1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\n=1", "＝1"] {
            assert!(cell(&text.into()).starts_with('\''), "{text}");
        }
        assert_eq!(cell(&serde_json::json!(-2.5)), "-2.5");
        assert_eq!(cell(&"a-b".into()), "a-b");
    }
}
