//! What the tables and the node-and-line formats say of a node and of an edge: one list for all of them.
//!
//! GraphML, Cytoscape JSON and CSV name the same things in the same words, in this order.

use serde_json::{Value, json};

use crate::graph::{Edge, KnowledgeGraph, Link, Node, NodeRole};

/// A thing that is told of every node.
pub(super) struct NodeColumn {
    pub name: &'static str,
    pub kind: ColumnKind,
    pub of: fn(&KnowledgeGraph, &Node) -> Value,
}

/// A thing that is told of every edge.
pub(super) struct EdgeColumn {
    pub name: &'static str,
    pub kind: ColumnKind,
    pub of: fn(&Link<'_>) -> Value,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnKind {
    Text,
    Whole,
    Number,
    YesNo,
}

use ColumnKind::{Number, Text, Whole, YesNo};

pub(super) const NODE_COLUMNS: &[NodeColumn] = &[
    NodeColumn { name: "name", kind: Text, of: |_, node| json!(node.name) },
    NodeColumn { name: "kind", kind: Text, of: |_, node| json!(node.kind) },
    NodeColumn { name: "country", kind: Text, of: |_, node| json!(node.country) },
    NodeColumn { name: "aliases", kind: Text, of: |_, node| joined(node.aliases.iter().cloned()) },
    NodeColumn {
        name: "roles",
        kind: Text,
        of: |graph, node| joined(node.roles.iter().map(|role| role_words(graph, role))),
    },
    NodeColumn { name: "mentions", kind: Whole, of: |_, node| json!(node.mentions) },
    NodeColumn { name: "documents", kind: Whole, of: |_, node| json!(node.documents.len()) },
];

pub(super) const EDGE_COLUMNS: &[EdgeColumn] = &[
    EdgeColumn { name: "predicate", kind: Text, of: |link| json!(link.edge.predicate) },
    EdgeColumn { name: "family", kind: Text, of: |link| text(&link.edge.family) },
    EdgeColumn { name: "cameo", kind: Text, of: |link| text(&link.edge.cameo) },
    EdgeColumn { name: "plover", kind: Text, of: |link| text(&link.edge.plover) },
    EdgeColumn { name: "quad", kind: Whole, of: |link| json!(link.edge.quad) },
    EdgeColumn { name: "goldstein", kind: Number, of: |link| json!(link.edge.goldstein) },
    EdgeColumn { name: "polarity", kind: Text, of: |link| json!(link.edge.polarity) },
    EdgeColumn { name: "modality", kind: Text, of: |link| json!(link.edge.modality) },
    EdgeColumn { name: "standing", kind: YesNo, of: |link| json!(link.edge.standing) },
    EdgeColumn { name: "symmetric", kind: YesNo, of: |link| json!(link.edge.symmetric) },
    EdgeColumn { name: "weight", kind: Whole, of: |link| json!(link.edge.weight()) },
    EdgeColumn { name: "from", kind: Text, of: |link| json!(link.edge.period().map(|period| period.from)) },
    EdgeColumn { name: "until", kind: Text, of: |link| json!(link.edge.period().map(|period| period.until)) },
    EdgeColumn { name: "attributed_to", kind: Text, of: attributed_to },
    EdgeColumn { name: "within", kind: Text, of: within },
    EdgeColumn {
        name: "confidence",
        kind: Number,
        of: |link| json!(link.edge.evidence.iter().map(|e| e.confidence).reduce(f32::max)),
    },
    EdgeColumn { name: "source", kind: Text, of: |link| json!(first(link).map(|(source, _)| source)) },
    EdgeColumn { name: "line", kind: Whole, of: |link| json!(first(link).map(|(_, line)| line)) },
    EdgeColumn {
        name: "sentence",
        kind: Text,
        of: |link| json!(link.edge.evidence.first().map(|e| &e.text)),
    },
];

/// "Secretary of State, United States".
pub(super) fn role_words(graph: &KnowledgeGraph, role: &NodeRole) -> String {
    let former = if role.former { "former " } else { "" };
    match &role.of {
        Some(of) => format!("{former}{}, {}", role.title, graph.name_of(of)),
        None => format!("{former}{}", role.title),
    }
}

/// The predicate and, in words, how far it is a fact: "meets", "not accuses", "convinces (asked)".
pub(super) fn edge_words(edge: &Edge) -> String {
    let not = if edge.polarity == crate::relation::Polarity::Negated { "not " } else { "" };
    let name = edge.predicate.replace('_', " ");
    match crate::relation::arrow::modality_flag(edge.modality) {
        Some(flag) => format!("{not}{name} ({flag})"),
        None => format!("{not}{name}"),
    }
}

fn text(words: &str) -> Value {
    if words.is_empty() { Value::Null } else { json!(words) }
}

fn joined(words: impl Iterator<Item = String>) -> Value {
    text(&words.collect::<Vec<_>>().join("|"))
}

fn attributed_to(link: &Link<'_>) -> Value {
    let keys = link.edge.evidence.iter().filter_map(|evidence| evidence.attribution.as_deref());
    let mut names: Vec<String> = keys.map(|key| link.graph.name_of(key).to_owned()).collect();
    names.sort();
    names.dedup();
    joined(names.into_iter())
}

fn within(link: &Link<'_>) -> Value {
    let mut outer: Vec<_> = link.edge.evidence.iter().filter_map(|evidence| evidence.within).collect();
    outer.sort();
    outer.dedup();
    joined(outer.into_iter().filter_map(|id| link.graph.link(id)).map(|outer| outer.to_string()))
}

fn first<'a>(link: &Link<'a>) -> Option<(&'a str, u32)> {
    let evidence = link.edge.evidence.first()?;
    Some((&link.graph.source(evidence.document)?.source, evidence.line))
}
