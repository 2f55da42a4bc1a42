//! `demarche build FILE… -o GRAPH`: many articles become one graph file.

use std::path::{Path, PathBuf};

use super::Desk;
use crate::cli::reading::analyze_all;
use crate::graph::KnowledgeGraph;

pub(super) fn run(desk: &mut Desk<'_>, files: &[PathBuf], output: &Path) -> anyhow::Result<bool> {
    let (graph, articles) = graph_of(desk, files)?;
    let started = std::time::Instant::now();
    graph.save(output)?;
    let edges = graph.links().count();
    desk.messages.summary(format!(
        "{}: {} nodes, {edges} edges and {} quotations from {articles} articles (written in {:.1} s)",
        output.display(),
        graph.nodes().count(),
        graph.quotations().len(),
        started.elapsed().as_secs_f32(),
    ));
    Ok(edges > 0)
}

/// The graph of some articles, and their number.
pub(super) fn graph_of(desk: &mut Desk<'_>, files: &[PathBuf]) -> anyhow::Result<(KnowledgeGraph, usize)> {
    let lexicon = desk.lexicon();
    let mut graph = KnowledgeGraph::default();
    let count = analyze_all(files, desk.threads, true, &lexicon, desk.messages, |_, analysis, _| {
        graph.absorb(&analysis, &lexicon);
        Ok(())
    })?;
    let same = desk.same();
    Ok((graph.unite_with(&same), count.articles))
}
