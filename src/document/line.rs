//! A text becomes paragraphs: blank lines part them, and so do line ends where the text is not
//! hard-wrapped.
//!
//! In: a text. Out: byte ranges, trimmed, none empty, in order. Old wires and mails break lines at a
//! fixed width; there a line end is only a space, and the next word would not have fitted on the
//! line. Elsewhere a line end means a new paragraph, title or caption.
//! Left out: indented first lines as the only mark of a paragraph.

use std::ops::Range;

use super::token::is_blank;
use crate::text::Span;

/// No hard-wrapped text has longer lines, in bytes.
const WIDEST: usize = 140;

/// No hard-wrapped text has a shorter widest line.
const NARROWEST: usize = 40;

/// A paragraph and whether a blank line stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub span: Span,
    pub after_blank: bool,
}

/// Appends the paragraphs of `text[from..]`.
pub(super) fn push_paragraphs(text: &str, from: usize, out: &mut Vec<Paragraph>) {
    let width = wrap_width(text, from);
    let mut blank = true;
    let mut before: Option<Range<usize>> = None;
    for line in lines(text, from) {
        if line.is_empty() {
            blank = true;
            before = None;
            continue;
        }
        let joins = match (&before, width) {
            (Some(before), Some(width)) => is_full(text, before, &line, width),
            _ => false,
        };
        let span = Span::new(line.start, line.end);
        match out.last_mut() {
            Some(last) if joins => last.span.end = span.end,
            _ => out.push(Paragraph { span, after_blank: blank }),
        }
        blank = false;
        before = Some(line);
    }
}

/// The lines of `text[from..]`, trimmed.
fn lines(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = from;
    text.get(from..).unwrap_or("").split_inclusive('\n').map(move |line| {
        let start = at + (line.len() - line.trim_start_matches(is_blank).len());
        let end = at + line.trim_end_matches(is_blank).len();
        at += line.len();
        start.min(end)..end
    })
}

/// The width at which the lines were wrapped; `None` where they were not.
fn wrap_width(text: &str, from: usize) -> Option<usize> {
    let mut width = 0;
    for line in lines(text, from) {
        width = width.max(line.len());
        if width > WIDEST {
            return None;
        }
    }
    if width < NARROWEST {
        return None;
    }
    let mut inner = 0;
    let mut full = 0;
    let mut open = 0;
    for (line, next) in lines(text, from).zip(lines(text, from).skip(1)) {
        if line.is_empty() || next.is_empty() {
            continue;
        }
        inner += 1;
        if is_full(text, &line, &next, width) {
            full += 1;
            open += usize::from(!text.get(line).is_some_and(|l| l.ends_with(['.', '?', '!', '"', '”'])));
        }
    }
    (full >= 2 && full * 4 >= inner * 3 && open * 2 >= full).then_some(width)
}

/// True if the first word of `next` would not have fitted on `line`.
fn is_full(text: &str, line: &Range<usize>, next: &Range<usize>, width: usize) -> bool {
    let word = text.get(next.clone()).map_or(0, |n| n.find(is_blank).unwrap_or(n.len()));
    line.len() + 1 + word + 3 > width
}
