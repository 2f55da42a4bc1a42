//! Words after a name and a colon: transcripts and headlines.
//!
//! In: a [`Reading`]. Out: the paragraphs of a transcript as words said directly, and headlines as
//! words retold:
//!
//! ```text
//! LEE: The bridge is closed.            direct: LEE | The bridge is closed.
//! Lee: Bridge will stay closed          indirect: Lee | Bridge will stay closed
//! Bridge will stay closed: mayor        indirect: mayor | Bridge will stay closed
//! ```
//!
//! Which paragraphs begin with a label, the document tells (its turns).

use std::ops::Range;

use super::direct::named;
use super::reading::Reading;
use super::speaker::Speaker;
use crate::document::{Sentence, ZoneKind};
use crate::syntax::Upos;
use crate::text::{Span, TokenId};

/// Words that a label gives to somebody.
#[derive(Clone, Debug)]
pub(super) struct Labelled {
    pub segments: Vec<Span>,
    pub speaker: Speaker,
}

/// The speeches of a transcript; none if the document is no transcript.
pub(super) fn transcript(reading: &Reading) -> Vec<Labelled> {
    let mut found: Vec<Labelled> = Vec::new();
    let mut turns = reading.document.turns().into_iter().peekable();
    if turns.peek().is_none() {
        return found;
    }
    let mut open = false;
    let paragraphs =
        reading.document.sentences.chunk_by(|a, b| a.paragraph == b.paragraph && a.zone == b.zone);
    for paragraph in paragraphs {
        let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { continue };
        let end = TokenId(last.end.0.saturating_sub(1));
        if let Some(turn) = turns.next_if(|turn| turn.words < last.end) {
            let words = reading.trimmed(turn.words, end).zip(speaker(reading, turn.label));
            open = words.is_some();
            found.extend(words.map(|(w, speaker)| Labelled { segments: vec![w], speaker }));
        } else if let Some(speech) = found.last_mut().filter(|_| open && is_mark(reading.word(first.first))) {
            // A paragraph that opens a mark goes on with the speech; "(APPLAUSE)" does not.
            match reading
                .trimmed(TokenId(first.first.0 + 1), end)
                .filter(|_| reading.word(TokenId(first.first.0 + 1)) != "(")
            {
                Some(words) => speech.segments.push(words),
                None => open = false,
            }
        } else {
            open = false;
        }
    }
    found
}

/// Whom a label names.
fn speaker(reading: &Reading, label: Range<u32>) -> Option<Speaker> {
    let span = reading.trimmed(TokenId(label.start), TokenId(label.end.checked_sub(1)?))?;
    let mention = label.rev().find_map(|t| reading.mention(TokenId(t)));
    let argument = mention.map(|m| crate::relation::Argument { entity: m.entity, span: m.span });
    Some(Speaker { span, argument })
}

fn is_mark(word: &str) -> bool {
    matches!(word, "“" | "\"" | "''" | "``" | "‘")
}

/// The headline's words and who says them.
pub(super) fn headline(reading: &Reading, sentence: &Sentence) -> Option<Labelled> {
    if sentence.zone != ZoneKind::Title || sentence.end.0 - sentence.first.0 > 40 {
        return None;
    }
    let colon = sentence.tokens().find(|t| reading.word(*t) == ":")?;
    let after = TokenId(colon.0 + 1);
    let last = TokenId(sentence.end.0.checked_sub(1)?);
    let (before_words, after_words) = (colon.0 - sentence.first.0, last.0.saturating_sub(colon.0));
    let has_name = |from: TokenId, end: TokenId| {
        (from.0..end.0).map(TokenId).any(|t| reading.mention(t).is_some() || reading.upos(t) == Upos::Propn)
    };
    if before_words <= 5 && after_words >= 3 && has_name(sentence.first, colon) {
        let (_, speaker) = named(reading, sentence.first, colon)?;
        return Some(Labelled { segments: vec![reading.trimmed(after, last)?], speaker: speaker? });
    }
    let has_verb = (sentence.first.0..colon.0).any(|t| reading.is_verb(TokenId(t)));
    if after_words <= 4 && has_verb && !reading.is_verb(after) {
        let (_, speaker) = named(reading, after, sentence.end)?;
        let words = reading.trimmed(sentence.first, TokenId(colon.0.checked_sub(1)?))?;
        return Some(Labelled { segments: vec![words], speaker: speaker? });
    }
    None
}
