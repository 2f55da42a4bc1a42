//! What an office is for: the title's own words behind "of" and "for".
//!
//! In: the token behind the small word. Out: one past the last word: of "Assistant Secretary of State for Cultural and
//! Educational Affairs Jane Doe" all before the name. Bodies and countries there are the title's business, not ours.

use super::reading::{Reading, lower};
use super::title::{Cover, TOPICS};
use crate::lexicon::Kind;
use crate::syntax::Upos;

/// How many words an office has for one thing that it is for.
const MOST: u32 = 4;

/// "rural affairs", "State", "Cultural and Educational Affairs".
pub(super) fn words(reading: Reading<'_>, cover: &Cover<'_>, next: u32, ceiling: u32) -> u32 {
    let own = |t: u32| match reading.upos(t) {
        Upos::Noun | Upos::Adj => true,
        Upos::Propn => cover.at(t).is_none() && reading.is_capitalised(t),
        _ => false,
    };
    let run = |first: u32| {
        let mut last = first;
        while last < ceiling && last < first + MOST && own(last) {
            last += 1;
        }
        last
    };
    let mut last = run(next);
    let mut buffer = String::new();
    // "for Cultural and Educational Affairs", not "minister of finance and chief of staff".
    if last > next && last < ceiling && reading.word(last) == "and" {
        let more = run(last + 1);
        let topic = more > last + 1 && TOPICS.has(lower(reading.word(more - 1), &mut buffer));
        last = if topic { more } else { last };
    }
    // "Envoy of the Secretary-General Jane Doe"
    if last > next && reading.word(last) == "-" && reading.word(last + 1) == "General" && last + 1 < ceiling {
        return last + 2;
    }
    // "for Civilian Security, Democracy, and Human Rights Jane Doe": a list that a name ends.
    let mut listed = last;
    for _ in 0..MOST {
        let comma = listed + u32::from(reading.word(listed) == ",");
        let and = comma + u32::from(reading.word(comma) == "and");
        if listed == next || and == listed || run(and) == and {
            break;
        }
        listed = run(and);
    }
    let named = || cover.at(listed).is_some_and(|(_, c)| c.first == listed && c.kind == Kind::Person);
    if listed > last && listed < ceiling && named() { listed } else { last }
}

/// One past the nouns that "'s" at `token` goes before.
pub(super) fn owned(reading: Reading<'_>, token: u32, ceiling: u32) -> Option<u32> {
    if token + 1 >= ceiling || !reading.is_possessive(token) {
        return None;
    }
    let small = |t: &u32| {
        matches!(reading.upos(*t), Upos::Noun | Upos::Adj) && reading.word(*t).starts_with(char::is_lowercase)
    };
    let last = token + 1 + (token + 1..ceiling.min(token + 5)).take_while(small).count() as u32;
    (last > token + 1 && reading.upos(last - 1) == Upos::Noun).then_some(last)
}
