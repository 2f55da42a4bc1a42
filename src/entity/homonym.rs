//! Names that are also a country's or a capital's: the words beside them tell.
//!
//! In: candidates. Out: the same, some of another kind: "Rep. Jordan", "Ms. Washington", "Chad and his brother" and
//! "Paris, the health minister," are people, "Austin told" the minister of that day; "Lebanon, New Hampshire" is a
//! town, and not the country; "Turkey prices" and "Sudan, the last male rhino" are nobody.
//!
//! Left out: what only the whole document can tell, see [`super::surname`].

use smallvec::SmallVec;

use super::candidate::Candidate;
use super::place;
use super::reading::Reading;
use crate::lexicon::language::TITLE_NOUNS;
use crate::lexicon::{Kind, NameMatch, NameUse, Role};
use crate::syntax::{Deprel, Upos, Xpos};
use crate::word_list;

word_list!(
    /// Words that stand before people's names only.
    COURTESIES,
    "courtesy.txt"
);

word_list!(
    /// What tells that a country's name means something else.
    HOMONYMS,
    "homonyms.txt"
);

/// Settles what the neighbours decide.
pub(super) fn settle(reading: Reading<'_>, candidates: &mut Vec<Candidate>) {
    let gazetteer = &reading.lexicon.gazetteer;
    candidates.iter_mut().for_each(|c| to_town(reading, c));
    for i in 1..=candidates.len() {
        let (upto, after) = candidates.split_at_mut(i);
        let Some(c) = upto.last_mut().filter(|c| matches!(c.kind, Kind::Country | Kind::Place)) else {
            continue;
        };
        let (floor, _) = reading.bounds(c.sentence);
        if c.first > floor && !c.is_adjective() && COURTESIES.has(reading.word(c.first - 1)) {
            c.kind = Kind::Person;
            c.matches.retain(|m| gazetteer.entry(m.entry).kind == Kind::Person);
            continue;
        }
        if !c.is_adjective() && c.end - c.first == 1 && (has_kin(reading, c) || is_official(reading, c)) {
            (c.kind, c.matches) = (Kind::Person, people(reading, c));
            continue;
        }
        if is_word(reading, c) {
            c.end = c.first; // nobody: taken out below
            continue;
        }
        if is_named_thing(reading, c) {
            (c.kind, c.matches) = (Kind::Other, SmallVec::new());
            continue;
        }
        if let Some(holder) = in_office(reading, c) {
            (c.kind, c.matches) = (Kind::Person, holder);
            continue;
        }
        let next = after.first().filter(|next| reading.word(c.end) == "," && next.first == c.end + 1);
        let is_state = c.matches.iter().any(|m| gazetteer.entry(m.entry).subkind == "us-state");
        if let (Some(country), false) = (next.and_then(|next| home_state(reading, next)), is_state) {
            c.kind = Kind::Place;
            c.matches.retain(|m| {
                let entry = gazetteer.entry(m.entry);
                entry.kind == Kind::Place && entry.country == country
            });
        }
    }
    candidates.retain(|c| c.end > c.first);
}

/// "from Obama, Japan,": one word taken for a person, before it a word of place, behind it a country.
fn to_town(reading: Reading<'_>, c: &mut Candidate) {
    let single = c.kind == Kind::Person && c.end - c.first == 1;
    if !single || reading.word(c.end) != "," || !place::lies(reading, c.first, c.end) {
        return;
    }
    let (_, ceiling) = reading.bounds(c.sentence);
    let tokens = reading.document.tokens.get(c.end as usize + 1..ceiling as usize).unwrap_or(&[]);
    let found = reading.lexicon.gazetteer.names_at(&reading.document.text, tokens);
    let whole = |m: &NameMatch| m.name_use <= NameUse::Acronym;
    let country = |m: &&NameMatch| {
        let entry = reading.lexicon.gazetteer.entry(m.entry);
        whole(m) && (entry.kind == Kind::Country || entry.subkind == "us-state")
    };
    let closed = |m: &NameMatch| {
        let next = c.end + 1 + u32::from(m.tokens);
        next >= ceiling || matches!(reading.word(next), "," | "." | ")")
    };
    if found.iter().find(country).is_some_and(closed) {
        (c.kind, c.matches) = (Kind::Place, SmallVec::new());
    }
}

/// The country of a state that is nothing else: of "New Hampshire", but not of "Georgia".
fn home_state<'l>(reading: Reading<'l>, candidate: &Candidate) -> Option<&'l str> {
    let gazetteer = &reading.lexicon.gazetteer;
    let mut entries = candidate.matches.iter().map(|m| gazetteer.entry(m.entry));
    let first = entries.next().filter(|e| e.subkind == "us-state")?;
    entries.all(|e| e.kind != Kind::Country).then_some(first.country)
}

/// "Chad and his brother": a country has no brother.
fn has_kin(reading: Reading<'_>, c: &Candidate) -> bool {
    let (_, ceiling) = reading.bounds(c.sentence);
    let joined = reading.word(c.end) == "and" && matches!(reading.word(c.end + 1), "his" | "her");
    let is_kin = |t: u32| HOMONYMS.get(reading.lemma(t)) == Some("kin");
    joined && (c.end + 2..ceiling.min(c.end + 6)).any(is_kin)
}

/// "Paris, the Chilean health minister,": a title in apposition; but not "Lima, the president said".
fn is_official(reading: Reading<'_>, c: &Candidate) -> bool {
    let (floor, ceiling) = reading.bounds(c.sentence);
    let article = reading.word(c.end + 1);
    let subject = matches!(reading.dep(c.end - 1), Deprel::Nsubj | Deprel::NsubjPass);
    if reading.word(c.end) != "," || !matches!(article, "the" | "a" | "then") || !subject {
        return false;
    }
    // The apposition is closed by a comma, and nothing but the name stands before it.
    let close = (c.end + 2..ceiling.min(c.end + 14)).find(|t| reading.word(*t) == ",");
    let Some(close) = close.filter(|_| c.first <= floor + 1) else { return false };
    let noun = |t: u32| TITLE_NOUNS.has(reading.lemma(t)) || office_at(reading, t, close);
    let verb = (c.end + 1..close).any(|t| matches!(reading.xpos(t), Xpos::VBD | Xpos::VBZ | Xpos::VBP));
    !verb && (c.end + 2..close).any(noun)
}

fn office_at(reading: Reading<'_>, first: u32, end: u32) -> bool {
    let tokens = reading.document.tokens.get(first as usize..end as usize).unwrap_or(&[]);
    reading.lexicon.gazetteer.office_at(&reading.document.text, tokens).is_some()
}

/// "Turkey prices" at the start of a sentence: the bird's.
fn is_word(reading: Reading<'_>, c: &Candidate) -> bool {
    let (floor, ceiling) = reading.bounds(c.sentence);
    if c.first != floor || c.end - c.first != 1 || c.end >= ceiling || c.is_adjective() {
        return false;
    }
    let word = reading.word(c.first).to_lowercase();
    let follows =
        HOMONYMS.get(&word).is_some_and(|nouns| nouns.split(' ').any(|n| n == reading.lemma(c.end)));
    follows && !reading.is_capitalised(c.end)
}

/// "Sudan, the last male northern white rhino,": what is said of it is said of no country.
fn is_named_thing(reading: Reading<'_>, c: &Candidate) -> bool {
    let (_, ceiling) = reading.bounds(c.sentence);
    if reading.word(c.end) != "," || !matches!(reading.word(c.end + 1), "the" | "a" | "an") {
        return false;
    }
    // The last noun before the comma is what is said.
    let close = (c.end + 2..ceiling.min(c.end + 9)).find(|t| reading.word(*t) == ",");
    close.is_some_and(|close| HOMONYMS.get(reading.lemma(close - 1)) == Some("named"))
}

/// "Austin told his counterpart": the one person of this name who held a high office on the document's day, where the
/// name is a city's that governs nothing, and does what a city does not.
fn in_office(reading: Reading<'_>, c: &Candidate) -> Option<SmallVec<[NameMatch; 2]>> {
    let gazetteer = &reading.lexicon.gazetteer;
    let capital =
        |m: &NameMatch| m.name_use == NameUse::Capital || gazetteer.entry(m.entry).kind == Kind::Country;
    if c.end - c.first != 1 || c.matches.iter().any(capital) || place::lies(reading, c.first, c.end) {
        return None;
    }
    let verb = reading.head(c.first).filter(|_| reading.dep(c.first) == Deprel::Nsubj)?;
    if reading.upos(verb) != Upos::Verb {
        return None;
    }
    let day = reading.document.published?;
    let mut known = people(reading, c);
    known.retain(|m| {
        let high = |role: &Role<'_>| role.holds(day) && gazetteer.office_rank(role.office) >= 70;
        gazetteer.roles_of(m.entry).iter().any(high)
    });
    (known.len() == 1).then_some(known)
}

/// The people whom the tables know by these words.
fn people(reading: Reading<'_>, c: &Candidate) -> SmallVec<[NameMatch; 2]> {
    let tokens = reading.document.tokens.get(c.first as usize..c.end as usize).unwrap_or(&[]);
    let gazetteer = &reading.lexicon.gazetteer;
    let found = gazetteer.names_at(&reading.document.text, tokens).into_iter();
    found
        .filter(|m| usize::from(m.tokens) == tokens.len() && gazetteer.entry(m.entry).kind == Kind::Person)
        .collect()
}
