//! Frames become relations: who did what to whom, over the trees of a document.
//!
//! In: a document with syntax and entities, the lexicon's frames, the quotations. Out: relations
//! with subject, object, content, polarity, modality, nesting and evidence. Only active base forms
//! are written in the lexicon; passive, relatives, control, coordination and headlines are undone
//! here: "China was pressed by Washington to act" → `United States -urges-> China`. Standing
//! relations come from `standing`, not from here.

mod argument;
mod clause;
mod content;
mod contrast;
mod control;
mod factuality;
mod fallback;
mod joint;
mod matching;
mod mood;
mod nesting;
mod noun;
mod presupposed;
mod scene;
mod surface;
mod trace;
mod uncovered;

use self::clause::Clause;
use self::matching::{Match, Missing};
use self::nesting::modality;
use self::scene::{MentionMap, Scene};
pub use self::trace::{Trace, explain};
pub use self::uncovered::{Uncovered, uncovered};
use super::{Argument, Evidence, Modality, Polarity, Quotation, Relation};
use crate::document::Document;
use crate::entity::{Entities, Form};
use crate::lexicon::Lexicon;
use crate::lexicon::frame::{Condition, Frame, Kinds, Place, Role, Shape};
use crate::lexicon::predicate::Quad;
use crate::syntax::{Deprel, Syntax, Upos, Xpos};
use crate::text::{EntityId, PredicateId, RelationId, SentenceId, Span, TokenId};

crate::word_list!(LIGHT_VERBS, "light_verbs.txt");
crate::word_list!(OPINIONS, "opinions.txt");

/// More pairs than this from one trigger are a list, not an event.
const MOST_PAIRS: usize = 12;
/// Below this a match is no evidence.
const LEAST_CONFIDENCE: f32 = 0.25;

/// Finds the relations that frames tell, in the order of the text; `within` counts in this list.
#[must_use]
pub fn find(
    document: &Document,
    syntax: &Syntax,
    entities: &Entities,
    lexicon: &Lexicon,
    quotations: &[Quotation],
) -> Vec<Relation> {
    let mut relations = Vec::new();
    if syntax.head.len() < document.tokens.len() {
        return relations;
    }
    let mentions = MentionMap::new(document, entities);
    let quoted = by_sentence(document, quotations);
    for (at, quoted) in quoted.iter().enumerate() {
        let scene = Scene::new(document, syntax, entities, lexicon, &mentions, SentenceId::from(at));
        if let Some(scene) = scene {
            let matches = scene.matches();
            scene.relate(&matches, quoted, &mut relations);
        }
    }
    relations
}

/// The quotations whose words or cue stand in each sentence.
fn by_sentence<'q>(document: &Document, quotations: &'q [Quotation]) -> Vec<Vec<&'q Quotation>> {
    let mut lists: Vec<Vec<&Quotation>> = vec![Vec::new(); document.sentences.len()];
    for quotation in quotations {
        for place in quotation.segments.iter().chain(&quotation.cue) {
            let first = document.sentences.partition_point(|s| s.span.end <= place.start);
            let inside = document.sentences[first..].iter().take_while(|s| s.span.start < place.end).count();
            for list in &mut lists[first..first + inside] {
                if list.last().is_none_or(|last| !std::ptr::eq(*last, quotation)) {
                    list.push(quotation);
                }
            }
        }
    }
    lists
}

impl<'a> Scene<'a> {
    /// Tries every frame that the token can trigger.
    fn attempts(&self, token: TokenId) -> Vec<(&'a Frame, Result<Match<'a>, Missing>)> {
        let lemma = self.tree.lemma(token).to_lowercase();
        let word = self.word(token).to_lowercase();
        let by_word = (word != lemma).then_some(word);
        let frames: Vec<&'a Frame> = std::iter::once(lemma)
            .chain(by_word)
            .flat_map(|w| self.lexicon.frames.triggered_by(&w).collect::<Vec<_>>())
            .collect();
        if frames.is_empty() {
            return Vec::new();
        }
        let named = self.mention(token).is_some_and(|m| m.first <= token && token < m.end);
        let proper = self.mention(token).is_some_and(|m| m.form == Form::Name);
        let is_head = self.mention(token).is_some_and(|m| m.form == Form::Nominal && m.head == token);
        let mut clause: Option<Vec<Clause>> = None;
        let mut attempts = Vec::new();
        for frame in frames.iter().copied() {
            match frame.shape {
                // "critics of Hungary": an event noun may be who does it.
                Shape::Noun if self.is_nominal(token) && (!named || is_head) => {
                    attempts.push((frame, self.match_noun(frame, token)));
                }
                // "is a member of NATO": what somebody is said to be may be a mention.
                Shape::Verb | Shape::Copula
                    if self.can_trigger(frame.shape, token)
                        && (!named || frame.shape == Shape::Copula && !proper) =>
                {
                    let readings = clause.get_or_insert_with(|| self.readings(token));
                    let mut outcomes = readings.iter().map(|clause| self.match_clause(frame, clause));
                    let first = outcomes.next();
                    // "Iran slammed over arrest": the passive, unless the active is as sure.
                    let sure = |o: &Result<Match<'_>, Missing>| o.as_ref().map_or(0.0, |m| m.confidence);
                    let least = first.as_ref().map_or(0.0, sure);
                    let better = outcomes.find(|o| sure(o) > least);
                    if let Some(outcome) = better.or(first) {
                        attempts.push((frame, outcome));
                    }
                }
                _ => {}
            }
        }
        if attempts.iter().all(|(_, outcome)| outcome.is_err()) && !named {
            let read = frames.iter().filter_map(|f| self.match_surface(f, token).map(|m| (*f, Ok(m))));
            attempts.extend(read.collect::<Vec<_>>());
        }
        attempts
    }

    /// The clause of a verb; in a headline also as a passive.
    fn readings(&self, token: TokenId) -> Vec<Clause> {
        let clause = self.clause(token);
        let mut readings = vec![clause];
        if self.may_be_headline_passive(&readings[0]) {
            let mut passive = readings[0].clone();
            passive.passive = true;
            passive.subject = passive.subject.map(|s| s.times(0.8));
            readings.push(passive);
        }
        readings
    }

    fn can_trigger(&self, shape: Shape, token: TokenId) -> bool {
        let arguments = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj];
        if shape == Shape::Copula {
            let deps = [Deprel::Xcomp, Deprel::Acl, Deprel::Advcl, Deprel::Conj, Deprel::Parataxis];
            // "police opened fire" is not "are open".
            if matches!(self.xpos(token), Xpos::VBD | Xpos::VBZ | Xpos::VBP | Xpos::VB) {
                return self.has(token, &[Deprel::Cop, Deprel::AuxPass]);
            }
            return self.has(token, &[Deprel::Cop, Deprel::AuxPass, Deprel::Nsubj])
                || deps.contains(&self.dep(token)) && self.upos(token) != Upos::Noun;
        }
        match self.upos(token) {
            // "the detained man", "rising tensions": no clause.
            Upos::Verb => self.dep(token) != Deprel::Amod && self.dep(token) != Deprel::Compound,
            Upos::Aux => self.has(token, &[Deprel::Obj]),
            Upos::Noun | Upos::Adj | Upos::Propn | Upos::Adp | Upos::X => self.has(token, &arguments),
            _ => false,
        }
    }

    /// The matches of the sentence: one a trigger, the most specific.
    fn matches(&self) -> Vec<Match<'a>> {
        let mut matches: Vec<Match<'a>> = Vec::new();
        for token in self.tree.tokens() {
            let fired = self.attempts(token).into_iter().filter_map(|(_, outcome)| outcome.ok());
            let counts = |m: &Match<'_>| m.confidence >= LEAST_CONFIDENCE && self.is_about_somebody(m);
            let fired = fired.filter(|m| self.is_silent(m) || counts(m));
            let mut best: Option<Match<'a>> = None;
            for one in fired {
                let better = best.as_ref().is_none_or(|b| self.rank(&one) > self.rank(b));
                if better {
                    best = Some(one);
                }
            }
            matches.extend(best);
        }
        // "executed a plan" is no killing.
        matches.retain(|m| !self.is_silent(m));
        // "held talks": the talks are no event of their own.
        let whose = |m: &Match<'_>| m.subjects.iter().map(|s| s.argument.entity).collect::<Vec<_>>();
        let mut taken: Vec<(TokenId, Vec<EntityId>)> = Vec::new();
        for one in &matches {
            let under = |t: TokenId| one.content.is_some_and(|c| self.is_under(t, c.token));
            let words = one.words[1..].iter().filter(|w| !under(**w));
            taken.extend(words.map(|w| (*w, whose(one))));
        }
        // But "rejected Spain's demand": the demand is Spain's.
        matches.retain(|m| {
            let own = whose(m);
            taken.iter().all(|(word, theirs)| {
                *word != m.trigger || !own.is_empty() && own.iter().all(|o| !theirs.contains(o))
            })
        });
        matches.iter_mut().for_each(|m| self.obliges(m));
        matches
    }

    /// "said that Iran must withdraw" asks for it: what a statement becomes whose content is a duty of
    /// somebody else than the speaker.
    fn obliges(&self, found: &mut Match<'_>) {
        let Some(content) = found.content.filter(|_| found.condition.is_none()).map(|c| c.token) else {
            return;
        };
        let when = self.lexicon.predicates.get(found.predicate as usize).map(|p| &p.when);
        let other =
            when.and_then(|w| w.iter().find(|(c, _)| *c == Condition::Obliged)).map(|(_, other)| *other);
        let Some(other) = other else { return };
        let facts = self.factuality(content, Some(content));
        // "believes that Iran should act" is an opinion.
        let silent = OPINIONS.has(self.tree.lemma(found.trigger));
        if facts.modality != Modality::Obliged || found.frame.shape != Shape::Verb || silent {
            return;
        }
        let speakers: Vec<EntityId> = found.subjects.iter().map(|s| s.argument.entity).collect();
        // "said that Iran should be invited" asks nothing of Iran.
        let invited = |s: &TokenId| self.dep(*s) == Deprel::NsubjPass && self.mention(*s).is_some();
        let subject = self.children(content, &[Deprel::Nsubj, Deprel::NsubjPass]).find(|s| !invited(s));
        let bound = subject.map(|s| self.participants(clause::sure(s), Kinds::ACTOR)).unwrap_or_default();
        if !bound.is_empty() && bound.iter().all(|b| !speakers.contains(&b.argument.entity)) {
            found.predicate = other;
            found.condition = Some(Condition::Asked);
            // "told reporters that Iran must withdraw": Iran is asked, not the reporters.
            found.objects = bound;
        }
    }

    /// True for a verb in another sense, which tells nothing.
    fn is_silent(&self, found: &Match<'_>) -> bool {
        self.tells_nothing(found.predicate)
    }

    fn tells_nothing(&self, predicate: u32) -> bool {
        self.lexicon.predicates.get(predicate as usize).is_some_and(|p| p.silent)
    }

    /// Of the matches of one trigger the greatest wins: a silent one over all others.
    fn rank(&self, found: &Match<'_>) -> (bool, usize, u32) {
        let filled = usize::from(!found.subjects.is_empty()) + usize::from(!found.objects.is_empty());
        let specific = found.frame.specificity() + 2 * filled;
        (self.is_silent(found), specific, (found.confidence * 1000.0) as u32)
    }

    fn is_about_somebody(&self, found: &Match<'_>) -> bool {
        !found.subjects.is_empty() || !found.objects.is_empty()
    }

    /// Turns the sentence's matches into relations.
    fn relate(&self, matches: &[Match<'a>], quotations: &[&Quotation], relations: &mut Vec<Relation>) {
        let mut by_content: Vec<(TokenId, usize)> =
            matches.iter().enumerate().filter_map(|(at, m)| m.content.map(|c| (c.token, at))).collect();
        by_content.sort_unstable();
        let parents: Vec<Option<usize>> =
            (0..matches.len()).map(|at| self.parent(at, matches, &by_content)).collect();
        // Which relations each match made, to find the one that others stand within.
        let mut made: Vec<(usize, usize)> = vec![(0, 0); matches.len()];
        let mut pending: Vec<(usize, usize)> = Vec::new();
        for (at, found) in matches.iter().enumerate() {
            let parent = parents[at].and_then(|p| matches.get(p));
            let first = relations.len();
            self.relate_one(found, parent, quotations, relations);
            made[at] = (first, relations.len());
            if let Some(parent) = parents[at].filter(|p| matches[*p].condition.is_some()) {
                pending.push((at, parent));
            }
        }
        for (at, parent) in pending {
            let (first, end) = made[parent];
            for child in made[at].0..made[at].1 {
                let doer = relations[child].subject.map(|s| s.entity);
                let same = (first..end).find(|r| relations[*r].object.map(|o| o.entity) == doer);
                let outer = same.or((first < end).then_some(first));
                relations[child].within = outer.map(RelationId::from);
            }
        }
    }

    fn relate_one(
        &self,
        found: &Match<'a>,
        parent: Option<&Match<'a>>,
        quotations: &[&Quotation],
        relations: &mut Vec<Relation>,
    ) {
        let content_of = parent.and_then(|p| p.content).map(|c| c.token);
        let mut facts = self.factuality(found.trigger, content_of);
        let mut attribution = None;
        let mut nested = false;
        if let Some(parent) = parent {
            if !content_of.is_some_and(|content| self.is_told_as_fact(found.trigger, content)) {
                facts = nesting::within(facts, parent.condition);
            }
            nested = parent.condition.is_some();
            let says = matches!(parent.condition, None | Some(Condition::Alleged));
            attribution = parent.subjects.first().filter(|_| says).map(|s| s.argument.entity);
        }
        let trigger = self.span(found.trigger);
        // What is asked or refused is no statement: "refused to meet" attributes the meeting to nobody.
        let asker = parent.filter(|_| nested && attribution.is_none()).map(|p| self.span(p.trigger));
        attribution = attribution.or_else(|| speaker_of(quotations, trigger, asker));
        let mut predicate = found.predicate;
        let mut code = found.frame.code.clone().filter(|_| predicate == found.frame.predicate);
        // "Iran said it would boycott" is a threat; that others expect it is none.
        let own = attribution.is_some_and(|a| found.subjects.iter().any(|s| s.argument.entity == a));
        if !nested && let Some(other) = self.compose(predicate, own, &mut facts.polarity, &mut facts.modality)
        {
            predicate = other;
            code = None;
        }
        let quoted = quotations.iter().find(|q| q.cue.is_some_and(|cue| cue.overlaps(trigger)));
        let content = self.content_span(found).or_else(|| found.topic.map(|t| self.phrase(t)));
        let content = quoted.and_then(|q| whole(q)).filter(|_| found.content.is_some()).or(content);
        let base = Relation {
            predicate: PredicateId(predicate),
            code,
            subject: None,
            object: None,
            content,
            within: None,
            polarity: facts.polarity,
            modality: facts.modality,
            attribution,
            time: super::time::resolve(self.document, self.syntax, self.sentence, found.trigger),
            evidence: Evidence {
                sentence: self.sentence,
                trigger: self.words_span(found),
                rule: found.frame.text.clone(),
                ..Evidence::default()
            },
            confidence: found.confidence.clamp(0.0, 1.0),
        };
        let speaker = self.first_person(found).zip(attribution);
        let speaker = speaker.map(|(span, entity)| Argument { entity, span });
        for (subject, object) in self.pairs(found) {
            // "We", in what somebody says, is whoever says it.
            let subject = subject.or(speaker.filter(|s| object.is_none_or(|o| o.entity != s.entity)));
            relations.push(Relation { subject, object, ..base.clone() });
        }
        if let Some(other) = self.denied_side(found.trigger).filter(|_| found.frame.shape == Shape::Verb) {
            let own: Vec<EntityId> = found.subjects.iter().map(|s| s.argument.entity).collect();
            let objects = found.objects.iter().map(|o| Some(o.argument));
            for object in objects.filter(|_| !own.contains(&other.entity)) {
                let polarity = Polarity::Negated;
                relations.push(Relation { subject: Some(other), object, polarity, ..base.clone() });
            }
        }
    }

    /// "I" or "we" as the subject of a match that found nobody there.
    fn first_person(&self, found: &Match<'_>) -> Option<Span> {
        let subject =
            self.children(found.trigger, &[Deprel::Nsubj]).next().filter(|_| found.subjects.is_empty())?;
        (self.is(subject, "I") || self.is(subject, "we")).then(|| self.span(subject))
    }

    /// The trigger with the words that go with it, where they stand together.
    fn words_span(&self, found: &Match<'_>) -> Span {
        let near = |t: &&TokenId| t.0.abs_diff(found.trigger.0) <= 5;
        let spans = found.words.iter().filter(near).map(|t| self.span(*t));
        spans.fold(self.span(found.trigger), Span::cover)
    }

    /// Who with whom: every subject with every object; in a symmetric relation without an object,
    /// the subjects with each other.
    fn pairs(&self, found: &Match<'_>) -> Vec<(Option<Argument>, Option<Argument>)> {
        let subjects: Vec<Argument> = found.subjects.iter().map(|p| p.argument).collect();
        let mut objects: Vec<Argument> = found.objects.iter().map(|p| p.argument).collect();
        let symmetric =
            self.lexicon.predicates.get(found.frame.predicate as usize).is_some_and(|p| p.symmetric);
        let several = objects.is_empty() && subjects.len() > 1;
        let mut each_other = several && (symmetric || self.is_mutual(found) || self.is_joint(found));
        if objects.is_empty() && !each_other {
            let doers: Vec<EntityId> = subjects.iter().map(|s| s.entity).collect();
            let content = found.content.or(self.topic_of(found));
            let promise = self.lexicon.predicates.get(found.predicate as usize).and_then(|p| p.quad)
                == Some(Quad::VerbalCooperation);
            objects.extend(content.and_then(|content| {
                let concerned = self.concerned(content, &doers)?;
                let home = promise && self.is_home(&concerned, content.token, &doers);
                (!home).then_some(concerned)
            }));
            each_other = several && objects.is_empty() && self.is_promise(found);
        }
        if each_other {
            let after = |i: usize| subjects[i + 1..].iter().map(move |b| (i, b));
            let pairs = (0..subjects.len()).flat_map(after);
            return pairs.map(|(i, b)| (Some(subjects[i]), Some(*b))).take(MOST_PAIRS).collect();
        }
        let all_subjects: Vec<Option<Argument>> =
            if subjects.is_empty() { vec![None] } else { subjects.into_iter().map(Some).collect() };
        let all_objects: Vec<Option<Argument>> =
            if objects.is_empty() { vec![None] } else { objects.into_iter().map(Some).collect() };
        let mut pairs = Vec::new();
        for subject in &all_subjects {
            for object in &all_objects {
                // Nobody does it to himself: one of the two is misread.
                let same = subject.is_some() && subject.map(|s| s.entity) == object.map(|o| o.entity);
                if !same {
                    pairs.push((*subject, *object));
                }
            }
        }
        pairs.truncate(MOST_PAIRS);
        pairs
    }

    /// What it is about, where that may lead to a participant: "accepted a call from Iran"; but who
    /// "resigned as president" did nothing to a president.
    fn topic_of(&self, found: &Match<'_>) -> Option<clause::Found> {
        let slot = found.frame.slot(Role::Topic)?;
        let role = matches!(&slot.place, Place::Marked(marks) if marks.iter().any(|m| m == "as"));
        found.topic.filter(|_| !role).map(clause::sure)
    }

    /// "will not negotiate" is a rejection: the relation that the colours make of this one.
    fn compose(
        &self,
        predicate: u32,
        own: bool,
        polarity: &mut Polarity,
        modality_now: &mut Modality,
    ) -> Option<u32> {
        let quad = |p: u32| self.lexicon.predicates.get(p as usize).and_then(|p| p.quad);
        let when = &self.lexicon.predicates.get(predicate as usize)?.when;
        if *polarity == Polarity::Negated {
            let (_, other) = when.iter().find(|(c, _)| *c == Condition::Negated)?;
            *polarity = Polarity::Affirmed;
            return Some(*other);
        }
        let fits = |c: Condition| c != Condition::Negated && modality(c) == *modality_now;
        let (_, other) = when.iter().find(|(c, _)| fits(*c))?;
        if quad(*other) == Some(Quad::VerbalConflict) && !own {
            return None;
        }
        *modality_now = Modality::Asserted;
        Some(*other)
    }
}

/// Who says the words at `place`: the speaker of the shortest quotation around whose cue is not `asker`.
fn speaker_of(quotations: &[&Quotation], place: Span, asker: Option<Span>) -> Option<EntityId> {
    let asks = |q: &Quotation| q.cue.zip(asker).is_some_and(|(cue, asker)| cue.overlaps(asker));
    let around = quotations.iter().filter(|q| q.segments.iter().any(|s| s.contains(place)) && !asks(q));
    let shortest = around.min_by_key(|q| q.segments.iter().map(|s| s.len()).sum::<usize>())?;
    shortest.speaker.map(|s| s.entity)
}

/// A quotation's words, from its first segment to its last.
pub(super) fn whole(quotation: &Quotation) -> Option<Span> {
    quotation.segments.iter().copied().reduce(Span::cover)
}
