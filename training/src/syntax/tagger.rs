//! Trains the tagger; tags the treebank by jackknife for the parser's training.

use demarche::syntax::engine::features::{Keys, Weights, best};
use demarche::syntax::engine::tagger::{MOST_TAGS, keys_at, tag};
use demarche::syntax::engine::word::{self, Word};

use super::augment::{Chance, dress};
use super::learner::Learner;
use super::treebank::{Sentence, Sets};

/// Trains on all sentences.
pub fn train(sentences: &[Sentence], sets: &Sets, epochs: usize, vocabulary: Option<&[u32]>) -> Learner {
    let all: Vec<&Sentence> = sentences.iter().collect();
    train_on(&all, sets, epochs, vocabulary)
}

fn train_on(sentences: &[&Sentence], sets: &Sets, epochs: usize, vocabulary: Option<&[u32]>) -> Learner {
    let count = sets.tags.len();
    let mut learner = Learner::new(count, vocabulary);
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

/// Gives every sentence tags from a tagger that has not seen it: five folds.
pub fn jackknife(sentences: &mut [Sentence], sets: &Sets, epochs: usize) {
    const FOLDS: usize = 5;
    for fold in 0..FOLDS {
        let (mut words, mut tags) = (Vec::new(), Vec::new());
        let others: Vec<&Sentence> =
            sentences.iter().enumerate().filter(|(n, _)| n % FOLDS != fold).map(|(_, s)| s).collect();
        let learner = train_on(&others, sets, epochs, None).averaged();
        for sentence in sentences.iter_mut().skip(fold).step_by(FOLDS) {
            word::read(sentence.forms.iter().map(String::as_str), &mut words);
            tag(&words, &learner, sets.tags.len(), &mut tags);
            sentence.guessed.clone_from(&tags);
        }
    }
}
