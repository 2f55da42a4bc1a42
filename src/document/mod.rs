//! An article becomes a document: zones, sentences, tokens, all as spans of the untouched text.
//!
//! In: an [`Article`]. Out: a [`Document`]. Tokens follow the conventions of Universal
//! Dependencies for English ("do" "n't", "Blinken" "'s", "U.S."), so that the tagger and the parser
//! fit. Nothing here fails: odd text gives odd tokens, not an error.

mod abbreviation;
mod address;
mod clitic;
mod dateline;
mod day;
mod line;
mod open;
mod seam;
mod sentence;
mod token;
mod turn;
mod zone;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::lexicon::Lexicon;
use crate::source::Article;
use crate::text::{SentenceId, Span, TokenId};

/// What part of an article a stretch of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ZoneKind {
    /// The headline.
    Title,
    /// "By Jane Doe", "REUTERS/Jane Doe".
    Byline,
    /// "SEOUL –", "GENEVA, Sept 12 (Reuters) -".
    Dateline,
    /// The words under a picture.
    Caption,
    /// The story.
    Body,
    /// "Full Screen", "1 / 13", copyright lines: read by nobody.
    Furniture,
}

/// A stretch of text of one kind. Zones are sorted, do not overlap, and are hard breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// The bytes.
    pub span: Span,
    /// The kind.
    pub kind: ZoneKind,
}

/// One sentence: never crosses a zone or a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first token's first byte to its last token's last.
    pub span: Span,
    /// Its first token.
    pub first: TokenId,
    /// One past its last token.
    pub end: TokenId,
    /// The kind of zone that it stands in. A dateline or a byline is one sentence, so that its names
    /// are found; furniture has none.
    pub zone: ZoneKind,
    /// Its paragraph, counted from 0 through the document.
    pub paragraph: u32,
}

impl Sentence {
    /// The sentence's tokens as indexes of the document.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = TokenId> + ExactSizeIterator + use<> {
        (self.first.0..self.end.0).map(TokenId)
    }
}

/// A document: the text and its first layer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// See [`Article::id`].
    pub id: String,
    /// See [`Article::source`].
    pub source: String,
    /// See [`Article::url`].
    pub url: Option<String>,
    /// See [`Article::publisher`].
    pub publisher: Option<String>,
    /// The title, given apart or found in the text.
    pub title: Option<String>,
    /// The day of publication: given, or read from a dateline, caption or copyright line.
    pub published: Option<Date>,
    /// The input's text, unchanged; where a title was given apart: title, blank line, text.
    pub text: String,
    /// What is title, byline, dateline, caption, body, furniture.
    pub zones: Vec<Zone>,
    /// The sentences, in order.
    pub sentences: Vec<Sentence>,
    /// The tokens of all sentences, in order; furniture has none.
    pub tokens: Vec<Span>,
    /// The place that the dateline names, as a span: "SEOUL".
    pub dateline_place: Option<Span>,
}

impl Document {
    /// The words under a span.
    #[must_use]
    pub fn str(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// A token's words.
    #[must_use]
    pub fn word(&self, token: TokenId) -> &str {
        self.tokens.get(token.at()).map_or("", |span| span.of(&self.text))
    }

    /// The sentence that holds a token.
    #[must_use]
    pub fn sentence_of(&self, token: TokenId) -> SentenceId {
        SentenceId::from(self.sentences.partition_point(|s| s.end <= token))
    }

    /// The line of the text on which a byte stands, counted from 1.
    #[must_use]
    pub fn line(&self, byte: u32) -> usize {
        let end = (byte as usize).min(self.text.len());
        1 + self.text.as_bytes()[..end].iter().filter(|b| **b == b'\n').count()
    }
}

/// Reads zones, sentences and tokens into an article. Linear in the length of its text.
///
/// ```
/// use demarche::{Article, Lexicon, document};
/// let article = Article { body: "SEOUL – Ms. Roe's talks ended. She left.".into(), ..Article::default() };
/// let document = document::segment(&article, &Lexicon::default());
/// let words: Vec<&str> = document.tokens.iter().map(|t| document.str(*t)).collect();
/// assert_eq!(words[2..9], ["Ms.", "Roe", "'s", "talks", "ended", ".", "She"]);
/// assert_eq!(document.sentences.len(), 3);
/// ```
#[must_use]
pub fn segment(article: &Article, lexicon: &Lexicon) -> Document {
    let given = article.title.as_deref().filter(|title| !title.trim().is_empty());
    let title_end = given.map_or(0, str::len);
    let text = match given {
        Some(title) => format!("{title}\n\n{}", article.body),
        None => article.body.clone(),
    };
    let mut paragraphs = Vec::new();
    line::push_paragraphs(given.unwrap_or(""), 0, &mut paragraphs);
    line::push_paragraphs(&text, title_end, &mut paragraphs);
    let mut document = Document {
        id: article.id.clone(),
        source: article.source.clone(),
        url: article.url.clone(),
        publisher: article.publisher.clone(),
        published: article.published,
        title: given.map(str::to_owned),
        ..Document::default()
    };
    let mut days = day::Days::default();
    zone::read(&text, title_end, &paragraphs, lexicon, |piece| {
        days.see(&text, &piece);
        if piece.kind == ZoneKind::Title && document.title.is_none() {
            document.title = Some(piece.span.of(&text).to_owned());
        }
        add(&mut document, &text, &piece);
    });
    document.published = document.published.or_else(|| days.published(&text));
    document.text = text;
    document
}

/// Adds a piece's zone, tokens and sentences.
fn add(document: &mut Document, text: &str, piece: &zone::Piece) {
    let span = piece.span;
    match document.zones.last_mut() {
        Some(last) if last.kind == piece.kind => last.span = last.span.cover(span),
        _ => document.zones.push(Zone { span, kind: piece.kind }),
    }
    if piece.kind == ZoneKind::Furniture {
        return;
    }
    document.dateline_place = document.dateline_place.or(piece.place);
    let first = document.tokens.len();
    token::tokenize(text, span.range(), &mut document.tokens);
    let Document { tokens, sentences, .. } = document;
    let added = tokens.get(first..).unwrap_or(&[]);
    let mut push = |range: std::ops::Range<usize>| {
        let (Some(start), Some(end)) = (added.get(range.start), added.get(range.end.saturating_sub(1)))
        else {
            return;
        };
        sentences.push(Sentence {
            span: start.cover(*end),
            first: TokenId::from(first + range.start),
            end: TokenId::from(first + range.end),
            zone: piece.kind,
            paragraph: u32::try_from(piece.paragraph).unwrap_or(u32::MAX),
        });
    };
    match piece.kind {
        ZoneKind::Dateline | ZoneKind::Byline if !added.is_empty() => push(0..added.len()),
        _ => sentence::split(text, added, push),
    }
}

#[cfg(test)]
mod tests;
