//! One layer of the network: what a word takes from its neighbours.
//!
//! In: a row of numbers a word, and where each sentence begins and ends. Out: new rows. A convolution
//! sees one word to either side ("to *urge* China"); a recurrence carries what it has seen from the
//! first word to the last in half of its lanes and from the last to the first in the other half,
//! and forgets by gates (Bradbury et al. 2017, Lei et al. 2018), so that all products can be made at
//! once. Sums run in a fixed order: every machine gives the same numbers.

use std::ops::Range;

use super::kernel::Products;
use super::linear::{Linear, round, round_rows};

/// What a layer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Convolution,
    Recurrence,
}

/// A layer and its norm.
#[derive(Debug)]
pub(super) struct Layer {
    pub kind: Kind,
    pub linear: Linear,
    pub norm: Norm,
    /// Adds what came in.
    pub residual: bool,
}

/// Brings a row to mean 0 and variance 1, then stretches and moves it.
#[derive(Debug)]
pub(super) struct Norm {
    pub gamma: Vec<f32>,
    pub beta: Vec<f32>,
}

impl Norm {
    #[inline(always)]
    pub fn apply(&self, row: &mut [f32]) {
        let count = row.len() as f32;
        let mean = sum(row, |x| x) / count;
        let variance = sum(row, |x| (x - mean) * (x - mean)) / count;
        let scale = 1.0 / (variance + 1e-5).sqrt();
        for ((x, gamma), beta) in row.iter_mut().zip(&self.gamma).zip(&self.beta) {
            *x = (*x - mean) * scale * gamma + beta;
        }
    }
}

/// Sums in eight lanes: the same order whatever the processor adds at once.
#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let chunks = row.chunks_exact(8);
    for (lane, x) in lanes.iter_mut().zip(chunks.remainder()) {
        *lane += of(*x);
    }
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += of(*x);
        }
    }
    fold(lanes)
}

/// The product of two rows, in the same order everywhere.
#[inline(always)]
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    for ((lane, x), y) in lanes.iter_mut().zip(a.remainder()).zip(b.remainder()) {
        *lane += x * y;
    }
    for (a, b) in a.zip(b) {
        for ((lane, x), y) in lanes.iter_mut().zip(a).zip(b) {
            *lane += x * y;
        }
    }
    fold(lanes)
}

#[inline(always)]
fn fold(l: [f32; 8]) -> f32 {
    ((l[0] + l[4]) + (l[1] + l[5])) + ((l[2] + l[6]) + (l[3] + l[7]))
}

/// From 0 to 1; needs no exponential, so that it is the same everywhere.
#[inline(always)]
fn gate(x: f32) -> f32 {
    0.5 + 0.5 * x / (1.0 + x * x).sqrt()
}

/// The working memory of the layers.
#[derive(Debug, Default)]
pub(super) struct Bench {
    rounded: Vec<i16>,
    around: Vec<i16>,
    sums: Vec<f32>,
    carried: Vec<f32>,
    fresh: Vec<f32>,
}

impl Layer {
    /// Replaces the rows in `x`, `width` numbers a word, by this layer's rows; gives their width.
    #[inline(always)]
    pub fn apply<P: Products>(
        &self,
        x: &mut Vec<f32>,
        width: usize,
        sentences: &[Range<usize>],
        bench: &mut Bench,
    ) -> usize {
        let out = self.norm.gamma.len();
        let count = x.len() / width.max(1);
        bench.fresh.clear();
        bench.fresh.resize(count * out, 0.0);
        match self.kind {
            Kind::Convolution => self.convolve::<P>(x, width, sentences, bench),
            Kind::Recurrence => self.recur::<P>(x, width, sentences, bench),
        }
        if self.residual {
            for (fresh, x) in bench.fresh.iter_mut().zip(x.iter()) {
                *fresh += x;
            }
        }
        bench.fresh.chunks_exact_mut(out.max(1)).for_each(|row| self.norm.apply(row));
        std::mem::swap(x, &mut bench.fresh);
        out
    }

    /// The greater of two sums over a word and its neighbours.
    #[inline(always)]
    fn convolve<P: Products>(&self, x: &[f32], width: usize, sentences: &[Range<usize>], bench: &mut Bench) {
        let (out, row) = (self.norm.gamma.len(), self.linear.row());
        let count = x.len() / width.max(1);
        bench.around.clear();
        bench.around.resize(count * row, 0);
        for sentence in sentences {
            for at in sentence.clone() {
                let here = &mut bench.around[at * row..(at + 1) * row];
                let whole = &x[at * width..(at + 1) * width];
                round(whole, &mut here[width..2 * width]);
            }
            for at in sentence.clone() {
                let place = |n: usize| n * row + width..n * row + 2 * width;
                if at > sentence.start {
                    bench.around.copy_within(place(at - 1), at * row);
                }
                if at + 1 < sentence.end {
                    bench.around.copy_within(place(at + 1), at * row + 2 * width);
                }
            }
        }
        self.linear.apply::<P>(&bench.around, count, &mut bench.sums);
        let sums = bench.sums.chunks_exact(self.linear.stride().max(1));
        for (fresh, sums) in bench.fresh.chunks_exact_mut(out.max(1)).zip(sums) {
            let (a, b) = sums.split_at(out);
            for ((fresh, a), b) in fresh.iter_mut().zip(a).zip(b) {
                *fresh = if a > b { *a } else { *b };
            }
        }
    }

    /// What is carried along the sentence, as far as the gates let it through.
    #[inline(always)]
    fn recur<P: Products>(&self, x: &[f32], width: usize, sentences: &[Range<usize>], bench: &mut Bench) {
        let out = self.norm.gamma.len();
        let (count, stride, half) = (x.len() / width.max(1), self.linear.stride(), out / 2);
        round_rows(x, width, width, self.linear.row(), &mut bench.rounded);
        self.linear.apply::<P>(&bench.rounded, count, &mut bench.sums);
        for sentence in sentences {
            bench.carried.clear();
            bench.carried.resize(out, 0.0);
            let (forward, backward) = bench.carried.split_at_mut(half);
            for at in sentence.clone() {
                let sums = &bench.sums[at * stride..(at + 1) * stride];
                step(sums, out, 0, forward, &mut bench.fresh[at * out..at * out + half]);
            }
            for at in sentence.clone().rev() {
                let sums = &bench.sums[at * stride..(at + 1) * stride];
                step(sums, out, half, backward, &mut bench.fresh[at * out + half..(at + 1) * out]);
            }
        }
    }
}

/// One word's step of the lanes from `first` on.
#[inline(always)]
fn step(sums: &[f32], out: usize, first: usize, carried: &mut [f32], fresh: &mut [f32]) {
    let end = first + carried.len();
    let (new, forget, show) =
        (&sums[first..end], &sums[out + first..out + end], &sums[2 * out + first..2 * out + end]);
    let lanes = carried.iter_mut().zip(fresh).zip(new).zip(forget).zip(show);
    for ((((carried, fresh), new), forget), show) in lanes {
        let keep = gate(*forget);
        *carried = (1.0 - keep) * new + keep * *carried;
        *fresh = gate(*show) * *carried;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_norm_has_mean_0_and_variance_1() {
        let norm = Norm { gamma: vec![1.0; 11], beta: vec![0.0; 11] };
        let mut row: Vec<f32> = (0..11).map(|i| i as f32 * 3.0 + 5.0).collect();
        norm.apply(&mut row);
        assert!(row.iter().sum::<f32>().abs() < 1e-4);
        assert!((row.iter().map(|x| x * x).sum::<f32>() / 11.0 - 1.0).abs() < 1e-3);
    }

    #[test]
    fn a_gate_is_half_open_at_0() {
        assert_eq!(gate(0.0), 0.5);
        assert!(gate(50.0) > 0.999 && gate(-50.0) < 0.001);
    }

    #[test]
    fn a_product_sums_all() {
        let a: Vec<f32> = (0..21).map(|i| i as f32).collect();
        assert_eq!(dot(&a, &a), 2870.0);
    }
}
