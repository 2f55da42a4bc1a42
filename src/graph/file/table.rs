//! What the readings of a file share: predicates and rules, each once, sorted.
//!
//! In: readings, which name predicates and rules by their own short lists. Out: [`Tables`] and one [`Row`] a
//! document, whose lists are numbers in the tables; and back. Both forms of the file are made of these.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Serialize};

use super::super::reading::{DocumentHash, Excerpt, Participant, PredicateCodes, Reading, Saying, Statement};
use super::super::{Readings, Same, Source, Text};

/// Predicates, rules, and the user's pairs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub(super) struct Tables {
    pub predicates: Vec<PredicateCodes>,
    pub rules: Vec<Text>,
    #[serde(flatten)]
    pub same: Same,
}

/// A document in the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Row<'a> {
    pub source: Cow<'a, Source>,
    pub hash: DocumentHash,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub predicates: Vec<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<u32>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub participants: Cow<'a, [Participant]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub sentences: Cow<'a, [Excerpt]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub statements: Cow<'a, [Statement]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub quotations: Cow<'a, [Saying]>,
}

/// The numbers of predicates and rules in the tables.
pub(super) struct Numbers<'a> {
    // Many documents share one allocation: then its address is enough to know it.
    predicates: HashMap<*const PredicateCodes, u32>,
    rules: HashMap<&'a str, u32>,
}

impl Tables {
    /// The tables of some readings, and the numbers in them.
    pub(super) fn of(readings: &Readings) -> (Tables, Numbers<'_>) {
        let mut predicates: HashMap<*const PredicateCodes, &PredicateCodes> = HashMap::new();
        let mut rules: HashMap<&str, &Text> = HashMap::new();
        for reading in readings.iter() {
            predicates.extend(reading.predicates.iter().map(|codes| (Arc::as_ptr(codes), &**codes)));
            rules.extend(reading.rules.iter().map(|rule| (&**rule, rule)));
        }
        let mut tables = Tables {
            predicates: predicates.values().map(|codes| (*codes).clone()).collect(),
            rules: rules.values().map(|rule| (*rule).clone()).collect(),
            same: readings.same().clone(),
        };
        tables.rules.sort();
        tables.predicates.sort_by(|a, b| order(a).cmp(&order(b)));
        tables.predicates.dedup();
        let place = |codes: &PredicateCodes| {
            let found = tables.predicates.binary_search_by(|known| order(known).cmp(&order(codes)));
            u32::try_from(found.unwrap_or_default()).unwrap_or(u32::MAX)
        };
        let predicates = predicates.into_iter().map(|(address, codes)| (address, place(codes))).collect();
        let rules = rules
            .into_keys()
            .map(|rule| {
                let place =
                    tables.rules.binary_search_by(|known| known.as_str().cmp(rule)).unwrap_or_default();
                (rule, u32::try_from(place).unwrap_or(u32::MAX))
            })
            .collect();
        (tables, Numbers { predicates, rules })
    }

    /// The predicates, to be shared by the readings.
    pub(super) fn shared(&self) -> Vec<Arc<PredicateCodes>> {
        self.predicates.iter().cloned().map(Arc::new).collect()
    }
}

impl Numbers<'_> {
    /// A reading as a row.
    pub(super) fn row<'a>(&self, reading: &'a Reading) -> Row<'a> {
        let predicate = |codes: &Arc<PredicateCodes>| self.predicates.get(&Arc::as_ptr(codes)).copied();
        Row {
            source: Cow::Borrowed(&reading.source),
            hash: reading.hash,
            predicates: reading.predicates.iter().filter_map(predicate).collect(),
            rules: reading.rules.iter().filter_map(|rule| self.rules.get(&**rule).copied()).collect(),
            participants: Cow::Borrowed(&reading.participants),
            sentences: Cow::Borrowed(&reading.excerpts),
            statements: Cow::Borrowed(&reading.statements),
            quotations: Cow::Borrowed(&reading.sayings),
        }
    }
}

/// A document's row as a reading again, with the predicates and rules of the tables.
pub(super) fn reading(
    predicates: &[Arc<PredicateCodes>],
    rules: &[Text],
    row: Row<'_>,
) -> Result<Reading, String> {
    fn pick<T: Clone>(table: &[T], numbers: &[u32], what: &str) -> Result<Vec<T>, String> {
        let one = |n: &u32| table.get(*n as usize).cloned();
        numbers.iter().map(|n| one(n).ok_or_else(|| format!("there is no {what} {n}"))).collect()
    }
    let (predicates, rules) =
        (pick(predicates, &row.predicates, "predicate"), pick(rules, &row.rules, "rule"));
    let told = |why: String| format!("document `{}`: {why}", row.source.id);
    let (predicates, rules) = (predicates.map_err(told)?, rules.map_err(told)?);
    let reading = Reading {
        source: row.source.into_owned(),
        hash: row.hash,
        predicates,
        rules,
        participants: row.participants.into_owned(),
        excerpts: row.sentences.into_owned(),
        statements: row.statements.into_owned(),
        sayings: row.quotations.into_owned(),
    };
    let fault = reading.fault();
    fault.map_or(Ok(()), |fault| Err(format!("document `{}`: {fault}", reading.source.id)))?;
    Ok(reading)
}

/// By name; two lexicons may give one name different codes.
fn order(codes: &PredicateCodes) -> impl Ord + '_ {
    let PredicateCodes { predicate, family, cameo, plover, quad, goldstein, inverse, symmetric, standing } =
        codes;
    let score = goldstein.map(|score| (score * 1_000.0) as i64);
    (predicate, family, cameo, plover, *quad, score, inverse, *symmetric, *standing)
}
