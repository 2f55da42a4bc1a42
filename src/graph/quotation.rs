//! A quotation in the graph: who said what, to whom, about whom, where, when.

use serde::{Deserialize, Serialize};

use super::{Place, QuotationId};
use crate::relation::{Period, QuotationKind, Side};

/// Something that somebody said. People and bodies are named by their nodes' keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quotation {
    /// The hash of its content: the same wherever the document is read.
    pub id: QuotationId,
    /// Who; `None` where the text does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The words that name the speaker: "she", "the ministry".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_words: Option<String>,
    /// To whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<String>,
    /// "said", "according to".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<String>,
    /// Direct, indirect or mixed.
    pub kind: QuotationKind,
    /// What was said; pieces that the cue parts are joined by " … ".
    pub text: String,
    /// Where the pieces stand.
    pub segments: Vec<Place>,
    /// About whom, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// For or against whom, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stances: Vec<(String, Side)>,
    /// The document: a place in the list of documents.
    pub document: u32,
    /// The line of the document's text, counted from 1.
    pub line: u32,
    /// When it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Period>,
    /// From 0 to 1.
    pub confidence: f32,
}
