//! The tables of names: who and what exists, under which names, in which offices, when.
//!
//! In: flat tables, the built-in one and the user's over it. Out: answers: which names begin at this
//! token ("Beijing": China by its capital, and the city), who is this entry, who held this office on
//! this day, which ministry is "the Foreign Ministry" of this country, is this word a given name.
//! Which of several senses a text means is for the entity room.

mod ask;
mod layer;
mod match_name;
mod table;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

pub use ask::Gazetteer;

pub use super::reader::origin::Origin;

use super::reader::origin;
use crate::text::{BodyId, EntryId, OfficeId};

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

impl Kind {
    /// The word, as everywhere in our output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Country => "country",
            Kind::Organization => "organization",
            Kind::Place => "place",
            Kind::Group => "group",
            Kind::Other => "other",
        }
    }
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
    /// The family name, where it is not the last word of the name: "Zhao".
    pub family: &'a str,
    /// He or she, where known.
    pub gender: Option<Gender>,
    /// How prominent: 100 for a head of state, 0 for unknown. Breaks ties.
    pub rank: u8,
    /// Where its row comes from, as bits; see [`Entry::origins`].
    pub origin: u8,
}

impl Entry<'_> {
    /// Where its row comes from, with the licences.
    pub fn origins(&self) -> impl Iterator<Item = Origin> {
        origin::of(self.origin)
    }
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

/// The name of a body that every country has, found without its country: "Foreign Ministry".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyMatch {
    /// The body.
    pub body: BodyId,
    /// How many tokens its name covers.
    pub tokens: u16,
}

/// The names found at a token.
pub type NameMatches = SmallVec<[NameMatch; 4]>;

/// What `ambiguous.csv` says of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ambiguity<'a> {
    /// Its senses, separated by `|`.
    pub senses: &'a str,
    /// The sense to take without a clue; `doc`: only with a clue in the document; `none`: never alone.
    pub default: &'a str,
    /// The clues, in words.
    pub rule: &'a str,
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
    /// Where its row comes from, as bits; see [`Role::origins`].
    pub origin: u8,
}

impl Role<'_> {
    /// Where its row comes from, with the licence.
    pub fn origins(&self) -> impl Iterator<Item = Origin> {
        origin::of(self.origin)
    }

    /// True if it was held on `day`; a term without a first day was held on none.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_some_and(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}
