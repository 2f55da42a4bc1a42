//! A drawing of the graph, laid out by ourselves: no external program, the same picture every time.
//!
//! In: a graph of a size that can be looked at (5 to 60 nodes look best, 300 can be read; see
//! [`Selection`](crate::query::Selection)). Out: SVG. Names stand in boxes coloured and shaped by kind; the
//! edges between two nodes that mean the same sort of thing are one curve with one label; colour says
//! cooperation, conflict or neither; what is not told as a fact is dashed. Labels take part in the
//! layout as boxes, so that nothing written overlaps; of very many edges, those that are told least are thin
//! lines without a label behind the others. Edges with one end are left out.

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

/// The centre of every node in the drawing, in the graph's order.
pub(super) fn places(graph: &KnowledgeGraph) -> Vec<(f64, f64)> {
    let mut scene = scene::scene(graph);
    layout::place(&mut scene);
    let tenth = |length: f64| (length * 10.0).round() / 10.0 + 0.0;
    scene.frames.iter().take(scene.nodes).map(|frame| (tenth(frame.x), tenth(frame.y))).collect()
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

    fn check(graph: &KnowledgeGraph) {
        let mut scene = scene::scene(graph);
        layout::place(&mut scene);
        assert_eq!(overlaps(&scene), 0, "{} nodes", scene.nodes);
        assert!(scene.frames.iter().all(|frame| frame.x.is_finite() && frame.y.is_finite()));
    }

    #[test]
    fn nothing_written_overlaps() {
        for graph in [sample::graph(), sample::crowd(8, 12), KnowledgeGraph::default()] {
            check(&graph);
        }
        for (nodes, edges) in [(5, 4), (20, 40), (60, 300), (300, 500)] {
            check(&sample::crowd(nodes, edges));
        }
    }

    #[test]
    fn of_many_edges_only_as_many_have_labels_as_can_be_read() {
        let graph = sample::crowd(40, 400);
        let scene = scene::scene(&graph);
        assert!(scene.bundles.len() <= 30 + 40 + 10, "{}", scene.bundles.len());
        assert!(!scene.faint.is_empty());
        // Every node that has an edge has one with a label; none is lost.
        let tied = |n: usize| scene.bundles.iter().any(|bundle| bundle.from == n || bundle.to == n);
        assert!(scene.faint.iter().all(|bundle| tied(bundle.from) && tied(bundle.to)));
        let links: usize = scene.bundles.iter().chain(&scene.faint).map(|bundle| bundle.links.len()).sum();
        assert_eq!(links, graph.graph().edge_count());
        assert!(svg(&graph).contains("class=\"faint\""));
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
