//! About whom: the entities that the words of a quotation speak of.
//!
//! In: the segments of a quotation and its speaker. Out: the entities with a mention inside, in the
//! order of their first mention there, each once, without the speaker. Names, metonyms ("Beijing"),
//! descriptions and pronouns all count: `entity` has resolved them. "Worker" of "worker safety" speaks of nobody.

use super::reading::Reading;
use crate::entity::{Form, Mention};
use crate::lexicon::Kind;
use crate::syntax::Deprel;
use crate::text::{EntityId, Span};

/// The entities that `segments` speak of.
pub(super) fn entities(reading: &Reading, segments: &[Span], speaker: Option<EntityId>) -> Vec<EntityId> {
    let mentions = &reading.entities.mentions;
    let mut about = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for segment in segments {
        let from = mentions.partition_point(|m| m.span.start < segment.start);
        let inside = mentions.iter().skip(from).take_while(|m| m.span.start < segment.end);
        for mention in inside.filter(|m| segment.contains(m.span) && !is_modifier(reading, m)) {
            if Some(mention.entity) != speaker && seen.insert(mention.entity) {
                about.push(mention.entity);
            }
        }
    }
    about
}

/// A description that only modifies another noun.
fn is_modifier(reading: &Reading, mention: &Mention) -> bool {
    let kind = reading.entities.entities.get(mention.entity.at()).map_or(Kind::Other, |e| e.kind);
    mention.form == Form::Nominal
        && kind != Kind::Country
        && matches!(reading.dep(mention.head), Deprel::Compound | Deprel::Amod)
}
