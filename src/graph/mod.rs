//! Analyses become one knowledge graph: entities merged across documents, edges with evidence.
//!
//! In: [`Analysis`](crate::Analysis) values. Each becomes a [`Reading`], what the document tells without its
//! text; a set of them, [`Readings`], is what a graph file holds. Out: a [`KnowledgeGraph`] over petgraph's
//! `DiGraph`: [`Node`]s (participants of the world) and [`Edge`]s. It is a function of the set of readings:
//! the order of reading, and of merging, does not matter. Parallel edges differ in predicate, polarity or
//! modality; "Blinken urged China" in two articles is one edge with two pieces of [`Evidence`], and its
//! weight is 2. Who alleges it is the evidence's: the same claim from two mouths is one edge.
//!
//! A relation that lacks an end ("Two men were arrested") is kept as an edge with one end: it is
//! in every listing, but not in petgraph's graph. A relation without either end names nobody and is
//! left to the analysis record.

mod alike;
mod assemble;
mod connect;
mod edge;
mod evidence;
mod file;
mod gather;
mod node;
mod part;
mod quotation;
mod read;
mod reading;
mod readings;
pub(crate) mod rows;
mod same;
mod text;
mod unite;

pub use assemble::Size;
pub use edge::{Edge, EdgeId, Link};
pub use evidence::{Evidence, Place, Source};
pub use file::{FileError, Form, SCHEMA, replace_file};
pub use node::{Merge, Node, NodeRole};
pub use quotation::Quotation;
pub use reading::{
    DocumentHash, Excerpt, Participant, PredicateCodes, QuotationId, Reading, Saying, Statement, StatementId,
};
pub use readings::Readings;
pub use same::Same;
pub use text::Text;

use std::collections::HashMap;

use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};

/// Where an edge is kept.
#[derive(Clone, Copy, Debug)]
enum Shelf {
    /// In petgraph's graph.
    Whole(EdgeIndex),
    /// In the list of edges with one end.
    Half(usize),
}

/// An edge with one end.
#[derive(Clone, Debug)]
struct HalfEdge {
    subject: Option<NodeIndex>,
    object: Option<NodeIndex>,
    edge: Edge,
}

/// Who said and did what to whom, over many documents.
///
/// ```
/// use demarche::graph::KnowledgeGraph;
/// let graph = KnowledgeGraph::default();
/// assert_eq!((graph.graph().node_count(), graph.links().count()), (0, 0));
/// ```
#[derive(Clone, Debug, Default)]
pub struct KnowledgeGraph {
    graph: DiGraph<Node, Edge>,
    half_edges: Vec<HalfEdge>,
    shelves: Vec<Shelf>,
    sources: Vec<Source>,
    quotations: Vec<Quotation>,
    readings: Readings,
    // Look-ups only: their order never reaches the output.
    by_key: HashMap<String, NodeIndex>,
    /// The keys that other nodes took in.
    renamed: HashMap<String, NodeIndex>,
}

impl KnowledgeGraph {
    /// The graph for petgraph's algorithms: all nodes, and the edges that have both ends.
    #[must_use]
    pub fn graph(&self) -> &DiGraph<Node, Edge> {
        &self.graph
    }

    /// All nodes, in the order in which the documents name them first.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeIndex, &Node)> {
        self.graph.node_indices().filter_map(|index| Some((index, self.graph.node_weight(index)?)))
    }

    /// All edges, those with one end too, in the order in which the documents tell them.
    pub fn links(&self) -> impl Iterator<Item = Link<'_>> {
        (0..self.shelves.len()).filter_map(|n| self.link(EdgeId::from(n)))
    }

    /// One edge and its ends.
    #[must_use]
    pub fn link(&self, id: EdgeId) -> Option<Link<'_>> {
        let (subject, object, edge) = match *self.shelves.get(id.at())? {
            Shelf::Whole(index) => {
                let (subject, object) = self.graph.edge_endpoints(index)?;
                (Some(subject), Some(object), self.graph.edge_weight(index)?)
            }
            Shelf::Half(n) => {
                let half = self.half_edges.get(n)?;
                (half.subject, half.object, &half.edge)
            }
        };
        Some(Link { graph: self, subject, object, edge, reversed: false })
    }

    /// The edges that begin or end at a node, in the order in which the documents tell them; a
    /// symmetric edge is turned so that it begins at the node.
    pub fn links_of(&self, node: NodeIndex) -> impl Iterator<Item = Link<'_>> {
        let mut ids: Vec<EdgeId> = self
            .graph
            .edges_directed(node, petgraph::Direction::Outgoing)
            .chain(self.graph.edges_directed(node, petgraph::Direction::Incoming))
            .map(|edge| edge.weight().id)
            .collect();
        let touches = |half: &&HalfEdge| half.subject == Some(node) || half.object == Some(node);
        ids.extend(self.half_edges.iter().filter(touches).map(|half| half.edge.id));
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().filter_map(move |id| Some(self.link(id)?.seen_from(node)))
    }

    /// The node with this key.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<NodeIndex> {
        self.by_key.get(key).copied()
    }

    /// A node.
    #[must_use]
    pub fn node(&self, index: NodeIndex) -> Option<&Node> {
        self.graph.node_weight(index)
    }

    /// The name behind a key, for reading; the key itself if no node has it.
    #[must_use]
    pub fn name_of<'a>(&'a self, key: &'a str) -> &'a str {
        self.by_key(key).and_then(|index| self.node(index)).map_or(key, |node| &node.name)
    }

    /// The documents, by day of publication, then by id.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The document of a piece of evidence.
    #[must_use]
    pub fn source(&self, number: u32) -> Option<&Source> {
        self.sources.get(number as usize)
    }

    /// All quotations, in the order in which the documents tell them.
    #[must_use]
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// The readings that the graph was made of: its file.
    #[must_use]
    pub fn readings(&self) -> &Readings {
        &self.readings
    }

    /// The node of a participant of a reading, also where another node took it in.
    #[must_use]
    pub fn node_of(&self, participant: &Participant) -> Option<NodeIndex> {
        let key = participant.key.as_str();
        self.by_key.get(key).or_else(|| self.renamed.get(key)).copied()
    }
}

#[cfg(test)]
pub(crate) mod sample;
