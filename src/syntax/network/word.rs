//! What the engine sees of a word: hashes of its form, its ending and shape, its clusters.
//!
//! In: the words of a sentence. Out: one [`Word`] each. Typographic and straight quotes and dashes
//! become one, digits become `0`; in "TRUMP URGES IRAN TO TALK" and "Trump Urges Iran to Talk" case
//! tells little, so the words are taken in lower case and their shapes marked.

use smallvec::SmallVec;

use crate::lexicon::clusters::clusters;

/// Stands for a cluster of a word that has none, and for any part of a missing word.
pub const NONE: u32 = u32::MAX;

/// One word, as hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The normalised form.
    pub form: u32,
    /// The same in lower case.
    pub lower: u32,
    /// Its first 1, 2, 3 letters in lower case.
    pub prefix: [u32; 3],
    /// Its last 1, 2, 3, 4 letters in lower case.
    pub suffix: [u32; 4],
    /// Capitals, small letters, digits and signs in their order.
    pub shape: u32,
    /// Its cluster among 64.
    pub c64: u32,
    /// Its cluster among 256.
    pub c256: u32,
    /// Its cluster among 1,024.
    pub c1024: u32,
}

/// A word beyond the sentence's ends.
pub const MISSING: Word = Word {
    form: NONE,
    lower: NONE,
    prefix: [NONE; 3],
    suffix: [NONE; 4],
    shape: NONE,
    c64: NONE,
    c256: NONE,
    c1024: NONE,
};

/// How much the capitals of a sentence tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// Names and first words have capitals.
    Plain,
    /// All letters are capitals.
    Upper,
    /// All longer words begin with a capital.
    Title,
}

/// Reads the words of a sentence into `words`, which is emptied first.
pub fn read<'a>(forms: impl Iterator<Item = &'a str> + Clone, words: &mut Vec<Word>) {
    let case = case(forms.clone());
    words.clear();
    words.extend(forms.map(|form| word(form, case)));
}

fn case<'a>(forms: impl Iterator<Item = &'a str>) -> Case {
    let (mut letters, mut capitals, mut long, mut titled) = (0, 0, 0, 0);
    for form in forms {
        let alphabetic = form.chars().filter(|c| c.is_alphabetic()).count();
        letters += alphabetic;
        capitals += form.chars().filter(|c| c.is_uppercase()).count();
        if alphabetic >= 4 {
            long += 1;
            titled += usize::from(form.chars().next().is_some_and(char::is_uppercase));
        }
    }
    match () {
        () if letters >= 8 && capitals * 10 >= letters * 9 => Case::Upper,
        () if long >= 4 && titled * 5 >= long * 4 => Case::Title,
        () => Case::Plain,
    }
}

fn word(form: &str, case: Case) -> Word {
    let chars: SmallVec<[char; 32]> = match sign(form) {
        Some(sign) => sign.chars().collect(),
        None => form.chars().map(plain).collect(),
    };
    let small: SmallVec<[char; 32]> = chars.iter().flat_map(|c| c.to_lowercase()).collect();
    let lower = hash(&small);
    let ends = |n: usize| hash(&small[small.len().saturating_sub(n)..]);
    let begins = |n: usize| hash(&small[..n.min(small.len())]);
    let found = match form.is_ascii() {
        true => clusters(form),
        false => clusters(&small.iter().collect::<String>()),
    };
    Word {
        form: if case == Case::Plain { hash(&chars) } else { lower },
        lower,
        prefix: [begins(1), begins(2), begins(3)],
        suffix: [ends(1), ends(2), ends(3), ends(4)],
        shape: shape(&chars).wrapping_mul(4).wrapping_add(case as u32),
        c64: found.map_or(NONE, |c| u32::from(c.c64)),
        c256: found.map_or(NONE, |c| u32::from(c.c256)),
        c1024: found.map_or(NONE, |c| u32::from(c.c1024)),
    }
}

/// Quotes and dashes that are written in many ways.
fn sign(form: &str) -> Option<&'static str> {
    Some(match form {
        "“" | "„" | "‟" | "«" | "``" => "``",
        "”" | "»" | "''" => "''",
        "‘" | "‚" | "`" => "`",
        "’" => "'",
        "–" | "—" | "―" | "--" | "---" => "--",
        "…" | "...." | ". . ." => "...",
        _ => return None,
    })
}

fn plain(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '‑' | '–' => '-',
        c if c.is_ascii_digit() => '0',
        c => c,
    }
}

/// "Blinken" and "Seoul" are `Xx`, "U.S." is `X.X.`, "2021" and "18" are `0`.
fn shape(chars: &[char]) -> u32 {
    let (mut hash, mut last, mut runs) = (0u32, 0u32, 0);
    for c in chars {
        let class = match c {
            c if c.is_uppercase() => 1,
            c if c.is_lowercase() => 2,
            '0' => 3,
            c if c.is_alphabetic() => 4,
            c if c.is_ascii() => *c as u32,
            _ => 5,
        };
        if class != last && runs < 6 {
            hash = hash.wrapping_mul(131).wrapping_add(class);
            runs += 1;
        }
        last = class;
    }
    hash
}

fn hash(chars: &[char]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for c in chars {
        hash = (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x0100_0000_01b3);
    }
    (hash ^ hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(sentence: &str) -> Vec<Word> {
        let mut words = Vec::new();
        read(sentence.split(' '), &mut words);
        words
    }

    #[test]
    fn signs_are_one_however_written() {
        assert_eq!(words("“"), words("``"));
        assert_eq!(words("—"), words("--"));
        assert_eq!(words("do n’t"), words("do n't"));
        assert_ne!(words("“"), words("”"));
    }

    #[test]
    fn headlines_are_read_in_lower_case() {
        let (upper, plain) = (words("KREMLIN REJECTS CEASEFIRE"), words("Kremlin rejects ceasefire"));
        assert_eq!(upper[1].form, plain[1].form);
        assert_ne!(upper[1].shape, plain[1].shape);
        let title = words("Kremlin Rejects New Ceasefire Plan From Ankara");
        assert_eq!(title[1].form, plain[1].form);
        assert_ne!(words("Mr. Orsel rejects it")[1].form, words("orsel")[0].form);
    }

    #[test]
    fn any_text_is_a_word() {
        for odd in ["", "\u{0}", "é", "😀😀", "İ", &"x".repeat(5000)] {
            assert_eq!(words(odd).len(), 1);
        }
    }
}
