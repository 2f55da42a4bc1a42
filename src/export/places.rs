//! Where the nodes stand, for the formats that carry coordinates.
//!
//! In: a graph. Out: a place for every node, in the graph's order; y grows downwards, as on a screen. A
//! graph that can be looked at stands as in our drawing. A larger one is wound into a spiral, the weightiest
//! nodes in the middle: a start for the reader's own layout, made at once.

use std::cmp::Reverse;

use super::svg;
use crate::graph::KnowledgeGraph;

/// Laying out more than this many nodes, or edges, takes longer than a moment.
const NODES: usize = 150;
const EDGES: usize = 300;

/// The place of every node.
pub(super) fn places(graph: &KnowledgeGraph) -> Vec<(f64, f64)> {
    let drawing = graph.graph();
    if drawing.node_count() <= NODES && drawing.edge_count() <= EDGES {
        return svg::places(graph);
    }
    let mut weights = vec![0_usize; drawing.node_count()];
    for link in graph.links() {
        for end in link.subject.into_iter().chain(link.object) {
            if let Some(weight) = weights.get_mut(end.index()) {
                *weight += link.edge.weight();
            }
        }
    }
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|node| (Reverse(weights[*node]), *node));
    // Turned by the golden angle, no two come close.
    let golden = std::f64::consts::PI * (3.0 - 5.0_f64.sqrt());
    let mut places = vec![(0.0, 0.0); order.len()];
    for (turn, node) in order.into_iter().enumerate() {
        let (turn, out) = (turn as f64, 60.0 * (turn as f64).sqrt());
        places[node] = (tenth(out * (turn * golden).cos()), tenth(out * (turn * golden).sin()));
    }
    places
}

/// A tenth of a pixel is enough, and the same on every processor.
fn tenth(length: f64) -> f64 {
    (length * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn no_two_nodes_stand_in_one_place() {
        for graph in [sample::graph(), sample::crowd(40, 90), sample::crowd(400, 900)] {
            let places = places(&graph);
            assert_eq!(places.len(), graph.graph().node_count());
            for (n, a) in places.iter().enumerate() {
                assert!(a.0.is_finite() && a.1.is_finite());
                assert!(places[..n].iter().all(|b| (a.0 - b.0).hypot(a.1 - b.1) > 5.0));
            }
        }
    }
}
