//! What an expression comes to for one row.
//!
//! Null goes through: `null > 1` is null, and a condition that is null keeps no row. What has no sense at
//! all, such as `1 + a` for a node, is a [`Fault`] at its place.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use regex::Regex;

use super::matching::Prepared;
use super::syntax::{Expression, Is, Operator, Path};
use super::value::Value;
use super::{function, property};
use crate::graph::KnowledgeGraph;
use crate::lexicon::Kind;
use crate::query::Fault;
use crate::query::index::Index;
use crate::query::join::Budget;

/// What finds the value of a name.
pub(super) type Names<'e, 'a> = dyn Fn(&str) -> Option<Value<'a>> + 'e;

/// The names that an expression may use, and their values.
#[derive(Clone, Copy)]
pub(super) struct Scope<'e, 'a> {
    pub names: &'e [String],
    pub values: &'e [Value<'a>],
    /// Further names, looked up first.
    pub more: Option<&'e Names<'e, 'a>>,
    /// What the aggregates came to, by their place in the query.
    pub aggregates: Option<&'e BTreeMap<(usize, usize), Value<'a>>>,
}

impl<'e, 'a> Scope<'e, 'a> {
    pub(super) fn of(names: &'e [String], values: &'e [Value<'a>]) -> Scope<'e, 'a> {
        Scope { names, values, more: None, aggregates: None }
    }

    pub(super) fn get(&self, name: &str) -> Option<Value<'a>> {
        if let Some(value) = self.more.and_then(|more| more(name)) {
            return Some(value);
        }
        let place = self.names.iter().position(|known| known == name)?;
        self.values.get(place).cloned()
    }
}

/// Evaluates the expressions of one query over one graph.
pub(super) struct Evaluator<'a> {
    pub index: &'a Index<'a>,
    pub graph: &'a KnowledgeGraph,
    pub text: &'a str,
    pub budget: Budget,
    patterns: RefCell<HashMap<String, Regex>>,
    /// The patterns of `EXISTS`, made ready once: by their place in the query.
    prepared: RefCell<HashMap<usize, Rc<Prepared<'a>>>>,
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(index: &'a Index<'a>, text: &'a str, edges: u64) -> Evaluator<'a> {
        Evaluator {
            index,
            graph: index.graph(),
            text,
            budget: Budget::new(edges),
            patterns: RefCell::default(),
            prepared: RefCell::default(),
        }
    }

    /// True if a pattern matches, given what is bound.
    fn exists(
        &self,
        whole: &Expression,
        paths: &'a [Path],
        condition: Option<&'a Expression>,
        scope: &Scope<'_, 'a>,
    ) -> Result<bool, Fault> {
        let known = self.prepared.borrow().get(&whole.place.start).cloned();
        let prepared = match known {
            Some(prepared) => prepared,
            None => {
                let names = paths.iter().flat_map(Path::names).map(|name| name.text.clone());
                let bound: Vec<String> = names.filter(|name| scope.get(name).is_some()).collect();
                let made = Rc::new(Prepared::new(self, paths, condition, &bound)?);
                self.prepared.borrow_mut().insert(whole.place.start, Rc::clone(&made));
                made
            }
        };
        let mut any = false;
        prepared.run(self, scope, &mut |_| {
            any = true;
            Ok(false)
        })?;
        Ok(any)
    }

    pub(super) fn fault(&self, expression: &Expression, what: impl Into<String>) -> Fault {
        Fault::new(self.text, expression.place.clone(), what)
    }

    /// True only where the condition comes to true.
    pub(super) fn holds(&self, condition: &'a Expression, scope: &Scope<'_, 'a>) -> Result<bool, Fault> {
        Ok(self.truth(condition, scope)?.unwrap_or(false))
    }

    fn truth(&self, condition: &'a Expression, scope: &Scope<'_, 'a>) -> Result<Option<bool>, Fault> {
        match self.value(condition, scope)? {
            Value::Bool(truth) => Ok(Some(truth)),
            Value::Null => Ok(None),
            other => Err(self
                .fault(condition, format!("a condition is true or false, but this is {}", other.sort()))
                .hint("compare it: a.name = 'China'")),
        }
    }

    pub(super) fn value(
        &self,
        expression: &'a Expression,
        scope: &Scope<'_, 'a>,
    ) -> Result<Value<'a>, Fault> {
        if let Some(known) = scope.aggregates.filter(|_| expression.is_aggregate()) {
            let place = (expression.place.start, expression.place.end);
            return Ok(known.get(&place).cloned().unwrap_or(Value::Null));
        }
        Ok(match &expression.is {
            Is::Null => Value::Null,
            Is::Bool(truth) => Value::Bool(*truth),
            Is::Int(n) => Value::Int(*n),
            Is::Float(x) => Value::Float(*x),
            Is::Text(text) => Value::text(text.as_str()),
            Is::List(all) => {
                Value::List(all.iter().map(|one| self.value(one, scope)).collect::<Result<_, _>>()?)
            }
            Is::Variable(name) => scope
                .get(name)
                .ok_or_else(|| self.fault(expression, format!("`{name}` is not known here")))?,
            Is::Property(of, name) => match self.value(of, scope)? {
                Value::Node(node) => property::of_node(self.graph, node, &name.text),
                Value::Edge(edge) => property::of_edge(self.graph, edge, &name.text),
                Value::Null => Value::Null,
                other => return Err(self.fault(expression, format!("{} has no properties", other.sort()))),
            },
            Is::Element(list, index) => match (self.value(list, scope)?, self.value(index, scope)?) {
                (Value::List(all), Value::Int(n)) => {
                    let length = i64::try_from(all.len()).unwrap_or(i64::MAX);
                    let n = usize::try_from(if n < 0 { length.saturating_add(n) } else { n });
                    n.ok().and_then(|n| all.get(n).cloned()).unwrap_or(Value::Null)
                }
                (Value::Null, _) | (_, Value::Null) => Value::Null,
                (list, _) => {
                    return Err(self.fault(expression, format!("an element of {} is asked for", list.sort())));
                }
            },
            Is::Call { function, arguments, .. } => {
                let values: Vec<Value<'a>> =
                    arguments.iter().map(|one| self.value(one, scope)).collect::<Result<_, _>>()?;
                function::call(self, expression, *function, values)?
            }
            Is::Not(inner) => self.truth(inner, scope)?.map_or(Value::Null, |truth| Value::Bool(!truth)),
            Is::Negative(inner) => match self.value(inner, scope)? {
                Value::Int(n) => n
                    .checked_neg()
                    .map(Value::Int)
                    .ok_or_else(|| self.fault(expression, "this number is too large"))?,
                Value::Float(x) => Value::Float(-x),
                Value::Null => Value::Null,
                other => return Err(self.fault(expression, format!("{} has no negative", other.sort()))),
            },
            Is::Nothing(inner, not) => Value::Bool((self.value(inner, scope)? == Value::Null) != *not),
            Is::HasLabel(of, labels) => match self.value(of, scope)? {
                Value::Node(node) => {
                    Value::Bool(self.graph.node(node).is_some_and(|node| has_labels(node.kind, labels)))
                }
                Value::Null => Value::Null,
                other => return Err(self.fault(expression, format!("{} has no label", other.sort()))),
            },
            Is::Exists(paths, condition) => {
                Value::Bool(self.exists(expression, paths, condition.as_deref(), scope)?)
            }
            Is::Case { of, ways, otherwise } => {
                let of = of.as_ref().map(|of| self.value(of, scope)).transpose()?;
                for (when, then) in ways {
                    let is = match &of {
                        Some(of) => of.equals(&self.value(when, scope)?) == Some(true),
                        None => self.holds(when, scope)?,
                    };
                    if is {
                        return self.value(then, scope);
                    }
                }
                otherwise.as_ref().map_or(Ok(Value::Null), |otherwise| self.value(otherwise, scope))?
            }
            Is::Two(operator, a, b) => self.two(expression, *operator, a, b, scope)?,
        })
    }

    fn two(
        &self,
        whole: &Expression,
        operator: Operator,
        a: &'a Expression,
        b: &'a Expression,
        scope: &Scope<'_, 'a>,
    ) -> Result<Value<'a>, Fault> {
        let truth = |truth: Option<bool>| truth.map_or(Value::Null, Value::Bool);
        match operator {
            Operator::And | Operator::Or => {
                // What decides: false for AND, true for OR.
                let decides = operator == Operator::Or;
                let first = self.truth(a, scope)?;
                if first == Some(decides) {
                    return Ok(Value::Bool(decides));
                }
                let second = self.truth(b, scope)?;
                if second == Some(decides) {
                    return Ok(Value::Bool(decides));
                }
                return Ok(truth(first.and(second)));
            }
            Operator::Xor => {
                let (a, b) = (self.truth(a, scope)?, self.truth(b, scope)?);
                return Ok(truth(a.zip(b).map(|(a, b)| a != b)));
            }
            _ => {}
        }
        let (a, b) = (self.value(a, scope)?, self.value(b, scope)?);
        let less = |want: &[Ordering]| truth(a.compare(&b).map(|order| want.contains(&order)));
        Ok(match operator {
            Operator::Equal => truth(a.equals(&b)),
            Operator::Unequal => truth(a.equals(&b).map(|same| !same)),
            Operator::Less => less(&[Ordering::Less]),
            Operator::LessOrEqual => less(&[Ordering::Less, Ordering::Equal]),
            Operator::Greater => less(&[Ordering::Greater]),
            Operator::GreaterOrEqual => less(&[Ordering::Greater, Ordering::Equal]),
            Operator::In => match &b {
                Value::List(all) => truth(is_in(&a, all)),
                Value::Null => Value::Null,
                other => {
                    let fault = self.fault(whole, format!("IN wants a list, but this is {}", other.sort()));
                    return Err(fault.hint("write x IN ['a', 'b']"));
                }
            },
            Operator::StartsWith => words(&a, &b, |a, b| a.starts_with(b)),
            Operator::EndsWith => words(&a, &b, |a, b| a.ends_with(b)),
            Operator::Contains => words(&a, &b, |a, b| a.contains(b)),
            Operator::Matches => match (&a, &b) {
                (Value::Text(text), Value::Text(pattern)) => Value::Bool(self.matches(whole, text, pattern)?),
                _ => Value::Null,
            },
            _ => function::arithmetic(self, whole, operator, a, b)?,
        })
    }

    /// The whole text must match.
    fn matches(&self, whole: &Expression, text: &str, pattern: &str) -> Result<bool, Fault> {
        let mut known = self.patterns.borrow_mut();
        if let Some(regex) = known.get(pattern) {
            return Ok(regex.is_match(text));
        }
        let regex = Regex::new(&format!("^(?:{pattern})$")).map_err(|error| {
            let text = error.to_string();
            let why = text.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned();
            self.fault(whole, format!("this is no regular expression: {why}"))
        })?;
        let is = regex.is_match(text);
        known.insert(pattern.to_owned(), regex);
        Ok(is)
    }
}

/// `None` where it is not there but something in the list is null.
fn is_in(value: &Value<'_>, all: &[Value<'_>]) -> Option<bool> {
    let mut unknown = false;
    for one in all {
        match value.equals(one) {
            Some(true) => return Some(true),
            None => unknown = true,
            Some(false) => {}
        }
    }
    (!unknown).then_some(false)
}

fn words<'a>(a: &Value<'a>, b: &Value<'a>, test: impl Fn(&str, &str) -> bool) -> Value<'a> {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => Value::Bool(test(a, b)),
        _ => Value::Null,
    }
}

pub(super) fn has_labels(kind: Kind, labels: &[Vec<Kind>]) -> bool {
    labels.iter().all(|some| some.contains(&kind))
}
