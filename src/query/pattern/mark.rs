//! Reads what stands behind an arrow's object: `[asked since 2021-03-01]`, `"words"`.

use std::ops::Range;

use jiff::civil::Date;

use super::ArrowAsked;
use super::read::Reader;
use crate::lexicon::problem::nearest;
use crate::query::Fault;

impl Reader<'_> {
    /// Brackets and words in quotation marks, in any order.
    pub(super) fn marks(&mut self, arrow: &mut ArrowAsked) -> Result<(), Fault> {
        loop {
            self.space();
            match self.peek(0) {
                Some('[') => self.brackets(arrow)?,
                Some('"') => {
                    let words = self.quoted()?;
                    arrow.words.push(words.to_lowercase());
                }
                _ => return Ok(()),
            }
        }
    }

    /// Words end at a quotation mark that something which may follow them follows.
    fn quoted(&mut self) -> Result<String, Fault> {
        let open = self.at;
        let mut n = open + 1;
        while let Some(c) = self.chars.get(n) {
            if *c == '"' && self.may_follow(n + 1)? {
                self.at = n + 1;
                return Ok(self.str(open + 1..n));
            }
            n += 1;
        }
        Err(self.fault(open..open + 1, "this quotation mark is not closed"))
    }

    fn may_follow(&self, at: usize) -> Result<bool, Fault> {
        let space = self.chars.iter().skip(at).take_while(|c| c.is_whitespace()).count();
        let next = at + space;
        Ok(match self.chars.get(next) {
            None | Some(';' | '[') => true,
            Some('"') => space > 0,
            Some(_) => space > 0 && self.arrow_at(next)?.is_some(),
        })
    }

    fn brackets(&mut self, arrow: &mut ArrowAsked) -> Result<(), Fault> {
        let open = self.at;
        let inside = self.chars.iter().skip(open).position(|c| *c == ']');
        let Some(close) = inside.map(|n| open + n) else {
            return Err(self.fault(open..open + 1, "this bracket is not closed"));
        };
        let mut words: Vec<(String, Range<usize>)> = Vec::new();
        let mut n = open + 1;
        while n < close {
            let length = self
                .chars
                .iter()
                .skip(n)
                .take(close - n)
                .take_while(|c| !c.is_whitespace() && **c != ',')
                .count();
            if length > 0 {
                words.push((self.str(n..n + length), n..n + length));
            }
            n += length.max(1);
        }
        self.at = close + 1;
        let mut words = words.into_iter();
        let mut flags = arrow.flags.unwrap_or_default();
        while let Some((word, place)) = words.next() {
            match word.as_str() {
                flag if flags.add(flag) => {}
                "fact" | "facts" => arrow.facts = true,
                "since" => arrow.since = Some(self.day(&place, words.next())?.0),
                "until" => arrow.until = Some(self.day(&place, words.next())?.1),
                "on" => {
                    let (first, last) = self.day(&place, words.next())?;
                    (arrow.since, arrow.until) = (Some(first), Some(last));
                }
                "confidence" | "weight" => {
                    let number = words.by_ref().find(|(word, _)| !matches!(word.as_str(), ">=" | "≥"));
                    let (value, at) = number.unwrap_or((String::new(), place.clone()));
                    let number = value.parse::<f32>().ok().filter(|x| x.is_finite() && *x >= 0.0);
                    let Some(number) = number.filter(|x| word != "confidence" || *x <= 1.0) else {
                        let fault = self.fault(at, format!("`{word}` wants a number behind it"));
                        return Err(fault.hint("for example: [confidence 0.8] or [weight 2]"));
                    };
                    if word == "confidence" {
                        arrow.confidence = number;
                    } else {
                        arrow.weight = number.ceil() as usize;
                    }
                }
                other => return Err(self.no_flag(other, place)),
            }
        }
        if !flags.is_empty() {
            arrow.flags = Some(flags);
        }
        if arrow.facts && arrow.flags.is_some() {
            let fault = self.fault(open..close + 1, "what has a flag is told as no fact");
            return Err(fault.hint("leave out `facts` or the flag"));
        }
        Ok(())
    }

    fn no_flag(&self, word: &str, place: Range<usize>) -> Fault {
        const WORDS: [&str; 13] = [
            "not",
            "may",
            "must",
            "will",
            "asked",
            "alleged",
            "if",
            "facts",
            "since",
            "until",
            "on",
            "confidence",
            "weight",
        ];
        let fault = self.fault(place, format!("`{word}` is no flag"));
        match nearest(word, &WORDS) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault.hint(
                "the flags are not, may, must, will, asked, alleged, if; also: facts, since DAY, until DAY, on DAY, confidence X, weight N",
            ),
        }
    }

    /// First and last day of a day, a month or a year.
    fn day(
        &self,
        before: &Range<usize>,
        word: Option<(String, Range<usize>)>,
    ) -> Result<(Date, Date), Fault> {
        let (text, place) = word.unwrap_or((String::new(), before.clone()));
        days(&text).ok_or_else(|| {
            let what = if text.is_empty() {
                "a day should stand here".to_owned()
            } else {
                format!("`{text}` is no day")
            };
            self.fault(place, what).hint("write it as 2021-03-18; a month or a year will do: 2021-03, 2021")
        })
    }
}

/// `2021-03-18`, `2021-03`, `2021`.
fn days(text: &str) -> Option<(Date, Date)> {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(digits) || parts.first().is_none_or(|year| year.len() != 4) {
        return None;
    }
    let year: i16 = parts.first()?.parse().ok()?;
    let month: Option<i8> = parts.get(1).map(|month| month.parse()).transpose().ok()?;
    let day: Option<i8> = parts.get(2).map(|day| day.parse()).transpose().ok()?;
    match (parts.len(), month, day) {
        (1, ..) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        (2, Some(month), _) => {
            let first = Date::new(year, month, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        (3, Some(month), Some(day)) => {
            let day = Date::new(year, month, day).ok()?;
            Some((day, day))
        }
        _ => None,
    }
}
