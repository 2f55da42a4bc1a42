//! The analysis record: everything that was read in one document, as one JSON object.
//!
//! In: an [`Analysis`] and the lexicon that it was made with. Out: a [`Record`], the public, versioned
//! interface `demarche/analysis/1`, described by `schema/analysis.schema.json`. All offsets count
//! Unicode **code points** of `document.text`, end-exclusive. Times are days ("2021-03-18") or, where
//! only a stretch is known, two days with a slash ("2021-03-01/2021-03-31").
//! Left out: tokens, tags and trees, which are for `explain`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Analysis;
use crate::entity::{Entity, EntityRole, Form, Sort};
use crate::lexicon::{Kind, Lexicon, Quad};
use crate::relation::{Argument, Modality, Period, Polarity, QuotationKind, Relation, Side, Stance};
use crate::text::{CodePoints, EntityId, Span};

/// The name and version of the format.
pub const SCHEMA: &str = "demarche/analysis/1";

/// The JSON Schema of the format.
pub const JSON_SCHEMA: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/schema/analysis.schema.json"));

/// A range of code points, end-exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// Everything that was read in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// [`SCHEMA`].
    pub schema: String,
    /// The document.
    pub document: DocumentRecord,
    /// Its sentences, in order.
    pub sentences: Vec<Range>,
    /// Its entities, in the order of their first mention.
    pub entities: Vec<EntityRecord>,
    /// Its relations, in the order of the text.
    pub relations: Vec<RelationRecord>,
    /// Its quotations, in the order of the text.
    pub quotations: Vec<QuotationRecord>,
    /// Who is for or against whom, in the order of the text.
    #[serde(default)]
    pub stances: Vec<StanceRecord>,
}

/// The document that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Unique in its run.
    pub id: String,
    /// The file, or `file:line`.
    pub source: String,
    /// The title, given or found.
    pub title: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// The text that all offsets count.
    pub text: String,
}

/// A participant of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntityRecord {
    /// "e0".
    pub id: String,
    /// The name that we show.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// For an organisation, what sort of one, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// Equal keys are the same in all documents.
    pub key: String,
    /// The key of its country.
    pub country: Option<String>,
    /// Where the text names it.
    pub mentions: Vec<MentionRecord>,
    /// Its offices.
    pub roles: Vec<RoleRecord>,
}

/// A place where an entity is named.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MentionRecord {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// By name, description or pronoun.
    pub form: Form,
}

/// An office of an entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoleRecord {
    /// Its title: "Secretary of State".
    pub office: String,
    /// The key of the country or body in which it is held.
    pub of: Option<String>,
}

/// A directed, typed relation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelationRecord {
    /// "r0".
    pub id: String,
    /// The predicate's name.
    pub predicate: String,
    /// CAMEO code; null for standing relations.
    pub cameo: Option<String>,
    /// PLOVER class; null if none.
    pub plover: Option<String>,
    /// CAMEO's quad class, 0 to 4; null for standing relations.
    pub quad: Option<Quad>,
    /// Goldstein score; null for standing relations.
    pub goldstein: Option<f32>,
    /// The id of the entity that does it; null where the text does not say.
    pub subject: Option<String>,
    /// The id of the entity to whom it is done.
    pub object: Option<String>,
    /// What is said or asked.
    pub content: Option<Range>,
    /// The id of the relation in whose content this one stands.
    pub within: Option<String>,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// Asserted, planned, asked, …
    pub modality: Modality,
    /// The id of the entity that says so, if not the article.
    pub attribution: Option<String>,
    /// When: a day, or two with a slash.
    pub time: Option<String>,
    /// What proves it.
    pub evidence: EvidenceRecord,
    /// From 0 to 1.
    pub confidence: f32,
}

/// What proves a relation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceRecord {
    /// The sentence's number, from 0.
    pub sentence: u32,
    /// The words that made the rule fire.
    pub trigger: Range,
    /// The words for the subject.
    pub subject: Option<Range>,
    /// The words for the object.
    pub object: Option<Range>,
    /// The rule: a frame as the lexicon writes it, or the name of a mechanism.
    pub rule: String,
}

/// Something that somebody said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuotationRecord {
    /// "q0".
    pub id: String,
    /// The speaker's entity; null where the text does not say or no entity was found.
    pub speaker: Option<String>,
    /// Direct, indirect or mixed.
    pub kind: QuotationKind,
    /// First code point of the first segment.
    pub start: u32,
    /// One past the last code point of the last segment.
    pub end: u32,
    /// What was said, without the words that report it.
    pub segments: Vec<Range>,
    /// "said", "according to".
    pub cue: Option<Range>,
    /// The words that name the speaker.
    pub speaker_span: Option<Range>,
    /// To whom.
    pub addressee: Option<String>,
    /// About whom.
    pub about: Vec<String>,
    /// From 0 to 1.
    #[serde(default)]
    pub confidence: f32,
}

/// Somebody is for or against somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StanceRecord {
    /// "s0".
    pub id: String,
    /// The entity that is for or against; null where none was found for the words.
    pub holder: Option<String>,
    /// For or against which entity; null where none was found for the words.
    pub target: Option<String>,
    /// For or against.
    pub side: Side,
    /// The words that show it.
    pub trigger: Range,
    /// The words for the holder.
    pub holder_span: Range,
    /// The words for the target.
    pub target_span: Range,
    /// The sentence's number, from 0.
    pub sentence: u32,
    /// The id of the relation that says so, if one does.
    pub relation: Option<String>,
    /// The id of the quotation whose content says so, if one does.
    pub quotation: Option<String>,
    /// From 0 to 1.
    pub confidence: f32,
}

impl Record {
    /// The record of an analysis.
    #[must_use]
    pub fn new(analysis: &Analysis, lexicon: &Lexicon) -> Record {
        let document = &analysis.document;
        let points = Points(CodePoints::new(&document.text));
        let relations = analysis.relations.relations.iter().enumerate();
        Record {
            schema: SCHEMA.to_owned(),
            document: DocumentRecord {
                id: document.id.clone(),
                source: document.source.clone(),
                title: document.title.clone(),
                published: document.published,
                text: document.text.clone(),
            },
            sentences: document.sentences.iter().map(|s| points.range(s.span)).collect(),
            entities: entities(analysis, &points),
            relations: relations
                .map(|(n, relation)| relation_record(n, relation, lexicon, &points))
                .collect(),
            quotations: quotations(analysis, &points),
            stances: stances(analysis, &points),
        }
    }
}

/// Byte spans as code points.
struct Points<'a>(CodePoints<'a>);

impl Points<'_> {
    fn range(&self, span: Span) -> Range {
        Range { start: self.0.at(span.start), end: self.0.at(span.end) }
    }
}

fn entities(analysis: &Analysis, points: &Points) -> Vec<EntityRecord> {
    let all = &analysis.entities;
    let key_of = |id: EntityId| all.entities.get(id.at()).map(|entity| entity.key.clone());
    let role = |role: &EntityRole| RoleRecord {
        office: role.title.clone(),
        of: role.of_key.clone().or_else(|| role.of.and_then(key_of)),
    };
    let record = |(n, entity): (usize, &Entity)| EntityRecord {
        id: format!("e{n}"),
        name: entity.name.clone(),
        kind: entity.kind,
        sort: entity.sort,
        key: entity.key.clone(),
        country: entity.country.clone(),
        mentions: entity
            .mentions
            .iter()
            .filter_map(|id| all.mentions.get(id.at()))
            .map(|mention| {
                let Range { start, end } = points.range(mention.span);
                MentionRecord { start, end, form: mention.form }
            })
            .collect(),
        roles: entity.roles.iter().map(role).collect(),
    };
    all.entities.iter().enumerate().map(record).collect()
}

fn relation_record(n: usize, relation: &Relation, lexicon: &Lexicon, points: &Points) -> RelationRecord {
    let predicate = lexicon.predicates.get(relation.predicate.at());
    let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let words = |argument: Option<Argument>| argument.map(|a| points.range(a.span));
    RelationRecord {
        id: format!("r{n}"),
        predicate: predicate.map_or_else(String::new, |p| p.name.clone()),
        cameo: filled(relation.cameo(lexicon)),
        plover: predicate.and_then(|p| filled(&p.plover)),
        quad: predicate.and_then(|p| p.quad),
        goldstein: predicate.and_then(|p| p.goldstein),
        subject: relation.subject.map(|a| entity_id(a.entity)),
        object: relation.object.map(|a| entity_id(a.entity)),
        content: relation.content.map(|span| points.range(span)),
        within: relation.within.map(|id| format!("r{}", id.0)),
        polarity: relation.polarity,
        modality: relation.modality,
        attribution: relation.attribution.map(entity_id),
        time: relation.time.map(time),
        evidence: EvidenceRecord {
            sentence: relation.evidence.sentence.0,
            trigger: points.range(relation.evidence.trigger),
            subject: words(relation.subject),
            object: words(relation.object),
            rule: relation.evidence.rule.clone(),
        },
        confidence: rounded(relation.confidence),
    }
}

fn quotations(analysis: &Analysis, points: &Points) -> Vec<QuotationRecord> {
    let record = |(n, quotation): (usize, &crate::relation::Quotation)| {
        let segments: Vec<Range> = quotation.segments.iter().map(|span| points.range(*span)).collect();
        QuotationRecord {
            id: format!("q{n}"),
            speaker: quotation.speaker.map(|a| entity_id(a.entity)),
            kind: quotation.kind,
            start: segments.first().map_or(0, |s| s.start),
            end: segments.last().map_or(0, |s| s.end),
            segments,
            cue: quotation.cue.map(|span| points.range(span)),
            speaker_span: quotation
                .speaker_span
                .or_else(|| quotation.speaker.map(|a| a.span))
                .map(|span| points.range(span)),
            addressee: quotation.addressee.map(|a| entity_id(a.entity)),
            about: quotation.about.iter().map(|id| entity_id(*id)).collect(),
            confidence: rounded(quotation.confidence),
        }
    };
    analysis.relations.quotations.iter().enumerate().map(record).collect()
}

fn stances(analysis: &Analysis, points: &Points) -> Vec<StanceRecord> {
    let record = |(n, stance): (usize, &Stance)| StanceRecord {
        id: format!("s{n}"),
        holder: stance.holder.entity.map(entity_id),
        target: stance.target.entity.map(entity_id),
        side: stance.side,
        trigger: points.range(stance.trigger),
        holder_span: points.range(stance.holder.span),
        target_span: points.range(stance.target.span),
        sentence: stance.sentence.0,
        relation: stance.relation.map(|id| format!("r{}", id.0)),
        quotation: stance.quotation.map(|n| format!("q{n}")),
        confidence: rounded(stance.confidence),
    };
    analysis.relations.stances.iter().enumerate().map(record).collect()
}

fn entity_id(id: EntityId) -> String {
    format!("e{}", id.0)
}

/// "2021-03-18", or "2021-03-01/2021-03-31".
fn time(period: Period) -> String {
    if period.from == period.until {
        period.from.to_string()
    } else {
        format!("{}/{}", period.from, period.until)
    }
}

/// Two decimals are all that a confidence is worth.
fn rounded(confidence: f32) -> f32 {
    (confidence.clamp(0.0, 1.0) * 100.0).round() / 100.0
}
