//! Makes a silver set better than its source: several annotators vote on each name.
//!
//! In: texts, and for each text the names of several annotators: two models that were trained on
//! other sets, and our own recogniser, trained on the other texts ([`relabel`]). Out: the names that
//! most of them find; where no two agree, the stretch is a [`DOUBT`], and training learns nothing there.

use std::collections::HashMap;

use demarche::Lexicon;
use demarche::entity::names::recognise_with;
use demarche::entity::names::tagger::Weights;
use demarche::text::Span;

use super::corpus::{self, DOUBT, Kind, Text};

/// The names of one text.
pub type Names = Vec<(Span, Kind)>;

/// How many texts in a row share a fold: neighbours tell the same story.
const BLOCK: usize = 40;

/// The names that our own recogniser finds in each text. No text is read by a model that was
/// trained on it: `train` gets the numbers of the texts to train on, and returns `names.bin`.
pub fn relabel(
    texts: &[Text],
    folds: usize,
    lexicon: &Lexicon,
    mut train: impl FnMut(&dyn Fn(usize) -> bool) -> Vec<u8>,
) -> Vec<Names> {
    let mut all = vec![Names::new(); texts.len()];
    for fold in 0..folds {
        let inside = |n: usize| n / BLOCK % folds == fold;
        let bytes = train(&|n| !inside(n));
        let weights = Weights::read(&bytes);
        for (n, text) in texts.iter().enumerate().filter(|(n, _)| inside(*n)) {
            let example = corpus::label(text.clone(), lexicon);
            let names = recognise_with(&weights, &example.document, lexicon, None);
            all[n] = corpus::spans(&example.document, &names);
        }
    }
    all
}

/// What became of the names.
#[derive(Debug, Default)]
pub struct Count {
    agreed: usize,
    outvoted: usize,
    doubted: usize,
}

/// Puts the votes' result into each text. `votes[annotator]` has the names of each text.
pub fn vote(texts: &mut [Text], votes: &[Vec<Names>]) -> Count {
    let mut count = Count::default();
    for (n, text) in texts.iter_mut().enumerate() {
        let all: Vec<Names> = votes
            .iter()
            .map(|v| {
                let names = v[n].iter().filter(|(_, kind)| *kind < 3);
                names.map(|(s, k)| (corpus::trim(&text.text, s.start as usize, s.end as usize), *k)).collect()
            })
            .collect();
        text.names = settle(&all, &mut count);
        // Names of other sorts need no majority: most annotators do not mark them.
        for name in votes.iter().flat_map(|v| &v[n]).filter(|(_, kind)| *kind == 3) {
            if !text.names.iter().any(|(span, _)| span.overlaps(name.0)) {
                text.names.push(*name);
            }
        }
        text.names.sort();
    }
    count
}

/// Joins overlapping names into stretches, and lets the annotators vote on each stretch.
fn settle(all: &[Names], count: &mut Count) -> Names {
    let mut spans: Vec<Span> = all.iter().flatten().map(|(span, _)| *span).collect();
    spans.sort();
    let mut stretches: Vec<Span> = Vec::new();
    for span in spans {
        match stretches.last_mut() {
            Some(last) if last.end > span.start => *last = last.cover(span),
            _ => stretches.push(span),
        }
    }
    let mut out = Names::new();
    for stretch in stretches {
        let readings: Vec<Vec<&(Span, Kind)>> =
            all.iter().map(|names| names.iter().filter(|(s, _)| stretch.contains(*s)).collect()).collect();
        let votes = |r: &Vec<&(Span, Kind)>| readings.iter().filter(|other| *other == r).count();
        let best = readings.iter().max_by_key(|r| votes(r)).filter(|r| votes(r) * 2 > readings.len());
        match best {
            Some(reading) => {
                let whole = votes(reading) == readings.len();
                *(if whole { &mut count.agreed } else { &mut count.outvoted }) += 1;
                out.extend(reading.iter().map(|name| **name));
            }
            None => {
                count.doubted += 1;
                out.push((stretch, DOUBT));
            }
        }
    }
    out
}

/// Another annotator's names for these texts; a text that it has not read gets none of its votes.
pub fn aligned(texts: &[Text], other: Vec<Text>) -> Vec<Names> {
    let mut by_id: HashMap<String, Names> = other.into_iter().map(|t| (t.id, t.names)).collect();
    texts.iter().map(|t| by_id.remove(&t.id).unwrap_or_else(|| t.names.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_of_three_decide_and_a_tie_is_a_doubt() {
        let span = |a: usize, b: usize| Span::new(a, b);
        let one = vec![(span(0, 5), 0), (span(10, 15), 1)];
        let two = vec![(span(0, 5), 0), (span(8, 15), 1)];
        let three = vec![(span(0, 5), 1), (span(20, 22), 2)];
        let mut count = Count::default();
        let found = settle(&[one.clone(), two.clone(), three], &mut count);
        assert_eq!(found, [(span(0, 5), 0), (span(8, 15), DOUBT)]);
        assert_eq!(settle(&[one, two], &mut count), [(span(0, 5), 0), (span(8, 15), DOUBT)]);
    }
}
