//! Patterns that no frame covers: a verb with somebody on either side, of which nothing was made.
//!
//! In: the layers. Out: [`Uncovered`]: the frame that would have covered it, in the lexicon's own notation, and who
//! stood where. So the lexicon can be made to grow where a corpus needs it; see `demarche unknowns --verbs`.

use super::clause::Found;
use super::scene::{MentionMap, Scene};
use crate::document::Document;
use crate::entity::Entities;
use crate::lexicon::frame::Kinds;
use crate::lexicon::{Kind, Lexicon};
use crate::syntax::{Deprel, Syntax, Upos};
use crate::text::{EntityId, SentenceId, Span, TokenId};

/// A verb between two participants that fired no frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncovered {
    /// Its sentence.
    pub sentence: SentenceId,
    /// The verb.
    pub trigger: Span,
    /// The verb's dictionary form.
    pub verb: String,
    /// `SUBJECT praise OBJECT`, `SUBJECT side with OBJECT`.
    pub frame: String,
    /// Who does it.
    pub subject: EntityId,
    /// To whom.
    pub object: EntityId,
}

/// Finds the uncovered patterns of a document, in the order of the text.
#[must_use]
pub fn uncovered(
    document: &Document,
    syntax: &Syntax,
    entities: &Entities,
    lexicon: &Lexicon,
) -> Vec<Uncovered> {
    let mut all = Vec::new();
    if syntax.head.len() < document.tokens.len() {
        return all;
    }
    let mentions = MentionMap::new(document, entities);
    for sentence in (0..document.sentences.len()).map(SentenceId::from) {
        let Some(scene) = Scene::new(document, syntax, entities, lexicon, &mentions, sentence) else {
            continue;
        };
        let matches = scene.matches();
        let taken = |token: TokenId| matches.iter().any(|m| m.trigger == token || m.words.contains(&token));
        let verbs = scene.tree.tokens().filter(|t| scene.upos(*t) == Upos::Verb && !taken(*t));
        all.extend(verbs.filter_map(|verb| scene.uncovered(verb)));
    }
    all
}

impl Scene<'_> {
    fn uncovered(&self, verb: TokenId) -> Option<Uncovered> {
        let lemma = self.tree.lemma(verb).to_lowercase();
        let plain = !lemma.is_empty() && lemma.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        if !plain || self.mention(verb).is_some() || matches!(self.dep(verb), Deprel::Amod | Deprel::Compound)
        {
            return None;
        }
        let clause = self.clause(verb);
        let (doer, target) = if clause.passive {
            (clause.agent, clause.subject)
        } else {
            (clause.subject, clause.objects.first().copied())
        };
        let subject = self.someone(doer?)?;
        let particle = self.children(verb, &[Deprel::CompoundPrt]).next();
        let words = match particle {
            Some(particle) => format!("{lemma}_{}", self.word(particle).to_lowercase()),
            None => lemma.clone(),
        };
        let direct = target.and_then(|t| self.someone(t)).filter(|object| *object != subject);
        let (object, frame) = match direct {
            Some(object) => (object, format!("SUBJECT {words} OBJECT")),
            None => {
                let mut marked = clause.obliques.iter().filter_map(|o| self.marked_someone(*o, subject));
                let (object, marker) = marked.next()?;
                // "paid tribute to OBJECT": the thing between is part of the frame.
                let thing = target.map(|t| self.tree.lemma(t.token).to_lowercase());
                let thing = thing.filter(|t| !clause.passive && t.chars().all(|c| c.is_ascii_lowercase()));
                let thing = thing.map_or_else(String::new, |t| format!("{t} "));
                (object, format!("SUBJECT {words} {thing}{marker} OBJECT"))
            }
        };
        Some(Uncovered {
            sentence: self.sentence,
            trigger: self.span(verb),
            verb: lemma,
            frame,
            subject,
            object,
        })
    }

    /// The participant that a phrase stands for by its own name or description.
    fn someone(&self, found: Found) -> Option<EntityId> {
        let people = self.participants(found, Kinds::ACTOR);
        people.first().filter(|p| p.confidence >= 0.8).map(|p| p.argument.entity)
    }

    /// "with Iran": the participant of a phrase and its preposition; not "in Iran", which tells where.
    fn marked_someone(&self, found: Found, subject: EntityId) -> Option<(EntityId, String)> {
        let marker = self.children(found.token, &[Deprel::Case]).next()?;
        let word = self.word(marker).to_lowercase();
        let object = self.someone(found).filter(|object| *object != subject)?;
        let kind = self.entities.entities.get(object.at()).map(|e| e.kind);
        let where_ = matches!(
            word.as_str(),
            "in" | "at" | "near" | "across" | "outside" | "inside" | "after" | "before"
        ) || word == "from" && kind == Some(Kind::Country);
        (!where_).then_some((object, word))
    }
}
