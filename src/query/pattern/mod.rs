//! The arrow as a question: `? -urges-> China`, `?x -accuses-> ?y; ?y -rejects-> ?x`.
//!
//! In: the arrow notation grown up. Out: a [`Pattern`]; [`resolved`](Pattern::resolve) against a graph, a
//! [`Question`], which finds edges and rows of bindings. `docs/query.md` has the whole notation:
//!
//! ```text
//! question := chain (";" chain)*          chain := end (arrow end mark*)+
//! end      := "?" [name] [":" kind]  |  a name  |  `a name`
//! arrow    := "-" what "->"  |  "<-" what "-"  |  "<-" what "->"
//! what     := "?"  |  word ("|" word)*    with "*", "*3", "*1..3" behind for a chain of edges
//! mark     := "[" flags, since, until, on, confidence, weight, facts "]"  |  "words"
//! ```
//!
//! A word is a predicate, a family, a quad class, a PLOVER class or the beginning of a CAMEO code.

mod mark;
mod question;
mod read;

use std::ops::Range;
use std::str::FromStr;

use jiff::civil::Date;

pub use question::{Answer, Question, Row};

use super::Fault;
use crate::lexicon::Kind;
use crate::relation::arrow::Flags;

/// A pattern as it was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    text: String,
    ends: Vec<End>,
    arrows: Vec<ArrowAsked>,
}

/// Who stands at an end of arrows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Who {
    /// `?`
    Anybody,
    /// `?x`
    Variable(String),
    /// `China`
    Named(String),
}

#[derive(Clone, Debug, PartialEq)]
struct End {
    who: Who,
    kind: Option<Kind>,
    place: Range<usize>,
}

/// One arrow and what stands behind it.
#[derive(Clone, Debug, Default, PartialEq)]
struct ArrowAsked {
    from: usize,
    to: usize,
    /// `<-urges->`: whichever way.
    either: bool,
    /// Empty for any.
    predicates: Vec<(String, Range<usize>)>,
    hops: Option<(u32, u32)>,
    flags: Option<Flags>,
    since: Option<Date>,
    until: Option<Date>,
    confidence: f32,
    weight: usize,
    facts: bool,
    words: Vec<String>,
}

impl FromStr for Pattern {
    type Err = Fault;

    /// ```
    /// use demarche::query::Pattern;
    /// let pattern: Pattern = "?x -accuses-> ?y; ?y -rejects-> ?x [since 2021-03-01]".parse()?;
    /// assert_eq!(pattern.variables().collect::<Vec<_>>(), ["x", "y"]);
    /// let fault = "China -urges Japan".parse::<Pattern>().unwrap_err();
    /// assert_eq!(fault.position(), (1, 7));
    /// # Ok::<(), demarche::query::Fault>(())
    /// ```
    fn from_str(text: &str) -> Result<Pattern, Fault> {
        read::read(text)
    }
}

impl Pattern {
    /// The text that was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The named variables, in the order of the text.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.ends.iter().filter_map(|end| match &end.who {
            Who::Variable(name) => Some(name.as_str()),
            Who::Anybody | Who::Named(_) => None,
        })
    }

    /// How many arrows there are; a chain counts once.
    #[must_use]
    pub fn arrows(&self) -> usize {
        self.arrows.len()
    }

    /// True for one arrow that is one edge: its answer is a list of edges.
    #[must_use]
    pub fn is_one_edge(&self) -> bool {
        self.arrows.len() == 1 && self.arrows.iter().all(|arrow| arrow.hops.is_none())
    }

    /// What to say where nothing was found: `?person -meets-> ?person` asks who met himself.
    #[must_use]
    pub fn doubt(&self) -> Option<String> {
        let twice = self.arrows.iter().find(|arrow| arrow.from == arrow.to)?;
        let end = self.ends.get(twice.from)?;
        match (&end.who, end.kind) {
            (Who::Variable(name), Some(_)) => Some(format!(
                "`?{name}` twice means the same node; `?{name}1` and `?{name}2` are two of the kind"
            )),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
