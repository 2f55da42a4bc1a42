//! The features of a token: what the weights are asked about.
//!
//! In: a [`Reading`]: the words of a document with what the gazetteer and the rest of the
//! document tell of them. Out: for each token some hundred bucket numbers below [`BUCKETS`].
//! Two features may share a bucket; training lives with it.
//!
//! The weights depend on every line here: a change needs a new training.

use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::syntax::Syntax;

use super::context::{self, Seen};
use super::membership::{self, Member};
use super::sentence::{self, Mode, Run};
use super::tree::{self, Hang};
use super::word::{self, Word};

/// How many buckets the features are hashed into.
pub const BUCKETS: usize = 1 << 18;

/// All that is known of a document's tokens before tagging.
pub struct Reading {
    words: Vec<Word>,
    members: Vec<Member>,
    runs: Vec<Run>,
    elsewhere: Vec<u32>,
    own: Vec<u32>,
    /// How much the document speaks of games: 0 to 3.
    contest: u32,
    sentences: Vec<(usize, usize, Mode)>,
    /// What the trees tell of each token; empty where nothing was parsed.
    hangs: Vec<Hang>,
}

/// Reads a document's tokens.
#[must_use]
pub fn read(document: &Document, lexicon: &Lexicon, syntax: Option<&Syntax>) -> Reading {
    let mut words: Vec<Word> = Vec::with_capacity(document.tokens.len());
    let mut previous_end = u32::MAX;
    for span in &document.tokens {
        words.push(word::read(span.of(&document.text), span.start == previous_end));
        previous_end = span.end;
    }
    let mut asked = word::Table::default();
    let mut members = vec![Member::default(); words.len()];
    let mut runs = Vec::with_capacity(words.len());
    let mut sentences = Vec::with_capacity(document.sentences.len());
    for sentence in &document.sentences {
        // Sentences follow one another without gaps; a document made by hand may leave some.
        let (first, end) = (sentence.first.at(), sentence.end.at().min(words.len()));
        if first != runs.len() || first > end {
            continue;
        }
        let spans = document.tokens.get(first..end).unwrap_or(&[]);
        let (words, members) = (&mut words[first..end], &mut members[first..end]);
        let mode = sentence::mode(words);
        membership::mark(&document.text, spans, words, members, lexicon, &mut asked, mode);
        runs.extend(sentence::runs(words));
        // Clusters are asked of the words that a feature can see.
        for (at, span) in spans.iter().enumerate() {
            if mode == Mode::Small || touches(words, at, 3) {
                words[at].clusters = word::clusters_of(span.of(&document.text));
            }
        }
        sentences.push((first, end, mode));
    }
    let seen = sentences.iter().map(|(first, end, mode)| Seen {
        words: &words[*first..*end],
        members: &members[*first..*end],
        runs: &runs[*first..*end],
        mode: *mode,
    });
    let (elsewhere, own) = context::elsewhere(seen);
    let contest = contest(words.iter().copied());
    let hangs = syntax.map_or_else(Vec::new, |syntax| tree::read(syntax, words.len()));
    Reading { words, members, runs, elsewhere, own, contest, sentences, hangs }
}

/// How much of a document's words are words of games: none, some, much, most.
pub(super) fn contest(words: impl Iterator<Item = Word>) -> u32 {
    let (mut count, mut all) = (0, 0);
    for word in words {
        all += 1;
        count += usize::from(word.case == word::Case::Lower && word.is(word::CONTEST));
    }
    let per_thousand = count * 1000 / all.max(1);
    [6, 20, 45].iter().filter(|limit| count > 2 && per_thousand >= **limit).count() as u32
}

impl Reading {
    /// The first token and one past the last of each sentence.
    pub fn sentences(&self) -> impl Iterator<Item = (usize, usize)> {
        self.sentences.iter().map(|(first, end, _)| (*first, *end))
    }

    /// Calls `each` with the bucket of every feature of the token `at` of a sentence. A token without
    /// features is outside every name: a small word that no capital touches, where there are capitals.
    pub fn features(&self, sentence: usize, at: usize, mut each: impl FnMut(usize)) {
        let Some((first, end, mode)) = self.sentences.get(sentence).copied() else { return };
        let words = &self.words[first..end];
        if mode != Mode::Small && !touches(words, at, 1) && !is_joined(words, at) {
            return;
        }
        let view = View {
            words,
            members: &self.members[first..end],
            runs: &self.runs[first..end],
            elsewhere: &self.elsewhere[first..end],
            own: &self.own[first..end],
            contest: self.contest,
            mode,
        };
        let mut add = |template: u32, a: u32, b: u32| each(bucket(template, a, b));
        view.word_features(at, &mut add);
        view.run_features(at, &mut add);
        view.listed_features(at, &mut add);
        view.document_features(at, &mut add);
        if let Some(hangs) = self.hangs.get(first..end) {
            tree::features(words, hangs, first, at, &mut add);
        }
    }
}

/// True if a word with a capital stands no more than `within` places away.
fn touches(words: &[Word], at: usize, within: usize) -> bool {
    words.iter().take(at + within + 1).skip(at.saturating_sub(within)).any(Word::capital)
}

/// "yong" in "Eui-yong", "al" in "al-Shabab": a mark joins the word to one with a capital.
fn is_joined(words: &[Word], at: usize) -> bool {
    let glued = |n: usize| words.get(n).is_some_and(|w| w.glued);
    let capital = |n: usize| words.get(n).is_some_and(Word::capital);
    (at > 1 && glued(at) && glued(at - 1) && capital(at - 2))
        || (glued(at + 1) && glued(at + 2) && capital(at + 2))
}

/// The bucket of a feature: which question, and up to two answers.
fn bucket(template: u32, a: u32, b: u32) -> usize {
    let seed = u64::from(a) | u64::from(b) << 32;
    let mixed =
        (seed ^ u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (((mixed >> 32) * BUCKETS as u64) >> 32) as usize
}

/// One sentence.
struct View<'a> {
    words: &'a [Word],
    members: &'a [Member],
    runs: &'a [Run],
    elsewhere: &'a [u32],
    own: &'a [u32],
    contest: u32,
    mode: Mode,
}

/// Stands before the first and after the last word.
const EDGE: Word = Word { exact: 1, lower: 1, shape: 1, ..EMPTY };
const EMPTY: Word = Word {
    exact: 0,
    lower: 0,
    shape: 0,
    prefix: 0,
    suffixes: [0; 3],
    case: word::Case::None,
    traits: 0,
    glued: false,
    initial: '\0',
    long: false,
    clusters: [word::NO_CLUSTER + 1; 3],
};

impl View<'_> {
    /// The word `by` places from `at`.
    fn word(&self, at: usize, by: isize) -> Word {
        at.checked_add_signed(by).and_then(|i| self.words.get(i)).copied().unwrap_or(EDGE)
    }

    fn member(&self, at: usize, by: isize) -> u32 {
        let member = at.checked_add_signed(by).and_then(|i| self.members.get(i)).copied();
        u32::from(member.unwrap_or_default().0)
    }

    fn elsewhere(&self, at: usize, by: isize) -> u32 {
        at.checked_add_signed(by).and_then(|i| self.elsewhere.get(i)).copied().unwrap_or(0)
    }

    /// The word and its neighbours: forms, shapes, endings, clusters.
    fn word_features(&self, at: usize, add: &mut impl FnMut(u32, u32, u32)) {
        let word = self.word(at, 0);
        let (before, after) = (self.word(at, -1), self.word(at, 1));
        let (before2, after2) = (self.word(at, -2), self.word(at, 2));
        let mode = self.mode as u32;
        let start = u32::from(at == 0);
        add(1, word.lower, 0);
        add(2, word.exact, 0);
        add(3, before.lower, 0);
        add(4, after.lower, 0);
        add(5, before2.lower, 0);
        add(6, after2.lower, 0);
        add(7, before.lower, word.lower);
        add(8, word.lower, after.lower);
        add(9, before.lower, after.lower);
        add(10, word.shape, mode);
        add(11, before.shape, word.shape);
        add(12, word.shape, after.shape);
        add(13, before.shape ^ after.shape.rotate_left(9), word.shape);
        add(14, word.shape, before.lower);
        add(15, word.shape, after.lower);
        add(16, word.shape, start << 8 | mode);
        add(17, before2.shape ^ before.shape.rotate_left(9), word.shape);
        add(18, word.prefix, 0);
        add(19, word.suffixes[0], 0);
        add(20, word.suffixes[1], 0);
        add(21, word.suffixes[2], 0);
        add(22, word.suffixes[1], word.shape);
        let c = |word: &Word, n: usize| u32::from(word.clusters[n]);
        add(30, c(&word, 2), 0);
        add(31, c(&word, 1), 0);
        add(32, c(&word, 0), 0);
        add(33, c(&before, 2), 0);
        add(34, c(&after, 2), 0);
        add(35, c(&before, 1), c(&word, 1));
        add(36, c(&word, 1), c(&after, 1));
        add(37, c(&before2, 1), 0);
        add(38, c(&after2, 1), 0);
        add(39, c(&before, 0) << 8 | c(&after, 0), c(&word, 0));
        add(40, c(&before, 2), word.shape);
        add(41, c(&after, 2), word.shape);
        add(42, c(&word, 1), word.shape);
        add(43, c(&word, 2), word.shape ^ mode);
        add(50, word.traits, word.case as u32);
        add(51, before.traits, word.traits);
        add(52, word.traits, after.traits);
        add(53, before2.traits, word.shape);
        add(54, after2.traits, word.shape);
        let glue = u32::from(word.glued) | u32::from(after.glued) << 1;
        add(55, glue, word.shape);
        if word.glued {
            add(56, before.lower, word.shape);
        }
        if after.glued {
            add(57, after.lower, word.shape);
        }
    }

    /// The capitals around the word: what the run ends in, and what stands beside it.
    fn run_features(&self, at: usize, add: &mut impl FnMut(u32, u32, u32)) {
        let run = self.runs.get(at).copied().unwrap_or_default();
        let place = |first: u32, end: u32| {
            let (from_first, to_end) = (at as u32 - first.min(at as u32), end.saturating_sub(at as u32));
            from_first.min(3) << 4 | to_end.min(3)
        };
        let word = self.word(at, 0);
        if word.capital() {
            let here = place(run.first, run.end);
            let (first, last) = (self.word(run.first as usize, 0), self.word(run.end as usize, -1));
            let (before, after) = (self.word(run.first as usize, -1), self.word(run.end as usize, 0));
            add(60, last.lower, here);
            add(61, first.lower, here);
            add(62, before.lower, here);
            add(63, after.lower, here);
            add(64, here, self.mode as u32);
            add(65, u32::from(last.clusters[2]), here);
            add(66, u32::from(before.clusters[2]), here);
            add(67, u32::from(after.clusters[2]), here);
            add(68, last.traits, here);
            add(69, before.traits << 16 | after.traits, here);
            add(70, u32::from(before.clusters[1]) << 16 | u32::from(after.clusters[1]), here);
            add(71, u32::from(before.clusters[1]), u32::from(last.clusters[1]) << 8 | here);
        }
        if run.wide_end - run.wide_first > 1 {
            let here = place(run.wide_first, run.wide_end);
            let (first, last) = (self.word(run.wide_first as usize, 0), self.word(run.wide_end as usize, -1));
            let (before, after) =
                (self.word(run.wide_first as usize, -1), self.word(run.wide_end as usize, 0));
            add(75, last.lower, here);
            add(76, first.lower, here);
            add(77, before.lower, here);
            add(78, after.lower, here);
            add(79, first.traits, here);
            add(80, first.traits << 16 | last.traits, here);
            add(81, word.lower, here << 8 | u32::from(first.capital()));
        }
    }

    /// What the gazetteer says of the word and its neighbours.
    fn listed_features(&self, at: usize, add: &mut impl FnMut(u32, u32, u32)) {
        let (before, here, after) = (self.member(at, -1), self.member(at, 0), self.member(at, 1));
        if before | here | after == 0 {
            return;
        }
        let word = self.word(at, 0);
        if here != 0 {
            add(90, here, 0);
            add(91, here, word.shape ^ self.mode as u32);
            add(92, here, self.word(at, -1).lower);
            add(93, here, self.word(at, 1).lower);
            add(94, here, u32::from(self.word(at, -1).clusters[1]));
            add(95, here, u32::from(self.word(at, 1).clusters[1]));
            add(96, here, word.traits);
        }
        add(97, here, before);
        add(98, here, after);
        add(99, before, word.shape);
        add(100, after, word.shape);
        add(101, before << 16 | after, word.shape);
    }

    /// What the rest of the document tells of the word and its neighbours.
    fn document_features(&self, at: usize, add: &mut impl FnMut(u32, u32, u32)) {
        let word = self.word(at, 0);
        if !word.capital() {
            return;
        }
        let here = self.elsewhere(at, 0);
        let mode = self.mode as u32;
        let position = u32::from(at == 0);
        for sort in 0..context::SORTS {
            if here >> sort & 1 != 0 {
                add(110, sort, mode << 1 | position);
                add(111, sort, self.member(at, 0));
            }
        }
        let own = self.own.get(at).copied().unwrap_or(0) & context::OWN;
        let member = self.member(at, 0);
        if own != 0 {
            add(117, own, member);
            add(118, own, word.shape);
        }
        add(119, self.contest, member);
        add(120, self.contest << 16 | member, self.word(at, -1).lower);
        add(121, self.contest << 16 | member, self.word(at, 1).lower);
        add(122, self.contest, self.word(at, -1).traits << 16 | self.word(at, 1).traits);
        add(123, here & 0x1f00_0000, member);
        add(112, here & 0b111, word.shape ^ (mode << 1 | position));
        add(113, here & 0b1111_1100, word.shape);
        add(114, here & 0xff_ff00, mode);
        let strong = 0x1713_71fc;
        add(115, self.elsewhere(at, -1) & strong, u32::from(self.word(at, -1).capital()));
        add(116, self.elsewhere(at, 1) & strong, u32::from(self.word(at, 1).capital()));
    }
}
