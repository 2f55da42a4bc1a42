//! Every quotation becomes a relation: who speaks to whom, or of whom.
//!
//! In: the quotations, and the relations that frames made. Out: one `says` for each quotation whose
//! speaker is known, and for each who is joined to the speaker ("Lee and Park said"): `Zhao Lijian -says-> China "…"`. Its object is the addressee, or whom the words
//! are mainly about: the subject of their first clause, else the first who is named. Where another
//! frame fired on the cue (urges, accuses, …), that one stands and none is made here.

use std::collections::HashSet;

use super::frame::whole;
use super::{Argument, Evidence, Quotation, Relation};
use crate::document::Document;
use crate::entity::{Entities, Form, Mention};
use crate::lexicon::frame::Shape;
use crate::lexicon::{Kind, Lexicon};
use crate::syntax::{Deprel, Syntax};
use crate::text::{EntityId, PredicateId, Span, TokenId};

/// Makes a `says` of every quotation that no relation of `framed` tells.
#[must_use]
pub fn find(
    document: &Document,
    syntax: &Syntax,
    entities: &Entities,
    lexicon: &Lexicon,
    quotations: &[Quotation],
    framed: &[Relation],
) -> Vec<Relation> {
    let Some(predicate) = lexicon.says() else {
        return Vec::new();
    };
    let told: HashSet<u32> =
        framed.iter().flat_map(|r| r.evidence.trigger.range()).map(|b| b as u32).collect();
    let mut relations = Vec::new();
    for quotation in quotations {
        let (Some(speaker), Some(content)) = (quotation.speaker, whole(quotation)) else { continue };
        let trigger = quotation.cue.unwrap_or(content);
        if quotation.cue.is_some_and(|cue| cue.range().any(|b| told.contains(&(b as u32)))) {
            continue;
        }
        if quotation.cue.is_some_and(|cue| !is_saying(document, syntax, lexicon, predicate, cue)) {
            continue;
        }
        let object =
            quotation.addressee.or_else(|| about(document, syntax, entities, quotation, speaker.entity));
        for speaker in std::iter::once(speaker).chain(joined(syntax, entities, quotation, speaker)) {
            relations.push(Relation {
                predicate: PredicateId::from(predicate),
                subject: Some(speaker),
                object: object.filter(|o| o.entity != speaker.entity),
                content: Some(content),
                time: quotation.time,
                evidence: Evidence {
                    sentence: quotation.sentence,
                    trigger,
                    rule: "quotation".to_owned(),
                    ..Evidence::default()
                },
                confidence: quotation.confidence,
                ..Relation::default()
            });
        }
    }
    relations
}

/// Who else says it: "Park" of "Lee and Park said".
fn joined(syntax: &Syntax, entities: &Entities, quotation: &Quotation, speaker: Argument) -> Vec<Argument> {
    let Some(phrase) = quotation.speaker_span else { return Vec::new() };
    let first = entities.mentions.partition_point(|m| m.span.start < phrase.start);
    let inside = || entities.mentions[first..].iter().take_while(|m| m.span.end <= phrase.end);
    let Some(own) = inside().find(|m| m.entity == speaker.entity).map(|m| m.head) else { return Vec::new() };
    let head = |t: TokenId| syntax.head.get(t.at()).copied().flatten();
    let conjunct = |t: TokenId| syntax.dep.get(t.at()) == Some(&Deprel::Conj);
    let top = if conjunct(own) { head(own).unwrap_or(own) } else { own };
    let kind = |m: &&Mention| entities.entities.get(m.entity.at()).map_or(Kind::Other, |e| e.kind);
    let mut found: Vec<Argument> = Vec::new();
    for mention in inside().filter(|m| !matches!(kind(m), Kind::Place | Kind::Other)) {
        let beside = mention.head == top || conjunct(mention.head) && head(mention.head) == Some(top);
        let known = mention.entity == speaker.entity || found.iter().any(|f| f.entity == mention.entity);
        if beside && !known {
            found.push(Argument { entity: mention.entity, span: mention.phrase });
        }
    }
    found
}

/// True unless the cue tells something else than saying: "agreed", "praised".
fn is_saying(document: &Document, syntax: &Syntax, lexicon: &Lexicon, says: usize, cue: Span) -> bool {
    let first = document.tokens.partition_point(|t| t.end <= cue.start);
    let tokens = document.tokens[first..].iter().take_while(|t| t.start < cue.end).count();
    let lemmas = (first..first + tokens).filter_map(|at| syntax.lemma.get(at));
    let mut others = false;
    for frame in
        lemmas.flat_map(|lemma| lexicon.frames.triggered_by(&lemma.to_lowercase()).collect::<Vec<_>>())
    {
        if frame.predicate as usize == says {
            return true;
        }
        others |= frame.shape != Shape::Noun;
    }
    !others
}

/// Whom the words are mainly about.
fn about(
    document: &Document,
    syntax: &Syntax,
    entities: &Entities,
    quotation: &Quotation,
    speaker: EntityId,
) -> Option<Argument> {
    let segment: Span = *quotation.segments.first()?;
    let first = entities.mentions.partition_point(|m| m.span.start < segment.start);
    let inside = entities.mentions[first..].iter().take_while(|m| m.span.end <= segment.end);
    let actor = |m: &&Mention| {
        let kind = entities.entities.get(m.entity.at()).map_or(Kind::Other, |e| e.kind);
        m.entity != speaker && kind != Kind::Place && kind != Kind::Other && !document.str(m.span).is_empty()
    };
    let mut mentions = inside.filter(actor);
    let subject = |m: &&Mention| {
        let dep = syntax.dep.get(m.head.at()).copied().unwrap_or_default();
        matches!(dep, Deprel::Nsubj | Deprel::NsubjPass)
    };
    let mut names = mentions.clone().filter(|m| m.form != Form::Pronoun);
    let found = mentions.find(subject).or_else(|| names.next())?;
    Some(Argument { entity: found.entity, span: found.phrase })
}
