//! Places for the boxes: near what they are tied to, far from what they are not, none over another.
//!
//! In: a scene without places. Out: the same with them. Every connected part is laid out for itself by
//! stress (Zheng, Pawar, Goodman 2018: the distance on paper should be the distance in the graph,
//! approached pair by pair in a random order), pushed apart until no two boxes touch, and improved by
//! [`refine`](super::refine); then the parts are packed side by side. The random order is seeded: the
//! same graph gives the same picture.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::refine;
use super::scene::{Frame, Scene};

/// Free space between two boxes: an arrowhead must be seen between a label and a node.
pub(super) fn gap(a: &Frame, b: &Frame) -> f64 {
    match (a.is_label, b.is_label) {
        (true, true) => 5.0,
        (false, false) => 24.0,
        _ => 17.0,
    }
}

/// Boxes are wide and low: across, everything is drawn apart by this much.
const ASPECT: f64 = 1.75;
/// More boxes than this in one part: distances to some of them only.
const FULL: usize = 1_200;
/// Space between parts.
const BETWEEN: f64 = 36.0;

/// A small, fast random generator (splitmix64): the same numbers for the same seed everywhere.
pub(in crate::export) struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// From 0 to 1.
    pub fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Gives every box its place; afterwards the drawing begins at (0, 0).
pub(super) fn place(scene: &mut Scene<'_>) {
    let ties = scene.bundles.iter().flat_map(|b| [(b.from, b.label), (b.label, b.to)]);
    let mut parts = parts(scene.frames.len(), ties);
    // The part with most boxes first; single nodes last.
    parts.sort_by_key(|part| (Reverse(part.len()), part.first().copied()));
    for part in &parts {
        place_part(scene, part);
    }
    pack(&mut scene.frames, &parts, 1.7);
}

/// The connected parts of so many boxes, some of which are tied.
pub(in crate::export) fn parts(boxes: usize, ties: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..boxes).collect();
    for (a, b) in ties {
        let (a, b) = (find(&mut root, a), find(&mut root, b));
        root[a.max(b)] = a.min(b);
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for n in 0..root.len() {
        parts.entry(find(&mut root, n)).or_default().push(n);
    }
    parts.into_values().collect()
}

fn find(root: &mut [usize], mut n: usize) -> usize {
    while root[n] != n {
        root[n] = root[root[n]];
        n = root[n];
    }
    n
}

/// Lays out one connected part, around any point.
fn place_part(scene: &mut Scene<'_>, part: &[usize]) {
    if part.len() < 2 {
        return;
    }
    let own: BTreeMap<usize, usize> = part.iter().enumerate().map(|(own, n)| (*n, own)).collect();
    let mut frames: Vec<Frame> = part.iter().map(|n| scene.frames[*n].clone()).collect();
    let mut bundles = Vec::new();
    for bundle in &scene.bundles {
        if let (Some(from), Some(to), Some(label)) =
            (own.get(&bundle.from), own.get(&bundle.to), own.get(&bundle.label))
        {
            let mut bundle = bundle.clone();
            (bundle.from, bundle.to, bundle.label) = (*from, *to, *label);
            bundles.push(bundle);
        }
    }
    let terms = terms(&frames, &bundles);
    // Of several random starts, the one with fewest faults.
    let starts = (40_000 / frames.len()).clamp(1, 12).min(if frames.len() > 400 { 1 } else { 12 });
    let mut best: Option<(f64, Vec<Frame>)> = None;
    for seed in 0..starts {
        let mut random = Random(seed as u64 + 1);
        approach(&mut frames, &terms, &mut random);
        separate(&mut frames);
        if starts == 1 {
            break;
        }
        let cost = refine::cost(&frames, &bundles);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, frames.clone()));
        }
    }
    if let Some((_, found)) = best {
        frames = found;
    }
    refine::improve(&mut frames, &bundles, &mut Random(99));
    for (n, frame) in part.iter().zip(frames) {
        (scene.frames[*n].x, scene.frames[*n].y) = (frame.x, frame.y);
    }
}

/// Two boxes and how far apart they should be.
pub(in crate::export) type Term = (u32, u32, f64);

/// Distances along the edges, between all boxes or, in a large part, to some of them.
fn terms(frames: &[Frame], bundles: &[super::scene::Bundle<'_>]) -> Vec<Term> {
    let radius = |n: usize| (frames[n].w / ASPECT + frames[n].h) / 2.0;
    let mut beside: Vec<Vec<(usize, f64)>> = vec![Vec::new(); frames.len()];
    let mut degree = vec![0_usize; frames.len()];
    for bundle in bundles {
        degree[bundle.from] += 1;
        degree[bundle.to] += 1;
    }
    for bundle in bundles {
        for end in [bundle.from, bundle.to] {
            // Around a node with many neighbours there must be room for them.
            let room = 2.2 * (degree[end].min(60) as f64);
            let length = 20.0 + radius(end) + radius(bundle.label) + room;
            beside[end].push((bundle.label, length));
            beside[bundle.label].push((end, length));
        }
    }
    let mut terms = terms_along(&beside);
    // Labels of the same two nodes belong beside each other, half-way.
    let ends: BTreeMap<u32, [usize; 2]> =
        bundles.iter().map(|b| (b.label as u32, [b.from.min(b.to), b.from.max(b.to)])).collect();
    for (a, b, distance) in &mut terms {
        if let (Some(one), Some(other)) = (ends.get(a), ends.get(b))
            && one == other
        {
            *distance = frames[*a as usize].h + frames[*b as usize].h + 5.0;
        }
    }
    terms
}

/// The distances that boxes should have, of which each knows its neighbours and how far they should be.
pub(in crate::export) fn terms_along(beside: &[Vec<(usize, f64)>]) -> Vec<Term> {
    let all = beside.len() <= FULL;
    let mut random = Random(7);
    let pivots: Vec<usize> = if all {
        (0..beside.len()).collect()
    } else {
        (0..100).map(|_| random.below(beside.len())).collect()
    };
    let mut terms: Vec<Term> = Vec::new();
    for pivot in pivots {
        let distances = distances(beside, pivot);
        for (n, distance) in distances.iter().enumerate() {
            if n != pivot && distance.is_finite() && (!all || n > pivot) {
                terms.push((pivot as u32, n as u32, *distance));
            }
        }
    }
    if !all {
        for (n, others) in beside.iter().enumerate() {
            terms.extend(others.iter().filter(|(m, _)| *m > n).map(|(m, d)| (n as u32, *m as u32, *d)));
        }
    }
    terms
}

/// The length of the shortest way from one box to every other.
fn distances(beside: &[Vec<(usize, f64)>], from: usize) -> Vec<f64> {
    let mut least = vec![f64::INFINITY; beside.len()];
    let mut queue = BinaryHeap::new();
    least[from] = 0.0;
    // Hundredths of a pixel: whole numbers can be ordered.
    queue.push(Reverse((0_u64, from)));
    while let Some(Reverse((so_far, node))) = queue.pop() {
        if (so_far as f64) / 100.0 > least[node] + 0.02 {
            continue;
        }
        for (next, length) in &beside[node] {
            let total = least[node] + length;
            if total < least[*next] - 0.01 {
                least[*next] = total;
                queue.push(Reverse(((total * 100.0) as u64, *next)));
            }
        }
    }
    least
}

/// Stochastic gradient descent on stress, from random places.
pub(in crate::export) fn approach(frames: &mut [Frame], terms: &[Term], random: &mut Random) {
    let spread = 40.0 * (frames.len() as f64).sqrt();
    for frame in frames.iter_mut() {
        frame.x = random.part() * spread;
        frame.y = random.part() * spread;
    }
    let far = terms.iter().map(|term| term.2).fold(1.0, f64::max);
    let near = terms.iter().map(|term| term.2).fold(f64::INFINITY, f64::min).max(1.0);
    let rounds = 40;
    let (first, last) = (far * far, 0.1 * near * near);
    let fall = (last / first).powf(1.0 / f64::from(rounds - 1));
    let mut order: Vec<Term> = terms.to_vec();
    let mut eta = first;
    for _ in 0..rounds {
        for n in (1..order.len()).rev() {
            order.swap(n, random.below(n + 1));
        }
        for (a, b, distance) in &order {
            let (a, b) = (*a as usize, *b as usize);
            let (dx, dy) = (frames[a].x - frames[b].x, frames[a].y - frames[b].y);
            let length = dx.hypot(dy).max(0.01);
            let step = (eta / (distance * distance)).min(1.0) * (length - distance) / 2.0 / length;
            frames[a].x -= step * dx;
            frames[a].y -= step * dy;
            frames[b].x += step * dx;
            frames[b].y += step * dy;
        }
        eta *= fall;
    }
    for frame in frames {
        frame.x *= ASPECT;
    }
}

/// Pushes boxes apart until none is nearer to another than the gap.
pub(in crate::export) fn separate(frames: &mut [Frame]) {
    let widest = frames.iter().map(|frame| frame.w).fold(0.0, f64::max);
    // Never that many in practice; but a drawing with a fault is better than none.
    for round in 0..5_000 {
        let mut order: Vec<usize> = (0..frames.len()).collect();
        order.sort_by(|a, b| frames[*a].x.total_cmp(&frames[*b].x).then(a.cmp(b)));
        let mut touched = false;
        for (n, a) in order.iter().enumerate() {
            for b in &order[n + 1..] {
                let (a, b) = (*a, *b);
                if frames[b].x - frames[a].x > 2.0 * widest + frames[a].w + 24.0 {
                    break;
                }
                let (dx, dy) = (frames[b].x - frames[a].x, frames[b].y - frames[a].y);
                let gap = gap(&frames[a], &frames[b]);
                let across = frames[a].w + frames[b].w + gap - dx.abs();
                let down = frames[a].h + frames[b].h + gap - dy.abs();
                if across <= 0.01 || down <= 0.01 {
                    continue;
                }
                touched = true;
                // The shorter way, both a little more than half of it.
                if down <= across {
                    let step = (down / 2.0 + 0.1) * if dy < 0.0 { -1.0 } else { 1.0 };
                    frames[a].y -= step;
                    frames[b].y += step;
                } else {
                    let step = (across / 2.0 + 0.1) * if dx < 0.0 { -1.0 } else { 1.0 };
                    frames[a].x -= step;
                    frames[b].x += step;
                }
            }
        }
        if !touched {
            return;
        }
        // Pushing can go round in circles: with more room it ends.
        if round % 20 == 19 {
            for frame in frames.iter_mut() {
                frame.x *= 1.04;
                frame.y *= 1.04;
            }
        }
    }
}

/// `wide` times as wide as high, puts the parts side by side in rows, the largest first, from (0, 0) on.
pub(in crate::export) fn pack(frames: &mut [Frame], parts: &[Vec<usize>], wide: f64) {
    let bounds = |frames: &[Frame], part: &[usize]| {
        let mut b = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for frame in part.iter().map(|n| &frames[*n]) {
            b = [
                b[0].min(frame.x - frame.w),
                b[1].min(frame.y - frame.h),
                b[2].max(frame.x + frame.w),
                b[3].max(frame.y + frame.h),
            ];
        }
        b
    };
    let all: Vec<[f64; 4]> = parts.iter().map(|part| bounds(frames, part)).collect();
    let sizes: Vec<(f64, f64)> = all.iter().map(|b| (b[2] - b[0], b[3] - b[1])).collect();
    // As wide as the first one, two, three … beside each other: that which fits the shape best.
    let limits = sizes.iter().take(40).scan(-BETWEEN, |sum, (width, _)| {
        *sum += width + BETWEEN;
        Some(*sum)
    });
    let rows = limits.map(|limit| rows(&sizes, limit));
    let cost = |(_, w, h): &(Vec<(f64, f64)>, f64, f64)| (w / wide).max(*h);
    let Some((places, ..)) = rows.min_by(|a, b| cost(a).total_cmp(&cost(b))) else { return };
    for ((part, b), (x, y)) in parts.iter().zip(&all).zip(places) {
        for n in part {
            frames[*n].x += x - b[0];
            frames[*n].y += y - b[1];
        }
    }
}

/// Boxes in rows that are no wider than a limit, unless one box is: their places, and how wide and high all are.
fn rows(sizes: &[(f64, f64)], limit: f64) -> (Vec<(f64, f64)>, f64, f64) {
    let (mut x, mut y, mut row, mut widest) = (0.0, 0.0, 0.0_f64, 0.0_f64);
    let place = |(width, height): &(f64, f64)| {
        if x > 0.0 && x + width > limit + 0.5 {
            x = 0.0;
            y += row + BETWEEN;
            row = 0.0;
        }
        let place = (x, y);
        x += width + BETWEEN;
        row = row.max(*height);
        widest = widest.max(place.0 + width);
        place
    };
    let places = sizes.iter().map(place).collect();
    (places, widest, y + row)
}

/// True if two boxes are nearer to each other than they may be.
pub(super) fn overlap(a: &Frame, b: &Frame) -> bool {
    let gap = gap(a, b);
    (a.x - b.x).abs() < a.w + b.w + gap && (a.y - b.y).abs() < a.h + b.h + gap
}
