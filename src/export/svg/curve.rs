//! Curves between boxes: a cubic Bézier from one box through the middle of its label to another.

use super::scene::{Bundle, Frame};

/// A point or a direction.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    pub fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    /// The point that lies `part` of the way to `other`.
    pub fn toward(self, other: Point, part: f64) -> Point {
        Point::new(self.x + (other.x - self.x) * part, self.y + (other.y - self.y) * part)
    }

    pub fn distance(self, other: Point) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// A cubic Bézier curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Curve(pub [Point; 4]);

impl Curve {
    /// From centre to centre, through the middle of the label; without one, in a slight bow.
    pub fn of(bundle: &Bundle<'_>, frames: &[Frame]) -> Curve {
        let centre = |n: usize| frames.get(n).map_or(Point::default(), |frame| Point::new(frame.x, frame.y));
        let (a, b) = (centre(bundle.from), centre(bundle.to));
        // To the right of the way: what runs back is on the other side. Conflict bows more than cooperation.
        let bow = 0.05 + 0.035 * f64::from(bundle.tone as u8);
        let beside = Point::new(
            f64::midpoint(a.x, b.x) - (b.y - a.y) * bow,
            f64::midpoint(a.y, b.y) + (b.x - a.x) * bow,
        );
        let loop_end = Point::new(a.x, a.y - 60.0);
        let l = match frames.get(bundle.label) {
            Some(label) => Point::new(label.x, label.y),
            None if bundle.from == bundle.to => loop_end,
            None => beside,
        };
        if bundle.from == bundle.to {
            // A loop: out on one side of the line to the label, back on the other.
            let (dx, dy) = (l.x - a.x, l.y - a.y);
            let length = dx.hypot(dy).max(1.0);
            let side = |far: f64, wide: f64| {
                Point::new(a.x + dx * far - dy / length * wide, a.y + dy * far + dx / length * wide)
            };
            return Curve([side(0.0, 16.0), side(4.0 / 3.0, 30.0), side(4.0 / 3.0, -30.0), side(0.0, -16.0)]);
        }
        // The quadratic curve that is at the label half-way, as a cubic one.
        let q = Point::new(2.0 * l.x - (a.x + b.x) / 2.0, 2.0 * l.y - (a.y + b.y) / 2.0);
        Curve([a, a.toward(q, 2.0 / 3.0), b.toward(q, 2.0 / 3.0), b])
    }

    /// The point at `t`, from 0 to 1.
    pub fn at(&self, t: f64) -> Point {
        let [a, b, c, d] = self.0;
        let (ab, bc, cd) = (a.toward(b, t), b.toward(c, t), c.toward(d, t));
        ab.toward(bc, t).toward(bc.toward(cd, t), t)
    }

    /// The part between two values of `t`.
    pub fn between(&self, from: f64, to: f64) -> Curve {
        let (_, rest) = self.split(from);
        let part = if from < 1.0 { (to - from) / (1.0 - from) } else { 0.0 };
        rest.split(part).0
    }

    fn split(&self, t: f64) -> (Curve, Curve) {
        let [a, b, c, d] = self.0;
        let (ab, bc, cd) = (a.toward(b, t), b.toward(c, t), c.toward(d, t));
        let (abc, bcd) = (ab.toward(bc, t), bc.toward(cd, t));
        let middle = abc.toward(bcd, t);
        (Curve([a, ab, abc, middle]), Curve([middle, bcd, cd, d]))
    }

    /// The part outside both boxes, each grown by `gap`.
    pub fn outside(&self, from: &Frame, to: &Frame, gap: f64) -> Curve {
        let inside = |frame: &Frame, t: f64| {
            let p = self.at(t);
            (p.x - frame.x).abs() < frame.w + gap && (p.y - frame.y).abs() < frame.h + gap
        };
        let steps = 64;
        let part = |n: i32| f64::from(n) / f64::from(steps);
        let first = (0..=steps / 2)
            .find(|n| !inside(from, part(*n)))
            .map_or(0.0, |n| bisect(part((n - 1).max(0)), part(n), |t| inside(from, t)));
        let last = (steps / 2..=steps)
            .rev()
            .find(|n| !inside(to, part(*n)))
            .map_or(1.0, |n| bisect(part((n + 1).min(steps)), part(n), |t| inside(to, t)));
        if last > first { self.between(first, last) } else { *self }
    }

    /// Points along the curve.
    pub fn points<const N: usize>(&self) -> [Point; N] {
        std::array::from_fn(|n| self.at(n as f64 / (N.max(2) - 1) as f64))
    }
}

/// The place between `inside` and `outside` where the border is.
fn bisect(mut inside: f64, mut outside: f64, is_inside: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..20 {
        let middle = f64::midpoint(inside, outside);
        if is_inside(middle) { inside = middle } else { outside = middle }
    }
    outside
}

/// True if two line segments cross.
pub(super) fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side = |p: Point, q: Point, r: Point| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// True if a line segment touches a box that is grown by `gap`.
pub(super) fn touches(a: Point, b: Point, frame: &Frame, gap: f64) -> bool {
    let (w, h) = (frame.w + gap, frame.h + gap);
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (start, step, low, high) in
        [(a.x, b.x - a.x, frame.x - w, frame.x + w), (a.y, b.y - a.y, frame.y - h, frame.y + h)]
    {
        if step.abs() < 1e-9 {
            if start < low || start > high {
                return false;
            }
            continue;
        }
        let (t, u) = ((low - start) / step, (high - start) / step);
        from = from.max(t.min(u));
        to = to.min(t.max(u));
    }
    from <= to
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(x: f64, y: f64) -> Frame {
        Frame { x, y, w: 20.0, h: 10.0, ..Frame::default() }
    }

    #[test]
    fn a_curve_goes_through_its_label_and_ends_at_the_boxes() {
        let frames = [frame(0.0, 0.0), frame(200.0, 0.0), frame(90.0, 40.0)];
        let bundle = Bundle {
            from: 0,
            to: 1,
            label: 2,
            tone: super::super::scene::Tone::Neutral,
            links: vec![],
            weight: 1,
        };
        let curve = Curve::of(&bundle, &frames);
        let middle = curve.at(0.5);
        assert!(middle.distance(Point::new(90.0, 40.0)) < 1e-6);
        let [start, .., end] = curve.outside(&frames[0], &frames[1], 0.0).0;
        assert!((start.y - 10.0).abs() < 0.1 || (start.x - 20.0).abs() < 0.1, "{start:?}");
        assert!((end.y - 10.0).abs() < 0.1 || (end.x - 180.0).abs() < 0.1, "{end:?}");
    }

    #[test]
    fn segments_and_boxes() {
        let p = Point::new;
        assert!(cross(p(0.0, 0.0), p(2.0, 2.0), p(0.0, 2.0), p(2.0, 0.0)));
        assert!(!cross(p(0.0, 0.0), p(1.0, 0.0), p(0.0, 1.0), p(1.0, 1.0)));
        assert!(touches(p(-50.0, 0.0), p(50.0, 1.0), &frame(0.0, 0.0), 0.0));
        assert!(!touches(p(-50.0, 11.0), p(50.0, 11.0), &frame(0.0, 0.0), 0.0));
        assert!(touches(p(-50.0, 11.0), p(50.0, 11.0), &frame(0.0, 0.0), 2.0));
    }
}
