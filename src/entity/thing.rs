//! Names of things: "PPE" after "personal protective equipment (PPE)", "US$", "IPO", "GMT".
//!
//! In: candidates. Out: the same without short forms in capitals that name no participant: a sum's currency, an
//! entry of `data/language/things.txt`, and initials that the document spells out in small letters. What the
//! gazetteer knows, and what the document spells out in capitals ("Asian Infrastructure (AI)"), stays.

use std::collections::HashMap;

use super::candidate::Candidate;
use super::reading::Reading;
use crate::word_list;

word_list!(
    /// Short forms of things and measures.
    THINGS,
    "things.txt"
);

/// Drops the things among the candidates.
pub(super) fn drop(reading: Reading<'_>, candidates: &mut Vec<Candidate>) {
    let spelt = spelt_out(reading);
    candidates.retain(|c| {
        let word = reading.word(c.first);
        if word.ends_with('$')
            || reading.word(c.end).starts_with('$') && is_initials(word) && c.end == c.first + 1
        {
            return false;
        }
        if c.end != c.first + 1 || !c.matches.is_empty() {
            return true;
        }
        match spelt.get(word) {
            Some(name) => *name,
            None => !THINGS.has(word),
        }
    });
}

/// The initials that stand in brackets behind the words they are made of: true where the words have capitals.
fn spelt_out<'a>(reading: Reading<'a>) -> HashMap<&'a str, bool> {
    let mut spelt = HashMap::new();
    let end = reading.document.tokens.len() as u32;
    for at in 1..end.saturating_sub(2) {
        let word = reading.word(at + 1);
        if reading.word(at) != "(" || reading.word(at + 2) != ")" || !is_initials(word) {
            continue;
        }
        if let Some(name) = words_before(reading, at, word) {
            // Spelt out as a name once is enough.
            let known = spelt.entry(word).or_insert(name);
            *known |= name;
        }
    }
    spelt
}

/// Do the words before `at` begin with these initials? Then: do they have capitals?
fn words_before(reading: Reading<'_>, at: u32, initials: &str) -> Option<bool> {
    let mut next = at;
    let mut capitals = 0;
    let mut letters = initials.trim_end_matches('s').chars().rev().peekable();
    let count = letters.clone().count();
    while let Some(letter) = letters.peek().copied() {
        next = next.checked_sub(1)?;
        let word = reading.word(next);
        let first = word.chars().next()?;
        if first.to_ascii_uppercase() == letter {
            capitals += usize::from(first.is_uppercase());
            letters.next();
        } else if !matches!(word, "-" | "of" | "and" | "for" | "the" | "in" | "on" | "to" | "use") {
            return None;
        }
    }
    Some(2 * capitals > count)
}

/// "PPE", "IDPs": two to six capitals.
fn is_initials(word: &str) -> bool {
    let bare = word.trim_end_matches('s');
    (2..=6).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_uppercase())
}
