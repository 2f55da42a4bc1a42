//! Which relations count as events: the others keep their edge and lose their code.
//!
//! In: what frames and quotations made, in any order. Out: the same, with an empty code where a relation
//! is no event of its own beside the others of its sentence. Event data are pairs: who did what to whom.
//! "Two men died when rebels shelled Aleppo": the shelling has both sides and counts, the deaths are part
//! of it. Alone in its sentence, "Two men were killed" counts. What is said counts where nothing is done:
//! neither beside another event nor around one that the speaker reports. What a sentence only recalls ("after Iran
//! expelled him") is no event beside what it tells.

use std::collections::HashSet;

use super::Relation;
use crate::lexicon::Lexicon;
use crate::text::SentenceId;

/// Takes the code from what is no event of its own.
///
/// `recalled` says of each relation whether its sentence tells it by the way, see [`super::background`].
pub(super) fn count(relations: &mut [Relation], recalled: &[bool], lexicon: &Lexicon) {
    let says = lexicon.says();
    let is_said = |r: &Relation| Some(r.predicate.at()) == says;
    let is_event = |r: &Relation| r.within.is_none() && !r.cameo(lexicon).is_empty();
    let is_pair = |r: &Relation| !is_said(r) && r.subject.is_some() && r.object.is_some();
    let sentences = |of: &dyn Fn(&Relation, bool) -> bool| -> HashSet<SentenceId> {
        let events = relations.iter().zip(recalled).filter(|(r, recalled)| is_event(r) && of(r, **recalled));
        events.map(|(r, _)| r.evidence.sentence).collect()
    };
    let with_pair = sentences(&|r, _| is_pair(r));
    let with_told = sentences(&|r, recalled| is_pair(r) && !recalled);
    let with_deed = sentences(&|r, _| !is_said(r) && r.subject.is_some());
    let with_addressee = sentences(&|r, _| is_said(r) && r.object.is_some());
    let reported = reported(relations, lexicon, says);
    for (relation, recalled) in relations.iter_mut().zip(recalled).filter(|(r, _)| is_event(r)) {
        let sentence = &relation.evidence.sentence;
        let nothing = if is_said(relation) {
            let beside = relation.object.is_none() && with_addressee.contains(sentence);
            beside || with_deed.contains(sentence) || reports(relation, &reported)
        } else {
            let one_sided = relation.subject.is_none() || relation.object.is_none();
            one_sided && with_pair.contains(sentence) || *recalled && with_told.contains(sentence)
        };
        if nothing {
            relation.code = Some(String::new());
        }
    }
}

/// Where the events that somebody reports have their triggers, in order.
fn reported(relations: &[Relation], lexicon: &Lexicon, says: Option<usize>) -> Vec<u32> {
    let told = relations.iter().filter(|r| {
        Some(r.predicate.at()) != says && r.attribution.is_some() && !r.cameo(lexicon).is_empty()
    });
    let mut places: Vec<u32> = told.map(|r| r.evidence.trigger.start).collect();
    places.sort_unstable();
    places
}

/// True if the words of a statement hold one of the events.
fn reports(relation: &Relation, places: &[u32]) -> bool {
    relation.content.is_some_and(|content| {
        let first = places.partition_point(|at| *at < content.start);
        places.get(first).is_some_and(|at| *at < content.end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relation::{Argument, Evidence};
    use crate::text::{EntityId, PredicateId, Span};

    fn relation(lexicon: &Lexicon, name: &str, at: usize, ends: (Option<u32>, Option<u32>)) -> Relation {
        let predicate = lexicon.predicates.iter().position(|p| p.name == name).unwrap();
        let argument = |id: u32| Argument { entity: EntityId(id), span: Span::new(0, 1) };
        Relation {
            predicate: PredicateId::from(predicate),
            subject: ends.0.map(argument),
            object: ends.1.map(argument),
            evidence: Evidence { trigger: Span::new(at, at + 1), ..Evidence::default() },
            ..Relation::default()
        }
    }

    #[test]
    fn a_deed_without_a_doer_counts_alone_but_not_beside_a_pair() {
        let lexicon = Lexicon::builtin();
        let mut alone = vec![relation(&lexicon, "kills", 0, (None, Some(1)))];
        count(&mut alone, &[false], &lexicon);
        assert_eq!(alone[0].cameo(&lexicon), "186");
        let mut beside = vec![alone.remove(0), relation(&lexicon, "attacks", 5, (Some(2), Some(3)))];
        count(&mut beside, &[false, false], &lexicon);
        assert_eq!((beside[0].cameo(&lexicon), beside[1].cameo(&lexicon)), ("", "190"));
    }

    #[test]
    fn a_statement_counts_where_nothing_is_done() {
        let lexicon = Lexicon::builtin();
        let mut alone = vec![relation(&lexicon, "says", 0, (Some(1), None))];
        count(&mut alone, &[false], &lexicon);
        assert_eq!(alone[0].cameo(&lexicon), "010");
        let mut beside = vec![alone.remove(0), relation(&lexicon, "visits", 5, (Some(1), Some(2)))];
        count(&mut beside, &[false, false], &lexicon);
        assert_eq!((beside[0].cameo(&lexicon), beside[1].cameo(&lexicon)), ("", "042"));
    }
}
