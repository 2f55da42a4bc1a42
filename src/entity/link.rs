//! Names become entities: which entry is meant, and a key of its own for what no table knows.
//!
//! In: candidates. Out: for every candidate its entity. Countries, bodies and places come first,
//! because they tell in which country the document moves; then people with their full names. A
//! homonym ("Georgia") goes to the country that the rest of the document speaks of.
//!
//! Left out: people named by one word, see [`super::person`].

use std::collections::HashMap;

use super::candidate::Candidate;
use super::cast::{Cast, Newcomer};
use super::coreference::ShortBodies;
use super::era::Era;
use super::nominal::AGENTS;
use super::reading::{Reading, lower};
use super::{Form, key, place};
use crate::lexicon::{Kind, NameMatch, NameUse};
use crate::syntax::{Deprel, Upos, Xpos};
use crate::text::{EntityId, EntryId};
use crate::word_list;

word_list!(
    /// Words before a demonym that make it some people of the country.
    SOME_OF,
    "some_of.txt"
);

/// How often a document names each country, by the countries' keys.
#[derive(Debug, Default)]
pub(super) struct Countries {
    counts: HashMap<String, u32>,
}

impl Countries {
    /// Counts what can only be one country; homonyms do not count.
    fn count(cast: &Cast<'_>, candidates: &[Candidate]) -> Self {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for candidate in candidates.iter().filter(|c| matches!(c.kind, Kind::Country | Kind::Place)) {
            let mut keys = candidate.matches.iter().map(|m| country_key(cast, m.entry));
            let Some(first) = keys.next().filter(|k| !k.is_empty()) else { continue };
            if keys.all(|k| k == first) {
                match counts.get_mut(first) {
                    Some(n) => *n += 1,
                    None => {
                        counts.insert(first.to_owned(), 1);
                    }
                }
            }
        }
        Countries { counts }
    }

    /// How often the country is named.
    pub fn of(&self, key: &str) -> u32 {
        self.counts.get(key).copied().unwrap_or(0)
    }

    /// The country that is named most, if it is named at least as often as the others together.
    pub fn dominant(&self) -> Option<&str> {
        let total: u32 = self.counts.values().sum();
        // A strict majority or an even half with a first by key: independent of the map's order.
        let best = self.counts.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)))?;
        (best.1 * 2 >= total).then_some(best.0.as_str())
    }
}

/// The key of an entry's country, or its own if it is one.
fn country_key<'a>(cast: &Cast<'a>, entry: EntryId) -> &'a str {
    let row = cast.reading.lexicon.gazetteer.entry(entry);
    if row.kind == Kind::Country { row.key } else { row.country }
}

/// Links everything but people named by one word. The vector runs beside `candidates`.
pub(super) fn link(cast: &mut Cast<'_>, candidates: &[Candidate]) -> (Vec<Option<EntityId>>, Countries) {
    let countries = Countries::count(cast, candidates);
    let short = ShortBodies::new(cast.reading, candidates);
    let full: Vec<Option<usize>> = candidates.iter().map(|c| short.full(cast.reading, c)).collect();
    let mut linked = vec![None; candidates.len()];
    let others = || candidates.iter().enumerate().filter(|(_, c)| c.kind != Kind::Person);
    for (i, candidate) in others().filter(|(i, _)| full[*i].is_none()) {
        linked[i] = Some(body_or_place(cast, candidate, &countries));
    }
    for (i, candidate) in others() {
        let known = linked[i].or_else(|| full[i].and_then(|of| linked[of]));
        let mut entity = known.unwrap_or_else(|| body_or_place(cast, candidate, &countries));
        if is_some_of(cast, candidate) {
            entity = people_of(cast, candidate, entity);
        }
        linked[i] = Some(entity);
        let (first, end) = (candidate.first, candidate.end);
        let form = form(candidate, cast.reading.words(first, end));
        cast.mention(first, end, (first, end), form, entity);
    }
    (linked, countries)
}

/// "Thousands of Iranians", "two Russians", "older Americans", "Afghans who fled": people of a country, not the country.
fn is_some_of(cast: &Cast<'_>, candidate: &Candidate) -> bool {
    let reading = cast.reading;
    let demonym = candidate.matches.first().is_some_and(|m| m.name_use == NameUse::Demonym);
    let own = candidate.end - 1;
    if !demonym || !matches!(reading.xpos(own), Xpos::NNS | Xpos::NNPS) {
        return false;
    }
    if is_described(reading, own) {
        return true;
    }
    let (floor, _) = reading.bounds(candidate.sentence);
    // "urged Iraqis to vote": bare, they are people; "the Iraqis" may be their government.
    let before = candidate.first.checked_sub(1).filter(|t| *t >= floor);
    let bare =
        before.is_none_or(|before| reading.upos(before) != Upos::Det && reading.dep(own) != Deprel::Conj);
    if bare && candidate.kind == Kind::Country {
        return true;
    }
    let Some(before) = before else { return false };
    let mut buffer = String::new();
    let quantity = |t: u32, buffer: &mut String| {
        AGENTS.get(lower(reading.lemma(t), buffer)) == Some("quantity") || reading.upos(t) == Upos::Num
    };
    let small = reading.word(before).starts_with(char::is_lowercase) || before == floor;
    let quality = small
        && reading.upos(before) == Upos::Adj
        && reading.dep(before) == Deprel::Amod
        && reading.head(before) == Some(own);
    quality
        || quantity(before, &mut buffer)
        || SOME_OF.has(lower(reading.word(before), &mut String::new()))
        || reading.word(before) == "of" && before > floor && quantity(before - 1, &mut buffer)
}

/// "Afghans who fled", "Americans living abroad", "Russians in exile": the words behind tell which.
fn is_described(reading: Reading<'_>, own: u32) -> bool {
    let next = own + 1;
    if matches!(reading.word(next), "who" | "whose" | "whom" | "living" | "abroad" | "overseas" | "already") {
        return true;
    }
    let (_, end) = reading.bounds(reading.sentence_of(own));
    let hangs = |t: u32| reading.head(t) == Some(own);
    let marked = matches!(reading.word(next), "in" | "with" | "without" | "at" | "from");
    let phrase = || {
        (next + 1..end.min(next + 8))
            .find(|t| hangs(*t) && reading.dep(*t) == Deprel::Nmod)
            .is_some_and(|t| reading.case_marker(t) == Some(next))
    };
    marked && phrase() || hangs(next) && matches!(reading.dep(next), Deprel::Acl | Deprel::AclRelcl)
}

/// The group of people whom a demonym names.
fn people_of(cast: &mut Cast<'_>, candidate: &Candidate, country: EntityId) -> EntityId {
    let name = cast.reading.words(candidate.first, candidate.end);
    let Some(owner) = cast.entity(country).map(|e| e.key.clone()) else { return country };
    let key = key::join(Kind::Group, &[key::country_part(&owner), name]);
    let newcomer = Newcomer { kind: Kind::Group, name, entry: None, country: Some(&owner), gender: None };
    cast.enter(&key, &newcomer)
}

/// "Chinese" and "the bloc" describe; "China" and "U.S." name, also before a noun.
fn form(candidate: &Candidate, words: &str) -> Form {
    let acronym = words.chars().filter(|c| *c != '.').all(char::is_uppercase) && words.len() < 6;
    // "Cuban military", "Israeli police": put together from a country and a common noun.
    let common = words.rsplit(' ').next().is_some_and(|w| w.starts_with(char::is_lowercase))
        && candidate.kind == Kind::Organization
        && !candidate.matches.is_empty();
    let described = candidate.is_adjective() && !acronym || common || !words.contains(char::is_uppercase);
    if described { Form::Nominal } else { Form::Name }
}

/// The entity of a country, a body or a place.
fn body_or_place(cast: &mut Cast<'_>, candidate: &Candidate, countries: &Countries) -> EntityId {
    let gazetteer = &cast.reading.lexicon.gazetteer;
    let words = cast.reading.words(candidate.first, candidate.end);
    if let Some(entry) = body_here(cast, candidate, countries) {
        return cast.enter_entry(entry);
    }
    // A party of a country that the document does not name shares only its name with this one.
    let foreign = |m: &NameMatch| {
        let entry = gazetteer.entry(m.entry);
        entry.subkind == "party" && countries.of(entry.country) == 0 && !countries.counts.is_empty()
    };
    let chosen = choose(cast, &candidate.matches, countries).filter(|m| !foreign(m));
    let Some(chosen) = chosen else {
        let newcomer =
            Newcomer { kind: candidate.kind, name: words, entry: None, country: None, gender: None };
        return cast.enter(&key::slug(candidate.kind, words), &newcomer);
    };
    let entry = gazetteer.entry(chosen.entry);
    let stands_for_state = matches!(entry.kind, Kind::Country | Kind::Organization)
        && matches!(chosen.name_use, NameUse::Capital | NameUse::Metonym);
    if stands_for_state && !place::acts(cast.reading, candidate.first, candidate.end) {
        // "Washington" that does not act is the city, not the state.
        let is_city = |m: &&NameMatch| {
            let entry = gazetteer.entry(m.entry);
            entry.kind == Kind::Place && entry.subkind != "us-state"
        };
        let city = candidate.matches.iter().find(is_city);
        if let Some(city) = city {
            return cast.enter_entry(city.entry);
        }
        let name = words.strip_prefix("the ").unwrap_or(words);
        let country = country_key(cast, chosen.entry);
        let newcomer =
            Newcomer { kind: Kind::Place, name, entry: None, country: Some(country), gender: None };
        return cast.enter(&key::slug(Kind::Place, name), &newcomer);
    }
    if matches!(entry.subkind, "historical" | "region")
        && let Some(heir) = heir(cast, entry.name, countries)
    {
        return cast.enter_entry(heir);
    }
    cast.enter_entry(chosen.entry)
}

/// "Korea", which has a north and a south, where the document speaks of one of them: the capital tells.
fn heir(cast: &Cast<'_>, name: &str, countries: &Countries) -> Option<EntryId> {
    let gazetteer = &cast.reading.lexicon.gazetteer;
    let state = |half: &str| {
        let found = gazetteer.find(&format!("{half} {name}"));
        found.iter().any(|(e, _)| gazetteer.entry(*e).kind == Kind::Country)
    };
    if !state("North") || !state("South") {
        return None;
    }
    let heirs = countries.counts.keys().filter_map(|key| gazetteer.by_key(key));
    let mut heirs = heirs.filter(|e| {
        let own = gazetteer.entry(*e);
        own.subkind != "historical" && own.name.strip_suffix(name).is_some_and(|rest| rest.ends_with(' '))
    });
    heirs.next().filter(|_| heirs.next().is_none())
}

/// "The Foreign Ministry in Seoul", "Parliament": a body that every country has, by the country around it.
fn body_here(cast: &Cast<'_>, candidate: &Candidate, countries: &Countries) -> Option<EntryId> {
    let reading = cast.reading;
    let gazetteer = &reading.lexicon.gazetteer;
    if candidate.kind != Kind::Organization {
        return None;
    }
    let tokens = reading.document.tokens.get(candidate.first as usize..candidate.end as usize)?;
    let body = gazetteer
        .body_at(&reading.document.text, tokens)
        .filter(|b| usize::from(b.tokens) == tokens.len())?;
    let own = candidate.matches.first().map(|m| gazetteer.entry(m.entry).country);
    if own.is_some_and(|own| countries.of(own) > 0) {
        return None;
    }
    let (floor, ceiling) = reading.bounds(candidate.sentence);
    let mut around = (candidate.first.saturating_sub(3).max(floor)..candidate.first)
        .rev()
        .chain(candidate.end..(candidate.end + 4).min(ceiling));
    let near = around.find_map(|t| {
        let tokens = reading.document.tokens.get(t as usize..ceiling as usize)?;
        let found = gazetteer.names_at(&reading.document.text, tokens);
        let place =
            found.iter().find(|m| matches!(gazetteer.entry(m.entry).kind, Kind::Country | Kind::Place))?;
        Some(country_key(cast, place.entry)).filter(|key| !key.is_empty())
    });
    let country = near.or(countries.dominant())?;
    gazetteer.body_of(body.body, gazetteer.by_key(country)?)
}

/// Which of several entries is meant.
fn choose(cast: &Cast<'_>, matches: &[NameMatch], countries: &Countries) -> Option<NameMatch> {
    let first = *matches.first()?;
    if matches.len() == 1 {
        return Some(first);
    }
    let gazetteer = &cast.reading.lexicon.gazetteer;
    // "Beijing" is the city and the capital of one country: no homonym.
    if matches.iter().all(|m| country_key(cast, m.entry) == country_key(cast, first.entry)) {
        return matches
            .iter()
            .find(|m| gazetteer.entry(m.entry).kind == Kind::Country)
            .copied()
            .or(Some(first));
    }
    // "Georgia": the country if "Georgian" or "Tbilisi" speaks for it, else the state if its country is named.
    let evidence = |m: &NameMatch| {
        let own = countries.of(country_key(cast, m.entry));
        if gazetteer.entry(m.entry).kind == Kind::Country { own.saturating_mul(1000) } else { own }
    };
    let mut best = first;
    for m in &matches[1..] {
        if evidence(m) > evidence(&best) {
            best = *m;
        }
    }
    Some(best)
}

/// The entry of a person's full name, if the document gives no reason to doubt it.
pub(super) fn known_person(
    cast: &Cast<'_>,
    matches: &[NameMatch],
    countries: &Countries,
    era: Era,
) -> Option<EntryId> {
    let gazetteer = &cast.reading.lexicon.gazetteer;
    let people = || matches.iter().filter(|m| gazetteer.entry(m.entry).kind == Kind::Person);
    // "George Bush" was president twice: who was in office at the time.
    if people().nth(1).is_some() {
        let mut in_office = people().filter(|m| era.has_in_office(cast.reading, m.entry));
        if let (Some(one), None) = (in_office.next(), in_office.next()) {
            return Some(one.entry);
        }
    }
    let home = |m: &&NameMatch| countries.of(gazetteer.entry(m.entry).country) > 0;
    if let Some(m) = people().find(home) {
        return Some(m.entry);
    }
    // A Detroit policeman may share his name with a member of a far parliament.
    let known = |m: &&NameMatch| countries.counts.is_empty() || gazetteer.entry(m.entry).rank >= 70;
    people().find(known).map(|m| m.entry)
}
