//! A document's words become tags, trees and lemmas.
//!
//! In: a [`Document`] and the trained [`Model`]. Out: [`Syntax`], one row a token, in Universal
//! Dependencies v2 labels. The rooms after this one see only [`Syntax`] and [`Tree`]: the engine
//! behind [`parse`] can change.

pub mod label;
mod tree;

pub use label::{Deprel, Upos, Xpos};
pub use tree::Tree;

use crate::document::Document;
use crate::text::TokenId;

/// The trained weights.
#[derive(Debug, Default)]
pub struct Model {}

impl Model {
    /// The weights in the binary, read in place.
    #[must_use]
    pub fn builtin() -> Self {
        Model::default()
    }
}

/// Tags, trees and lemmas of a document: each vector has one element a token.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Syntax {
    /// Universal part of speech.
    pub upos: Vec<Upos>,
    /// Penn Treebank tag: tense, number and degree.
    pub xpos: Vec<Xpos>,
    /// The governor, a token of the same sentence; `None` for a sentence's root.
    pub head: Vec<Option<TokenId>>,
    /// The relation to the governor.
    pub dep: Vec<Deprel>,
    /// The dictionary form, lower-case but for names: "say", "Blinken".
    pub lemma: Vec<String>,
}

/// Tags, parses and lemmatises every sentence of a document.
#[must_use]
pub fn parse(_document: &Document, _model: &Model) -> Syntax {
    Syntax::default()
}
