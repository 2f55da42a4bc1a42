//! Features are 32-bit hashes: a template's number mixed with the parts that fill it.
//!
//! In: a template and its parts. Out: a key, gathered in [`Keys`] without allocation. Two features
//! that share a key share their weights; at a million features that befalls about one in 4,000.

/// More than any feature set of the engine holds.
const CAPACITY: usize = 128;

/// The keys of one decision.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    keys: [u32; CAPACITY],
    len: usize,
    template: u32,
}

impl Default for Keys {
    fn default() -> Self {
        Keys { keys: [0; CAPACITY], len: 0, template: 0 }
    }
}

impl Keys {
    /// Forgets all keys; templates count from `first`.
    #[inline]
    pub fn restart(&mut self, first: u32) {
        self.len = 0;
        self.template = first;
    }

    /// Adds the key of the next template, filled with `parts`.
    #[inline(always)]
    pub fn add<const N: usize>(&mut self, parts: [u32; N]) {
        let mut hash = (u64::from(self.template) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for part in parts {
            hash = (hash ^ u64::from(part)).wrapping_mul(0xff51_afd7_ed55_8ccd);
            hash ^= hash >> 32;
        }
        if let Some(slot) = self.keys.get_mut(self.len) {
            *slot = (hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53) >> 32) as u32;
            self.len += 1;
        }
        self.template += 1;
    }

    /// Leaves out the next template: its parts are missing.
    #[inline(always)]
    pub fn skip(&mut self) {
        self.template += 1;
    }

    /// The keys so far.
    #[inline]
    #[must_use]
    pub fn as_slice(&self) -> &[u32] {
        &self.keys[..self.len]
    }
}

/// A table of weights: what the decisions are made of.
pub trait Weights {
    /// Adds the weights of every key to `scores`, one score a class.
    fn add(&self, keys: &[u32], scores: &mut [i32]);
}

/// The class with the highest score; the first of equals.
#[must_use]
pub fn best(scores: &[i32]) -> usize {
    let mut best = 0;
    for (class, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = class;
        }
    }
    best
}
