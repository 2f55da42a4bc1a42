//! Names of a table found in tokens, however the text was tokenised.
//!
//! In: a name table (folded names sorted by their letters) and tokens. Out: each name that begins at
//! the first token and ends with a token. The tokens' letters are joined and the range of names that
//! begin so is narrowed token by token, so that "Eui-yong" may be one token or three. Then spaces and
//! case are compared: "I ran" is not Iran, "us" is not the U.S., "turkey" is not Turkey; "NORTH KOREA"
//! and "Ministry Of Defense" are what they seem. A filter over first words answers for most tokens.

use std::cmp::Ordering;

use crate::lexicon::reader::flat::{
    ACRONYM, ANY_CASE, CLASSES, COMMA, NAME, ONE_WORD, SHARED, class, filter_bit, string_at,
};
use crate::lexicon::reader::fold::{Folder, is_separator, letters};
use crate::text::Span;

use super::table::{number, search};

/// Names longer than this many tokens are not looked for.
const MOST_TOKENS: usize = 20;

/// A name table's sections.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub records: &'a [u8],
    pub text: &'a [u8],
    pub index: &'a [u8],
    pub filter: &'a [u8],
    /// The strings of the block, which some names share.
    pub strings: &'a [u8],
}

/// A name found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// What the name stands for.
    pub id: u32,
    /// How it stands for it: a code of `NameUse`.
    pub name_use: u32,
    /// How many tokens it covers.
    pub tokens: usize,
}

impl<'a> Names<'a> {
    /// Calls `found` for each name that begins at the first token, shorter ones first.
    pub fn at(&self, text: &str, tokens: &[Span], mut found: impl FnMut(Found)) {
        let Some(first) = tokens.first() else { return };
        let mut folder = Folder::new();
        folder.push_str(first.of(text));
        let start = folder.bytes();
        // One letter may be the first of dotted initials that were tokenised apart.
        if start.is_empty() || (start.len() > 1 && !start.contains(&b' ') && !self.may_begin(start)) {
            return;
        }
        let mut range = (0, self.records.len() / NAME);
        let mut comma = false;
        let mut done = 0;
        for (n, token) in tokens.iter().take(MOST_TOKENS).enumerate() {
            if n > 0 {
                let word = token.of(text);
                if tokens[n - 1].end < token.start {
                    folder.gap();
                }
                match word {
                    "," => comma = true,
                    _ if breaks(word) || is_clitic(word) => return,
                    _ => folder.push_str(word),
                }
            }
            if folder.is_full() {
                return;
            }
            if folder.bytes().len() == done {
                continue;
            }
            done = folder.bytes().len();
            range = self.narrow(range, folder.bytes());
            if range.0 == range.1 {
                return;
            }
            let length = letters(folder.bytes()).count();
            for record in (range.0..range.1).take_while(|r| letters(self.name(*r)).count() == length) {
                let data = number(self.records, record * NAME + 4);
                let flags = data & 0xff;
                let rest = || tokens[n + 1..].iter().map(|t| t.of(text));
                if (comma && flags & COMMA == 0) || !spelled(self.name(record), folder.bytes(), flags, rest) {
                    continue;
                }
                found(Found { id: data >> 12, name_use: data >> 8 & 0xf, tokens: n + 1 });
            }
        }
    }

    /// The names with exactly these letters, in any spelling and case: their records.
    pub fn exact(&self, folded: &[u8]) -> impl Iterator<Item = usize> {
        let (low, high) = match folded.len() {
            0 => (0, 0),
            _ => self.narrow((0, self.records.len() / NAME), folded),
        };
        let length = letters(folded).count();
        (low..high).take_while(move |r| letters(self.name(*r)).count() == length)
    }

    /// What a record's name stands for, and how.
    pub fn meaning(&self, record: usize) -> (u32, u32) {
        let data = number(self.records, record * NAME + 4);
        (data >> 12, data >> 8 & 0xf)
    }

    /// The folded name of a record.
    pub fn name(&self, record: usize) -> &'a [u8] {
        let at = number(self.records, record * NAME);
        if at & SHARED != 0 {
            let place = string_at(self.strings, (at & !SHARED) as usize);
            return place.and_then(|(start, end)| self.strings.get(start..end)).unwrap_or(&[]);
        }
        let at = at as usize;
        let length = self.text.get(at).map_or(0, |l| usize::from(*l));
        self.text.get(at + 1..at + 1 + length).unwrap_or(&[])
    }

    /// False if no name begins with this word.
    fn may_begin(&self, word: &[u8]) -> bool {
        let lower = word.first().is_some_and(u8::is_ascii_lowercase);
        let bit = filter_bit(word, lower, self.filter.len() * 8);
        self.filter.get(bit / 8).is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
    }

    /// The records of `range` whose letters begin with those of `folded`.
    fn narrow(&self, range: (usize, usize), folded: &[u8]) -> (usize, usize) {
        let mut first = letters(folded);
        let (low, high) = match (first.next(), first.next()) {
            (Some(a), Some(b)) => {
                let bucket = class(a) * CLASSES + class(b);
                (self.bucket(bucket), self.bucket(bucket + 1))
            }
            (Some(a), None) => (self.bucket(class(a) * CLASSES), self.bucket((class(a) + 1) * CLASSES)),
            _ => (0, 0),
        };
        let (low, high) = (low.max(range.0), high.min(range.1).max(low.max(range.0)));
        let order = |record: usize| begins(self.name(record), folded);
        let start = low + search(high - low, |n| order(low + n) == Ordering::Less);
        // Most ranges are short: look on from their start in growing steps.
        let mut step = 4;
        while start + step < high && order(start + step) == Ordering::Equal {
            step *= 2;
        }
        let limit = (start + step).min(high);
        (start, start + search(limit - start, |n| order(start + n) != Ordering::Greater))
    }

    fn bucket(&self, n: usize) -> usize {
        number(self.index, n * 4) as usize
    }
}

/// Equal if the letters of `name` begin with those of `folded`; else which comes first.
fn begins(name: &[u8], folded: &[u8]) -> Ordering {
    let mut name = letters(name);
    for wanted in letters(folded) {
        match name.next() {
            None => return Ordering::Less,
            Some(letter) if letter != wanted => return letter.cmp(&wanted),
            Some(_) => {}
        }
    }
    Ordering::Equal
}

/// True for a token that no name goes across: a full stop, a quote, a bracket, a dash.
fn breaks(word: &str) -> bool {
    !word.chars().any(char::is_alphanumeric)
        && !matches!(word, "-" | "–" | "‑" | "‐" | "'" | "’" | "." | "&" | "/")
}

/// True for "'ll" in "I'll", which is no "Ill."
fn is_clitic(word: &str) -> bool {
    let rest = word.strip_prefix(['\'', '’']).unwrap_or("");
    ["ll", "re", "ve", "d", "m"].iter().any(|c| rest.eq_ignore_ascii_case(c))
}

/// True if `seen` spells `name` with the same word borders and a case that goes with it.
/// Both have the same letters.
fn spelled<'t, I: Iterator<Item = &'t str>>(
    name: &[u8],
    seen: &[u8],
    flags: u32,
    rest: impl Fn() -> I,
) -> bool {
    let upper = !seen.iter().any(u8::is_ascii_lowercase);
    if upper && flags & (ONE_WORD | ACRONYM | ANY_CASE) == ONE_WORD && seen.len() < 4 && !in_headline(rest())
    {
        return false;
    }
    // "Let" is no "LeT".
    let flags = if name.len() < SHORT { flags | ACRONYM } else { flags };
    let (mut i, mut j) = (0, 0);
    // Where the present word began, in `name` and in `seen`.
    let (mut name_word, mut seen_word) = (0, 0);
    while let (Some(&a), Some(&b)) = (name.get(i), seen.get(j)) {
        match (is_separator(a), is_separator(b)) {
            (true, true) => (i, j) = (i + 1, j + 1),
            (true, false) => {
                // "Euiyong" for "Eui-yong", "J.D." for "J. D."; but not "Northkorea".
                if a == b' ' && i - name_word != 1 {
                    return false;
                }
                i += 1;
                name_word = i;
                continue;
            }
            (false, true) => {
                // "J. D." for "J.D.", "al-Assad" for "Alassad"; but not "I ran" for "Iran".
                if b == b' '
                    && !(j - seen_word == 1
                        && name[i].is_ascii_uppercase()
                        && i > 0
                        && name[i - 1].is_ascii_uppercase())
                {
                    return false;
                }
                j += 1;
                seen_word = j;
                continue;
            }
            (false, false) => {
                if flags & ANY_CASE == 0 && !same_case(a, b, i == name_word, j == seen_word, upper, flags) {
                    return false;
                }
                (i, j) = (i + 1, j + 1);
                continue;
            }
        }
        (name_word, seen_word) = (i, j);
    }
    true
}

/// A name shorter than this keeps its capitals inside.
const SHORT: usize = 5;

/// True if a letter of the text may stand for the same letter of the name.
fn same_case(name: u8, seen: u8, name_start: bool, seen_start: bool, upper: bool, flags: u32) -> bool {
    match (name.is_ascii_uppercase(), seen.is_ascii_uppercase()) {
        // "Ministry Of Defense", "NORTH KOREA"; but not "uS".
        (false, true) => name.is_ascii_digit() || seen_start || upper,
        // "Mcdonald" for "McDonald"; but not "korea", "Nato" for "NATO".
        (true, false) => flags & ACRONYM == 0 && !name_start && !seen_start,
        _ => true,
    }
}

/// True if the words that follow are in upper case, as in a headline.
fn in_headline<'t>(rest: impl Iterator<Item = &'t str>) -> bool {
    let mut words = rest.filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 1).take(3).peekable();
    words.peek().is_some() && words.all(|w| !w.chars().any(char::is_lowercase))
}
