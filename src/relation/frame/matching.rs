//! One frame against one trigger: do the words and slots stand where the frame wants them?
//!
//! In: a frame, the [`Clause`] around the trigger, the [`Scene`]. Out: a [`Match`] that says who
//! fills which slot, or [`Missing`]: what was not found. Every derived form is undone before, in the
//! clause; here only the active base form is known, and who stands before the verb in the passive.

use super::argument::Participant;
use super::clause::{Clause, Found, sure};
use super::scene::Scene;
use crate::lexicon::frame::{Frame, Kinds, Literal, Place, Role, Shape, Slot};
use crate::syntax::{Deprel, Upos, Xpos};
use crate::text::{Span, TokenId};

crate::word_list!(WAYS, "ways.txt");

/// Who fills which slot.
#[derive(Clone, Debug)]
pub(super) struct Match<'a> {
    pub(super) frame: &'a Frame,
    pub(super) trigger: TokenId,
    /// The trigger with its particles and literals: "held talks".
    pub(super) words: Vec<TokenId>,
    pub(super) subjects: Vec<Participant>,
    pub(super) objects: Vec<Participant>,
    /// The head of what is said or asked.
    pub(super) content: Option<Found>,
    /// The head of what it is about.
    pub(super) topic: Option<TokenId>,
    pub(super) confidence: f32,
}

/// What a frame wanted and did not find: `OBJECT`, `the word "talks"`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Missing(pub(super) String);

fn missing<T>(what: impl Into<String>) -> Result<T, Missing> {
    Err(Missing(what.into()))
}

/// Where phrases may stand: the trigger and the words that go with it.
struct Hosts<'c> {
    clause: &'c Clause,
    literals: Vec<TokenId>,
}

impl<'a> Scene<'a> {
    /// Matches a verb or copula frame.
    pub(super) fn match_clause(&self, frame: &'a Frame, clause: &Clause) -> Result<Match<'a>, Missing> {
        let trigger = clause.verb;
        if frame.shape == Shape::Copula {
            for marks in &frame.modifiers {
                if !self.marked_by(trigger, marks) && !self.modified_by(trigger, marks) {
                    return missing(format!("the word \"{}\"", marks.join("|")));
                }
            }
        }
        for particle in &frame.particles {
            if !self.has_particle(trigger, particle) {
                return missing(format!("the word \"{}\"", particle.join("|")));
            }
        }
        if let Some(other) = self.other_particle(frame, trigger) {
            return missing(format!("frame with \"{other}\""));
        }
        let mut hosts = Hosts { clause, literals: Vec::new() };
        for literal in &frame.literals {
            match self.literal(literal, &hosts) {
                Some(token) => hosts.literals.push(token),
                None => return missing(format!("the word \"{}\"", literal.words.join("|"))),
            }
        }
        let mut words = vec![trigger];
        words.extend(&hosts.literals);
        let mut found = Match {
            frame,
            trigger,
            words,
            subjects: Vec::new(),
            objects: Vec::new(),
            content: None,
            topic: None,
            confidence: frame.confidence,
        };
        for slot in &frame.slots {
            match slot.role {
                Role::Subject => self.fill_subject(slot, clause, &hosts, &mut found)?,
                Role::Object => {
                    let place = self.slot_tokens(slot, &hosts);
                    let objects =
                        place.iter().map(|f| self.participants(*f, slot.kinds)).find(|p| !p.is_empty());
                    let objects = objects.or_else(|| self.places(slot, &place));
                    let objects = objects.or_else(|| self.deep_anchor(slot, &place, &found.subjects));
                    match objects.or_else(|| self.place_behind(slot, &place, clause)) {
                        Some(objects) => found.objects = objects,
                        None if self.is_reciprocal(frame, &found) => {}
                        None => return missing("OBJECT"),
                    }
                }
                Role::Content => match self.content(slot, &hosts) {
                    Some(content) => found.content = Some(content),
                    None => return missing("CONTENT"),
                },
                Role::Topic => match self.slot_tokens(slot, &hosts).first() {
                    Some(topic) => found.topic = Some(topic.token),
                    None => return missing("TOPIC"),
                },
            }
        }
        self.directed(frame, &mut found, &hosts);
        self.weigh(&mut found);
        Ok(found)
    }

    /// "called off the strike" is another verb than "called": a particle that the frame does not have.
    fn other_particle(&self, frame: &Frame, trigger: TokenId) -> Option<&'a str> {
        let marks = frame.slots.iter().filter_map(|s| match &s.place {
            Place::Marked(marks) => Some(marks),
            _ => None,
        });
        let known: Vec<&Vec<String>> =
            marks.chain(&frame.particles).chain(frame.literals.iter().map(|l| &l.marks)).collect();
        let mut particles = self.children(trigger, &[Deprel::CompoundPrt]);
        let other = particles.find(|p| *p > trigger && !known.iter().any(|words| self.is_any(*p, words)))?;
        Some(self.word(other))
    }

    /// "shelled Kharkiv": a place may suffer, where nobody else stands there.
    fn places(&self, slot: &Slot, place: &[Found]) -> Option<Vec<Participant>> {
        let kinds = if slot.kinds == Kinds::ACTOR { Kinds::ANYTHING } else { return None };
        let found = place.iter().map(|f| self.participants(f.times(0.7), kinds));
        found.into_iter().find(|p| !p.is_empty())
    }

    /// "rejected a plan to send the men of Iran home": whoever the phrase names, however deep.
    fn deep_anchor(
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

    /// "attacked a base in Kashmir", where the tree hangs the place on the verb.
    fn place_behind(&self, slot: &Slot, place: &[Found], clause: &Clause) -> Option<Vec<Participant>> {
        let object =
            place.first().filter(|f| slot.kinds == Kinds::ACTOR && self.upos(f.token) == Upos::Noun)?;
        let marks = ["in", "at", "near", "outside", "of"].map(str::to_owned);
        let behind =
            clause.obliques.iter().filter(|o| o.token > object.token && self.marked_by(o.token, &marks));
        let found = behind.map(|o| self.participants(o.times(0.55), Kinds::ANYTHING));
        found.into_iter().find(|p| !p.is_empty())
    }

    /// Where an event without an object is directed: "imposed a curfew in Kashmir", "opened an inquiry
    /// into claims against the bank".
    fn directed(&self, frame: &Frame, found: &mut Match<'_>, hosts: &Hosts<'_>) {
        let taken = [Role::Object, Role::Content, Role::Topic];
        let symmetric = self.lexicon.predicates.get(frame.predicate as usize).is_some_and(|p| p.symmetric);
        if symmetric || taken.iter().any(|r| frame.slot(*r).is_some()) {
            return;
        }
        let not: Vec<_> = found.subjects.iter().map(|s| s.argument.entity).collect();
        let nominal = [Deprel::Nmod, Deprel::Obl];
        let behind = hosts.literals.iter().flat_map(|l| self.children(*l, &nominal)).map(sure);
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
    }

    /// "X and Y met": with each other, where the frame has an OBJECT that is not there.
    fn is_reciprocal(&self, frame: &Frame, found: &Match<'_>) -> bool {
        let symmetric = self.lexicon.predicates.get(frame.predicate as usize).is_some_and(|p| p.symmetric);
        symmetric && found.subjects.len() > 1
    }

    /// "X and Y agreed to act": with each other too, because one agrees "with OBJECT".
    pub(super) fn is_mutual(&self, found: &Match<'_>) -> bool {
        let with = |s: &Slot| matches!(&s.place, Place::Marked(m) if m.iter().any(|m| m == "with"));
        let lemma = self.tree.lemma(found.trigger).to_lowercase();
        let words = |f: &Frame| f.literals.first().map(|l| l.words.clone());
        let literal = |f: &Frame| {
            f.literals.is_empty() && found.frame.literals.is_empty()
                || words(f).is_some_and(|w| found.words.get(1).is_some_and(|t| self.is_any(*t, &w)))
        };
        self.lexicon.frames.triggered_by(&lemma).any(|f| {
            f.predicate == found.frame.predicate && f.slot(Role::Object).is_some_and(with) && literal(f)
        })
    }

    pub(super) fn weigh(&self, found: &mut Match<'_>) {
        let least = |all: &[Participant]| all.iter().map(|p| p.confidence).fold(1.0f32, f32::min);
        found.confidence *= least(&found.subjects) * least(&found.objects);
        found.confidence *= found.content.map_or(1.0, |c| c.confidence);
    }

    fn fill_subject(
        &self,
        slot: &Slot,
        clause: &Clause,
        hosts: &Hosts<'_>,
        found: &mut Match<'_>,
    ) -> Result<(), Missing> {
        if slot.place != Place::Before {
            let place = self.slot_tokens(slot, hosts);
            found.subjects = place.iter().flat_map(|f| self.participants(*f, slot.kinds)).collect();
            return if found.subjects.is_empty() { missing("SUBJECT") } else { Ok(()) };
        }
        let subject = if clause.passive { clause.agent } else { clause.subject };
        match subject {
            Some(subject) => {
                found.subjects = self.participants(subject, slot.kinds);
                if found.subjects.is_empty() {
                    // "they", "some": somebody, but nobody that we know.
                    if self.upos(subject.token) != Upos::Pron || self.is_thing(subject.token) {
                        return missing("SUBJECT");
                    }
                    found.confidence *= 0.5;
                }
                Ok(())
            }
            None if clause.passive => {
                found.confidence *= 0.9;
                Ok(())
            }
            None => match self.nearest_before(clause.verb) {
                Some(near) => {
                    found.subjects = self.participants(near, slot.kinds);
                    if found.subjects.is_empty() { missing("SUBJECT") } else { Ok(()) }
                }
                None => missing("SUBJECT"),
            },
        }
    }

    /// Pronouns that stand for no person.
    fn is_thing(&self, token: TokenId) -> bool {
        self.is_relative(token) || !matches!(self.xpos(token), Xpos::PRP | Xpos::NN) || self.is(token, "it")
    }

    /// Where the tree gives no subject: the nearest name before the verb in its clause that no
    /// preposition governs.
    fn nearest_before(&self, verb: TokenId) -> Option<Found> {
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

    fn has_particle(&self, trigger: TokenId, particle: &[String]) -> bool {
        let near = (trigger.0 + 1..self.window(trigger, 4).1.0).map(TokenId);
        near.filter(|t| self.upos(*t) != Upos::Noun).any(|t| self.is_any(t, particle))
    }

    fn modified_by(&self, token: TokenId, words: &[String]) -> bool {
        let deps =
            [Deprel::Compound, Deprel::Amod, Deprel::NmodPoss, Deprel::Advmod, Deprel::Nmod, Deprel::Flat];
        self.children(token, &deps).any(|c| self.is_any(c, words))
    }

    /// The word that must be there, among all that hangs on the trigger.
    fn literal(&self, literal: &Literal, hosts: &Hosts<'_>) -> Option<TokenId> {
        let clause = hosts.clause;
        let fits = |t: TokenId| {
            self.is_any(t, &literal.words) && literal.modifiers.iter().all(|m| self.modified_by(t, m))
        };
        let with_conjuncts = |t: TokenId| {
            std::iter::once(t)
                .chain(self.children(t, &[Deprel::Conj]))
                .find(|t| fits(*t) && *t != clause.verb)
        };
        if literal.marks.is_empty() {
            // "offered to help" is not "offered help".
            let infinitive = |t: &TokenId| self.markers(*t).any(|m| self.is(m, "to"));
            let objects = clause.objects.iter().map(|o| o.token);
            let surface = clause.passive.then(|| clause.subject.map(|s| s.token)).flatten();
            let near = [
                Deprel::Xcomp,
                Deprel::Advmod,
                Deprel::CompoundPrt,
                Deprel::Iobj,
                Deprel::Compound,
                Deprel::OblUnmarked,
                Deprel::Det,
                Deprel::Ccomp,
            ];
            let others = self.children(clause.verb, &near).filter(|t| !infinitive(t));
            return objects.chain(surface).chain(others).find_map(with_conjuncts);
        }
        let marked = |t: &TokenId| self.marked_by(*t, &literal.marks);
        let on_trigger = self.tree.children(clause.verb).iter().copied();
        let on_literals = hosts.literals.iter().flat_map(|l| self.tree.children(*l).iter().copied());
        let found = on_trigger.chain(on_literals).filter(marked).find_map(with_conjuncts);
        // "turn down the offer": the mark is a particle, the word an object.
        found.or_else(|| {
            let particle = self.lone_preposition(clause.verb, &literal.marks);
            let surface = clause.subject.filter(|_| clause.passive).map(|s| s.token);
            let objects = clause.objects.iter().map(|o| o.token).chain(surface);
            if particle { objects.into_iter().find_map(with_conjuncts) } else { None }
        })
    }

    /// The phrases that stand in a slot's place, the likeliest first.
    fn slot_tokens(&self, slot: &Slot, hosts: &Hosts<'_>) -> Vec<Found> {
        let clause = hosts.clause;
        let free = |f: &Found| !hosts.literals.contains(&f.token);
        let bare = || {
            let mut all: Vec<Found> = Vec::new();
            if clause.passive {
                all.extend(clause.subject);
            }
            all.extend(&clause.objects);
            // "refuse to meet OBJECT": the object of the word that goes with the trigger.
            for literal in &hosts.literals {
                all.extend(self.children(*literal, &[Deprel::Obj, Deprel::Iobj]).map(sure));
            }
            // "gave Haiti money", read as if it were money of a Haitian sort.
            if all.iter().all(|f| !free(f)) {
                let owners = [Deprel::Compound, Deprel::Amod];
                for literal in &hosts.literals {
                    all.extend(self.children(*literal, &owners).map(|t| sure(t).times(0.8)));
                }
            }
            all.retain(free);
            all
        };
        match &slot.place {
            Place::Before => clause.subject.into_iter().collect(),
            Place::Bare => bare(),
            Place::Possessor => {
                let owners = [Deprel::NmodPoss, Deprel::Amod, Deprel::Compound];
                let of = ["of".to_owned(), "by".to_owned(), "from".to_owned()];
                let mut all = Vec::new();
                for literal in &hosts.literals {
                    all.extend(self.children(*literal, &owners).map(sure));
                    let nmods = self.children(*literal, &[Deprel::Nmod]);
                    all.extend(nmods.filter(|n| self.marked_by(*n, &of)).map(|n| sure(n).times(0.9)));
                }
                all
            }
            Place::Marked(marks) => {
                let mut all: Vec<Found> =
                    clause.obliques.iter().copied().filter(|o| self.marked_by(o.token, marks)).collect();
                let nominal = [Deprel::Nmod, Deprel::Obl, Deprel::Acl];
                for literal in &hosts.literals {
                    let behind = self.children(*literal, &nominal).filter(|n| self.marked_by(*n, marks));
                    all.extend(behind.map(sure));
                }
                if clause.passive && self.lone_preposition(clause.verb, marks) {
                    all.extend(clause.subject.map(|s| s.times(0.95)));
                }
                // "crack down on", "turn down OBJECT": a particle before a plain object.
                if all.is_empty() && self.lone_preposition(clause.verb, marks) {
                    let plain = clause.objects.iter().chain(clause.subject.iter().filter(|_| clause.passive));
                    all.extend(plain.filter(|f| free(f)).map(|f| f.times(0.95)));
                }
                // "gave Haiti aid" for "gave aid to Haiti".
                let dative = marks.iter().any(|m| m == "to" || m == "for");
                if all.is_empty() && dative && !hosts.literals.is_empty() {
                    all.extend(bare().into_iter().map(|f| f.times(0.95)));
                }
                // "discussed the crisis with Iran": the phrase hangs on the plain object.
                if all.is_empty() {
                    for object in &clause.objects {
                        let behind = self.children(object.token, &[Deprel::Nmod]);
                        all.extend(behind.filter(|n| self.marked_by(*n, marks)).map(|n| sure(n).times(0.85)));
                    }
                }
                // "filed a suit in a court against the bank": hung on the nearest noun, but meant for the verb.
                if all.is_empty() && slot.role == Role::Object {
                    all.extend(self.marked_after(clause.verb, marks).map(|t| sure(t).times(0.75)));
                }
                all.retain(free);
                all
            }
        }
    }

    /// The nearest phrase after the verb, and under it, that one of `marks` marks.
    fn marked_after(&self, verb: TokenId, marks: &[String]) -> Option<TokenId> {
        let (_, end) = self.window(verb, 16);
        let near = (verb.0 + 1..end.0).map(TokenId).filter(|t| self.is_under(*t, verb));
        let marks: Vec<String> = marks.iter().filter(|m| *m != "of").cloned().collect();
        let mut phrases = near.filter(|t| matches!(self.dep(*t), Deprel::Nmod | Deprel::Obl));
        phrases.find(|t| self.marked_by(*t, &marks) && !self.is_clausal_break(verb, *t))
    }

    /// True if a verb stands between: the phrase is its own.
    fn is_clausal_break(&self, verb: TokenId, token: TokenId) -> bool {
        (verb.0 + 1..token.0).map(TokenId).any(|t| self.upos(t) == Upos::Verb)
    }

    /// The head of what is said or asked.
    fn content(&self, slot: &Slot, hosts: &Hosts<'_>) -> Option<Found> {
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
