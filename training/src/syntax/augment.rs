//! Makes treebank sentences look like news: typographic quotes, headlines, missing full stops.
//!
//! In: a sentence and a seed. Out: the same tree over changed words. Each epoch sees each sentence
//! in another dress; most stay as they are.

use std::borrow::Cow;

use demarche::syntax::label::Xpos;

use super::treebank::Sentence;

/// A small fixed generator (splitmix64): the same seed gives the same dress.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Chance(seed)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ z >> 31) % n
    }
}

/// The words of a sentence in one dress, and how many of them are left: a full stop may be dropped.
pub fn dress<'a>(sentence: &'a Sentence, chance: &mut Chance) -> Vec<Cow<'a, str>> {
    let mut words: Vec<Cow<'a, str>> = sentence.forms.iter().map(|f| Cow::Borrowed(f.as_str())).collect();
    let way = chance.below(100);
    if chance.below(2) == 0 {
        for (word, tag) in words.iter_mut().zip(&sentence.tags) {
            if let Some(curly) = curly(word, tag.map(|t| t.1)) {
                *word = Cow::Owned(curly);
            }
        }
    }
    let stop = words.last().is_some_and(|w| w == ".") && words.len() > 2;
    let last = words.len() as u32;
    if stop && !sentence.heads.contains(&last) && (way < 8 || chance.below(12) == 0) {
        words.pop();
    }
    match way {
        0..4 => words.iter_mut().for_each(|w| *w = Cow::Owned(w.to_uppercase())),
        4..8 => words.iter_mut().filter(|w| w.len() >= 4).for_each(|w| *w = Cow::Owned(titled(w))),
        8..10 => words.iter_mut().for_each(|w| *w = Cow::Owned(w.to_lowercase())),
        _ => {}
    }
    words
}

fn curly(word: &str, tag: Option<Xpos>) -> Option<String> {
    match (word, tag) {
        ("\"" | "``", Some(Xpos::Open)) => Some("“".to_owned()),
        ("\"" | "''", Some(Xpos::Close)) => Some("”".to_owned()),
        ("'", Some(Xpos::Open)) => Some("‘".to_owned()),
        ("--" | "-" | "---", Some(Xpos::Comma | Xpos::Colon)) => Some("—".to_owned()),
        _ if word.contains('\'') && word.len() > 1 || word == "'" => Some(word.replace('\'', "’")),
        _ => None,
    }
}

fn titled(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
