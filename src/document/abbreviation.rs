//! Which full stops belong to their word: "Sen.", "U.S.", "No. 10", "J. Smith".
//!
//! In: a word with its full stop, and what follows. Out: whether the stop is part of the token, and
//! whether a token that ends in a stop may also end a sentence. The words are in
//! `data/language/abbreviations.txt`.

use crate::word_list;

word_list!(ABBREVIATIONS, "abbreviations.txt");
word_list!(SENTENCE_STARTERS, "sentence_starters.txt");

/// May a sentence end after this token?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// No: "Sen.", "e.g."
    Never,
    /// If what follows looks like a new sentence: "U.S.", "Inc."
    Perhaps,
}

/// "U.S", "a.m", "J": letters, single, parted by full stops.
pub(super) fn is_acronym(word: &str) -> bool {
    !word.is_empty()
        && word.len() < 24
        && word.trim_end_matches('.').split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        })
}

/// "Ph.D": a full stop inside a listed abbreviation.
pub(super) fn has_inner_dot(before: &str, after: &str) -> bool {
    matches!((before, after.get(..1)), ("Ph" | "M" | "B", Some("D" | "S" | "A")))
        && after.get(1..2) != Some("a")
}

/// Is the full stop at the end of `word` part of it? `next` is the text that follows.
pub(super) fn keeps_stop(word: &str, next: &str) -> bool {
    if word.len() > 24 {
        return false;
    }
    // "pro-U.S."
    let word = word.rsplit('-').next().unwrap_or(word);
    let bare = word.trim_end_matches('.');
    if let Some(kind) = ABBREVIATIONS.get(word) {
        return match kind {
            "number" => next.starts_with(|c: char| c.is_ascii_digit() || c == '#') || is_month(next),
            "end" => next.is_empty() || is_end(word, next),
            _ => true,
        };
    }
    if bare.contains('.') {
        return is_acronym(bare) || bare.ends_with(".D") || bare.ends_with(".Sc");
    }
    let mut letters = bare.chars();
    match (letters.next(), letters.next()) {
        // "J. Smith", "W. Bush"; not "plan B.", "Henry I."
        (Some(c), None) if c.is_uppercase() => next.starts_with(|n: char| n.is_uppercase() || n == '-'),
        _ => false,
    }
}

/// "Sat. Sept. 30": a day before a month.
fn is_month(next: &str) -> bool {
    let end = next.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(next.len().min(10));
    end <= 9 && next.get(..end).is_some_and(|word| crate::source::date::month(word).is_some())
}

/// Is a word with its full stop in the list, whether or not it kept the stop here?
pub(super) fn is_listed(word: &str) -> bool {
    ABBREVIATIONS.has(word)
}

/// Short words that are also words of their own keep the stop only where no sentence ends.
fn is_end(word: &str, next: &str) -> bool {
    // "Miss.", "Wash.", "Ore.", "Ill." could be words that end a sentence.
    let ambiguous =
        matches!(word, "Miss." | "Wash." | "Ill." | "Ind." | "Mo." | "La." | "Pa." | "Del." | "Mont.");
    !ambiguous || !next.starts_with(char::is_uppercase)
}

/// May a sentence end after this token, which ends in a full stop and is longer than it?
pub(super) fn ending(token: &str) -> Ending {
    match ABBREVIATIONS.get(token) {
        Some("end") => Ending::Perhaps,
        Some(_) => Ending::Never,
        None if is_acronym(token) => Ending::Perhaps,
        None => Ending::Never,
    }
}

/// "The", "He", "But": a capital that tells a new sentence from a name.
pub(super) fn starts_sentence(word: &str) -> bool {
    SENTENCE_STARTERS.has(word)
}
