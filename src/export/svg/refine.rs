//! The layout improved by trial: fewer curves through boxes, fewer crossings, shorter ways.
//!
//! In: boxes of which none overlaps another. Out: the same, still without overlaps. A box, or a node with
//! its labels, is moved a little at random; the move stays if the sum of faults is smaller.

use super::curve::{Curve, Point, cross, touches};
use super::layout::{Random, overlap};
use super::scene::{Bundle, Frame};

/// Points along a curve.
const POINTS: usize = 9;
/// Faults: a curve through a foreign box, two curves that cross, a bend.
const THROUGH: f64 = 30.0;
const CROSSING: f64 = 9.0;

type Line = [Point; POINTS];

/// The faults of a layout.
pub(super) fn cost(frames: &[Frame], bundles: &[Bundle<'_>]) -> f64 {
    let lines: Vec<Line> = bundles.iter().map(|bundle| line(bundle, frames)).collect();
    let mut sum = 0.0;
    for (n, bundle) in bundles.iter().enumerate() {
        sum += alone(bundle, &lines[n], frames);
        let foreign = frames.iter().enumerate().filter(|(m, _)| is_foreign(bundle, *m));
        sum += foreign.map(|(_, frame)| through(&lines[n], frame)).sum::<f64>();
        sum += (n + 1..lines.len()).map(|m| crossing(&lines[n], &lines[m])).sum::<f64>();
    }
    sum
}

/// Tries moves and keeps those that help.
pub(super) fn improve(frames: &mut [Frame], bundles: &[Bundle<'_>], random: &mut Random) {
    let size = bundles.len() * frames.len();
    let tries = (60_000_000 / size.max(1)).min(500 * frames.len());
    let mut state = State::new(frames, bundles);
    for n in 0..tries {
        let left = 1.0 - n as f64 / tries as f64;
        let reach = 6.0 + 220.0 * left * left;
        let which = random.below(state.frames.len());
        let (dx, dy) = ((random.part() - 0.5) * reach * 1.6, (random.part() - 0.5) * reach);
        let together = random.below(4) > 0;
        state.attempt(which, dx, dy, together);
    }
}

struct State<'a, 'b> {
    frames: &'a mut [Frame],
    bundles: &'a [Bundle<'b>],
    lines: Vec<Line>,
    /// The bundles of every frame, as end or as label.
    of: Vec<Vec<usize>>,
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
        State { frames, bundles, lines, of }
    }

    /// Moves a frame; with `together`, a node's labels follow half the way.
    fn attempt(&mut self, which: usize, dx: f64, dy: f64, together: bool) {
        let mut moved = vec![which];
        let curves = self.of[which].clone();
        let is_label = curves.iter().any(|n| self.bundles[*n].label == which);
        if together && !is_label {
            moved.extend(curves.iter().map(|n| self.bundles[*n].label));
        }
        let before = self.local(&moved, &curves);
        let places: Vec<(f64, f64)> = moved.iter().map(|n| (self.frames[*n].x, self.frames[*n].y)).collect();
        for n in &moved {
            let part = if *n == which { 1.0 } else { 0.5 };
            self.frames[*n].x += dx * part;
            self.frames[*n].y += dy * part;
        }
        let clear = moved.iter().all(|n| {
            let frame = &self.frames[*n];
            self.frames.iter().enumerate().all(|(m, other)| m == *n || !overlap(frame, other))
        });
        let old: Vec<Line> = curves.iter().map(|n| self.lines[*n]).collect();
        if clear {
            for n in &curves {
                self.lines[*n] = line(&self.bundles[*n], self.frames);
            }
            if self.local(&moved, &curves) < before - 1e-9 {
                return;
            }
        }
        for (n, (x, y)) in moved.iter().zip(places) {
            (self.frames[*n].x, self.frames[*n].y) = (x, y);
        }
        for (n, line) in curves.iter().zip(old) {
            self.lines[*n] = line;
        }
    }

    /// The faults that a move of these frames, and with them of these curves, can change.
    fn local(&self, moved: &[usize], curves: &[usize]) -> f64 {
        let mut sum = 0.0;
        for n in curves {
            let (bundle, line) = (&self.bundles[*n], &self.lines[*n]);
            sum += alone(bundle, line, self.frames);
            let foreign = self.frames.iter().enumerate().filter(|(m, _)| is_foreign(bundle, *m));
            sum += foreign.map(|(_, frame)| through(line, frame)).sum::<f64>();
            let others = self.lines.iter().enumerate().filter(|(m, _)| !curves.contains(m) || *m > *n);
            sum += others.map(|(_, other)| crossing(line, other)).sum::<f64>();
        }
        for (m, bundle) in self.bundles.iter().enumerate().filter(|(m, _)| !curves.contains(m)) {
            let foreign = moved.iter().filter(|n| is_foreign(bundle, **n));
            sum += foreign.map(|n| through(&self.lines[m], &self.frames[*n])).sum::<f64>();
        }
        sum
    }
}

fn line(bundle: &Bundle<'_>, frames: &[Frame]) -> Line {
    Curve::of(bundle, frames).points()
}

fn is_foreign(bundle: &Bundle<'_>, frame: usize) -> bool {
    frame != bundle.from && frame != bundle.to && frame != bundle.label
}

/// How long and how bent a curve is, and how far its label is from half-way.
fn alone(bundle: &Bundle<'_>, line: &Line, frames: &[Frame]) -> f64 {
    let length: f64 = line.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    let (from, to, label) = (&frames[bundle.from], &frames[bundle.to], &frames[bundle.label]);
    let middle = Point::new(f64::midpoint(from.x, to.x), f64::midpoint(from.y, to.y));
    let off = middle.distance(Point::new(label.x, label.y));
    0.04 * length + 0.06 * off + 0.0006 * off * off
}

fn through(line: &Line, frame: &Frame) -> f64 {
    if !near(line, frame) {
        return 0.0;
    }
    let hit = line.windows(2).any(|pair| touches(pair[0], pair[1], frame, 2.0));
    if hit { THROUGH } else { 0.0 }
}

/// A quick look: could the line touch the box at all?
fn near(line: &Line, frame: &Frame) -> bool {
    let (mut low, mut high) = (line[0], line[0]);
    for p in line {
        low = Point::new(low.x.min(p.x), low.y.min(p.y));
        high = Point::new(high.x.max(p.x), high.y.max(p.y));
    }
    low.x <= frame.x + frame.w + 2.0
        && high.x >= frame.x - frame.w - 2.0
        && low.y <= frame.y + frame.h + 2.0
        && high.y >= frame.y - frame.h - 2.0
}

fn crossing(a: &Line, b: &Line) -> f64 {
    let box_of = |line: &Line| {
        line.iter().fold([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY], |b, p| {
            [b[0].min(p.x), b[1].min(p.y), b[2].max(p.x), b[3].max(p.y)]
        })
    };
    let (p, q) = (box_of(a), box_of(b));
    if p[2] < q[0] || q[2] < p[0] || p[3] < q[1] || q[3] < p[1] {
        return 0.0;
    }
    let pairs = a.windows(2).flat_map(|s| b.windows(2).map(move |t| (s, t)));
    let count = pairs.filter(|(s, t)| cross(s[0], s[1], t[0], t[1])).count();
    CROSSING * count as f64
}
