//! Words that keep the same company: 280,000 English word forms in 64, 256 and 1,024 clusters.
//!
//! In: a word in any case. Out: its three cluster numbers, so that a tagger that never saw
//! "gasfield" still treats it as it treats "pipeline". The clusters were made from CC0 vectors;
//! `data/model/MODEL.md` tells how. The table is read in place: nothing is parsed at start.
//!
//! Layout of `clusters.bin`, little-endian: 65,537 `u32` bucket starts (in rows), then rows of
//! five bytes: the low half of the word's hash, and 6 + 8 + 10 bits of cluster numbers.
//! Left out: the words themselves. A word that is not in the table is mistaken for one that is
//! with a chance of 1 in 15,000.

static TABLE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/model/clusters.bin"));

const BUCKETS: usize = 1 << 16;
const ROW: usize = 5;

/// The clusters of one word, from coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clusters {
    /// One of 64.
    pub c64: u8,
    /// One of 256.
    pub c256: u8,
    /// One of 1,024.
    pub c1024: u16,
}

/// The clusters of a word, in any case; `None` for a word that is not in the table.
///
/// ```
/// use demarche::lexicon::clusters::clusters;
/// assert_eq!(clusters("Minister"), clusters("minister"));
/// assert_eq!(clusters("xqzzw"), None);
/// ```
#[must_use]
pub fn clusters(word: &str) -> Option<Clusters> {
    let hash = hash(word);
    let bucket = (hash >> 16) as usize;
    let start = u32_at(TABLE, bucket * 4)? as usize;
    let end = u32_at(TABLE, bucket * 4 + 4)? as usize;
    let rows = TABLE.get((BUCKETS + 1) * 4..)?.get(start * ROW..end * ROW)?;
    let key = (hash as u16).to_le_bytes();
    let row = rows.chunks_exact(ROW).find(|row| row[..2] == key)?;
    let bits = u32::from_le_bytes([row[2], row[3], row[4], 0]);
    Some(Clusters { c64: (bits & 63) as u8, c256: (bits >> 6 & 255) as u8, c1024: (bits >> 14) as u16 })
}

/// Makes the table of `clusters.bin`. Words are lower-cased; the first of two equal hashes stays.
///
/// Used by the training program only.
#[must_use]
pub fn compile<'a>(words: impl Iterator<Item = (&'a str, Clusters)>) -> Vec<u8> {
    let mut rows: Vec<(u32, Clusters)> = words.map(|(word, clusters)| (hash(word), clusters)).collect();
    rows.sort_by_key(|(hash, _)| *hash);
    rows.dedup_by_key(|(hash, _)| *hash);
    let mut table = Vec::with_capacity((BUCKETS + 1) * 4 + rows.len() * ROW);
    for bucket in 0..=BUCKETS {
        let start = rows.partition_point(|(hash, _)| ((hash >> 16) as usize) < bucket);
        table.extend_from_slice(&(start as u32).to_le_bytes());
    }
    for (hash, c) in rows {
        let bits = u32::from(c.c64 & 63) | u32::from(c.c256) << 6 | u32::from(c.c1024 & 1023) << 14;
        table.extend_from_slice(&(hash as u16).to_le_bytes());
        table.extend_from_slice(&bits.to_le_bytes()[..3]);
    }
    table
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// FNV-1a over the lower-cased word, its halves mixed.
fn hash(word: &str) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    if word.is_ascii() {
        word.bytes().for_each(|b| add(b.to_ascii_lowercase()));
    } else {
        for c in word.chars().flat_map(char::to_lowercase) {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(&mut add);
        }
    }
    ((hash ^ hash >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_kind_share_a_cluster() {
        let c64 = |w| clusters(w).map(|c| c.c64);
        assert!(c64("Tuesday").is_some());
        assert_eq!(c64("Tuesday"), c64("Thursday"));
        assert_eq!(c64("Kasparov").is_some(), c64("KASPAROV").is_some());
        assert_ne!(c64("Tuesday"), c64("bandit"));
    }

    #[test]
    fn a_made_table_would_answer_as_written() {
        let made = compile([("Uno", Clusters { c64: 63, c256: 255, c1024: 1023 })].into_iter());
        assert_eq!(made.len(), (BUCKETS + 1) * 4 + ROW);
        assert_eq!(&made[made.len() - 3..], &[0xff; 3]);
    }
}
