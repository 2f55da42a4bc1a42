//! Sentence-wide facts: is it a headline in capitals, and which words stand together in capitals.
//!
//! In: the words of a sentence. Out: its [`Mode`] and a [`Run`] for each word: "the Ministry of
//! Foreign Affairs said" has the runs "Ministry" and "Foreign Affairs", and one wide run over all four.

use super::word::{Case, FUNCTION_WORD, LINK, Word};

/// How a sentence uses capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mode {
    /// Capitals mark names and the first word.
    #[default]
    Plain,
    /// "Blinken Urges China to Act": most long words begin with one.
    Title,
    /// "BLINKEN URGES CHINA TO ACT".
    Upper,
    /// "blinken urges china to act": no capitals at all.
    Small,
}

/// The neighbours in capitals of one word, as places in the sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run {
    /// First word of the unbroken run; the word itself if it has no capital.
    pub first: u32,
    /// One past its last word.
    pub end: u32,
    /// First word of the run that may hold links: "Ministry of Foreign Affairs".
    pub wide_first: u32,
    /// One past its last word.
    pub wide_end: u32,
}

/// Tells how a sentence uses capitals.
pub(super) fn mode(words: &[Word]) -> Mode {
    let letters = words.iter().filter(|w| w.case != Case::None).count();
    let upper = words.iter().filter(|w| w.case == Case::Upper).count();
    let lower = words.iter().filter(|w| w.case == Case::Lower).count();
    if letters > 0 && lower == letters {
        return Mode::Small;
    }
    if letters >= 3 && upper * 10 >= letters * 7 && lower * 10 <= letters {
        return Mode::Upper;
    }
    let long = words.iter().filter(|w| w.long && w.case != Case::None).count();
    let capitals = words.iter().filter(|w| w.long && w.capital()).count();
    if long >= 4 && capitals * 4 >= long * 3 { Mode::Title } else { Mode::Plain }
}

/// The runs of capitals around each word.
pub(super) fn runs(words: &[Word]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::with_capacity(words.len());
    runs.extend((0..words.len() as u32).map(|n| Run {
        first: n,
        end: n + 1,
        wide_first: n,
        wide_end: n + 1,
    }));
    each_run(words, |_, _| 0, |run, first, end| (run.first, run.end) = (first, end), &mut runs);
    each_run(words, links, |run, first, end| (run.wide_first, run.wide_end) = (first, end), &mut runs);
    runs
}

/// Walks over the runs of capitals, with as many words between two capitals as `between` allows.
fn each_run(
    words: &[Word],
    between: impl Fn(&[Word], usize) -> usize,
    set: impl Fn(&mut Run, u32, u32),
    runs: &mut [Run],
) {
    let mut first = 0;
    while first < words.len() {
        let mut end = first + 1;
        if joins(words, first) {
            loop {
                let skipped = between(words, end);
                if !joins(words, end + skipped) {
                    break;
                }
                end += skipped + 1;
            }
            runs.iter_mut().take(end).skip(first).for_each(|run| set(run, first as u32, end as u32));
        }
        first = end;
    }
}

/// True for a capital that may be part of a name; "In" at the start of a sentence may not.
fn joins(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|w| w.capital() && !w.is(FUNCTION_WORD))
}

/// How many links ("of", "of the") stand here; none if more than two.
fn links(words: &[Word], at: usize) -> usize {
    let count = words.iter().skip(at).take(3).take_while(|w| w.case != Case::Title && w.is(LINK)).count();
    if count > 2 { 0 } else { count }
}

#[cfg(test)]
mod tests {
    use super::super::word;
    use super::*;

    fn read(text: &str) -> Vec<Word> {
        text.split(' ').map(|w| word::read(w, false)).collect()
    }

    #[test]
    fn a_wide_run_reaches_over_links() {
        let runs = runs(&read("In Ruritania the Ministry of Foreign Affairs said"));
        let bounds: Vec<_> = runs.iter().map(|r| (r.first, r.end, r.wide_first, r.wide_end)).collect();
        assert_eq!(bounds[0], (0, 1, 0, 1));
        assert_eq!(bounds[3], (3, 4, 1, 7));
        assert_eq!(bounds[5], (5, 7, 1, 7));
        assert_eq!(bounds[7], (7, 8, 7, 8));
    }

    #[test]
    fn headlines_are_told_by_their_capitals() {
        assert_eq!(mode(&read("Blinken Urges China To Act Over Missiles")), Mode::Title);
        assert_eq!(mode(&read("BLINKEN URGES CHINA TO ACT")), Mode::Upper);
        assert_eq!(mode(&read("The U.N. said that NATO had met")), Mode::Plain);
        assert_eq!(mode(&read("blinken urges china to act")), Mode::Small);
    }
}
