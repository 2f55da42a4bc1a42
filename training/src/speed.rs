//! How fast the program reads, layer by layer: words per CPU second of one thread.
//!
//! In: JSON Lines with `text`. Out: for segmentation alone, names alone (text to spans), names and
//! trees, and the whole analysis, the median of some rounds. Words are what white space parts.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use demarche::entity::names::recognise;
use demarche::{Article, Lexicon, Model, analyze, document, syntax};
use serde_json::Value;

use crate::clock::Clock;

/// What is timed.
#[derive(clap::Args)]
pub struct Speed {
    /// The texts: JSON Lines with text.
    #[arg(long)]
    texts: PathBuf,
    /// How many of them; the whole analysis reads a tenth.
    #[arg(long, default_value_t = 2000)]
    documents: usize,
    /// The median of so many rounds counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Time segmentation and names only.
    #[arg(long)]
    names_only: bool,
}

/// Times all layers.
pub fn run(wanted: &Speed) -> Result<()> {
    let file = File::open(&wanted.texts).with_context(|| wanted.texts.display().to_string())?;
    let mut articles = Vec::new();
    for line in BufReader::new(file).lines().take(wanted.documents) {
        let row: Value = serde_json::from_str(&line?)?;
        let body = row["text"].as_str().unwrap_or_default().to_owned();
        articles.push(Article { body, ..Article::default() });
    }
    ensure!(!articles.is_empty(), "no texts");
    let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
    let few = articles.len().div_ceil(10);
    println!("{} documents, words per CPU second, median of {}:", articles.len(), wanted.rounds);
    time("segmentation alone", &articles, wanted.rounds, |a| {
        black_box(document::segment(a, &lexicon));
    });
    time("names alone, text to spans", &articles, wanted.rounds, |a| {
        black_box(recognise(&document::segment(a, &lexicon), &lexicon));
    });
    if wanted.names_only {
        return Ok(());
    }
    time("text to names and trees", &articles[..few], wanted.rounds, |a| {
        let document = document::segment(a, &lexicon);
        black_box(syntax::parse(&document, &model));
        black_box(recognise(&document, &lexicon));
    });
    time("whole analysis", &articles[..few], wanted.rounds, |a| {
        black_box(analyze(a, &lexicon, &model));
    });
    Ok(())
}

/// Prints the median speed of some rounds; one round before them warms up.
fn time(what: &str, articles: &[Article], rounds: usize, each: impl Fn(&Article)) {
    let words: usize = articles.iter().map(|a| a.body.split_whitespace().count()).sum();
    let mut speeds = Vec::new();
    for round in 0..=rounds {
        let clock = Clock::of_thread();
        articles.iter().for_each(&each);
        if round > 0 {
            speeds.push(words as f64 / clock.seconds());
        }
    }
    speeds.sort_by(f64::total_cmp);
    println!("{what:28} {:>12.0}", speeds.get(speeds.len() / 2).copied().unwrap_or(0.0));
}
