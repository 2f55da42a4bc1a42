//! The words that give other people's words: "said", "vowed", "according to", "his claim that".
//!
//! In: a sentence of a [`Reading`]. Out: its [`Cue`]s, in order, each with the row of the graded
//! list `data/language/cues.txt` that says which complements count and how far. The list holds
//! dictionary forms, so "urging", "urged" and "had urged" are one row.
//! Left out: verbs inside a stretch of quotation marks, which are the speaker's own.

use super::reading::Reading;
use crate::lexicon::language::CUES;
use crate::syntax::{Deprel, Upos, Xpos};
use crate::text::{Span, TokenId};
use crate::word_list;

word_list!(
    /// Nouns that a clause of words or thoughts follows.
    NOUNS,
    "cue_nouns.txt"
);

/// What shape a cue has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// "said".
    Verb,
    /// "his claim".
    Noun,
    /// "according to".
    AccordingTo,
}

/// Words that introduce somebody's words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    pub shape: Shape,
    /// The verb or noun; "according".
    pub token: TokenId,
    /// The words: "said", "according to".
    pub span: Span,
    /// The patterns of the list.
    patterns: &'static str,
}

impl Cue {
    /// How far, from 0 to 9, a complement of this pattern counts: `c`, `t`, `n`, `q`, `s` or a
    /// preposition.
    pub fn grade(&self, pattern: &str) -> u8 {
        let item = |item: &str| {
            let (name, grade) = item.split_at_checked(item.len().checked_sub(1)?)?;
            if name == pattern { grade.parse().ok() } else { None }
        };
        self.patterns.split(' ').skip(1).find_map(item).unwrap_or(0)
    }

    /// True if the noun phrase after the verb is the addressee: "told reporters that".
    pub fn has_addressee(&self) -> bool {
        self.patterns.split(' ').any(|item| item == "@")
    }

    /// True for a verb of wanting and planning.
    pub fn is_plan(&self) -> bool {
        self.patterns.split(' ').next() == Some("plan")
    }

    /// True for a verb that can stand beside words in quotation marks.
    pub fn is_speech(&self) -> bool {
        self.grade("c") >= 5 || self.grade("q") > 0
    }
}

/// The cues of the tokens from `first` up to `end`.
pub(super) fn find(reading: &Reading, first: TokenId, end: TokenId) -> Vec<Cue> {
    (first.0..end.0).map(TokenId).filter_map(|token| at(reading, token)).collect()
}

/// The cue that stands at a token, outside quotation marks.
pub(super) fn at(reading: &Reading, token: TokenId) -> Option<Cue> {
    if reading.quoted(token).is_some() {
        return None;
    }
    let span = reading.span(token, token);
    match reading.upos(token) {
        Upos::Verb | Upos::Aux if reading.dep(token) != Deprel::Amod => {
            if let Some(cue) = according_to(reading, token) {
                return Some(cue);
            }
            let patterns = CUES.get(reading.lemma(token))?;
            let next = TokenId(token.0 + 1);
            let particle = reading.dep(next) == Deprel::CompoundPrt && reading.head(next) == Some(token);
            let span = if particle { reading.span(token, next) } else { span };
            Some(Cue { shape: Shape::Verb, token, span, patterns })
        }
        Upos::Noun => {
            let grade = NOUNS.get(reading.lemma(token))?;
            Some(Cue { shape: Shape::Noun, token, span, patterns: grade })
        }
        _ => according_to(reading, token),
    }
}

/// Any verb beside words in marks: “This is great,” beamed Ann Lee.
pub(super) fn beside_marks(reading: &Reading, token: TokenId) -> Option<Cue> {
    let finite = matches!(reading.xpos(token), Xpos::VBD | Xpos::VBZ | Xpos::VBP);
    (reading.upos(token) == Upos::Verb && finite && reading.quoted(token).is_none()).then(|| Cue {
        shape: Shape::Verb,
        token,
        span: reading.span(token, token),
        patterns: "speech q5",
    })
}

/// A verb as if it were a cue without patterns, to ask for its subject.
pub(super) fn any(reading: &Reading, token: TokenId) -> Cue {
    Cue { shape: Shape::Verb, token, span: reading.span(token, token), patterns: "" }
}

fn according_to(reading: &Reading, token: TokenId) -> Option<Cue> {
    let next = TokenId(token.0 + 1);
    (reading.word(token).eq_ignore_ascii_case("according") && reading.word(next).eq_ignore_ascii_case("to"))
        .then(|| Cue {
            shape: Shape::AccordingTo,
            token,
            span: reading.span(token, next),
            patterns: "source c9",
        })
}

impl Cue {
    /// How far a noun's clause counts.
    pub fn noun_grade(&self) -> u8 {
        self.patterns.parse().unwrap_or(0)
    }
}

/// True for a verb with a tense of its own: "said", "has said", "will say".
pub(super) fn is_finite(reading: &Reading, verb: TokenId) -> bool {
    let finite = |t| matches!(reading.xpos(t), Xpos::VBD | Xpos::VBZ | Xpos::VBP | Xpos::MD);
    finite(verb)
        || reading.tree(verb).is_some_and(|tree| {
            tree.children(verb)
                .iter()
                .any(|c| matches!(tree.dep(*c), Deprel::Aux | Deprel::AuxPass) && finite(*c))
        })
}
