//! Errors and warnings on standard error, and what they mean for the exit code.
//!
//! In: what went wrong. Out: `news/a.jsonl:7: not JSON`, below it `hint: …`. Every error is counted: the
//! program goes on with the rest, and ends with exit code 2.

use std::fmt::Display;
use std::io::Write;

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};

use super::output::harmless;
use super::typed::Color;
use crate::lexicon::Problem;
use crate::source::SourceError;

/// What was said on standard error.
pub(super) struct Messages {
    quiet: bool,
    color: Color,
    errors: usize,
}

impl Messages {
    pub(super) fn new(quiet: bool, color: Color) -> Self {
        Messages { quiet, color, errors: 0 }
    }

    /// How many errors there were.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Something failed; the rest is still done.
    pub(super) fn error(&mut self, what: impl Display, hint: Option<&str>) {
        self.errors += 1;
        self.print(&what.to_string(), hint, AnsiColor::Red);
    }

    /// Something is odd, but nothing was lost.
    pub(super) fn warning(&self, what: impl Display, hint: Option<&str>) {
        if !self.quiet {
            self.print(&what.to_string(), hint, AnsiColor::Yellow);
        }
    }

    /// A word at the end: what was done.
    pub(super) fn summary(&self, what: impl Display) {
        if !self.quiet {
            self.print(&what.to_string(), None, AnsiColor::White);
        }
    }

    pub(super) fn source(&mut self, error: &SourceError) {
        if error.is_loss() {
            self.error(error, error.hint());
        } else {
            self.warning(error, error.hint());
        }
    }

    pub(super) fn problem(&mut self, problem: &Problem) {
        let mut place = problem.file.clone();
        if problem.line > 0 {
            place.push_str(&format!(":{}", problem.line));
        }
        self.error(format!("{place}: {}", problem.message), problem.hint.as_deref());
    }

    /// Standard error may be closed; then there is nobody to tell.
    fn print(&self, what: &str, hint: Option<&str>, color: AnsiColor) {
        let stderr = std::io::stderr().lock();
        let choice = match self.color {
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
            Color::Auto => AutoStream::choice(&stderr),
        };
        let mut stderr = AutoStream::new(stderr, choice);
        let style = Style::new().fg_color(Some(color.into()));
        for line in what.lines() {
            let _ = writeln!(stderr, "{style}{}{style:#}", harmless(line));
        }
        if let Some(hint) = hint {
            let _ = writeln!(stderr, "hint: {}", harmless(hint));
        }
    }
}
