//! Where the words that a cue governs end.
//!
//! In: a cue's verb, the first token of its content, the last that the tree gives it. Out: the last
//! token that is really said. Words up to the next comma belong to it; a cue of its own, a remark on
//! a noun phrase and the time of saying do not:
//!
//! ```text
//! He said [the talks would go on] , adding that …
//! He praised [the plan] , which had failed , in July .
//! ```

use super::cue::{self, Shape};
use super::reading::Reading;
use crate::relation::time;
use crate::syntax::{Deprel, Tree, Upos, Xpos};
use crate::text::TokenId;

/// Where a clause that begins at `first` and that the tree ends at `last` really ends.
///
/// Words up to the next comma or dash belong to it, unless they are conjoined with the cue itself
/// ("said it was over and left the room"); words in marks stay whole ("said it was “a farce”"). It
/// ends before a comma and a cue of its own ("…, adding that", "…, though she admitted").
pub(super) fn clause_end(
    reading: &Reading,
    tree: &Tree,
    verb: TokenId,
    first: TokenId,
    last: TokenId,
) -> TokenId {
    let Some((_, sentence)) = reading.sentence(verb) else { return last };
    let mut end = (first.0..=last.0)
        .map(TokenId)
        .find(|t| other_cue_follows(reading, verb, *t, last))
        .map_or(last, |t| TokenId(t.0.saturating_sub(1)));
    if end < last {
        return end.max(first);
    }
    loop {
        if let Some(stretch) = reading.quoted(end).and_then(|q| reading.stretches.get(q)) {
            let stop = reading.token_from(stretch.outer.end).0.saturating_sub(1);
            let ended = stretch
                .pieces
                .last()
                .is_some_and(|p| reading.document.str(*p).ends_with([',', '.', '?', '!']));
            if TokenId(stop) > end || ended {
                end = end.max(TokenId(stop)).min(TokenId(sentence.end.0.saturating_sub(1)));
                if ended {
                    break;
                }
            }
        }
        let next = TokenId(end.0 + 1);
        if next >= sentence.end
            || (reading.is_punct(next)
                && (reading.quoted(next).is_none() || reading.quoted(next) == reading.quoted(end)))
        {
            break;
        }
        if matches!(reading.upos(next), Upos::Cconj | Upos::Sconj)
            && belongs_to_cue(tree, verb, next, sentence.end)
        {
            break;
        }
        end = next;
    }
    end
}

/// "said it was over and called it a farce": the conjunction goes on with the cue's subject and tense.
fn resumes_cue(reading: &Reading, verb: TokenId, conjunction: TokenId) -> bool {
    let mut at = TokenId(conjunction.0 + 1);
    while reading.upos(at) == Upos::Adv && at.0 < conjunction.0 + 3 {
        at = TokenId(at.0 + 1);
    }
    reading.is_verb(at)
        && reading.xpos(at) == reading.xpos(verb)
        && matches!(reading.xpos(at), Xpos::VBD | Xpos::VBZ | Xpos::VBP)
        && cue::at(reading, at).is_some_and(|c| c.shape == Shape::Verb && c.is_speech())
}

/// What follows a comma and is no part of a noun phrase that somebody speaks of: "backed Lee, who had
/// left", "praised the plan, calling it brave".
pub(super) const REMARKS: [Xpos; 6] = [Xpos::WDT, Xpos::WP, Xpos::WRB, Xpos::VBG, Xpos::IN, Xpos::VBN];

/// The same after an infinitive: "vowed to bolster its forces, reversing its course".
pub(super) const REMARKS_ON_PLANS: [Xpos; 2] = [Xpos::WDT, Xpos::VBG];

/// The token before the first comma that a remark follows, outside quotation marks; `last` if none.
pub(super) fn before_remark(reading: &Reading, first: TokenId, last: TokenId, signs: &[Xpos]) -> TokenId {
    let comma = (first.0 + 1..last.0).map(TokenId).find(|t| {
        let next = TokenId(t.0 + 1);
        let conjunction = reading.xpos(next) == Xpos::IN && reading.upos(next) != Upos::Sconj;
        reading.word(*t) == ","
            && reading.quoted(*t).is_none()
            && signs.contains(&reading.xpos(next))
            && !conjunction
            && reading.lower(next) != "including"
    });
    comma.map_or(last, |t| TokenId(t.0 - 1))
}

/// "in July", "after the vote", "during the debate": when it was said, not what.
pub(super) fn is_circumstance(reading: &Reading, first: TokenId) -> bool {
    let next = reading.word(TokenId(first.0 + 1));
    time::is_time(reading.word(first))
        || time::is_time(next)
        || matches!(
            reading.lower(first).as_str(),
            "after" | "before" | "during" | "when" | "while" | "since" | "until"
        )
}

/// True where a comma at `token` is followed by a cue: ", adding", ", though she admitted", or a
/// conjunction by one.
fn other_cue_follows(reading: &Reading, verb: TokenId, token: TokenId, last: TokenId) -> bool {
    if reading.quoted(token).is_some() {
        return false;
    }
    let next = TokenId(token.0 + 1);
    if reading.upos(token) == Upos::Cconj {
        return resumes_cue(reading, verb, token);
    }
    if !matches!(reading.word(token), "," | ";" | "—" | "–" | "--") {
        return false;
    }
    if cue::at(reading, next).is_some_and(|c| c.shape == Shape::AccordingTo) {
        return true;
    }
    let speech = |t: TokenId| {
        reading.is_verb(t) && cue::at(reading, t).is_some_and(|c| c.shape == Shape::Verb && c.grade("c") >= 7)
    };
    let remark = |t: TokenId| {
        reading.is_verb(t)
            && cue::at(reading, t).is_some_and(|c| {
                c.shape == Shape::Verb && (c.grade("c") >= 7 || c.grade("n") >= 6 || c.grade("for") >= 6)
            })
    };
    let participle = (next.0..last.0.min(next.0 + 3))
        .map(TokenId)
        .take_while(|t| *t == next || reading.upos(TokenId(t.0.saturating_sub(1))) == Upos::Adv);
    if participle.into_iter().any(|t| reading.xpos(t) == Xpos::VBG && remark(t)) {
        return true;
    }
    matches!(reading.upos(next), Upos::Cconj | Upos::Sconj)
        && (next.0 + 1..last.0.min(next.0 + 7))
            .map(TokenId)
            .find(|t| reading.is_verb(*t))
            .is_some_and(|t| speech(t) && matches!(reading.xpos(t), Xpos::VBD | Xpos::VBZ | Xpos::VBP))
}

/// True if the conjunction at `token` joins a clause to the cue.
fn belongs_to_cue(tree: &Tree, verb: TokenId, token: TokenId, end: TokenId) -> bool {
    let Some(mut governor) = tree.head(token) else { return false };
    for _ in 0..4 {
        if governor >= end {
            return false;
        }
        match tree.head(governor) {
            Some(head) if head == verb => {
                return matches!(tree.dep(governor), Deprel::Conj | Deprel::Advcl | Deprel::Parataxis);
            }
            Some(head) if head > token => governor = head,
            _ => return false,
        }
    }
    false
}
