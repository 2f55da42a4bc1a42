//! `demarche path GRAPH FROM TO`: the shortest chain of edges between two.

use std::path::Path;

use super::{Desk, graph};
use crate::cli::edge::link_row;
use crate::query::{self, Filter};

pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    from: &str,
    to: &str,
    filter: &Filter,
) -> anyhow::Result<bool> {
    let graph = graph::open(desk, path, filter.as_of)?;
    let first = |nodes: Option<Vec<_>>| nodes.and_then(|nodes: Vec<_>| nodes.first().copied());
    let ends = (first(graph::named(desk, &graph, from)), first(graph::named(desk, &graph, to)));
    let (Some(start), Some(end)) = ends else {
        desk.output.finish()?;
        return Ok(false);
    };
    let links = query::shortest(&graph, start, end, filter);
    let rows: Vec<_> = links.iter().flatten().map(|link| link_row(link, filter)).collect();
    desk.output.rows_of(&rows)?;
    desk.output.finish()?;
    match &links {
        None => {
            desk.messages.summary("nothing connects the two");
            super::nothing_likely(desk, filter);
        }
        Some(links) if links.is_empty() => desk.messages.summary("both names mean the same"),
        Some(_) => {}
    }
    Ok(!rows.is_empty())
}
