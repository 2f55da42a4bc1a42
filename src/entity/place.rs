//! Does "Beijing" act, or lie on the map?
//!
//! In: the tokens of a capital or a metonym. Out: true where it stands for its government:
//! "Beijing said", "urged Beijing to act", "a warning to Beijing"; false in "talks in Beijing",
//! "flew to Beijing", "Beijing, China". The words that go with a place are in
//! `data/language/whereabouts.txt`.

use super::nominal;
use super::reading::{Reading, lower};
use crate::syntax::Deprel;
use crate::word_list;

word_list!(
    /// Prepositions, verbs and nouns beside which a capital is a place; the value says which of the three.
    WHEREABOUTS,
    "whereabouts.txt"
);

/// True if the capital or metonym on tokens `first..end` acts or is acted upon.
pub(super) fn acts(reading: Reading<'_>, first: u32, end: u32) -> bool {
    let mut head = reading.head_of(first, end, (first, end));
    if reading.word(end) == "," && reading.is_capitalised(end + 1) && reading.dep(head) != Deprel::Nsubj {
        return false; // "in Paris, France", "Athens, Georgia"
    }
    // "Washington and Seoul agreed": what holds for the first conjunct holds for the others.
    for _ in 0..4 {
        match reading.head(head) {
            Some(up) if reading.dep(head) == Deprel::Conj && reading.case_marker(head).is_none() => head = up,
            _ => break,
        }
    }
    let mut buffer = String::new();
    let governor = reading.head(head).map_or("", |t| lower(reading.lemma(t), &mut buffer));
    let sort = WHEREABOUTS.get(governor).unwrap_or("");
    // "reached Havana" is a journey, "reached out to Havana" is not.
    let out = reading.head(head).is_some_and(|t| reading.word(t + 1) == "out");
    let deals = sort == "deal" || out;
    let goes_with_place = matches!(sort, "verb" | "noun") && !deals;
    match reading.dep(head) {
        Deprel::Nsubj | Deprel::NsubjOuter | Deprel::NmodPoss | Deprel::OblAgent | Deprel::Iobj => true,
        Deprel::NsubjPass | Deprel::Obj => !goes_with_place,
        Deprel::Compound | Deprel::Amod => nominal::is_state_word(governor),
        Deprel::Obl | Deprel::Nmod => {
            let Some(marker) = reading.case_marker(head) else { return false };
            let mut buffer = String::new();
            match WHEREABOUTS.get(lower(reading.word(marker), &mut buffer)) {
                Some("at") => false,
                Some("toward") => deals, // "a bus to Havana", "a warning to Havana"
                _ => !goes_with_place,
            }
        }
        Deprel::Vocative => true,
        _ => false,
    }
}

/// True if the words beside a name put it on the map: "in Austin", "near Austin", "Austin, Texas".
pub(super) fn lies(reading: Reading<'_>, first: u32, end: u32) -> bool {
    let mut buffer = String::new();
    let before = first.checked_sub(1).map_or("", |t| lower(reading.word(t), &mut buffer));
    let listed = reading.word(end) == "," && reading.is_capitalised(end + 1) && reading.is_capitalised(first);
    WHEREABOUTS.get(before) == Some("at")
        || listed && matches!(reading.word(end + 2), "," | "." | "(" | "-" | "–")
}
