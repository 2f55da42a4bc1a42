//! A graph of a million edges: how long saving, loading, merging and asking take.
//!
//! Out: seconds and bytes. The documents are made up: twenty statements each, every one an edge of its own,
//! with a sentence of 150 letters. The machine decides the seconds: compare them with each other and with
//! what `demarche-training speed` prints.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use demarche::graph::{
    DocumentHash, Excerpt, KnowledgeGraph, Participant, Place, PredicateCodes, Reading, Readings, Source,
    Statement, StatementId,
};
use demarche::lexicon::Kind;
use demarche::query::{Bound, Filter, Index, Pattern};

const STATEMENTS: usize = 20;
const PEOPLE: usize = 12;
const PREDICATES: [&str; 6] = ["urges", "accuses", "meets", "rejects", "praises", "represents"];

/// A number that looks random and is always the same.
fn scatter(n: usize) -> usize {
    (n.wrapping_add(1)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 17
}

fn participant(n: usize) -> Participant {
    Participant {
        key: format!("wd:Q{n}").into(),
        name: format!("Person Number {n}").into(),
        kind: if n.is_multiple_of(3) { Kind::Country } else { Kind::Person },
        country: None,
        aliases: vec![format!("Number {n}").into()],
        roles: Vec::new(),
        mentions: 2,
        sentences: vec![0],
    }
}

fn reading(document: usize, nodes: usize, codes: &[Arc<PredicateCodes>]) -> Reading {
    let mut people: Vec<usize> = (0..PEOPLE).map(|n| scatter(document * PEOPLE + n) % nodes).collect();
    people.sort_unstable();
    people.dedup();
    // Every pair of a document's people is told of at most once for each predicate.
    let end = |n: usize| u32::try_from(n % people.len()).ok();
    let at = |start: u32| Place { start, end: start + 6 };
    let statements = (0..STATEMENTS).map(|n| Statement {
        id: StatementId((document * STATEMENTS + n) as u64),
        predicate: (scatter(document + n) % codes.len()) as u32,
        subject: end(n),
        object: end(n + 1 + n / people.len()),
        sentence: n as u32,
        line: n as u32 + 1,
        trigger: at(20),
        subject_at: Some(at(0)),
        object_at: Some(at(40)),
        confidence: 0.8,
        ..Statement::default()
    });
    let text = |n: usize| {
        format!("{:<150}", format!("Sentence {n} of document {document} says who did what to whom."))
    };
    Reading {
        source: Source {
            id: format!("document-{document}"),
            source: format!("news.jsonl:{document}"),
            published: "2021-03-18".parse().ok(),
            ..Source::default()
        },
        hash: DocumentHash(document as u128),
        predicates: codes.to_vec(),
        rules: vec!["SUBJECT urge OBJECT to CONTENT".into()],
        participants: people.iter().map(|n| participant(*n)).collect(),
        excerpts: (0..STATEMENTS)
            .map(|n| Excerpt { place: Place { start: 0, end: 150 }, text: text(n).into() })
            .collect(),
        statements: statements.collect(),
        sayings: Vec::new(),
    }
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let made = work();
    println!("{what:<40} {:.3} s", started.elapsed().as_secs_f64());
    made
}

/// What is timed.
#[derive(clap::Args)]
pub struct Million {
    /// How many edges.
    #[arg(long, default_value_t = 1_000_000)]
    edges: usize,
    /// Only load this graph file, so many times as `--times` says.
    #[arg(long)]
    load: Option<PathBuf>,
    /// How often a file is loaded.
    #[arg(long, default_value_t = 5)]
    times: usize,
    /// Leave the files where they are: in the system's folder for temporary files.
    #[arg(long)]
    keep: bool,
}

/// Times a large graph.
pub fn run(wanted: &Million) -> Result<()> {
    if let Some(path) = &wanted.load {
        return load(path, wanted.times);
    }
    let edges = wanted.edges;
    let codes: Vec<Arc<PredicateCodes>> = PREDICATES
        .iter()
        .map(|name| {
            Arc::new(PredicateCodes {
                predicate: (*name).into(),
                family: "speech".into(),
                ..Default::default()
            })
        })
        .collect();
    let mut readings = Readings::default();
    for document in 0..edges / STATEMENTS {
        readings.insert(reading(document, edges / 20, &codes));
    }
    let folder = std::env::temp_dir().join(format!("demarche-million-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    for name in ["million.graph", "million.json"] {
        let path = folder.join(name);
        timed(&format!("save {name}"), || readings.save(&path))?;
        println!("{:<40} {} MB", "", path.metadata()?.len() / 1_000_000);
        let loaded = timed(&format!("load {name}: readings"), || Readings::load(&path))?;
        let graph = timed(&format!("load {name}: graph"), || loaded.into_graph());
        assert_eq!(graph.links().count(), graph.graph().edge_count());
        println!("{:<40} {} edges, {} nodes", "", graph.links().count(), graph.nodes().count());
        if name.ends_with("graph") {
            ask(&graph)?;
        }
    }
    let two = readings.clone();
    timed("merge with itself", || readings.merge(&two));
    drop((readings, two));
    timed("load, as a program does", || KnowledgeGraph::load(&folder.join("million.graph")))?;
    if !wanted.keep {
        std::fs::remove_dir_all(&folder)?;
    }
    Ok(())
}

/// Loads a file as a program does that answers one question: nothing is freed, every page is new.
fn load(path: &Path, times: usize) -> Result<()> {
    for _ in 0..times {
        let readings = timed("load: readings", || Readings::load(path))?;
        let graph = ManuallyDrop::new(timed("load: graph", || readings.into_graph()));
        let index = timed("index for joins", || Index::of(&graph));
        let question = "?x -accuses-> ?y; ?y -rejects-> ?x".parse::<Pattern>()?.resolve(&graph)?;
        timed("a question over all pairs", || {
            question.rows(&index, &Filter::default(), Bound::default()).rows.len()
        });
    }
    Ok(())
}

fn ask(graph: &KnowledgeGraph) -> Result<()> {
    let index = timed("index for joins", || Index::of(graph));
    for arrows in ["Person Number 7 -accuses-> ?x -rejects-> ?y", "?x -accuses-> ?y; ?y -rejects-> ?x"] {
        let question = arrows.parse::<Pattern>()?.resolve(graph)?;
        let found = timed(arrows, || question.rows(&index, &Filter::default(), Bound::default()).rows.len());
        println!("{:<40} {found} rows", "");
    }
    for arrow in ["Person Number 7 -accuses-> ?", "? -?-> Person Number 7"] {
        let question = arrow.parse::<Pattern>()?.resolve(graph)?;
        let found = timed(arrow, || question.links(graph, &Filter::default()).count());
        println!("{:<40} {found} edges", "");
    }
    Ok(())
}
