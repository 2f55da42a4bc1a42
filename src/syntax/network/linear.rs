//! A layer's weights and their product with many rows at once, in whole numbers.
//!
//! In: rows of [`i16`] (numbers times 1,024). Out: rows of `f32`. Products of `i16` summed in
//! `i32` are exact, so AVX2 and the portable code give the same numbers; the file holds `i8`
//! weights with a scale an output. Weights lie in blocks of 16 outputs, two inputs side by
//! side, as the instruction `pmaddwd` wants them.

use super::kernel::Products;

/// How many outputs a block has.
pub(super) const BLOCK: usize = 16;

/// Inputs are multiplied by this before they are rounded.
pub(super) const ONE: f32 = 1024.0;

/// Inputs are cut off here: sixteen, far beyond what a norm leaves.
const MOST: f32 = 16_384.0;

/// Rows that go through all blocks together, so that they stay in the nearest cache.
const TILE: usize = 32;

/// `outputs` sums over `inputs` numbers.
#[derive(Debug)]
pub(super) struct Linear {
    inputs: usize,
    outputs: usize,
    /// By output, padded to whole blocks; divided by [`ONE`].
    scale: Vec<f32>,
    bias: Vec<f32>,
    /// By block: pairs of inputs, outputs, two inputs.
    weights: Vec<i16>,
}

impl Linear {
    /// Lays out weights that are given output by output, one `i8` each.
    pub fn new(inputs: usize, scale: &[f32], bias: &[f32], bytes: &[u8]) -> Self {
        let outputs = scale.len();
        let padded = outputs.next_multiple_of(BLOCK);
        let pairs = inputs.div_ceil(2);
        let mut weights = vec![0_i16; padded * pairs * 2];
        for (output, row) in bytes.chunks_exact(inputs.max(1)).enumerate() {
            let start = output / BLOCK * BLOCK * pairs * 2 + output % BLOCK * 2;
            for (input, byte) in row.iter().enumerate() {
                weights[start + input / 2 * BLOCK * 2 + input % 2] = i16::from(*byte as i8);
            }
        }
        let filled = |list: &[f32], by: f32| {
            let mut list: Vec<f32> = list.iter().map(|x| x / by).collect();
            list.resize(padded, 0.0);
            list
        };
        Linear { inputs, outputs, scale: filled(scale, ONE), bias: filled(bias, 1.0), weights }
    }

    /// The distance between rows of outputs.
    pub fn stride(&self) -> usize {
        self.scale.len()
    }

    /// How many outputs are meant; the rest of a row is padding.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The distance between rows of inputs: a whole number of pairs.
    pub fn row(&self) -> usize {
        self.inputs.next_multiple_of(2)
    }

    /// Multiplies `count` rows of `inputs`; `out` grows to `count` rows of [`Self::stride`] numbers.
    #[inline(always)]
    pub fn apply<P: Products>(&self, inputs: &[i16], count: usize, out: &mut Vec<f32>) {
        let (row, stride) = (self.row(), self.stride());
        out.resize(count * stride, 0.0);
        let blocks = self.weights.chunks_exact((row * BLOCK).max(1));
        for (inputs, out) in inputs.chunks(TILE * row.max(1)).zip(out.chunks_mut(TILE * stride)) {
            for (n, block) in blocks.clone().enumerate() {
                let (first, end) = (n * BLOCK, (n + 1) * BLOCK);
                P::multiply(inputs, row, block, |at, sums| {
                    let out = &mut out[at * stride + first..at * stride + end];
                    let (scale, bias) = (&self.scale[first..end], &self.bias[first..end]);
                    for (((out, sum), scale), bias) in out.iter_mut().zip(sums).zip(scale).zip(bias) {
                        *out = *sum as f32 * scale + bias;
                    }
                });
            }
        }
    }
}

/// Rounds numbers to inputs. `max` before `min` makes something of what is no number; `clamp` would not.
#[allow(clippy::manual_clamp)]
#[inline(always)]
pub(super) fn round(from: &[f32], to: &mut [i16]) {
    // Adding this leaves the rounded number in the low bits: no call to a rounding function.
    const MAGIC: f32 = 12_582_912.0;
    for (to, from) in to.iter_mut().zip(from) {
        let bits = ((from * ONE).max(-MOST).min(MOST) + MAGIC).to_bits();
        *to = bits.wrapping_sub(MAGIC.to_bits()) as i16;
    }
}

/// Rounds `count` rows of `width` numbers, `stride` apart, into rows `row` apart.
#[inline(always)]
pub(super) fn round_rows(from: &[f32], stride: usize, width: usize, row: usize, to: &mut Vec<i16>) {
    to.clear();
    to.resize(from.len() / stride.max(1) * row, 0);
    for (from, to) in from.chunks_exact(stride.max(1)).zip(to.chunks_exact_mut(row.max(1))) {
        round(&from[..width], &mut to[..width]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::network::kernel::Portable;

    #[test]
    fn rounds_to_the_nearest_and_cuts_off() {
        let mut to = [0; 6];
        round(&[0.0, 1.0, -1.0, 0.0006, 99.0, f32::NAN], &mut to);
        assert_eq!(to, [0, 1024, -1024, 1, 16384, -16384]);
    }

    #[test]
    fn multiplies_as_defined() {
        let (inputs, outputs) = (5, 19);
        let bytes: Vec<u8> = (0..inputs * outputs).map(|i| (i * 11) as u8).collect();
        let linear = Linear::new(inputs, &vec![0.5; outputs], &vec![1.0; outputs], &bytes);
        let rows: Vec<i16> = (0..3 * 6).map(|i| if i % 6 == 5 { 0 } else { i * 100 - 800 }).collect();
        let mut out = Vec::new();
        linear.apply::<Portable>(&rows, 3, &mut out);
        for at in 0..3 {
            for o in 0..outputs {
                let sum: i32 = (0..inputs)
                    .map(|k| i32::from(rows[at * 6 + k]) * i32::from(bytes[o * inputs + k] as i8))
                    .sum();
                let want = sum as f32 * (0.5 / ONE) + 1.0;
                assert!((out[at * linear.stride() + o] - want).abs() < 1e-3);
            }
        }
    }
}
