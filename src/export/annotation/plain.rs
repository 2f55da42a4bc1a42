//! Marks as brackets, for where there is neither colour nor a browser.
//!
//! In: an [`Annotation`]. Out: the text with `[names]`, `{triggers}` and `<quotations>`. Where marks cross,
//! the inner one is closed before the outer one ends and opened again after it, so that brackets always
//! pair: `<Seoul [said>] …` never comes out, `<Seoul [said]>[ …]` does. Brackets that the text has of its own
//! stay.

use super::{Annotation, MarkKind};

/// The text with brackets around its marks.
///
/// ```
/// use demarche::export::annotation::{Annotation, Mark, MarkKind, plain};
/// use demarche::text::Span;
/// let mark = |start, end, kind| Mark { span: Span::new(start, end), kind, label: String::new() };
/// let marks = vec![mark(0, 5, MarkKind::Quotation), mark(3, 8, MarkKind::Trigger)];
/// assert_eq!(plain(&Annotation::new("We must go", marks)), "<We {mu}>{st }go");
/// ```
#[must_use]
pub fn plain(annotation: &Annotation<'_>) -> String {
    let mut out = String::with_capacity(annotation.text.len() + 4 * annotation.marks.len());
    let mut open: Vec<usize> = Vec::new();
    let brackets = |at: usize| annotation.marks.get(at).map_or(("", ""), |mark| brackets(mark.kind));
    for piece in annotation.pieces() {
        // Two marks over the same words with the same brackets need only one pair.
        let mut marks: Vec<usize> = Vec::with_capacity(piece.marks.len());
        for at in piece.marks {
            let same = |other: &usize| match (annotation.marks.get(*other), annotation.marks.get(at)) {
                (Some(a), Some(b)) => a.span == b.span && brackets(*other) == brackets(at),
                _ => false,
            };
            if !marks.iter().any(same) {
                marks.push(at);
            }
        }
        let kept = open.iter().zip(&marks).take_while(|(a, b)| a == b).count();
        for at in open.drain(kept..).rev() {
            out.push_str(brackets(at).1);
        }
        for at in marks.iter().skip(kept) {
            out.push_str(brackets(*at).0);
        }
        open = marks;
        out.push_str(piece.span.of(annotation.text));
    }
    for at in open.into_iter().rev() {
        out.push_str(brackets(at).1);
    }
    out
}

fn brackets(kind: MarkKind) -> (&'static str, &'static str) {
    match kind {
        MarkKind::Quotation => ("<", ">"),
        MarkKind::Entity(..) => ("[", "]"),
        MarkKind::Trigger => ("{", "}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Form;
    use crate::export::annotation::Mark;
    use crate::lexicon::Kind;
    use crate::text::Span;

    #[test]
    fn nested_and_crossing_marks_pair() {
        let text = "“Seoul urged Tokyo,” she said";
        let at = |words: &str, kind| {
            let start = text.find(words).unwrap();
            Mark { span: Span::new(start, start + words.len()), kind, label: String::new() }
        };
        let entity = MarkKind::Entity(Kind::Country, Form::Name);
        let marks = vec![
            at("“Seoul urged Tokyo,”", MarkKind::Quotation),
            at("Seoul", entity),
            at("urged", MarkKind::Trigger),
            at("urged", MarkKind::Trigger),
            at("Tokyo,” she", entity),
            at("she said", MarkKind::Trigger),
        ];
        let shown = plain(&Annotation::new(text, marks));
        assert_eq!(shown, "<“[Seoul] {urged} [Tokyo,”]>[ {she}]{ said}");
        let mut open = Vec::new();
        for c in shown.chars() {
            match c {
                '<' | '[' | '{' => open.push(c),
                '>' | ']' | '}' => {
                    assert!(matches!((open.pop(), c), (Some('<'), '>') | (Some('['), ']') | (Some('{'), '}')))
                }
                _ => {}
            }
        }
        assert!(open.is_empty());
        assert_eq!(shown.replace(['<', '>', '[', ']', '{', '}'], ""), text);
    }

    #[test]
    fn a_text_without_marks_stays_as_it_is() {
        assert_eq!(plain(&Annotation::new("It rained [all] day.\n", vec![])), "It rained [all] day.\n");
        assert_eq!(plain(&Annotation::new("", vec![])), "");
    }
}
