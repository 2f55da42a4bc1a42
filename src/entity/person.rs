//! People: their full names first, then the surnames and given names that repeat them.
//!
//! In: candidates, titles. Out: for every personal name its entity. "Blinken" in a headline belongs
//! to the "Antony Blinken" of the next paragraph; "President Xi" without a full name to the holder
//! of the office on the document's day; any other single word is a person of its own.

use std::collections::{HashMap, HashSet};

use super::Form;
use super::candidate::Candidate;
use super::cast::{Cast, Newcomer};
use super::era::Era;
use super::key::{self, is_initial};
use super::link::{Countries, known_person};
use super::reading::{Reading, lower};
use super::title::Title;
use crate::lexicon::{Gender, Kind, NameUse, Role};
use crate::text::{EntityId, EntryId, OfficeId};
use crate::word_list;

word_list!(
    /// Words that tell whether a person is he or she: "Mrs.", "spokesman", "widow".
    GENDERS,
    "genders.txt"
);

/// The gender that a word tells.
pub(super) fn gender_of(word: &str, buffer: &mut String) -> Option<Gender> {
    match GENDERS.get(word).or_else(|| GENDERS.get(lower(word, buffer)))? {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        _ => None,
    }
}

/// The gender that the first word of a full name tells.
pub(super) fn gender_by_given_name(reading: Reading<'_>, name: &str) -> Option<Gender> {
    reading.lexicon.gazetteer.given_name(name.split_whitespace().next()?).flatten()
}

/// Which short names stand for which people of the document.
#[derive(Debug, Default)]
pub(super) struct ShortNames {
    /// Lower-case ends of full names ("blinken", "bin salman"), with the token where each full name stands.
    ends: HashMap<String, Vec<(u32, EntityId)>>,
    /// Lower-case first words ("antony", "xi").
    starts: HashMap<String, Vec<(u32, EntityId)>>,
}

impl ShortNames {
    fn add(&mut self, name: &str, token: u32, entity: EntityId) {
        // "Jane Doe." at the end of a heading.
        let bare = name.strip_suffix('.').filter(|n| n.ends_with(|c: char| c.is_lowercase()));
        let words: Vec<&str> = bare.unwrap_or(name).split_whitespace().collect();
        if words.len() < 2 {
            return;
        }
        self.starts.entry(words[0].to_lowercase()).or_default().push((token, entity));
        for i in words.len().saturating_sub(3).max(1)..words.len() {
            let end = words[i..].join(" ").to_lowercase();
            self.ends.entry(end).or_default().push((token, entity));
        }
        // "al-Bashir" is also "Bashir"; "Navarro-Valls" is not "Valls".
        let article = words.last().and_then(|w| w.split_once('-')).filter(|(article, _)| article.len() == 2);
        if let Some((_, rest)) = article {
            self.ends.entry(rest.to_lowercase()).or_default().push((token, entity));
        }
    }

    /// Whom a short name at `token` repeats: a family name before a given name.
    fn resolve(&self, words: &str, token: u32, cast: &Cast<'_>, gender: Option<Gender>) -> Option<EntityId> {
        let words = words.to_lowercase();
        let fits = |id: EntityId| {
            let own = cast.entity(id).and_then(|e| e.gender);
            gender.is_none() || own.is_none() || own == gender
        };
        let among = |names: &HashMap<String, Vec<(u32, EntityId)>>| {
            let places: Vec<_> = names.get(&words)?.iter().filter(|(_, e)| fits(*e)).copied().collect();
            bearer(&places, token)
        };
        among(&self.ends).or_else(|| among(&self.starts))
    }
}

/// Of several people with one family name the one of whom the document speaks more, the first of all
/// counting twice ("Jane Roe" and her father "John Roe"); of equals the one last read before `token`.
fn bearer(places: &[(u32, EntityId)], token: u32) -> Option<EntityId> {
    let (_, first) = places.first()?;
    if places.iter().all(|(_, e)| e == first) {
        return Some(*first);
    }
    let named = |e: EntityId| places.iter().filter(|p| p.1 == e).count() + usize::from(e == *first);
    let upto = places.partition_point(|(t, _)| *t < token);
    let last = places.get(upto.saturating_sub(1)).map_or(*first, |p| p.1);
    let most = places.iter().map(|p| p.1).max_by_key(|e| (named(*e), *e == last))?;
    Some(if named(most) > named(last) { most } else { last })
}

/// Links every person among the candidates. `titles` holds, for a candidate, the title before or beside it.
pub(super) fn link(
    cast: &mut Cast<'_>,
    candidates: &[Candidate],
    titles: &HashMap<usize, &Title>,
    countries: &Countries,
    linked: &mut [Option<EntityId>],
) {
    let reading = cast.reading;
    let era = Era::of(reading, candidates);
    let mut short = ShortNames::default();
    let people = || candidates.iter().enumerate().filter(|(_, c)| c.kind == Kind::Person);
    let families = double_names(reading, candidates);
    for (i, candidate) in people() {
        let words = reading.words(candidate.first, candidate.end);
        if !words.contains(char::is_whitespace) || families.contains(&words.to_lowercase()) {
            continue;
        }
        let entity = full_name(cast, candidate, words, countries, era);
        short.add(words, candidate.first, entity);
        let listed = cast.entity(entity).map(|e| e.name.clone()).filter(|name| name != words);
        if let Some(name) = listed {
            short.add(&name, candidate.first, entity);
        }
        if let Some(slot) = linked.get_mut(i) {
            *slot = Some(entity);
        }
    }
    for places in short.ends.values_mut().chain(short.starts.values_mut()) {
        places.sort_unstable();
    }
    for (i, candidate) in people() {
        if linked.get(i).is_some_and(Option::is_some) {
            continue;
        }
        let words = reading.words(candidate.first, candidate.end);
        let mut buffer = String::new();
        let courtesy = candidate.first.checked_sub(1).map_or("", |t| reading.word(t));
        let gender = gender_of(courtesy, &mut buffer);
        let title = titles.get(&i).copied();
        let entity = short
            .resolve(words, candidate.first, cast, gender)
            .filter(|e| !is_namesake(cast, words, title, *e, (linked, titles), (countries, era)))
            .or_else(|| by_office(cast, words, title, candidate, (countries, era)))
            .unwrap_or_else(|| stranger(cast, words, gender));
        if let Some(slot) = linked.get_mut(i) {
            *slot = Some(entity);
        }
    }
}

/// "President Biden", where the document names Jill Biden only: another of the family holds the office, as the tables
/// know, and nothing gives it to her.
fn is_namesake(
    cast: &Cast<'_>,
    words: &str,
    title: Option<&Title>,
    entity: EntityId,
    (linked, titles): (&[Option<EntityId>], &HashMap<usize, &Title>),
    (countries, era): (&Countries, Era),
) -> bool {
    let gazetteer = &cast.reading.lexicon.gazetteer;
    let Some((title, office)) = title.and_then(|t| t.office.map(|o| (t, o))) else { return false };
    let own = cast.entity(entity).and_then(|e| e.entry);
    if own.is_some_and(|p| gazetteer.roles_of(p).iter().any(|r| r.office == office)) {
        return false;
    }
    let told = |i: &usize| linked.get(*i).copied().flatten() == Some(entity);
    if titles.iter().any(|(i, t)| t.office == Some(office) && told(i)) {
        return false;
    }
    holder_named(cast, words, title, office, (countries, era)).is_some_and(|p| Some(p) != own)
}

/// "Van Gaal", where the document names "Louis van Gaal": family names of several words, in lower case.
fn double_names(reading: Reading<'_>, candidates: &[Candidate]) -> HashSet<String> {
    let mut families = HashSet::new();
    for c in candidates.iter().filter(|c| c.kind == Kind::Person && c.end - c.first > 2) {
        let words: Vec<&str> = reading.words(c.first, c.end).split_whitespace().collect();
        for i in 1..words.len().saturating_sub(1) {
            if !is_initial(words[i]) {
                families.insert(words[i..].join(" ").to_lowercase());
            }
        }
    }
    families
}

/// The person with this full name.
fn full_name(
    cast: &mut Cast<'_>,
    candidate: &Candidate,
    words: &str,
    countries: &Countries,
    era: Era,
) -> EntityId {
    let entry = known_person(cast, &candidate.matches, countries, era)
        .or_else(|| without_initials(cast.reading, candidate, words));
    match entry {
        Some(entry) => {
            let entity = cast.enter_entry(entry);
            fill_gender(cast, entity, gender_by_given_name(cast.reading, words));
            entity
        }
        None => stranger(cast, words, gender_by_given_name(cast.reading, words)),
    }
}

/// "Antony J. Blinken" is listed as "Antony Blinken".
fn without_initials(reading: Reading<'_>, candidate: &Candidate, words: &str) -> Option<EntryId> {
    if !words.split_whitespace().any(is_initial) {
        return None;
    }
    let range = candidate.first as usize..candidate.end as usize;
    let tokens: Vec<_> = reading.document.tokens.get(range)?.to_vec();
    let kept: Vec<_> = tokens.iter().copied().filter(|t| !is_initial(t.of(&reading.document.text))).collect();
    let gazetteer = &reading.lexicon.gazetteer;
    let found = gazetteer.names_at(&reading.document.text, &kept);
    let whole = |m: &&crate::lexicon::NameMatch| usize::from(m.tokens) == kept.len() && kept.len() > 1;
    found.iter().filter(whole).find(|m| gazetteer.entry(m.entry).kind == Kind::Person).map(|m| m.entry)
}

/// A person whom no table knows.
fn stranger(cast: &mut Cast<'_>, words: &str, gender: Option<Gender>) -> EntityId {
    let newcomer = Newcomer { kind: Kind::Person, name: words, entry: None, country: None, gender };
    let entity = cast.enter(&key::slug(Kind::Person, words), &newcomer);
    if let Some(known) = cast.entities.get_mut(entity.at()).filter(|e| e.entry.is_none())
        && known.name.len() < words.len()
    {
        known.name = words.to_owned();
    }
    fill_gender(cast, entity, gender);
    entity
}

/// Sets the gender where none is known yet.
pub(super) fn fill_gender(cast: &mut Cast<'_>, entity: EntityId, gender: Option<Gender>) {
    if let Some(known) = cast.entities.get_mut(entity.at()) {
        known.gender = known.gender.or(gender);
    }
}

/// A surname without a full name: the office before it and the day tell who, or a short list does.
fn by_office(
    cast: &mut Cast<'_>,
    words: &str,
    title: Option<&Title>,
    candidate: &Candidate,
    (countries, era): (&Countries, Era),
) -> Option<EntityId> {
    let gazetteer = &cast.reading.lexicon.gazetteer;
    if let Some((title, office)) = title.and_then(|t| t.office.map(|o| (t, o)))
        && let Some(person) = holder_named(cast, words, title, office, (countries, era))
    {
        return Some(cast.enter_entry(person));
    }
    let known = candidate.matches.iter().filter(|m| {
        matches!(m.name_use, NameUse::Surname | NameUse::Name | NameUse::Alias)
            && gazetteer.entry(m.entry).kind == Kind::Person
    });
    let mut people: Vec<EntryId> = known.map(|m| m.entry).collect();
    // "Ms. Powell, a midwife from Hull,": who is introduced is not who needs no introduction.
    let reading = cast.reading;
    let next = reading.word(candidate.end + 1);
    let introduced = reading.word(candidate.end) == "," && matches!(next, "a" | "an");
    // "Austin" is a city, too, and a given name: the day must speak for the minister.
    let homonym = || {
        gazetteer.given_name(words).is_some()
            || gazetteer.find(words).iter().any(|(e, _)| gazetteer.entry(*e).kind != Kind::Person)
    };
    if people.len() > 1 || !people.is_empty() && (introduced || homonym()) {
        // "Clinton" in 1995, "Bush" in 2003: who is in office, if it is one alone.
        people.retain(|p| !introduced && era.has_in_office(reading, *p));
    }
    let person = people.first().copied().filter(|_| people.len() == 1)?;
    Some(cast.enter_entry(person))
}

/// The person of this family name who held the office that a title gives: in the body that the title names, in the
/// country of the story, or, where neither tells, the only one in the world on that day.
fn holder_named(
    cast: &Cast<'_>,
    words: &str,
    title: &Title,
    office: OfficeId,
    (countries, era): (&Countries, Era),
) -> Option<EntryId> {
    let gazetteer = &cast.reading.lexicon.gazetteer;
    let day = cast.reading.document.published;
    // "VICE PRESIDENT DOE": in any case.
    let words = words.to_lowercase();
    let same = |person: EntryId| {
        let name = gazetteer.entry(person).name.to_lowercase();
        let mut words_of = name.split_whitespace();
        words_of.clone().last() == Some(&words) || words_of.next() == Some(&words) || name.ends_with(&words)
    };
    let only = |roles: Vec<Role<'_>>| {
        let mut people: Vec<_> = roles.iter().map(|r| r.person).filter(|p| same(*p)).collect();
        people.sort_unstable();
        people.dedup();
        people.first().copied().filter(|_| people.len() == 1)
    };
    let local = gazetteer.office_scope(office) == "subnational";
    let named = title.bodies.first().and_then(|b| cast.entity(*b));
    let of = title.bodies.iter().find_map(|b| cast.country(*b)).or(countries.dominant());
    if let Some(of) = of {
        // "the Florida governor": the table tells the state in the title.
        let here = |r: &Role<'_>| {
            !local || named.is_none_or(|n| n.kind == Kind::Country || r.title.contains(&n.name))
        };
        let mut on_day = gazetteer.holders(office, of, day);
        on_day.retain(here);
        let mut ever = gazetteer.terms(office, of);
        ever.retain(here);
        // "Bush, the former Florida governor": nobody on that day, and only one ever.
        let single = gazetteer.office_rank(office) >= 70 || local && named.is_some();
        let in_era: Vec<_> = ever.iter().filter(|r| day.is_none() && era.covers(r)).cloned().collect();
        let ever = || only(ever).filter(|_| single);
        if let Some(person) = only(on_day).or_else(ever).or_else(|| only(in_era)) {
            return Some(person);
        }
    }
    let high = title.bodies.is_empty() && gazetteer.office_rank(office) >= 70;
    high.then(|| only(gazetteer.holders_anywhere(office, day?)))?
}

/// Puts the people's names down as mentions, with the titles before them.
pub(super) fn mention(
    cast: &mut Cast<'_>,
    candidates: &[Candidate],
    titles: &HashMap<usize, &Title>,
    linked: &[Option<EntityId>],
) {
    let reading = cast.reading;
    let mut buffer = String::new();
    for (i, candidate) in candidates.iter().enumerate().filter(|(_, c)| c.kind == Kind::Person) {
        let Some(entity) = linked.get(i).copied().flatten() else { continue };
        let (floor, _) = reading.bounds(candidate.sentence);
        let courtesy = candidate.first.checked_sub(1).filter(|t| *t >= floor);
        let courtesy = courtesy.filter(|t| GENDERS.has(reading.word(*t)) && reading.is_capitalised(*t));
        fill_gender(cast, entity, courtesy.and_then(|t| gender_of(reading.word(t), &mut buffer)));
        let start = titles.get(&i).map(|t| t.first).or(courtesy).unwrap_or(candidate.first);
        cast.mention(candidate.first, candidate.end, (start, candidate.end), Form::Name, entity);
    }
}
