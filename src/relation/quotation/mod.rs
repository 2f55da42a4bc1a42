//! Who said what about whom: direct, indirect and mixed quotations.
//!
//! In: a document, its syntax, its entities. Out: [`Quotation`]s in the order of the text, each with
//! speaker, cue, words, the entities that the words speak of, and the day:
//!
//! ```text
//! Lee said the treaty “must go” because Norway broke it.
//! mixed: Lee | said | the treaty “must go” because Norway broke it | about Norway
//! ```
//!
//! `mark` finds the stretches between quotation marks, `direct` says who says those that stand for
//! themselves, `content` finds retold words by complement structure, punctuation and the graded list
//! of cues, `floating` gives the words without a cue to the last who spoke. A headline, a caption and
//! a dateline are sentences of their own, which no quotation crosses.
//!
//! A segment holds the words without the outer marks. Left out: quotations inside quotations.

mod about;
mod attitude;
mod beside;
mod boundary;
mod content;
mod cue;
mod direct;
mod floating;
mod judgement;
mod label;
mod mark;
mod reading;
mod sense;
mod speaker;
pub mod stance;

use self::cue::{Cue, Shape};
use self::reading::Reading;
use self::speaker::Speaker;
use super::{Argument, Quotation, QuotationKind, time};
use crate::document::Document;
use crate::entity::Entities;
use crate::lexicon::Lexicon;
use crate::syntax::{Deprel, Syntax, Upos};
use crate::text::{Span, TokenId};

/// The least grade, of 9, at which retold words are a quotation.
const LEAST_GRADE: u8 = 5;

/// A quotation before its words are weighed.
#[derive(Clone, Debug)]
struct Draft {
    segments: Vec<Span>,
    cue: Option<Cue>,
    speaker: Option<Speaker>,
    confidence: f32,
    /// True for a transcript's words, which are direct without marks.
    verbatim: bool,
}

/// All quotations of a document, in the order of the text.
#[must_use]
pub fn find(document: &Document, syntax: &Syntax, entities: &Entities, _lexicon: &Lexicon) -> Vec<Quotation> {
    let Some(reading) = Reading::new(document, syntax, entities) else { return Vec::new() };
    let speeches = label::transcript(&reading);
    let spoken: Vec<Span> = speeches.iter().flat_map(|s| s.segments.iter().copied()).collect();
    let direct = direct::find(&reading, &spoken);
    let mut drafts = retold(&reading, &direct, &spoken);
    drafts.extend(speeches.into_iter().map(|s| Draft {
        segments: s.segments,
        cue: None,
        speaker: Some(s.speaker),
        confidence: 0.9,
        verbatim: true,
    }));
    drafts.extend(direct.into_iter().map(|d| Draft {
        confidence: if d.cue.is_some() { 0.95 } else { 0.6 },
        segments: d.segments,
        cue: d.cue,
        speaker: d.speaker,
        verbatim: false,
    }));
    drafts.sort_by_key(|d| d.segments.first().copied());
    without_inner(&mut drafts);
    floating::give_speakers(&reading, &mut drafts);
    drafts.into_iter().filter_map(|draft| quotation(&reading, draft)).collect()
}

/// The retold words of every cue that `direct` has not taken.
fn retold(reading: &Reading, direct: &[direct::Direct], spoken: &[Span]) -> Vec<Draft> {
    let taken: std::collections::HashSet<TokenId> =
        direct.iter().filter_map(|d| Some(d.cue.as_ref()?.token)).collect();
    let own: std::collections::HashSet<usize> =
        direct.iter().flat_map(|d| d.stretches.iter().copied()).collect();
    let mut drafts = Vec::new();
    for (sentence, tree) in reading.document.sentences.iter().zip(&reading.trees) {
        if overlaps(spoken, sentence.span) {
            continue;
        }
        drafts.extend(label::headline(reading, sentence).map(|l| Draft {
            segments: l.segments,
            cue: None,
            speaker: Some(l.speaker),
            confidence: 0.7,
            verbatim: false,
        }));
        for cue in cue::find(reading, sentence.first, sentence.end) {
            if taken.contains(&cue.token) || sense::is_another(reading, tree, &cue) {
                continue;
            }
            let Some(content) = content::of(reading, tree, &cue).filter(|c| c.grade >= LEAST_GRADE) else {
                continue;
            };
            let segments: Vec<Span> = content
                .runs
                .iter()
                .filter_map(|(first, last)| {
                    // Words that another quotation has for itself are not retold.
                    let whole = (first.0..=last.0)
                        .all(|t| reading.quoted(TokenId(t)).is_some_and(|q| own.contains(&q)));
                    if whole { None } else { reading.trimmed(*first, *last) }
                })
                .collect();
            if segments.is_empty() {
                continue;
            }
            let speaker = match cue.shape {
                _ if content.raised => None,
                Shape::Verb => match content.runs.first() {
                    // "Talks to fail, minister says": the speaker stands after the words.
                    Some((_, last)) if *last < cue.token => {
                        let from = TokenId(last.0 + 1);
                        speaker::of_verb_among(reading, tree, &cue, |s| s >= from)
                            .or_else(|| speaker::first_named(reading, tree, from, cue.token))
                    }
                    _ => speaker::of_verb(reading, tree, &cue),
                },
                Shape::Noun => speaker::of_noun(reading, tree, cue.token),
                Shape::AccordingTo => beside::source(reading, tree, &cue)
                    .map(|head| speaker::phrase(reading, tree, head, cue.token)),
            };
            let confidence = f32::from(content.grade) / 10.0;
            drafts.push(Draft { segments, cue: Some(cue), speaker, confidence, verbatim: false });
        }
    }
    drafts
}

/// Drops what is thought or wished inside other words: in "Lee said he hoped to win" the hope is a
/// part of what Lee said. "Lee said the army denied it" keeps both.
fn without_inner(drafts: &mut Vec<Draft>) {
    // The widest run of words that began so far, and whose draft it is.
    let mut runs: Vec<(Span, usize)> =
        drafts.iter().enumerate().flat_map(|(at, d)| d.segments.iter().map(move |s| (*s, at))).collect();
    runs.sort_by_key(|(s, at)| (s.start, std::cmp::Reverse(s.end), *at));
    let speaker = |at: usize| drafts[at].speaker.and_then(|s| s.argument).map(|a| a.entity);
    let (mut inside, mut told) = (vec![false; drafts.len()], vec![false; drafts.len()]);
    let mut outer: Vec<(Span, usize)> = Vec::new();
    for (span, at) in runs {
        outer.retain(|(o, _)| o.end > span.start);
        let mut around =
            outer.iter().filter(|(o, other)| *other != at && o.contains(span) && *o != span).peekable();
        inside[at] |= around.peek().is_some();
        told[at] |= around.any(|(_, other)| speaker(at).is_some() && speaker(*other) == speaker(at));
        outer.push((span, at));
    }
    let mut at = 0;
    drafts.retain(|draft| {
        at += 1;
        // "rejected her claim that …": the claim is hers; "voiced fears that …" is one quotation.
        let noun = draft.cue.as_ref().is_some_and(|c| c.shape == Shape::Noun);
        let owned = noun && draft.speaker.is_some() && !told[at - 1];
        let strong = owned || draft.confidence >= STRONG || draft.cue.is_none() || draft.verbatim;
        strong || !inside[at - 1]
    });
}

/// From this confidence on, words inside other words are a quotation of their own.
const STRONG: f32 = 0.85;

/// True if a span shares a byte with one of the sorted spans.
fn overlaps(sorted: &[Span], span: Span) -> bool {
    let at = sorted.partition_point(|s| s.end <= span.start);
    sorted.get(at).is_some_and(|s| s.overlaps(span))
}

fn quotation(reading: &Reading, draft: Draft) -> Option<Quotation> {
    let first = draft.segments.first()?;
    if draft.cue.is_some() && is_pronoun_alone(reading, &draft.segments) {
        return None;
    }
    let speaker = draft.speaker.and_then(|s| s.argument);
    let token = draft.cue.as_ref().map_or_else(|| reading.token_from(first.start), |c| c.token);
    let (sentence, _) = reading.sentence(token)?;
    let addressee = draft.cue.as_ref().and_then(|cue| addressee(reading, cue));
    Some(Quotation {
        speaker,
        speaker_span: draft.speaker.map(|s| s.span),
        addressee,
        cue: draft.cue.as_ref().map(|c| c.span),
        kind: if draft.verbatim { QuotationKind::Direct } else { kind(reading, &draft.segments) },
        about: about::entities(reading, &draft.segments, speaker.map(|s| s.entity)),
        sentence,
        time: draft
            .cue
            .as_ref()
            .and_then(|c| time::resolve(reading.document, reading.syntax, sentence, c.token)),
        grade: draft.confidence,
        confidence: draft.confidence,
        segments: draft.segments,
    })
}

/// "said that", "knew it": a pronoun alone gives no words.
fn is_pronoun_alone(reading: &Reading, segments: &[Span]) -> bool {
    let mut words = segments.iter().flat_map(|s| reading::tokens_in(reading.document, *s)).map(TokenId::from);
    let (Some(only), None) = (words.next(), words.next()) else { return false };
    matches!(reading.upos(only), Upos::Pron | Upos::Det) && reading.quoted(only).is_none()
}

/// Direct if every word stands inside marks, indirect if none does.
fn kind(reading: &Reading, segments: &[Span]) -> QuotationKind {
    let words = segments.iter().flat_map(|s| reading::tokens_in(reading.document, *s)).map(TokenId::from);
    let (mut inside, mut outside) = (false, false);
    for word in words.filter(|w| !reading.is_punct(*w)) {
        match reading.quoted(word) {
            Some(_) => inside = true,
            None => outside = true,
        }
    }
    match (inside, outside) {
        (true, false) => QuotationKind::Direct,
        (true, true) => QuotationKind::Mixed,
        _ => QuotationKind::Indirect,
    }
}

/// To whom: the object of "told", or the noun after "to" ("said to reporters").
fn addressee(reading: &Reading, cue: &Cue) -> Option<Argument> {
    let tree = reading.tree(cue.token)?;
    let children = tree.children(cue.token).iter().copied().filter(|c| *c > cue.token);
    for child in children {
        let told = cue.has_addressee() && matches!(tree.dep(child), Deprel::Obj | Deprel::Iobj);
        let said_to = tree.dep(child) == Deprel::Obl
            && tree.child(child, Deprel::Case).is_some_and(|case| tree.lemma(case) == "to")
            && cue.grade("c") >= 7;
        if told || said_to {
            return reading.mention(child).map(|m| Argument { entity: m.entity, span: m.span });
        }
    }
    None
}
