//! `demarche sparql GRAPH QUESTION`: SPARQL 1.1 over the graph as RDF.

use std::path::Path;

use oxrdf::{NamedNode, Term, vocab::xsd};
use serde_json::{Map, Value, json};

use super::{Desk, graph};
use crate::cli::output::{Look, Row};
use crate::cli::typed::Format;
use crate::export::rdf::PREFIXES;
use crate::query::Filter;
use crate::sparql::{Answer, Question};

pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    question: &Question,
    results_json: bool,
    filter: &Filter,
    most: usize,
) -> anyhow::Result<bool> {
    let graph = graph::open_of(desk, path, filter)?;
    let answer = match question.ask(&graph) {
        Ok(answer) => answer,
        Err(error) => {
            desk.messages.error(&error, error.hint.as_deref());
            return Ok(false);
        }
    };
    if results_json {
        let Some(text) = answer.results_json() else {
            let hint = "ask with SELECT, or leave --results-json away";
            desk.messages.error("triples have no SPARQL results JSON", Some(hint));
            return Ok(false);
        };
        desk.output.value(&serde_json::from_str::<Value>(&text)?)?;
        desk.output.flush()?;
        return Ok(match answer {
            Answer::Truth(truth) => truth,
            Answer::Solutions(_, rows) => !rows.is_empty(),
            Answer::Triples(triples) => !triples.is_empty(),
        });
    }
    let (names, rows): (Vec<String>, Vec<Vec<Option<Term>>>) = match answer {
        Answer::Truth(truth) => {
            let cells = vec![(if truth { "yes" } else { "no" }.to_owned(), Look::Strong)];
            desk.output.rows_of(&[Row { cells, json: json!({ "answer": truth }) }])?;
            desk.output.finish()?;
            return Ok(truth);
        }
        Answer::Solutions(names, rows) => (names, rows),
        Answer::Triples(triples) => {
            let row =
                |t: oxrdf::Triple| vec![Some(t.subject.into()), Some(t.predicate.into()), Some(t.object)];
            let names = ["subject", "predicate", "object"].map(str::to_owned).to_vec();
            (names, triples.into_iter().map(row).collect())
        }
    };
    let mut listed = Vec::new();
    if desk.output.format() == Format::Table && !rows.is_empty() {
        let cells = names.iter().map(|name| (format!("?{name}"), Look::Dim)).collect();
        listed.push(Row { cells, json: Value::Null });
    }
    listed.extend(rows.iter().take(most).map(|row| row_of(&names, row)));
    desk.output.rows_of(&listed)?;
    desk.output.finish()?;
    super::more(desk, rows.len().min(most), rows.len(), "solutions");
    Ok(!rows.is_empty())
}

fn row_of(names: &[String], row: &[Option<Term>]) -> Row {
    let cells = row.iter().map(|term| (term.as_ref().map_or_else(String::new, words), Look::Plain)).collect();
    let values = names.iter().zip(row);
    let json: Map<String, Value> =
        values.map(|(name, term)| (name.clone(), term.as_ref().map_or(Value::Null, value))).collect();
    Row { cells, json: json.into() }
}

/// A term for people: `rel:urges`, the words of a literal.
fn words(term: &Term) -> String {
    match term {
        Term::NamedNode(iri) => short(iri),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}

fn short(iri: &NamedNode) -> String {
    let fits = PREFIXES.iter().filter_map(|(name, start)| Some((name, iri.as_str().strip_prefix(start)?)));
    match fits.min_by_key(|(_, rest)| rest.len()) {
        Some((name, rest)) => format!("{name}:{rest}"),
        None => format!("<{}>", iri.as_str()),
    }
}

/// A term for programs: numbers and truth values are JSON's own.
fn value(term: &Term) -> Value {
    match term {
        Term::NamedNode(iri) => json!(iri.as_str()),
        Term::BlankNode(node) => json!(node.to_string()),
        Term::Literal(literal) => {
            let (words, datatype) = (literal.value(), literal.datatype());
            let number = match datatype {
                xsd::BOOLEAN => words.parse::<bool>().ok().map(Value::from),
                xsd::INTEGER => words.parse::<i64>().ok().map(Value::from),
                xsd::DECIMAL | xsd::DOUBLE | xsd::FLOAT => words.parse::<f64>().ok().map(|n| json!(n)),
                _ => None,
            };
            number.unwrap_or_else(|| json!(words))
        }
    }
}
