//! Where the page shows the weightiest nodes: places computed when it is written, so that it opens at once.
//!
//! In: a graph of any size. Out: a place for each of the at most [`MOST`] nodes that have the most evidence. The
//! same layout as the drawing's (stress, then nothing over another, then the parts side by side), without
//! boxes for labels. Where there are many ties only the strongest of every node pull: else those that are tied
//! to everybody draw all others into one ball. What else a reader asks for is placed by the page, beside it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use crate::export::svg::layout::{self, Random};
use crate::export::svg::scene::Frame;
use crate::export::svg::width::width;
use crate::graph::KnowledgeGraph;

/// So many nodes get a place: as many as the page shows at first.
const MOST: usize = 200;
/// With more pairs than this only the strongest pull; about as many the page draws one by one (`LINES`).
const DENSE: usize = 260;
/// So many ties of every node pull then, as the page draws them (`EACH`).
const EACH: usize = 2;
/// So many random starts; the one with the fewest crossings is taken.
const STARTS: u64 = 8;

/// What is told between two nodes.
#[derive(Clone, Copy)]
struct Tie {
    ends: (usize, usize),
    weight: usize,
}

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
    let ties: Vec<Tie> = ties
        .into_iter()
        .filter(|((a, b), _)| a != b)
        .filter_map(|((a, b), weight)| Some(Tie { ends: (*own.get(&a)?, *own.get(&b)?), weight }))
        .collect();
    let weights: Vec<usize> = order.iter().map(|(_, weight)| *weight).collect();
    let is_dense = ties.len() > DENSE;
    let ties = if is_dense { strongest(&ties, &weights) } else { ties.iter().map(|tie| tie.ends).collect() };
    let mut frames: Vec<Frame> = order
        .iter()
        .map(|(node, weight)| {
            let name = graph.node(*node).map_or("", |node| &node.name);
            // A mark with its name below; among many, marks are drawn larger.
            let mark = mark(*weight) * if is_dense { 1.4 } else { 1.0 };
            let half = (width(name, 12.0) / 2.0).clamp(mark, 70.0_f64.max(mark));
            Frame { w: half, h: mark + 9.0, ..Frame::default() }
        })
        .collect();
    let mut parts = layout::parts(frames.len(), ties.iter().copied());
    parts.sort_by_key(|part| (Reverse(part.len()), part.first().copied()));
    for part in &parts {
        place_part(&mut frames, part, &ties, is_dense);
    }
    layout::pack(&mut frames, &parts, 1.0);
    order.iter().zip(frames).map(|((node, _), frame)| (*node, (frame.x, frame.y))).collect()
}

/// Half the size of a node's mark, as `markOf` of the page's program has it.
fn mark(weight: usize) -> f64 {
    let weight = weight as f64;
    7.0 + 2.6 * weight.sqrt().min(9.0) + 4.0 * (weight / 81.0).max(1.0).ln()
}

/// The strongest ties of every node, and what keeps all that is tied in one piece. A tie to a node that has few
/// counts more than the same to one that is tied to everybody.
fn strongest(ties: &[Tie], weights: &[usize]) -> Vec<(usize, usize)> {
    let worth = |tie: &Tie| {
        let (a, b) = tie.ends;
        tie.weight as f64 / (weights[a] as f64 * weights[b] as f64).sqrt()
    };
    let mut order: Vec<(f64, Tie)> = ties.iter().map(|tie| (worth(tie), *tie)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.ends.cmp(&b.1.ends)));
    let mut count = vec![0; weights.len()];
    let mut piece: Vec<usize> = (0..weights.len()).collect();
    let mut kept = Vec::new();
    for (_, Tie { ends: (a, b), .. }) in order {
        if count[a] >= EACH && count[b] >= EACH && piece[a] == piece[b] {
            continue;
        }
        let (old, new) = (piece[a], piece[b]);
        piece.iter_mut().filter(|piece| **piece == old).for_each(|piece| *piece = new);
        count[a] += 1;
        count[b] += 1;
        kept.push((a, b));
    }
    kept
}

/// Lays out one connected part, around any point.
fn place_part(all: &mut [Frame], part: &[usize], ties: &[(usize, usize)], is_dense: bool) {
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
    let mut best: Option<(usize, Vec<Frame>)> = None;
    for seed in 1..=if is_dense { STARTS } else { 1 } {
        layout::approach(&mut frames, &terms, &mut Random(seed));
        // Marks are not as wide as the drawing's boxes, nor is the screen beside two panels.
        frames.iter_mut().for_each(|frame| frame.x *= if is_dense { 0.5 } else { 0.75 });
        layout::separate(&mut frames);
        let found = crossings(&frames, &ties);
        if best.as_ref().is_none_or(|(least, _)| found < *least) {
            best = Some((found, frames.clone()));
        }
    }
    for (n, frame) in part.iter().zip(best.into_iter().flat_map(|(_, frames)| frames)) {
        (all[*n].x, all[*n].y) = (frame.x, frame.y);
    }
}

/// How many ties cross another.
fn crossings(frames: &[Frame], ties: &[(usize, usize)]) -> usize {
    let turns_left = |a: usize, b: usize, c: usize| {
        let (a, b, c) = (&frames[a], &frames[b], &frames[c]);
        (b.x - a.x) * (c.y - a.y) > (b.y - a.y) * (c.x - a.x)
    };
    let cross = |&(a, b): &(usize, usize), &(c, d): &(usize, usize)| {
        ![c, d].contains(&a)
            && ![c, d].contains(&b)
            && turns_left(a, c, d) != turns_left(b, c, d)
            && turns_left(a, b, c) != turns_left(a, b, d)
    };
    ties.iter()
        .enumerate()
        .map(|(n, tie)| ties[n + 1..].iter().filter(|other| cross(tie, other)).count())
        .sum()
}
