//! Documents as the compact file holds them: names and keys are numbers in one table of words.
//!
//! In: readings; out: [`PackedRow`]s, and back. "United States" is written and allocated once, however
//! many documents name it; that is most of the difference between this form and JSON.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};

use super::super::reading::{DocumentHash, Excerpt, Participant, PredicateCodes, Reading, Saying, Statement};
use super::super::{NodeRole, Source, Text};
use super::code;
use super::table::{Row, Tables};
use crate::lexicon::Kind;

/// Words, each once, in the order in which the documents need them.
#[derive(Default)]
pub(super) struct Words<'a> {
    numbers: HashMap<&'a str, u32>,
    pub list: Vec<&'a str>,
}

impl<'a> Words<'a> {
    fn number(&mut self, word: &'a str) -> u32 {
        *self.numbers.entry(word).or_insert_with(|| {
            self.list.push(word);
            u32::try_from(self.list.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

/// A document.
#[derive(BorshSerialize, BorshDeserialize)]
pub(super) struct PackedRow {
    source: Source,
    hash: DocumentHash,
    predicates: Vec<u32>,
    rules: Vec<u32>,
    participants: Vec<PackedParticipant>,
    sentences: Vec<Excerpt>,
    statements: Vec<Statement>,
    quotations: Vec<Saying>,
}

#[derive(BorshSerialize, BorshDeserialize)]
struct PackedParticipant {
    key: u32,
    name: u32,
    #[borsh(serialize_with = "code::write", deserialize_with = "code::read")]
    kind: Kind,
    country: Option<u32>,
    aliases: Vec<u32>,
    roles: Vec<NodeRole>,
    mentions: u32,
    sentences: Vec<u32>,
}

impl PackedRow {
    pub(super) fn of<'a>(row: &Row<'a>, reading: &'a Reading, words: &mut Words<'a>) -> PackedRow {
        let mut participant = |one: &'a Participant| PackedParticipant {
            key: words.number(&one.key),
            name: words.number(&one.name),
            kind: one.kind,
            country: one.country.as_deref().map(|country| words.number(country)),
            aliases: one.aliases.iter().map(|alias| words.number(alias)).collect(),
            roles: one.roles.clone(),
            mentions: one.mentions,
            sentences: one.sentences.clone(),
        };
        PackedRow {
            source: reading.source.clone(),
            hash: reading.hash,
            predicates: row.predicates.clone(),
            rules: row.rules.clone(),
            participants: reading.participants.iter().map(&mut participant).collect(),
            sentences: reading.excerpts.clone(),
            statements: reading.statements.clone(),
            quotations: reading.sayings.clone(),
        }
    }

    /// The reading again.
    pub(super) fn reading(
        self,
        words: &[Text],
        tables: &Tables,
        shared: &[Arc<PredicateCodes>],
    ) -> Result<Reading, String> {
        let word = |n: u32| words.get(n as usize).cloned().ok_or_else(|| format!("there is no word {n}"));
        let participant = |one: PackedParticipant| -> Result<Participant, String> {
            Ok(Participant {
                key: word(one.key)?,
                name: word(one.name)?,
                kind: one.kind,
                country: one.country.map(word).transpose()?,
                aliases: one.aliases.into_iter().map(word).collect::<Result<_, _>>()?,
                roles: one.roles,
                mentions: one.mentions,
                sentences: one.sentences,
            })
        };
        let participants: Vec<Participant> =
            self.participants.into_iter().map(participant).collect::<Result<_, _>>()?;
        tables.reading(
            shared,
            Row {
                source: Cow::Owned(self.source),
                hash: self.hash,
                predicates: self.predicates,
                rules: self.rules,
                participants: participants.into(),
                sentences: self.sentences.into(),
                statements: self.statements.into(),
                quotations: self.quotations.into(),
            },
        )
    }
}
