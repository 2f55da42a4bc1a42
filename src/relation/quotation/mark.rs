//! Quotation marks: which stretches of the text stand inside them.
//!
//! In: a document. Out: the outermost [`Stretch`]es, sorted. Straight, typographic, angular and
//! single marks; apostrophes are none ("the ministers’ plan", "’90s"). A paragraph that opens a mark
//! without closing it goes on in the next paragraph if that one opens with a mark again:
//!
//! ```text
//! “We have waited long enough. / “Now we act,” the mayor said.      one stretch, two pieces
//! ```
//!
//! Marks inside marks belong to the stretch. A mark that is never closed counts only where a
//! paragraph or a sentence begins with it. Left out: dashes that open speech, as in French.

use crate::document::{Document, Sentence, ZoneKind};
use crate::text::Span;

/// How far ahead, in bytes, a single mark's partner is looked for.
const SINGLE_REACH: usize = 600;

/// An outermost stretch between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The words inside, without the marks; one piece a paragraph.
    pub pieces: Vec<Span>,
    /// From the first opening mark to the last closing one.
    pub outer: Span,
    /// False where no mark closes it.
    pub closed: bool,
}

/// What a character does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    OpenSingle,
    None,
}

/// All stretches of a document between quotation marks, in order.
pub(super) fn stretches(document: &Document) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    // The stretch that the paragraph before left open.
    let mut pending: Option<Stretch> = None;
    for paragraph in paragraphs(&document.sentences) {
        let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { continue };
        let span = first.span.cover(last.span);
        let goes_on = first.zone == ZoneKind::Body;
        pending = read_paragraph(document, paragraph, span, pending.filter(|_| goes_on), &mut found);
    }
    found.extend(pending);
    found.sort_by_key(|s| s.outer);
    found
}

/// The runs of sentences that share a paragraph and a zone.
fn paragraphs(sentences: &[Sentence]) -> impl Iterator<Item = &[Sentence]> {
    sentences.chunk_by(|a, b| a.paragraph == b.paragraph && a.zone == b.zone)
}

fn read_paragraph(
    document: &Document,
    sentences: &[Sentence],
    span: Span,
    pending: Option<Stretch>,
    found: &mut Vec<Stretch>,
) -> Option<Stretch> {
    let text = &document.text;
    let body = span.of(text);
    let base = span.start as usize;
    let mut current: Option<Open> = None;
    let mut carried = pending;
    let mut chars = body.char_indices().peekable();
    let mut before: Option<char> = None;
    let mut skip_to = 0;
    while let Some((at, c)) = chars.next() {
        // Two single marks are a double one: ''yes'', ``yes''.
        let width = if doubled(body, at) { 2 } else { c.len_utf8() };
        if width == 2 && c.len_utf8() == 1 && at >= skip_to {
            chars.next();
        }
        let c = if width == 2 && c.len_utf8() == 1 { '"' } else { c };
        let next = chars.peek().map(|(_, c)| *c);
        let role = if at < skip_to { Role::None } else { role(c, before, next, current.is_some()) };
        // “It felt good out there. / We could have won.” she said: this mark closes what the paragraph
        // before opened.
        let closes = matches!(c, '”' | '»' | '"' | '＂') && before.is_some_and(|b| !b.is_whitespace());
        let ended = next.is_none_or(|n| !n.is_alphanumeric());
        let previous = before.replace(c);
        if current.is_none()
            && closes
            && ended
            && at >= skip_to
            && let Some(stretch) = carried.take()
        {
            let open = Open { start: base, words: base, carried: Some(stretch) };
            found.push(open.closed(base + at, base + at + width));
            continue;
        }
        match role {
            Role::Open => {
                // "The plan is fine, he said. “It works.”": the first mark was never closed.
                if current.is_some() && !is_definite_open(previous, next) {
                    continue;
                }
                let start = base + at;
                let words = start + width;
                if at == 0 && carried.as_ref().is_some_and(|s| opens_with(text, s.outer, c)) {
                    current = Some(Open { start, words, carried: carried.take() });
                } else {
                    current = Some(Open { start, words, carried: None });
                }
            }
            Role::Close => {
                if let Some(open) = current.take() {
                    found.push(open.closed(base + at, base + at + width));
                }
            }
            Role::OpenSingle => {
                let from = at + c.len_utf8();
                if let Some((end, width)) = single_partner(body, from) {
                    let open = Open { start: base + at, words: base + from, carried: None };
                    found.push(open.closed(base + end, base + end + width));
                    skip_to = end + width;
                }
            }
            Role::None => {}
        }
    }
    // The paragraph before opened a mark, this one does not: it ended there.
    found.extend(carried);
    let open = current?;
    let begins_sentence = sentences.iter().any(|s| s.span.start as usize == open.start);
    let after_break = text[..open.start].trim_end().ends_with([':', ',']);
    (begins_sentence || after_break).then(|| open.unclosed(span.end as usize))
}

/// A mark that has been opened.
struct Open {
    start: usize,
    words: usize,
    carried: Option<Stretch>,
}

impl Open {
    fn closed(self, words_end: usize, end: usize) -> Stretch {
        self.stretch(words_end, end, true)
    }

    fn unclosed(self, end: usize) -> Stretch {
        self.stretch(end, end, false)
    }

    fn stretch(self, words_end: usize, end: usize, closed: bool) -> Stretch {
        let piece = Span::new(self.words, words_end);
        let outer = Span::new(self.start, end);
        match self.carried {
            Some(mut stretch) => {
                stretch.pieces.push(piece);
                stretch.outer = stretch.outer.cover(outer);
                stretch.closed = closed;
                stretch
            }
            None => Stretch { pieces: vec![piece], outer, closed },
        }
    }
}

/// True if the byte begins two single marks in a row.
fn doubled(body: &str, at: usize) -> bool {
    let rest = body.as_bytes().get(at..).unwrap_or_default();
    rest.starts_with(b"''") || rest.starts_with(b"``")
}

/// True if a stretch was opened by the mark `c`.
fn opens_with(text: &str, outer: Span, c: char) -> bool {
    outer.of(text).starts_with(c)
}

fn role(c: char, before: Option<char>, next: Option<char>, inside: bool) -> Role {
    let spaced = before.is_none_or(|b| b.is_whitespace() || "([{—–-/".contains(b));
    let blank_next = next.is_none_or(char::is_whitespace);
    match c {
        '“' | '„' | '«' if inside && blank_next && !spaced => Role::Close,
        '“' | '„' | '«' => Role::Open,
        '”' | '»' => Role::Close,
        '"' | '＂' if inside && spaced && !blank_next => Role::Open,
        '"' | '＂' if inside => Role::Close,
        // 6'2": inches.
        '"' | '＂' if before.is_some_and(|b| b.is_ascii_digit()) => Role::None,
        // A closing mark that nothing opened: “… he said." after a stray break.
        '"' | '＂' if blank_next && !spaced => Role::None,
        '"' | '＂' => Role::Open,
        '‘' | '\'' if !inside && spaced && next.is_some_and(char::is_alphabetic) => Role::OpenSingle,
        _ => Role::None,
    }
}

/// True where a mark after a blank and before a word cannot close anything.
fn is_definite_open(before: Option<char>, next: Option<char>) -> bool {
    before.is_none_or(|b| b.is_whitespace() || b == '(') && next.is_some_and(|n| !n.is_whitespace())
}

/// Where the single mark opened before `from` is closed: its byte and width.
///
/// The first mark that no letter follows, except that one after a plural's "s" gives way to a later
/// one after a comma or a full stop: ‘the ministers’ plan failed,’ but ‘the best of friends’.
fn single_partner(body: &str, from: usize) -> Option<(usize, usize)> {
    let mut end = (from + SINGLE_REACH).min(body.len());
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let window = body.get(from..end)?;
    let mut doubtful = None;
    let mut before = None;
    let mut chars = window.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let partner = matches!(c, '’' | '\'')
            && before.is_some_and(|b: char| !b.is_whitespace())
            && next.is_none_or(|n| !n.is_alphanumeric())
            // "rock 'n' roll"
            && at > 1;
        if partner {
            let place = (from + at, c.len_utf8());
            if before != Some('s') || next.is_none_or(|n| !n.is_whitespace()) {
                return Some(place);
            }
            doubtful = doubtful.or(Some(place));
        }
        // A single mark inside the stretch would have to close first.
        if c == '‘' || c == '“' || c == '"' {
            break;
        }
        before = Some(c);
    }
    doubtful
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TokenId;

    /// Reads paragraphs that are split by line ends, each one sentence; pieces are joined by " / ".
    fn read(text: &str) -> Vec<String> {
        let mut document = Document { text: text.to_owned(), ..Document::default() };
        let mut start = 0;
        for (paragraph, line) in text.split('\n').enumerate() {
            let span = Span::new(start, start + line.len());
            let (first, paragraph) = (TokenId(0), paragraph as u32);
            document.sentences.push(Sentence { span, first, end: first, zone: ZoneKind::Body, paragraph });
            start += line.len() + 1;
        }
        stretches(&document)
            .iter()
            .map(|s| s.pieces.iter().map(|p| p.of(text)).collect::<Vec<_>>().join(" / "))
            .collect()
    }

    #[test]
    fn marks_of_every_sort() {
        let table: &[(&str, &[&str])] = &[
            ("“We leave,” she said. “Now.”", &["We leave,", "Now."]),
            ("\"We leave,\" she said. \"Now.\"", &["We leave,", "Now."]),
            ("''We leave,'' she said. ``Now.''", &["We leave,", "Now."]),
            ("«We leave», she said.", &["We leave"]),
            ("She called it ‘a farce’ and left.", &["a farce"]),
            ("She called it 'a farce' and left.", &["a farce"]),
            ("The ministers’ plan and the boys' club failed.", &[]),
            ("It was the best of '68 and of rock 'n' roll.", &[]),
            ("She said: ‘The ministers’ plan failed,’ and left.", &["The ministers’ plan failed,"]),
            ("“He told me ‘never again’ twice,” she said.", &["He told me ‘never again’ twice,"]),
            ("“We don’t know,” she said.", &["We don’t know,"]),
            ("He is 6'2\" tall and 5'9\" wide.", &[]),
            ("(\"Yes\") he wrote.", &["Yes"]),
            ("“The plan is fine, he said. “It works.”", &["It works."]),
            ("An “open mark that nothing closes is none.", &[]),
            ("“An open mark at the start counts.", &["An open mark at the start counts."]),
            ("He said: “So does one after a colon.", &["So does one after a colon."]),
        ];
        for (text, expected) in table {
            assert_eq!(&read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_paragraph_goes_on_where_the_next_opens_a_mark() {
        assert_eq!(read("“We waited.\n“Now we act,” she said."), ["We waited. / Now we act,"]);
        assert_eq!(read("\"One.\n\"Two.\n\"Three,\" she said."), ["One. / Two. / Three,"]);
        assert_eq!(read("“We waited.\nShe left."), ["We waited."]);
        assert_eq!(read("“We waited.\nIt is late,” she said."), ["We waited. / It is late,"]);
        assert_eq!(
            read("\"We waited.\nIt is late,\" she said. \"Go.\""),
            ["We waited. / It is late,", "Go."]
        );
        assert_eq!(read("“We waited.”\n“Now we act,” she said."), ["We waited.", "Now we act,"]);
        assert_eq!(read("\"We waited.\n“Now we act,” she said."), ["We waited.", "Now we act,"]);
    }
}
