//! CSV: one row an edge, a node, or a piece of evidence, for spreadsheets.
//!
//! A cell that a spreadsheet would run as a formula (`=cmd()`) gets an apostrophe before it, which
//! spreadsheets show as nothing. An edge with one end has an empty cell at the other.

use std::io::{self, Write};

use serde_json::Value;

use super::column::{EDGE_COLUMNS, END_COLUMNS, EVIDENCE_COLUMNS, KEY_COLUMN, NODE_COLUMNS, PROVED_COLUMNS};
use crate::graph::KnowledgeGraph;

/// One row an edge: the two ends, then every column.
pub(super) fn write_edges(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    let columns = || END_COLUMNS.iter().chain(EDGE_COLUMNS);
    rows.write_record(columns().map(|column| column.name))?;
    for link in graph.links() {
        rows.write_record(columns().map(|column| cell(&(column.of)(&link))))?;
    }
    rows.flush()
}

/// One row a node: its key, then every column.
pub(super) fn write_nodes(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    let columns = || std::iter::once(&KEY_COLUMN).chain(NODE_COLUMNS);
    rows.write_record(columns().map(|column| column.name))?;
    for (_, node) in graph.nodes() {
        rows.write_record(columns().map(|column| cell(&(column.of)(graph, node))))?;
    }
    rows.flush()
}

/// One row a piece of evidence: the edge that it proves, then every column.
pub(super) fn write_evidence(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    let proved = PROVED_COLUMNS.iter().map(|column| column.name);
    rows.write_record(proved.chain(EVIDENCE_COLUMNS.iter().map(|column| column.name)))?;
    for link in graph.links() {
        let proved: Vec<String> = PROVED_COLUMNS.iter().map(|column| cell(&(column.of)(&link))).collect();
        for evidence in &link.edge.evidence {
            let told = EVIDENCE_COLUMNS.iter().map(|column| cell(&(column.of)(&link, evidence)));
            rows.write_record(proved.iter().cloned().chain(told))?;
        }
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
        assert_eq!((cell(0, "documents"), cell(0, "confidence")), ("2", "0.8"));
        assert_eq!((cell(0, "first_published"), cell(0, "last_published")), ("2021-03-18", "2021-03-19"));
        assert_eq!(cell(1, "within"), "Antony Blinken -urges-> China");
        assert_eq!((cell(4, "subject"), cell(4, "object")), ("", "person:jane-doe"));
    }

    #[test]
    fn one_row_a_piece_of_evidence() {
        let mut out = Vec::new();
        write_evidence(&sample::graph(), &mut out).unwrap();
        let mut rows = csv::Reader::from_reader(out.as_slice());
        let head = rows.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        let cell = |row: usize, name| &rows[row][head.iter().position(|h| h == name).unwrap()];
        assert_eq!(rows.len(), sample::graph().links().map(|link| link.edge.weight()).sum::<usize>());
        assert_eq!((cell(0, "edge"), cell(1, "edge")), ("e0", "e0"));
        assert_eq!((cell(1, "sentence"), cell(1, "trigger")), ("Blinken urged China once more.", "urge"));
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
