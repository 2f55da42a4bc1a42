//! When something happened: the words of time nearest to a verb become days.
//!
//! In: a document with its day of publication, its syntax, a sentence and a trigger word. Out: a
//! [`Period`]. "Earlier Thursday, Choe confirmed it" in an article of 2021-03-18 is that same day;
//! "the talks began in mid-February" is 2021-02-11 to 2021-02-20. A weekday is the nearest on or
//! before the publication, after a future verb the nearest on or after it.
//!
//! Without words of time the publication's day is given only to a simple past or present verb
//! ("China rejected the offer", "Blinken urges China") in a sentence that names no other time:
//! what "has" or "had" happened, will or may happen, lies on no known day.
//! Left out: clock hours, seasons, holidays, "the next day" and other times told from another time.

use jiff::Span as Length;
use jiff::civil::{Date, Weekday};

use super::Period;
use crate::document::Document;
use crate::syntax::{Deprel, Syntax, Upos, Xpos};
use crate::text::{SentenceId, TokenId};
use crate::word_list;

word_list!(
    /// Weekdays, months, units, numbers.
    TIMES,
    "times.txt"
);
word_list!(
    /// What stands before a time.
    OPENERS,
    "time_openers.txt"
);

/// How many tokens either side of the trigger are read: keeps the work per trigger constant.
const REACH: u32 = 80;
/// How many governors are climbed from a time's words to its verb.
const CLIMB: usize = 6;

/// When the event that `trigger` names took or takes place.
#[must_use]
pub fn resolve(
    document: &Document,
    syntax: &Syntax,
    sentence: SentenceId,
    trigger: TokenId,
) -> Option<Period> {
    let place = document.sentences.get(sentence.at())?;
    let first = place.first.0.max(trigger.0.saturating_sub(REACH));
    let end = place.end.0.min(trigger.0.saturating_add(REACH)).min(document.tokens.len() as u32);
    let clause = Clause { document, syntax, first, end };
    let tense = clause.tense(trigger);
    let anchor = document.published;
    let mut best: Option<(u32, Period)> = None;
    let mut others = false;
    let mut at = first;
    while at < end {
        let Some((length, period)) = clause.expression(at, anchor, tense) else {
            at += 1;
            continue;
        };
        match clause.distance(at, length, trigger) {
            Some(distance) if best.is_none_or(|(least, _)| distance < least) => {
                best = Some((distance, period));
            }
            Some(_) => {}
            None => others = true,
        }
        at += length.max(1);
    }
    let undated = || anchor.filter(|_| tense == Tense::Simple && !others).map(one_day);
    best.map(|(_, period)| period).or_else(undated)
}

/// True for "Tuesday".
pub(super) fn is_weekday(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && TIMES.get(&word.to_lowercase()).is_some_and(|row| row.starts_with("weekday"))
}

/// True for the name of a day or a month, or a word such as "yesterday", with a capital if a name.
pub(crate) fn is_time(word: &str) -> bool {
    let kind = TIMES.get(&word.to_lowercase()).and_then(|row| row.split_once(' '));
    match kind {
        Some(("weekday" | "month", _)) => word.starts_with(char::is_uppercase),
        Some(("day" | "hours", _)) => true,
        _ => false,
    }
}

/// What the trigger's form says about its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tense {
    /// "rejected", "urges", "was pressed".
    Simple,
    /// "will meet", "plans to meet".
    Future,
    /// "has met", "meeting", a noun.
    Other,
}

/// The stretch of a sentence that is read for one trigger.
struct Clause<'a> {
    document: &'a Document,
    syntax: &'a Syntax,
    first: u32,
    end: u32,
}

impl Clause<'_> {
    /// A token's word in lower case; empty outside the stretch.
    fn word(&self, at: u32) -> String {
        if at < self.first || at >= self.end {
            return String::new();
        }
        self.document.word(TokenId(at)).trim_end_matches('.').to_lowercase()
    }

    /// The kind and value of a word of time.
    fn time(&self, at: u32) -> Option<(&'static str, &'static str)> {
        TIMES.get(&self.word(at))?.split_once(' ')
    }

    fn number(&self, at: u32) -> Option<i32> {
        match self.time(at) {
            Some(("number", n)) => n.parse().ok(),
            _ => self.word(at).parse().ok(),
        }
    }

    /// How the word before a time bends it: "at", or "since".
    fn opener(&self, at: u32) -> Option<&'static str> {
        OPENERS.get(&self.word(at.checked_sub(1)?))
    }

    fn is_capital(&self, at: u32) -> bool {
        at >= self.first && self.document.word(TokenId(at)).starts_with(|c: char| c.is_uppercase())
    }

    /// The time that begins at token `at`: how many tokens it takes, and its days.
    fn expression(&self, at: u32, anchor: Option<Date>, tense: Tense) -> Option<(u32, Period)> {
        let bend = |period| self.bent(at, period, anchor);
        if let Some(date) = iso_date(self.document.word(TokenId(at))) {
            return Some((1, bend(one_day(date))));
        }
        if let Some(year) = self.year(at).filter(|_| self.opener(at).is_some()) {
            return Some((1, bend(year_of(year)?)));
        }
        if let Some((length, period)) = self.calendar(at, anchor, tense) {
            return Some((length, bend(period)));
        }
        let anchor = anchor?;
        if let Some((length, period)) = self.ago(at, anchor) {
            return Some((length, bend(period)));
        }
        match self.time(at)? {
            ("weekday", n) if self.is_capital(at) => {
                let date = weekday_near(anchor, n.parse().ok()?, tense)?;
                Some((1, bend(one_day(date))))
            }
            ("day", n) => {
                Some((1, bend(one_day(anchor.checked_add(Length::new().days(n.parse::<i64>().ok()?)).ok()?))))
            }
            ("which", which) => self.deictic(at, which, anchor).map(|(n, p)| (n, bend(p))),
            _ => None,
        }
    }

    /// "March 18, 2021", "18 March", "Sept. 12", "mid-February", "in March", "February 2021".
    fn calendar(&self, at: u32, anchor: Option<Date>, tense: Tense) -> Option<(u32, Period)> {
        let (part, at_month, skipped) = match self.time(at) {
            Some(("part", part)) if self.word(at + 1) == "-" => (part, at + 2, 2),
            Some(("part", part)) => (part, at + 1, 1),
            _ => match split_part(&self.word(at)) {
                Some((part, _)) => (part, at, 0),
                None => ("", at, 0),
            },
        };
        let word = self.word(at_month);
        let (_, bare) = split_part(&word).unwrap_or(("", &word));
        let month = |word: &str| match TIMES.get(word)?.split_once(' ')? {
            ("month", n) => n.parse::<i8>().ok(),
            _ => None,
        };
        if let (Some(day), Some(m)) = (self.day_of_month(at), month(&self.word(at + 1)))
            && part.is_empty()
            && self.is_capital(at + 1)
        {
            let (year, used) = self.year_after(at + 2);
            let date = self.dated(year, m, day, anchor, tense)?;
            return Some((2 + used, one_day(date)));
        }
        let m = month(bare)?;
        if !self.is_capital(at_month) && part.is_empty() {
            return None;
        }
        let after = at_month + 1;
        if let Some(day) = self.day_of_month(after).filter(|_| part.is_empty()) {
            let (year, used) = self.year_after(after + 1);
            let date = self.dated(year, m, day, anchor, tense)?;
            return Some((2 + used, one_day(date)));
        }
        let (year, used) = self.year_after(after);
        if part.is_empty() && year.is_none() && self.opener(at).is_none() {
            return None;
        }
        let year = year.or_else(|| {
            let today = anchor?;
            Some(match tense {
                Tense::Future if m < today.month() => today.year() + 1,
                Tense::Simple | Tense::Other if m > today.month() => today.year() - 1,
                _ => today.year(),
            })
        })?;
        let from = Date::new(year, m, 1).ok()?;
        let (first, last) = match part {
            "early" => (1, 10),
            "mid" => (11, 20),
            "late" => (21, from.days_in_month()),
            _ => (1, from.days_in_month()),
        };
        let period = Period { from: Date::new(year, m, first).ok()?, until: Date::new(year, m, last).ok()? };
        Some((skipped + 1 + used, period))
    }

    /// A day of a month; without a year, the one nearest to the publication on the right side of it.
    fn dated(
        &self,
        year: Option<i16>,
        month: i8,
        day: i8,
        anchor: Option<Date>,
        tense: Tense,
    ) -> Option<Date> {
        if let Some(year) = year {
            return Date::new(year, month, day).ok();
        }
        let today = anchor?;
        let near = Date::new(today.year(), month, day).ok()?;
        let shift = match tense {
            Tense::Future if near < today => 1,
            // A date a few weeks ahead in an article is an appointment, not last year's.
            Tense::Simple | Tense::Other if days_between(today, near) > 60 => -1,
            _ => 0,
        };
        Date::new(today.year() + shift, month, day).ok()
    }

    fn day_of_month(&self, at: u32) -> Option<i8> {
        let word = self.word(at);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &word[digits.len()..];
        let plain = matches!(suffix, "" | "st" | "nd" | "rd" | "th") && digits.len() <= 2;
        digits.parse().ok().filter(|day| plain && (1..=31).contains(day))
    }

    fn year(&self, at: u32) -> Option<i16> {
        let word = self.word(at);
        let four = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        word.parse().ok().filter(|year| four && (1000..2200).contains(year))
    }

    /// A year at `at`, or after a comma there, and how many tokens it takes.
    fn year_after(&self, at: u32) -> (Option<i16>, u32) {
        if let Some(year) = self.year(at) {
            return (Some(year), 1);
        }
        match self.year(at + 1).filter(|_| self.word(at) == ",") {
            Some(year) => (Some(year), 2),
            None => (None, 0),
        }
    }

    /// "two weeks ago", "a year earlier" is left out: earlier than what?
    fn ago(&self, at: u32, anchor: Date) -> Option<(u32, Period)> {
        let n = self.number(at).filter(|n| (1..1000).contains(n))?;
        let ("unit", unit) = self.time(at + 1)? else { return None };
        (self.word(at + 2) == "ago").then_some(())?;
        let back = |length: Length| anchor.checked_sub(length).ok();
        let n = i64::from(n);
        let period = match unit {
            "day" => one_day(back(Length::new().days(n))?),
            "week" => week_of(back(Length::new().weeks(n))?)?,
            "month" => month_of(back(Length::new().months(n))?)?,
            "year" => year_of(back(Length::new().years(n))?.year())?,
            "decade" => year_of(back(Length::new().years(n * 10))?.year())?,
            _ => return None,
        };
        Some((3, period))
    }

    /// "last week", "this month", "next Thursday", "last night", "earlier this year".
    fn deictic(&self, at: u32, which: &str, anchor: Date) -> Option<(u32, Period)> {
        let step = match which {
            "last" => -1,
            "next" => 1,
            _ => 0,
        };
        let moved = |length: Length| anchor.checked_add(length).ok();
        let period = match self.time(at + 1)? {
            ("weekday", n) => {
                let day = weekday(n.parse().ok()?)?;
                one_day(match step {
                    0 => anchor.checked_sub(Length::new().days(days_since(anchor, day))).ok()?,
                    step => anchor.nth_weekday(step, day).ok()?,
                })
            }
            ("hours", _) => one_day(moved(Length::new().days(step))?),
            ("month", n) => {
                let n: i8 = n.parse().ok()?;
                let year = match step {
                    -1 if n >= anchor.month() => anchor.year() - 1,
                    1 if n <= anchor.month() => anchor.year() + 1,
                    _ => anchor.year(),
                };
                month_of(Date::new(year, n, 1).ok()?)?
            }
            ("unit", "week") => week_of(moved(Length::new().weeks(step))?)?,
            ("unit", "month") => month_of(moved(Length::new().months(step))?)?,
            ("unit", "year") => year_of(moved(Length::new().years(step))?.year())?,
            ("unit", "weekend") => {
                let sunday = weekday_near(anchor, 7, if step > 0 { Tense::Future } else { Tense::Simple })?;
                Period { from: sunday.checked_sub(Length::new().days(1)).ok()?, until: sunday }
            }
            _ => return None,
        };
        let earlier = step == 0 && at > self.first && self.word(at - 1) == "earlier";
        let until = if earlier { period.until.min(anchor) } else { period.until };
        Some((2, Period { from: period.from.min(until), until }))
    }

    /// A period after "since" reaches to the publication.
    fn bent(&self, at: u32, period: Period, anchor: Option<Date>) -> Period {
        match self.opener(at) {
            Some("since") => {
                Period { from: period.from, until: anchor.unwrap_or(period.until).max(period.until) }
            }
            _ => period,
        }
    }

    /// How far a time of `length` tokens stands from the trigger; `None` if another verb has it.
    ///
    /// "He met Chung on Monday and flew home on Tuesday": each verb has its own day. A time before
    /// the first of conjoined verbs holds for all.
    fn distance(&self, at: u32, length: u32, trigger: TokenId) -> Option<u32> {
        let tokens = at.abs_diff(trigger.0).min((at + length).saturating_sub(1).abs_diff(trigger.0));
        if (at..at + length).contains(&trigger.0) {
            return None;
        }
        let owner = self.owner(at, length)?;
        if owner == trigger {
            return Some(tokens);
        }
        let mut verb = trigger;
        for _ in 0..CLIMB {
            let dep = self.syntax.dep.get(verb.at()).copied()?;
            if !matches!(dep, Deprel::Conj | Deprel::Xcomp | Deprel::Compound | Deprel::Obj) {
                break;
            }
            verb = self.syntax.head.get(verb.at()).copied().flatten()?;
            if owner == verb {
                // "On Monday he met Chung and flew home", not "… and will fly home".
                return (at < trigger.0).then_some(tokens + REACH);
            }
        }
        None
    }

    /// The verb, or the noun without one, that the words of time hang under.
    fn owner(&self, at: u32, length: u32) -> Option<TokenId> {
        let inside = |t: TokenId| (at..at + length).contains(&t.0);
        let mut token = (at..at + length)
            .map(TokenId)
            .find(|t| self.syntax.head.get(t.at()).copied().flatten().is_some_and(|head| !inside(head)))?;
        for _ in 0..CLIMB {
            let head = self.syntax.head.get(token.at()).copied().flatten()?;
            let verbal = matches!(self.syntax.upos.get(head.at()), Some(Upos::Verb | Upos::Aux));
            if verbal {
                return Some(head);
            }
            token = head;
        }
        Some(token)
    }

    fn tense(&self, trigger: TokenId) -> Tense {
        let xpos = |t: TokenId| self.syntax.xpos.get(t.at()).copied().unwrap_or_default();
        let low = trigger.0.saturating_sub(8).max(self.first);
        let helpers = (low..trigger.0)
            .map(TokenId)
            .filter(|t| self.syntax.head.get(t.at()).copied().flatten() == Some(trigger));
        let (mut modal, mut perfect, mut passive, mut to) = (false, false, false, false);
        for helper in helpers {
            let word = self.word(helper.0);
            match self.syntax.dep.get(helper.at()) {
                Some(Deprel::Aux) if xpos(helper) == Xpos::MD => modal = true,
                Some(Deprel::Aux) if word.starts_with("ha") || word == "'ve" || word == "’ve" => {
                    perfect = true
                }
                Some(Deprel::Aux | Deprel::AuxPass) => {
                    passive |= matches!(xpos(helper), Xpos::VBD | Xpos::VBZ | Xpos::VBP);
                }
                Some(Deprel::Mark) if xpos(helper) == Xpos::TO => to = true,
                _ => {}
            }
        }
        match xpos(trigger) {
            _ if modal || to => Tense::Future,
            _ if perfect => Tense::Other,
            Xpos::VBD | Xpos::VBZ | Xpos::VBP => Tense::Simple,
            Xpos::VBN | Xpos::VBG if passive => Tense::Simple,
            _ => Tense::Other,
        }
    }
}

/// "mid-February" as one token: the part and the month.
fn split_part(word: &str) -> Option<(&'static str, &str)> {
    let (part, month) = word.split_once('-')?;
    let ("part", part) = TIMES.get(part)?.split_once(' ')? else { return None };
    Some((part, month))
}

fn iso_date(word: &str) -> Option<Date> {
    (word.len() == 10 && word.is_ascii() && word.as_bytes().first()?.is_ascii_digit())
        .then(|| word.parse().ok())
        .flatten()
}

fn one_day(date: Date) -> Period {
    Period { from: date, until: date }
}

fn year_of(year: i16) -> Option<Period> {
    Some(Period { from: Date::new(year, 1, 1).ok()?, until: Date::new(year, 12, 31).ok()? })
}

fn month_of(date: Date) -> Option<Period> {
    Some(Period { from: date.first_of_month(), until: date.last_of_month() })
}

/// Monday to Sunday.
fn week_of(date: Date) -> Option<Period> {
    let from = date.checked_sub(Length::new().days(days_since(date, Weekday::Monday))).ok()?;
    Some(Period { from, until: from.checked_add(Length::new().days(6)).ok()? })
}

fn weekday(n: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(n).ok()
}

/// Days from the last `day` on or before `date` to `date`.
fn days_since(date: Date, day: Weekday) -> i64 {
    i64::from(day.until(date.weekday()))
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |length| length.get_days())
}

fn weekday_near(anchor: Date, n: i8, tense: Tense) -> Option<Date> {
    let day = weekday(n)?;
    if tense == Tense::Future {
        return anchor.checked_add(Length::new().days(i64::from(anchor.weekday().until(day)))).ok();
    }
    anchor.checked_sub(Length::new().days(days_since(anchor, day))).ok()
}

#[cfg(test)]
mod tests;
