//! One layer's tables, read in place.
//!
//! In: the block that [`crate::lexicon::reader::flat`] describes: the built-in one lies in the
//! program, a user's is made when the user's files are read. Out: strings, entries, roles, offices
//! by their place in the block. A number that points nowhere gives an empty string, never a panic.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::lexicon::reader::flat::{self, BODY, ENTRY, OFFICE, ROLE, SECTIONS};
use crate::text::{BodyId, EntryId, OfficeId};

use super::match_name::Names;
use super::{Entry, Gender, Kind, Role};

/// The block that `build.rs` made of `data/gazetteer`.
static BUILTIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

/// The tables of one layer. Its ids begin where those of the layer below end.
#[derive(Debug)]
pub(super) struct Table {
    block: Cow<'static, [u8]>,
    starts: [usize; SECTIONS + 1],
    /// How many entries, offices and bodies lie below.
    pub below: [u32; 3],
}

impl Table {
    /// The built-in layer.
    pub fn builtin() -> Self {
        Table::new(Cow::Borrowed(BUILTIN), [0; 3])
    }

    /// A layer over others.
    pub fn new(block: Cow<'static, [u8]>, below: [u32; 3]) -> Self {
        let mut starts = [0; SECTIONS + 1];
        for (n, start) in starts.iter_mut().enumerate() {
            *start = number(&block, n * 4) as usize;
        }
        Table { block, starts, below }
    }

    /// The bytes of a section.
    pub fn section(&self, section: usize) -> &[u8] {
        match self.starts.get(section..section + 2) {
            Some([start, end]) => self.block.get(*start..*end).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// How many entries, offices and bodies this layer and those below have.
    pub fn counts(&self) -> [u32; 3] {
        let own = [(flat::ENTRIES, ENTRY), (flat::OFFICES, OFFICE), (flat::BODIES, BODY)]
            .map(|(section, size)| (self.section(section).len() / size) as u32);
        [0, 1, 2].map(|n| self.below[n] + own[n])
    }

    /// A name table: the first of its four sections is `first`.
    pub fn names(&self, first: usize) -> Names<'_> {
        let [records, text, index, filter] = [0, 1, 2, 3].map(|n| self.section(first + n));
        Names { records, text, index, filter, strings: self.section(flat::STRINGS) }
    }

    /// The entry with this id, if it is of this layer.
    pub fn entry(&self, id: EntryId) -> Option<Entry<'_>> {
        let n = id.0.checked_sub(self.below[0])? as usize;
        let record = record(self.section(flat::ENTRIES), ENTRY, n)?;
        let word = |field: usize| self.word(record, 4 + field * 2, (flat::ENTRIES, n, field));
        let key = number(record, 0);
        // The name stands right behind the key.
        let (_, name) = flat::string_at(self.section(flat::STRINGS), key as usize)?;
        let [kind_code, gender_code, rank, origin] = number(record, 12).to_le_bytes();
        Some(Entry {
            key: self.string(key),
            kind: kind(kind_code.into()),
            subkind: word(1),
            name: self.string(name as u32),
            country: word(0),
            parent: word(2),
            family: word(3),
            gender: gender(gender_code.into()),
            rank,
            origin,
        })
    }

    /// The entry with this key.
    pub fn by_key(&self, key: &str) -> Option<EntryId> {
        let entries = self.section(flat::ENTRIES);
        let key_at = |n: usize| record(entries, ENTRY, n).map_or("", |r| self.string(number(r, 0)));
        let n = search(entries.len() / ENTRY, |n| key_at(n) < key);
        (n * ENTRY < entries.len() && key_at(n) == key).then(|| EntryId(self.below[0] + n as u32))
    }

    /// The terms of a person, earliest first.
    pub fn roles_of(&self, person: EntryId) -> impl Iterator<Item = Role<'_>> {
        let roles = self.section(flat::ROLES);
        let owner = move |n: usize| record(roles, ROLE, n).map_or(u32::MAX, |r| number(r, 0));
        let first = search(roles.len() / ROLE, |n| owner(n) < person.0);
        (first..roles.len() / ROLE).take_while(move |n| owner(*n) == person.0).filter_map(|n| self.role(n))
    }

    /// The terms of an office in a country or body, earliest first.
    pub fn holders(&self, office: OfficeId, of: &str) -> impl Iterator<Item = Role<'_>> {
        let order = self.section(flat::HOLDERS);
        let at = move |n: usize| self.role(number(order, n * 4) as usize);
        let below = |role: Option<Role<'_>>| role.is_some_and(|r| (r.office, r.of) < (office, of));
        let first = search(order.len() / 4, |n| below(at(n)));
        let last = first
            + search(order.len() / 4 - first, |n| {
                at(first + n).is_some_and(|r| (r.office, r.of) <= (office, of))
            });
        (first..last).filter_map(at)
    }

    /// The terms of an office anywhere.
    pub fn holders_anywhere(&self, office: OfficeId) -> impl Iterator<Item = Role<'_>> {
        let order = self.section(flat::HOLDERS);
        let at = move |n: usize| self.role(number(order, n * 4) as usize);
        let first = search(order.len() / 4, |n| at(n).is_some_and(|r| r.office < office));
        (first..order.len() / 4).map_while(at).take_while(move |r| r.office == office)
    }

    fn role(&self, n: usize) -> Option<Role<'_>> {
        let role = record(self.section(flat::ROLES), ROLE, n)?;
        let (from, until) = (three(role, 10), three(role, 13));
        Some(Role {
            person: EntryId(number(role, 0)),
            office: OfficeId(two(role, 4).into()),
            of: self.word(role, 6, (flat::ROLES, n, 0)),
            title: self.word(role, 8, (flat::ROLES, n, 1)),
            from: day(flat::unpack_day(from & DAY)),
            until: day(flat::unpack_day(until & DAY)),
            origin: 1 << (from >> 22 | until >> 22 << 2).min(7),
        })
    }

    /// The shared string at a byte of a record; one that found no place is looked up by section, record and field.
    fn word(&self, record: &[u8], at: usize, place: (usize, usize, usize)) -> &str {
        let word = two(record, at);
        if word != flat::ELSEWHERE {
            return self.string(number(self.section(flat::WORDS), usize::from(word) * 4));
        }
        let rows = self.section(flat::EXTRA);
        let row = |n: usize| [0, 1, 2].map(|m| number(rows, n * 16 + m * 4) as usize);
        let wanted = [place.0, place.1, place.2];
        let n = search(rows.len() / 16, |n| row(n) < wanted);
        if n * 16 < rows.len() && row(n) == wanted { self.string(number(rows, n * 16 + 12)) } else { "" }
    }

    /// Code, name, scope, body and rank of an office, if it is of this layer.
    pub fn office(&self, office: OfficeId) -> Option<([&str; 4], u8)> {
        let record =
            record(self.section(flat::OFFICES), OFFICE, office.0.checked_sub(self.below[1])? as usize)?;
        Some(([0, 1, 2, 3].map(|n| self.string(number(record, n * 4))), number(record, 16) as u8))
    }

    /// The office with a code.
    pub fn office_by_code(&self, code: &str) -> Option<OfficeId> {
        let ids = (self.below[1]..self.counts()[1]).map(OfficeId);
        ids.into_iter().find(|id| self.office(*id).is_some_and(|(words, _)| words[0] == code))
    }

    /// Code, name and subkind of a body, and the office at its head, if the body is of this layer.
    pub fn body(&self, body: BodyId) -> Option<([&str; 3], Option<OfficeId>)> {
        let record = record(self.section(flat::BODIES), BODY, body.0.checked_sub(self.below[2])? as usize)?;
        let head = Some(number(record, 8)).filter(|n| *n != u32::MAX).map(OfficeId);
        Some(([0, 1, 3].map(|n| self.string(number(record, n * 4))), head))
    }

    /// The body with a code.
    pub fn body_by_code(&self, code: &str) -> Option<BodyId> {
        let ids = (self.below[2]..self.counts()[2]).map(BodyId);
        ids.into_iter().find(|id| self.body(*id).is_some_and(|(words, _)| words[0] == code))
    }

    /// The entry that is this body of this country.
    pub fn body_of(&self, body: BodyId, country: EntryId) -> Option<EntryId> {
        let rows = self.section(flat::BODY_OF);
        let row = |n: usize| [0, 1, 2].map(|m| number(rows, n * 12 + m * 4));
        let n = search(rows.len() / 12, |n| (row(n)[0], row(n)[1]) < (body.0, country.0));
        let [found, of, entry] = row(n);
        (n * 12 < rows.len() && (found, of) == (body.0, country.0)).then_some(EntryId(entry))
    }

    /// True if the hash of a family name is listed.
    pub fn has_surname(&self, hash: u32) -> bool {
        let rows = self.section(flat::SURNAMES);
        let n = search(rows.len() / 4, |n| number(rows, n * 4) < hash);
        n * 4 < rows.len() && number(rows, n * 4) == hash
    }

    /// Name, senses, default and rule of an ambiguous name.
    pub fn ambiguous(&self, name: &str) -> Option<[&str; 4]> {
        let rows = self.section(flat::AMBIGUOUS);
        let row = |n: usize| [0, 1, 2, 3].map(|m| self.string(number(rows, n * 16 + m * 4)));
        let n = search(rows.len() / 16, |n| row(n)[0] < name);
        (n * 16 < rows.len()).then(|| row(n)).filter(|row| row[0] == name)
    }

    /// The string at an offset.
    fn string(&self, at: u32) -> &str {
        let strings = self.section(flat::STRINGS);
        let place = flat::string_at(strings, at as usize);
        let bytes = place.and_then(|(start, end)| strings.get(start..end)).unwrap_or(&[]);
        std::str::from_utf8(bytes).unwrap_or("")
    }
}

/// The bits of a day in three bytes of a role.
const DAY: u32 = (1 << 22) - 1;

/// The two-byte number at a byte; 0 where there is none.
fn two(bytes: &[u8], at: usize) -> u16 {
    match bytes.get(at..at + 2) {
        Some([a, b]) => u16::from_le_bytes([*a, *b]),
        _ => 0,
    }
}

/// The three-byte number at a byte; 0 where there is none.
fn three(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 3) {
        Some([a, b, c]) => u32::from_le_bytes([*a, *b, *c, 0]),
        _ => 0,
    }
}

/// The number at a byte; 0 where there is none.
pub(super) fn number(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some([a, b, c, d]) => u32::from_le_bytes([*a, *b, *c, *d]),
        _ => 0,
    }
}

/// The first of `count` places for which `before` is false.
pub(super) fn search(count: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

fn record(section: &[u8], size: usize, n: usize) -> Option<&[u8]> {
    section.get(n.checked_mul(size)?..n.checked_add(1)?.checked_mul(size)?)
}

fn kind(code: u32) -> Kind {
    match code {
        0 => Kind::Person,
        1 => Kind::Country,
        2 => Kind::Organization,
        3 => Kind::Place,
        4 => Kind::Group,
        _ => Kind::Other,
    }
}

/// The gender of a code of the tables.
pub(super) fn gender(code: u32) -> Option<Gender> {
    match code {
        1 => Some(Gender::Male),
        2 => Some(Gender::Female),
        _ => None,
    }
}

/// The day of a number such as 20210318; `None` for 0.
fn day(number: u32) -> Option<Date> {
    let [year, month, day] = [number / 10_000, number / 100 % 100, number % 100];
    Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()
}
