//! Where the page shows the weightiest nodes: places computed when it is written, so that it opens at once.
//!
//! In: a graph of any size. Out: a place for each of the at most [`MOST`] nodes that have the most evidence. The
//! same layout as the drawing's (stress, then nothing over another, then the parts side by side), without
//! boxes for labels. What a reader unfolds later is placed by the page, beside what is there.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use crate::export::svg::layout::{self, Random};
use crate::export::svg::scene::Frame;
use crate::export::svg::width::width;
use crate::graph::KnowledgeGraph;

/// So many nodes get a place. More than this nobody can look at.
const MOST: usize = 600;

/// The places of the weightiest nodes.
pub(super) fn places(graph: &KnowledgeGraph) -> BTreeMap<NodeIndex, (f64, f64)> {
    let mut ties: BTreeMap<(NodeIndex, NodeIndex), usize> = BTreeMap::new();
    let mut weights: BTreeMap<NodeIndex, usize> = BTreeMap::new();
    for link in graph.links() {
        let (Some(a), Some(b)) = (link.subject, link.object) else { continue };
        *ties.entry((a.min(b), a.max(b))).or_default() += link.edge.weight();
        for end in BTreeSet::from([a, b]) {
            *weights.entry(end).or_default() += link.edge.weight();
        }
    }
    let mut order: Vec<(NodeIndex, usize)> = weights.into_iter().collect();
    order.sort_by_key(|(node, weight)| (Reverse(*weight), *node));
    order.truncate(MOST);
    let own: BTreeMap<NodeIndex, usize> = order.iter().enumerate().map(|(n, (node, _))| (*node, n)).collect();
    let ties: Vec<(usize, usize)> = ties
        .keys()
        .filter(|(a, b)| a != b)
        .filter_map(|(a, b)| own.get(a).copied().zip(own.get(b).copied()))
        .collect();
    let mut frames: Vec<Frame> = order
        .iter()
        .map(|(node, weight)| {
            let name = graph.node(*node).map_or("", |node| &node.name);
            // A mark with its name below.
            let mark = 7.0 + 2.6 * (*weight as f64).sqrt().min(9.0);
            let half = (width(name, 12.0) / 2.0).clamp(mark, 70.0);
            Frame { w: half, h: mark + 9.0, ..Frame::default() }
        })
        .collect();
    let mut parts = layout::parts(frames.len(), ties.iter().copied());
    parts.sort_by_key(|part| (Reverse(part.len()), part.first().copied()));
    for part in &parts {
        place_part(&mut frames, part, &ties);
    }
    layout::pack(&mut frames, &parts, 1.0);
    order.iter().zip(frames).map(|((node, _), frame)| (*node, (frame.x, frame.y))).collect()
}

/// Lays out one connected part, around any point.
fn place_part(all: &mut [Frame], part: &[usize], ties: &[(usize, usize)]) {
    if part.len() < 2 {
        return;
    }
    let own: BTreeMap<usize, usize> = part.iter().enumerate().map(|(own, n)| (*n, own)).collect();
    let mut frames: Vec<Frame> = part.iter().map(|n| all[*n].clone()).collect();
    let ties: Vec<(usize, usize)> =
        ties.iter().filter_map(|(a, b)| own.get(a).copied().zip(own.get(b).copied())).collect();
    let mut degree = vec![0_usize; frames.len()];
    for (a, b) in &ties {
        degree[*a] += 1;
        degree[*b] += 1;
    }
    let mut beside: Vec<Vec<(usize, f64)>> = vec![Vec::new(); frames.len()];
    for (a, b) in &ties {
        // Around a node with many neighbours there must be room for them; its near ones are its leaves.
        let room = |n: usize| 4.0 * (degree[n].min(40) as f64);
        let length =
            70.0 + frames[*a].h + frames[*b].h + room(*a).min(room(*b)) + 0.25 * room(*a).max(room(*b));
        beside[*a].push((*b, length));
        beside[*b].push((*a, length));
    }
    let terms = layout::terms_along(&beside);
    layout::approach(&mut frames, &terms, &mut Random(1));
    // Marks are not as wide as the drawing's boxes, nor is the screen beside two panels.
    frames.iter_mut().for_each(|frame| frame.x *= 0.75);
    layout::separate(&mut frames);
    for (n, frame) in part.iter().zip(frames) {
        (all[*n].x, all[*n].y) = (frame.x, frame.y);
    }
}
