//! Words that stand beside their cue, set off by commas: "…, he said", "as Lee told us, …",
//! "according to Lee, …".
//!
//! In: a cue. Out: the one or two runs of tokens around its clause or phrase. Punctuation decides;
//! the tree only says where a subject ends.

use super::content::{Content, Runs};
use super::cue::{self, Cue};
use super::reading::Reading;
use super::speaker;
use crate::document::ZoneKind;
use crate::relation::time;
use crate::syntax::{Tree, Upos, Xpos};
use crate::text::TokenId;

/// "As Lee told the court, [the bridge was closed]", "[The bridge], as Lee noted, [is closed]".
pub(super) fn beside_as(reading: &Reading, tree: &Tree, cue: &Cue) -> Option<Runs> {
    let verb = cue.token;
    let (_, sentence) = reading.sentence(verb)?;
    if cue.grade("c") < 7 || !cue::is_finite(reading, verb) {
        return None;
    }
    let subject = speaker::nearest_subject(tree, verb).filter(|s| *s < verb)?;
    let before = TokenId(tree.edges(subject).0.0.checked_sub(1)?);
    if before < sentence.first || reading.lower(before) != "as" {
        return None;
    }
    let stop =
        (verb.0 + 1..sentence.end.0).find(|t| matches!(reading.word(TokenId(*t)), "," | "—" | "–" | "-"));
    let final_token = TokenId(sentence.end.0.checked_sub(1)?);
    let mut runs = Vec::new();
    if before > sentence.first {
        if !reading.is_punct(TokenId(before.0 - 1)) {
            return None;
        }
        runs.push((sentence.first, TokenId(before.0 - 1)));
    }
    if let Some(stop) = stop.filter(|stop| *stop < final_token.0) {
        runs.push((TokenId(stop + 1), final_token));
    }
    let whole = runs.iter().any(|(a, b)| (a.0..=b.0).any(|t| cue::is_finite(reading, TokenId(t))));
    whole.then_some(runs)
}

/// The sentence around a cue's clause that a comma sets off: "…, he said." and "…, he said, …".
pub(super) fn around(reading: &Reading, tree: &Tree, verb: TokenId, addressed: bool) -> Option<Runs> {
    let (_, sentence) = reading.sentence(verb)?;
    if !cue::is_finite(reading, verb) {
        return None;
    }
    // The clause of the cue: its subject, helpers and adverbs, back to a comma.
    let mut first = verb;
    let low = sentence.first.0.max(verb.0.saturating_sub(40));
    for token in (low..verb.0).rev().map(TokenId) {
        if matches!(reading.word(token), "," | "—" | "–" | "-" | ";") && is_clause_break(tree, token, verb)
        {
            break;
        }
        first = token;
    }
    let comma = TokenId(first.0.checked_sub(1)?);
    if comma <= sentence.first || reading.word(comma) != "," && reading.word(comma) != "—" {
        return None;
    }
    let left = (sentence.first, TokenId(comma.0 - 1));
    if matches!(reading.upos(first), Upos::Cconj | Upos::Sconj) || is_relative(reading, first) {
        return None;
    }
    // "Lee, the mayor, confirmed the report that …": the words of "confirmed" follow it.
    let after = TokenId(verb.0 + 1);
    let noun_follows = after < sentence.end
        && matches!(reading.upos(after), Upos::Det | Upos::Propn | Upos::Noun | Upos::Pron | Upos::Adj)
        && !time::is_time(reading.word(after));
    let headline = sentence.zone == ZoneKind::Title;
    let is_sentence = (left.0.0..=left.1.0).map(TokenId).any(|t| cue::is_finite(reading, t));
    let fits =
        if first == verb { noun_follows && (is_sentence || headline) } else { !noun_follows || addressed };
    if !fits {
        return None;
    }
    // The rest of the cue's clause, up to a comma.
    let mut end = verb;
    while end.0 + 1 < sentence.end.0 && !matches!(reading.word(TokenId(end.0 + 1)), "," | "—" | ";") {
        end = TokenId(end.0 + 1);
    }
    let tail = TokenId(end.0 + 2);
    if tail < sentence.end && reading.word(TokenId(end.0 + 1)) == "," && goes_on(reading, tail, is_sentence) {
        let mut last = TokenId(sentence.end.0 - 1);
        while last > tail && reading.is_punct(last) {
            last = TokenId(last.0 - 1);
        }
        return Some(vec![left, (tail, last)]);
    }
    // A headline's verbs have no tense: "Talks to fail, minister says".
    (is_sentence || headline).then(|| vec![left])
}

/// True if the words after the cue's clause finish the sentence before it: "The talks, he said, will
/// go on", not "The talks will go on, said Lee, a minister".
fn goes_on(reading: &Reading, tail: TokenId, is_sentence: bool) -> bool {
    reading.xpos(tail) != Xpos::VBG && (!is_sentence || reading.quoted(tail).is_some())
}

/// A comma of a list or an apposition inside the subject ("Jane Doe, a teacher, said") does not end
/// the cue's clause.
fn is_clause_break(tree: &Tree, comma: TokenId, verb: TokenId) -> bool {
    let Some(subject) = speaker::nearest_subject(tree, verb) else { return true };
    let (low, high) = tree.edges(subject);
    !(low < comma && comma <= high && subject < comma)
}

fn is_relative(reading: &Reading, token: TokenId) -> bool {
    matches!(reading.xpos(token), Xpos::WDT | Xpos::WP | Xpos::WRB)
}

/// "According to X, CONTENT", "CONTENT, according to X", "CON, according to X, TENT".
pub(super) fn beside_phrase(reading: &Reading, tree: &Tree, cue: &Cue) -> Option<Content> {
    let (_, sentence) = reading.sentence(cue.token)?;
    let stop = |t: TokenId| matches!(reading.word(t), "," | ";" | "—" | "–");
    let speaker = source(reading, tree, cue)?;
    let mut end = speaker;
    while end.0 + 1 < sentence.end.0 && !stop(TokenId(end.0 + 1)) {
        end = TokenId(end.0 + 1);
    }
    // "According to Lee the bridge was closed": no comma, so the phrase ends where the tree says.
    let opens = cue.token.0 <= sentence.first.0 + 1;
    let relative = (speaker.0..end.0).any(|t| is_relative(reading, TokenId(t)));
    let swallowed = !relative && (speaker.0..=end.0).any(|t| cue::is_finite(reading, TokenId(t)));
    if opens && swallowed {
        let phrase = speaker::phrase(reading, tree, speaker, cue.token).span;
        let last = TokenId(reading.token_from(phrase.end).0.saturating_sub(1)).max(speaker);
        let tail = TokenId(last.0 + 1);
        return (tail < sentence.end).then(|| Content {
            runs: vec![(tail, TokenId(sentence.end.0 - 1))],
            grade: cue.grade("c"),
            raised: false,
        });
    }
    let final_token = TokenId(sentence.end.0.checked_sub(1)?);
    let mut runs = Vec::new();
    if cue.token > sentence.first {
        runs.push((sentence.first, TokenId(cue.token.0 - 1)));
    }
    let tail = TokenId(end.0 + 2);
    let said = runs.iter().any(|(a, b)| (a.0..=b.0).any(|t| cue::is_finite(reading, TokenId(t))));
    let follows = runs.is_empty() || reading.word(TokenId(end.0 + 1)) == "," && goes_on(reading, tail, said);
    if tail < sentence.end && follows {
        runs.push((tail, final_token));
    }
    (!runs.is_empty()).then(|| Content { runs, grade: cue.grade("c"), raised: false })
}

/// The head of the noun phrase after "according to".
pub(super) fn source(reading: &Reading, tree: &Tree, cue: &Cue) -> Option<TokenId> {
    let (_, sentence) = reading.sentence(cue.token)?;
    let after = cue.token.0 + 2;
    // The word that governs the words after "to", up to a comma or a verb: in "according to Lee, the
    // bridge was closed" a tree may hang "Lee" under "closed".
    let mut head = TokenId(after);
    if head >= sentence.end {
        return None;
    }
    let limit =
        (after..sentence.end.0).find(|t| reading.is_punct(TokenId(*t)) || reading.is_verb(TokenId(*t)));
    let limit = limit.unwrap_or(sentence.end.0).max(after + 1);
    for _ in 0..8 {
        match tree.head(head) {
            Some(next) if next.0 >= after && next.0 < limit => head = next,
            _ => break,
        }
    }
    Some(head)
}
