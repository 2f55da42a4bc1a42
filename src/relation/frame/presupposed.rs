//! What a sentence takes for granted, whatever it says around it.
//!
//! In: a trigger of a [`Scene`]. Out: whether it is told as a fact: "hoped that its war on Spain would end",
//! "must stop its attacks", "called on those who attacked Spain". What is owned is, as the subject of a verb that
//! tells no happening, as the object of a verb of `presupposing.txt`, and as a reason.

use super::scene::{MAX_DEPTH, Scene};
use crate::lexicon::frame::{Frame, Shape};
use crate::syntax::{Deprel, Upos, Xpos};
use crate::text::TokenId;

crate::word_list!(PRESUPPOSING, "presupposing.txt");
crate::word_list!(HAPPENINGS, "happenings.txt");
crate::word_list!(REASONS, "reasons.txt");

impl Scene<'_> {
    /// True for an event noun whose verb says nothing about whether it happens.
    pub(super) fn is_presupposed(&self, noun: TokenId) -> bool {
        let Some(head) = self.head(noun).filter(|_| self.upos(noun) == Upos::Noun) else { return false };
        let owned = || self.has(noun, &[Deprel::NmodPoss]);
        let lemma = self.tree.lemma(head);
        match self.dep(noun) {
            Deprel::Nsubj if self.is_passive(head) => false,
            Deprel::Nsubj => {
                (owned() || self.is_named_fact(noun, head))
                    && !HAPPENINGS.has(lemma)
                    && !super::LIGHT_VERBS.has(lemma)
            }
            // "discussed U.S. support for Peru", "discussed ongoing cooperation"
            Deprel::Obj | Deprel::NsubjPass => {
                let going_on = || {
                    let now = ["ongoing", "recent", "current", "existing", "continuing", "continued"];
                    self.children(noun, &[Deprel::Amod]).any(|a| now.iter().any(|w| self.is(a, w)))
                };
                PRESUPPOSING.has(lemma) && (owned() || self.has_actor(noun) || going_on())
            }
            Deprel::Obl | Deprel::Nmod => {
                // "following the U.S.-led invasion": what it follows has happened.
                let after = self.marked_by(noun, &["after", "following", "since", "despite", "amid"]);
                let event = || {
                    let noun_frame = |f: &Frame| f.shape == Shape::Noun;
                    self.lexicon.frames.triggered_by(self.tree.lemma(noun)).any(noun_frame)
                };
                after && event()
                    || owned() && self.markers(noun).any(|m| REASONS.has(&self.word(m).to_lowercase()))
            }
            _ => false,
        }
    }

    /// "Israeli strikes are not helpful": who strikes is told, and the verb is in the indicative.
    fn is_named_fact(&self, noun: TokenId, verb: TokenId) -> bool {
        self.has_actor(noun) && !self.children(verb, &[Deprel::Aux]).any(|a| self.xpos(a) == Xpos::MD)
    }

    /// "Israeli strikes", "U.S. support"
    fn has_actor(&self, noun: TokenId) -> bool {
        self.children(noun, &[Deprel::Amod, Deprel::Compound]).any(|c| self.mention(c).is_some())
    }

    /// True for what a content tells by the way: an owned noun, or a relative clause in the past.
    pub(super) fn is_told_as_fact(&self, trigger: TokenId, content: TokenId) -> bool {
        let mut at = trigger;
        for _ in 0..MAX_DEPTH {
            if at == content {
                return false;
            }
            let past = self.xpos(at) == Xpos::VBD
                || self.children(at, &[Deprel::Aux, Deprel::AuxPass]).any(|a| self.xpos(a) == Xpos::VBD);
            if self.dep(at) == Deprel::AclRelcl && past || self.is_presupposed(at) {
                return true;
            }
            match self.head(at) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }
}
