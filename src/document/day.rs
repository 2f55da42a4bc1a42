//! The day of publication, where only the article's own words tell it.
//!
//! In: the pieces of a text. Out: a day: from a line with a date, a dateline ("GENEVA, Sept 12,
//! 2019"), a caption ("Thursday, March 18, 2021"), or a dateline's day with a copyright line's year.
//! Left out: dates in the body, which may be about the past.

use jiff::civil::Date;

use super::ZoneKind;
use super::zone::Piece;
use crate::source::date;

/// Pieces after these are not searched.
const SEARCHED: usize = 12;

/// Reads the day of publication out of datelines, captions and copyright lines.
pub(super) fn published(text: &str, pieces: &[Piece]) -> Option<Date> {
    let of = |kind: ZoneKind| {
        pieces.iter().take(SEARCHED).filter(move |p| p.kind == kind).filter_map(|p| text.get(p.span.clone()))
    };
    let full = |kind| of(kind).find_map(|words| date::find(words).map(|found| found.day));
    full(ZoneKind::Dateline).or_else(|| full(ZoneKind::Caption)).or_else(|| full(ZoneKind::Byline)).or_else(
        || {
            let year = pieces
                .iter()
                .filter(|p| p.kind == ZoneKind::Furniture)
                .filter_map(|p| text.get(p.span.clone()))
                .find_map(copyright_year)?;
            of(ZoneKind::Dateline).find_map(|words| date::find_without_year(words, year))
        },
    )
}

/// "Copyright 2021 …", "© 2021".
fn copyright_year(words: &str) -> Option<i16> {
    let lower = words.to_lowercase();
    if !(lower.contains("copyright") || words.contains('©')) {
        return None;
    }
    let mut numbers = words.split(|c: char| !c.is_ascii_digit()).filter(|n| n.len() == 4);
    numbers.find_map(|n| n.parse().ok()).filter(|year| (1900..=2200).contains(year))
}
