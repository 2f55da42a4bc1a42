//! States rather than events: who represents whom, who holds which office, who speaks for whom.
//!
//! In: the offices that the entity room read from titles and tables. Out: standing relations, with
//! the title's words as their evidence: "Chinese Foreign Ministry spokesperson Zhao Lijian" gives
//! Zhao Lijian -represents-> China and -spokesperson_for-> its Foreign Ministry.
//!
//! Left out: what a sentence tells with a verb ("Estonia belongs to NATO"): that is a frame. Former
//! offices give nothing: a former minister represents nobody.

use super::{Argument, Evidence, Modality, Period, Polarity, Relation};
use crate::document::Document;
use crate::entity::title::{is_hired, is_state_body, stands_for_others};
use crate::entity::{Entities, Entity, EntityRole, Form, Mention};
use crate::lexicon::{Kind, Lexicon};
use crate::text::{EntityId, PredicateId, Span};

/// The standing predicates that titles can give, where the lexicon has them.
struct Predicates {
    represents: Option<PredicateId>,
    holds_office: Option<PredicateId>,
    spokesperson_for: Option<PredicateId>,
    member_of: Option<PredicateId>,
}

/// Finds the standing relations of a document, in the order of its entities.
#[must_use]
pub fn find(_document: &Document, entities: &Entities, lexicon: &Lexicon) -> Vec<Relation> {
    let named = |name: &str| lexicon.predicates.iter().position(|p| p.name == name).map(PredicateId::from);
    let predicates = Predicates {
        represents: named("represents"),
        holds_office: named("holds_office"),
        spokesperson_for: named("spokesperson_for"),
        member_of: named("member_of"),
    };
    let mut found = Vec::new();
    for (i, entity) in entities.entities.iter().enumerate() {
        if entity.kind != Kind::Person {
            continue;
        }
        let start = found.len();
        // What the text says comes before what only the tables know.
        let (told, known): (Vec<_>, Vec<_>) =
            entity.roles.iter().filter(|r| !r.former).partition(|r| r.span.is_some());
        for role in told.into_iter().chain(known) {
            from_role(lexicon, entities, &predicates, (EntityId::from(i), entity), role, &mut found);
        }
        // One edge of a kind to one object is enough: the first has the best evidence.
        let mut kept: Vec<Relation> = Vec::new();
        for relation in found.drain(start..) {
            let object = |r: &Relation| r.object.map(|o| o.entity);
            let twice = |k: &Relation| k.predicate == relation.predicate && object(k) == object(&relation);
            if !kept.iter().any(twice) {
                kept.push(relation);
            }
        }
        found.append(&mut kept);
    }
    found
}

/// The relations that one office gives.
fn from_role(
    lexicon: &Lexicon,
    entities: &Entities,
    predicates: &Predicates,
    (person, entity): (EntityId, &Entity),
    role: &EntityRole,
    found: &mut Vec<Relation>,
) {
    let Some(mention) = bearer(entities, entity, role) else { return };
    let Some((body, object)) = role.of.and_then(|of| Some((of, entities.entities.get(of.at())?))) else {
        return;
    };
    if body == person {
        return;
    }
    let trigger = role.span.unwrap_or(mention.span);
    let of_span = words_of(entities, body, trigger);
    // "an Iraqi lawyer" is one from Iraq.
    let of_there = object.kind == Kind::Country && of_span.start == trigger.start && of_span != trigger;
    if of_there && is_hired(&role.title) {
        return;
    }
    let rule = match role.span {
        Some(_) => format!("title: {}", role.title),
        None => format!("table of offices: {}", role.title),
    };
    let mut add = |predicate: Option<PredicateId>, target: EntityId, content: Option<Span>| {
        let Some(predicate) = predicate else { return };
        let time = role.from.zip(role.until).map(|(from, until)| Period { from, until });
        found.push(Relation {
            predicate,
            code: None,
            subject: Some(Argument { entity: person, span: mention.span }),
            object: Some(Argument { entity: target, span: of_span }),
            content,
            within: None,
            polarity: Polarity::Affirmed,
            modality: Modality::Asserted,
            attribution: None,
            time,
            evidence: Evidence {
                sentence: mention.sentence,
                trigger,
                rule: rule.clone(),
                ..Evidence::default()
            },
            confidence: if role.span.is_some() { 0.9 } else { 0.7 },
        });
    };
    if is_member(&role.title) {
        add(predicates.member_of, body, None);
        return;
    }
    if stands_for_others(&role.title) {
        let country = entities.entities.iter().position(|e| Some(&e.key) == object.country.as_ref());
        match country
            .map(EntityId::from)
            .filter(|c| *c != body && object.entry.is_some_and(|e| is_state_body(lexicon, e)))
        {
            Some(country) => add(predicates.represents, country, None),
            None => add(predicates.represents, body, None),
        }
    }
    if role.spokesperson {
        add(predicates.spokesperson_for, body, None);
    }
    add(predicates.holds_office, body, role.span);
}

/// The name beside the title, else the person's first name in the text.
fn bearer<'e>(entities: &'e Entities, entity: &Entity, role: &EntityRole) -> Option<&'e Mention> {
    let mentions = || entity.mentions.iter().filter_map(|id| entities.mentions.get(id.at()));
    let names = || mentions().filter(|m| m.form == Form::Name);
    let beside = role.span.and_then(|span| {
        let near = names().filter(|m| Some(m.sentence) == role.sentence);
        near.min_by_key(|m| m.span.start.abs_diff(span.end).min(span.start.abs_diff(m.span.end)))
    });
    beside.or_else(|| names().next()).or_else(|| mentions().next())
}

/// The words that name the body inside the title; the title's own where it does not name it.
fn words_of(entities: &Entities, body: EntityId, title: Span) -> Span {
    let first = entities.mentions.partition_point(|m| m.span.start < title.start);
    let inside = entities.mentions[first..].iter().take_while(|m| m.span.start < title.end);
    inside.into_iter().find(|m| m.entity == body && title.contains(m.span)).map_or(title, |m| m.span)
}

fn is_member(title: &str) -> bool {
    title.eq_ignore_ascii_case("member")
}
