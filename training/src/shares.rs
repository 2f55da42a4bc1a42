//! What merging, saving, loading and asking cost beside the analysis.
//!
//! In: articles, as `demarche build` takes them. Out: processor seconds of the program, and their share of the
//! analysis: a busy machine changes the seconds, but hardly the shares. What takes little is done ten times.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use demarche::graph::{KnowledgeGraph, Reading, Readings};
use demarche::query::{Bound, Filter, Index, Pattern};
use demarche::{Lexicon, Model, analyze, source};

use crate::clock::Clock;

/// What is timed.
#[derive(clap::Args)]
pub struct Shares {
    /// The articles.
    #[arg(required = true)]
    articles: Vec<PathBuf>,
    /// The question.
    #[arg(long, default_value = "?x -verbal_conflict-> ?y; ?y -verbal_cooperation-> ?x")]
    question: String,
}

const ROUNDS: u32 = 10;

/// Times the graph of some articles.
pub fn run(wanted: &Shares) -> Result<()> {
    let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
    let clock = Clock::of_program();
    let analyses: Vec<_> = source::read(&wanted.articles)
        .filter_map(Result::ok)
        .map(|article| analyze(&article, &lexicon, &model))
        .collect();
    let whole = clock.seconds();
    ensure!(!analyses.is_empty(), "no articles");
    println!("{:<44} {whole:8.3} s", format!("analysis of {} articles", analyses.len()));
    let tell = |what: &str, seconds: f64| {
        println!("{what:<44} {seconds:8.3} s {:7.2} %", 100.0 * seconds / whole);
    };
    let clock = Clock::of_program();
    let mut readings: Vec<Reading> = analyses.iter().map(|one| Reading::of(one, &lexicon)).collect();
    tell("readings of the analyses", clock.seconds());
    drop(analyses);
    let second = readings.split_off(readings.len() / 2);
    let of = |list: Vec<Reading>| {
        let mut set = Readings::default();
        list.into_iter().for_each(|reading| {
            set.insert(reading);
        });
        set
    };
    let (one, other) = (of(readings), of(second));
    let merged = || {
        let mut all = one.clone();
        all.merge(&other);
        all
    };
    tell("merge of two halves", often(merged));
    let all = merged();
    tell("the graph of them", often(|| all.clone().into_graph()));
    let folder = std::env::temp_dir().join(format!("demarche-shares-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    for name in ["news.graph", "news.json"] {
        let path = folder.join(name);
        tell(&format!("save {name}"), often(|| all.save(&path)));
        println!("{:<44} {:8.1} MB", "", path.metadata()?.len() as f64 / 1e6);
        tell(&format!("load {name}"), often(|| KnowledgeGraph::load(&path)));
    }
    ask(&folder.join("news.graph"), &wanted.question, tell)?;
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

fn ask(path: &Path, question: &str, tell: impl Fn(&str, f64)) -> Result<()> {
    let graph = KnowledgeGraph::load(path)?;
    let pattern = question.parse::<Pattern>()?;
    let rows = || -> Result<usize> {
        let asked = pattern.resolve(&graph)?;
        Ok(asked.rows(&Index::of(&graph), &Filter::default(), Bound::default()).rows.len())
    };
    let found = rows()?;
    println!("{:<44} {} nodes, {} edges", "", graph.nodes().count(), graph.links().count());
    tell(&format!("{question} ({found} rows)"), often(rows));
    Ok(())
}

/// The seconds of one round of many.
fn often<T>(work: impl Fn() -> T) -> f64 {
    let clock = Clock::of_program();
    (0..ROUNDS).for_each(|_| {
        black_box(work());
    });
    clock.seconds() / f64::from(ROUNDS)
}
