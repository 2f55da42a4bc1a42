//! Which listed names cover each token: the gazetteer's answers as a few bits.
//!
//! In: a sentence's tokens. Out: one [`Member`] a token: in "the European Commission said", both
//! "European" and "Commission" are inside a listed organisation of two words, first and last.
//! The longest name from the left counts; what other names begin inside it is left out.

use crate::lexicon::hints::{self, Hints};
use crate::lexicon::{Kind, Lexicon, NameUse};
use crate::text::Span;

use super::sentence::Mode;
use super::word::{BODY, Case, FUNCTION_WORD, GIVEN_NAME, OFFICE, SURNAME, Table, Word};

/// What the gazetteer says of one token. Zero: nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Member(pub u16);

impl Member {
    pub const PERSON: u16 = 1;
    pub const COUNTRY: u16 = 1 << 1;
    pub const ORGANIZATION: u16 = 1 << 2;
    pub const PLACE: u16 = 1 << 3;
    /// A country's adjective or people: "Chinese".
    pub const DEMONYM: u16 = 1 << 4;
    /// A family name that may stand alone: "Obama".
    pub const ALONE: u16 = 1 << 5;
    pub const OTHER: u16 = 1 << 6;
    /// Not the first token of the listed name.
    pub const INSIDE: u16 = 1 << 7;
    /// The listed name has more than one token.
    pub const LONG: u16 = 1 << 8;
    /// A capital or another word for a government.
    pub const CAPITAL: u16 = 1 << 9;
    /// The first of the bits for the sorts of the hints.
    const HINTS: u16 = 10;

    pub fn is(self, wanted: u16) -> bool {
        self.0 & wanted != 0
    }
}

/// Asks the gazetteer about every token of a sentence; adds the given-name and surname traits, which
/// `asked` remembers by the word.
pub(super) fn mark(
    text: &str,
    tokens: &[Span],
    words: &mut [Word],
    members: &mut [Member],
    lexicon: &Lexicon,
    asked: &mut Table<u32>,
    mode: Mode,
) {
    // In a feed without capitals every word may begin a name.
    let small = mode == Mode::Small;
    for (word, span) in words.iter_mut().zip(tokens) {
        if word.capital() || (small && word.case == Case::Lower) {
            let ask = || traits(span.of(text), word.case, lexicon);
            word.traits |= *asked.entry(word.exact).or_insert_with(ask);
        }
    }
    roles(text, tokens, words, lexicon);
    let mut at = 0;
    while at < tokens.len() {
        let capital = words
            .get(at)
            .is_some_and(|w| w.capital() || w.initial.is_numeric() || (small && !w.is(FUNCTION_WORD)));
        let found = if capital { longest(text, &tokens[at..], lexicon) } else { None };
        let Some((length, bits)) = found else {
            at += 1;
            continue;
        };
        let long = if length > 1 { Member::LONG } else { 0 };
        for (n, member) in members.iter_mut().skip(at).take(length).enumerate() {
            member.0 = bits | long | if n > 0 { Member::INSIDE } else { 0 };
        }
        at += length;
    }
    hints(text, tokens, words, members);
}

static HINTS: Hints = Hints::new(include_bytes!(concat!(env!("OUT_DIR"), "/hints.bin")));

/// Marks the words of listed towns and bodies, the longest each, and listed given and family names.
fn hints(text: &str, tokens: &[Span], words: &[Word], members: &mut [Member]) {
    for at in 0..tokens.len().min(words.len()) {
        if !words[at].capital() {
            continue;
        }
        let (mut town, mut body) = (0, 0);
        let rest = tokens[at..].iter().zip(&words[at..]).map(|(span, word)| (span.of(text), word.glued));
        HINTS.at(rest, |length, sorts| {
            if sorts & hints::TOWN != 0 {
                town = length;
            }
            if sorts & hints::BODY != 0 {
                body = length;
            }
            if length == 1 {
                members[at].0 |= u16::from(sorts & (hints::GIVEN | hints::FAMILY)) << Member::HINTS;
            }
        });
        for (length, sort) in [(town, hints::TOWN), (body, hints::BODY)] {
            members[at..].iter_mut().take(length).for_each(|m| m.0 |= u16::from(sort) << Member::HINTS);
        }
    }
}

/// Marks the words of offices and bodies that begin with a capital.
fn roles(text: &str, tokens: &[Span], words: &mut [Word], lexicon: &Lexicon) {
    let (mut office_end, mut body_end) = (0, 0);
    for at in 0..tokens.len() {
        if !words.get(at).is_some_and(Word::capital) {
            continue;
        }
        let rest = &tokens[at..];
        if at >= office_end {
            let found = lexicon.gazetteer.office_at(text, rest);
            office_end = spread(words, at, found.map_or(0, |o| o.tokens), OFFICE);
        }
        if at >= body_end {
            let found = lexicon.gazetteer.body_at(text, rest);
            body_end = spread(words, at, found.map_or(0, |b| b.tokens), BODY);
        }
    }
}

/// Gives a trait to some words; returns one past the last.
fn spread(words: &mut [Word], at: usize, length: u16, bit: u32) -> usize {
    let length = usize::from(length);
    words.iter_mut().skip(at).take(length).for_each(|w| w.traits |= bit);
    at + length
}

/// The longest listed name at the first token, and the bits of all entries that carry it.
fn longest(text: &str, tokens: &[Span], lexicon: &Lexicon) -> Option<(usize, u16)> {
    let matches = lexicon.gazetteer.names_at(text, tokens);
    let length = matches.first()?.tokens;
    let mut bits = 0;
    for found in matches.iter().take_while(|m| m.tokens == length) {
        bits |= match found.name_use {
            NameUse::Adjective | NameUse::Demonym => Member::DEMONYM,
            NameUse::Surname => Member::ALONE,
            NameUse::Capital | NameUse::Metonym => Member::CAPITAL,
            NameUse::Name | NameUse::Alias | NameUse::Acronym => {
                match lexicon.gazetteer.entry(found.entry).kind {
                    Kind::Person => Member::PERSON,
                    Kind::Country => Member::COUNTRY,
                    Kind::Organization => Member::ORGANIZATION,
                    Kind::Place => Member::PLACE,
                    Kind::Group | Kind::Other => Member::OTHER,
                }
            }
        };
    }
    Some((usize::from(length).clamp(1, tokens.len()), bits))
}

/// Whether a word is a listed given or family name; "BLINKEN" is asked as "Blinken".
fn traits(word: &str, case: Case, lexicon: &Lexicon) -> u32 {
    let ask = |word: &str| {
        let given = lexicon.gazetteer.given_name(word).map_or(0, |_| GIVEN_NAME);
        given | if lexicon.gazetteer.is_surname(word) { SURNAME } else { 0 }
    };
    if case == Case::Title || word.len() < 3 {
        return ask(word);
    }
    let mut characters = word.chars();
    let first = characters.next();
    ask(&first
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(characters.flat_map(char::to_lowercase))
        .collect::<String>())
}
