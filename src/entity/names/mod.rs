//! Names in a text: which tokens name a person, an organisation or a place.
//!
//! In: a document and the lexicon. Out: [`Name`]s, sorted and without overlap:
//! "U.S. Secretary of State Antony Blinken" gives "U.S." (place) and "Antony Blinken" (person).
//!
//! Left out: who it is, and descriptions such as "the minister"; words for people by their
//! country ("Chinese") are no names, except inside one ("Chinese Academy of Sciences").

use crate::document::Document;
use crate::lexicon::{Kind, Lexicon, NameUse};
use crate::text::{Span, TokenId};

/// A name in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Name {
    /// Its first token.
    pub first: TokenId,
    /// One past its last token.
    pub end: TokenId,
    /// [`Kind::Person`], [`Kind::Organization`], [`Kind::Place`] (countries too) or [`Kind::Other`].
    pub kind: Kind,
    /// How sure we are: 0 to 1.
    pub score: f32,
}

/// Finds the names of a document, in the order of the text.
#[must_use]
pub fn recognise(document: &Document, lexicon: &Lexicon) -> Vec<Name> {
    let mut names = Vec::new();
    for sentence in &document.sentences {
        let tokens = document.tokens.get(sentence.first.at()..sentence.end.at()).unwrap_or(&[]);
        let mut at = 0;
        while at < tokens.len() {
            match listed(document, lexicon, &tokens[at..]) {
                Some((length, kind)) => {
                    let first = sentence.first.at() + at;
                    names.push(Name { first: first.into(), end: (first + length).into(), kind, score: 0.5 });
                    at += length;
                }
                None => at += 1,
            }
        }
    }
    names
}

/// The longest listed name at the first of `tokens`: its length in tokens and its kind.
fn listed(document: &Document, lexicon: &Lexicon, tokens: &[Span]) -> Option<(usize, Kind)> {
    let word = tokens.first()?.of(&document.text);
    if !word.starts_with(char::is_uppercase) {
        return None;
    }
    let best = *lexicon.gazetteer.names_at(&document.text, tokens).first()?;
    if matches!(best.name_use, NameUse::Adjective | NameUse::Demonym) {
        return None;
    }
    let kind = match lexicon.gazetteer.entry(best.entry).kind {
        Kind::Country | Kind::Place => Kind::Place,
        kind @ (Kind::Person | Kind::Organization) => kind,
        Kind::Group | Kind::Other => return None,
    };
    Some((usize::from(best.tokens).clamp(1, tokens.len()), kind))
}
