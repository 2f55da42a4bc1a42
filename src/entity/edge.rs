//! Where an unknown name begins and ends: "Joint Committee of", "Facebook – Proud", "Staff Doe".
//!
//! In: candidates. Out: the same. No name ends in a small word: it goes on over the capitals that follow, or ends
//! before it. None runs over a dash. Before a title it holds no words of the title ("EU Development" in "EU
//! Development Commissioner"), and after an office none of the office ("Staff" in "Chief of Staff Doe"). Names that
//! the gazetteer knows stay as they are.

use std::collections::HashSet;

use smallvec::SmallVec;

use super::candidate::{Candidate, matches_at};
use super::nominal::AGENTS;
use super::reading::{Reading, lower};
use super::title::{TITLE_MODIFIERS, TOPICS};
use crate::lexicon::language::{ORGANIZATION_SORTS, TITLE_NOUNS};
use crate::lexicon::{Kind, NameMatch, NameUse};
use crate::syntax::Upos;

/// How many words a name grows by at most.
const MORE: u32 = 10;

/// Mends the ends of all unknown names.
pub(super) fn mend(reading: Reading<'_>, candidates: &mut Vec<Candidate>) {
    let surnames: HashSet<&str> = candidates
        .iter()
        .filter(|c| c.kind == Kind::Person && matches!(c.end - c.first, 2 | 3))
        .map(|c| reading.word(c.end - 1))
        .collect();
    let mut floor = 0;
    for i in 0..candidates.len() {
        let (upto, after) = candidates.split_at_mut(i + 1);
        let Some(c) = upto.last_mut() else { continue };
        if c.first < floor {
            c.end = c.first; // swallowed by the name before it
        }
        if c.end > c.first && c.matches.is_empty() {
            mend_one(reading, c, after.first(), &surnames);
        }
        floor = floor.max(c.end);
    }
    candidates.retain(|c| c.end > c.first);
}

/// One name, with the one after it and the family names of the document.
fn mend_one(reading: Reading<'_>, c: &mut Candidate, next: Option<&Candidate>, surnames: &HashSet<&str>) {
    let (_, end) = reading.bounds(c.sentence);
    let ceiling = next.map_or(end, |n| n.first).min(end);
    let before = (c.first, c.end);
    at_dash(reading, c);
    after_office(reading, c, surnames);
    if c.end <= c.first {
        return;
    }
    if c.kind == Kind::Person {
        hyphened(reading, c, ceiling);
    } else {
        before_title(reading, c, end);
        begins(reading, c, ceiling);
        ends(reading, c, ceiling, next);
        purpose(reading, c, ceiling, next);
    }
    if c.end > c.first && before != (c.first, c.end) && c.matches.is_empty() {
        let length = c.end - c.first;
        let mut found = matches_at(reading, c.first, end);
        let kind = c.kind;
        let fits = |m: &NameMatch| {
            let person = reading.lexicon.gazetteer.entry(m.entry).kind == Kind::Person;
            u32::from(m.tokens) == length && person == (kind == Kind::Person)
        };
        found.retain(|m| fits(m));
        c.matches = found.into_iter().collect();
    }
}

/// "Acme – Proud Owner": a name ends before a dash that stands apart.
fn at_dash(reading: Reading<'_>, c: &mut Candidate) {
    let apart = |t: u32| reading.span(t - 1, t).end < reading.span(t, t + 1).start;
    let dash = |t: &u32| matches!(reading.word(*t), "–" | "—" | "--" | "-") && apart(*t);
    if let Some(t) = (c.first + 1..c.end).find(dash) {
        c.end = t;
    }
}

/// "Chief of Staff Doe", "for Law Enforcement Doe": the end of a title before a family name.
fn after_office(reading: Reading<'_>, c: &mut Candidate, surnames: &HashSet<&str>) {
    let (floor, end) = reading.bounds(c.sentence);
    for back in 1..=3 {
        let Some(at) = c.first.checked_sub(back).filter(|t| *t >= floor) else { break };
        let tokens = reading.document.tokens.get(at as usize..end as usize).unwrap_or(&[]);
        let office = reading.lexicon.gazetteer.office_at(&reading.document.text, tokens);
        let last = office.map_or(0, |o| at + u32::from(o.tokens));
        if last <= c.first || last >= c.end {
            continue;
        }
        if (last..c.end).all(|t| reading.is_capitalised(t)) && c.end - last < 4 {
            (c.first, c.kind) = (last, Kind::Person);
        } else if reading.word(last) == "for" {
            c.end = c.first; // "State for Management", of "Deputy Secretary of State for Management"
        }
        return;
    }
    let mut buffer = String::new();
    let own = c.end - 1;
    let topic = c.end - c.first > 1 && TOPICS.has(lower(reading.word(own - 1), &mut buffer));
    if topic && surnames.contains(reading.word(own)) {
        (c.first, c.kind) = (own, Kind::Person);
    }
}

/// "Prayut Chan-o-cha": a family name goes on over its small part.
fn hyphened(reading: Reading<'_>, c: &mut Candidate, ceiling: u32) {
    let joined = |t: u32| reading.is_joined(t);
    let hyphen = |t: u32| reading.word(t) == "-" && joined(t) && joined(t - 1);
    let part = |t: u32| reading.word(t).len() < 4 && reading.word(t).bytes().all(|b| b.is_ascii_lowercase());
    if c.end + 3 < ceiling && hyphen(c.end) && part(c.end + 1) && hyphen(c.end + 2) {
        c.end += 4;
    }
}

/// "EU Development" before "Commissioner", "Special Presidential" before "Advisor".
fn before_title(reading: Reading<'_>, c: &mut Candidate, end: u32) {
    let mut buffer = String::new();
    let mut title = |t: u32| {
        let word = lower(reading.word(t), &mut buffer);
        t < end && reading.is_capitalised(t) && (TITLE_NOUNS.has(word) || TITLE_MODIFIERS.has(word))
    };
    if !title(c.end) {
        return;
    }
    let gazetteer = &reading.lexicon.gazetteer;
    let body = |m: &&NameMatch| {
        let kind = gazetteer.entry(m.entry).kind;
        let whole = matches!(m.name_use, NameUse::Name | NameUse::Alias | NameUse::Acronym);
        whole && matches!(kind, Kind::Organization | Kind::Country)
    };
    let found = matches_at(reading, c.first, c.end);
    // "Secret Service" of "U.S. Secret Service Director" is a body of its own.
    let sorted = |t: u32| ORGANIZATION_SORTS.has(&reading.word(t).to_lowercase());
    let rest = |m: &&NameMatch| !(c.first + u32::from(m.tokens)..c.end).any(sorted);
    if let Some(known) = found.iter().find(body).filter(rest) {
        c.end = c.first + u32::from(known.tokens);
        c.kind = gazetteer.entry(known.entry).kind;
        c.matches = found.iter().filter(|m| m.tokens == known.tokens).copied().collect();
        return;
    }
    while c.end > c.first && (title(c.end - 1) || reading.upos(c.end - 1) == Upos::Adj) {
        c.end -= 1;
    }
}

/// "of Acme", "For the People" before "Act": a name begins with no small word, unless its capitals go on.
fn begins(reading: Reading<'_>, c: &mut Candidate, ceiling: u32) {
    if c.end <= c.first || !is_small(reading, c.first) {
        return;
    }
    let goes_on = c.end < ceiling && reading.is_capitalised(c.end) && reading.upos(c.end) != Upos::Verb;
    if reading.is_capitalised(c.first) && goes_on && !matches!(reading.word(c.first), "The" | "A" | "An") {
        c.end = run(reading, c.end, ceiling);
        return;
    }
    // "the For the People Act" is whole in the middle of a sentence, as are "The Hague" and "The Times".
    let (floor, _) = reading.bounds(c.sentence);
    if reading.is_capitalised(c.first) && c.first > floor {
        return;
    }
    if !matches!(reading.word(c.first), "The" | "A" | "An" | "the") {
        while c.first < c.end && is_small(reading, c.first) {
            c.first += 1;
        }
    }
}

/// "Joint Committee of", "Governments of the", "Council of Advisers &": no name ends so.
fn ends(reading: Reading<'_>, c: &mut Candidate, ceiling: u32, next: Option<&Candidate>) {
    let (first, last) = (c.first, c.end);
    while c.end > first && (is_small(reading, c.end - 1) || is_mark(reading, c.end - 1)) {
        c.end -= 1;
    }
    if c.end == last || c.end == first {
        return;
    }
    let article = last + u32::from(reading.word(last) == "the");
    let links = (c.end..last).all(|t| matches!(reading.word(t), "of" | "for" | "and" | "&" | "the"));
    let body = next.filter(|n| n.first == article && n.kind == Kind::Organization && links);
    if let Some(body) = body {
        c.end = body.end;
    } else if links && article < ceiling && reading.is_capitalised(article) {
        c.end = run(reading, article, ceiling);
    } else if c.end == first + 1 && (is_common(reading, first) || reading.word(c.end) == "of") {
        c.end = first; // "Governments", "Leaders", "the Independence of the": described, not named
    }
}

/// "Office to Monitor" before "and Combat Trafficking in Persons": what it is for belongs to it.
fn purpose(reading: Reading<'_>, c: &mut Candidate, ceiling: u32, next: Option<&Candidate>) {
    let verb = |t: &u32| reading.word(*t) == "to" && reading.is_capitalised(*t + 1);
    if c.end < c.first + 3 || !(c.first + 1..c.end - 1).any(|t| verb(&t)) {
        return;
    }
    let part = |n: &&Candidate| {
        let own = n.first == c.end + 1 && n.end == n.first + 1 && n.sentence == c.sentence;
        own && n.matches.is_empty() && n.kind != Kind::Person && reading.word(c.end) == "and"
    };
    if reading.is_capitalised(c.end) && c.end < ceiling {
        c.end = run(reading, c.end, ceiling);
    } else if let Some(more) = next.filter(part) {
        c.end = more.end;
    } else if matches!(reading.word(c.end), "and" | "in" | "of") && c.end + 1 < ceiling {
        let mut buffer = String::new();
        let word = reading.word(c.end + 1);
        let office =
            TITLE_NOUNS.has(lower(word, &mut buffer)) || TITLE_MODIFIERS.has(lower(word, &mut buffer));
        if reading.is_capitalised(c.end + 1) && !office {
            c.end = run(reading, c.end + 1, ceiling);
        }
    }
}

/// One past the run of capitals that begins at a token, over "of", "for", "in", "the" and "and" inside it.
fn run(reading: Reading<'_>, at: u32, ceiling: u32) -> u32 {
    let mut end = at;
    let ceiling = ceiling.min(at + MORE);
    while end < ceiling {
        if reading.is_capitalised(end) {
            end += 1;
            continue;
        }
        let mut next = end;
        while next < ceiling.min(end + 2) && matches!(reading.word(next), "of" | "for" | "in" | "the" | "and")
        {
            next += 1;
        }
        if next == end || next >= ceiling || !reading.is_capitalised(next) {
            break;
        }
        end = next;
    }
    end
}

/// A preposition, a conjunction or an article.
fn is_small(reading: Reading<'_>, token: u32) -> bool {
    let mut buffer = String::new();
    let word = lower(reading.word(token), &mut buffer);
    matches!(
        word,
        "of" | "for" | "to" | "and" | "in" | "on" | "at" | "with" | "by" | "from" | "the" | "a" | "an" | "&"
    ) && !reading.word(token).bytes().all(|b| b.is_ascii_uppercase())
}

fn is_mark(reading: Reading<'_>, token: u32) -> bool {
    matches!(reading.word(token), "," | "-" | "–" | "—" | ":" | ";" | "/" | "(")
}

/// A plural that describes those who act: "Governments".
fn is_common(reading: Reading<'_>, token: u32) -> bool {
    let mut buffer = String::new();
    let lemma = lower(reading.lemma(token), &mut buffer);
    let bare = lemma.strip_suffix('s').unwrap_or(lemma);
    AGENTS.has(lemma) || AGENTS.has(bare)
}

/// "Jane Doe Takaichi Sanae" in a headline without a comma: a known full name ends where it ends.
pub(super) fn part_doubles(reading: Reading<'_>, candidates: &mut Vec<Candidate>) {
    let mut parted = Vec::new();
    for c in candidates.iter_mut() {
        if c.kind != Kind::Person || !c.matches.is_empty() || c.end - c.first < 4 {
            continue;
        }
        let known = |m: &&NameMatch| {
            let person = reading.lexicon.gazetteer.entry(m.entry).kind == Kind::Person;
            person && m.tokens > 1 && c.first + u32::from(m.tokens) + 2 <= c.end
        };
        let found = matches_at(reading, c.first, c.end);
        let Some(name) = found.iter().find(known).copied() else { continue };
        let (first, end, sentence) = (c.first + u32::from(name.tokens), c.end, c.sentence);
        if !(first..end).all(|t| reading.is_capitalised(t)) {
            continue;
        }
        c.end = first;
        c.matches = found.iter().filter(|m| m.tokens == name.tokens).copied().collect();
        let matches: SmallVec<[NameMatch; 2]> = SmallVec::new();
        parted.push(Candidate { first, end, sentence, kind: Kind::Person, named: true, matches });
    }
    if !parted.is_empty() {
        candidates.append(&mut parted);
        candidates.sort_by_key(|c| c.first);
    }
}
