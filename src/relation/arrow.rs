//! The arrow: the one notation for an edge, in lexicon examples, corpus tests, queries and output.
//!
//! In: `China -convinces-> North Korea [asked] "to give up its weapons"`. Out: an [`Arrow`], which
//! prints back as it was written. `?` stands for nobody in an example and for anybody in a query.
//! Names stay text here: who is meant is for others to find out.

use std::fmt;
use std::str::FromStr;

use crate::relation::{Modality, Polarity};

/// An edge as it is written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    /// The name before the arrow; `None` for `?`.
    pub subject: Option<String>,
    /// The predicate; `None` for `?`.
    pub predicate: Option<String>,
    /// The name after the arrow; `None` for `?`.
    pub object: Option<String>,
    /// The words in square brackets.
    pub flags: Flags,
    /// The words in quotation marks at the end.
    pub content: Option<String>,
}

/// The words in square brackets: `[not will]`. Without any, a relation is affirmed and asserted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flags {
    /// `not`.
    pub polarity: Polarity,
    /// `may must will asked alleged if`.
    pub modality: Modality,
}

/// What is wrong with an arrow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArrowError {
    /// There is no `-predicate->`.
    #[error("`{0}` is no arrow: write `SUBJECT -predicate-> OBJECT`, with `?` for anybody or anything")]
    NoArrow(String),
    /// One side of the arrow is empty.
    #[error("nothing stands {side} the arrow in `{text}`: write a name or `?`")]
    NoName {
        /// "before" or "after".
        side: &'static str,
        /// The whole arrow.
        text: String,
    },
    /// A word in the brackets is no flag.
    #[error("`{0}` is no flag: the flags are not, may, must, will, asked, alleged, if")]
    NoFlag(String),
}

/// The flag of a modality; `None` for what is asserted.
#[must_use]
pub fn modality_flag(modality: Modality) -> Option<&'static str> {
    match modality {
        Modality::Asserted => None,
        Modality::Planned => Some("will"),
        Modality::Possible => Some("may"),
        Modality::Obliged => Some("must"),
        Modality::Asked => Some("asked"),
        Modality::Alleged => Some("alleged"),
        Modality::Hypothetical => Some("if"),
    }
}

impl Flags {
    /// True where nothing stands in the brackets.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Flags::default()
    }

    /// Reads the words between the brackets.
    ///
    /// # Errors
    /// A word that is no flag.
    pub fn read(words: &str) -> Result<Flags, ArrowError> {
        let mut flags = Flags::default();
        for word in words.split([' ', ',']).filter(|w| !w.is_empty()) {
            if !flags.add(word) {
                return Err(ArrowError::NoFlag(word.to_owned()));
            }
        }
        Ok(flags)
    }

    /// Adds a word; false, and nothing added, for one that is no flag.
    pub(crate) fn add(&mut self, word: &str) -> bool {
        match word {
            "not" => self.polarity = Polarity::Negated,
            "will" => self.modality = Modality::Planned,
            "may" => self.modality = Modality::Possible,
            "must" => self.modality = Modality::Obliged,
            "asked" => self.modality = Modality::Asked,
            "alleged" => self.modality = Modality::Alleged,
            "if" => self.modality = Modality::Hypothetical,
            _ => return false,
        }
        true
    }
}

impl fmt::Display for Flags {
    /// `[not will]`, or nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.polarity, modality_flag(self.modality)) {
            (Polarity::Affirmed, None) => Ok(()),
            (Polarity::Affirmed, Some(flag)) => write!(f, "[{flag}]"),
            (Polarity::Negated, None) => write!(f, "[not]"),
            (Polarity::Negated, Some(flag)) => write!(f, "[not {flag}]"),
        }
    }
}

impl FromStr for Arrow {
    type Err = ArrowError;

    /// ```
    /// use demarche::relation::arrow::Arrow;
    /// let arrow: Arrow = "Chung Eui-yong -meets-> ? [will]".parse()?;
    /// assert_eq!(arrow.subject.as_deref(), Some("Chung Eui-yong"));
    /// assert_eq!(arrow.to_string(), "Chung Eui-yong -meets-> ? [will]");
    /// # Ok::<(), demarche::relation::arrow::ArrowError>(())
    /// ```
    fn from_str(text: &str) -> Result<Arrow, ArrowError> {
        let none = || ArrowError::NoArrow(text.trim().to_owned());
        let (before, after) = text.split_once("->").ok_or_else(none)?;
        let (subject, predicate) = before.rsplit_once('-').ok_or_else(none)?;
        // "Chung Eui-yong->": the hyphen of a name is no arrow's tail.
        if !subject.is_empty() && !subject.ends_with(|c: char| c.is_whitespace() || c == '?') {
            return Err(none());
        }
        let predicate = predicate.trim();
        if predicate.is_empty() || predicate.contains(char::is_whitespace) {
            return Err(none());
        }
        let mut rest = after.trim();
        let mut content = None;
        if let Some((front, quoted)) = rest.strip_suffix('"').and_then(|r| r.split_once(" \"")) {
            content = Some(quoted.to_owned());
            rest = front.trim();
        }
        let mut flags = Flags::default();
        if let Some((front, words)) = rest.strip_suffix(']').and_then(|r| r.rsplit_once('[')) {
            flags = Flags::read(words)?;
            rest = front.trim();
        }
        Ok(Arrow {
            subject: side(subject, "before", text)?,
            predicate: (predicate != "?").then(|| predicate.to_owned()),
            object: side(rest, "after", text)?,
            flags,
            content,
        })
    }
}

/// One end of the arrow: a name, or `None` for `?`.
fn side(name: &str, side: &'static str, text: &str) -> Result<Option<String>, ArrowError> {
    match name.trim() {
        "" => Err(ArrowError::NoName { side, text: text.trim().to_owned() }),
        "?" => Ok(None),
        name => Ok(Some(name.to_owned())),
    }
}

impl fmt::Display for Arrow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_any = |name: &Option<String>| name.clone().unwrap_or_else(|| "?".to_owned());
        write!(f, "{} -{}-> {}", or_any(&self.subject), or_any(&self.predicate), or_any(&self.object))?;
        if !self.flags.is_empty() {
            write!(f, " {}", self.flags)?;
        }
        match &self.content {
            Some(content) => write!(f, " \"{content}\""),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_prints_as_it_was_written() {
        for text in [
            "Antony Blinken -urges-> China",
            "? -accuses-> Russia",
            "Blinken -?-> ?",
            "China -convinces-> North Korea [asked]",
            "North Korea -rejects-> United States [not will] \"any contact\"",
            "Choe Son Hui -says-> ? \"no \"dialogue\" of any kind\"",
            "Chung Eui-yong -meets-> Jean-Yves Le Drian",
        ] {
            let arrow: Arrow = text.parse().unwrap();
            assert_eq!(arrow.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_arrow_says_how_to_write_one() {
        for text in [
            "",
            "->",
            "China",
            "Chung Eui-yong-> x",
            "China -urges North Korea",
            "a - b c -> d",
            "a -urges->",
        ] {
            assert!(text.parse::<Arrow>().is_err(), "{text}");
        }
        let error = "a -urges-> b [maybe]".parse::<Arrow>().unwrap_err();
        assert!(error.to_string().contains("`maybe` is no flag"));
    }

    #[test]
    fn spaces_around_do_not_matter() {
        let arrow: Arrow = "  ?-urges->  China  [ not ]".parse().unwrap();
        assert_eq!(arrow.to_string(), "? -urges-> China [not]");
    }
}
