//! Word lists of the English language, from `data/language/`.
//!
//! In: small text files, embedded: one entry a line, `word` or `word<TAB>value`, `#` begins a comment.
//! Out: [`WordTable`]s, made at first use. A list belongs here as a file, not in a room's code.

use std::collections::HashMap;

/// Words with an optional value each. Look-ups only: its order never reaches the output.
#[derive(Debug, Default)]
pub struct WordTable {
    words: HashMap<&'static str, &'static str>,
}

impl WordTable {
    /// Reads a list: one `word` or `word<TAB>value` a line; blank lines and `#` comments are skipped.
    #[must_use]
    pub fn read(list: &'static str) -> Self {
        let rows = list.lines().map(str::trim_end).filter(|l| !l.is_empty() && !l.starts_with('#'));
        WordTable { words: rows.map(|l| l.split_once('\t').unwrap_or((l, ""))).collect() }
    }

    /// True if the list has this word, in exactly this case.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// All words, in no order: for building another table.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words.keys().copied()
    }

    /// The word's value; empty where the list gives none.
    #[must_use]
    pub fn get(&self, word: &str) -> Option<&'static str> {
        self.words.get(word).copied()
    }
}

/// Declares a word list: `word_list!(TITLES, "titles.txt")` reads `data/language/titles.txt` at first use.
#[macro_export]
#[doc(hidden)]
macro_rules! word_list {
    ($(#[$doc:meta])* $vis:vis $name:ident, $file:literal) => {
        $(#[$doc])*
        $vis static $name: std::sync::LazyLock<$crate::lexicon::language::WordTable> = std::sync::LazyLock::new(|| {
            $crate::lexicon::language::WordTable::read(include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"), "/data/language/", $file
            )))
        });
    };
}

// Lists that more than one room reads, each read once.
word_list!(
    /// Verbs that say whose words a text gives, with kind and graded patterns.
    pub(crate) CUES,
    "cues.txt"
);
word_list!(
    /// Words of courtesy in a label, and what each does there: `capitals`, `small`.
    pub(crate) LABEL_COURTESIES,
    "label_courtesies.txt"
);
word_list!(
    /// Words of bodies' names, and of what sort the body is.
    pub(crate) ORGANIZATION_SORTS,
    "organization_sorts.txt"
);
word_list!(
    /// Verbs that are done by being said: "I want to thank Norway" thanks Norway.
    pub(crate) PERFORMATIVES,
    "performatives.txt"
);
word_list!(
    /// What news comes in: reports, rumours.
    pub(crate) REPORTS,
    "reports.txt"
);
word_list!(
    /// Nouns that make a title; the value tells those who speak for others, for nobody, or abroad.
    pub(crate) TITLE_NOUNS,
    "title_nouns.txt"
);
