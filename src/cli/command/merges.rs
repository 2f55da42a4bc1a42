//! `demarche merges GRAPH`: what was taken to be the same although the keys differ, and by which rule.
//!
//! A row can be forbidden by a line `apart, KEY, KEY` in a file for `--same`.

use std::path::Path;

use jiff::civil::Date;
use serde_json::json;

use super::{Desk, graph};
use crate::cli::output::{Look, Row};

pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    as_of: Option<Date>,
    most: usize,
) -> anyhow::Result<bool> {
    let graph = graph::open(desk, path, as_of)?;
    let all = graph.nodes().flat_map(|(_, node)| node.merged.iter().map(move |merge| (node, merge)));
    let mut all: Vec<_> = all.collect();
    all.sort_by(|a, b| (&a.0.key, a.1).cmp(&(&b.0.key, b.1)));
    let rows: Vec<Row> = all
        .iter()
        .take(most)
        .map(|(node, merge)| Row {
            cells: vec![
                (merge.name.clone(), Look::Strong),
                (merge.key.clone(), Look::Dim),
                ("is".to_owned(), Look::Plain),
                (node.name.clone(), Look::Strong),
                (node.key.clone(), Look::Dim),
                (merge.rule.clone(), Look::Plain),
            ],
            json: json!({"key": merge.key, "name": merge.name, "into": node.key, "named": node.name, "rule": merge.rule}),
        })
        .collect();
    desk.output.rows_of(&rows)?;
    desk.output.finish()?;
    super::more(desk, rows.len(), all.len(), "merges");
    Ok(!rows.is_empty())
}
