//! What stands inside what: requests within which other relations stand, and who says so.
//!
//! In: the matches of a sentence. Out: for each, the match in whose CONTENT it stands:
//! "Blinken urges China to convince Iran": `convinces` stands within `urges`, `asked`. A relation
//! inside what somebody says is attributed to the speaker, but stands within nothing.

use super::clause::Found;
use super::factuality::Factuality;
use super::matching::Match;
use super::scene::{MAX_DEPTH, Scene};
use crate::lexicon::Kind;
use crate::lexicon::frame::{Condition, Kinds};
use crate::relation::{Argument, Modality, Polarity};
use crate::syntax::{Deprel, Xpos};
use crate::text::{EntityId, TokenId};

impl Scene<'_> {
    /// The match in whose content the trigger of match `at` stands, the innermost.
    pub(super) fn parent(
        &self,
        at: usize,
        matches: &[Match<'_>],
        by_content: &[(TokenId, usize)],
    ) -> Option<usize> {
        let own = matches.get(at)?;
        let mut token = own.trigger;
        for _ in 0..MAX_DEPTH {
            let first = by_content.partition_point(|(head, _)| *head < token);
            for (_, other) in by_content[first..].iter().take_while(|(head, _)| *head == token) {
                let Some(candidate) = matches.get(*other).filter(|_| *other != at) else { continue };
                // "China, Zhao said, will act": "said" hangs on what is said, and is not part of it.
                let outside = !self.is_under(own.trigger, candidate.trigger);
                if outside || !self.is_under(candidate.trigger, token) {
                    return Some(*other);
                }
            }
            token = self.head(token)?;
        }
        None
    }

    /// Whom a content without an addressee concerns: the subject of a clause, else whoever it names
    /// first, a country, body or person before a group, a group before a place: "refused to send troops to Iraq" → Iraq.
    pub(super) fn concerned(&self, content: Found, not: &[EntityId]) -> Option<Argument> {
        let head = content.token;
        let first = |token: TokenId| {
            let found = self.participants(super::clause::sure(token), Kinds::ACTOR);
            found.into_iter().map(|p| p.argument).find(|a| !not.contains(&a.entity))
        };
        let subject = self.children(head, &[Deprel::Nsubj, Deprel::NsubjPass]).find_map(first);
        if subject.is_some() {
            return subject;
        }
        let (low, high) = self.window(head, LONGEST_CONTENT);
        let (mut group, mut place) = (None, None);
        for token in (low.0..high.0).map(TokenId) {
            let Some(mention) = self.mention(token).filter(|m| m.head == token) else { continue };
            if !self.is_under(token, head) {
                continue;
            }
            let Some(entity) = self.entities.entities.get(mention.entity.at()) else { continue };
            if not.contains(&mention.entity) || self.is_way(token) {
                continue;
            }
            let argument = Argument { entity: mention.entity, span: mention.phrase };
            match entity.kind {
                Kind::Person | Kind::Country | Kind::Organization => return Some(argument),
                Kind::Group if !self.belongs_to(token, not) => group = group.or(Some(argument)),
                Kind::Place => place = place.or(Some(argument)),
                Kind::Group | Kind::Other => {}
            }
        }
        group.or(place)
    }

    /// The country that somebody holds an office of is not whom a promise is made to, unless it is what is acted on:
    /// "expressed a commitment to putting American farms first", but "promised to reform Serbia".
    pub(super) fn is_home(&self, found: &Argument, content: TokenId, owners: &[EntityId]) -> bool {
        let Some(home) = self.entities.entities.get(found.entity.at()) else { return false };
        let office = |id: &EntityId| {
            let entity = self.entities.entities.get(id.at());
            let mut roles = entity.into_iter().filter(|e| e.kind == Kind::Person).flat_map(|e| &e.roles);
            roles.any(|r| !r.former && r.of_key.as_deref() == Some(&home.key))
        };
        let acted_on = || {
            let mut objects = self.children(content, &[Deprel::Obj]);
            objects.any(|o| self.mention(o).is_some_and(|m| m.entity == found.entity))
        };
        owners.iter().any(office) && !acted_on()
    }

    /// "through the Black Sea", "throughout the region": where something goes or is.
    fn is_way(&self, token: TokenId) -> bool {
        self.marked_by(token, &["through", "throughout", "along", "under", "across", "via"])
    }

    /// "its troops" are no other side to their owner.
    fn belongs_to(&self, token: TokenId, owners: &[EntityId]) -> bool {
        let mut possessors = self.children(token, &[Deprel::NmodPoss]);
        possessors.any(|p| {
            let owner = self.mention(p).is_some_and(|m| owners.contains(&m.entity));
            owner || self.xpos(p) == Xpos::PRPS && !owners.is_empty()
        })
    }
}

/// Who is named later than this in a content is not whom it concerns.
const LONGEST_CONTENT: u32 = 40;

/// Adds what the frame around says of its content.
pub(super) fn within(mut facts: Factuality, content: Option<Condition>) -> Factuality {
    let Some(content) = content else { return facts };
    let modality = match content {
        Condition::Negated => {
            facts.polarity = match facts.polarity {
                Polarity::Affirmed => Polarity::Negated,
                Polarity::Negated => Polarity::Affirmed,
            };
            return facts;
        }
        other => modality(other),
    };
    if facts.modality == Modality::Asserted {
        facts.modality = modality;
    }
    facts
}

/// The modality that a condition names; a negation names none.
pub(super) fn modality(condition: Condition) -> Modality {
    match condition {
        Condition::Negated => Modality::Asserted,
        Condition::Planned => Modality::Planned,
        Condition::Possible => Modality::Possible,
        Condition::Obliged => Modality::Obliged,
        Condition::Asked => Modality::Asked,
        Condition::Alleged => Modality::Alleged,
        Condition::Hypothetical => Modality::Hypothetical,
    }
}
