//! `MATCH`: patterns become a [`Shape`] for the search; matches become rows.
//!
//! In: the paths of one clause, the names that are bound before it. Out: [`Prepared`], which is made once,
//! and runs for every row. A node with a known key or name is looked up, not searched for; every part of
//! `WHERE` is asked as soon as what it names is bound.

use std::cell::RefCell;

use petgraph::graph::NodeIndex;

use super::evaluate::{Evaluator, Scope, has_labels};
use super::property;
use super::syntax::{Direction, Expression, Is, Operator, Path};
use super::value::Value;
use crate::graph::EdgeId;
use crate::query::Fault;
use crate::query::filter::{edge_is_called, evidence_is_called, is_code};
use crate::query::index::Index;
use crate::query::join::{End, Match, Move, Plan, Search, Shape, Step, Test};

/// Where a name of the clause finds its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    End(usize),
    /// A step; true for a chain, whose value is a list; true if it is written against its direction.
    Step(usize, bool, bool),
    Path(usize),
}

/// A clause made ready.
pub(super) struct Prepared<'a> {
    shape: Shape<'a>,
    plan: Plan,
    sources: Vec<(&'a str, Source)>,
    /// The names that the clause adds to the row, in the order of the text.
    pub added: Vec<String>,
    /// For each path, its first end and its steps in the order of the text.
    paths: Vec<(usize, Vec<(usize, bool)>)>,
    /// What is asked after each move.
    asked: Vec<Vec<&'a Expression>>,
    /// What can be asked before the first.
    asked_first: Vec<&'a Expression>,
    /// `{name: x}`: an end or a step, a property, what it must be; asked after a move.
    maps: Vec<Vec<Map<'a>>>,
    /// Ends whose node is known from the row.
    bound: Vec<(usize, &'a str)>,
}

#[derive(Clone, Copy)]
struct Map<'a> {
    of: Source,
    property: &'a str,
    is: &'a Expression,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(
        evaluator: &Evaluator<'a>,
        paths: &'a [Path],
        condition: Option<&'a Expression>,
        before: &[String],
    ) -> Result<Prepared<'a>, Fault> {
        let index = evaluator.index;
        let mut shape = Shape::default();
        let mut sources: Vec<(&'a str, Source)> = Vec::new();
        let mut added = Vec::new();
        let mut bound: Vec<(usize, &'a str)> = Vec::new();
        let mut maps: Vec<Map<'a>> = Vec::new();
        let mut labels: Vec<Vec<Vec<crate::lexicon::Kind>>> = Vec::new();
        let mut told = Vec::new();
        for path in paths {
            let mut ends = Vec::new();
            for node in &path.nodes {
                let name = node.name.as_ref().map(|name| name.text.as_str());
                let known = name.and_then(|name| sources.iter().find(|(n, _)| *n == name));
                let end = match known {
                    Some((_, Source::End(end))) => *end,
                    _ => {
                        shape.ends.push(End::default());
                        labels.push(Vec::new());
                        shape.ends.len() - 1
                    }
                };
                if let (Some(name), None) = (name, known) {
                    sources.push((name, Source::End(end)));
                    if before.iter().any(|known| known == name) {
                        bound.push((end, name));
                    } else {
                        added.push(name.to_owned());
                    }
                }
                labels[end].extend(node.labels.iter().cloned());
                maps.extend(node.properties.iter().map(|(property, is)| Map {
                    of: Source::End(end),
                    property: &property.text,
                    is,
                }));
                ends.push(end);
            }
            let mut steps = Vec::new();
            for (edge, ends) in path.edges.iter().zip(ends.windows(2)) {
                let back = edge.direction == Direction::Back;
                let step = shape.steps.len();
                let [first, second] = ends else { continue };
                let is_called = |edge: &crate::graph::Edge, name: &str| edge_is_called(edge, name);
                let types = &edge.types;
                let classes = index.classes(|sample| {
                    types.is_empty()
                        || types.iter().any(|name| is_code(&name.text) || is_called(sample, &name.text))
                });
                let source = Source::Step(step, edge.hops.is_some(), back);
                let mut test: Option<Test<'a>> = None;
                if types.iter().any(|name| is_code(&name.text)) {
                    test = Some(Box::new(move |edge| {
                        index.link(edge).is_some_and(|link| {
                            types.iter().any(|name| {
                                edge_is_called(link.edge, &name.text)
                                    || evidence_is_called(link.edge, &name.text)
                            })
                        })
                    }));
                }
                if edge.hops.is_some() && !edge.properties.is_empty() {
                    test = Some(chain_test(index, evaluator, edge, test)?);
                } else {
                    maps.extend(edge.properties.iter().map(|(property, is)| Map {
                        of: source,
                        property: &property.text,
                        is,
                    }));
                }
                shape.steps.push(Step {
                    from: if back { *second } else { *first },
                    to: if back { *first } else { *second },
                    either: edge.direction == Direction::Either,
                    turns: false,
                    classes,
                    test,
                    hops: edge.hops,
                });
                if let Some(name) = &edge.name {
                    sources.push((&name.text, source));
                    added.push(name.text.clone());
                }
                steps.push((step, back));
            }
            if let Some(name) = &path.name {
                sources.push((&name.text, Source::Path(told.len())));
                added.push(name.text.clone());
            }
            told.push((ends.first().copied().unwrap_or(0), steps));
        }
        for (end, labels) in shape.ends.iter_mut().zip(labels) {
            if !labels.is_empty() {
                end.test = Some(Box::new(move |node| {
                    let node = index.graph().node(NodeIndex::new(node as usize));
                    node.is_some_and(|node| has_labels(node.kind, &labels))
                }));
            }
        }
        let conjuncts = condition.map(Expression::conjuncts).unwrap_or_default();
        look_up(index, evaluator, &mut shape, &sources, &maps, &conjuncts)?;
        let mut is_bound = vec![false; shape.ends.len()];
        bound.iter().for_each(|(end, _)| is_bound[*end] = true);
        let mut plan = Plan::of(&shape, index, &is_bound);
        if plan.moves.is_empty() {
            // All is bound; what is asked of it is asked after this move.
            plan.moves.push(Move::Node(0));
        }
        let mut prepared = Prepared {
            plan,
            sources,
            added,
            paths: told,
            asked: Vec::new(),
            asked_first: Vec::new(),
            maps: Vec::new(),
            bound,
            shape,
        };
        prepared.place(&conjuncts, &maps);
        Ok(prepared)
    }

    /// Puts every question behind the move after which all that it names is bound.
    fn place(&mut self, conjuncts: &[&'a Expression], maps: &[Map<'a>]) {
        let moves = self.plan.moves.len();
        self.asked = vec![Vec::new(); moves];
        self.maps = vec![Vec::new(); moves];
        let bound: Vec<(Vec<usize>, Vec<usize>)> =
            (0..moves).map(|depth| self.plan.bound_after(&self.shape, depth)).collect();
        let is_bound = |source: Source, depth: usize| {
            let Some((ends, steps)) = bound.get(depth) else { return false };
            match source {
                Source::End(end) => ends.contains(&end) || self.bound.iter().any(|(known, _)| *known == end),
                Source::Step(step, ..) => steps.contains(&step),
                Source::Path(path) => self.paths.get(path).is_some_and(|(first, path)| {
                    ends.contains(first) && path.iter().all(|(step, _)| steps.contains(step))
                }),
            }
        };
        let source_of = |name: &str| self.sources.iter().find(|(known, _)| *known == name).map(|(_, s)| *s);
        let when = |expressions: &[&Expression], of: Option<Source>| -> Option<usize> {
            let mut needs: Vec<Source> = of.into_iter().collect();
            for expression in expressions {
                needs.extend(expression.variables().iter().filter_map(|(name, _)| source_of(name)));
            }
            if needs.is_empty() {
                return None;
            }
            (0..moves).find(|depth| needs.iter().all(|need| is_bound(*need, *depth))).or(moves.checked_sub(1))
        };
        let mut first = Vec::new();
        let mut asked = std::mem::take(&mut self.asked);
        let mut placed = std::mem::take(&mut self.maps);
        for conjunct in conjuncts {
            match when(&[*conjunct], None).and_then(|depth| asked.get_mut(depth)) {
                Some(row) => row.push(*conjunct),
                None => first.push(*conjunct),
            }
        }
        for map in maps {
            if let Some(row) = when(&[map.is], Some(map.of)).and_then(|depth| placed.get_mut(depth)) {
                row.push(*map);
            }
        }
        (self.asked, self.maps, self.asked_first) = (asked, placed, first);
    }

    /// Calls `visit` with the row of every match; false if the search was stopped.
    pub(super) fn run(
        &self,
        evaluator: &Evaluator<'a>,
        scope: &Scope<'_, 'a>,
        visit: &mut dyn FnMut(Vec<Value<'a>>) -> Result<bool, Fault>,
    ) -> Result<bool, Fault> {
        let (index, budget) = (evaluator.index, &evaluator.budget);
        let mut found = Match { ends: vec![None; self.shape.ends.len()], ..Match::default() };
        for (end, name) in &self.bound {
            match scope.get(name) {
                Some(Value::Node(node)) => {
                    let node = u32::try_from(node.index()).unwrap_or(u32::MAX);
                    if self
                        .shape
                        .ends
                        .get(*end)
                        .and_then(|end| end.test.as_ref())
                        .is_some_and(|test| !test(node))
                    {
                        return Ok(true);
                    }
                    found.ends[*end] = Some(node);
                }
                Some(Value::Null) | None => return Ok(true),
                Some(other) => {
                    let what = format!("`{name}` is {}, and cannot stand for a node", other.sort());
                    return Err(Fault::new(evaluator.text, 0..1, what));
                }
            }
        }
        for question in &self.asked_first {
            if !evaluator.holds(question, scope)? {
                return Ok(true);
            }
        }
        let wrong: RefCell<Option<Fault>> = RefCell::new(None);
        let gate = |depth: usize, found: &Match| {
            let more = |name: &str| self.value(name, index, found);
            let scope = Scope { more: Some(&more), ..*scope };
            let asked = self.asked.get(depth).into_iter().flatten();
            let maps = self.maps.get(depth).into_iter().flatten();
            let all = || -> Result<bool, Fault> {
                for map in maps {
                    let is = evaluator.value(map.is, &scope)?;
                    let has = self.property(map.of, map.property, index, found);
                    if has.equals(&is) != Some(true) {
                        return Ok(false);
                    }
                }
                for question in asked {
                    if !evaluator.holds(question, &scope)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            };
            all().unwrap_or_else(|fault| {
                wrong.borrow_mut().get_or_insert(fault);
                false
            })
        };
        let mut failed = None;
        let search = Search { shape: &self.shape, index, plan: &self.plan, gate: &gate };
        let went_on = search.run(found, budget, &mut |found| {
            if wrong.borrow().is_some() {
                return false;
            }
            let value = |name: &String| self.value(name, index, found).unwrap_or(Value::Null);
            visit(self.added.iter().map(value).collect()).unwrap_or_else(|fault| {
                failed = Some(fault);
                false
            })
        });
        match failed.or(wrong.into_inner()) {
            Some(fault) => Err(fault),
            None => Ok(went_on),
        }
    }

    fn property(&self, of: Source, name: &str, index: &Index<'a>, found: &Match) -> Value<'a> {
        match self.value_of(of, index, found) {
            Some(Value::Node(node)) => property::of_node(index.graph(), node, name),
            Some(Value::Edge(edge)) => property::of_edge(index.graph(), edge, name),
            _ => Value::Null,
        }
    }

    fn value(&self, name: &str, index: &Index<'a>, found: &Match) -> Option<Value<'a>> {
        let (_, source) = self.sources.iter().find(|(known, _)| *known == name)?;
        self.value_of(*source, index, found)
    }

    fn value_of(&self, source: Source, index: &Index<'a>, found: &Match) -> Option<Value<'a>> {
        let edges = |step: usize, back: bool| -> Vec<EdgeId> {
            let mut edges: Vec<EdgeId> =
                found.edges.get(step).into_iter().flatten().map(|walked| EdgeId(walked.edge)).collect();
            if back {
                edges.reverse();
            }
            edges
        };
        match source {
            Source::End(end) => {
                found.ends.get(end).copied().flatten().map(|node| Value::Node(NodeIndex::new(node as usize)))
            }
            Source::Step(step, true, back) => {
                Some(Value::List(edges(step, back).into_iter().map(Value::Edge).collect()))
            }
            Source::Step(step, false, _) => edges(step, false).first().copied().map(Value::Edge),
            Source::Path(path) => {
                let (first, steps) = self.paths.get(path)?;
                let mut at = found.ends.get(*first).copied().flatten()?;
                let mut nodes = vec![NodeIndex::new(at as usize)];
                let all: Vec<EdgeId> = steps.iter().flat_map(|(step, back)| edges(*step, *back)).collect();
                for edge in &all {
                    let [subject, object] = index.ends(edge.0);
                    at = if subject == at { object } else { subject };
                    nodes.push(NodeIndex::new(at as usize));
                }
                Some(Value::Path(nodes, all))
            }
        }
    }
}

/// Every edge of a chain must have these properties; they must be plain values.
fn chain_test<'a>(
    index: &'a Index<'a>,
    evaluator: &Evaluator<'a>,
    edge: &'a super::syntax::EdgePattern,
    before: Option<Test<'a>>,
) -> Result<Test<'a>, Fault> {
    let mut wanted = Vec::new();
    for (name, is) in &edge.properties {
        if !is.variables().is_empty() {
            return Err(evaluator.fault(is, "in a chain, a property must be a plain value"));
        }
        wanted.push((name.text.as_str(), evaluator.value(is, &Scope::of(&[], &[]))?));
    }
    Ok(Box::new(move |edge| {
        before.as_ref().is_none_or(|before| before(edge))
            && wanted.iter().all(|(name, is)| {
                property::of_edge(index.graph(), EdgeId(edge), name).equals(is) == Some(true)
            })
    }))
}

/// Ends whose key or name is written down are looked up.
fn look_up<'a>(
    index: &Index<'a>,
    evaluator: &Evaluator<'a>,
    shape: &mut Shape<'_>,
    sources: &[(&'a str, Source)],
    maps: &[Map<'a>],
    conjuncts: &[&'a Expression],
) -> Result<(), Fault> {
    let mut known: Vec<(usize, &str, Vec<Value<'a>>)> = Vec::new();
    let plain = |expression: &'a Expression| -> Result<Option<Value<'a>>, Fault> {
        let simple = matches!(expression.is, Is::Text(_))
            || matches!(&expression.is, Is::List(all) if all.iter().all(|one| matches!(one.is, Is::Text(_))));
        if simple { evaluator.value(expression, &Scope::of(&[], &[])).map(Some) } else { Ok(None) }
    };
    for map in maps {
        if let (Source::End(end), Some(value)) = (map.of, plain(map.is)?) {
            known.push((end, map.property, vec![value]));
        }
    }
    for conjunct in conjuncts {
        let Is::Two(operator, a, b) = &conjunct.is else { continue };
        let sides = match operator {
            Operator::Equal => vec![(a, b), (b, a)],
            Operator::In => vec![(a, b)],
            _ => continue,
        };
        for (of, is) in sides {
            let Is::Property(of, property) = &of.is else { continue };
            let Is::Variable(name) = &of.is else { continue };
            let Some((_, Source::End(end))) = sources.iter().find(|(known, _)| known == name) else {
                continue;
            };
            match (operator, plain(is)?) {
                (Operator::In, Some(Value::List(all))) => known.push((*end, &property.text, all)),
                (Operator::Equal, Some(value @ Value::Text(_))) => {
                    known.push((*end, &property.text, vec![value]))
                }
                _ => {}
            }
        }
    }
    let graph = index.graph();
    let number = |node: NodeIndex| u32::try_from(node.index()).unwrap_or(u32::MAX);
    for (end, property, values) in known {
        let texts: Vec<&str> = values
            .iter()
            .filter_map(|value| if let Value::Text(text) = value { Some(&**text) } else { None })
            .collect();
        let mut nodes: Vec<u32> = match property {
            "key" => texts.iter().filter_map(|key| graph.by_key(key)).map(number).collect(),
            "name" => graph
                .nodes()
                .filter(|(_, node)| texts.contains(&node.name.as_str()))
                .map(|(index, _)| number(index))
                .collect(),
            _ => continue,
        };
        nodes.sort_unstable();
        nodes.dedup();
        if let Some(end) = shape.ends.get_mut(end) {
            end.only = Some(match end.only.take() {
                Some(only) => only.into_iter().filter(|node| nodes.binary_search(node).is_ok()).collect(),
                None => nodes,
            });
        }
    }
    Ok(())
}
