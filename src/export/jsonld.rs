//! JSON-LD (`.jsonld`): RDF that is also plain JSON, one resource a line.
//!
//! Written by ourselves, because the crate's writer leaves every key a full IRI: here `dm:polarity` is a
//! key, and whole numbers and truth values are JSON's own. What a document tells is the `@graph` of its
//! object. No `</` stands in the file, so that it may be put into a web page's script.

use std::collections::BTreeMap;
use std::io::{self, Write};

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNodeRef, QuadRef, TermRef};
use serde_json::{Value, json};

use super::rdf::{PREFIXES, each_quad};
use crate::graph::KnowledgeGraph;

/// Writes the graph as JSON-LD.
pub(super) fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let context: BTreeMap<&str, &str> = PREFIXES.into_iter().collect();
    write!(out, "{{\"@context\":{},\n\"@graph\":[", json!(context))?;
    let mut pages = Pages { out, context: None, first: true, subject: None, told: BTreeMap::new() };
    each_quad(graph, &mut |quad| pages.take(quad))?;
    pages.close()?;
    pages.out.write_all(b"\n]}\n")
}

/// Gathers what is told of one resource, and writes it when the next one comes.
struct Pages<'a> {
    out: &'a mut dyn Write,
    /// The graph that is open.
    context: Option<GraphName>,
    /// True if nothing stands before in this list.
    first: bool,
    subject: Option<NamedNode>,
    told: BTreeMap<String, Vec<Value>>,
}

impl Pages<'_> {
    fn take(&mut self, quad: QuadRef<'_>) -> io::Result<()> {
        if self.context.as_ref().map(GraphName::as_ref) != Some(quad.graph_name) {
            self.close()?;
            if let GraphNameRef::NamedNode(name) = quad.graph_name {
                let gap = self.gap();
                write!(self.out, "{gap}{{\"@id\":{},\"@graph\":[", string(&compact(name.as_str())))?;
                self.first = true;
            }
            self.context = Some(quad.graph_name.into_owned());
        }
        let NamedOrBlankNodeRef::NamedNode(subject) = quad.subject else { return Ok(()) };
        if self.subject.as_ref().is_none_or(|before| before.as_ref() != subject) {
            self.flush()?;
            self.subject = Some(subject.into_owned());
        }
        let (key, value) = if quad.predicate == rdf::TYPE {
            let TermRef::NamedNode(class) = quad.object else { return Ok(()) };
            ("@type".to_owned(), json!(compact(class.as_str())))
        } else {
            (compact(quad.predicate.as_str()), object(quad.object))
        };
        self.told.entry(key).or_default().push(value);
        Ok(())
    }

    /// Writes the resource that was gathered.
    fn flush(&mut self) -> io::Result<()> {
        let Some(subject) = self.subject.take() else { return Ok(()) };
        let gap = self.gap();
        write!(self.out, "{gap}{{\"@id\":{}", string(&compact(subject.as_str())))?;
        for (key, values) in std::mem::take(&mut self.told) {
            let value = match values.as_slice() {
                [one] => one.to_string(),
                many => json!(many).to_string(),
            };
            write!(self.out, ",{}:{}", string(&key), value.replace("</", "<\\/"))?;
        }
        self.out.write_all(b"}")
    }

    /// Ends the open graph.
    fn close(&mut self) -> io::Result<()> {
        self.flush()?;
        if matches!(self.context.take(), Some(GraphName::NamedNode(_))) {
            self.out.write_all(b"\n]}")?;
            self.first = false;
        }
        Ok(())
    }

    fn gap(&mut self) -> &'static str {
        if std::mem::take(&mut self.first) { "\n" } else { ",\n" }
    }
}

/// `urn:demarche:term:polarity` as `dm:polarity`: by the longest prefix that fits.
fn compact(iri: &str) -> String {
    let fits = PREFIXES.iter().filter_map(|(name, start)| Some((name, iri.strip_prefix(start)?)));
    match fits.min_by_key(|(_, rest)| rest.len()) {
        // `schema://x` would be read as an address.
        Some((name, rest)) if !rest.starts_with("//") => format!("{name}:{rest}"),
        _ => iri.to_owned(),
    }
}

fn object(term: TermRef<'_>) -> Value {
    match term {
        TermRef::NamedNode(iri) => json!({ "@id": compact(iri.as_str()) }),
        TermRef::BlankNode(node) => json!({ "@id": node.to_string() }),
        TermRef::Literal(literal) => {
            let (words, datatype) = (literal.value(), literal.datatype());
            match datatype {
                xsd::STRING => json!(words),
                xsd::BOOLEAN if words == "true" => json!(true),
                // Beyond 2^53 a reader of JSON may round.
                xsd::INTEGER if words.len() < 16 && words.parse::<i64>().is_ok() => {
                    json!(words.parse::<i64>().unwrap_or_default())
                }
                _ => json!({ "@type": compact(datatype.as_str()), "@value": words }),
            }
        }
    }
}

fn string(text: &str) -> String {
    json!(text).to_string()
}
