//! Slips of the recogniser: names that begin too early, end too late, or are none.
//!
//! In: candidates. Out: the same, mended: "R-Ohio" is Ohio, "Currently Doe" is Doe, "University of Oz student
//! Jane Doe" is Jane Doe; and without the words of an office ("Interior" in "Interior Minister").

use std::collections::HashSet;

use smallvec::SmallVec;

use super::candidate::{Candidate, matches_at};
use super::reading::Reading;
use crate::lexicon::{Kind, NameMatch};
use crate::syntax::{Deprel, Upos};
use crate::word_list;

word_list!(
    /// What places do not do.
    HUMAN_ACTS,
    "human_acts.txt"
);

word_list!(
    /// Bodies, several at once: "Governments".
    SEVERAL,
    "several_bodies.txt"
);

word_list!(
    /// What a headline's name may swallow at its end.
    TAILS,
    "name_tails.txt"
);

/// Mends all candidates of a document.
pub(super) fn mend(reading: Reading<'_>, candidates: &mut Vec<Candidate>) {
    part_people(reading, candidates);
    candidates.iter_mut().for_each(|c| people_act(reading, c));
    for candidate in candidates.iter_mut() {
        cut_party(reading, candidate);
        cut_several(reading, candidate);
        cut_ends(reading, candidate);
        cut_description(reading, candidate);
    }
    candidates.retain(|c| !is_title(reading, c));
}

/// "demanded that Dbeibeh step down": one capital word that no table knows, and does what places do not.
fn people_act(reading: Reading<'_>, candidate: &mut Candidate) {
    let unknown = candidate.kind == Kind::Place && candidate.matches.is_empty();
    let verb = reading.head(candidate.first).filter(|_| reading.dep(candidate.first) == Deprel::Nsubj);
    let acts = |v: u32| reading.upos(v) == Upos::Verb && HUMAN_ACTS.has(&reading.lemma(v).to_lowercase());
    if unknown && candidate.end == candidate.first + 1 && verb.is_some_and(acts) {
        candidate.kind = Kind::Person;
    }
}

/// "R-Ohio" after a senator's name: the state alone is a place; the letter is read with the titles.
fn cut_party(reading: Reading<'_>, candidate: &mut Candidate) {
    let letter = matches!(reading.word(candidate.first), "R" | "D" | "I");
    if letter && reading.word(candidate.first + 1) == "-" && candidate.end > candidate.first + 2 {
        begin_later(reading, candidate, 2);
        candidate.kind = Kind::Place;
    }
}

/// "the Governments of Norway and Chile": several bodies have no name; the country that follows has one.
fn cut_several(reading: Reading<'_>, candidate: &mut Candidate) {
    let several = SEVERAL.has(reading.word(candidate.first)) && reading.word(candidate.first + 1) == "of";
    if several && candidate.matches.is_empty() && candidate.end > candidate.first + 2 {
        begin_later(reading, candidate, 2);
        let known = candidate.matches.first().map(|m| reading.lexicon.gazetteer.entry(m.entry).kind);
        candidate.kind = known.unwrap_or(Kind::Place);
    }
}

/// Cuts words off a name's beginning and asks the tables about the rest.
fn begin_later(reading: Reading<'_>, candidate: &mut Candidate, words: u32) {
    candidate.first += words;
    let (_, end) = reading.bounds(candidate.sentence);
    let length = candidate.end - candidate.first;
    let mut found = matches_at(reading, candidate.first, end);
    found.retain(|m| u32::from(m.tokens) == length);
    candidate.matches = found.into_iter().collect();
}

/// "Currently Doe" at the start of a sentence, "Doe 1998": words at the ends of a person's name that are none.
fn cut_ends(reading: Reading<'_>, candidate: &mut Candidate) {
    if candidate.kind != Kind::Person || !candidate.matches.is_empty() {
        return;
    }
    let (floor, ceiling) = reading.bounds(candidate.sentence);
    let year = |t: u32| reading.word(t).len() == 4 && reading.word(t).bytes().all(|b| b.is_ascii_digit());
    let opener = |t: u32| t == floor && matches!(reading.upos(t), Upos::Adv | Upos::Intj);
    let before = (candidate.first, candidate.end);
    while candidate.end - candidate.first > 1 && year(candidate.end - 1) {
        candidate.end -= 1;
    }
    // "Remarks by Vice President Doe Before a Meeting"
    while candidate.end - candidate.first > 1 && TAILS.has(reading.word(candidate.end - 1)) {
        candidate.end -= 1;
    }
    while candidate.end - candidate.first > 1 && opener(candidate.first) {
        candidate.first += 1;
    }
    if before != (candidate.first, candidate.end) {
        let length = candidate.end - candidate.first;
        let mut found = matches_at(reading, candidate.first, ceiling);
        let person = |m: &NameMatch| reading.lexicon.gazetteer.entry(m.entry).kind == Kind::Person;
        found.retain(|m| u32::from(m.tokens) == length && person(m));
        candidate.matches = found.into_iter().collect();
    }
}

/// "University of Oz Jane Doe", taken for a body, where "Doe" elsewhere is a person: the last two words are hers.
fn part_people(reading: Reading<'_>, candidates: &mut Vec<Candidate>) {
    let single = |c: &&Candidate| c.kind == Kind::Person && c.end - c.first == 1 && c.named;
    let alone: HashSet<&str> = candidates.iter().filter(single).map(|c| reading.word(c.first)).collect();
    let small = |t: u32| matches!(reading.word(t), "of" | "at" | "for");
    let mut parted = Vec::new();
    for c in candidates.iter_mut() {
        if c.kind != Kind::Organization || !c.matches.is_empty() || c.end - c.first < 5 {
            continue;
        }
        let person = (c.end - 2, c.end);
        let names = (person.0 - 1..person.1).all(|t| reading.is_capitalised(t));
        if names && alone.contains(reading.word(c.end - 1)) && (c.first..person.0 - 1).any(small) {
            c.end = person.0;
            let matches = SmallVec::new();
            let sentence = c.sentence;
            let (first, end) = person;
            parted.push(Candidate { first, end, sentence, kind: Kind::Person, named: true, matches });
        }
    }
    if !parted.is_empty() {
        candidates.append(&mut parted);
        candidates.sort_by_key(|c| c.first);
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
