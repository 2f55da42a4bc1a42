//! Functions of one row, and arithmetic. Aggregates are in `project`.

use std::borrow::Cow;

use super::evaluate::Evaluator;
use super::syntax::{Expression, Function, Operator};
use super::value::{Value, label};
use crate::query::Fault;

/// No list made by `range` is longer.
const LONGEST: i64 = 100_000;

pub(super) fn call<'a>(
    evaluator: &Evaluator<'a>,
    whole: &Expression,
    function: Function,
    arguments: Vec<Value<'a>>,
) -> Result<Value<'a>, Fault> {
    let graph = evaluator.graph;
    if function == Function::Coalesce {
        return Ok(arguments.into_iter().find(|value| *value != Value::Null).unwrap_or(Value::Null));
    }
    if function == Function::Exists {
        return Ok(Value::Bool(arguments.first().is_some_and(|value| *value != Value::Null)));
    }
    if arguments.contains(&Value::Null) {
        return Ok(Value::Null);
    }
    let mut arguments = arguments.into_iter();
    let first = arguments.next().unwrap_or(Value::Null);
    let (second, third) = (arguments.next(), arguments.next());
    let link = |edge| graph.link(edge);
    Ok(match (function, first) {
        (Function::Type | Function::Labels, Value::Edge(edge)) => {
            link(edge).map_or(Value::Null, |link| Value::text(&*link.edge.predicate))
        }
        (Function::Labels, Value::Node(node)) => {
            graph.node(node).map_or(Value::Null, |node| Value::List(vec![Value::text(label(node.kind))]))
        }
        (Function::Id, Value::Node(node)) => Value::count(node.index()),
        (Function::Id, Value::Edge(edge)) => Value::Int(i64::from(edge.0)),
        (Function::Key, Value::Node(node)) => {
            graph.node(node).map_or(Value::Null, |node| Value::text(&*node.key))
        }
        (Function::Size | Function::Length, Value::List(all)) => Value::count(all.len()),
        (Function::Size | Function::Length, Value::Text(text)) => Value::count(text.chars().count()),
        (Function::Length | Function::Size, Value::Path(_, edges)) => Value::count(edges.len()),
        (Function::Nodes, Value::Path(nodes, _)) => Value::List(nodes.into_iter().map(Value::Node).collect()),
        (Function::Relationships, Value::Path(_, edges)) => {
            Value::List(edges.into_iter().map(Value::Edge).collect())
        }
        (Function::StartNode, Value::Edge(edge)) => {
            link(edge).and_then(|link| link.subject).map_or(Value::Null, Value::Node)
        }
        (Function::EndNode, Value::Edge(edge)) => {
            link(edge).and_then(|link| link.object).map_or(Value::Null, Value::Node)
        }
        (Function::Lower, Value::Text(text)) => Value::text(text.to_lowercase()),
        (Function::Upper, Value::Text(text)) => Value::text(text.to_uppercase()),
        (Function::Trim, Value::Text(text)) => Value::text(text.trim().to_owned()),
        (Function::Reverse, Value::Text(text)) => Value::text(text.chars().rev().collect::<String>()),
        (Function::Reverse, Value::List(all)) => Value::List(all.into_iter().rev().collect()),
        (Function::Substring, Value::Text(text)) => {
            let from = count(evaluator, whole, second.as_ref())?;
            let length = third.as_ref().map(|n| count(evaluator, whole, Some(n))).transpose()?;
            Value::text(text.chars().skip(from).take(length.unwrap_or(usize::MAX)).collect::<String>())
        }
        (Function::Left, Value::Text(text)) => {
            let n = count(evaluator, whole, second.as_ref())?;
            Value::text(text.chars().take(n).collect::<String>())
        }
        (Function::Right, Value::Text(text)) => {
            let n = count(evaluator, whole, second.as_ref())?;
            let skipped = text.chars().count().saturating_sub(n);
            Value::text(text.chars().skip(skipped).collect::<String>())
        }
        (Function::Replace, Value::Text(text)) => match (second, third) {
            (Some(Value::Text(from)), Some(Value::Text(to))) if !from.is_empty() => {
                Value::text(text.replace(&*from, &to))
            }
            _ => Value::Text(text),
        },
        (Function::Split, Value::Text(text)) => match second {
            Some(Value::Text(mark)) if !mark.is_empty() => {
                Value::List(text.split(&*mark).map(|part| Value::text(part.to_owned())).collect())
            }
            _ => Value::List(vec![Value::Text(text)]),
        },
        (Function::ToText, value @ (Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Text(_))) => {
            Value::text(value.shown(graph))
        }
        (Function::ToInteger, Value::Text(text)) => {
            let text = text.trim();
            let whole = text.parse().ok().or_else(|| text.parse::<f64>().ok().and_then(integer));
            whole.map_or(Value::Null, Value::Int)
        }
        (Function::ToInteger, Value::Float(x)) => integer(x).map_or(Value::Null, Value::Int),
        (Function::ToInteger, Value::Int(n)) => Value::Int(n),
        (Function::ToFloat, Value::Text(text)) => text.trim().parse().map_or(Value::Null, Value::Float),
        (Function::ToFloat, Value::Int(n)) => Value::Float(n as f64),
        (Function::ToFloat, Value::Float(x)) => Value::Float(x),
        (Function::Head, Value::List(all)) => all.into_iter().next().unwrap_or(Value::Null),
        (Function::Last, Value::List(all)) => all.into_iter().next_back().unwrap_or(Value::Null),
        (Function::Abs, Value::Int(n)) => Value::Int(n.saturating_abs()),
        (Function::Abs, Value::Float(x)) => Value::Float(x.abs()),
        (Function::Round, Value::Float(x)) => Value::Float(x.round()),
        (Function::Floor, Value::Float(x)) => Value::Float(x.floor()),
        (Function::Ceil, Value::Float(x)) => Value::Float(x.ceil()),
        (Function::Round | Function::Floor | Function::Ceil, Value::Int(n)) => Value::Float(n as f64),
        (Function::Date, Value::Text(text)) => match crate::source::date::parse(&text) {
            Some(day) => Value::text(day.to_string()),
            None => {
                let fault = evaluator.fault(whole, format!("`{text}` is no day"));
                return Err(fault.hint("write date('2021-03-18')"));
            }
        },
        (Function::Range, Value::Int(from)) => {
            let (Some(Value::Int(to)), step) = (second, third.unwrap_or(Value::Int(1))) else {
                return Err(evaluator.fault(whole, "`range` wants whole numbers"));
            };
            let Value::Int(step) = step else {
                return Err(evaluator.fault(whole, "`range` wants whole numbers"));
            };
            let length = to.checked_sub(from).and_then(|span| span.checked_div(step));
            match length {
                Some(length) if length < LONGEST => Value::List(
                    (0..=length).map(|n| Value::Int(from + n * step)).filter(|_| length >= 0).collect(),
                ),
                _ => {
                    return Err(evaluator.fault(whole, format!("this list has more than {LONGEST} elements")));
                }
            }
        }
        (_, other) => {
            return Err(evaluator.fault(whole, format!("this function has no answer for {}", other.sort())));
        }
    })
}

fn count(evaluator: &Evaluator<'_>, whole: &Expression, value: Option<&Value<'_>>) -> Result<usize, Fault> {
    match value {
        Some(Value::Int(n)) if *n >= 0 => Ok(usize::try_from(*n).unwrap_or(usize::MAX)),
        _ => Err(evaluator.fault(whole, "a whole number of 0 or more is wanted here")),
    }
}

fn integer(x: f64) -> Option<i64> {
    (x.is_finite() && x.abs() < 9e18).then_some(x.trunc() as i64)
}

/// `+ - * / % ^`; `+` also joins texts and lists.
pub(super) fn arithmetic<'a>(
    evaluator: &Evaluator<'a>,
    whole: &Expression,
    operator: Operator,
    a: Value<'a>,
    b: Value<'a>,
) -> Result<Value<'a>, Fault> {
    let large = || evaluator.fault(whole, "this number is too large");
    Ok(match (operator, a, b) {
        (_, Value::Null, _) | (_, _, Value::Null) => Value::Null,
        (Operator::Plus, Value::Text(a), Value::Text(b)) => {
            let mut text = a.into_owned();
            text.push_str(&b);
            Value::Text(Cow::Owned(text))
        }
        (Operator::Plus, Value::Text(a), b @ (Value::Int(_) | Value::Float(_))) => {
            Value::text(format!("{a}{}", b.shown(evaluator.graph)))
        }
        (Operator::Plus, a @ (Value::Int(_) | Value::Float(_)), Value::Text(b)) => {
            Value::text(format!("{}{b}", a.shown(evaluator.graph)))
        }
        (Operator::Plus, Value::List(mut a), Value::List(b)) => {
            a.extend(b);
            Value::List(a)
        }
        (Operator::Plus, Value::List(mut a), b) => {
            a.push(b);
            Value::List(a)
        }
        (operator, Value::Int(a), Value::Int(b)) if operator != Operator::Power => {
            if matches!(operator, Operator::Over | Operator::Modulo) && b == 0 {
                return Err(evaluator.fault(whole, "nothing can be divided by 0"));
            }
            let value = match operator {
                Operator::Plus => a.checked_add(b),
                Operator::Minus => a.checked_sub(b),
                Operator::Times => a.checked_mul(b),
                Operator::Over => a.checked_div(b),
                _ => a.checked_rem(b),
            };
            Value::Int(value.ok_or_else(large)?)
        }
        (operator, a, b) => {
            let (Some(x), Some(y)) = (a.number(), b.number()) else {
                let what = format!("{} and {} do not go together here", a.sort(), b.sort());
                return Err(evaluator.fault(whole, what));
            };
            Value::Float(match operator {
                Operator::Plus => x + y,
                Operator::Minus => x - y,
                Operator::Times => x * y,
                Operator::Over => x / y,
                Operator::Modulo => x % y,
                _ => x.powf(y),
            })
        }
    })
}
