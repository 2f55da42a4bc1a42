//! `demarche add GRAPH FILE…`: more articles into a graph that is there.

use std::path::{Path, PathBuf};

use super::{Desk, build};
use crate::graph::Readings;

pub(super) fn run(
    desk: &mut Desk<'_>,
    graph: &Path,
    files: &[PathBuf],
    output: &Path,
) -> anyhow::Result<bool> {
    let mut readings = Readings::load(graph)?;
    let mut replaced = 0;
    build::read_into(desk, files, |reading| replaced += usize::from(readings.replace(reading)))?;
    if replaced > 0 {
        desk.messages.summary(format!("{replaced} articles took the place of their former text"));
    }
    readings.tell(&desk.same());
    build::save(desk, &readings, output)
}
