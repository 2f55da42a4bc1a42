//! `demarche ego GRAPH NAME`: who is near somebody, and all edges among them.

use std::path::Path;

use super::{Desk, graph};
use crate::cli::edge::link_row;
use crate::query::{self, Filter};

pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    name: &str,
    depth: usize,
    filter: &Filter,
    most: usize,
) -> anyhow::Result<bool> {
    let graph = graph::open(desk, path, filter.as_of)?;
    let named = graph::named(desk, &graph, name).and_then(|nodes| nodes.first().copied());
    let Some(node) = named else {
        desk.output.finish()?;
        return Ok(false);
    };
    let ego = query::ego(&graph, node, depth, filter);
    let rows: Vec<_> = ego.by_weight().iter().take(most).map(|link| link_row(link, filter)).collect();
    desk.output.rows_of(&rows)?;
    desk.output.finish()?;
    let (near, edges) = (ego.alters.len(), ego.links.len());
    let density = ego.density;
    desk.messages.summary(format!("{near} others, {edges} edges; density without the middle {density:.2}"));
    super::more(desk, rows.len(), edges, "edges");
    Ok(edges > 0)
}
