//! Names in a text: which tokens name a person, an organisation or a place.
//!
//! In: a document, its trees where there are any, and the lexicon. Out: [`Name`]s, sorted and without overlap:
//! "U.S. Secretary of State Antony Blinken" gives "U.S." (place) and "Antony Blinken" (person).
//!
//! Left out: who it is, and descriptions such as "the minister"; words for people by their
//! country ("Chinese") are no names, except inside one ("Chinese Academy of Sciences").

mod context;
pub mod feature;
mod membership;
mod sentence;
pub mod tagger;
mod tree;
mod word;

use crate::document::Document;
use crate::lexicon::{Kind, Lexicon, NameMatch, NameUse};
use crate::syntax::Syntax;
use crate::text::TokenId;

use tagger::{Label, OTHER, OUTSIDE, Scores, Tagger, Weights};

/// A name in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Name {
    /// Its first token.
    pub first: TokenId,
    /// One past its last token.
    pub end: TokenId,
    /// [`Kind::Person`], [`Kind::Organization`] or [`Kind::Place`] (countries too).
    pub kind: Kind,
    /// How sure we are: 0 to 1.
    pub score: f32,
}

/// Finds the names of a document by its words and trees, in the order of the text.
#[must_use]
pub fn recognise_parsed(document: &Document, syntax: &Syntax, lexicon: &Lexicon) -> Vec<Name> {
    recognise_with(&Weights::with_trees(), document, lexicon, Some(syntax))
}

/// Finds the names of a document that was not parsed, in the order of the text.
#[must_use]
pub fn recognise(document: &Document, lexicon: &Lexicon) -> Vec<Name> {
    recognise_with(&Weights::builtin(), document, lexicon, None)
}

/// Finds the names of a document by these weights; `syntax` only where they were trained with it.
#[must_use]
pub fn recognise_with(
    weights: &Weights,
    document: &Document,
    lexicon: &Lexicon,
    syntax: Option<&Syntax>,
) -> Vec<Name> {
    let reading = feature::read(document, lexicon, syntax);
    let mut tagger = Tagger::default();
    let mut names = Vec::new();
    for (sentence, (first, end)) in reading.sentences().enumerate() {
        let (labels, scores) = tagger.tag(&reading, sentence, end - first, weights);
        add_names(labels, scores, first, &mut names);
    }
    names.iter_mut().for_each(|name| trim(name, document));
    names.retain(|name| name.first < name.end && !is_description(name, document, lexicon));
    names
}

/// "Haare Williams –", "«We": a dash or a quotation mark at the end is no part of a name.
fn trim(name: &mut Name, document: &Document) {
    let word = |token: usize| document.tokens.get(token).map_or("", |t| document.str(*t));
    let mark = |token: usize| {
        word(token).chars().all(|c| {
            matches!(
                c,
                '-' | '–' | '—' | '"' | '“' | '”' | '«' | '»' | '\'' | '’' | '(' | ',' | ':' | ';' | '*'
            )
        })
    };
    // "met Saeed.", but "JOSEPH BIDEN JR."
    let stop = |token: usize| word(token) == "." && word(token.saturating_sub(1)).chars().count() > 3;
    while name.first < name.end && (mark(name.end.at() - 1) || stop(name.end.at() - 1)) {
        name.end.0 -= 1;
    }
    while name.first < name.end && mark(name.first.at()) {
        name.first.0 += 1;
    }
}

/// True for a report of games: there a country's name is often its team's.
#[must_use]
pub fn is_about_games(document: &Document) -> bool {
    let words = document.tokens.iter().map(|token| word::read(document.str(*token), false));
    feature::contest(words) > 1
}

/// "Chinese government", "South Korean military": a country's adjective before a plain noun is no name.
fn is_description(name: &Name, document: &Document, lexicon: &Lexicon) -> bool {
    let Some(tokens) = document.tokens.get(name.first.at()..name.end.at()) else { return false };
    let plain = tokens.last().is_some_and(|t| document.str(*t).chars().all(char::is_lowercase));
    let adjective = |m: &NameMatch| {
        usize::from(m.tokens) + 1 == tokens.len()
            && matches!(m.name_use, NameUse::Adjective | NameUse::Demonym)
    };
    plain && lexicon.gazetteer.names_at(&document.text, tokens).iter().any(adjective)
}

/// Turns the labels of a sentence that begins at token `first` into names.
fn add_names(labels: &[Label], scores: &[Scores], first: usize, names: &mut Vec<Name>) {
    let mut at = 0;
    while at < labels.len() {
        let begin = labels[at];
        if begin == OUTSIDE || begin == OTHER {
            at += 1;
            continue;
        }
        let inside = labels[at + 1..].iter().take_while(|label| **label == begin + 1).count();
        let end = at + 1 + inside;
        let clear = labels[at..end].iter().zip(&scores[at..end]).map(|(l, s)| margin(*l, s));
        names.push(Name {
            first: (first + at).into(),
            end: (first + end).into(),
            kind: match begin {
                1 | 2 => Kind::Person,
                3 | 4 => Kind::Organization,
                _ => Kind::Place,
            },
            score: confidence(clear.fold(f32::INFINITY, f32::min)),
        });
        at = end;
    }
}

/// How far a label's score lies above the best of the others.
fn margin(label: Label, scores: &Scores) -> f32 {
    let label = usize::from(label);
    let others = scores.iter().enumerate().filter(|(l, _)| *l != label).map(|(_, s)| *s);
    scores.get(label).copied().unwrap_or(0.0) - others.fold(f32::NEG_INFINITY, f32::max)
}

/// A margin as a number between 0 and 1.
fn confidence(margin: f32) -> f32 {
    1.0 / (1.0 + (-margin / MARGIN_SCALE).exp())
}

/// How fast confidence grows with the margin. Chosen by hand, not calibrated: it orders names, no more.
const MARGIN_SCALE: f32 = 60.0;

#[cfg(test)]
mod tests;
