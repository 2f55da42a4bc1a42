//! Questions about nodes, edges, quotations and documents, and their answers.
//!
//! In: the graph and what was asked. Out: JSON, or a problem. Nothing here waits or writes; all of it runs on
//! a worker.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use petgraph::graph::NodeIndex;
use serde_json::{Value, json};

use super::Seen;
use super::answer::{self, SHOWN, listing};
use super::ask::Asked;
use super::problem::Problem;
use crate::graph::{EdgeId, KnowledgeGraph, Link, Node};
use crate::lexicon::Kind;
use crate::query::{self, Bound, Fault, Filter, Index, LIKELY, Pattern, QuoteQuestion};
use crate::relation::{QuotationKind, Side};

type Answer = Result<Value, Problem>;

/// `/api`: what there is.
pub(super) fn about(seen: &Seen<'_>, asked: &mut Asked) -> Answer {
    asked.finish()?;
    let graph = &*seen.graph;
    Ok(json!({
        "name": "demarche",
        "version": env!("CARGO_PKG_VERSION"),
        "graph": seen.title,
        "nodes": graph.nodes().count(),
        "edges": graph.links().count(),
        "documents": graph.sources().len(),
        "quotations": graph.quotations().len(),
        "openapi": "/api/openapi.json",
    }))
}

/// `/api/search?q=`: nodes by name, then edges and quotations by words.
pub(super) fn search(seen: &Seen<'_>, asked: &mut Asked) -> Answer {
    let graph = &*seen.graph;
    let wanted = asked.needed("q")?;
    let stretch = asked.stretch()?;
    asked.finish()?;
    let lower = wanted.to_lowercase();
    let mut nodes: Vec<NodeIndex> = query::find(graph, &wanted).unwrap_or_default();
    let known: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
    let holds = |node: &Node| {
        node.aliases.iter().chain([&node.name, &node.key]).any(|name| name.to_lowercase().contains(&lower))
    };
    let mut others: Vec<(NodeIndex, u32)> = graph
        .nodes()
        .filter(|(index, node)| !known.contains(index) && holds(node))
        .map(|(index, node)| (index, node.mentions))
        .collect();
    others.sort_by_key(|(index, mentions)| (std::cmp::Reverse(*mentions), *index));
    nodes.extend(others.into_iter().map(|(index, _)| index));
    let told =
        |link: &Link<'_>| link.edge.evidence.iter().any(|told| told.text.to_lowercase().contains(&lower));
    let edges: Vec<Link<'_>> = graph.links().filter(told).collect();
    let said: Vec<_> = graph.quotations().iter().filter(|q| q.text.to_lowercase().contains(&lower)).collect();
    Ok(json!({
        "nodes": listing(nodes, stretch, |index| graph.node(*index).map(|n| answer::node(graph, n)).unwrap_or_default()),
        "edges": listing(edges, stretch, |link| answer::edge(link, &Filter::default(), SHOWN)),
        "quotations": listing(said, stretch, |quotation| answer::quotation(graph, quotation)),
    }))
}

/// `/api/nodes`
pub(super) fn nodes(seen: &Seen<'_>, asked: &mut Asked) -> Answer {
    let kinds: Vec<Kind> = asked.all("kind").iter().map(|name| kind(name)).collect::<Result<_, _>>()?;
    let stretch = asked.stretch()?;
    asked.finish()?;
    let graph = &*seen.graph;
    let is_one = |node: &Node| kinds.is_empty() || kinds.contains(&node.kind);
    let nodes: Vec<&Node> = graph.nodes().map(|(_, node)| node).filter(|node| is_one(node)).collect();
    Ok(listing(nodes, stretch, |node| answer::node(graph, node)))
}

fn kind(name: &str) -> Result<Kind, Problem> {
    serde_json::from_value(json!(name)).map_err(|_| {
        let hint = "kinds are person, country, organization, place, group, other";
        Problem::asked(format!("`{name}` is no kind"), hint)
    })
}

/// The node that an address names by its key or name.
fn named(seen: &Seen<'_>, name: &str) -> Result<NodeIndex, Problem> {
    let found = query::find(&seen.graph, name)?;
    found
        .first()
        .copied()
        .ok_or_else(|| Problem::missing(format!("no node is called `{name}`"), "try /api/search"))
}

/// `/api/nodes/{key}`: a node and its edges.
pub(super) fn node(seen: &Seen<'_>, asked: &mut Asked) -> Answer {
    let (filter, stretch) = (asked.filter()?, asked.stretch()?);
    asked.finish()?;
    let graph = &*seen.graph;
    let index = named(seen, asked.within("key"))?;
    let links: Vec<Link<'_>> = graph.links_of(index).filter(|link| filter.admits(link)).collect();
    Ok(json!({
        "node": graph.node(index).map(|node| answer::node(graph, node)),
        "edges": listing(links, stretch, |link| answer::edge(link, &filter, SHOWN)),
    }))
}

/// `/api/nodes/{key}/network`: those around a node.
pub(super) fn network(seen: &Seen<'_>, asked: &mut Asked) -> Answer {
    let (filter, stretch, depth) = (asked.filter()?, asked.stretch()?, asked.read("depth", 1)?);
    asked.finish()?;
    let graph = &*seen.graph;
    let ego = query::ego(graph, named(seen, asked.within("key"))?, depth, &filter);
    let other = |alter: &query::Alter| {
        json!({
            "node": graph.node(alter.node).map(answer::node_short),
            "distance": alter.distance,
            "weight": alter.weight,
        })
    };
    Ok(json!({
        "node": graph.node(ego.node).map(|node| answer::node(graph, node)),
        "density": ego.density,
        "others": listing(ego.alters.clone(), stretch, other),
        "edges": listing(ego.by_weight(), stretch, |link| answer::edge(link, &filter, SHOWN)),
    }))
}

/// `/api/edges`
pub(super) fn edges(seen: &Seen<'_>, asked: &mut Asked) -> Answer {
    let (filter, stretch) = (asked.filter()?, asked.stretch()?);
    asked.finish()?;
    let links: Vec<Link<'_>> = seen.graph.links().filter(|link| filter.admits(link)).collect();
    Ok(listing(links, stretch, |link| answer::edge(link, &filter, SHOWN)))
}

fn link<'g>(graph: &'g KnowledgeGraph, asked: &Asked) -> Result<Link<'g>, Problem> {
    let id = asked.within("id");
    let number = id.strip_prefix('e').unwrap_or(id).parse::<u32>().ok();
    let found = number.and_then(|number| graph.link(EdgeId(number)));
    found.ok_or_else(|| {
        Problem::missing(format!("there is no edge `{id}`"), "/api/edges lists all, each with its id")
    })
}

/// `/api/edges/{id}`: an edge with all its evidence.
pub(super) fn edge(seen: &Seen<'_>, asked: &mut Asked) -> Answer {
    asked.finish()?;
    Ok(answer::edge(&link(&seen.graph, asked)?, &Filter::default(), usize::MAX))
}

/// `/api/edges/{id}/evidence`
pub(super) fn evidence(seen: &Seen<'_>, asked: &mut Asked) -> Answer {
    let stretch = asked.stretch()?;
    asked.finish()?;
    let link = link(&seen.graph, asked)?;
    Ok(listing(link.edge.evidence.iter().collect(), stretch, |told| answer::evidence(&link, told)))
}

/// `/api/quotations`
pub(super) fn quotations(seen: &Seen<'_>, asked: &mut Asked) -> Answer {
    let graph = &*seen.graph;
    let mut who = |name: &'static str| -> Result<Option<Vec<NodeIndex>>, Problem> {
        Ok(asked.one(name)?.map(|name| query::find(graph, &name)).transpose()?)
    };
    let (by, to, about) = (who("by")?, who("to")?, who("about")?);
    let kind: Option<QuotationKind> = match asked.one("kind")? {
        None => None,
        Some(kind) => Some(serde_json::from_value(json!(kind)).map_err(|_| {
            Problem::asked(format!("`{kind}` is no kind of quotation"), "kinds are direct, indirect, mixed")
        })?),
    };
    let stance: Option<Side> =
        match asked.one("stance")? {
            None => None,
            Some(side) => Some(serde_json::from_value(json!(side)).map_err(|_| {
                Problem::asked(format!("`{side}` is no stance"), "stances are for and against")
            })?),
        };
    let containing = asked.all("containing");
    let [since, until] = [asked.day("since")?, asked.day("until")?];
    let min_confidence = asked.read("min_confidence", LIKELY)?;
    let as_of = asked.as_of;
    let stretch = asked.stretch()?;
    asked.finish()?;
    let question =
        QuoteQuestion { by, to, about, kind, stance, containing, since, until, as_of, min_confidence };
    Ok(listing(question.quotations(graph).collect(), stretch, |quotation| {
        answer::quotation(graph, quotation)
    }))
}

/// The rows of several arrows are kept until they are sorted: an answer has no more. `cut` tells.
const ROWS: Bound = Bound { edges: 50_000_000, rows: 100_000 };

/// `/api/query?arrow=`: the edges that fit an arrow, or the rows that fit several or a chain.
pub(super) fn arrow(seen: &Seen<'_>, asked: &mut Asked) -> Answer {
    let text = asked.needed("arrow")?;
    let (filter, stretch) = (asked.filter()?, asked.stretch()?);
    asked.finish()?;
    let pattern: Pattern = text
        .parse()
        .map_err(|fault: Fault| Problem { status: StatusCode::BAD_REQUEST, ..Problem::from(fault) })?;
    let graph = &*seen.graph;
    let question = pattern.resolve(graph)?;
    if pattern.is_one_edge() {
        let links = question.links(graph, &filter).collect();
        let filter = question.filter_of(0, &filter);
        return Ok(listing(links, stretch, |link| answer::edge(link, &filter, SHOWN)));
    }
    let found = question.rows(&Index::of(graph), &filter, ROWS);
    let filters: Vec<Filter> = (0..pattern.arrows()).map(|n| question.filter_of(n, &filter)).collect();
    let (variables, cut) = (found.variables, found.is_cut);
    let mut answer = listing(found.rows, stretch, |row| answer::row(graph, &variables, &filters, row));
    if let Some(fields) = answer.as_object_mut() {
        fields.insert("variables".to_owned(), json!(variables));
        fields.insert("cut".to_owned(), json!(cut));
    }
    Ok(answer)
}

/// `/api/documents`
pub(super) fn documents(seen: &Seen<'_>, asked: &mut Asked) -> Answer {
    let stretch = asked.stretch()?;
    asked.finish()?;
    let sources: Vec<_> = (0u32..).zip(seen.graph.sources()).collect();
    Ok(listing(sources, stretch, |(number, source)| answer::document(*number, source)))
}
