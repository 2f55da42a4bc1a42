//! The commands, with the words of their help.

use std::path::PathBuf;

use clap::Subcommand;

use super::option::{AsOf, Days, FilterArgs, Kind, Layout, Limit, Measure, Stance, Together, TopOf};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
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
        /// The day of publication, for words such as "Thursday"
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
        days: Days,
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
        /// Only quotations that are trusted so far, from 0 to 1; 0 for all
        #[arg(long, value_name = "X", default_value_t = crate::query::LIKELY)]
        min_confidence: f32,
        #[command(flatten)]
        days: Days,
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
        after_help = "Examples:\n  demarche merges news.json\n  demarche merges news.json --as-of 2021-03-18\n\nForbid one with a line `apart, KEY, KEY` in a file for --same."
    )]
    Merges {
        /// A graph file, or articles
        #[arg(value_name = "GRAPH")]
        graph: PathBuf,
        #[command(flatten)]
        days: AsOf,
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
        days: Days,
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
        days: Days,
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

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum GazetteerCommand {
    /// Print what is known under a name
    #[command(after_help = "Example:\n  demarche gazetteer find 'Antony Blinken'")]
    Find {
        /// The name, or a key such as iso:CN
        #[arg(required = true)]
        name: Vec<String>,
    },
}
