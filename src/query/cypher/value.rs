//! What expressions come to: values, how they compare, how they are shown.
//!
//! As openCypher has it: `null` compares with nothing, 1 equals 1.0, and what cannot be compared is
//! neither less nor more. In an order everything has a place: text before numbers before null.

use std::borrow::Cow;
use std::cmp::Ordering;

use petgraph::graph::NodeIndex;
use serde_json::json;

use crate::graph::{EdgeId, KnowledgeGraph, Node};
use crate::lexicon::Kind;

/// A value of a query, borrowing from the graph and the query.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// Words.
    Text(Cow<'a, str>),
    /// Several values.
    List(Vec<Value<'a>>),
    /// A node.
    Node(NodeIndex),
    /// An edge.
    Edge(EdgeId),
    /// Nodes and the edges between them; one more node than edges.
    Path(Vec<NodeIndex>, Vec<EdgeId>),
}

impl<'a> Value<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Value<'a> {
        Value::Text(text.into())
    }

    pub(super) fn count(n: usize) -> Value<'a> {
        Value::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// What it is, for messages.
    pub(super) fn sort(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a truth value",
            Value::Int(_) | Value::Float(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Node(_) => "a node",
            Value::Edge(_) => "a relationship",
            Value::Path(..) => "a path",
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Value::Int(n) => Some(*n as f64),
            Value::Float(x) => Some(*x),
            _ => None,
        }
    }

    /// `None` where one of them is null, or inside a list.
    pub(super) fn equals(&self, other: &Value<'_>) -> Option<bool> {
        match (self, other) {
            (Value::Null, _) | (_, Value::Null) => None,
            (Value::List(a), Value::List(b)) => {
                if a.len() != b.len() {
                    return Some(false);
                }
                let mut unknown = false;
                for (a, b) in a.iter().zip(b) {
                    match a.equals(b) {
                        Some(false) => return Some(false),
                        None => unknown = true,
                        Some(true) => {}
                    }
                }
                (!unknown).then_some(true)
            }
            (a, b) => Some(a.order(b) == Ordering::Equal),
        }
    }

    /// The order of two values of one sort; `None` where they cannot be compared.
    pub(super) fn compare(&self, other: &Value<'_>) -> Option<Ordering> {
        match (self, other) {
            (Value::Bool(_), Value::Bool(_))
            | (Value::Text(_), Value::Text(_))
            | (Value::List(_), Value::List(_)) => Some(self.order(other)),
            (a, b) => match (a.number(), b.number()) {
                (Some(x), Some(y)) if x.is_nan() || y.is_nan() => None,
                (Some(_), Some(_)) => Some(self.order(other)),
                _ => None,
            },
        }
    }

    /// A place for everything, for `ORDER BY`: null is last.
    pub(super) fn order(&self, other: &Value<'_>) -> Ordering {
        let rank = |value: &Value<'_>| match value {
            Value::Node(_) => 0,
            Value::Edge(_) => 1,
            Value::List(_) => 2,
            Value::Path(..) => 3,
            Value::Text(_) => 4,
            Value::Bool(_) => 5,
            Value::Int(_) | Value::Float(_) => 6,
            Value::Null => 7,
        };
        match (self, other) {
            (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
            (Value::Int(a), Value::Int(b)) => a.cmp(b),
            (Value::Text(a), Value::Text(b)) => a.cmp(b),
            (Value::Node(a), Value::Node(b)) => a.cmp(b),
            (Value::Edge(a), Value::Edge(b)) => a.cmp(b),
            (Value::Path(a, x), Value::Path(b, y)) => (a, x).cmp(&(b, y)),
            (Value::List(a), Value::List(b)) => {
                let differ = a.iter().zip(b).map(|(a, b)| a.order(b)).find(|order| order.is_ne());
                differ.unwrap_or_else(|| a.len().cmp(&b.len()))
            }
            (a, b) => match (a.number(), b.number()) {
                // One zero, and what is no number is more than any.
                (Some(x), Some(y)) => x.partial_cmp(&y).unwrap_or_else(|| x.is_nan().cmp(&y.is_nan())),
                _ => rank(a).cmp(&rank(b)),
            },
        }
    }

    /// Words that equal values share, for `DISTINCT` and for groups.
    pub(super) fn write_key(&self, key: &mut String) {
        use std::fmt::Write;
        let _ = match self {
            Value::Null => write!(key, "~"),
            Value::Bool(b) => write!(key, "b{b}"),
            Value::Int(n) => write!(key, "n{n}"),
            Value::Float(x) if x.fract() == 0.0 && x.abs() < 9e15 => write!(key, "n{}", *x as i64),
            Value::Float(x) => write!(key, "f{}", x.to_bits()),
            Value::Text(text) => write!(key, "t{}:{text}", text.len()),
            Value::Node(n) => write!(key, "N{}", n.index()),
            Value::Edge(e) => write!(key, "E{}", e.0),
            Value::Path(nodes, edges) => {
                let _ = write!(key, "p{}:", nodes.first().map_or(0, |n| n.index()));
                edges.iter().try_for_each(|edge| write!(key, "{},", edge.0))
            }
            Value::List(all) => {
                key.push('[');
                all.iter().for_each(|value| value.write_key(key));
                write!(key, "]")
            }
        };
        key.push(';');
    }

    /// As a table shows it.
    #[must_use]
    pub fn shown(&self, graph: &KnowledgeGraph) -> String {
        match self {
            Value::Null => "null".to_owned(),
            Value::Bool(b) => b.to_string(),
            Value::Int(n) => n.to_string(),
            Value::Float(x) => format!("{x:?}"),
            Value::Text(text) => text.to_string(),
            Value::Node(node) => graph.node(*node).map_or("?", |node| node.name.as_str()).to_owned(),
            Value::Edge(edge) => graph.link(*edge).map_or_else(String::new, |link| link.to_string()),
            Value::Path(nodes, edges) if edges.is_empty() => {
                nodes.first().map_or_else(String::new, |node| Value::Node(*node).shown(graph))
            }
            Value::Path(_, edges) => {
                edges.iter().map(|edge| Value::Edge(*edge).shown(graph)).collect::<Vec<_>>().join("; ")
            }
            Value::List(all) => {
                format!("[{}]", all.iter().map(|value| value.shown(graph)).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// As programs read it.
    #[must_use]
    pub fn json(&self, graph: &KnowledgeGraph) -> serde_json::Value {
        match self {
            Value::Null => json!(null),
            Value::Bool(b) => json!(b),
            Value::Int(n) => json!(n),
            Value::Float(x) => json!(x),
            Value::Text(text) => json!(text),
            Value::List(all) => all.iter().map(|value| value.json(graph)).collect(),
            Value::Node(node) => {
                let Some(Node { key, name, kind, .. }) = graph.node(*node) else { return json!(null) };
                json!({"key": key, "name": name, "kind": kind})
            }
            Value::Edge(edge) => {
                let Some(link) = graph.link(*edge) else { return json!(null) };
                json!({
                    "id": edge.0,
                    "subject": link.subject().map(|node| &node.key),
                    "predicate": &*link.edge.predicate,
                    "object": link.object().map(|node| &node.key),
                    "polarity": link.edge.polarity,
                    "modality": link.edge.modality,
                    "weight": link.edge.weight(),
                })
            }
            Value::Path(nodes, edges) => {
                let nodes: Vec<_> = nodes.iter().map(|node| Value::Node(*node).json(graph)).collect();
                let edges: Vec<_> = edges.iter().map(|edge| Value::Edge(*edge).json(graph)).collect();
                json!({"nodes": nodes, "relationships": edges})
            }
        }
    }
}

/// A kind's label: "Person".
pub(super) fn label(kind: Kind) -> &'static str {
    super::read::LABELS.iter().find(|(_, of)| *of == kind).map_or("Other", |(label, _)| label)
}
