//! Where the tree broke: a frame read off the order of the words alone.
//!
//! In: a word that could be the trigger of a frame such as `SUBJECT bump elbow with OBJECT`, whatever
//! its tag. Out: a [`Match`] of low confidence, if the words stand as the frame has them: a name, the
//! trigger, its word, its preposition, a name. "Jane Doe, left, bumps elbows with John Roe" is a caption
//! that no parser reads. Frames without a word of their own are not read so: they would fire anywhere.

use super::clause::{Found, sure};
use super::matching::Match;
use super::scene::Scene;
use crate::entity::Mention;
use crate::lexicon::frame::{Frame, Place, Role, Shape};
use crate::syntax::Upos;
use crate::text::TokenId;

crate::word_list!(POSITIONS, "positions.txt");

/// How far a matched word stands from the one before it.
const NEAR: u32 = 4;

impl<'a> Scene<'a> {
    /// Reads a frame off the surface.
    pub(super) fn match_surface(&self, frame: &'a Frame, trigger: TokenId) -> Option<Match<'a>> {
        let ([literal], Shape::Verb) = (frame.literals.as_slice(), frame.shape) else { return None };
        let object = frame.slot(Role::Object)?;
        let Place::Marked(marks) = &object.place else { return None };
        if frame.slots.len() != 2 || !literal.marks.is_empty() || !frame.particles.is_empty() {
            return None;
        }
        let literal = self.after(trigger).find(|t| self.is_any(*t, &literal.words))?;
        let mark = self.after(literal).find(|t| self.is_any(*t, marks))?;
        let plain =
            |t: TokenId| matches!(self.upos(t), Upos::Adj | Upos::Noun | Upos::Det | Upos::Adv | Upos::Propn);
        if !(trigger.0 + 1..mark.0).map(TokenId).all(plain) {
            return None;
        }
        let whom = self.after(mark).find_map(|t| self.titled(t))?;
        let who = self.before(trigger)?;
        let subject = frame.slot(Role::Subject)?;
        let read = |m: &Mention, kinds| self.participants(Found { confidence: 0.55, ..sure(m.head) }, kinds);
        let (subjects, objects) = (read(who, subject.kinds), read(whom, object.kinds));
        if subjects.is_empty() || objects.is_empty() || who.entity == whom.entity {
            return None;
        }
        let mut found = Match {
            frame,
            predicate: frame.predicate,
            condition: frame.content,
            trigger,
            words: vec![trigger, literal],
            subjects,
            objects,
            content: None,
            topic: None,
            confidence: frame.confidence,
        };
        self.weigh(&mut found);
        Some(found)
    }

    fn after(&self, token: TokenId) -> impl Iterator<Item = TokenId> + use<> {
        (token.0 + 1..self.window(token, NEAR + 1).1.0).map(TokenId)
    }

    /// The name right before a word, but for commas and "left" or "second from right" between them.
    fn before(&self, trigger: TokenId) -> Option<&'a Mention> {
        let low = self.window(trigger, 2 * NEAR).0;
        for at in (low.0..trigger.0).rev().map(TokenId) {
            if let Some(mention) = self.mention(at) {
                let first = mention.first.0.checked_sub(1).map(TokenId).filter(|t| *t >= low);
                return first.is_none_or(|t| self.upos(t) != Upos::Adp).then_some(mention);
            }
            if self.upos(at) != Upos::Punct && !POSITIONS.has(&self.word(at).to_lowercase()) {
                return None;
            }
        }
        None
    }
}
