//! Participants become nodes: those of the same key are one.
//!
//! In: [`Reading`]s, in their order. Out: a graph that has only nodes, in the order in which the documents
//! name them first, and the node of every participant. First the nodes get their numbers, one document
//! after the other; then each hears what all documents tell of it, many nodes at a time.

use std::sync::Arc;

use petgraph::graph::NodeIndex;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::rows::Rows;
use super::{KnowledgeGraph, Node, Participant, Reading};

/// Nodes, and who they are in the documents.
pub(super) struct Gathered {
    /// The nodes; no edges yet.
    pub graph: KnowledgeGraph,
    /// The node of every participant, one document after the other.
    pub places: Vec<NodeIndex>,
}

impl Gathered {
    /// The nodes of some documents.
    pub(super) fn of(readings: &[&Arc<Reading>]) -> Gathered {
        let count = readings.iter().map(|reading| reading.participants.len()).sum();
        let mut told: Vec<(u32, &Participant)> = Vec::with_capacity(count);
        let mut places: Vec<NodeIndex> = Vec::with_capacity(count);
        let mut graph = KnowledgeGraph::default();
        // By the key's address: in a file each key is kept once.
        let mut known: FxHashMap<usize, NodeIndex> = FxHashMap::default();
        let mut nodes = 0;
        for (document, reading) in (0..).zip(readings) {
            for participant in &reading.participants {
                let index = *known.entry(participant.key.address()).or_insert_with(|| {
                    *graph.by_key.entry(participant.key.as_str().to_owned()).or_insert_with(|| {
                        nodes += 1;
                        NodeIndex::new(nodes - 1)
                    })
                });
                told.push((document, participant));
                places.push(index);
            }
        }
        let number = |place: &NodeIndex| u32::try_from(place.index()).unwrap_or(u32::MAX);
        let rows = Rows::sort(nodes, (0..).zip(places.iter().map(number)));
        let made: Vec<Option<Node>> = (0..nodes)
            .into_par_iter()
            .map(|node| {
                let row = rows.row(u32::try_from(node).ok()?);
                Node::told(row.iter().filter_map(|n| told.get(*n as usize).copied()))
            })
            .collect();
        graph.graph.reserve_exact_nodes(nodes);
        for node in made.into_iter().flatten() {
            graph.graph.add_node(node);
        }
        Gathered { graph, places }
    }
}
