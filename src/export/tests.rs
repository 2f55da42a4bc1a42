//! Every format, with names that try to break out of it.

use serde_json::Value;

use super::{Format, write};
use crate::graph::{KnowledgeGraph, sample};

/// Names that end strings, tags, scripts and cells, turn the direction of writing, or run.
pub(super) const NAMES: [&str; 12] = [
    "\"quoted\" 'single' `back`",
    "line\nbreak\r\n\ttab",
    "</script><script>alert(1)</script>",
    "]]> <!-- & &amp; &lt; &#0;",
    "=cmd|' /C calc'!A0",
    "\u{202e}gnirts\u{202c} עברית العربية",
    "👩‍👩‍👧 🇰🇵 family",
    "nul\0bell\u{7}esc\u{1b}[31m",
    "back\\slash \\N \\\" \\",
    "a|b;c,d",
    "\u{ffff}\u{fffe}\u{feff}",
    "朝鮮民主主義人民共和国 e\u{301}",
];

/// A graph in which every label is hostile.
pub(super) fn graph() -> KnowledgeGraph {
    let mut analysis = sample::first();
    let mut lexicon = sample::lexicon();
    let mut names = NAMES.iter().cycle();
    for entity in &mut analysis.entities.entities {
        entity.name = (*names.next().unwrap()).to_owned();
        entity.key = format!("person:{}", names.next().unwrap());
        entity.country = Some((*names.next().unwrap()).to_owned());
    }
    for predicate in &mut lexicon.predicates {
        predicate.name = (*names.next().unwrap()).to_owned();
        predicate.family = (*names.next().unwrap()).to_owned();
    }
    let mut graphs = vec![];
    for name in NAMES {
        let mut analysis = analysis.clone();
        analysis.document.source = name.to_owned();
        analysis.document.text = format!("{name} {}", analysis.document.text);
        for (n, entity) in analysis.entities.entities.iter_mut().enumerate() {
            if n == 0 {
                entity.name = name.to_owned();
                entity.key = format!("{name}:{n}");
            }
        }
        graphs.push(analysis);
    }
    KnowledgeGraph::from_analyses(&graphs, &lexicon)
}

fn text(format: Format) -> String {
    let mut out = Vec::new();
    write(&graph(), format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn json_keeps_every_name() {
    let file: Value = serde_json::from_str(&text(Format::Json)).unwrap();
    let people = |document: &Value| document["participants"].as_array().unwrap().clone();
    let people: Vec<Value> = file["documents"].as_array().unwrap().iter().flat_map(people).collect();
    let names: Vec<&str> = people.iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert!(names.contains(&NAMES[2]) && names.contains(&NAMES[8]));
    let read = KnowledgeGraph::read(text(Format::Json).as_bytes(), "x".as_ref()).unwrap();
    let mut again = Vec::new();
    read.write(&mut again).unwrap();
    assert_eq!(String::from_utf8(again).unwrap(), text(Format::Json));
}

#[test]
fn cytoscape_is_json_whose_edges_have_their_nodes() {
    let file: Value = serde_json::from_str(&text(Format::Cytoscape)).unwrap();
    let elements = &file["elements"];
    let ids: Vec<&Value> = elements["nodes"].as_array().unwrap().iter().map(|n| &n["data"]["id"]).collect();
    let edges = elements["edges"].as_array().unwrap();
    assert!(edges.len() > 10);
    for edge in edges {
        assert!(ids.contains(&&edge["data"]["source"]) && ids.contains(&&edge["data"]["target"]));
    }
}

#[test]
fn xml_formats_hold_no_tag_of_a_name() {
    for format in [Format::GraphMl, Format::Svg] {
        let text = text(format);
        assert!(!text.contains("<script"), "{format:?}");
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{format:?}");
        super::xml::tests_reader::check(&text);
    }
}

#[test]
fn dot_is_one_statement_a_line() {
    let text = text(Format::Dot);
    for line in text.lines().filter(|line| line.starts_with("  n")) {
        assert!(line.ends_with("];"), "{line}");
    }
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'));
    graphviz_rust::parse(&text).unwrap();
}

#[test]
fn csv_cells_come_back_and_never_run() {
    for format in [Format::EdgesCsv, Format::NodesCsv] {
        let text = text(format);
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let width = rows.headers().unwrap().len();
        for row in rows.records() {
            let row = row.unwrap();
            assert_eq!(row.len(), width);
            assert!(row.iter().all(|cell| !cell.starts_with('=')));
        }
    }
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    for &(format, _) in Format::ALL {
        assert_eq!(text(format), text(format), "{format:?}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    #[test]
    fn any_name_survives_every_format(name in "\\PC{0,40}|[\\x00-\\x7f]{0,20}", predicate in "[\\x00-\\x7fé朝]{0,12}") {
        let mut analysis = sample::first();
        let mut lexicon = sample::lexicon();
        analysis.entities.entities[0].name.clone_from(&name);
        analysis.entities.entities[1].key.clone_from(&name);
        lexicon.predicates[0].name = predicate;
        let graph = KnowledgeGraph::from_analyses(&[analysis], &lexicon);
        let text = |format| {
            let mut out = Vec::new();
            write(&graph, format, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        super::xml::tests_reader::check(&text(Format::Svg));
        super::xml::tests_reader::check(&text(Format::GraphMl));
        KnowledgeGraph::read(text(Format::Json).as_bytes(), "x".as_ref()).unwrap();
        serde_json::from_str::<Value>(&text(Format::Cytoscape)).unwrap();
        graphviz_rust::parse(&text(Format::Dot)).unwrap();
        let edges = text(Format::EdgesCsv);
        proptest::prop_assert_eq!(csv::Reader::from_reader(edges.as_bytes()).records().filter(Result::is_ok).count(), 5);
    }
}
