//! Trains the tagger; tags the treebank by jackknife for the parser's training.

use demarche::syntax::engine::features::{Keys, Weights, best};
use demarche::syntax::engine::tagger::{MOST_TAGS, keys_at, tag};
use demarche::syntax::engine::word::{self, Word};

use super::augment::{Chance, dress};
use super::learner::{Counts, Learner};
use super::treebank::{Sentence, Sets};

/// Trains on all sentences.
pub fn train(sentences: &[Sentence], sets: &Sets, epochs: usize, least: u8) -> Learner {
    let all: Vec<&Sentence> = sentences.iter().collect();
    train_on(&all, sets, epochs, least)
}

fn train_on(sentences: &[&Sentence], sets: &Sets, epochs: usize, least: u8) -> Learner {
    let count = sets.tags.len();
    let mut learner = Learner::new(count, count_features(sentences, sets), least);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let (mut words, mut tags, mut keys) = (Vec::<Word>::new(), Vec::new(), Keys::default());
    for epoch in 0..epochs {
        let mut chance = Chance::new(epoch as u64 + 1);
        chance.shuffle(&mut order);
        let (mut seen, mut wrong) = (0, 0);
        for at in &order {
            let sentence = sentences[*at];
            let forms = dress(sentence, &mut chance);
            word::read(forms.iter().map(AsRef::as_ref), &mut words);
            tags.clear();
            for i in 0..words.len() {
                keys_at(&words, &tags, i, &mut keys);
                let mut scores = [0; MOST_TAGS];
                learner.add(keys.as_slice(), &mut scores[..count]);
                let guess = best(&scores[..count]);
                if let Some(gold) = sets.tag(sentence.tags[i]) {
                    seen += 1;
                    learner.tick();
                    if usize::from(gold) != guess {
                        wrong += 1;
                        learner.change(keys.as_slice(), usize::from(gold), 1);
                        learner.change(keys.as_slice(), guess, -1);
                    }
                }
                tags.push(guess as u8);
            }
        }
        println!("  tagger epoch {epoch}: {:.2}% wrong", 100.0 * f64::from(wrong) / f64::from(seen.max(1)));
    }
    learner
}

fn count_features(sentences: &[&Sentence], sets: &Sets) -> Counts {
    let (mut counts, mut chance) = (Counts::default(), Chance::new(0));
    let (mut words, mut tags, mut keys) = (Vec::new(), Vec::new(), Keys::default());
    for sentence in sentences {
        let forms = dress(sentence, &mut chance);
        word::read(forms.iter().map(AsRef::as_ref), &mut words);
        tags.clear();
        for i in 0..words.len() {
            keys_at(&words, &tags, i, &mut keys);
            counts.add(keys.as_slice());
            tags.push(sets.tag(sentence.tags[i]).unwrap_or(0));
        }
    }
    counts
}

/// Tags every sentence by a tagger that has not seen it (five folds); the tags of all in a row.
pub fn jackknife(sentences: &[Sentence], sets: &Sets, epochs: usize) -> Vec<u8> {
    const FOLDS: usize = 5;
    let mut guessed = vec![Vec::new(); sentences.len()];
    for fold in 0..FOLDS {
        let (mut words, mut tags) = (Vec::new(), Vec::new());
        let others: Vec<&Sentence> =
            sentences.iter().enumerate().filter(|(n, _)| n % FOLDS != fold).map(|(_, s)| s).collect();
        let learner = train_on(&others, sets, epochs, 2).averaged();
        for (sentence, guessed) in sentences.iter().zip(&mut guessed).skip(fold).step_by(FOLDS) {
            word::read(sentence.forms.iter().map(String::as_str), &mut words);
            tag(&words, &learner, sets.tags.len(), &mut tags);
            guessed.clone_from(&tags);
        }
    }
    guessed.concat()
}
