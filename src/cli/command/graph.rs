//! The graph that a question is put to: a graph file, or articles that are read on the spot.

use std::fs::File;
use std::io::Read;
use std::mem::ManuallyDrop;
use std::path::Path;

use petgraph::graph::NodeIndex;

use super::{Desk, build};
use crate::graph::{KnowledgeGraph, Readings};
use crate::query::{self, Fault, UnknownName};

/// Loads a graph file; anything else is read as articles. The graph is never taken apart: the process ends
/// when the question is answered, and to free a million edges takes a fifth as long as to load them.
pub(super) fn open(desk: &mut Desk<'_>, path: &Path) -> anyhow::Result<ManuallyDrop<KnowledgeGraph>> {
    if path.as_os_str() != "-" && (is_graph(path) || !path.exists()) {
        let mut readings = Readings::load(path)?;
        readings.tell(&desk.same());
        return Ok(ManuallyDrop::new(readings.into_graph()));
    }
    build::graph_of(desk, &[path.to_owned()]).map(ManuallyDrop::new)
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
