//! `demarche top GRAPH`: who and what comes up most.

use std::path::Path;

use serde_json::json;

use super::{Desk, graph};
use crate::cli::edge::link_json;
use crate::cli::meant::TopOf;
use crate::cli::output::{Look, Row};
use crate::graph::KnowledgeGraph;
use crate::query::{self, Centrality, Filter};

pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    of: &TopOf,
    filter: &Filter,
    most: usize,
) -> anyhow::Result<bool> {
    let graph = graph::open(desk, path, filter.as_of)?;
    let (rows, all, what) = match of {
        TopOf::Nodes(measure) => {
            let nodes = query::top_nodes(&graph, *measure, filter);
            let rows = nodes.iter().take(most).filter_map(|(index, count)| {
                let node = graph.node(*index)?;
                let role = node.roles.first().map_or_else(String::new, |role| role.title.clone());
                let kind = serde_json::to_value(node.kind).ok()?;
                let cells = vec![
                    (format!("{count:>6}"), Look::Dim),
                    (node.name.clone(), Look::Strong),
                    (kind.as_str().unwrap_or("").to_owned(), Look::Plain),
                    (role, Look::Dim),
                ];
                let json = json!({"name": node.name, "key": node.key, "kind": kind, "count": count});
                Some(Row { cells, json })
            });
            (rows.collect::<Vec<_>>(), nodes.len(), "nodes")
        }
        TopOf::Ranked(measure) => ranked(desk, &graph, *measure, filter, most)?,
        TopOf::Predicates => {
            let predicates = query::top_predicates(&graph, filter);
            let rows = predicates.iter().take(most).map(|(name, edges, evidence)| Row {
                cells: vec![
                    (format!("{evidence:>6}"), Look::Dim),
                    ((*name).to_owned(), Look::Strong),
                    (format!("{edges} edges"), Look::Dim),
                ],
                json: json!({"predicate": name, "edges": edges, "evidence": evidence}),
            });
            (rows.collect(), predicates.len(), "predicates")
        }
        TopOf::Pairs => pairs(&graph, filter, most),
    };
    desk.output.rows_of(&rows)?;
    desk.output.finish()?;
    super::more(desk, rows.len(), all, what);
    Ok(!rows.is_empty())
}

/// Nodes by a measure of the whole network, on as many threads as were asked for.
fn ranked(
    desk: &Desk<'_>,
    graph: &KnowledgeGraph,
    measure: Centrality,
    filter: &Filter,
    most: usize,
) -> anyhow::Result<(Vec<Row>, usize, &'static str)> {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(desk.threads).build()?;
    let nodes = threads.install(|| query::rank(graph, measure, filter));
    let rows = nodes.iter().take(most).filter_map(|(index, value)| {
        let node = graph.node(*index)?;
        let shown = match measure {
            Centrality::PageRank => format!("{value:>8.6}"),
            Centrality::Betweenness(_) => format!("{value:>12.1}"),
        };
        let cells = vec![(shown, Look::Dim), (node.name.clone(), Look::Strong)];
        Some(Row {
            cells,
            json: json!({"name": node.name, "key": node.key, "kind": node.kind, "value": value}),
        })
    });
    Ok((rows.collect(), nodes.len(), "nodes"))
}

fn pairs(graph: &KnowledgeGraph, filter: &Filter, most: usize) -> (Vec<Row>, usize, &'static str) {
    let pairs = query::top_pairs(graph, filter);
    let name = |index| graph.node(index).map_or("?", |node| node.name.as_str());
    let rows = pairs.iter().take(most).map(|pair| {
        let [a, b] = pair.nodes;
        let edges: Vec<String> =
            pair.links.iter().take(4).map(|link| super::from_end(link, a, filter)).collect();
        let links: Vec<_> = pair.links.iter().map(|link| link_json(link, filter)).collect();
        Row {
            cells: vec![
                (format!("{:>6}", pair.weight), Look::Dim),
                (format!("{} and {}", name(a), name(b)), Look::Strong),
                (edges.join(", "), Look::Plain),
            ],
            json: json!({"names": [name(a), name(b)], "weight": pair.weight, "edges": links}),
        }
    });
    (rows.collect(), pairs.len(), "pairs")
}
