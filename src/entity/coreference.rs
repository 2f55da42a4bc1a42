//! Short forms of bodies: acronyms, first words, "the ministry", "the company".
//!
//! In: candidates and the cast. Out: the full name that a short one repeats. "ABC" repeats
//! "Amber Bay Committee" if brackets or initials say so; "the ministry" the last ministry named;
//! "the company" the last body that may be one.
//!
//! Left out: people, see [`super::person`]; pronouns, see [`super::pronoun`].

use std::collections::{HashMap, HashSet};

use super::Form;
use super::candidate::Candidate;
use super::cast::Cast;
use super::nominal::AGENTS;
use super::reading::Reading;
use crate::lexicon::Kind;
use crate::lexicon::language::ORGANIZATION_SORTS;
use crate::text::EntityId;

/// The short forms that the full names of bodies in a document allow.
#[derive(Default)]
pub(super) struct ShortBodies {
    forms: HashMap<String, usize>,
    /// Acronyms that brackets introduce: these hold against the tables.
    introduced: HashMap<String, usize>,
    /// Which full names are those of companies: their first word is no place of its own.
    companies: HashSet<usize>,
}

impl ShortBodies {
    /// Reads the bodies' full names.
    pub fn new(reading: Reading<'_>, candidates: &[Candidate]) -> Self {
        let mut short = ShortBodies::default();
        let mut lasts: HashMap<&str, (&str, usize)> = HashMap::new();
        for (i, c) in candidates.iter().enumerate() {
            if c.kind != Kind::Organization || c.end - c.first < 2 {
                continue;
            }
            let words = reading.words(c.first, c.end);
            let initials = initials(words);
            if reading.word(c.end) == "(" && matches!(reading.word(c.end + 2), ")") {
                let acronym = plain(reading.word(c.end + 1));
                if acronym.len() > 1 && acronym.bytes().all(|b| b.is_ascii_uppercase()) {
                    short.introduced.entry(acronym).or_insert(i);
                }
            }
            let last = words.split_whitespace().last().unwrap_or_default().to_lowercase();
            if ORGANIZATION_SORTS.get(&format!("name {last}")) == Some("company") {
                short.companies.insert(i);
            }
            if initials.len() > 2 {
                short.forms.entry(initials).or_insert(i);
            }
            if let Some(first) = words.split_whitespace().next().filter(|w| w.len() > 3) {
                short.forms.entry(first.to_owned()).or_insert(i);
            }
            // "United" of "Acme United"; but not "Ministry" of two ministries.
            if let Some(last) = words.split_whitespace().last().filter(|w| w.len() > 3) {
                let other = lasts.entry(last).or_insert((words, i));
                other.1 = if other.0 == words { other.1 } else { usize::MAX };
            }
        }
        for (last, (_, i)) in lasts {
            if i != usize::MAX {
                short.forms.entry(last.to_owned()).or_insert(i);
            }
        }
        short
    }

    /// The candidate whose full name this one shortens; never itself.
    pub fn full(&self, reading: Reading<'_>, candidate: &Candidate) -> Option<usize> {
        let words = reading.words(candidate.first, candidate.end);
        if words.contains(' ') {
            return None;
        }
        // "Norvane", taken for a place, beside "Norvane Shipping".
        if candidate.kind == Kind::Place && candidate.matches.is_empty() {
            return self.forms.get(words).copied().filter(|i| self.companies.contains(i));
        }
        if candidate.kind != Kind::Organization {
            return None;
        }
        let acronym = plain(words);
        if let Some(i) = self.introduced.get(&acronym) {
            return Some(*i);
        }
        let unknown = candidate.matches.is_empty();
        self.forms.get(&acronym).or_else(|| self.forms.get(words)).copied().filter(|_| unknown)
    }
}

/// "U.N." without its dots.
fn plain(word: &str) -> String {
    word.chars().filter(|c| *c != '.').collect()
}

/// "ABC" of "Amber Bay Committee", "MSF" of "Médecins Sans Frontières": capitalised words only.
fn initials(words: &str) -> String {
    let letters = words.split([' ', '-']).filter_map(|w| w.chars().next());
    letters.filter(|c| c.is_uppercase()).collect()
}

/// The bodies that a document has named so far, by the words of their names.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    by_word: HashMap<String, Vec<(u32, EntityId)>>,
    /// All bodies by place, with their sort: company, party, unknown.
    named: Vec<(u32, EntityId, &'static str)>,
}

impl Bodies {
    /// Reads the names of bodies in the cast.
    pub fn new(cast: &Cast<'_>) -> Self {
        let mut bodies = Bodies::default();
        for mention in &cast.mentions {
            if mention.form != Form::Name || cast.kind(mention.entity) != Kind::Organization {
                continue;
            }
            let entity = cast.entity(mention.entity);
            let name = entity.map_or("", |e| e.name.as_str());
            bodies.add_words(mention.first.0, name, mention.entity);
            bodies.add_words(mention.first.0, cast.reading.document.str(mention.span), mention.entity);
            let subkind =
                entity.and_then(|e| e.entry).map_or("", |e| cast.reading.lexicon.gazetteer.entry(e).subkind);
            let sort = match subkind {
                "" | "company" | "media" | "news-agency" => "bus",
                "party" => "party",
                "ministry" | "agency" | "igo" | "un-body" | "government" => "gov",
                _ => "org",
            };
            bodies.named.push((mention.first.0, mention.entity, sort));
        }
        bodies.named.sort_by_key(|b| b.0);
        for places in bodies.by_word.values_mut() {
            places.sort_unstable();
        }
        bodies
    }

    /// Adds a body that only its description names: "parliament".
    pub fn add(&mut self, token: u32, words: &str, entity: EntityId) {
        self.add_words(token, words, entity);
    }

    fn add_words(&mut self, token: u32, words: &str, entity: EntityId) {
        for word in words.split_whitespace() {
            let places = self.by_word.entry(word.to_lowercase()).or_default();
            if places.last() != Some(&(token, entity)) {
                places.push((token, entity));
            }
        }
    }

    /// The body that "the ministry" or "the company" at `token` speaks of.
    pub fn last(&self, cast: &Cast<'_>, noun: &str, token: u32) -> Option<EntityId> {
        if let Some(places) = self.by_word.get(noun) {
            let upto = places.partition_point(|(t, _)| *t < token);
            if let Some((_, entity)) = places[..upto].last() {
                return Some(*entity);
            }
        }
        let sort = AGENTS.get(noun)?.split(' ').nth(1)?;
        let upto = self.named.partition_point(|b| b.0 < token);
        // Look at the last few bodies only: a description speaks of what was just named.
        let near = self.named[..upto].iter().rev().take(12);
        let fits = |own: &str| match (noun, sort) {
            ("party", _) => own == "party",
            ("agency" | "ministry" | "department" | "commission", _) => own == "gov",
            (_, "bus") => own == "bus",
            ("group" | "organization" | "organisation" | "movement" | "network", _) => own != "gov",
            _ => false,
        };
        let sentence = cast.reading.sentence_of(token);
        let recent = |t: u32| cast.reading.sentence_of(t) + 6 >= sentence;
        near.filter(|b| recent(b.0)).find(|b| fits(b.2)).map(|b| b.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_capitals() {
        for (words, expected) in
            [("Amber Bay Committee", "ABC"), ("Bank of the North Sea", "BNS"), ("Sea-Level Institute", "SLI")]
        {
            assert_eq!(initials(words), expected);
        }
        assert_eq!(plain("U.N."), "UN");
    }
}
