//! `demarche path GRAPH FROM TO --all`: every chain between two, up to a length, with its evidence.
//!
//! For people each chain is a line of names and, below it, the edges of its steps; a step may have several.
//! For programs it is one object with all of them.

use std::path::Path;

use serde_json::json;

use super::{Desk, graph};
use crate::cli::edge::{link_json, link_row};
use crate::cli::output::{Look, Row};
use crate::cli::typed::Format;
use crate::graph::{KnowledgeGraph, Link};
use crate::query::{self, Bounds, Chain, Filter, LONGEST};

/// For people a step shows so many edges.
const EDGES: usize = 3;

pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    ends: [&str; 2],
    max_length: usize,
    filter: &Filter,
    most: usize,
) -> anyhow::Result<bool> {
    let graph = graph::open(desk, path, filter.as_of)?;
    let [from, to] =
        ends.map(|name| graph::named(desk, &graph, name).and_then(|nodes| nodes.first().copied()));
    let (Some(from), Some(to)) = (from, to) else {
        desk.output.finish()?;
        return Ok(false);
    };
    let bounds = Bounds { max_length, ..Bounds::default() };
    let bounds = Bounds { most: most.min(100 * bounds.most), ..bounds };
    let found = query::chains(&graph, from, to, filter, bounds);
    for (n, chain) in found.chains.iter().enumerate() {
        if desk.output.format() == Format::Table {
            if n > 0 {
                desk.output.line("", Look::Plain)?;
            }
            desk.output.line(&names(&graph, chain), Look::Strong)?;
            let links = chain.steps.iter().flat_map(|links| links.iter().take(EDGES));
            desk.output.rows_of(&links.map(|link| link_row(link, filter)).collect::<Vec<_>>())?;
        } else {
            desk.output.rows_of(&[Row { cells: Vec::new(), json: chain_json(&graph, chain, filter) }])?;
        }
    }
    desk.output.finish()?;
    if from == to {
        desk.messages.summary("both names mean the same");
    } else if found.chains.is_empty() {
        desk.messages.summary(format!("no chain of at most {max_length} steps connects the two"));
    }
    if found.cut {
        let hint =
            "ask for shorter chains (--max-length), for more of them (--limit), or for fewer edges (--facts)";
        desk.messages.warning("there are more chains than these, the longest were left out", Some(hint));
    } else if max_length > LONGEST {
        desk.messages.warning(format!("chains of more than {LONGEST} steps are not looked for"), None);
    }
    Ok(!found.chains.is_empty())
}

fn names(graph: &KnowledgeGraph, chain: &Chain<'_>) -> String {
    let names: Vec<&str> =
        chain.nodes.iter().map(|index| graph.node(*index).map_or("?", |node| &*node.name)).collect();
    names.join(" – ")
}

fn chain_json(graph: &KnowledgeGraph, chain: &Chain<'_>, filter: &Filter) -> serde_json::Value {
    let nodes: Vec<_> = chain
        .nodes
        .iter()
        .filter_map(|index| graph.node(*index))
        .map(|node| json!({"key": node.key, "name": node.name}))
        .collect();
    let step = |links: &Vec<Link<'_>>| links.iter().map(|link| link_json(link, filter)).collect();
    let steps: Vec<Vec<_>> = chain.steps.iter().map(step).collect();
    json!({"length": chain.steps.len(), "weakest": chain.weakest(), "nodes": nodes, "steps": steps})
}
