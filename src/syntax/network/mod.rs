//! The engine behind [`super::parse`]: a small neural network in whole numbers.
//!
//! In: the words of some sentences. Out: tags, heads and relations, numbered as in CoNLL-U: tokens
//! from 1, head 0 for the root. Each word is a sum of table rows (the word, its cluster, its letters, its
//! shape); layers of convolution and recurrence let it see its sentence; the last rows score tags, arcs
//! (Dozat and Manning 2017) and, for chosen arcs only, relations. `training/syntax` has the same network
//! in PyTorch and trains it. [`word`] is public because training reads words with it.

mod arc;
mod file;
mod kernel;
mod layer;
mod linear;
mod table;
mod tree;
pub mod word;

pub use file::Network;

use std::ops::Range;

use super::label::Deprel;
use arc::Arcs;
use kernel::{Products, Work, on_this_machine};
use layer::Bench;
use linear::round_rows;
use word::Word;

/// What is read of a batch of sentences, one element a word; and the working memory for it.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Joint tags, as numbers.
    pub tags: Vec<u8>,
    /// Heads, counted from 1 within the sentence; 0 is the root.
    pub heads: Vec<u32>,
    /// Relations, as numbers.
    pub labels: Vec<u8>,
    rows: Vec<f32>,
    rounded: Vec<i16>,
    sums: Vec<f32>,
    bench: Bench,
    arcs: Arcs,
}

impl Reading {
    /// Reads the sentences that lie at `sentences` in `words`, one after another without gaps.
    pub fn read(&mut self, words: &[Word], sentences: &[Range<usize>], network: &Network) {
        on_this_machine(Batch { words, sentences, network, reading: self });
    }
}

/// The work of one batch, to be compiled for several processors.
struct Batch<'a> {
    words: &'a [Word],
    sentences: &'a [Range<usize>],
    network: &'a Network,
    reading: &'a mut Reading,
}

impl Work for Batch<'_> {
    #[inline(always)]
    fn run<P: Products>(self) {
        let Batch { words, sentences, network, reading } = self;
        let Reading { tags, heads, labels, rows, rounded, sums, bench, arcs } = reading;
        let mut width = network.width.table;
        rows.clear();
        rows.resize(words.len() * width, 0.0);
        for (word, row) in words.iter().zip(rows.chunks_exact_mut(width)) {
            table::add_rows(word, &network.words, &network.tables, row);
            network.norm.apply(row);
        }
        for layer in &network.layers {
            width = layer.apply::<P>(rows, width, sentences, bench);
        }
        round_rows(rows, width, width, network.tag.row(), rounded);
        network.tag.apply::<P>(rounded, words.len(), sums);
        tags.clear();
        let best = |row: &[f32]| greatest(&row[..network.tag.outputs()], None) as u8;
        tags.extend(sums.chunks_exact(network.tag.stride()).map(best));
        arcs.read::<P>(network, rounded, words.len(), sentences, heads);
        let root = network.labels.iter().position(|label| *label == Deprel::Root);
        let choose = |scores: &[f32], is_root: bool| match root {
            Some(root) if is_root => root as u8,
            _ => greatest(scores, root) as u8,
        };
        arcs.label::<P>(network, rounded, heads, sentences, choose, labels);
    }
}

/// The number of the greatest score but one that is barred; the first of equals.
#[inline(always)]
fn greatest<T: PartialOrd>(scores: &[T], barred: Option<usize>) -> usize {
    let mut best = usize::from(barred == Some(0) && scores.len() > 1);
    for (n, score) in scores.iter().enumerate() {
        if *score > scores[best] && Some(n) != barred {
            best = n;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Portable;

    fn words(count: usize) -> Vec<Word> {
        let forms: Vec<String> = (0..count).map(|i| format!("w{}x", i * 31 % 97)).collect();
        let mut words = Vec::new();
        word::read(forms.iter().map(String::as_str), &mut words);
        words
    }

    #[test]
    fn every_sentence_is_one_tree_and_every_machine_agrees() {
        for seed in 1..6 {
            let network = Network::open(file::tests::drawn(seed)).expect("a model");
            for lengths in [vec![1], vec![3, 0, 1, 17], vec![120, 5], vec![256]] {
                let words = words(lengths.iter().sum());
                let mut end = 0;
                let sentences: Vec<_> = lengths
                    .iter()
                    .map(|n| {
                        end += n;
                        end - n..end
                    })
                    .collect();
                let (mut here, mut plain) = (Reading::default(), Reading::default());
                here.read(&words, &sentences, &network);
                let batch =
                    Batch { words: &words, sentences: &sentences, network: &network, reading: &mut plain };
                batch.run::<Portable>();
                assert_eq!(here.heads, plain.heads);
                assert_eq!((&here.tags, &here.labels), (&plain.tags, &plain.labels));
                assert!(here.rows.iter().zip(&plain.rows).all(|(a, b)| a.to_bits() == b.to_bits()));
                for sentence in sentences {
                    let heads = &here.heads[sentence.clone()];
                    assert!(heads.is_empty() || heads.iter().filter(|h| **h == 0).count() == 1);
                    for (at, _) in heads.iter().enumerate() {
                        let (mut up, mut steps) = (at + 1, 0);
                        while up != 0 {
                            up = heads[up - 1] as usize;
                            steps += 1;
                            assert!(steps <= heads.len(), "a cycle");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_batch_does_not_change_what_a_sentence_says() {
        let network = Network::open(file::tests::drawn(3)).expect("a model");
        let words = words(30);
        let (mut whole, mut alone) = (Reading::default(), Reading::default());
        whole.read(&words, &[0..11, 11..30], &network);
        alone.read(&words[11..], std::slice::from_ref(&(0..19)), &network);
        assert_eq!(whole.heads[11..], alone.heads);
        assert_eq!(whole.labels[11..], alone.labels);
    }
}
