//! Trains the name recogniser: `data/model/names.bin`.
//!
//! In: gold sets and silver sets of names with open licences (`data/model/NAMES.md` lists them).
//! Out: the packed weights, and on the terminal exact F1 on the sets to measure on.

mod augment;
mod corpus;
mod perceptron;
mod score;

use std::path::PathBuf;

use anyhow::Result;
use demarche::entity::names::tagger::{BEGINS, Label, OTHER, OUTSIDE};
use demarche::entity::names::{feature, recognise};
use demarche::lexicon::Kind;
use demarche::text::Span;
use demarche::{Document, Lexicon};

use corpus::Example;
use perceptron::Sentence;
use score::Score;

/// What is trained on what.
#[derive(clap::Args)]
pub struct Names {
    /// Gold sets: JSON Lines with id, text and entities.
    #[arg(long = "gold")]
    gold: Vec<PathBuf>,
    /// A silver set: JSON Lines with id and entities.
    #[arg(long)]
    silver: Option<PathBuf>,
    /// The texts of the silver set: JSON Lines with id and text.
    #[arg(long = "text")]
    texts: Vec<PathBuf>,
    /// Sets to measure on, never trained on.
    #[arg(long = "measure")]
    measure: Vec<PathBuf>,
    /// How often the training goes through all sentences.
    #[arg(long, default_value_t = 4)]
    epochs: usize,
    /// The number from which the order of the sentences is drawn.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// By how much the right label must beat the others.
    #[arg(long, default_value_t = 30.0)]
    loss: f32,
    /// How many trainings, each on its own variants of the texts; the weights are their mean.
    #[arg(long, default_value_t = 1)]
    rounds: u64,
    /// Train on the texts as they are.
    #[arg(long)]
    plain: bool,
    /// Measure the weights inside the program; train nothing.
    #[arg(long)]
    builtin: bool,
    /// Print what was wrong and what was missed on the sets to measure on.
    #[arg(long)]
    errors: bool,
    /// Where names.bin goes.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Trains, measures, writes.
pub fn run(wanted: &Names) -> Result<()> {
    let lexicon = Lexicon::builtin();
    if wanted.builtin {
        for path in &wanted.measure {
            measure(path, &lexicon, wanted.errors, |example| {
                let names = recognise(&example.document, &lexicon).into_iter();
                let spans = names.map(|n| {
                    let tokens = &example.document.tokens[n.first.at()..n.end.at()];
                    let kind = match n.kind {
                        Kind::Person => 0,
                        Kind::Organization => 1,
                        _ => 2,
                    };
                    (tokens[0].cover(tokens[tokens.len() - 1]), kind)
                });
                spans.collect()
            })?;
        }
        return Ok(());
    }
    let mut texts = Vec::new();
    for path in &wanted.gold {
        texts.extend(corpus::gold(path)?);
    }
    if let Some(names) = &wanted.silver {
        texts.extend(corpus::silver(names, &wanted.texts)?);
    }
    let mut trained = Vec::new();
    for seed in wanted.seed..wanted.seed + wanted.rounds {
        let mut texts = texts.clone();
        if !wanted.plain {
            augment::vary(&mut texts, seed);
        }
        let mut sentences = Vec::new();
        for text in texts {
            let example = corpus::label(text, &lexicon);
            sentences.extend(ready(&example, &lexicon));
        }
        let tokens = sentences.iter().map(|s| s.labels.len()).sum::<usize>();
        eprintln!("{} sentences, {tokens} tokens", sentences.len());
        trained.push(perceptron::train(&sentences, wanted.epochs, seed, wanted.loss));
    }
    let Some(weights) = perceptron::mean(trained) else { return Ok(()) };
    let weights = weights.quantised();
    for path in &wanted.measure {
        measure(path, &lexicon, wanted.errors, |example| {
            let sentences = ready(example, &lexicon);
            let labels: Vec<Label> = sentences.iter().flat_map(|s| weights.tag(s)).collect();
            names(&example.document, &labels)
        })?;
    }
    if let Some(out) = &wanted.out {
        std::fs::write(out, weights.pack())?;
    }
    Ok(())
}

/// The features of every sentence of a document.
fn ready(example: &Example, lexicon: &Lexicon) -> Vec<Sentence> {
    let reading = feature::read(&example.document, lexicon);
    let each = reading.sentences().enumerate().map(|(number, (first, end))| {
        let (mut buckets, mut ends) = (Vec::new(), Vec::new());
        for at in 0..end - first {
            reading.features(number, at, |bucket| buckets.push(bucket as u32));
            ends.push(buckets.len() as u32);
        }
        let labels = example.labels[first..end].to_vec();
        Sentence { buckets, ends, labels, partial: example.text.partial }
    });
    each.collect()
}

/// The names that labels spell.
fn names(document: &Document, labels: &[Label]) -> Vec<(Span, corpus::Kind)> {
    let mut names: Vec<(Span, corpus::Kind)> = Vec::new();
    for (label, token) in labels.iter().zip(&document.tokens) {
        if let Some(kind) = BEGINS.iter().position(|b| b == label) {
            names.push((*token, kind));
        } else if *label != OUTSIDE
            && *label != OTHER
            && let Some((span, _)) = names.last_mut()
        {
            *span = span.cover(*token);
        }
    }
    names
}

/// Scores one set, and says what went wrong if asked.
fn measure(
    path: &std::path::Path,
    lexicon: &Lexicon,
    errors: bool,
    find: impl Fn(&Example) -> Vec<(Span, corpus::Kind)>,
) -> Result<()> {
    let mut score = Score::default();
    let (mut names, mut reachable) = (0, 0);
    for text in corpus::gold(path)? {
        let example = corpus::label(text, lexicon);
        names += example.text.names.len();
        reachable += example.reachable();
        let (wrong, missed) = score.add(&example.text, find(&example).into_iter());
        if errors {
            let kinds = ["PER", "ORG", "LOC"];
            for (sign, list) in [("+", wrong), ("-", missed)] {
                for (span, kind) in list {
                    let text = &example.text.text;
                    let left: String = text[..span.start as usize]
                        .chars()
                        .rev()
                        .take(30)
                        .collect::<Vec<_>>()
                        .into_iter()
                        .rev()
                        .collect();
                    let right: String = text[span.end as usize..].chars().take(20).collect();
                    let line = format!("{sign} {} [{}] … {left}[]{right}", kinds[kind], span.of(text));
                    println!("{}", line.replace(['\n', '\r'], "|"));
                }
            }
        }
    }
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let share = 100.0 * reachable as f64 / names.max(1) as f64;
    eprintln!("{name:24} {}   ({share:.1}% lie on tokens)", score.line());
    Ok(())
}
