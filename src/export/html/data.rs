//! The graph as the page reads it: JSON that repeats nothing and can stand inside a script element.
//!
//! Nodes, sentences, predicates and rules are tables; edges and quotations point into them by number.
//! Places of words are counted in UTF-16 units of the sentence, as JavaScript cuts strings. `<`, `>`, `&` and
//! the two line ends that JavaScript knows beside ours are written as escapes: JSON means the same by them,
//! and HTML sees no tag.

use std::collections::BTreeMap;
use std::io::{self, Write};

use petgraph::graph::NodeIndex;
use serde_json::{Map, Value, json};

use super::place;
use crate::graph::{Evidence, KnowledgeGraph, Link, Node, Place};
use crate::relation::arrow::modality_flag;
use crate::relation::{Period, Polarity};

/// Writes the data, one row a line.
pub(super) fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let mut tables = Tables::default();
    let places = place::places(graph);
    let nodes: Vec<Value> = graph.nodes().map(|(index, n)| node(graph, n, places.get(&index))).collect();
    let edges: Vec<Value> = graph.links().map(|link| tables.edge(&link)).collect();
    let documents: Vec<Value> = graph
        .sources()
        .iter()
        .map(|source| {
            row([
                ("id", json!(source.id)),
                ("source", json!(source.source)),
                ("url", json!(source.url)),
                ("publisher", json!(source.publisher)),
                ("title", json!(source.title)),
                ("date", json!(source.published)),
            ])
        })
        .collect();
    let number =
        |key: &Option<String>| key.as_deref().and_then(|key| graph.by_key(key)).map(NodeIndex::index);
    let quotations: Vec<Value> = graph
        .quotations()
        .iter()
        .map(|quotation| {
            let about: Vec<usize> =
                quotation.about.iter().filter_map(|key| graph.by_key(key)).map(NodeIndex::index).collect();
            row([
                ("by", json!(number(&quotation.speaker))),
                ("words", json!(quotation.speaker_words)),
                ("to", json!(number(&quotation.addressee))),
                ("cue", json!(quotation.cue)),
                ("kind", json!(quotation.kind)),
                ("text", json!(quotation.text)),
                ("about", json!(about)),
                ("document", json!(quotation.document)),
                ("line", json!(quotation.line)),
                ("time", period(quotation.time)),
                ("confidence", number_of(quotation.confidence)),
            ])
        })
        .collect();
    let lists = [
        ("documents", documents),
        ("nodes", nodes),
        ("predicates", tables.predicates),
        ("rules", tables.rules.list),
        ("sentences", tables.sentences.list),
        ("edges", edges),
        ("quotations", quotations),
    ];
    write!(out, "{{\"version\":1")?;
    for (name, list) in lists {
        write!(out, ",\n\"{name}\":[")?;
        for (n, value) in list.iter().enumerate() {
            out.write_all(if n > 0 { b",\n" } else { b"\n" })?;
            out.write_all(inert(&value.to_string()).as_bytes())?;
        }
        write!(out, "]")?;
    }
    out.write_all(b"}\n")
}

/// JSON that HTML and JavaScript read as nothing but text.
fn inert(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            other => out.push(other),
        }
    }
    out
}

/// An object without what is missing, empty, or false.
fn row<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let says = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => true,
    };
    let kept = fields.into_iter().filter(|(_, value)| says(value));
    Value::Object(kept.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}

fn node(graph: &KnowledgeGraph, node: &Node, place: Option<&(f64, f64)>) -> Value {
    let name_of = |key: &Option<String>| key.as_deref().map(|key| graph.name_of(key).to_owned());
    let roles: Vec<Value> = node
        .roles
        .iter()
        .map(|role| {
            row([
                ("title", json!(role.title)),
                ("of", json!(name_of(&role.of))),
                ("from", json!(role.from)),
                ("until", json!(role.until)),
                ("speaks", json!(role.spokesperson)),
                ("former", json!(role.former)),
            ])
        })
        .collect();
    row([
        ("key", json!(node.key)),
        ("name", json!(node.name)),
        ("kind", json!(node.kind)),
        ("country", json!(name_of(&node.country))),
        ("aliases", json!(node.aliases)),
        ("roles", json!(roles)),
        ("mentions", json!(node.mentions)),
        ("documents", json!(node.documents)),
        ("x", json!(place.map(|(x, _)| x.round() as i64))),
        ("y", json!(place.map(|(_, y)| y.round() as i64))),
    ])
}

/// Values that many rows share, in the order of their first use.
#[derive(Default)]
struct Shared {
    list: Vec<Value>,
    numbers: BTreeMap<String, usize>,
}

impl Shared {
    fn number(&mut self, text: &str) -> usize {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        self.list.push(json!(text));
        self.numbers.insert(text.to_owned(), self.list.len() - 1);
        self.list.len() - 1
    }
}

#[derive(Default)]
struct Tables {
    sentences: Shared,
    rules: Shared,
    names: Shared,
    predicates: Vec<Value>,
}

impl Tables {
    fn edge(&mut self, link: &Link<'_>) -> Value {
        let edge = link.edge;
        // Two lexicons may use one name for different things.
        let identity = format!("{}\n{}\n{}\n{:?}", edge.predicate, edge.family, edge.cameo, edge.quad);
        let predicate = self.names.number(&identity);
        if predicate == self.predicates.len() {
            self.predicates.push(row([
                ("name", json!(&*edge.predicate)),
                ("inverse", json!(&*edge.inverse)),
                ("family", json!(&*edge.family)),
                ("cameo", json!(&*edge.cameo)),
                ("plover", json!(&*edge.plover)),
                ("quad", json!(edge.quad)),
                ("symmetric", json!(edge.symmetric)),
                ("standing", json!(edge.standing)),
            ]));
        }
        let pieces: Vec<Value> = edge.evidence.iter().map(|piece| self.piece(link, piece)).collect();
        row([
            ("from", json!(link.subject.map(NodeIndex::index))),
            ("to", json!(link.object.map(NodeIndex::index))),
            ("predicate", json!(predicate)),
            ("not", json!(edge.polarity == Polarity::Negated)),
            ("flag", json!(modality_flag(edge.modality))),
            ("evidence", json!(pieces)),
        ])
    }

    fn piece(&mut self, link: &Link<'_>, piece: &Evidence) -> Value {
        let units = Units::of(piece);
        let by = piece.attribution.as_deref().and_then(|key| link.graph.by_key(key)).map(NodeIndex::index);
        row([
            ("document", json!(piece.document)),
            ("line", json!(piece.line)),
            ("sentence", json!(self.sentences.number(&piece.text))),
            ("trigger", units.place(Some(piece.trigger))),
            ("subject", units.place(piece.subject)),
            ("object", units.place(piece.object)),
            ("content", units.place(piece.content)),
            ("cameo", json!(piece.cameo.as_deref())),
            ("time", period(piece.time)),
            ("by", json!(by)),
            ("within", json!(piece.within.map(|id| id.0))),
            ("rule", json!(self.rules.number(&piece.rule))),
            ("confidence", number_of(piece.confidence)),
        ])
    }
}

/// Where the code points of a sentence begin, in UTF-16 units.
struct Units {
    begins: u32,
    at: Vec<usize>,
}

impl Units {
    fn of(piece: &Evidence) -> Units {
        let mut at = vec![0];
        for c in piece.text.chars() {
            at.push(at.last().copied().unwrap_or(0) + c.len_utf16());
        }
        Units { begins: piece.sentence.start, at }
    }

    /// `[start, end]`, or nothing where the words stand outside the sentence.
    fn place(&self, place: Option<Place>) -> Value {
        let unit = |point: u32| self.at.get(point.checked_sub(self.begins)? as usize).copied();
        match place.and_then(|place| unit(place.start).zip(unit(place.end))) {
            Some((start, end)) if start < end => json!([start, end]),
            _ => Value::Null,
        }
    }
}

/// `["2021-03-18"]`, or two days.
fn period(time: Option<Period>) -> Value {
    match time {
        Some(time) if time.from == time.until => json!([time.from]),
        Some(time) => json!([time.from, time.until]),
        None => Value::Null,
    }
}

/// Two decimals are enough, and an `f32` printed whole has nine.
fn number_of(confidence: f32) -> Value {
    json!((f64::from(confidence) * 100.0).round() / 100.0)
}
