//! Sides that stand in contrast: "not only Oman but also Qatar", "no country but Oman", "Qatar, not Oman,", and the
//! comma of headlines ("Australia, Fiji sanction Myanmar").
//!
//! In: the head of a subject. Out: who else does it, who alone does it, who does not do it.

use super::clause::sure;
use super::scene::Scene;
use crate::document::ZoneKind;
use crate::entity::Form;
use crate::lexicon::frame::Kinds;
use crate::relation::Argument;
use crate::syntax::{Deprel, Upos, Xpos};
use crate::text::TokenId;

impl Scene<'_> {
    /// Other subjects of the same verb that the tree does not join to this one.
    pub(super) fn joined_subjects(&self, head: TokenId) -> Vec<TokenId> {
        let Some(verb) = self.head(head).filter(|v| *v > head && self.dep(head) == Deprel::Nsubj) else {
            return Vec::new();
        };
        let comma = |a: TokenId, b: TokenId| b.0 == a.0 + 2 && self.is(TokenId(a.0 + 1), ",");
        let only = self.children(head, &[Deprel::Advmod]).any(|a| self.is(a, "only"));
        let title = self.zone == ZoneKind::Title;
        let name = |t: TokenId| self.mention(t).filter(|m| m.form == Form::Name);
        let second = self.children(verb, &[Deprel::Nsubj, Deprel::Compound]).filter(|s| {
            let but = only && (head.0..s.0).any(|t| self.is(TokenId(t), "but"));
            let end = name(head).map_or(head, |m| TokenId(m.end.0 - 1));
            let listed = title && name(*s).is_some_and(|m| comma(end, m.first));
            let subject = self.dep(*s) == Deprel::Nsubj;
            *s > head && *s < verb && (but && subject || listed)
        });
        let mut all: Vec<TokenId> = second.collect();
        // "Xi, Lula meet": parsed as if Lula were another name for Xi.
        let plural = matches!(self.xpos(verb), Xpos::VBP | Xpos::VB) || self.upos(verb) != Upos::Verb;
        let apposed = self.children(head, &[Deprel::Appos]).filter(|a| {
            let (Some(one), Some(two)) = (name(head), name(*a)) else { return false };
            comma(TokenId(one.end.0 - 1), two.first) && two.end == verb
        });
        all.extend(apposed.filter(|_| title && plural));
        all
    }

    /// "No country but Oman": the one who is left out of the negation.
    pub(super) fn exception(&self, noun: TokenId, verb: TokenId) -> Option<TokenId> {
        let no = self.children(noun, &[Deprel::Det]).any(|d| self.is(d, "no"));
        let but = |from: TokenId, to: TokenId| {
            (from.0..to.0).map(TokenId).any(|t| self.is(t, "but") || self.is(t, "except"))
        };
        let beside = self.children(verb, &[Deprel::Nsubj]).find(|s| *s > noun && *s < verb && but(noun, *s));
        let below = || {
            let deps = [Deprel::Nmod, Deprel::Conj, Deprel::Appos];
            self.children(noun, &deps).find(|s| *s < verb && but(noun, *s))
        };
        beside.or_else(below).filter(|_| no)
    }

    /// "Qatar, not Oman, condemned": those of whom the deed is denied.
    pub(super) fn denied_side(&self, verb: TokenId) -> Option<Argument> {
        let subject = self.children(verb, &[Deprel::Nsubj]).next()?;
        let not = |a: TokenId| self.children(a, &[Deprel::Advmod]).any(|n| self.is(n, "not") && n < a);
        let other = self.children(subject, &[Deprel::Appos, Deprel::Conj]).find(|a| not(*a))?;
        self.participants(sure(other), Kinds::ACTOR).first().map(|p| p.argument)
    }
}
