//! One frame against one trigger: do the words and slots stand where the frame wants them?
//!
//! In: a frame, the [`Clause`] around the trigger, the [`Scene`]. Out: a [`Match`] that says who
//! fills which slot, or [`Missing`]: what was not found. Every derived form is undone before, in the
//! clause; here only the active base form is known, and who stands before the verb in the passive.

use super::argument::Participant;
use super::clause::{Clause, Found, sure};
use super::scene::Scene;
use crate::entity::Form;
use crate::lexicon::Kind;
use crate::lexicon::frame::{Condition, Frame, Kinds, Literal, Place, Role, Shape, Slot};
use crate::syntax::{Deprel, Upos, Xpos};
use crate::text::TokenId;

/// Who fills which slot.
#[derive(Clone, Debug)]
pub(super) struct Match<'a> {
    pub(super) frame: &'a Frame,
    /// The frame's, or what its content makes of it.
    pub(super) predicate: u32,
    /// The modality of relations inside the content: the frame's, or what its content makes of it.
    pub(super) condition: Option<Condition>,
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
pub(super) struct Hosts<'c> {
    pub(super) clause: &'c Clause,
    pub(super) literals: Vec<TokenId>,
}

impl<'a> Scene<'a> {
    /// Matches a verb or copula frame.
    pub(super) fn match_clause(&self, frame: &'a Frame, clause: &Clause) -> Result<Match<'a>, Missing> {
        let trigger = clause.verb;
        let plain;
        let clause = if frame.shape == Shape::Copula && clause.passive {
            // "is prepared to act", "was arrested in Iran": who is prepared stands before; a doer is enough.
            if clause.agent.is_some() {
                return missing("a clause without \"by\"");
            }
            plain = Clause { passive: false, ..clause.clone() };
            &plain
        } else {
            clause
        };
        // "has engaged with" is not "is engaged with".
        let perfect = self.has_perfect(trigger) && !self.has(trigger, &[Deprel::Cop]);
        if frame.shape == Shape::Copula && perfect {
            return missing("a clause without \"have\"");
        }
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
        if self.is_about_its_object(frame, trigger) {
            return missing("a frame without what the object is called");
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
            predicate: frame.predicate,
            condition: frame.content,
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
                Role::Subject => match self.fill_subject(slot, clause, &hosts, &mut found) {
                    // Another sense is another sense, whoever does it.
                    Err(_) if slot.kinds == Kinds::ACTOR && self.tells_nothing(frame.predicate) => {}
                    filled => filled?,
                },
                Role::Object => {
                    let place = self.slot_tokens(slot, &hosts);
                    if found.subjects.len() > 1 && place.iter().any(|f| self.is_each_other(f.token)) {
                        found.objects = found.subjects.clone();
                        continue;
                    }
                    // "opened its borders to Iran": the owner of the borders is no other side.
                    let others = |all: Vec<Participant>| {
                        let is_other = |p: &Participant| {
                            found.subjects.iter().all(|s| s.argument.entity != p.argument.entity)
                        };
                        Some(all.into_iter().filter(is_other).collect::<Vec<_>>()).filter(|p| !p.is_empty())
                    };
                    let objects = place.iter().find_map(|f| others(self.participants(*f, slot.kinds)));
                    let objects = objects.or_else(|| self.places(slot, &place).and_then(others));
                    let objects = objects.or_else(|| self.deep_anchor(slot, &place, &found.subjects));
                    match objects {
                        Some(objects) => found.objects = objects,
                        None if slot.kinds.has(1) && self.is_reciprocal(frame, &found, &hosts) => {}
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
        // "threatened to recall its envoy": what is threatened stands within.
        if found.content.is_none() {
            let infinitive = |l: &(&Literal, &TokenId)| {
                l.0.marks.iter().any(|m| m == "to") && self.upos(*l.1) == Upos::Verb
            };
            let verb = frame.literals.iter().zip(&hosts.literals).find(infinitive);
            found.content = verb.map(|(_, token)| sure(*token));
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

    /// "called him a liar", "made Iran angry": what is said of the object makes the verb another one.
    fn is_about_its_object(&self, frame: &Frame, trigger: TokenId) -> bool {
        let plain = frame.shape == Shape::Verb
            && frame.literals.is_empty()
            && frame.slots.iter().all(|s| matches!(s.role, Role::Subject | Role::Object));
        let object = frame.slot(Role::Object).filter(|s| plain && s.place == Place::Bare);
        let is_said = |t: TokenId| {
            t > trigger
                && matches!(self.upos(t), Upos::Noun | Upos::Adj | Upos::Propn)
                && !self.has(t, &[Deprel::Mark, Deprel::Case])
        };
        // "was left defenseless": of whom stands before.
        object.is_some()
            && (self.has(trigger, &[Deprel::Obj]) || self.is_passive(trigger))
            && self.children(trigger, &[Deprel::Xcomp]).any(is_said)
    }

    /// "X and Y met": with each other, where the frame has an OBJECT that is not there; "X and Y convened
    /// mayors" is with mayors, whoever they are.
    fn is_reciprocal(&self, frame: &Frame, found: &Match<'_>, hosts: &Hosts<'_>) -> bool {
        let symmetric = self.lexicon.predicates.get(frame.predicate as usize).is_some_and(|p| p.symmetric);
        let others = hosts.clause.objects.iter().any(|o| !hosts.literals.contains(&o.token));
        symmetric && found.subjects.len() > 1 && !others
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
                if found.subjects.is_empty() && self.is_acronym(subject.token) {
                    found.subjects = self.participants(subject.times(0.8), Kinds::ANYTHING);
                }
                if let Some(other) = self.joined_subject(clause, subject.token) {
                    let more = self.participants(other, slot.kinds).into_iter();
                    let known: Vec<_> = found.subjects.iter().map(|s| s.argument.entity).collect();
                    found.subjects.extend(more.filter(|p| !known.contains(&p.argument.entity)));
                }
                if found.subjects.is_empty() && self.upos(subject.token) == Upos::Pron {
                    found.subjects = self.speakers_of(clause.verb, subject.token, slot.kinds);
                }
                if found.subjects.is_empty() {
                    // "they", "some": somebody, but nobody that we know.
                    let some = self.upos(subject.token) == Upos::Pron && !self.is_thing(subject.token);
                    let none = self.children(subject.token, &[Deprel::Det]).any(|d| self.is(d, "no"));
                    if !some && !none {
                        return missing("SUBJECT");
                    }
                    found.confidence *= 0.5;
                }
                Ok(())
            }
            None if clause.passive => {
                found.confidence *= 0.9;
                found.subjects = self.doer_within(slot, hosts);
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

    /// "Macron and German Chancellor Olaf Scholz agreed", parsed as if the verb had two subjects.
    fn joined_subject(&self, clause: &Clause, subject: TokenId) -> Option<Found> {
        let subjects = [Deprel::Nsubj, Deprel::NsubjPass];
        let mut others = self.children(clause.verb, &subjects).filter(|s| *s > subject && *s < clause.verb);
        let other = others.next().filter(|_| !clause.passive && self.head(subject) == Some(clause.verb))?;
        let joined = (subject.0 + 1..other.0).map(TokenId).any(|t| self.is(t, "and"));
        joined.then(|| sure(other).times(0.85))
    }

    /// "The rebels said that they would disarm": who says it, where nothing else is known of "they".
    fn speakers_of(&self, verb: TokenId, pronoun: TokenId, kinds: Kinds) -> Vec<Participant> {
        let Some(teller) = self.head(verb).filter(|_| self.dep(verb) == Deprel::Ccomp) else {
            return Vec::new();
        };
        let tells = self.lexicon.frames.triggered_by(self.tree.lemma(teller));
        let told = tells.into_iter().any(|f| f.slot(Role::Content).is_some());
        if !told || self.is_relative(pronoun) || self.xpos(pronoun) != Xpos::PRP {
            return Vec::new();
        }
        let speaker = self.subject(teller).filter(|s| s.token < teller || self.is(pronoun, "I"));
        let mut speakers = speaker.map(|s| self.participants(s.times(0.8), kinds)).unwrap_or_default();
        speakers.iter_mut().for_each(|s| s.argument.span = self.span(pronoun));
        speakers
    }

    /// "UNDOF withdrew": what no table knows and acts is no place.
    fn is_acronym(&self, token: TokenId) -> bool {
        let name = self.mention(token).filter(|m| m.form == Form::Name && m.first == token);
        let entity = name.and_then(|m| self.entities.entities.get(m.entity.at()));
        let capitals = self.word(token).len() > 2 && self.word(token).chars().all(char::is_uppercase);
        capitals && entity.is_some_and(|e| e.kind == Kind::Place && e.entry.is_none())
    }

    /// Pronouns that stand for no person.
    fn is_thing(&self, token: TokenId) -> bool {
        self.is_relative(token) || !matches!(self.xpos(token), Xpos::PRP | Xpos::NN) || self.is(token, "it")
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

    /// "each other", "one another".
    fn is_each_other(&self, token: TokenId) -> bool {
        let (low, high) = self.window(token, 2);
        let pair = |first: &str, second: &str| {
            let mut places = (low.0..high.0.saturating_sub(1)).map(TokenId);
            places.any(|t| {
                let next = TokenId(t.0 + 1);
                self.is(t, first) && self.is(next, second) && (t == token || next == token)
            })
        };
        pair("each", "other") || pair("one", "another")
    }

    /// The noun that a conjunct is joined to, where both are nouns.
    fn head_of_conjunct(&self, token: TokenId) -> Option<TokenId> {
        let head = self.head(token).filter(|_| self.dep(token) == Deprel::Conj)?;
        matches!(self.upos(head), Upos::Noun | Upos::Propn).then_some(head)
    }

    /// "$5 million" where the frame has "dollar".
    fn is_money(&self, token: TokenId, words: &[String]) -> bool {
        self.xpos(token) == Xpos::Dollar && words.iter().any(|w| w == "dollar")
    }

    /// The word that must be there, among all that hangs on the trigger.
    fn literal(&self, literal: &Literal, hosts: &Hosts<'_>) -> Option<TokenId> {
        let clause = hosts.clause;
        let fits = |t: TokenId| {
            (self.is_any(t, &literal.words) || self.is_money(t, &literal.words))
                && literal.modifiers.iter().all(|m| self.modified_by(t, m))
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
            // "agree to withdraw troops": the object of the word before.
            let theirs = hosts.literals.iter().flat_map(|l| self.children(*l, &[Deprel::Obj]));
            let plain = objects.clone().chain(surface).chain(others).chain(theirs).find_map(with_conjuncts);
            // "began a round of talks": what the object is made of.
            let parts = |o: TokenId| {
                self.children(o, &[Deprel::Nmod])
                    .filter(|n| self.mention(o).is_none() && self.marked_by(*n, &["of"]))
                    .find_map(with_conjuncts)
            };
            return plain.or_else(|| objects.chain(surface).find_map(parts));
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
    pub(super) fn slot_tokens(&self, slot: &Slot, hosts: &Hosts<'_>) -> Vec<Found> {
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
                let of = ["of", "by", "from"];
                let mut all = Vec::new();
                for literal in &hosts.literals {
                    all.extend(self.children(*literal, &owners).map(sure));
                    let nmods = self.children(*literal, &[Deprel::Nmod]);
                    all.extend(nmods.filter(|n| self.marked_by(*n, &of)).map(|n| sure(n).times(0.9)));
                }
                all
            }
            Place::Marked(marks) => {
                // "complained to the council, according to Sana": two words that mark as one.
                let according = |t: TokenId| self.markers(t).any(|m| self.is(m, "according"));
                let mut all: Vec<Found> = clause
                    .obliques
                    .iter()
                    .copied()
                    .filter(|o| self.marked_by(o.token, marks) && !according(o.token))
                    .collect();
                let nominal = [Deprel::Nmod, Deprel::Obl, Deprel::Acl];
                for literal in &hosts.literals {
                    let behind = self.children(*literal, &nominal).filter(|n| self.marked_by(*n, marks));
                    all.extend(behind.map(sure));
                    // "suspended talks and flights to Iran"
                    for other in
                        self.children(*literal, &[Deprel::Conj]).chain(self.head_of_conjunct(*literal))
                    {
                        let behind = self.children(other, &nominal).filter(|n| self.marked_by(*n, marks));
                        all.extend(behind.map(|n| sure(n).times(0.9)));
                    }
                }
                if clause.passive && self.lone_preposition(clause.verb, marks) {
                    all.extend(clause.subject.map(|s| s.times(0.95)));
                }
                // A phrase that leads to nobody is not who is meant.
                let nobody = |all: &[Found]| {
                    slot.role != Role::Object && all.is_empty()
                        || slot.role == Role::Object
                            && all.iter().all(|f| self.participants(*f, slot.kinds).is_empty())
                };
                // "crack down on", "turn down OBJECT": a particle before a plain object.
                if nobody(&all) && self.lone_preposition(clause.verb, marks) {
                    let plain = clause.objects.iter().chain(clause.subject.iter().filter(|_| clause.passive));
                    all.extend(plain.filter(|f| free(f)).map(|f| f.times(0.95)));
                }
                // "gave Haiti aid" for "gave aid to Haiti".
                let dative = marks.iter().any(|m| m == "to" || m == "for");
                if nobody(&all) && dative && !hosts.literals.is_empty() {
                    // but not "led a Senate delegation" for "led a delegation to the Senate"
                    let part = |f: &Found| self.head(f.token).is_some_and(|h| hosts.literals.contains(&h));
                    let body = |f: &Found| self.kind(f.token) == Some(Kind::Organization);
                    let given = bare().into_iter().filter(|f| !(part(f) && body(f)));
                    all.extend(given.map(|f| f.times(0.95)));
                }
                // "discussed the crisis with Iran": the phrase hangs on the plain object.
                if nobody(&all) {
                    for object in clause.objects.iter().filter(|o| !self.owns_phrase(o.token, marks)) {
                        let behind = self.children(object.token, &[Deprel::Nmod]);
                        all.extend(behind.filter(|n| self.marked_by(*n, marks)).map(|n| sure(n).times(0.85)));
                    }
                }
                // "filed a suit in a court against the bank": hung on the nearest noun, but meant for the verb.
                if nobody(&all) && slot.role == Role::Object {
                    all.extend(self.marked_after(clause.verb, marks).map(|t| sure(t).times(0.75)));
                }
                all.retain(free);
                all
            }
        }
    }
}
