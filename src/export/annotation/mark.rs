//! What an analysis marks in its text.
//!
//! In: an [`Analysis`] and its lexicon. Out: one [`Mark`] for each mention, for the trigger of each
//! relation and for each segment of each quotation, with words that say what it is: the hover text of a page.

use serde::Serialize;

use super::Annotation;
use crate::Analysis;
use crate::entity::{Entities, Form};
use crate::lexicon::{Kind, Lexicon};
use crate::relation::arrow::Flags;
use crate::relation::{Argument, Quotation, QuotationKind, Relation};
use crate::text::{EntityId, Span, one_line};

/// What a mark says of its words. The order is that of nesting: a quotation around a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkKind {
    /// Somebody said this.
    Quotation,
    /// Somebody or something is meant by this.
    Entity(Kind, Form),
    /// This made a rule fire.
    Trigger,
}

impl MarkKind {
    /// One word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            MarkKind::Quotation => "quotation",
            MarkKind::Entity(..) => "entity",
            MarkKind::Trigger => "trigger",
        }
    }
}

/// A marked stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: MarkKind,
    /// In words: "Antony Blinken, person, wd:Q7821917".
    pub label: String,
}

impl<'a> Annotation<'a> {
    /// The text of an analysis with all its marks.
    #[must_use]
    pub fn of(analysis: &'a Analysis, lexicon: &Lexicon) -> Annotation<'a> {
        let entities = &analysis.entities;
        let mut marks = Vec::new();
        for mention in &entities.mentions {
            let Some(entity) = entities.entities.get(mention.entity.at()) else { continue };
            let kind = MarkKind::Entity(entity.kind, mention.form);
            let key = if entity.key.is_empty() { String::new() } else { format!(", {}", entity.key) };
            let label = format!("{}, {}{key}", one_line(&entity.name), entity.kind.as_str());
            marks.push(Mark { span: mention.span, kind, label });
        }
        for relation in &analysis.relations.relations {
            let label = arrow(entities, relation, lexicon);
            marks.push(Mark { span: relation.evidence.trigger, kind: MarkKind::Trigger, label });
        }
        for quotation in &analysis.relations.quotations {
            let label = said(entities, quotation);
            let mark = |span: &Span| Mark { span: *span, kind: MarkKind::Quotation, label: label.clone() };
            marks.extend(quotation.segments.iter().map(mark));
        }
        Annotation::new(&analysis.document.text, marks)
    }
}

/// `China -convinces-> North Korea [asked]`.
pub(super) fn arrow(entities: &Entities, relation: &Relation, lexicon: &Lexicon) -> String {
    let name = |argument: Option<Argument>| name(entities, argument.map(|argument| argument.entity));
    let predicate = lexicon.predicates.get(relation.predicate.at()).map_or("?", |p| &*p.name);
    let flags = Flags { polarity: relation.polarity, modality: relation.modality };
    let space = if flags.is_empty() { "" } else { " " };
    let flags = if flags.is_empty() { String::new() } else { flags.to_string() };
    format!("{} -{predicate}-> {}{space}{flags}", name(relation.subject), name(relation.object))
}

/// "said by Antony Blinken to China, word for word, about North Korea".
pub(super) fn said(entities: &Entities, quotation: &Quotation) -> String {
    let who = |argument: Option<Argument>| argument.map(|argument| name(entities, Some(argument.entity)));
    let mut words = format!("said by {}", who(quotation.speaker).as_deref().unwrap_or("somebody"));
    if let Some(addressee) = who(quotation.addressee) {
        words.push_str(&format!(" to {addressee}"));
    }
    words.push_str(match quotation.kind {
        QuotationKind::Direct => ", word for word",
        QuotationKind::Indirect => ", retold",
        QuotationKind::Mixed => ", partly word for word",
    });
    let about: Vec<String> = quotation.about.iter().map(|entity| name(entities, Some(*entity))).collect();
    if !about.is_empty() {
        words.push_str(&format!(", about {}", about.join(", ")));
    }
    words
}

pub(super) fn name(entities: &Entities, entity: Option<EntityId>) -> String {
    let entity = entity.and_then(|entity| entities.entities.get(entity.at()));
    entity.map_or_else(|| "?".to_owned(), |entity| one_line(&entity.name))
}

impl Serialize for MarkKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
