//! The questions that the reading rooms ask of the tables of names.
//!
//! In: tokens, ids, keys, days. Out: matches, entries, roles. The layers are asked newest first; an
//! entry of a user's layer stands in the place of the entry with the same key below it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::lexicon::problem::nearest;
use crate::lexicon::reader::flat;
use crate::lexicon::reader::fold::{fold, hash, letters};
use crate::text::{BodyId, EntryId, OfficeId, Span};

use super::match_name::Found;
use super::table::{Table, gender};
use super::{Ambiguity, BodyMatch, Entry, Gender, Kind, NameMatch, NameMatches, NameUse, OfficeMatch, Role};

/// The tables of names: layers, newest first. Without any, it knows nothing.
#[derive(Debug, Default)]
pub struct Gazetteer {
    pub(super) layers: Vec<Table>,
    /// Entries that are replaced or switched off.
    pub(super) hidden: BTreeSet<u32>,
    /// Names that are switched off, by entry and letters.
    pub(super) hidden_names: BTreeSet<(u32, Vec<u8>)>,
}

impl Gazetteer {
    /// The built-in tables; nothing is parsed.
    #[must_use]
    pub fn builtin() -> Self {
        Gazetteer { layers: vec![Table::builtin()], ..Gazetteer::default() }
    }

    /// All names that begin at the first of `tokens`, longest first; equal lengths by rank.
    ///
    /// `text` is the document's text, `tokens` the spans from the token asked about to the end of
    /// its sentence. Case matters for names that are also words ("turkey" is no country); upper-case
    /// headlines match too. "North Korean Foreign Ministry" and "Ministry of Defense of Ukraine" are
    /// put together from the country and the body.
    #[must_use]
    pub fn names_at(&self, text: &str, tokens: &[Span]) -> NameMatches {
        let mut matches = NameMatches::new();
        for layer in &self.layers {
            layer.names(flat::NAMES).at(text, tokens, |found| {
                if !self.hides(found, text, tokens) {
                    matches.push(named(found));
                }
            });
        }
        self.add_bodies(text, tokens, &mut matches);
        if matches.len() > 1 {
            let order = |m: &NameMatch| {
                (u16::MAX - m.tokens, 100 - self.entry(m.entry).rank.min(100), m.entry, m.name_use)
            };
            matches.sort_by_key(order);
            matches.dedup_by_key(|m| (m.tokens, m.entry));
        }
        matches
    }

    /// Adds the bodies of countries: "Russian Defense Ministry", "Ministry of Finance of Ukraine".
    fn add_bodies(&self, text: &str, tokens: &[Span], matches: &mut NameMatches) {
        let is_country =
            |m: &NameMatch| m.name_use <= NameUse::Adjective && self.entry(m.entry).kind == Kind::Country;
        let countries: NameMatches = matches.iter().copied().filter(is_country).collect();
        for country in countries {
            let rest = tokens.get(usize::from(country.tokens)..).unwrap_or(&[]);
            let found =
                self.body_at(text, rest).and_then(|b| Some((b.tokens, self.body_of(b.body, country.entry)?)));
            matches.extend(found.map(|(n, entry)| NameMatch {
                entry,
                tokens: country.tokens + n,
                name_use: NameUse::Name,
            }));
        }
        let capital = tokens.first().is_some_and(|t| t.of(text).starts_with(char::is_uppercase));
        let Some(body) = capital.then(|| self.body_at(text, tokens)).flatten() else { return };
        let mut rest = tokens.get(usize::from(body.tokens)..).unwrap_or(&[]).iter().map(|t| t.of(text));
        let skipped = match (rest.next(), rest.next()) {
            (Some("of"), Some("the")) => 2,
            (Some("of"), _) => 1,
            _ => return,
        };
        let country_at = usize::from(body.tokens) + skipped;
        let mut best: Option<NameMatch> = None;
        for layer in &self.layers {
            layer.names(flat::NAMES).at(text, tokens.get(country_at..).unwrap_or(&[]), |found| {
                let m = named(found);
                if m.name_use <= NameUse::Acronym
                    && best.is_none_or(|b| b.tokens < m.tokens)
                    && self.entry(m.entry).kind == Kind::Country
                {
                    best = Some(m);
                }
            });
        }
        if let Some((country, entry)) = best.and_then(|c| Some((c, self.body_of(body.body, c.entry)?))) {
            let tokens = country.tokens + country_at as u16;
            matches.push(NameMatch { entry, tokens, name_use: NameUse::Name });
        }
    }

    /// True if the entry or this name of it is switched off.
    fn hides(&self, found: Found, text: &str, tokens: &[Span]) -> bool {
        if self.hidden.contains(&found.id) {
            return true;
        }
        if self.hidden_names.is_empty() {
            return false;
        }
        let span = tokens.get(..found.tokens).and_then(|t| Some(t.first()?.cover(*t.last()?)));
        let folded = fold(span.map_or("", |span| span.of(text)));
        self.hidden_names.contains(&(found.id, letters(&folded).collect()))
    }

    /// The longest office name that begins at the first of `tokens`, in any case, one or many:
    /// "foreign minister", "Secretaries of State".
    #[must_use]
    pub fn office_at(&self, text: &str, tokens: &[Span]) -> Option<OfficeMatch> {
        let found = self.longest(flat::OFFICE_NAMES, text, tokens)?;
        Some(OfficeMatch { office: OfficeId(found.id), tokens: found.tokens as u16 })
    }

    /// The longest name of a body that begins at the first of `tokens`, without its country, in any
    /// case: "foreign ministry", "Parliament". See [`Self::body_of`].
    #[must_use]
    pub fn body_at(&self, text: &str, tokens: &[Span]) -> Option<BodyMatch> {
        let found = self.longest(flat::BODY_NAMES, text, tokens)?;
        Some(BodyMatch { body: BodyId(found.id), tokens: found.tokens as u16 })
    }

    fn longest(&self, section: usize, text: &str, tokens: &[Span]) -> Option<Found> {
        let mut longest: Option<Found> = None;
        for layer in &self.layers {
            layer.names(section).at(text, tokens, |found| {
                if longest.is_none_or(|l| l.tokens < found.tokens) {
                    longest = Some(found);
                }
            });
        }
        longest
    }

    /// The entry that is this body of this country: for "the Foreign Ministry" near South Korea.
    #[must_use]
    pub fn body_of(&self, body: BodyId, country: EntryId) -> Option<EntryId> {
        let found = self.layers.iter().find_map(|layer| layer.body_of(body, country));
        found.or_else(|| {
            // The country's entry may be a user's; the bodies below know the one that it replaces.
            let key = self.entry(country).key;
            let below = self.layers.iter().filter_map(|layer| Some((layer, layer.by_key(key)?)));
            below.filter(|(_, id)| *id != country).find_map(|(layer, id)| layer.body_of(body, id))
        })
    }

    /// The body of a country by any of its names: `agency_named("Foreign Ministry", "iso:KR")`.
    #[must_use]
    pub fn agency_named(&self, name: &str, country: &str) -> Option<EntryId> {
        let body = self.body_at(name, &[Span::new(0, name.len())])?;
        self.body_of(body.body, self.by_key(country)?)
    }

    /// A body's code: "foreign-ministry".
    #[must_use]
    pub fn body_code(&self, body: BodyId) -> &str {
        self.layers.iter().find_map(|layer| layer.body(body)).map_or("", |(words, _)| words[0])
    }

    /// The body with a code.
    #[must_use]
    pub fn body_by_code(&self, code: &str) -> Option<BodyId> {
        self.layers.iter().find_map(|layer| layer.body_by_code(code))
    }

    /// The office at the head of a body: the foreign minister.
    #[must_use]
    pub fn head_of(&self, body: BodyId) -> Option<OfficeId> {
        self.layers.iter().find_map(|layer| layer.body(body)).and_then(|(_, head)| head)
    }

    /// The entry with this id. Ids come from this gazetteer only.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Entry<'_> {
        self.layers.iter().find_map(|layer| layer.entry(id)).unwrap_or(Entry {
            key: "",
            kind: Kind::Other,
            subkind: "",
            name: "",
            country: "",
            parent: "",
            family: "",
            gender: None,
            rank: 0,
            origin: 0,
        })
    }

    /// The entry with this key.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<EntryId> {
        let found = self.layers.iter().find_map(|layer| layer.by_key(key));
        found.filter(|id| !self.hidden.contains(&id.0))
    }

    /// The entry that stands for `id` now: itself, or the user's entry with the same key.
    fn current(&self, id: EntryId) -> Option<EntryId> {
        if !self.hidden.contains(&id.0) {
            return Some(id);
        }
        self.by_key(self.entry(id).key)
    }

    /// The offices that a person held, earliest first.
    #[must_use]
    pub fn roles_of(&self, person: EntryId) -> Vec<Role<'_>> {
        let key = self.entry(person).key;
        let ids = self.layers.iter().map(|layer| layer.by_key(key));
        let ids: BTreeSet<EntryId> = ids.flatten().chain([person]).collect();
        let roles = ids.iter().flat_map(|id| self.layers.iter().flat_map(|layer| layer.roles_of(*id)));
        let mut roles: Vec<_> = roles.map(|role| Role { person, ..role }).collect();
        roles.sort_by_key(|role| (role.from, role.office));
        roles
    }

    /// Who held `office` in the country or body with the key `of` on `day`, earliest first; without a
    /// day, the latest. Terms without a first day hold on no day, but count where there is no other.
    #[must_use]
    pub fn holders(&self, office: OfficeId, of: &str, day: Option<Date>) -> Vec<Role<'_>> {
        let mut terms = self.terms(office, of);
        match day {
            Some(day) => {
                terms.retain(|role| role.holds(day));
                terms
            }
            None => terms.pop().into_iter().collect(),
        }
    }

    /// Who held `office` on `day` in any country or body.
    #[must_use]
    pub fn holders_anywhere(&self, office: OfficeId, day: Date) -> Vec<Role<'_>> {
        let terms = self.layers.iter().flat_map(|layer| layer.holders_anywhere(office));
        let terms = terms.filter(|role| role.holds(day));
        terms.filter_map(|role| Some(Role { person: self.current(role.person)?, ..role })).collect()
    }

    /// Everybody who is known to have held an office anywhere, on any day.
    #[must_use]
    pub fn ever_anywhere(&self, office: OfficeId) -> Vec<Role<'_>> {
        let terms = self.layers.iter().flat_map(|layer| layer.holders_anywhere(office));
        terms.filter_map(|role| Some(Role { person: self.current(role.person)?, ..role })).collect()
    }

    /// Everybody who is known to have held an office, in the order of time.
    #[must_use]
    pub fn terms(&self, office: OfficeId, of: &str) -> Vec<Role<'_>> {
        let terms = self.layers.iter().flat_map(|layer| layer.holders(office, of));
        let terms = terms.filter_map(|role| Some(Role { person: self.current(role.person)?, ..role }));
        let mut terms: Vec<_> = terms.collect();
        terms.sort_by_key(|role| (role.from, role.person));
        terms
    }

    /// The office's own name: "foreign minister".
    #[must_use]
    pub fn office_name(&self, office: OfficeId) -> &str {
        self.office(office).1
    }

    /// The office's code: "foreign-minister".
    #[must_use]
    pub fn office_code(&self, office: OfficeId) -> &str {
        self.office(office).0
    }

    /// Where the office is held: "country", "subnational", "igo", "org", "world", or nothing.
    #[must_use]
    pub fn office_scope(&self, office: OfficeId) -> &str {
        self.office(office).2
    }

    /// The code of the body that the office heads: "foreign-ministry"; may be empty.
    #[must_use]
    pub fn office_body(&self, office: OfficeId) -> &str {
        self.office(office).3
    }

    /// How prominent the office is, 0 to 100.
    #[must_use]
    pub fn office_rank(&self, office: OfficeId) -> u8 {
        self.layers.iter().find_map(|layer| layer.office(office)).map_or(0, |(_, rank)| rank)
    }

    fn office(&self, office: OfficeId) -> (&str, &str, &str, &str) {
        let found = self.layers.iter().find_map(|layer| layer.office(office));
        found.map_or(("", "", "", ""), |([code, name, scope, body], _)| (code, name, scope, body))
    }

    /// The office with a code: `office_by_code("spokesperson")`.
    #[must_use]
    pub fn office_by_code(&self, code: &str) -> Option<OfficeId> {
        self.layers.iter().find_map(|layer| layer.office_by_code(code))
    }

    /// The gender that a given name tells, `Some(None)` where it is a given name of either.
    #[must_use]
    pub fn given_name(&self, word: &str) -> Option<Option<Gender>> {
        if !word.starts_with(char::is_uppercase) {
            return None;
        }
        let folded = fold(word);
        self.layers.iter().find_map(|layer| {
            let names = layer.names(flat::GIVEN_NAMES);
            let record = names.exact(&folded).next()?;
            Some(gender(names.meaning(record).0))
        })
    }

    /// True if some listed person has this family name.
    #[must_use]
    pub fn is_surname(&self, word: &str) -> bool {
        let hash = hash(letters(&fold(word)));
        word.starts_with(char::is_alphabetic) && self.layers.iter().any(|layer| layer.has_surname(hash))
    }

    /// A person's family name: "Blinken", "Zhao", "von der Leyen".
    #[must_use]
    pub fn family_name(&self, person: EntryId) -> &str {
        let entry = self.entry(person);
        match entry.family {
            "" => entry.name.rsplit(' ').next().unwrap_or(entry.name),
            family => family,
        }
    }

    /// What is known of a name that has several senses: "Georgia".
    #[must_use]
    pub fn ambiguity(&self, name: &str) -> Option<Ambiguity<'_>> {
        let row = self.layers.iter().find_map(|layer| layer.ambiguous(name));
        row.map(|[_, senses, default, rule]| Ambiguity { senses, default, rule })
    }

    /// All entries with exactly this name or alias, in any spelling and case; for listings.
    #[must_use]
    pub fn find(&self, name: &str) -> Vec<(EntryId, NameUse)> {
        let folded = fold(name);
        let mut all = Vec::new();
        for layer in &self.layers {
            let names = layer.names(flat::NAMES);
            let found = names.exact(&folded).map(|record| names.meaning(record));
            all.extend(found.map(|(id, name_use)| (EntryId(id), name_use_of(name_use))));
        }
        let key: Vec<u8> = letters(&folded).collect();
        all.retain(|(id, _)| {
            !self.hidden.contains(&id.0) && !self.hidden_names.contains(&(id.0, key.clone()))
        });
        all.sort_by_key(|(id, name_use)| (100 - self.entry(*id).rank.min(100), *id, *name_use));
        all.dedup();
        all
    }

    /// The name of the tables that is most like this one, if any is near: for "did you mean".
    #[must_use]
    pub fn near(&self, name: &str) -> Option<&str> {
        let all = self.layers.iter().flat_map(|layer| {
            (layer.below[0]..layer.counts()[0]).filter_map(move |id| layer.entry(EntryId(id))).map(|e| e.name)
        });
        // Another first letter is another name.
        let first = name.chars().next().map(|c| c.to_lowercase().to_string())?;
        let alike = all.filter(|n| n.to_lowercase().starts_with(&first) && n.len().abs_diff(name.len()) < 4);
        nearest(name, &alike.collect::<Vec<_>>())
    }

    /// The codes of all offices.
    #[must_use]
    pub fn office_codes(&self) -> Vec<&str> {
        let ids = self.layers.iter().flat_map(|layer| layer.below[1]..layer.counts()[1]);
        ids.map(|id| self.office_code(OfficeId(id))).filter(|code| !code.is_empty()).collect()
    }

    /// Those who bear this name in the tables, and were switched off; for listings.
    #[must_use]
    pub fn switched_off(&self, name: &str) -> Vec<EntryId> {
        let folded = fold(name);
        let key: Vec<u8> = letters(&folded).collect();
        let mut off = Vec::new();
        for layer in &self.layers {
            let names = layer.names(flat::NAMES);
            let found = names.exact(&folded).map(|record| EntryId(names.meaning(record).0));
            off.extend(found.filter(|id| {
                // One that another of the same key replaces is not off.
                let gone = self.hidden.contains(&id.0) && self.by_key(self.entry(*id).key).is_none();
                gone || self.hidden_names.contains(&(id.0, key.clone()))
            }));
        }
        off.sort_unstable();
        off.dedup();
        off
    }

    /// All names of an entry, folded, and how each stands for it; reads the whole table, for listings.
    #[must_use]
    pub fn names_of(&self, entry: EntryId) -> Vec<(String, NameUse)> {
        let mut all = Vec::new();
        for layer in &self.layers {
            let names = layer.names(flat::NAMES);
            let own = (0..names.records.len() / flat::NAME).filter(|r| names.meaning(*r).0 == entry.0);
            all.extend(own.map(|r| {
                (String::from_utf8_lossy(names.name(r)).into_owned(), name_use_of(names.meaning(r).1))
            }));
        }
        all.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
        all
    }
}

fn named(found: Found) -> NameMatch {
    NameMatch { entry: EntryId(found.id), tokens: found.tokens as u16, name_use: name_use_of(found.name_use) }
}

/// The use of a code of the tables.
fn name_use_of(code: u32) -> NameUse {
    match code {
        0 => NameUse::Name,
        1 => NameUse::Alias,
        2 => NameUse::Acronym,
        3 => NameUse::Surname,
        4 => NameUse::Adjective,
        5 => NameUse::Demonym,
        6 => NameUse::Capital,
        _ => NameUse::Metonym,
    }
}
