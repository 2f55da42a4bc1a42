//! Edges by class, and by node and class: what joins walk on.
//!
//! In: a graph. Out: an [`Index`]. A class is all that edges of one predicate, polarity and modality
//! share, so that "is this edge called so?" is asked once a class, not once an edge. Edges are sorted by
//! counting (by class, then by subject and by object), which takes time linear in their number: a million
//! edges in less than a tenth of a second. Whoever asks often keeps the index beside the graph.

use std::sync::Arc;

use petgraph::graph::NodeIndex;
use rustc_hash::FxHashMap;

use crate::graph::rows::Rows;
use crate::graph::{Edge, EdgeId, KnowledgeGraph, Link, PredicateCodes};
use crate::relation::{Modality, Polarity};

/// The end of an edge that no document names.
pub(super) const NOBODY: u32 = u32::MAX;

/// The edges of a graph, sorted for joins. Borrows the graph.
#[derive(Debug)]
pub struct Index<'g> {
    graph: &'g KnowledgeGraph,
    /// One edge of each class, for what all of the class share.
    samples: Vec<&'g Edge>,
    class_of: Vec<u32>,
    ends: Vec<[u32; 2]>,
    by_class: Rows,
    by_subject: Rows,
    by_object: Rows,
}

/// Some of an index's classes.
#[derive(Clone, Debug, Default)]
pub(super) struct Classes {
    is_in: Vec<bool>,
    list: Vec<u32>,
    /// How many edges they have.
    pub(super) edges: usize,
}

impl Classes {
    pub(super) fn has(&self, class: u32) -> bool {
        self.is_in.get(class as usize).copied().unwrap_or(false)
    }
}

impl<'g> Index<'g> {
    /// Sorts the edges of a graph.
    #[must_use]
    pub fn of(graph: &'g KnowledgeGraph) -> Index<'g> {
        let mut classing = Classing::default();
        let count = graph.links().size_hint().1.unwrap_or_default();
        let (mut class_of, mut ends) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let number =
            |node: Option<NodeIndex>| node.map_or(NOBODY, |n| u32::try_from(n.index()).unwrap_or(NOBODY));
        for link in graph.links() {
            class_of.push(classing.class(link.edge));
            ends.push([number(link.subject), number(link.object)]);
        }
        let samples = classing.samples;
        let nodes = graph.graph().node_count();
        let by_class = Rows::sort(samples.len(), (0..).zip(class_of.iter().copied()));
        let side = |side: usize| {
            // The ends are fetched once, in the order of the classes.
            let end = |edge: &u32| (*edge, ends.get(*edge as usize).map_or(NOBODY, |ends| ends[side]));
            let pairs: Vec<(u32, u32)> = by_class.all().iter().map(end).collect();
            Rows::sort(nodes, pairs.iter().copied())
        };
        let (by_subject, by_object) = rayon::join(|| side(0), || side(1));
        Index { graph, samples, class_of, ends, by_class, by_subject, by_object }
    }

    /// The graph.
    #[must_use]
    pub fn graph(&self) -> &'g KnowledgeGraph {
        self.graph
    }

    pub(super) fn nodes(&self) -> u32 {
        u32::try_from(self.graph.graph().node_count()).unwrap_or(NOBODY)
    }

    /// One edge of each class.
    pub(super) fn samples(&self) -> &[&'g Edge] {
        &self.samples
    }

    /// The classes whose sample is admitted.
    pub(super) fn classes(&self, admits: impl Fn(&'g Edge) -> bool) -> Classes {
        let is_in: Vec<bool> = self.samples.iter().map(|sample| admits(sample)).collect();
        let list: Vec<u32> = (0..).zip(&is_in).filter(|(_, is_in)| **is_in).map(|(class, _)| class).collect();
        let edges = list.iter().map(|class| self.by_class.row(*class).len()).sum();
        Classes { is_in, list, edges }
    }

    pub(super) fn ends(&self, edge: u32) -> [u32; 2] {
        self.ends.get(edge as usize).copied().unwrap_or([NOBODY; 2])
    }

    pub(super) fn is_symmetric(&self, edge: u32) -> bool {
        let class = self.class_of.get(edge as usize).copied().unwrap_or(NOBODY);
        self.samples.get(class as usize).is_some_and(|sample| sample.symmetric)
    }

    pub(super) fn link(&self, edge: u32) -> Option<Link<'g>> {
        self.graph.link(EdgeId(edge))
    }

    /// All edges of some classes.
    pub(super) fn edges_of<'c>(&'c self, classes: &'c Classes) -> impl Iterator<Item = u32> + 'c {
        classes.list.iter().flat_map(|class| self.by_class.row(*class)).copied()
    }

    /// The edges of some classes that begin (side 0) or end (side 1) at a node.
    pub(super) fn edges_at<'c>(
        &'c self,
        node: u32,
        side: usize,
        classes: &'c Classes,
    ) -> impl Iterator<Item = u32> + 'c {
        let row = if side == 0 { self.by_subject.row(node) } else { self.by_object.row(node) };
        let class = |edge: &u32| self.class_of.get(*edge as usize).copied().unwrap_or(NOBODY);
        // In a long row the few classes are looked up, in a short one every edge is asked.
        let looked_up = row.len() > 4 * classes.list.len().max(1);
        let (list, whole): (&[u32], &[u32]) = if looked_up { (&classes.list, &[]) } else { (&[], row) };
        let found = list.iter().flat_map(move |wanted| {
            let start = row.partition_point(|edge| class(edge) < *wanted);
            row.get(start..).unwrap_or(&[]).iter().take_while(move |edge| class(edge) == *wanted)
        });
        found.chain(whole.iter().filter(move |edge| classes.has(class(edge)))).copied()
    }

    /// How many edges begin or end at a node, of any class.
    pub(super) fn degree(&self, node: u32, side: usize) -> usize {
        if side == 0 { self.by_subject.row(node).len() } else { self.by_object.row(node).len() }
    }
}

/// The classes of the edges so far.
#[derive(Default)]
struct Classing<'g> {
    samples: Vec<&'g Edge>,
    /// By the address of the codes: all edges of a graph file that are called alike share them.
    known: FxHashMap<(*const PredicateCodes, Polarity, Modality), u32>,
    /// By name, where the address is new.
    named: FxHashMap<(&'g str, Polarity, Modality), Vec<u32>>,
}

impl<'g> Classing<'g> {
    fn class(&mut self, edge: &'g Edge) -> u32 {
        let Classing { samples, known, named } = self;
        *known.entry((Arc::as_ptr(&edge.codes), edge.polarity, edge.modality)).or_insert_with(|| {
            let alike = named.entry((&*edge.predicate, edge.polarity, edge.modality)).or_default();
            let is = |class: &u32| samples.get(*class as usize).is_some_and(|one| same_class(one, edge));
            alike.iter().copied().find(is).unwrap_or_else(|| {
                let class = u32::try_from(samples.len()).unwrap_or(u32::MAX);
                alike.push(class);
                samples.push(edge);
                class
            })
        })
    }
}

fn same_class(a: &Edge, b: &Edge) -> bool {
    a.polarity == b.polarity
        && a.modality == b.modality
        && a.predicate == b.predicate
        && a.symmetric == b.symmetric
        && a.standing == b.standing
        && a.quad == b.quad
        && a.family == b.family
        && a.cameo == b.cameo
        && a.plover == b.plover
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn every_edge_stands_in_its_rows_once() {
        for graph in [sample::graph(), sample::crowd(30, 600), KnowledgeGraph::default()] {
            let index = Index::of(&graph);
            let all = index.classes(|_| true);
            assert_eq!(index.edges_of(&all).count(), graph.links().count());
            assert_eq!(all.edges, graph.links().count());
            for (node, _) in graph.nodes() {
                let n = u32::try_from(node.index()).unwrap();
                let mut ids: Vec<u32> =
                    index.edges_at(n, 0, &all).chain(index.edges_at(n, 1, &all)).collect();
                ids.sort_unstable();
                ids.dedup();
                let told: Vec<u32> = graph.links_of(node).map(|link| link.edge.id.0).collect();
                assert_eq!(ids, told);
            }
        }
    }

    #[test]
    fn edges_of_one_class_are_found_in_long_and_short_rows() {
        let graph = sample::crowd(8, 3000);
        let index = Index::of(&graph);
        for name in ["urges", "meets", "attacks"] {
            let classes = index.classes(|edge| &*edge.predicate == name);
            for node in 0..index.nodes() {
                let at = |link: &Link<'_>| link.subject.map(|s| s.index()) == Some(node as usize);
                let mut told: Vec<u32> = graph
                    .links()
                    .filter(|link| at(link) && &*link.edge.predicate == name)
                    .map(|link| link.edge.id.0)
                    .collect();
                let mut found: Vec<u32> = index.edges_at(node, 0, &classes).collect();
                told.sort_unstable();
                found.sort_unstable();
                assert_eq!(found, told);
            }
        }
    }
}
