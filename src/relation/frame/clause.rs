//! A verb and what hangs on it, with voice, relative clauses, control and coordination undone.
//!
//! In: a verb of a [`Scene`]. Out: its [`Clause`]: who stands before it, who after it, which phrases
//! with prepositions: "China, which was urged to act" → the subject of "act" is "China", the surface
//! subject of "urged" is "China" and "urged" is passive. What a pronoun means is not decided here.

use super::scene::Scene;
use crate::document::ZoneKind;
use crate::lexicon::frame::{Frame, Kinds, Role, Shape};
use crate::syntax::{Deprel, Upos, Xpos};
use crate::text::TokenId;

crate::word_list!(MAKERS, "makers.txt");
crate::word_list!(EXPERIENCES, "experiences.txt");

/// A token and how far it can be trusted to be what it is taken for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) token: TokenId,
    pub(super) confidence: f32,
}

pub(super) fn sure(token: TokenId) -> Found {
    Found { token, confidence: 1.0 }
}

impl Found {
    pub(super) fn times(self, factor: f32) -> Self {
        Found { confidence: self.confidence * factor, ..self }
    }
}

/// A verb's surroundings.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) verb: TokenId,
    /// "was urged", "urged by Washington", "Minister arrested".
    pub(super) passive: bool,
    /// What stands before the verb: in the passive, to whom it is done.
    pub(super) subject: Option<Found>,
    /// What stands after it without a preposition.
    pub(super) objects: Vec<Found>,
    /// Who does it, in the passive: "by Washington".
    pub(super) agent: Option<Found>,
    /// Phrases and clauses with a marker.
    pub(super) obliques: Vec<Found>,
}

pub(super) const SUBJECTS: [Deprel; 3] = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter];

/// How many links of control and coordination are followed.
const LINKS: usize = 10;

impl Scene<'_> {
    /// Reads the clause of a verb.
    pub(super) fn clause(&self, verb: TokenId) -> Clause {
        let passive = self.is_passive(verb);
        let mut objects: Vec<Found> = Vec::new();
        let (mut obliques, mut loose): (Vec<Found>, Vec<Found>) = (Vec::new(), Vec::new());
        for child in self.tree.children(verb).iter().copied() {
            match self.dep(child) {
                Deprel::Obj | Deprel::Iobj => objects.push(sure(self.antecedent_if_relative(child, verb))),
                // "called off the strike", parsed as if a preposition were missing.
                Deprel::Obl
                    if child > verb && !self.has(child, &[Deprel::Case]) && self.is_thing_or_name(child) =>
                {
                    loose.push(sure(child).times(0.85));
                }
                Deprel::Obl | Deprel::OblAgent | Deprel::Nmod | Deprel::Advcl | Deprel::Acl => {
                    obliques.push(sure(child));
                }
                _ => {}
            }
        }
        if objects.is_empty() && !passive {
            objects.append(&mut loose);
        }
        let agent = passive.then(|| self.agent(verb)).flatten();
        obliques.retain(|o| Some(o.token) != agent.map(|a| a.token));
        let mut clause = Clause { verb, passive, subject: self.subject(verb), objects, agent, obliques };
        if clause.objects.is_empty() && !passive {
            clause.objects.extend(self.second_subject(verb).or_else(|| self.shared_object(verb)));
        }
        if clause.objects.is_empty() && !passive {
            clause.objects.extend(self.raised_object(verb).or_else(|| self.misread_noun(verb)));
        }
        if clause.objects.is_empty() && !passive {
            clause.objects.extend(self.name_behind(&clause));
        }
        clause
    }

    /// The subject on the surface, looked for along relatives, control and coordination.
    pub(super) fn subject(&self, verb: TokenId) -> Option<Found> {
        self.subject_within(verb, LINKS)
    }

    pub(super) fn subject_within(&self, verb: TokenId, links: usize) -> Option<Found> {
        if let Some(subject) = self.children(verb, &SUBJECTS).next() {
            if let Some(exception) = self.exception(subject, verb) {
                return Some(sure(exception).times(0.95));
            }
            let noun = self.antecedent_if_relative(subject, verb);
            let maker = links.checked_sub(1).filter(|_| noun != subject && !self.is_passive(verb));
            let maker = maker.and_then(|links| self.maker(noun, links));
            return Some(maker.unwrap_or_else(|| self.behind_dateline(sure(noun), verb)));
        }
        let links = links.checked_sub(1)?;
        let head = self.head(verb)?;
        match self.dep(verb) {
            Deprel::Conj if self.is_verbal(head) => self.subject_within(head, links).map(|s| s.times(0.97)),
            // "Japan is the largest donor, giving millions": who is said to be so.
            Deprel::AclRelcl | Deprel::Acl
                if self.has(head, &[Deprel::Cop]) && self.has(head, &SUBJECTS) && !self.is_cleft(head) =>
            {
                self.subject_within(head, links)
            }
            Deprel::AclRelcl => Some(sure(head)),
            Deprel::Acl if matches!(self.xpos(verb), Xpos::VBN | Xpos::VBD) => Some(sure(head)),
            Deprel::Acl if self.xpos(verb) == Xpos::VBG && self.acts(head) => Some(sure(head)),
            Deprel::Acl if self.xpos(verb) == Xpos::VBG => self.maker(head, links),
            Deprel::Acl | Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp | Deprel::Obl | Deprel::Nmod => {
                self.controller(head, verb, links)
            }
            Deprel::Aux | Deprel::Cop => self.subject_within(head, links),
            Deprel::Csubj | Deprel::CsubjPass | Deprel::CsubjOuter => self.experiencer(verb, head),
            _ => None,
        }
    }

    /// "Sanctioning Peru did not trouble Chile": Chile sanctions; "being sanctioned did not": is sanctioned.
    fn experiencer(&self, verb: TokenId, head: TokenId) -> Option<Found> {
        let gerund = self.xpos(verb) == Xpos::VBG
            || self.children(verb, &[Deprel::AuxPass, Deprel::Aux]).any(|a| self.xpos(a) == Xpos::VBG);
        let modal = self.children(head, &[Deprel::Aux]).any(|a| self.xpos(a) == Xpos::MD);
        let feels = EXPERIENCES.has(self.tree.lemma(head)) && !self.is_passive(head);
        let object = self.children(head, &[Deprel::Obj, Deprel::Iobj]).find(|o| *o > head);
        object.filter(|_| gerund && feels && !modal).map(|o| sure(o).times(0.75))
    }

    /// "It was Oman that condemned Iran": "it" is nobody.
    fn is_cleft(&self, noun: TokenId) -> bool {
        self.has(noun, &[Deprel::Cop]) && self.children(noun, &SUBJECTS).any(|s| self.is(s, "it"))
    }

    fn is_thing_or_name(&self, token: TokenId) -> bool {
        self.mention(token).is_some() || matches!(self.xpos(token), Xpos::NN | Xpos::NNS)
    }

    /// True if a noun leads to somebody who can act: "rebels killing six", not "a letter urging Iran".
    fn acts(&self, noun: TokenId) -> bool {
        let content = |f: &Frame| f.shape == Shape::Noun && f.slot(Role::Content).is_some();
        let event = || self.lexicon.frames.triggered_by(self.tree.lemma(noun)).any(content);
        self.mention(noun).is_some() || !event() && !self.participants(sure(noun), Kinds::ACTOR).is_empty()
    }

    /// "issued a report that accuses Iran", "launched an attack that killed six": who made the thing does it.
    fn maker(&self, thing: TokenId, links: usize) -> Option<Found> {
        let verb = self.head(thing).filter(|v| self.is_verbal(*v) && *v < thing)?;
        let makes = MAKERS.has(self.tree.lemma(verb)) || super::LIGHT_VERBS.has(self.tree.lemma(verb));
        let made = makes && self.dep(thing) == Deprel::Obj && !self.is_passive(verb);
        let nobody = made && self.participants(sure(thing), Kinds::ACTOR).is_empty();
        if nobody { self.subject_within(verb, links).map(|s| s.times(0.75)) } else { None }
    }

    /// "KABUL: The United Nations condemned the attack": a place before a colon or a dash does nothing.
    fn behind_dateline(&self, subject: Found, verb: TokenId) -> Found {
        let (low, _) = self.window(subject.token, 6);
        let opens = (low.0..subject.token.0)
            .map(TokenId)
            .all(|t| self.mention(t).is_some() || t == low && self.is(t, "("));
        let mut after = (subject.token.0 + 1..verb.0.min(subject.token.0 + 12)).map(TokenId);
        let is_dash = |t: &TokenId| matches!(self.word(*t), ":" | "-" | "--" | "–" | "—" | ")");
        let apart = |t: &TokenId| {
            let (before, behind) = (self.span(TokenId(t.0 - 1)), self.span(TokenId(t.0 + 1)));
            // "ROME (AP) The pope": an agency in brackets ends a dateline, too.
            let alone = t.0 == subject.token.0 + 1 && low.0 + 2 == t.0;
            let agency =
                self.is(*t, ")") && (t.0 > subject.token.0 + 2 || alone) && self.is(TokenId(t.0 - 2), "(");
            agency
                || self.span(*t).end < behind.start && (self.is(*t, ":") || before.end < self.span(*t).start)
        };
        let Some(dash) = after.find(|t| is_dash(t) && apart(t)).filter(|_| opens) else { return subject };
        let mut names = (dash.0 + 1..verb.0).map(TokenId).filter_map(|t| self.mention(t));
        let named = names.find(|m| m.head > dash && m.head < verb && !self.has(m.head, &[Deprel::Case]));
        named.map_or(subject, |m| sure(m.head).times(0.85))
    }

    /// "the envoy whom Iran expelled": "whom" is the envoy.
    pub(super) fn antecedent_if_relative(&self, token: TokenId, verb: TokenId) -> TokenId {
        if !self.is_relative(token) {
            return token;
        }
        match self.antecedent(verb) {
            // What the pronoun stands for is known, but who "is the neighbor that …" is known better.
            Some(noun)
                if self.mention(token).is_none() || self.dep(noun) == Deprel::Nsubj && noun < token =>
            {
                noun
            }
            _ => token,
        }
    }

    /// The noun that the relative clause around `verb` hangs on.
    fn antecedent(&self, verb: TokenId) -> Option<TokenId> {
        let mut at = verb;
        for _ in 0..LINKS {
            match self.dep(at) {
                // "is the neighbor that accused Mali": who is the neighbor.
                Deprel::AclRelcl => {
                    let noun = self.head(at)?;
                    let is_said = self.has(noun, &[Deprel::Cop])
                        && self.dep(noun) != Deprel::Nsubj
                        && !self.is_cleft(noun);
                    return self.children(noun, &[Deprel::Nsubj]).next().filter(|_| is_said).or(Some(noun));
                }
                Deprel::Conj | Deprel::Xcomp | Deprel::Ccomp => at = self.head(at)?,
                _ => return None,
            }
        }
        None
    }

    /// Passive: by its auxiliary, by "by", or by a participle that stands alone.
    pub(super) fn is_passive(&self, verb: TokenId) -> bool {
        if self.has(verb, &[Deprel::AuxPass]) {
            return true;
        }
        // "it had attacked Georgia": an object or "have" tells the active, whatever the subject is called.
        let active = self.has(verb, &[Deprel::Obj]) || self.has_perfect(verb) || self.is_bare_finite(verb);
        if self.has(verb, &[Deprel::NsubjPass]) && !active {
            return true;
        }
        if self.has(verb, &[Deprel::OblAgent]) && self.xpos(verb) != Xpos::VBG {
            return true;
        }
        if self.xpos(verb) != Xpos::VBN || self.has(verb, &[Deprel::Aux]) {
            return false;
        }
        if self.has(verb, &[Deprel::Nsubj]) && self.causer(verb).is_some() {
            return true;
        }
        match self.dep(verb) {
            Deprel::Acl => !self.is_main_verb_misread(verb),
            Deprel::Amod => true,
            Deprel::Advcl => !self.has(verb, &[Deprel::Obj]),
            // "was arrested and deported"; but "has arrested and deported dozens"
            Deprel::Conj => match self.head(verb) {
                Some(head) if !self.has(verb, &SUBJECTS) => self.is_passive(head),
                _ => !self.has(verb, &[Deprel::Obj]),
            },
            // A participle with a subject and no auxiliary is a past tense misread, but for headlines.
            _ => {
                !self.has(verb, &[Deprel::Obj])
                    && (self.zone == ZoneKind::Title || !self.has(verb, &SUBJECTS))
            }
        }
    }

    /// "A report called for sanctions" parsed as a report that was called: in running text a sentence
    /// has a verb, and where its root is a noun, the participle behind it was meant to be that verb.
    fn is_main_verb_misread(&self, verb: TokenId) -> bool {
        let Some(head) = self.head(verb).filter(|_| self.zone == ZoneKind::Body) else { return false };
        let nominal = matches!(self.upos(head), Upos::Noun | Upos::Propn);
        let clausal = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Cop, Deprel::Parataxis, Deprel::AclRelcl];
        self.dep(head) == Deprel::Root
            && nominal
            && !self.has(head, &clausal)
            && !self.has(head, &[Deprel::Case])
    }

    /// "groups called on workers": in running text the passive of a clause has an auxiliary.
    fn is_bare_finite(&self, verb: TokenId) -> bool {
        let clause = [Deprel::Root, Deprel::Ccomp, Deprel::Parataxis];
        self.zone == ZoneKind::Body
            && clause.contains(&self.dep(verb))
            && !self.has(verb, &[Deprel::Aux, Deprel::Cop, Deprel::OblAgent])
    }

    /// "had attacked", but not "had been attacked".
    pub(super) fn has_perfect(&self, verb: TokenId) -> bool {
        let mut auxiliaries = self.children(verb, &[Deprel::Aux]);
        auxiliaries.any(|a| self.is(a, "have")) && !self.has(verb, &[Deprel::AuxPass])
    }

    /// In a headline "Minister arrested in raid" may be tagged as a past tense.
    pub(super) fn may_be_headline_passive(&self, clause: &Clause) -> bool {
        self.zone == ZoneKind::Title
            && !clause.passive
            && clause.objects.is_empty()
            && matches!(self.xpos(clause.verb), Xpos::VBD | Xpos::VBN)
            && !self.has(clause.verb, &[Deprel::Aux])
    }

    fn agent(&self, verb: TokenId) -> Option<Found> {
        if let Some(agent) = self.children(verb, &[Deprel::OblAgent]).next() {
            return Some(sure(agent));
        }
        // "Norway had the diplomats expelled": who has it done.
        if let Some(causer) = self.causer(verb) {
            return self.subject_within(causer, 3).map(|s| s.times(0.85));
        }
        let behind = |t: TokenId| {
            self.children(t, &[Deprel::Obl, Deprel::Nmod, Deprel::OblAgent]).filter(move |o| *o > verb)
        };
        let own = behind(verb).find(|o| self.marked_by(*o, &["by"])).map(|o| sure(o).times(0.95));
        // "was freed and deported by Brazil": one doer for both.
        let joined = || {
            let others = self.children(verb, &[Deprel::Conj]).filter(|c| self.is_passive(*c));
            let agent = |v: TokenId| {
                self.children(v, &[Deprel::OblAgent, Deprel::Obl]).find(|o| self.marked_by(*o, &["by"]))
            };
            others.filter(|c| *c > verb && c.0 - verb.0 <= 4).find_map(agent).map(|o| sure(o).times(0.85))
        };
        // "was accused of the attack by Israel": the phrase may hang on the noun between.
        own.or_else(|| {
            let between: Vec<TokenId> = behind(verb).flat_map(behind).collect();
            let deep = between.into_iter().find(|o| self.marked_by(*o, &["by"])).map(|o| sure(o).times(0.8));
            deep.or_else(joined)
        })
    }

    /// "had" of "had the diplomats expelled", whether the diplomats hang on it or on "expelled".
    fn causer(&self, verb: TokenId) -> Option<TokenId> {
        let head = self.head(verb).filter(|h| matches!(self.tree.lemma(*h), "have" | "get"))?;
        let between = |t: TokenId| head < t && t < verb;
        let object = self.children(head, &[Deprel::Obj]).any(between);
        let own = self.xpos(verb) == Xpos::VBN && self.children(verb, &[Deprel::Nsubj]).any(between);
        (self.dep(verb) == Deprel::Xcomp && (object || own)).then_some(head)
    }

    /// "Iran condemned and rejected the plan": one object for both. "the plan that Iran rejected".
    fn shared_object(&self, verb: TokenId) -> Option<Found> {
        let objects = [Deprel::Obj];
        if let (Deprel::Conj, Some(head)) = (self.dep(verb), self.head(verb))
            && let Some(object) = self.children(head, &objects).find(|o| *o > verb)
        {
            return Some(sure(object).times(0.95));
        }
        let near = |other: &TokenId| other.0 > verb.0 && other.0 - verb.0 <= 3;
        for other in self.children(verb, &[Deprel::Conj]).filter(near) {
            if let Some(object) = self.children(other, &objects).find(|o| *o > other) {
                return Some(sure(object).times(0.9));
            }
        }
        // The gap of a relative clause: its subject is somebody else than the antecedent.
        let antecedent = self.antecedent(verb)?;
        let subject = self.subject(verb)?;
        let finite = matches!(self.dep(verb), Deprel::AclRelcl | Deprel::Conj | Deprel::Xcomp);
        let clausal = self.has(verb, &[Deprel::Ccomp, Deprel::Xcomp]);
        let gap = finite && subject.token != antecedent && !clausal;
        gap.then(|| sure(antecedent).times(0.9))
    }

    /// "accused the United States of stalling" parsed as if "accused" had two subjects.
    fn second_subject(&self, verb: TokenId) -> Option<Found> {
        let mut subjects = self.children(verb, &SUBJECTS);
        let first = subjects.next().filter(|s| *s < verb)?;
        let second = subjects.find(|s| *s > verb)?;
        let comma = (verb.0 + 1..second.0).any(|t| self.is(TokenId(t), ","));
        (first != second && !comma).then(|| sure(second).times(0.9))
    }

    /// Where the tree hangs nothing on the verb: the name that stands right behind it.
    fn name_behind(&self, clause: &Clause) -> Option<Found> {
        let verb = clause.verb;
        clause.subject.filter(|s| s.token < verb)?;
        let clausal = [Deprel::Ccomp, Deprel::Xcomp, Deprel::Parataxis];
        if self.dep(verb) == Deprel::Parataxis || self.has(verb, &clausal) || self.upos(verb) != Upos::Verb {
            return None;
        }
        let next = TokenId(verb.0 + 1);
        let (_, end) = self.window(verb, 4);
        let plain =
            |t: TokenId| matches!(self.upos(t), Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn);
        let near = (next.0..end.0).map(TokenId).take_while(|t| plain(*t));
        let named = near.into_iter().find_map(|t| self.mention(t))?;
        (named.head > verb && self.head(named.head) != Some(verb)).then(|| sure(named.head).times(0.65))
    }

    /// "ignore U.S. offers" parsed as if "offers" were a verb of its own: who stands there counts.
    fn misread_noun(&self, verb: TokenId) -> Option<Found> {
        let clause =
            self.children(verb, &[Deprel::Ccomp]).find(|c| *c > verb && self.xpos(*c) == Xpos::VBZ)?;
        let subject = self.children(clause, &SUBJECTS).next()?;
        let close = verb < subject && subject < clause && clause.0 - verb.0 <= 4;
        let bare = !self.has(clause, &[Deprel::Mark, Deprel::Aux, Deprel::Obj, Deprel::Advmod]);
        (close && bare && self.children(subject, &[Deprel::Det]).next().is_none())
            .then(|| sure(subject).times(0.7))
    }

    /// "urged China to act" parsed as if "China" were no more than the subject of "act".
    fn raised_object(&self, verb: TokenId) -> Option<Found> {
        let clause =
            self.children(verb, &[Deprel::Ccomp, Deprel::Xcomp, Deprel::Advcl]).find(|c| *c > verb)?;
        let subject = self.children(clause, &SUBJECTS).next().filter(|s| *s > verb)?;
        // "accuses Russia of having attacked": the marker stands behind whom it is about.
        let marks = ["to", "of", "from", "for", "into", "over", "as"];
        let behind = |m: TokenId| m > subject && marks.iter().any(|w| self.is(m, w));
        let infinitive = self.markers(clause).any(|m| self.is(m, "to") || behind(m));
        let for_someone = self
            .children(clause, &[Deprel::Mark])
            .any(|m| m < subject && (self.is(m, "for") || self.is(m, "that")));
        // "found Barnes guilty"
        let bare = [Deprel::Cop, Deprel::Aux, Deprel::Mark, Deprel::AuxPass];
        let small = self.upos(clause) == Upos::Adj && !self.has(clause, &bare);
        (infinitive && !for_someone || small).then(|| sure(subject).times(0.95))
    }

    /// A preposition after the verb that marks nothing: "was called on to act".
    pub(super) fn lone_preposition(&self, verb: TokenId, marks: &[String]) -> bool {
        let close = |c: &TokenId| c.0 > verb.0 && c.0 - verb.0 <= 2;
        self.tree.children(verb).iter().filter(|c| close(c)).any(|c| {
            self.is_any(*c, marks)
                && matches!(self.upos(*c), Upos::Adp | Upos::Adv | Upos::Part | Upos::Sconj)
        })
    }
}
