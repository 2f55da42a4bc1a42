//! Relations in the order of the text, each once.
//!
//! In: what frames, quotations and standing relations made, in any order; `within` counts in that
//! list. Out: the list by place, without doubles, `within` renumbered. Of two that say the same in
//! one sentence ("held talks … the talks"), the one that can be trusted more stays.

use std::collections::HashMap;

use super::Relation;
use crate::text::RelationId;

pub(super) fn in_order(relations: Vec<Relation>) -> Vec<Relation> {
    let mut places: Vec<usize> = (0..relations.len()).collect();
    places.sort_by_key(|at| {
        let r = &relations[*at];
        let ends = (r.subject.map(|s| s.span), r.object.map(|o| o.span));
        (r.evidence.sentence, r.evidence.trigger.start, r.predicate, ends, *at)
    });
    // What a relation says; equal keys in one sentence are doubles.
    let key = |r: &Relation| {
        let who = (r.predicate, r.subject.map(|s| s.entity), r.object.map(|o| o.entity));
        (r.evidence.sentence, who, r.polarity, r.modality)
    };
    let mut best: HashMap<_, usize> = HashMap::new();
    for at in &places {
        let slot = best.entry(key(&relations[*at])).or_insert(*at);
        if relations[*at].confidence > relations[*slot].confidence {
            *slot = *at;
        }
    }
    let kept: Vec<usize> =
        places.into_iter().filter(|at| best.get(&key(&relations[*at])) == Some(at)).collect();
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    for (number, at) in kept.iter().enumerate() {
        numbers.insert(*at, number);
    }
    let number_of = |id: RelationId| {
        let kept = relations.get(id.at()).and_then(|r| best.get(&key(r)))?;
        numbers.get(kept).copied().map(RelationId::from)
    };
    let within: Vec<Option<RelationId>> =
        kept.iter().map(|at| relations[*at].within.and_then(number_of)).collect();
    let mut all: Vec<Option<Relation>> = relations.into_iter().map(Some).collect();
    let ordered = kept.iter().filter_map(|at| all.get_mut(*at).and_then(Option::take));
    ordered.zip(within).map(|(relation, within)| Relation { within, ..relation }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relation::{Argument, Evidence};
    use crate::text::{EntityId, PredicateId, Span};

    fn relation(predicate: u32, at: usize, confidence: f32, within: Option<u32>) -> Relation {
        Relation {
            predicate: PredicateId(predicate),
            subject: Some(Argument { entity: EntityId(0), span: Span::new(0, 1) }),
            within: within.map(RelationId),
            evidence: Evidence { trigger: Span::new(at, at + 1), ..Evidence::default() },
            confidence,
            ..Relation::default()
        }
    }

    #[test]
    fn sorts_drops_doubles_and_renumbers() {
        // 2 stands within 1; 0 and 1 say the same.
        let list =
            vec![relation(7, 30, 0.5, None), relation(7, 10, 0.9, None), relation(8, 20, 0.9, Some(0))];
        let ordered = in_order(list);
        let places: Vec<u32> = ordered.iter().map(|r| r.evidence.trigger.start).collect();
        assert_eq!(places, [10, 20]);
        assert_eq!(ordered[1].within, Some(RelationId(0)));
    }
}
