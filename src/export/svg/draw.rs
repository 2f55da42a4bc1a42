//! A scene whose boxes have places becomes SVG text.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::curve::{Curve, Point};
use super::scene::{Bundle, Frame, NAME, NAME_LINE, NO_LABEL, SMALL, SMALL_LINE, Scene, Tone};
use super::width::width;
use crate::export::column::role_words;
use crate::export::dot::kind_colours;
use crate::export::xml::escape;
use crate::graph::{KnowledgeGraph, Link, Node};
use crate::lexicon::Kind;

/// White space around everything.
const MARGIN: f64 = 24.0;
/// Length of an arrowhead.
const HEAD: f64 = 8.5;

const STYLE: &str = "text{font-family:'Helvetica Neue',Helvetica,Arial,'Liberation Sans','DejaVu Sans',\
'Noto Sans',sans-serif;text-anchor:middle;dominant-baseline:alphabetic}\
.name{font-size:13px;font-weight:600;fill:#1b1f24}.small{font-size:11px}\
.halo{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}\
.edge path.line{fill:none;stroke-linecap:round}.edge:hover path.line{stroke-width:4}\
.faint{opacity:.28}.faint .edge:hover{opacity:1}";

/// The whole drawing.
pub(super) fn draw(graph: &KnowledgeGraph, scene: &Scene<'_>) -> String {
    let mut body = String::new();
    let mut far = Point::new(160.0, 0.0);
    // Thin grey states below, what happened above them.
    let mut bundles: Vec<&Bundle<'_>> = scene.bundles.iter().collect();
    bundles.sort_by_key(|bundle| (bundle.tone, bundle.label));
    let curves: Vec<Curve> = bundles.iter().map(|bundle| clipped(bundle, scene)).collect();
    let faint: Vec<Curve> = scene.faint.iter().map(|bundle| clipped(bundle, scene)).collect();
    let low = curves.iter().chain(&faint).flat_map(|curve| curve.points::<17>()).fold(
        Point::default(),
        |low, p| {
            far = Point::new(far.x.max(p.x), far.y.max(p.y));
            Point::new(low.x.min(p.x), low.y.min(p.y))
        },
    );
    for frame in &scene.frames {
        far = Point::new(far.x.max(frame.x + frame.w), far.y.max(frame.y + frame.h));
    }
    if !faint.is_empty() {
        body.push_str("<g class=\"faint\">\n");
        for (bundle, curve) in scene.faint.iter().zip(&faint) {
            edge(&mut body, bundle, curve);
        }
        body.push_str("</g>\n");
    }
    for (bundle, curve) in bundles.iter().zip(&curves) {
        edge(&mut body, bundle, curve);
    }
    for bundle in &bundles {
        if let Some(frame) = scene.frames.get(bundle.label) {
            label(&mut body, bundle, frame);
        }
    }
    for ((_, node), frame) in graph.nodes().zip(&scene.frames) {
        draw_node(&mut body, graph, node, frame);
    }
    // No wider than the drawing, unless that is tiny: else it would stand in an empty field.
    let pen = Pen::new(low.x, far.y + 40.0, (far.x - low.x).max(420.0));
    let (legend, pen) = legend(graph, scene, pen);
    far = Point::new(far.x.max(pen.widest), pen.y + 12.0);
    let (x, y) = (low.x - MARGIN, low.y - MARGIN);
    let (w, h) = (far.x - low.x + 2.0 * MARGIN, far.y - low.y + 2.0 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w:.0}\" height=\"{h:.0}\" \
         viewBox=\"{x:.1} {y:.1} {w:.1} {h:.1}\" role=\"img\">\n\
         <title>Who did what to whom: {} nodes, {} edges</title>\n<style>{STYLE}</style>\n\
         <rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" fill=\"#ffffff\"/>\n",
        scene.nodes,
        graph.graph().edge_count(),
    );
    out.push_str(&body);
    out.push_str(&legend);
    out.push_str("</svg>\n");
    out
}

fn clipped(bundle: &Bundle<'_>, scene: &Scene<'_>) -> Curve {
    let curve = Curve::of(bundle, &scene.frames);
    match (scene.frames.get(bundle.from), scene.frames.get(bundle.to)) {
        (Some(from), Some(to)) => curve.outside(from, to, 2.0),
        _ => curve,
    }
}

// Writing to a String cannot fail; so no result of `write!` is looked at below.

fn edge(out: &mut String, bundle: &Bundle<'_>, curve: &Curve) {
    let colour = colour(bundle.tone);
    let thick = match bundle.tone {
        Tone::Standing => 1.0,
        _ if bundle.label == NO_LABEL => 1.0,
        _ => (1.3 + 0.55 * (bundle.weight as f64).ln()).min(4.0),
    };
    let dash = if bundle.is_dashed() { " stroke-dasharray=\"5 4\"" } else { "" };
    let _ = write!(out, "<g class=\"edge\"><title>{}</title>", escape(&edge_tip(bundle)));
    let [a, b, c, d] = curve.0;
    // The line ends where the head begins.
    let heads = if bundle.is_symmetric() { vec![(b, a), (c, d)] } else { vec![(c, d)] };
    let start = if heads.len() > 1 { shortened(a, b) } else { a };
    let end = shortened(d, c);
    let _ = write!(
        out,
        "<path class=\"line\" d=\"M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}\" stroke=\"{colour}\" \
         stroke-width=\"{thick:.1}\"{dash}/>",
        start.x, start.y, b.x, b.y, c.x, c.y, end.x, end.y
    );
    for (from, tip) in heads {
        let length = from.distance(tip).max(0.01);
        let (ux, uy) = ((tip.x - from.x) / length, (tip.y - from.y) / length);
        let back = HEAD + thick;
        let half = 3.0 + thick * 0.8;
        let (bx, by) = (tip.x - ux * back, tip.y - uy * back);
        let _ = write!(
            out,
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z\" fill=\"{colour}\"/>",
            tip.x,
            tip.y,
            bx - uy * half,
            by + ux * half,
            bx + uy * half,
            by - ux * half
        );
    }
    out.push_str("</g>\n");
}

/// A curve's end, moved back along its direction to the middle of the arrowhead.
fn shortened(end: Point, before: Point) -> Point {
    let length = end.distance(before).max(0.01);
    end.toward(before, (HEAD * 0.7 / length).min(0.9))
}

fn label(out: &mut String, bundle: &Bundle<'_>, frame: &Frame) {
    let fill = match bundle.tone {
        Tone::Standing => "#757575",
        Tone::Neutral => "#3c444d",
        Tone::Cooperation => "#1a5490",
        Tone::Conflict => "#a63a08",
    };
    let style = if bundle.is_dashed() { " font-style=\"italic\"" } else { "" };
    let _ = write!(out, "<g><title>{}</title>", escape(&edge_tip(bundle)));
    let _ = write!(
        out,
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"3\" fill=\"#ffffff\"/>",
        frame.x - frame.w,
        frame.y - frame.h,
        frame.w * 2.0,
        frame.h * 2.0
    );
    let top = frame.y - (frame.lines.len() as f64 - 1.0) / 2.0 * SMALL_LINE + SMALL * 0.35;
    for (n, line) in frame.lines.iter().enumerate() {
        let _ = write!(
            out,
            "<text class=\"small halo\" x=\"{:.1}\" y=\"{:.1}\" fill=\"{fill}\"{style}>{}</text>",
            frame.x,
            top + n as f64 * SMALL_LINE,
            escape(line)
        );
    }
    out.push_str("</g>\n");
}

fn draw_node(out: &mut String, graph: &KnowledgeGraph, node: &Node, frame: &Frame) {
    let _ = write!(out, "<g class=\"node\"><title>{}</title>", escape(&node_tip(graph, node)));
    shape(out, node.kind, frame);
    let below = if frame.below.is_some() { SMALL_LINE } else { 0.0 };
    let height = frame.lines.len() as f64 * NAME_LINE + below;
    let mut y = frame.y - height / 2.0 + NAME * 0.95;
    for line in &frame.lines {
        let _ = write!(out, "<text class=\"name\" x=\"{:.1}\" y=\"{y:.1}\">{}</text>", frame.x, escape(line));
        y += NAME_LINE;
    }
    if let Some(line) = &frame.below {
        let y = y - 2.0;
        let _ = write!(
            out,
            "<text class=\"small\" x=\"{:.1}\" y=\"{y:.1}\" fill=\"#4a525b\">{}</text>",
            frame.x,
            escape(line)
        );
    }
    out.push_str("</g>\n");
}

/// A node's outline: round for people, square for bodies, so that colour is not needed.
fn shape(out: &mut String, kind: Kind, frame: &Frame) {
    let (fill, line) = kind_colours(kind);
    let (round, thick) = match kind {
        Kind::Person | Kind::Group => (frame.h.min(20.0), 1.4),
        Kind::Country => (7.0, 2.0),
        Kind::Organization | Kind::Place | Kind::Other => (2.0, 1.4),
    };
    let dash = if kind == Kind::Group { " stroke-dasharray=\"4 2\"" } else { "" };
    let _ = write!(
        out,
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"{round:.1}\" fill=\"{fill}\" \
         stroke=\"{line}\" stroke-width=\"{thick}\"{dash}/>",
        frame.x - frame.w,
        frame.y - frame.h,
        frame.w * 2.0,
        frame.h * 2.0
    );
}

fn colour(tone: Tone) -> &'static str {
    match tone {
        Tone::Standing => "#b4b4b4",
        Tone::Neutral => "#59636e",
        Tone::Cooperation => "#2f78bd",
        Tone::Conflict => "#d1500f",
    }
}

fn edge_tip(bundle: &Bundle<'_>) -> String {
    let tip = |link: &Link<'_>| {
        let mut tip = link.to_string();
        for evidence in link.edge.evidence.iter().take(3) {
            let source = link.graph.source(evidence.document).map_or("", |source| &source.source);
            let _ = write!(tip, "\n“{}” ({source}:{})", evidence.text.trim(), evidence.line);
        }
        tip
    };
    bundle.links.iter().take(8).map(tip).collect::<Vec<_>>().join("\n\n")
}

fn node_tip(graph: &KnowledgeGraph, node: &Node) -> String {
    let mut tip = format!("{} ({})", node.name, node.key);
    for role in node.roles.iter().take(6) {
        let _ = write!(tip, "\n{}", role_words(graph, role));
    }
    let _ = write!(tip, "\n{} mentions in {} documents", node.mentions, node.documents.len());
    tip
}

/// What the numbers on lines mean.
const TIMES: &str = "×2: told by two sentences";

/// Where the next part of the legend begins.
struct Pen {
    left: f64,
    right: f64,
    x: f64,
    y: f64,
    widest: f64,
}

impl Pen {
    fn new(left: f64, y: f64, most: f64) -> Pen {
        Pen { left, right: left + most, x: left, y, widest: left }
    }

    /// The place of a part so wide: in this line, or in the next one.
    fn place(&mut self, width: f64) -> (f64, f64) {
        if self.x > self.left && self.x + width > self.right {
            (self.x, self.y) = (self.left, self.y + 22.0);
        }
        let place = (self.x, self.y);
        self.widest = self.widest.max(self.x + width);
        self.x += width + 18.0;
        place
    }
}

/// What the colours and lines mean, as far as they are used.
fn legend(graph: &KnowledgeGraph, scene: &Scene<'_>, mut pen: Pen) -> (String, Pen) {
    let mut out = String::from("<g>\n");
    let words = |out: &mut String, (x, y): (f64, f64), text: &str| {
        let _ = writeln!(
            out,
            "<text class=\"small\" x=\"{x:.1}\" y=\"{:.1}\" style=\"text-anchor:start\" fill=\"#4a525b\">{text}</text>",
            y + SMALL * 0.35
        );
    };
    let kinds: BTreeSet<Kind> = graph.nodes().map(|(_, node)| node.kind).collect();
    for kind in kinds {
        let name = kind.as_str();
        let (x, y) = pen.place(28.0 + width(name, SMALL));
        shape(&mut out, kind, &Frame { x: x + 11.0, y, w: 11.0, h: 6.5, ..Frame::default() });
        words(&mut out, (x + 28.0, y), name);
    }
    let drawn = || scene.bundles.iter().chain(&scene.faint);
    let tones: BTreeSet<Tone> = drawn().map(|bundle| bundle.tone).collect();
    let dashed = drawn().any(Bundle::is_dashed);
    let tones = tones.into_iter().map(|tone| {
        let name = match tone {
            Tone::Standing => "state",
            Tone::Neutral => "speech",
            Tone::Cooperation => "cooperation",
            Tone::Conflict => "conflict",
        };
        (colour(tone), "", name)
    });
    let not_fact = ("#59636e", " stroke-dasharray=\"5 4\"", "not told as fact");
    let thin = ("#59636e", " opacity=\"0.35\"", "told less often: rest the pointer on a line");
    let thin = (!scene.faint.is_empty()).then_some(thin);
    for (colour, dash, name) in tones.chain(dashed.then_some(not_fact)).chain(thin) {
        let (x, y) = pen.place(32.0 + width(name, SMALL));
        let _ = writeln!(out, "<path d=\"M{x:.1} {y:.1}h26\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>");
        words(&mut out, (x + 32.0, y), name);
    }
    // "urges ×2" counts sentences; who has not read the manual takes it for anything.
    if scene.bundles.iter().flat_map(|bundle| &bundle.links).any(|link| link.edge.weight() > 1) {
        let place = pen.place(width(TIMES, SMALL));
        words(&mut out, place, TIMES);
    }
    out.push_str("</g>\n");
    (out, pen)
}
