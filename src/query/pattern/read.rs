//! Reads the arrow notation of questions, by recursive descent over code points.
//!
//! In: the text. Out: a [`Pattern`], or a [`Fault`] at its place. A name may hold spaces and hyphens
//! ("Chung Eui-yong"): it ends where white space and a whole arrow follow, or at `[`, `"`, `;`. A name
//! that holds such a sign stands in backquotes.

use std::ops::Range;

use super::{ArrowAsked, End, Pattern, Who};
use crate::lexicon::Kind;
use crate::lexicon::problem::nearest;
use crate::query::Fault;

/// A chain of edges without an upper end is followed so far.
const OPEN_CHAIN: u32 = 4;

/// No chain is longer.
const LONGEST_CHAIN: u32 = 10;

/// No question has more arrows.
const MOST_ARROWS: usize = 30;

/// The kinds by name.
pub(super) const KINDS: [(&str, Kind); 8] = [
    ("person", Kind::Person),
    ("country", Kind::Country),
    ("organization", Kind::Organization),
    ("organisation", Kind::Organization),
    ("org", Kind::Organization),
    ("place", Kind::Place),
    ("group", Kind::Group),
    ("other", Kind::Other),
];

pub(super) fn read(text: &str) -> Result<Pattern, Fault> {
    let mut reader =
        Reader { text, chars: text.chars().collect(), at: 0, ends: Vec::new(), arrows: Vec::new() };
    loop {
        reader.chain()?;
        reader.space();
        // A semicolon at the very end is no fault.
        while reader.eat(';') {
            reader.space();
        }
        if reader.at >= reader.chars.len() {
            break;
        }
    }
    Ok(Pattern { text: text.to_owned(), ends: reader.ends, arrows: reader.arrows })
}

pub(super) struct Reader<'t> {
    text: &'t str,
    pub(super) chars: Vec<char>,
    pub(super) at: usize,
    ends: Vec<End>,
    arrows: Vec<ArrowAsked>,
}

/// The signs of an arrow: `<-`, what stands between, `->`.
pub(super) struct Signs {
    inner: Range<usize>,
    end: usize,
    back: bool,
    ahead: bool,
}

impl Reader<'_> {
    pub(super) fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn eat(&mut self, c: char) -> bool {
        let is = self.peek(0) == Some(c);
        self.at += usize::from(is);
        is
    }

    pub(super) fn space(&mut self) {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    pub(super) fn str(&self, range: Range<usize>) -> String {
        self.chars.get(range).unwrap_or(&[]).iter().collect()
    }

    pub(super) fn fault(&self, place: Range<usize>, what: impl Into<String>) -> Fault {
        Fault::new(self.text, place, what)
    }

    fn chain(&mut self) -> Result<(), Fault> {
        self.space();
        let start = self.at;
        let mut from = self.end("before")?;
        let first = self.arrows.len();
        loop {
            self.space();
            let Some(signs) = self.arrow_at(self.at)? else { break };
            if self.arrows.len() >= MOST_ARROWS {
                return Err(self.fault(self.at..signs.end, format!("more than {MOST_ARROWS} arrows")));
            }
            let mut arrow = self.what(signs.inner.clone())?;
            self.at = signs.end;
            let to = self.end("after")?;
            (arrow.from, arrow.to) = if signs.back && !signs.ahead { (to, from) } else { (from, to) };
            arrow.either = signs.back && signs.ahead;
            self.marks(&mut arrow)?;
            self.arrows.push(arrow);
            from = to;
        }
        if self.arrows.len() == first {
            return Err(self.no_arrow(start));
        }
        if self.at < self.chars.len() && self.peek(0) != Some(';') {
            let fault = self.fault(
                self.at..self.at + 1,
                "here an arrow, [flags], \"words\", `;` or the end should stand",
            );
            return Err(fault.hint("for example: '? -urges-> ?x -meets-> China [since 2021-03-01]'"));
        }
        Ok(())
    }

    /// No arrow where one should begin: says what looks most like one.
    fn no_arrow(&self, start: usize) -> Fault {
        let example = "write `SUBJECT -predicate-> OBJECT`, with `?` for anybody or anything, for example '? -urges-> China'";
        let end = self.chars.len();
        // The name before took what was no arrow: look through the whole chain.
        for (n, c) in self.chars.iter().enumerate().skip(start) {
            let next = self.chars.get(n + 1).copied();
            let before = n.checked_sub(1).and_then(|n| self.chars.get(n)).copied();
            let opens = before.is_none_or(|c| c.is_whitespace() || matches!(c, '?' | ']' | '"' | '`'));
            if *c == '-' && next == Some('>') {
                let fault = self.fault(n..n + 2, "this arrow says not what is done");
                return fault.hint("write `-?->` for anything, or a predicate: `-urges->`");
            }
            if *c == '-' && opens && next.is_some_and(|c| !c.is_whitespace()) {
                let word =
                    self.chars.iter().skip(n + 1).take_while(|c| !c.is_whitespace() && **c != '-').count();
                let name = self.str(n + 1..n + 1 + word);
                let fault = self.fault(n..n + 1 + word, "this arrow has no head");
                return fault.hint(format!("write `-{name}->`"));
            }
        }
        self.fault(start..end, "there is no arrow in this").hint(example)
    }

    /// The arrow that begins at a place, if one does.
    pub(super) fn arrow_at(&self, at: usize) -> Result<Option<Signs>, Fault> {
        let is = |n: usize, c: char| self.chars.get(n) == Some(&c);
        let back = is(at, '<') && is(at + 1, '-');
        if !back && !is(at, '-') {
            return Ok(None);
        }
        let start = at + 1 + usize::from(back);
        let Some(length) =
            self.chars.iter().skip(start).position(|c| matches!(c, '-' | '[' | ']' | '"' | ';'))
        else {
            return Ok(None);
        };
        let dash = start + length;
        let ahead = is(dash, '-') && is(dash + 1, '>');
        let inner = self.str(start..dash);
        let words = inner.split('|').all(|word| word.split_whitespace().count() <= 1);
        let tail = self.chars.get(dash + 1).is_none_or(|c| c.is_whitespace() || matches!(c, '?' | '`'));
        if !is(dash, '-') || !words || !(ahead || (back && tail)) {
            return Ok(None);
        }
        if inner.trim().is_empty() {
            let fault = self.fault(at..dash + 1 + usize::from(ahead), "this arrow says not what is done");
            return Err(fault.hint("write `-?->` for anything, or a predicate: `-urges->`"));
        }
        Ok(Some(Signs { inner: start..dash, end: dash + 1 + usize::from(ahead), back, ahead }))
    }

    /// What stands in an arrow: words with `|` between, and the length of a chain.
    fn what(&self, inner: Range<usize>) -> Result<ArrowAsked, Fault> {
        let mut arrow = ArrowAsked::default();
        let star = inner.clone().find(|n| self.chars.get(*n) == Some(&'*'));
        let words = inner.start..star.unwrap_or(inner.end);
        if let Some(star) = star {
            arrow.hops = Some(self.length(star + 1..inner.end)?);
        }
        let mut start = words.start;
        for n in words.start..=words.end {
            if n < words.end && self.chars.get(n) != Some(&'|') {
                continue;
            }
            let word = self.str(start..n);
            let lead = word.chars().take_while(|c| c.is_whitespace()).count();
            let name = word.trim();
            let place = start + lead..start + lead + name.chars().count();
            start = n + 1;
            match name {
                "" if star.is_some() && words.is_empty() => {}
                "" => return Err(self.fault(n.saturating_sub(1)..n + 1, "an empty word between two `|`")),
                "?" => {}
                name if name.starts_with('?') => {
                    let fault = self.fault(place, "a predicate cannot be a variable");
                    return Err(fault.hint("write `-?->` for any predicate"));
                }
                name => arrow.predicates.push((name.to_owned(), place)),
            }
        }
        Ok(arrow)
    }

    /// `1..3`, `2`, `..3`, `2..`, or nothing, behind the star.
    fn length(&self, place: Range<usize>) -> Result<(u32, u32), Fault> {
        let text = self.str(place.clone());
        let text = text.trim();
        let wrong = || {
            let fault = self.fault(place.start.saturating_sub(1)..place.end, "this is no length of a chain");
            fault.hint("write `*`, `*2`, `*1..3`, `*..3` or `*2..`")
        };
        let number = |text: &str| text.trim().parse::<u32>().map_err(|_| wrong());
        let (least, most) = match text.split_once("..") {
            None if text.is_empty() => (1, OPEN_CHAIN),
            None => (number(text)?, number(text)?),
            Some((least, most)) => {
                let least = if least.trim().is_empty() { 1 } else { number(least)? };
                let most = if most.trim().is_empty() { OPEN_CHAIN.max(least) } else { number(most)? };
                (least, most)
            }
        };
        if least == 0 || least > most {
            return Err(wrong());
        }
        if most > LONGEST_CHAIN {
            let fault = self.fault(place.start.saturating_sub(1)..place.end, "this chain is too long");
            return Err(fault.hint(format!("a chain has at most {LONGEST_CHAIN} edges")));
        }
        Ok((least, most))
    }

    /// `?`, `?x`, `?:person`, `?x:person`, a name, or a name in backquotes.
    fn end(&mut self, side: &str) -> Result<usize, Fault> {
        self.space();
        let start = self.at;
        let (who, kind) = match self.peek(0) {
            Some('?') => self.variable()?,
            Some('`') => (Who::Named(self.backquoted()?), None),
            _ => {
                let name = self.name()?;
                if name.is_empty() {
                    let at = self.at.min(self.chars.len());
                    let fault = self.fault(at..at + 1, format!("nothing stands {side} the arrow"));
                    return Err(fault.hint("write a name, or `?` for anybody"));
                }
                (Who::Named(name), None)
            }
        };
        let end = self.chars.get(start..self.at).unwrap_or(&[]);
        let length = end.iter().rposition(|c| !c.is_whitespace()).map_or(0, |n| n + 1);
        let place = start..start + length;
        // The same variable or name is the same node.
        if who != Who::Anybody
            && let Some(n) = self.ends.iter().position(|end| end.who == who)
        {
            let known = self.ends.get(n).and_then(|end| end.kind);
            if let (Some(a), Some(b)) = (known, kind)
                && a != b
            {
                let fault = self.fault(place, "the same variable cannot be of two kinds");
                return Err(fault.hint("give one of them another name"));
            }
            if let Some(end) = self.ends.get_mut(n) {
                end.kind = known.or(kind);
            }
            return Ok(n);
        }
        self.ends.push(End { who, kind, place });
        Ok(self.ends.len() - 1)
    }

    fn variable(&mut self) -> Result<(Who, Option<Kind>), Fault> {
        self.at += 1;
        let name = self.word();
        let mut kind = kind_of(name.trim_end_matches(|c: char| c.is_ascii_digit()));
        if self.peek(0) == Some(':') {
            self.at += 1;
            let start = self.at;
            let word = self.word();
            kind = kind_of(&word);
            if kind.is_none() {
                let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
                let fault = self.fault(start..self.at.max(start + 1), format!("`{word}` is no kind"));
                return Err(match nearest(&word, &names) {
                    Some(near) => fault.hint(format!("did you mean `{near}`?")),
                    None => fault.hint("the kinds are person, country, organization, place, group, other"),
                });
            }
        }
        let closes = |c: char| c.is_whitespace() || matches!(c, '-' | '<' | '[' | '"' | ';');
        if self.peek(0).is_some_and(|c| !closes(c)) {
            let fault = self.fault(self.at..self.at + 1, "a variable is one word");
            return Err(fault.hint("write `?x`, `?person`, or `?x:person`"));
        }
        let who = if name.is_empty() { Who::Anybody } else { Who::Variable(name) };
        Ok((who, kind))
    }

    fn word(&mut self) -> String {
        let start = self.at;
        while self.peek(0).is_some_and(|c| c.is_alphanumeric() || c == '_') {
            self.at += 1;
        }
        self.str(start..self.at)
    }

    fn backquoted(&mut self) -> Result<String, Fault> {
        let open = self.at;
        self.at += 1;
        let start = self.at;
        while self.peek(0).is_some_and(|c| c != '`') {
            self.at += 1;
        }
        if self.peek(0).is_none() {
            return Err(self.fault(open..open + 1, "this backquote is not closed"));
        }
        self.at += 1;
        Ok(self.str(start..self.at - 1))
    }

    fn name(&mut self) -> Result<String, Fault> {
        let start = self.at;
        while let Some(c) = self.peek(0) {
            let apart = self.at == start || self.chars.get(self.at - 1).is_some_and(|c| c.is_whitespace());
            if matches!(c, '[' | '"' | ';') || (apart && self.arrow_at(self.at)?.is_some()) {
                break;
            }
            self.at += 1;
        }
        Ok(self.str(start..self.at).trim().to_owned())
    }
}

fn kind_of(word: &str) -> Option<Kind> {
    KINDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, kind)| *kind)
}
