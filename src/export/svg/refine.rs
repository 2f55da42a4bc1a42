//! The layout improved by trial: fewer curves through boxes, fewer crossings, shorter and straighter ways.
//!
//! In: boxes of which none overlaps another. Out: the same, still without overlaps. Boxes are moved at
//! random (a little, or half-way between their neighbours, or two nodes change places); a move stays if
//! the sum of faults is smaller, and in the beginning sometimes if it is not (simulated annealing).

use super::curve::{Curve, Point, cross, touches};
use super::layout::{Random, overlap};
use super::scene::{Bundle, Frame};

/// Points along a curve.
const POINTS: usize = 9;
/// A fault: a curve through a node that is not its own.
const THROUGH_NODE: f64 = 45.0;
/// A fault: a curve through a label that is not its own.
const THROUGH_LABEL: f64 = 28.0;
/// A fault: two curves that cross.
const CROSSING: f64 = 11.0;
/// The annealing's first temperature: a fault of this size is at first often accepted.
const WARM: f64 = 7.0;

/// A curve as straight pieces, and the rectangle around it: left, top, right, bottom.
#[derive(Clone, Copy)]
struct Line {
    points: [Point; POINTS],
    around: [f64; 4],
}

/// The faults of a layout.
pub(super) fn cost(frames: &[Frame], bundles: &[Bundle<'_>]) -> f64 {
    let lines: Vec<Line> = bundles.iter().map(|bundle| line(bundle, frames)).collect();
    let mut sum = 0.0;
    for (n, bundle) in bundles.iter().enumerate() {
        sum += alone(bundle, &lines[n], frames) + through_all(bundle, &lines[n], frames);
        sum += (n + 1..lines.len()).map(|m| crossing(&lines[n], &lines[m])).sum::<f64>();
    }
    sum
}

/// Tries moves and keeps those that help.
pub(super) fn improve(frames: &mut [Frame], bundles: &[Bundle<'_>], random: &mut Random) {
    let (nodes, labels): (Vec<usize>, Vec<usize>) = (0..frames.len()).partition(|n| !frames[*n].is_label);
    let size = bundles.len() * frames.len();
    let tries = (120_000_000 / size.max(1)).min(900 * frames.len());
    let mut state = State::new(frames, bundles);
    for n in 0..tries {
        let left = 1.0 - n as f64 / tries as f64;
        let reach = 6.0 + 240.0 * left * left;
        let (dx, dy) = ((random.part() - 0.5) * reach * 1.6, (random.part() - 0.5) * reach);
        let pick = |random: &mut Random, from: &[usize]| from.get(random.below(from.len())).copied();
        let moves = match random.below(8) {
            0 if left > 0.3 => {
                let pair = pick(random, &nodes).zip(pick(random, &nodes));
                pair.map_or(Vec::new(), |(a, b)| state.swap(a, b))
            }
            1 | 2 => pick(random, &labels).map_or(Vec::new(), |n| state.halfway(n, dx * 0.3, dy * 0.3)),
            3 | 4 => pick(random, &labels).map_or(Vec::new(), |n| state.shift(n, dx, dy)),
            5 => pick(random, &nodes).map_or(Vec::new(), |n| state.shift_with_leaves(n, dx, dy)),
            _ => pick(random, &nodes).map_or(Vec::new(), |n| state.shift(n, dx, dy)),
        };
        let warm = (left - 0.25).max(0.0) * WARM;
        let bear = -warm * random.part().max(1e-9).ln();
        state.attempt(&moves, bear);
    }
}

/// A frame and where it is to go.
type Move = (usize, f64, f64);

struct State<'a, 'b> {
    frames: &'a mut [Frame],
    bundles: &'a [Bundle<'b>],
    lines: Vec<Line>,
    /// The bundles of every frame, as end or as label.
    of: Vec<Vec<usize>>,
    /// True for the curves that the present move changes.
    changes: Vec<bool>,
}

impl<'a, 'b> State<'a, 'b> {
    fn new(frames: &'a mut [Frame], bundles: &'a [Bundle<'b>]) -> Self {
        let mut of = vec![Vec::new(); frames.len()];
        for (n, bundle) in bundles.iter().enumerate() {
            of[bundle.from].push(n);
            of[bundle.label].push(n);
            if bundle.to != bundle.from {
                of[bundle.to].push(n);
            }
        }
        let lines = bundles.iter().map(|bundle| line(bundle, frames)).collect();
        State { frames, bundles, lines, of, changes: vec![false; bundles.len()] }
    }

    /// A label, or a node whose labels follow half the way.
    fn shift(&self, which: usize, dx: f64, dy: f64) -> Vec<Move> {
        let mut moves = vec![(which, self.frames[which].x + dx, self.frames[which].y + dy)];
        if !self.frames[which].is_label {
            for n in &self.of[which] {
                let label = self.bundles[*n].label;
                let frame = &self.frames[label];
                moves.push((label, frame.x + dx / 2.0, frame.y + dy / 2.0));
            }
        }
        moves
    }

    /// A node and the neighbours that hang on it alone; the labels to others follow half the way.
    fn shift_with_leaves(&self, which: usize, dx: f64, dy: f64) -> Vec<Move> {
        let mut moves = self.shift(which, dx, dy);
        let other = |n: usize| {
            let bundle = &self.bundles[n];
            if bundle.from == which { bundle.to } else { bundle.from }
        };
        let mut leaves: Vec<usize> = self.of[which]
            .iter()
            .map(|n| other(*n))
            .filter(|leaf| *leaf != which)
            .filter(|leaf| self.of[*leaf].iter().all(|n| self.touches_both(*n, *leaf, which)))
            .collect();
        leaves.sort_unstable();
        leaves.dedup();
        for leaf in leaves {
            moves.push((leaf, self.frames[leaf].x + dx, self.frames[leaf].y + dy));
            for n in &self.of[leaf] {
                let label = self.bundles[*n].label;
                let place = (label, self.frames[label].x + dx, self.frames[label].y + dy);
                match moves.iter_mut().find(|(m, ..)| *m == label) {
                    Some(known) => *known = place,
                    None => moves.push(place),
                }
            }
        }
        moves
    }

    /// True if a bundle runs between these two, or from one of them to itself.
    fn touches_both(&self, bundle: usize, a: usize, b: usize) -> bool {
        let bundle = &self.bundles[bundle];
        (bundle.from == a || bundle.from == b) && (bundle.to == a || bundle.to == b)
    }

    /// A label goes half-way between its nodes, or a little beside.
    fn halfway(&self, label: usize, dx: f64, dy: f64) -> Vec<Move> {
        let Some(bundle) = self.of[label].first().map(|n| &self.bundles[*n]) else { return Vec::new() };
        if bundle.from == bundle.to {
            return self.shift(label, dx, dy);
        }
        let (a, b) = (&self.frames[bundle.from], &self.frames[bundle.to]);
        vec![(label, f64::midpoint(a.x, b.x) + dx, f64::midpoint(a.y, b.y) + dy)]
    }

    /// Two nodes change places; their labels go along with them.
    fn swap(&self, a: usize, b: usize) -> Vec<Move> {
        if a == b {
            return Vec::new();
        }
        let (p, q) = (&self.frames[a], &self.frames[b]);
        let mut moves = vec![(a, q.x, q.y), (b, p.x, p.y)];
        for (node, to) in [(a, q), (b, p)] {
            for n in &self.of[node] {
                let bundle = &self.bundles[*n];
                let other = if bundle.from == node { bundle.to } else { bundle.from };
                if other != a && other != b {
                    let far = &self.frames[other];
                    moves.push((bundle.label, f64::midpoint(to.x, far.x), f64::midpoint(to.y, far.y)));
                }
            }
        }
        moves
    }

    /// Makes the moves if they lead to no overlap and to at most `bear` more faults.
    fn attempt(&mut self, moves: &[Move], bear: f64) {
        let old: Vec<Move> = moves.iter().map(|(n, ..)| (*n, self.frames[*n].x, self.frames[*n].y)).collect();
        let mut curves: Vec<usize> = moves.iter().flat_map(|(n, ..)| self.of[*n].iter().copied()).collect();
        curves.sort_unstable();
        curves.dedup();
        self.go(moves);
        let clear = moves.iter().all(|(n, ..)| {
            let frame = &self.frames[*n];
            self.frames.iter().enumerate().all(|(m, other)| m == *n || !overlap(frame, other))
        });
        if !clear {
            self.go(&old);
            return;
        }
        self.go(&old);
        for n in &curves {
            self.changes[*n] = true;
        }
        let before = self.local(moves, &curves);
        let lines: Vec<Line> = curves.iter().map(|n| self.lines[*n]).collect();
        self.go(moves);
        for n in &curves {
            self.lines[*n] = line(&self.bundles[*n], self.frames);
        }
        if self.local(moves, &curves) >= before + bear {
            self.go(&old);
            for (n, line) in curves.iter().zip(lines) {
                self.lines[*n] = line;
            }
        }
        for n in &curves {
            self.changes[*n] = false;
        }
    }

    fn go(&mut self, moves: &[Move]) {
        for (n, x, y) in moves {
            (self.frames[*n].x, self.frames[*n].y) = (*x, *y);
        }
    }

    /// The faults that a move of these frames, and with them of these curves, can change.
    fn local(&self, moved: &[Move], curves: &[usize]) -> f64 {
        let mut sum = 0.0;
        for n in curves {
            let (bundle, line) = (&self.bundles[*n], &self.lines[*n]);
            sum += alone(bundle, line, self.frames) + through_all(bundle, line, self.frames);
            let others = self.lines.iter().enumerate().filter(|(m, _)| !self.changes[*m] || m > n);
            sum += others.map(|(_, other)| crossing(line, other)).sum::<f64>();
        }
        for (m, bundle) in self.bundles.iter().enumerate().filter(|(m, _)| !self.changes[*m]) {
            let foreign = moved.iter().filter(|(n, ..)| is_foreign(bundle, *n));
            sum += foreign.map(|(n, ..)| through(&self.lines[m], &self.frames[*n])).sum::<f64>();
        }
        sum
    }
}

fn line(bundle: &Bundle<'_>, frames: &[Frame]) -> Line {
    let points: [Point; POINTS] = Curve::of(bundle, frames).points();
    let nothing = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let around =
        points.iter().fold(nothing, |b, p| [b[0].min(p.x), b[1].min(p.y), b[2].max(p.x), b[3].max(p.y)]);
    Line { points, around }
}

fn is_foreign(bundle: &Bundle<'_>, frame: usize) -> bool {
    frame != bundle.from && frame != bundle.to && frame != bundle.label
}

/// How long and how bent a curve is, and how far its label is from half-way.
fn alone(bundle: &Bundle<'_>, line: &Line, frames: &[Frame]) -> f64 {
    let length: f64 = line.points.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    let (from, to, label) = (&frames[bundle.from], &frames[bundle.to], &frames[bundle.label]);
    let middle = Point::new(f64::midpoint(from.x, to.x), f64::midpoint(from.y, to.y));
    let off = middle.distance(Point::new(label.x, label.y));
    0.052 * length + 0.07 * off + 0.0009 * off * off
}

fn through_all(bundle: &Bundle<'_>, line: &Line, frames: &[Frame]) -> f64 {
    let foreign = frames.iter().enumerate().filter(|(m, _)| is_foreign(bundle, *m));
    foreign.map(|(_, frame)| through(line, frame)).sum()
}

fn through(line: &Line, frame: &Frame) -> f64 {
    let gap = if frame.is_label { 1.0 } else { 4.0 };
    let [left, top, right, bottom] = line.around;
    let (w, h) = (frame.w + gap, frame.h + gap);
    if left > frame.x + w || right < frame.x - w || top > frame.y + h || bottom < frame.y - h {
        return 0.0;
    }
    match line.points.windows(2).any(|pair| touches(pair[0], pair[1], frame, gap)) {
        false => 0.0,
        true if frame.is_label => THROUGH_LABEL,
        true => THROUGH_NODE,
    }
}

fn crossing(a: &Line, b: &Line) -> f64 {
    let (p, q) = (&a.around, &b.around);
    if p[2] < q[0] || q[2] < p[0] || p[3] < q[1] || q[3] < p[1] {
        return 0.0;
    }
    let pairs = a.points.windows(2).flat_map(|s| b.points.windows(2).map(move |t| (s, t)));
    CROSSING * pairs.filter(|(s, t)| cross(s[0], s[1], t[0], t[1])).count() as f64
}
