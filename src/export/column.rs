//! What the tables and the node-and-line formats say of a node, of an edge and of a piece of evidence: one
//! list for all of them.
//!
//! CSV, Parquet, GraphML, GEXF, Cytoscape JSON, node-link JSON, Cypher and the files for neo4j-admin name
//! the same things in the same words, in this order. No column is called `source`, `target`, `from` or `to`:
//! half of their readers use those words for the ends of an edge.

use serde_json::{Map, Value, json};

use crate::graph::{Edge, Evidence, KnowledgeGraph, Link, Node, NodeRole, Source};
use crate::lexicon::Kind;

/// A thing that is told of every node, edge or piece of evidence.
pub(super) struct Column<Of> {
    pub name: &'static str,
    pub kind: ColumnKind,
    pub of: Of,
}

/// A thing that is told of every node.
pub(super) type NodeColumn = Column<fn(&KnowledgeGraph, &Node) -> Value>;
/// A thing that is told of every edge.
pub(super) type EdgeColumn = Column<fn(&Link<'_>) -> Value>;
/// A thing that is told of every piece of evidence.
pub(super) type EvidenceColumn = Column<fn(&Link<'_>, &Evidence) -> Value>;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnKind {
    Text,
    Whole,
    Number,
    YesNo,
    /// "2021-03-18".
    Day,
}

use ColumnKind::{Day, Number, Text, Whole, YesNo};

/// The key of a node, for the formats that do not say it otherwise.
pub(super) const KEY_COLUMN: NodeColumn =
    NodeColumn { name: "key", kind: Text, of: |_, node| json!(&*node.key) };

pub(super) const NODE_COLUMNS: &[NodeColumn] = &[
    NodeColumn { name: "name", kind: Text, of: |_, node| json!(&*node.name) },
    NodeColumn { name: "kind", kind: Text, of: |_, node| json!(node.kind) },
    NodeColumn { name: "country", kind: Text, of: |_, node| json!(node.country.as_deref()) },
    NodeColumn {
        name: "aliases",
        kind: Text,
        of: |_, node| joined(node.aliases.iter().map(ToString::to_string)),
    },
    NodeColumn {
        name: "roles",
        kind: Text,
        of: |graph, node| joined(node.roles.iter().map(|role| role_words(graph, role))),
    },
    NodeColumn { name: "mentions", kind: Whole, of: |_, node| json!(node.mentions) },
    NodeColumn { name: "documents", kind: Whole, of: |_, node| json!(node.documents.len()) },
];

/// The id and the two ends of an edge, for the formats that do not say them otherwise.
pub(super) const END_COLUMNS: &[EdgeColumn] = &[
    EdgeColumn { name: "id", kind: Text, of: |link| json!(edge_id(link)) },
    EdgeColumn { name: "subject", kind: Text, of: |link| json!(link.subject().map(|node| &*node.key)) },
    EdgeColumn { name: "subject_name", kind: Text, of: |link| json!(link.subject().map(|node| &*node.name)) },
    EdgeColumn { name: "subject_kind", kind: Text, of: |link| json!(link.subject().map(|node| node.kind)) },
    EdgeColumn { name: "object", kind: Text, of: |link| json!(link.object().map(|node| &*node.key)) },
    EdgeColumn { name: "object_name", kind: Text, of: |link| json!(link.object().map(|node| &*node.name)) },
    EdgeColumn { name: "object_kind", kind: Text, of: |link| json!(link.object().map(|node| node.kind)) },
];

pub(super) const EDGE_COLUMNS: &[EdgeColumn] = &[
    EdgeColumn { name: "predicate", kind: Text, of: |link| json!(&*link.edge.predicate) },
    EdgeColumn { name: "family", kind: Text, of: |link| text(&link.edge.family) },
    EdgeColumn { name: "cameo", kind: Text, of: |link| text(&link.edge.cameo) },
    EdgeColumn { name: "plover", kind: Text, of: |link| text(&link.edge.plover) },
    EdgeColumn { name: "quad", kind: Whole, of: |link| json!(link.edge.quad) },
    EdgeColumn { name: "goldstein", kind: Number, of: |link| number(link.edge.goldstein) },
    EdgeColumn { name: "polarity", kind: Text, of: |link| json!(link.edge.polarity) },
    EdgeColumn { name: "modality", kind: Text, of: |link| json!(link.edge.modality) },
    EdgeColumn { name: "standing", kind: YesNo, of: |link| json!(link.edge.standing) },
    EdgeColumn { name: "symmetric", kind: YesNo, of: |link| json!(link.edge.symmetric) },
    EdgeColumn { name: "weight", kind: Whole, of: |link| json!(link.edge.weight()) },
    EdgeColumn {
        name: "first_day",
        kind: Day,
        of: |link| json!(link.edge.period().map(|period| period.from)),
    },
    EdgeColumn {
        name: "last_day",
        kind: Day,
        of: |link| json!(link.edge.period().map(|period| period.until)),
    },
    EdgeColumn { name: "first_published", kind: Day, of: |link| json!(published(link).min()) },
    EdgeColumn { name: "last_published", kind: Day, of: |link| json!(published(link).max()) },
    EdgeColumn { name: "attributed_to", kind: Text, of: attributed_to },
    EdgeColumn { name: "within", kind: Text, of: within },
    EdgeColumn {
        name: "confidence",
        kind: Number,
        of: |link| number(link.edge.evidence.iter().map(|e| e.confidence).reduce(f32::max)),
    },
    EdgeColumn { name: "documents", kind: Whole, of: documents },
    EdgeColumn { name: "document", kind: Text, of: |link| json!(first_source(link).map(|s| &*s.source)) },
    EdgeColumn {
        name: "title",
        kind: Text,
        of: |link| json!(first_source(link).and_then(|s| s.title.as_deref())),
    },
    EdgeColumn {
        name: "url",
        kind: Text,
        of: |link| json!(first_source(link).and_then(|s| s.url.as_deref())),
    },
    EdgeColumn { name: "line", kind: Whole, of: |link| json!(first(link).map(|e| e.line)) },
    EdgeColumn { name: "sentence", kind: Text, of: |link| json!(first(link).map(|e| &*e.text)) },
    EdgeColumn { name: "trigger", kind: Text, of: |link| json!(first(link).map(|e| e.words(e.trigger))) },
    EdgeColumn {
        name: "content",
        kind: Text,
        of: |link| json!(first(link).and_then(Evidence::content_words)),
    },
    EdgeColumn { name: "rule", kind: Text, of: |link| json!(first(link).map(|e| &*e.rule)) },
];

/// What tells whose evidence it is, for a table of evidence that stands alone.
pub(super) const PROVED_COLUMNS: &[EdgeColumn] = &[
    EdgeColumn { name: "edge", kind: Text, of: |link| json!(edge_id(link)) },
    EdgeColumn { name: "subject_name", kind: Text, of: |link| json!(link.subject().map(|node| &*node.name)) },
    EdgeColumn { name: "predicate", kind: Text, of: |link| json!(&*link.edge.predicate) },
    EdgeColumn { name: "object_name", kind: Text, of: |link| json!(link.object().map(|node| &*node.name)) },
    EdgeColumn { name: "polarity", kind: Text, of: |link| json!(link.edge.polarity) },
    EdgeColumn { name: "modality", kind: Text, of: |link| json!(link.edge.modality) },
];

pub(super) const EVIDENCE_COLUMNS: &[EvidenceColumn] = &[
    // The same in every graph that holds the document.
    EvidenceColumn { name: "id", kind: Text, of: |_, e| json!(e.id.to_string()) },
    EvidenceColumn { name: "document", kind: Text, of: |link, e| json!(source(link, e).map(|s| &*s.source)) },
    EvidenceColumn { name: "document_id", kind: Text, of: |link, e| json!(source(link, e).map(|s| &*s.id)) },
    EvidenceColumn {
        name: "title",
        kind: Text,
        of: |link, e| json!(source(link, e).and_then(|s| s.title.as_deref())),
    },
    EvidenceColumn {
        name: "publisher",
        kind: Text,
        of: |link, e| json!(source(link, e).and_then(|s| s.publisher.as_deref())),
    },
    EvidenceColumn {
        name: "url",
        kind: Text,
        of: |link, e| json!(source(link, e).and_then(|s| s.url.as_deref())),
    },
    EvidenceColumn {
        name: "published",
        kind: Day,
        of: |link, e| json!(source(link, e).and_then(|s| s.published)),
    },
    EvidenceColumn { name: "line", kind: Whole, of: |_, e| json!(e.line) },
    EvidenceColumn { name: "sentence", kind: Text, of: |_, e| json!(&*e.text) },
    EvidenceColumn { name: "sentence_start", kind: Whole, of: |_, e| json!(e.sentence.start) },
    EvidenceColumn { name: "sentence_end", kind: Whole, of: |_, e| json!(e.sentence.end) },
    EvidenceColumn { name: "trigger", kind: Text, of: |_, e| text(e.words(e.trigger)) },
    EvidenceColumn { name: "subject_words", kind: Text, of: |_, e| json!(e.subject.map(|at| e.words(at))) },
    EvidenceColumn { name: "object_words", kind: Text, of: |_, e| json!(e.object.map(|at| e.words(at))) },
    EvidenceColumn { name: "content", kind: Text, of: |_, e| json!(e.content_words()) },
    EvidenceColumn {
        name: "cameo",
        kind: Text,
        of: |link, e| text(e.cameo.as_deref().unwrap_or(&link.edge.cameo)),
    },
    EvidenceColumn { name: "first_day", kind: Day, of: |_, e| json!(e.time.map(|time| time.from)) },
    EvidenceColumn { name: "last_day", kind: Day, of: |_, e| json!(e.time.map(|time| time.until)) },
    EvidenceColumn {
        name: "attributed_to",
        kind: Text,
        of: |link, e| json!(e.attribution.as_deref().map(|key| link.graph.name_of(key))),
    },
    EvidenceColumn {
        name: "within",
        kind: Text,
        of: |link, e| json!(link.within(e).map(|outer| outer.to_string())),
    },
    EvidenceColumn { name: "rule", kind: Text, of: |_, e| json!(&*e.rule) },
    EvidenceColumn { name: "confidence", kind: Number, of: |_, e| number(Some(e.confidence)) },
];

/// All the evidence of an edge, for the formats that can hold a list.
pub(super) fn evidence_list(link: &Link<'_>) -> Value {
    let one = |evidence: &Evidence| {
        let told =
            EVIDENCE_COLUMNS.iter().map(|column| (column.name.to_owned(), (column.of)(link, evidence)));
        Value::Object(told.filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>())
    };
    link.edge.evidence.iter().map(one).collect()
}

/// "e7".
pub(super) fn edge_id(link: &Link<'_>) -> String {
    format!("e{}", link.edge.id.0)
}

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

/// A kind as graph databases and class lists name it.
pub(super) fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "Person",
        Kind::Country => "Country",
        Kind::Organization => "Organization",
        Kind::Place => "Place",
        Kind::Group => "Group",
        Kind::Other => "Other",
    }
}

/// A predicate as graph databases name the type of a relation: `MAKES_VISIT`. It can stand unquoted, whatever
/// the predicate's name.
pub(super) fn relation_type(predicate: &str) -> String {
    let name: String = predicate
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
        .collect();
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("R_{name}") }
}

fn text(words: &str) -> Value {
    if words.is_empty() { Value::Null } else { json!(words) }
}

/// A number as it was meant: 0.8, not the 0.800000011920929 that widening would make of it.
fn number(number: Option<f32>) -> Value {
    json!(number.and_then(|number| number.to_string().parse::<f64>().ok()))
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

fn first<'a>(link: &Link<'a>) -> Option<&'a Evidence> {
    link.edge.evidence.first()
}

fn first_source<'a>(link: &Link<'a>) -> Option<&'a Source> {
    link.graph.source(first(link)?.document)
}

fn source<'a>(link: &Link<'a>, evidence: &Evidence) -> Option<&'a Source> {
    link.graph.source(evidence.document)
}

fn published(link: &Link<'_>) -> impl Iterator<Item = jiff::civil::Date> {
    link.edge.evidence.iter().filter_map(|evidence| link.graph.source(evidence.document)?.published)
}

fn documents(link: &Link<'_>) -> Value {
    let mut documents: Vec<u32> = link.edge.evidence.iter().map(|evidence| evidence.document).collect();
    documents.sort_unstable();
    documents.dedup();
    json!(documents.len())
}
