//! Reads expressions: the loosest operator first, each level calls the next tighter one.

use super::read::{DEEPEST, Reader};
use super::syntax::{Expression, Function, Is, Operator};
use super::token::Kind;
use crate::lexicon::problem::nearest;
use crate::query::Fault;

/// No tree is higher: what is asked of it walks it by recursion.
const TALLEST: usize = 120;

/// No sum or product has more signs.
const LONGEST: usize = 50;

/// Operators of one strength, that read from left to right.
type Level = [(&'static str, Operator)];

const LEVELS: [&Level; 5] = [
    &[("or", Operator::Or)],
    &[("xor", Operator::Xor)],
    &[("and", Operator::And)],
    &[("+", Operator::Plus), ("-", Operator::Minus)],
    &[("*", Operator::Times), ("/", Operator::Over), ("%", Operator::Modulo)],
];

const COMPARISONS: [(&str, Operator); 8] = [
    ("<>", Operator::Unequal),
    ("!=", Operator::Unequal),
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("=~", Operator::Matches),
    ("=", Operator::Equal),
    ("<", Operator::Less),
    (">", Operator::Greater),
];

impl Reader<'_> {
    pub(super) fn expression(&mut self) -> Result<Expression, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault(self.place(), "this is nested too deep"));
        }
        let read = self.level(0)?;
        self.depth -= 1;
        // Chains within brackets within chains.
        if self.depth == 0 && read.is_deeper(TALLEST) {
            return Err(self.fault(read.place, "this is nested too deep"));
        }
        Ok(read)
    }

    /// `OR`, `XOR`, `AND`; `NOT` and comparisons stand between them and arithmetic.
    fn level(&mut self, level: usize) -> Result<Expression, Fault> {
        let Some(operators) = LEVELS.get(level) else { return self.power() };
        let mut all = vec![if level == 2 { self.not()? } else { self.level(level + 1)? }];
        let mut signs = Vec::new();
        loop {
            let found = operators.iter().find(|(sign, _)| self.is_sign(0, sign) || self.is_word(0, sign));
            let Some((_, operator)) = found else { break };
            self.at += 1;
            signs.push(*operator);
            all.push(if level == 2 { self.not()? } else { self.level(level + 1)? });
        }
        if level <= 2 {
            // In which order they are joined makes no difference, and a flat tree is walked in fewer steps.
            return Ok(balanced(&signs, all));
        }
        if signs.len() > LONGEST {
            return Err(self.fault(self.place(), "this expression is too long"));
        }
        let mut all = all.into_iter();
        let mut left = all.next().ok_or_else(|| self.unexpected("an expression"))?;
        for (operator, right) in signs.into_iter().zip(all) {
            left = two(operator, left, right);
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Expression, Fault> {
        let start = self.place().start;
        if !self.is_word(0, "not") {
            return self.comparison();
        }
        self.at += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault(self.place(), "this is nested too deep"));
        }
        let inner = self.not()?;
        self.depth -= 1;
        Ok(Expression { is: Is::Not(Box::new(inner)), place: self.since(start) })
    }

    /// `a < b`, `1 < a <= 3`, `a IN list`, `a STARTS WITH b`, `a IS NULL`.
    fn comparison(&mut self) -> Result<Expression, Fault> {
        let start = self.place().start;
        let mut left = self.level(3)?;
        let mut all: Option<Expression> = None;
        let mut count = 0;
        loop {
            count += 1;
            if count > LONGEST {
                return Err(self.fault(self.place(), "this comparison is too long"));
            }
            if self.is_word(0, "is") {
                self.at += 1;
                let not = self.eat_word("not");
                if !self.eat_word("null") {
                    return Err(self.unexpected("NULL"));
                }
                let place = self.since(start);
                left = Expression { is: Is::Nothing(Box::new(left), not), place };
                continue;
            }
            let Some((operator, length)) = self.comparator()? else { break };
            self.at += length;
            let right = self.level(3)?;
            let place = self.since(start);
            let next = Expression {
                is: Is::Two(operator, Box::new(left), Box::new(right.clone())),
                place: place.clone(),
            };
            all = Some(match all {
                None => next,
                Some(before) => {
                    Expression { is: Is::Two(Operator::And, Box::new(before), Box::new(next)), place }
                }
            });
            left = right;
        }
        Ok(all.unwrap_or(left))
    }

    fn comparator(&self) -> Result<Option<(Operator, usize)>, Fault> {
        let signs = COMPARISONS.iter().find(|(sign, _)| self.is_sign(0, sign));
        if let Some((_, operator)) = signs {
            if self.is_sign(0, "=") && self.is_sign(1, "=") {
                let fault = self.fault(self.place().start..self.place().start + 2, "`==` is no operator");
                return Err(fault.hint("write `=`"));
            }
            return Ok(Some((*operator, 1)));
        }
        Ok(if self.is_word(0, "in") {
            Some((Operator::In, 1))
        } else if self.is_word(0, "contains") {
            Some((Operator::Contains, 1))
        } else if self.is_word(0, "starts") && self.is_word(1, "with") {
            Some((Operator::StartsWith, 2))
        } else if self.is_word(0, "ends") && self.is_word(1, "with") {
            Some((Operator::EndsWith, 2))
        } else {
            None
        })
    }

    fn power(&mut self) -> Result<Expression, Fault> {
        let start = self.place().start;
        if self.is_sign(0, "-") || self.is_sign(0, "+") {
            let negative = self.is_sign(0, "-");
            self.at += 1;
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err(self.fault(self.place(), "this is nested too deep"));
            }
            let inner = self.power()?;
            self.depth -= 1;
            if !negative {
                return Ok(inner);
            }
            return Ok(Expression { is: Is::Negative(Box::new(inner)), place: self.since(start) });
        }
        let mut left = self.postfix()?;
        let mut count = 0;
        while self.eat("^") {
            count += 1;
            if count > LONGEST {
                return Err(self.fault(self.place(), "this expression is too long"));
            }
            let right = self.postfix()?;
            let place = self.since(start);
            left = Expression { is: Is::Two(Operator::Power, Box::new(left), Box::new(right)), place };
        }
        Ok(left)
    }

    /// `a.name`, `list[0]`, `a:Person`.
    fn postfix(&mut self) -> Result<Expression, Fault> {
        let start = self.place().start;
        let mut left = self.atom()?;
        for _ in 0..DEEPEST {
            if self.eat(".") {
                let name = self.name("a property")?;
                left = Expression { is: Is::Property(Box::new(left), name), place: self.since(start) };
            } else if self.eat("[") {
                let index = self.expression()?;
                if self.is_sign(0, "..") {
                    return Err(self.fault(self.place(), "slices of lists are not in this subset of Cypher"));
                }
                self.want("]")?;
                let place = self.since(start);
                left = Expression { is: Is::Element(Box::new(left), Box::new(index)), place };
            } else if self.is_sign(0, ":") && matches!(left.is, Is::Variable(_)) {
                let labels = self.labels()?;
                left = Expression { is: Is::HasLabel(Box::new(left), labels), place: self.since(start) };
            } else {
                return Ok(left);
            }
        }
        Err(self.fault(self.place(), "this is nested too deep"))
    }

    fn atom(&mut self) -> Result<Expression, Fault> {
        let place = self.place();
        let start = place.start;
        let simple = |is: Is| Expression { is, place: place.clone() };
        match self.peek(0).clone() {
            Kind::Int(n) => self.one(simple(Is::Int(n))),
            Kind::Float(x) => self.one(simple(Is::Float(x))),
            Kind::Text(text) => self.one(simple(Is::Text(text))),
            Kind::Quoted(name) => self.one(simple(Is::Variable(name))),
            Kind::Sign("(") => {
                let before = self.at;
                if let Some(path) = self.path_condition()? {
                    return Ok(Expression { is: Is::Exists(vec![path], None), place: self.since(start) });
                }
                self.at = before + 1;
                let inner = self.expression()?;
                self.want(")")?;
                Ok(inner)
            }
            Kind::Sign("[") => {
                self.at += 1;
                let mut items = Vec::new();
                while !self.eat("]") {
                    if !items.is_empty() {
                        self.want(",")?;
                    }
                    items.push(self.expression()?);
                    if self.is_sign(0, "|") {
                        let fault =
                            self.fault(self.place(), "list comprehensions are not in this subset of Cypher");
                        return Err(fault.hint("UNWIND the list and collect() what you keep"));
                    }
                }
                Ok(Expression { is: Is::List(items), place: self.since(start) })
            }
            Kind::Sign("$") => {
                let fault = self.fault(start..place.end, "parameters are not in this subset of Cypher");
                Err(fault.hint("write the value itself: 'China' or 3"))
            }
            Kind::Sign("{") => Err(self
                .fault(place, "maps stand only in patterns in this subset of Cypher")
                .hint("write (a {name: 'China'})")),
            Kind::Word(word) => self.word(&word, start),
            _ => Err(self.unexpected("an expression")),
        }
    }

    fn one(&mut self, expression: Expression) -> Result<Expression, Fault> {
        self.at += 1;
        Ok(expression)
    }

    /// A path with a relationship, where a condition may stand: `(a)-[:meets]-(b)`.
    fn path_condition(&mut self) -> Result<Option<super::syntax::Path>, Fault> {
        // `(a)-(b)` could be a difference; a path goes on with `-[`, `--`, `->`-like signs or `<-`.
        let mut depth = 0_usize;
        let mut n = 0;
        loop {
            match self.peek(n) {
                Kind::Sign("(" | "{") => depth += 1,
                Kind::Sign(")" | "}") => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                Kind::End => return Ok(None),
                _ => {}
            }
            n += 1;
        }
        let goes_on = (self.is_sign(n + 1, "-") && (self.is_sign(n + 2, "[") || self.is_sign(n + 2, "-")))
            || (self.is_sign(n + 1, "<")
                && self.is_sign(n + 2, "-")
                && (self.is_sign(n + 3, "[") || self.is_sign(n + 3, "-")));
        let is_node = matches!(
            (self.peek(1), self.peek(2)),
            (Kind::Word(_) | Kind::Quoted(_), Kind::Sign(")" | ":" | "{")) | (Kind::Sign(")" | ":" | "{"), _)
        );
        if goes_on && is_node { self.path().map(Some) } else { Ok(None) }
    }

    fn word(&mut self, word: &str, start: usize) -> Result<Expression, Fault> {
        let lower = word.to_ascii_lowercase();
        let place = self.place();
        let simple = |is: Is| Expression { is, place: place.clone() };
        match lower.as_str() {
            "true" => self.one(simple(Is::Bool(true))),
            "false" => self.one(simple(Is::Bool(false))),
            "null" => self.one(simple(Is::Null)),
            "case" => self.case(start),
            "exists" | "count" if self.is_sign(1, "{") => {
                if lower == "count" {
                    let fault = self.fault(place, "`COUNT { … }` is not in this subset of Cypher");
                    return Err(fault.hint("use OPTIONAL MATCH and count(x)"));
                }
                self.at += 2;
                self.eat_word("match");
                let paths = self.paths()?;
                let condition =
                    if self.eat_word("where") { Some(Box::new(self.expression()?)) } else { None };
                self.want("}")?;
                Ok(Expression { is: Is::Exists(paths, condition), place: self.since(start) })
            }
            _ if self.is_sign(1, "(") => self.call(word, &lower, start),
            _ => self.one(simple(Is::Variable(word.to_owned()))),
        }
    }

    fn call(&mut self, word: &str, lower: &str, start: usize) -> Result<Expression, Fault> {
        let place = self.place();
        let Some((name, function, least, most)) =
            Function::ALL.iter().copied().find(|(name, ..)| *name == lower)
        else {
            let names: Vec<&str> = Function::ALL.iter().map(|(name, ..)| *name).collect();
            let fault = self.fault(place, format!("there is no function `{word}`"));
            return Err(match nearest(word, &names) {
                Some(near) => fault.hint(format!("did you mean `{near}`?")),
                None => fault.hint("docs/query.md lists the functions"),
            });
        };
        self.at += 2;
        let distinct = function.is_aggregate() && self.eat_word("distinct");
        let mut arguments = Vec::new();
        let star = function == Function::Count && !distinct && self.eat("*");
        if star {
            self.want(")")?;
        } else if function == Function::Exists && self.is_sign(0, "(") {
            // exists((a)-->(b))
            let path = self.path()?;
            self.want(")")?;
            return Ok(Expression { is: Is::Exists(vec![path], None), place: self.since(start) });
        } else {
            while !self.eat(")") {
                if !arguments.is_empty() {
                    self.want(",")?;
                }
                arguments.push(self.expression()?);
            }
        }
        let place = self.since(start);
        let fits = (least..=most).contains(&arguments.len())
            && (star || function != Function::Count || !arguments.is_empty());
        if !fits {
            let fault = self.fault(place, format!("`{name}` takes {}", many(least.max(1), most)));
            return Err(if function == Function::Count { fault.hint("count(*) counts rows") } else { fault });
        }
        Ok(Expression { is: Is::Call { function, arguments, distinct }, place })
    }

    fn case(&mut self, start: usize) -> Result<Expression, Fault> {
        self.at += 1;
        let of = if self.is_word(0, "when") { None } else { Some(Box::new(self.expression()?)) };
        let mut ways = Vec::new();
        while self.eat_word("when") {
            let when = self.expression()?;
            if !self.eat_word("then") {
                return Err(self.unexpected("THEN"));
            }
            ways.push((when, self.expression()?));
        }
        if ways.is_empty() {
            return Err(self.unexpected("WHEN"));
        }
        let otherwise = if self.eat_word("else") { Some(Box::new(self.expression()?)) } else { None };
        if !self.eat_word("end") {
            return Err(self.unexpected("END"));
        }
        Ok(Expression { is: Is::Case { of, ways, otherwise }, place: self.since(start) })
    }
}

fn two(operator: Operator, left: Expression, right: Expression) -> Expression {
    let place = left.place.start..right.place.end;
    Expression { is: Is::Two(operator, Box::new(left), Box::new(right)), place }
}

/// Joins many by one operator to a tree of little height; there is always at least one.
fn balanced(operators: &[Operator], mut all: Vec<Expression>) -> Expression {
    let half = all.split_off(all.len() / 2);
    match (all.len(), operators.first()) {
        (0, _) | (_, None) => all.into_iter().chain(half).next().unwrap_or(NOTHING),
        (_, Some(operator)) => two(*operator, balanced(operators, all), balanced(operators, half)),
    }
}

/// What no text is.
const NOTHING: Expression = Expression { is: Is::Null, place: 0..0 };

/// "1 argument", "2 or 3 arguments", "1 to 20 arguments".
fn many(least: usize, most: usize) -> String {
    match (least, most) {
        (1, 1) => "1 argument".to_owned(),
        (least, most) if least == most => format!("{least} arguments"),
        (least, most) if least + 1 == most => format!("{least} or {most} arguments"),
        (least, most) => format!("{least} to {most} arguments"),
    }
}
