//! A pattern against a graph: names become nodes, words become classes of edges, and the search finds
//! the rows.
//!
//! In: a [`Pattern`], a graph or its [`Index`], a [`Filter`]. Out: edges, or an [`Answer`]: rows of bindings
//! with the edges that prove them, the weightiest first. The conditions of an arrow and those of the
//! filter must be met by the same piece of evidence.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;

use super::{ArrowAsked, Pattern, Who};
use crate::graph::{Edge, KnowledgeGraph, Link};
use crate::query::filter::{QUADS, edge_is_called, evidence_is_called, is_called, is_code};
use crate::query::index::Index;
use crate::query::join::{self, Budget, Match, Plan, Search, Shape, Test};
use crate::query::name::near;
use crate::query::{Bound, Fault, Filter, find};

/// A pattern whose names are nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pattern: Pattern,
    /// For each end, the nodes that it names; `None` for a variable or anybody.
    named: Vec<Option<Vec<NodeIndex>>>,
}

/// The rows of an answer.
#[derive(Clone, Debug, Default)]
pub struct Answer<'g> {
    /// The named variables, in the order of the text.
    pub variables: Vec<String>,
    /// One row a match, the weightiest first.
    pub rows: Vec<Row<'g>>,
    /// True if the search was ended by its [`Bound`]: there may be more rows.
    pub is_cut: bool,
}

/// One match.
#[derive(Clone, Debug)]
pub struct Row<'g> {
    /// The nodes of the variables, in their order.
    pub nodes: Vec<NodeIndex>,
    /// For each arrow, in the order of the text, its edge; for a chain, its edges in walking order.
    pub steps: Vec<Vec<Link<'g>>>,
    /// Pieces of evidence that count, of all the edges.
    pub weight: usize,
}

impl Pattern {
    /// Finds whom and what the pattern names.
    ///
    /// # Errors
    /// When the graph has no such node, or no edge of that predicate; the fault is at the word.
    pub fn resolve(&self, graph: &KnowledgeGraph) -> Result<Question, Fault> {
        let unknown = |place: &std::ops::Range<usize>, what: String, hint: Option<String>| Fault {
            what,
            hint,
            text: self.text.clone(),
            place: place.clone(),
        };
        let mut named = Vec::new();
        for end in &self.ends {
            named.push(match &end.who {
                Who::Anybody | Who::Variable(_) => None,
                Who::Named(name) => Some(
                    find(graph, name)
                        .map_err(|error| unknown(&end.place, error.to_string(), error.hint()))?,
                ),
            });
        }
        for (name, place) in self.arrows.iter().flat_map(|arrow| &arrow.predicates) {
            if QUADS.contains(&name.as_str()) || graph.links().any(|link| is_called(&link, name)) {
                continue;
            }
            let known: BTreeSet<&str> = graph
                .links()
                .flat_map(|link| [&*link.edge.predicate, &*link.edge.family])
                .chain(QUADS)
                .collect();
            let near: Vec<String> =
                near(&name.to_lowercase(), known).iter().map(|name| format!("`{name}`")).collect();
            let hint = (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")));
            return Err(unknown(place, format!("no edge is called `{name}`"), hint));
        }
        Ok(Question { pattern: self.clone(), named })
    }
}

impl Question {
    /// The edges that stand in any row, each once, in the order of telling; symmetric ones turned as the
    /// question has it.
    pub fn links<'g>(
        &self,
        graph: &'g KnowledgeGraph,
        filter: &Filter,
    ) -> impl Iterator<Item = Link<'g>> + use<'g> {
        let index = Index::of(graph);
        let mut seen = vec![false; index.classes(|_| true).edges];
        let mut walked = Vec::new();
        self.search(&index, filter, Bound::NONE, |found| {
            for step in found.edges.iter().flatten() {
                if let Some(seen) = seen.get_mut(step.edge as usize).filter(|seen| !**seen) {
                    *seen = true;
                    walked.push(*step);
                }
            }
            true
        });
        walked.sort_unstable();
        walked.into_iter().filter_map(move |step| {
            let link = graph.link(crate::graph::EdgeId(step.edge))?;
            Some(if step.turned && link.edge.symmetric { link.turned() } else { link })
        })
    }

    /// The rows, the weightiest first.
    #[must_use]
    pub fn rows<'g>(&self, index: &Index<'g>, filter: &Filter, bound: Bound) -> Answer<'g> {
        let variables: Vec<String> = self.pattern.variables().map(str::to_owned).collect();
        let ends: Vec<usize> = (0..)
            .zip(&self.pattern.ends)
            .filter(|(_, end)| matches!(end.who, Who::Variable(_)))
            .map(|(n, _)| n)
            .collect();
        // `? -meets-> ?` is told once, not from both ends.
        let mut once = self.pattern.is_one_edge().then(BTreeSet::new);
        let mut rows: Vec<Row<'g>> = Vec::new();
        let filters: Vec<Filter> =
            (0..self.pattern.arrows.len()).map(|n| self.filter_of(n, filter)).collect();
        let mut is_cut = self.search(index, filter, bound, |found| {
            if let (Some(once), Some(step)) = (&mut once, found.edges.iter().flatten().next())
                && !once.insert(step.edge)
            {
                return true;
            }
            if rows.len() >= bound.rows {
                return false;
            }
            rows.push(row(index, &filters, &ends, found));
            true
        });
        is_cut |= rows.len() >= bound.rows && bound.rows > 0;
        let ids =
            |row: &Row<'_>| -> Vec<u32> { row.steps.iter().flatten().map(|link| link.edge.id.0).collect() };
        rows.sort_by_cached_key(|row| (Reverse(row.weight), ids(row)));
        Answer { variables, rows, is_cut }
    }

    /// The conditions on the evidence of one arrow: the filter's and the arrow's own.
    #[must_use]
    pub fn filter_of(&self, arrow: usize, filter: &Filter) -> Filter {
        let Some(arrow) = self.pattern.arrows.get(arrow) else { return filter.clone() };
        Filter {
            facts_only: filter.facts_only || arrow.facts,
            since: filter.since.max(arrow.since),
            until: [filter.until, arrow.until].into_iter().flatten().min(),
            min_weight: filter.min_weight.max(arrow.weight),
            min_confidence: filter.min_confidence.max(arrow.confidence),
            ..filter.clone()
        }
    }

    /// Calls `visit` for every match; true if the bound ended the search.
    fn search(
        &self,
        index: &Index<'_>,
        filter: &Filter,
        bound: Bound,
        mut visit: impl FnMut(&Match) -> bool,
    ) -> bool {
        let shape = self.shape(index, filter);
        let plan = Plan::of(&shape, index, &[]);
        let budget = Budget::new(bound.edges);
        let search = Search { shape: &shape, index, plan: &plan, gate: &|_, _| true };
        search.run(Match::default(), &budget, &mut visit);
        budget.is_spent()
    }

    fn shape<'q>(&'q self, index: &'q Index<'_>, filter: &Filter) -> Shape<'q> {
        let graph = index.graph();
        let number = |node: &NodeIndex| u32::try_from(node.index()).unwrap_or(u32::MAX);
        let ends = self.pattern.ends.iter().zip(&self.named).map(|(end, named)| join::End {
            only: named.as_ref().map(|nodes| {
                let mut nodes: Vec<u32> = nodes.iter().map(number).collect();
                nodes.sort_unstable();
                nodes
            }),
            test: end.kind.map(|kind| -> Test<'q> {
                Box::new(move |node| {
                    graph.node(NodeIndex::new(node as usize)).is_some_and(|node| node.kind == kind)
                })
            }),
            nobody: end.who == Who::Anybody && end.kind.is_none(),
        });
        let steps = self.pattern.arrows.iter().enumerate().map(|(n, arrow)| {
            let filter = self.filter_of(n, filter);
            join::Step {
                from: arrow.from,
                to: arrow.to,
                either: arrow.either,
                turns: true,
                classes: index.classes(|edge| filter.admits_class(edge) && may_be(arrow, &filter, edge)),
                test: needs_test(arrow, &filter).then(|| -> Test<'q> {
                    Box::new(move |edge| index.link(edge).is_some_and(|link| is_one(arrow, &filter, &link)))
                }),
                hops: arrow.hops,
            }
        });
        Shape { ends: ends.collect(), steps: steps.collect() }
    }
}

/// True if an edge of the class may be what the arrow asks for.
fn may_be(arrow: &ArrowAsked, filter: &Filter, edge: &Edge) -> bool {
    let called = |name: &str| is_code(name) || edge_is_called(edge, name);
    arrow.flags.is_none_or(|flags| flags == edge.flags())
        && (arrow.predicates.is_empty() || arrow.predicates.iter().any(|(name, _)| called(name)))
        && (filter.predicates.is_empty() || filter.predicates.iter().any(|name| called(name)))
}

/// True where the class does not tell everything.
fn needs_test(arrow: &ArrowAsked, filter: &Filter) -> bool {
    let codes = || arrow.predicates.iter().map(|(name, _)| name).chain(&filter.predicates);
    !filter.admits_all_evidence()
        || filter.min_weight > 1
        || !arrow.words.is_empty()
        || codes().any(|name| is_code(name))
}

fn is_one(arrow: &ArrowAsked, filter: &Filter, link: &Link<'_>) -> bool {
    let called = |name: &str| edge_is_called(link.edge, name) || evidence_is_called(link.edge, name);
    let has = |words: &String| filter.evidence(link).any(|evidence| contains(&evidence.text, words));
    (arrow.predicates.is_empty() || arrow.predicates.iter().any(|(name, _)| called(name)))
        && (filter.predicates.is_empty() || filter.predicates.iter().any(|name| called(name)))
        && filter.admits_pieces(link)
        && arrow.words.iter().all(has)
}

/// True if a text has these words, which are in lower case, whatever its own case.
fn contains(text: &str, words: &str) -> bool {
    text.to_lowercase().contains(words)
}

fn row<'g>(index: &Index<'g>, filters: &[Filter], ends: &[usize], found: &Match) -> Row<'g> {
    let node = |end: &usize| Some(NodeIndex::new(found.ends.get(*end).copied().flatten()? as usize));
    let steps: Vec<Vec<Link<'g>>> = found
        .edges
        .iter()
        .map(|walked| {
            let link = |w: &join::Walked| {
                let link = index.link(w.edge)?;
                Some(if w.turned && link.edge.symmetric { link.turned() } else { link })
            };
            walked.iter().filter_map(link).collect()
        })
        .collect();
    let weigh = |(filter, links): (&Filter, &Vec<Link<'g>>)| -> usize {
        links.iter().map(|link| filter.weight(link)).sum()
    };
    let weight = filters.iter().zip(&steps).map(weigh).sum();
    Row { nodes: ends.iter().filter_map(node).collect(), steps, weight }
}
