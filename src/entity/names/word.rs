//! What one word tells by itself: hashes of its form, its shape, its traits.
//!
//! In: a token's text. Out: a [`Word`]: "Blinken" has the shape "Xx", the lower-case form
//! "blinken", the ending "ken"; "spokesman" has the trait [`TITLE`].
//! All forms are kept as hashes, so that a document costs no allocation for each token.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use crate::lexicon::clusters::clusters;
use crate::word_list;

word_list!(TITLES, "names/titles.txt");
word_list!(ORGANIZATION_WORDS, "names/organization_words.txt");
word_list!(PLACE_WORDS, "names/place_words.txt");
word_list!(SPEECH, "names/speech.txt");
word_list!(LINKS, "names/links.txt");
word_list!(PLACE_PREPOSITIONS, "names/place_prepositions.txt");
word_list!(FUNCTION_WORDS, "names/function_words.txt");
word_list!(ORGANIZATION_NOUNS, "names/organization_nouns.txt");
word_list!(ORGANIZATION_CUES, "names/organization_cues.txt");
word_list!(CONTEST_WORDS, "names/contest_words.txt");

/// Stands before a person's name: "President".
pub(super) const TITLE: u32 = 1;
/// Ends or begins an organisation's name: "Ministry".
pub(super) const ORGANIZATION_WORD: u32 = 1 << 1;
/// Ends or begins a place's name: "River".
pub(super) const PLACE_WORD: u32 = 1 << 2;
/// A verb of speaking: "said".
pub(super) const SPEECH_VERB: u32 = 1 << 3;
/// May stand inside a name in lower case: "of", "von".
pub(super) const LINK: u32 = 1 << 4;
/// Often stands before a place: "in".
pub(super) const PLACE_PREPOSITION: u32 = 1 << 5;
/// A given name of the gazetteer: "Antony".
pub(super) const GIVEN_NAME: u32 = 1 << 6;
/// A family name of the gazetteer: "Blinken".
pub(super) const SURNAME: u32 = 1 << 7;

/// No part of a name, though a sentence may begin with it: "Meanwhile".
pub(super) const FUNCTION_WORD: u32 = 1 << 8;

/// Part of an office's name: "Secretary of State".
pub(super) const OFFICE: u32 = 1 << 9;
/// Part of the name of a body that every country has: "Foreign Ministry".
pub(super) const BODY: u32 = 1 << 10;

/// Tells what a body is: "retailer".
pub(super) const ORGANIZATION_NOUN: u32 = 1 << 11;
/// Stands right after a body: "shares".
pub(super) const ORGANIZATION_CUE: u32 = 1 << 12;
/// A word of games: "playoffs".
pub(super) const CONTEST: u32 = 1 << 13;

/// The cluster of a word that has none.
pub(super) const NO_CLUSTER: u16 = 1024;

/// How a word is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Case {
    /// No letters: punctuation, digits, or nothing.
    #[default]
    None,
    /// "talks".
    Lower,
    /// "Talks", also "McCain" and "al-Sadr"-like words that hold a capital.
    Title,
    /// "NATO", "U.S.".
    Upper,
}

/// One token, as the features see it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// Hash of the word as written, digits made one.
    pub exact: u32,
    /// Hash of the word in lower case.
    pub lower: u32,
    /// Hash of the shape: "Xx", "X.X.", "d".
    pub shape: u32,
    /// Hash of the first three characters in lower case.
    pub prefix: u32,
    /// Hashes of the last two, three and four characters in lower case.
    pub suffixes: [u32; 3],
    /// How it is written.
    pub case: Case,
    /// The bits above.
    pub traits: u32,
    /// True if no white space stands before it.
    pub glued: bool,
    /// Its first character in lower case.
    pub initial: char,
    /// Four characters or more.
    pub long: bool,
    /// Its clusters, coarse to fine; [`NO_CLUSTER`] if it has none.
    pub clusters: [u16; 3],
}

impl Word {
    /// True for a word that a name may be made of.
    pub fn capital(&self) -> bool {
        matches!(self.case, Case::Title | Case::Upper)
    }

    /// True if it has this trait.
    pub fn is(&self, wanted: u32) -> bool {
        self.traits & wanted != 0
    }
}

/// Reads a token. The gazetteer's traits and the clusters are added elsewhere.
pub(super) fn read(text: &str, glued: bool) -> Word {
    let (mut lower, mut shape) = (Characters::default(), Shape::default());
    let (mut uppers, mut lowers) = (0, 0);
    let mut exact = Hash::new();
    let mut lowered = Hash::new();
    for c in text.chars() {
        let c = if c.is_ascii_digit() { '0' } else { plain(c) };
        exact.add(c);
        if c.is_uppercase() {
            uppers += 1;
        } else if c.is_lowercase() {
            lowers += 1;
        }
        shape.add(c);
        // One character for one: "İ" would become two in lower case, and need not here.
        let small = if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
        lowered.add(small);
        lower.add(small);
    }
    let case = match (uppers, lowers) {
        (0, 0) => Case::None,
        (0, _) => Case::Lower,
        (1, 0) | (_, 1..) => Case::Title,
        _ => Case::Upper,
    };
    let lower_hash = lowered.end();
    Word {
        exact: exact.end(),
        lower: lower_hash,
        shape: shape.hash.end(),
        prefix: lower.first(),
        suffixes: [lower.last(2), lower.last(3), lower.last(4)],
        case,
        traits: TRAITS.get(&lower_hash).copied().unwrap_or(0),
        glued,
        initial: lower.first[0],
        long: lower.length >= 4,
        clusters: [NO_CLUSTER; 3],
    }
}

/// The clusters of a word, coarse to fine.
pub(super) fn clusters_of(text: &str) -> [u16; 3] {
    clusters(text).map_or([NO_CLUSTER; 3], |c| [u16::from(c.c64), u16::from(c.c256), c.c1024])
}

/// Typographic apostrophes and dashes as the plain ones.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' => '\'',
        '“' | '”' => '"',
        '–' | '—' | '‑' => '-',
        _ => c,
    }
}

/// The word lists as one table, by the hash of the lower-case word.
static TRAITS: LazyLock<Table<u32>> = LazyLock::new(|| {
    let lists = [
        (&TITLES, TITLE),
        (&ORGANIZATION_WORDS, ORGANIZATION_WORD),
        (&PLACE_WORDS, PLACE_WORD),
        (&SPEECH, SPEECH_VERB),
        (&LINKS, LINK),
        (&PLACE_PREPOSITIONS, PLACE_PREPOSITION),
        (&FUNCTION_WORDS, FUNCTION_WORD),
        (&ORGANIZATION_NOUNS, ORGANIZATION_NOUN),
        (&ORGANIZATION_CUES, ORGANIZATION_CUE),
        (&CONTEST_WORDS, CONTEST),
    ];
    let mut traits = Table::default();
    for (list, bit) in lists {
        for word in list.words() {
            *traits.entry(hash(word)).or_insert(0) |= bit;
        }
    }
    traits
});

/// The hash of a word that is already in lower case.
pub(super) fn hash(word: &str) -> u32 {
    let mut hash = Hash::new();
    word.chars().for_each(|c| hash.add(c));
    hash.end()
}

/// A map by hashes of words.
pub(super) type Table<V> = HashMap<u32, V, BuildHasherDefault<Same>>;

/// The keys are hashes already.
#[derive(Default)]
pub(super) struct Same(u64);

impl Hasher for Same {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.0 = self.0.rotate_left(8) ^ u64::from(*b));
    }

    fn write_u32(&mut self, n: u32) {
        self.0 = u64::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// FNV-1a over characters. The trained weights depend on it: a change needs a new training.
#[derive(Clone, Copy)]
pub(super) struct Hash(u32);

impl Hash {
    pub fn new() -> Self {
        Hash(0x811c_9dc5)
    }

    pub fn add(&mut self, c: char) {
        self.0 = (self.0 ^ c as u32).wrapping_mul(0x0100_0193);
    }

    pub fn end(self) -> u32 {
        let mixed = (self.0 ^ (self.0 >> 15)).wrapping_mul(0x2c1b_3c6d);
        mixed ^ (mixed >> 13)
    }
}

/// The shape of a word: runs of capitals, small letters and digits as one sign each; at most eight.
struct Shape {
    hash: Hash,
    last: char,
    length: u8,
}

impl Default for Shape {
    fn default() -> Self {
        Shape { hash: Hash::new(), last: '\0', length: 0 }
    }
}

impl Shape {
    fn add(&mut self, c: char) {
        let sign = match c {
            '0' => 'd',
            _ if c.is_uppercase() => 'X',
            _ if c.is_lowercase() => 'x',
            _ if c.is_alphabetic() => 'a',
            _ => c,
        };
        if sign != self.last && self.length < 8 {
            self.hash.add(sign);
            self.length += 1;
        }
        self.last = sign;
    }
}

/// The first three and the last four characters of a word.
#[derive(Default)]
struct Characters {
    first: [char; 3],
    last: [char; 4],
    length: usize,
}

impl Characters {
    fn add(&mut self, c: char) {
        if let Some(place) = self.first.get_mut(self.length) {
            *place = c;
        }
        let [_, b, d, e] = self.last;
        self.last = [b, d, e, c];
        self.length += 1;
    }

    fn first(&self) -> u32 {
        let mut hash = Hash::new();
        self.first.iter().for_each(|c| hash.add(*c));
        hash.end()
    }

    /// The last `n` characters, `n` at most four.
    fn last(&self, n: usize) -> u32 {
        let mut hash = Hash::new();
        self.last[4 - n..].iter().for_each(|c| hash.add(*c));
        hash.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_shows_its_case_and_traits() {
        assert_eq!(read("talks", false).case, Case::Lower);
        assert_eq!(read("Blinken", false).case, Case::Title);
        assert_eq!(read("McCain", false).case, Case::Title);
        assert_eq!(read("U.N.", false).case, Case::Upper);
        assert_eq!(read("2021", false).case, Case::None);
        assert!(read("President", false).is(TITLE));
        assert!(read("MINISTRY", false).is(ORGANIZATION_WORD));
        assert!(!read("Blinken", false).is(TITLE));
    }

    #[test]
    fn forms_that_differ_in_case_alone_share_the_lower_form() {
        let (a, b) = (read("ÉLYSÉE", false), read("Élysée", false));
        assert_eq!(a.lower, b.lower);
        assert_ne!(a.exact, b.exact);
        assert_ne!(a.shape, b.shape);
        assert_eq!(read("2019", false).exact, read("2020", false).exact);
    }
}
