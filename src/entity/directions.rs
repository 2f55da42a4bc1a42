//! "The North" and "the South", once North or South Korea is in the document.
//!
//! In: the candidates. Out: candidates for "the North" where exactly one country that the document
//! names in full begins with that word; "South Sudan" serves "the South" as well. Without such a
//! country "the South" is a direction, and no participant.

use smallvec::smallvec;

use super::candidate::Candidate;
use super::reading::Reading;
use crate::lexicon::{Kind, NameMatch, NameUse};
use crate::syntax::Upos;
use crate::text::EntryId;

/// Adds what "the North" stands for, and corrects a bare "North" that the recogniser found.
pub(super) fn add(reading: Reading<'_>, candidates: &mut Vec<Candidate>) {
    let halves = halves(reading, candidates);
    if halves.is_empty() {
        return;
    }
    let mut added = Vec::new();
    let mut next = 0;
    for sentence in reading.sentences() {
        let (first, end) = reading.bounds(sentence);
        for token in first..end {
            let Some((_, entry)) = halves.iter().find(|(word, _)| *word == reading.word(token)) else {
                continue;
            };
            while candidates.get(next).is_some_and(|c| c.end <= token) {
                next += 1;
            }
            let article = token > first && reading.word(token - 1).eq_ignore_ascii_case("the");
            let matches = smallvec![NameMatch { entry: *entry, tokens: 1, name_use: NameUse::Alias }];
            match candidates.get_mut(next).filter(|c| c.first <= token) {
                Some(c) if c.end == token + 1 && (c.first == token || c.first + 1 == token && article) => {
                    (c.matches, c.kind) = (matches, Kind::Country);
                }
                Some(_) => {}
                // "the North Sea" names something else.
                None if article
                    && !(reading.is_capitalised(token + 1) && reading.upos(token + 1) == Upos::Propn) =>
                {
                    added.push(Candidate {
                        first: token,
                        end: token + 1,
                        sentence,
                        kind: Kind::Country,
                        named: false,
                        matches,
                    });
                }
                None => {}
            }
        }
    }
    candidates.append(&mut added);
    candidates.sort_by_key(|c| c.first);
}

/// The first words of the countries with two-word names that the document names, where only one begins so.
fn halves<'a>(reading: Reading<'a>, candidates: &[Candidate]) -> Vec<(&'a str, EntryId)> {
    let mut halves: Vec<(&str, EntryId, bool)> = Vec::new();
    for m in candidates.iter().flat_map(|c| c.matches.iter()) {
        let entry = reading.lexicon.gazetteer.entry(m.entry);
        let Some((first, _)) = entry.name.split_once(' ').filter(|_| entry.kind == Kind::Country) else {
            continue;
        };
        if !matches!(first, "North" | "South" | "East" | "West") {
            continue;
        }
        match halves.iter_mut().find(|(word, ..)| *word == first) {
            Some((_, id, unique)) => *unique &= *id == m.entry,
            None => halves.push((first, m.entry, true)),
        }
    }
    halves.into_iter().filter(|(.., unique)| *unique).map(|(word, id, _)| (word, id)).collect()
}
