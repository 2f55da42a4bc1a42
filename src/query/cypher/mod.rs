//! A read-only subset of openCypher: `MATCH (a)-[:accuses]->(b) RETURN a.name, count(*)`.
//!
//! In: the text of a query; then a graph's [`Index`]. Out: a [`Table`]. `docs/query.md` says what is in the
//! subset. Labels are kinds (`Person`), types are what arrows may be called (`accuses`, `conflict`). A
//! symmetric relationship is stored once: ask for it without a direction. Edges with one end ("Two men
//! were arrested") have no place in a pattern; arrows find them.

mod check;
mod evaluate;
mod expression;
mod function;
mod matching;
mod project;
mod property;
mod read;
mod syntax;
mod token;
mod value;

use std::str::FromStr;

use evaluate::{Evaluator, Scope};
use matching::Prepared;
use project::Gather;
use syntax::{Clause, Expression};
pub use value::Value;

use super::filter::is_called;
use super::index::Index;
use super::{Bound, Fault};

/// A query that was read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Cypher {
    text: String,
    clauses: Vec<Clause>,
}

/// The answer: rows of values under their columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table<'a> {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// As many values in each as there are columns.
    pub rows: Vec<Vec<Value<'a>>>,
    /// What may not be meant: types that no relationship has.
    pub doubts: Vec<Fault>,
}

impl FromStr for Cypher {
    type Err = Fault;

    /// ```
    /// use demarche::query::Cypher;
    /// assert!("MATCH (a:Person) RETURN a.name".parse::<Cypher>().is_ok());
    /// let fault = "MATCH (a:Persn) RETURN a.name".parse::<Cypher>().unwrap_err();
    /// assert_eq!(fault.to_string(), "column 10: no node has the label `Persn`");
    /// ```
    fn from_str(text: &str) -> Result<Cypher, Fault> {
        let clauses = read::read(text)?;
        check::check(text, &clauses)?;
        Ok(Cypher { text: text.to_owned(), clauses })
    }
}

impl Cypher {
    /// Runs the query.
    ///
    /// # Errors
    /// When a value has no sense where it stands, or the query needs more work than the bound allows.
    pub fn run<'a>(&'a self, index: &'a Index<'a>, bound: Bound) -> Result<Table<'a>, Fault> {
        let evaluator = Evaluator::new(index, &self.text, bound.edges);
        let mut names: Vec<String> = Vec::new();
        let mut rows: Vec<Vec<Value<'a>>> = vec![Vec::new()];
        let mut rest = self.clauses.as_slice();
        while !rest.is_empty() {
            // Up to the next projection rows flow; there they are gathered.
            let length = rest.iter().position(|clause| matches!(clause, Clause::Project { .. })).unwrap_or(0);
            let (flow, behind) = rest.split_at(length);
            let Some((Clause::Project { projection, condition, .. }, after)) = behind.split_first() else {
                break;
            };
            let mut stages = Vec::new();
            for clause in flow {
                stages.extend(Stage::new(&evaluator, clause, &mut names)?);
            }
            let mut gather = Gather::new(projection, &names, bound.rows);
            for row in std::mem::take(&mut rows) {
                let went_on =
                    flow_on(&stages, &evaluator, &row, &names, &mut |row| gather.take(&evaluator, row))?;
                if evaluator.budget.is_spent() {
                    return Err(self.spent(bound));
                }
                if !went_on {
                    break;
                }
            }
            let columns = gather.columns.clone();
            rows = gather.finish(&evaluator)?;
            names = columns;
            if let Some(condition) = condition {
                let mut kept = Vec::new();
                for row in rows {
                    if evaluator.holds(condition, &Scope::of(&names, &row))? {
                        kept.push(row);
                    }
                }
                rows = kept;
            }
            if evaluator.budget.is_spent() {
                return Err(self.spent(bound));
            }
            rest = after;
        }
        Ok(Table { columns: names, rows, doubts: self.doubts(index) })
    }

    fn spent(&self, bound: Bound) -> Fault {
        let what = format!("the query looked at more than {} edges, and was ended", bound.edges);
        let place = 0..self.text.split_whitespace().next().map_or(1, |word| word.chars().count());
        Fault::new(&self.text, place, what).hint("add a label, a type, a name, a shorter chain or a LIMIT")
    }

    /// Types that no relationship of the graph has.
    fn doubts(&self, index: &Index<'_>) -> Vec<Fault> {
        let mut doubts = Vec::new();
        for clause in &self.clauses {
            let Clause::Match { paths, .. } = clause else { continue };
            for name in paths.iter().flat_map(|path| &path.edges).flat_map(|edge| &edge.types) {
                let by_sample =
                    index.samples().iter().any(|edge| super::filter::edge_is_called(edge, &name.text));
                let known = by_sample
                    || super::filter::QUADS.contains(&name.text.as_str())
                    || (super::filter::is_code(&name.text)
                        && index.graph().links().any(|link| is_called(&link, &name.text)));
                if known {
                    continue;
                }
                let names = index.samples().iter().map(|edge| &*edge.predicate);
                let near = super::name::near(&name.text.to_lowercase(), names);
                let fault = Fault::new(
                    &self.text,
                    name.place.clone(),
                    format!("no relationship has the type `{}`", name.text),
                );
                doubts.push(match near.first() {
                    Some(near) => fault.hint(format!("did you mean `{near}`?")),
                    None => fault,
                });
            }
        }
        doubts
    }
}

/// A clause through which rows flow.
enum Stage<'a> {
    Match { prepared: Box<Prepared<'a>>, optional: bool },
    Unwind { list: &'a Expression },
}

impl<'a> Stage<'a> {
    fn new(
        evaluator: &Evaluator<'a>,
        clause: &'a Clause,
        names: &mut Vec<String>,
    ) -> Result<Option<Stage<'a>>, Fault> {
        Ok(match clause {
            Clause::Unwind { list, name } => {
                names.push(name.text.clone());
                Some(Stage::Unwind { list })
            }
            Clause::Match { optional, paths, condition } => {
                let prepared = Prepared::new(evaluator, paths, condition.as_ref(), names)?;
                names.extend(prepared.added.iter().cloned());
                Some(Stage::Match { prepared: Box::new(prepared), optional: *optional })
            }
            Clause::Project { .. } => None,
        })
    }
}

/// Takes a row; false to stop.
type Sink<'s, 'a> = &'s mut dyn FnMut(&[Value<'a>]) -> Result<bool, Fault>;

/// Sends a row through the stages; false to stop.
fn flow_on<'a>(
    stages: &[Stage<'a>],
    evaluator: &Evaluator<'a>,
    row: &[Value<'a>],
    names: &[String],
    sink: Sink<'_, 'a>,
) -> Result<bool, Fault> {
    let Some((stage, rest)) = stages.split_first() else { return sink(row) };
    let scope = Scope::of(names.get(..row.len()).unwrap_or(&[]), row);
    let mut on = |more: Vec<Value<'a>>| {
        let mut longer = row.to_vec();
        longer.extend(more);
        flow_on(rest, evaluator, &longer, names, sink)
    };
    match stage {
        Stage::Unwind { list } => {
            let all = match evaluator.value(list, &scope)? {
                Value::List(all) => all,
                Value::Null => Vec::new(),
                one => vec![one],
            };
            for value in all {
                // A list may be unwound within a list.
                if !evaluator.budget.spend() || !on(vec![value])? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Stage::Match { prepared, optional } => {
            let mut any = false;
            let went_on = prepared.run(evaluator, &scope, &mut |values| {
                any = true;
                on(values)
            })?;
            if went_on && *optional && !any {
                return on(prepared.added.iter().map(|_| Value::Null).collect());
            }
            Ok(went_on)
        }
    }
}

#[cfg(test)]
mod tests;
