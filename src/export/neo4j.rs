//! CSV in the form of `neo4j-admin database import`: for Neo4j, and for other graph databases that load it.
//!
//! Two files: nodes (`key:ID`, …, `:LABEL`) and relationships (`:START_ID`, `:END_ID`, …, `:TYPE`). This is
//! a file for a loader, not for a spreadsheet: a value is what it is, and no apostrophe is put before
//! `=1+1`; for spreadsheets there is the plain CSV. Loaders read line by line unless told otherwise, so line
//! ends inside a value become spaces (in a key, visible signs). Edges with one end are left out.

use std::io::{self, Write};

use serde_json::Value;

use super::column::{ColumnKind, EDGE_COLUMNS, NODE_COLUMNS, edge_id, label, relation_type};
use crate::graph::KnowledgeGraph;

/// The nodes.
pub(super) fn write_nodes(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    let head = NODE_COLUMNS.iter().map(|column| match column.name {
        // Several values, which the loader takes apart.
        "aliases" | "roles" => format!("{}:string[]", column.name),
        name => typed(name, column.kind),
    });
    rows.write_record(["key:ID".to_owned()].into_iter().chain(head).chain([":LABEL".to_owned()]))?;
    for (_, node) in graph.nodes() {
        let told = NODE_COLUMNS.iter().map(|column| match column.name {
            "aliases" => list(node.aliases.iter().map(ToString::to_string)),
            "roles" => list(node.roles.iter().map(|role| super::column::role_words(graph, role))),
            _ => cell(&(column.of)(graph, node)),
        });
        let labels = format!("Entity;{}", label(node.kind));
        rows.write_record([key(&node.key)].into_iter().chain(told).chain([labels]))?;
    }
    rows.flush()
}

/// The relationships.
pub(super) fn write_relationships(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    let ends = [":START_ID", ":END_ID", "id:string"].map(str::to_owned);
    let told = EDGE_COLUMNS.iter().map(|column| typed(column.name, column.kind));
    rows.write_record(ends.into_iter().chain(told).chain([":TYPE".to_owned()]))?;
    for link in graph.links() {
        let (Some(subject), Some(object)) = (link.subject(), link.object()) else { continue };
        let ends = [key(&subject.key), key(&object.key), edge_id(&link)];
        let told = EDGE_COLUMNS.iter().map(|column| cell(&(column.of)(&link)));
        rows.write_record(ends.into_iter().chain(told).chain([relation_type(&link.edge.predicate)]))?;
    }
    rows.flush()
}

fn typed(name: &str, kind: ColumnKind) -> String {
    let kind = match kind {
        ColumnKind::Text => "string",
        ColumnKind::Whole => "long",
        ColumnKind::Number => "double",
        ColumnKind::YesNo => "boolean",
        ColumnKind::Day => "date",
    };
    format!("{name}:{kind}")
}

/// A key stays a key of its own: no two become one.
fn key(text: &str) -> String {
    let sign = |c: char| match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        other => other,
    };
    text.chars().map(sign).collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => line(text),
        number => number.to_string(),
    }
}

/// Several values in one cell; `;` parts them.
fn list(values: impl Iterator<Item = String>) -> String {
    values.map(|value| line(&value).replace(';', ",")).collect::<Vec<_>>().join(";")
}

/// Text on one line, without what would end a cell.
fn line(text: &str) -> String {
    let plain = |c: char| match c {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\x1f' => '\u{fffd}',
        other => other,
    };
    text.replace("\r\n", "\n").chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn heads_name_ids_labels_and_types() {
        let mut out = Vec::new();
        write_nodes(&sample::graph(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("key:ID,name:string,kind:string,country:string,aliases:string[],"));
        assert!(text.lines().nth(1).unwrap().ends_with(",Entity;Person"));
        let mut out = Vec::new();
        write_relationships(&sample::graph(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with(":START_ID,:END_ID,id:string,predicate:string,"));
        assert!(text.lines().nth(1).unwrap().starts_with("wd:Q7821917,iso:CN,e0,urges,"));
        assert!(text.lines().nth(1).unwrap().ends_with(",URGES"));
        assert_eq!(text.lines().count(), 7);
    }

    #[test]
    fn a_value_is_one_line_and_a_key_keeps_its_identity() {
        assert_eq!(line("a\r\nb\tc\0"), "a b c\u{fffd}");
        assert_ne!(key("a\nb"), key("a b"));
        assert_eq!(list(["a;b".to_owned(), "c".to_owned()].into_iter()), "a,b;c");
        assert_eq!(relation_type("makes_visit"), "MAKES_VISIT");
        assert_eq!(relation_type("`} DETACH"), "R____DETACH");
    }
}
