//! In how many ways two are connected: all simple chains up to a length, with every edge of each step.
//!
//! In: two nodes, a filter, [`Bounds`]. Out: [`Chains`], the shortest first; of equal length the one
//! whose weakest step has most evidence. Edges are walked either way; no node comes twice. Only nodes
//! that lie near enough to the end are walked, length by length, so that what a bound cuts off is
//! always the longest; whether anything was cut is told.

use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};

use petgraph::graph::NodeIndex;

use super::Filter;
use crate::graph::{EdgeId, KnowledgeGraph, Link};

/// No chain is longer: the search goes as deep as a chain is long.
pub const LONGEST: usize = 32;

/// How far all chains are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// At most so many steps; never more than [`LONGEST`].
    pub max_length: usize,
    /// At most so many chains.
    pub most: usize,
    /// At most so many nodes are walked.
    pub work: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds { max_length: 3, most: 1_000, work: 2_000_000 }
    }
}

/// One chain: how many nodes it has is one more than its steps.
#[derive(Clone, Debug)]
pub struct Chain<'g> {
    /// The nodes in walking order, both ends included.
    pub nodes: Vec<NodeIndex>,
    /// For each step all edges between its two nodes, the weightiest first; a symmetric one is turned
    /// the way we walk.
    pub steps: Vec<Vec<Link<'g>>>,
    /// For each step the pieces of evidence that count, of all its edges.
    pub weights: Vec<usize>,
}

impl Chain<'_> {
    /// The evidence of its weakest step.
    #[must_use]
    pub fn weakest(&self) -> usize {
        self.weights.iter().copied().min().unwrap_or(0)
    }
}

/// All chains that were found.
#[derive(Clone, Debug, Default)]
pub struct Chains<'g> {
    /// The shortest first.
    pub chains: Vec<Chain<'g>>,
    /// True if a bound was met before all chains of `max_length` were walked.
    pub cut: bool,
}

/// All simple chains from one node to another; none if both are the same.
#[must_use]
pub fn chains<'g>(
    graph: &'g KnowledgeGraph,
    from: NodeIndex,
    to: NodeIndex,
    filter: &Filter,
    bounds: Bounds,
) -> Chains<'g> {
    if from == to {
        return Chains::default();
    }
    let beside = Beside::of(graph, filter);
    let distance = beside.distances(to, bounds.max_length.min(LONGEST));
    let mut walk = Walk {
        beside: &beside,
        distance,
        to,
        bounds,
        work: 0,
        cut: false,
        way: vec![from],
        found: Vec::new(),
    };
    for length in 1..=bounds.max_length.min(LONGEST) {
        walk.step(from, length);
        if walk.cut {
            break;
        }
    }
    let Walk { found, cut, .. } = walk;
    let mut chains: Vec<Chain<'g>> =
        found.into_iter().map(|nodes| beside.chain(graph, nodes, filter)).collect();
    chains.sort_by_cached_key(|chain| {
        let all: usize = chain.weights.iter().sum();
        (chain.steps.len(), Reverse(chain.weakest()), Reverse(all), chain.nodes.clone())
    });
    Chains { chains, cut }
}

/// The neighbours of every node and the edges to each.
struct Beside(Vec<BTreeMap<NodeIndex, Vec<EdgeId>>>);

impl Beside {
    fn of(graph: &KnowledgeGraph, filter: &Filter) -> Beside {
        let mut rows = vec![BTreeMap::new(); graph.graph().node_count()];
        for link in graph.links().filter(|link| filter.admits(link)) {
            let (Some(a), Some(b)) = (link.subject, link.object) else { continue };
            for (one, other) in [(a, b), (b, a)] {
                if let Some(row) = rows.get_mut(one.index()).filter(|_| a != b) {
                    row.entry(other).or_insert_with(Vec::new).push(link.edge.id);
                }
            }
        }
        Beside(rows)
    }

    fn row(&self, node: NodeIndex) -> impl Iterator<Item = NodeIndex> + '_ {
        self.0.get(node.index()).into_iter().flat_map(BTreeMap::keys).copied()
    }

    /// How many steps each node is from the end, as far as `most`.
    fn distances(&self, to: NodeIndex, most: usize) -> BTreeMap<NodeIndex, usize> {
        let mut found = BTreeMap::from([(to, 0)]);
        let mut queue = VecDeque::from([(to, 0)]);
        while let Some((node, distance)) = queue.pop_front().filter(|(_, distance)| *distance < most) {
            for next in self.row(node) {
                if let std::collections::btree_map::Entry::Vacant(place) = found.entry(next) {
                    place.insert(distance + 1);
                    queue.push_back((next, distance + 1));
                }
            }
        }
        found
    }

    fn chain<'g>(&self, graph: &'g KnowledgeGraph, nodes: Vec<NodeIndex>, filter: &Filter) -> Chain<'g> {
        let step = |pair: &[NodeIndex]| {
            let [a, b] = pair else { return Vec::new() };
            let ids = self.0.get(a.index()).and_then(|row| row.get(b)).into_iter().flatten();
            let mut links: Vec<Link<'g>> =
                ids.filter_map(|id| graph.link(*id)).map(|link| link.seen_from(*a)).collect();
            links.sort_by_key(|link| (Reverse(filter.weight(link)), link.edge.id));
            links
        };
        let steps: Vec<Vec<Link<'g>>> = nodes.windows(2).map(step).collect();
        let weight = |links: &Vec<Link<'g>>| links.iter().map(|link| filter.weight(link)).sum();
        let weights = steps.iter().map(weight).collect();
        Chain { nodes, steps, weights }
    }
}

struct Walk<'a> {
    beside: &'a Beside,
    distance: BTreeMap<NodeIndex, usize>,
    to: NodeIndex,
    bounds: Bounds,
    work: usize,
    cut: bool,
    way: Vec<NodeIndex>,
    found: Vec<Vec<NodeIndex>>,
}

impl Walk<'_> {
    /// Walks on from a node, with exactly so many steps left.
    fn step(&mut self, node: NodeIndex, left: usize) {
        let beside = self.beside;
        for next in beside.row(node) {
            // Too far from the end, or there too soon.
            let near = self.distance.get(&next).is_some_and(|distance| *distance < left);
            if !near || (next == self.to) != (left == 1) || self.way.contains(&next) {
                continue;
            }
            self.work += 1;
            if self.work > self.bounds.work || (left == 1 && self.found.len() >= self.bounds.most) {
                self.cut = true;
                return;
            }
            self.way.push(next);
            if left == 1 {
                self.found.push(self.way.clone());
            } else {
                self.step(next, left - 1);
            }
            self.way.pop();
            if self.cut {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;
    use crate::query::find;

    fn all(from: &str, to: &str, bounds: Bounds) -> (Vec<String>, bool) {
        let graph = sample::graph();
        let node = |name| find(&graph, name).unwrap()[0];
        let found = chains(&graph, node(from), node(to), &Filter::default(), bounds);
        let name = |node: &NodeIndex| graph.node(*node).unwrap().name.clone();
        let lines = found.chains.iter().map(|chain| {
            for (links, ends) in chain.steps.iter().zip(chain.nodes.windows(2)) {
                assert!(!links.is_empty());
                assert!(links.iter().all(|link| {
                    let told = [link.subject.unwrap(), link.object.unwrap()];
                    told == ends || told == [ends[1], ends[0]]
                }));
            }
            chain.nodes.iter().map(name).collect::<Vec<_>>().join(" > ")
        });
        (lines.collect(), found.cut)
    }

    #[test]
    fn all_chains_the_shortest_and_best_proved_first() {
        let (lines, cut) = all("Chung Eui-yong", "North Korea", Bounds::default());
        assert_eq!(
            lines,
            [
                "Chung Eui-yong > Antony Blinken > North Korea",
                "Chung Eui-yong > Antony Blinken > China > North Korea"
            ]
        );
        assert!(!cut);
        let short = Bounds { max_length: 2, ..Bounds::default() };
        assert_eq!(all("Chung Eui-yong", "North Korea", short).0.len(), 1);
        assert!(all("China", "China", Bounds::default()).0.is_empty());
        assert!(all("China", "Jane Doe", Bounds::default()).0.is_empty());
    }

    #[test]
    fn a_bound_cuts_the_longest_and_says_so() {
        let one = Bounds { most: 1, ..Bounds::default() };
        let (lines, cut) = all("Chung Eui-yong", "North Korea", one);
        assert_eq!((lines.len(), cut), (1, true));
        assert_eq!(lines[0].matches('>').count(), 2);
        let (lines, cut) = all("Chung Eui-yong", "North Korea", Bounds { work: 0, ..Bounds::default() });
        assert_eq!((lines.len(), cut), (0, true));
        // Exactly as many as there are: nothing was cut.
        assert!(!all("Chung Eui-yong", "North Korea", Bounds { most: 2, ..Bounds::default() }).1);
    }

    #[test]
    fn every_chain_of_a_crowd_is_simple_and_comes_once() {
        let graph = sample::crowd(40, 160);
        let ends = [NodeIndex::new(0), NodeIndex::new(9)];
        let bounds = Bounds { max_length: 4, most: 100_000, work: 10_000_000 };
        let found = chains(&graph, ends[0], ends[1], &Filter::default(), bounds);
        assert!(!found.cut && found.chains.len() > 20);
        let mut seen = std::collections::BTreeSet::new();
        for chain in &found.chains {
            let mut nodes = chain.nodes.clone();
            assert_eq!([nodes[0], nodes[nodes.len() - 1]], ends);
            assert!(chain.weakest() > 0 && seen.insert(nodes.clone()));
            nodes.sort_unstable();
            nodes.dedup();
            assert_eq!(nodes.len(), chain.steps.len() + 1);
        }
        // As many as petgraph finds, which counts parallel edges apart.
        let plain: std::collections::BTreeSet<Vec<NodeIndex>> = {
            let undirected = graph.graph().clone().into_edge_type::<petgraph::Undirected>();
            petgraph::algo::all_simple_paths::<Vec<_>, _, std::collections::hash_map::RandomState>(
                &undirected,
                ends[0],
                ends[1],
                0,
                Some(3),
            )
            .collect()
        };
        assert_eq!(seen, plain);
    }
}
