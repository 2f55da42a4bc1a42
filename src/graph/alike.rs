//! Which edge a statement tells: the same ends, predicate, polarity and modality are one edge.
//!
//! In: the [`Identity`] of one statement after the other. Out: the number of its edge, and whether it is new.
//! A table of bare numbers beside the list of identities: for a million statements a third of what a
//! hash map takes, and memory that is touched for the first time is most of the time.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::relation::{Modality, Polarity};

/// What makes two statements the same edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    /// The numbers of its nodes; `u32::MAX` is nobody. Of a symmetric edge the lower stands first.
    pub ends: [u32; 2],
    /// A number for its predicate.
    pub predicate: u32,
    pub polarity: Polarity,
    pub modality: Modality,
}

/// The edges so far.
#[derive(Debug)]
pub(super) struct Alike {
    /// Numbers of edges, each under the upper half of its hash, so that few are looked at in vain; more than
    /// half of the places are `FREE`.
    table: Vec<u64>,
    known: Vec<Identity>,
}

const FREE: u64 = u64::MAX;

impl Alike {
    /// Room for so many.
    pub(super) fn new(most: usize) -> Alike {
        Alike { table: vec![FREE; (2 * most + 1).next_power_of_two()], known: Vec::with_capacity(most) }
    }

    /// The numbers of some edges; true where one is new, `None` beyond what there is room for.
    pub(super) fn numbers(&mut self, all: &[Option<Identity>]) -> impl Iterator<Item = Option<(u32, bool)>> {
        // The places are far apart in memory: to look at all of them first lets the waits overlap.
        let last = self.table.len() - 1;
        let look = |identity: &Identity| self.table.get(hash(identity) as usize & last).copied();
        let seen = all.iter().flatten().filter_map(look).fold(0, |seen: u64, slot| seen ^ slot);
        std::hint::black_box(seen);
        all.iter().map(|identity| self.number((*identity)?))
    }

    fn number(&mut self, identity: Identity) -> Option<(u32, bool)> {
        let last = self.table.len() - 1;
        let hash = hash(&identity);
        let mut at = hash as usize & last;
        let upper = hash & 0xffff_ffff_0000_0000;
        loop {
            let slot = self.table.get_mut(at)?;
            let number = *slot as u32;
            if *slot == FREE {
                if 2 * self.known.len() >= last {
                    return None;
                }
                let number = u32::try_from(self.known.len()).ok()?;
                *slot = upper | u64::from(number);
                self.known.push(identity);
                return Some((number, true));
            }
            if (*slot ^ hash) >> 32 == 0 && self.known.get(number as usize) == Some(&identity) {
                return Some((number, false));
            }
            at = (at + 1) & last;
        }
    }
}

fn hash(identity: &Identity) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(u64::from(identity.ends[0]) << 32 | u64::from(identity.ends[1]));
    let flags = u64::from(identity.polarity as u8) << 8 | u64::from(identity.modality as u8);
    hasher.write_u64(u64::from(identity.predicate) << 32 | flags);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn identity(ends: [u32; 2], predicate: u32, modality: Modality) -> Identity {
        Identity { ends, predicate, polarity: Polarity::Affirmed, modality }
    }

    #[test]
    fn every_identity_has_one_number() {
        let mut alike = Alike::new(700);
        let mut told: BTreeMap<(u32, u32, bool), u32> = BTreeMap::new();
        for n in 0..2_000_u32 {
            let (a, b, asked) = (n * n % 17, n % 13, n % 3 == 0);
            let next = told.len() as u32;
            let number = *told.entry((a, b, asked)).or_insert(next);
            let modality = if asked { Modality::Asked } else { Modality::Asserted };
            assert_eq!(alike.number(identity([a, b], 7, modality)), Some((number, number == next)));
        }
        assert!(told.len() < 700);
    }

    #[test]
    fn there_is_room_for_as_many_as_were_announced() {
        for most in [0, 1, 3, 4, 64] {
            let mut alike = Alike::new(most);
            let mut number = |n: usize| alike.number(identity([n as u32, u32::MAX], 0, Modality::Asserted));
            assert!((0..most).all(|n| number(n) == Some((n as u32, true))));
            assert!((most..10 * most + 10).any(|n| number(n).is_none()));
            assert!((0..most).all(|n| number(n) == Some((n as u32, false))));
        }
    }
}
