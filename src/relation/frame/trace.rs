//! What every frame did in a sentence, for `demarche explain`.
//!
//! In: a sentence of a document. Out: a [`Trace`] for every frame that one of its words can trigger: fired, beaten, or
//! what it wanted and did not find.

use super::matching::Missing;
use super::scene::{MentionMap, Scene};
use crate::document::Document;
use crate::entity::Entities;
use crate::lexicon::Lexicon;
use crate::syntax::Syntax;
use crate::text::{PredicateId, SentenceId, Span};

/// What one frame did at one trigger, for `demarche explain`.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The trigger word.
    pub trigger: Span,
    /// The predicate.
    pub predicate: PredicateId,
    /// The frame as written.
    pub frame: String,
    /// `None` where it fired; else what it wanted and did not find.
    pub missing: Option<String>,
}

/// Says of every frame that a word of the sentence can trigger whether it fired, and if not, why.
#[must_use]
pub fn explain(
    document: &Document,
    syntax: &Syntax,
    entities: &Entities,
    lexicon: &Lexicon,
    sentence: SentenceId,
) -> Vec<Trace> {
    let mentions = MentionMap::new(document, entities);
    let syntax = &crate::relation::repair::repair(document, syntax, entities, lexicon);
    let scene = Scene::new(document, syntax, entities, lexicon, &mentions, sentence);
    let Some(scene) = scene.filter(|_| syntax.head.len() >= document.tokens.len()) else {
        return Vec::new();
    };
    let fired = scene.matches();
    let mut traces = Vec::new();
    for token in scene.tree.tokens() {
        let winner = fired.iter().find(|m| m.trigger == token).map(|m| m.frame.text.as_str());
        for (frame, outcome) in scene.attempts(token) {
            let missing = match outcome {
                Ok(_) if winner == Some(frame.text.as_str()) => None,
                Ok(_) => Some("a more specific frame fired".to_owned()),
                Err(Missing(what)) => Some(format!("no {what}")),
            };
            traces.push(Trace {
                trigger: scene.span(token),
                predicate: PredicateId(frame.predicate),
                frame: frame.text.clone(),
                missing,
            });
        }
    }
    traces.sort_by_key(|t| (t.trigger, t.missing.is_some()));
    traces.dedup_by(|b, a| a.trigger == b.trigger && a.frame == b.frame);
    traces
}
