//! Family and given names alone, where the document names their bearer in full.
//!
//! In: candidates. Out: the same; "Trump", taken for a company, and "Austin", taken for the city, are people;
//! "Roe", which the recogniser passed over, is a candidate too.

use std::collections::HashSet;

use smallvec::SmallVec;

use super::candidate::Candidate;
use super::place;
use super::reading::Reading;
use crate::lexicon::{Kind, NameUse};
use crate::syntax::Upos;

/// "Trump" in a headline, taken for a company, and "Austin", taken for the city, are the person whom
/// the text names in full; unless the words around it place it on the map.
pub(super) fn settle(reading: Reading<'_>, candidates: &mut Vec<Candidate>) {
    // A long "name" with a small word in it ("Roe the Acme") is the recogniser's slip: believe no more of it.
    let sound =
        |c: &&Candidate| (c.first..c.end).all(|t| reading.is_capitalised(t) || reading.word(t) == "-");
    let people = || candidates.iter().filter(|c| c.kind == Kind::Person && c.end - c.first > 1).filter(sound);
    let known: HashSet<&str> = people().map(|c| reading.word(c.end - 1)).collect();
    // "Hu" of "Hu Shih", "Jenna" of "Jenna Doe".
    let firsts: HashSet<&str> =
        people().filter(|c| c.end - c.first < 4).map(|c| reading.word(c.first)).collect();
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
    let first = |c: &Candidate| {
        c.end - c.first == 1 && c.matches.is_empty() && firsts.contains(reading.word(c.first))
    };
    let others = |c: &Candidate| c.kind != Kind::Person && (short(c) || first(c));
    for (i, c) in candidates.iter().enumerate().filter(|(_, c)| others(c)) {
        let told = is_state(c) && country(c).is_some_and(|key| told.contains(key));
        // Not even "French" keeps the bare "Paris" a city once "Valeska Paris" stands there; but "China"
        // beside "Chinese" is China.
        let capital = c.matches.first().is_some_and(|m| m.name_use == NameUse::Capital);
        let state = told && !(capital && strangers.contains(reading.word(c.first)));
        if c.matches.is_empty() || !state && !place::lies(reading, c.first, c.end) {
            become_people.push(i);
        }
    }
    let given = firsts.into_iter().filter(|w| gazetteer.given_name(w).is_some());
    let known: HashSet<String> = known.into_iter().chain(given).map(str::to_owned).collect();
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
