//! When is it? The day of a text, or the years that the people named in it were in office.
//!
//! In: the document and its candidates. Out: an [`Era`], which chooses between namesakes: of two presidents Bush the one
//! who was in office with the Condoleezza Rice of the same text. It dates nothing else: who holds an office on a
//! day is told by the day of publication alone.

use jiff::civil::Date;

use super::candidate::Candidate;
use super::reading::Reading;
use crate::lexicon::{Kind, Role};
use crate::text::EntryId;

/// Offices of this rank and more are what a time is told by.
const HIGH: u8 = 60;
/// The years that are tried.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2050;

/// From when to when a text may speak; nothing if there is no telling.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Era(Option<(Date, Date)>);

impl Era {
    /// The day of publication, else the years in which most of the people with a full name that means one alone
    /// held high office.
    pub fn of(reading: Reading<'_>, candidates: &[Candidate]) -> Self {
        if let Some(day) = reading.document.published {
            return Era(Some((day, day)));
        }
        let mut people: Vec<EntryId> = candidates.iter().filter_map(|c| sole(reading, c)).collect();
        people.sort_unstable();
        people.dedup();
        let careers: Vec<Vec<Role<'_>>> =
            people.into_iter().map(|p| high_offices(reading, p).collect()).collect();
        let mut best: (usize, Option<(Date, Date)>) = (0, None);
        for year in YEARS {
            let (Ok(first), Ok(last)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else { continue };
            let whole = Era(Some((first, last)));
            let count = careers.iter().filter(|offices| offices.iter().any(|r| whole.covers(r))).count();
            best = match best {
                (most, _) if count > most => (count, Some((first, last))),
                (most, Some((from, _))) if count == most && count > 0 => (most, Some((from, last))),
                other => other,
            };
        }
        Era(best.1)
    }

    /// True if a term with a first day falls into it.
    pub fn covers(&self, role: &Role<'_>) -> bool {
        let begun = |last: Date| role.from.is_some_and(|from| from <= last);
        self.0.is_some_and(|(first, last)| begun(last) && role.until.is_none_or(|until| until >= first))
    }

    /// True if a person held high office in it.
    pub fn has_in_office(&self, reading: Reading<'_>, person: EntryId) -> bool {
        high_offices(reading, person).any(|r| self.covers(&r))
    }
}

/// The offices of a person that tell a time.
fn high_offices(reading: Reading<'_>, person: EntryId) -> impl Iterator<Item = Role<'_>> {
    let gazetteer = &reading.lexicon.gazetteer;
    gazetteer.roles_of(person).into_iter().filter(|r| gazetteer.office_rank(r.office) >= HIGH)
}

/// The person whom a full name means, if it can mean nobody else.
fn sole(reading: Reading<'_>, candidate: &Candidate) -> Option<EntryId> {
    let gazetteer = &reading.lexicon.gazetteer;
    let mut people = candidate.matches.iter().filter(|m| gazetteer.entry(m.entry).kind == Kind::Person);
    let one = people.next().filter(|m| m.tokens > 1 && candidate.kind == Kind::Person)?;
    people.all(|m| m.entry == one.entry).then_some(one.entry)
}
