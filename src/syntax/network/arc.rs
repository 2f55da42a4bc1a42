//! Scores of arcs, and of the relations of the arcs that are chosen.
//!
//! In: the network's last rows. Out: a head and a relation for each word. Each word has a row as a
//! dependent and one as a head; an arc's score is their product, what the head is worth by itself, and what
//! the distance is worth ("*urged* China" is near, its full stop far). A relation is scored from both
//! rows and the distance, for one head a word.

use std::ops::Range;

use super::file::Network;
use super::kernel::Products;
use super::layer::dot;
use super::linear::{round, round_rows};
use super::tree;

/// The working memory of arcs and relations.
#[derive(Debug, Default)]
pub(super) struct Arcs {
    dependents: Vec<f32>,
    heads: Vec<f32>,
    products: Vec<f32>,
    rounded: Vec<i16>,
    scores: Vec<f32>,
    found: Vec<u32>,
    seen: Vec<u32>,
    mixed: Vec<f32>,
}

/// Below zero, a tenth.
#[inline(always)]
fn leak(rows: &mut [f32]) {
    for x in rows {
        *x = if *x > 0.0 { *x } else { 0.1 * *x };
    }
}

/// The number of the distance from a dependent to its head, both counted from 1, the root being 0.
#[inline(always)]
fn distance(dependent: usize, head: usize) -> usize {
    (head as isize - dependent as isize).clamp(-20, 20).wrapping_add(20) as usize
}

impl Arcs {
    /// Finds the heads of all words.
    #[inline(always)]
    pub fn read<P: Products>(
        &mut self,
        network: &Network,
        rows: &[i16],
        count: usize,
        sentences: &[Range<usize>],
        heads: &mut Vec<u32>,
    ) {
        let width = network.width.arc;
        network.arc_dependent.apply::<P>(rows, count, &mut self.dependents);
        network.arc_head.apply::<P>(rows, count, &mut self.heads);
        leak(&mut self.dependents);
        leak(&mut self.heads);
        let product = &network.arc_product;
        round_rows(&self.heads, network.arc_head.stride(), width, product.row(), &mut self.rounded);
        product.apply::<P>(&self.rounded, count, &mut self.products);
        let (from, to) = (network.arc_dependent.stride(), product.stride());
        heads.clear();
        for sentence in sentences {
            let n = sentence.len();
            self.scores.clear();
            for dependent in 1..=n {
                let at = sentence.start + dependent - 1;
                let row = &self.dependents[at * from..at * from + width];
                let score = |head: &[f32], place| {
                    dot(row, &head[..width]) + head[width] + network.arc_distance[distance(dependent, place)]
                };
                self.scores.push(score(&network.arc_root, 0));
                let products = self.products[sentence.start * to..sentence.end * to].chunks_exact(to);
                self.scores.extend(products.zip(1..).map(|(head, place)| score(head, place)));
            }
            tree::best(&self.scores, n, &mut self.found, &mut self.seen);
            heads.extend_from_slice(&self.found[1..]);
        }
    }

    /// Names the chosen arcs: `choose` gets the scores of the relations, and whether the head is the root.
    #[inline(always)]
    pub fn label<P: Products>(
        &mut self,
        network: &Network,
        rows: &[i16],
        chosen: &[u32],
        sentences: &[Range<usize>],
        choose: impl Fn(&[f32], bool) -> u8,
        labels: &mut Vec<u8>,
    ) {
        let (width, count) = (network.width.label, chosen.len());
        network.label_dependent.apply::<P>(rows, count, &mut self.dependents);
        network.label_head.apply::<P>(rows, count, &mut self.heads);
        let (stride, row) = (network.label_dependent.stride(), network.label.row());
        self.rounded.clear();
        self.rounded.resize(count * row, 0);
        self.mixed.clear();
        self.mixed.resize(width, 0.0);
        for sentence in sentences {
            for at in sentence.clone() {
                let (dependent, head) = (at - sentence.start + 1, chosen[at] as usize);
                let own = &self.dependents[at * stride..at * stride + width];
                let other = match head {
                    0 => &network.label_root[..],
                    _ => &self.heads[(sentence.start + head - 1) * stride..][..width],
                };
                let far = &network.label_distance[distance(dependent, head) * width..][..width];
                for (((mixed, own), other), far) in self.mixed.iter_mut().zip(own).zip(other).zip(far) {
                    *mixed = own + other + far;
                }
                leak(&mut self.mixed);
                round(&self.mixed, &mut self.rounded[at * row..at * row + width]);
            }
        }
        network.label.apply::<P>(&self.rounded, count, &mut self.products);
        let scores = self.products.chunks_exact(network.label.stride());
        labels.clear();
        labels.extend(
            scores.zip(chosen).map(|(row, head)| choose(&row[..network.label.outputs()], *head == 0)),
        );
    }
}
