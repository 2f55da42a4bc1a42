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
//! A transcript is a document with at least two paragraphs that begin so, in capital letters.
//! Left out: interviews whose labels are set in small letters.

use super::direct::named;
use super::reading::Reading;
use super::speaker::Speaker;
use crate::document::{Sentence, ZoneKind};
use crate::syntax::Upos;
use crate::text::{Span, TokenId};
use crate::word_list;

word_list!(
    /// First words of a headline with a colon, which labels nobody.
    HEADINGS,
    "label_headings.txt"
);

/// How many tokens a label has at most.
const LABEL: u32 = 7;

/// Words that a label gives to somebody.
#[derive(Clone, Debug)]
pub(super) struct Labelled {
    pub segments: Vec<Span>,
    pub speaker: Speaker,
}

/// The speeches of a transcript; none if the document is no transcript.
pub(super) fn transcript(reading: &Reading) -> Vec<Labelled> {
    let mut found: Vec<Labelled> = Vec::new();
    let mut labels = 0;
    let mut open = false;
    let paragraphs =
        reading.document.sentences.chunk_by(|a, b| a.paragraph == b.paragraph && a.zone == b.zone);
    for paragraph in paragraphs {
        let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { continue };
        let end = TokenId(last.end.0.saturating_sub(1));
        if let Some((colon, speaker)) = label(reading, first) {
            let words = reading.trimmed(TokenId(colon.0 + 1), end);
            labels += 1;
            open = words.is_some();
            found.extend(words.map(|w| Labelled { segments: vec![w], speaker }));
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
    if labels < 2 { Vec::new() } else { found }
}

/// The name in capital letters before a colon at the start of a paragraph.
fn label(reading: &Reading, first: &Sentence) -> Option<(TokenId, Speaker)> {
    if first.zone == ZoneKind::Title || HEADINGS.has(reading.word(first.first)) {
        return None;
    }
    let begin = if is_mark(reading.word(first.first)) { TokenId(first.first.0 + 1) } else { first.first };
    let colon = reading.document.label_colon(begin.0..first.end.0.min(begin.0 + LABEL), |_| false)?;
    let span = reading.trimmed(begin, TokenId(colon.0.checked_sub(1)?))?;
    let mention = (begin.0..colon.0).rev().find_map(|t| reading.mention(TokenId(t)));
    let argument = mention.map(|m| crate::relation::Argument { entity: m.entity, span: m.span });
    Some((colon, Speaker { span, argument }))
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
