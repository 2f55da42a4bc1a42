//! SPARQL 1.1 over the graph: the query language of linked data, answered by oxigraph's engine.
//!
//! In: a [`KnowledgeGraph`] and a question; every prefix of `docs/linked-data.md` is declared already. Out: an
//! [`Answer`]. Without `GRAPH`, a question is put to everything; `GRAPH ?document { … }` tells which document
//! says it. Nothing is fetched: `SERVICE` is an error. Only with the feature `sparql`.
//!
//! ```
//! use demarche::graph::KnowledgeGraph;
//! use demarche::sparql::{Answer, Question};
//! let question: Question = "ASK { ?who rel:urges ?whom }".parse()?;
//! let answer = question.ask(&KnowledgeGraph::default())?;
//! assert_eq!(answer, Answer::Truth(false));
//! # Ok::<(), demarche::sparql::SparqlError>(())
//! ```

mod mistake;
mod store;

use std::fmt;
use std::str::FromStr;

use oxrdf::{Term, Triple, Variable};
use sparesults::{QueryResultsFormat, QueryResultsSerializer};
use spareval::{QueryEvaluationError, QueryEvaluator, QueryResults};
use spargebra::{Query, SparqlParser};

use crate::export::rdf::PREFIXES;
use crate::graph::KnowledgeGraph;
use store::Store;

/// A question that SPARQL's grammar allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question(Query);

/// What a question is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// SELECT: the variables, and what they stand for in each solution.
    Solutions(Vec<String>, Vec<Vec<Option<Term>>>),
    /// ASK.
    Truth(bool),
    /// CONSTRUCT, DESCRIBE.
    Triples(Vec<Triple>),
}

/// A question that cannot be put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SparqlError {
    /// What is wrong.
    pub what: String,
    /// Line and column, both from 1, and the line itself.
    pub at: Option<(usize, usize, String)>,
    /// What may help.
    pub hint: Option<String>,
}

impl std::error::Error for SparqlError {}

impl fmt::Display for SparqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((line, column, text)) = &self.at else { return f.write_str(&self.what) };
        writeln!(f, "SPARQL, line {line}, column {column}: {}", self.what)?;
        write!(f, "  {text}\n  {:>column$}", "^")
    }
}

impl FromStr for Question {
    type Err = SparqlError;

    fn from_str(text: &str) -> Result<Question, SparqlError> {
        let mut parser = SparqlParser::new();
        for (name, iri) in PREFIXES {
            parser = parser.with_prefix(name, iri).map_err(|error| plain(error.to_string()))?;
        }
        parser.parse_query(text).map(Question).map_err(|error| mistake::of(text, &error.to_string()))
    }
}

impl Question {
    /// Puts the question to a graph.
    ///
    /// # Errors
    /// When the question asks for what we do not have: `SERVICE`, functions of others.
    pub fn ask(&self, graph: &KnowledgeGraph) -> Result<Answer, SparqlError> {
        let store = Store::of(graph);
        let evaluator = QueryEvaluator::new();
        let mut prepared = evaluator.prepare(&self.0);
        if self.0.dataset().is_none() {
            prepared.dataset_mut().set_default_graph_as_union();
        }
        Ok(match prepared.execute(&store).map_err(failure)? {
            QueryResults::Solutions(solutions) => {
                let names: Vec<String> =
                    solutions.variables().iter().map(|name| name.as_str().to_owned()).collect();
                let mut rows = Vec::new();
                for solution in solutions {
                    rows.push(solution.map_err(failure)?.values().to_vec());
                }
                Answer::Solutions(names, rows)
            }
            QueryResults::Boolean(truth) => Answer::Truth(truth),
            QueryResults::Graph(triples) => {
                Answer::Triples(triples.collect::<Result<_, _>>().map_err(failure)?)
            }
        })
    }
}

impl Answer {
    /// The answer as SPARQL 1.1 Query Results JSON; `None` for triples, which that format cannot hold.
    #[must_use]
    pub fn results_json(&self) -> Option<String> {
        let serializer = QueryResultsSerializer::from_format(QueryResultsFormat::Json);
        let mut out = Vec::new();
        match self {
            Answer::Truth(truth) => {
                serializer.serialize_boolean_to_writer(&mut out, *truth).ok()?;
            }
            Answer::Solutions(names, rows) => {
                let names: Vec<Variable> = names.iter().map(Variable::new_unchecked).collect();
                let mut writer = serializer.serialize_solutions_to_writer(&mut out, names.clone()).ok()?;
                for row in rows {
                    let bound = names.iter().zip(row).filter_map(|(name, term)| Some((name, term.as_ref()?)));
                    writer.serialize(bound).ok()?;
                }
                writer.finish().ok()?;
            }
            Answer::Triples(_) => return None,
        }
        out.push(b'\n');
        String::from_utf8(out).ok()
    }
}

fn plain(what: String) -> SparqlError {
    SparqlError { what, at: None, hint: None }
}

fn failure(error: QueryEvaluationError) -> SparqlError {
    let hint = matches!(error, QueryEvaluationError::UnsupportedService(_))
        .then(|| "nothing is fetched from elsewhere: ask without SERVICE".to_owned());
    SparqlError { what: error.to_string(), at: None, hint }
}

#[cfg(test)]
mod tests;
