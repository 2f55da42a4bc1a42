//! The tables of features: what is known of a word before its neighbours are seen.
//!
//! In: a [`Word`]'s hashes. Out: the sum of its eight rows: the known word ("minister"), its cluster,
//! its first and last letters, its shape. A word that is not known still has the other seven.

use super::word::Word;

/// How many tables there are.
pub(super) const TABLES: usize = 8;

/// One row a feature, `i8` numbers to be multiplied by `scale`; read in place.
#[derive(Debug)]
pub(super) struct Table {
    pub rows: usize,
    pub scale: f32,
    pub bytes: &'static [u8],
}

impl Table {
    /// The number of rows is what the table's number asks for.
    pub fn fits(&self, number: usize, known: usize) -> bool {
        match number {
            0 => self.rows == known + 1,
            1 => self.rows == CLUSTERS,
            _ => self.rows.is_power_of_two() && self.rows <= 1 << 24,
        }
    }

    /// The row of a hash in a table whose size is a power of two.
    fn hashed(&self, hash: u32) -> usize {
        let bits = self.rows.trailing_zeros();
        (u64::from(hash.wrapping_mul(0x9e37_79b1)) << bits >> 32) as usize
    }

    /// Adds a row to `sum`.
    #[inline(always)]
    fn add(&self, row: usize, sum: &mut [f32]) {
        let width = sum.len();
        if let Some(bytes) = self.bytes.get(row * width..(row + 1) * width) {
            for (s, b) in sum.iter_mut().zip(bytes) {
                *s += f32::from(*b as i8) * self.scale;
            }
        }
    }
}

/// Clusters, and one row for words without.
const CLUSTERS: usize = 1025;

/// The hashes of the known words, sorted, with the first of each of 4,096 stretches.
#[derive(Debug)]
pub(super) struct Words {
    hashes: &'static [u8],
    starts: Vec<u32>,
}

const STRETCH_BITS: u32 = 12;

impl Words {
    pub fn new(hashes: &'static [u8]) -> Self {
        let mut starts = vec![0_u32; (1 << STRETCH_BITS) + 1];
        for n in 0..hashes.len() / 4 {
            starts[(at(hashes, n) >> (32 - STRETCH_BITS)) as usize + 1] = n as u32 + 1;
        }
        for n in 1..starts.len() {
            starts[n] = starts[n].max(starts[n - 1]);
        }
        Words { hashes, starts }
    }

    /// The number of a word; the number of words if it is not known.
    fn number(&self, hash: u32) -> usize {
        let stretch = (hash >> (32 - STRETCH_BITS)) as usize;
        let (first, end) = (self.starts[stretch] as usize, self.starts[stretch + 1] as usize);
        (first..end).find(|n| at(self.hashes, *n) == hash).unwrap_or(self.hashes.len() / 4)
    }
}

fn at(hashes: &[u8], n: usize) -> u32 {
    hashes.get(n * 4..n * 4 + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// Sums the eight rows of a word into `sum`, which must be zero.
#[inline(always)]
pub(super) fn add_rows(word: &Word, words: &Words, tables: &[Table], sum: &mut [f32]) {
    let [_, suffix2, suffix3, suffix4] = word.suffix;
    let hashes = [word.prefix[1], word.prefix[2], suffix2, suffix3, suffix4, word.shape];
    let [known, clusters, hashed @ ..] = tables else { return };
    known.add(words.number(word.lower), sum);
    clusters.add((word.c1024 as usize).min(CLUSTERS - 1), sum);
    for (table, hash) in hashed.iter().zip(hashes) {
        table.add(table.hashed(hash), sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_found_and_others_share_a_row() {
        let hashes = [3_u32, 70_000, 70_001, 0x8000_0000, u32::MAX];
        let bytes: Vec<u8> = hashes.iter().flat_map(|h| h.to_le_bytes()).collect();
        let words = Words::new(bytes.leak());
        for (n, hash) in hashes.iter().enumerate() {
            assert_eq!(words.number(*hash), n);
        }
        assert_eq!(words.number(4), 5);
        assert_eq!(Words::new(&[]).number(4), 0);
    }

    /// The trainer (`training/syntax/data.py`) computes the same rows.
    #[test]
    fn a_hash_has_a_fixed_row() {
        let table = Table { rows: 1 << 12, scale: 1.0, bytes: &[] };
        assert_eq!(table.hashed(12_345), 2578);
    }

    #[test]
    fn a_hash_falls_inside_its_table() {
        for bits in [0_u32, 1, 9, 13] {
            let table = Table { rows: 1 << bits, scale: 1.0, bytes: &[] };
            for hash in [0, 1, 77, u32::MAX] {
                assert!(table.hashed(hash) < table.rows);
            }
        }
    }
}
