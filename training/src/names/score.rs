//! Exact matches of person, organisation and place, counted as the project's scorer counts them.

use std::collections::BTreeSet;

use demarche::text::Span;

use super::corpus::{Kind, Text, trim};

/// Right, found and wanted names of each kind.
#[derive(Clone, Debug, Default)]
pub struct Score {
    right: [usize; 3],
    found: [usize; 3],
    wanted: [usize; 3],
}

/// A name: where, and of which kind.
type Found = (Span, Kind);

impl Score {
    /// Adds the names found in one text; returns the wrong and the missed.
    pub fn add(
        &mut self,
        text: &Text,
        found: impl Iterator<Item = (Span, Kind)>,
    ) -> (Vec<Found>, Vec<Found>) {
        let found: BTreeSet<(Span, Kind)> =
            found.map(|(s, k)| (trim(&text.text, s.start as usize, s.end as usize), k)).collect();
        let wanted: BTreeSet<(Span, Kind)> =
            text.names.iter().copied().filter(|(_, kind)| *kind < 3).collect();
        for (_, kind) in &found {
            self.found[*kind] += 1;
        }
        for (_, kind) in &wanted {
            self.wanted[*kind] += 1;
        }
        for (_, kind) in found.intersection(&wanted) {
            self.right[*kind] += 1;
        }
        (found.difference(&wanted).copied().collect(), wanted.difference(&found).copied().collect())
    }

    /// One line: F1 of all, then of each kind.
    pub fn line(&self) -> String {
        let [p, r, f] = prf(self.right.iter().sum(), self.found.iter().sum(), self.wanted.iter().sum());
        let [per, org, loc] = [0, 1, 2].map(|k| prf(self.right[k], self.found[k], self.wanted[k])[2]);
        format!(
            "P {p:5.1}  R {r:5.1}  F1 {f:5.1}   person {per:5.1}  organization {org:5.1}  place {loc:5.1}"
        )
    }
}

/// Precision, recall and F1 in percent.
fn prf(right: usize, found: usize, wanted: usize) -> [f64; 3] {
    let share = |n: usize, of: usize| if of == 0 { 0.0 } else { 100.0 * n as f64 / of as f64 };
    [share(right, found), share(right, wanted), share(2 * right, found + wanted)]
}
