//! What is said or asked: where the CONTENT of a frame begins, and which words it covers.
//!
//! In: a CONTENT slot and the phrases around a trigger. Out: the head of a clause or phrase: "to act" of
//! "urged China to act", "Iran will act" of "Iran will act, Zhao said". Which relations stand inside is
//! for `nesting` to say.

use super::clause::{Found, sure};
use super::matching::{Hosts, Match};
use super::scene::Scene;
use crate::lexicon::frame::{Place, Slot};
use crate::syntax::{Deprel, Xpos};
use crate::text::{Span, TokenId};

impl Scene<'_> {
    /// The head of what is said or asked.
    pub(super) fn content(&self, slot: &Slot, hosts: &Hosts<'_>) -> Option<Found> {
        let verb = hosts.clause.verb;
        let children = |deps: &[Deprel]| {
            let on_verb = self.children(verb, deps);
            let on_literals = hosts.literals.iter().flat_map(|l| self.children(*l, deps));
            on_verb.chain(on_literals).collect::<Vec<_>>()
        };
        let clauses = [Deprel::Ccomp, Deprel::Xcomp, Deprel::Advcl, Deprel::Acl];
        match &slot.place {
            Place::Marked(marks) if marks.iter().any(|m| m == "that") => {
                let complement = children(&[Deprel::Ccomp]).into_iter().next();
                complement.map(sure).or_else(|| self.parenthetical(verb))
            }
            Place::Marked(marks) => {
                let clause = children(&clauses).into_iter().find(|c| *c > verb && self.marked_by(*c, marks));
                if clause.is_some() {
                    return clause.map(sure);
                }
                let object = hosts.clause.objects.first().map(|o| o.token);
                let on_object =
                    object.into_iter().flat_map(|o| self.children(o, &[Deprel::Acl, Deprel::Advcl]));
                let on_object =
                    on_object.filter(|c| self.marked_by(*c, marks)).map(|c| sure(c).times(0.9)).next();
                on_object.or_else(|| {
                    let infinitive = marks.iter().any(|m| m == "to");
                    let phrase = self.slot_tokens(slot, hosts).into_iter().next();
                    // "agreed to the truce" is a phrase; "to" before a name is an addressee.
                    phrase.filter(|p| !infinitive || self.mention(p.token).is_none())
                })
            }
            _ => {
                let clause = children(&[Deprel::Xcomp, Deprel::Ccomp]).into_iter().find(|c| *c > verb);
                clause.map(sure).or_else(|| self.slot_tokens(slot, hosts).into_iter().next())
            }
        }
    }

    /// "China, Zhao said, will act": "said" hangs on what is said.
    fn parenthetical(&self, verb: TokenId) -> Option<Found> {
        if self.dep(verb) != Deprel::Parataxis {
            let after = self.children(verb, &[Deprel::Parataxis]).next();
            return after.filter(|p| self.is_verbal(*p)).map(|p| sure(p).times(0.8));
        }
        let head = self.head(verb)?;
        self.is_verbal(head).then(|| sure(head).times(0.9))
    }

    /// The words of what is said: a clause, without the parenthetical that says who.
    pub(super) fn content_span(&self, found: &Match<'_>) -> Option<Span> {
        let head = found.content?.token;
        if !self.is_under(found.trigger, head) {
            return Some(self.phrase(head));
        }
        // The verb of saying stands under its content: what lies before or after its own phrase.
        let (low, high) = self.tree.edges(head);
        let (own_low, own_high) = self.tree.edges(found.trigger);
        let (start, end) = if head < found.trigger && own_low > low {
            if own_high < high { (low, high) } else { (low, TokenId(own_low.0 - 1)) }
        } else if own_high < high {
            (TokenId(own_high.0 + 1), high)
        } else {
            (low, high)
        };
        Some(self.trimmed(start, end))
    }

    fn trimmed(&self, mut low: TokenId, mut high: TokenId) -> Span {
        while low < high && matches!(self.xpos(low), Xpos::Comma | Xpos::Stop) {
            low = TokenId(low.0 + 1);
        }
        while high > low && matches!(self.xpos(high), Xpos::Comma | Xpos::Stop) {
            high = TokenId(high.0 - 1);
        }
        self.span(low).cover(self.span(high))
    }
}
