//! What is to be drawn, before it has a place: boxes with text, and curves between them.
//!
//! In: a graph. Out: a [`Scene`]: a box for every node, and for every [`Bundle`] of edges a box for its
//! label. A bundle is what runs from one node to another with one colour: "urges ×2, asks" is one curve,
//! "criticizes" beside it another.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::width::{cut, width, wrap};
use crate::export::column::edge_words;
use crate::graph::{Edge, KnowledgeGraph, Link, Node};
use crate::lexicon::Quad;
use crate::text::one_line;

/// Font size of names, in pixels.
pub(super) const NAME: f64 = 13.0;
/// Font size of everything else.
pub(super) const SMALL: f64 = 11.0;
/// From one small line to the next.
pub(super) const SMALL_LINE: f64 = 13.5;
/// From one line of a name to the next.
pub(super) const NAME_LINE: f64 = 16.0;

/// A rectangle with text; `x` and `y` are its centre.
#[derive(Clone, Debug, Default)]
pub(in crate::export) struct Frame {
    pub x: f64,
    pub y: f64,
    /// Half its width.
    pub w: f64,
    /// Half its height.
    pub h: f64,
    /// Its text.
    pub lines: Vec<String>,
    /// A smaller line below: the office.
    pub below: Option<String>,
    /// True for a label, false for a node.
    pub is_label: bool,
}

/// What an edge does, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    Standing,
    Neutral,
    Cooperation,
    Conflict,
}

/// Edges of one tone from one node to another, drawn as one curve.
#[derive(Clone, Debug)]
pub(super) struct Bundle<'a> {
    /// A place in [`Scene::frames`].
    pub from: usize,
    /// A place in [`Scene::frames`].
    pub to: usize,
    /// The label's place in [`Scene::frames`]; [`NO_LABEL`] for a faint one.
    pub label: usize,
    pub tone: Tone,
    /// The weightiest first.
    pub links: Vec<Link<'a>>,
    pub weight: usize,
}

impl Bundle<'_> {
    /// True where nothing in it is told as a fact.
    pub fn is_dashed(&self) -> bool {
        self.links.iter().all(|link| !link.edge.is_fact())
    }

    /// True where both ends do the same.
    pub fn is_symmetric(&self) -> bool {
        self.links.iter().all(|link| link.edge.symmetric)
    }
}

/// Stands for the place of a label that is not there.
pub(super) const NO_LABEL: usize = usize::MAX;

/// Boxes and curves.
#[derive(Clone, Debug, Default)]
pub(super) struct Scene<'a> {
    /// The nodes, in the graph's order, then the labels of the bundles.
    pub frames: Vec<Frame>,
    /// How many of the frames are nodes.
    pub nodes: usize,
    /// What has a label and takes part in the layout.
    pub bundles: Vec<Bundle<'a>>,
    /// What is only a thin line behind everything: with many edges, those that few sentences tell.
    pub faint: Vec<Bundle<'a>>,
}

/// Measures everything that is to be drawn.
pub(super) fn scene(graph: &KnowledgeGraph) -> Scene<'_> {
    let offices = graph.graph().node_count() <= 60;
    let frames: Vec<Frame> = graph.nodes().map(|(_, node)| node_frame(node, offices)).collect();
    let mut scene = Scene { nodes: frames.len(), frames, ..Scene::default() };
    let mut bundles: BTreeMap<(usize, usize, Tone), Vec<Link<'_>>> = BTreeMap::new();
    // Symmetric edges last: they join a bundle that is there, whichever way it runs.
    let mut links: Vec<Link<'_>> = graph.links().collect();
    links.sort_by_key(|link| (link.edge.symmetric, link.edge.id));
    for link in links {
        let (Some(from), Some(to)) = (link.subject, link.object) else { continue };
        let (from, to, tone) = (from.index(), to.index(), tone(link.edge));
        let back = (to, from, tone);
        let turned = link.edge.symmetric && bundles.contains_key(&back);
        let (bundle, link) = if turned { (back, link.turned()) } else { ((from, to, tone), link) };
        bundles.entry(bundle).or_default().push(link);
    }
    let mut all: Vec<Bundle<'_>> = Vec::new();
    for ((from, to, tone), mut links) in bundles {
        links.sort_by_key(|link| (Reverse(link.edge.weight()), link.edge.id));
        let weight = links.iter().map(|link| link.edge.weight()).sum();
        all.push(Bundle { from, to, label: NO_LABEL, tone, links, weight });
    }
    let labelled = labelled(&all, scene.nodes);
    for (mut bundle, has_label) in all.into_iter().zip(labelled) {
        if has_label {
            bundle.label = scene.frames.len();
            scene.frames.push(label_frame(&bundle.links));
            scene.bundles.push(bundle);
        } else {
            scene.faint.push(bundle);
        }
    }
    scene
}

/// Which bundles have a label: all of them where there are few; else the weightiest of every node, and
/// the weightiest of all, as many as can be read. What happens goes before what is.
fn labelled(bundles: &[Bundle<'_>], nodes: usize) -> Vec<bool> {
    if bundles.len() <= 30 + 2 * nodes {
        return vec![true; bundles.len()];
    }
    let most = 30 + nodes + nodes / 4;
    let mut order: Vec<usize> = (0..bundles.len()).collect();
    order.sort_by_key(|n| (bundles[*n].tone == Tone::Standing, Reverse(bundles[*n].weight), *n));
    let mut has_label = vec![false; bundles.len()];
    let mut is_tied = vec![false; nodes];
    for n in &order {
        let ends = [bundles[*n].from, bundles[*n].to];
        if ends.iter().any(|end| !is_tied[*end]) {
            has_label[*n] = true;
            ends.iter().for_each(|end| is_tied[*end] = true);
        }
    }
    let mut count = has_label.iter().filter(|has| **has).count();
    for n in order {
        if count < most && !has_label[n] {
            has_label[n] = true;
            count += 1;
        }
    }
    has_label
}

/// What an edge does.
pub(super) fn tone(edge: &Edge) -> Tone {
    match edge.quad {
        _ if edge.standing => Tone::Standing,
        Some(Quad::VerbalCooperation | Quad::MaterialCooperation) => Tone::Cooperation,
        Some(Quad::VerbalConflict | Quad::MaterialConflict) => Tone::Conflict,
        Some(Quad::Neutral) | None => Tone::Neutral,
    }
}

fn node_frame(node: &Node, offices: bool) -> Frame {
    let lines = wrap(&printable(&node.name), NAME, 165.0);
    // The latest office that is still held.
    let office = node
        .roles
        .iter()
        .filter(|role| !role.former && !role.title.is_empty())
        .max_by_key(|role| (role.from, Reverse(&role.title)));
    let below = office.filter(|_| offices).map(|role| cut(&printable(&role.title), SMALL, 175.0));
    let texts = lines.iter().map(|line| width(line, NAME) * 1.04);
    let widest = texts.chain(below.iter().map(|line| width(line, SMALL))).fold(28.0, f64::max);
    let height = lines.len() as f64 * NAME_LINE + if below.is_some() { SMALL_LINE } else { 0.0 };
    Frame { w: widest / 2.0 + 12.0, h: height / 2.0 + 6.0, lines, below, ..Frame::default() }
}

fn label_frame(links: &[Link<'_>]) -> Frame {
    let words = |link: &Link<'_>| {
        let times = link.edge.weight();
        let name = cut(&printable(&edge_words(link.edge)), SMALL, 170.0);
        if times > 1 { format!("{name} ×{times}") } else { name }
    };
    // Who holds an office also represents a country: of states one is enough, the tooltip has the rest.
    let states = links.iter().all(|link| link.edge.standing);
    let shown = if states {
        1
    } else if links.len() > 3 {
        2
    } else {
        3
    };
    let mut lines: Vec<String> = links.iter().take(shown).map(words).collect();
    if links.len() > shown && !states {
        lines.push(format!("+{} more", links.len() - shown));
    }
    let widest = lines.iter().map(|line| width(line, SMALL)).fold(10.0, f64::max);
    let height = lines.len() as f64 * SMALL_LINE;
    Frame { w: widest / 2.0 + 4.0, h: height / 2.0 + 1.5, lines, is_label: true, ..Frame::default() }
}

/// A name on one line, without what cannot be seen or turns the writing of what follows.
fn printable(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let shown: String =
        text.chars().filter(|c| !turns(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    one_line(&shown)
}
