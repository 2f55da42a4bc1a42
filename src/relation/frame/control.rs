//! Who does a verb that has no subject of its own: control.
//!
//! In: a subordinate verb and the verb or noun it hangs on. Out: who does it: of "urged China to act" China, of
//! "promised China to act" whoever promised, of "thanked Norway for sending arms" Norway, of "efforts by Oman to
//! mediate" Oman. Frames say which of subject and object controls; the rest are rules.

use super::clause::{Found, SUBJECTS, sure};
use super::scene::Scene;
use crate::lexicon::frame::{Control, Place, Role};
use crate::syntax::{Deprel, Xpos};
use crate::text::TokenId;

crate::word_list!(BLAMING, "blaming.txt");
crate::word_list!(UNDERTAKINGS, "undertakings.txt");

impl Scene<'_> {
    /// Who does the subordinate verb `verb` of `head`: by the frames of `head`, or by rule.
    pub(super) fn controller(&self, head: TokenId, verb: TokenId, links: usize) -> Option<Found> {
        let passive = self.is_passive(head);
        // "The agency quoted Jane Doe as saying": she says it.
        if self.marked_by(verb, &["as"]) && matches!(self.tree.lemma(head), "quote" | "cite") {
            let object = self.children(head, &[Deprel::Obj]).find(|o| *o < verb);
            return if passive { self.subject_within(head, links) } else { object.map(sure) };
        }
        // "Rebels took the camp, killing six, the army said": the rebels kill.
        if self.dep(verb) == Deprel::Advcl && self.children(head, &SUBJECTS).any(|s| verb < s) {
            let said = self.children(head, &[Deprel::Ccomp, Deprel::Parataxis]).find(|c| *c < verb);
            if let Some(said) = said {
                return self.subject_within(said, links);
            }
        }
        if self.blames_for(head, verb) {
            if passive {
                return self.subject_within(head, links);
            }
            if let Some(blamed) = self.blamed(head, verb) {
                return Some(sure(blamed));
            }
        }
        if let Some(owner) = self.undertaking(head, verb) {
            return Some(sure(owner).times(0.9));
        }
        // "Speaking to students, she said": what stands first is no content of what follows.
        let first = self.dep(verb) == Deprel::Advcl && verb < head;
        for frame in self.lexicon.frames.triggered_by(self.tree.lemma(head)).filter(|_| !first) {
            let (Some(object), Some(_)) = (frame.slot(Role::Object), frame.slot(Role::Content)) else {
                continue;
            };
            if frame.control == Control::Subject {
                continue;
            }
            match &object.place {
                Place::Bare if passive => return self.subject_within(head, links),
                Place::Bare => {
                    let first = self.children(head, &[Deprel::Obj, Deprel::Iobj]).next();
                    if let Some(object) = first.filter(|o| *o < verb) {
                        return Some(sure(self.antecedent_if_relative(object, head)));
                    }
                }
                Place::Marked(marks) => {
                    let obliques = [Deprel::Obl, Deprel::Nmod];
                    let marked =
                        self.children(head, &obliques).find(|o| *o < verb && self.marked_by(*o, marks));
                    if let Some(marked) = marked {
                        return Some(sure(marked));
                    }
                    if passive && self.lone_preposition(head, marks) {
                        return self.subject_within(head, links);
                    }
                }
                Place::Before | Place::Possessor => {}
            }
        }
        if self.is_verbal(head) {
            let object = self.children(head, &[Deprel::Obj, Deprel::Iobj]).next();
            let subject_controls = self
                .lexicon
                .frames
                .triggered_by(self.tree.lemma(head))
                .any(|f| f.control == Control::Subject && f.slot(Role::Content).is_some());
            return match object {
                Some(object) if self.dep(verb) == Deprel::Xcomp && !passive && !subject_controls => {
                    Some(sure(self.antecedent_if_relative(object, head)).times(0.9))
                }
                _ => self.subject_within(head, links),
            };
        }
        // "its plan to visit Seoul", "has a plan to visit Seoul"
        if let Some(owner) = self.children(head, &[Deprel::NmodPoss]).next() {
            return Some(sure(owner).times(0.9));
        }
        // "efforts by the rebels to seize the city"
        let mut behind = self.children(head, &[Deprel::Nmod]).filter(|n| self.marked_by(*n, &["by"]));
        if let Some(doer) = behind.next() {
            return Some(sure(doer).times(0.9));
        }
        let above = self.head(head).filter(|a| self.is_verbal(*a));
        match (self.dep(head), above) {
            (Deprel::Obj | Deprel::Obl | Deprel::Xcomp, Some(above)) => {
                self.subject_within(above, links).map(|s| s.times(0.85))
            }
            _ => None,
        }
    }

    /// "thanked Norway for sending arms", "was arrested for spying": who is judged did it.
    fn blames_for(&self, head: TokenId, verb: TokenId) -> bool {
        let gerund = self.xpos(verb) == Xpos::VBG && self.marked_by(verb, &["for", "over", "of"]);
        gerund && BLAMING.has(self.tree.lemma(head))
    }

    /// Whom the verb judges: its object before the gerund.
    fn blamed(&self, head: TokenId, verb: TokenId) -> Option<TokenId> {
        let object = self.children(head, &[Deprel::Obj, Deprel::Iobj]).find(|o| *o > head && *o < verb);
        object.filter(|o| self.mention(*o).is_some()).map(|o| self.antecedent_if_relative(o, head))
    }

    /// "uncovered efforts by a company to sell arms", "criticized Iran's decision to leave", where "to sell" hangs
    /// on the verb: who undertakes it.
    fn undertaking(&self, head: TokenId, verb: TokenId) -> Option<TokenId> {
        let infinitive =
            matches!(self.dep(verb), Deprel::Advcl | Deprel::Xcomp) && self.marked_by(verb, &["to"]);
        let object =
            self.children(head, &[Deprel::Obj, Deprel::Obl, Deprel::NsubjPass]).filter(|o| *o < verb).last();
        let object = object.filter(|o| infinitive && UNDERTAKINGS.has(self.tree.lemma(*o)))?;
        let (low, _) = self.tree.edges(verb);
        // Nothing stands between its phrase and the infinitive.
        if self.tree.edges(object).1.0 + 1 != low.0 {
            return None;
        }
        let by = self
            .children(object, &[Deprel::Nmod])
            .filter(|n| self.marked_by(*n, &["by", "of", "from"]))
            .last();
        by.filter(|n| *n > object).or_else(|| self.children(object, &[Deprel::NmodPoss]).next())
    }
}
