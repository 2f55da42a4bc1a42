//! Verbs of saying that say nothing here.
//!
//! In: a cue and the tree around it. Out: whether it gives nobody's words: "the quake claimed 30 lives", "say a
//! prayer", "Do you want to …?", ", you know,", "Reuters quotes Lee as saying" (where "saying" is the cue),
//! "according to resolution 2254". The nouns are in `data/language/cue_senses.txt`.

use super::cue::{Cue, Shape};
use super::reading::Reading;
use super::{beside, speaker};
use crate::lexicon::language::PERFORMATIVES;
use crate::syntax::{Deprel, Tree, Xpos};
use crate::text::TokenId;
use crate::word_list;

word_list!(
    /// Nouns that make a verb of saying another verb.
    SENSES,
    "cue_senses.txt"
);

/// True for a cue that introduces no words of anybody.
pub(super) fn is_another(reading: &Reading, tree: &Tree, cue: &Cue) -> bool {
    match cue.shape {
        Shape::Noun => false,
        Shape::AccordingTo => {
            beside::source(reading, tree, cue).is_some_and(|source| is_listed("according", tree, source))
        }
        Shape::Verb => {
            let lemma = reading.lemma(cue.token);
            let phrases = || tree.children_by(cue.token, Deprel::Obl);
            let objects = || tree.objects(cue.token).chain(phrases()).filter(|o| *o > cue.token);
            let clause = tree.child(cue.token, Deprel::Ccomp).is_some();
            let other = objects().any(|o| is_listed(lemma, tree, o)) && !clause;
            other
                || quotes_as_saying(reading, tree, cue.token)
                || is_filler(reading, cue.token)
                || asks_you(reading, tree, cue.token)
                || leads_on(reading, tree, cue.token)
                || is_purpose(reading, tree, cue.token)
                || (cue.is_plan() || is_wish(tree, cue.token)) && is_aside(reading, tree, cue.token)
        }
    }
}

fn is_listed(word: &str, tree: &Tree, noun: TokenId) -> bool {
    let lemma = tree.lemma(noun).to_lowercase();
    SENSES.get(word).is_some_and(|nouns| nouns.split(' ').any(|n| n == lemma))
}

/// "quotes Lee as saying": the words are those of "saying".
fn quotes_as_saying(reading: &Reading, tree: &Tree, verb: TokenId) -> bool {
    matches!(reading.lemma(verb), "quote" | "cite")
        && tree.children(verb).iter().any(|c| is_as_saying(reading, tree, *c))
}

/// "as saying", under "quote".
pub(super) fn is_as_saying(reading: &Reading, tree: &Tree, participle: TokenId) -> bool {
    let marked =
        |c: &TokenId| matches!(tree.dep(*c), Deprel::Mark | Deprel::Case) && reading.lower(*c) == "as";
    reading.xpos(participle) == Xpos::VBG && tree.children(participle).iter().any(marked)
}

/// ", you know," fills a pause.
fn is_filler(reading: &Reading, verb: TokenId) -> bool {
    let before = TokenId(verb.0.saturating_sub(1));
    let you_know = reading.lemma(verb) == "know" && reading.lower(before) == "you";
    you_know && reading.is_punct(TokenId(verb.0 + 1))
}

/// "I want to be clear", "I would like to thank you", "you might want to know": what follows says it.
fn leads_on(reading: &Reading, tree: &Tree, verb: TokenId) -> bool {
    let wish = matches!(reading.lemma(verb), "want" | "like" | "wish" | "let");
    let speaker = speaker::nearest_subject(tree, verb).map(|s| reading.lower(s));
    let ours = speaker.is_some_and(|s| matches!(s.as_str(), "i" | "we" | "you"));
    let empty = |v: TokenId| PERFORMATIVES.has(tree.lemma(v)) || matches!(tree.lemma(v), "clear" | "know");
    wish && ours && tree.child(verb, Deprel::Xcomp).is_some_and(empty)
}

/// "want to go", "hope to win".
fn is_wish(tree: &Tree, verb: TokenId) -> bool {
    matches!(tree.lemma(verb), "want" | "hope" | "wish" | "expect")
        && tree.child(verb, Deprel::Xcomp).is_some()
}

/// "will meet *to discuss* trade", "a system *to determine* who may stay": what something is for, unless words in
/// marks follow.
fn is_purpose(reading: &Reading, tree: &Tree, verb: TokenId) -> bool {
    let to = |c: &TokenId| tree.dep(*c) == Deprel::Mark && reading.lower(*c) == "to";
    let infinitive =
        matches!(tree.dep(verb), Deprel::Advcl | Deprel::Acl) && tree.children(verb).iter().any(to);
    let marked = || (verb.0..=tree.edges(verb).1.0).any(|t| reading.quoted(TokenId(t)).is_some());
    infinitive && !marked()
}

/// "a task that I want to do", "countries seeking to trade", "if we want to live": an aim that is spoken of by the way.
fn is_aside(reading: &Reading, tree: &Tree, verb: TokenId) -> bool {
    let iffy =
        |c: &TokenId| tree.dep(*c) == Deprel::Mark && matches!(reading.lower(*c).as_str(), "if" | "unless");
    match tree.dep(verb) {
        Deprel::AclRelcl | Deprel::Acl => true,
        Deprel::Advcl => tree.children(verb).iter().any(iffy),
        _ => false,
    }
}

/// "Do you want to say who …?" is a question to somebody, not what they want.
fn asks_you(reading: &Reading, tree: &Tree, verb: TokenId) -> bool {
    let Some((_, sentence)) = reading.sentence(verb) else { return false };
    // "do you want to say": one clause, as far as who asks is concerned.
    let upper = tree.head(verb).filter(|_| tree.dep(verb) == Deprel::Xcomp).unwrap_or(verb);
    let is_you = |v| speaker::nearest_subject(tree, v).is_some_and(|s| reading.lower(s) == "you");
    let you = is_you(verb) || is_you(upper);
    you && reading.word(TokenId(sentence.end.0.saturating_sub(1))) == "?"
}
