//! "The President", "the Secretary", in capitals and without a country: those of the house whose text it is.
//!
//! In: a title, the bearers of titles that the document names. Out: who is meant. "President Doe spoke with President
//! Roe of Peru. The President thanked him": the first who bears the very title is the house's own, and not the one
//! named last. Where the first lines tell whose text it is (`data/language/houses.txt`) and name nobody, the table of
//! offices tells who held the office on that day.
//!
//! "The Secretary" is no Assistant Secretary. Left out: "the president" in small letters, as news writes.

use super::cast::Cast;
use super::reading::{Reading, lower};
use super::title::{Lead, TITLE_MODIFIERS, Title, office_named};
use crate::text::EntityId;
use crate::word_list;

word_list!(
    /// Words that tell whose text it is.
    HOUSES,
    "houses.txt"
);
word_list!(
    /// Which office the noun alone is in a house's text.
    OFFICES,
    "house_offices.txt"
);

/// How many sentences open a text.
const OPENING: u32 = 4;
/// How many words a row of the list has at most.
const WORDS: u32 = 3;

/// Somebody whom the document names with a title.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holder {
    pub token: u32,
    /// One past the title.
    pub end: u32,
    pub sentence: u32,
    pub entity: EntityId,
    /// Deputy, assistant, vice.
    pub lesser: bool,
    /// "former".
    pub former: bool,
}

impl Holder {
    pub fn new(reading: Reading<'_>, title: &Title, entity: EntityId) -> Self {
        let lesser = is_lesser(reading, title);
        let (token, end, sentence) = (title.first, title.end, title.sentence);
        Holder { token, end, sentence, entity, lesser, former: title.former }
    }
}

/// Whose text it is, as its first lines tell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct House<'a> {
    country: Option<&'a str>,
    /// The head's house; else the foreign ministry.
    chief: bool,
}

impl House<'_> {
    /// Reads the first lines.
    pub fn of(reading: Reading<'_>) -> Self {
        let mut house = House::default();
        let (_, end) = reading.bounds(OPENING.min(reading.document.sentences.len() as u32).saturating_sub(1));
        for at in 0..end {
            for count in 1..=WORDS {
                let Some(value) = HOUSES.get(reading.words(at, at + count)) else { continue };
                let Some((country, sort)) = value.split_once(' ') else { continue };
                if house.country.is_none() || !house.chief {
                    house = House { country: Some(country), chief: sort == "chief" };
                }
            }
        }
        house
    }
}

/// True for "the President": one noun in capitals with an article, and no country.
pub(super) fn is_short(reading: Reading<'_>, title: &Title) -> bool {
    let alone = title.lead == Lead::Definite && title.end == title.noun + 1;
    let bare = title.bodies.is_empty() && title.of_person.is_none() && !title.former && !title.plural;
    alone && bare && reading.is_capitalised(title.noun) && title.first + 1 == title.noun
}

/// Whom "the President" means in the house's own text; `None` leaves it to others.
pub(super) fn holder(
    cast: &mut Cast<'_>,
    house: House<'_>,
    title: &Title,
    noun: &str,
    named: &[Holder],
) -> Option<EntityId> {
    let reading = cast.reading;
    let own = |h: &&Holder| !h.lesser && !h.former;
    let (office, sort) = OFFICES.get(noun).and_then(|value| value.rsplit_once(' ')).unwrap_or_default();
    let of_house = |e: EntityId| {
        let roles = cast.entity(e).map_or(&[][..], |e| &e.roles);
        let head = || roles.iter().any(|r| r.of_key.as_deref() == house.country);
        house.country.is_some() && cast.country(e) == house.country && (sort != "chief" || head())
    };
    let (before, after) = named.split_at(named.partition_point(|h| h.token < title.first));
    let ours = before.iter().rev().chain(after).filter(own).find(|h| of_house(h.entity)).map(|h| h.entity);
    // The table knows who is in office, and the text may name who was.
    let head = house.chief && sort == "chief";
    let asked =
        head || ours.is_none() && (named.is_empty() && sort == "chief" || !house.chief && sort == "ministry");
    if let (true, Some(country), Some(day)) = (asked, house.country, reading.document.published)
        && let Some(office) = office_named(reading, office)
        && let [only] = &reading.lexicon.gazetteer.holders(office, country, Some(day))[..]
    {
        return Some(cast.enter_entry(only.person));
    }
    // "President Doe spoke with President Roe of Peru": the first is who speaks.
    let first = || before.iter().find(own).filter(|h| h.sentence < OPENING).map(|h| h.entity);
    ours.or_else(first)
}

/// "Assistant Secretary", "Under Secretary", "vice president".
pub(super) fn is_lesser(reading: Reading<'_>, title: &Title) -> bool {
    let mut buffer = String::new();
    (title.first..title.noun).any(|t| {
        let word = lower(reading.word(t), &mut buffer);
        TITLE_MODIFIERS.get(word) == Some("vice") || word == "under" && reading.is_capitalised(t)
    })
}

/// Who bears a title with the same noun and words: the last read before it, or the first after it. "The Secretary of
/// Labor" is no Secretary of State.
pub(super) fn last(reading: Reading<'_>, title: &Title, named: &[Holder], short: bool) -> Option<EntityId> {
    let mut buffer = String::new();
    let words: Vec<String> = (title.words.0..title.words.1)
        .filter(|t| *t != title.noun && reading.word(*t).len() > 3)
        .map(|t| lower(reading.word(t), &mut buffer).to_owned())
        .collect();
    let fits = |h: &&Holder| {
        let told = |w: &String| (h.token..h.end).any(|t| reading.word(t).eq_ignore_ascii_case(w));
        words.iter().all(told) && !(short && h.lesser)
    };
    let upto = named.partition_point(|h| h.token < title.first);
    let (before, after) = named.split_at(upto);
    before.iter().rev().find(fits).or_else(|| after.iter().find(fits)).map(|h| h.entity)
}
