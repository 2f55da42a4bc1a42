//! Trains the weights in `data/model`. One subcommand a model; each has its own folder or file.
//!
//! ```text
//! cargo run --release -p demarche-training -- clusters --table word_clusters_full.tsv
//! ```

mod clusters;
mod names;

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
}

fn main() -> anyhow::Result<()> {
    match Typed::parse().command {
        Command::Clusters { tables, out } => clusters::pack(&tables, &out),
        Command::Names(wanted) => names::run(&wanted),
    }
}
