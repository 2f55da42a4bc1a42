//! Nodes, edges, evidence and quotations as JSON, in the words of the command line's JSON.
//!
//! In: borrowed parts of the graph. Out: values. A listing is an object with `total`, `offset`, `limit` and
//! `items`, so that a program knows what it has not seen.

use serde_json::{Map, Value, json};

use super::ask::Stretch;
use crate::graph::{Evidence, KnowledgeGraph, Link, Node, Quotation, Source};
use crate::query::{Filter, Row};

/// In a listing an edge shows so many pieces of evidence; `weight` tells how many there are.
pub(super) const SHOWN: usize = 1;

/// A part of a listing.
pub(super) fn listing<T>(items: Vec<T>, stretch: Stretch, json: impl Fn(&T) -> Value) -> Value {
    let shown: Vec<Value> = items.iter().skip(stretch.offset).take(stretch.limit).map(json).collect();
    json!({"total": items.len(), "offset": stretch.offset, "limit": stretch.limit, "items": shown})
}

pub(super) fn node(graph: &KnowledgeGraph, node: &Node) -> Value {
    let roles: Vec<Value> = node
        .roles
        .iter()
        .map(|role| {
            json!({
                "title": role.title,
                "of": role.of,
                "of_name": role.of.as_deref().map(|key| graph.name_of(key)),
                "from": role.from,
                "until": role.until,
                "spokesperson": role.spokesperson,
                "former": role.former,
            })
        })
        .collect();
    json!({
        "key": node.key,
        "name": node.name,
        "kind": node.kind,
        "country": node.country,
        "aliases": node.aliases,
        "roles": roles,
        "mentions": node.mentions,
        "documents": node.documents.len(),
    })
}

/// A node in few words.
pub(super) fn node_short(node: &Node) -> Value {
    json!({"key": node.key, "name": node.name, "kind": node.kind})
}

/// An edge, with at most so many pieces of the evidence that a filter admits, the most trusted first.
pub(super) fn edge(link: &Link<'_>, filter: &Filter, shown: usize) -> Value {
    let edge = link.edge;
    let mut evidence: Vec<&Evidence> = filter.evidence(link).collect();
    let weight = evidence.len();
    if shown < evidence.len() {
        evidence.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        evidence.truncate(shown);
    }
    let evidence: Vec<Value> = evidence.into_iter().map(|told| self::evidence(link, told)).collect();
    json!({
        "id": edge.id.0,
        "arrow": link.to_string(),
        "subject": link.subject().map(node_short),
        "predicate": &*edge.predicate,
        "object": link.object().map(node_short),
        "family": &*edge.family,
        "cameo": Some(&*edge.cameo).filter(|code: &&str| !code.is_empty()),
        "plover": Some(&*edge.plover).filter(|class: &&str| !class.is_empty()),
        "polarity": edge.polarity,
        "modality": edge.modality,
        "standing": edge.standing,
        "symmetric": edge.symmetric,
        "weight": weight,
        "evidence": evidence,
    })
}

/// A row of several arrows: who stands for each variable, and the edges that prove it.
pub(super) fn row(graph: &KnowledgeGraph, variables: &[String], filters: &[Filter], row: &Row<'_>) -> Value {
    let nodes = variables.iter().zip(&row.nodes);
    let bindings: Map<String, Value> =
        nodes.filter_map(|(name, index)| Some((name.clone(), node_short(graph.node(*index)?)))).collect();
    let step = |(links, filter): (&Vec<Link<'_>>, &Filter)| -> Vec<Value> {
        links.iter().map(|link| edge(link, filter, SHOWN)).collect()
    };
    let steps: Vec<Vec<Value>> = row.steps.iter().zip(filters).map(step).collect();
    json!({"weight": row.weight, "bindings": bindings, "steps": steps})
}

pub(super) fn evidence(link: &Link<'_>, told: &Evidence) -> Value {
    json!({
        "id": told.id,
        "document": link.graph.source(told.document).map(|source| document(told.document, source)),
        "line": told.line,
        "text": &*told.text,
        "start": told.sentence.start,
        "trigger": told.trigger,
        "subject": told.subject,
        "object": told.object,
        "content": told.content,
        "from": told.time.map(|time| time.from),
        "until": told.time.map(|time| time.until),
        "attribution": told.attribution.as_deref().map(|key| link.graph.name_of(key)),
        "within": link.within(told).map(|outer| outer.to_string()),
        "rule": &*told.rule,
        "confidence": told.confidence,
    })
}

pub(super) fn document(number: u32, source: &Source) -> Value {
    json!({
        "number": number,
        "id": source.id,
        "source": source.source,
        "title": source.title,
        "url": source.url,
        "publisher": source.publisher,
        "published": source.published,
    })
}

pub(super) fn quotation(graph: &KnowledgeGraph, quotation: &Quotation) -> Value {
    let who = |key: Option<&str>| key.map(|key| json!({"key": key, "name": graph.name_of(key)}));
    let about: Vec<Value> = quotation.about.iter().filter_map(|key| who(Some(key))).collect();
    let stances = quotation.stances.iter();
    let stances: Vec<Value> =
        stances.map(|(key, side)| json!({"key": key, "name": graph.name_of(key), "side": side})).collect();
    json!({
        "speaker": who(quotation.speaker.as_deref()),
        "speaker_words": quotation.speaker_words,
        "addressee": who(quotation.addressee.as_deref()),
        "cue": quotation.cue,
        "kind": quotation.kind,
        "text": &*quotation.text,
        "about": about,
        "stances": stances,
        "document": graph.source(quotation.document).map(|source| document(quotation.document, source)),
        "line": quotation.line,
        "from": quotation.time.map(|time| time.from),
        "until": quotation.time.map(|time| time.until),
        "confidence": quotation.confidence,
    })
}
