//! One node and those around it: an ego network.
//!
//! In: a node, how many steps, a filter. Out: an [`Ego`]: the others by distance, all edges among them,
//! and how closely they are knit without the one in the middle. Edges are walked either way.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use super::{Filter, Ties};
use crate::graph::{KnowledgeGraph, Link};

/// A node near the one in the middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alter {
    /// Who.
    pub node: NodeIndex,
    /// How many steps away.
    pub distance: usize,
    /// The weight of the ties with the one in the middle; 0 for those farther away.
    pub weight: f64,
}

/// A node and those around it.
#[derive(Clone, Debug)]
pub struct Ego<'g> {
    /// The one in the middle.
    pub node: NodeIndex,
    /// The others, the nearest first, then those with most to do with the one in the middle.
    pub alters: Vec<Alter>,
    /// All edges among them and with the one in the middle, in the order of telling.
    pub links: Vec<Link<'g>>,
    /// For each edge the pieces of evidence that count.
    pub weights: Vec<usize>,
    /// Of all pairs of the others, the share that are tied to each other directly; 0 if there is no pair. Low
    /// where the one in the middle is their only bond.
    pub density: f64,
}

/// The nodes within `depth` steps of a node.
#[must_use]
pub fn ego<'g>(graph: &'g KnowledgeGraph, node: NodeIndex, depth: usize, filter: &Filter) -> Ego<'g> {
    let ties = Ties::of(graph, filter);
    let middle = ties.nodes.binary_search(&node).ok();
    let mut distance: BTreeMap<usize, usize> = middle.map(|middle| (middle, 0)).into_iter().collect();
    let mut ring: Vec<usize> = middle.into_iter().collect();
    for steps in 1..=depth {
        let beside: BTreeSet<usize> =
            ring.iter().flat_map(|node| ties.both.of(*node)).map(|(other, _)| *other).collect();
        ring = beside.into_iter().filter(|other| !distance.contains_key(other)).collect();
        distance.extend(ring.iter().map(|other| (*other, steps)));
        if ring.is_empty() {
            break;
        }
    }
    let near: BTreeMap<usize, f64> =
        middle.map(|middle| ties.both.of(middle).iter().copied().collect()).unwrap_or_default();
    let mut alters: Vec<Alter> = distance
        .iter()
        .filter(|(other, _)| Some(**other) != middle)
        .map(|(other, distance)| Alter {
            node: ties.node(*other),
            distance: *distance,
            weight: near.get(other).copied().unwrap_or(0.0),
        })
        .collect();
    alters.sort_by(|a, b| {
        let heavier = b.weight.partial_cmp(&a.weight).unwrap_or(Ordering::Equal);
        a.distance.cmp(&b.distance).then(heavier).then(a.node.cmp(&b.node))
    });
    let members: BTreeSet<NodeIndex> = alters.iter().map(|alter| alter.node).chain([node]).collect();
    let is_in = |end: Option<NodeIndex>| end.is_none_or(|end| members.contains(&end));
    let touches = |link: &Link<'_>| link.subject.is_some() && link.object.is_some() || is_end(link, node);
    let links: Vec<Link<'g>> = graph
        .links()
        .filter(|link| is_in(link.subject) && is_in(link.object) && touches(link) && filter.admits(link))
        .collect();
    let pairs: usize = distance
        .keys()
        .filter(|one| Some(**one) != middle)
        .map(|one| {
            let others = ties.both.of(*one).iter().filter(|(other, _)| other > one);
            others.filter(|(other, _)| Some(*other) != middle && distance.contains_key(other)).count()
        })
        .sum();
    let possible = alters.len() * alters.len().saturating_sub(1) / 2;
    let density = if possible == 0 { 0.0 } else { pairs as f64 / possible as f64 };
    let weights = links.iter().map(|link| filter.weight(link)).collect();
    Ego { node, alters, links, weights, density }
}

fn is_end(link: &Link<'_>, node: NodeIndex) -> bool {
    link.subject == Some(node) || link.object == Some(node)
}

impl<'g> Ego<'g> {
    /// The edges, the weightiest first.
    #[must_use]
    pub fn by_weight(&self) -> Vec<Link<'g>> {
        let mut links: Vec<(usize, Link<'g>)> =
            self.weights.iter().copied().zip(self.links.iter().copied()).collect();
        links.sort_by_key(|(weight, link)| (Reverse(*weight), link.edge.id));
        links.into_iter().map(|(_, link)| link).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;
    use crate::query::find;

    #[test]
    fn ego_networks_of_the_sample() {
        let graph = sample::graph();
        let around = |name: &str, depth| {
            let found = ego(&graph, find(&graph, name).unwrap()[0], depth, &Filter::default());
            let names = found.alters.iter().map(|alter| {
                format!("{} {} {}", graph.node(alter.node).unwrap().name, alter.distance, alter.weight)
            });
            (names.collect::<Vec<_>>(), found.links.len(), found.density)
        };
        let (names, links, density) = around("Blinken", 1);
        assert_eq!(names, ["China 1 2", "Chung Eui-yong 1 2", "North Korea 1 1", "United States 1 1"]);
        // Of six pairs only China and North Korea are tied.
        assert_eq!((links, density), (6, 1.0 / 6.0));
        let (names, links, density) = around("Chung Eui-yong", 2);
        assert_eq!(names, ["Antony Blinken 1 2", "China 2 0", "North Korea 2 0", "United States 2 0"]);
        assert_eq!((links, density), (6, 4.0 / 6.0));
        // One whom somebody arrested: an edge with one end, nobody beside.
        assert_eq!(around("Jane Doe", 2), (vec![], 1, 0.0));
        assert_eq!(around("China", 0), (vec![], 0, 0.0));
    }
}
