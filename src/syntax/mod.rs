//! A document's words become tags, trees and lemmas.
//!
//! In: a [`Document`] and the trained [`Model`]. Out: [`Syntax`], one row a token, in Universal
//! Dependencies v2 labels: in "Kyiv rejects talks", `talks` hangs under `rejects` as `obj`. The
//! rooms after this one see only [`Syntax`] and [`Tree`]: the engine behind [`parse`] can change.
//! Every sentence gets one root and no cycle, whatever the words are.

pub mod engine;
pub mod label;
pub mod lemma;
mod tree;

pub use label::{Deprel, Upos, Xpos};
pub use tree::Tree;

use engine::decoder::Search;
use engine::labeller::{self, Shape};
use engine::model::Tables;
use engine::tagger;
use engine::transition::{Token, lay_out};
use engine::word::{self, Word};

use crate::document::Document;
use crate::text::{Span, TokenId};

static BUILTIN: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/model/syntax.bin"));

/// How many parses are followed at once.
const BEAM: usize = 8;

/// Longer sentences are parsed in pieces, so that memory is bounded.
const LONGEST: usize = 1000;

/// The trained weights.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// `None` if the bytes were no model: then every word is a noun that hangs under the first.
    tables: Option<Tables<'static>>,
}

impl Model {
    /// The weights in the binary, read in place. Costs a few microseconds.
    #[must_use]
    pub fn builtin() -> Self {
        Model { tables: Tables::read(BUILTIN) }
    }

    /// Weights from elsewhere: a model file in memory.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        Tables::read(bytes).map(|tables| Model { tables: Some(tables) })
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
pub fn parse(document: &Document, model: &Model) -> Syntax {
    let count = document.tokens.len();
    let mut syntax = Syntax {
        upos: vec![Upos::Noun; count],
        xpos: vec![Xpos::NN; count],
        head: vec![None; count],
        dep: vec![Deprel::Dep; count],
        lemma: vec![String::new(); count],
    };
    let mut desk = Desk::default();
    for sentence in &document.sentences {
        let (first, end) = (sentence.first.at(), sentence.end.at().min(count));
        let Some(spans) = document.tokens.get(first..end).filter(|spans| !spans.is_empty()) else { continue };
        for (piece, start) in spans.chunks(LONGEST).zip((first..).step_by(LONGEST)) {
            if let Some(tables) = &model.tables {
                desk.read(&document.text, piece, tables);
            } else {
                desk.guess(piece.len());
            }
            desk.write(&document.text, piece, start, first, model.tables.as_ref(), &mut syntax);
        }
    }
    syntax
}

/// The working memory of one document, kept from sentence to sentence.
#[derive(Debug, Default)]
struct Desk {
    words: Vec<Word>,
    tags: Vec<u8>,
    tokens: Vec<Token>,
    search: Search,
    heads: Vec<u32>,
    shape: Shape,
    labels: Vec<u8>,
}

impl Desk {
    /// Tags, parses and labels one sentence or a piece of one.
    fn read(&mut self, text: &str, piece: &[Span], tables: &Tables<'_>) {
        word::read(piece.iter().map(|span| span.of(text)), &mut self.words);
        tagger::tag(&self.words, &tables.tagger, tables.tags.len(), &mut self.tags);
        lay_out(&self.words, &self.tags, &tables.sorts, &mut self.tokens);
        self.search.parse(&self.tokens, piece.len(), &tables.parser, BEAM, &mut self.heads);
        let labels = tables.labels.len();
        labeller::label(
            &self.tokens,
            &self.heads,
            &mut self.shape,
            &tables.labeller,
            labels,
            &mut self.labels,
        );
    }

    /// Without weights: all hang under the first.
    fn guess(&mut self, n: usize) {
        self.heads.clear();
        self.heads.extend((0..=n).map(|i| u32::from(i > 1)));
    }

    /// Copies a piece into the document's rows. `first` is the first token of the sentence, `start`
    /// that of the piece; the root of a later piece hangs under the sentence's first token's root.
    fn write(
        &self,
        text: &str,
        piece: &[Span],
        start: usize,
        first: usize,
        tables: Option<&Tables<'_>>,
        syntax: &mut Syntax,
    ) {
        for (i, span) in piece.iter().enumerate() {
            let at = start + i;
            if let Some(tables) = tables {
                let tag = self.tags.get(i).and_then(|t| tables.tags.get(usize::from(*t)));
                (syntax.upos[at], syntax.xpos[at]) = tag.copied().unwrap_or((Upos::Noun, Xpos::NN));
                let label = self.labels.get(i + 1).and_then(|l| tables.labels.get(usize::from(*l)));
                syntax.dep[at] = label.copied().unwrap_or(Deprel::Dep);
            }
            let head = self.heads.get(i + 1).copied().unwrap_or(0) as usize;
            let root = head == 0 || head > piece.len();
            syntax.head[at] = match root {
                false => Some(TokenId::from(start + head - 1)),
                true if start == first => None,
                true => (first..start).find(|t| syntax.head[*t].is_none()).map(TokenId::from),
            };
            if root {
                syntax.dep[at] = if start == first { Deprel::Root } else { Deprel::Parataxis };
            } else if syntax.dep[at] == Deprel::Root {
                syntax.dep[at] = Deprel::Dep;
            }
            syntax.lemma[at] = lemma::lemma(span.of(text), syntax.upos[at], syntax.xpos[at]);
        }
    }
}
