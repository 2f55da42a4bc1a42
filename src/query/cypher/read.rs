//! Reads clauses and patterns, by recursive descent over tokens.
//!
//! In: the text. Out: clauses, or a [`Fault`] at its place with a hint. What would write is refused by name:
//! this graph is read only.

use std::ops::Range;

use super::syntax::{Clause, Direction, EdgePattern, Expression, Item, Name, NodePattern, Path, Projection};
use super::token::{Kind as Is, Token, tokens};
use crate::lexicon::Kind;
use crate::lexicon::problem::nearest;
use crate::query::Fault;

/// A chain without an upper end is followed so far.
const OPEN_CHAIN: u32 = 5;

/// No chain is longer.
const LONGEST_CHAIN: u32 = 15;

/// No expression or pattern is nested deeper, and no query has more patterns.
pub(super) const DEEPEST: usize = 30;

const WRITES: [&str; 11] =
    ["create", "set", "delete", "detach", "merge", "remove", "foreach", "load", "drop", "copy", "alter"];

const CLAUSES: [&str; 9] =
    ["match", "optional", "where", "with", "return", "unwind", "order", "skip", "limit"];

/// The labels of nodes.
pub(super) const LABELS: [(&str, Kind); 6] = [
    ("Person", Kind::Person),
    ("Country", Kind::Country),
    ("Organization", Kind::Organization),
    ("Place", Kind::Place),
    ("Group", Kind::Group),
    ("Other", Kind::Other),
];

pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    pub(super) depth: usize,
}

pub(super) fn read(text: &str) -> Result<Vec<Clause>, Fault> {
    let mut reader = Reader { text, tokens: tokens(text)?, at: 0, depth: 0 };
    reader.query()
}

impl Reader<'_> {
    pub(super) fn peek(&self, ahead: usize) -> &Is {
        self.tokens.get(self.at + ahead).map_or(&Is::End, |token| &token.kind)
    }

    pub(super) fn place(&self) -> Range<usize> {
        let end = self.text.chars().count();
        self.tokens.get(self.at).map_or(end..end + 1, |token| token.place.clone())
    }

    /// From a place to the end of the token before this one.
    pub(super) fn since(&self, start: usize) -> Range<usize> {
        let last = self.at.checked_sub(1).and_then(|n| self.tokens.get(n));
        start..last.map_or(start + 1, |token| token.place.end.max(start + 1))
    }

    pub(super) fn fault(&self, place: Range<usize>, what: impl Into<String>) -> Fault {
        Fault::new(self.text, place, what)
    }

    pub(super) fn is_sign(&self, ahead: usize, sign: &str) -> bool {
        matches!(self.peek(ahead), Is::Sign(is) if *is == sign)
    }

    pub(super) fn eat(&mut self, sign: &str) -> bool {
        let is = self.is_sign(0, sign);
        self.at += usize::from(is);
        is
    }

    pub(super) fn want(&mut self, sign: &str) -> Result<(), Fault> {
        if self.eat(sign) {
            return Ok(());
        }
        Err(self.unexpected(&format!("`{sign}`")))
    }

    pub(super) fn is_word(&self, ahead: usize, word: &str) -> bool {
        matches!(self.peek(ahead), Is::Word(is) if is.eq_ignore_ascii_case(word))
    }

    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let is = self.is_word(0, word);
        self.at += usize::from(is);
        is
    }

    /// What stands here instead of what should.
    pub(super) fn unexpected(&self, wanted: &str) -> Fault {
        let place = self.place();
        let words: String = self.text.chars().skip(place.start).take(place.end - place.start).collect();
        match self.peek(0) {
            Is::End => self.fault(place, format!("the query ends where {wanted} should stand")),
            _ => self.fault(place, format!("`{words}` stands where {wanted} should")),
        }
    }

    /// A name that is no keyword of a clause.
    pub(super) fn name(&mut self, what: &str) -> Result<Name, Fault> {
        let place = self.place();
        match self.peek(0).clone() {
            Is::Word(text) | Is::Quoted(text) => {
                self.at += 1;
                Ok(Name { text, place })
            }
            _ => Err(self.unexpected(what)),
        }
    }

    fn query(&mut self) -> Result<Vec<Clause>, Fault> {
        let mut clauses = Vec::new();
        loop {
            self.refuse()?;
            if clauses.len() > DEEPEST {
                return Err(self.fault(self.place(), "this query has too many clauses"));
            }
            if self.eat_word("match") {
                clauses.push(self.matches(false)?);
            } else if self.is_word(0, "optional") && self.is_word(1, "match") {
                self.at += 2;
                clauses.push(self.matches(true)?);
            } else if self.eat_word("unwind") {
                let list = self.expression()?;
                if !self.eat_word("as") {
                    return Err(self.unexpected("`AS name`"));
                }
                clauses.push(Clause::Unwind { list, name: self.name("a name")? });
            } else if self.eat_word("with") {
                let projection = self.projection()?;
                let condition = if self.eat_word("where") { Some(self.expression()?) } else { None };
                clauses.push(Clause::Project { projection, condition, is_return: false });
            } else if self.is_word(0, "return") {
                self.at += 1;
                let projection = self.projection()?;
                clauses.push(Clause::Project { projection, condition: None, is_return: true });
                self.eat(";");
                if *self.peek(0) != Is::End {
                    self.refuse()?;
                    return Err(self.unexpected("the end of the query").hint("RETURN is the last clause"));
                }
                return Ok(clauses);
            } else {
                return Err(self.no_clause(clauses.is_empty()));
            }
        }
    }

    /// Writing clauses, and reading ones that we have not.
    fn refuse(&self) -> Result<(), Fault> {
        let Is::Word(word) = self.peek(0) else { return Ok(()) };
        let lower = word.to_ascii_lowercase();
        if WRITES.contains(&lower.as_str()) {
            let fault = self.fault(
                self.place(),
                format!("`{}` would change the graph, which is read-only here", word.to_uppercase()),
            );
            return Err(fault.hint("ask with MATCH … RETURN; graphs are made by `demarche build`"));
        }
        let hint = match lower.as_str() {
            "call" => {
                "there are no procedures: MATCH … RETURN, and `demarche path` and `demarche top`, do without"
            }
            "union" => "ask two queries",
            "explain" | "profile" => "ask the query itself",
            _ => return Ok(()),
        };
        Err(self
            .fault(self.place(), format!("`{}` is not in this subset of Cypher", word.to_uppercase()))
            .hint(hint))
    }

    fn no_clause(&self, is_first: bool) -> Fault {
        let example = "for example: MATCH (a)-[:accuses]->(b) RETURN a.name, b.name";
        let fault = self.unexpected(if is_first { "MATCH" } else { "a clause" });
        match self.peek(0) {
            Is::End if !is_first => {
                self.fault(self.place(), "the query returns nothing").hint("end it with RETURN")
            }
            Is::Word(word) => match nearest(word, &CLAUSES) {
                Some(near) => fault.hint(format!("did you mean {}?", near.to_uppercase())),
                None => fault.hint(example),
            },
            _ => fault.hint(example),
        }
    }

    fn matches(&mut self, optional: bool) -> Result<Clause, Fault> {
        let paths = self.paths()?;
        let condition = if self.eat_word("where") { Some(self.expression()?) } else { None };
        Ok(Clause::Match { optional, paths, condition })
    }

    /// Patterns with commas between.
    pub(super) fn paths(&mut self) -> Result<Vec<Path>, Fault> {
        let mut paths = vec![self.path()?];
        while self.eat(",") {
            if paths.len() > DEEPEST {
                return Err(self.fault(self.place(), "this query has too many patterns"));
            }
            paths.push(self.path()?);
        }
        Ok(paths)
    }

    pub(super) fn path(&mut self) -> Result<Path, Fault> {
        let mut path = Path::default();
        if matches!(self.peek(0), Is::Word(_) | Is::Quoted(_)) {
            if self.is_word(0, "shortestPath")
                || self.is_word(2, "shortestPath")
                || self.is_word(2, "allShortestPaths")
            {
                let fault = self.fault(self.place(), "`shortestPath` is not in this subset of Cypher");
                return Err(fault.hint("`demarche path GRAPH FROM TO` finds the shortest chain"));
            }
            let name = self.name("a name")?;
            self.want("=")?;
            path.name = Some(name);
        }
        path.nodes.push(self.node()?);
        while self.is_sign(0, "-") || (self.is_sign(0, "<") && self.is_sign(1, "-")) {
            if path.edges.len() > DEEPEST {
                return Err(self.fault(self.place(), "this pattern is too long"));
            }
            path.edges.push(self.edge()?);
            path.nodes.push(self.node()?);
        }
        Ok(path)
    }

    fn node(&mut self) -> Result<NodePattern, Fault> {
        if !self.is_sign(0, "(") {
            return Err(self.unexpected("a node").hint("a node is written in round brackets: (a:Person)"));
        }
        self.at += 1;
        let mut node = NodePattern::default();
        if matches!(self.peek(0), Is::Word(_) | Is::Quoted(_)) {
            node.name = Some(self.name("a name")?);
        }
        node.labels = self.labels()?;
        node.properties = self.map()?;
        if !self.eat(")") {
            return Err(self.unexpected("`)`").hint("a node is written (name:Label {property: value})"));
        }
        Ok(node)
    }

    /// `:Person`, `:Person|Country`, `:Person:Country`.
    pub(super) fn labels(&mut self) -> Result<Vec<Vec<Kind>>, Fault> {
        let mut all = Vec::new();
        while self.eat(":") {
            let mut some = self.label()?;
            while self.eat("|") {
                self.eat(":");
                some.extend(self.label()?);
            }
            all.push(some);
        }
        Ok(all)
    }

    fn label(&mut self) -> Result<Vec<Kind>, Fault> {
        let name = self.name("a label")?;
        // What every node is, in the files that other programs load.
        if name.text.eq_ignore_ascii_case("entity") {
            return Ok(LABELS.map(|(_, kind)| kind).to_vec());
        }
        if let Some((_, kind)) = LABELS.iter().find(|(label, _)| label.eq_ignore_ascii_case(&name.text)) {
            return Ok(vec![*kind]);
        }
        let names = LABELS.map(|(label, _)| label);
        let fault = self.fault(name.place, format!("no node has the label `{}`", name.text));
        Err(match nearest(&name.text, &names) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault.hint(format!("the labels are {}; Entity is any", names.join(", "))),
        })
    }

    /// `{name: 'x', kind: 'person'}`
    fn map(&mut self) -> Result<Vec<(Name, Expression)>, Fault> {
        let mut map = Vec::new();
        if !self.eat("{") {
            return Ok(map);
        }
        while !self.eat("}") {
            if !map.is_empty() {
                self.want(",")?;
            }
            let name = self.name("a property")?;
            self.want(":")?;
            map.push((name, self.expression()?));
        }
        Ok(map)
    }

    fn edge(&mut self) -> Result<EdgePattern, Fault> {
        let start = self.place().start;
        let back = self.eat("<");
        self.want("-")?;
        let mut edge = EdgePattern {
            name: None,
            types: Vec::new(),
            hops: None,
            properties: Vec::new(),
            direction: Direction::Either,
            place: 0..0,
        };
        if self.eat("[") {
            if matches!(self.peek(0), Is::Word(_) | Is::Quoted(_)) {
                edge.name = Some(self.name("a name")?);
            }
            if self.eat(":") {
                edge.types.push(self.name("a type")?);
                while self.eat("|") {
                    self.eat(":");
                    edge.types.push(self.name("a type")?);
                }
            }
            if self.is_sign(0, "*") {
                edge.hops = Some(self.hops()?);
            }
            edge.properties = self.map()?;
            if !self.eat("]") {
                let hint = "a relationship is written -[name:type|type*1..3 {property: value}]->";
                return Err(self.unexpected("`]`").hint(hint));
            }
        }
        if !self.eat("-") {
            return Err(self
                .unexpected("`-`")
                .hint("a relationship is written -[r:type]-> or <-[r:type]- or --"));
        }
        let ahead = self.eat(">");
        edge.direction = match (back, ahead) {
            (true, false) => Direction::Back,
            (false, true) => Direction::Ahead,
            _ => Direction::Either,
        };
        edge.place = self.since(start);
        Ok(edge)
    }

    /// `*`, `*2`, `*1..3`, `*..3`, `*2..`
    fn hops(&mut self) -> Result<(u32, u32), Fault> {
        let start = self.place().start;
        self.at += 1;
        let mut number = || match self.peek(0) {
            Is::Int(n) => {
                let n = u32::try_from(*n).unwrap_or(u32::MAX);
                self.at += 1;
                Some(n)
            }
            _ => None,
        };
        let first = number();
        let (least, most) = if self.eat("..") {
            let least = first.unwrap_or(1);
            let last = match self.peek(0) {
                Is::Int(n) => Some(u32::try_from(*n).unwrap_or(u32::MAX)),
                _ => None,
            };
            self.at += usize::from(last.is_some());
            (least, last.unwrap_or(OPEN_CHAIN.max(least)))
        } else {
            first.map_or((1, OPEN_CHAIN), |n| (n, n))
        };
        let place = self.since(start);
        if least > most {
            return Err(self.fault(place, "this chain ends before it begins").hint("write *1..3"));
        }
        if most > LONGEST_CHAIN {
            let fault = self.fault(place, "this chain is too long");
            return Err(fault.hint(format!("a chain has at most {LONGEST_CHAIN} relationships")));
        }
        Ok((least, most))
    }

    fn projection(&mut self) -> Result<Projection, Fault> {
        let distinct = self.eat_word("distinct");
        let star = self.eat("*");
        let mut items = Vec::new();
        if !star || self.eat(",") {
            items.push(self.item()?);
            while self.eat(",") {
                items.push(self.item()?);
            }
        }
        let mut projection = Projection { distinct, star, items, order: Vec::new(), skip: 0, limit: None };
        if self.eat_word("order") {
            if !self.eat_word("by") {
                return Err(self.unexpected("BY"));
            }
            loop {
                let expression = self.expression()?;
                let falling = self.eat_word("desc") || self.eat_word("descending");
                if !falling {
                    let _ = self.eat_word("asc") || self.eat_word("ascending");
                }
                projection.order.push((expression, falling));
                if !self.eat(",") {
                    break;
                }
            }
        }
        if self.eat_word("skip") || self.eat_word("offset") {
            projection.skip = self.count("SKIP")?;
        }
        if self.eat_word("limit") {
            projection.limit = Some(self.count("LIMIT")?);
        }
        Ok(projection)
    }

    fn count(&mut self, what: &str) -> Result<usize, Fault> {
        match self.peek(0) {
            Is::Int(n) => {
                let n = usize::try_from(*n).unwrap_or(usize::MAX);
                self.at += 1;
                Ok(n)
            }
            _ => Err(self.unexpected("a number").hint(format!("{what} wants a whole number: {what} 10"))),
        }
    }

    fn item(&mut self) -> Result<Item, Fault> {
        let start = self.place().start;
        let expression = self.expression()?;
        let place = self.since(start);
        let name = if self.eat_word("as") {
            self.name("a name")?.text
        } else {
            self.text.chars().skip(place.start).take(place.end - place.start).collect()
        };
        Ok(Item { expression, name })
    }
}
