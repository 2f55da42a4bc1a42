//! Every arrow and every Cypher query of docs/query.md is asked on the shipped articles and finds something.

use std::path::Path;

use demarche::graph::KnowledgeGraph;
use demarche::query::{Bound, Cypher, Filter, Index, Pattern};
use demarche::{Lexicon, Model, analyze, source};

fn graph() -> KnowledgeGraph {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
    let articles = source::read(&[folder]).map(Result::unwrap);
    let analyses: Vec<_> = articles.map(|article| analyze(&article, &lexicon, &model)).collect();
    KnowledgeGraph::from_analyses(&analyses, &lexicon)
}

/// The lines of the fenced blocks of one sort.
fn lines(sort: &str) -> Vec<&'static str> {
    let text = include_str!("../docs/query.md");
    let mut found = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(name) => inside = name == sort,
            None if inside => found.push(line),
            None => {}
        }
    }
    found
}

#[test]
fn every_example_finds_something() {
    let graph = graph();
    let index = Index::of(&graph);
    let mut empty = Vec::new();
    let arrows = lines("arrow");
    assert!(arrows.len() > 10);
    for line in arrows {
        let question = line.parse::<Pattern>().unwrap_or_else(|fault| panic!("{fault}\n{}", fault.drawing()));
        let question =
            question.resolve(&graph).unwrap_or_else(|fault| panic!("{fault}\n{}", fault.drawing()));
        if question.rows(&index, &Filter::default(), Bound::default()).rows.is_empty() {
            empty.push(line);
        }
    }
    let queries = lines("cypher");
    assert!(queries.len() > 5);
    for line in queries {
        let query = line.parse::<Cypher>().unwrap_or_else(|fault| panic!("{fault}\n{}", fault.drawing()));
        let table = query
            .run(&index, Bound::default())
            .unwrap_or_else(|fault| panic!("{fault}\n{}", fault.drawing()));
        assert!(table.doubts.is_empty(), "{line}: {:?}", table.doubts);
        if table.rows.is_empty() {
            empty.push(line);
        }
    }
    assert!(empty.is_empty(), "nothing is found by\n{}", empty.join("\n"));
}
