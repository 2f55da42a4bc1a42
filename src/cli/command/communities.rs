//! `demarche communities GRAPH`: groups that have more to do with each other than with the rest.

use std::mem::ManuallyDrop;
use std::path::Path;

use serde_json::json;

use super::{Desk, graph};
use crate::cli::output::{Look, Row};
use crate::query::{self, Company, Filter, Scope};

/// So many names stand in a row for people.
const NAMES: usize = 8;

pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    how: Company,
    together: Option<Scope>,
    filter: &Filter,
    most: usize,
) -> anyhow::Result<bool> {
    let mut graph = graph::open(desk, path, filter.as_of)?;
    if let Some(scope) = together {
        graph = ManuallyDrop::new(query::with_co_mentions(&graph, scope));
    }
    let found = query::communities(&graph, filter, how);
    let rows = found.communities.iter().take(most).enumerate().map(|(n, community)| {
        let nodes: Vec<_> = community.nodes.iter().filter_map(|index| graph.node(*index)).collect();
        let mut names: Vec<&str> = nodes.iter().take(NAMES).map(|node| &*node.name).collect();
        if nodes.len() > NAMES {
            names.push("…");
        }
        let members: Vec<_> =
            nodes.iter().map(|node| json!({"key": node.key, "name": node.name, "kind": node.kind})).collect();
        Row {
            cells: vec![
                (format!("{:>4}", n + 1), Look::Dim),
                (format!("{:>5} nodes", nodes.len()), Look::Plain),
                (format!("{} inside, {} across", community.inside, community.across), Look::Dim),
                (names.join(", "), Look::Strong),
            ],
            json: json!({
                "community": n + 1,
                "size": nodes.len(),
                "inside": community.inside,
                "across": community.across,
                "members": members,
            }),
        }
    });
    let rows: Vec<Row> = rows.collect();
    desk.output.rows_of(&rows)?;
    desk.output.finish()?;
    let all = found.communities.len();
    if all > 0 {
        desk.messages.summary(format!("{all} communities, modularity {:.4}", found.modularity));
    }
    super::more(desk, rows.len(), all, "communities");
    Ok(all > 0)
}
