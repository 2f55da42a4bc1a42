//! Trains the labeller over the treebank's trees with jackknifed tags.
//!
//! In: right trees. Out: weights of the relations. Relations guessed so far (the head's, the left
//! sibling's) are the labeller's own, mistakes included, as they will be in use.

use demarche::syntax::engine::features::{Keys, Weights, best};
use demarche::syntax::engine::labeller::{MOST_LABELS, Shape, UNKNOWN, keys_of};
use demarche::syntax::engine::model::sorts;
use demarche::syntax::engine::transition::{Token, lay_out};
use demarche::syntax::engine::word::{self, Word};

use super::augment::{Chance, dress};
use super::learner::{Counts, Learner};
use super::treebank::{Sentence, Sets};

/// Trains on all sentences.
pub fn train(sentences: &[Sentence], sets: &Sets, epochs: usize, least: u8) -> Learner {
    let count = sets.labels.len();
    let sorts = sorts(&sets.tags);
    let mut learner = Learner::new(count, count_features(sentences, sets), least);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let (mut words, mut tokens) = (Vec::<Word>::new(), Vec::<Token>::new());
    let (mut shape, mut labels, mut heads, mut keys) =
        (Shape::default(), Vec::new(), Vec::new(), Keys::default());
    for epoch in 0..epochs {
        let mut chance = Chance::new(2000 + epoch as u64);
        chance.shuffle(&mut order);
        let (mut seen, mut wrong) = (0, 0);
        for at in &order {
            let sentence = &sentences[*at];
            let forms = dress(sentence, &mut chance);
            word::read(forms.iter().map(AsRef::as_ref), &mut words);
            lay_out(&words, &sentence.guessed, &sorts, &mut tokens);
            heads.clear();
            heads.push(0);
            heads.extend_from_slice(&sentence.heads[..forms.len()]);
            shape.fill(&heads);
            labels.clear();
            labels.resize(heads.len(), UNKNOWN);
            for i in 0..shape.order.len() {
                let token = shape.order[i];
                keys_of(&tokens, &heads, &shape, &labels, token, &mut keys);
                let mut scores = [0; MOST_LABELS];
                learner.add(keys.as_slice(), &mut scores[..count]);
                let guess = best(&scores[..count]);
                let gold = usize::from(sets.label(sentence.deps[token as usize - 1]));
                seen += 1;
                learner.tick();
                if guess != gold {
                    wrong += 1;
                    learner.change(keys.as_slice(), gold, 1);
                    learner.change(keys.as_slice(), guess, -1);
                }
                labels[token as usize] = guess as u8;
            }
        }
        println!("  labeller epoch {epoch}: {:.2}% wrong", 100.0 * f64::from(wrong) / f64::from(seen.max(1)));
    }
    learner
}

fn count_features(sentences: &[Sentence], sets: &Sets) -> Counts {
    let sorts = sorts(&sets.tags);
    let (mut counts, mut chance) = (Counts::default(), Chance::new(0));
    let (mut words, mut tokens) = (Vec::<Word>::new(), Vec::<Token>::new());
    let (mut shape, mut keys) = (Shape::default(), Keys::default());
    for sentence in sentences {
        let forms = dress(sentence, &mut chance);
        word::read(forms.iter().map(AsRef::as_ref), &mut words);
        lay_out(&words, &sentence.guessed, &sorts, &mut tokens);
        let heads: Vec<u32> =
            std::iter::once(0).chain(sentence.heads[..forms.len()].iter().copied()).collect();
        let gold = sentence.deps[..forms.len()].iter().map(|dep| sets.label(*dep));
        let gold: Vec<u8> = std::iter::once(UNKNOWN).chain(gold).collect();
        shape.fill(&heads);
        let mut labels = vec![UNKNOWN; heads.len()];
        for token in &shape.order {
            keys_of(&tokens, &heads, &shape, &labels, *token, &mut keys);
            counts.add(keys.as_slice());
            labels[*token as usize] = gold[*token as usize];
        }
    }
    counts
}
