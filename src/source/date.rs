//! Dates as people and programs write them.
//!
//! In: "2021-03-18", "20210318", "Wed, 03 Aug 2022 19:49:23 +0000", "2021-03-18T10:00:00Z",
//! "March 18, 2021", "18 March 2021", "03/18/2021". Out: the day. A range ("2003-2010"), a year
//! alone or a day without a year is no date. Left out: other languages, times of day.

use jiff::civil::Date;

/// The number of an English month: "March", "Sept", "Jan".
pub(crate) fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = word.trim_end_matches('.').to_ascii_lowercase();
    // "may" and "march" are words too.
    if lower.len() < 3 || !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let at = MONTHS.iter().position(|m| {
        *m == lower || (m.get(..3) == Some(&lower)) || (lower == "sept" && m.starts_with(&lower))
    })?;
    i8::try_from(at + 1).ok()
}

/// The day that a whole string means.
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 60 {
        return None;
    }
    numeric(text).or_else(|| find(text).map(|found| found.day))
}

/// "2021-03-18", with or without a time after it; "20210318"; "2021/3/18"; "03/18/2021".
fn numeric(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 8 || digits == 14 {
        let date = text.get(..8)?;
        let rest = text.get(8..)?;
        let time = rest.is_empty() || rest.starts_with(['T', 't', ' ']) || digits == 14;
        return if time { day(date.get(..4)?, date.get(4..6)?, date.get(6..)?) } else { None };
    }
    let mark = *bytes.get(digits)?;
    if !matches!(mark, b'-' | b'/' | b'.') {
        return None;
    }
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == mark as char)).unwrap_or(text.len());
    let tail = text.get(end..)?;
    if !(tail.is_empty() || tail.starts_with(['T', 't', ' '])) {
        return None;
    }
    let mut parts = text.get(..end)?.split(mark as char);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    match (digits, mark) {
        (4, _) => day(first, second, third),
        // American order where it can be, else the other.
        (1 | 2, b'/') if third.len() == 4 => day(third, first, second).or_else(|| day(third, second, first)),
        (1 | 2, b'.') if third.len() == 4 => day(third, second, first),
        _ => None,
    }
}

fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    if month.len() > 2 || day.len() > 2 {
        return None;
    }
    plausible(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn plausible(year: i16, month: i8, day: i8) -> Option<Date> {
    if !(1600..=2200).contains(&year) {
        return None;
    }
    Date::new(year, month, day).ok()
}

/// A date found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The day.
    pub day: Date,
    /// The byte where its words begin.
    pub start: usize,
    /// One past the last byte of its words.
    pub end: usize,
}

/// The first full date in words in a text: "March 18, 2021", "18 March 2021".
#[must_use]
pub fn find(text: &str) -> Option<Found> {
    let words: Vec<(usize, &str)> = words(text).collect();
    for (at, (start, word)) in words.iter().enumerate() {
        let Some(month) = month(word) else { continue };
        let number = |n: Option<&(usize, &str)>, least: usize| {
            n.filter(|(_, w)| w.len() >= least).and_then(|(p, w)| ordinal(w).map(|v| (*p, w.len(), v)))
        };
        let before = at.checked_sub(1).and_then(|b| number(words.get(b), 1));
        let next = number(words.get(at + 1), 1);
        let later = number(words.get(at + 2), 4);
        let found = match (before, next, later) {
            (_, Some((_, _, d)), Some((p, len, y))) if d <= 31 && y > 1600 => Some((y, d, *start, p + len)),
            (Some((p, _, d)), Some((q, len, y)), _) if d <= 31 && y > 1600 => Some((y, d, p, q + len)),
            _ => None,
        };
        if let Some((year, day, start, end)) = found
            && let Some(day) = i8::try_from(day).ok().and_then(|d| plausible(year, month, d))
        {
            return Some(Found { day, start, end });
        }
    }
    None
}

/// The first day and month without a year: "Sept 12", "27 January".
#[must_use]
pub fn find_without_year(text: &str, year: i16) -> Option<Date> {
    let words: Vec<(usize, &str)> = words(text).collect();
    words.iter().enumerate().find_map(|(at, (_, word))| {
        let month = month(word)?;
        let near = [words.get(at + 1), at.checked_sub(1).and_then(|b| words.get(b))];
        near.into_iter().flatten().find_map(|(_, w)| {
            let day = ordinal(w).filter(|d| *d <= 31)?;
            plausible(year, month, i8::try_from(day).ok()?)
        })
    })
}

/// Letters and digits, parted by anything else, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(move |w| (w.as_ptr() as usize - base, w))
}

/// "18", "18th", "2021".
fn ordinal(word: &str) -> Option<i16> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let tail = word.get(digits.len()..)?;
    (digits.len() <= 4 && matches!(tail, "" | "st" | "nd" | "rd" | "th")).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_many_forms() {
        let day = jiff::civil::date(2021, 3, 8);
        for text in [
            "2021-03-08",
            "20210308",
            "2021-03-08T23:10:00Z",
            "2021-03-08 10:00",
            "Mon, 08 Mar 2021 19:49:23 +0000",
            "March 8, 2021",
            "8 March 2021",
            "Monday, March 8th, 2021",
            "03/08/2021",
            "2021/03/08",
            "8.3.2021",
            "Mar. 8 , 2021",
        ] {
            assert_eq!(parse(text), Some(day), "{text}");
        }
        for text in [
            "2003-2010",
            "2021",
            "March 8",
            "",
            "soon",
            "2021-13-45",
            "99999999",
            "may 8 2021 of",
            "12345678901",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_without_a_year_takes_the_year_given() {
        assert_eq!(find_without_year("GENEVA, Sept 12 ", 2019), Some(jiff::civil::date(2019, 9, 12)));
        assert_eq!(find_without_year("GENEVA", 2019), None);
    }
}
