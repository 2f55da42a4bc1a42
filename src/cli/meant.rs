//! What is meant by what was typed.
//!
//! In: [`Typed`]. Out: [`Meant`]: days are days, arrows are patterns, a limit of 0 is none. What cannot be
//! meant is an error with a hint, before any file is opened: `--since yesterday` is no day, and
//! `demarche quary news.json` may be a misspelt command.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::typed::{self, Command, FilterArgs, Format, GazetteerCommand, Limit, Typed};
use crate::export;
use crate::lexicon::problem::nearest;
use crate::query::{Bound, Cypher, Fault, Filter, Measure, Pattern};
use crate::relation::{QuotationKind, Side};

/// Rows of a listing for people, where nobody asked for a number.
const ROWS: usize = 50;

/// A command line that cannot be meant.
#[derive(Debug)]
pub(super) struct Mistake {
    pub what: String,
    pub hint: Option<String>,
}

impl Mistake {
    fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Mistake { what: what.into(), hint: Some(hint.into()) }
    }
}

/// The whole command line, understood.
pub(super) struct Meant {
    pub command: Wanted,
    pub gazetteers: Vec<PathBuf>,
    pub relations: Vec<PathBuf>,
    pub same: Vec<PathBuf>,
    pub format: Format,
    pub threads: usize,
}

/// What is wanted.
pub(super) enum Wanted {
    Edges {
        files: Vec<PathBuf>,
    },
    Analyze {
        files: Vec<PathBuf>,
    },
    Explain {
        text: String,
        day: Option<Date>,
    },
    Check {
        files: Vec<PathBuf>,
    },
    Find {
        name: String,
    },
    Build {
        files: Vec<PathBuf>,
        output: PathBuf,
    },
    Merge {
        graphs: Vec<PathBuf>,
        output: PathBuf,
    },
    Add {
        graph: PathBuf,
        files: Vec<PathBuf>,
        output: PathBuf,
    },
    Remove {
        graph: PathBuf,
        documents: Vec<String>,
        output: PathBuf,
    },
    Query {
        graph: PathBuf,
        pattern: Pattern,
        filter: Filter,
        most: usize,
    },
    Evidence {
        graph: PathBuf,
        pattern: Pattern,
        filter: Filter,
        most: usize,
    },
    Cypher {
        graph: PathBuf,
        query: Cypher,
        bound: Bound,
        most: usize,
    },
    Quotes {
        graph: PathBuf,
        asked: Said,
        most: usize,
    },
    Neighbors {
        graph: PathBuf,
        name: String,
        filter: Filter,
        most: usize,
    },
    Path {
        graph: PathBuf,
        from: String,
        to: String,
        filter: Filter,
    },
    Top {
        graph: PathBuf,
        of: TopOf,
        filter: Filter,
        most: usize,
    },
    Merges {
        graph: PathBuf,
        most: usize,
    },
    Unknowns {
        graph: PathBuf,
        output: Option<PathBuf>,
        most: usize,
    },
    Timeline {
        graph: PathBuf,
        of: Option<String>,
        filter: Filter,
        most: usize,
    },
    Export {
        graph: PathBuf,
        output: Target,
        around: Vec<String>,
        depth: Option<usize>,
        top: Option<usize>,
        filter: Filter,
    },
}

/// Whose quotations are asked for.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub by: Option<String>,
    pub to: Option<String>,
    pub about: Option<String>,
    pub kind: Option<QuotationKind>,
    pub stance: Option<Side>,
    pub containing: Vec<String>,
    pub since: Option<Date>,
    pub until: Option<Date>,
    pub as_of: Option<Date>,
}

/// Of what the top is wanted.
pub(super) enum TopOf {
    Nodes(Measure),
    Predicates,
    Pairs,
}

/// Where and how a graph is written.
pub(super) enum Target {
    /// In one of our formats.
    File(PathBuf, export::Format),
    /// Drawn by the program `dot`.
    Drawn(PathBuf),
}

impl Meant {
    pub(super) fn read(typed: Typed) -> Result<Meant, Mistake> {
        let global = typed.global;
        if let (Some(_), Some(file)) = (&typed.command, typed.files.first()) {
            let what = format!("{} stands before the command", file.display());
            return Err(Mistake::new(
                what,
                "write the command first; a file that is called like one with a path: ./build",
            ));
        }
        if global.format == Some(Format::Markdown) && !matches!(typed.command, Some(Command::Quotes { .. })) {
            return Err(Mistake::new(
                "only quotes are printed as Markdown",
                "use --format table, json or jsonl",
            ));
        }
        let json_first = matches!(typed.command, Some(Command::Analyze { .. }));
        let default = if json_first { Format::Jsonl } else { Format::Table };
        let format = global.format.unwrap_or(default);
        if json_first && format == Format::Table {
            return Err(Mistake::new(
                "the analysis record has no table",
                "use --format jsonl or json; without analyze, edges are listed",
            ));
        }
        let command = match typed.command {
            Some(command) => wanted(command, format)?,
            None => Wanted::Edges { files: files(typed.files)? },
        };
        Ok(Meant {
            command,
            gazetteers: global.gazetteer,
            relations: global.relations,
            same: global.same,
            format,
            threads: global.threads,
        })
    }
}

const COMMANDS: [&str; 20] = [
    "add",
    "merge",
    "remove",
    "cypher",
    "analyze",
    "explain",
    "check",
    "gazetteer",
    "build",
    "query",
    "quotes",
    "neighbors",
    "path",
    "top",
    "timeline",
    "unknowns",
    "merges",
    "evidence",
    "export",
    "help",
];

/// A first word that is no file may be a command, misspelt.
fn files(files: Vec<PathBuf>) -> Result<Vec<PathBuf>, Mistake> {
    if let Some(first) = files.first().and_then(|f| f.to_str())
        && !first.contains(['.', '/', '\\'])
        && first != "-"
        && !Path::new(first).exists()
        && let Some(near) = nearest(first, &COMMANDS)
    {
        let near = if near == "help" { "--help" } else { near };
        return Err(Mistake::new(
            format!("{first}: no such file or directory"),
            format!("did you mean the command `{near}`?"),
        ));
    }
    Ok(files)
}

fn wanted(command: Command, format: Format) -> Result<Wanted, Mistake> {
    let most = |limit: Limit| match limit.limit {
        Some(0) => usize::MAX,
        Some(most) => most,
        None if matches!(format, Format::Table | Format::Markdown) => ROWS,
        None => usize::MAX,
    };
    Ok(match command {
        Command::Analyze { files } => Wanted::Analyze { files },
        Command::Explain { sentence, date } => {
            Wanted::Explain { text: sentence.join(" "), day: date.as_deref().map(day).transpose()? }
        }
        Command::Check { files } => Wanted::Check { files },
        Command::Gazetteer { command: GazetteerCommand::Find { name } } => {
            Wanted::Find { name: name.join(" ") }
        }
        Command::Build { files, output } => Wanted::Build { files, output },
        Command::Merge { graphs, output } => Wanted::Merge { graphs, output },
        Command::Add { graph, files, output } => {
            Wanted::Add { output: output.unwrap_or_else(|| graph.clone()), graph, files }
        }
        Command::Remove { graph, documents, output } => {
            Wanted::Remove { output: output.unwrap_or_else(|| graph.clone()), graph, documents }
        }
        Command::Query { graph, pattern, filter, limit } => {
            Wanted::Query { graph, pattern: arrow(&pattern)?, filter: edges(filter)?, most: most(limit) }
        }
        Command::Evidence { graph, pattern, filter, limit } => {
            Wanted::Evidence { graph, pattern: arrow(&pattern)?, filter: edges(filter)?, most: most(limit) }
        }
        Command::Cypher { graph, query, most_work, limit } => {
            let query = query.parse().map_err(|fault: Fault| pointed(&fault))?;
            let mut bound = Bound::default();
            bound.edges = most_work.unwrap_or(bound.edges);
            Wanted::Cypher { graph, query, bound, most: most(limit) }
        }
        Command::Quotes { graph, by, to, about, kind, stance, containing, since, until, as_of, limit } => {
            let days = [since, until, as_of].map(|typed| typed.as_deref().map(day).transpose());
            let [since, until, as_of] = days;
            let stance = stance.map(|stance| match stance {
                typed::Stance::For => Side::For,
                typed::Stance::Against => Side::Against,
            });
            let (kind, since, until, as_of) = (kind.map(quotation_kind), since?, until?, as_of?);
            let asked = Said { by, to, about, kind, stance, containing, since, until, as_of };
            Wanted::Quotes { graph, asked, most: most(limit) }
        }
        Command::Neighbors { graph, name, filter, limit } => {
            Wanted::Neighbors { graph, name, filter: edges(filter)?, most: most(limit) }
        }
        Command::Path { graph, from, to, filter } => Wanted::Path { graph, from, to, filter: edges(filter)? },
        Command::Top { graph, of, measure, filter, limit } => {
            let of = match of {
                typed::TopOf::Nodes => TopOf::Nodes(self::measure(measure)),
                typed::TopOf::Predicates => TopOf::Predicates,
                typed::TopOf::Pairs => TopOf::Pairs,
            };
            let most = most(limit);
            Wanted::Top {
                graph,
                of,
                filter: edges(filter)?,
                most: if limit.limit.is_none() { most.min(20) } else { most },
            }
        }
        Command::Merges { graph, limit } => Wanted::Merges { graph, most: most(limit) },
        Command::Unknowns { graph, output, limit } => {
            let most = if output.is_some() && limit.limit.is_none() { usize::MAX } else { most(limit) };
            Wanted::Unknowns { graph, output, most }
        }
        Command::Timeline { graph, of, filter, limit } => {
            Wanted::Timeline { graph, of, filter: edges(filter)?, most: most(limit) }
        }
        Command::Export { graph, output, around, depth, top, layout, filter } => Wanted::Export {
            graph,
            output: target(output, layout)?,
            around,
            depth,
            top,
            filter: edges(filter)?,
        },
    })
}

fn arrow(text: &str) -> Result<Pattern, Mistake> {
    text.parse().map_err(|fault: Fault| pointed(&fault))
}

/// The fault with its line and carets.
fn pointed(fault: &Fault) -> Mistake {
    Mistake { what: format!("{fault}\n{}", fault.drawing()), hint: fault.hint.clone() }
}

fn day(text: &str) -> Result<Date, Mistake> {
    crate::source::date::parse(text)
        .ok_or_else(|| Mistake::new(format!("`{text}` is no day"), "write it as 2021-03-18"))
}

fn edges(typed: FilterArgs) -> Result<Filter, Mistake> {
    Ok(Filter {
        facts_only: typed.facts,
        no_standing: typed.events,
        predicates: typed.predicate,
        since: typed.since.as_deref().map(day).transpose()?,
        until: typed.until.as_deref().map(day).transpose()?,
        as_of: typed.as_of.as_deref().map(day).transpose()?,
        min_weight: typed.min_weight,
        min_confidence: typed.min_confidence,
    })
}

fn quotation_kind(kind: typed::Kind) -> QuotationKind {
    match kind {
        typed::Kind::Direct => QuotationKind::Direct,
        typed::Kind::Indirect => QuotationKind::Indirect,
        typed::Kind::Mixed => QuotationKind::Mixed,
    }
}

fn measure(measure: typed::Measure) -> Measure {
    match measure {
        typed::Measure::Evidence => Measure::Weight,
        typed::Measure::Neighbors => Measure::Degree,
        typed::Measure::Mentions => Measure::Mentions,
    }
}

fn target(path: PathBuf, layout: Option<typed::Layout>) -> Result<Target, Mistake> {
    if layout == Some(typed::Layout::Dot) {
        return Ok(Target::Drawn(path));
    }
    match export::Format::from_path(&path) {
        Some(format) => Ok(Target::File(path, format)),
        None => {
            let known: Vec<String> =
                export::Format::ALL.iter().map(|(_, ending)| format!(".{ending}")).collect();
            let what = format!("{}: no format is called so", path.display());
            Err(Mistake::new(what, format!("the file's name must end in one of {}", known.join(", "))))
        }
    }
}
