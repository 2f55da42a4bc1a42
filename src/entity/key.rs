//! Keys: equal keys are the same participant in every document.
//!
//! In: a kind and a name. Out: a slug such as `person:jane-doe`. Known entries keep the table's key
//! (`wd:Q…`, `iso:CN`). Middle initials, dots, courtesy titles and legal forms do not count, nor do
//! accents, so that "Jane Q. Doe" and "Jane Doe", "Acme Corp." and "Acme" fall together.

use crate::lexicon::Kind;
use crate::lexicon::reader::fold::fold;
use crate::word_list;

word_list!(
    /// Words that say what sort of company a name is, and may be left out of it.
    LEGAL_FORMS,
    "legal_forms.txt"
);

/// The slug of an unknown name.
pub(super) fn slug(kind: Kind, name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut out = String::with_capacity(name.len() + 8);
    out.push_str(prefix(kind));
    let start = out.len();
    for (i, word) in words.iter().enumerate() {
        let inner = i > 0 && i + 1 < words.len();
        if kind == Kind::Person && inner && is_initial(word)
            || kind == Kind::Organization && i > 0 && LEGAL_FORMS.has(word.trim_end_matches(['.', ',']))
            || i == 0 && words.len() > 1 && word.eq_ignore_ascii_case("the")
        {
            continue;
        }
        push_word(&mut out, word, start);
    }
    if out.len() == start {
        push_word(&mut out, name, start);
    }
    out
}

/// A key of a kind for words that are already plain: `group:il:soldiers`.
pub(super) fn join(kind: Kind, parts: &[&str]) -> String {
    let mut out = String::from(prefix(kind));
    let mut start = out.len();
    for part in parts.iter().filter(|p| !p.is_empty()) {
        if out.len() > start {
            out.push(':');
            start = out.len();
        }
        part.split_whitespace().for_each(|word| push_word(&mut out, word, start));
    }
    out
}

/// What a country's key contributes to the key of its soldiers: `il` of `iso:IL`.
pub(super) fn country_part(key: &str) -> &str {
    key.strip_prefix("iso:").unwrap_or(key)
}

/// True for "J." and "J".
pub(super) fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && matches!(letters.as_str(), "" | ".")
}

fn prefix(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person:",
        Kind::Country => "country:",
        Kind::Organization => "org:",
        Kind::Place => "place:",
        Kind::Group => "group:",
        Kind::Other => "other:",
    }
}

/// Adds a word in lower case, its letters and digits only, with a hyphen before it and at its own hyphens.
fn push_word(out: &mut String, word: &str, start: usize) {
    let mut gap = out.len() > start;
    let folded = fold(word);
    // A word too long for the folder stays as it is.
    let plain = std::str::from_utf8(&folded).ok().filter(|plain| !plain.is_empty()).unwrap_or(word);
    for c in plain.chars() {
        if c.is_alphanumeric() {
            if gap && out.len() > start {
                out.push('-');
            }
            gap = false;
            out.extend(c.to_lowercase());
        } else if matches!(c, '-' | '–' | '/' | ' ') {
            gap = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_slug() {
        for (kind, name, expected) in [
            (Kind::Person, "Jane Doe", "person:jane-doe"),
            (Kind::Person, "Jane Q. Doe", "person:jane-doe"),
            (Kind::Person, "Choe Son-hui", "person:choe-son-hui"),
            (Kind::Person, "J.", "person:j"),
            (Kind::Person, "Shaun O'Neil", "person:shaun-oneil"),
            (Kind::Organization, "Acme Corp.", "org:acme"),
            (Kind::Organization, "The Acme Co", "org:acme"),
            (Kind::Organization, "Corp.", "org:corp"),
            (Kind::Place, "Łódź", "place:lodz"),
            (Kind::Person, "Zoë Doe", "person:zoe-doe"),
        ] {
            assert_eq!(slug(kind, name), expected, "{name}");
        }
    }

    #[test]
    fn parts_are_joined_by_colons() {
        assert_eq!(join(Kind::Group, &[country_part("iso:IL"), "Soldiers"]), "group:il:soldiers");
        assert_eq!(join(Kind::Group, &["", "riot police"]), "group:riot-police");
    }
}
