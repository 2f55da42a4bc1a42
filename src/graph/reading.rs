//! A reading: what one document tells, detached from its text.
//!
//! A graph file is a set of readings ([`Readings`](super::Readings)), and the graph is a function of that
//! set. So a document can be added or taken away exactly, and graphs that were built apart merge into
//! the graph that would have been built at once. Within a reading, entities, sentences and statements are
//! told by their numbers; the statement's own name is a hash of its content ([`StatementId`]).

use std::fmt;
use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::file::code;
use super::{NodeRole, Place, Source, Text};
use crate::lexicon::{Kind, Predicate, Quad};
use crate::relation::{Modality, Period, Polarity, QuotationKind, Side};

/// A hash: a number that is shown as hexadecimal digits and read back from them.
macro_rules! hexadecimal {
    ($(#[$doc:meta])* $name:ident, $number:ty, $digits:literal) => {
        $(#[$doc])*
        #[derive(
            Clone,
            Copy,
            Default,
            PartialEq,
            Eq,
            PartialOrd,
            Ord,
            Hash,
            Serialize,
            Deserialize,
            BorshSerialize,
            BorshDeserialize,
        )]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(pub $number);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{:0", $digits, "x}"), self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
        impl From<$name> for String {
            fn from(hash: $name) -> String {
                hash.to_string()
            }
        }
        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                <$number>::from_str_radix(&text, 16).map($name).map_err(|_| {
                    format!(concat!("`{}` is no hash of ", $digits, " hexadecimal digits"), text)
                })
            }
        }
    };
}

hexadecimal!(
    /// The content hash of a document: its id, its text and all that is known of its publication.
    DocumentHash,
    u128,
    "32"
);
hexadecimal!(
    /// The content hash of a quotation: its document, its speaker, its words and their places.
    QuotationId,
    u64,
    "16"
);
hexadecimal!(
    /// The content hash of a statement: its document, its ends, its predicate, its flags and its words.
    StatementId,
    u64,
    "16"
);

/// The codes of a predicate, as the lexicon that was used declares them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub struct PredicateCodes {
    /// Its name: `urges`.
    pub predicate: Text,
    /// The family of the lexicon that declares it.
    pub family: Text,
    /// CAMEO code; empty for standing relations.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub cameo: Text,
    /// PLOVER class; empty if none.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub plover: Text,
    /// CAMEO's quad class; `None` for standing relations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[borsh(serialize_with = "code::write_option", deserialize_with = "code::read_option")]
    pub quad: Option<Quad>,
    /// Goldstein score, -10 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goldstein: Option<f32>,
    /// How it reads from its other end: "is urged by".
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub inverse: Text,
    /// True where both ends do the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub symmetric: bool,
    /// True for states rather than events.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub standing: bool,
}

impl From<&Predicate> for PredicateCodes {
    fn from(predicate: &Predicate) -> Self {
        PredicateCodes {
            predicate: predicate.name.as_str().into(),
            family: predicate.family.as_str().into(),
            cameo: predicate.cameo.as_str().into(),
            plover: predicate.plover.as_str().into(),
            quad: predicate.quad,
            goldstein: predicate.goldstein.filter(|score| score.is_finite()),
            inverse: predicate.inverse.as_str().into(),
            symmetric: predicate.symmetric,
            standing: predicate.standing,
        }
    }
}

/// What one document tells of one participant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub struct Participant {
    /// See [`Node::key`](super::Node::key). Each key comes once in a reading.
    pub key: Text,
    /// The name that we show.
    pub name: Text,
    /// What it is.
    #[borsh(serialize_with = "code::write", deserialize_with = "code::read")]
    pub kind: Kind,
    /// The key of its country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Text>,
    /// The other names that the document uses, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Text>,
    /// Its offices, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<NodeRole>,
    /// How often it is mentioned.
    pub mentions: u32,
    /// The sentences of the document that mention it, counted from 0, rising.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sentences: Vec<u32>,
}

/// A sentence that tells something, or of a very long one the part around the trigger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub struct Excerpt {
    /// Where it stands.
    pub place: Place,
    /// The words.
    pub text: Text,
}

/// One place in the document that tells a relation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub struct Statement {
    /// The hash of its content.
    pub id: StatementId,
    /// A number in [`Reading::predicates`].
    pub predicate: u32,
    /// Who: a number in [`Reading::participants`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<u32>,
    /// To whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<u32>,
    /// Affirmed or negated.
    #[borsh(serialize_with = "code::write", deserialize_with = "code::read")]
    pub polarity: Polarity,
    /// Asserted, planned, asked, …
    #[borsh(serialize_with = "code::write", deserialize_with = "code::read")]
    pub modality: Modality,
    /// A number in [`Reading::excerpts`].
    pub sentence: u32,
    /// The line of the document's text, counted from 1.
    pub line: u32,
    /// The words that made the rule fire.
    pub trigger: Place,
    /// The words that name the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_at: Option<Place>,
    /// The words that name the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object_at: Option<Place>,
    /// What is said or asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Place>,
    /// CAMEO code, where this wording has a finer one than the predicate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cameo: Option<Text>,
    /// When it happened, or is to happen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[borsh(serialize_with = "code::write_period", deserialize_with = "code::read_period")]
    pub time: Option<Period>,
    /// The key of the one who says so, if not the article itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Text>,
    /// The statement in whose content this one stands: a number in [`Reading::statements`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<u32>,
    /// A number in [`Reading::rules`].
    pub rule: u32,
    /// From 0 to 1: how far the rule can be trusted.
    pub confidence: f32,
}

/// Something that somebody says in the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub struct Saying {
    /// Who: a number in [`Reading::participants`], as all people here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<u32>,
    /// The words that name the speaker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_words: Option<String>,
    /// To whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<u32>,
    /// "said", "according to".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<String>,
    /// Direct, indirect or mixed.
    #[borsh(serialize_with = "code::write", deserialize_with = "code::read")]
    pub kind: QuotationKind,
    /// What was said.
    pub text: String,
    /// Where the pieces stand.
    pub segments: Vec<Place>,
    /// About whom, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<u32>,
    /// For or against whom, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[borsh(serialize_with = "code::write_sides", deserialize_with = "code::read_sides")]
    pub stances: Vec<(u32, Side)>,
    /// The line of the document's text, counted from 1.
    pub line: u32,
    /// When it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[borsh(serialize_with = "code::write_period", deserialize_with = "code::read_period")]
    pub time: Option<Period>,
    /// From 0 to 1.
    pub confidence: f32,
}

/// What one document tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The document.
    pub source: Source,
    /// The hash of its content.
    pub hash: DocumentHash,
    /// The predicates that its statements use.
    pub predicates: Vec<Arc<PredicateCodes>>,
    /// The rules that its statements name.
    pub rules: Vec<Text>,
    /// Who is named or takes part.
    pub participants: Vec<Participant>,
    /// The sentences that prove the statements.
    pub excerpts: Vec<Excerpt>,
    /// The statements, in the order of the text.
    pub statements: Vec<Statement>,
    /// The quotations, in the order of the text.
    pub sayings: Vec<Saying>,
}

impl Reading {
    /// The name of one of its quotations. The speaker goes in by the key that the document gives, so that
    /// merging, which may give the node another key, renames nothing.
    #[must_use]
    pub fn quotation_id(&self, saying: &Saying) -> QuotationId {
        let speaker = saying.speaker.and_then(|who| self.participants.get(who as usize));
        let mut hasher = Sha256::new();
        hasher.update(self.hash.0.to_be_bytes());
        for part in [speaker.map(|one| one.key.as_str()), Some(&saying.text)] {
            hasher.update(part.map_or(u64::MAX, |part| part.len() as u64).to_le_bytes());
            hasher.update(part.unwrap_or("").as_bytes());
        }
        hasher.update([saying.kind as u8]);
        for at in &saying.segments {
            hasher.update(at.start.to_le_bytes());
            hasher.update(at.end.to_le_bytes());
        }
        let digest = hasher.finalize();
        QuotationId(digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// The first number in it that points at nothing, told in words; none in a reading that we made.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        let people = self.participants.len();
        let is_nobody = |who: Option<u32>| who.is_some_and(|who| who as usize >= people);
        let mut keys: Vec<&str> = self.participants.iter().map(|one| one.key.as_str()).collect();
        keys.sort_unstable();
        if let Some(twice) = keys.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0]) {
            return Some(format!("two of its participants have the key `{twice}`"));
        }
        for (n, statement) in self.statements.iter().enumerate() {
            let fault = if statement.subject.is_none() && statement.object.is_none() {
                "has neither subject nor object"
            } else if [statement.subject, statement.object].into_iter().any(is_nobody) {
                "names a participant that is not there"
            } else if statement.predicate as usize >= self.predicates.len() {
                "names a predicate that is not there"
            } else if statement.rule as usize >= self.rules.len() {
                "names a rule that is not there"
            } else if statement.sentence as usize >= self.excerpts.len() {
                "names a sentence that is not there"
            } else if statement.within.is_some_and(|within| within as usize >= self.statements.len()) {
                "stands within a statement that is not there"
            } else {
                continue;
            };
            return Some(format!("statement {n} {fault}"));
        }
        self.sayings.iter().enumerate().find_map(|(n, saying)| {
            let people = saying.about.iter().copied().chain(saying.stances.iter().map(|(who, _)| *who));
            let lost = people.map(Some).chain([saying.speaker, saying.addressee]).any(is_nobody);
            lost.then(|| format!("quotation {n} names a participant that is not there"))
        })
    }
}
