//! `demarche build FILE… -o GRAPH`: many articles become one graph file.

use std::path::{Path, PathBuf};

use super::Desk;
use crate::cli::reading::analyze_all;
use crate::graph::{Reading, Readings, Size};

pub(super) fn run(desk: &mut Desk<'_>, files: &[PathBuf], output: &Path) -> anyhow::Result<bool> {
    let readings = readings_of(desk, files)?;
    save(desk, &readings, output)
}

/// Reads articles and hands on what each tells.
pub(super) fn read_into(
    desk: &mut Desk<'_>,
    files: &[PathBuf],
    mut take: impl FnMut(Reading),
) -> anyhow::Result<()> {
    let lexicon = desk.lexicon();
    analyze_all(files, desk.threads, true, &lexicon, desk.messages, |_, analysis, _| {
        take(Reading::of(&analysis, &lexicon));
        Ok(())
    })?;
    Ok(())
}

/// Writes a graph file and says what is in it; true if it has an edge.
pub(super) fn save(desk: &mut Desk<'_>, readings: &Readings, output: &Path) -> anyhow::Result<bool> {
    let started = std::time::Instant::now();
    readings.save(output)?;
    let seconds = started.elapsed().as_secs_f32();
    let Size { nodes, edges, quotations, documents } = readings.size();
    desk.messages.summary(format!(
        "{}: {nodes} nodes, {edges} edges and {quotations} quotations from {documents} articles (written in {seconds:.1} s)",
        output.display(),
    ));
    Ok(edges > 0)
}

/// What some articles tell.
pub(super) fn readings_of(desk: &mut Desk<'_>, files: &[PathBuf]) -> anyhow::Result<Readings> {
    let mut readings = Readings::default();
    read_into(desk, files, |reading| {
        readings.insert(reading);
    })?;
    readings.tell(&desk.same());
    Ok(readings)
}
