//! Searches for the best tree of a sentence: a small beam over the parser's moves.
//!
//! In: tokens and weights. Out: the head of every token. Every derivation of n tokens has 2n - 1
//! moves, so states of one step compare fairly. Time and memory are linear in n.

use super::features::{Keys, Weights};
use super::transition::{Arena, Move, Token, keys_of};

/// A move that might be made.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// From which state.
    pub state: u32,
    /// Which move.
    pub step: Move,
    /// The whole score after it.
    pub score: i64,
}

/// The working memory of a search, kept from sentence to sentence.
#[derive(Debug, Default)]
pub struct Search {
    /// All states.
    pub arena: Arena,
    /// The best states of the current step, best first.
    pub beam: Vec<u32>,
    candidates: Vec<Candidate>,
    keys: Keys,
}

impl Search {
    /// Begins a sentence.
    pub fn restart(&mut self) {
        self.arena.restart();
        self.beam.clear();
        self.beam.push(0);
    }

    /// Makes one step: every state of the beam, every move, the best `width` stay.
    pub fn step(&mut self, tokens: &[Token], n: usize, weights: &impl Weights, width: usize) {
        self.candidates.clear();
        for id in &self.beam {
            keys_of(&self.arena, *id, tokens, &mut self.keys);
            let mut scores = [0; 3];
            weights.add(self.keys.as_slice(), &mut scores);
            let base = self.arena.state(*id).score;
            for (step, score) in Move::ALL.into_iter().zip(scores) {
                if self.arena.allows(*id, n, step) {
                    self.candidates.push(Candidate { state: *id, step, score: base + i64::from(score) });
                }
            }
        }
        // A stable order: by score, then by place in the beam.
        self.candidates.sort_by_key(|c| std::cmp::Reverse(c.score));
        self.candidates.truncate(width);
        self.beam.clear();
        for c in &self.candidates {
            self.beam.push(self.arena.make(c.state, c.step, c.score));
        }
    }

    /// Finds the heads of a sentence; `tokens` come from [`super::transition::lay_out`].
    pub fn parse(
        &mut self,
        tokens: &[Token],
        n: usize,
        weights: &impl Weights,
        width: usize,
        heads: &mut Vec<u32>,
    ) {
        self.restart();
        for _ in 1..2 * n {
            self.step(tokens, n, weights, width);
        }
        self.arena.heads(self.beam.first().copied().unwrap_or(0), n, heads);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::engine::transition::lay_out;
    use crate::syntax::engine::word::MISSING;

    /// Likes one move whatever it sees.
    struct Likes(Move);

    impl Weights for Likes {
        fn add(&self, _keys: &[u32], scores: &mut [i32]) {
            scores[self.0 as usize] += 1;
        }
    }

    #[test]
    fn every_taste_gives_a_tree() {
        let mut tokens = Vec::new();
        lay_out(&[MISSING; 4], &[0; 4], &[], &mut tokens);
        let (mut search, mut heads) = (Search::default(), Vec::new());
        for (likes, expected) in
            [(Move::Shift, [0, 0, 1, 2, 3]), (Move::Left, [0, 2, 3, 4, 0]), (Move::Right, [0, 0, 1, 1, 1])]
        {
            for width in [1, 8] {
                search.parse(&tokens, 4, &Likes(likes), width, &mut heads);
                assert_eq!(heads, expected, "{likes:?} {width}");
            }
        }
        search.parse(&tokens, 0, &Likes(Move::Left), 8, &mut heads);
        assert_eq!(heads, [0]);
    }
}
