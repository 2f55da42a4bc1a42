//! What the rest of the document tells about a word: "Kemp" after "Governor", "Kemp said".
//!
//! In: the words of all sentences. Out: for each token, bits seen at its **other** occurrences: a
//! bare "Kemp" in the last paragraph, or in the headline, knows that a title stood before it once.
//! Words are the same if they agree in lower case, so that "KEMP WINS" learns from the body.
//!
//! Left out: sentences in upper case or title case teach nothing; they only learn.

use super::membership::Member;
use super::sentence::{Mode, Run};
use super::word::{
    CONTEST, Case, GIVEN_NAME, LINK, ORGANIZATION_CUE, ORGANIZATION_NOUN, ORGANIZATION_WORD,
    PLACE_PREPOSITION, PLACE_WORD, SPEECH_VERB, TITLE, Word,
};

/// How many sorts of evidence there are.
pub(super) const SORTS: u32 = 29;

const LOWER: u32 = 1;
const CAPITAL: u32 = 1 << 1;
const AFTER_TITLE: u32 = 1 << 2;
const AFTER_GIVEN: u32 = 1 << 3;
const BESIDE_SPEECH: u32 = 1 << 4;
const AFTER_PLACE_PREPOSITION: u32 = 1 << 5;
const POSSESSOR: u32 = 1 << 6;
const AFTER_THE: u32 = 1 << 7;
const IN_ORGANIZATION: u32 = 1 << 8;
const IN_BRACKETS: u32 = 1 << 9;
const LAST_OF_RUN: u32 = 1 << 10;
const FIRST_OF_RUN: u32 = 1 << 11;
const LISTED_PERSON: u32 = 1 << 12;
const LISTED_PLACE: u32 = 1 << 13;
const LISTED_ORGANIZATION: u32 = 1 << 14;
const BEFORE_LISTED_PLACE: u32 = 1 << 15;
const BESIDE_PLACE_WORD: u32 = 1 << 16;
const BEFORE_WHO: u32 = 1 << 17;
const ALONE: u32 = 1 << 18;
const MIDDLE_OF_RUN: u32 = 1 << 19;
const ACRONYM: u32 = 1 << 20;
const BEFORE_NOUN: u32 = 1 << 21;
const AFTER_OF: u32 = 1 << 22;
const WITH_NUMBER: u32 = 1 << 23;
const AFTER_ORGANIZATION_NOUN: u32 = 1 << 24;
const BEFORE_ORGANIZATION_CUE: u32 = 1 << 25;
const BEFORE_WHICH: u32 = 1 << 26;
const IN_CONTEST: u32 = 1 << 27;
const EXPLAINED_AS_BODY: u32 = 1 << 28;

/// What a token's own place shows that its neighbours' features do not.
pub(super) const OWN: u32 =
    BEFORE_ORGANIZATION_CUE | BEFORE_WHICH | IN_CONTEST | EXPLAINED_AS_BODY | BEFORE_WHO | BESIDE_SPEECH;

/// The words that decide, as hashes.
struct Known {
    the: u32,
    of: u32,
    who: u32,
    which: u32,
    comma: u32,
    open: u32,
    close: u32,
    possessive: [u32; 2],
}

/// One sentence as this room sees it.
pub(super) struct Seen<'a> {
    pub words: &'a [Word],
    pub members: &'a [Member],
    pub runs: &'a [Run],
    pub mode: Mode,
}

/// For each token of all sentences in turn, what its word shows at other places of the document,
/// and what it shows at its own.
pub(super) fn elsewhere<'a>(sentences: impl Iterator<Item = Seen<'a>> + Clone) -> (Vec<u32>, Vec<u32>) {
    let known = Known {
        the: super::word::hash("the"),
        of: super::word::hash("of"),
        who: super::word::hash("who"),
        which: super::word::hash("which"),
        comma: super::word::hash(","),
        open: super::word::hash("("),
        close: super::word::hash(")"),
        possessive: [super::word::hash("'s"), super::word::hash("'")],
    };
    // Once: bits seen at least once; twice: at least twice. With both, a token can leave itself out.
    let mut types: super::word::Table<[u32; 2]> = super::word::Table::default();
    let mut own = Vec::new();
    let mut acronyms = Vec::new();
    for sentence in sentences.clone() {
        for at in 0..sentence.words.len() {
            let bits = own_bits(&sentence, at, &known);
            own.push(bits);
            if let Some(word) = sentence.words.get(at) {
                let [once, twice] = types.entry(word.lower).or_default();
                *twice |= *once & bits;
                *once |= bits;
            }
        }
        acronyms_of(&sentence, &mut acronyms);
    }
    for acronym in acronyms {
        if let Some([once, twice]) = types.get_mut(&acronym) {
            *once |= ACRONYM;
            *twice |= ACRONYM;
        }
    }
    let words = sentences.flat_map(|s| s.words.iter());
    let others = words
        .zip(&own)
        .map(|(word, own)| types.get(&word.lower).map_or(0, |[once, twice]| (once & !own) | (twice & own)))
        .collect();
    (others, own)
}

/// What this occurrence shows.
fn own_bits(sentence: &Seen, at: usize, known: &Known) -> u32 {
    let word_at = |i: usize| sentence.words.get(i).copied().unwrap_or_default();
    let word = word_at(at);
    if !matches!(sentence.mode, Mode::Plain | Mode::Small) {
        return 0;
    }
    match word.case {
        Case::None => return 0,
        Case::Lower => return LOWER,
        Case::Title | Case::Upper => {}
    }
    let run = sentence.runs.get(at).copied().unwrap_or_default();
    let (first, end) = (run.first as usize, run.end as usize);
    let before = if first > 0 { word_at(first - 1) } else { Word::default() };
    let previous = if at > 0 { word_at(at - 1) } else { Word::default() };
    let after = word_at(end);
    let last = end.saturating_sub(1);
    let mut bits = if at > 0 && previous.case != Case::None { CAPITAL } else { 0 };
    let mut mark = |condition: bool, bit: u32| bits |= if condition { bit } else { 0 };
    mark(before.is(TITLE) || (at > first && titles_only(sentence, first, at)), AFTER_TITLE);
    mark(at > first && previous.is(GIVEN_NAME), AFTER_GIVEN);
    mark(at == last && (after.is(SPEECH_VERB) || (at == first && before.is(SPEECH_VERB))), BESIDE_SPEECH);
    mark(at == first && before.is(PLACE_PREPOSITION), AFTER_PLACE_PREPOSITION);
    mark(at == last && known.possessive.contains(&after.lower), POSSESSOR);
    mark(at == first && before.lower == known.the, AFTER_THE);
    mark(word_at(last).is(ORGANIZATION_WORD) && at != last, IN_ORGANIZATION);
    mark(before.lower == known.open && after.lower == known.close, IN_BRACKETS);
    mark(end - first > 1 && at == last, LAST_OF_RUN);
    mark(end - first > 1 && at == first, FIRST_OF_RUN);
    mark(at > first && at < last, MIDDLE_OF_RUN);
    mark(end - first == 1, ALONE);
    let member = sentence.members.get(at).copied().unwrap_or_default();
    if member.is(Member::LONG) {
        mark(member.is(Member::PERSON), LISTED_PERSON);
        mark(member.is(Member::ORGANIZATION), LISTED_ORGANIZATION);
        mark(member.is(Member::PLACE | Member::COUNTRY), LISTED_PLACE);
    }
    let next_member = sentence.members.get(end + 1).copied().unwrap_or_default();
    mark(after.lower == known.comma && next_member.is(Member::PLACE | Member::COUNTRY), BEFORE_LISTED_PLACE);
    mark(
        at == last && after.is(PLACE_WORD) || (at != last && word_at(last).is(PLACE_WORD)),
        BESIDE_PLACE_WORD,
    );
    mark(at == last && after.lower == known.comma && word_at(end + 1).lower == known.who, BEFORE_WHO);
    mark(at == last && after.case == Case::Lower && !after.is(SPEECH_VERB | LINK), BEFORE_NOUN);
    mark(at == first && before.lower == known.of, AFTER_OF);
    mark(at == first && before.is(ORGANIZATION_NOUN), AFTER_ORGANIZATION_NOUN);
    let possessor = known.possessive.contains(&after.lower);
    let cue = if possessor { word_at(end + 1) } else { after };
    mark(at == last && cue.is(ORGANIZATION_CUE), BEFORE_ORGANIZATION_CUE);
    mark(at == last && after.lower == known.comma && word_at(end + 1).lower == known.which, BEFORE_WHICH);
    let before2 = if first > 1 { word_at(first - 2) } else { Word::default() };
    mark(
        (before.traits | before2.traits | after.traits | word_at(end + 1).traits) & CONTEST != 0,
        IN_CONTEST,
    );
    mark(at == last && after.lower == known.comma && explained(sentence.words, end + 1), EXPLAINED_AS_BODY);
    mark(
        at == last && after.case == Case::None && after.shape != after.exact && after.lower != known.comma,
        WITH_NUMBER,
    );
    bits
}

/// "…, an Italian fashion house,": a noun for a body among the small words that begin here.
fn explained(words: &[Word], from: usize) -> bool {
    let small = words.iter().skip(from).take(7).take_while(|w| w.case != Case::None);
    small.take_while(|w| !w.is(TITLE)).any(|w| w.case == Case::Lower && w.is(ORGANIZATION_NOUN))
}

/// True if all words of a run before this one are titles: "Prime Minister Johnson".
fn titles_only(sentence: &Seen, first: usize, at: usize) -> bool {
    // Titles longer than four words are rare, and this keeps long upper-case lines linear.
    at - first <= 4 && sentence.words.get(at - 1).is_some_and(|w| w.is(TITLE))
}

/// The initials of the sentence's runs of capitals: "International Atomic Energy Agency" → "iaea".
fn acronyms_of(sentence: &Seen, acronyms: &mut Vec<u32>) {
    if sentence.mode != Mode::Plain {
        return;
    }
    let mut at = 0;
    while at < sentence.runs.len() {
        let run = sentence.runs.get(at).copied().unwrap_or_default();
        let (first, end) = (run.wide_first as usize, (run.wide_end as usize).max(at + 1));
        let words = sentence.words.get(first..end).unwrap_or(&[]);
        if (2..=10).contains(&words.len()) {
            let mut hashes = [super::word::Hash::new(); 2];
            for word in words {
                if !word.is(LINK) {
                    hashes[0].add(word.initial);
                }
                hashes[1].add(word.initial);
            }
            acronyms.extend(hashes.map(super::word::Hash::end));
        }
        at = end;
    }
}
