//! Words that are two tokens: "Blinken's", "can't", "they'll", "cannot".
//!
//! In: a word's bytes. Out: one, two or three spans. Left out: a possessive after s ("writers'"),
//! whose apostrophe the tokeniser cuts off as a mark.

use super::token::is_apostrophe;
use crate::text::Span;
use crate::word_list;

word_list!(CONTRACTIONS, "contractions.txt");

/// True for what follows an apostrophe in a clitic: "s", "ll", "re".
pub(super) fn is_ending(word: &str) -> bool {
    matches!(word.len(), 1 | 2)
        && ["s", "m", "d", "t", "re", "ve", "ll"].iter().any(|ending| ending.eq_ignore_ascii_case(word))
}

/// True for words that lost their beginning: "'em", "'til".
pub(super) fn is_elision(word: &str) -> bool {
    ["em", "til", "cause", "n", "bout", "tis", "twas"].iter().any(|e| e.eq_ignore_ascii_case(word))
}

/// Appends the tokens of the word `text[start..end]`.
pub(super) fn push_word(text: &str, start: usize, end: usize, tokens: &mut Vec<Span>) {
    let mut cuts: [usize; 3] = [start; 3];
    let mut stop = end;
    for slot in cuts.iter_mut().rev() {
        let Some(cut) = text.get(start..stop).and_then(last_cut) else { break };
        stop = start + cut;
        *slot = stop;
    }
    let mut from = start;
    for cut in cuts {
        if cut > from {
            tokens.push(Span::new(from, cut));
            from = cut;
        }
    }
    if end > from {
        tokens.push(Span::new(from, end));
    }
}

/// Where the last clitic of a word begins; `None` if it has none.
fn last_cut(word: &str) -> Option<usize> {
    let tail_from = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    let tail = word.get(tail_from..)?;
    if let Some((at, mark)) = tail.char_indices().find(|(_, c)| is_apostrophe(*c)) {
        let apostrophe = tail_from + at;
        let ending = word.get(apostrophe + mark.len_utf8()..)?;
        if ending.eq_ignore_ascii_case("t") {
            // "don't": the n belongs to the clitic.
            let head = word.get(..apostrophe)?;
            let cut = apostrophe.checked_sub(1)?;
            return (cut > 0 && head.ends_with(['n', 'N'])).then_some(cut);
        }
        return (apostrophe > 0 && is_ending(ending)).then_some(apostrophe);
    }
    if word.len() > 7
        || !word.is_ascii()
        || !matches!(word.as_bytes().last(), Some(b't' | b'T' | b'a' | b'o' | b'e' | b's'))
    {
        return None;
    }
    let cut = CONTRACTIONS.get(&word.to_ascii_lowercase())?.parse().ok()?;
    (cut < word.len()).then_some(cut)
}
