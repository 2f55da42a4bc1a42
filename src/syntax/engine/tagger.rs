//! Chooses a tag for every word, from left to right.
//!
//! In: the words of a sentence. Out: for each the number of its joint tag, a pair of universal and
//! Penn tag ("VERB VBD"); the model lists the pairs. The two tags before are features, so that
//! "to plan" and "the plan" part.

use super::features::{Keys, Weights, best};
use super::word::{MISSING, Word};

/// More than there are joint tags.
pub const MOST_TAGS: usize = 96;

/// Tags a sentence. `tags` is emptied first.
pub fn tag(words: &[Word], weights: &impl Weights, count: usize, tags: &mut Vec<u8>) {
    let count = count.min(MOST_TAGS);
    let mut keys = Keys::default();
    tags.clear();
    for at in 0..words.len() {
        keys_at(words, tags, at, &mut keys);
        let mut scores = [0; MOST_TAGS];
        weights.add(keys.as_slice(), &mut scores[..count]);
        tags.push(best(&scores[..count]) as u8);
    }
}

/// The features of the word `at`; `tags` holds the tags before it.
pub fn keys_at(words: &[Word], tags: &[u8], at: usize, keys: &mut Keys) {
    let word = |offset: isize| at.checked_add_signed(offset).and_then(|i| words.get(i)).unwrap_or(&MISSING);
    let tag = |back: usize| at.checked_sub(back).and_then(|i| tags.get(i)).map_or(200, |t| u32::from(*t));
    let (w, p, n, pp, nn) = (word(0), word(-1), word(1), word(-2), word(2));
    let (t1, t2) = (tag(1), tag(2));
    keys.restart(0);
    keys.add([]);
    keys.add([w.form]);
    keys.add([w.lower]);
    for affix in w.prefix.iter().chain(&w.suffix) {
        keys.add([*affix]);
    }
    keys.add([w.shape]);
    keys.add([w.shape, w.suffix[1]]);
    keys.add([w.c64]);
    keys.add([w.c256]);
    keys.add([w.c1024]);
    keys.add([w.c1024, w.suffix[1]]);
    keys.add([w.c256, w.shape]);
    keys.add([t1]);
    keys.add([t1, t2]);
    keys.add([t1, w.lower]);
    keys.add([t1, t2, w.lower]);
    keys.add([t1, w.suffix[2]]);
    keys.add([t1, w.shape]);
    keys.add([t1, w.c256]);
    keys.add([t1, n.lower]);
    keys.add([t1, w.c64, n.c64]);
    keys.add([t1, w.suffix[1], n.suffix[1]]);
    keys.add([p.lower]);
    keys.add([p.lower, w.lower]);
    keys.add([pp.lower]);
    keys.add([pp.lower, p.lower]);
    keys.add([n.lower]);
    keys.add([w.lower, n.lower]);
    keys.add([p.lower, n.lower]);
    keys.add([nn.lower]);
    keys.add([n.lower, nn.lower]);
    keys.add([n.suffix[2]]);
    keys.add([n.shape]);
    keys.add([p.shape, w.shape, n.shape]);
    keys.add([n.c256]);
    keys.add([n.c1024, w.lower]);
    keys.add([p.c256]);
    keys.add([p.c256, w.c256]);
    keys.add([w.c256, n.c256]);
    keys.add([nn.c64, n.c64, w.lower]);
    keys.add([w.lower, t1, n.c64]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::engine::{features::Keys, word};

    /// Gives class 1 to words that have one key, class 0 to others.
    struct Knows(u32);

    impl Weights for Knows {
        fn add(&self, keys: &[u32], scores: &mut [i32]) {
            scores[1] += i32::from(keys.contains(&self.0));
        }
    }

    #[test]
    fn the_same_word_has_the_same_key_anywhere() {
        let (mut words, mut keys, mut tags) = (Vec::new(), Keys::default(), Vec::new());
        word::read("talks collapsed".split(' '), &mut words);
        keys_at(&words, &[], 0, &mut keys);
        let form = keys.as_slice()[1];
        word::read("the talks and more talks".split(' '), &mut words);
        tag(&words, &Knows(form), 2, &mut tags);
        assert_eq!(tags, [0, 1, 0, 0, 1]);
    }
}
