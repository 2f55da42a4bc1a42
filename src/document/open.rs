//! Which brackets and quotation marks are open at a token.
//!
//! In: tokens, one after another. Out: answers for `sentence.rs`. A straight mark opens or closes by
//! what touches it: `He said "go`; in text with spaces everywhere it is the other of what it was.

use crate::text::Span;

/// A bracket that was never closed holds sentences together no longer than this.
const LONGEST_BRACKET: usize = 80;

/// Brackets and straight quotation marks that are open.
#[derive(Default)]
pub(super) struct Open {
    /// The tokens of the opening brackets.
    pub brackets: Vec<usize>,
    /// True inside straight quotation marks.
    pub straight: bool,
    /// True after ‘ or a straight apostrophe that opened.
    pub single: bool,
}

impl Open {
    pub(super) fn see(&mut self, word: &str, at: usize, sides: Sides) {
        match word {
            "(" | "[" | "{" => self.brackets.push(at),
            ")" | "]" | "}" => {
                self.brackets.pop();
            }
            "\"" | "''" => self.straight = sides.opens().unwrap_or(!self.straight),
            "‘" => self.single = true,
            "“" | "``" => self.straight = true,
            "”" => self.straight = false,
            _ => {}
        }
    }

    /// True inside brackets that opened after the sentence began, not too long ago.
    pub(super) fn within_brackets(&self, first: usize, at: usize) -> bool {
        self.brackets.last().is_some_and(|b| *b > first && at - *b <= LONGEST_BRACKET)
    }
}

/// What stands directly beside a token, without white space.
#[derive(Clone, Copy)]
pub(super) struct Sides {
    pub before: bool,
    pub after: bool,
}

impl Sides {
    pub(super) fn of(tokens: &[Span], at: usize) -> Sides {
        let end = |n: Option<usize>| n.and_then(|n| tokens.get(n)).map(|span| span.end);
        let start = |n: usize| tokens.get(n).map(|span| span.start);
        Sides { before: end(at.checked_sub(1)) == start(at), after: end(Some(at)) == start(at + 1) }
    }

    /// `He said "go`: a mark beside the next word opens, beside the last word closes; in text with
    /// spaces everywhere nobody knows.
    pub(super) fn opens(self) -> Option<bool> {
        (self.before != self.after).then_some(self.after)
    }
}
