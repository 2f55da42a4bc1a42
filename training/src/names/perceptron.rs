//! The averaged structured perceptron: labels a sentence, and where it errs, moves its weights.
//!
//! In: sentences as rows of bucket numbers with their labels. Out: [`Weights`], averaged over all
//! steps of the training, packed to one signed byte each.

use demarche::entity::names::feature::BUCKETS;
use demarche::entity::names::tagger::{LABELS, Label, START, SURELY_OUTSIDE, Scores, Steps, best_labels};

/// A sentence ready for training.
pub struct Sentence {
    /// The buckets of all tokens, one after another.
    pub buckets: Vec<u32>,
    /// Where each token's buckets end.
    pub ends: Vec<u32>,
    /// The labels that the annotation allows for each token, one bit a label.
    pub allowed: Vec<u8>,
}

impl Sentence {
    /// True if the annotation allows this label here.
    fn allows(&self, at: usize, label: usize) -> bool {
        self.allowed[at] >> label & 1 != 0
    }

    /// True if some token may bear more than one label.
    fn is_open(&self) -> bool {
        self.allowed.iter().any(|a| !a.is_power_of_two())
    }

    fn buckets(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.buckets[start..self.ends[at] as usize]
    }
}

/// One number for each bucket and label, and for each step from label to label.
pub struct Weights {
    rows: Vec<Scores>,
    steps: Steps,
}

impl Weights {
    /// The bytes of `names.bin`.
    pub fn pack(&self) -> Vec<u8> {
        let byte = |weight: &f32| weight.round().clamp(-127.0, 127.0) as i8 as u8;
        self.steps.iter().chain(&self.rows).flatten().map(byte).collect()
    }

    /// The same weights times a number that brings all but a few into a byte, and rounded.
    pub fn quantised(mut self) -> Weights {
        let mut sizes: Vec<f32> = self.rows.iter().flatten().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        let rank = (sizes.len() as f64 * 0.9995) as usize;
        let scale = 127.0 / sizes.get(rank).copied().unwrap_or(1.0);
        for weight in self.rows.iter_mut().chain(&mut self.steps).flatten() {
            *weight = (*weight * scale).round().clamp(-127.0, 127.0);
        }
        self
    }
}

fn scores(rows: &[Scores], sentence: &Sentence, kept: &Kept) -> Vec<Scores> {
    let each = (0..sentence.ends.len()).map(|at| {
        if sentence.buckets(at).is_empty() {
            return SURELY_OUTSIDE;
        }
        let mut sums = Scores::default();
        for bucket in sentence.buckets(at).iter().filter(|b| kept.has(**b)) {
            for (sum, weight) in sums.iter_mut().zip(&rows[*bucket as usize]) {
                *sum += weight;
            }
        }
        sums
    });
    each.collect()
}

/// The mean of several trainings: what only one of them believes counts less.
pub fn mean(mut all: Vec<Weights>) -> Option<Weights> {
    let mut sum = all.pop()?;
    let count = 1.0 + all.len() as f32;
    for weights in &all {
        let theirs = weights.rows.iter().chain(&weights.steps).flatten();
        sum.rows.iter_mut().chain(&mut sum.steps).flatten().zip(theirs).for_each(|(a, b)| *a += b);
    }
    sum.rows.iter_mut().chain(&mut sum.steps).flatten().for_each(|w| *w /= count);
    Some(sum)
}

/// Which features a sentence shows at one visit: some are hidden, so that none is relied on alone.
struct Kept {
    salt: u32,
    /// Of 256 features so many are hidden.
    hidden: u32,
}

impl Kept {
    fn has(&self, bucket: u32) -> bool {
        self.hidden == 0 || ((bucket ^ self.salt).wrapping_mul(0x9e37_79b1) >> 24) >= self.hidden
    }
}

/// How to train.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Effort {
    /// How often the training goes through all sentences.
    #[arg(long, default_value_t = 4)]
    pub epochs: usize,
    /// By how much the right label must beat the others.
    #[arg(long, default_value_t = 30.0)]
    pub loss: f32,
    /// How many of 256 features are hidden at each visit.
    #[arg(long, default_value_t = 0)]
    pub hidden: u32,
}

/// Trains for some epochs; the same seed gives the same weights.
pub fn train(sentences: &[Sentence], seed: u64, effort: Effort) -> Weights {
    let mut rows = vec![Scores::default(); BUCKETS];
    let mut sums = vec![[0.0_f64; LABELS]; BUCKETS];
    let (mut steps, mut step_sums) = (Steps::default(), [[0.0_f64; LABELS]; LABELS + 1]);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut random = Random(seed);
    let (mut back, mut guess, mut gold) = (Vec::new(), Vec::new(), Vec::new());
    let mut now = 1.0_f64;
    for epoch in 0..effort.epochs {
        random.shuffle(&mut order);
        let (mut wrong, mut tokens) = (0_usize, 0_usize);
        for which in &order {
            let sentence = &sentences[*which];
            let kept = Kept { salt: random.below(1 << 32) as u32, hidden: effort.hidden };
            let mut scores = scores(&rows, sentence, &kept);
            for (at, row) in scores.iter_mut().enumerate() {
                (0..LABELS).filter(|l| sentence.allows(at, *l)).for_each(|l| row[l] -= effort.loss);
            }
            best_labels(&scores, &steps, &mut back, &mut guess);
            now += 1.0;
            tokens += guess.len();
            if guess.iter().enumerate().all(|(at, label)| sentence.allows(at, *label as usize)) {
                continue;
            }
            if sentence.is_open() {
                for (at, row) in scores.iter_mut().enumerate() {
                    (0..LABELS).filter(|l| !sentence.allows(at, *l)).for_each(|l| row[l] = -1e9);
                }
                best_labels(&scores, &steps, &mut back, &mut gold);
            } else {
                gold.clear();
                gold.extend(sentence.allowed.iter().map(|a| a.trailing_zeros() as Label));
            }
            let (mut before_gold, mut before_guess) = (START, START);
            for (at, (gold, guess)) in gold.iter().zip(&guess).enumerate() {
                let (gold, guess) = (*gold as usize, *guess as usize);
                if gold != guess {
                    wrong += 1;
                    for bucket in sentence.buckets(at).iter().filter(|b| kept.has(**b)) {
                        let bucket = *bucket as usize;
                        rows[bucket][gold] += 1.0;
                        rows[bucket][guess] -= 1.0;
                        sums[bucket][gold] += now;
                        sums[bucket][guess] -= now;
                    }
                }
                if (before_gold, gold) != (before_guess, guess) {
                    steps[before_gold][gold] += 1.0;
                    steps[before_guess][guess] -= 1.0;
                    step_sums[before_gold][gold] += now;
                    step_sums[before_guess][guess] -= now;
                }
                (before_gold, before_guess) = (gold, guess);
            }
        }
        eprintln!(
            "epoch {}: {:.3}% of {tokens} tokens moved",
            epoch + 1,
            100.0 * wrong as f64 / tokens.max(1) as f64
        );
    }
    let average = |w: &mut f32, sum: &f64| *w -= (sum / now) as f32;
    rows.iter_mut().flatten().zip(sums.iter().flatten()).for_each(|(w, s)| average(w, s));
    steps.iter_mut().flatten().zip(step_sums.iter().flatten()).for_each(|(w, s)| average(w, s));
    Weights { rows, steps }
}

/// A small random number generator (splitmix64): the same seed, the same numbers, everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    pub fn word(&mut self, words: &[impl AsRef<str>]) -> String {
        words.get(self.below(words.len())).map_or_else(String::new, |w| w.as_ref().to_owned())
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}
