//! Frames over a noun: "Russia's invasion of Ukraine", "Israeli strikes on Syria", "talks between
//! Iran and Iraq", "sanctions against Iran by Japan".
//!
//! In: a noun and a noun frame. Out: a [`Match`]. The possessor may be a possessive, an adjective or
//! a noun before it, or "by" and "of" phrases; of two countries before a symmetric noun ("U.S.-China
//! talks") both take part. An event noun without anybody who does it gives nothing.

use super::clause::{Found, sure};
use super::factuality::GOVERNORS;
use super::matching::{Match, Missing};
use super::scene::Scene;
use crate::lexicon::Kind;
use crate::lexicon::frame::{Frame, Kinds, Place, Role, Slot};
use crate::syntax::{Deprel, Upos, Xpos};
use crate::text::TokenId;

fn missing<T>(what: impl Into<String>) -> Result<T, Missing> {
    Err(Missing(what.into()))
}

/// How an owner stands before a noun.
pub(super) const BEFORE: [Deprel; 3] = [Deprel::NmodPoss, Deprel::Amod, Deprel::Compound];

impl<'a> Scene<'a> {
    /// True for a noun, or a gerund that stands as one: "the bombing of Aleppo".
    pub(super) fn is_nominal(&self, token: TokenId) -> bool {
        match self.upos(token) {
            Upos::Noun | Upos::Propn => true,
            Upos::Verb => self.xpos(token) == Xpos::VBG && self.has(token, &[Deprel::NmodPoss, Deprel::Det]),
            _ => false,
        }
    }

    /// Matches a noun frame.
    pub(super) fn match_noun(&self, frame: &'a Frame, noun: TokenId) -> Result<Match<'a>, Missing> {
        let deps = [Deprel::Compound, Deprel::Amod, Deprel::Nmod, Deprel::NmodPoss, Deprel::Advmod];
        let mut words = vec![noun];
        for modifier in &frame.modifiers {
            match self.children(noun, &deps).find(|c| self.is_any(*c, modifier)) {
                Some(token) => words.push(token),
                None => return missing(format!("the word \"{}\"", modifier.join("|"))),
            }
        }
        for literal in &frame.literals {
            let near = self.tree.children(noun).iter().copied();
            match near.into_iter().find(|c| self.is_any(*c, &literal.words)) {
                Some(token) => words.push(token),
                None => return missing(format!("the word \"{}\"", literal.words.join("|"))),
            }
        }
        let mut found = Match {
            frame,
            predicate: frame.predicate,
            condition: frame.content,
            trigger: noun,
            words,
            subjects: Vec::new(),
            objects: Vec::new(),
            content: None,
            topic: None,
            confidence: frame.confidence,
        };
        let between = |s: &Slot| matches!(&s.place, Place::Marked(m) if m.iter().any(|m| m == "between"));
        if frame.slots.iter().filter(|s| between(s)).count() > 1 {
            return self.match_between(found);
        }
        let symmetric = self.lexicon.predicates.get(frame.predicate as usize).is_some_and(|p| p.symmetric);
        for slot in &frame.slots {
            match slot.role {
                Role::Object => {
                    let place = self.noun_slot(slot, noun);
                    found.objects = place
                        .iter()
                        .map(|f| self.participants(*f, slot.kinds))
                        .find(|p| !p.is_empty())
                        .or_else(|| self.places(slot, &place))
                        .unwrap_or_default();
                    if found.objects.is_empty() && !symmetric {
                        return missing("OBJECT");
                    }
                }
                Role::Content => match self.noun_content(slot, noun) {
                    Some(content) => found.content = Some(content),
                    None => return missing("CONTENT"),
                },
                Role::Topic => match self.noun_slot(slot, noun).first() {
                    Some(topic) => found.topic = Some(topic.token),
                    None => return missing("TOPIC"),
                },
                Role::Subject => {}
            }
        }
        let objects: Vec<_> = found.objects.iter().map(|o| o.argument.entity).collect();
        // "Jane Doe, a critic of Oman": the noun itself is who does it; not critics at large.
        if frame.slot(Role::Subject).is_none() && self.kind(noun) == Some(Kind::Person) {
            found.subjects = self.participants(sure(noun), Kinds::ACTOR);
            found.subjects.retain(|s| !objects.contains(&s.argument.entity));
        }
        if let Some(slot) = frame.slot(Role::Subject) {
            let takes_of = frame
                .slots
                .iter()
                .any(|s| matches!(&s.place, Place::Marked(m) if m.iter().any(|m| m == "of")));
            let mut candidates = self.noun_slot(slot, noun);
            candidates.extend(self.doer(noun, takes_of));
            for candidate in candidates {
                let mut subjects = self.participants(candidate, slot.kinds);
                subjects.retain(|s| !objects.contains(&s.argument.entity));
                if !subjects.is_empty() {
                    found.subjects = subjects;
                    break;
                }
            }
            if symmetric && found.objects.is_empty() && found.subjects.len() < 2 {
                return self.match_between(found);
            }
            if found.subjects.is_empty() {
                return missing("SUBJECT");
            }
        }
        self.weigh(&mut found);
        Ok(found)
    }

    /// "talks between Iran and Iraq", "talks of Iran with Iraq", "U.S.-China talks".
    fn match_between(&self, mut found: Match<'a>) -> Result<Match<'a>, Missing> {
        let noun = found.trigger;
        let kinds = found.frame.slots.first().map_or(Kinds::ACTOR, |s| s.kinds);
        let words = ["between", "among", "involving"];
        let marked = self.children(noun, &[Deprel::Nmod, Deprel::Obl]).filter(|n| self.marked_by(*n, &words));
        let mut both: Vec<_> = marked.flat_map(|n| self.participants(sure(n), kinds)).collect();
        if both.len() < 2 {
            let before =
                self.children(noun, &BEFORE).flat_map(|n| self.participants(sure(n).times(0.9), kinds));
            both = before.collect();
        }
        both.dedup_by_key(|p| p.argument.entity);
        if both.len() < 2 {
            return missing("two who take part");
        }
        found.subjects = both;
        found.objects.clear();
        self.weigh(&mut found);
        Ok(found)
    }

    /// Phrases that may fill a slot of a noun frame.
    fn noun_slot(&self, slot: &Slot, noun: TokenId) -> Vec<Found> {
        match &slot.place {
            Place::Possessor | Place::Before | Place::Bare => {
                let mut before: Vec<Found> = self.children(noun, &BEFORE).map(sure).collect();
                before.sort_by_key(|f| self.dep(f.token) != Deprel::NmodPoss);
                before
            }
            Place::Marked(marks) => {
                let deps = [Deprel::Nmod, Deprel::Obl, Deprel::Acl, Deprel::Advcl];
                let own = self.children(noun, &deps).filter(|c| *c > noun && self.marked_by(*c, marks));
                let mut all: Vec<Found> = own.map(sure).collect();
                // "launched an attack on Israel": the phrase may hang on the verb.
                if let (true, Some(verb)) = (all.is_empty(), self.verb_over(noun)) {
                    let nominal = [Deprel::Obl, Deprel::Nmod];
                    let near =
                        self.children(verb, &nominal).filter(|c| *c > noun && self.marked_by(*c, marks));
                    all.extend(near.map(|c| sure(c).times(0.9)));
                }
                all
            }
        }
    }

    fn verb_over(&self, noun: TokenId) -> Option<TokenId> {
        let verb = self.head(noun)?;
        let deps = [Deprel::Obj, Deprel::NsubjPass, Deprel::Nsubj];
        (deps.contains(&self.dep(noun)) && self.is_verbal(verb)).then_some(verb)
    }

    fn noun_content(&self, slot: &Slot, noun: TokenId) -> Option<Found> {
        let clause = self.children(noun, &[Deprel::Acl, Deprel::Ccomp, Deprel::Advcl]).find(|c| *c > noun);
        if let (Some(clause), Place::Marked(marks)) = (clause, &slot.place) {
            let that =
                marks.iter().any(|m| m == "that") && self.has(clause, &[Deprel::Nsubj, Deprel::NsubjPass]);
            if that || self.marked_by(clause, marks) {
                return Some(sure(clause));
            }
        }
        self.noun_slot(slot, noun).into_iter().next()
    }

    /// Who does the event of a noun, where no possessor says so: "by", "of", or the subject of a verb
    /// that adds nothing: "Iran carried out strikes on Iraq".
    fn doer(&self, noun: TokenId, takes_of: bool) -> Vec<Found> {
        // "the killing of Smith by the Taliban shocked Oslo", where the doer hangs on the next verb.
        let next = self.head(noun).filter(|v| *v > noun && self.is_verbal(*v));
        let stray = next.into_iter().flat_map(|v| self.children(v, &[Deprel::Nsubj, Deprel::Obl]));
        let stray: Vec<Found> = stray
            .filter(|s| *s > noun && next.is_some_and(|v| *s < v) && self.marked_by(*s, &["by"]))
            .map(|s| sure(s).times(0.7))
            .collect();
        let nmods = || self.children(noun, &[Deprel::Nmod, Deprel::Acl]).filter(|n| *n > noun);
        let mut all: Vec<Found> = nmods().filter(|n| self.marked_by(*n, &["by", "from"])).map(sure).collect();
        // "sanctions against Iran by Japan", hung on "Iran".
        let inner =
            nmods().flat_map(|n| self.children(n, &[Deprel::Nmod])).filter(|n| self.marked_by(*n, &["by"]));
        all.extend(inner.map(|n| sure(n).times(0.85)));
        if !takes_of {
            all.extend(nmods().filter(|n| self.marked_by(*n, &["of"])).map(|n| sure(n).times(0.9)));
        }
        // "is considering sanctions on Iran": whoever plans it would do it.
        let plans = |v: &TokenId| matches!(GOVERNORS.get(self.tree.lemma(*v)), Some("planned" | "possible"));
        let light = |v: &TokenId| super::LIGHT_VERBS.has(self.tree.lemma(*v)) || plans(v);
        if let Some(verb) = self.head(noun).filter(light) {
            let passive = self.is_passive(verb);
            match self.dep(noun) {
                Deprel::Obj | Deprel::Obl if !passive => {
                    all.extend(self.subject(verb).map(|s| s.times(0.85)))
                }
                Deprel::NsubjPass | Deprel::Nsubj if passive => all.extend(self.clause(verb).agent),
                _ => {}
            }
        }
        // "the attack carried out by Iran"
        all.extend(stray);
        let made =
            self.children(noun, &[Deprel::Acl]).filter(|v| super::LIGHT_VERBS.has(self.tree.lemma(*v)));
        all.extend(made.filter_map(|v| self.clause(v).agent));
        all
    }
}
