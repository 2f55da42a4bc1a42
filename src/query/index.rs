//! Edges by class, and by node and class: what joins walk on.
//!
//! In: a graph. Out: an [`Index`]. A class is all that edges of one predicate, polarity and modality
//! share, so that "is this edge called so?" is asked once a class, not once an edge. Edges are sorted by
//! counting (by class, then by subject and by object), which takes time linear in their number: a million
//! edges in about a tenth of a second. Whoever asks often keeps the index beside the graph.

use std::collections::HashMap;

use petgraph::graph::NodeIndex;

use crate::graph::{Edge, EdgeId, KnowledgeGraph, Link};
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

/// Numbers in rows: row `n` is `items[starts[n]..starts[n + 1]]`.
#[derive(Debug, Default)]
struct Rows {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Rows {
    /// Sorts items into rows; those of one row keep their order. A row past the last is left out.
    fn sort(rows: usize, items: impl Iterator<Item = u32> + Clone, row_of: impl Fn(u32) -> u32) -> Rows {
        let mut starts = vec![0_u32; rows + 1];
        for item in items.clone() {
            if let Some(count) = starts.get_mut(row_of(item) as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut sorted = vec![0; sum as usize];
        for item in items {
            let row = row_of(item) as usize;
            if row < rows
                && let Some(place) = next.get_mut(row)
                && let Some(slot) = sorted.get_mut(*place as usize)
            {
                *slot = item;
                *place += 1;
            }
        }
        Rows { starts, items: sorted }
    }

    fn row(&self, row: u32) -> &[u32] {
        let row = row as usize;
        let (Some(start), Some(end)) = (self.starts.get(row), self.starts.get(row.saturating_add(1))) else {
            return &[];
        };
        self.items.get(*start as usize..*end as usize).unwrap_or(&[])
    }
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
        let mut samples: Vec<&'g Edge> = Vec::new();
        let mut known: HashMap<(&'g str, Polarity, Modality), Vec<u32>> = HashMap::new();
        let (mut class_of, mut ends) = (Vec::new(), Vec::new());
        let mut last: Option<u32> = None;
        let number =
            |node: Option<NodeIndex>| node.map_or(NOBODY, |n| u32::try_from(n.index()).unwrap_or(NOBODY));
        for link in graph.links() {
            let edge = link.edge;
            let is = |samples: &[&Edge], class: u32| {
                samples.get(class as usize).is_some_and(|sample| same_class(sample, edge))
            };
            let class = match last {
                Some(last) if is(&samples, last) => last,
                _ => {
                    let alike = known.entry((&*edge.predicate, edge.polarity, edge.modality)).or_default();
                    alike.iter().copied().find(|class| is(&samples, *class)).unwrap_or_else(|| {
                        let class = u32::try_from(samples.len()).unwrap_or(u32::MAX);
                        alike.push(class);
                        samples.push(edge);
                        class
                    })
                }
            };
            last = Some(class);
            class_of.push(class);
            ends.push([number(link.subject), number(link.object)]);
        }
        let count = u32::try_from(ends.len()).unwrap_or(u32::MAX);
        let nodes = graph.graph().node_count();
        let class = |edge: u32| class_of.get(edge as usize).copied().unwrap_or(NOBODY);
        let end = |edge: u32, side: usize| ends.get(edge as usize).map_or(NOBODY, |ends| ends[side]);
        let by_class = Rows::sort(samples.len(), 0..count, class);
        let in_order = || by_class.items.iter().copied();
        let by_subject = Rows::sort(nodes, in_order(), |edge| end(edge, 0));
        let by_object = Rows::sort(nodes, in_order(), |edge| end(edge, 1));
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
        let looked_up = row.len() > 16 * classes.list.len().max(1);
        let list: &[u32] = if looked_up { &classes.list } else { &[] };
        let parts = list.iter().map(move |wanted| {
            let start = row.partition_point(|edge| class(edge) < *wanted);
            let rest = row.get(start..).unwrap_or(&[]);
            rest.get(..rest.partition_point(|edge| class(edge) <= *wanted)).unwrap_or(&[])
        });
        let whole = if looked_up { &[] } else { row };
        parts.chain([whole]).flatten().copied().filter(move |edge| looked_up || classes.has(class(edge)))
    }

    /// How many edges begin or end at a node, of any class.
    pub(super) fn degree(&self, node: u32, side: usize) -> usize {
        if side == 0 { self.by_subject.row(node).len() } else { self.by_object.row(node).len() }
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
