//! What is wrong with a line of a data file, said so that its author can mend it.
//!
//! In: a reader that met a bad row. Out: [`Problem`], printed as
//! `my-verbs.toml:12: unknown slot "TARGET"` and, below, `hint: did you mean OBJECT?`. The built-in
//! files and the user's files get the same messages. Shared with `build.rs`: only `std`.

use std::fmt;

/// One thing that is wrong in a data file. The good rows around it are still used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, as it was named.
    pub file: String,
    /// The line, counted from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem without a hint.
    #[must_use]
    pub fn new(file: &str, line: usize, message: impl Into<String>) -> Self {
        Problem { file: file.to_owned(), line, message: message.into(), hint: None }
    }

    /// The same problem with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message)?,
            line => write!(f, "{}:{line}: {}", self.file, self.message)?,
        }
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

/// The one of `known` that was most likely meant by `word`, if any is near: `subjekt`, `subject`.
#[must_use]
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let near = known.iter().map(|k| (distance(&lower, &k.to_lowercase()), *k)).min();
    near.filter(|(d, k)| *d <= 1 + k.chars().count() / 4).map(|(_, k)| k)
}

/// Letters to insert, delete, replace or swap with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(rows[i - 2][j - 2] + 1);
            }
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_and_what_to_do() {
        let problem = Problem::new("verbs.toml", 12, "unknown slot `TARGET`").hint("use OBJECT");
        assert_eq!(problem.to_string(), "verbs.toml:12: unknown slot `TARGET`\nhint: use OBJECT");
    }

    #[test]
    fn guesses_what_was_meant() {
        let keys = ["frames", "meaning", "cameo"];
        assert_eq!(nearest("fraems", &keys), Some("frames"));
        assert_eq!(nearest("cmaeo", &keys), Some("cameo"));
        assert_eq!(nearest("colour", &keys), None);
    }
}
