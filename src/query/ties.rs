//! Who is tied to whom, and how strongly: the graph as measures of networks want it.
//!
//! In: a graph and a filter. Out: [`Ties`]: nodes by number, arcs with a weight, all edges between two
//! made one. The weight is the number of pieces of evidence; a co-mention counts a quarter of a
//! relation. A symmetric edge ("meets") is an arc in both directions. Left out: edges with one end,
//! edges from a node to itself, and nodes that then have no tie.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;

use super::Filter;
use super::mentions::is_co_mention;
use crate::graph::KnowledgeGraph;

/// A co-mention's evidence beside that of a relation.
const CO_MENTION: f64 = 0.25;

/// One edge, as it is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// The number of the node at which it begins.
    pub from: usize,
    /// The number of the node at which it ends.
    pub to: usize,
    /// How strong it is; what is not above zero is no tie.
    pub weight: f64,
    /// True where it runs both ways.
    pub symmetric: bool,
}

/// The other ends of every node's ties, with the weight of all between the two.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    starts: Vec<usize>,
    ends: Vec<(usize, f64)>,
}

impl Rows {
    /// The row of a node, by the number of the other end.
    #[must_use]
    pub fn of(&self, node: usize) -> &[(usize, f64)] {
        let start = self.starts.get(node).copied().unwrap_or(0);
        let end = self.starts.get(node + 1).copied().unwrap_or(start);
        self.ends.get(start..end).unwrap_or(&[])
    }

    /// How many nodes have a row.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The weight of all ties of a node.
    #[must_use]
    pub fn strength(&self, node: usize) -> f64 {
        self.of(node).iter().map(|(_, weight)| weight).sum()
    }

    /// How many ties there are in all rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True without any tie.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Sorts arcs into rows and adds up those between the same two.
    pub(super) fn new(count: usize, mut arcs: Vec<(usize, usize, f64)>) -> Rows {
        // Stable, so that the weights are added up in the order of telling.
        arcs.sort_by_key(|(from, to, _)| (*from, *to));
        let mut rows = Rows { starts: Vec::with_capacity(count + 1), ends: Vec::with_capacity(arcs.len()) };
        let mut arcs = arcs.into_iter().peekable();
        for node in 0..count {
            let start = rows.ends.len();
            rows.starts.push(start);
            while let Some((_, to, weight)) = arcs.next_if(|(from, _, _)| *from == node) {
                match rows.ends.get_mut(start..).and_then(<[_]>::last_mut) {
                    Some((last, sum)) if *last == to => *sum += weight,
                    _ => rows.ends.push((to, weight)),
                }
            }
        }
        rows.starts.push(rows.ends.len());
        rows
    }
}

/// Nodes and their ties.
///
/// ```
/// use demarche::query::{Tie, Ties};
/// let tie = |from, to| Tie { from, to, weight: 1.0, symmetric: false };
/// let ties = Ties::new(3, &[tie(0, 1), tie(0, 1), tie(2, 1)]);
/// assert_eq!(ties.forward.of(0), [(1, 2.0)]);
/// assert_eq!(ties.both.of(1), [(0, 2.0), (2, 1.0)]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ties {
    /// The node behind every number; empty where the ties are of no graph.
    pub nodes: Vec<NodeIndex>,
    /// How many nodes.
    pub count: usize,
    /// From each node.
    pub forward: Rows,
    /// To each node.
    pub backward: Rows,
    /// Whichever way they run; a symmetric tie counts once.
    pub both: Rows,
}

impl Ties {
    /// The ties of a graph.
    #[must_use]
    pub fn of(graph: &KnowledgeGraph, filter: &Filter) -> Ties {
        let mut told = Vec::new();
        let mut numbers: BTreeMap<NodeIndex, usize> = BTreeMap::new();
        for link in graph.links().filter(|link| filter.admits(link)) {
            let (Some(from), Some(to)) = (link.subject, link.object) else { continue };
            if from == to {
                continue;
            }
            let share = if is_co_mention(link.edge) { CO_MENTION } else { 1.0 };
            numbers.insert(from, 0);
            numbers.insert(to, 0);
            told.push((from, to, filter.weight(&link) as f64 * share, link.edge.symmetric));
        }
        for (number, place) in numbers.values_mut().enumerate() {
            *place = number;
        }
        let number = |node: NodeIndex| numbers.get(&node).copied().unwrap_or(0);
        let told: Vec<Tie> = told
            .into_iter()
            .map(|(from, to, weight, symmetric)| Tie {
                from: number(from),
                to: number(to),
                weight,
                symmetric,
            })
            .collect();
        Ties { nodes: numbers.keys().copied().collect(), ..Ties::new(numbers.len(), &told) }
    }

    /// The ties among `count` numbered nodes. What points beyond them is left out.
    #[must_use]
    pub fn new(count: usize, told: &[Tie]) -> Ties {
        let mut forward = Vec::with_capacity(told.len());
        let mut both = Vec::with_capacity(2 * told.len());
        for tie in told {
            let sound = tie.weight > 0.0 && tie.weight.is_finite();
            if tie.from == tie.to || tie.from >= count || tie.to >= count || !sound {
                continue;
            }
            forward.push((tie.from, tie.to, tie.weight));
            if tie.symmetric {
                forward.push((tie.to, tie.from, tie.weight));
            }
            both.push((tie.from, tie.to, tie.weight));
            both.push((tie.to, tie.from, tie.weight));
        }
        let backward = forward.iter().map(|(from, to, weight)| (*to, *from, *weight)).collect();
        Ties {
            nodes: Vec::new(),
            count,
            forward: Rows::new(count, forward),
            backward: Rows::new(count, backward),
            both: Rows::new(count, both),
        }
    }

    /// The node behind a number.
    #[must_use]
    pub fn node(&self, number: usize) -> NodeIndex {
        self.nodes.get(number).copied().unwrap_or_else(|| NodeIndex::new(number))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::graph::sample;

    /// Directed ties, each a tuple of where it begins, where it ends and its weight.
    pub(in crate::query) fn ties(count: usize, arcs: &[(usize, usize, f64)]) -> Ties {
        let told: Vec<Tie> = arcs
            .iter()
            .map(|(from, to, weight)| Tie { from: *from, to: *to, weight: *weight, symmetric: false })
            .collect();
        Ties::new(count, &told)
    }

    #[test]
    fn the_sample_has_five_tied_nodes() {
        let ties = Ties::of(&sample::graph(), &Filter::default());
        // Jane Doe was arrested by nobody that we know: no tie.
        assert_eq!((ties.count, ties.nodes.len()), (5, 5));
        // urges, convinces, meets twice (either way), says, accuses, represents.
        assert_eq!(ties.forward.len(), 7);
        assert_eq!(ties.both.len(), 10);
        let total: f64 = (0..5).map(|node| ties.both.strength(node)).sum();
        assert_eq!(total, 2.0 * 8.0);
    }

    #[test]
    fn what_is_no_tie_is_left_out() {
        let tie = |from, to, weight| Tie { from, to, weight, symmetric: true };
        let ties = Ties::new(2, &[tie(0, 0, 1.0), tie(0, 9, 1.0), tie(0, 1, f64::NAN), tie(0, 1, 0.0)]);
        assert!(ties.forward.is_empty() && ties.both.is_empty());
        assert_eq!(ties.forward.of(7), []);
    }
}
