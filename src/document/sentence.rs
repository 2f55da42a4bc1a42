//! The tokens of one paragraph become sentences.
//!
//! In: the text and a paragraph's tokens. Out: ranges of tokens. A sentence ends at a full stop,
//! question mark or exclamation mark, with the quotation marks and brackets that close there:
//! `“We will not go.” He left.` is two. A stop that belongs to an abbreviation ends a sentence only
//! before a word that begins one: "in the U.S. The talks", not "the U.S. Senate".
//! Left out: verse, lists without stops (their lines are paragraphs).

use std::ops::Range;

use super::abbreviation::{self, Ending};
use crate::text::Span;

/// No sentence is longer: a table without a full stop must not become one sentence of a million words.
const LONGEST: usize = 1_000;

/// A bracket that was never closed holds sentences together no longer than this.
const LONGEST_BRACKET: usize = 80;

/// Calls `emit` with the token range of each sentence, in order, without gaps.
pub(super) fn split(text: &str, tokens: &[Span], mut emit: impl FnMut(Range<usize>)) {
    let mut first = 0;
    let mut at = 0;
    let mut open = Open::default();
    while at < tokens.len() {
        let word = word(text, tokens, at);
        open.see(word, at, Sides::of(tokens, at));
        let end = at + 1;
        let cut = match stop(word) {
            Some(stop) => {
                let (after, quoted) = closers(text, tokens, end, &mut open);
                ends(text, tokens, at, stop, after, quoted, &open, first).then_some(after)
            }
            None => (end - first >= LONGEST).then_some(end),
        };
        if let Some(after) = cut {
            emit(first..after);
            first = after;
            at = after;
            open.brackets.clear();
        } else {
            at = end;
        }
    }
    if first < tokens.len() {
        emit(first..tokens.len());
    }
}

/// What kind of stop a token is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// "."
    Period,
    /// "?", "!"
    Mark,
    /// "...", "…"
    Ellipsis,
    /// "U.S.", "Inc."
    Abbreviation,
}

fn stop(word: &str) -> Option<Stop> {
    match word {
        "." | "。" | "।" => Some(Stop::Period),
        "…" | "……" | "？" | "！" => Some(Stop::Ellipsis),
        _ if word.starts_with(['?', '!']) => Some(Stop::Mark),
        _ if word.starts_with("..") => Some(Stop::Ellipsis),
        _ if word.ends_with('.') && abbreviation::ending(word) == Ending::Perhaps => Some(Stop::Abbreviation),
        _ => None,
    }
}

/// Brackets and straight quotation marks that are open.
#[derive(Default)]
struct Open {
    /// The tokens of the opening brackets.
    brackets: Vec<usize>,
    /// True inside straight quotation marks.
    straight: bool,
    /// True after ‘ or a straight apostrophe that opened.
    single: bool,
}

impl Open {
    fn see(&mut self, word: &str, at: usize, sides: Sides) {
        match word {
            "(" | "[" | "{" => self.brackets.push(at),
            ")" | "]" | "}" => {
                self.brackets.pop();
            }
            "\"" => self.straight = sides.opens().unwrap_or(!self.straight),
            "‘" => self.single = true,
            "“" | "``" => self.straight = true,
            "”" | "''" => self.straight = false,
            _ => {}
        }
    }

    /// True inside brackets that opened after the sentence began, not too long ago.
    fn within_brackets(&self, first: usize, at: usize) -> bool {
        self.brackets.last().is_some_and(|b| *b > first && at - *b <= LONGEST_BRACKET)
    }
}

/// What stands directly beside a token, without white space.
#[derive(Clone, Copy)]
struct Sides {
    before: bool,
    after: bool,
}

impl Sides {
    fn of(tokens: &[Span], at: usize) -> Sides {
        let end = |n: Option<usize>| n.and_then(|n| tokens.get(n)).map(|span| span.end);
        let start = |n: usize| tokens.get(n).map(|span| span.start);
        Sides { before: end(at.checked_sub(1)) == start(at), after: end(Some(at)) == start(at + 1) }
    }

    /// `He said "go`: a mark beside the next word opens, beside the last word closes; in text with
    /// spaces everywhere nobody knows.
    fn opens(self) -> Option<bool> {
        (self.before != self.after).then_some(self.after)
    }
}

/// Skips stops, quotation marks and brackets that close after a stop. Returns the token after them
/// and whether a quotation was closed.
fn closers(text: &str, tokens: &[Span], from: usize, open: &mut Open) -> (usize, bool) {
    let mut at = from;
    let mut quoted = false;
    while let Some(span) = tokens.get(at) {
        let word = span.of(text);
        let sides = Sides::of(tokens, at);
        let closes = match word {
            "”" | "''" | "’’" | "»" => true,
            "\"" => sides.opens().map_or(open.straight, |opens| !opens),
            "’" | "'" => sides.opens().map_or(open.single, |opens| !opens),
            ")" | "]" | "}" => !open.brackets.is_empty() || sides.before,
            _ => stop(word).is_some_and(|s| s != Stop::Abbreviation),
        };
        if !closes {
            break;
        }
        quoted |= matches!(word, "”" | "''" | "’’" | "»" | "\"" | "’" | "'");
        if matches!(word, "’" | "'") {
            open.single = false;
        }
        open.see(word, at, sides);
        at += 1;
    }
    (at, quoted)
}

/// Does the sentence end before token `after`?
#[expect(clippy::too_many_arguments, reason = "one question asked in one place")]
fn ends(
    text: &str,
    tokens: &[Span],
    at: usize,
    stop: Stop,
    after: usize,
    quoted: bool,
    open: &Open,
    first: usize,
) -> bool {
    let Some(next) = tokens.get(after) else { return true };
    if open.within_brackets(first, at) {
        return false;
    }
    let next_word = next.of(text);
    let touching = tokens.get(after.wrapping_sub(1)).is_some_and(|before| before.end == next.start);
    let begins = Beginning::of(next_word);
    match stop {
        _ if begins == Beginning::Never => false,
        // "example.The", but not "1.a"
        Stop::Period if touching => matches!(begins, Beginning::Capital | Beginning::Opening),
        Stop::Period => begins != Beginning::Small && !list_number(text, tokens, first, at),
        Stop::Mark => begins != Beginning::Small && !(quoted && said_next(text, tokens, after)),
        Stop::Ellipsis => matches!(begins, Beginning::Capital | Beginning::Opening),
        Stop::Abbreviation if after > at + 1 => begins != Beginning::Small,
        Stop::Abbreviation => begins == Beginning::Opening || abbreviation::starts_sentence(next_word),
    }
}

/// What the next token looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beginning {
    /// A capital letter, or a script without case.
    Capital,
    /// A small letter.
    Small,
    /// A digit or a symbol.
    Other,
    /// An opening quotation mark or bracket.
    Opening,
    /// A comma, a colon: goes on.
    Never,
}

impl Beginning {
    fn of(word: &str) -> Beginning {
        match word.chars().next() {
            Some(c) if c.is_lowercase() => Beginning::Small,
            Some(c) if c.is_alphabetic() => Beginning::Capital,
            Some(',' | ';' | ':') | None => Beginning::Never,
            Some('“' | '‘' | '"' | '(' | '[' | '«' | '„' | '`' | '\'') => Beginning::Opening,
            Some(_) => Beginning::Other,
        }
    }
}

/// "1. Cut the onions": the number at a sentence's beginning is no sentence.
fn list_number(text: &str, tokens: &[Span], first: usize, at: usize) -> bool {
    at == first + 1
        && word(text, tokens, first).len() <= 3
        && word(text, tokens, first).bytes().all(|b| b.is_ascii_digit())
}

/// `“Is it so?” Blinken said`: a capital after a quoted question may be its speaker.
fn said_next(text: &str, tokens: &[Span], after: usize) -> bool {
    const SAID: [&str; 9] = ["said", "says", "asked", "asks", "told", "added", "wrote", "shouted", "replied"];
    for at in after..tokens.len().min(after + 5) {
        let next = word(text, tokens, at);
        if SAID.contains(&next) {
            return at > after || !next.starts_with(char::is_uppercase);
        }
        let first = next.chars().next().unwrap_or('.');
        if !(first.is_uppercase() || matches!(next, "." | "de" | "al" | "-" | "the" | "of"))
            || stop(next).is_some()
        {
            return false;
        }
    }
    false
}

fn word<'a>(text: &'a str, tokens: &[Span], at: usize) -> &'a str {
    tokens.get(at).map_or("", |span| span.of(text))
}
