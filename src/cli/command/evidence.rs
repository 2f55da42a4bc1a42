//! `demarche evidence GRAPH ARROW`: the sentences behind the edges that fit.

use std::path::Path;

use super::{Desk, graph};
use crate::cli::edge::{cut_to, evidence_json, evidence_place};
use crate::cli::output::{Look, Row};
use crate::query::{Filter, Pattern};

pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    pattern: &Pattern,
    filter: &Filter,
    most: usize,
) -> anyhow::Result<bool> {
    let graph = graph::open(desk, path, filter.as_of)?;
    let question = match pattern.resolve(&graph) {
        Ok(question) => question,
        Err(unknown) => {
            graph::unknown_word(desk, &unknown);
            desk.output.finish()?;
            return Ok(false);
        }
    };
    let own = question.filter_of(0, filter);
    let proof = if pattern.is_one_edge() { &own } else { filter };
    let mut told = 0;
    let mut all = 0;
    for link in question.links(&graph, filter) {
        all += proof.weight(&link);
        if told >= most {
            continue;
        }
        desk.output.line(&link.to_string(), Look::Strong)?;
        let rows: Vec<Row> = proof
            .evidence(&link)
            .take(most - told)
            .map(|evidence| {
                let day = evidence.day(graph.sources()).map_or_else(String::new, |day| day.to_string());
                let who =
                    evidence.attribution.as_deref().map(|key| format!(" (says {})", graph.name_of(key)));
                let rule = format!("[{}]{}", evidence.rule, who.unwrap_or_default());
                let mut json = evidence_json(&link, evidence);
                if let Some(fields) = json.as_object_mut() {
                    fields.insert("edge".to_owned(), link.to_string().into());
                }
                let cells = vec![
                    (format!("  {}", evidence_place(&link, evidence)), Look::Dim),
                    (day, Look::Dim),
                    (cut_to(&evidence.text, 400), Look::Words),
                    (rule, Look::Dim),
                ];
                Row { cells, json }
            })
            .collect();
        told += rows.len();
        for row in rows {
            desk.output.rows_of(&[row])?;
        }
    }
    desk.output.finish()?;
    super::more(desk, told, all, "pieces of evidence");
    if told == 0 {
        super::nothing_likely(desk, filter);
    }
    Ok(told > 0)
}
