//! Who is for or against whom.
//!
//! In: all layers, the quotations and the relations. Out: [`Stance`]s in the order of the text, each
//! with the words that show it, from three sources, each graded:
//!
//! ```text
//! relations      Lee accused Doe of lying.             Lee against Doe | accused
//! words          Lee is critical of Doe.               Lee against Doe | critical     (`attitude`)
//! judgements     Lee said Doe was a liar.              Lee against Doe | liar         (`judgement`)
//! ```
//!
//! "did not praise" is against; "did not criticise" is nothing. Whom a quotation is about without a
//! stance is spoken of neutrally. Left out: irony, and attitudes towards things.

use serde::{Deserialize, Serialize};

use super::reading::Reading;
use super::{attitude, judgement};
use crate::document::Document;
use crate::entity::Entities;
use crate::lexicon::Lexicon;
use crate::relation::{Argument, Modality, Polarity, Quotation, Relation};
use crate::syntax::Syntax;
use crate::text::{EntityId, RelationId, SentenceId, Span};
use crate::word_list;

word_list!(
    /// Predicates that say for or against, graded: "praises", "+9".
    PREDICATES,
    "stance_predicates.txt"
);

/// For or against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Praises, supports, defends.
    For,
    /// Accuses, criticises, fights.
    Against,
}

/// One end of a stance: the words, and whom they stand for, if anybody who is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Party {
    /// "Doe's lawyers".
    pub span: Span,
    /// Whom the words stand for.
    pub entity: Option<EntityId>,
}

impl From<Argument> for Party {
    fn from(argument: Argument) -> Self {
        Party { span: argument.span, entity: Some(argument.entity) }
    }
}

/// Somebody is for or against somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Stance {
    /// Who.
    pub holder: Party,
    /// For or against whom.
    pub target: Party,
    /// Which of the two.
    pub side: Side,
    /// The words that show it.
    pub trigger: Span,
    /// The sentence of the trigger.
    pub sentence: SentenceId,
    /// The relation that says so, if one does.
    pub relation: Option<RelationId>,
    /// The number of the quotation whose content says so, if one does.
    pub quotation: Option<u32>,
    /// From 0 to 1.
    pub confidence: f32,
}

/// A side and how far, from 0 to 9, it can be trusted: "+9", "-6".
pub(super) fn side_and_grade(text: &str) -> Option<(Side, u8)> {
    let (side, grade) = match text.split_at_checked(1)? {
        ("+", grade) => (Side::For, grade),
        ("-", grade) => (Side::Against, grade),
        _ => return None,
    };
    Some((side, grade.parse().ok()?))
}

/// What "not" makes of a side: "did not endorse" is against, "did not criticise" nothing.
pub(super) fn negated(side: Side, grade: u8) -> Option<(Side, u8)> {
    (side == Side::For).then_some((Side::Against, grade.saturating_sub(2)))
}

/// All stances of a document, in the order of the text, each once.
#[must_use]
pub fn find(
    document: &Document,
    syntax: &Syntax,
    entities: &Entities,
    lexicon: &Lexicon,
    quotations: &[Quotation],
    relations: &[Relation],
) -> Vec<Stance> {
    let Some(reading) = Reading::new(document, syntax, entities) else { return Vec::new() };
    let mut found: Vec<Stance> =
        relations.iter().enumerate().filter_map(|(at, r)| of_relation(at, r, lexicon)).collect();
    found.extend(attitude::find(&reading));
    found.extend(judgement::find(&reading, quotations));
    found.retain(|s| s.holder.entity.is_none() || s.holder.entity != s.target.entity);
    // Known parties are the same wherever they are named; others only where the same words stand.
    let party = |p: Party| (p.entity, p.entity.map_or(p.span, |_| Span::default()));
    let who = |s: &Stance| (s.sentence, party(s.holder), party(s.target));
    // The surest of one sentence stays; a relation before words.
    found.sort_by(|a, b| {
        who(a).cmp(&who(b)).then(b.confidence.total_cmp(&a.confidence)).then(a.trigger.cmp(&b.trigger))
    });
    found.dedup_by_key(|s| who(s));
    found.sort_by_key(|s| (s.sentence, s.trigger, s.holder.span, s.target.span));
    found
}

fn of_relation(at: usize, relation: &Relation, lexicon: &Lexicon) -> Option<Stance> {
    let predicate = lexicon.predicates.get(relation.predicate.at())?;
    let (side, grade) = side_and_grade(PREDICATES.get(&predicate.name)?)?;
    if matches!(relation.modality, Modality::Hypothetical | Modality::Asked | Modality::Obliged) {
        return None;
    }
    let (side, grade) = match relation.polarity {
        Polarity::Affirmed => (side, grade),
        Polarity::Negated => negated(side, grade)?,
    };
    Some(Stance {
        holder: relation.subject?.into(),
        target: relation.object?.into(),
        side,
        trigger: relation.evidence.trigger,
        sentence: relation.evidence.sentence,
        relation: Some(RelationId::from(at)),
        quotation: None,
        confidence: f32::from(grade) / 10.0,
    })
}
