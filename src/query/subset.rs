//! A part of the graph that is small enough to look at, as a graph of its own.
//!
//! In: a [`Selection`]. Out: a [`KnowledgeGraph`] of the chosen nodes and the admitted edges among
//! them. A node without an edge is left out, unless it was asked for by name. The documents all stay,
//! because evidence points at their places. [`of_days`] cuts by days alone, and keeps all nodes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use super::Filter;
use crate::graph::{Evidence, KnowledgeGraph, Link};

/// Which part of a graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Which edges.
    pub filter: Filter,
    /// Only what lies around these nodes; everything if empty.
    pub focus: Vec<NodeIndex>,
    /// How many steps around them; `None` for as far as edges lead.
    pub depth: Option<usize>,
    /// At most so many nodes: the focus first (or the weightiest node), then always the one that has
    /// most to do with those chosen already.
    pub top: Option<usize>,
}

impl Selection {
    /// Cuts the part out.
    #[must_use]
    pub fn of(&self, graph: &KnowledgeGraph) -> KnowledgeGraph {
        let links: Vec<Link<'_>> = graph.links().filter(|link| self.filter.admits(link)).collect();
        let mut beside: BTreeMap<NodeIndex, BTreeMap<NodeIndex, usize>> = BTreeMap::new();
        let mut touched: BTreeSet<NodeIndex> = BTreeSet::new();
        for link in &links {
            touched.extend(link.subject.into_iter().chain(link.object));
            if let (Some(a), Some(b)) = (link.subject, link.object) {
                let weight = self.filter.weight(link);
                *beside.entry(a).or_default().entry(b).or_default() += weight;
                *beside.entry(b).or_default().entry(a).or_default() += weight;
            }
        }
        let mut chosen = if self.focus.is_empty() { touched } else { self.around(&beside) };
        if let Some(top) = self.top {
            chosen = grow(&chosen, &self.focus, &beside, top);
        }
        part(graph, &chosen, &links, &self.filter)
    }

    /// The nodes within `depth` steps of the focus.
    fn around(&self, beside: &BTreeMap<NodeIndex, BTreeMap<NodeIndex, usize>>) -> BTreeSet<NodeIndex> {
        let mut found: BTreeSet<NodeIndex> = self.focus.iter().copied().collect();
        let mut ring: Vec<NodeIndex> = found.iter().copied().collect();
        let mut steps = 0;
        while !ring.is_empty() && self.depth.is_none_or(|depth| steps < depth) {
            let next = ring.iter().filter_map(|node| beside.get(node)).flat_map(BTreeMap::keys).copied();
            ring = next.filter(|node| found.insert(*node)).collect();
            steps += 1;
        }
        found
    }
}

/// The graph with only those edges, that evidence and those quotations that a filter admits; all nodes stay.
#[must_use]
pub fn of_days(graph: &KnowledgeGraph, filter: &Filter) -> KnowledgeGraph {
    let links: Vec<Link<'_>> = graph.links().filter(|link| filter.admits(link)).collect();
    part(graph, &graph.nodes().map(|(index, _)| index).collect(), &links, filter)
}

/// What a filter leaves of some nodes and edges.
fn part(
    graph: &KnowledgeGraph,
    nodes: &BTreeSet<NodeIndex>,
    links: &[Link<'_>],
    filter: &Filter,
) -> KnowledgeGraph {
    let all = filter.admits_all_evidence();
    let is_proof = |link: &Link<'_>, evidence: &Evidence| all || filter.admits_piece(link, evidence);
    graph.part(nodes, links, is_proof, |published, time| filter.admits_day(published, time))
}

/// The `top` nodes of `among` that hang together best.
fn grow(
    among: &BTreeSet<NodeIndex>,
    focus: &[NodeIndex],
    beside: &BTreeMap<NodeIndex, BTreeMap<NodeIndex, usize>>,
    top: usize,
) -> BTreeSet<NodeIndex> {
    let none = BTreeMap::new();
    let total = |node: &NodeIndex| -> usize { beside.get(node).unwrap_or(&none).values().sum() };
    // Ranked by what ties them to the chosen ones, then by all that they have to do with anybody.
    let rank = |node: NodeIndex, tie: usize| (Reverse(tie), Reverse(total(&node)), node);
    let mut ties: BTreeMap<NodeIndex, usize> = among.iter().map(|node| (*node, 0)).collect();
    let mut queue: BTreeSet<_> = among.iter().map(|node| rank(*node, 0)).collect();
    let mut chosen = BTreeSet::new();
    let mut given = focus.iter().copied().filter(|node| among.contains(node));
    while chosen.len() < top {
        let Some(node) = given.next().or_else(|| queue.first().map(|(_, _, node)| *node)) else { break };
        queue.remove(&rank(node, ties.get(&node).copied().unwrap_or(0)));
        if !chosen.insert(node) {
            continue;
        }
        for (other, weight) in beside.get(&node).unwrap_or(&none) {
            if let Some(tie) = ties.get_mut(other).filter(|_| !chosen.contains(other)) {
                queue.remove(&rank(*other, *tie));
                *tie += weight;
                queue.insert(rank(*other, *tie));
            }
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;
    use crate::query::find;

    fn names(selection: &Selection) -> Vec<String> {
        let part = selection.of(&sample::graph());
        part.nodes().map(|(_, node)| node.name.clone()).collect()
    }

    #[test]
    fn a_part_is_a_graph_of_its_own() {
        let graph = sample::graph();
        let node = |name| find(&graph, name).unwrap()[0];
        assert_eq!(names(&Selection::default()).len(), graph.graph().node_count());
        let china = Selection { focus: vec![node("China")], depth: Some(1), ..Selection::default() };
        assert_eq!(names(&china), ["Antony Blinken", "China", "North Korea"]);
        assert_eq!(china.of(&graph).links().count(), 4);
        let alone = Selection { focus: vec![node("Jane Doe")], ..Selection::default() };
        assert_eq!(names(&alone), ["Jane Doe"]);
        let top = Selection { top: Some(2), ..Selection::default() };
        assert_eq!(names(&top), ["Antony Blinken", "China"]);
        let top = Selection { top: Some(2), focus: vec![node("North Korea")], ..Selection::default() };
        assert_eq!(names(&top), ["China", "North Korea"]);
    }

    #[test]
    fn a_part_holds_only_what_was_told_on_its_days() {
        let graph = sample::graph();
        let first = Filter { until: "2021-03-18".parse().ok(), ..Filter::default() };
        let [part, whole] =
            [Selection { filter: first.clone(), ..Selection::default() }.of(&graph), of_days(&graph, &first)];
        for cut in [&part, &whole] {
            let urges = cut.links().find(|link| link.edge.predicate == "urges").unwrap();
            assert_eq!((urges.edge.weight(), cut.links().count()), (1, 5));
            let told = graph.quotations().iter().filter(|said| said.document == 0).count();
            assert!(cut.quotations().len() <= told);
        }
        assert!(part.nodes().count() <= whole.nodes().count());
        assert_eq!(whole.nodes().count(), graph.nodes().count());
    }

    #[test]
    fn what_an_edge_stands_within_stays_with_it() {
        let graph = sample::graph();
        let part =
            Selection { filter: Filter { no_standing: true, ..Filter::default() }, ..Selection::default() };
        let part = part.of(&graph);
        let convinces = part.links().find(|link| link.edge.predicate == "convinces").unwrap();
        let outer = convinces.within(&convinces.edge.evidence[0]).unwrap();
        assert_eq!(outer.edge.predicate, "urges");
        let only = Filter { predicates: vec!["convinces".to_owned()], ..Filter::default() };
        let part = Selection { filter: only, ..Selection::default() }.of(&graph);
        assert_eq!(part.links().next().unwrap().edge.evidence[0].within, None);
    }
}
