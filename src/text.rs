//! Spans of text and typed indexes: what every other room stands on.
//!
//! In: nothing. Out: [`Span`] (a half-open range of **bytes** of a document's text), the typed
//! indexes that join one layer to another, [`CodePoints`], which turns byte offsets into the
//! code point offsets that the analysis record uses, and `one_line`.
//!
//! `&text[span.range()]` is always what the reader saw: no layer changes the text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes of a document's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte `start` up to, not including, byte `end`.
    ///
    /// Offsets beyond 4 GiB are clamped; a document is never that long.
    ///
    /// ```
    /// use demarche::text::Span;
    /// assert_eq!(Span::new(3, 7).of("As Zhao said"), "Zhao");
    /// ```
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The same range as `usize`, for slicing.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words of `text` under this span; empty if the span does not fit `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True where nothing is covered.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True if `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True if the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The shortest span that covers both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u32);

        impl $name {
            /// The index as `usize`, for looking up in a slice.
            #[must_use]
            pub fn at(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(n: usize) -> Self {
                $name(u32::try_from(n).unwrap_or(u32::MAX))
            }
        }
    )*};
}

index! {
    /// A token of a document, counted from the document's first.
    TokenId
    /// A sentence of a document.
    SentenceId
    /// A mention of an entity in a document.
    MentionId
    /// An entity of one document.
    EntityId
    /// A relation of one document.
    RelationId
    /// A predicate of the lexicon.
    PredicateId
    /// An entry of the gazetteer.
    EntryId
    /// An office of the gazetteer.
    OfficeId
    /// A body that every country has, such as a foreign ministry.
    BodyId
}

/// Turns byte offsets of one text into code point offsets, in any order, in constant time.
///
/// Keeps one count for every 64 bytes.
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    counts: Vec<u32>,
}

impl<'a> CodePoints<'a> {
    /// Counts the code points of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut counts = Vec::with_capacity(text.len() / 64 + 1);
        let mut seen = 0;
        for chunk in text.as_bytes().chunks(64) {
            counts.push(seen);
            seen += code_points(chunk);
        }
        counts.push(seen);
        CodePoints { text, counts }
    }

    /// The number of code points before byte `offset`.
    ///
    /// ```
    /// use demarche::text::CodePoints;
    /// assert_eq!(CodePoints::new("“Élysée”").at(5), 2);
    /// ```
    #[must_use]
    pub fn at(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.text.len());
        let chunk = offset / 64;
        self.counts[chunk] + code_points(&self.text.as_bytes()[chunk * 64..offset])
    }
}

/// Counts the bytes that begin a code point.
fn code_points(bytes: &[u8]) -> u32 {
    bytes.iter().map(|b| u32::from((*b as i8) >= -0x40)).sum()
}

/// A name or words that a hard-wrapped text breaks over several lines, on one, with single spaces.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_chars() {
        let text = "“Pékin” said: 朝鮮 — ".repeat(20);
        let points = CodePoints::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(at as u32) as usize, n);
        }
        assert_eq!(points.at(u32::MAX) as usize, text.chars().count());
    }

    #[test]
    fn a_span_that_does_not_fit_is_empty() {
        assert_eq!(Span::new(1, 2).of("é"), "");
        assert_eq!(Span::new(5, 9).of("abc"), "");
    }
}
