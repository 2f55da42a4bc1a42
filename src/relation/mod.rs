//! Who did what to whom, who said what about whom.
//!
//! In: a document, its syntax, its entities, the lexicon's frames. Out: [`Relations`]: directed,
//! typed relations and quotations, each with its evidence. No frame, no relation.

pub mod arrow;
mod background;
mod events;
pub mod frame;
mod order;
mod partner;
pub mod quotation;
pub mod repair;
pub mod says;
mod sides;
pub mod standing;
pub mod time;
pub mod trust;

pub use quotation::stance::{self, Party, Side, Stance};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::entity::Entities;
use crate::lexicon::Lexicon;
use crate::syntax::Syntax;
use crate::text::{EntityId, PredicateId, RelationId, SentenceId, Span};

/// Is it said to be so, or not so?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It is so.
    #[default]
    Affirmed,
    /// It is not so.
    Negated,
}

/// What kind of fact it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// It happened, or holds.
    #[default]
    Asserted,
    /// will, plans to.
    Planned,
    /// may, could.
    Possible,
    /// must, should.
    Obliged,
    /// Somebody asks for it.
    Asked,
    /// Somebody alleges it.
    Alleged,
    /// if.
    Hypothetical,
}

impl Polarity {
    /// The word, as everywhere in our output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Polarity::Affirmed => "affirmed",
            Polarity::Negated => "negated",
        }
    }
}

impl Modality {
    /// The word, as everywhere in our output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Modality::Asserted => "asserted",
            Modality::Planned => "planned",
            Modality::Possible => "possible",
            Modality::Obliged => "obliged",
            Modality::Asked => "asked",
            Modality::Alleged => "alleged",
            Modality::Hypothetical => "hypothetical",
        }
    }
}

/// A participant of a relation: who, and the words that say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Whom the words stand for.
    pub entity: EntityId,
    /// The words in this sentence: "China", "he", "U.S. Secretary of State Antony Blinken".
    pub span: Span,
}

/// When: first and last day, both inclusive; equal for one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

/// What proves a relation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// The sentence.
    pub sentence: SentenceId,
    /// The words that made the rule fire: "pressed".
    pub trigger: Span,
    /// The rule: a frame as written in the lexicon, or the name of a mechanism.
    pub rule: String,
    /// From 0 to 1: how far the rule by itself can be trusted.
    pub grade: f32,
}

/// One directed, typed relation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relation {
    /// Which predicate.
    pub predicate: PredicateId,
    /// CAMEO code, where the frame gives a finer one than its predicate; empty where the relation
    /// counts as no event. See [`Relation::cameo`].
    pub code: Option<String>,
    /// Who. `None` where the text does not say: "Two men were arrested."
    pub subject: Option<Argument>,
    /// To whom.
    pub object: Option<Argument>,
    /// What is said or asked.
    pub content: Option<Span>,
    /// The relation in whose content this one stands.
    pub within: Option<RelationId>,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// Asserted, planned, asked, …
    pub modality: Modality,
    /// Who says so, if not the article itself.
    pub attribution: Option<EntityId>,
    /// When.
    pub time: Option<Period>,
    /// What proves it.
    pub evidence: Evidence,
    /// From 0 to 1: the share that is right among such relations ([`trust`]).
    pub confidence: f32,
}

impl Relation {
    /// The CAMEO code: the frame's own or the predicate's; empty for standing relations.
    #[must_use]
    pub fn cameo<'a>(&'a self, lexicon: &'a Lexicon) -> &'a str {
        let own = lexicon.predicates.get(self.predicate.at()).map_or("", |p| p.cameo.as_str());
        self.code.as_deref().unwrap_or(own)
    }
}

/// How words are quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuotationKind {
    /// Word for word, inside quotation marks.
    Direct,
    /// Retold.
    Indirect,
    /// Retold, with words inside quotation marks.
    Mixed,
}

impl QuotationKind {
    /// The word, as everywhere in our output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            QuotationKind::Direct => "direct",
            QuotationKind::Indirect => "indirect",
            QuotationKind::Mixed => "mixed",
        }
    }
}

/// Something that somebody said.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// Who; `None` where the text does not say.
    pub speaker: Option<Argument>,
    /// The words that name the speaker, also where no entity was found for them.
    pub speaker_span: Option<Span>,
    /// To whom.
    pub addressee: Option<Argument>,
    /// "said", "according to".
    pub cue: Option<Span>,
    /// What was said, in the order of the text; not the cue.
    pub segments: Vec<Span>,
    /// Direct, indirect or mixed.
    pub kind: QuotationKind,
    /// About whom: the entities that the content speaks of, in order, each once.
    pub about: Vec<EntityId>,
    /// The sentence that holds the cue, or the first segment.
    pub sentence: SentenceId,
    /// When it was said.
    pub time: Option<Period>,
    /// From 0 to 1: how far the rules that found it can be trusted.
    pub grade: f32,
    /// From 0 to 1: the share of such quotations in which words and speaker are right ([`trust`]).
    pub confidence: f32,
}

/// All relations and quotations of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relations {
    /// In the order of the text.
    pub relations: Vec<Relation>,
    /// In the order of the text.
    pub quotations: Vec<Quotation>,
    /// Who is for or against whom, in the order of the text.
    pub stances: Vec<Stance>,
}

impl Relations {
    /// The relation with this id.
    #[must_use]
    pub fn get(&self, id: RelationId) -> Option<&Relation> {
        self.relations.get(id.at())
    }
}

/// Finds relations and quotations.
#[must_use]
pub fn extract(document: &Document, syntax: &Syntax, entities: &Entities, lexicon: &Lexicon) -> Relations {
    let syntax = &repair::repair(document, syntax, entities, lexicon);
    let mut quotations = quotation::find(document, syntax, entities, lexicon);
    let mut relations = frame::find(document, syntax, entities, lexicon, &quotations);
    partner::fill(&mut relations, document, lexicon);
    let mut relations = sides::keep_told(relations, lexicon);
    let said = says::find(document, syntax, entities, lexicon, &quotations, &relations);
    relations.extend(said);
    let recalled = background::of(&relations, document, syntax, lexicon);
    events::count(&mut relations, &recalled, lexicon);
    relations.extend(standing::find(document, entities, lexicon));
    let view = trust::feature::View::new(document, syntax, entities, lexicon, &relations);
    trust::weigh(&mut relations, &view);
    trust::weigh_quotations(&mut quotations, &view);
    let relations = order::in_order(relations);
    let stances = stance::find(document, syntax, entities, lexicon, &quotations, &relations);
    Relations { relations, quotations, stances }
}
