//! A drawing of the graph, laid out by ourselves: no external program, the same picture every time.
//!
//! In: a graph of a size that can be looked at (5 to 60 nodes look best; see
//! [`Selection`](crate::query::Selection)). Out: SVG. Names stand in boxes coloured and shaped by kind; the
//! edges between two nodes that mean the same sort of thing are one curve with one label; colour says
//! cooperation, conflict or neither; what is not told as a fact is dashed. Labels take part in the
//! layout as boxes, so that nothing written overlaps. Edges with one end are left out.

mod curve;
mod draw;
pub(super) mod layout;
mod refine;
pub(super) mod scene;
pub(super) mod width;

use crate::graph::KnowledgeGraph;

/// The graph as SVG.
pub(super) fn svg(graph: &KnowledgeGraph) -> String {
    let mut scene = scene::scene(graph);
    layout::place(&mut scene);
    draw::draw(graph, &scene)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    fn overlaps(scene: &scene::Scene<'_>) -> usize {
        let frames = &scene.frames;
        let pairs = (0..frames.len()).flat_map(|a| (a + 1..frames.len()).map(move |b| (a, b)));
        let touch = |a: &scene::Frame, b: &scene::Frame| {
            (a.x - b.x).abs() < a.w + b.w && (a.y - b.y).abs() < a.h + b.h
        };
        pairs.filter(|(a, b)| touch(&frames[*a], &frames[*b])).count()
    }

    #[test]
    fn nothing_written_overlaps() {
        for graph in [sample::graph(), sample::crowd(8, 12), sample::crowd(40, 90), KnowledgeGraph::default()]
        {
            let mut scene = scene::scene(&graph);
            layout::place(&mut scene);
            assert_eq!(overlaps(&scene), 0);
            assert!(scene.frames.iter().all(|frame| frame.x.is_finite() && frame.y.is_finite()));
        }
    }

    #[test]
    fn the_same_graph_gives_the_same_picture() {
        assert_eq!(svg(&sample::crowd(12, 20)), svg(&sample::crowd(12, 20)));
    }

    #[test]
    fn a_bundle_has_one_label_and_says_what_is_no_fact() {
        let graph = sample::graph();
        let scene = scene::scene(&graph);
        let labels: Vec<String> =
            scene.bundles.iter().map(|bundle| scene.frames[bundle.label].lines.join(", ")).collect();
        assert!(labels.contains(&"convinces (asked)".to_owned()), "{labels:?}");
        assert!(labels.contains(&"meets ×2".to_owned()));
        assert_eq!(scene.bundles.iter().filter(|bundle| bundle.is_dashed()).count(), 2);
        assert!(svg(&graph).contains("stroke-dasharray"));
    }

    #[test]
    fn a_tooltip_holds_the_sentence() {
        assert!(svg(&sample::graph()).contains("“Blinken urged China once more.” (second.txt:2)"));
    }
}
