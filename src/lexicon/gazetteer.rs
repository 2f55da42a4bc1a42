//! The tables of names: who and what exists, under which names, in which offices, when.
//!
//! In: flat tables. Out: answers to four questions: which names begin at this token, who is this
//! entry, who held this office on this day, is this word a given name.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::{EntryId, OfficeId, Span};

/// What sort of thing an entry or an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One human being.
    Person,
    /// A state or a territory that acts like one.
    Country,
    /// A body: government agency, party, company, armed group, intergovernmental body.
    Organization,
    /// A place that does not act: city, province, river.
    Place,
    /// People named by what they are: "police", "the rebels", "Israeli soldiers".
    Group,
    /// Anything else that carries a name.
    Other,
}

/// Grammatical gender of a person, for he and she.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
}

/// How a matched name stands for its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameUse {
    /// The full or usual name: "Antony Blinken", "North Korea", "United Nations".
    Name,
    /// Another full name: "Tony Blinken", "DPRK".
    Alias,
    /// An acronym: "UN", "U.N.", "NATO".
    Acronym,
    /// A family name that may stand alone without an introduction: "Obama".
    Surname,
    /// A country's adjective: "Chinese".
    Adjective,
    /// One inhabitant, or all: "Russian", "Russians", "the Chinese".
    Demonym,
    /// The capital, standing for itself or for its government: "Beijing".
    Capital,
    /// Another word for a government: "the Kremlin".
    Metonym,
}

/// One entry of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry<'a> {
    /// `wd:Q…`, `iso:US`, or a slug of our own such as `org:un-security-council`.
    pub key: &'a str,
    /// What sort of thing it is.
    pub kind: Kind,
    /// A finer sort, from the tables: "ministry", "party", "us-state", "igo"; may be empty.
    pub subkind: &'a str,
    /// The name that we show.
    pub name: &'a str,
    /// The key of its country, `iso:US`; empty if none.
    pub country: &'a str,
    /// The key of the body that it is part of; empty if none.
    pub parent: &'a str,
    /// He or she, where known.
    pub gender: Option<Gender>,
    /// How prominent: 100 for a head of state, 0 for unknown. Breaks ties.
    pub rank: u8,
}

/// A name of the gazetteer found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameMatch {
    /// The entry.
    pub entry: EntryId,
    /// How many tokens the name covers.
    pub tokens: u16,
    /// How the name stands for the entry.
    pub name_use: NameUse,
}

/// The name of an office found in a text: "secretary of state", "first vice foreign minister".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficeMatch {
    /// The office.
    pub office: OfficeId,
    /// How many tokens its name covers.
    pub tokens: u16,
}

/// One term of an office.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Role<'a> {
    /// Who held it.
    pub person: EntryId,
    /// Which office.
    pub office: OfficeId,
    /// The key of the country or body in which it was held.
    pub of: &'a str,
    /// The title in words: "Secretary of State".
    pub title: &'a str,
    /// First day, if known.
    pub from: Option<Date>,
    /// Last day, if known and past.
    pub until: Option<Date>,
}

/// The tables of names.
#[derive(Debug, Default)]
pub struct Gazetteer {}

impl Gazetteer {
    /// All names that begin at the first of `tokens`, longest first; equal lengths by rank.
    ///
    /// `text` is the document's text, `tokens` the spans from the token asked about to the end of
    /// its sentence. Case matters for names that are also words; upper-case headlines match too.
    #[must_use]
    pub fn names_at(&self, _text: &str, _tokens: &[Span]) -> Vec<NameMatch> {
        Vec::new()
    }

    /// The longest office name that begins at the first of `tokens`, in any case.
    #[must_use]
    pub fn office_at(&self, _text: &str, _tokens: &[Span]) -> Option<OfficeMatch> {
        None
    }

    /// The entry with this id. Ids come from this gazetteer only.
    #[must_use]
    pub fn entry(&self, _id: EntryId) -> Entry<'_> {
        Entry {
            key: "",
            kind: Kind::Other,
            subkind: "",
            name: "",
            country: "",
            parent: "",
            gender: None,
            rank: 0,
        }
    }

    /// The entry with this key.
    #[must_use]
    pub fn by_key(&self, _key: &str) -> Option<EntryId> {
        None
    }

    /// The offices that a person held, earliest first.
    #[must_use]
    pub fn roles_of(&self, _person: EntryId) -> Vec<Role<'_>> {
        Vec::new()
    }

    /// Who held `office` in the country or body `of` on `day`; without a day, the latest.
    #[must_use]
    pub fn holders(&self, _office: OfficeId, _of: &str, _day: Option<Date>) -> Vec<Role<'_>> {
        Vec::new()
    }

    /// The office's own name: "foreign minister".
    #[must_use]
    pub fn office_name(&self, _office: OfficeId) -> &str {
        ""
    }

    /// The gender that a given name tells, `Some(None)` where it is a given name of either.
    #[must_use]
    pub fn given_name(&self, _word: &str) -> Option<Option<Gender>> {
        None
    }

    /// True if some listed person has this family name.
    #[must_use]
    pub fn is_surname(&self, _word: &str) -> bool {
        false
    }
}
