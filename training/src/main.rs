//! Trains the weights in `data/model`. One subcommand a model; each has its own folder or file.
//!
//! ```text
//! cargo run --release -p demarche-training -- clusters --table word_clusters_full.tsv
//! ```

mod clock;
mod clusters;
mod million;
mod names;
mod shares;
mod speed;
mod syntax;
mod trust;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Trains the weights in data/model.")]
struct Typed {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Packs tables of word clusters (word, c64, c256, c1024, tab-separated) into clusters.bin.
    Clusters {
        /// The tables; the first that has a word decides.
        #[arg(long = "table", required = true)]
        tables: Vec<PathBuf>,
        /// Where clusters.bin goes.
        #[arg(long, default_value = "data/model")]
        out: PathBuf,
    },
    /// Trains the name recogniser: names.bin.
    Names(names::Names),
    /// Times segmentation, names, trees and the whole analysis on one thread.
    Speed(speed::Speed),
    /// Time saving, loading and asking a graph of a million edges.
    Million(million::Million),
    /// Times merging, saving, loading and asking the graph of some articles beside their analysis.
    Shares(shares::Shares),
    /// Writes what is seen of the edges that readers judged, for training/trust.py.
    Trust(trust::Trust),
    /// Prints the analysis of a text, one sentence a line, tokens apart, as CoNLL-U.
    SyntaxShow {
        /// The text.
        text: PathBuf,
        /// A syntax.bin to use in place of the built-in one.
        #[arg(long)]
        model: Option<PathBuf>,
    },
    /// Writes a treebank's words, hashed, and its trees as JSON Lines: what the network is trained on.
    SyntaxWords {
        /// A folder with CoNLL-U files.
        #[arg(long, conflicts_with = "texts")]
        treebank: Option<PathBuf>,
        /// Which files of it.
        #[arg(long, default_value = "-train.conllu")]
        ending: String,
        /// How many varied copies of each sentence, its own among them.
        #[arg(long, default_value_t = 1)]
        dresses: u64,
        /// Texts to segment in place of a treebank: JSON Lines with id and text.
        #[arg(long)]
        texts: Option<PathBuf>,
        /// The file to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// Scores the built-in weights on a treebank.
    SyntaxScore {
        /// A folder with CoNLL-U files.
        #[arg(long)]
        treebank: PathBuf,
        /// Which files of it.
        #[arg(long, default_value = "-dev.conllu")]
        ending: String,
        /// A syntax.bin to score in place of the built-in one.
        #[arg(long)]
        model: Option<PathBuf>,
        /// How many of the commonest lemma errors to print.
        #[arg(long, default_value_t = 0)]
        errors: usize,
    },
}

fn main() -> anyhow::Result<()> {
    match Typed::parse().command {
        Command::Clusters { tables, out } => clusters::pack(&tables, &out),
        Command::Names(wanted) => names::run(&wanted),
        Command::Speed(wanted) => speed::run(&wanted),
        Command::Trust(wanted) => trust::run(&wanted),
        Command::Million(wanted) => million::run(&wanted),
        Command::Shares(wanted) => shares::run(&wanted),
        Command::SyntaxWords { treebank, ending, dresses, texts, out } => {
            if let Some(texts) = texts {
                syntax::dump_texts(&texts, &out)?;
            }
            if let Some(folder) = treebank {
                syntax::dump_treebank(&folder, &ending, dresses, &out)?;
            }
            Ok(())
        }
        Command::SyntaxShow { text, model } => syntax::show(&text, model.as_deref()),
        Command::SyntaxScore { treebank, ending, model, errors } => {
            syntax::score(&treebank, &ending, model.as_deref(), errors)
        }
    }
}
