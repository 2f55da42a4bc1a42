//! The properties of nodes and relationships: what the columns of the CSV files are called too.
//!
//! `document`, `line`, `sentence` and the rest of that sort are those of the first piece of evidence.

use petgraph::graph::NodeIndex;

use super::value::{Value, label};
use crate::graph::{EdgeId, Evidence, KnowledgeGraph};
use crate::query::filter::quad_name;
use crate::relation::Polarity;

/// Of nodes.
pub(super) const NODE: &[&str] =
    &["key", "name", "kind", "country", "mentions", "documents", "aliases", "roles", "role"];

/// Of relationships.
pub(super) const EDGE: &[&str] = &[
    "id",
    "predicate",
    "family",
    "cameo",
    "plover",
    "quad",
    "class",
    "goldstein",
    "polarity",
    "modality",
    "fact",
    "standing",
    "symmetric",
    "weight",
    "confidence",
    "first",
    "last",
    "from",
    "until",
    "first_published",
    "last_published",
    "documents",
    "document",
    "title",
    "url",
    "line",
    "sentence",
    "trigger",
    "content",
    "rule",
];

/// A property of a node; null where it has none.
pub(super) fn of_node<'a>(graph: &'a KnowledgeGraph, index: NodeIndex, name: &str) -> Value<'a> {
    let Some(node) = graph.node(index) else { return Value::Null };
    match name {
        "key" => Value::text(&*node.key),
        "name" => Value::text(&*node.name),
        "kind" => Value::text(label(node.kind).to_lowercase()),
        "country" => node.country.as_deref().map_or(Value::Null, Value::text),
        "mentions" => Value::Int(i64::from(node.mentions)),
        "documents" => Value::count(node.documents.len()),
        "aliases" => Value::List(node.aliases.iter().map(|alias| Value::text(&**alias)).collect()),
        "roles" => Value::List(node.roles.iter().map(|role| Value::text(&*role.title)).collect()),
        "role" => node.roles.first().map_or(Value::Null, |role| Value::text(&*role.title)),
        _ => Value::Null,
    }
}

/// A property of an edge; null where it has none.
pub(super) fn of_edge<'a>(graph: &'a KnowledgeGraph, id: EdgeId, name: &str) -> Value<'a> {
    let Some(link) = graph.link(id) else { return Value::Null };
    let edge = link.edge;
    let text = |text: &'a str| if text.is_empty() { Value::Null } else { Value::text(text) };
    let first = edge.evidence.first();
    let source = || first.and_then(|evidence| graph.source(evidence.document));
    let published = || edge.evidence.iter().filter_map(|e| graph.source(e.document)?.published);
    match name {
        "id" => Value::Int(i64::from(id.0)),
        "predicate" => text(&edge.predicate),
        "family" => text(&edge.family),
        "cameo" => text(&edge.cameo),
        "plover" => text(&edge.plover),
        "quad" => edge.quad.map_or(Value::Null, |quad| Value::Int(i64::from(u8::from(quad)))),
        "class" => edge.quad.map_or(Value::Null, |quad| Value::text(quad_name(quad))),
        "goldstein" => edge.goldstein.map_or(Value::Null, decimal),
        "polarity" => Value::text(match edge.polarity {
            Polarity::Affirmed => "affirmed",
            Polarity::Negated => "negated",
        }),
        "modality" => Value::text(edge.modality.as_str()),
        "fact" => Value::Bool(edge.is_fact()),
        "standing" => Value::Bool(edge.standing),
        "symmetric" => Value::Bool(edge.symmetric),
        "weight" => Value::count(edge.weight()),
        "confidence" => {
            edge.evidence.iter().map(|e| e.confidence).reduce(f32::max).map_or(Value::Null, decimal)
        }
        "documents" => {
            let mut documents: Vec<u32> = edge.evidence.iter().map(|evidence| evidence.document).collect();
            documents.sort_unstable();
            documents.dedup();
            Value::count(documents.len())
        }
        "first" => day(edge.evidence.iter().filter_map(|evidence| evidence.day(graph.sources())).min()),
        "last" => {
            let last = |e: &Evidence| e.time.map(|time| time.until).or_else(|| e.day(graph.sources()));
            day(edge.evidence.iter().filter_map(last).max())
        }
        "from" => day(edge.period().map(|period| period.from)),
        "until" => day(edge.period().map(|period| period.until)),
        "first_published" => day(published().min()),
        "last_published" => day(published().max()),
        "sentence" => first.map_or(Value::Null, |evidence| text(&evidence.text)),
        "trigger" => first.map_or(Value::Null, |evidence| text(evidence.words(evidence.trigger))),
        "content" => first.and_then(Evidence::content_words).map_or(Value::Null, text),
        "rule" => first.map_or(Value::Null, |evidence| text(&evidence.rule)),
        "line" => first.map_or(Value::Null, |evidence| Value::Int(i64::from(evidence.line))),
        "document" => source().map_or(Value::Null, |source| text(&source.source)),
        "title" => source().and_then(|source| source.title.as_deref()).map_or(Value::Null, Value::text),
        "url" => source().and_then(|source| source.url.as_deref()).map_or(Value::Null, Value::text),
        _ => Value::Null,
    }
}

/// A short decimal stays one: 0.8, not 0.800000011920929.
fn decimal<'a>(x: f32) -> Value<'a> {
    Value::Float(x.to_string().parse().unwrap_or(f64::from(x)))
}

fn day<'a>(day: Option<jiff::civil::Date>) -> Value<'a> {
    day.map_or(Value::Null, |day| Value::text(day.to_string()))
}
