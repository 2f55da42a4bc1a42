//! How often an edge like this was right when people read it.
//!
//! In: the relations and quotations of a document, graded by their rules. Out: the share that is right among their like, from 0
//! to 1: a logistic sum over what can be seen of each ([`feature`]). The weights were learnt from what readers judged
//! (docs/reading); `data/model/TRUST.md` tells how, and what a confidence is worth.
//!
//! Layout of `trust.bin`: the scale as a little-endian `f32`, then [`BUCKETS`] signed bytes. Read in place.

pub mod feature;
mod quoted;
mod side;

use self::feature::{BUCKETS, View};
use super::{Quotation, Relation};

static BUILTIN: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/model/trust.bin"));

/// The learnt weights, read in place.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a> {
    scale: f32,
    bytes: &'a [u8],
}

impl Weights<'static> {
    /// The weights inside the program.
    #[must_use]
    pub fn builtin() -> Self {
        Weights::read(BUILTIN).unwrap_or(Weights { scale: 0.0, bytes: &[] })
    }
}

impl<'a> Weights<'a> {
    /// Weights as they stand in `trust.bin`; `None` where their number is another one.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let (scale, bytes) = bytes.split_first_chunk::<4>()?;
        (bytes.len() == BUCKETS).then_some(Weights { scale: f32::from_le_bytes(*scale), bytes })
    }

    /// The share that is right among relations with these features.
    #[must_use]
    pub fn share(&self, features: &[u32]) -> f32 {
        let weight = |bucket: &u32| self.bytes.get(*bucket as usize).map_or(0, |byte| i32::from(*byte as i8));
        let sum: i32 = features.iter().map(weight).sum();
        let share = 1.0 / (1.0 + (-self.scale * sum as f32).exp());
        // Two digits: what a third would say is not known.
        (100.0 * share).round() / 100.0
    }
}

/// Gives each quotation the share that is right, words and speaker, among its like.
pub(super) fn weigh_quotations(quotations: &mut [Quotation], view: &View) {
    let weights = Weights::builtin();
    for quotation in quotations {
        quotation.confidence = weights.share(&view.features_of_quotation(quotation));
    }
}

/// Gives each relation the share that is right among its like; what its rule says stays in its evidence.
pub(super) fn weigh(relations: &mut [Relation], view: &View) {
    let weights = Weights::builtin();
    for relation in relations {
        relation.evidence.grade = relation.confidence;
        relation.confidence = weights.share(&view.features(relation));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_summed_and_read_only_whole() {
        let mut bytes = 0.1_f32.to_le_bytes().to_vec();
        bytes.resize(4 + BUCKETS, 0);
        bytes[4 + 7] = 20;
        bytes[4 + 9] = (-20_i8) as u8;
        let weights = Weights::read(&bytes).unwrap();
        assert_eq!((weights.share(&[]), weights.share(&[7]), weights.share(&[7, 9])), (0.5, 0.88, 0.5));
        assert!(Weights::read(&bytes[1..]).is_none() && Weights::read(&[]).is_none());
    }

    #[test]
    fn the_builtin_weights_are_whole() {
        assert_eq!(Weights::builtin().bytes.len(), BUCKETS);
        assert!(Weights::builtin().scale > 0.0);
    }
}
