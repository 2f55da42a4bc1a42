//! What several commands can be told: which edges, how many rows, counted how.

use clap::{Args, ValueEnum};

/// Whether those named together count.
#[derive(Clone, Copy, Debug, Args)]
pub(in crate::cli) struct Together {
    /// Add weaker edges between those who are named in one sentence, or in one document
    #[arg(long, value_name = "WHERE", num_args = 0..=1, require_equals = true, default_missing_value = "sentence")]
    pub co_mentions: Option<Scope>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Scope {
    /// In one sentence
    Sentence,
    /// In one document
    Document,
}

/// Which days count.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct Days {
    /// Only of this day or later
    #[arg(long, value_name = "DAY")]
    pub since: Option<String>,
    /// Only of this day or earlier
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
    /// Only what was published on this day or earlier and, of offices, what was held on it
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
}

/// Which day counts, where nothing has a day of its own.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct AsOf {
    /// Only of the articles that were published on this day or earlier
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    /// Refused, with a hint
    #[arg(long, value_name = "DAY", hide = true)]
    pub since: Option<String>,
    /// Refused, with a hint
    #[arg(long, value_name = "DAY", hide = true)]
    pub until: Option<String>,
}

/// Which edges count.
#[derive(Debug, Default, Args)]
pub(in crate::cli) struct FilterArgs {
    /// Only what is told as a fact: nothing asked, planned, denied, alleged or only possible
    #[arg(long)]
    pub facts: bool,
    /// Only events: no states such as represents
    #[arg(long)]
    pub events: bool,
    /// Only this predicate, family, PLOVER class or beginning of a CAMEO code; may be given several times
    #[arg(long, value_name = "PREDICATE")]
    pub predicate: Vec<String>,
    #[command(flatten)]
    pub days: Days,
    /// Only edges with so many pieces of evidence
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub min_weight: usize,
    /// Only edges that are trusted so far, from 0 to 1; 0 for all [default: 0.5, likelier right than wrong]
    #[arg(long, value_name = "X")]
    pub min_confidence: Option<f32>,
}

/// How many rows.
#[derive(Clone, Copy, Debug, Args)]
pub(in crate::cli) struct Limit {
    /// At most so many rows; 0 for all
    #[arg(long, short = 'n', value_name = "N")]
    pub limit: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Kind {
    /// Word for word
    Direct,
    /// Retold
    Indirect,
    /// Retold with words in quotation marks
    Mixed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Stance {
    /// Speaks for
    For,
    /// Speaks against
    Against,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TopOf {
    /// People, countries, bodies
    Nodes,
    /// What they do
    Predicates,
    /// Who has most to do with whom
    Pairs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Measure {
    /// Pieces of evidence
    Evidence,
    /// Other nodes
    Neighbors,
    /// Mentions in the articles; only days can limit them
    Mentions,
    /// PageRank: whom those name who are named much
    Pagerank,
    /// How many shortest chains between others lead through a node
    Betweenness,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Layout {
    /// Our own
    Own,
    /// By the program dot
    Dot,
}
