//! What is meant by what was typed.
//!
//! In: [`Typed`]. Out: [`Meant`]: days are days, arrows are patterns, a limit of 0 is none. What cannot be
//! meant is an error with a hint, before any file is opened: `--since yesterday` is no day, and
//! `demarche quary news.json` may be a misspelt command.

mod word;

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::typed::{self, Command, Format, GazetteerCommand, Limit, Typed};
use crate::export;
use crate::lexicon::problem::nearest;
use crate::query::{
    Betweenness, Bound, Centrality, Company, Cypher, Fault, Filter, LIKELY, Measure, Pattern, Scope,
};
use crate::relation::{QuotationKind, Side};
use word::{
    arrow, as_of, counted, day, days, edges, edges_from, page, pointed, quotation_kind, scope, sparql, target,
};

/// Rows of a listing for people, where nobody asked for a number.
const ROWS: usize = 50;

/// A command line that cannot be meant.
#[derive(Debug)]
pub(in crate::cli) struct Mistake {
    pub what: String,
    pub hint: Option<String>,
}

impl Mistake {
    fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Mistake { what: what.into(), hint: Some(hint.into()) }
    }
}

/// The whole command line, understood.
pub(in crate::cli) struct Meant {
    pub command: Wanted,
    pub gazetteers: Vec<PathBuf>,
    pub relations: Vec<PathBuf>,
    pub same: Vec<PathBuf>,
    pub format: Format,
    pub threads: usize,
}

/// What is wanted.
pub(in crate::cli) enum Wanted {
    Edges {
        files: Vec<PathBuf>,
        least: f32,
    },
    Analyze {
        files: Vec<PathBuf>,
    },
    Annotate {
        files: Vec<PathBuf>,
        output: Option<PathBuf>,
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
        filter: Filter,
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
    Ego {
        graph: PathBuf,
        name: String,
        depth: usize,
        filter: Filter,
        most: usize,
    },
    Communities {
        graph: PathBuf,
        how: Company,
        together: Option<Scope>,
        filter: Filter,
        most: usize,
    },
    Path {
        graph: PathBuf,
        from: String,
        to: String,
        filter: Filter,
    },
    Paths {
        graph: PathBuf,
        from: String,
        to: String,
        max_length: usize,
        filter: Filter,
        most: usize,
    },
    Serve {
        graph: PathBuf,
        address: std::net::SocketAddr,
        hosts: Vec<String>,
    },
    Top {
        graph: PathBuf,
        of: TopOf,
        filter: Filter,
        most: usize,
    },
    Merges {
        graph: PathBuf,
        as_of: Option<Date>,
        most: usize,
    },
    Unknowns {
        graph: PathBuf,
        output: Option<PathBuf>,
        verbs: bool,
        filter: Filter,
        most: usize,
    },
    Timeline {
        graph: PathBuf,
        of: Option<String>,
        filter: Filter,
        most: usize,
    },
    #[cfg(feature = "sparql")]
    Sparql {
        graph: PathBuf,
        question: crate::sparql::Question,
        results_json: bool,
        filter: Filter,
        most: usize,
    },
    Export {
        graph: PathBuf,
        output: Target,
        around: Vec<String>,
        depth: Option<usize>,
        top: Option<usize>,
        together: Option<Scope>,
        filter: Filter,
    },
}

/// Whose quotations are asked for.
#[derive(Debug, Default)]
pub(in crate::cli) struct Said {
    pub by: Option<String>,
    pub to: Option<String>,
    pub about: Option<String>,
    pub kind: Option<QuotationKind>,
    pub stance: Option<Side>,
    pub containing: Vec<String>,
    pub min_confidence: f32,
    pub days: Filter,
}

/// Of what the top is wanted.
pub(in crate::cli) enum TopOf {
    Nodes(Measure),
    Ranked(Centrality),
    Predicates,
    Pairs,
}

/// Where and how a graph is written.
pub(in crate::cli) enum Target {
    /// In one of our formats.
    File(PathBuf, export::Format),
    /// Drawn by the program `dot`.
    Drawn(PathBuf),
}

impl Meant {
    pub(in crate::cli) fn read(typed: Typed) -> Result<Meant, Mistake> {
        let global = typed.global;
        if let (Some(_), Some(file)) = (&typed.command, typed.files.first()) {
            let what = format!("{} stands before the command", file.display());
            return Err(Mistake::new(
                what,
                "write the command first; a file that is called like one with a path: ./build",
            ));
        }
        if let (Some(_), Some(least)) = (&typed.command, typed.min_confidence) {
            let what = format!("--min-confidence {least} stands before the command");
            return Err(Mistake::new(what, "write it behind: demarche query GRAPH ARROW --min-confidence 0"));
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
            None => {
                let least = typed.min_confidence.unwrap_or(LIKELY);
                Wanted::Edges { files: files(typed.files)?, least }
            }
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

const COMMANDS: &[&str] = &[
    "add",
    "merge",
    "remove",
    "cypher",
    "analyze",
    "annotate",
    "explain",
    "check",
    "gazetteer",
    "build",
    "query",
    "quotes",
    "neighbors",
    "path",
    "ego",
    "communities",
    "serve",
    "top",
    "timeline",
    "unknowns",
    "merges",
    "evidence",
    "sparql",
    "export",
    "help",
];

/// A first word that is no file may be a command, misspelt.
fn files(files: Vec<PathBuf>) -> Result<Vec<PathBuf>, Mistake> {
    if let Some(first) = files.first().and_then(|f| f.to_str())
        && !first.contains(['.', '/', '\\'])
        && first != "-"
        && !Path::new(first).exists()
        && let Some(near) = nearest(first, COMMANDS)
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
        Command::Annotate { files, output } => Wanted::Annotate { files, output: page(output)? },
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
        Command::Cypher { graph, query, most_work, days, limit } => {
            let query = query.parse().map_err(|fault: Fault| pointed(&fault))?;
            let mut bound = Bound::default();
            bound.edges = most_work.unwrap_or(bound.edges);
            Wanted::Cypher { graph, query, bound, filter: self::days(days)?, most: most(limit) }
        }
        Command::Quotes { graph, by, to, about, kind, stance, containing, min_confidence, days, limit } => {
            let stance = stance.map(|stance| match stance {
                typed::Stance::For => Side::For,
                typed::Stance::Against => Side::Against,
            });
            let (kind, days) = (kind.map(quotation_kind), self::days(days)?);
            let asked = Said { by, to, about, kind, stance, containing, min_confidence, days };
            Wanted::Quotes { graph, asked, most: most(limit) }
        }
        Command::Neighbors { graph, name, filter, limit } => {
            Wanted::Neighbors { graph, name, filter: edges(filter)?, most: most(limit) }
        }
        Command::Ego { graph, name, depth, filter, limit } => {
            Wanted::Ego { graph, name, depth, filter: edges(filter)?, most: most(limit) }
        }
        Command::Communities { graph, resolution, seed, together, filter, limit } => {
            if !(resolution > 0.0 && resolution.is_finite()) {
                let what = format!("`{resolution}` is no resolution");
                return Err(Mistake::new(what, "write a number above 0, such as 0.5 or 2"));
            }
            let (how, filter) = (Company { resolution, seed }, edges(filter)?);
            Wanted::Communities { graph, how, together: scope(together), filter, most: most(limit) }
        }
        Command::Path { graph, from, to, all: false, filter, .. } => {
            Wanted::Path { graph, from, to, filter: edges(filter)? }
        }
        Command::Path { graph, from, to, all: true, max_length, filter, limit } => {
            Wanted::Paths { graph, from, to, max_length, filter: edges(filter)?, most: most(limit) }
        }
        Command::Serve { graph, address, port, host } => {
            Wanted::Serve { graph, address: (address, port).into(), hosts: host }
        }
        Command::Top { graph, of, measure, directed, weighted, sample, filter, limit } => {
            // Mentions are counted in articles, whatever their edges are worth.
            let least = if measure == typed::Measure::Mentions { 0.0 } else { LIKELY };
            let filter = edges_from(least, filter)?;
            let of = counted(of, measure, Betweenness { directed, weighted, sample }, &filter)?;
            let most = most(limit);
            Wanted::Top { graph, of, filter, most: if limit.limit.is_none() { most.min(20) } else { most } }
        }
        Command::Merges { graph, days, limit } => {
            Wanted::Merges { graph, as_of: as_of(days)?, most: most(limit) }
        }
        Command::Unknowns { graph, output, verbs, days, limit } => {
            let most = if output.is_some() && limit.limit.is_none() { usize::MAX } else { most(limit) };
            Wanted::Unknowns { graph, output, verbs, filter: self::days(days)?, most }
        }
        Command::Timeline { graph, of, filter, limit } => {
            Wanted::Timeline { graph, of, filter: edges(filter)?, most: most(limit) }
        }
        Command::Sparql { graph, question, results_json, days, limit } => {
            sparql(graph, &question, results_json, days, most(limit))?
        }
        Command::Export { graph, output, around, depth, top, families, together, layout, mut filter } => {
            filter.predicate.extend(families);
            let (output, filter) = (target(output, layout)?, edges(filter)?);
            let together = scope(together);
            Wanted::Export { graph, output, around, depth, top, together, filter }
        }
    })
}
