//! Names the relation of every token to its head, once the whole tree is known.
//!
//! In: tokens and heads. Out: a relation's number for every token. Works from the root down, and
//! through the children of a head from left to right, so that the head's relation and the left
//! sibling's are known: after "was" under "arrested", a subject is `nsubj:pass`.

use super::features::{Keys, Weights, best};
use super::transition::{Token, between};

/// More than there are relations.
pub const MOST_LABELS: usize = 64;

/// A label that is not known yet.
pub const UNKNOWN: u8 = 255;

/// The shape of a tree: who hangs where. Tokens count from 1; 0 is the root's head.
#[derive(Debug, Default)]
pub struct Shape {
    starts: Vec<u32>,
    children: Vec<u32>,
    place: Vec<u32>,
    /// Tokens from the root down, the children of a head from left to right.
    pub order: Vec<u32>,
}

impl Shape {
    /// Sorts the children of every head; `heads[0]` is unused.
    pub fn fill(&mut self, heads: &[u32]) {
        let n = heads.len();
        self.starts.clear();
        self.starts.resize(n + 1, 0);
        for head in heads.iter().skip(1) {
            self.starts[*head as usize + 1] += 1;
        }
        for i in 0..n {
            self.starts[i + 1] += self.starts[i];
        }
        self.children.clear();
        self.children.resize(n, 0);
        self.place.clear();
        self.place.extend_from_slice(&self.starts);
        for (token, head) in heads.iter().enumerate().skip(1) {
            let slot = &mut self.place[*head as usize];
            self.children[*slot as usize] = token as u32;
            *slot += 1;
        }
        for head in 0..n {
            for at in self.starts[head]..self.starts[head + 1] {
                self.place[self.children[at as usize] as usize] = at;
            }
        }
        self.order.clear();
        let (mut head, mut done) = (0, 0);
        loop {
            let (start, end) = (self.starts[head], self.starts[head + 1]);
            self.order.extend_from_slice(&self.children[start as usize..end as usize]);
            match self.order.get(done) {
                Some(next) => head = *next as usize,
                None => break,
            }
            done += 1;
        }
    }

    /// The children of a head, from left to right.
    #[must_use]
    pub fn of(&self, head: u32) -> &[u32] {
        &self.children[self.starts[head as usize] as usize..self.starts[head as usize + 1] as usize]
    }

    /// The siblings next to a token, 0 where there is none.
    fn beside(&self, token: u32, head: u32) -> (u32, u32) {
        let family = self.of(head);
        let at = (self.place[token as usize] - self.starts[head as usize]) as usize;
        let left = at.checked_sub(1).and_then(|i| family.get(i)).copied().unwrap_or(0);
        (left, family.get(at + 1).copied().unwrap_or(0))
    }
}

/// Labels a tree. `labels` gets one number a token, at the token's place; `labels[0]` is unused.
pub fn label(
    tokens: &[Token],
    heads: &[u32],
    shape: &mut Shape,
    weights: &impl Weights,
    count: usize,
    labels: &mut Vec<u8>,
) {
    let count = count.min(MOST_LABELS);
    let mut keys = Keys::default();
    shape.fill(heads);
    labels.clear();
    labels.resize(heads.len(), UNKNOWN);
    for at in 0..shape.order.len() {
        let token = shape.order[at];
        keys_of(tokens, heads, shape, labels, token, &mut keys);
        let mut scores = [0; MOST_LABELS];
        weights.add(keys.as_slice(), &mut scores[..count]);
        labels[token as usize] = best(&scores[..count]) as u8;
    }
}

/// The features of the arc over `token`.
#[inline]
pub fn keys_of(tokens: &[Token], heads: &[u32], shape: &Shape, labels: &[u8], token: u32, keys: &mut Keys) {
    let last = tokens.len() - 1;
    let at = |i: u32| &tokens[(i as usize).min(last)];
    let head = heads[token as usize];
    let grand = if head == 0 { 0 } else { heads[head as usize] };
    let (d, h, g) = (at(token), at(head), at(grand));
    let known = |i: u32| u32::from(labels.get(i as usize).copied().unwrap_or(UNKNOWN));
    let (left, right) = shape.beside(token, head);
    let (ls, rs) = (at(left), at(right));
    let own = shape.of(token);
    let first = own.first().copied().filter(|c| *c < token).unwrap_or(0);
    let second = own.get(1).copied().filter(|c| *c < token).unwrap_or(0);
    let end = own.last().copied().filter(|c| *c > token).unwrap_or(0);
    let (f, f2, e) = (at(first), at(second), at(end));
    let (p, n) = (at(token - 1), at(token + 1));
    let way = if head == 0 {
        0
    } else {
        let far = match head.abs_diff(token) {
            d @ 1..=2 => d,
            3..=5 => 3,
            6..=10 => 4,
            _ => 5,
        };
        far * 2 + u32::from(head > token)
    };
    let side = u32::from(head > token) + 2 * u32::from(head == 0);
    let gap = if head > token { between(d, h) } else { between(h, d) };
    let (sorts, inside) = (family(tokens, shape, head, labels), family(tokens, shape, token, labels));
    keys.restart(2000);
    keys.add([]);
    keys.add([d.tag, h.tag, way]);
    keys.add([d.tag, h.tag, side]);
    keys.add([d.word, side]);
    keys.add([d.tag, side]);
    keys.add([h.word, side]);
    keys.add([d.word, d.tag, h.tag, side]);
    keys.add([d.word, h.upos, side]);
    keys.add([d.tag, h.word, side]);
    keys.add([d.tag, h.word, h.tag, way]);
    keys.add([d.word, h.word, side]);
    keys.add([d.tag, h.tag, side, gap]);
    keys.add([d.tag, h.upos, way, gap]);
    keys.add([d.c1024, h.tag, side]);
    keys.add([d.tag, h.c1024, side]);
    keys.add([d.c256, h.c256, side]);
    keys.add([d.c64, h.c64, d.tag, h.tag]);
    keys.add([d.c256, h.tag, side]);
    keys.add([f.word, d.tag, h.tag, side]);
    keys.add([f.word, h.word, side]);
    keys.add([f.word, d.word]);
    keys.add([f.word, d.c256, h.upos]);
    keys.add([f.word, h.c256, d.upos, side]);
    keys.add([f.tag, d.tag, h.tag, side]);
    keys.add([f.word, f2.word, d.tag]);
    keys.add([f2.word, d.tag, h.tag]);
    keys.add([f2.tag, f.tag, d.tag, side]);
    keys.add([e.tag, d.tag, h.tag, side]);
    keys.add([e.word, d.tag, side]);
    keys.add([ls.tag, d.tag, h.tag, side]);
    keys.add([ls.word, d.tag, side]);
    keys.add([known(left), d.tag, h.tag, side]);
    keys.add([known(left), d.word, side]);
    keys.add([known(left), h.word, d.tag, side]);
    keys.add([rs.tag, d.tag, h.tag, side]);
    keys.add([rs.word, d.tag, side]);
    keys.add([known(head), d.tag, h.tag, side]);
    keys.add([known(head), d.word]);
    keys.add([known(head), known(left), d.tag, side]);
    keys.add([g.tag, h.tag, d.tag, side]);
    keys.add([g.word, h.upos, d.tag]);
    keys.add([sorts, d.tag, side]);
    keys.add([sorts, h.tag, d.tag, side]);
    keys.add([sorts, d.word]);
    keys.add([sorts, h.word, d.upos, side]);
    keys.add([inside, d.tag, side]);
    keys.add([inside, d.tag, h.tag, side]);
    keys.add([inside, h.word, d.upos, side]);
    keys.add([inside, sorts, d.upos, h.upos, side]);
    keys.add([inside, known(head), d.upos, side]);
    keys.add([p.word, d.tag, side]);
    keys.add([p.tag, d.tag, n.tag, side]);
    keys.add([n.word, d.tag, side]);
    keys.add([p.tag, d.word, n.tag]);
    keys.add([at(head + 1).tag, h.tag, d.tag, side]);
    keys.add([at(head.saturating_sub(1)).tag, h.tag, d.tag, side]);
    keys.add([(own.len() as u32).min(4), d.tag, h.tag, side]);
    keys.add([h.word, p.word, d.upos]);
}

/// What hangs under a head, as bits: the universal tags on either side of it.
#[inline]
fn family(tokens: &[Token], shape: &Shape, head: u32, _labels: &[u8]) -> u32 {
    let mut bits = 0u32;
    if head == 0 {
        return bits;
    }
    // A head with very many children (a list of a thousand names) is looked at from both ends only.
    let family = shape.of(head);
    let ends = family.iter().take(6).chain(family.iter().skip(6.max(family.len().saturating_sub(6))));
    for child in ends {
        let upos = tokens.get(*child as usize).map_or(31, |t| t.upos);
        let class = match upos {
            // ADJ ADP ADV AUX
            0 => 0,
            1 => 1,
            2 => 2,
            3 => 3,
            // NOUN PRON PROPN NUM DET: nominal
            5 | 7 | 8 | 10 | 11 => 4,
            // PART SCONJ
            9 => 5,
            13 => 6,
            // VERB
            15 => 7,
            // CCONJ
            4 => 8,
            _ => continue,
        };
        bits |= 1 << (class + if *child < head { 0 } else { 9 });
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_runs_from_the_root_down_and_from_left_to_right() {
        let mut shape = Shape::default();
        // "The army said rebels fled": army ← said → fled, The ← army, rebels ← fled.
        shape.fill(&[0, 2, 3, 0, 5, 3]);
        assert_eq!(shape.order, [3, 2, 5, 1, 4]);
        assert_eq!(shape.of(3), [2, 5]);
        assert_eq!(shape.beside(5, 3), (2, 0));
        assert_eq!(shape.beside(2, 3), (0, 5));
    }

    #[test]
    fn an_empty_sentence_has_no_order() {
        let mut shape = Shape::default();
        shape.fill(&[0]);
        assert!(shape.order.is_empty());
    }
}
