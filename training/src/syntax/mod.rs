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

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use demarche::syntax::engine::model;

pub use score::score;

/// How long to train each part, and how much of it to keep.
#[derive(clap::Args, Debug)]
pub struct Effort {
    /// Passes of the tagger over the treebank.
    #[arg(long, default_value_t = 8)]
    tagger_epochs: usize,
    /// Passes of the parser.
    #[arg(long, default_value_t = 12)]
    parser_epochs: usize,
    /// Passes of the labeller.
    #[arg(long, default_value_t = 8)]
    labeller_epochs: usize,
    /// Width of the parser's beam.
    #[arg(long, default_value_t = 8)]
    beam: usize,
    /// Features kept of tagger, parser and labeller, in thousands.
    #[arg(long, value_delimiter = ',', default_values_t = [200, 500, 200])]
    keep: Vec<usize>,
}

/// Trains all three parts and writes `syntax.bin` into `out`.
pub fn train(treebank: &Path, out: &Path, effort: &Effort) -> anyhow::Result<()> {
    let mut sentences = treebank::read_all(treebank, "-train.conllu")?;
    let sets = treebank::Sets::of(&sentences);
    println!(
        "{} sentences, {} joint tags, {} relations",
        sentences.len(),
        sets.tags.len(),
        sets.labels.len()
    );
    let start = Instant::now();
    let keep = |n: usize| effort.keep.get(n).copied().unwrap_or(200) * 1000;

    tagger::jackknife(&mut sentences, &sets, effort.tagger_epochs.min(5));
    println!("tags by jackknife: {:.0?}", start.elapsed());
    let tagger = tagger::train(&sentences, &sets, effort.tagger_epochs, None);
    let tagger =
        tagger.pruned(keep(0), |seen| tagger::train(&sentences, &sets, effort.tagger_epochs, Some(seen)));
    println!("tagger: {:.0?}, {} bytes", start.elapsed(), tagger.len());
    let labeller = labeller::train(&sentences, &sets, effort.labeller_epochs, None);
    let labeller = labeller
        .pruned(keep(2), |seen| labeller::train(&sentences, &sets, effort.labeller_epochs, Some(seen)));
    println!("labeller: {:.0?}, {} bytes", start.elapsed(), labeller.len());
    let parser = parser::train(&sentences, &sets, effort.parser_epochs, effort.beam, None);
    let parser = parser.pruned(keep(1), |seen| {
        parser::train(&sentences, &sets, effort.parser_epochs, effort.beam, Some(seen))
    });
    println!("parser: {:.0?}, {} bytes", start.elapsed(), parser.len());

    let bytes = model::write(&sets.tags, &sets.labels, [&tagger, &parser, &labeller]);
    let path = out.join("syntax.bin");
    fs::write(&path, &bytes).with_context(|| path.display().to_string())?;
    println!("{}: {} bytes, {:.0?}", path.display(), bytes.len(), start.elapsed());
    Ok(())
}
