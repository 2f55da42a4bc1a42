//! From an article to a picture: the edges around one person, as Graphviz text and as a drawing.
//!
//! ```console
//! $ cargo run --example draw > blinken.svg
//! 8 nodes, 12 edges
//! dot: 24 lines, the first is `digraph demarche {`
//! ```

use std::error::Error;
use std::io::Write;

use demarche::export::{self, Format};
use demarche::graph::KnowledgeGraph;
use demarche::query::{Filter, Selection, find};
use demarche::{Article, Lexicon, Model, analyze};

const SEOUL: &str = include_str!("articles/seoul.txt");

fn main() -> Result<(), Box<dyn Error>> {
    let article = Article { id: "seoul".to_owned(), body: SEOUL.to_owned(), ..Article::default() };
    let lexicon = Lexicon::builtin();
    let analysis = analyze(&article, &lexicon, &Model::builtin());
    let graph = KnowledgeGraph::from_analyses([&analysis], &lexicon);

    // A whole newspaper does not fit on a page: choose Blinken and whom he has to do with.
    let focus = find(&graph, "Blinken")?;
    let part = Selection { focus, depth: Some(1), top: None, filter: Filter::default() }.of(&graph);

    // Every format is written to anything that takes bytes: here to memory, then to standard output.
    let dot = written(&part, Format::Dot)?;
    let svg = written(&part, Format::Svg)?;
    eprintln!("{} nodes, {} edges", part.nodes().count(), part.links().count());
    eprintln!("dot: {} lines, the first is `{}`", dot.lines().count(), dot.lines().next().unwrap_or(""));
    std::io::stdout().write_all(svg.as_bytes())?;
    Ok(())
}

fn written(graph: &KnowledgeGraph, format: Format) -> Result<String, Box<dyn Error>> {
    let mut bytes = Vec::new();
    export::write(graph, format, &mut bytes)?;
    Ok(String::from_utf8(bytes)?)
}
