//! What was asked: the words after the `?` of an address, and those within its path.
//!
//! In: `limit=20&predicate=urges&predicate=meets`. Out: values, each taken once by the one who understands
//! it. What nobody took is an error with a hint, so that `?limt=5` does not pass for no limit.

use std::fmt::Display;
use std::str::FromStr;

use jiff::civil::Date;

use super::problem::Problem;
use crate::lexicon::problem::nearest;
use crate::query::{Filter, LIKELY};
use crate::source::date;

/// A listing holds so many items, where nobody asked for a number; and never more than [`MOST`].
const ITEMS: usize = 50;

/// A listing never holds more.
const MOST: usize = 1_000;

/// The words of a question that nobody has taken yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    path: Vec<(String, String)>,
    words: Vec<(String, String)>,
    /// The names that were asked after, for hints.
    known: Vec<&'static str>,
    /// The day whose knowledge is asked for. It was taken before all else, because it chooses the graph.
    pub(super) as_of: Option<Date>,
}

/// A part of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub offset: usize,
    pub limit: usize,
}

impl Asked {
    pub(super) fn new(path: Vec<(String, String)>, query: Option<&str>) -> Asked {
        let words = form_urlencoded::parse(query.unwrap_or("").as_bytes()).into_owned();
        let words = words.filter(|(_, value)| !value.is_empty()).collect();
        Asked { path, words, ..Asked::default() }
    }

    /// Takes the day whose knowledge is asked for.
    pub(super) fn take_day(&mut self) -> Result<Option<Date>, Problem> {
        self.as_of = self.day("as_of")?;
        Ok(self.as_of)
    }

    /// A word of the path: `/api/nodes/{key}`.
    pub(super) fn within(&self, name: &str) -> &str {
        self.path.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// All values of a name.
    pub(super) fn all(&mut self, name: &'static str) -> Vec<String> {
        self.known.push(name);
        let (own, others) = std::mem::take(&mut self.words).into_iter().partition(|(known, _)| known == name);
        self.words = others;
        own.into_iter().map(|(_, value)| value).collect()
    }

    /// The value of a name that may be given once.
    pub(super) fn one(&mut self, name: &'static str) -> Result<Option<String>, Problem> {
        let mut all = self.all(name);
        match all.len() {
            0 | 1 => Ok(all.pop()),
            _ => Err(Problem::asked(format!("`{name}` is given more than once"), "leave one of them")),
        }
    }

    /// The value of a name that must be given.
    pub(super) fn needed(&mut self, name: &'static str) -> Result<String, Problem> {
        let value = self.one(name)?;
        value.ok_or_else(|| Problem::asked(format!("`{name}` is missing"), format!("add ?{name}=…")))
    }

    /// A value that can be read, or what stands for none.
    pub(super) fn read<T: FromStr + Display>(
        &mut self,
        name: &'static str,
        default: T,
    ) -> Result<T, Problem> {
        let Some(value) = self.one(name)? else { return Ok(default) };
        let hint = format!("write it as {name}={default}");
        value.trim().parse().map_err(|_| Problem::asked(format!("`{name}={value}` cannot be read"), hint))
    }

    /// True for `name=true`, also for `name=1`.
    pub(super) fn flag(&mut self, name: &'static str) -> Result<bool, Problem> {
        match self.one(name)?.as_deref() {
            None | Some("false" | "0") => Ok(false),
            Some("true" | "1") => Ok(true),
            Some(other) => {
                Err(Problem::asked(format!("`{name}={other}` cannot be read"), "write true or false"))
            }
        }
    }

    pub(super) fn day(&mut self, name: &'static str) -> Result<Option<Date>, Problem> {
        let Some(text) = self.one(name)? else { return Ok(None) };
        let day = date::parse(&text);
        day.map(Some).ok_or_else(|| Problem::asked(format!("`{text}` is no day"), "write it as 2021-03-18"))
    }

    /// Which edges count, in the words of the command line; what is likelier wrong than right is left out unless asked for.
    pub(super) fn filter(&mut self) -> Result<Filter, Problem> {
        self.filter_from(LIKELY)
    }

    /// Which edges count, from so much trust on unless another is asked for.
    pub(super) fn filter_from(&mut self, least: f32) -> Result<Filter, Problem> {
        Ok(Filter {
            facts_only: self.flag("facts")?,
            no_standing: self.flag("events")?,
            predicates: self.all("predicate"),
            since: self.day("since")?,
            until: self.day("until")?,
            as_of: self.as_of,
            min_weight: self.read("min_weight", 1)?,
            min_confidence: self.read("min_confidence", least)?,
        })
    }

    /// Which part of a listing.
    pub(super) fn stretch(&mut self) -> Result<Stretch, Problem> {
        let (offset, limit) = (self.read("offset", 0)?, self.read("limit", ITEMS)?);
        if limit > MOST {
            return Err(Problem::asked(
                format!("a listing holds at most {MOST} items"),
                format!("ask for limit={MOST} and go on with offset={}", usize::saturating_add(offset, MOST)),
            ));
        }
        Ok(Stretch { offset, limit })
    }

    /// Every word must have been taken.
    pub(super) fn finish(&self) -> Result<(), Problem> {
        let Some((name, _)) = self.words.first() else { return Ok(()) };
        let hint = match nearest(name, &self.known) {
            Some(near) => format!("did you mean `{near}`?"),
            None if self.known.is_empty() => "this address takes no words after ?".to_owned(),
            None => format!("known are: {}", self.known.join(", ")),
        };
        Err(Problem::asked(format!("`{name}` is not known here"), hint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_once_and_none_is_passed_over() {
        let mut asked =
            Asked::new(Vec::new(), Some("predicate=urges&limt=5&predicate=m%C3%A9t+s&facts=true&since="));
        let filter = asked.filter().unwrap();
        assert_eq!(filter.predicates, ["urges", "mét s"]);
        assert!(filter.facts_only && filter.since.is_none());
        assert_eq!(asked.stretch().unwrap(), Stretch { offset: 0, limit: ITEMS });
        let problem = asked.finish().unwrap_err();
        assert_eq!(problem.hint.as_deref(), Some("did you mean `limit`?"));
        for query in ["since=soon", "facts=perhaps", "min_weight=-1", "since=2021-01-01&since=2021-01-02"] {
            let problem = Asked::new(Vec::new(), Some(query)).filter().unwrap_err();
            assert!(problem.hint.is_some(), "{query}");
        }
        assert!(Asked::new(Vec::new(), Some("limit=1000000")).stretch().is_err());
        assert!(Asked::new(Vec::new(), None).needed("q").unwrap_err().what.contains("`q` is missing"));
    }
}
