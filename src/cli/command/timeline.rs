//! `demarche timeline GRAPH`: what happened when.

use std::path::Path;

use serde_json::json;

use super::{Desk, graph};
use crate::cli::edge::{cut, evidence_json, evidence_place};
use crate::cli::output::{Look, Row};
use crate::graph::Link;
use crate::query::{self, Filter};

pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    of: Option<&str>,
    filter: &Filter,
    most: usize,
) -> anyhow::Result<bool> {
    let graph = graph::open(desk, path, filter.as_of)?;
    let links: Vec<Link<'_>> = match of {
        None => graph.links().filter(|link| filter.admits(link)).collect(),
        Some(name) => {
            let Some(nodes) = graph::named(desk, &graph, name) else {
                desk.output.finish()?;
                return Ok(false);
            };
            let node = nodes.first().copied();
            node.into_iter()
                .flat_map(|node| graph.links_of(node))
                .filter(|link| filter.admits(link))
                .collect()
        }
    };
    let events = query::timeline(links, filter);
    let rows: Vec<Row> = events
        .iter()
        .take(most)
        .map(|event| {
            let mut json = evidence_json(&event.link, event.evidence);
            if let Some(fields) = json.as_object_mut() {
                fields.insert("day".to_owned(), json!(event.day));
                fields.insert("edge".to_owned(), event.link.to_string().into());
            }
            let cells = vec![
                (event.day.map_or_else(|| "?".to_owned(), |day| day.to_string()), Look::Dim),
                (event.link.to_string(), Look::Strong),
                (cut(&event.evidence.text), Look::Words),
                (evidence_place(&event.link, event.evidence), Look::Dim),
            ];
            Row { cells, json }
        })
        .collect();
    desk.output.rows_of(&rows)?;
    desk.output.finish()?;
    super::more(desk, rows.len(), events.len(), "events");
    if rows.is_empty() {
        super::nothing_likely(desk, filter);
    }
    Ok(!rows.is_empty())
}
