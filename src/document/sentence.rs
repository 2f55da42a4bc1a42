//! The tokens of one paragraph become sentences.
//!
//! In: the text and a paragraph's tokens. Out: ranges of tokens. A sentence ends at a full stop,
//! question mark or exclamation mark, with the quotation marks, brackets and notes that close there:
//! `“We will not go.” He left.` is two, `He died in 2014. [4]` one. A stop that belongs to an
//! abbreviation ends a sentence only before a word that begins one: "in the U.S. The talks", not
//! "the U.S. Senate". Where a sentence ends without a stop is asked of `seam.rs`.
//! Left out: verse, lists without stops (their lines are paragraphs).

use std::ops::Range;

use super::abbreviation::{self, Ending};
use super::open::{Open, Sides};
use super::seam;
use crate::text::Span;

/// No sentence is longer: a table without a full stop must not become one sentence of a million words.
const LONGEST: usize = 1_000;

/// The name after a quotation that stands alone is no longer, with its dash.
const LONGEST_SOURCE: usize = 8;

/// No more marks than this close one sentence.
const MOST_CLOSERS: usize = 100;

/// Calls `emit` with the token range of each sentence, in order, without gaps.
pub(super) fn split(text: &str, tokens: &[Span], mut emit: impl FnMut(Range<usize>)) {
    let mut cutter = Cutter { text, tokens, first: 0, open: Open::default() };
    let mut at = 0;
    while at < tokens.len() {
        let word = cutter.word(at);
        cutter.open.see(word, at, Sides::of(tokens, at));
        let (mut end, mut cut) = (at + 1, false);
        if let Some(stop) = stop(word) {
            let closing = cutter.closers(end);
            end = closing.end;
            cut = cutter.ends(at, stop, &closing);
        } else if !cutter.open.within_brackets(cutter.first, at) {
            cut = seam::ends(text, tokens, cutter.first, at);
        }
        if cut || end - cutter.first >= LONGEST {
            emit(cutter.first..end);
            cutter.first = end;
            cutter.open.brackets.clear();
        }
        at = end;
    }
    if cutter.first < tokens.len() {
        emit(cutter.first..tokens.len());
    }
}

/// What kind of stop a token is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// "."
    Period,
    /// "?", "!"
    Mark,
    /// "...", "…", ":)"
    Ellipsis,
    /// "U.S.", "Inc."
    Abbreviation,
}

fn stop(word: &str) -> Option<Stop> {
    match word {
        "." | "。" | "।" => Some(Stop::Period),
        "…" | "……" | "？" | "！" => Some(Stop::Ellipsis),
        _ if word.starts_with(['?', '!']) => Some(Stop::Mark),
        _ if word.starts_with("..") || is_emoticon(word) => Some(Stop::Ellipsis),
        _ if word.ends_with('.') && abbreviation::ending(word) == Ending::Perhaps => Some(Stop::Abbreviation),
        _ => None,
    }
}

/// ":)", ";-)", ":D"
fn is_emoticon(word: &str) -> bool {
    matches!(word.len(), 2 | 3)
        && word.starts_with([':', ';', '='])
        && word.ends_with([')', '(', 'D', 'P', 'p', '|'])
}

/// What stands after a stop and belongs to its sentence.
struct Closing {
    /// The token after it.
    end: usize,
    /// A quotation was closed.
    quoted: bool,
    /// There is anything at all.
    any: bool,
}

/// A paragraph that is being cut.
struct Cutter<'a> {
    text: &'a str,
    tokens: &'a [Span],
    /// The first token of the sentence that is being read.
    first: usize,
    open: Open,
}

impl<'a> Cutter<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |span| span.of(self.text))
    }

    /// Skips stops, quotation marks, brackets and notes that close after a stop.
    fn closers(&mut self, from: usize) -> Closing {
        let mut at = from;
        let mut quoted = false;
        while at < self.tokens.len().min(from + MOST_CLOSERS) {
            if let Some(len) = self.note(at) {
                at += len;
                continue;
            }
            let word = self.word(at);
            let sides = Sides::of(self.tokens, at);
            let open = &mut self.open;
            let closes = match word {
                "”" | "’’" | "»" => true,
                // Two single marks open as often as they close.
                "\"" | "''" => sides.opens().map_or(open.straight, |opens| !opens),
                "’" | "'" => sides.opens().map_or(open.single, |opens| !opens),
                ")" | "]" | "}" => !open.brackets.is_empty() || sides.before,
                _ => stop(word).is_some_and(|s| s != Stop::Abbreviation),
            };
            if !closes {
                break;
            }
            quoted |= matches!(word, "”" | "''" | "’’" | "»" | "\"" | "’" | "'");
            if matches!(word, "’" | "'") {
                self.open.single = false;
            }
            self.open.see(word, at, sides);
            at += 1;
        }
        Closing { end: at, quoted, any: at > from }
    }

    /// "[7]", "[a]", "[...]", "7 The": a note's number, after the stop of the sentence that it is
    /// about, or the mark of words left out. Gives the number of its tokens.
    fn note(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        let is_number = |word: &str| word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
        if word == "[" {
            let note = self.word(at + 1);
            let letter = note.len() == 1 && note.bytes().all(|b| b.is_ascii_lowercase());
            let known = is_number(note) || letter || matches!(note, "..." | "…");
            return (known && self.word(at + 2) == "]").then_some(3);
        }
        (is_number(word) && abbreviation::starts_sentence(self.word(at + 1))).then_some(1)
    }

    /// Does the sentence end after the stop `at` and what closes there?
    fn ends(&self, at: usize, stop: Stop, closing: &Closing) -> bool {
        let after = closing.end;
        let Some(next) = self.tokens.get(after) else { return true };
        if self.open.within_brackets(self.first, at) {
            return false;
        }
        let next_word = self.word(after);
        let touching = self.tokens.get(after.wrapping_sub(1)).is_some_and(|before| before.end == next.start);
        let begins = Beginning::of(next_word);
        match stop {
            _ if begins == Beginning::Never => false,
            _ if closing.quoted && self.is_source(after) => false,
            // "example.The", but not "1.a"
            Stop::Period if touching => matches!(begins, Beginning::Capital | Beginning::Opening),
            Stop::Period if begins == Beginning::Small => !closing.any && self.ends_before_small(at),
            Stop::Period => !self.list_number(at),
            // "Who knows? nobody", but not "Yahoo! said"
            Stop::Mark if begins == Beginning::Small => {
                !closing.any && !self.word(at.wrapping_sub(1)).starts_with(char::is_uppercase)
            }
            Stop::Mark => !(closing.quoted && self.said_next(after)),
            Stop::Ellipsis => matches!(begins, Beginning::Capital | Beginning::Opening),
            Stop::Abbreviation if closing.any => begins != Beginning::Small,
            // "In the U.S. “We go”", but not "in the U.S. (from 1890)", "the U.S. “has"
            Stop::Abbreviation if begins == Beginning::Opening => {
                next_word != "("
                    && next_word != "["
                    && Beginning::of(self.word(after + 1)) == Beginning::Capital
            }
            Stop::Abbreviation => {
                abbreviation::starts_sentence(next_word) || seam::is_credit(next_word, self.word(after + 1))
            }
        }
    }

    /// "They left. al-Amr stayed", but not "p. ex", "the 1st day of Feb. next", "free. b) Leave".
    fn ends_before_small(&self, stop: usize) -> bool {
        if self.word(stop + 1).len() == 1 && self.word(stop + 2) == ")" {
            return false;
        }
        let Some([word, stop]) = stop.checked_sub(1).and_then(|at| self.tokens.get(at..at + 2)) else {
            return false;
        };
        word.len() > 2 && !abbreviation::is_listed(word.cover(*stop).of(self.text))
    }

    /// `“We will not go.” — Jane Roe`: who said it stands after a dash, at the paragraph's end.
    fn is_source(&self, dash: usize) -> bool {
        let rest = self.tokens.len() - dash;
        matches!(self.word(dash), "-" | "–" | "—" | "--" | "―")
            && (2..=LONGEST_SOURCE).contains(&rest)
            && self.word(dash + 1).starts_with(char::is_uppercase)
            && (dash..self.tokens.len()).all(|at| stop(self.word(at)).is_none())
    }

    /// "1. Cut the onions", "2.1. Results": the number at a sentence's beginning is no sentence.
    fn list_number(&self, at: usize) -> bool {
        let word = self.word(self.first);
        at == self.first + 1 && word.len() <= 6 && word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    }

    /// `“Is it so?” Blinken said`: a capital after a quoted question may be its speaker.
    fn said_next(&self, after: usize) -> bool {
        const SAID: [&str; 9] =
            ["said", "says", "asked", "asks", "told", "added", "wrote", "shouted", "replied"];
        for at in after..self.tokens.len().min(after + 5) {
            let next = self.word(at);
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
