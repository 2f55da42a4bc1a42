//! What was typed: clap's types, before anybody asks what is meant.
//!
//! In: the command line. Out: [`Typed`]. `demarche story.txt` has no subcommand: its words are files.
//! A file that is called like a command is written with a path: `demarche ./build`.
//! Left out: checks that need a file to be opened; those are in `meant`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

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

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print the analysis record of each article: its entities, relations and quotations as JSON
    #[command(
        after_help = "Example:\n  demarche analyze --format jsonl news/ > analysis.jsonl\n\nThe record is described by schema/analysis.schema.json; offsets count code points."
    )]
    Analyze {
        /// Articles to read
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Show articles with names, triggers and quotations marked in the text
    #[command(
        after_help = "Examples:\n  demarche annotate story.txt                    in colour; [names] {triggers} <quotations> without\n  demarche annotate story.txt -o story.html      as one web page"
    )]
    Annotate {
        /// Articles to read
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The web page to write
        #[arg(short, long, value_name = "HTML")]
        output: Option<PathBuf>,
    },
    /// Show every layer of a sentence: tokens, tags, tree, names, frames and what fired
    #[command(after_help = "Example:\n  demarche explain 'Blinken urges China to convince North Korea.'")]
    Explain {
        /// The sentence, or a short text
        #[arg(required = true, value_name = "SENTENCE")]
        sentence: Vec<String>,
        /// The day of publication, for words such as \"Thursday\"
        #[arg(long, value_name = "DAY")]
        date: Option<String>,
    },
    /// Check data files: gazetteers (.csv) and relation lexicons (.toml)
    #[command(after_help = "Example:\n  demarche check my-people.csv my-verbs.toml")]
    Check {
        /// The data files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Ask the tables of names
    Gazetteer {
        #[command(subcommand)]
        command: GazetteerCommand,
    },
    /// Read many articles into one graph
    #[command(
        after_help = "Examples:\n  demarche build news/ -o news.json\n  demarche build news/ -o news.graph       compact, for a million edges"
    )]
    Build {
        /// Articles to read
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The graph file to write: JSON, or compact if its name ends in .graph
        #[arg(short, long, value_name = "GRAPH")]
        output: PathBuf,
    },
    /// Make one graph of several; the order does not matter, and what is in two of them counts once
    #[command(after_help = "Example:\n  demarche merge january.json february.json -o winter.json")]
    Merge {
        /// Graph files
        #[arg(required = true, value_name = "GRAPH")]
        graphs: Vec<PathBuf>,
        /// The graph file to write
        #[arg(short, long, value_name = "GRAPH")]
        output: PathBuf,
    },
    /// Read more articles into a graph; an article that is there takes the place of its former text
    #[command(after_help = "Example:\n  demarche add news.json today/")]
    Add {
        /// A graph file
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// Articles to read
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Write another file instead of changing GRAPH
        #[arg(short, long, value_name = "GRAPH")]
        output: Option<PathBuf>,
    },
    /// Take articles out of a graph: it is then as if they had never been read
    #[command(after_help = "Example:\n  demarche remove news.json news/retracted.txt")]
    Remove {
        /// A graph file
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// Ids, paths or hashes of articles
        #[arg(required = true, value_name = "ARTICLE")]
        documents: Vec<String>,
        /// Write another file instead of changing GRAPH
        #[arg(short, long, value_name = "GRAPH")]
        output: Option<PathBuf>,
    },
    /// List the edges that fit an arrow, or the rows that fit several: '? -urges-> China'
    #[command(
        after_help = "Examples:\n  demarche query news.json '? -urges-> China'\n  demarche query news.json 'China -?-> ?' --facts\n  demarche query news.json '?person -accuses-> ?country [since 2021-03-01]'\n  demarche query news.json '?x -accuses-> ?y; ?y -rejects-> ?x'\n  demarche query news.json 'Blinken -urges-> ?x -*1..3-> Russia'\n\nIn the arrow, ? is anybody, ?x a variable (twice the same is the same node), ?person or ?x:person one\nof a kind. The predicate may be a name, a family, a quad class (conflict, verbal_cooperation), a PLOVER\nclass or the beginning of a CAMEO code; | gives a choice, *1..3 a chain. In brackets: not may must will\nasked alleged if, facts, since DAY, until DAY, on DAY, confidence X, weight N. docs/query.md tells all."
    )]
    Query {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// The arrow or arrows: 'SUBJECT -predicate-> OBJECT [flags]', with ; between
        #[arg(value_name = "ARROW")]
        pattern: String,
        #[command(flatten)]
        filter: FilterArgs,
        #[command(flatten)]
        limit: Limit,
    },
    /// Ask in Cypher, read-only: 'MATCH (a)-[:accuses]->(b) RETURN a.name, b.name'
    #[command(
        after_help = "Examples:\n  demarche cypher news.json 'MATCH (a:Person)-[r:accuses]->(b:Country) RETURN a.name, b.name, r.weight'\n  demarche cypher news.json 'MATCH (a)-[r]->() RETURN a.name, count(*) AS n ORDER BY n DESC LIMIT 10'\n\nLabels: Person, Country, Organization, Place, Group, Other. Types: what an arrow may be called.\ndocs/query.md lists the clauses, properties and functions."
    )]
    Cypher {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// The query
        #[arg(value_name = "QUERY")]
        query: String,
        /// Give up after so many edges were looked at
        #[arg(long, value_name = "N")]
        most_work: Option<u64>,
        #[command(flatten)]
        limit: Limit,
    },
    /// List quotations: who said what, about whom
    #[command(
        after_help = "Examples:\n  demarche quotes news.json --by Blinken --about 'North Korea'\n  demarche quotes news.json --about China --stance against --since 2021-03-01\n  demarche quotes news.json --containing 'self-interest' --format markdown"
    )]
    Quotes {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// Said by
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// Said to
        #[arg(long, value_name = "NAME")]
        to: Option<String>,
        /// Said about
        #[arg(long, value_name = "NAME")]
        about: Option<String>,
        /// Said word for word, retold, or both at once
        #[arg(long, value_enum)]
        kind: Option<Kind>,
        /// For or against the one of --about, or anybody
        #[arg(long, value_enum)]
        stance: Option<Stance>,
        /// Holding these words, whatever their case
        #[arg(long, value_name = "WORDS")]
        containing: Vec<String>,
        /// Said, or published, on this day or later
        #[arg(long, value_name = "DAY")]
        since: Option<String>,
        /// Said, or published, on this day or earlier
        #[arg(long, value_name = "DAY")]
        until: Option<String>,
        /// Published on this day or earlier
        #[arg(long, value_name = "DAY")]
        as_of: Option<String>,
        #[command(flatten)]
        limit: Limit,
    },
    /// List who has to do with somebody, and through what
    #[command(after_help = "Example:\n  demarche neighbors news.json China --facts")]
    Neighbors {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// Whose neighbours
        name: String,
        #[command(flatten)]
        filter: FilterArgs,
        #[command(flatten)]
        limit: Limit,
    },
    /// List who is near somebody, and all edges among them
    #[command(after_help = "Example:\n  demarche ego news.json China --depth 2 --facts")]
    Ego {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// Who stands in the middle
        name: String,
        /// How many steps around
        #[arg(long, value_name = "N", default_value_t = 1)]
        depth: usize,
        #[command(flatten)]
        filter: FilterArgs,
        #[command(flatten)]
        limit: Limit,
    },
    /// List groups that have more to do with each other than with the rest
    #[command(
        after_help = "Examples:\n  demarche communities news.json\n  demarche communities news.json --resolution 2     more and smaller groups\n\nThe method is Leiden's; the same seed gives the same groups."
    )]
    Communities {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// Above 1 for more and smaller groups, below 1 for fewer and larger ones
        #[arg(long, value_name = "X", default_value_t = 1.0)]
        resolution: f64,
        /// The number from which chance is drawn
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
        #[command(flatten)]
        together: Together,
        #[command(flatten)]
        filter: FilterArgs,
        #[command(flatten)]
        limit: Limit,
    },
    /// Show how two are connected
    #[command(
        after_help = "Examples:\n  demarche path news.json 'Choe Son Hui' 'Joe Biden'\n  demarche path news.json China Russia --all --max-length 3"
    )]
    Path {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// From whom
        from: String,
        /// To whom
        to: String,
        /// Every chain up to a length instead of the shortest
        #[arg(long)]
        all: bool,
        /// How many steps a chain may have
        #[arg(long, value_name = "N", requires = "all", default_value_t = 3)]
        max_length: usize,
        #[command(flatten)]
        filter: FilterArgs,
        #[command(flatten)]
        limit: Limit,
    },
    /// List who and what comes up most
    #[command(
        after_help = "Examples:\n  demarche top news.json\n  demarche top news.json predicates\n  demarche top news.json pairs --since 2021-03-01\n  demarche top news.json --measure pagerank"
    )]
    Top {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// Of what
        #[arg(value_enum, default_value_t = TopOf::Nodes)]
        of: TopOf,
        /// How nodes are counted
        #[arg(long, value_enum, default_value_t = Measure::Evidence)]
        measure: Measure,
        /// Betweenness: walk edges only the way they point
        #[arg(long)]
        directed: bool,
        /// Betweenness: the more evidence, the shorter the step
        #[arg(long)]
        weighted: bool,
        /// Betweenness: search from so many nodes only, which gives an estimate
        #[arg(long, value_name = "N")]
        sample: Option<usize>,
        #[command(flatten)]
        filter: FilterArgs,
        #[command(flatten)]
        limit: Limit,
    },
    /// List which keys were taken to mean the same, and by which rule
    #[command(
        after_help = "Example:\n  demarche merges news.json\n\nForbid one with a line `apart, KEY, KEY` in a file for --same."
    )]
    Merges {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        #[command(flatten)]
        limit: Limit,
    },
    /// List who is named and stands in no table, the most frequent first
    #[command(
        after_help = "Examples:\n  demarche unknowns news.json\n  demarche unknowns news.json -o my-people.csv     a gazetteer to fill in\n  demarche unknowns --verbs news/                  what happens that no frame covers\n  demarche unknowns --verbs news/ -o my-verbs.toml a relation lexicon to fill in"
    )]
    Unknowns {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// Write them as a gazetteer, for --gazetteer; with --verbs as a lexicon, for --relations
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Instead of names: verbs between participants that no frame covers; needs articles, not a graph
        #[arg(long)]
        verbs: bool,
        #[command(flatten)]
        limit: Limit,
    },
    /// List what happened when
    #[command(after_help = "Example:\n  demarche timeline news.json --of 'North Korea' --since 2021-01-01")]
    Timeline {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// Only edges of this one
        #[arg(long, value_name = "NAME")]
        of: Option<String>,
        #[command(flatten)]
        filter: FilterArgs,
        #[command(flatten)]
        limit: Limit,
    },
    /// Print the sentences behind the edges that fit an arrow
    #[command(after_help = "Example:\n  demarche evidence news.json 'Blinken -urges-> China'")]
    Evidence {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// The arrow
        #[arg(value_name = "ARROW")]
        pattern: String,
        #[command(flatten)]
        filter: FilterArgs,
        #[command(flatten)]
        limit: Limit,
    },
    /// Serve the graph to a browser and to programs, on this machine only
    #[command(
        after_help = "Examples:\n  demarche serve news.json\n  demarche serve news.json --port 0                 on any free port\n\nPrints its address on standard output and ends on Ctrl-C. The interface for programs describes\nitself at /api/openapi.json. Needs the feature `serve`."
    )]
    Serve {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// The address to listen on; others than 127.0.0.1 and ::1 can be reached from outside
        #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
        address: std::net::IpAddr,
        /// The port to listen on; 0 for any that is free
        #[arg(long, value_name = "N", default_value_t = 8337)]
        port: u16,
        /// A name under which the server may be asked, besides localhost and addresses; may be given several times
        #[arg(long, value_name = "NAME")]
        host: Vec<String>,
    },
    /// Ask in SPARQL 1.1, over the graph as RDF; the prefixes of docs/linked-data.md are declared
    #[command(
        after_help = "Examples:\n  demarche sparql news.json 'SELECT ?who { ?who rel:urges iso:CN }'\n  demarche sparql news.json @question.rq --format jsonl\n\nNeeds the feature sparql: cargo install demarche --features sparql"
    )]
    Sparql {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// The question, or @FILE
        #[arg(value_name = "QUESTION")]
        question: String,
        /// Print the answer as SPARQL 1.1 Query Results JSON
        #[arg(long)]
        results_json: bool,
        #[command(flatten)]
        limit: Limit,
    },
    /// Write the graph for another program, or as a picture; the file's name tells the format
    #[command(after_help = export_help())]
    Export {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        /// The file to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// Only what lies around these
        #[arg(long, visible_alias = "focus", value_name = "NAME")]
        around: Vec<String>,
        /// How many steps around them
        #[arg(long, value_name = "N", requires = "around")]
        depth: Option<usize>,
        /// At most so many nodes
        #[arg(long, value_name = "N")]
        top: Option<usize>,
        /// Only relations of these families, parted by commas; beside what --predicate admits
        #[arg(long, value_name = "FAMILY", value_delimiter = ',')]
        families: Vec<String>,
        #[command(flatten)]
        together: Together,
        /// Lay the picture out by the program dot (Graphviz) instead of by ourselves
        #[arg(long, value_enum)]
        layout: Option<Layout>,
        #[command(flatten)]
        filter: FilterArgs,
    },
}

/// Examples, and every format with those who read it.
fn export_help() -> String {
    let mut help = String::from(
        "Examples:\n  demarche export news.json -o news.html\n  demarche export news.json -o news.svg\n  \
        demarche export news.json -o china.gexf --focus China --depth 1 --top 40\n  \
        demarche export news.json -o talks.md --families speech --min-weight 2\n\n\
        Formats, by the end of the file's name:\n",
    );
    for (format, ending) in crate::export::Format::ALL {
        help.push_str(&format!("  {:<18} {}\n", format!(".{ending}"), format.about()));
    }
    help
}

/// Whether those named together count.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Together {
    /// Add weaker edges between those who are named in one sentence, or in one document
    #[arg(long, value_name = "WHERE", num_args = 0..=1, require_equals = true, default_missing_value = "sentence")]
    pub co_mentions: Option<Scope>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Scope {
    /// In one sentence
    Sentence,
    /// In one document
    Document,
}

#[derive(Debug, Subcommand)]
pub(super) enum GazetteerCommand {
    /// Print what is known under a name
    #[command(after_help = "Example:\n  demarche gazetteer find 'Antony Blinken'")]
    Find {
        /// The name, or a key such as iso:CN
        #[arg(required = true)]
        name: Vec<String>,
    },
}

/// Which edges count.
#[derive(Debug, Default, Args)]
pub(super) struct FilterArgs {
    /// Only what is told as a fact: nothing asked, planned, denied, alleged or only possible
    #[arg(long)]
    pub facts: bool,
    /// Only events: no states such as represents
    #[arg(long)]
    pub events: bool,
    /// Only this predicate, family, PLOVER class or beginning of a CAMEO code; may be given several times
    #[arg(long, value_name = "PREDICATE")]
    pub predicate: Vec<String>,
    /// Only of this day or later
    #[arg(long, value_name = "DAY")]
    pub since: Option<String>,
    /// Only of this day or earlier
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
    /// Only what was published on this day or earlier and, of offices, what was held on it
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    /// Only edges with so many pieces of evidence
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub min_weight: usize,
    /// Only edges that are trusted so far, from 0 to 1
    #[arg(long, value_name = "X", default_value_t = 0.0)]
    pub min_confidence: f32,
}

/// How many rows.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Limit {
    /// At most so many rows; 0 for all
    #[arg(long, short = 'n', value_name = "N")]
    pub limit: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// Word for word
    Direct,
    /// Retold
    Indirect,
    /// Retold with words in quotation marks
    Mixed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Stance {
    /// Speaks for
    For,
    /// Speaks against
    Against,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TopOf {
    /// People, countries, bodies
    Nodes,
    /// What they do
    Predicates,
    /// Who has most to do with whom
    Pairs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Measure {
    /// Pieces of evidence
    Evidence,
    /// Other nodes
    Neighbors,
    /// Mentions in the articles
    Mentions,
    /// PageRank: whom those name who are named much
    Pagerank,
    /// How many shortest chains between others lead through a node
    Betweenness,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Layout {
    /// Our own
    Own,
    /// By the program dot
    Dot,
}
