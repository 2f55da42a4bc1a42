//! `demarche neighbors GRAPH NAME`: who has to do with somebody, and through what.

use std::path::Path;

use serde_json::json;

use super::{Desk, graph};
use crate::cli::edge::link_json;
use crate::cli::output::{Look, Row};
use crate::query::{self, Filter};

/// Edges that a row names.
const EDGES: usize = 4;

pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    name: &str,
    filter: &Filter,
    most: usize,
) -> anyhow::Result<bool> {
    let graph = graph::open(desk, path, filter.as_of)?;
    let Some(node) = graph::named(desk, &graph, name).and_then(|nodes| nodes.first().copied()) else {
        desk.output.finish()?;
        return Ok(false);
    };
    let neighbors = query::neighbors(&graph, node, filter);
    let rows: Vec<Row> = neighbors
        .iter()
        .take(most)
        .map(|neighbor| {
            let other = neighbor.node.and_then(|index| graph.node(index));
            let mut through: Vec<String> =
                neighbor.links.iter().take(EDGES).map(|link| super::from_end(link, node, filter)).collect();
            if neighbor.links.len() > EDGES {
                through.push(format!("and {} more", neighbor.links.len() - EDGES));
            }
            let cells = vec![
                (format!("{:>4}", neighbor.weight), Look::Dim),
                (other.map_or("?", |n| n.name.as_str()).to_owned(), Look::Strong),
                (through.join(", "), Look::Plain),
            ];
            let links: Vec<_> = neighbor.links.iter().map(|link| link_json(link, filter)).collect();
            let json = json!({
                "name": other.map(|n| &n.name),
                "key": other.map(|n| &n.key),
                "weight": neighbor.weight,
                "edges": links,
            });
            Row { cells, json }
        })
        .collect();
    desk.output.rows_of(&rows)?;
    desk.output.finish()?;
    super::more(desk, rows.len(), neighbors.len(), "neighbours");
    if rows.is_empty() {
        super::nothing_likely(desk, filter);
    }
    Ok(!rows.is_empty())
}
