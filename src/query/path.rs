//! How two are connected: the shortest chain of edges, whichever way each points.
//!
//! Among chains of equal length the one with more evidence wins, then the one told first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::Filter;
use crate::graph::{EdgeId, KnowledgeGraph, Link};

/// For every node reached: how far it is, and the edge and node before it.
type Reached = BTreeMap<NodeIndex, (u64, Option<(EdgeId, NodeIndex)>)>;

/// The edges from one node to another, in walking order, each as it was told; a symmetric one is turned
/// the way we walk. Empty if both are the same node, `None` if nothing connects them.
#[must_use]
pub fn shortest<'g>(
    graph: &'g KnowledgeGraph,
    from: NodeIndex,
    to: NodeIndex,
    filter: &Filter,
) -> Option<Vec<Link<'g>>> {
    // A step costs much, and a little more the less evidence it has.
    let cost = |weight: usize| 1_000_000 + 1_000 / weight.max(1) as u64;
    let mut best: Reached = BTreeMap::new();
    let mut queue = BinaryHeap::new();
    best.insert(from, (0, None));
    queue.push(Reverse((0, from)));
    while let Some(Reverse((so_far, node))) = queue.pop() {
        if node == to {
            return Some(walk_back(graph, &best, from, to));
        }
        if best.get(&node).is_some_and(|(least, _)| *least < so_far) {
            continue;
        }
        let out = graph.graph().edges(node).map(|edge| (edge.weight().id, edge.target()));
        let back = graph.graph().edges_directed(node, petgraph::Direction::Incoming);
        let mut steps: Vec<_> = out.chain(back.map(|edge| (edge.weight().id, edge.source()))).collect();
        steps.sort_unstable();
        for (id, next) in steps {
            let Some(link) = graph.link(id).filter(|link| filter.admits(link)) else { continue };
            let total = so_far + cost(filter.weight(&link));
            if best.get(&next).is_none_or(|(least, _)| total < *least) {
                best.insert(next, (total, Some((id, node))));
                queue.push(Reverse((total, next)));
            }
        }
    }
    None
}

fn walk_back<'g>(graph: &'g KnowledgeGraph, best: &Reached, from: NodeIndex, to: NodeIndex) -> Vec<Link<'g>> {
    let mut links = Vec::new();
    let mut node = to;
    while node != from {
        let Some((_, Some((id, before)))) = best.get(&node) else { break };
        links.extend(graph.link(*id).map(|link| link.seen_from(*before)));
        node = *before;
    }
    links.reverse();
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;
    use crate::query::find;

    fn path(from: &str, to: &str, filter: &Filter) -> Option<Vec<String>> {
        let graph = sample::graph();
        let node = |name| find(&graph, name).unwrap()[0];
        let links = shortest(&graph, node(from), node(to), filter)?;
        Some(links.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_shortest_chain_walks_edges_either_way() {
        let all = Filter::default();
        assert_eq!(
            path("Chung Eui-yong", "China", &all).unwrap(),
            ["Chung Eui-yong -meets-> Antony Blinken", "Antony Blinken -urges-> China"]
        );
        assert_eq!(
            path("United States", "North Korea", &all).unwrap(),
            ["Antony Blinken -represents-> United States", "Antony Blinken -says-> North Korea"]
        );
        assert_eq!(path("China", "China", &all).unwrap(), Vec::<String>::new());
        assert_eq!(path("China", "Jane Doe", &all), None);
        let no_standing = Filter { no_standing: true, ..Filter::default() };
        assert_eq!(path("United States", "North Korea", &no_standing), None);
    }
}
