//! What is wrong with a question, and where: a message, a place in the text, a hint.
//!
//! [`Fault::drawing`] shows the line with a caret under the place:
//!
//! ```text
//! ? -urge-> China
//!    ^^^^
//! ```

use std::fmt;
use std::ops::Range;

/// What is wrong with the text of a question. Prints as one line; [`drawing`](Fault::drawing) points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub hint: Option<String>,
    /// The whole question.
    pub text: String,
    /// Where, in code points.
    pub place: Range<usize>,
}

impl Fault {
    pub(super) fn new(text: &str, place: Range<usize>, what: impl Into<String>) -> Fault {
        Fault { what: what.into(), hint: None, text: text.to_owned(), place }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Fault {
        self.hint = Some(hint.into());
        self
    }

    /// Line and column of the place, counted from 1, in code points.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        let (mut line, mut column) = (1, 1);
        for c in self.text.chars().take(self.place.start) {
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        (line, column)
    }

    /// The line of the text, and below it carets under the place; of a very long line the part around it.
    #[must_use]
    pub fn drawing(&self) -> String {
        let (line, column) = self.position();
        let all: Vec<char> = self.text.lines().nth(line - 1).unwrap_or("").chars().collect();
        let at = column - 1;
        let start = at.saturating_sub(60);
        let shown = all.iter().skip(start).take(100);
        let clean = |c: &char| if c.is_control() { ' ' } else { *c };
        let row: String = shown.map(clean).collect();
        let before: usize = all.iter().skip(start).take(at - start).map(|c| columns(*c)).sum();
        let length =
            self.place.end.saturating_sub(self.place.start).min(all.len().saturating_sub(at)).min(100);
        let under: usize = all.iter().skip(at).take(length).map(|c| columns(*c)).sum();
        format!("{row}\n{}{}", " ".repeat(before), "^".repeat(under.max(1)))
    }
}

impl fmt::Display for Fault {
    /// The message with line and column: "column 4: no edge is called `urge`".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position() {
            (1, column) if !self.text.contains('\n') => write!(f, "column {column}: {}", self.what),
            (line, column) => write!(f, "line {line}, column {column}: {}", self.what),
        }
    }
}

impl std::error::Error for Fault {}

/// How many columns of a terminal a character takes.
fn columns(c: char) -> usize {
    match u32::from(c) {
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f => 2,
        0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x2_0000..=0x3_fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_place() {
        let fault = Fault::new("? -urge-> China", 3..7, "no edge is called `urge`");
        assert_eq!(fault.to_string(), "column 4: no edge is called `urge`");
        assert_eq!(fault.drawing(), "? -urge-> China\n   ^^^^");
        let fault = Fault::new("MATCH (a)\nWHER x", 10..14, "what?");
        assert_eq!(fault.to_string(), "line 2, column 1: what?");
        assert_eq!(fault.drawing(), "WHER x\n^^^^");
        let fault = Fault::new("北京 -x-> ?", 4..5, "what?");
        assert_eq!(fault.drawing(), "北京 -x-> ?\n      ^");
        let end = Fault::new("a -x->", 6..6, "what?");
        assert_eq!(end.drawing(), "a -x->\n      ^");
        let long = "x".repeat(5000);
        assert!(Fault::new(&long, 4000..4999, "what?").drawing().len() < 300);
        for place in [0..0, 5..9, 100..200] {
            let _ = Fault::new("é\n\n", place, "").drawing();
        }
    }
}
