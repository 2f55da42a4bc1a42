//! Edges without a side that they need are not drawn: "X agrees", with nobody, tells nothing of two.
//!
//! In: relations, `within` counting in their list. Out: those whose predicate is content with the sides that they have,
//! by `needs` of `data/relations/`; what stood within a dropped one stands free, as a promise where there is
//! a predicate for it.

use super::{Modality, Polarity, Relation};
use crate::lexicon::Lexicon;
use crate::lexicon::frame::Condition;
use crate::lexicon::predicate::{Needs, Quad};
use crate::text::{PredicateId, RelationId};

/// Drops what tells nothing.
pub(super) fn keep_told(mut relations: Vec<Relation>, lexicon: &Lexicon) -> Vec<Relation> {
    let told: Vec<bool> = relations.iter().map(|r| is_told(r, r.predicate.at(), lexicon)).collect();
    let mut kept = 0;
    let numbers: Vec<Option<RelationId>> = told
        .iter()
        .map(|told| {
            let number = told.then(|| RelationId::from(kept));
            kept += usize::from(*told);
            number
        })
        .collect();
    for relation in &mut relations {
        let Some(outer) = relation.within else { continue };
        relation.within = numbers.get(outer.at()).copied().flatten();
        if relation.within.is_none() {
            promise(relation, lexicon);
        }
    }
    let mut told = told.into_iter();
    relations.retain(|_| told.next().unwrap_or(false));
    relations
}

/// True if a relation has the sides that a predicate needs.
fn is_told(relation: &Relation, predicate: usize, lexicon: &Lexicon) -> bool {
    let needs = lexicon.predicates.get(predicate).map_or(Needs::Either, |p| p.needs);
    // "Peru was rejected": the passive leaves its doer out.
    let passive = relation.object.is_some_and(|o| o.span.start < relation.evidence.trigger.start);
    let (subject, object) = (relation.subject.is_some() || passive, relation.object.is_some());
    match needs {
        Needs::Either => subject || object,
        Needs::Subject => subject,
        Needs::Both => subject && object,
    }
}

/// "agreed to lift the siege": the agreement goes, and what was agreed is a promise.
fn promise(relation: &mut Relation, lexicon: &Lexicon) {
    let fits = relation.modality == Modality::Planned && relation.polarity == Polarity::Affirmed;
    let Some(predicate) = lexicon.predicates.get(relation.predicate.at()).filter(|_| fits) else { return };
    let promised = predicate.when.iter().find(|(c, _)| *c == Condition::Planned).map(|(_, other)| *other);
    let cooperative = |p: &u32| {
        lexicon.predicates.get(*p as usize).is_some_and(|p| p.quad == Some(Quad::VerbalCooperation))
    };
    if let Some(other) = promised.filter(cooperative)
        && is_told(relation, other as usize, lexicon)
    {
        relation.predicate = PredicateId(other);
        relation.modality = Modality::Asserted;
        relation.code = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relation::Argument;
    use crate::text::{EntityId, Span};

    #[test]
    fn an_agreement_with_nobody_goes_and_what_stood_within_stands_free() {
        let lexicon = Lexicon::builtin();
        let number = |name: &str| {
            let at = lexicon.predicates.iter().position(|p| p.name == name).unwrap_or_default();
            PredicateId::from(at)
        };
        let side = Some(Argument { entity: EntityId(0), span: Span::new(9, 10) });
        let agrees = number("intends_to_cooperate");
        let list = vec![
            Relation { predicate: agrees, subject: side, ..Relation::default() },
            Relation { predicate: agrees, subject: side, object: side, ..Relation::default() },
            Relation {
                predicate: number("arrests"),
                object: side,
                within: Some(RelationId(0)),
                ..Relation::default()
            },
            Relation {
                predicate: number("releases"),
                object: side,
                within: Some(RelationId(1)),
                ..Relation::default()
            },
        ];
        let kept = keep_told(list, &lexicon);
        let within: Vec<_> = kept.iter().map(|r| r.within).collect();
        assert_eq!(within, [None, None, Some(RelationId(0))]);
    }
}
