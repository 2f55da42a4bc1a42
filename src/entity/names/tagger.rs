//! The trained weights, and the search for the best labels of a sentence.
//!
//! In: the features of a sentence's tokens. Out: one [`Label`] a token, by Viterbi's algorithm,
//! so that "Foreign" in "Foreign Ministry" begins what "Ministry" continues.
//!
//! Layout of `names.bin` and `names_trees.bin`: 9 rows of 8 signed bytes (the steps from each label, and from the start
//! of a sentence), then [`BUCKETS`] rows of 8 signed bytes, one a label. Read in place.

use super::feature::{BUCKETS, Reading};

/// How many labels there are.
pub const LABELS: usize = 8;

/// The row of [`Steps`] that stands for the start of a sentence.
pub const START: usize = LABELS;

/// Outside every name, or the begin or inside of a person, an organisation or a place, or a word
/// in a name of another sort.
pub type Label = u8;

/// So many features a token has at most; 16 bits hold their sum.
const MOST_FEATURES: usize = 257;

/// Outside every name.
pub const OUTSIDE: Label = 0;

/// In a name of another sort: "Formula One". It keeps such words from being taken for the others.
pub const OTHER: Label = 7;

/// The begin labels of person, organisation and place; the inside label is the next number.
pub const BEGINS: [Label; 3] = [1, 3, 5];

/// The scores of a token's labels.
pub type Scores = [f32; LABELS];

/// The scores of going from one label to the next.
pub type Steps = [Scores; LABELS + 1];

static BUILTIN: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/model/names.bin"));
static WITH_TREES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/model/names_trees.bin"));

/// The trained weights, read in place.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a> {
    rows: &'a [[u8; LABELS]],
    steps: Steps,
}

impl Weights<'static> {
    /// The weights inside the program.
    #[must_use]
    pub fn builtin() -> Self {
        Weights::read(BUILTIN)
    }

    /// The weights inside the program that were trained with trees.
    #[must_use]
    pub fn with_trees() -> Self {
        Weights::read(WITH_TREES)
    }
}

impl<'a> Weights<'a> {
    /// Weights as they stand in `names.bin`; what is missing counts as zero.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Self {
        let (first, rows) = bytes.split_at_checked(STEP_BYTES).unwrap_or((&[], &[]));
        let mut steps = Steps::default();
        for (row, bytes) in steps.iter_mut().zip(first.chunks_exact(LABELS)) {
            for (step, byte) in row.iter_mut().zip(bytes) {
                *step = f32::from(*byte as i8);
            }
        }
        Weights { rows: rows.as_chunks().0, steps }
    }

    /// The sums of some rows, at most [`MOST_FEATURES`].
    ///
    /// Eight sums in two words: each weight counts 128 more than it is, so that no lane borrows from its
    /// neighbour. Apart from the making of the buckets, so that many rows are fetched at a time.
    fn sum(&self, buckets: &[u32]) -> Scores {
        const LANES: u64 = 0x00ff_00ff_00ff_00ff;
        let (mut even, mut odd) = (0_u64, 0_u64);
        let buckets = &buckets[..buckets.len().min(MOST_FEATURES)];
        for bucket in buckets {
            let row = self.rows.get(*bucket as usize).copied().unwrap_or_default();
            let raised = u64::from_le_bytes(row) ^ 0x8080_8080_8080_8080;
            even += raised & LANES;
            odd += (raised >> 8) & LANES;
        }
        let raise = buckets.len() as i32 * 128;
        std::array::from_fn(|label| {
            let lanes = if label % 2 == 0 { even } else { odd };
            ((lanes >> (label / 2 * 16) & 0xffff) as i32 - raise) as f32
        })
    }
}

/// Scores of a sentence's tokens, and the best labels.
#[derive(Debug, Default)]
pub struct Tagger {
    buckets: Vec<u32>,
    scores: Vec<Scores>,
    back: Vec<[u8; LABELS]>,
    labels: Vec<Label>,
}

impl Tagger {
    /// The labels of a sentence, and how clear each was: the distance to the token's next best label.
    pub fn tag(
        &mut self,
        reading: &Reading,
        sentence: usize,
        length: usize,
        weights: &Weights,
    ) -> (&[Label], &[Scores]) {
        self.scores.clear();
        for at in 0..length {
            self.buckets.clear();
            reading.features(sentence, at, |bucket| self.buckets.push(bucket as u32));
            let any = !self.buckets.is_empty();
            self.scores.push(if any { weights.sum(&self.buckets) } else { SURELY_OUTSIDE });
        }
        best_labels(&self.scores, &weights.steps, &mut self.back, &mut self.labels);
        (&self.labels, &self.scores)
    }
}

/// The scores of a token without features.
pub const SURELY_OUTSIDE: Scores = [1e6, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];

const STEP_BYTES: usize = (LABELS + 1) * LABELS;

/// How many bytes the weights take.
pub const WEIGHT_BYTES: usize = STEP_BYTES + BUCKETS * LABELS;

/// True if `label` may follow `before`: an inside label follows only its own kind.
#[must_use]
pub fn may_follow(before: usize, label: usize) -> bool {
    let inside = label != 0 && label.is_multiple_of(2);
    !inside || before == label || before + 1 == label
}

/// Viterbi's algorithm: the allowed labels with the greatest sum of scores and steps.
///
/// `back` is working space; `labels` takes the answer, one label a row of `scores`.
pub fn best_labels(scores: &[Scores], steps: &Steps, back: &mut Vec<[u8; LABELS]>, labels: &mut Vec<Label>) {
    back.clear();
    labels.clear();
    let mut best = [f32::NEG_INFINITY; LABELS];
    for (at, row) in scores.iter().enumerate() {
        let mut next = [f32::NEG_INFINITY; LABELS];
        let mut from = [0_u8; LABELS];
        for label in 0..LABELS {
            if at == 0 {
                if may_follow(START, label) {
                    next[label] = steps[START][label] + row[label];
                }
                continue;
            }
            for before in 0..LABELS {
                let sum = best[before] + steps[before][label];
                if may_follow(before, label) && sum > next[label] {
                    (next[label], from[label]) = (sum, before as u8);
                }
            }
            next[label] += row[label];
        }
        best = next;
        back.push(from);
    }
    let mut label = 0;
    for candidate in 1..LABELS {
        if best[candidate] > best[label] {
            label = candidate;
        }
    }
    for from in back.iter().rev() {
        labels.push(label as Label);
        label = from[label] as usize;
    }
    labels.reverse();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inside_label_needs_its_begin() {
        let inside_person = [0.0, 1.0, 5.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let mut labels = Vec::new();
        best_labels(&[inside_person; 2], &Steps::default(), &mut Vec::new(), &mut labels);
        assert_eq!(labels, [1, 2]);
        best_labels(&[], &Steps::default(), &mut Vec::new(), &mut labels);
        assert!(labels.is_empty());
    }

    #[test]
    fn steps_count() {
        let mut steps = Steps::default();
        steps[1][1] = -9.0;
        let begin = [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let mut labels = Vec::new();
        best_labels(&[begin; 2], &steps, &mut Vec::new(), &mut labels);
        assert_ne!(labels, [1, 1]);
    }

    #[test]
    fn lanes_do_not_touch() {
        let mut bytes = vec![0_u8; STEP_BYTES];
        bytes.extend([-128_i8, 127, 0, -1, 1, 127, -128, 5].map(|w| w as u8));
        bytes.extend([127_i8, -128, -1, 0, 1, 127, -128, -5].map(|w| w as u8));
        let weights = Weights::read(&bytes);
        assert_eq!(weights.sum(&[0, 1, 9]), [-1.0, -1.0, -1.0, -1.0, 2.0, 254.0, -256.0, 0.0]);
        let many = [0_u32; MOST_FEATURES];
        let all = MOST_FEATURES as f32;
        assert_eq!(weights.sum(&many), [-128.0, 127.0, 0.0, -1.0, 1.0, 127.0, -128.0, 5.0].map(|w| w * all));
    }

    #[test]
    fn the_weights_have_their_size() {
        assert_eq!(BUILTIN.len(), WEIGHT_BYTES);
    }
}
