//! One decision a span: the recogniser's names and the lexicon's matches become candidates.
//!
//! In: the layers, the recogniser's names. Out: [`Candidate`]s, sorted, without overlap. A name that
//! both know carries the lexicon's entries; the recogniser alone decides about names that are
//! unknown; the lexicon alone adds what is no name to the recogniser: "Chinese", "the North",
//! "the bloc". A longer name beats its pieces ("Security Council" in "U.N. Security Council").
//!
//! Left out: which of several entries is meant, and whether "Beijing" acts or lies on the map.

use std::cell::LazyCell;

use smallvec::SmallVec;

use super::directions;
use super::edge;
use super::homonym;
use super::names::{self, Name};
use super::reading::Reading;
use super::{slip, stage, surname, thing};
use crate::lexicon::language::LABEL_COURTESIES;
use crate::lexicon::{Kind, NameMatch, NameUse};

/// A span of tokens that names something.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub first: u32,
    pub end: u32,
    pub sentence: u32,
    /// What the recogniser takes it for, or the entry is.
    pub kind: Kind,
    /// True if the recogniser found it; false if the lexicon alone did.
    pub named: bool,
    /// The lexicon's entries for exactly these tokens, the more prominent first; may be empty.
    pub matches: SmallVec<[NameMatch; 2]>,
}

impl Candidate {
    /// True for "Chinese" and "Russians".
    pub fn is_adjective(&self) -> bool {
        self.matches.first().is_some_and(|m| matches!(m.name_use, NameUse::Adjective | NameUse::Demonym))
    }
}

/// Finds the candidates of a document.
pub(super) fn find(reading: Reading<'_>) -> Vec<Candidate> {
    let names = names::recognise_parsed(reading.document, reading.syntax, reading.lexicon);
    // Asked of the whole document, and at most once.
    let games = LazyCell::new(|| names::is_about_games(reading.document));
    let mut out = Vec::with_capacity(names.len() * 2);
    let mut next = 0;
    for sentence in reading.sentences() {
        let (first, end) = reading.bounds(sentence);
        while names.get(next).is_some_and(|n| n.first.0 < first) {
            next += 1;
        }
        let start = next;
        while names.get(next).is_some_and(|n| n.first.0 < end) {
            next += 1;
        }
        join(reading, sentence, &names[start..next], &|| *games, &mut out);
    }
    juniors(reading, &mut out);
    labelled(reading, &mut out);
    out.retain(|c| !stage::is_note(reading, c.first));
    edge::part_doubles(reading, &mut out);
    slip::mend(reading, &mut out);
    edge::mend(reading, &mut out);
    thing::drop(reading, &mut out);
    out.retain(|c| !c.matches.is_empty() || reading.words(c.first, c.end).contains(char::is_uppercase));
    license(reading, &mut out);
    directions::add(reading, &mut out);
    homonym::settle(reading, &mut out);
    surname::settle(reading, &mut out);
    out
}

/// "MR ICE: Thank you.": after a courtesy and before a colon stands a person, whatever else is called so.
fn labelled(reading: Reading<'_>, candidates: &mut [Candidate]) {
    let courtesy = |t: u32| LABEL_COURTESIES.get(reading.word(t)) == Some("capitals");
    let person = |m: &NameMatch| reading.lexicon.gazetteer.entry(m.entry).kind == Kind::Person;
    for candidate in candidates.iter_mut().filter(|c| c.kind != Kind::Person && c.first > 0) {
        if courtesy(candidate.first - 1) && reading.word(candidate.end) == ":" {
            candidate.kind = Kind::Person;
            candidate.named = true;
            candidate.matches.retain(|m| person(m));
        }
    }
}

/// "Joseph R. Biden, Jr.": the last word belongs to the name before it, and names nobody by itself.
fn juniors(reading: Reading<'_>, candidates: &mut Vec<Candidate>) {
    let is_junior = |t: u32| is_junior(reading.word(t));
    candidates.retain(|c| c.end != c.first + 1 || !is_junior(c.first));
    for candidate in candidates.iter_mut().filter(|c| c.kind == Kind::Person) {
        let junior = candidate.end + u32::from(reading.word(candidate.end) == ",");
        if is_junior(junior) && junior < reading.bounds(candidate.sentence).1 {
            candidate.end = junior + 1;
        }
    }
}

fn is_junior(word: &str) -> bool {
    matches!(word, "Jr." | "Jr" | "JR." | "JR" | "Sr." | "Sr" | "SR." | "SR")
}

/// A name without "Jr.", as the tables have it; [`juniors`] adds the word again.
fn without_junior(reading: Reading<'_>, name: &Name) -> Name {
    let mut name = *name;
    if name.kind == Kind::Person && name.end.0 > name.first.0 + 1 && is_junior(reading.word(name.end.0 - 1)) {
        name.end.0 -= 1;
        if name.end.0 > name.first.0 + 1 && reading.word(name.end.0 - 1) == "," {
            name.end.0 -= 1;
        }
    }
    name
}

/// Walks one sentence from left to right and settles every overlap.
fn join(
    reading: Reading<'_>,
    sentence: u32,
    names: &[Name],
    games: &dyn Fn() -> bool,
    out: &mut Vec<Candidate>,
) {
    let (mut at, end) = reading.bounds(sentence);
    let mut next = 0;
    while at < end {
        while names.get(next).is_some_and(|n| n.first.0 < at) {
            next += 1;
        }
        let name = names.get(next).filter(|n| n.end.0 <= end && n.end > n.first);
        let limit = name.map_or(end, |n| n.first.0);
        let found = matches_at(reading, at, end);
        if let Some(name) = name.filter(|n| n.first.0 == at) {
            let name = &without_junior(reading, name);
            let candidate = name_and_matches(reading, sentence, name, &found, games);
            at = candidate.end;
            out.push(candidate);
            continue;
        }
        // "Pope Francis", "Desmond Tutu" read as "Tutu": a known name of a person that ends where the tagger's ends.
        let covers = |m: &&NameMatch| {
            let person = reading.lexicon.gazetteer.entry(m.entry).kind == Kind::Person;
            name.is_some_and(|n| n.kind == Kind::Person && n.end.0 == at + u32::from(m.tokens)) && person
        };
        let known = found.iter().find(covers);
        match known.or_else(|| found.iter().find(|m| stands_alone(reading, at, m, limit, &names[next..]))) {
            Some(best) => {
                let length = best.tokens;
                let matches: SmallVec<[NameMatch; 2]> =
                    found.iter().filter(|m| m.tokens == length).copied().collect();
                let kind = reading.lexicon.gazetteer.entry(best.entry).kind;
                let last = at + u32::from(length);
                out.push(Candidate { first: at, end: last, sentence, kind, named: false, matches });
                at = last;
            }
            None => at += 1,
        }
    }
}

/// The lexicon's names that begin at a token and end within the sentence, longest first.
pub(super) fn matches_at(reading: Reading<'_>, at: u32, end: u32) -> crate::lexicon::NameMatches {
    let tokens = reading.document.tokens.get(at as usize..end as usize).unwrap_or(&[]);
    let mut found = reading.lexicon.gazetteer.names_at(&reading.document.text, tokens);
    // "The Chinese government" is China, told by a description: see `nominal`.
    let government = |m: &NameMatch| {
        let entry = reading.lexicon.gazetteer.entry(m.entry);
        entry.subkind == "government" && !entry.country.is_empty() && entry.key.ends_with("-government")
    };
    found.retain(|m| m.tokens > 0 && usize::from(m.tokens) <= tokens.len() && !government(m));
    found
}

/// A recognised name takes the entries that fit its span and kind; a longer known name takes it over.
fn name_and_matches(
    reading: Reading<'_>,
    sentence: u32,
    name: &Name,
    found: &[NameMatch],
    games: &dyn Fn() -> bool,
) -> Candidate {
    let gazetteer = &reading.lexicon.gazetteer;
    let length = name.end.0 - name.first.0;
    // "U.N." tagged, "U.N. Security Council" known: the longer wins, unless it is a person's name of two words
    // that swallows a place.
    let longer = found.iter().find(|m| {
        u32::from(m.tokens) > length
            && (name.kind == Kind::Person
                || m.tokens > 1 && (gazetteer.entry(m.entry).kind != Kind::Person || is_long(m)))
    });
    let length = longer.map_or(length, |m| u32::from(m.tokens));
    let same = || found.iter().filter(|m| u32::from(m.tokens) == length);
    // "PRC", taken for a body, is a country all the same; "Paris" the club is not the city, nor is
    // "Belgium" the team that beat Panama 3-0 the country.
    let full = |m: &NameMatch| matches!(m.name_use, NameUse::Name | NameUse::Alias | NameUse::Acronym);
    let fits = |m: &&NameMatch| {
        let kind = gazetteer.entry(m.entry).kind;
        let country = name.kind == Kind::Organization
            && kind == Kind::Country
            && full(m)
            && (m.name_use == NameUse::Acronym || !games());
        longer.is_some() || country || compatible(name.kind, kind)
    };
    let mut matches: SmallVec<[NameMatch; 2]> = same().filter(fits).copied().collect();
    let mut kind = name.kind;
    if matches.is_empty() && length > 1 {
        // A long known name is seldom something else; "Liverpool" the club is.
        matches = same().copied().collect();
    }
    if let Some(first) = matches.first() {
        kind = gazetteer.entry(first.entry).kind;
    }
    Candidate { first: name.first.0, end: name.first.0 + length, sentence, kind, named: true, matches }
}

/// Can the recogniser's kind and the entry's be the same thing?
fn compatible(name: Kind, entry: Kind) -> bool {
    match name {
        Kind::Place | Kind::Country => matches!(entry, Kind::Place | Kind::Country),
        kind => kind == entry,
    }
}

/// A full name of three words or more is seldom anything else.
fn is_long(found: &NameMatch) -> bool {
    found.name_use == NameUse::Name && found.tokens > 2
}

/// Is a match that the recogniser does not begin with good enough on its own?
fn stands_alone(reading: Reading<'_>, at: u32, found: &NameMatch, limit: u32, names: &[Name]) -> bool {
    let entry = reading.lexicon.gazetteer.entry(found.entry);
    let last = at + u32::from(found.tokens);
    if last > limit {
        // It runs into a recognised name: it must swallow it whole, and not be a bare adjective.
        let swallows = names.iter().take_while(|n| n.first.0 < last).all(|n| n.end.0 <= last);
        return swallows && found.tokens > 1 && (entry.kind != Kind::Person || is_long(found));
    }
    match found.name_use {
        NameUse::Adjective | NameUse::Demonym => reading.is_capitalised(at),
        NameUse::Metonym | NameUse::Capital => true,
        NameUse::Surname => false,
        NameUse::Acronym => entry.kind == Kind::Country,
        NameUse::Name | NameUse::Alias => entry.kind == Kind::Country || found.tokens > 1,
    }
}

/// "the North", "the States", "the bloc" stand for what the document names in full elsewhere, or for nothing.
fn license(reading: Reading<'_>, candidates: &mut Vec<Candidate>) {
    let gazetteer = &reading.lexicon.gazetteer;
    let short = |c: &Candidate| {
        let Some(found) = c.matches.first() else { return false };
        let words = reading.words(c.first, c.end);
        let Some(rest) = words.get(..4).filter(|a| a.eq_ignore_ascii_case("the ")).and(words.get(4..)) else {
            return false;
        };
        let name = gazetteer.entry(found.entry).name;
        let piece = name.len() > rest.len() && name.split(' ').any(|w| w == rest);
        found.name_use != NameUse::Metonym && (piece || !rest.starts_with(char::is_uppercase))
    };
    let mut named: Vec<_> =
        candidates.iter().filter(|c| !short(c)).flat_map(|c| c.matches.iter().map(|m| m.entry)).collect();
    named.sort_unstable();
    named.dedup();
    candidates.retain_mut(|c| {
        if !short(c) {
            return true;
        }
        c.matches.retain(|m| named.binary_search(&m.entry).is_ok());
        // "The Times", whichever it is, is a paper all the same.
        let body = c.named && c.kind == Kind::Organization && reading.is_capitalised(c.end - 1);
        body || !c.matches.is_empty()
    });
}
