//! Words in quotation marks without a cue: they are the last speaker's.
//!
//! In: the drafts of a document, in the order of the text. Out: a speaker for those in marks that
//! have none. "Ann Lee was angry. “Nobody asked us.”": the last who spoke in this paragraph or the
//! one before, or else the subject of the sentence before.

use super::Draft;
use super::reading::Reading;
use super::speaker::{self, Speaker};
use crate::syntax::{Deprel, Upos};
use crate::text::TokenId;

/// Gives speakers to drafts without a cue and a speaker.
pub(super) fn give_speakers(reading: &Reading, drafts: &mut [Draft]) {
    let mut last: Option<(u32, Speaker)> = None;
    for draft in drafts {
        let Some(first) = draft.segments.first() else { continue };
        let token = reading.token_from(first.start);
        let Some((id, sentence)) = reading.sentence(token) else { continue };
        if draft.cue.is_none() && draft.speaker.is_none() {
            let spoke = last.filter(|(paragraph, _)| sentence.paragraph - paragraph <= 1).map(|(_, s)| s);
            let previous =
                id.at().checked_sub(1).filter(|_| sentence.zone == crate::document::ZoneKind::Body);
            draft.speaker = spoke.or_else(|| previous.and_then(|at| subject(reading, at)));
        }
        if let Some(speaker) = draft.speaker {
            let end = draft.segments.last().map_or(token, |s| reading.token_from(s.end.saturating_sub(1)));
            let paragraph = reading
                .sentence(TokenId(end.0.saturating_sub(1)))
                .map_or(sentence.paragraph, |(_, s)| s.paragraph);
            last = Some((paragraph.min(sentence.paragraph.max(paragraph)), speaker));
        }
    }
}

/// The subject of a sentence's main verb, if it can speak.
fn subject(reading: &Reading, sentence: usize) -> Option<Speaker> {
    let tree = reading.trees.get(sentence)?;
    let root = tree.tokens().find(|t| tree.head(*t).is_none())?;
    let subject = tree.child(root, Deprel::Nsubj)?;
    matches!(reading.upos(subject), Upos::Propn | Upos::Pron | Upos::Noun)
        .then(|| speaker::phrase(reading, tree, subject, root))
}
