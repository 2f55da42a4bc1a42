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

/// What was seen of a text that may tell its day.
#[derive(Default)]
pub(super) struct Days {
    pieces: usize,
    /// The first pieces.
    heads: Vec<Piece>,
    /// The year of the first copyright line.
    year: Option<i16>,
}

impl Days {
    pub(super) fn see(&mut self, text: &str, piece: &Piece) {
        self.pieces += 1;
        if self.pieces <= SEARCHED {
            self.heads.push(*piece);
        }
        if piece.kind == ZoneKind::Furniture && self.year.is_none() {
            self.year = copyright_year(piece.span.of(text));
        }
    }

    /// The day of publication, from datelines, captions, bylines and copyright lines.
    pub(super) fn published(&self, text: &str) -> Option<Date> {
        let of = |kind: ZoneKind| {
            self.heads.iter().filter(move |piece| piece.kind == kind).map(|piece| piece.span.of(text))
        };
        let full = |kind| of(kind).find_map(|words| date::find(words).map(|found| found.day));
        full(ZoneKind::Dateline)
            .or_else(|| full(ZoneKind::Caption))
            .or_else(|| full(ZoneKind::Byline))
            .or_else(|| of(ZoneKind::Dateline).find_map(|words| date::find_without_year(words, self.year?)))
    }
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
