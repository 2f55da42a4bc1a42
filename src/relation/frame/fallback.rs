//! Where the tree gives nobody for a slot: who may be meant.
//!
//! In: a slot whose place is empty, or filled by a phrase that leads to nobody. Out: participants of
//! lower confidence: a place that suffers, whoever the phrase names deep inside, the name right before the verb.

use super::argument::Participant;
use super::clause::Found;
use super::matching::{Hosts, Match};
use super::noun::BEFORE;
use super::scene::Scene;
use crate::entity::Form;
use crate::lexicon::Kind;
use crate::lexicon::frame::{Frame, Kinds, Place, Role, Shape, Slot};
use crate::syntax::{Deprel, Upos, Xpos};
use crate::text::TokenId;

crate::word_list!(WAYS, "ways.txt");

impl Scene<'_> {
    /// "shelled Kharkiv": a place may suffer, where nobody else stands there.
    pub(super) fn places(&self, slot: &Slot, place: &[Found]) -> Option<Vec<Participant>> {
        if slot.kinds != Kinds::ACTOR {
            return self.unknown_name(slot, place);
        }
        let found = place.iter().map(|f| self.participants(f.times(0.7), Kinds::ANYTHING));
        found.into_iter().find(|p| !p.is_empty())
    }

    /// A name that no table knows may have been taken for one of another kind.
    fn unknown_name(&self, slot: &Slot, place: &[Found]) -> Option<Vec<Participant>> {
        let (person, organization) = (slot.kinds.has(0), slot.kinds.has(2));
        let found = place.iter().find(|f| {
            let mention = self.mention(f.token).filter(|m| m.form == Form::Name);
            let entity = mention.and_then(|m| self.entities.entities.get(m.entity.at()));
            entity.is_some_and(|e| match e.kind {
                Kind::Place => e.entry.is_none() && (person || organization),
                Kind::Organization => e.entry.is_none() && person,
                _ => false,
            })
        })?;
        Some(self.participants(found.times(0.6), Kinds::ANYTHING)).filter(|p| !p.is_empty())
    }

    /// "rejected a plan to send the men of Iran home": whoever the phrase names, however deep.
    pub(super) fn deep_anchor(
        &self,
        slot: &Slot,
        place: &[Found],
        subjects: &[Participant],
    ) -> Option<Vec<Participant>> {
        let first =
            place.first().filter(|f| slot.kinds == Kinds::ACTOR && self.upos(f.token) == Upos::Noun)?;
        let not: Vec<_> = subjects.iter().map(|s| s.argument.entity).collect();
        let argument = self.concerned(*first, &not)?;
        Some(vec![Participant { argument, confidence: 0.6 * first.confidence }])
    }

    /// "were killed in an Israeli attack", "in attacks by rebels": who does what the event is a part of.
    pub(super) fn doer_within(&self, slot: &Slot, hosts: &Hosts<'_>) -> Vec<Participant> {
        for literal in hosts.literals.iter().copied().filter(|l| self.upos(*l) == Upos::Noun) {
            let owners = self
                .children(literal, &BEFORE)
                .chain(self.children(literal, &[Deprel::Nmod]).filter(|n| self.marked_by(*n, &["by"])));
            let found = owners.map(|o| self.participants(super::clause::sure(o).times(0.85), slot.kinds));
            if let Some(found) = found.into_iter().find(|p| !p.is_empty()) {
                return found;
            }
        }
        Vec::new()
    }

    /// Where an event without an object is directed: "imposed a curfew in Kashmir", "opened an inquiry
    /// into claims against the bank".
    pub(super) fn directed(&self, frame: &Frame, found: &mut Match<'_>, hosts: &Hosts<'_>) {
        let taken = [Role::Object, Role::Content, Role::Topic];
        let symmetric = self.lexicon.predicates.get(frame.predicate as usize).is_some_and(|p| p.symmetric);
        let mutual = || found.subjects.len() > 1 && self.is_mutual(found);
        if symmetric || taken.iter().any(|r| frame.slot(*r).is_some()) || mutual() {
            return;
        }
        let not: Vec<_> = found.subjects.iter().map(|s| s.argument.entity).collect();
        let nominal = [Deprel::Nmod, Deprel::Obl];
        let behind = hosts.literals.iter().flat_map(|l| self.children(*l, &nominal)).map(super::clause::sure);
        for phrase in behind.chain(hosts.clause.obliques.iter().copied()) {
            if !nominal.contains(&self.dep(phrase.token))
                || !self.markers(phrase.token).any(|m| WAYS.has(self.word(m)))
            {
                continue;
            }
            let mut there = self.participants(phrase.times(0.6), Kinds::ANYTHING);
            there.retain(|p| !not.contains(&p.argument.entity));
            if !there.is_empty() {
                found.objects = there;
                return;
            }
        }
        // "opened an inquiry into the funds that Siemens paid": whoever the phrase names, however deep.
        let deep = hosts.literals.iter().find_map(|l| self.concerned(super::clause::sure(*l), &not));
        // "will not end the strike until Siemens pays": whom the circumstances name.
        let around = || {
            let after = hosts.clause.obliques.iter().filter(|o| o.token > hosts.clause.verb);
            let besides = ["by", "as", "like", "than", "since", "during"];
            // "stepped down after Doe accused him": Doe is no part of it.
            let before = |o: &&Found| self.is_verbal(o.token) && self.marked_by(o.token, &["after"]);
            let mut about = after.filter(|o| !self.marked_by(o.token, &besides) && !before(o));
            about.find_map(|o| self.concerned(*o, &not)).map(|argument| (argument, 0.4))
        };
        let deep = deep.map(|argument| (argument, 0.5)).or_else(around);
        found.objects.extend(deep.map(|(argument, confidence)| Participant { argument, confidence }));
    }

    /// Where the tree gives no subject: the nearest name before the verb in its clause that no
    /// preposition governs.
    pub(super) fn nearest_before(&self, verb: TokenId) -> Option<Found> {
        if !matches!(self.xpos(verb), Xpos::VBD | Xpos::VBZ | Xpos::VBP | Xpos::VB | Xpos::NNS | Xpos::NN) {
            return None;
        }
        if self.dep(verb) == Deprel::Advcl || self.dep(verb) == Deprel::Xcomp {
            return None;
        }
        let mut at = verb.0;
        for _ in 0..12 {
            at = at.checked_sub(1)?;
            let token = TokenId(at);
            if self.document.sentence_of(token) != self.sentence {
                return None;
            }
            match self.upos(token) {
                Upos::Aux | Upos::Part | Upos::Adv => continue,
                Upos::Noun | Upos::Propn | Upos::Pron => {}
                _ => return None,
            }
            let mention = self.mention(token)?;
            let governed = self.has(token, &[Deprel::Case]) || self.has(mention.head, &[Deprel::Case]);
            return (!governed).then_some(Found { token, confidence: 0.6 });
        }
        None
    }

    /// The nearest phrase after the verb, and under it, that one of `marks` marks.
    pub(super) fn marked_after(&self, verb: TokenId, marks: &[String]) -> Option<TokenId> {
        let (_, end) = self.window(verb, 16);
        let near = (verb.0 + 1..end.0).map(TokenId).filter(|t| self.is_under(*t, verb));
        let marks: Vec<&str> = marks.iter().map(String::as_str).filter(|m| *m != "of").collect();
        // "calls for the Center on Aging": a preposition inside a name marks nothing for the verb.
        let inside = |t: TokenId| {
            let name = self.mention(t).filter(|m| m.form == Form::Name);
            self.markers(t).any(|m| {
                name.is_some_and(|n| n.first < m && m < n.end)
                    || self.mention(m).is_some_and(|n| n.first < m && n.form == Form::Name)
            })
        };
        let mut phrases = near
            .filter(|t| matches!(self.upos(*t), Upos::Noun | Upos::Propn | Upos::Pron))
            .filter(|t| !inside(*t));
        phrases.find(|t| self.marked_by(*t, &marks) && !self.is_clausal_break(verb, *t))
    }

    /// "discussed the talks with Iran": a noun that has its own other side.
    pub(super) fn owns_phrase(&self, noun: TokenId, marks: &[String]) -> bool {
        let with = |all: &[String]| all.iter().any(|m| m == "with");
        let takes = |s: &Slot| matches!(&s.place, Place::Marked(own) if with(own) && with(marks));
        let sided = |f: &Frame| f.shape == Shape::Noun && f.slots.iter().any(takes);
        self.upos(noun) == Upos::Noun && self.lexicon.frames.triggered_by(self.tree.lemma(noun)).any(sided)
    }

    /// True if a verb stands between: the phrase is its own.
    fn is_clausal_break(&self, verb: TokenId, token: TokenId) -> bool {
        let adds = [Deprel::Amod, Deprel::Compound, Deprel::Case, Deprel::Fixed];
        (verb.0 + 1..token.0)
            .map(TokenId)
            .any(|t| self.upos(t) == Upos::Verb && !adds.contains(&self.dep(t)) && self.xpos(t) != Xpos::VBN)
    }
}
