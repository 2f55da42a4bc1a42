//! Weights that learn: an averaged perceptron over hashed features.
//!
//! In: keys of the right and of the wrong decision. Out: summed scores while learning, packed rows
//! of the averaged weights in the end. A feature gets a row when it first takes part in a mistake,
//! unless it is rare in the treebank: what was seen once or twice is learnt by heart, not learnt from.

use demarche::syntax::engine::features::Weights;
use demarche::syntax::engine::{cells, rows};

const EMPTY: u32 = u32::MAX;

/// A table of weights that can be changed.
pub struct Learner {
    classes: usize,
    /// Open addressing: key and row.
    slots: Vec<(u32, u32)>,
    mask: usize,
    keys: Vec<u32>,
    now: Vec<i32>,
    /// Every change times the step at which it was made; the average is `now - sums / steps`.
    sums: Vec<i64>,
    steps: i64,
    counts: Counts,
    least: u8,
}

impl Learner {
    /// An empty table; a feature gets in if `counts` saw it `least` times.
    pub fn new(classes: usize, counts: Counts, least: u8) -> Self {
        Learner {
            classes,
            slots: vec![(0, EMPTY); 1 << 16],
            mask: (1 << 16) - 1,
            keys: Vec::new(),
            now: Vec::new(),
            sums: Vec::new(),
            steps: 1,
            counts,
            least,
        }
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
                None if self.counts.0[(*key >> 5) as usize] < self.least => continue,
                None => self.insert(*key),
            };
            let at = row * self.classes + class;
            self.now[at] += by;
            self.sums[at] += i64::from(by) * self.steps;
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

    /// The same features with averaged weights (in 64ths), to be used rather than trained on.
    pub fn averaged(mut self) -> Self {
        for row in 0..self.keys.len() {
            let weights: Vec<i32> = self.average(row).map(|w| (w * 64.0).round() as i32).collect();
            self.now[row * self.classes..(row + 1) * self.classes].copy_from_slice(&weights);
        }
        self
    }

    /// Packs the averaged weights for the tagger or the labeller: the `keep` heaviest features.
    pub fn rows(self, keep: usize) -> Vec<u8> {
        let mut rows: Vec<(f64, usize)> = (0..self.keys.len())
            .map(|row| (self.average(row).map(|w| w * w).sum::<f64>().sqrt(), row))
            .collect();
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(self.keys[a.1].cmp(&self.keys[b.1])));
        println!("  {} features, {keep} kept", rows.len());
        rows::pack(
            rows.into_iter().take(keep).map(|(_, row)| {
                // Weights that are small beside the feature's largest cost two bytes and tell little.
                let mut weights: Vec<f64> = self.average(row).collect();
                let floor = 0.02 * weights.iter().fold(0.0f64, |m, w| m.max(w.abs()));
                weights.iter_mut().filter(|w| w.abs() < floor).for_each(|w| *w = 0.0);
                (self.keys[row], weights)
            }),
            16,
        )
    }

    /// Packs the averaged weights for the parser.
    pub fn cells(self) -> Vec<u8> {
        cells::pack((0..self.keys.len()).map(|row| (self.keys[row], self.average(row).collect())))
    }
}

/// How often features occur in right decisions, so that rare ones can be kept out.
///
/// Counts to 255, by the high 27 bits of a key: now and then two rare features look like a less
/// rare one.
pub struct Counts(Vec<u8>);

impl Default for Counts {
    fn default() -> Self {
        Counts(vec![0; 1 << 27])
    }
}

impl Counts {
    /// Counts the keys of one decision.
    pub fn add(&mut self, keys: &[u32]) {
        for key in keys {
            let count = &mut self.0[(*key >> 5) as usize];
            *count = count.saturating_add(1);
        }
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
