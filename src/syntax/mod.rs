//! A document's words become tags, trees and lemmas.
//!
//! In: a [`Document`] and the trained [`Model`]. Out: [`Syntax`], one row a token, in Universal
//! Dependencies v2 labels: in "Kyiv rejects talks", `talks` hangs under `rejects` as `obj`. The
//! rooms after this one see only [`Syntax`] and [`Tree`]: the engine behind [`parse`] can change.
//! Every sentence gets one root and no cycle, whatever the words are.

pub mod label;
pub mod lemma;
pub mod network;
mod tree;

pub use label::{Deprel, Upos, Xpos};
pub use tree::Tree;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use network::word::{self, Word};
use network::{Network, Reading};

use crate::document::Document;
use crate::text::{Span, TokenId};

static BUILTIN: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/model/syntax.bin"));

/// Longer sentences are parsed in pieces, so that time is linear and memory bounded.
const LONGEST: usize = 256;

/// A longer sentence is cut after the last sign in this many words before [`LONGEST`].
const MARGIN: usize = 64;

/// So many words are read together: enough to keep the kernel busy, little enough for the caches.
const BATCH: usize = 512;

/// The trained weights.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// `None` if the bytes were no model: then every word is a noun that hangs under the first.
    network: Option<Arc<Network>>,
}

impl Model {
    /// The weights in the binary. Opened once, in less than a millisecond.
    #[must_use]
    pub fn builtin() -> Self {
        static OPENED: OnceLock<Option<Arc<Network>>> = OnceLock::new();
        Model { network: OPENED.get_or_init(|| Network::open(BUILTIN).map(Arc::new)).clone() }
    }

    /// Weights from elsewhere: a model file in memory.
    #[must_use]
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        Network::open(bytes).map(|network| Model { network: Some(Arc::new(network)) })
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

impl Syntax {
    /// True if there is a tag, a head and a lemma for each of `tokens` tokens, and every head is one of them.
    #[must_use]
    pub fn fits(&self, tokens: usize) -> bool {
        let rows = [self.upos.len(), self.xpos.len(), self.head.len(), self.dep.len(), self.lemma.len()];
        rows.iter().all(|rows| *rows == tokens) && self.head.iter().flatten().all(|head| head.at() < tokens)
    }
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
        let Some(spans) = document.tokens.get(first..end) else { continue };
        let mut start = 0;
        while start < spans.len() {
            let stop = piece_end(&document.text, spans, start);
            desk.add(&document.text, &spans[start..stop], first + start, first);
            start = stop;
            if desk.words.len() >= BATCH {
                desk.read(document, model, &mut syntax);
            }
        }
    }
    desk.read(document, model, &mut syntax);
    syntax
}

/// Where the piece of a sentence that begins at `start` ends: at the sentence's end, or after a sign.
fn piece_end(text: &str, spans: &[Span], start: usize) -> usize {
    let most = start + LONGEST;
    if spans.len() <= most {
        return spans.len();
    }
    let sign = |at: &usize| !spans[*at].of(text).contains(char::is_alphanumeric);
    (most - MARGIN..most).rev().find(sign).map_or(most, |at| at + 1)
}

/// A sentence, or a piece of a long one.
#[derive(Debug)]
struct Piece {
    /// Its words on the desk.
    words: Range<usize>,
    /// Its first token.
    start: usize,
    /// The first token of its sentence.
    first: usize,
}

/// The working memory of one document, kept from batch to batch.
#[derive(Debug, Default)]
struct Desk {
    words: Vec<Word>,
    pieces: Vec<Piece>,
    ranges: Vec<Range<usize>>,
    fresh: Vec<Word>,
    reading: Reading,
}

impl Desk {
    /// Puts a piece on the desk. `first` is the first token of its sentence, `start` its own.
    fn add(&mut self, text: &str, spans: &[Span], start: usize, first: usize) {
        word::read(spans.iter().map(|span| span.of(text)), &mut self.fresh);
        let words = self.words.len()..self.words.len() + self.fresh.len();
        self.words.append(&mut self.fresh);
        self.ranges.push(words.clone());
        self.pieces.push(Piece { words, start, first });
    }

    /// Reads what lies on the desk into the document's rows and clears it.
    fn read(&mut self, document: &Document, model: &Model, syntax: &mut Syntax) {
        match &model.network {
            Some(network) => self.reading.read(&self.words, &self.ranges, network),
            None => self.guess(),
        }
        for piece in &self.pieces {
            self.write(document, piece, model.network.as_deref(), syntax);
        }
        self.words.clear();
        self.pieces.clear();
        self.ranges.clear();
    }

    /// Without weights: all hang under the first.
    fn guess(&mut self) {
        self.reading.heads.clear();
        for range in &self.ranges {
            self.reading.heads.extend((0..range.len()).map(|at| u32::from(at > 0)));
        }
    }

    /// Copies a piece into the document's rows; the root of a later piece hangs under its
    /// sentence's root.
    fn write(&self, document: &Document, piece: &Piece, network: Option<&Network>, syntax: &mut Syntax) {
        let Piece { words, start, first } = piece;
        for (at, n) in (*start..).zip(words.clone()) {
            if let Some(network) = network {
                let tag = network.tags.get(usize::from(self.reading.tags[n]));
                (syntax.upos[at], syntax.xpos[at]) = tag.copied().unwrap_or((Upos::Noun, Xpos::NN));
                let label = network.labels.get(usize::from(self.reading.labels[n]));
                syntax.dep[at] = label.copied().unwrap_or(Deprel::Dep);
            }
            let head = self.reading.heads[n] as usize;
            let root = head == 0;
            syntax.head[at] = match root {
                false => Some(TokenId::from(start + head - 1)),
                true if start == first => None,
                true => (*first..*start).find(|t| syntax.head[*t].is_none()).map(TokenId::from),
            };
            if root {
                syntax.dep[at] = if start == first { Deprel::Root } else { Deprel::Parataxis };
            }
            let form = document.tokens[at].of(&document.text);
            syntax.lemma[at] = lemma::lemma(form, syntax.upos[at], syntax.xpos[at]);
        }
    }
}
