//! `demarche query GRAPH ARROW`: the edges that fit, one a line.

use std::path::Path;

use super::{Desk, graph};
use crate::cli::edge::link_row;
use crate::query::{Filter, Pattern};

pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    pattern: &Pattern,
    filter: &Filter,
    most: usize,
) -> anyhow::Result<bool> {
    let graph = graph::open(desk, path)?;
    let question = match pattern.resolve(&graph) {
        Ok(question) => question,
        Err(unknown) => {
            graph::unknown_name(desk, &unknown);
            desk.output.finish()?;
            return Ok(false);
        }
    };
    let mut links: Vec<_> = question.links(&graph, filter).collect();
    links.sort_by_key(|link| std::cmp::Reverse(link.edge.weight()));
    let rows: Vec<_> = links.iter().take(most).map(link_row).collect();
    desk.output.rows_of(&rows)?;
    desk.output.finish()?;
    super::more(desk, rows.len(), links.len(), "edges");
    Ok(!rows.is_empty())
}
