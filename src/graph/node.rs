//! A node: a participant of the world, merged from the entities of many documents.
//!
//! "Antony Blinken", "Blinken" and "BLINKEN" with the key `wd:Q7821917` are one node with three
//! aliases. What is not kept: pronouns and descriptions ("he", "the top diplomat").

use std::collections::BTreeSet;

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Text;
use super::file::code;
use super::reading::Participant;
use crate::lexicon::Kind;

/// A participant of the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// `wd:Q…`, `iso:CN`, or a slug: `person:jane-doe`. No two nodes share one.
    pub key: String,
    /// The name that we show.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The key of its country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The other names that the documents use, sorted.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub aliases: BTreeSet<String>,
    /// The offices that the documents, or the tables on their days, give it; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<NodeRole>,
    /// How often it is mentioned, pronouns and descriptions included.
    pub mentions: u32,
    /// The documents that mention it: places in the list of documents, rising.
    pub documents: Vec<u32>,
    /// The entities that were taken to be this one although their keys differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<Merge>,
}

/// An office that a node holds or held.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, BorshSerialize, BorshDeserialize,
)]
pub struct NodeRole {
    /// "Secretary of State".
    pub title: String,
    /// The key of the country or body in which it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// First day, where the table tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[borsh(serialize_with = "code::write_day", deserialize_with = "code::read_day")]
    pub from: Option<Date>,
    /// Last day, where the table tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[borsh(serialize_with = "code::write_day", deserialize_with = "code::read_day")]
    pub until: Option<Date>,
    /// True for a spokesperson.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub spokesperson: bool,
    /// True for "former", "ex-".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub former: bool,
}

/// Two keys that were taken to mean the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Merge {
    /// The key that is gone.
    pub key: String,
    /// The name that went with it.
    pub name: String,
    /// Why: the rule's name.
    pub rule: String,
}

impl Node {
    /// True if a name is the node's own or one of its aliases, whatever its case.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.name.to_lowercase() == name || self.aliases.iter().any(|alias| alias.to_lowercase() == name)
    }

    /// The node of which these documents tell; none if none does.
    pub(super) fn told<'a>(all: impl Iterator<Item = (u32, &'a Participant)>) -> Option<Node> {
        let mut all = all.peekable();
        let (_, first) = *all.peek()?;
        let mut node = Node {
            key: first.key.as_str().to_owned(),
            name: first.name.as_str().to_owned(),
            kind: Kind::Other,
            country: None,
            aliases: BTreeSet::new(),
            roles: Vec::new(),
            mentions: 0,
            documents: Vec::with_capacity(all.size_hint().1.unwrap_or_default()),
            merged: Vec::new(),
        };
        let mut last: Option<&Participant> = None;
        for (document, told) in all {
            node.mentions = node.mentions.saturating_add(told.mentions);
            if node.documents.last() != Some(&document) {
                node.documents.push(document);
            }
            // To hear the same again teaches nothing, and most documents tell the same.
            if !last.is_some_and(|last| tells_the_same(last, told)) {
                let aliases = told.aliases.iter().map(Text::as_str);
                node.learn(told.kind, told.country.as_deref(), &told.name, aliases, &told.roles);
            }
            last = Some(told);
        }
        Some(node)
    }

    /// Takes in what is known and what is new; copies only what is new.
    fn learn<'a>(
        &mut self,
        kind: Kind,
        country: Option<&str>,
        name: &str,
        aliases: impl Iterator<Item = &'a str>,
        roles: &[NodeRole],
    ) {
        if self.kind == Kind::Other {
            self.kind = kind;
        }
        if self.country.is_none() {
            self.country = country.map(str::to_owned);
        }
        if *name != self.name {
            // "JANE DOE" in a headline is a worse name than "Jane Doe".
            if is_shouted(&self.name) && !is_shouted(name) {
                let shouted = std::mem::replace(&mut self.name, name.to_owned());
                self.aliases.insert(shouted);
                self.aliases.remove(&self.name);
            } else if !self.aliases.contains(name) {
                self.aliases.insert(name.to_owned());
            }
        }
        for alias in aliases {
            if alias != self.name && !self.aliases.contains(alias) {
                self.aliases.insert(alias.to_owned());
            }
        }
        for role in roles {
            if let Err(place) = self.roles.binary_search(role) {
                self.roles.insert(place, role.clone());
            }
        }
    }

    /// Takes in a node that means the same.
    pub(super) fn absorb(&mut self, other: Node) {
        let aliases = other.aliases.iter().map(String::as_str);
        self.learn(other.kind, other.country.as_deref(), &other.name, aliases, &other.roles);
        self.mentions = self.mentions.saturating_add(other.mentions);
        for document in other.documents {
            if let Err(place) = self.documents.binary_search(&document) {
                self.documents.insert(place, document);
            }
        }
        self.merged.extend(other.merged);
    }
}

/// True if two documents share every text that they tell of a node; they may tell the same without.
fn tells_the_same(a: &Participant, b: &Participant) -> bool {
    let are_one = |a: &Text, b: &Text| a.address() == b.address();
    let countries = match (&a.country, &b.country) {
        (Some(a), Some(b)) => are_one(a, b),
        (None, None) => true,
        _ => false,
    };
    countries
        && a.kind == b.kind
        && are_one(&a.name, &b.name)
        && a.aliases.len() == b.aliases.len()
        && a.aliases.iter().zip(&b.aliases).all(|(a, b)| are_one(a, b))
        && a.roles == b.roles
}

/// True for a name of several words in capitals only.
fn is_shouted(name: &str) -> bool {
    name.contains(' ') && !name.chars().any(char::is_lowercase)
}
