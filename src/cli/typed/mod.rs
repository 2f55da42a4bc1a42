//! What was typed: clap's types, before anybody asks what is meant.
//!
//! In: the command line. Out: [`Typed`]. `demarche story.txt` has no subcommand: its words are files.
//! A file that is called like a command is written with a path: `demarche ./build`.
//! Left out: checks that need a file to be opened; those are in `meant`.

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};

mod command;
mod option;

pub(super) use command::{Command, GazetteerCommand};
pub(super) use option::{
    AsOf, Days, FilterArgs, Kind, Layout, Limit, Measure, Scope, Stance, Together, TopOf,
};

const EXAMPLES: &str = "\
Examples:
  demarche story.txt                                who did what to whom, one edge a line
  demarche build news/ -o news.json                 many articles, one graph
  demarche query news.json '? -urges-> China'       who urged China?
  demarche quotes news.json --by Blinken --about China
  demarche path news.json 'Choe Son Hui' 'Joe Biden'
  demarche export news.json -o news.svg             a picture; the file's name tells the format
  demarche explain 'Blinken urges China to act.'    why an edge was found, or was not
  demarche --gazetteer my-people.csv story.txt      with your own names

Articles are plain text, HTML, or JSON Lines with the fields id, title, date, url, publisher and text; a
directory is read with all its folders; - is standard input. A file called like a command is written
with a path: demarche ./build

Exit codes: 0 something was found, 1 nothing was found, 2 something failed (the rest was still done).";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "demarche",
    version,
    about = "Reads news and builds the graph of who said and did what to whom, with the sentence behind every edge.",
    after_help = EXAMPLES,
    subcommand_negates_reqs = true,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(super) struct Typed {
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Articles to read: files, directories, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// Only edges that are trusted so far, from 0 to 1; 0 for all [default: 0.5, likelier right than wrong]
    #[arg(long, value_name = "X")]
    pub min_confidence: Option<f32>,

    #[command(flatten)]
    pub global: Global,
}

/// What every command knows.
#[derive(Debug, Args)]
pub(super) struct Global {
    /// A CSV file of names to layer over the built-in ones; may be given several times, later ones win
    #[arg(long, value_name = "FILE", global = true, help_heading = "Global options")]
    pub gazetteer: Vec<PathBuf>,

    /// A TOML file of relations to layer over the built-in ones; may be given several times
    #[arg(long, value_name = "FILE", global = true, help_heading = "Global options")]
    pub relations: Vec<PathBuf>,

    /// A file of pairs that are the same, or are not: same, KEY, KEY or apart, KEY, KEY; a name will do for a key
    #[arg(long, value_name = "FILE", global = true, help_heading = "Global options")]
    pub same: Vec<PathBuf>,

    /// How listings are printed
    #[arg(long, value_enum, global = true, help_heading = "Global options")]
    pub format: Option<Format>,

    /// How many articles are read at the same time; 0 for as many as there are processors
    #[arg(long, value_name = "N", default_value_t = 0, global = true, help_heading = "Global options")]
    pub threads: usize,

    /// Print no progress, no summary and no warnings; errors are still printed
    #[arg(long, short, global = true, help_heading = "Global options")]
    pub quiet: bool,

    /// When to use colours
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true, help_heading = "Global options")]
    pub color: Color,
}

/// How listings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Block quotes with their sources, for quotes
    Markdown,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
