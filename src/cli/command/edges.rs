//! `demarche FILE…`: the edges of articles, one a line, with place and words.

use std::path::PathBuf;

use super::Desk;
use crate::cli::edge::relation_row;
use crate::cli::reading::analyze_all;

pub(super) fn run(desk: &mut Desk<'_>, files: &[PathBuf]) -> anyhow::Result<bool> {
    let lexicon = desk.lexicon();
    let output = &mut *desk.output;
    let count = analyze_all(files, desk.threads, false, &lexicon, desk.messages, |article, analysis, _| {
        let relations = &analysis.relations.relations;
        let rows: Vec<_> =
            relations.iter().map(|relation| relation_row(article, &analysis, relation, &lexicon)).collect();
        output.rows_of(&rows)?;
        Ok(())
    })?;
    output.finish()?;
    if count.articles > 1 {
        desk.messages.summary(format!("{} edges in {} articles", output.rows(), count.articles));
    } else if count.articles == 1 && output.rows() == 0 {
        desk.messages.summary("no edges were found; `demarche explain 'SENTENCE'` shows why");
    }
    Ok(output.rows() > 0)
}
