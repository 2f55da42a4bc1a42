//! Weights that learn: an averaged perceptron over hashed features.
//!
//! In: keys of the right and of the wrong decision. Out: summed scores while learning, packed rows
//! of the averaged weights in the end. A feature gets a row when it first takes part in a mistake,
//! or, where a vocabulary is given, only if it is in there.

use demarche::syntax::engine::features::Weights;
use demarche::syntax::engine::rows::pack;

const EMPTY: u32 = u32::MAX;

/// A table of weights that can be changed.
pub struct Learner {
    classes: usize,
    /// Open addressing: key and row.
    slots: Vec<(u32, u32)>,
    mask: usize,
    keys: Vec<u32>,
    changes: Vec<u32>,
    now: Vec<i32>,
    /// Every change times the step at which it was made; the average is `now - sums / steps`.
    sums: Vec<i64>,
    steps: i64,
    frozen: bool,
}

impl Learner {
    /// An empty table; with `vocabulary`, no other features ever get in.
    pub fn new(classes: usize, vocabulary: Option<&[u32]>) -> Self {
        let mut learner = Learner {
            classes,
            slots: vec![(0, EMPTY); 1 << 16],
            mask: (1 << 16) - 1,
            keys: Vec::new(),
            changes: Vec::new(),
            now: Vec::new(),
            sums: Vec::new(),
            steps: 1,
            frozen: false,
        };
        for key in vocabulary.unwrap_or(&[]) {
            learner.insert(*key);
        }
        learner.frozen = vocabulary.is_some();
        learner
    }

    /// Counts one more decision (or sentence) for the average.
    pub fn tick(&mut self) {
        self.steps += 1;
    }

    /// Moves the weights of `keys` for one class.
    pub fn change(&mut self, keys: &[u32], class: usize, by: i32) {
        for key in keys {
            let row = match self.find(*key) {
                Some(row) => row,
                None if self.frozen => continue,
                None => self.insert(*key),
            };
            let at = row * self.classes + class;
            self.now[at] += by;
            self.sums[at] += i64::from(by) * self.steps;
            self.changes[row] += 1;
        }
    }

    fn find(&self, key: u32) -> Option<usize> {
        let mut at = start(key) & self.mask;
        loop {
            let (found, row) = self.slots[at];
            if row == EMPTY {
                return None;
            }
            if found == key {
                return Some(row as usize);
            }
            at = (at + 1) & self.mask;
        }
    }

    fn insert(&mut self, key: u32) -> usize {
        if let Some(row) = self.find(key) {
            return row;
        }
        if (self.keys.len() + 1) * 2 > self.slots.len() {
            self.slots = vec![(0, EMPTY); self.slots.len() * 2];
            self.mask = self.slots.len() - 1;
            for (row, key) in self.keys.iter().enumerate() {
                place(&mut self.slots, self.mask, *key, row as u32);
            }
        }
        let row = self.keys.len();
        place(&mut self.slots, self.mask, key, row as u32);
        self.keys.push(key);
        self.changes.push(0);
        self.now.resize(self.now.len() + self.classes, 0);
        self.sums.resize(self.sums.len() + self.classes, 0);
        row
    }

    fn average(&self, row: usize) -> impl Iterator<Item = f64> + '_ {
        let range = row * self.classes..(row + 1) * self.classes;
        let steps = self.steps as f64;
        self.now[range.clone()]
            .iter()
            .zip(&self.sums[range])
            .map(move |(w, s)| f64::from(*w) - *s as f64 / steps)
    }

    /// The `keep` features whose averaged weights are largest, by key.
    fn heaviest(&self, keep: usize) -> Vec<u32> {
        let mut rows: Vec<(f64, u32)> = (0..self.keys.len())
            .map(|row| {
                let squares: f64 = self.average(row).map(|w| w * w).sum();
                (squares.sqrt() * f64::from(self.changes[row]).ln_1p(), self.keys[row])
            })
            .collect();
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        rows.truncate(keep);
        let mut keys: Vec<u32> = rows.into_iter().map(|(_, key)| key).collect();
        keys.sort_unstable();
        keys
    }

    /// Keeps the heaviest features, lets `again` train once more with only these, packs the result.
    pub fn pruned(self, keep: usize, again: impl FnOnce(&[u32]) -> Learner) -> Vec<u8> {
        println!("  {} features, {keep} kept", self.keys.len());
        if self.keys.len() <= keep {
            return self.packed();
        }
        let keys = self.heaviest(keep);
        drop(self);
        again(&keys).packed()
    }

    /// The same features with averaged weights (in 64ths), to be used rather than trained on.
    pub fn averaged(mut self) -> Self {
        for row in 0..self.keys.len() {
            let weights: Vec<i32> = self.average(row).map(|w| (w * 64.0).round() as i32).collect();
            self.now[row * self.classes..(row + 1) * self.classes].copy_from_slice(&weights);
        }
        self
    }

    fn packed(&self) -> Vec<u8> {
        // Weights of features that changed once or twice are noise and cost two bytes each.
        let least = 0.02;
        pack(
            (0..self.keys.len()).map(|row| {
                let weights: Vec<f64> = self.average(row).collect();
                let most = weights.iter().fold(0.0f64, |m, w| m.max(w.abs()));
                let floor = (most * least).max(0.05);
                (self.keys[row], weights.into_iter().map(|w| if w.abs() < floor { 0.0 } else { w }).collect())
            }),
            if self.keys.len() > 300_000 { 17 } else { 16 },
        )
    }
}

impl Weights for Learner {
    fn add(&self, keys: &[u32], scores: &mut [i32]) {
        for key in keys {
            if let Some(row) = self.find(*key) {
                let weights = &self.now[row * self.classes..(row + 1) * self.classes];
                for (score, weight) in scores.iter_mut().zip(weights) {
                    *score += weight;
                }
            }
        }
    }
}

fn start(key: u32) -> usize {
    (u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}

fn place(slots: &mut [(u32, u32)], mask: usize, key: u32, row: u32) {
    let mut at = start(key) & mask;
    while slots[at].1 != EMPTY {
        at = (at + 1) & mask;
    }
    slots[at] = (key, row);
}
