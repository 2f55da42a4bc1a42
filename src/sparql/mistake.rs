//! Where a question goes wrong, and what may help.
//!
//! In: the question and what the grammar says of it: `error at 1:10: expected CONSTRUCT`. Out: a
//! [`SparqlError`] that points at a column. The grammar counts a keyword that it tried in vain as read: "SELCT
//! ?x" is then blamed nine letters too late, and an unknown prefix behind its whole name. Both are undone.

use super::SparqlError;
use crate::export::rdf::PREFIXES;

pub(super) fn of(text: &str, told: &str) -> SparqlError {
    let place = told.strip_prefix("error at ").and_then(|rest| {
        let (place, rest) = rest.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some((line.parse::<usize>().ok()?, column.parse::<usize>().ok()?, rest))
    });
    let Some((line, column, expected)) = place else {
        return SparqlError { what: told.to_owned(), at: None, hint: None };
    };
    let letters: Vec<char> = text.chars().collect();
    let blamed = index(&letters, line, column);
    let expected = Expected::of(expected);
    let start = match () {
        () if expected.prefix => word_before(&letters, blamed),
        () => blamed.saturating_sub(expected.only_keyword.map_or(0, str::len)),
    };
    let (line, column) = line_and_column(&letters, start);
    let found: String = letters.iter().skip(start).take_while(|c| !c.is_whitespace()).take(40).collect();
    let what = match found.as_str() {
        "" => "the question ends too early, or a part of it does".to_owned(),
        found => format!("cannot be read from `{found}` on"),
    };
    let words = text.lines().nth(line - 1).unwrap_or_default().to_owned();
    let hint = expected.hint(&found, start);
    SparqlError { what, at: Some((line, column, words)), hint }
}

/// What the grammar waited for.
struct Expected<'a> {
    /// It met a prefix that nobody declares.
    prefix: bool,
    /// It waited for keywords only: the first of them.
    only_keyword: Option<&'a str>,
    /// What a person can write: keywords and signs.
    signs: Vec<&'a str>,
}

impl<'a> Expected<'a> {
    fn of(told: &'a str) -> Self {
        let list = told.strip_prefix("expected ").unwrap_or(told);
        let list = list.strip_prefix("one of ").unwrap_or(list);
        let is_keyword = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let entries: Vec<&str> = list.split(", ").collect();
        let only_keyword = entries.first().copied().filter(|_| entries.iter().all(|entry| is_keyword(entry)));
        let is_sign = |entry: &&str| is_keyword(entry) || entry.starts_with('"') && entry.len() > 2;
        Expected {
            prefix: entries.contains(&"Prefix not found"),
            only_keyword,
            signs: entries.iter().copied().filter(is_sign).take(8).collect(),
        }
    }

    fn hint(&self, found: &str, start: usize) -> Option<String> {
        if self.prefix {
            let known: Vec<&str> = PREFIXES.iter().map(|(name, _)| *name).collect();
            let prefix = found.split(':').next().unwrap_or_default();
            return Some(format!("no prefix is called `{prefix}`; there are {}", known.join(", ")));
        }
        if start == 0 {
            return Some("a question begins with SELECT, ASK, CONSTRUCT or DESCRIBE".to_owned());
        }
        (!self.signs.is_empty()).then(|| format!("what could stand here: {}", self.signs.join(" ")))
    }
}

/// The beginning of the word that ends before a place.
fn word_before(letters: &[char], end: usize) -> usize {
    let before = letters.get(..end).unwrap_or(letters);
    let is_name = |c: &char| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.' | '%');
    before.len() - before.iter().rev().take_while(|c| is_name(c)).count()
}

/// The place of a line and a column, both from 1.
fn index(letters: &[char], line: usize, column: usize) -> usize {
    let ends = letters.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(at, _)| at + 1);
    let start = std::iter::once(0).chain(ends).nth(line.saturating_sub(1)).unwrap_or(letters.len());
    (start + column.saturating_sub(1)).min(letters.len())
}

fn line_and_column(letters: &[char], at: usize) -> (usize, usize) {
    let before = letters.get(..at).unwrap_or(letters);
    let line = before.iter().filter(|c| **c == '\n').count() + 1;
    (line, before.iter().rev().take_while(|c| **c != '\n').count() + 1)
}
