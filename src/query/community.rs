//! Who keeps company with whom: groups that have more to do with each other than with the rest.
//!
//! In: a graph, a filter, a seed. Out: [`Communities`]: every node that has a tie belongs to one, the
//! largest first, and the modularity of the whole. The groups are found by the method of Leiden
//! (`leiden.rs`) over [`Ties::both`]: direction does not count, evidence does. The same graph and seed
//! give the same groups; another seed may give others, about as good. No group falls into pieces
//! that nothing connects.

use std::cmp::Ordering;

use petgraph::graph::NodeIndex;

use super::ties::Rows;
use super::{Filter, Ties, leiden};
use crate::graph::KnowledgeGraph;

/// How communities are looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Company {
    /// Above 1 for more and smaller groups, below 1 for fewer and larger ones.
    pub resolution: f64,
    /// Whatever number; the same gives the same.
    pub seed: u64,
}

impl Default for Company {
    fn default() -> Self {
        Company { resolution: 1.0, seed: 1 }
    }
}

/// A group of nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct Community {
    /// Those who have most to do with the others of the group first.
    pub nodes: Vec<NodeIndex>,
    /// The weight of the ties inside.
    pub inside: f64,
    /// The weight of the ties to others.
    pub across: f64,
}

/// All groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Communities {
    /// The largest first; of equals the one whose first node the documents name first.
    pub communities: Vec<Community>,
    /// How far the ties stay inside the groups, beyond chance: from −0.5 to 1.
    pub modularity: f64,
}

/// The groups of a graph.
#[must_use]
pub fn communities(graph: &KnowledgeGraph, filter: &Filter, how: Company) -> Communities {
    let ties = Ties::of(graph, filter);
    let groups = groups(&ties, how);
    let mut members: Vec<Vec<usize>> =
        vec![Vec::new(); groups.iter().map(|group| group + 1).max().unwrap_or(0)];
    for (node, group) in groups.iter().enumerate() {
        members[*group].push(node);
    }
    let mut communities: Vec<Community> = members
        .into_iter()
        .filter(|nodes| !nodes.is_empty())
        .map(|nodes| describe(&ties, &groups, nodes))
        .collect();
    communities.sort_by_cached_key(|community| {
        (std::cmp::Reverse(community.nodes.len()), community.nodes.iter().min().copied())
    });
    Communities { communities, modularity: modularity(&ties.both, &groups, how.resolution) }
}

/// A network of at most so many nodes is cut from several starts, which takes no noticeable time.
const SMALL: usize = 20_000;

/// So many starts, of which the best counts. On small networks one alone may lie 0.02 below it.
const STARTS: u64 = 5;

/// The number of every node's group.
#[must_use]
pub fn groups(ties: &Ties, how: Company) -> Vec<usize> {
    let starts = if ties.count <= SMALL { STARTS } else { 1 };
    let cuts =
        (0..starts).map(|start| leiden::groups(&ties.both, how.resolution, how.seed.wrapping_add(start)));
    let valued = cuts.map(|cut| (modularity(&ties.both, &cut, how.resolution), cut));
    // Of equals the first.
    let best = valued.reduce(|best, other| if other.0 > best.0 + 1e-9 { other } else { best });
    best.map(|(_, cut)| cut).unwrap_or_default()
}

fn describe(ties: &Ties, groups: &[usize], nodes: Vec<usize>) -> Community {
    let (mut inside, mut across) = (0.0, 0.0);
    let mut ranked: Vec<(usize, f64)> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let mut own = 0.0;
        for (other, weight) in ties.both.of(node) {
            if groups.get(*other) == groups.get(node) { own += weight } else { across += weight }
        }
        inside += own / 2.0;
        ranked.push((node, own));
    }
    ranked.sort_by(|a, b| b.1.partial_cmp(&a.1).unwrap_or(Ordering::Equal).then(a.0.cmp(&b.0)));
    Community { nodes: ranked.into_iter().map(|(node, _)| ties.node(node)).collect(), inside, across }
}

/// Newman's modularity of groups of an undirected, weighted graph: the share of the weight inside them,
/// less what chance would put there, times the resolution. 0 without ties.
///
/// ```
/// use demarche::query::{Tie, Ties, modularity};
/// let tie = |from, to| Tie { from, to, weight: 1.0, symmetric: false };
/// let two_pairs = Ties::new(4, &[tie(0, 1), tie(2, 3)]);
/// assert_eq!(modularity(&two_pairs.both, &[0, 0, 1, 1], 1.0), 0.5);
/// ```
#[must_use]
pub fn modularity(both: &Rows, groups: &[usize], resolution: f64) -> f64 {
    let count = groups.iter().map(|group| group + 1).max().unwrap_or(0);
    let mut inside = vec![0.0; count];
    let mut strength = vec![0.0; count];
    for (node, group) in groups.iter().enumerate() {
        for (other, weight) in both.of(node) {
            strength[*group] += weight;
            if groups.get(*other) == Some(group) {
                inside[*group] += weight;
            }
        }
    }
    let total: f64 = strength.iter().sum();
    if total <= 0.0 {
        return 0.0;
    }
    let part = |(inside, strength): (&f64, &f64)| inside / total - resolution * (strength / total).powi(2);
    inside.iter().zip(&strength).map(part).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn the_communities_of_the_sample() {
        let graph = sample::graph();
        let found = communities(&graph, &Filter::default(), Company::default());
        let names = |community: &Community| -> Vec<&str> {
            community.nodes.iter().map(|node| graph.node(*node).unwrap().name.as_str()).collect()
        };
        // Weights: Blinken–China 2, –Chung 2, –Korea 1, –United States 1; China–Korea 2. The strengths
        // of the two groups are 9 and 7 of 16.
        let [first, second] = found.communities.as_slice() else { panic!("{found:?}") };
        assert_eq!(names(first), ["Antony Blinken", "Chung Eui-yong", "United States"]);
        assert_eq!(names(second), ["China", "North Korea"]);
        assert_eq!((first.inside, first.across), (3.0, 3.0));
        assert_eq!((second.inside, second.across), (2.0, 3.0));
        let expected = (6.0 / 16.0 - (9.0f64 / 16.0).powi(2)) + (4.0 / 16.0 - (7.0f64 / 16.0).powi(2));
        assert!((found.modularity - expected).abs() < 1e-12);
        let none = communities(&KnowledgeGraph::default(), &Filter::default(), Company::default());
        assert_eq!(none, Communities::default());
    }
}
