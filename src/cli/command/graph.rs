//! The graph that a question is put to: a graph file, or articles that are read on the spot.

use std::fs::File;
use std::io::Read;
use std::mem::ManuallyDrop;
use std::path::Path;

use jiff::civil::Date;
use petgraph::graph::NodeIndex;

use super::{Desk, build};
use crate::graph::{KnowledgeGraph, Readings};
use crate::query::{self, Fault, Filter, UnknownName};

/// Loads a graph file; anything else is read as articles. The graph is never taken apart: the process ends
/// when the question is answered, and to free a million edges takes a fifth as long as to load them.
///
/// With `as_of` it is the graph that could be known on that day: as if nothing had been read that was
/// published later, so that no name, merge, count or quotation comes from the future.
pub(super) fn open(
    desk: &mut Desk<'_>,
    path: &Path,
    as_of: Option<Date>,
) -> anyhow::Result<ManuallyDrop<KnowledgeGraph>> {
    let mut readings = readings(desk, path)?;
    if let Some(day) = as_of {
        let (_, undated) = readings.keep_published_by(day);
        if undated > 0 {
            let articles = if undated == 1 { "article" } else { "articles" };
            desk.messages.summary(format!("--as-of leaves out {undated} {articles} without a day"));
        }
        if readings.is_empty() {
            desk.messages.summary(format!("no article was published by {day}"));
        }
    }
    Ok(ManuallyDrop::new(readings.into_graph()))
}

/// The same, of the days of the filter: for those who ask the graph as a whole.
pub(super) fn open_of(
    desk: &mut Desk<'_>,
    path: &Path,
    filter: &Filter,
) -> anyhow::Result<ManuallyDrop<KnowledgeGraph>> {
    let graph = open(desk, path, filter.as_of)?;
    if !filter.asks_for_days() {
        return Ok(graph);
    }
    Ok(ManuallyDrop::new(query::of_days(&graph, filter)))
}

fn readings(desk: &mut Desk<'_>, path: &Path) -> anyhow::Result<Readings> {
    if path.as_os_str() != "-" && (is_graph(path) || !path.exists()) {
        let mut readings = Readings::load(path)?;
        readings.tell(&desk.same());
        return Ok(readings);
    }
    build::readings_of(desk, &[path.to_owned()])
}

/// True if the file begins like one of our graph files, or like one that is broken.
pub(super) fn is_graph(path: &Path) -> bool {
    let mut head = [0; 256];
    let Ok(mut file) = File::open(path) else { return false };
    let read = file.read(&mut head).unwrap_or(0);
    String::from_utf8_lossy(head.get(..read).unwrap_or(&[])).contains("demarche/graph")
}

/// The nodes that a name may mean; an unknown name is told, with what may have been meant.
pub(super) fn named(desk: &mut Desk<'_>, graph: &KnowledgeGraph, name: &str) -> Option<Vec<NodeIndex>> {
    match query::find(graph, name) {
        Ok(nodes) => Some(nodes),
        Err(unknown) => {
            unknown_name(desk, &unknown);
            None
        }
    }
}

/// Nobody of that name is no failure: nothing was found.
pub(super) fn unknown_name(desk: &mut Desk<'_>, unknown: &UnknownName) {
    desk.messages.warning(unknown, unknown.hint().as_deref());
}

/// A word of a question that means nothing in this graph: nothing was found.
pub(super) fn unknown_word(desk: &mut Desk<'_>, fault: &Fault) {
    desk.messages.warning(format!("{fault}\n{}", fault.drawing()), fault.hint.as_deref());
}
