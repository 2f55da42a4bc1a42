//! "I" and "we": whoever speaks.
//!
//! In: the cast with names, descriptions and pronouns. Out: mentions of form pronoun. Inside quotation marks the
//! speaker is the subject of a verb of speech outside the marks, in the same sentence, or the only such one of the
//! paragraph; "we" and "our" mean a body only where a spokesperson speaks for it. Outside, in a transcript's turn
//! or a signed statement, it is the text's own voice (see [`super::voice`]); "we" is the body or the country that
//! an official stands for.
//!
//! Left out: "we" of anybody else, who may mean a party, a family or mankind.

use std::collections::HashMap;

use super::cast::Cast;
use super::reading::{Reading, lower};
use super::title::{is_state_body, stands_for_others};
use super::together::Several;
use super::voice::{self, Voice};
use super::{Form, Mention};
use crate::lexicon::Kind;
use crate::lexicon::language::CUES;
use crate::syntax::{Deprel, Upos, Xpos};
use crate::text::EntityId;

/// Finds "I" and "we" and adds them to the cast.
pub(super) fn find(cast: &mut Cast<'_>) {
    let reading = cast.reading;
    let quotes = inside_quotes(cast);
    let quoted = |token: u32| quotes.get(token as usize).copied().unwrap_or(false);
    let paragraph = |sentence: u32| reading.sentence(sentence).map(|s| s.paragraph);
    let mut found: Vec<(u32, EntityId)> = Vec::new();
    let mut next = 0;
    let sentences: Vec<u32> = reading.sentences().collect();
    while let Some(first) = sentences.get(next) {
        let own: Vec<u32> =
            sentences[next..].iter().copied().take_while(|s| paragraph(*s) == paragraph(*first)).collect();
        next += own.len().max(1);
        let any = |s: &u32| {
            let (first, end) = reading.bounds(*s);
            (first..end).any(|t| quoted(t) && person_of(reading.word(t)).is_some())
        };
        if !own.iter().any(any) {
            continue;
        }
        let speakers: Vec<Vec<EntityId>> = own.iter().map(|s| speakers(cast, &quotes, *s)).collect();
        let mut all: Vec<EntityId> = speakers.iter().flatten().copied().collect();
        all.dedup();
        for (sentence, here) in own.iter().zip(&speakers) {
            let among = if here.is_empty() { &all } else { here };
            let [speaker] = among[..] else { continue };
            let (first, end) = reading.bounds(*sentence);
            for token in (first..end).filter(|t| quoted(*t) && !cast.is_covered(*t)) {
                let means = match person_of(reading.word(token)) {
                    Some(Person::One) => Some(speaker),
                    Some(Person::Many) => spoken_for(cast, speaker),
                    None => None,
                };
                found.extend(means.map(|entity| (token, entity)));
            }
        }
    }
    for (token, entity) in found {
        cast.mention(token, token + 1, (token, token + 1), Form::Pronoun, entity);
    }
    voiced(cast, &quotes);
}

/// "I" and "we" outside quotation marks, where the text has a voice.
fn voiced(cast: &mut Cast<'_>, quotes: &[bool]) {
    let reading = cast.reading;
    let (voices, names) = voice::of_sentences(cast);
    for (token, entity) in names.into_iter().filter(|(token, _)| reading.upos(*token) != Upos::Punct) {
        if !cast.is_covered(token) {
            cast.mention(token, token + 1, (token, token + 1), Form::Name, entity);
        }
    }
    let mut bodies: HashMap<EntityId, Option<EntityId>> = HashMap::new();
    for (sentence, voice) in reading.sentences().zip(voices) {
        if voice == Voice::default() {
            continue;
        }
        let (first, end) = reading.bounds(sentence);
        for token in first..end {
            let quoted = quotes.get(token as usize).copied().unwrap_or(false);
            if quoted || cast.is_covered(token) || reading.upos(token) != Upos::Pron {
                continue;
            }
            let means: Several = match person_of(reading.word(token)) {
                Some(Person::One) => voice.one.into_iter().collect(),
                Some(Person::Many) if !voice.many.is_empty() => voice.many.clone(),
                Some(Person::Many) => {
                    let body = voice.one.and_then(|speaker| {
                        *bodies.entry(speaker).or_insert_with(|| stands_for(cast, speaker))
                    });
                    body.into_iter().collect()
                }
                None => Several::new(),
            };
            for entity in means {
                cast.mention(token, token + 1, (token, token + 1), Form::Pronoun, entity);
            }
        }
    }
}

/// The one country or body that an official stands for: of a minister the country, of a union's head the union.
fn stands_for(cast: &mut Cast<'_>, speaker: EntityId) -> Option<EntityId> {
    let roles = cast.entity(speaker)?.roles.iter().filter(|r| !r.former && stands_for_others(&r.title));
    let mut bodies: Vec<String> = roles
        .filter_map(|r| {
            let body = cast.entity(r.of?)?;
            let of_state = body.entry.is_some_and(|e| is_state_body(cast.reading.lexicon, e));
            body.country.clone().filter(|_| of_state).or_else(|| Some(body.key.clone()))
        })
        .collect();
    bodies.sort_unstable();
    bodies.dedup();
    let [only] = &bodies[..] else { return None };
    cast.enter_key(only)
}

/// Which first person a word is.
enum Person {
    One,
    Many,
}

fn person_of(word: &str) -> Option<Person> {
    match word {
        "I" | "me" | "my" | "My" | "mine" | "myself" => Some(Person::One),
        "we" | "We" | "us" | "our" | "Our" | "ourselves" => Some(Person::Many),
        _ => None,
    }
}

/// The people who speak in a sentence: subjects of verbs of speech, all outside the marks.
fn speakers(cast: &Cast<'_>, quotes: &[bool], sentence: u32) -> Vec<EntityId> {
    let reading = cast.reading;
    let quoted = |token: u32| quotes.get(token as usize).copied().unwrap_or(false);
    let (first, end) = reading.bounds(sentence);
    let mut speakers = Vec::new();
    if !(first..end).any(quoted) {
        return speakers;
    }
    for token in (first..end).filter(|t| !quoted(*t) && reading.dep(*t) == Deprel::Nsubj) {
        let Some(verb) = reading.head(token).filter(|v| !quoted(*v)) else { continue };
        let finite = matches!(reading.xpos(verb), Xpos::VBD | Xpos::VBZ | Xpos::VBP);
        let speech = is_speech(reading, verb);
        let person = |m: &&Mention| cast.kind(m.entity) == Kind::Person;
        let mention = cast.governed_by(token).or_else(|| cast.mention_at(token)).filter(person);
        if let Some(mention) = mention.filter(|_| finite && speech)
            && !speakers.contains(&mention.entity)
        {
            speakers.push(mention.entity);
        }
    }
    speakers
}

/// True for a verb of speech, not of thought, planning or judgement.
pub(super) fn is_speech(reading: Reading<'_>, verb: u32) -> bool {
    let kind = CUES.get(lower(reading.lemma(verb), &mut String::new()));
    kind.is_some_and(|kind| kind.starts_with("speech"))
}

/// For whom a spokesperson speaks: the one body or country of the office.
fn spoken_for(cast: &Cast<'_>, speaker: EntityId) -> Option<EntityId> {
    let mut offices = cast.entity(speaker)?.roles.iter().filter(|r| r.spokesperson && !r.former);
    let of = offices.next()?.of?;
    offices.all(|r| r.of == Some(of)).then_some(of)
}

/// For every token, whether it stands inside quotation marks. A paragraph's end closes them.
pub(super) fn inside_quotes(cast: &Cast<'_>) -> Vec<bool> {
    let document = cast.reading.document;
    let mut quotes = vec![false; document.tokens.len()];
    let (mut open, mut paragraph) = (false, 0);
    for sentence in &document.sentences {
        open &= sentence.paragraph == paragraph;
        paragraph = sentence.paragraph;
        for token in sentence.tokens() {
            match document.word(token) {
                "“" | "``" => open = true,
                "”" | "''" => open = false,
                "\"" => open = !open,
                _ => {}
            }
            if let Some(slot) = quotes.get_mut(token.at()) {
                *slot = open;
            }
        }
    }
    quotes
}
