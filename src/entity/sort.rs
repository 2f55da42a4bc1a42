//! What sort of organisation a body is: a government's, a party, a company, …
//!
//! In: an organisation with its mentions. Out: its [`Sort`], from the gazetteer's row where there is
//! one, else from the words of its name ("Acme Holdings"), else from what the text calls it
//! ("retailer Acme", "Acme, a charity"). `None` where nothing tells.

use super::reading::Reading;
use super::{Entity, Form, Mention};
use crate::lexicon::Kind;
use crate::lexicon::language::ORGANIZATION_SORTS;

/// A sort of organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// A ministry, a parliament, a court, an army, the police.
    Government,
    /// A political party.
    Party,
    /// A company.
    Company,
    /// A newspaper, a broadcaster, a news agency.
    Media,
    /// Rebels, terrorists, criminals.
    ArmedGroup,
    /// The United Nations, an alliance of states.
    Intergovernmental,
    /// A university, a charity, a club, a union, a church.
    Other,
}

/// The sort that a clue tells.
fn told(what: &str, word: &str) -> Option<Sort> {
    Some(match ORGANIZATION_SORTS.get(&format!("{what} {word}"))? {
        "government" => Sort::Government,
        "party" => Sort::Party,
        "company" => Sort::Company,
        "media" => Sort::Media,
        "armed group" => Sort::ArmedGroup,
        "intergovernmental" => Sort::Intergovernmental,
        _ => Sort::Other,
    })
}

/// The sort of an entity, if it is an organisation.
pub(super) fn of<'m>(
    reading: Reading<'_>,
    entity: &Entity,
    mentions: impl Iterator<Item = &'m Mention> + Clone,
) -> Option<Sort> {
    if entity.kind != Kind::Organization {
        return None;
    }
    let row = entity.entry.map_or("", |entry| reading.lexicon.gazetteer.entry(entry).subkind);
    let named = mentions.filter(|m| m.form == Form::Name);
    told("row", row)
        .or_else(|| by_name(&entity.name))
        .or_else(|| named.clone().find_map(|m| by_name(reading.words(m.first.0, m.end.0))))
        .or_else(|| named.clone().find_map(|m| by_noun(reading, m)))
}

/// "Acme Holdings": the last word that tells decides; "Ministry of Mining" begins with it.
fn by_name(name: &str) -> Option<Sort> {
    let clue = |word: &str| told("name", &word.to_lowercase());
    let first = name.split(' ').next().and_then(clue).filter(|sort| *sort == Sort::Government);
    first.or_else(|| name.split([' ', '-']).rev().find_map(clue))
}

/// "retailer Acme", "Acme, a small charity in Oz,".
fn by_noun(reading: Reading<'_>, mention: &Mention) -> Option<Sort> {
    let (low, end) = reading.bounds(mention.sentence.0);
    let noun = |token: u32| told("noun", reading.word(token));
    let before = mention.first.0.checked_sub(1).filter(|t| *t >= low).and_then(noun);
    before.or_else(|| {
        let at = mention.end.0;
        let opens = at + 1 < end && reading.word(at) == ",";
        let article = opens && matches!(reading.word(at + 1), "a" | "an" | "the");
        let phrase = (at + 2..end.min(at + 8)).take_while(|t| reading.word(*t) != ",");
        phrase.filter(|_| article).find_map(noun)
    })
}
