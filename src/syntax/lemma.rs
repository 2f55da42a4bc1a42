//! The dictionary form of a word, by its tag: "rejecting" is "reject", "sanctions" is "sanction".
//!
//! In: a word and its tags. Out: its lemma, lower-case but for names and such adjectives as
//! "Chinese". Irregular forms come from `data/language/irregular_*.txt`; where a rule leaves a
//! choice ("hoping": hope or hop) the lists of base forms decide, and then the spelling. Plural
//! names lose their -s as in Universal Dependencies: "Democrats" is "Democrat". Left out: which
//! "'s" is "has".

use super::label::{Upos, Xpos};
use crate::word_list;

word_list!(IRREGULAR_VERBS, "irregular_verbs.txt");
word_list!(IRREGULAR_NOUNS, "irregular_nouns.txt");
word_list!(IRREGULAR_DEGREES, "irregular_degrees.txt");
word_list!(IRREGULAR_WORDS, "irregular_words.txt");
word_list!(BASE_VERBS, "base_verbs.txt");
word_list!(BASE_NOUNS, "base_nouns.txt");
word_list!(CAPITAL_ADJECTIVES, "capital_adjectives.txt");

/// The dictionary form of `word`, lower-case but for names.
///
/// ```
/// use demarche::syntax::{Upos, Xpos, lemma::lemma};
/// assert_eq!(lemma("Urging", Upos::Verb, Xpos::VBG), "urge");
/// assert_eq!(lemma("Kyiv", Upos::Propn, Xpos::NNP), "Kyiv");
/// ```
#[must_use]
pub fn lemma(word: &str, upos: Upos, xpos: Xpos) -> String {
    if matches!(upos, Upos::Propn) || xpos == Xpos::NNP {
        return if xpos == Xpos::NNPS { singular_name(word) } else { word.to_owned() };
    }
    let lower = word.to_lowercase().replace('’', "'");
    match (upos, xpos) {
        (Upos::Verb | Upos::Aux, Xpos::VBD | Xpos::VBG | Xpos::VBN | Xpos::VBZ | Xpos::VBP | Xpos::VB) => {
            verb(&lower, upos, xpos)
        }
        (Upos::Pron, Xpos::PRP) if lower == "her" => "she".to_owned(),
        (Upos::Pron, Xpos::PRP) if lower == "'s" => "we".to_owned(),
        (Upos::Part, Xpos::POS) => "'s".to_owned(),
        (Upos::Pron | Upos::Det | Upos::Part | Upos::Aux, _) => {
            IRREGULAR_WORDS.get(&lower).map_or(lower, str::to_owned)
        }
        (_, Xpos::NNS) => plural(&lower),
        (_, Xpos::JJR | Xpos::JJS | Xpos::RBR | Xpos::RBS) => degree(&lower, xpos),
        (Upos::Adj, _) if CAPITAL_ADJECTIVES.has(word) => word.to_owned(),
        (Upos::Punct, _) => mark(&lower).to_owned(),
        _ => lower,
    }
}

/// Quotes and dashes in their plain form.
fn mark(sign: &str) -> &str {
    match sign {
        "“" | "”" | "``" | "''" => "\"",
        "‘" => "'",
        "–" | "—" | "--" => "-",
        "…" => "...",
        sign => sign,
    }
}

fn verb(word: &str, upos: Upos, xpos: Xpos) -> String {
    if upos == Upos::Aux {
        // "He 'd gone": a past tense is no "would".
        if xpos == Xpos::VBD && word == "'d" {
            return "have".to_owned();
        }
        if let Some(base) = IRREGULAR_WORDS.get(word) {
            return base.to_owned();
        }
    }
    if let (Upos::Verb, "'s" | "'re" | "'m" | "'ve") = (upos, word) {
        return IRREGULAR_WORDS.get(word).unwrap_or(word).to_owned();
    }
    if matches!(xpos, Xpos::VB | Xpos::VBP) && !matches!(word, "am" | "are" | "is" | "were") {
        return word.to_owned();
    }
    if let Some(base) = IRREGULAR_VERBS.get(word) {
        return base.to_owned();
    }
    if let Some((prefix, rest)) = word.rsplit_once('-').filter(|(p, r)| !p.is_empty() && !r.is_empty()) {
        return format!("{prefix}-{}", verb(rest, upos, xpos));
    }
    let stem = match xpos {
        Xpos::VBZ => return third_person(word),
        Xpos::VBG => word.strip_suffix("ing").or_else(|| word.strip_suffix("in'")),
        _ => match word.strip_suffix("ied") {
            Some(stem) if stem.len() > 1 => return format!("{stem}y"),
            _ => word.strip_suffix("ed").or_else(|| word.strip_suffix("'d")),
        },
    };
    match stem {
        Some(stem) if stem.len() > 1 => base_of(stem),
        _ => word.to_owned(),
    }
}

fn third_person(word: &str) -> String {
    let Some(stem) = word.strip_suffix('s') else { return word.to_owned() };
    if let Some(short) = stem.strip_suffix("ie") {
        return format!("{short}y");
    }
    if BASE_VERBS.has(stem) {
        return stem.to_owned();
    }
    match stem.strip_suffix('e') {
        Some(short) if BASE_VERBS.has(short) || sibilant(short) => short.to_owned(),
        _ => stem.to_owned(),
    }
}

/// "pass", "push", "watch", "fix", "buzz": their -s is -es.
fn sibilant(word: &str) -> bool {
    ["ss", "sh", "ch", "x", "zz"].iter().any(|end| word.ends_with(end))
}

/// The verb that "stem" + "-ed" or "-ing" comes from: "hop" + "ing" is "hope", "hopp" is "hop".
fn base_of(stem: &str) -> String {
    let with_e = format!("{stem}e");
    let undoubled = undoubled(stem);
    let plain = [Some(stem), Some(with_e.as_str()), undoubled];
    let known: Vec<&str> = plain.into_iter().flatten().filter(|base| BASE_VERBS.has(base)).collect();
    match (&known[..], undoubled) {
        // "planed" and "caning" are rarer than they look; a stem that is a verb is the verb, unless
        // the e-form is one too and the stem is short: "using" is "use", "rating" is "rate".
        ([one], _) => (*one).to_owned(),
        ([first, second, ..], _) => {
            if takes_e(stem) {
                (*second).to_owned()
            } else {
                (*first).to_owned()
            }
        }
        ([], Some(short)) if !stem.ends_with("ll") && !stem.ends_with("ss") && !stem.ends_with("zz") => {
            short.to_owned()
        }
        ([], _) if takes_e(stem) => with_e,
        ([], _) => stem.to_owned(),
    }
}

/// "stopp" → "stop".
fn undoubled(stem: &str) -> Option<&str> {
    match stem.as_bytes() {
        [.., _, a, b] if a == b && a.is_ascii_alphabetic() && !b"aeiouhwxy".contains(a) => {
            stem.get(..stem.len() - 1)
        }
        _ => None,
    }
}

/// Does the spelling ask for an -e? "creat", "announc", "receiv", "stabiliz", "settl", "merg".
fn takes_e(stem: &str) -> bool {
    let vowel = |b: u8| b"aeiou".contains(&b);
    match stem.as_bytes() {
        [.., b'c' | b'v' | b'z' | b'u'] => true,
        [.., b'n', b'g'] => stem.ends_with("ang") || stem.ends_with("eng") || stem.ends_with("ung"),
        [.., b'g'] => !stem.ends_with("og") && !stem.ends_with("ig"),
        [.., b's', b's'] => false,
        [.., b's'] => true,
        [.., a, b'l'] => !vowel(*a) && b"bcdfgkptz".contains(a),
        [.., b'a' | b'i' | b'o' | b'u', b't'] if stem.ends_with("at") => {
            !stem.ends_with("eat") && !stem.ends_with("oat") || stem.ends_with("creat")
        }
        [.., b'u', b't' | b'd' | b'r' | b'm' | b'n'] => true,
        [.., a, b'i' | b'a' | b'o', b'd' | b'r' | b'k' | b'm' | b'p'] => !vowel(*a) && !stem.ends_with("or"),
        [.., a, b'i', b'n'] => !vowel(*a),
        [.., b't', b'h'] => stem.ends_with("eath") || stem.ends_with("oth"),
        _ => false,
    }
}

fn plural(word: &str) -> String {
    if let Some(base) = IRREGULAR_NOUNS.get(word) {
        return base.to_owned();
    }
    if let Some(stem) = word.strip_suffix("men") {
        return format!("{stem}man");
    }
    if let Some((prefix, rest)) = word.rsplit_once('-').filter(|(p, r)| !p.is_empty() && !r.is_empty()) {
        return format!("{prefix}-{}", plural(rest));
    }
    let Some(stem) = word.strip_suffix('s') else { return word.to_owned() };
    if stem.len() < 2 || stem.ends_with('s') {
        return word.to_owned();
    }
    if BASE_NOUNS.has(stem) {
        return stem.to_owned();
    }
    let stem = stem.strip_suffix('\'').unwrap_or(stem);
    if let Some(short) = stem.strip_suffix("ie") {
        return format!("{short}y");
    }
    match stem.strip_suffix('e') {
        Some(short) if sibilant(short) || short.ends_with('o') || short.ends_with("us") => short.to_owned(),
        _ => stem.to_owned(),
    }
}

fn singular_name(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 3 && !stem.ends_with('s') => match stem.strip_suffix("ie") {
            Some(short) => format!("{short}y"),
            None => stem.to_owned(),
        },
        _ => word.to_owned(),
    }
}

fn degree(word: &str, xpos: Xpos) -> String {
    let adverb = matches!(xpos, Xpos::RBR | Xpos::RBS);
    match (word, adverb) {
        ("better" | "best", true) => return "well".to_owned(),
        ("worse" | "worst", true) => return "badly".to_owned(),
        _ => {}
    }
    if let Some(base) = IRREGULAR_DEGREES.get(word) {
        return base.to_owned();
    }
    let ending = if matches!(xpos, Xpos::JJR | Xpos::RBR) { "er" } else { "est" };
    let Some(stem) = word.strip_suffix(ending).filter(|s| s.len() > 1) else { return word.to_owned() };
    if let Some(short) = stem.strip_suffix('i') {
        return format!("{short}y");
    }
    match undoubled(stem) {
        Some(short) if !stem.ends_with("ll") && !stem.ends_with("ss") => short.to_owned(),
        // "larger", "safer", "closer", "abler", "nicer", "finer", "ruder", "whiter".
        _ if takes_e(stem) || ["f", "bl", "fin", "it", "id", "mpl"].iter().any(|e| stem.ends_with(e)) => {
            format!("{stem}e")
        }
        _ => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lemmas() {
        for (word, upos, xpos, expected) in [
            ("pressed", Upos::Verb, Xpos::VBD, "press"),
            ("hoping", Upos::Verb, Xpos::VBG, "hope"),
            ("hopping", Upos::Verb, Xpos::VBG, "hop"),
            ("expelled", Upos::Verb, Xpos::VBD, "expel"),
            ("called", Upos::Verb, Xpos::VBD, "call"),
            ("denies", Upos::Verb, Xpos::VBZ, "deny"),
            ("accused", Upos::Verb, Xpos::VBN, "accuse"),
            ("denuclearized", Upos::Verb, Xpos::VBN, "denuclearize"),
            ("pushes", Upos::Verb, Xpos::VBZ, "push"),
            ("co-sponsored", Upos::Verb, Xpos::VBD, "co-sponsor"),
            ("held", Upos::Verb, Xpos::VBD, "hold"),
            ("’s", Upos::Aux, Xpos::VBZ, "be"),
            ("n’t", Upos::Part, Xpos::RB, "not"),
            ("Allies", Upos::Noun, Xpos::NNS, "ally"),
            ("crises", Upos::Noun, Xpos::NNS, "crisis"),
            ("houses", Upos::Noun, Xpos::NNS, "house"),
            ("viruses", Upos::Noun, Xpos::NNS, "virus"),
            ("gunmen", Upos::Noun, Xpos::NNS, "gunman"),
            ("Democrats", Upos::Propn, Xpos::NNPS, "Democrat"),
            ("Orsel", Upos::Propn, Xpos::NNP, "Orsel"),
            ("tougher", Upos::Adj, Xpos::JJR, "tough"),
            ("biggest", Upos::Adj, Xpos::JJS, "big"),
            ("Chinese", Upos::Adj, Xpos::JJ, "Chinese"),
            ("New", Upos::Adj, Xpos::JJ, "new"),
            ("”", Upos::Punct, Xpos::Close, "\""),
        ] {
            assert_eq!(lemma(word, upos, xpos), expected, "{word}");
        }
    }

    #[test]
    fn any_text_has_a_lemma() {
        let hyphens = "a-".repeat(100_000) + "b";
        assert_eq!(lemma(&hyphens, Upos::Verb, Xpos::VBD), hyphens);
        for odd in ["", "s", "ed", "-", "ing", "é's", "-s", "İed", "ies", "'s"] {
            for upos in Upos::ALL {
                for xpos in Xpos::ALL {
                    let _ = lemma(odd, *upos, *xpos);
                }
            }
        }
    }
}
