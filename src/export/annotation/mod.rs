//! The text itself, with what was read in it marked: names, triggers, quotations.
//!
//! In: an [`Analysis`](crate::Analysis) and its lexicon. Out: an [`Annotation`]: [`Mark`]s, and the text
//! cut into [`Piece`]s at every place where a mark begins or ends, so that nested and crossing
//! marks need no nesting in the output: "“Seoul *urged* Tokyo”" is a quotation of five pieces. The pieces
//! together are the text, byte for byte. [`Page`] makes a web page of it, [`plain`] text with brackets;
//! a terminal is coloured by `cli`.

mod html;
mod mark;
mod plain;

#[cfg(feature = "serve")]
pub(crate) use html::frame;
pub use html::{POLICY, Page};
pub use mark::{Mark, MarkKind};
pub use plain::plain;

use std::collections::BTreeSet;

use crate::text::Span;

/// A text and its marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation<'a> {
    /// The document's text.
    pub text: &'a str,
    /// Its marks: those that begin first before others, of these the longest first.
    pub marks: Vec<Mark>,
}

/// A stretch of text under the same marks throughout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The bytes; never empty.
    pub span: Span,
    /// Its marks, as places in [`Annotation::marks`], rising: the outer before the inner.
    pub marks: Vec<usize>,
}

impl<'a> Annotation<'a> {
    /// A text with the given marks. A mark that does not fit the text is cut to it, or left out.
    #[must_use]
    pub fn new(text: &'a str, mut marks: Vec<Mark>) -> Annotation<'a> {
        for mark in &mut marks {
            mark.span = fitted(text, mark.span);
        }
        marks.retain(|mark| !mark.span.is_empty());
        marks.sort_by(|a, b| {
            let key = |mark: &Mark| (mark.span.start, std::cmp::Reverse(mark.span.end), mark.kind);
            key(a).cmp(&key(b)).then_with(|| a.label.cmp(&b.label))
        });
        marks.dedup();
        Annotation { text, marks }
    }

    /// The whole text, cut at every place where a mark begins or ends.
    ///
    /// ```
    /// use demarche::export::annotation::{Annotation, Mark, MarkKind};
    /// use demarche::text::Span;
    /// let mark = |start, end| Mark { span: Span::new(start, end), kind: MarkKind::Trigger, label: String::new() };
    /// let text = Annotation::new("abcdef", vec![mark(1, 4), mark(3, 5)]);
    /// let pieces: Vec<(&str, usize)> = text.pieces().iter().map(|p| (p.span.of(text.text), p.marks.len())).collect();
    /// assert_eq!(pieces, [("a", 0), ("bc", 1), ("d", 2), ("e", 1), ("f", 0)]);
    /// ```
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece> {
        let whole = Span::new(0, self.text.len());
        let mut cuts: Vec<u32> =
            self.marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
        cuts.extend([whole.start, whole.end]);
        cuts.sort_unstable();
        cuts.dedup();
        let mut waiting = self.marks.iter().enumerate().peekable();
        let mut open: BTreeSet<usize> = BTreeSet::new();
        let mut pieces = Vec::with_capacity(cuts.len());
        for cut in cuts.windows(2) {
            let [start, end] = *cut else { continue };
            open.retain(|at| self.marks.get(*at).is_some_and(|mark| mark.span.end > start));
            while let Some((at, _)) = waiting.next_if(|(_, mark)| mark.span.start <= start) {
                open.insert(at);
            }
            pieces.push(Piece { span: Span { start, end }, marks: open.iter().copied().collect() });
        }
        pieces
    }
}

/// The part of a span that lies in the text and cuts no character.
fn fitted(text: &str, span: Span) -> Span {
    let whole = |byte: u32| {
        let mut byte = (byte as usize).min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    };
    Span::new(whole(span.start), whole(span.end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(start: u32, end: u32) -> Mark {
        Mark { span: Span { start, end }, kind: MarkKind::Quotation, label: format!("{start}") }
    }

    proptest! {
        #[test]
        fn pieces_are_the_text_and_stand_under_their_marks(
            text in "[a-cé\u{202e}<&\n]{0,40}",
            ends in prop::collection::vec((0u32..90, 0u32..90), 0..20),
        ) {
            let marks = ends.iter().map(|(a, b)| mark((*a).min(*b), (*a).max(*b))).collect();
            let annotation = Annotation::new(&text, marks);
            let pieces = annotation.pieces();
            let together: String = pieces.iter().map(|piece| piece.span.of(&text)).collect();
            prop_assert_eq!(&together, &text);
            for piece in &pieces {
                prop_assert!(!piece.span.is_empty());
                for (at, mark) in annotation.marks.iter().enumerate() {
                    prop_assert_eq!(mark.span.contains(piece.span), piece.marks.contains(&at));
                    prop_assert_eq!(mark.span.overlaps(piece.span), piece.marks.contains(&at));
                }
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_cut_or_left_out() {
        let text = "aé";
        let marks = |marks: Vec<Mark>| {
            Annotation::new(text, marks).marks.into_iter().map(|m| m.span).collect::<Vec<_>>()
        };
        assert_eq!(
            marks(vec![mark(0, 2), mark(0, 99), mark(7, 9), mark(1, 1)]),
            [Span::new(0, 3), Span::new(0, 1)]
        );
    }
}
