//! The dictionary form of a word, by rule.

use super::label::{Upos, Xpos};

/// The dictionary form of `word`, lower-case but for names.
#[must_use]
pub fn lemma(word: &str, upos: Upos, _xpos: Xpos) -> String {
    if upos == Upos::Propn { word.to_owned() } else { word.to_lowercase() }
}
