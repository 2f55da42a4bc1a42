//! "Sen. Jane Doe, R-Ohio": the letter after a legislator's name tells the party.
//!
//! In: candidates and whom they name. Out: memberships.

use super::candidate::Candidate;
use super::cast::{Cast, Newcomer};
use super::{EntityRole, key};
use crate::lexicon::{Kind, NameMatch};
use crate::text::{EntityId, SentenceId, Span};
use crate::word_list;

word_list!(
    /// The letters after a legislator's name, with the party.
    PARTY_LETTERS,
    "party_letters.txt"
);

/// "Sen. Jane Doe, R-Ohio": a member of the Republican Party.
pub(super) fn add(cast: &mut Cast<'_>, candidates: &[Candidate], linked: &[Option<EntityId>]) {
    let reading = cast.reading;
    let gazetteer = &reading.lexicon.gazetteer;
    for (i, candidate) in candidates.iter().enumerate().filter(|(_, c)| c.kind == Kind::Person) {
        let letter = candidate.end + 1;
        if reading.word(candidate.end) != "," || reading.word(letter + 1) != "-" {
            continue;
        }
        let Some(name) = PARTY_LETTERS.get(reading.word(letter)) else { continue };
        let Some(person) = linked.get(i).copied().flatten() else { continue };
        let found = gazetteer.names_at(name, &[Span::new(0, name.len())]);
        let is_american = |m: &&NameMatch| gazetteer.entry(m.entry).country == "iso:US";
        let party = found.iter().find(is_american).map(|m| m.entry);
        let party = match party {
            Some(entry) => cast.enter_entry(entry),
            None => {
                let newcomer = Newcomer {
                    kind: Kind::Organization,
                    name,
                    entry: None,
                    country: Some("iso:US"),
                    gender: None,
                };
                cast.enter(&key::slug(Kind::Organization, name), &newcomer)
            }
        };
        let role = EntityRole {
            title: "member".to_owned(),
            of: Some(party),
            of_key: cast.entity(party).map(|e| e.key.clone()),
            span: Some(reading.span(letter, letter + 3)),
            sentence: Some(SentenceId(candidate.sentence)),
            from: None,
            until: None,
            spokesperson: false,
            former: false,
        };
        cast.add_role(person, role);
    }
}
