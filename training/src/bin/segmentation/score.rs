//! Precision and recall of spans.

use std::collections::BTreeSet;

/// How many spans are right, were found, were wanted.
#[derive(Default)]
pub struct Score {
    right: usize,
    found: usize,
    gold: usize,
}

impl Score {
    pub fn add(&mut self, found: &BTreeSet<(usize, usize)>, gold: &BTreeSet<(usize, usize)>) {
        self.right += found.intersection(gold).count();
        self.found += found.len();
        self.gold += gold.len();
    }

    pub fn line(&self) -> String {
        let share = |of: usize| 100.0 * self.right as f64 / of.max(1) as f64;
        let (p, r) = (share(self.found), share(self.gold));
        format!("P {p:6.2}  R {r:6.2}  F1 {:6.2}  ({} gold)", 2.0 * p * r / (p + r).max(1e-9), self.gold)
    }
}
