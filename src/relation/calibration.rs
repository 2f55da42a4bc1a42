//! Confidence that can be believed: what the rules are worth becomes how often they are right.
//!
//! In: relations and quotations with the confidence that their rules give. Out: the same, with the share that was right
//! at that confidence on marked texts, by the rising tables of `data/calibration.txt` (made from what
//! `training/reliability.py` prints). Between two points of a table the line between them holds.
//!
//! Events are weighed once more by what can be seen of them ([`super::trust`]).
//!
//! Left out: states such as `represents`, which no set marks.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Quotation, Relation, trust};
use crate::entity::Entities;
use crate::lexicon::Lexicon;

const TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/calibration.txt"));

/// The points of a table: confidence, and the share that is right.
type Table = Vec<(f32, f32)>;

static EVENTS: LazyLock<Table> = LazyLock::new(|| table("event"));
static WEIGHTS: LazyLock<HashMap<&'static str, f32>> = LazyLock::new(weights);
static QUOTATIONS: LazyLock<Table> = LazyLock::new(|| table("quotation"));

/// Gives events and quotations the confidence that they deserve.
pub(super) fn calibrate(
    relations: &mut [Relation],
    quotations: &mut [Quotation],
    entities: &Entities,
    lexicon: &Lexicon,
) {
    for relation in relations {
        let confidence = at(&EVENTS, relation.confidence);
        let says = lexicon.says() == Some(relation.predicate.at());
        relation.confidence =
            if says { confidence } else { trust::of(relation, confidence, &WEIGHTS, entities, lexicon) };
    }
    quotations.iter_mut().for_each(|q| q.confidence = at(&QUOTATIONS, q.confidence));
}

/// The rows `weight NAME NUMBER`.
fn weights() -> HashMap<&'static str, f32> {
    let rows = TEXT.lines().filter_map(|line| line.strip_prefix("weight "));
    rows.filter_map(|row| {
        row.split_once(' ').and_then(|(name, number)| Some((name, number.trim().parse().ok()?)))
    })
    .collect()
}

/// The rows of one table, in rising order.
fn table(sort: &str) -> Table {
    let rows = TEXT.lines().filter(|line| !line.starts_with('#'));
    let mut points: Table = rows
        .filter_map(|line| {
            let mut cells = line.split_whitespace();
            (cells.next() == Some(sort)).then_some(())?;
            Some((cells.next()?.parse().ok()?, cells.next()?.parse().ok()?))
        })
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    points
}

/// What a table says of a confidence; beyond its ends the end holds.
fn at(table: &[(f32, f32)], confidence: f32) -> f32 {
    let upto = table.partition_point(|point| point.0 < confidence);
    match (upto.checked_sub(1).and_then(|n| table.get(n)), table.get(upto)) {
        (Some(low), Some(high)) => {
            let share = (confidence - low.0) / (high.0 - low.0);
            low.1 + share * (high.1 - low.1)
        }
        (Some(end), None) | (None, Some(end)) => end.1,
        (None, None) => confidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_rise_and_stay_between_nought_and_one() {
        for table in [&*EVENTS, &*QUOTATIONS] {
            assert!(table.len() > 2, "{table:?}");
            assert!(table.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 <= w[1].1), "{table:?}");
            assert!(table.iter().all(|(a, b)| (0.0..=1.0).contains(a) && (0.0..=1.0).contains(b)));
        }
    }

    #[test]
    fn between_two_points_lies_the_line() {
        let table = [(0.4, 0.6), (0.8, 0.7)];
        for (confidence, expected) in [(0.1, 0.6), (0.4, 0.6), (0.6, 0.65), (0.8, 0.7), (0.95, 0.7)] {
            assert!((at(&table, confidence) - expected).abs() < 1e-6, "{confidence}");
        }
    }
}
