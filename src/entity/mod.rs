//! Who is who: the names, descriptions and pronouns of a document become entities.
//!
//! In: a document, its syntax, the lexicon. Out: [`Entities`]: mentions (places in the text), each
//! belonging to one entity (a participant of this document), with keys, roles and aliases.

pub mod names;

mod bearer;
mod candidate;
mod cast;
mod coreference;
mod directions;
mod duty;
mod edge;
mod era;
mod firsthand;
mod homonym;
mod house;
mod issued;
mod key;
mod link;
mod nominal;
mod office;
mod party;
mod person;
mod place;
mod pronoun;
mod reading;
mod slip;
mod sort;
mod stage;
mod surname;
#[cfg(test)]
mod tests;
mod thing;
pub(crate) mod title;
mod together;
mod voice;

use std::collections::HashMap;

use jiff::civil::Date;

use bearer::Bearer;
use cast::Cast;
pub(crate) use nominal::reads_as_verb;
use reading::Reading;
pub use sort::Sort;
use title::{Cover, Title};

use crate::document::Document;
use crate::lexicon::{Gender, Kind, Lexicon};
use crate::syntax::Syntax;
use crate::text::{EntityId, EntryId, MentionId, SentenceId, Span, TokenId};

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// By a name: "Antony Blinken", "Beijing".
    Name,
    /// By a description: "America's top diplomat", "the ministry", "rebels".
    Nominal,
    /// By a pronoun: "he".
    Pronoun,
}

/// A place in the text that stands for an entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// The words of the name alone ("Antony Blinken"), or of the whole description.
    pub span: Span,
    /// The whole phrase with its titles: "U.S. Secretary of State Antony Blinken".
    pub phrase: Span,
    /// The first token of `span`.
    pub first: TokenId,
    /// One past the last token of `span`.
    pub end: TokenId,
    /// The token that governs the others; relations attach to it.
    pub head: TokenId,
    /// Its sentence.
    pub sentence: SentenceId,
    /// Name, description or pronoun.
    pub form: Form,
    /// Whom it stands for.
    pub entity: EntityId,
}

/// An office that a document gives to an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityRole {
    /// The title in the text's or the table's words: "Secretary of State".
    pub title: String,
    /// The entity in which it is held, where the document has one: United States.
    pub of: Option<EntityId>,
    /// The key of what it is held in: `iso:US`.
    pub of_key: Option<String>,
    /// Where the text says so: the title's words. `None` if only the table says so.
    pub span: Option<Span>,
    /// The sentence that says so.
    pub sentence: Option<SentenceId>,
    /// First and last day, where the table tells.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// True for a spokesperson: the relation is `spokesperson_for`.
    pub spokesperson: bool,
    /// True for "former", "ex-".
    pub former: bool,
}

/// A participant of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// The name that we show: the table's, or the longest in the document.
    pub name: String,
    /// `wd:Q…`, `iso:CN`, or a slug: `person:jane-doe`. Equal keys are merged across documents.
    pub key: String,
    /// The gazetteer's entry, if it is known.
    pub entry: Option<EntryId>,
    /// The key of its country: `iso:US`.
    pub country: Option<String>,
    /// He or she, where known.
    pub gender: Option<Gender>,
    /// For an organisation, what sort of one, where the table or the text tells.
    pub sort: Option<Sort>,
    /// Offices held, as far as this document or the tables on its day tell.
    pub roles: Vec<EntityRole>,
    /// Its mentions, in the order of the text.
    pub mentions: Vec<MentionId>,
}

/// The entities of a document and all their mentions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    /// Sorted by place in the text.
    pub mentions: Vec<Mention>,
    /// In the order of their first mention.
    pub entities: Vec<Entity>,
}

/// Finds names, descriptions and pronouns, and says whom they stand for.
///
/// Each step adds to the cast of the steps before it: names of countries, bodies and places; titles;
/// people; titles without a name; other descriptions; pronouns.
#[must_use]
pub fn find(document: &Document, syntax: &Syntax, lexicon: &Lexicon) -> Entities {
    let reading = Reading { document, syntax, lexicon };
    let mut cast = Cast::new(reading);
    let candidates = candidate::find(reading);
    let (mut linked, countries) = link::link(&mut cast, &candidates);

    let cover = Cover::new(document.tokens.len(), &candidates, &linked);
    let titles = bearer::find_all(reading, &cover, title::find(reading, &cover));
    let before: HashMap<usize, &Title> = titles
        .iter()
        .filter_map(|(title, bearer)| match bearer {
            Bearer::Before(i) => Some((*i, title)),
            _ => None,
        })
        .collect();

    let mut told = before.clone();
    for (title, bearer) in &titles {
        if let Bearer::Beside(i) | Bearer::Told(i) = bearer {
            told.entry(*i).or_insert(title);
        }
    }
    person::link(&mut cast, &candidates, &told, &countries, &mut linked);
    person::mention(&mut cast, &candidates, &before, &linked);
    office::assign(&mut cast, &titles, &linked, &countries);
    party::add(&mut cast, &candidates, &linked);
    office::add_known(&mut cast);
    nominal::find(&mut cast, &countries);
    issued::find(&mut cast);
    pronoun::find(&mut cast);
    firsthand::find(&mut cast);
    office::assign_told(&mut cast, &titles, &linked, &countries);
    cast.finish()
}
