//! What a sentence asks, and what it announces in the present tense.
//!
//! In: a trigger of a [`Scene`]. Out: whether a question leaves it open ("Has he met her?"; "Why did he leave?" takes
//! that he left for granted), and whether it is on somebody's calendar ("Rice meets Abbas Monday").

use super::scene::{MAX_DEPTH, Scene};
use crate::syntax::{Deprel, Xpos};
use crate::text::TokenId;

crate::word_list!(SCHEDULED, "scheduled.txt");
crate::word_list!(CALENDAR, "calendar.txt");

impl Scene<'_> {
    /// True for a verb of a question that is answered by yes or no.
    pub(super) fn is_open_question(&self, trigger: TokenId) -> bool {
        if !self.is_verbal(trigger) {
            return false;
        }
        let mut at = trigger;
        for _ in 0..MAX_DEPTH {
            match self.dep(at) {
                Deprel::Ccomp | Deprel::Xcomp | Deprel::Conj => {}
                Deprel::Root | Deprel::Parataxis => return self.asks_yes_or_no(at),
                _ => return false,
            }
            // "Do you know that Iran attacked?": what has a subject and a tense of its own, is asked about only
            // where one is asked for an opinion.
            let Some(head) = self.head(at) else { return false };
            let opinion = matches!(self.tree.lemma(head), "think" | "believe" | "expect" | "say" | "know");
            if self.dep(at) == Deprel::Ccomp && !opinion {
                return false;
            }
            at = head;
        }
        false
    }

    /// "Is it …?", "Will they …?": an auxiliary before the subject, no word that asks for a part.
    fn asks_yes_or_no(&self, verb: TokenId) -> bool {
        let children = self.tree.children(verb);
        if !children.iter().any(|c| self.is(*c, "?") && *c > verb) {
            return false;
        }
        let subject = self.children(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).next();
        let Some(subject) = subject.filter(|s| *s < verb) else { return false };
        let auxiliaries = [Deprel::Aux, Deprel::AuxPass, Deprel::Cop];
        let inverted = self.children(verb, &auxiliaries).any(|a| a < subject);
        let (low, _) = self.tree.edges(verb);
        let part = (low.0..subject.0)
            .map(TokenId)
            .any(|t| matches!(self.xpos(t), Xpos::WRB | Xpos::WP | Xpos::WPS | Xpos::WDT));
        inverted && !part
    }

    /// "meets him Monday", "arrives next week": the present tense with a day tells a plan.
    pub(super) fn is_scheduled(&self, verb: TokenId) -> bool {
        let present = matches!(self.xpos(verb), Xpos::VBZ | Xpos::VBP);
        if !present || !SCHEDULED.has(self.tree.lemma(verb)) || self.has(verb, &[Deprel::Aux]) {
            return false;
        }
        let (_, end) = self.window(verb, 12);
        let last = |t: TokenId| t.0 > 0 && self.is(TokenId(t.0 - 1), "last");
        let day = |t: TokenId| CALENDAR.has(&self.word(t).to_lowercase()) && !last(t);
        let near = (verb.0 + 1..end.0).map(TokenId).find(|t| day(*t));
        near.is_some_and(|t| {
            let above = self.head(t);
            above == Some(verb) || above.is_some_and(|a| self.head(a) == Some(verb) && !self.is_verbal(a))
        })
    }
}
