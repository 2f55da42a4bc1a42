//! Names that are also a country's or a capital's: the words beside them tell.
//!
//! In: candidates. Out: the same, some of another kind: "Rep. Jordan" and "Ms. Washington" are people;
//! "Lebanon, New Hampshire" is a town, and not the country.
//!
//! Left out: what only the whole document can tell, see [`super::surname`].

use super::candidate::Candidate;
use super::reading::Reading;
use crate::lexicon::Kind;
use crate::word_list;

word_list!(
    /// Words that stand before people's names only.
    COURTESIES,
    "courtesy.txt"
);

/// Settles what the neighbours decide.
pub(super) fn settle(reading: Reading<'_>, candidates: &mut [Candidate]) {
    let gazetteer = &reading.lexicon.gazetteer;
    for i in 1..=candidates.len() {
        let (upto, after) = candidates.split_at_mut(i);
        let Some(c) = upto.last_mut().filter(|c| matches!(c.kind, Kind::Country | Kind::Place)) else {
            continue;
        };
        let (floor, _) = reading.bounds(c.sentence);
        if c.first > floor && !c.is_adjective() && COURTESIES.has(reading.word(c.first - 1)) {
            c.kind = Kind::Person;
            c.matches.retain(|m| gazetteer.entry(m.entry).kind == Kind::Person);
            continue;
        }
        let next = after.first().filter(|next| reading.word(c.end) == "," && next.first == c.end + 1);
        let is_state = c.matches.iter().any(|m| gazetteer.entry(m.entry).subkind == "us-state");
        if let (Some(country), false) = (next.and_then(|next| home_state(reading, next)), is_state) {
            c.kind = Kind::Place;
            c.matches.retain(|m| {
                let entry = gazetteer.entry(m.entry);
                entry.kind == Kind::Place && entry.country == country
            });
        }
    }
}

/// The country of a state that is nothing else: of "New Hampshire", but not of "Georgia".
fn home_state<'l>(reading: Reading<'l>, candidate: &Candidate) -> Option<&'l str> {
    let gazetteer = &reading.lexicon.gazetteer;
    let mut entries = candidate.matches.iter().map(|m| gazetteer.entry(m.entry));
    let first = entries.next().filter(|e| e.subkind == "us-state")?;
    entries.all(|e| e.kind != Kind::Country).then_some(first.country)
}
