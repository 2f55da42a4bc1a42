//! Who matters: PageRank, and the order of nodes by a measure.
//!
//! In: [`Ties`]. Out: one number a node. PageRank is the standard one: a reader who follows arcs, the
//! weightier the likelier, and with one chance in seven (1 − 0.85) starts again at any node; from a node without
//! arcs the reader always starts anew. The numbers add up to 1. Whom many urge, accuse and visit
//! ranks high, the more so if these rank high themselves.

use std::cmp::Ordering;

use petgraph::graph::NodeIndex;

use super::{Betweenness, Filter, Ties};
use crate::graph::KnowledgeGraph;

/// How often the reader of PageRank follows an arc rather than start anew.
pub const DAMPING: f64 = 0.85;

/// The steps end once all numbers together change by less.
const TOLERANCE: f64 = 1e-12;

/// They end here at the latest; with a damping of 0.85 they need fewer than 200.
const MOST_STEPS: usize = 2_000;

/// A measure of how much a node matters in the network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Centrality {
    /// Standard PageRank over directed, weighted ties.
    PageRank,
    /// How many shortest chains between others lead through it.
    Betweenness(Betweenness),
}

/// The nodes that have ties, the highest first; of equals the one that the documents name first.
#[must_use]
pub fn rank(graph: &KnowledgeGraph, measure: Centrality, filter: &Filter) -> Vec<(NodeIndex, f64)> {
    let ties = Ties::of(graph, filter);
    let values = match measure {
        Centrality::PageRank => page_rank(&ties, DAMPING),
        Centrality::Betweenness(how) => how.of(&ties),
    };
    let mut ranked: Vec<(NodeIndex, f64)> =
        values.into_iter().enumerate().map(|(number, value)| (ties.node(number), value)).collect();
    ranked.sort_by(|a, b| b.1.partial_cmp(&a.1).unwrap_or(Ordering::Equal).then(a.0.cmp(&b.0)));
    ranked
}

/// PageRank of every node.
///
/// ```
/// use demarche::query::{Tie, Ties, page_rank};
/// let tie = |from, to| Tie { from, to, weight: 1.0, symmetric: false };
/// let ranks = page_rank(&Ties::new(2, &[tie(0, 1)]), 0.85);
/// assert!((ranks[1] / ranks[0] - 1.85).abs() < 1e-9);
/// ```
#[must_use]
pub fn page_rank(ties: &Ties, damping: f64) -> Vec<f64> {
    let count = ties.count;
    let even = 1.0 / count.max(1) as f64;
    let strength: Vec<f64> = (0..count).map(|node| ties.forward.strength(node)).collect();
    let mut ranks = vec![even; count];
    let mut shares = vec![0.0; count];
    for _ in 0..MOST_STEPS {
        let mut stranded = 0.0;
        for ((share, rank), strength) in shares.iter_mut().zip(&ranks).zip(&strength) {
            if *strength > 0.0 {
                *share = rank / strength;
            } else {
                *share = 0.0;
                stranded += rank;
            }
        }
        let anew = (1.0 - damping) * even + damping * stranded * even;
        let mut change = 0.0;
        for (node, rank) in ranks.iter_mut().enumerate() {
            let followed: f64 = ties
                .backward
                .of(node)
                .iter()
                .map(|(from, weight)| shares.get(*from).copied().unwrap_or(0.0) * weight)
                .sum();
            let next = anew + damping * followed;
            change += (next - *rank).abs();
            *rank = next;
        }
        if change < TOLERANCE {
            break;
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;
    use crate::query::ties::tests::ties;

    fn near(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (a, b) in found.iter().zip(expected) {
            assert!((a - b).abs() < 1e-9, "{found:?} is not {expected:?}");
        }
    }

    #[test]
    fn ranks_worked_out_by_hand() {
        // A ring: all the same.
        near(&page_rank(&ties(3, &[(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)]), DAMPING), &[1.0 / 3.0; 3]);
        // 0 → 1, and 1 leads nowhere: x = 0.075 + 0.425·y, y = x + 0.85·x, x + y = 1.
        near(&page_rank(&ties(2, &[(0, 1, 1.0)]), DAMPING), &[1.0 / 2.85, 1.85 / 2.85]);
        // Weights: 0 gives three quarters to 1, one quarter to 2; both give back.
        // a = 0.05 + 0.85·(b + c), b = 0.05 + 0.85·0.75·a, c = 0.05 + 0.85·0.25·a.
        let a = (0.05 + 0.85 * 0.1) / (1.0 - 0.85 * 0.85);
        let expected = [a, 0.05 + 0.6375 * a, 0.05 + 0.2125 * a];
        let found = page_rank(&ties(3, &[(0, 1, 3.0), (0, 2, 1.0), (1, 0, 1.0), (2, 0, 5.0)]), DAMPING);
        near(&found, &expected);
        near(&page_rank(&ties(4, &[]), DAMPING), &[0.25; 4]);
        assert!(page_rank(&Ties::default(), DAMPING).is_empty());
    }

    #[test]
    fn the_sample_is_ranked() {
        let graph = sample::graph();
        let ranked = rank(&graph, Centrality::PageRank, &Filter::default());
        let names: Vec<_> = ranked.iter().map(|(node, _)| graph.node(*node).unwrap().name.as_str()).collect();
        assert_eq!(names.len(), 5);
        assert!((ranked.iter().map(|(_, value)| value).sum::<f64>() - 1.0).abs() < 1e-9);
        let between = Centrality::Betweenness(Betweenness::default());
        let (first, value) = rank(&graph, between, &Filter::default())[0];
        // Chung and the United States reach anybody only through Blinken: C–US, 2 × 2 to China and Korea.
        assert_eq!((graph.node(first).unwrap().name.as_str(), value), ("Antony Blinken", 5.0));
    }
}
