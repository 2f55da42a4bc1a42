//! Trains and scores the tagger, the parser and the labeller.
//!
//! In: CoNLL-U treebanks in one folder (`*-train.conllu`, `*-dev.conllu`). Out: `syntax.bin`. The
//! features and the search are the library's own; here are only the learning loops. Seeds are
//! fixed and nothing depends on threads: the same treebank gives the same bytes.

mod augment;
mod labeller;
mod learner;
mod parser;
mod score;
mod tagger;
mod treebank;
mod words;

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use demarche::syntax::engine::model;

pub use score::{score, show};
pub use words::{dump_texts, dump_treebank};

/// How long to train each part, and how much of it to keep.
#[derive(clap::Args, Debug)]
pub struct Effort {
    /// Passes of the tagger over the treebank.
    #[arg(long, default_value_t = 8)]
    tagger_epochs: usize,
    /// Passes of the parser.
    #[arg(long, default_value_t = 8)]
    parser_epochs: usize,
    /// Passes of the labeller.
    #[arg(long, default_value_t = 7)]
    labeller_epochs: usize,
    /// Width of the parser's beam.
    #[arg(long, default_value_t = 6)]
    beam: usize,
    /// Features kept of tagger and labeller, in thousands; the parser's table has a fixed size.
    #[arg(long, value_delimiter = ',', default_values_t = [160, 160])]
    keep: Vec<usize>,
    /// How often a feature must occur to be learnt: tagger, parser, labeller.
    #[arg(long, value_delimiter = ',', default_values_t = [2, 5, 3])]
    least: Vec<u8>,
    /// Train only these parts (tagger, parser, labeller) and take the others from the last run.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

/// Trains the parts and writes `syntax.bin` into `out`; the parts lie in `scratch` between runs.
pub fn train(treebank: &Path, out: &Path, scratch: &Path, effort: &Effort) -> anyhow::Result<()> {
    let mut sentences = treebank::read_all(treebank, "-train.conllu")?;
    let sets = treebank::Sets::of(&sentences);
    println!(
        "{} sentences, {} joint tags, {} relations",
        sentences.len(),
        sets.tags.len(),
        sets.labels.len()
    );
    fs::create_dir_all(scratch).with_context(|| scratch.display().to_string())?;
    let start = Instant::now();
    let keep = |n: usize| effort.keep.get(n).copied().unwrap_or(160) * 1000;
    let least = |n: usize| effort.least.get(n).copied().unwrap_or(2);
    // Trains a part, or takes it from the last run.
    let part = |name: &str, train: &dyn Fn() -> Vec<u8>| -> anyhow::Result<Vec<u8>> {
        let path = scratch.join(name);
        if effort.only.is_empty() || effort.only.iter().any(|only| only == name) {
            fs::write(&path, train())?;
        }
        let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
        println!("{name}: {} bytes, {:.0?}", bytes.len(), start.elapsed());
        Ok(bytes)
    };

    let tagger =
        part("tagger", &|| tagger::train(&sentences, &sets, effort.tagger_epochs, least(0)).rows(keep(0)))?;
    let tags = part("jackknife", &|| tagger::jackknife(&sentences, &sets, effort.tagger_epochs.min(4)))?;
    let mut tags = tags.into_iter();
    for sentence in &mut sentences {
        sentence.guessed = tags.by_ref().take(sentence.forms.len()).collect();
    }
    let labeller = part("labeller", &|| {
        labeller::train(&sentences, &sets, effort.labeller_epochs, least(2)).rows(keep(1))
    })?;
    let parser = part("parser", &|| {
        parser::train(&sentences, &sets, effort.parser_epochs, effort.beam, least(1)).cells()
    })?;

    let bytes = model::write(&sets.tags, &sets.labels, [&tagger, &parser, &labeller]);
    let path = out.join("syntax.bin");
    fs::write(&path, &bytes).with_context(|| path.display().to_string())?;
    println!("{}: {} bytes, {:.0?}", path.display(), bytes.len(), start.elapsed());
    Ok(())
}
