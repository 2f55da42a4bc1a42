//! Where a sentence ends without a stop: what a page sets apart by a line end that was lost.
//!
//! In: the text, a paragraph's tokens, where the sentence began. Out: whether it ends after a token.
//! "Eddie Chu votes ¦ Image: Jo Doe", "Thanks, ¦ Jane", "Jane Doe ¦ 03/08/2000 05:37 PM ¦ Please
//! find", "Figure 1.4 ¦ This portrait", "`https://example.org` ¦ The". Left out: headings without
//! anything that marks them.

use super::abbreviation;
use crate::text::Span;
use crate::word_list;

word_list!(LABELS, "line_labels.txt");
word_list!(CLOSINGS, "letter_closings.txt");

/// No closing formula has more words.
const LONGEST_CLOSING: usize = 4;

/// Does the sentence that began at token `first` end after token `at`, which is no stop?
pub(super) fn ends(text: &str, tokens: &[Span], first: usize, at: usize) -> bool {
    let place = Place { text, tokens, first, at };
    let next = place.word(1);
    let mut letters = next.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    if capital {
        place.before_credit(next)
            || place.after_closing()
            || place.after_label()
            || place.after_time_stamp()
            || (is_address(place.before(0)) && (abbreviation::starts_sentence(next) || place.word(2) == ":"))
    } else if next.starts_with(|c: char| c.is_ascii_digit()) {
        place.before_time_stamp() || is_address(place.before(0))
    } else {
        // One address a line.
        next.contains("://") && is_address(place.before(0))
    }
}

/// "Image" ":": what follows says who made a picture.
pub(super) fn is_credit(word: &str, next: &str) -> bool {
    next == ":" && LABELS.get(word) == Some("credit")
}

/// A token and where its sentence began.
struct Place<'a> {
    text: &'a str,
    tokens: &'a [Span],
    first: usize,
    at: usize,
}

impl<'a> Place<'a> {
    /// The word some tokens after this one.
    fn word(&self, after: usize) -> &'a str {
        self.tokens.get(self.at + after).map_or("", |span| span.of(self.text))
    }

    /// The word some tokens before this one, of the same sentence.
    fn before(&self, before: usize) -> &'a str {
        let at = self.at.checked_sub(before).filter(|at| *at >= self.first);
        at.and_then(|at| self.tokens.get(at)).map_or("", |span| span.of(self.text))
    }

    /// "The old town ¦ Image: Jo Doe."
    fn before_credit(&self, next: &str) -> bool {
        is_credit(next, self.word(2))
            && self.before(0).ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '"' | '”'))
    }

    /// "Thanks, ¦ Jane", "Best regards, ¦ Jane".
    fn after_closing(&self) -> bool {
        let words = self.at - self.first;
        if words == 0 || words > LONGEST_CLOSING || self.before(0) != "," {
            return false;
        }
        let phrase: Vec<String> = (1..=words).rev().map(|n| self.before(n).to_lowercase()).collect();
        CLOSINGS.has(&phrase.join(" "))
    }

    /// "Figure 1.4 ¦ This portrait shows".
    fn after_label(&self) -> bool {
        self.at == self.first + 1
            && is_number(self.before(0))
            && LABELS.get(self.before(1)) == Some("number")
            && abbreviation::starts_sentence(self.word(1))
    }

    /// "03/08/2000 05:37 PM ¦ Please find", not "8:00 PM ET".
    fn after_time_stamp(&self) -> bool {
        let zone = self.word(1).chars().all(char::is_uppercase) && self.word(1).len() > 1;
        matches!(self.before(0), "AM" | "PM") && is_time(self.before(1)) && is_date(self.before(2)) && !zone
    }

    /// "Jane Doe ¦ 03/08/2000 05:37 PM", not "on 03/08/2000 05:37 PM".
    fn before_time_stamp(&self) -> bool {
        is_date(self.word(1))
            && is_time(self.word(2))
            && matches!(self.word(3), "AM" | "PM")
            && (self.before(0).starts_with(char::is_uppercase)
                || self.before(0).contains('@')
                || self.before(0) == ">")
    }
}

/// "https://example.org", "jo@example.org".
fn is_address(word: &str) -> bool {
    word.len() > 6
        && (word.contains("://")
            || word.starts_with("www.")
            || word.get(1..).is_some_and(|rest| rest.contains('@')))
}

/// "3", "1.4"
fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// "03/08/2000"
fn is_date(word: &str) -> bool {
    (6..=10).contains(&word.len())
        && word.bytes().filter(|b| *b == b'/').count() == 2
        && word.bytes().all(|b| b.is_ascii_digit() || b == b'/')
}

/// "05:37", "05:37:06"
fn is_time(word: &str) -> bool {
    (4..=8).contains(&word.len())
        && word.contains(':')
        && word.bytes().all(|b| b.is_ascii_digit() || b == b':')
}
