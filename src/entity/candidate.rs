//! One decision a span: the recogniser's names and the lexicon's matches become candidates.
//!
//! In: the layers, the recogniser's names. Out: [`Candidate`]s, sorted, without overlap. A name that
//! both know carries the lexicon's entries; the recogniser alone decides about names that are
//! unknown; the lexicon alone adds what is no name to the recogniser: "Chinese", "the North",
//! "the bloc". A longer name beats its pieces ("Security Council" in "U.N. Security Council").
//!
//! Left out: which of several entries is meant, and whether "Beijing" acts or lies on the map.

use std::cell::LazyCell;
use std::collections::HashSet;

use smallvec::SmallVec;

use super::directions;
use super::homonym;
use super::names::{self, Name};
use super::place;
use super::reading::Reading;
use crate::lexicon::{Kind, NameMatch, NameUse};
use crate::syntax::Upos;

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
    let names = names::recognise(reading.document, reading.lexicon);
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
    out.iter_mut().for_each(|c| cut_party(reading, c));
    out.iter_mut().for_each(|c| cut_description(reading, c));
    out.retain(|c| !is_title(reading, c));
    out.retain(|c| !c.matches.is_empty() || reading.words(c.first, c.end).contains(char::is_uppercase));
    license(reading, &mut out);
    directions::add(reading, &mut out);
    homonym::settle(reading, &mut out);
    surnames(reading, &mut out);
    out
}

/// "R-Ohio" after a senator's name: the state alone is a place; the letter is read with the titles.
fn cut_party(reading: Reading<'_>, candidate: &mut Candidate) {
    let letter = matches!(reading.word(candidate.first), "R" | "D" | "I");
    if letter && reading.word(candidate.first + 1) == "-" && candidate.end > candidate.first + 2 {
        candidate.first += 2;
        let (_, end) = reading.bounds(candidate.sentence);
        let length = candidate.end - candidate.first;
        let mut found = matches_at(reading, candidate.first, end);
        found.retain(|m| u32::from(m.tokens) == length);
        candidate.matches = found.into_iter().collect();
        candidate.kind = Kind::Place;
    }
}

/// "University of Oz student Jane Doe", taken for one name: the person's begins after the small word and
/// the places behind it.
fn cut_description(reading: Reading<'_>, candidate: &mut Candidate) {
    if candidate.kind != Kind::Person || !candidate.matches.is_empty() || candidate.end - candidate.first < 4
    {
        return;
    }
    let small = |t: &u32| matches!(reading.word(*t), "of" | "at" | "for" | "from" | "in");
    let Some(last) = (candidate.first..candidate.end).rev().find(small) else { return };
    let gazetteer = &reading.lexicon.gazetteer;
    let mut first = last + 1;
    while first + 2 < candidate.end {
        let known = matches_at(reading, first, candidate.end);
        let place = known.iter().find(|m| gazetteer.entry(m.entry).kind != Kind::Person);
        match place.map(|m| first + u32::from(m.tokens)).filter(|next| next + 1 < candidate.end) {
            Some(next) => first = next,
            None => break,
        }
    }
    if first + 1 < candidate.end {
        candidate.first = first;
        let length = candidate.end - first;
        let mut found = matches_at(reading, first, candidate.end);
        found.retain(|m| u32::from(m.tokens) == length && gazetteer.entry(m.entry).kind == Kind::Person);
        candidate.matches = found.into_iter().collect();
    }
}

/// "Interior" in "Interior Minister", "Senate Minority Leader": words of an office, taken for a body.
fn is_title(reading: Reading<'_>, candidate: &Candidate) -> bool {
    if candidate.kind == Kind::Person || !candidate.matches.is_empty() {
        return false;
    }
    let (_, end) = reading.bounds(candidate.sentence);
    let tokens = reading.document.tokens.get(candidate.first as usize..end as usize).unwrap_or(&[]);
    let office = reading.lexicon.gazetteer.office_at(&reading.document.text, tokens);
    office.is_some_and(|o| candidate.first + u32::from(o.tokens) >= candidate.end)
}

/// "Trump" in a headline, taken for a company, and "Austin", taken for the city, are the person whom
/// the text names in full; unless the words around it place it on the map.
fn surnames(reading: Reading<'_>, candidates: &mut Vec<Candidate>) {
    // A long "name" with a small word in it ("Roe the Acme") is the recogniser's slip: believe no more of it.
    let sound =
        |c: &&Candidate| (c.first..c.end).all(|t| reading.is_capitalised(t) || reading.word(t) == "-");
    let people = || candidates.iter().filter(|c| c.kind == Kind::Person && c.end - c.first > 1).filter(sound);
    let known: HashSet<&str> = people().map(|c| reading.word(c.end - 1)).collect();
    if known.is_empty() {
        return;
    }
    let gazetteer = &reading.lexicon.gazetteer;
    let is_state = |c: &Candidate| c.matches.iter().any(|m| gazetteer.entry(m.entry).kind == Kind::Country);
    let country = |c: &Candidate| {
        let row = gazetteer.entry(c.matches.first()?.entry);
        Some(if row.kind == Kind::Country { row.key } else { row.country }).filter(|key| !key.is_empty())
    };
    // A country that other words speak of as well is no surname: "Jordan" beside "Jordanian".
    let mut told: HashSet<&str> = HashSet::new();
    for c in candidates.iter().filter(|c| !known.contains(reading.word(c.end - 1))) {
        told.extend(country(c));
    }
    let strangers: HashSet<&str> =
        people().filter(|c| c.matches.is_empty()).map(|c| reading.word(c.end - 1)).collect();
    let short = |c: &Candidate| c.end - c.first == 1 && known.contains(reading.word(c.first));
    let mut become_people = Vec::new();
    for (i, c) in candidates.iter().enumerate().filter(|(_, c)| c.kind != Kind::Person && short(c)) {
        let told = is_state(c) && country(c).is_some_and(|key| told.contains(key));
        // Not even "French" keeps the bare "Paris" a city once "Valeska Paris" stands there; but "China"
        // beside "Chinese" is China.
        let capital = c.matches.first().is_some_and(|m| m.name_use == NameUse::Capital);
        let state = told && !(capital && strangers.contains(reading.word(c.first)));
        if c.matches.is_empty() || !state && !place::lies(reading, c.first, c.end) {
            become_people.push(i);
        }
    }
    let known: HashSet<String> = known.into_iter().map(str::to_owned).collect();
    for i in become_people {
        if let Some(c) = candidates.get_mut(i) {
            c.kind = Kind::Person;
            c.matches.clear();
        }
    }
    repeats(reading, &known, candidates);
}

/// "Roe" that the recogniser passed over, where the document names "Jane Roe".
fn repeats(reading: Reading<'_>, known: &HashSet<String>, candidates: &mut Vec<Candidate>) {
    let mut added = Vec::new();
    let mut next = 0;
    for sentence in reading.sentences() {
        let (first, end) = reading.bounds(sentence);
        for token in first..end {
            while candidates.get(next).is_some_and(|c| c.end <= token) {
                next += 1;
            }
            let word = reading.word(token);
            let free = candidates.get(next).is_none_or(|c| c.first > token)
                && reading.upos(token) == Upos::Propn
                && word.chars().skip(1).any(char::is_lowercase);
            if !free || !known.contains(word) {
                continue;
            }
            // "Roe Lake" names something else.
            let longer = token + 1 < end
                && (reading.is_capitalised(token + 1) && reading.upos(token + 1) == Upos::Propn
                    || reading.word(token + 1) == "-");
            if !longer {
                let matches = SmallVec::new();
                let end = token + 1;
                added.push(Candidate {
                    first: token,
                    end,
                    sentence,
                    kind: Kind::Person,
                    named: false,
                    matches,
                });
            }
        }
    }
    candidates.append(&mut added);
    candidates.sort_by_key(|c| c.first);
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
            let candidate = name_and_matches(reading, sentence, name, &found, games);
            at = candidate.end;
            out.push(candidate);
            continue;
        }
        match found.iter().find(|m| stands_alone(reading, at, m, limit, &names[next..])) {
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
fn matches_at(reading: Reading<'_>, at: u32, end: u32) -> crate::lexicon::NameMatches {
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
    // "U.N." tagged, "U.N. Security Council" known: the longer wins, unless it is a person's name
    // that swallows a place.
    let longer = found.iter().find(|m| {
        u32::from(m.tokens) > length && m.tokens > 1 && gazetteer.entry(m.entry).kind != Kind::Person
            || u32::from(m.tokens) > length && name.kind == Kind::Person
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

/// Is a match that the recogniser does not begin with good enough on its own?
fn stands_alone(reading: Reading<'_>, at: u32, found: &NameMatch, limit: u32, names: &[Name]) -> bool {
    let entry = reading.lexicon.gazetteer.entry(found.entry);
    let last = at + u32::from(found.tokens);
    if last > limit {
        // It runs into a recognised name: it must swallow it whole, and not be a bare adjective.
        let swallows = names.iter().take_while(|n| n.first.0 < last).all(|n| n.end.0 <= last);
        return swallows && found.tokens > 1 && entry.kind != Kind::Person;
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
