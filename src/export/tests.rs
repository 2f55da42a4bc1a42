//! Every format, with names that try to break out of it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Format, write};
use crate::graph::{KnowledgeGraph, sample};

/// Names that end strings, tags, scripts and cells, turn the direction of writing, or run.
pub(in crate::export) const NAMES: [&str; 12] = [
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
pub(in crate::export) fn graph() -> KnowledgeGraph {
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
fn json_formats_have_edges_whose_nodes_are_there() {
    let file: Value = serde_json::from_str(&text(Format::Cytoscape)).unwrap();
    let elements = &file["elements"];
    let data = |list: &str| -> Vec<Value> {
        elements[list].as_array().unwrap().iter().map(|element| element["data"].clone()).collect()
    };
    edges_have_their_nodes(&data("nodes"), &data("edges"));
    let file: Value = serde_json::from_str(&text(Format::NodeLink)).unwrap();
    let list = |name: &str| file[name].as_array().unwrap().clone();
    edges_have_their_nodes(&list("nodes"), &list("edges"));
}

fn edges_have_their_nodes(nodes: &[Value], edges: &[Value]) {
    let (node_count, edge_count) = counts();
    assert_eq!((nodes.len(), edges.len()), (node_count, edge_count));
    let ids: BTreeSet<&str> = nodes.iter().map(|node| node["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), nodes.len());
    for name in names() {
        assert!(nodes.iter().any(|node| node["name"] == *name), "{name:?}");
    }
    for edge in edges {
        assert!(
            ids.contains(edge["source"].as_str().unwrap()) && ids.contains(edge["target"].as_str().unwrap())
        );
        assert!(!edge["evidence"].as_array().unwrap().is_empty());
    }
}

/// The nodes, and the edges that have both ends.
fn counts() -> (usize, usize) {
    let graph = graph();
    (graph.graph().node_count(), graph.graph().edge_count())
}

/// What the nodes are called; the names that try to break out are among them.
fn names() -> BTreeSet<String> {
    let names: BTreeSet<String> = graph().nodes().map(|(_, node)| node.name.to_string()).collect();
    assert!(NAMES.iter().filter(|name| names.contains(**name)).count() >= 8, "{names:?}");
    names
}

/// A name as XML can hold it.
fn in_xml(name: &str) -> String {
    let holds = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}') || "\n\r\t".contains(c);
    name.chars().map(|c| if holds(c) { c } else { '\u{fffd}' }).collect()
}

#[test]
fn xml_formats_hold_every_name_and_no_tag_of_one() {
    for format in [Format::GraphMl, Format::Gexf, Format::Svg] {
        let text = text(format);
        assert!(!text.contains("<script"), "{format:?}");
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{format:?}");
        super::xml::tests_reader::check(&text);
        let file = roxmltree::Document::parse(&text).unwrap();
        if format == Format::Svg {
            continue;
        }
        let called = |tag: &'static str| file.descendants().filter(move |e| e.tag_name().name() == tag);
        assert_eq!((called("node").count(), called("edge").count()), counts(), "{format:?}");
        let held: BTreeSet<&str> = if format == Format::Gexf {
            called("node").filter_map(|node| node.attribute("label")).collect()
        } else {
            called("data").filter_map(|data| data.text()).collect()
        };
        for name in names() {
            assert!(held.contains(&*in_xml(&name)), "{format:?} {name:?}");
        }
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
    for format in [Format::EdgesCsv, Format::NodesCsv, Format::EvidenceCsv] {
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
fn neo4j_files_are_one_line_a_row_and_their_ends_are_there() {
    let read = |format| -> Vec<csv::StringRecord> {
        let text = text(format);
        let rows: Vec<_> = csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect();
        assert_eq!(rows.len() + 1, text.lines().count(), "{format:?}");
        rows
    };
    let (nodes, relations) = (read(Format::Neo4jNodes), read(Format::Neo4j));
    assert_eq!((nodes.len(), relations.len()), counts());
    let keys: BTreeSet<&str> = nodes.iter().map(|row| &row[0]).collect();
    assert_eq!(keys.len(), nodes.len());
    assert!(relations.iter().all(|row| keys.contains(&row[0]) && keys.contains(&row[1])));
    // For a loader a formula is a text like any other.
    assert!(nodes.iter().any(|row| &row[1] == NAMES[4]));
}

#[test]
fn no_name_is_cypher() {
    let text = text(Format::Cypher);
    let (mut bare, mut strings, mut quoted, mut escaped) = (String::new(), 0, false, false);
    for c in text.lines().skip(1).flat_map(|line| line.chars().chain(['\n'])) {
        match (quoted, escaped, c) {
            (true, true, _) => escaped = false,
            (true, false, '\\') => escaped = true,
            (true, false, '\'') => quoted = false,
            (true, false, c) => assert!(!c.is_control(), "{c:?}"),
            (false, _, '\'') => (quoted, strings) = (true, strings + 1),
            (false, _, c) => bare.push(c),
        }
    }
    assert!(!quoted && strings > 100);
    let is_ours = |c: char| c.is_ascii_alphanumeric() || " \n_{}()[]:;,.+-=>".contains(c);
    assert!(bare.chars().all(is_ours), "{bare}");
}

#[test]
fn no_name_is_mermaid() {
    let text = text(Format::Mermaid);
    let node = regex::Regex::new(r#"^n\d+\W{1,2}"[^"`<>&]+"\W{1,2}:::[a-z]+$"#).unwrap();
    let edge = regex::Regex::new(r#"^n\d+ <?-\.?->\|"[^"`<>&|]+"\| n\d+$"#).unwrap();
    let ours = regex::Regex::new(
        r"^(flowchart LR|classDef [a-z]+ [a-z0-9:#,]+|linkStyle [0-9,]+ stroke:#[0-9a-f]{6})$",
    );
    let ours = ours.unwrap();
    let count = |what: &regex::Regex| text.lines().filter(|line| what.is_match(line)).count();
    assert_eq!((count(&node), count(&edge)), counts());
    assert_eq!(count(&node) + count(&edge) + count(&ours), text.lines().count(), "{text}");
}

#[test]
fn no_name_is_markdown() {
    let text = text(Format::Markdown);
    for line in text.lines() {
        let bare: String = unescaped(line).collect();
        let known = ["# ", "## ", "### ", "- ", "  - ", "| ", ""];
        assert!(known.iter().any(|start| line.starts_with(start)), "{line}");
        if line.starts_with('|') {
            assert_eq!(bare.matches('|').count(), 6, "{line}");
        } else {
            assert!(!bare.contains(['<', '[', '`', '|', '_']), "{line}");
        }
    }
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'));
}

/// The characters of a line that no backslash stands before.
fn unescaped(line: &str) -> impl Iterator<Item = char> {
    let mut chars = line.chars();
    std::iter::from_fn(move || {
        loop {
            match chars.next()? {
                '\\' => drop(chars.next()),
                c => return Some(c),
            }
        }
    })
}

#[test]
fn every_format_has_an_end_of_its_own() {
    for (format, ending) in Format::ALL {
        assert_eq!(Format::from_path(format!("out.d/news.{ending}").as_ref()), Some(*format), "{ending}");
        assert!(!format.about().is_empty());
    }
    for (name, format) in [("nodes.csv", Some(Format::NodesCsv)), ("a-nodes.csv", Some(Format::NodesCsv))] {
        assert_eq!(Format::from_path(name.as_ref()), format, "{name}");
    }
    for name in ["csv", "news", "newscsv", "news.csv.gz"] {
        assert_eq!(Format::from_path(name.as_ref()), None, "{name}");
    }
}

#[test]
fn files_come_with_their_companions() {
    let folder = tempfile::tempdir().unwrap();
    let names = |name: &str| -> Vec<String> {
        let path = folder.path().join(name);
        let written = super::write_file(&graph(), Format::from_path(&path).unwrap(), &path).unwrap();
        assert!(written.iter().all(|path| path.is_file()));
        written.iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("news.csv"), ["news.csv", "news.nodes.csv", "news.evidence.csv"]);
    assert_eq!(names("a.b.neo4j.csv"), ["a.b.neo4j.csv", "a.b.neo4j.nodes.csv"]);
    assert_eq!(names("news.md"), ["news.md"]);
}

#[test]
fn a_format_that_is_not_built_in_says_so() {
    for (format, feature, built) in
        [(Format::Png, "png", cfg!(feature = "png")), (Format::Parquet, "parquet", cfg!(feature = "parquet"))]
    {
        match write(&sample::graph(), format, &mut Vec::new()) {
            Ok(()) => assert!(built),
            Err(error) => assert!(!built && error.to_string().contains(feature), "{error}"),
        }
    }
}

#[test]
fn an_empty_graph_is_written_in_every_format() {
    for (format, _) in Format::ALL.iter().filter(|(format, _)| is_built(*format)) {
        let mut out = Vec::new();
        write(&KnowledgeGraph::default(), *format, &mut out).unwrap();
        // A list of lines has none.
        let is_lines =
            Format::ALL.iter().any(|(f, end)| f == format && ["nq", "ttl", "ftm.json"].contains(end));
        assert!(is_lines || !out.is_empty(), "{format:?}");
    }
}

/// True unless it needs a feature that this build lacks.
pub(super) fn is_built(format: Format) -> bool {
    use Format::{EvidenceParquet, NodesParquet, Parquet, Png};
    (cfg!(feature = "png") || format != Png)
        && (cfg!(feature = "parquet") || ![Parquet, NodesParquet, EvidenceParquet].contains(&format))
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    let bytes = |format| {
        let mut out = Vec::new();
        write(&graph(), format, &mut out).unwrap();
        out
    };
    for (format, _) in Format::ALL.iter().filter(|(format, _)| is_built(*format)) {
        assert!(bytes(*format) == bytes(*format), "{format:?}");
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
        roxmltree::Document::parse(&text(Format::GraphMl)).unwrap();
        roxmltree::Document::parse(&text(Format::Gexf)).unwrap();
        serde_json::from_str::<Value>(&text(Format::NodeLink)).unwrap();
        proptest::prop_assert_eq!(text(Format::Neo4j).lines().count(), 1 + graph.graph().edge_count());
        proptest::prop_assert_eq!(text(Format::Mermaid).lines().filter(|line| line.contains('|')).count(), graph.graph().edge_count());
        KnowledgeGraph::read(text(Format::Json).as_bytes(), "x".as_ref()).unwrap();
        serde_json::from_str::<Value>(&text(Format::Cytoscape)).unwrap();
        graphviz_rust::parse(&text(Format::Dot)).unwrap();
        proptest::prop_assert_eq!(text(Format::Html).matches("</script").count(), 2);
        let edges = text(Format::EdgesCsv);
        proptest::prop_assert_eq!(csv::Reader::from_reader(edges.as_bytes()).records().filter(Result::is_ok).count(), 5);
    }
}
