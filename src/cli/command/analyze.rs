//! `demarche analyze FILE…`: the analysis record of each article, one JSON object a line.

use std::path::PathBuf;

use super::Desk;
use crate::cli::output::Row;
use crate::cli::reading::analyze_all;
use crate::cli::typed::Format;
use crate::export::record::Record;

pub(super) fn run(desk: &mut Desk<'_>, files: &[PathBuf]) -> anyhow::Result<bool> {
    let lexicon = desk.lexicon();
    let output = &mut *desk.output;
    let count = analyze_all(files, desk.threads, false, &lexicon, desk.messages, |_, analysis, _| {
        let record = Record::new(&analysis, &lexicon);
        if output.format() == Format::Jsonl {
            output.value(&record)?;
        } else {
            output.rows_of(&[Row { cells: Vec::new(), json: serde_json::to_value(&record)? }])?;
        }
        Ok(())
    })?;
    output.finish()?;
    Ok(count.articles > 0)
}
