//! A Cypher query as a tree.

use std::ops::Range;

use crate::lexicon::Kind;

/// A clause, in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Clause {
    Match {
        optional: bool,
        paths: Vec<Path>,
        condition: Option<Expression>,
    },
    Unwind {
        list: Expression,
        name: Name,
    },
    /// `WITH` and `RETURN`; `RETURN` is the last.
    Project {
        projection: Projection,
        condition: Option<Expression>,
        is_return: bool,
    },
}

/// A name and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    pub text: String,
    pub place: Range<usize>,
}

/// `p = (a)-[r]->(b)`
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Path {
    pub name: Option<Name>,
    /// One more than edges.
    pub nodes: Vec<NodePattern>,
    pub edges: Vec<EdgePattern>,
}

/// `(a:Person {name: 'x'})`
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct NodePattern {
    pub name: Option<Name>,
    /// All of these must hold; of each, one.
    pub labels: Vec<Vec<Kind>>,
    pub properties: Vec<(Name, Expression)>,
}

/// `-[r:urges|accuses*1..3 {polarity: 'affirmed'}]->`
#[derive(Clone, Debug, PartialEq)]
pub(super) struct EdgePattern {
    pub name: Option<Name>,
    /// Any of these; empty for all.
    pub types: Vec<Name>,
    pub hops: Option<(u32, u32)>,
    pub properties: Vec<(Name, Expression)>,
    pub direction: Direction,
    pub place: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Ahead,
    Back,
    Either,
}

/// What `WITH` or `RETURN` makes of the rows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Projection {
    pub distinct: bool,
    /// `*`: every variable, before the items.
    pub star: bool,
    pub items: Vec<Item>,
    /// Falling if true.
    pub order: Vec<(Expression, bool)>,
    pub skip: usize,
    pub limit: Option<usize>,
}

/// `expression AS name`
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    pub expression: Expression,
    /// The name, or the words of the expression.
    pub name: String,
}

/// An expression and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expression {
    pub is: Is,
    pub place: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Is {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Expression>),
    Variable(String),
    Property(Box<Expression>, Name),
    /// `list[0]`
    Element(Box<Expression>, Box<Expression>),
    Call {
        function: Function,
        arguments: Vec<Expression>,
        distinct: bool,
    },
    Not(Box<Expression>),
    Negative(Box<Expression>),
    Two(Operator, Box<Expression>, Box<Expression>),
    /// `x IS NULL`; the flag is true for `IS NOT NULL`.
    Nothing(Box<Expression>, bool),
    /// `a:Person`
    HasLabel(Box<Expression>, Vec<Vec<Kind>>),
    /// `EXISTS { … }` or a path where a condition stands.
    Exists(Vec<Path>, Option<Box<Expression>>),
    Case {
        of: Option<Box<Expression>>,
        ways: Vec<(Expression, Expression)>,
        otherwise: Option<Box<Expression>>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    Xor,
    And,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    StartsWith,
    EndsWith,
    Contains,
    Matches,
    Plus,
    Minus,
    Times,
    Over,
    Modulo,
    Power,
}

/// A function that we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Count,
    Collect,
    Min,
    Max,
    Sum,
    Avg,
    Type,
    Labels,
    Id,
    Key,
    Size,
    Length,
    Nodes,
    Relationships,
    StartNode,
    EndNode,
    Lower,
    Upper,
    Trim,
    Substring,
    Replace,
    Split,
    Left,
    Right,
    Reverse,
    ToText,
    ToInteger,
    ToFloat,
    Coalesce,
    Head,
    Last,
    Abs,
    Round,
    Floor,
    Ceil,
    Date,
    Range,
    Exists,
}

impl Function {
    /// Every function: its name in lower case, what it is, its fewest and most arguments.
    pub(super) const ALL: &'static [(&'static str, Function, usize, usize)] = &[
        ("count", Function::Count, 0, 1),
        ("collect", Function::Collect, 1, 1),
        ("min", Function::Min, 1, 1),
        ("max", Function::Max, 1, 1),
        ("sum", Function::Sum, 1, 1),
        ("avg", Function::Avg, 1, 1),
        ("type", Function::Type, 1, 1),
        ("labels", Function::Labels, 1, 1),
        ("label", Function::Labels, 1, 1),
        ("id", Function::Id, 1, 1),
        ("elementid", Function::Id, 1, 1),
        ("key", Function::Key, 1, 1),
        ("size", Function::Size, 1, 1),
        ("length", Function::Length, 1, 1),
        ("nodes", Function::Nodes, 1, 1),
        ("relationships", Function::Relationships, 1, 1),
        ("rels", Function::Relationships, 1, 1),
        ("startnode", Function::StartNode, 1, 1),
        ("endnode", Function::EndNode, 1, 1),
        ("tolower", Function::Lower, 1, 1),
        ("lower", Function::Lower, 1, 1),
        ("toupper", Function::Upper, 1, 1),
        ("upper", Function::Upper, 1, 1),
        ("trim", Function::Trim, 1, 1),
        ("substring", Function::Substring, 2, 3),
        ("replace", Function::Replace, 3, 3),
        ("split", Function::Split, 2, 2),
        ("left", Function::Left, 2, 2),
        ("right", Function::Right, 2, 2),
        ("reverse", Function::Reverse, 1, 1),
        ("tostring", Function::ToText, 1, 1),
        ("tointeger", Function::ToInteger, 1, 1),
        ("toint", Function::ToInteger, 1, 1),
        ("tofloat", Function::ToFloat, 1, 1),
        ("coalesce", Function::Coalesce, 1, 20),
        ("head", Function::Head, 1, 1),
        ("last", Function::Last, 1, 1),
        ("abs", Function::Abs, 1, 1),
        ("round", Function::Round, 1, 1),
        ("floor", Function::Floor, 1, 1),
        ("ceil", Function::Ceil, 1, 1),
        ("ceiling", Function::Ceil, 1, 1),
        ("date", Function::Date, 1, 1),
        ("range", Function::Range, 2, 3),
        ("exists", Function::Exists, 1, 1),
    ];

    /// True for those that make one value of many rows.
    pub(super) fn is_aggregate(self) -> bool {
        matches!(
            self,
            Function::Count
                | Function::Collect
                | Function::Min
                | Function::Max
                | Function::Sum
                | Function::Avg
        )
    }
}

impl Expression {
    /// The expressions directly inside.
    pub(super) fn parts(&self) -> Vec<&Expression> {
        match &self.is {
            Is::Null
            | Is::Bool(_)
            | Is::Int(_)
            | Is::Float(_)
            | Is::Text(_)
            | Is::Variable(_)
            | Is::Exists(..) => Vec::new(),
            Is::List(all) | Is::Call { arguments: all, .. } => all.iter().collect(),
            Is::Property(one, _)
            | Is::Not(one)
            | Is::Negative(one)
            | Is::Nothing(one, _)
            | Is::HasLabel(one, _) => {
                vec![one]
            }
            Is::Element(a, b) | Is::Two(_, a, b) => vec![a, b],
            Is::Case { of, ways, otherwise } => {
                let ways = ways.iter().flat_map(|(when, then)| [when, then]);
                of.as_deref().into_iter().chain(ways).chain(otherwise.as_deref()).collect()
            }
        }
    }

    /// True if it, or something inside, makes one value of many rows.
    pub(super) fn has_aggregate(&self) -> bool {
        self.is_aggregate() || self.parts().into_iter().any(Expression::has_aggregate)
    }

    pub(super) fn is_aggregate(&self) -> bool {
        matches!(&self.is, Is::Call { function, .. } if function.is_aggregate())
    }

    /// True if it is nested deeper than so.
    pub(super) fn is_deeper(&self, than: usize) -> bool {
        let Some(than) = than.checked_sub(1) else { return true };
        let exists = match &self.is {
            Is::Exists(paths, condition) => paths
                .iter()
                .flat_map(Path::expressions)
                .chain(condition.as_deref())
                .any(|e| e.is_deeper(than)),
            _ => false,
        };
        exists || self.parts().into_iter().any(|part| part.is_deeper(than))
    }

    /// The outermost aggregates in it.
    pub(super) fn aggregates(&self) -> Vec<&Expression> {
        if self.is_aggregate() {
            return vec![self];
        }
        self.parts().into_iter().flat_map(Expression::aggregates).collect()
    }

    /// The variables that it names, those of paths inside too.
    pub(super) fn variables(&self) -> Vec<(&str, &Range<usize>)> {
        match &self.is {
            Is::Variable(name) => vec![(name, &self.place)],
            Is::Exists(paths, condition) => {
                let inside = paths.iter().flat_map(Path::names).map(|name| (name.text.as_str(), &name.place));
                let condition = condition.iter().flat_map(|c| c.variables());
                let properties = paths.iter().flat_map(Path::expressions).flat_map(Expression::variables);
                inside.chain(condition).chain(properties).collect()
            }
            _ => self.parts().into_iter().flat_map(Expression::variables).collect(),
        }
    }

    /// What stands on both sides of the outer `AND`s.
    pub(super) fn conjuncts(&self) -> Vec<&Expression> {
        match &self.is {
            Is::Two(Operator::And, a, b) => a.conjuncts().into_iter().chain(b.conjuncts()).collect(),
            _ => vec![self],
        }
    }
}

impl Path {
    /// The names that it gives, its own first.
    pub(super) fn names(&self) -> impl Iterator<Item = &Name> {
        let nodes = self.nodes.iter().filter_map(|node| node.name.as_ref());
        self.name.iter().chain(nodes).chain(self.edges.iter().filter_map(|edge| edge.name.as_ref()))
    }

    /// The expressions in its maps.
    pub(super) fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let nodes = self.nodes.iter().flat_map(|node| &node.properties);
        nodes.chain(self.edges.iter().flat_map(|edge| &edge.properties)).map(|(_, value)| value)
    }
}
