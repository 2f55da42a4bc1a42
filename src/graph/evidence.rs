//! What proves an edge: the sentence, the words in it, the document, the rule.
//!
//! A piece of evidence owns a copy of its sentence, so that a graph file can be read without the
//! articles. All places count Unicode **code points** of the document's text, as the analysis
//! record does; [`Evidence::words`] cuts them out of the sentence.

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::file::code;
use super::reading::StatementId;
use super::{EdgeId, Text};
use crate::relation::Period;

/// A document that was read, without its text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub struct Source {
    /// The document's id.
    pub id: String,
    /// Where it came from: a path, or `path:line`.
    pub source: String,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[borsh(serialize_with = "code::write_day", deserialize_with = "code::read_day")]
    pub published: Option<Date>,
}

/// A half-open range of code points of a document's text.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    BorshSerialize,
    BorshDeserialize,
)]
pub struct Place {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// One place in one document that tells an edge.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The hash of its content: the same wherever the document is read.
    pub id: StatementId,
    /// The document: a place in [`KnowledgeGraph::sources`](super::KnowledgeGraph::sources).
    pub document: u32,
    /// Its place among the statements of the document's reading.
    #[serde(skip)]
    pub statement: u32,
    /// The line of the document's text, counted from 1.
    pub line: u32,
    /// The sentence, or of a very long one the part around the trigger.
    pub text: Text,
    /// Where `text` stands.
    pub sentence: Place,
    /// The words that made the rule fire.
    pub trigger: Place,
    /// The words that name the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Place>,
    /// The words that name the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<Place>,
    /// What is said or asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Place>,
    /// CAMEO code, where this wording has a finer one than the predicate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cameo: Option<Text>,
    /// When it happened, or is to happen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Period>,
    /// The key of the one who says so, if not the article itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Text>,
    /// The edge in whose content this one stands: "urges China to *convince North Korea*".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<EdgeId>,
    /// The rule: a frame of the lexicon, or the name of a mechanism.
    pub rule: Text,
    /// From 0 to 1: how far the rule can be trusted.
    pub confidence: f32,
}

impl Evidence {
    /// The words at a place of the document, as far as `text` holds them.
    ///
    /// ```
    /// use demarche::graph::{Evidence, Place};
    /// let evidence = Evidence {
    ///     text: "“Élysée” urges calm.".into(),
    ///     sentence: Place { start: 100, end: 120 },
    ///     trigger: Place { start: 109, end: 114 },
    ///     ..Evidence::default()
    /// };
    /// assert_eq!(evidence.words(evidence.trigger), "urges");
    /// ```
    #[must_use]
    pub fn words(&self, place: Place) -> &str {
        let byte = |point: u32| {
            let nth = point.saturating_sub(self.sentence.start) as usize;
            self.text.char_indices().nth(nth).map_or(self.text.len(), |(at, _)| at)
        };
        self.text.get(byte(place.start)..byte(place.end)).unwrap_or("")
    }

    /// What is said or asked, in the text's words.
    #[must_use]
    pub fn content_words(&self) -> Option<&str> {
        self.content.map(|content| self.words(content)).filter(|words| !words.is_empty())
    }

    /// The first day that we know: of the event, else of the publication.
    #[must_use]
    pub fn day(&self, sources: &[Source]) -> Option<Date> {
        let published = || sources.get(self.document as usize).and_then(|source| source.published);
        self.time.map(|time| time.from).or_else(published)
    }
}
