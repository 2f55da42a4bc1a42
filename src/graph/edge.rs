//! An edge: who did what to whom, with all its evidence; and the borrowed view of one with its ends.
//!
//! An edge carries its predicate's codes itself, so that a graph file can be counted by CAMEO or
//! PLOVER without the lexicon that made it.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use petgraph::graph::NodeIndex;
use serde::{Deserialize, Serialize, Serializer};

use super::{Evidence, KnowledgeGraph, Node, PredicateCodes};
use crate::relation::arrow::Flags;
use crate::relation::{Modality, Period, Polarity};

/// An edge's place in the order of telling; also its `id` in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EdgeId(pub u32);

impl EdgeId {
    /// The id as an index.
    #[must_use]
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

impl From<usize> for EdgeId {
    fn from(n: usize) -> Self {
        EdgeId(u32::try_from(n).unwrap_or(u32::MAX))
    }
}

/// One directed, typed edge. It reads like its codes: `edge.predicate`, `edge.family`, `edge.cameo`, `edge.quad`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Edge {
    /// Its place in the order of telling.
    pub id: EdgeId,
    /// The predicate and its codes; a piece of evidence may have a finer CAMEO code.
    #[serde(flatten, serialize_with = "as_codes")]
    pub codes: Arc<PredicateCodes>,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// Asserted, planned, asked, …
    pub modality: Modality,
    /// What proves it, in the order of telling; never empty.
    pub evidence: Vec<Evidence>,
}

fn as_codes<S: Serializer>(codes: &Arc<PredicateCodes>, serializer: S) -> Result<S::Ok, S::Error> {
    codes.as_ref().serialize(serializer)
}

impl Deref for Edge {
    type Target = PredicateCodes;
    fn deref(&self) -> &PredicateCodes {
        &self.codes
    }
}

impl Edge {
    /// The number of pieces of evidence.
    #[must_use]
    pub fn weight(&self) -> usize {
        self.evidence.len()
    }

    /// The flags of its arrow.
    #[must_use]
    pub fn flags(&self) -> Flags {
        Flags { polarity: self.polarity, modality: self.modality }
    }

    /// True if it is told as a fact: not denied, planned, asked, alleged, or only possible.
    #[must_use]
    pub fn is_fact(&self) -> bool {
        self.flags().is_empty()
    }

    /// From the first to the last day on which it is said to have happened.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        let times = || self.evidence.iter().filter_map(|evidence| evidence.time);
        let from = times().map(|time| time.from).min()?;
        let until = times().map(|time| time.until).max()?;
        Some(Period { from, until })
    }
}

/// One edge and its ends, borrowed from the graph. Prints as an arrow.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// The graph.
    pub graph: &'a KnowledgeGraph,
    /// Who, in reading order.
    pub subject: Option<NodeIndex>,
    /// To whom, in reading order.
    pub object: Option<NodeIndex>,
    /// What.
    pub edge: &'a Edge,
    /// True where a symmetric edge is read from its other end: then the evidence's subject is our object.
    pub reversed: bool,
}

impl<'a> Link<'a> {
    /// Who; `None` where no document says.
    #[must_use]
    pub fn subject(&self) -> Option<&'a Node> {
        self.subject.and_then(|index| self.graph.node(index))
    }

    /// To whom; `None` where no document says.
    #[must_use]
    pub fn object(&self) -> Option<&'a Node> {
        self.object.and_then(|index| self.graph.node(index))
    }

    /// The relation in whose content a piece of this edge's evidence stands: "Blinken urges China to
    /// *convince North Korea*".
    #[must_use]
    pub fn within(&self, evidence: &Evidence) -> Option<Link<'a>> {
        self.graph.link(evidence.within?)
    }

    /// The end that is not `node`.
    #[must_use]
    pub fn other_end(&self, node: NodeIndex) -> Option<NodeIndex> {
        if self.subject == Some(node) { self.object } else { self.subject }
    }

    /// The same edge, read from its other end if it is symmetric and ends at `node`.
    #[must_use]
    pub fn seen_from(self, node: NodeIndex) -> Link<'a> {
        if self.edge.symmetric && self.subject != Some(node) && self.object == Some(node) {
            self.turned()
        } else {
            self
        }
    }

    /// The same edge read from its other end.
    #[must_use]
    pub fn turned(self) -> Link<'a> {
        Link { subject: self.object, object: self.subject, reversed: !self.reversed, ..self }
    }
}

impl fmt::Display for Link<'_> {
    /// `China -convinces-> North Korea [asked]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |node: Option<&'_ Node>| node.map_or("?".to_owned(), |node| node.name.clone());
        write!(f, "{} -{}-> {}", name(self.subject()), self.edge.predicate, name(self.object()))?;
        if self.edge.flags().is_empty() { Ok(()) } else { write!(f, " {}", self.edge.flags()) }
    }
}
