//! One word of the command line and what it means: a day, an arrow, a file's format.

use std::path::PathBuf;

use jiff::civil::Date;

use super::{Mistake, Target, TopOf, Wanted};
use crate::cli::typed::{self, AsOf, Days, FilterArgs};
use crate::export;
use crate::query::{Betweenness, Centrality, Fault, Filter, LIKELY, Measure, Pattern, Scope};
use crate::relation::QuotationKind;

pub(super) fn arrow(text: &str) -> Result<Pattern, Mistake> {
    text.parse().map_err(|fault: Fault| pointed(&fault))
}

/// The fault with its line and carets.
pub(super) fn pointed(fault: &Fault) -> Mistake {
    Mistake { what: format!("{fault}\n{}", fault.drawing()), hint: fault.hint.clone() }
}

/// The question itself, or what stands in `@FILE`.
#[cfg(feature = "sparql")]
pub(super) fn sparql(
    graph: PathBuf,
    typed: &str,
    results_json: bool,
    days: Days,
    most: usize,
) -> Result<Wanted, Mistake> {
    let filter = self::days(days)?;
    let text = match typed.strip_prefix('@') {
        None => typed.to_owned(),
        Some(file) => std::fs::read_to_string(file)
            .map_err(|error| Mistake { what: format!("{file}: {error}"), hint: None })?,
    };
    match text.parse() {
        Ok(question) => Ok(Wanted::Sparql { graph, question, results_json, filter, most }),
        Err(crate::sparql::SparqlError { what, at, hint }) => {
            let what = crate::sparql::SparqlError { what, at, hint: None }.to_string();
            Err(Mistake { what, hint })
        }
    }
}

#[cfg(not(feature = "sparql"))]
pub(super) fn sparql(_: PathBuf, _: &str, _: bool, _: Days, _: usize) -> Result<Wanted, Mistake> {
    Err(Mistake::new(
        "this program was built without SPARQL",
        "build it with: cargo install demarche --features sparql",
    ))
}

pub(super) fn day(text: &str) -> Result<Date, Mistake> {
    crate::source::date::parse(text)
        .ok_or_else(|| Mistake::new(format!("`{text}` is no day"), "write it as 2021-03-18"))
}

/// The days that count, and no other condition.
pub(super) fn days(typed: Days) -> Result<Filter, Mistake> {
    let read = |typed: Option<String>| typed.as_deref().map(day).transpose();
    let (since, until, as_of) = (read(typed.since)?, read(typed.until)?, read(typed.as_of)?);
    if let (Some(first), Some(last)) = (since, until)
        && first > last
    {
        let what = format!("--since {first} is later than --until {last}");
        return Err(Mistake::new(what, "write the earlier day behind --since"));
    }
    Ok(Filter { since, until, as_of, ..Filter::default() })
}

/// The day of a listing in which nothing happens on any day.
pub(super) fn as_of(typed: AsOf) -> Result<Option<Date>, Mistake> {
    if typed.since.is_some() || typed.until.is_some() {
        let what = "a merge has no day: --since and --until cannot choose among merges";
        return Err(Mistake::new(
            what,
            "--as-of DAY lists what the articles that were published by then make the same",
        ));
    }
    typed.as_of.as_deref().map(day).transpose()
}

/// The conditions on edges; what is likelier wrong than right is left out unless asked for.
pub(super) fn edges(typed: FilterArgs) -> Result<Filter, Mistake> {
    edges_from(LIKELY, typed)
}

/// The conditions on edges, from so much trust on unless another is asked for.
pub(super) fn edges_from(least: f32, typed: FilterArgs) -> Result<Filter, Mistake> {
    Ok(Filter {
        facts_only: typed.facts,
        no_standing: typed.events,
        predicates: typed.predicate,
        min_weight: typed.min_weight,
        min_confidence: typed.min_confidence.unwrap_or(least),
        ..days(typed.days)?
    })
}

pub(super) fn quotation_kind(kind: typed::Kind) -> QuotationKind {
    match kind {
        typed::Kind::Direct => QuotationKind::Direct,
        typed::Kind::Indirect => QuotationKind::Indirect,
        typed::Kind::Mixed => QuotationKind::Mixed,
    }
}

/// How nodes are counted, or measured; what only betweenness knows is refused elsewhere.
fn nodes(measure: typed::Measure, how: Betweenness) -> Result<TopOf, Mistake> {
    if measure != typed::Measure::Betweenness && how != Betweenness::default() {
        let what = "--directed, --weighted and --sample are for betweenness";
        return Err(Mistake::new(what, "add --measure betweenness"));
    }
    if how.sample == Some(0) {
        return Err(Mistake::new("a sample of no node tells nothing", "write --sample 100"));
    }
    Ok(match measure {
        typed::Measure::Evidence => TopOf::Nodes(Measure::Weight),
        typed::Measure::Neighbors => TopOf::Nodes(Measure::Degree),
        typed::Measure::Mentions => TopOf::Nodes(Measure::Mentions),
        typed::Measure::Pagerank => TopOf::Ranked(Centrality::PageRank),
        typed::Measure::Betweenness => TopOf::Ranked(Centrality::Betweenness(how)),
    })
}

/// What is counted, and the conditions on it: mentions are of articles, not of edges; the rest has no measure.
pub(super) fn counted(
    of: typed::TopOf,
    measure: typed::Measure,
    how: Betweenness,
    filter: &Filter,
) -> Result<TopOf, Mistake> {
    let others = match of {
        typed::TopOf::Nodes => {
            let of = nodes(measure, how)?;
            if matches!(of, TopOf::Nodes(Measure::Mentions))
                && let Some(name) = filter.asks_for_edges()
            {
                let name = name.replace('_', "-");
                let what = format!("mentions are counted in articles: --{name} cannot choose among them");
                let hint = format!("leave out --{name}, or count with --measure evidence");
                return Err(Mistake::new(what, hint));
            }
            return Ok(of);
        }
        typed::TopOf::Predicates => TopOf::Predicates,
        typed::TopOf::Pairs => TopOf::Pairs,
    };
    if measure != typed::Measure::Evidence || how != Betweenness::default() {
        let what = "only nodes have a measure; predicates and pairs are counted by their evidence";
        return Err(Mistake::new(what, "leave out --measure, or ask for nodes"));
    }
    Ok(others)
}

pub(super) fn scope(together: typed::Together) -> Option<Scope> {
    together.co_mentions.map(|scope| match scope {
        typed::Scope::Sentence => Scope::Sentence,
        typed::Scope::Document => Scope::Document,
    })
}

/// The page of annotated articles is HTML, whatever else its name promises.
pub(super) fn page(output: Option<PathBuf>) -> Result<Option<PathBuf>, Mistake> {
    if let Some(path) = &output
        && !path
            .extension()
            .is_some_and(|end| ["html", "htm"].iter().any(|known| end.eq_ignore_ascii_case(known)))
    {
        let what = format!("{}: annotated articles are written as a web page", path.display());
        return Err(Mistake::new(what, "the file's name must end in .html"));
    }
    Ok(output)
}

pub(super) fn target(path: PathBuf, layout: Option<typed::Layout>) -> Result<Target, Mistake> {
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
