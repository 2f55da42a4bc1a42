//! Notes of a transcript in brackets: "(Via interpreter)", "(In Spanish.)", "(Laughter)".
//!
//! In: a token. Out: whether it stands in such a note. Nobody is named there.

use super::reading::{Reading, lower};
use crate::word_list;

word_list!(
    /// What stands in such brackets.
    NOTES,
    "stage_notes.txt"
);

/// How many words stand in the brackets at most.
const LONG: u32 = 5;

/// True if a token stands in the brackets of a note.
pub(super) fn is_note(reading: Reading<'_>, token: u32) -> bool {
    let closes = |t: u32| matches!(reading.word(t), ")" | "]");
    let opens = |t: u32| matches!(reading.word(t), "(" | "[");
    let Some(open) = (token.saturating_sub(LONG)..token).rev().find(|t| opens(*t) || closes(*t)) else {
        return false;
    };
    let Some(close) = (token + 1..token + LONG + 1).find(|t| closes(*t) || opens(*t)) else { return false };
    if !opens(open) || !closes(close) || close - open > LONG + 1 {
        return false;
    }
    let last = if reading.word(close - 1) == "." { close - 1 } else { close };
    let mut buffer = String::new();
    let words = lower(reading.words(open + 1, last), &mut buffer);
    // "(in Spanish)", but not "(in Berlin, Germany)" or "(In Norway he is known.)".
    let language = words.strip_prefix("in ").is_some_and(|rest| {
        !rest.contains(' ') && (rest.ends_with("sh") || rest.ends_with("an") || rest.ends_with("ese"))
    });
    NOTES.has(words) || language
}
