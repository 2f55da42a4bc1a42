//! The head of a news story: "SEOUL –", "GENEVA, Sept 12 (Reuters) -", "KABUL, Afghanistan (AP) —".
//!
//! In: a paragraph. Out: how far the dateline goes and which of its words are the place. Text that
//! is tokenised already ("PARIS ( Reuters ) - France") is read too. Left out: datelines without a
//! dash, unless an agency stands in brackets.

use std::ops::Range;

/// A dateline is never longer, in bytes.
const LONGEST: usize = 120;

/// A dateline found at the beginning of a paragraph; byte ranges of the paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// One past its dash.
    pub end: usize,
    /// The first place: "SEOUL"; empty if there is none: "(Reuters) -".
    pub place: Range<usize>,
    /// True where an agency or a date makes it certain.
    pub certain: bool,
    /// Where nothing is in capitals, the last of its places, which must be known: "United States" in
    /// "Evansville, Indiana, United States -".
    pub last: Option<Range<usize>>,
}

/// Reads the dateline at the beginning of `paragraph`.
pub(super) fn read(paragraph: &str) -> Option<Dateline> {
    let limit =
        paragraph.char_indices().map(|(at, _)| at).find(|at| *at >= LONGEST).unwrap_or(paragraph.len());
    let head = paragraph.get(..limit)?;
    let (dash, end) = dash(head)?;
    let before = head.get(..dash)?;
    let after = paragraph.get(end..)?;
    if after.trim().is_empty() {
        return None;
    }
    let (places, brackets) = match before.find(['(', '[']) {
        Some(open) => (before.get(..open)?, before.get(open..)?.trim()),
        None => (before, ""),
    };
    let agency = is_agency(brackets);
    if !brackets.is_empty() && !agency {
        return None;
    }
    let shape = places_shape(places)?;
    let place = first_place(places);
    let certain = agency || shape.dated;
    if place.is_empty() && !agency {
        return None;
    }
    if shape.upper || agency {
        return Some(Dateline { end, place, certain, last: None });
    }
    // "SEOUL –" and "Moscow (AP) —", but not "Moscow – the capital", "Roe, the envoy – a".
    let story = after.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"'));
    let comma = places.rfind(',').filter(|_| story)?;
    Some(Dateline { end, place, certain: false, last: Some(comma + 1..places.trim_end().len()) })
}

/// True where the form alone tells that `paragraph` begins with a dateline.
pub(super) fn is_plain(paragraph: &str) -> bool {
    read(paragraph).is_some_and(|line| line.last.is_none())
}

/// The first dash with white space after it, and before it unless a bracket closes there.
fn dash(head: &str) -> Option<(usize, usize)> {
    for (at, c) in head.char_indices() {
        if !matches!(c, '–' | '—' | '-' | '―' | '_') {
            continue;
        }
        let run = head.get(at..)?.chars().take_while(|d| *d == c).count();
        let end = at + run * c.len_utf8();
        let before = head.get(..at)?;
        let wide = c != '-' || run > 1;
        let spaced_before = before.ends_with(char::is_whitespace) || before.ends_with(')') || wide;
        let spaced_after = head.get(end..)?.starts_with(|n: char| {
            n.is_whitespace() || matches!(n, '“' | '"') || (wide && n.is_alphabetic())
        });
        if spaced_before && spaced_after && !before.is_empty() {
            return Some((at, end));
        }
        if spaced_before && before.is_empty() {
            return None;
        }
    }
    None
}

/// "(AP)", "( Reuters )", "(Xinhua)", "[CNN]": a few capitalised words, closed.
fn is_agency(brackets: &str) -> bool {
    let Some(inner) = brackets.strip_prefix(['(', '[']).and_then(|b| b.trim_end().strip_suffix([')', ']']))
    else {
        return false;
    };
    let words: Vec<&str> = inner.split_whitespace().collect();
    (1..=5).contains(&words.len())
        && !inner.contains(['(', ')'])
        && words.iter().all(|w| {
            w.starts_with(|c: char| {
                c.is_uppercase() || c.is_ascii_digit() || matches!(c, '/' | '&' | '-' | '|')
            }) || *w == "of"
        })
}

struct Shape {
    /// The first place is in capitals.
    upper: bool,
    /// A month or a day is there.
    dated: bool,
}

/// Checks that only places and dates stand before the dash.
fn places_shape(places: &str) -> Option<Shape> {
    let mut words = places
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | ';'))
        .filter(|w| !w.is_empty())
        .peekable();
    let upper = words.peek().is_some_and(|w| is_upper(w));
    let mut count = 0;
    let mut dated = false;
    for word in words {
        count += 1;
        let digits = word.trim_end_matches('.').bytes().all(|b| b.is_ascii_digit());
        let month = crate::source::date::month(word.trim_end_matches('.')).is_some();
        dated |= month;
        let ok = digits
            || word.starts_with(char::is_uppercase)
            || matches!(word, "of" | "de" | "the" | "and" | "al" | "la" | "el" | "du" | "on" | "." | "&")
            || word.starts_with(char::is_uppercase);
        if !ok || word.ends_with([':', '?', '!', '"', '”', '\'']) {
            return None;
        }
    }
    (count <= 9).then_some(Shape { upper, dated })
}

fn is_upper(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && word.chars().all(|c| !c.is_lowercase())
}

/// The words before the first comma, slash, date or bracket.
fn first_place(places: &str) -> Range<usize> {
    let start = places.len() - places.trim_start().len();
    let mut end = start;
    let mut at = start;
    for word in places
        .get(start..)
        .unwrap_or("")
        .split_inclusive(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | ';'))
    {
        let bare = word.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | ';'));
        let date = crate::source::date::month(bare.trim_end_matches('.')).is_some()
            || bare.starts_with(|c: char| c.is_ascii_digit());
        if bare.is_empty() || date {
            break;
        }
        end = at + bare.len();
        if word.contains([',', '/', ';']) {
            break;
        }
        at += word.len();
    }
    start..end
}
