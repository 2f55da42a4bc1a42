//! One borrowed view of the layers that this room reads, with look-ups that cannot fail.
//!
//! In: document, syntax, lexicon. Out: words, tags, governors and sentence borders by token. A syntax
//! that is shorter than the document (an empty model) answers with defaults instead of panicking.

use crate::document::{Document, Sentence};
use crate::lexicon::Lexicon;
use crate::syntax::{Deprel, Syntax, Upos, Xpos};
use crate::text::{SentenceId, Span, TokenId};

/// The layers below, borrowed.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub document: &'a Document,
    pub syntax: &'a Syntax,
    pub lexicon: &'a Lexicon,
}

impl<'a> Reading<'a> {
    pub fn word(&self, token: u32) -> &'a str {
        self.document.tokens.get(token as usize).map_or("", |span| span.of(&self.document.text))
    }

    pub fn upos(&self, token: u32) -> Upos {
        self.syntax.upos.get(token as usize).copied().unwrap_or_default()
    }

    pub fn xpos(&self, token: u32) -> Xpos {
        self.syntax.xpos.get(token as usize).copied().unwrap_or_default()
    }

    pub fn dep(&self, token: u32) -> Deprel {
        self.syntax.dep.get(token as usize).copied().unwrap_or_default()
    }

    pub fn head(&self, token: u32) -> Option<u32> {
        self.syntax.head.get(token as usize).copied().flatten().map(|t| t.0)
    }

    /// The dictionary form; the word itself where the model gave none.
    pub fn lemma(&self, token: u32) -> &'a str {
        self.syntax.lemma.get(token as usize).map_or_else(|| self.word(token), String::as_str)
    }

    /// The words from token `first` up to, not including, `end`.
    pub fn words(&self, first: u32, end: u32) -> &'a str {
        self.span(first, end).of(&self.document.text)
    }

    /// The bytes from token `first` up to, not including, `end`.
    pub fn span(&self, first: u32, end: u32) -> Span {
        let tokens = &self.document.tokens;
        match (tokens.get(first as usize), tokens.get((end as usize).saturating_sub(1))) {
            (Some(a), Some(b)) if first < end => a.cover(*b),
            _ => Span::default(),
        }
    }

    pub fn sentence(&self, id: u32) -> Option<&'a Sentence> {
        self.document.sentences.get(id as usize)
    }

    pub fn sentence_of(&self, token: u32) -> u32 {
        self.document.sentence_of(TokenId(token)).0
    }

    /// First token and one past the last token of a sentence, never beyond the document's tokens.
    pub fn bounds(&self, sentence: u32) -> (u32, u32) {
        let count = u32::try_from(self.document.tokens.len()).unwrap_or(u32::MAX);
        self.sentence(sentence).map_or((0, 0), |s| (s.first.0.min(count), s.end.0.min(count)))
    }

    pub fn sentences(&self) -> impl Iterator<Item = u32> + use<> {
        (0..self.document.sentences.len()).map(|i| SentenceId::from(i).0)
    }

    /// True if no space stands between a token and the next.
    pub fn is_joined(&self, token: u32) -> bool {
        self.span(token, token + 1).end == self.span(token + 1, token + 2).start
    }

    /// True for "'s" and "'", typewritten or typographic, as words of their own.
    pub fn is_possessive(&self, token: u32) -> bool {
        matches!(self.word(token), "'s" | "’s" | "'" | "’" | "'S" | "’S")
    }

    /// True if the word begins with a capital letter.
    pub fn is_capitalised(&self, token: u32) -> bool {
        self.word(token).chars().next().is_some_and(char::is_uppercase)
    }

    /// The preposition or other case marker that hangs on `token` from the left, within eight words.
    pub fn case_marker(&self, token: u32) -> Option<u32> {
        let low = token.saturating_sub(8);
        (low..token).rev().find(|t| self.dep(*t) == Deprel::Case && self.head(*t) == Some(token))
    }

    /// Of the tokens of a phrase, the one that governs the others: the one whose governor lies outside.
    ///
    /// A parser sometimes lets two tokens look out of one name; then the one that carries the clause's
    /// argument wins over one that is only punctuation or a modifier, and a word of the name over its title.
    pub fn head_of(&self, first: u32, end: u32, phrase: (u32, u32)) -> u32 {
        let inside = |t: u32| t >= phrase.0 && t < phrase.1;
        let (mut best, mut rank) = (end.saturating_sub(1).max(first), 0);
        for t in phrase.0..phrase.1 {
            if self.head(t).is_some_and(inside) {
                continue;
            }
            let own = u32::from(t >= first && t < end);
            let value = 1 + own + 2 * argument_rank(self.dep(t));
            if value > rank {
                (best, rank) = (t, value);
            }
        }
        best
    }
}

/// How likely a token in this relation is the one by which a phrase takes part in its clause.
fn argument_rank(dep: Deprel) -> u32 {
    match dep {
        Deprel::Punct | Deprel::Case | Deprel::Det | Deprel::Cc => 0,
        Deprel::Compound | Deprel::Amod | Deprel::Flat | Deprel::NmodDesc | Deprel::Nummod | Deprel::Dep => 1,
        Deprel::Appos | Deprel::NmodPoss | Deprel::Nmod | Deprel::Conj | Deprel::NmodUnmarked => 2,
        _ => 3,
    }
}

/// Lower-cases a word into `buffer` and lends it out: no allocation once the buffer has grown.
pub(super) fn lower<'b>(word: &str, buffer: &'b mut String) -> &'b str {
    buffer.clear();
    if word.is_ascii() {
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
    } else {
        buffer.extend(word.chars().flat_map(char::to_lowercase));
    }
    buffer
}
