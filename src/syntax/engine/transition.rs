//! The parser's states and moves, and what it looks at before a move.
//!
//! Arc-hybrid moves: *shift* the next word onto the stack; *left*: the word on top of the stack
//! hangs under the next word and leaves; *right*: it hangs under the word below it and leaves. "Kyiv
//! rejects talks": shift, left (Kyiv under rejects), shift, shift, right (talks under rejects).
//! The last word on the stack is the root, so every sentence has exactly one. States live in an
//! arena and share their stacks, so that a beam costs no copying.

use super::features::Keys;
use super::word::{NONE, Word};

/// The three moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The next word goes onto the stack.
    Shift,
    /// The top of the stack hangs under the next word.
    Left,
    /// The top of the stack hangs under the word below it.
    Right,
}

impl Move {
    /// In the order of their class numbers.
    pub const ALL: [Move; 3] = [Move::Shift, Move::Left, Move::Right];
}

/// What the parser and the labeller see of a token.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// The word in lower case.
    pub word: u32,
    /// The joint tag.
    pub tag: u32,
    /// The universal tag alone.
    pub upos: u32,
    /// Its cluster among 64.
    pub c64: u32,
    /// Its cluster among 256.
    pub c256: u32,
    /// Its cluster among 1,024.
    pub c1024: u32,
    /// How many commas, verbs, conjunctions and other signs stand before it.
    pub before: [u16; 4],
    /// The same with this token counted.
    pub after: [u16; 4],
}

const NO_TOKEN: Token = Token {
    word: NONE,
    tag: 255,
    upos: 255,
    c64: NONE,
    c256: NONE,
    c1024: NONE,
    before: [0; 4],
    after: [0; 4],
};

/// What a token adds to the counts of [`Token::before`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A comma.
    Comma,
    /// A verb.
    Verb,
    /// A conjunction.
    Conjunction,
    /// Any other punctuation.
    Sign,
    /// Anything else.
    Other,
}

/// Lays out the tokens of a sentence: 0 is no token, 1 to n are the words, two more are none again.
pub fn lay_out(words: &[Word], tags: &[u8], sorts: &[(u8, Sort)], tokens: &mut Vec<Token>) {
    tokens.clear();
    tokens.push(NO_TOKEN);
    let mut before = [0u16; 4];
    for (word, tag) in words.iter().zip(tags) {
        let (upos, sort) = sorts.get(usize::from(*tag)).copied().unwrap_or((255, Sort::Other));
        let mut after = before;
        if let Some(count) = after.get_mut(sort as usize) {
            *count = count.saturating_add(1);
        }
        tokens.push(Token {
            word: word.lower,
            tag: u32::from(*tag),
            upos: u32::from(upos),
            c64: word.c64,
            c256: word.c256,
            c1024: word.c1024,
            before,
            after,
        });
        before = after;
    }
    for _ in 0..3 {
        tokens.push(Token { before, after: before, tag: 254, upos: 254, ..NO_TOKEN });
    }
}

/// Which sorts of tokens stand between two, as bits.
#[must_use]
#[inline]
pub fn between(left: &Token, right: &Token) -> u32 {
    let mut bits = 0;
    for n in 0..4 {
        bits |= u32::from(right.before[n] > left.after[n]) << n;
    }
    bits
}

/// A word on the stack with the children that it has so far; 0 is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The token.
    pub token: u32,
    /// Leftmost child and the one after it.
    pub left: [u32; 2],
    /// Rightmost child and the one before it.
    pub right: [u32; 2],
    /// How many children on either side.
    pub counts: [u8; 2],
}

/// One state of the parser.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    /// Top of the stack.
    pub top: Item,
    /// The next word.
    pub next: Item,
    /// The state that had the rest of the stack.
    pub below: u32,
    /// The state before the last move.
    pub previous: u32,
    /// The last move.
    pub last: u8,
    /// The sum of the scores of all moves.
    pub score: i64,
}

/// The states of one search. State 0 is the beginning; its stack is empty.
#[derive(Debug, Default)]
pub struct Arena {
    states: Vec<State>,
}

impl Arena {
    /// Forgets all states but a new beginning.
    pub fn restart(&mut self) {
        self.states.clear();
        let next = Item { token: 1, ..Item::default() };
        self.states.push(State { next, ..State::default() });
    }

    /// A state.
    #[must_use]
    #[inline]
    pub fn state(&self, id: u32) -> &State {
        &self.states[id as usize]
    }

    /// The item below the top of the stack; token 0 if there is none.
    #[must_use]
    #[inline]
    pub fn second(&self, state: &State) -> Item {
        if state.top.token == 0 { Item::default() } else { self.state(state.below).top }
    }

    /// May the move be made in a sentence of `n` tokens?
    #[must_use]
    #[inline]
    pub fn allows(&self, id: u32, n: usize, step: Move) -> bool {
        let state = self.state(id);
        match step {
            Move::Shift => state.next.token as usize <= n,
            Move::Left => state.top.token != 0 && state.next.token as usize <= n,
            Move::Right => self.second(state).token != 0,
        }
    }

    /// Makes a move that is allowed; gives the new state.
    pub fn make(&mut self, id: u32, step: Move, score: i64) -> u32 {
        let old = *self.state(id);
        let mut new = State { previous: id, last: step as u8, score, ..old };
        match step {
            Move::Shift => {
                new.top = old.next;
                new.below = id;
                new.next = Item { token: old.next.token + 1, ..Item::default() };
            }
            Move::Left => {
                let rest = *self.state(old.below);
                new.top = rest.top;
                new.below = rest.below;
                new.next.left = [old.top.token, old.next.left[0]];
                new.next.counts[0] = old.next.counts[0].saturating_add(1);
            }
            Move::Right => {
                let rest = *self.state(old.below);
                new.top = rest.top;
                new.below = rest.below;
                new.top.right = [old.top.token, rest.top.right[0]];
                new.top.counts[1] = rest.top.counts[1].saturating_add(1);
            }
        }
        self.states.push(new);
        (self.states.len() - 1) as u32
    }

    /// Writes the heads that the moves up to `id` made; `heads[0]` is unused, 0 is the root.
    pub fn heads(&self, id: u32, n: usize, heads: &mut Vec<u32>) {
        heads.clear();
        heads.resize(n + 1, 0);
        let mut id = id;
        while id != 0 {
            let state = self.state(id);
            let before = self.state(state.previous);
            let head = match Move::ALL[usize::from(state.last)] {
                Move::Shift => None,
                Move::Left => Some(before.next.token),
                Move::Right => Some(self.second(before).token),
            };
            if let (Some(head), Some(slot)) = (head, heads.get_mut(before.top.token as usize)) {
                *slot = head;
            }
            id = state.previous;
        }
    }
}

/// The features of a state.
#[inline]
pub fn keys_of(arena: &Arena, id: u32, tokens: &[Token], keys: &mut Keys) {
    let state = arena.state(id);
    let (i0, iq) = (state.top, state.next);
    let below = arena.state(state.below);
    let (i1, i2) = match i0.token {
        0 => (Item::default(), Item::default()),
        _ => (below.top, arena.second(below)),
    };
    let last = tokens.len() - 1;
    let at = |token: u32| &tokens[(token as usize).min(last)];
    let (s0, s1, s2) = (at(i0.token), at(i1.token), at(i2.token));
    let (q0, q1, q2) = (at(iq.token), at(iq.token + 1), at(iq.token + 2));
    let (s0l, s0r, s1l, s1r) = (at(i0.left[0]), at(i0.right[0]), at(i1.left[0]), at(i1.right[0]));
    let (ql, ql2) = (at(iq.left[0]), at(iq.left[1]));
    let (s0l2, s0r2, s1r2) = (at(i0.left[1]), at(i0.right[1]), at(i1.right[1]));
    let far = |a: u32, b: u32| match b.saturating_sub(a) {
        d @ 0..=4 => d,
        5..=7 => 5,
        8..=12 => 6,
        _ => 7,
    };
    let (d0, d1) = (far(i0.token, iq.token), far(i1.token, i0.token));
    let (b0, b1) = (between(s0, q0), between(s1, s0));
    let many = |n: u8| u32::from(n.min(4));
    keys.restart(1000);
    keys.add([]);
    for t in [s0, s1, q0, q1] {
        keys.add([t.word, t.tag]);
        keys.add([t.word]);
        keys.add([t.tag]);
        keys.add([t.c1024]);
    }
    keys.add([s2.tag, s2.word]);
    keys.add([q2.tag, q2.word]);
    keys.add([s0.word, s0.tag, q0.word, q0.tag]);
    keys.add([s0.word, s0.tag, q0.tag]);
    keys.add([s0.tag, q0.word, q0.tag]);
    keys.add([s0.tag, q0.tag]);
    keys.add([s0.word, q0.word]);
    keys.add([s1.word, s1.tag, s0.word, s0.tag]);
    keys.add([s1.word, s1.tag, s0.tag]);
    keys.add([s1.tag, s0.word, s0.tag]);
    keys.add([s1.tag, s0.tag]);
    keys.add([s1.tag, q0.tag]);
    keys.add([s1.word, q0.word]);
    keys.add([q0.tag, q1.tag]);
    keys.add([q0.word, q1.word]);
    keys.add([s0.tag, q0.tag, q1.tag]);
    keys.add([s0.word, q0.tag, q1.tag]);
    keys.add([s0.tag, q0.word, q1.tag]);
    keys.add([s0.tag, q0.tag, q1.word]);
    keys.add([q0.tag, q1.tag, q2.tag]);
    keys.add([s0.tag, q0.tag, q1.tag, q2.tag]);
    keys.add([s1.tag, s0.tag, q0.tag]);
    keys.add([s1.word, s0.tag, q0.tag]);
    keys.add([s1.tag, s0.word, q0.tag]);
    keys.add([s1.tag, s0.tag, q0.word]);
    keys.add([s1.tag, s0.tag, q0.tag, q1.tag]);
    keys.add([s2.tag, s1.tag, s0.tag]);
    keys.add([s2.tag, s1.tag, s0.tag, q0.tag]);
    keys.add([s0.tag, s0l.tag, q0.tag]);
    keys.add([s0.tag, s0r.tag, q0.tag]);
    keys.add([s0.tag, q0.tag, ql.tag]);
    keys.add([s1.tag, s1l.tag, s0.tag]);
    keys.add([s1.tag, s1r.tag, s0.tag]);
    keys.add([s1.tag, s0.tag, s0l.tag]);
    keys.add([s1.tag, s0.tag, s0r.tag]);
    keys.add([s1.tag, s1r.tag, s0.tag, q0.tag]);
    keys.add([s1.tag, s0.tag, s0l.tag, q0.tag]);
    keys.add([s1.tag, s0.tag, s0l.word]);
    keys.add([s0.tag, s0l.word, q0.tag]);
    keys.add([s0.tag, s0l.tag, s0l2.tag]);
    keys.add([s0.tag, s0r.tag, s0r2.tag]);
    keys.add([s1.tag, s1r.tag, s1r2.tag]);
    keys.add([q0.tag, ql.tag, ql2.tag]);
    keys.add([s0.word, s0l.word]);
    keys.add([s0.word, s0r.word]);
    keys.add([s1.word, s1r.word]);
    keys.add([s1.word, s0l.word]);
    keys.add([q0.word, ql.word]);
    keys.add([s0.word, ql.word]);
    keys.add([s0.tag, ql.word, q0.tag]);
    keys.add([s1.tag, s0.tag, ql.word, q0.tag]);
    keys.add([s1.word, ql.word]);
    keys.add([s1.c256, s0.c256, ql.word]);
    keys.add([s0.c256, ql.word, q0.c256]);
    keys.add([s1.c256, ql.word, q0.c256]);
    keys.add([s0.word, i0.counts[0].min(3).into(), many(i0.counts[1])]);
    keys.add([s0.tag, many(i0.counts[0]), many(i0.counts[1])]);
    keys.add([s1.word, many(i1.counts[1])]);
    keys.add([s1.tag, many(i1.counts[0]), many(i1.counts[1])]);
    keys.add([q0.tag, many(iq.counts[0])]);
    keys.add([s0.word, d0]);
    keys.add([s0.tag, d0]);
    keys.add([q0.word, d0]);
    keys.add([s0.tag, q0.tag, d0]);
    keys.add([s1.tag, s0.tag, d1]);
    keys.add([s0.tag, q0.tag, b0]);
    keys.add([s1.tag, s0.tag, b1]);
    keys.add([s1.tag, s0.tag, q0.tag, b1, b0]);
    keys.add([s0.c256, q0.c256]);
    keys.add([s1.c256, s0.c256]);
    keys.add([s1.c64, s0.c64, q0.c64]);
    keys.add([s0.c64, q0.c64, q1.c64]);
    keys.add([s0.c1024, q0.tag]);
    keys.add([s0.tag, q0.c1024]);
    keys.add([s1.c1024, s0.tag]);
    keys.add([s1.tag, s0.c1024]);
    keys.add([s1.upos, s0.upos, q0.upos, q1.upos, q2.upos]);
    keys.add([s1.c1024, s0.tag, q0.tag]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_build_the_tree_of_the_header() {
        // "Kyiv rejects talks".
        let mut arena = Arena::default();
        arena.restart();
        let mut id = 0;
        for step in [Move::Shift, Move::Left, Move::Shift, Move::Shift, Move::Right] {
            assert!(arena.allows(id, 3, step), "{step:?}");
            id = arena.make(id, step, 0);
        }
        let mut heads = Vec::new();
        arena.heads(id, 3, &mut heads);
        assert_eq!(heads, [0, 2, 0, 2]);
        let top = arena.state(id).top;
        assert_eq!((top.token, top.left[0], top.right[0], top.counts), (2, 1, 3, [1, 1]));
        assert!(Move::ALL.iter().all(|step| !arena.allows(id, 3, *step)));
    }

    #[test]
    fn only_what_stands_strictly_between_counts() {
        let words = vec![crate::syntax::engine::word::MISSING; 4];
        let sorts = [(0, Sort::Comma), (1, Sort::Verb), (2, Sort::Other)];
        let mut tokens = Vec::new();
        lay_out(&words, &[0, 2, 1, 2], &sorts, &mut tokens);
        assert_eq!(between(&tokens[1], &tokens[3]), 0);
        assert_eq!(between(&tokens[1], &tokens[4]), 1 << Sort::Verb as u32);
        assert_eq!(between(&tokens[0], &tokens[4]), 0b11);
    }
}
