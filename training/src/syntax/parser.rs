//! Trains the parser: a structured perceptron over whole beams.
//!
//! In: sentences with jackknifed tags. Out: weights of the three moves. While the right derivation
//! may have left the beam, the search goes on; the update is made where the wrong one is ahead by
//! most (max-violation). Crossing arcs cannot be built, so their sentences' crossing words are
//! lifted to a higher head first.

use demarche::syntax::engine::decoder::Search;
use demarche::syntax::engine::features::{Keys, Weights};
use demarche::syntax::engine::model::sorts;
use demarche::syntax::engine::transition::{Arena, Move, Sort, Token, keys_of, lay_out};
use demarche::syntax::engine::word::{self, Word};

use super::augment::{Chance, dress};
use super::learner::{Counts, Learner};
use super::treebank::{Sentence, Sets};

/// Trains on all sentences.
pub fn train(sentences: &[Sentence], sets: &Sets, epochs: usize, width: usize, least: u8) -> Learner {
    let heads: Vec<Vec<u32>> = sentences.iter().map(|s| projective(&s.heads)).collect();
    let sorts = sorts(&sets.tags);
    let counts = count_features(sentences, &heads, &sorts);
    let mut learner = Learner::new(Move::ALL.len(), counts, least);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let (mut words, mut tokens) = (Vec::<Word>::new(), Vec::<Token>::new());
    let (mut search, mut gold) = (Search::default(), Gold::default());
    let mut found = Vec::new();
    for epoch in 0..epochs {
        let mut chance = Chance::new(1000 + epoch as u64);
        chance.shuffle(&mut order);
        let (mut right, mut total) = (0, 0);
        for at in &order {
            let sentence = &sentences[*at];
            let forms = dress(sentence, &mut chance);
            let n = forms.len();
            word::read(forms.iter().map(AsRef::as_ref), &mut words);
            lay_out(&words, &sentence.guessed, &sorts, &mut tokens);
            learner.tick();
            gold.derive(&heads[*at][..n]);
            gold.score(&tokens, &learner);
            search.restart();
            let (mut worst, mut violation) = (None, 0);
            let mut path = gold.path.iter().skip(1);
            for _ in 1..2 * n {
                search.step(&tokens, n, &learner, width);
                let (Some(ahead), Some(id)) = (search.beam.first(), path.next()) else { break };
                let lead = search.arena.state(*ahead).score - gold.arena.state(*id).score;
                if lead >= violation && !gold.same(&search.arena, *ahead, *id) {
                    violation = lead;
                    worst = Some((*ahead, *id));
                }
            }
            let ahead = search.beam.first().copied().unwrap_or(0);
            search.arena.heads(ahead, n, &mut found);
            total += n;
            right += found.iter().skip(1).zip(&sentence.heads).filter(|(a, b)| a == b).count();
            if let Some((wrong, good)) = worst {
                let shared = gold.shared(&search.arena, wrong, good);
                update(&mut learner, &gold.arena, good, &tokens, shared, 1);
                update(&mut learner, &search.arena, wrong, &tokens, shared, -1);
            }
        }
        println!("  parser epoch {epoch}: {:.2}% right", 100.0 * right as f64 / total as f64);
    }
    learner
}

fn count_features(sentences: &[Sentence], heads: &[Vec<u32>], sorts: &[(u8, Sort)]) -> Counts {
    let (mut counts, mut chance) = (Counts::default(), Chance::new(0));
    let (mut words, mut tokens) = (Vec::<Word>::new(), Vec::<Token>::new());
    let (mut gold, mut keys) = (Gold::default(), Keys::default());
    for (sentence, heads) in sentences.iter().zip(heads) {
        let forms = dress(sentence, &mut chance);
        word::read(forms.iter().map(AsRef::as_ref), &mut words);
        lay_out(&words, &sentence.guessed, sorts, &mut tokens);
        gold.derive(&heads[..forms.len()]);
        gold.arena.restart();
        let mut id = 0;
        for step in &gold.moves {
            keys_of(&gold.arena, id, &tokens, &mut keys);
            counts.add(keys.as_slice());
            id = gold.arena.make(id, *step, 0);
        }
    }
    counts
}

/// Moves the weights of the moves that led to `id`, without the first `shared`.
fn update(learner: &mut Learner, arena: &Arena, id: u32, tokens: &[Token], shared: usize, by: i32) {
    let mut keys = Keys::default();
    for id in history(arena, id).skip(shared) {
        let state = arena.state(id);
        keys_of(arena, state.previous, tokens, &mut keys);
        learner.change(keys.as_slice(), usize::from(state.last), by);
    }
}

/// The states that led to `id`, the first move's first.
fn history(arena: &Arena, id: u32) -> impl Iterator<Item = u32> {
    let mut states = Vec::new();
    let mut id = id;
    while id != 0 {
        states.push(id);
        id = arena.state(id).previous;
    }
    states.into_iter().rev()
}

/// The right derivation of a sentence: left arcs as early as possible, then right arcs, then shift.
#[derive(Default)]
struct Gold {
    arena: Arena,
    path: Vec<u32>,
    moves: Vec<Move>,
}

impl Gold {
    /// Finds the moves that build `heads` (from 1; 0 is the root; no crossing arcs).
    fn derive(&mut self, heads: &[u32]) {
        let n = heads.len();
        let head = |token: u32| heads[token as usize - 1];
        let mut missing = vec![0u32; n + 1];
        heads.iter().for_each(|h| missing[*h as usize] += 1);
        self.moves.clear();
        let (mut stack, mut next) = (Vec::<u32>::new(), 1u32);
        for _ in 1..2 * n {
            let step = match stack[..] {
                [.., top] if missing[top as usize] == 0 && next as usize <= n && head(top) == next => {
                    Move::Left
                }
                [.., below, top] if missing[top as usize] == 0 && head(top) == below => Move::Right,
                _ => Move::Shift,
            };
            match step {
                Move::Shift if next as usize > n => break,
                Move::Shift => {
                    stack.push(next);
                    next += 1;
                }
                Move::Left | Move::Right => {
                    if let Some(top) = stack.pop() {
                        missing[head(top) as usize] -= 1;
                    }
                }
            }
            self.moves.push(step);
        }
    }

    /// Makes the moves and scores them with the current weights.
    fn score(&mut self, tokens: &[Token], weights: &Learner) {
        self.arena.restart();
        self.path.clear();
        self.path.push(0);
        let (mut id, mut keys) = (0, Keys::default());
        for step in &self.moves {
            keys_of(&self.arena, id, tokens, &mut keys);
            let mut scores = [0; 3];
            weights.add(keys.as_slice(), &mut scores);
            let score = self.arena.state(id).score + i64::from(scores[*step as usize]);
            id = self.arena.make(id, *step, score);
            self.path.push(id);
        }
    }

    /// How many moves from the beginning are the same.
    fn shared(&self, other: &Arena, theirs: u32, ours: u32) -> usize {
        history(other, theirs)
            .zip(history(&self.arena, ours))
            .take_while(|(a, b)| other.state(*a).last == self.arena.state(*b).last)
            .count()
    }

    /// True if both derivations made the same moves.
    fn same(&self, other: &Arena, theirs: u32, ours: u32) -> bool {
        let (mut theirs, mut ours) = (theirs, ours);
        while ours != 0 {
            let (a, b) = (other.state(theirs), self.arena.state(ours));
            if a.last != b.last {
                return false;
            }
            (theirs, ours) = (a.previous, b.previous);
        }
        true
    }
}

/// Lifts the words of crossing arcs to their head's head until no arcs cross.
pub fn projective(heads: &[u32]) -> Vec<u32> {
    let mut heads = heads.to_vec();
    while let Some(token) = crossing(&heads) {
        heads[token] = match heads[token] {
            0 => return heads,
            head => heads[head as usize - 1],
        };
    }
    heads
}

/// The word with the shortest arc over a word that is not below its head.
fn crossing(heads: &[u32]) -> Option<usize> {
    let below = |mut token: u32, head: u32| {
        for _ in 0..=heads.len() {
            if token == head {
                return true;
            }
            if token == 0 {
                return false;
            }
            token = heads[token as usize - 1];
        }
        false
    };
    (0..heads.len())
        .filter(|token| {
            let (head, token) = (heads[*token], *token as u32 + 1);
            head != 0 && (head.min(token) + 1..head.max(token)).any(|between| !below(between, head))
        })
        .min_by_key(|token| heads[*token].abs_diff(*token as u32 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivations_rebuild_their_trees() {
        for heads in [&[2, 0, 2][..], &[0], &[2, 3, 4, 0], &[0, 1, 2, 3], &[3, 1, 0, 5, 3], &[0, 1, 1, 1]] {
            let mut gold = Gold::default();
            gold.derive(heads);
            assert_eq!(gold.moves.len(), heads.len() * 2 - 1);
            let mut arena = Arena::default();
            arena.restart();
            let mut id = 0;
            for step in &gold.moves {
                assert!(arena.allows(id, heads.len(), *step));
                id = arena.make(id, *step, 0);
            }
            let mut built = Vec::new();
            arena.heads(id, heads.len(), &mut built);
            assert_eq!(&built[1..], heads);
        }
    }

    #[test]
    fn crossing_arcs_are_lifted() {
        // 1 ← 3 crosses 2 ← 4.
        let lifted = projective(&[3, 4, 0, 3]);
        assert_eq!(crossing(&lifted), None);
    }
}
