//! A table of the parser's weights, read in place: three weights a feature, one cache line a look-up.
//!
//! In: bytes of the model file. Out: [`Cells`], which sums weights. The parser asks for some 1,300
//! features a token, so each must cost one touch of memory and no search: the high 16 bits of a key
//! choose one of 65,536 lines of 64 bytes; a line holds the low halves of up to twelve keys, then
//! their weights as steps on the scale of [`super::rows`]. A line that overflows keeps its heaviest.
//!
//! Layout, little-endian: 128 `i32` steps, then the lines: 12 × `u16`, 12 × 3 × `u8`, 4 bytes
//! unused. A free place has three zero weights.

use super::features::Weights;
use super::rows::{Scale, steps_at};

const LINES: usize = 1 << 16;
const LINE: usize = 64;
const PLACES: usize = 12;
const CLASSES: usize = 3;

/// A table of weights of three classes in the model file.
#[derive(Clone, Debug)]
pub struct Cells<'a> {
    steps: [i32; 256],
    lines: &'a [u8],
}

impl<'a> Cells<'a> {
    /// Reads the table at the start of `bytes`; gives back what follows it.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (head, rest) = bytes.split_at_checked(128 * 4)?;
        let (lines, rest) = rest.split_at_checked(LINES * LINE)?;
        Some((Cells { steps: steps_at(head)?, lines }, rest))
    }
}

impl Weights for Cells<'_> {
    #[inline]
    fn add(&self, keys: &[u32], scores: &mut [i32]) {
        let mut sums = [0; CLASSES];
        for key in keys {
            let start = (key >> 16) as usize * LINE;
            let line: Option<&[u8; LINE]> =
                self.lines.get(start..start + LINE).and_then(|line| line.try_into().ok());
            let Some(line) = line else { continue };
            let low = *key as u16;
            // No early exit: twelve comparisons at once are cheaper than one wrong guess.
            let mut place = PLACES;
            for n in 0..PLACES {
                if u16::from_le_bytes([line[n * 2], line[n * 2 + 1]]) == low {
                    place = n;
                }
            }
            if place < PLACES {
                for (class, sum) in sums.iter_mut().enumerate() {
                    *sum += self.steps[usize::from(line[PLACES * 2 + place * CLASSES + class])];
                }
            }
        }
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score += sum;
        }
    }
}

/// Packs a table; `rows` are (key, weights of the three classes).
///
/// Used by the training program only.
#[must_use]
pub fn pack(rows: impl Iterator<Item = (u32, Vec<f64>)>) -> Vec<u8> {
    let mut rows: Vec<(u32, Vec<f64>)> = rows.collect();
    let scale = Scale::of(rows.iter().flat_map(|(_, weights)| weights));
    let weight = |row: &(u32, Vec<f64>)| row.1.iter().map(|w| w * w).sum::<f64>();
    rows.sort_by(|a, b| {
        (a.0 >> 16).cmp(&(b.0 >> 16)).then(weight(b).total_cmp(&weight(a))).then(a.0.cmp(&b.0))
    });
    let mut bytes = scale.steps();
    let mut lines = vec![0u8; LINES * LINE];
    for family in rows.chunk_by(|a, b| a.0 >> 16 == b.0 >> 16) {
        for (place, (key, weights)) in family.iter().take(PLACES).enumerate() {
            let line = &mut lines[(key >> 16) as usize * LINE..][..LINE];
            line[place * 2..place * 2 + 2].copy_from_slice(&(*key as u16).to_le_bytes());
            for (class, weight) in weights.iter().take(CLASSES).enumerate() {
                line[PLACES * 2 + place * CLASSES + class] = scale.step(*weight);
            }
        }
    }
    bytes.extend(lines);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_line_keeps_its_heaviest() {
        let rows = (0..20u32).map(|n| (0x0003_0000 | n, vec![f64::from(n), -1.0, 0.0]));
        let packed = pack(rows);
        let (table, rest) = Cells::read(&packed).expect("a table");
        assert!(rest.is_empty());
        let score = |key| {
            let mut scores = [0; 3];
            table.add(&[key], &mut scores);
            scores
        };
        assert_eq!(score(0x0003_0000), [0; 3]);
        assert!(score(0x0003_0013)[0] > score(0x0003_0012)[0]);
        assert!(score(0x0003_0012)[1] < 0 && score(0x0003_0012)[2] == 0);
        assert_eq!(score(0x0004_0013), [0; 3]);
    }
}
