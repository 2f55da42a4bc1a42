//! Documents as the compact file holds them: names and keys are numbers in one table of words.
//!
//! In: readings; out: [`PackedRow`]s, their sentences as one text, and back. "United States" is written and
//! allocated once, however many documents name it; that is most of the difference between this form and JSON.

use std::borrow::Cow;
use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use rustc_hash::FxHashMap;

use super::super::reading::{DocumentHash, Excerpt, Participant, PredicateCodes, Reading, Saying, Statement};
use super::super::{NodeRole, Place, Source, Text};
use super::code;
use super::table::{self, Row};
use crate::lexicon::Kind;

/// Words, each once, in the order in which the documents need them.
#[derive(Default)]
pub(super) struct Words<'a> {
    numbers: FxHashMap<&'a str, u32>,
    list: Vec<&'a str>,
}

impl<'a> Words<'a> {
    fn number(&mut self, word: &'a str) -> u32 {
        *self.numbers.entry(word).or_insert_with(|| {
            self.list.push(word);
            u32::try_from(self.list.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// How long each is, in bytes, and all of them one behind the other.
    pub(super) fn joined(&self) -> (Vec<u32>, String) {
        (self.list.iter().map(|word| length(word)).collect(), self.list.concat())
    }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

/// A document. Its sentences stand elsewhere, one behind the other.
#[derive(BorshSerialize, BorshDeserialize)]
pub(super) struct PackedRow<'a> {
    source: Cow<'a, Source>,
    hash: DocumentHash,
    predicates: Vec<u32>,
    rules: Vec<u32>,
    participants: Vec<PackedParticipant<'a>>,
    sentences: Vec<PackedExcerpt>,
    statements: Cow<'a, [Statement]>,
    quotations: Cow<'a, [Saying]>,
}

#[derive(BorshSerialize, BorshDeserialize)]
struct PackedParticipant<'a> {
    key: u32,
    name: u32,
    #[borsh(serialize_with = "code::write", deserialize_with = "code::read")]
    kind: Kind,
    country: Option<u32>,
    aliases: Vec<u32>,
    roles: Cow<'a, [NodeRole]>,
    mentions: u32,
    sentences: Cow<'a, [u32]>,
}

#[derive(BorshSerialize, BorshDeserialize)]
struct PackedExcerpt {
    place: Place,
    length: u32,
}

impl<'a> PackedRow<'a> {
    /// A document's row; its sentences go to the end of `sentences`.
    pub(super) fn of(
        row: Row<'a>,
        reading: &'a Reading,
        words: &mut Words<'a>,
        sentences: &mut String,
    ) -> PackedRow<'a> {
        let participant = |one: &'a Participant| PackedParticipant {
            key: words.number(&one.key),
            name: words.number(&one.name),
            kind: one.kind,
            country: one.country.as_deref().map(|country| words.number(country)),
            aliases: one.aliases.iter().map(|alias| words.number(alias)).collect(),
            roles: Cow::Borrowed(&one.roles),
            mentions: one.mentions,
            sentences: Cow::Borrowed(&one.sentences),
        };
        let excerpt = |excerpt: &Excerpt| {
            sentences.push_str(&excerpt.text);
            PackedExcerpt { place: excerpt.place, length: length(&excerpt.text) }
        };
        PackedRow {
            source: row.source,
            hash: row.hash,
            predicates: row.predicates,
            rules: row.rules,
            participants: reading.participants.iter().map(participant).collect(),
            sentences: reading.excerpts.iter().map(excerpt).collect(),
            statements: row.statements,
            quotations: row.quotations,
        }
    }

    /// How long its sentences are, in bytes.
    pub(super) fn lengths(&self) -> impl Iterator<Item = u32> {
        self.sentences.iter().map(|sentence| sentence.length)
    }

    /// The reading again; `sentences` gives the words of one after the other.
    pub(super) fn reading(
        self,
        words: &[Text],
        sentences: &mut impl Iterator<Item = Text>,
        predicates: &[Arc<PredicateCodes>],
        rules: &[Text],
    ) -> Result<Reading, String> {
        let word = |n: u32| words.get(n as usize).cloned().ok_or_else(|| format!("there is no word {n}"));
        let mut participants = Vec::with_capacity(self.participants.len());
        for one in self.participants {
            let mut aliases = Vec::with_capacity(one.aliases.len());
            for alias in one.aliases {
                aliases.push(word(alias)?);
            }
            participants.push(Participant {
                key: word(one.key)?,
                name: word(one.name)?,
                kind: one.kind,
                country: one.country.map(word).transpose()?,
                aliases,
                roles: one.roles.into_owned(),
                mentions: one.mentions,
                sentences: one.sentences.into_owned(),
            });
        }
        let excerpts: Vec<Excerpt> = self
            .sentences
            .iter()
            .zip(sentences)
            .map(|(sentence, text)| Excerpt { place: sentence.place, text })
            .collect();
        table::reading(
            predicates,
            rules,
            Row {
                source: self.source,
                hash: self.hash,
                predicates: self.predicates,
                rules: self.rules,
                participants: participants.into(),
                sentences: excerpts.into(),
                statements: self.statements,
                quotations: self.quotations,
            },
        )
    }
}
