//! "The statement said": words that stand for whoever gave them out.
//!
//! In: the cast with names and descriptions. Out: mentions of form nominal for statements and reports that speak and
//! do not say whose they are: whoever an earlier sentence has issue one ("The army issued a statement", "a report
//! by Acme"); for statements, else whoever spoke in the sentences just before.

use super::cast::Cast;
use super::firsthand::is_speech;
use super::reading::lower;
use super::{Form, Mention};
use crate::lexicon::Kind;
use crate::lexicon::language::CUES;
use crate::syntax::Deprel;
use crate::text::EntityId;
use crate::word_list;

word_list!(
    /// Nouns of what is given out; the value says whether its words may be the last speaker's.
    ISSUED,
    "issued.txt"
);
word_list!(
    /// Verbs that give it out.
    ISSUE_VERBS,
    "issue_verbs.txt"
);

/// How many sentences back a statement's issuer is looked for, and the last speaker.
const FAR: u32 = 8;
const NEAR: u32 = 2;
/// How many words of a sentence are looked through.
const LONG: u32 = 120;

/// Finds statements and reports that speak, and adds them to the cast.
pub(super) fn find(cast: &mut Cast<'_>) {
    let reading = cast.reading;
    let mut buffer = String::new();
    for sentence in reading.sentences() {
        let (first, end) = reading.bounds(sentence);
        for noun in first..end.min(first + LONG) {
            let Some(sort) = ISSUED.get(lower(reading.lemma(noun), &mut buffer)) else { continue };
            if reading.dep(noun) != Deprel::Nsubj || cast.is_covered(noun) || !speaks(cast, noun) {
                continue;
            }
            if issuer(cast, noun, first, end).is_some() {
                continue; // "a statement by the army": the words lead there themselves
            }
            let lemma = reading.lemma(noun);
            let Some(entity) = issued_before(cast, lemma, sentence)
                .or_else(|| (sort == "said").then(|| last_speaker(cast, sentence)).flatten())
            else {
                continue;
            };
            let article = noun.checked_sub(1).filter(|t| *t >= first && reading.dep(*t) == Deprel::Det);
            let start = article.unwrap_or(noun);
            cast.mention_with_head(start, noun + 1, (start, noun + 1), noun, Form::Nominal, entity);
        }
    }
}

/// True for the subject of a verb of saying.
fn speaks(cast: &Cast<'_>, noun: u32) -> bool {
    let reading = cast.reading;
    let mut buffer = String::new();
    reading.head(noun).is_some_and(|verb| CUES.has(lower(reading.lemma(verb), &mut buffer)))
}

/// Whoever an earlier sentence has give out a `lemma`, the nearest first.
fn issued_before(cast: &Cast<'_>, lemma: &str, sentence: u32) -> Option<EntityId> {
    let reading = cast.reading;
    (sentence.saturating_sub(FAR)..sentence).rev().find_map(|s| {
        let (first, end) = reading.bounds(s);
        let end = end.min(first + LONG);
        let mut nouns = (first..end).rev().filter(|t| reading.lemma(*t).eq_ignore_ascii_case(lemma));
        // A statement that was resolved itself leads on.
        nouns.find_map(|t| issuer(cast, t, first, end).or_else(|| acting(cast, t).map(|m| m.entity)))
    })
}

/// Who gives out the statement or report `noun`, as its own sentence tells.
fn issuer(cast: &Cast<'_>, noun: u32, first: u32, end: u32) -> Option<EntityId> {
    let reading = cast.reading;
    let mut buffer = String::new();
    // "its report", "an army statement", "a statement by the army", "a report from Acme"
    let own = (first..end).filter(|t| reading.head(*t) == Some(noun)).find(|t| match reading.dep(*t) {
        Deprel::NmodPoss | Deprel::Compound | Deprel::Amod => *t < noun,
        Deprel::Nmod | Deprel::Obl => reading
            .case_marker(*t)
            .is_some_and(|m| m > noun && matches!(reading.word(m), "by" | "from" | "of")),
        _ => false,
    });
    if let Some(own) = own.and_then(|t| acting(cast, t)) {
        return Some(own.entity);
    }
    // "a statement issued by the army"
    let participle = (noun + 1..end).find(|t| {
        reading.head(*t) == Some(noun)
            && reading.dep(*t) == Deprel::Acl
            && ISSUE_VERBS.has(lower(reading.lemma(*t), &mut buffer))
    });
    if let Some(participle) = participle {
        let agent = |t: &u32| reading.head(*t) == Some(participle) && reading.dep(*t) == Deprel::OblAgent;
        return (participle..end).find(agent).and_then(|t| acting(cast, t)).map(|m| m.entity);
    }
    // "The army issued a statement", "The army said in a statement"
    let verb = reading.head(noun)?;
    let lemma = lower(reading.lemma(verb), &mut buffer);
    let gives = match reading.dep(noun) {
        Deprel::Obj => ISSUE_VERBS.has(lemma),
        Deprel::Obl => CUES.has(lemma) && reading.case_marker(noun).is_some_and(|m| reading.word(m) == "in"),
        _ => false,
    };
    let subject = |t: &u32| reading.head(*t) == Some(verb) && reading.dep(*t) == Deprel::Nsubj;
    let subject = (first..verb.min(end)).rev().find(subject).filter(|_| gives)?;
    acting(cast, subject).map(|m| m.entity)
}

/// Who spoke last in the sentences before: the subject of their last verb of speech.
fn last_speaker(cast: &Cast<'_>, sentence: u32) -> Option<EntityId> {
    let reading = cast.reading;
    (sentence.saturating_sub(NEAR)..sentence).rev().find_map(|s| {
        let (first, end) = reading.bounds(s);
        let mut speakers = (first..end.min(first + LONG)).rev().filter(|t| {
            let verb = reading.head(*t).filter(|_| reading.dep(*t) == Deprel::Nsubj);
            verb.is_some_and(|v| is_speech(reading, v))
        });
        speakers.find_map(|t| acting(cast, t)).map(|m| m.entity)
    })
}

/// The mention at a token, of somebody who can give out words.
fn acting<'c>(cast: &'c Cast<'_>, token: u32) -> Option<&'c Mention> {
    let mention = cast.governed_by(token).or_else(|| cast.mention_at(token))?;
    let kind = cast.kind(mention.entity);
    (!matches!(kind, Kind::Place | Kind::Other)).then_some(mention)
}
