//! With whom? The other side of a talk, where the sentence does not name it.
//!
//! In: the relations that frames made. Out: the same, where "The president also discussed trade" has the other side of
//! the meeting or call that was told last: in the same sentence, in the three before, or in the title.
//!
//! Left out: events of other classes; a talk whose sentence says nobody at all.

use super::{Argument, Polarity, Relation};
use crate::document::{Document, ZoneKind};
use crate::lexicon::Lexicon;
use crate::lexicon::frame::Condition;
use crate::lexicon::predicate::Predicate;
use crate::text::{EntityId, SentenceId};

/// How many sentences back a meeting is still what is spoken of.
const BACK: u32 = 3;
/// What is told elsewhere is less sure.
const FACTOR: f32 = 0.7;
/// A meeting with more than this is a conference.
const MOST: usize = 3;

/// Gives talks without an other side the one of the meeting before. The relations stand in the order of sentences.
pub(super) fn fill(relations: &mut Vec<Relation>, document: &Document, lexicon: &Lexicon) {
    let titled: Vec<Relation> =
        relations.iter().filter(|r| is_title(document, r.evidence.sentence)).cloned().collect();
    let mut more = Vec::new();
    for at in 0..relations.len() {
        let Some(talk) = relations.get(at).filter(|r| r.object.is_none() && is_talk(r, lexicon)) else {
            continue;
        };
        let Some(subject) = talk.subject else { continue };
        let partners = partners(relations, &titled, talk, subject.entity, lexicon);
        let span = talk.evidence.trigger;
        for (nth, entity) in partners.into_iter().take(MOST).enumerate() {
            let Some(talk) = relations.get_mut(at) else { break };
            if nth == 0 {
                talk.object = Some(Argument { entity, span });
                talk.confidence *= FACTOR;
            } else {
                more.push(Relation { object: Some(Argument { entity, span }), ..talk.clone() });
            }
        }
    }
    relations.append(&mut more);
}

/// Who met, called or visited the subject last before the talk, else in the title.
fn partners(
    relations: &[Relation],
    titled: &[Relation],
    talk: &Relation,
    subject: EntityId,
    lexicon: &Lexicon,
) -> Vec<EntityId> {
    let sentence = talk.evidence.sentence;
    let other = |r: &Relation| {
        let (s, o) = (r.subject?.entity, r.object?.entity);
        let met = r.polarity == Polarity::Affirmed && is_contact(r, lexicon);
        let other = if s == subject { o } else { s };
        (met && (s == subject || o == subject) && other != subject).then_some(other)
    };
    let low = relations.partition_point(|r| r.evidence.sentence.0 + BACK < sentence.0);
    let own = relations.partition_point(|r| r.evidence.sentence < sentence);
    let high = relations.partition_point(|r| r.evidence.sentence <= sentence);
    let elsewhere = |r: &&Relation| other(r).is_some() && r.evidence.trigger != talk.evidence.trigger;
    let title = || titled.iter().filter(|r| r.evidence.sentence != sentence).find(elsewhere);
    let last = relations.get(own..high).unwrap_or(&[]).iter().rfind(elsewhere);
    let last = last.or_else(|| relations.get(low..own).unwrap_or(&[]).iter().rfind(elsewhere));
    let Some(last) = last.or_else(title) else { return Vec::new() };
    let told = |r: &&Relation| {
        r.evidence.sentence == last.evidence.sentence && r.evidence.trigger == last.evidence.trigger
    };
    let near = relations.get(low..high).unwrap_or(&[]).iter().chain(titled);
    let mut found: Vec<EntityId> = Vec::new();
    for entity in near.filter(told).filter_map(other) {
        if !found.contains(&entity) {
            found.push(entity);
        }
    }
    found
}

fn is_title(document: &Document, sentence: SentenceId) -> bool {
    document.sentences.get(sentence.at()).is_some_and(|s| s.zone == ZoneKind::Title)
}

/// Meetings and calls, done or planned; but who visits a country does not talk with it.
fn is_contact(relation: &Relation, lexicon: &Lexicon) -> bool {
    let talk = |p: &Predicate| p.plover == "CONSULT" && (p.symmetric || p.name == "hosts");
    predicate(relation, lexicon).is_some_and(talk) || is_talk(relation, lexicon)
}

/// What two do with each other by talking, done or planned.
fn is_talk(relation: &Relation, lexicon: &Lexicon) -> bool {
    let with = |p: &&Predicate| p.symmetric && p.plover == "CONSULT";
    let own = (Condition::Planned, relation.predicate.0);
    predicate(relation, lexicon).filter(with).is_some()
        || lexicon.predicates.iter().filter(with).any(|p| p.when.contains(&own))
}

fn predicate<'l>(relation: &Relation, lexicon: &'l Lexicon) -> Option<&'l Predicate> {
    lexicon.predicates.get(relation.predicate.at())
}
