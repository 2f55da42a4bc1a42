//! `demarche FILE…`: the edges of articles, one a line, with place and words.

use std::path::PathBuf;

use super::Desk;
use crate::cli::edge::relation_row;
use crate::cli::reading::analyze_all;
use crate::query::LIKELY;

pub(super) fn run(desk: &mut Desk<'_>, files: &[PathBuf], least: f32) -> anyhow::Result<bool> {
    let lexicon = desk.lexicon();
    let (output, mut doubted) = (&mut *desk.output, 0);
    let count = analyze_all(files, desk.threads, false, &lexicon, desk.messages, |article, analysis, _| {
        let relations = &analysis.relations.relations;
        let likely = relations.iter().filter(|relation| relation.confidence >= least);
        let rows: Vec<_> =
            likely.map(|relation| relation_row(article, &analysis, relation, &lexicon)).collect();
        doubted += relations.len() - rows.len();
        output.rows_of(&rows)?;
        Ok(())
    })?;
    output.finish()?;
    if count.articles > 1 {
        desk.messages.summary(format!("{} edges in {} articles", output.rows(), count.articles));
    } else if count.articles == 1 && output.rows() == 0 {
        desk.messages.summary("no edges were found; `demarche explain 'SENTENCE'` shows why");
    }
    let found = output.rows() > 0;
    if least == LIKELY {
        super::doubted(desk, doubted, "edge", "--min-confidence 0 lists them too");
    }
    Ok(found)
}
