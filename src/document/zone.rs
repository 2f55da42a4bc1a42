//! Which part of an article a paragraph is: title, byline, dateline, caption, body, furniture.
//!
//! In: the text and its paragraphs. Out: pieces: byte ranges with a kind; a dateline is cut from the
//! paragraph that it opens, a photo credit from the caption that it closes. "SEOUL – He spoke." is
//! a dateline and a body; "Ms. Roe speaks. (AP Photo/Jo Doe)" a caption and a byline: who took the
//! picture is a name, as who wrote the words is.
//! Left out: captions that nothing marks; they are read as body.

use std::ops::Range;

use super::ZoneKind;
use super::dateline::{self, Dateline};
use super::line::Paragraph;
use crate::lexicon::{Kind, Lexicon};
use crate::source::date;
use crate::text::Span;
use crate::word_list;

word_list!(FURNITURE, "furniture.txt");

/// Longer paragraphs are no furniture, in bytes.
const FURNITURE_LONGEST: usize = 240;

/// A stretch of a paragraph with its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub span: Span,
    pub kind: ZoneKind,
    /// The paragraph, counted from 0.
    pub paragraph: usize,
    /// For a dateline, the place that it names, if any.
    pub place: Option<Span>,
}

/// Gives every paragraph its kind; calls `emit` with the pieces, in order. `title_end` is where a title
/// that was given apart ends, else 0.
pub(super) fn read(
    text: &str,
    title_end: usize,
    paragraphs: &[Paragraph],
    lexicon: &Lexicon,
    mut emit: impl FnMut(Piece),
) {
    let mut titled = title_end > 0;
    let mut story = false; // a body paragraph was seen
    let mut opened = false; // anything but furniture was seen
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let span = paragraph.span.range();
        let words = paragraph.span.of(text);
        let next = paragraphs.get(at + 1);
        let first = !opened;
        let mut push = |span: Range<usize>, kind, place: Option<Span>| {
            if !span.is_empty() {
                opened |= kind != ZoneKind::Furniture;
                emit(Piece { span: Span::new(span.start, span.end), kind, paragraph: at, place });
            }
        };
        if span.start < title_end {
            push(span, ZoneKind::Title, None);
        } else if is_furniture(words) {
            push(span, ZoneKind::Furniture, None);
        } else if is_byline(words) {
            push(span, ZoneKind::Byline, None);
        } else if is_date_line(words) {
            push(span, ZoneKind::Dateline, None);
        } else if let Some(credit) = caption_credit(words) {
            let end = span.start + credit;
            push(trim(text, span.start..end), ZoneKind::Caption, None);
            push(trim(text, end..span.end), ZoneKind::Byline, None);
        } else if let Some(line) = dateline::read(words).filter(|d| is_place(d, story, words, lexicon)) {
            let place = span.start + line.place.start..span.start + line.place.end;
            let place = (!place.is_empty()).then(|| Span::new(place.start, place.end));
            let end = span.start + line.end;
            push(trim(text, span.start..end), ZoneKind::Dateline, place);
            push(trim(text, end..span.end), ZoneKind::Body, None);
            story = true;
        } else if !titled && !story && first && is_title(text, words, next) {
            push(span, ZoneKind::Title, None);
            titled = true;
        } else if title_end > 0 && !story && text.get(..title_end) == Some(words) {
            push(span, ZoneKind::Title, None);
        } else {
            push(span, ZoneKind::Body, None);
            story = true;
        }
    }
}

/// A first line without a full stop, before a blank line or a dateline.
fn is_title(text: &str, words: &str, next: Option<&Paragraph>) -> bool {
    let Some(next) = next else { return false };
    let open = !words.ends_with(['.', ';', ',', ':', '”', '"']) || words.ends_with("U.S.");
    let before_dateline = || {
        let next = next.span.of(text);
        dateline::is_plain(next) || is_date_line(next) || is_byline(next)
    };
    words.len() <= 300 && open && !words.contains('\n') && (next.after_blank || before_dateline())
}

/// "By Jane Doe", "By JANE DOE and JOHN ROE, Associated Press"; "Reporting by …; Editing by …".
fn is_byline(words: &str) -> bool {
    if words.len() > FURNITURE_LONGEST {
        return false;
    }
    let bare = words.trim_start_matches(['(', '[', ' ']);
    if bare.starts_with("Reporting by")
        || bare.starts_with("Additional reporting by")
        || bare.starts_with("Editing by")
        || bare.starts_with("Writing by")
    {
        return true;
    }
    let Some(names) =
        bare.strip_prefix("By ").or_else(|| bare.strip_prefix("by ")).or_else(|| bare.strip_prefix("BY "))
    else {
        return false;
    };
    words.len() <= 120
        && !words.ends_with(['.', '?', '!', ':'])
        && names.split_whitespace().all(|w| {
            w.starts_with(|c: char| c.is_uppercase() || matches!(c, '|' | '&' | '('))
                || matches!(
                    w,
                    "and" | "of" | "in" | "for" | "," | "de" | "al" | "the" | "with" | "van" | "von"
                )
        })
}

/// "Friday, July 21, 2017", "Updated: 18 March 2021 10:00 GMT": a line with a date and little else.
fn is_date_line(words: &str) -> bool {
    if words.len() > 80 || words.ends_with('.') {
        return false;
    }
    let Some(found) = date::find(words) else { return false };
    let rest = words.len() - (found.end - found.start);
    let other = words.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 1).count();
    rest <= 40 && other <= 8 && !words.contains(" in ") && !words.contains(" on ")
}

/// Is the line something that the page carries beside the story?
fn is_furniture(words: &str) -> bool {
    if words.len() > FURNITURE_LONGEST {
        return !words.contains(|c: char| !c.is_ascii_punctuation() && !c.is_whitespace());
    }
    if !words.contains(char::is_alphabetic) {
        // "___", "* * *", "1 / 13", but not "1945" or "50%", which may be a list or a table.
        let quote = |c: char| matches!(c, '“' | '”' | '"' | '‘' | '’' | '\'');
        return !(words.contains(char::is_numeric) || words.contains(quote)) || is_count(words);
    }
    let lower = words.to_lowercase();
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    if lower.starts_with('©')
        || words.trim_start().to_lowercase().starts_with("(c) ")
        || lower.ends_with("all rights reserved")
    {
        return true;
    }
    if FURNITURE.get(lower) == Some("line") || FURNITURE.get(lower) == Some("opening") {
        return true;
    }
    let one_word = !words.contains(char::is_whitespace);
    let web = one_word && super::address::end(words).is_some_and(|end| end + 1 >= words.len());
    if web {
        return true;
    }
    let sentence = words.ends_with('.') && words.len() > 120;
    let mut end = 0;
    for word in lower.split(' ').take(4) {
        end += word.len();
        let head = lower.get(..end).unwrap_or("").trim_end_matches(',');
        if FURNITURE.get(head) == Some("opening") && !sentence {
            let follows =
                head != "copyright" || lower.contains(|c: char| c.is_ascii_digit()) || lower.contains('©');
            return follows && (lower.len() < 100 || head == "copyright");
        }
        end += 1;
    }
    false
}

/// "1 / 13", "2 of 5".
fn is_count(words: &str) -> bool {
    let mut numbers = words.split('/').map(str::trim);
    let number = |n: Option<&str>| {
        n.is_some_and(|n| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
    };
    number(numbers.next()) && number(numbers.next()) && numbers.next().is_none()
}

/// For a caption, where its credit begins (its length if it has none).
fn caption_credit(words: &str) -> Option<usize> {
    if words.len() > 1_200 {
        return None;
    }
    let marked = [
        "FILE PHOTO",
        "FILE -",
        "FILE –",
        "FILE —",
        "In this photo",
        "In this file photo",
        "PHOTO:",
        "Photo:",
        "Caption:",
    ];
    let opened = marked.iter().any(|m| words.starts_with(m));
    if words.ends_with([')', ']'])
        && let Some(open) = words.rfind(['(', '['])
        && is_credit(words.get(open + 1..words.len() - 1).unwrap_or(""))
    {
        return Some(open);
    }
    // "… on Monday. REUTERS/Jane Doe"
    for agency in ["REUTERS/", "REUTERS /", "AFP/", "EPA/", "Getty Images/"] {
        if let Some(at) = words.rfind(agency)
            && words.len() - at <= 60
            && (at == 0
                || words
                    .get(..at)
                    .is_some_and(|b| b.trim_end().ends_with(['.', '(', '[', '|', ']', ')']) || opened))
        {
            return Some(at);
        }
    }
    opened.then_some(words.len())
}

/// "AP Photo/Jo Doe, Pool", "Photo by Jo Doe", "Jo Doe/Reuters", "Getty Images".
fn is_credit(inner: &str) -> bool {
    let inner = inner.trim();
    if inner.is_empty() || inner.len() > 160 || inner.contains(". ") {
        return false;
    }
    let lower = inner.to_lowercase();
    let photo = [
        "photo/",
        "photo by",
        "photo via",
        "photo:",
        "photo courtesy",
        "pool photo",
        "image:",
        "image by",
        "getty images",
        "picture:",
        "pictures via",
        "photograph:",
        "credit:",
    ];
    let agency = [
        "/reuters",
        "reuters/",
        "/ap",
        "/afp",
        "afp/",
        "/getty",
        "/pool",
        "via ap",
        "/epa",
        "/associated press",
        "/bloomberg",
        "/tass",
        "/xinhua",
    ];
    photo.iter().any(|p| lower.contains(p))
        || agency.iter().any(|a| lower.contains(a))
        || lower.ends_with(" photo")
}

/// Capitals before a dash are a place in the first body paragraph only, and not if they name a body.
/// Without capitals the last of several names must be a known place: "Evansville, Indiana -".
fn is_place(line: &Dateline, story: bool, words: &str, lexicon: &Lexicon) -> bool {
    if line.certain || (story && line.last.is_none()) {
        return line.certain;
    }
    let place = |range: Range<usize>, unknown: bool| {
        let Some(place) = words.get(range) else { return false };
        let mut tokens = Vec::new();
        super::token::tokenize(place, 0..place.len(), &mut tokens);
        let names = lexicon.gazetteer.names_at(place, &tokens);
        let mut kinds = names.iter().map(|name| lexicon.gazetteer.entry(name.entry).kind);
        kinds.any(|kind| matches!(kind, Kind::Place | Kind::Country)) || (unknown && names.is_empty())
    };
    place(line.place.clone(), true) && line.last.clone().is_none_or(|last| place(last, false))
}

/// The range without white space at its ends.
fn trim(text: &str, span: Range<usize>) -> Range<usize> {
    let words = text.get(span.clone()).unwrap_or("");
    let start = span.start + (words.len() - words.trim_start_matches(super::token::is_blank).len());
    let end = span.start + words.trim_end_matches(super::token::is_blank).len();
    start..end.max(start)
}
