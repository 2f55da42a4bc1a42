//! A stretch of text becomes tokens, as the English treebanks of Universal Dependencies cut them.
//!
//! In: the text and a byte range. Out: spans, sorted, none empty, none with white space inside.
//! "Blinken's pro-Beijing, U.S.-led talks can't cost $3.5bn" becomes `Blinken` `'s` `pro-Beijing`
//! `,` `U.S.` `-` `led` `talks` `ca` `n't` `cost` `$` `3.5` `bn`. Text that is tokenised already
//! ("Iran ’s", "( Reuters ) -") keeps its tokens.
//! Left out: spelling; a word misspelt as one ("alot") stays one.

use std::ops::Range;

use super::abbreviation;
use super::address;
use super::clitic;
use crate::text::Span;
use crate::word_list;

word_list!(HYPHEN_PREFIXES, "hyphen_prefixes.txt");
word_list!(UNITS, "units.txt");

/// No token is longer, in bytes: each room makes copies of a word, and a dump of ten million letters
/// is none.
const LONGEST: usize = 2_000;

/// Appends the tokens of `text[range]` to `tokens`. Linear in the length of the range.
pub(super) fn tokenize(text: &str, range: Range<usize>, tokens: &mut Vec<Span>) {
    let first = tokens.len();
    let long = range.len() > LONGEST;
    read_chunks(text, range, tokens);
    if long && tokens.iter().skip(first).any(|token| token.len() > LONGEST) {
        let added: Vec<Span> = tokens.drain(first..).collect();
        added.into_iter().for_each(|token| push_in_parts(text, token, tokens));
    }
}

/// Pushes a token, in several parts if it is too long.
fn push_in_parts(text: &str, token: Span, tokens: &mut Vec<Span>) {
    let Range { mut start, end } = token.range();
    while end - start > LONGEST {
        let cut = (start + 1..=start + LONGEST).rev().find(|at| text.is_char_boundary(*at));
        let cut = cut.unwrap_or(end);
        tokens.push(Span::new(start, cut));
        start = cut;
    }
    if start < end {
        tokens.push(Span::new(start, end));
    }
}

fn read_chunks(text: &str, range: Range<usize>, tokens: &mut Vec<Span>) {
    let mut at = range.start;
    while at < range.end {
        let Some(c) = char_at(text, at) else { break };
        if is_blank(c) {
            at += c.len_utf8();
            continue;
        }
        let rest = text.get(at..range.end).unwrap_or("");
        let len = rest.find(is_blank).unwrap_or(rest.len());
        Chunk { text, start: at, end: at + len, limit: range.end }.cut(tokens);
        at += len;
    }
}

/// White space, control characters and invisible marks: they part tokens and stand in none.
pub(super) fn is_blank(c: char) -> bool {
    match c {
        ' ' | '\n' | '\t' | '\r' => true,
        '!'..='~' => false,
        '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{2060}' => true,
        _ => c.is_whitespace() || c.is_control(),
    }
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇')
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|t| t.chars().next())
}

/// A letter, digit or mark: what words are made of.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || c == '_'
        || (!c.is_ascii() && (c.is_alphanumeric() || is_mark(c)) && !is_superscript(c))
}

/// Combining marks, joiners and soft hyphens stay with the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}')
}

fn is_superscript(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '½' | '¼' | '¾')
}

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '―' | '‒' | '−')
}

/// A stretch without white space.
struct Chunk<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    /// The end of the whole range: how far the next chunk may be looked for.
    limit: usize,
}

impl Chunk<'_> {
    fn cut(&self, tokens: &mut Vec<Span>) {
        let mut at = self.start;
        // Most chunks are one plain word.
        if self.slice(at, self.end).bytes().all(|b| b.is_ascii_alphabetic()) {
            return clitic::push_word(self.text, at, self.end, tokens);
        }
        let mut fresh = true; // at the beginning of the chunk, or after opening punctuation
        while at < self.end {
            if fresh && let Some(end) = address::end(self.slice(at, self.end)) {
                tokens.push(Span::new(at, at + end));
                at += end;
                fresh = false;
                continue;
            }
            let Some(c) = char_at(self.text, at) else { break };
            fresh =
                c == '<' || fresh && matches!(c, '(' | '[' | '{' | '"' | '“' | '‘' | '«' | '„' | '\'' | '`');
            at = if is_word(c) { self.word(at, tokens) } else { self.mark(at, c, tokens) }
                .max(at + c.len_utf8());
        }
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or("")
    }

    /// The character at a byte of this chunk.
    fn at(&self, at: usize) -> Option<char> {
        if at < self.end { char_at(self.text, at) } else { None }
    }

    /// A word or a number that begins at `start`; pushes its tokens and returns where they end.
    fn word(&self, start: usize, tokens: &mut Vec<Span>) -> usize {
        let end = self.word_end(start);
        let word = self.slice(start, end);
        // "US$", "A$"
        if self.at(end) == Some('$') && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_uppercase()) {
            tokens.push(Span::new(start, end + 1));
            return end + 1;
        }
        if let Some(digits) = unit_cut(word) {
            tokens.push(Span::new(start, start + digits));
            let unit = start + digits;
            let stop =
                usize::from(self.at(end) == Some('.') && abbreviation::is_acronym(self.slice(unit, end)));
            tokens.push(Span::new(unit, end + stop));
            return end + stop;
        }
        if self.at(end) == Some('.') && self.at(end + 1) != Some('.') {
            let next = self.next_word(end + 1);
            if abbreviation::keeps_stop(self.slice(start, end + 1), next) {
                tokens.push(Span::new(start, end + 1));
                return end + 1;
            }
        }
        if self.is_broken_off(start, end) {
            tokens.push(Span::new(start, end + 1));
            return end + 1;
        }
        clitic::push_word(self.text, start, end, tokens);
        end
    }

    /// "I w- we": a word of which only a letter or two were said keeps its hyphen.
    fn is_broken_off(&self, start: usize, end: usize) -> bool {
        start == self.start
            && end + 1 == self.end
            && end - start <= 2
            && self.at(end) == Some('-')
            && self.slice(start, end).bytes().all(|b| b.is_ascii_alphabetic())
    }

    /// The text that follows a byte: the rest of the chunk, or else the next chunk's beginning.
    fn next_word(&self, at: usize) -> &str {
        let rest = self.text.get(at..self.limit).unwrap_or("");
        rest.trim_start_matches(is_blank)
    }

    /// Where the word that begins at `start` ends, its full stop and clitics not yet considered.
    fn word_end(&self, start: usize) -> usize {
        let mut at = start;
        let mut last = ' ';
        let mut hyphens = 0;
        while let Some(c) = self.at(at) {
            if is_word(c) {
                last = c;
                at += c.len_utf8();
                continue;
            }
            let Some(next) = self.at(at + c.len_utf8()).filter(|n| is_word(*n)) else { break };
            let joins = match c {
                '.' => (last.is_ascii_digit() && next.is_ascii_digit()) || self.joins_dot(start, at),
                ',' => last.is_ascii_digit() && self.three_digits(at + 1),
                ':' => last.is_ascii_digit() && next.is_ascii_digit(),
                '/' => (last.is_ascii_digit() && next.is_ascii_digit()) || self.single_letters(start, at),
                '&' => at - start <= 3 && last.is_alphabetic() && next.is_alphabetic(),
                '-' | '‑' => {
                    hyphens += 1;
                    self.joins_hyphen(start, at, hyphens)
                }
                '@' => false,
                c if is_apostrophe(c) => last.is_alphanumeric() && next.is_alphanumeric(),
                _ => false,
            };
            if !joins {
                break;
            }
            last = c;
            at += c.len_utf8();
        }
        at
    }

    /// "U.S", "a.m", "Ph.D": a full stop inside an abbreviation.
    fn joins_dot(&self, start: usize, dot: usize) -> bool {
        let before = self.slice(start, dot);
        let last = before.rsplit(['.', '-']).next().unwrap_or("");
        let after = self.slice(dot + 1, self.end.min(dot + 13));
        let next_len = after.chars().take_while(|c| is_word(*c)).count();
        let one = |s: &str| s.chars().count() == 1 && s.chars().all(char::is_alphabetic);
        (one(last) && next_len == 1 && after.starts_with(char::is_alphabetic))
            || abbreviation::has_inner_dot(before, after)
    }

    /// "10,000": exactly three digits follow.
    fn three_digits(&self, at: usize) -> bool {
        let next = self.text.as_bytes().get(at..self.end.min(at + 4)).unwrap_or(&[]);
        next.len() >= 3
            && next[..3].iter().all(u8::is_ascii_digit)
            && !next.get(3).is_some_and(u8::is_ascii_digit)
    }

    /// "f/b/o", "l/c": single letters on both sides.
    fn single_letters(&self, start: usize, slash: usize) -> bool {
        let next = self.slice(slash + 1, self.end.min(slash + 9));
        let short = |s: &str| s.len() == 1;
        let before = self.slice(start, slash);
        before.len() < 16
            && before.split('/').all(short)
            && before.bytes().all(|b| b.is_ascii_alphabetic() || b == b'/')
            && next.bytes().take_while(u8::is_ascii_alphabetic).count() == 1
    }

    /// "pro-Beijing", "713-853-3989", "11-20-2000"; not "U.S.-led", "3-4", "2003-2010".
    fn joins_hyphen(&self, start: usize, hyphen: usize, hyphens: usize) -> bool {
        let before = self.slice(start, hyphen);
        let after = self.text.as_bytes().get(hyphen + 1..self.end.min(hyphen + 40)).unwrap_or(&[]);
        if before.len() > 40 {
            return false;
        }
        if before.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            let digits = after.iter().take_while(|b| b.is_ascii_digit()).count();
            let again =
                after.get(digits) == Some(&b'-') && after.get(digits + 1).is_some_and(u8::is_ascii_digit);
            return digits > 0 && (again || hyphens > 1 || (before.len() == 3 && digits == 4));
        }
        let lower = before.to_lowercase();
        let capitals = before.len() > 1 && before.chars().all(char::is_uppercase);
        hyphens == 1 && !capitals && HYPHEN_PREFIXES.has(&lower)
    }

    /// Punctuation and symbols; pushes one token and returns where it ends.
    fn mark(&self, start: usize, c: char, tokens: &mut Vec<Span>) -> usize {
        let next_at = start + c.len_utf8();
        let next = self.at(next_at);
        let end = match c {
            '.' if next == Some('.') => self.run(start, |n| n == '.'),
            '.' if next.is_some_and(|n| n.is_ascii_digit()) => self.word_end(next_at),
            '!' | '?' => self.run(start, |n| n == '!' || n == '?'),
            '…' => self.run(start, |n| n == '…'),
            '-' | '=' | '*' | '_' | '~' | '<' | '>' | '|' | '+' | '^' | '#' | '`' | ',' | '$'
                if next == Some(c) =>
            {
                self.run(start, |n| n == c)
            }
            '+' if next.is_some_and(|n| n.is_ascii_digit()) && start == self.start => self.word_end(next_at),
            _ if is_dash(c) => self.run(start, |n| n == c),
            _ if is_apostrophe(c) => self.apostrophe(start, next),
            ':' | ';' | '=' => self.emoticon(start).unwrap_or(next_at),
            _ if is_emoji(c) => self.emoji(start),
            '"' | '“' | '”' | '‘' => next_at,
            _ => next_at,
        };
        tokens.push(Span::new(start, end));
        end
    }

    /// The end of a run of characters that `same` accepts.
    fn run(&self, start: usize, same: impl Fn(char) -> bool) -> usize {
        let rest = self.slice(start, self.end);
        start + rest.find(|c| !same(c)).unwrap_or(rest.len())
    }

    /// "''", "'s" standing alone, "'70s", or one apostrophe.
    fn apostrophe(&self, start: usize, next: Option<char>) -> usize {
        let first = char_at(self.text, start).map_or(1, char::len_utf8);
        let after = start + first;
        match next {
            Some(n) if is_apostrophe(n) => after + n.len_utf8(),
            Some(n) if n.is_ascii_digit() => {
                let end = self.run(after, |c| c.is_ascii_alphanumeric());
                if end - after <= 3 { end } else { after }
            }
            _ if start == self.start => {
                let end = self.run(after, char::is_alphabetic);
                let word = self.slice(after, end);
                if end == self.end && clitic::is_ending(word) || clitic::is_elision(word) {
                    end
                } else {
                    after
                }
            }
            _ => after,
        }
    }

    /// ":)", ";-)", "=D" at the end of a chunk, or before more punctuation.
    fn emoticon(&self, start: usize) -> Option<usize> {
        let rest = self.slice(start, self.end.min(start + 4)).as_bytes();
        let nose = usize::from(rest.get(1) == Some(&b'-'));
        let mouth = *rest.get(1 + nose)?;
        let follows = rest.get(2 + nose);
        let face = matches!(mouth, b')' | b'(' | b'D' | b'P' | b'p' | b'/' | b'|');
        (face && start == self.start && !follows.is_some_and(u8::is_ascii_alphanumeric))
            .then_some(start + 2 + nose)
    }

    /// One emoji with its modifiers and what is joined to it; two regional letters are one flag.
    fn emoji(&self, start: usize) -> usize {
        let mut at = start;
        let mut flag = 0;
        let mut joined = true;
        while let Some(c) = self.at(at) {
            let regional = ('\u{1f1e6}'..='\u{1f1ff}').contains(&c);
            let goes_on = match c {
                '\u{200d}' => {
                    joined = true;
                    at += c.len_utf8();
                    continue;
                }
                '\u{fe00}'..='\u{fe0f}'
                | '\u{1f3fb}'..='\u{1f3ff}'
                | '\u{20e3}'
                | '\u{e0020}'..='\u{e007f}' => at > start,
                _ if regional => {
                    flag += 1;
                    flag == 1 && joined || flag == 2
                }
                _ => joined && is_emoji(c),
            };
            if !goes_on {
                break;
            }
            joined = false;
            at += c.len_utf8();
        }
        // A modifier with nothing before it is a sign by itself.
        at.max(start + char_at(self.text, start).map_or(1, char::len_utf8))
    }
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{2300}'..='\u{23ff}')
}

/// "430km" is cut after 3 bytes: a number and a unit.
fn unit_cut(word: &str) -> Option<usize> {
    let digits =
        word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':'))).filter(|n| *n > 0)?;
    let (number, unit) = word.split_at(digits);
    (number.ends_with(|c: char| c.is_ascii_digit()) && UNITS.has(unit)).then_some(digits)
}
