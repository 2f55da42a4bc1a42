//! Turns of a transcript: paragraphs that begin with who speaks.
//!
//! In: a [`Document`]. Out: its [`Turn`]s. Three forms:
//!
//! ```text
//! SECRETARY DOE: We have warned them.     in capitals ("Mr." may have small letters)
//! Secretary Doe: We have warned them.     only where the labels come back
//! ((Jane Doe)) We have warned them.       in brackets, as Wikinews has it
//! ```
//!
//! "VESSEL TYPE: Tanker" and "CUTTING RED TAPE: …" are fields and headings: a label is somebody with a title, or a
//! short name whose words are sentences. Whose name it is, is asked elsewhere.

use std::collections::HashMap;
use std::ops::Range;

use super::{Document, Sentence, ZoneKind};
use crate::lexicon::language::{LABEL_COURTESIES, TITLE_NOUNS};
use crate::text::TokenId;
use crate::word_list;

word_list!(
    /// First words of a headline with a colon, which labels nobody.
    HEADINGS,
    "label_headings.txt"
);
word_list!(
    /// Those who ask, and those without a name.
    NAMELESS,
    "turn_labels.txt"
);

/// How many tokens a label has at most; one without a title; one in small letters.
const LABEL: u32 = 9;
const NAME: u32 = 3;
const SMALL: u32 = 6;

/// A paragraph that begins with who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    /// The tokens of the label, without its colon or brackets.
    pub label: Range<u32>,
    /// The first token of what is said.
    pub words: TokenId,
}

/// How a label is set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Capitals,
    Small,
    Brackets,
}

/// How often a label comes.
#[derive(Default)]
struct Count {
    times: usize,
    /// With sentences after it.
    speeches: usize,
    /// True if it is set in small letters.
    small: bool,
}

impl Document {
    /// The turns of a transcript, in order; none if fewer than two paragraphs begin so.
    pub(crate) fn turns(&self) -> Vec<Turn> {
        let paragraphs = self.sentences.chunk_by(|a, b| a.paragraph == b.paragraph && a.zone == b.zone);
        let found: Vec<(Turn, Form, bool)> = paragraphs.filter_map(|p| self.labelled(p)).collect();
        let key = |turn: &Turn| turn.label.clone().map(|t| self.word(TokenId(t))).collect::<Vec<_>>();
        let mut counts: HashMap<Vec<&str>, Count> = HashMap::new();
        for (turn, form, speech) in &found {
            let count = counts.entry(key(turn)).or_default();
            count.times += 1;
            count.speeches += usize::from(*speech);
            count.small |= *form == Form::Small;
        }
        // How often a label comes, if sentences mostly stand after it.
        let spoken = |turn: &Turn| {
            counts.get(&key(turn)).filter(|c| 2 * c.speeches >= c.times).map_or(0, |count| count.times)
        };
        // One label that is sure makes the short names in capitals beside it sure.
        let sure = found.iter().any(|(turn, form, _)| {
            let returns = || self.is_name(&turn.label) && spoken(turn) > 1;
            *form == Form::Capitals && (self.has_title(&turn.label) || returns())
        });
        let returning = counts.values().filter(|count| count.small && count.times > 1).count();
        let turns: Vec<Turn> = found
            .iter()
            .filter(|(turn, form, _)| match form {
                Form::Brackets => true,
                Form::Capitals if self.has_title(&turn.label) => true,
                Form::Capitals => spoken(turn) > 0 && self.is_name(&turn.label) && sure,
                Form::Small => spoken(turn) > 1 && (sure || returning > 1),
            })
            .map(|(turn, ..)| turn.clone())
            .collect();
        if turns.len() < 2 { Vec::new() } else { turns }
    }

    /// A paragraph with a label, its form, and whether sentences stand after it.
    fn labelled(&self, paragraph: &[Sentence]) -> Option<(Turn, Form, bool)> {
        let (first, last) = (paragraph.first()?, paragraph.last()?);
        if first.zone == ZoneKind::Title || HEADINGS.has(self.word(first.first)) {
            return None;
        }
        let is = |t: u32, word: &str| self.word(TokenId(t)) == word;
        let mut begin = first.first.0;
        let end = last.end.0;
        if is(begin, "(") && is(begin + 1, "(") {
            let close = (begin + 3..end.min(begin + LABEL)).find(|t| is(*t, ")") && is(*t + 1, ")"))?;
            let turn = Turn { label: begin + 2..close, words: TokenId(close + 2) };
            return (close + 2 < end).then_some((turn, Form::Brackets, true));
        }
        if matches!(self.word(first.first), "“" | "\"" | "''" | "``" | "‘") {
            begin += 1;
        }
        let colon = (begin + 1..first.end.0.min(begin + LABEL)).find(|t| is(*t, ":"))?;
        let label = begin..colon;
        let words = || label.clone().map(|t| self.word(TokenId(t)));
        let capitals =
            words().all(|w| !w.chars().any(char::is_lowercase) || LABEL_COURTESIES.get(w) == Some("small"));
        let initials = || words().all(|w| w == "of" || w.starts_with(char::is_uppercase));
        let form = match (words().any(|w| w.chars().any(char::is_alphabetic)), capitals) {
            (true, true) => Form::Capitals,
            (true, false) if initials() && colon - begin <= SMALL => Form::Small,
            _ => return None,
        };
        let closed = |t: u32| matches!(self.word(TokenId(t)), "." | "?" | "!" | "…" | "—" | "–" | ")");
        let ending = end.checked_sub(1)?;
        let mark = |t: u32| matches!(self.word(TokenId(t)), "”" | "\"" | "''" | "’");
        let speech = colon + 2 < end && (closed(ending) || mark(ending) && closed(ending - 1));
        Some((Turn { label, words: TokenId(colon + 1) }, form, speech))
    }

    /// "SECRETARY DOE", "MR. DOE", "QUESTION".
    fn has_title(&self, label: &Range<u32>) -> bool {
        label.clone().any(|t| {
            let word = self.word(TokenId(t));
            LABEL_COURTESIES.has(word)
                || TITLE_NOUNS.has(&word.to_lowercase())
                || NAMELESS.has(&word.to_lowercase())
        })
    }

    /// "DOE", "JANE DOE": a few words that are no small ones of a heading.
    fn is_name(&self, label: &Range<u32>) -> bool {
        let small = ["THE", "A", "AND", "OF", "FOR", "WITH", "TO", "IN", "ON", "BY", "AS"];
        label.len() <= NAME as usize && !label.clone().any(|t| small.contains(&self.word(TokenId(t))))
    }
}

#[cfg(test)]
mod tests {
    use crate::document::segment;
    use crate::lexicon::Lexicon;
    use crate::source::Article;
    use crate::text::TokenId;

    /// The labels of a document's turns.
    fn labels(text: &str) -> Vec<String> {
        let article = Article { body: text.to_owned(), ..Article::default() };
        let document = segment(&article, &Lexicon::builtin());
        let words = |r: std::ops::Range<u32>| r.map(|t| document.word(TokenId(t))).collect::<Vec<_>>();
        document.turns().into_iter().map(|turn| words(turn.label).join(" ")).collect()
    }

    #[test]
    fn a_turn_begins_with_who_speaks() {
        let both = ["SECRETARY DOE", "QUESTION"].map(str::to_owned);
        assert_eq!(labels("SECRETARY DOE: We have warned them.\n\nQUESTION: When was that?"), both);
        let text = "Mr. DOE: We have warned them.\n\nROE: When was that?\n\nThe other side is silent.";
        assert_eq!(labels(text), ["Mr. DOE", "ROE"]);
        let text = "((Jane Doe)) We have warned them.\n\n((WN)) When was that?";
        assert_eq!(labels(text), ["Jane Doe", "WN"]);
        let text = "They spoke in Oslo on Monday.\n\nAnna Roe: Is it so?\n\nJane Doe: It is.\n\n\
                    Anna Roe: Since when?\n\nJane Doe: Since last year.";
        assert_eq!(labels(text), ["Anna Roe", "Jane Doe", "Anna Roe", "Jane Doe"]);
    }

    #[test]
    fn fields_headings_and_single_colons_are_no_turns() {
        for text in [
            "SHIP TYPE: Tanker\n\nSHIP FLAG: Peru\n\nSHIP TYPE: Ferry\n\nSHIP FLAG: Chile",
            "CUTTING RED TAPE: The mayor signed the order.\n\nHELPING FISHERS WITH NETS: He signed another.",
            "SECRETARY DOE: We have warned them.\n\nThe other side is silent.",
            "10:30: We met.\n\n11:30: We left.",
            "Note: It rains.\n\nAnswer: It does not.",
            ": We met.\n\n: We left.",
        ] {
            assert_eq!(labels(text), [""; 0], "{text:?}");
        }
    }
}
