//! A Cypher script (`.cypher`): for `cypher-shell -f`, Neo4j Browser and what else speaks Cypher.
//!
//! It can be run again, and after the script of another graph: nodes are merged by their keys, relations by
//! their ends, predicate, polarity and modality; what is told of them is set anew. The constraint
//! comes first, so that merging is quick. Labels and types are made of our own words or of letters and
//! digits; everything else is text in quotes. Edges with one end are left out.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::Value;

use super::column::{ColumnKind, EDGE_COLUMNS, KEY_COLUMN, NODE_COLUMNS, edge_id, label, relation_type};
use crate::graph::KnowledgeGraph;

/// So many rows a statement: a few hundred are quick to send and small to undo.
const ROWS: usize = 500;

/// What makes two relations between the same ends one.
const IDENTITY: [&str; 3] = ["predicate", "polarity", "modality"];

/// Writes the script.
pub(super) fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(
        b"// Who said and did what to whom. This script can be run again: nothing is made twice.\n\
        CREATE CONSTRAINT demarche_entity_key IF NOT EXISTS FOR (n:Entity) REQUIRE n.key IS UNIQUE;\n",
    )?;
    let mut nodes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (_, node) in graph.nodes() {
        let told = NODE_COLUMNS.iter().map(|column| (column.name, column.kind, (column.of)(graph, node)));
        let key = (KEY_COLUMN.name, KEY_COLUMN.kind, (KEY_COLUMN.of)(graph, node));
        nodes.entry(label(node.kind)).or_default().push(map([key].into_iter().chain(told)));
    }
    for (label, rows) in nodes {
        let then = format!("MERGE (n:Entity {{key: row.key}})\nSET n:{label}, n += row;\n");
        unwind(out, &rows, &then)?;
    }
    let mut relations: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for link in graph.links() {
        let (Some(subject), Some(object)) = (link.subject(), link.object()) else { continue };
        let told = EDGE_COLUMNS.iter().map(|column| (column.name, column.kind, (column.of)(&link)));
        let id = ("id", ColumnKind::Text, Value::from(edge_id(&link)));
        let row = format!(
            "{{a: {}, b: {}, told: {}}}",
            quote(&subject.key),
            quote(&object.key),
            map([id].into_iter().chain(told))
        );
        relations.entry(relation_type(&link.edge.predicate)).or_default().push(row);
    }
    let same: Vec<String> = IDENTITY.iter().map(|name| format!("{name}: row.told.{name}")).collect();
    for (kind, rows) in relations {
        let then = format!(
            "MATCH (a:Entity {{key: row.a}})\nMATCH (b:Entity {{key: row.b}})\n\
            MERGE (a)-[r:{kind} {{{}}}]->(b)\nSET r += row.told;\n",
            same.join(", ")
        );
        unwind(out, &rows, &then)?;
    }
    Ok(())
}

fn unwind(out: &mut dyn Write, rows: &[String], then: &str) -> io::Result<()> {
    for rows in rows.chunks(ROWS) {
        writeln!(out, "UNWIND [\n{}\n] AS row\n{then}", rows.join(",\n"))?;
    }
    Ok(())
}

/// A map of what is known.
fn map(fields: impl Iterator<Item = (&'static str, ColumnKind, Value)>) -> String {
    let field = |(name, kind, value): (&str, ColumnKind, Value)| match value {
        Value::Null => None,
        Value::String(day) if kind == ColumnKind::Day => Some(format!("{name}: date({})", quote(&day))),
        Value::String(text) => Some(format!("{name}: {}", quote(&text))),
        other => Some(format!("{name}: {other}")),
    };
    format!("{{{}}}", fields.filter_map(field).collect::<Vec<_>>().join(", "))
}

/// Text as a Cypher string that means the same text, on one line.
fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for c in text.chars() {
        match c {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn quoted_text_cannot_end_its_string() {
        assert_eq!(quote("a'b\\\n\0"), "'a\\'b\\\\\\n\u{fffd}'");
        assert_eq!(quote("\\u0027"), "'\\\\u0027'");
    }

    #[test]
    fn nodes_come_before_the_relations_that_need_them() {
        let mut out = Vec::new();
        write(&sample::graph(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.find("SET n:Person").unwrap() < text.find("MATCH (a:Entity").unwrap());
        assert!(text.contains("MERGE (a)-[r:URGES {predicate: row.told.predicate, polarity: "));
        assert!(text.contains("first_published: date('2021-03-18')"));
        assert_eq!(text.matches("\n{a: ").count(), 6);
    }
}
