//! The flat form of the tables: bytes that are read in place, so that nothing is parsed at start.
//!
//! In: rows, one after the other. Out: one block: a header of offsets, then the sections, all
//! numbers little-endian. A string is kept once, as its length (one byte; 255 and two more from 255
//! on) and its bytes, and is named by its offset; offset 0 is the empty string. Strings that many rows
//! share ("iso:US", "party") are named by their place in [`WORDS`], in two bytes; what has no place left
//! there stands in [`EXTRA`]. A [`NameTable`] is four sections: records sorted by the letters of their
//! names, the names' folded text where no string holds the same bytes, an index by the first two letters,
//! and a filter that says for most words that no name begins with them. Read by `gazetteer::table`.

use std::collections::HashMap;

use super::fold::{hash, is_separator, letters};

/// Section: all strings.
pub const STRINGS: usize = 0;
/// Section: entries, [`ENTRY`] bytes each.
pub const ENTRIES: usize = 1;
/// First of four sections: the names of entries.
pub const NAMES: usize = 2;
/// First of four sections: the names of offices.
pub const OFFICE_NAMES: usize = 6;
/// First of four sections: the names of bodies that every country has.
pub const BODY_NAMES: usize = 10;
/// First of four sections: given names; the id is the gender.
pub const GIVEN_NAMES: usize = 14;
/// Section: terms of office, [`ROLE`] bytes each, by person and first day.
pub const ROLES: usize = 18;
/// Section: indexes of roles, by office, country or body, and first day.
pub const HOLDERS: usize = 19;
/// Section: offices, [`OFFICE`] bytes each.
pub const OFFICES: usize = 20;
/// Section: bodies that every country has, [`BODY`] bytes each.
pub const BODIES: usize = 21;
/// Section: which entry is that body of that country: body, country, entry.
pub const BODY_OF: usize = 22;
/// Section: hashes of family names, sorted.
pub const SURNAMES: usize = 23;
/// Section: ambiguous names: name, senses, default, rule.
pub const AMBIGUOUS: usize = 24;
/// Section: the offsets of shared strings; the first is the empty string.
pub const WORDS: usize = 25;
/// Section: strings for which [`WORDS`] has no place: section, record, field, offset; sorted.
pub const EXTRA: usize = 26;
/// How many sections there are.
pub const SECTIONS: usize = 27;

/// Bytes of an entry: key (its name follows it among the strings); country, subkind, parent, family as shared
/// strings; kind, gender, rank, sources.
pub const ENTRY: usize = 16;
/// Bytes of a role: person; office; of and title as shared strings; first and last day and the source.
pub const ROLE: usize = 16;
/// The shared string that stands in [`EXTRA`].
pub const ELSEWHERE: u16 = u16::MAX;
/// Set in a name record whose text is a string, and not its table's own.
pub const SHARED: u32 = 1 << 31;
/// Bytes of an office: code, name, scope, body, rank.
pub const OFFICE: usize = 20;
/// Bytes of a body: code, name, office, subkind.
pub const BODY: usize = 16;
/// Bytes of a name record: where its text is; id + use + flags.
pub const NAME: usize = 8;

/// Flag: commas may stand inside ("Bureau of Alcohol, Tobacco, …").
pub const COMMA: u32 = 1;
/// Flag: one word, so that upper case says little.
pub const ONE_WORD: u32 = 2;
/// Flag: an acronym: every letter must be upper case in the text too.
pub const ACRONYM: u32 = 4;
/// Flag: found in any case.
pub const ANY_CASE: u32 = 8;

/// Classes of a first or second letter in a name table's index: before a, a to z, after z.
pub const CLASSES: usize = 28;

/// The class of a letter, in the order of bytes.
pub fn class(letter: u8) -> usize {
    match letter {
        b'a'..=b'z' => usize::from(letter - b'a') + 1,
        0..b'a' => 0,
        _ => CLASSES - 1,
    }
}

/// Strings, each kept once.
pub struct Strings {
    bytes: Vec<u8>,
    seen: HashMap<String, u32>,
}

impl Strings {
    /// A pool with the empty string.
    pub(crate) fn new() -> Self {
        Strings { bytes: vec![0], seen: HashMap::from([(String::new(), 0)]) }
    }

    /// The offset of `text`.
    pub fn put(&mut self, text: &str) -> u32 {
        match self.seen.get(text) {
            Some(at) => *at,
            None => self.add(text),
        }
    }

    /// The offset of `first`, with `second` right behind it, and the offset of that.
    pub fn put_pair(&mut self, first: &str, second: &str) -> [u32; 2] {
        [self.add(first), self.add(second)]
    }

    fn add(&mut self, text: &str) -> u32 {
        let at = number(self.bytes.len());
        let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
        match u8::try_from(length).ok().filter(|short| *short < u8::MAX) {
            Some(short) => self.bytes.push(short),
            None => {
                self.bytes.push(u8::MAX);
                self.bytes.extend_from_slice(&length.to_le_bytes());
            }
        }
        self.bytes.extend_from_slice(&text.as_bytes()[..usize::from(length)]);
        self.seen.entry(text.to_owned()).or_insert(at);
        at
    }
}

/// Where a string at an offset begins and ends; `None` beyond the strings.
#[must_use]
pub fn string_at(strings: &[u8], at: usize) -> Option<(usize, usize)> {
    let short = *strings.get(at)?;
    if short < u8::MAX {
        return Some((at + 1, at + 1 + usize::from(short)));
    }
    let long = u16::from_le_bytes([*strings.get(at + 1)?, *strings.get(at + 2)?]);
    Some((at + 3, at + 3 + usize::from(long)))
}

/// A day such as 20210318 in 22 bits; 0 stays 0.
#[must_use]
pub fn pack_day(day: u32) -> u32 {
    let [year, month, date] = [day / 10_000, day / 100 % 100, day % 100];
    if day == 0 { 0 } else { (year.min(9_999) * 13 + month) * 32 + date }
}

/// The day that [`pack_day`] packed.
#[must_use]
pub fn unpack_day(packed: u32) -> u32 {
    let [year, month, date] = [packed / 32 / 13, packed / 32 % 13, packed % 32];
    year * 10_000 + month * 100 + date
}

/// Sections under construction.
pub struct Flat {
    sections: Vec<Vec<u8>>,
    words: HashMap<u32, u16>,
    extra: Vec<[u32; 4]>,
    /// The strings of all sections.
    pub strings: Strings,
}

impl Flat {
    /// Empty sections.
    pub(crate) fn new() -> Self {
        let mut flat = Flat {
            sections: vec![Vec::new(); SECTIONS],
            words: HashMap::new(),
            extra: Vec::new(),
            strings: Strings::new(),
        };
        flat.word(0, 0, 0, "");
        flat
    }

    /// The place of a string that many records share: of `record` in `section`, there the string number `field`.
    pub fn word(&mut self, section: usize, record: usize, field: usize, text: &str) -> u16 {
        let at = self.strings.put(text);
        if let Some(place) = self.words.get(&at) {
            return *place;
        }
        match u16::try_from(self.words.len()).ok().filter(|place| *place < ELSEWHERE) {
            Some(place) => {
                self.words.insert(at, place);
                self.push(WORDS, &[at]);
                place
            }
            None => {
                self.extra.push([number(section), number(record), number(field), at]);
                ELSEWHERE
            }
        }
    }

    /// How many records of `size` bytes a section has.
    pub fn count(&self, section: usize, size: usize) -> usize {
        self.sections[section].len() / size
    }

    /// Adds bytes to a section.
    pub fn push_bytes(&mut self, section: usize, bytes: &[u8]) {
        self.sections[section].extend_from_slice(bytes);
    }

    /// Adds a record to a section.
    pub fn push(&mut self, section: usize, numbers: &[u32]) {
        let bytes = numbers.iter().flat_map(|n| n.to_le_bytes());
        self.sections[section].extend(bytes);
    }

    /// Adds a name table as the four sections from `first`.
    pub fn push_names(&mut self, first: usize, table: NameTable) {
        for (section, bytes) in self.sections[first..].iter_mut().zip(table.sections()) {
            *section = bytes;
        }
    }

    /// The block: offsets of the sections, the end, the sections.
    pub fn finish(mut self) -> Vec<u8> {
        self.extra.sort_unstable();
        for row in std::mem::take(&mut self.extra) {
            self.push(EXTRA, &row);
        }
        self.sections[STRINGS] = self.strings.bytes;
        let mut at = (SECTIONS + 1) * 4;
        let mut out = Vec::new();
        for section in &self.sections {
            out.extend_from_slice(&number(at).to_le_bytes());
            at += section.len();
        }
        out.extend_from_slice(&number(at).to_le_bytes());
        self.sections.iter().for_each(|section| out.extend_from_slice(section));
        out
    }
}

/// The letters of a name, its folded form, what it stands for with its flags, and where that form is a string already.
type FoldedName = (Vec<u8>, Vec<u8>, u32, Option<u32>);

/// Names with what they stand for, sorted by their letters.
#[derive(Default)]
pub struct NameTable {
    names: Vec<FoldedName>,
}

impl NameTable {
    /// Adds a folded name. Names of fewer than two letters are left out: they are never sure.
    pub fn put(&mut self, folded: Vec<u8>, id: u32, name_use: u32, flags: u32) {
        self.put_shared(folded, id, name_use, flags, None);
    }

    /// The same for a name whose folded bytes are a string already: at this offset.
    pub fn put_shared(&mut self, folded: Vec<u8>, id: u32, name_use: u32, flags: u32, string: Option<u32>) {
        let key: Vec<u8> = letters(&folded).collect();
        if (2..=120).contains(&key.len()) {
            self.names.push((key, folded, (id << 12) | (name_use << 8) | flags, string));
        }
    }

    fn sections(mut self) -> [Vec<u8>; 4] {
        self.names.sort();
        self.names.dedup_by(|b, a| (&a.0, &a.1, a.2) == (&b.0, &b.1, b.2));
        let (mut records, mut text, mut index) = (Vec::new(), Vec::new(), Vec::new());
        let bits = (self.names.len() * 16).next_power_of_two().clamp(1 << 10, 1 << 18);
        let mut filter = vec![0_u8; bits / 8];
        let mut last: Option<(&[u8], u32)> = None;
        for (n, (key, folded, data, string)) in self.names.iter().enumerate() {
            let bucket = class(key[0]) * CLASSES + class(key[1]);
            while index.len() <= bucket {
                index.push(n);
            }
            let at = match (last, string) {
                (_, Some(at)) => at | SHARED,
                (Some((same, at)), None) if same == folded => at,
                _ => {
                    text.push(folded.len() as u8);
                    text.extend_from_slice(folded);
                    number(text.len() - folded.len() - 1)
                }
            };
            last = Some((folded, at));
            records.extend_from_slice(&at.to_le_bytes());
            records.extend_from_slice(&data.to_le_bytes());
            let word = folded.split(|b| *b == b' ').next().unwrap_or_default();
            let lower = folded[0].is_ascii_lowercase() || *data & ANY_CASE != 0;
            for end in (1..=word.len()).filter(|end| word.get(*end).is_none_or(|b| is_separator(*b))) {
                for lower in [false, true].iter().filter(|l| !**l || lower) {
                    let bit = filter_bit(&word[..end], *lower, bits);
                    filter[bit / 8] |= 1 << (bit % 8);
                }
            }
        }
        while index.len() <= CLASSES * CLASSES {
            index.push(self.names.len());
        }
        let index = index.iter().flat_map(|n| number(*n).to_le_bytes()).collect();
        [records, text, index, filter]
    }
}

/// The bit of a filter that tells whether a name begins with this word. A word that begins with a
/// small letter has another bit: "state" begins no name, though "State Department" is one.
pub fn filter_bit(word: &[u8], lower: bool, bits: usize) -> usize {
    (hash(letters(word)) ^ if lower { 0x5bd1_e995 } else { 0 }) as usize % bits.max(1)
}

/// An offset or count as it is written; the tables are far below 4 GiB.
pub fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_strings_come_back_as_they_were() {
        for day in [0, 10_101, 18_701_231, 20_210_318, 99_991_231] {
            assert_eq!(unpack_day(pack_day(day)), day);
            assert!(pack_day(day) < 1 << 22);
        }
        let mut strings = Strings::new();
        let long = "x".repeat(300);
        for text in ["", "iso:US", &"y".repeat(255), &long] {
            let at = strings.put(text) as usize;
            let (start, end) = string_at(&strings.bytes, at).unwrap();
            assert_eq!(&strings.bytes[start..end], text.as_bytes());
        }
        assert_eq!(string_at(&strings.bytes, strings.bytes.len()), None);
    }
}
