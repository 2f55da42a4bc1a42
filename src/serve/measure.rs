//! Questions about the whole network: chains between two, who matters, who keeps company with whom.

use serde_json::{Value, json};

use super::Seen;
use super::answer::{self, SHOWN, listing};
use super::ask::Asked;
use super::problem::Problem;
use crate::query::{self, Betweenness, Bounds, Centrality, Company, Filter, LIKELY, LONGEST, Measure, Ties};

type Answer = Result<Value, Problem>;

/// Larger networks are measured from so many nodes only: an answer must not take minutes.
const STARTS: usize = 2_000;

/// `/api/paths?from=&to=`: the shortest chain, or all up to a length.
pub(super) fn paths(seen: &Seen<'_>, asked: &mut Asked) -> Answer {
    let graph = &*seen.graph;
    let (from, to) = (asked.needed("from")?, asked.needed("to")?);
    let (all, max_length) = (asked.flag("all")?, asked.read("max_length", 3)?);
    let (filter, stretch) = (asked.filter()?, asked.stretch()?);
    asked.finish()?;
    if max_length > LONGEST {
        let what = format!("chains of more than {LONGEST} steps are not looked for");
        return Err(Problem::asked(what, format!("write max_length={LONGEST} or less")));
    }
    let one = |name: &str| -> Result<_, Problem> {
        let found = query::find(graph, name)?;
        found
            .first()
            .copied()
            .ok_or_else(|| Problem::missing(format!("no node is called `{name}`"), "try /api/search"))
    };
    let (from, to) = (one(&from)?, one(&to)?);
    let short = |index: &petgraph::graph::NodeIndex| graph.node(*index).map(answer::node_short);
    if !all {
        let links = query::shortest(graph, from, to, &filter);
        let steps = links
            .as_ref()
            .map(|links| links.iter().map(|link| answer::edge(link, &filter, SHOWN)).collect::<Vec<_>>());
        return Ok(
            json!({"from": short(&from), "to": short(&to), "connected": links.is_some(), "edges": steps}),
        );
    }
    let bounds =
        Bounds { max_length, most: stretch.offset.saturating_add(stretch.limit), ..Bounds::default() };
    let found = query::chains(graph, from, to, &filter, bounds);
    let chain = |chain: &query::Chain<'_>| {
        let nodes: Vec<_> = chain.nodes.iter().map(short).collect();
        let steps: Vec<Vec<Value>> = chain
            .steps
            .iter()
            .map(|links| links.iter().map(|link| answer::edge(link, &filter, SHOWN)).collect())
            .collect();
        json!({"length": chain.steps.len(), "weakest": chain.weakest(), "nodes": nodes, "steps": steps})
    };
    let cut = found.cut;
    Ok(json!({
        "from": short(&from),
        "to": short(&to),
        "cut": cut,
        "chains": listing(found.chains, stretch, chain),
    }))
}

/// `/api/top?measure=`: who comes up most, by any measure.
pub(super) fn top(seen: &Seen<'_>, asked: &mut Asked) -> Answer {
    let graph = &*seen.graph;
    let measure = asked.one("measure")?.unwrap_or_else(|| "evidence".to_owned());
    let (directed, weighted) = (asked.flag("directed")?, asked.flag("weighted")?);
    // Mentions are counted in documents, whatever their edges are worth.
    let least = if measure == "mentions" { 0.0 } else { LIKELY };
    let (filter, stretch) = (asked.filter_from(least)?, asked.stretch()?);
    asked.finish()?;
    if measure == "mentions"
        && let Some(name) = filter.asks_for_edges()
    {
        let what = format!("mentions are counted in articles: `{name}` cannot choose among them");
        return Err(Problem::asked(what, format!("leave out {name}, or ask for measure=evidence")));
    }
    let counted = |measure| -> Vec<(_, f64)> {
        let nodes = query::top_nodes(graph, measure, &filter);
        nodes.into_iter().map(|(node, count)| (node, count as f64)).collect()
    };
    let sample = (measure == "betweenness" && Ties::of(graph, &filter).count > 4 * STARTS).then_some(STARTS);
    let ranked = match measure.as_str() {
        "evidence" => counted(Measure::Weight),
        "neighbors" => counted(Measure::Degree),
        "mentions" => counted(Measure::Mentions),
        "pagerank" => query::rank(graph, Centrality::PageRank, &filter),
        "betweenness" => {
            query::rank(graph, Centrality::Betweenness(Betweenness { directed, weighted, sample }), &filter)
        }
        _ => {
            let hint = "measures are evidence, neighbors, mentions, pagerank, betweenness";
            return Err(Problem::asked(format!("`{measure}` is no measure"), hint));
        }
    };
    let row = |(index, value): &(petgraph::graph::NodeIndex, f64)| json!({"node": graph.node(*index).map(answer::node_short), "value": value});
    let estimate = sample.is_some();
    Ok(json!({"measure": measure, "estimate": estimate, "nodes": listing(ranked, stretch, row)}))
}

/// `/api/communities`: groups that have more to do with each other than with the rest.
pub(super) fn communities(seen: &Seen<'_>, asked: &mut Asked) -> Answer {
    let how = Company::default();
    let (resolution, seed) = (asked.read("resolution", how.resolution)?, asked.read("seed", how.seed)?);
    let (filter, stretch): (Filter, _) = (asked.filter()?, asked.stretch()?);
    asked.finish()?;
    if !(resolution > 0.0 && resolution.is_finite()) {
        return Err(Problem::asked(format!("`{resolution}` is no resolution"), "write a number above 0"));
    }
    let graph = &*seen.graph;
    let found = query::communities(graph, &filter, Company { resolution, seed });
    let modularity = found.modularity;
    let group = |group: &query::Community| {
        let nodes = group.nodes.iter().filter_map(|index| graph.node(*index)).map(answer::node_short);
        json!({
            "size": group.nodes.len(),
            "inside": group.inside,
            "across": group.across,
            "nodes": nodes.collect::<Vec<_>>(),
        })
    };
    Ok(json!({"modularity": modularity, "communities": listing(found.communities, stretch, group)}))
}
