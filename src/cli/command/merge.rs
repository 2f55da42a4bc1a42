//! `demarche merge GRAPH… -o GRAPH`: the graph that would have been built at once.

use std::path::{Path, PathBuf};

use super::{Desk, build};
use crate::graph::Readings;

pub(super) fn run(desk: &mut Desk<'_>, graphs: &[PathBuf], output: &Path) -> anyhow::Result<bool> {
    let mut merged = Readings::default();
    for path in graphs {
        // One file that cannot be read does not stop the others, but the exit code tells.
        match Readings::load(path) {
            Ok(readings) => merged.merge(&readings),
            Err(error) => desk.messages.error(error, None),
        }
    }
    merged.tell(&desk.same());
    build::save(desk, &merged, output)
}
