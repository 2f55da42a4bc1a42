//! A table of weights read in place: for every feature a row of (class, weight).
//!
//! In: bytes of the model file. Out: [`Rows`], which sums rows. Weights are stored in one byte each
//! on a logarithmic scale (127 steps a sign, listed in the file), which keeps both the many small
//! and the few very large weights of a perceptron within 4%.
//!
//! Layout, little-endian: `u32` bits, `u32` number of row bytes, 128 `i32` steps, `2^bits + 1` `u32`
//! bucket starts (bytes), then rows: `u16` low half of the key, `u8` count, count × (class, step).
//! The high `bits` of a key choose the bucket, so bits are 16 at least and no part of a key is lost.

use super::features::Weights;

/// A table of weights in the model file.
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    steps: [i32; 256],
    shift: u32,
    starts: &'a [u8],
    rows: &'a [u8],
}

impl<'a> Rows<'a> {
    /// Reads the table at the start of `bytes`; gives back what follows it.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (head, rest) = bytes.split_at_checked(8 + 128 * 4)?;
        let bits = u32_at(head, 0).filter(|bits| (16..=24).contains(bits))?;
        let size = u32_at(head, 4)? as usize;
        let steps = steps_at(&head[8..])?;
        let (starts, rest) = rest.split_at_checked(((1usize << bits) + 1) * 4)?;
        let (rows, rest) = rest.split_at_checked(size)?;
        Some((Rows { steps, shift: 32 - bits, starts, rows }, rest))
    }

    /// Where the rows are in which `key` may be.
    #[inline]
    fn bucket(&self, key: u32) -> &'a [u8] {
        let at = (key >> self.shift) as usize * 4;
        match (u32_at(self.starts, at), u32_at(self.starts, at + 4)) {
            (Some(start), Some(end)) => self.rows.get(start as usize..end as usize).unwrap_or(&[]),
            _ => &[],
        }
    }
}

impl Weights for Rows<'_> {
    #[inline]
    fn add(&self, keys: &[u32], scores: &mut [i32]) {
        for key in keys {
            let mut rows = self.bucket(*key);
            let mark = (*key as u16).to_le_bytes();
            while let [low, high, count, rest @ ..] = rows {
                let size = usize::from(*count) * 2;
                if [*low, *high] == mark {
                    for pair in rest.get(..size).unwrap_or(&[]).chunks_exact(2) {
                        if let Some(score) = scores.get_mut(usize::from(pair[0])) {
                            *score += self.steps[usize::from(pair[1])];
                        }
                    }
                    break;
                }
                rows = rest.get(size..).unwrap_or(&[]);
            }
        }
    }
}

#[inline]
fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The 128 positive steps at the start of `bytes`, and their negatives.
pub(super) fn steps_at(bytes: &[u8]) -> Option<[i32; 256]> {
    let mut steps = [0; 256];
    for n in 0..128 {
        let step = u32_at(bytes, n * 4)? as i32;
        steps[n] = step;
        steps[n + 128] = step.wrapping_neg();
    }
    Some(steps)
}

/// A logarithmic scale of 127 steps a sign: equal factors from 1/4000 of the largest weight up.
pub(super) struct Scale {
    most: f64,
    steps: Vec<f64>,
}

impl Scale {
    /// A scale that reaches the largest of the weights.
    pub(super) fn of<'a>(weights: impl Iterator<Item = &'a f64>) -> Self {
        let most = weights.fold(1.0f64, |most, w| most.max(w.abs()));
        let factor = 4000f64.powf(1.0 / 126.0);
        let steps = (0..128).map(|n| if n == 0 { 0.0 } else { most / 4000.0 * factor.powi(n - 1) }).collect();
        Scale { most, steps }
    }

    /// The nearest step to a weight, its sign in the high bit.
    pub(super) fn step(&self, weight: f64) -> u8 {
        let size = weight.abs();
        let n = self.steps.partition_point(|s| *s < size).min(127);
        let below = n > 0 && size - self.steps[n - 1] < self.steps[n] - size;
        let n = n - usize::from(below);
        n as u8 + if weight < 0.0 && n > 0 { 128 } else { 0 }
    }

    /// The steps as the file lists them, 2^20 for the largest.
    pub(super) fn steps(&self) -> Vec<u8> {
        let unit = f64::from(1 << 20) / self.most;
        self.steps.iter().flat_map(|step| ((step * unit).round() as i32).to_le_bytes()).collect()
    }
}

/// Packs a table; `rows` are (key, weights of every class). Zero weights and empty rows are left out.
///
/// Used by the training program only.
#[must_use]
pub fn pack(rows: impl Iterator<Item = (u32, Vec<f64>)>, bits: u32) -> Vec<u8> {
    let mut rows: Vec<(u32, Vec<f64>)> = rows.collect();
    rows.sort_by_key(|(key, _)| *key);
    let scale = Scale::of(rows.iter().flat_map(|(_, weights)| weights));
    let mut packed = Vec::new();
    let mut starts = vec![0u32; (1 << bits) + 1];
    for (key, weights) in rows {
        let pairs: Vec<[u8; 2]> = weights
            .iter()
            .enumerate()
            .map(|(class, weight)| [class as u8, scale.step(*weight)])
            .filter(|pair| pair[1] != 0)
            .collect();
        if !pairs.is_empty() {
            packed.extend_from_slice(&(key as u16).to_le_bytes());
            packed.push(pairs.len() as u8);
            packed.extend(pairs.iter().flatten());
            starts[(key >> (32 - bits)) as usize + 1] = packed.len() as u32;
        }
    }
    for n in 1..starts.len() {
        starts[n] = starts[n].max(starts[n - 1]);
    }
    let mut bytes = Vec::new();
    bytes.extend_from_slice(&bits.to_le_bytes());
    bytes.extend_from_slice(&(packed.len() as u32).to_le_bytes());
    bytes.extend(scale.steps());
    for start in starts {
        bytes.extend_from_slice(&start.to_le_bytes());
    }
    bytes.extend_from_slice(&packed);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_weights_come_back_within_four_percent() {
        let rows = vec![(7u32, vec![0.0, 1.0, -37.5]), (0x0001_0007, vec![400.0, 0.2, 0.0])];
        let packed = pack(rows.clone().into_iter(), 16);
        let (table, rest) = Rows::read(&packed).expect("a table");
        assert!(rest.is_empty());
        for (key, weights) in rows {
            let mut scores = [0; 3];
            table.add(&[key, 99], &mut scores);
            for (score, weight) in scores.iter().zip(weights) {
                let got = f64::from(*score) * 400.0 / f64::from(1 << 20);
                assert!((got - weight).abs() <= weight.abs() * 0.04, "{got} for {weight}");
            }
        }
    }

    #[test]
    fn a_cut_file_is_no_table() {
        let packed = pack([(7u32, vec![1.0])].into_iter(), 16);
        assert!(Rows::read(&packed[..packed.len() - 1]).is_none());
        assert!(Rows::read(&[]).is_none());
    }
}
