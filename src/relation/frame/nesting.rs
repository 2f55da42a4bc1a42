//! What stands inside what: requests within which other relations stand, and who says so.
//!
//! In: the matches of a sentence. Out: for each, the match in whose CONTENT it stands:
//! "Blinken urges China to convince Iran": `convinces` stands within `urges`, `asked`. A relation
//! inside what somebody says is attributed to the speaker, but stands within nothing.

use super::clause::Found;
use super::factuality::Factuality;
use super::matching::Match;
use super::scene::{MAX_DEPTH, Scene};
use crate::lexicon::frame::{Condition, Kinds};
use crate::relation::{Argument, Modality, Polarity};
use crate::syntax::{Deprel, Upos};
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

    /// Whom a content without an addressee concerns: the subject of a clause, the object of an
    /// infinitive, whoever a phrase leads to.
    pub(super) fn concerned(&self, content: Found, not: &[EntityId]) -> Option<Argument> {
        let head = content.token;
        let first = |token: TokenId| {
            let found = self.participants(super::clause::sure(token), Kinds::ACTOR);
            found.into_iter().map(|p| p.argument).find(|a| !not.contains(&a.entity))
        };
        let subjects = [Deprel::Nsubj, Deprel::NsubjPass];
        if let Some(subject) = self.children(head, &subjects).next() {
            return first(subject).or_else(|| self.first_after(head, &first));
        }
        if self.is_verbal(head) || self.upos(head) == Upos::Verb {
            return self.first_after(head, &first);
        }
        first(head)
    }

    fn first_after(&self, verb: TokenId, first: &impl Fn(TokenId) -> Option<Argument>) -> Option<Argument> {
        let mut at = verb;
        for _ in 0..4 {
            let near = [Deprel::Obj, Deprel::Iobj, Deprel::Obl];
            if let Some(found) = near.iter().find_map(|d| self.children(at, &[*d]).find_map(first)) {
                return Some(found);
            }
            at = self.children(at, &[Deprel::Xcomp, Deprel::Ccomp]).next()?;
        }
        None
    }
}

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
