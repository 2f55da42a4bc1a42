//! `demarche query GRAPH ARROW`: the edges that fit, one a line; for several arrows or a chain, the rows
//! that fit: who stands for each variable, and the edges that prove it.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::{Desk, graph};
use crate::cli::edge::{link_json, link_row};
use crate::cli::output::{Look, Row};
use crate::graph::KnowledgeGraph;
use crate::query::{self, Bound, Filter, Index, LIKELY, Pattern, Question};

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
    let (rows, all, what) = if pattern.is_one_edge() {
        let filter = &question.filter_of(0, filter);
        let mut links: Vec<_> = question.links(&graph, filter).collect();
        links.sort_by_key(|link| std::cmp::Reverse(filter.weight(link)));
        let rows: Vec<_> = links.iter().take(most).map(|link| link_row(link, filter)).collect();
        (rows, links.len(), "edges")
    } else {
        let answer = question.rows(&Index::of(&graph), filter, Bound::default());
        if answer.is_cut {
            let hint = "name a node, a predicate or a kind, or make a chain shorter";
            desk.messages.warning("the search was ended early: there may be more rows", Some(hint));
        }
        let row = |found| row(&graph, &question, &answer.variables, found, filter);
        (answer.rows.iter().take(most).map(row).collect(), answer.rows.len(), "rows")
    };
    desk.output.rows_of(&rows)?;
    desk.output.finish()?;
    if pattern.is_one_edge() && filter.min_confidence == LIKELY {
        let open = question.filter_of(0, &filter.trusting());
        let doubted = question.links(&graph, &open).count() - all;
        super::doubted(desk, doubted, "edge", "--min-confidence 0 lists them too");
    }
    if rows.is_empty() && !pattern.is_one_edge() {
        super::nothing_likely(desk, filter);
    }
    if rows.is_empty()
        && let Some(doubt) = pattern.doubt()
    {
        desk.messages.summary(doubt);
    }
    super::more(desk, rows.len(), all, what);
    Ok(!rows.is_empty())
}

fn row(
    graph: &KnowledgeGraph,
    question: &Question,
    variables: &[String],
    found: &query::Row<'_>,
    filter: &Filter,
) -> Row {
    let nodes =
        variables.iter().zip(&found.nodes).filter_map(|(name, node)| Some((name, graph.node(*node)?)));
    let mut cells = vec![(format!("{:>4}", found.weight), Look::Dim)];
    cells.extend(nodes.clone().map(|(name, node)| (format!("?{name} = {}", node.name), Look::Strong)));
    let edges: Vec<String> = found.steps.iter().flatten().map(ToString::to_string).collect();
    cells.push((edges.join("; "), Look::Plain));
    let bindings: Map<String, Value> = nodes
        .map(|(name, node)| (name.clone(), json!({"key": node.key, "name": node.name, "kind": node.kind})))
        .collect();
    let steps: Vec<Vec<Value>> = (0..)
        .zip(&found.steps)
        .map(|(n, links)| {
            let filter = question.filter_of(n, filter);
            links.iter().map(|link| link_json(link, &filter)).collect()
        })
        .collect();
    Row { cells, json: json!({"weight": found.weight, "bindings": bindings, "steps": steps}) }
}
