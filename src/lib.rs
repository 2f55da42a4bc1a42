//! `demarche` reads news and builds the graph of who said and did what to whom, and about whom.
//!
//! The rooms stand in a row; each takes what the rooms before it made and adds one layer:
//!
//! ```text
//! source ─► document ─► syntax ─► entity ─► relation ─► graph ─► query
//! bytes     sentences   tags,     mentions, relations,  nodes,   └► export
//!           tokens      trees     entities  quotations  edges
//! ```
//!
//! [`text`] and [`lexicon`] lie beneath all of them; [`cli`] is the door. [`analyze`] is the one
//! place where the rooms meet.

// One file may allow it: the kernel of `syntax::network`.
#![deny(unsafe_code)]
#![warn(missing_docs)]

pub mod text;

pub mod lexicon;

pub mod source;

pub mod document;

pub mod syntax;

pub mod entity;

pub mod relation;

pub mod graph;

pub mod query;

pub mod export;

#[cfg(feature = "serve")]
pub mod serve;
#[cfg(feature = "sparql")]
pub mod sparql;

pub mod cli;

pub use document::Document;
pub use entity::Entities;
pub use lexicon::Lexicon;
pub use relation::Relations;
pub use source::Article;
pub use syntax::{Model, Syntax};

/// All layers of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// The text, its sentences and tokens.
    pub document: Document,
    /// Tags, trees, lemmas.
    pub syntax: Syntax,
    /// Mentions and entities.
    pub entities: Entities,
    /// Relations and quotations.
    pub relations: Relations,
}

/// Reads one article through every room. Never fails, does no I/O.
#[must_use]
pub fn analyze(article: &Article, lexicon: &Lexicon, model: &Model) -> Analysis {
    let document = document::segment(article, lexicon);
    let syntax = syntax::parse(&document, model);
    let entities = entity::find(&document, &syntax, lexicon);
    let relations = relation::extract(&document, &syntax, &entities, lexicon);
    Analysis { document, syntax, entities, relations }
}

/// The README's program, compiled and run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
