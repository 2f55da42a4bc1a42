//! Two who promise something together: to each other?
//!
//! In: a match with several subjects and no object. Out: whether the subjects are each other's other side:
//! "France and Spain pledged to deepen their ties". Else it is whom the content concerns: "pledged to defend Mali".

use super::matching::Match;
use super::scene::Scene;
use crate::lexicon::predicate::Quad;
use crate::text::TokenId;

crate::word_list!(JOINTLY, "jointly.txt");

impl Scene<'_> {
    /// True where the content of a promise speaks of those who make it.
    pub(super) fn is_joint(&self, found: &Match<'_>) -> bool {
        let Some(content) = found.content.filter(|_| self.is_promise(found)) else { return false };
        let (low, high) = self.tree.edges(content.token);
        (low.0..=high.0).map(TokenId).any(|t| {
            JOINTLY.has(&self.tree.lemma(t).to_lowercase()) && self.mention(t).is_none() && !self.is_with(t)
        })
    }

    /// An offer, an agreement, a pledge with a content.
    pub(super) fn is_promise(&self, found: &Match<'_>) -> bool {
        let predicate = self.lexicon.predicates.get(found.predicate as usize);
        found.subjects.len() > 1
            && found.content.is_some()
            && predicate.is_some_and(|p| p.quad == Some(Quad::VerbalCooperation))
    }

    /// "their partnership with Mali" is with another.
    fn is_with(&self, noun: TokenId) -> bool {
        self.tree.children(noun).iter().any(|c| self.marked_by(*c, &["with"]))
    }
}
