//! Who and what comes up most: nodes, predicates, pairs, and the neighbours of one node.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;

use super::Filter;
use crate::graph::{KnowledgeGraph, Link, Node};

/// What to count for a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// Pieces of evidence of its edges.
    #[default]
    Weight,
    /// Other nodes that it has an edge with.
    Degree,
    /// Mentions in the documents of the days that are asked for, whatever the edges.
    Mentions,
}

/// How often a node is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mentioned {
    /// The node.
    pub node: NodeIndex,
    /// Its mentions, pronouns and descriptions included.
    pub mentions: usize,
    /// The documents that mention it.
    pub documents: usize,
}

/// A node beside another, with what connects them.
#[derive(Clone, Debug)]
pub struct Neighbor<'g> {
    /// The other node; `None` for "somebody".
    pub node: Option<NodeIndex>,
    /// The edges between the two, the weightiest first.
    pub links: Vec<Link<'g>>,
    /// Pieces of evidence of all of them.
    pub weight: usize,
}

/// Two nodes and what connects them, in either direction.
#[derive(Clone, Debug)]
pub struct Pair<'g> {
    /// The two, the one that the documents name first before the other.
    pub nodes: [NodeIndex; 2],
    /// The edges between them, the weightiest first.
    pub links: Vec<Link<'g>>,
    /// Pieces of evidence of all of them.
    pub weight: usize,
}

/// The neighbours of a node, the weightiest first.
#[must_use]
pub fn neighbors<'g>(graph: &'g KnowledgeGraph, node: NodeIndex, filter: &Filter) -> Vec<Neighbor<'g>> {
    let mut by_node: BTreeMap<Option<NodeIndex>, Vec<Link<'g>>> = BTreeMap::new();
    for link in graph.links_of(node).filter(|link| filter.admits(link)) {
        by_node.entry(link.other_end(node)).or_default().push(link);
    }
    let mut found: Vec<Neighbor<'g>> = by_node
        .into_iter()
        .map(|(node, links)| {
            let (links, weight) = weigh(links, filter);
            Neighbor { node, links, weight }
        })
        .collect();
    found.sort_by_key(|neighbor| (Reverse(neighbor.weight), neighbor.node));
    found
}

/// The nodes that are mentioned in documents of the days that a filter asks for, in the order of the graph.
/// A mention has no day but that of its publication.
#[must_use]
pub fn mentioned(graph: &KnowledgeGraph, filter: &Filter) -> Vec<Mentioned> {
    if !filter.asks_for_days() {
        let told = |(index, node): (NodeIndex, &Node)| Mentioned {
            node: index,
            mentions: node.mentions as usize,
            documents: node.documents.len(),
        };
        return graph.nodes().map(told).collect();
    }
    // For each node the last document that was counted, too: two of its participants may be one node.
    let mut counts: BTreeMap<NodeIndex, (Mentioned, usize)> = BTreeMap::new();
    for (document, reading) in graph.readings().iter().enumerate() {
        if !filter.admits_day(reading.source.published, None) {
            continue;
        }
        for participant in &reading.participants {
            let Some(node) = graph.node_of(participant) else { continue };
            let nothing = (Mentioned { node, mentions: 0, documents: 0 }, usize::MAX);
            let (count, last) = counts.entry(node).or_insert(nothing);
            count.mentions += participant.mentions as usize;
            if *last != document {
                count.documents += 1;
                *last = document;
            }
        }
    }
    counts.into_values().map(|(count, _)| count).collect()
}

/// The nodes that come up most, with their count; those that count nothing are left out.
#[must_use]
pub fn top_nodes(graph: &KnowledgeGraph, measure: Measure, filter: &Filter) -> Vec<(NodeIndex, usize)> {
    let mut counts: BTreeMap<NodeIndex, usize> = BTreeMap::new();
    match measure {
        Measure::Mentions => {
            counts.extend(mentioned(graph, filter).iter().map(|told| (told.node, told.mentions)));
        }
        Measure::Weight => {
            for link in graph.links().filter(|link| filter.admits(link)) {
                let second = link.object.filter(|object| link.subject != Some(*object));
                for end in link.subject.into_iter().chain(second) {
                    *counts.entry(end).or_default() += filter.weight(&link);
                }
            }
        }
        Measure::Degree => {
            for [a, b] in pairs(graph, filter).into_keys().filter(|[a, b]| a != b) {
                *counts.entry(a).or_default() += 1;
                *counts.entry(b).or_default() += 1;
            }
        }
    }
    let mut counts: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    counts.sort_by_key(|(index, count)| (Reverse(*count), *index));
    counts
}

/// The predicates that come up most: name, edges, pieces of evidence.
#[must_use]
pub fn top_predicates<'g>(graph: &'g KnowledgeGraph, filter: &Filter) -> Vec<(&'g str, usize, usize)> {
    let mut counts: BTreeMap<&'g str, (usize, usize)> = BTreeMap::new();
    for link in graph.links().filter(|link| filter.admits(link)) {
        let count = counts.entry(&*link.edge.predicate).or_default();
        count.0 += 1;
        count.1 += filter.weight(&link);
    }
    let mut counts: Vec<_> =
        counts.into_iter().map(|(name, (edges, weight))| (name, edges, weight)).collect();
    counts.sort_by_key(|(name, _, weight)| (Reverse(*weight), *name));
    counts
}

/// The pairs that have most to do with each other.
#[must_use]
pub fn top_pairs<'g>(graph: &'g KnowledgeGraph, filter: &Filter) -> Vec<Pair<'g>> {
    let mut found: Vec<Pair<'g>> = pairs(graph, filter)
        .into_iter()
        .map(|(nodes, links)| {
            let (links, weight) = weigh(links, filter);
            Pair { nodes, links, weight }
        })
        .collect();
    found.sort_by_key(|pair| (Reverse(pair.weight), pair.nodes));
    found
}

fn pairs<'g>(graph: &'g KnowledgeGraph, filter: &Filter) -> BTreeMap<[NodeIndex; 2], Vec<Link<'g>>> {
    let mut pairs: BTreeMap<[NodeIndex; 2], Vec<Link<'g>>> = BTreeMap::new();
    for link in graph.links().filter(|link| filter.admits(link)) {
        if let (Some(a), Some(b)) = (link.subject, link.object) {
            pairs.entry([a.min(b), a.max(b)]).or_default().push(link);
        }
    }
    pairs
}

fn weigh<'g>(mut links: Vec<Link<'g>>, filter: &Filter) -> (Vec<Link<'g>>, usize) {
    links.sort_by_key(|link| (Reverse(filter.weight(link)), link.edge.id));
    let weight = links.iter().map(|link| filter.weight(link)).sum();
    (links, weight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;
    use crate::query::find;

    #[test]
    fn counts_of_the_sample() {
        let graph = sample::graph();
        let all = Filter::default();
        let name = |index| graph.node(index).unwrap().name.as_str();
        let first = |measure| {
            let top = top_nodes(&graph, measure, &all);
            (name(top[0].0), top[0].1)
        };
        assert_eq!(first(Measure::Weight), ("Antony Blinken", 6));
        assert_eq!(first(Measure::Degree), ("Antony Blinken", 4));
        assert_eq!(first(Measure::Mentions), ("Antony Blinken", 6));
        assert_eq!(top_predicates(&graph, &all)[..2], [("meets", 1, 2), ("urges", 1, 2)]);
        let pair = &top_pairs(&graph, &all)[2];
        assert_eq!((pair.nodes.map(name), pair.weight), (["China", "North Korea"], 2));
    }

    #[test]
    fn mentions_are_of_the_days_of_publication() {
        let graph = sample::graph();
        let day = |text: &str| text.parse().ok();
        let all = Filter { since: day("2000-01-01"), ..Filter::default() };
        assert_eq!(mentioned(&graph, &all), mentioned(&graph, &Filter::default()));
        let total = |filter: Filter| -> (usize, usize) {
            let told = mentioned(&graph, &filter);
            (told.iter().map(|m| m.mentions).sum(), told.iter().map(|m| m.documents).sum())
        };
        let first = total(Filter { as_of: day("2021-03-18"), ..Filter::default() });
        let second = total(Filter { since: day("2021-03-19"), ..Filter::default() });
        let both = total(Filter::default());
        assert!(first.0 > 0 && second.0 > 0);
        assert_eq!((first.0 + second.0, first.1 + second.1), both);
        assert_eq!(first, total(Filter { until: day("2021-03-18"), ..Filter::default() }));
        assert_eq!(total(Filter { as_of: day("2021-03-17"), ..Filter::default() }), (0, 0));
        let filter = Filter { as_of: day("2021-03-18"), ..Filter::default() };
        assert!(top_nodes(&graph, Measure::Mentions, &filter).len() < graph.nodes().count());
    }

    #[test]
    fn neighbours_of_one_whom_somebody_arrested() {
        let graph = sample::graph();
        let doe = find(&graph, "Doe").unwrap()[0];
        let found = neighbors(&graph, doe, &Filter::default());
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].node, found[0].weight), (None, 1));
        let blinken = find(&graph, "Blinken").unwrap()[0];
        assert_eq!(neighbors(&graph, blinken, &Filter::default()).len(), 4);
    }
}
