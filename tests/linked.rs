//! Linked data in the hands of those who read it: rdflib, pyoxigraph, pyshacl, followthemoney.
//!
//! The scripts of `tests/consumers/` run where `DEMARCHE_PYTHON` names an interpreter that has what
//! `tests/consumers/requirements-linked.txt` lists; otherwise they are skipped, and it is said so. What needs
//! no Python always runs.

#![cfg(feature = "rdf")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use demarche::export::rdf::{PREFIXES, each_quad};
use demarche::export::{Format, write_file};
use demarche::graph::KnowledgeGraph;
use demarche::{Analysis, Article, Lexicon, Model, analyze};
use serde_json::json;

/// Names that end strings, tags, scripts and lines, turn the direction of writing, or are none.
const HOSTILE: [&str; 10] = [
    "\"quoted\" 'single' `back` \"\"\"three\"\"\"",
    "line\nbreak\r\n\ttab",
    "</script><script>alert(1)</script>",
    "]]> <!-- & &amp; &lt; &#0;",
    "\u{202e}gnirts\u{202c} עברית العربية",
    "👩‍👩‍👧 🇰🇵 family",
    "nul\0bell\u{7}esc\u{1b}[31m",
    "back\\slash \\N \\u0041 \\\" \\",
    "<http://example.org/> a|b;c,d {?x} ^^ @en",
    "\u{ffff}\u{fffe}\u{feff}",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn analyses() -> (Vec<Analysis>, Lexicon) {
    let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
    let articles = [
        ("grain", "2022-07-24", "https://example.org/grain?a=1&b=2"),
        ("harbour", "2024-06-04", "not an address"),
        ("seoul", "2021-03-18", ""),
    ];
    let read = |(id, day, url): (&str, &str, &str)| {
        let body = fs::read_to_string(root().join(format!("examples/articles/{id}.txt"))).unwrap();
        let article = Article {
            id: id.to_owned(),
            source: format!("examples/articles/{id}.txt"),
            published: day.parse().ok(),
            url: Some(url.to_owned()),
            publisher: Some("The Example & Co \"News\"".to_owned()),
            body,
            ..Article::default()
        };
        analyze(&article, &lexicon, &model)
    };
    (articles.into_iter().map(read).collect(), lexicon)
}

fn examples() -> KnowledgeGraph {
    let (analyses, lexicon) = analyses();
    KnowledgeGraph::from_analyses(&analyses, &lexicon)
}

/// The examples, in which every name, key, title and path is hostile.
fn hostile() -> KnowledgeGraph {
    let (mut analyses, lexicon) = analyses();
    for analysis in &mut analyses {
        let id = analysis.document.id.clone();
        analysis.document.source = HOSTILE.join(&id);
        analysis.document.title = Some(HOSTILE.join(" "));
        for (n, entity) in analysis.entities.entities.iter_mut().enumerate() {
            let name = HOSTILE[n % HOSTILE.len()];
            entity.name = format!("{name} {n}");
            entity.key = format!("{id}:{name}:{n}");
        }
        analysis.document.id = format!("{id} {}", HOSTILE.join(""));
    }
    KnowledgeGraph::from_analyses(&analyses, &lexicon)
}

/// How many solutions each question has; none without the engine.
#[cfg(feature = "sparql")]
fn counts(graph: &KnowledgeGraph) -> serde_json::Value {
    questions().iter().map(|question| solutions(graph, question).len()).collect()
}

#[cfg(not(feature = "sparql"))]
fn counts(_: &KnowledgeGraph) -> serde_json::Value {
    serde_json::Value::Null
}

/// The ten questions of docs/linked-data.md.
#[cfg(feature = "sparql")]
fn questions() -> Vec<String> {
    let page = fs::read_to_string(root().join("docs/linked-data.md")).unwrap();
    let blocks = page.split("```sparql\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap_or_default().to_owned()).collect()
}

#[cfg(feature = "sparql")]
fn solutions(graph: &KnowledgeGraph, question: &str) -> Vec<Vec<String>> {
    use demarche::sparql::{Answer, Question};
    let question: Question = question.parse().unwrap_or_else(|error| panic!("{question}\n{error}"));
    let Answer::Solutions(_, rows) = question.ask(graph).unwrap() else { panic!("no SELECT: {question:?}") };
    rows.iter()
        .map(|row| row.iter().map(|t| t.as_ref().map_or(String::new(), ToString::to_string)).collect())
        .collect()
}

#[cfg(feature = "sparql")]
#[test]
fn every_question_of_the_page_has_an_answer() {
    let graph = examples();
    let questions = questions();
    assert_eq!(questions.len(), 10);
    for question in &questions {
        let rows = solutions(&graph, question);
        assert!(!rows.is_empty(), "{question}");
        assert_eq!(rows, solutions(&graph, question));
    }
    let urged = solutions(&graph, &questions[0]);
    assert!(urged.contains(&vec!["\"Antony Blinken\"".to_owned(), "\"China\"".to_owned()]), "{urged:?}");
}

#[test]
fn the_vocabulary_declares_every_word_that_is_used() {
    let text = fs::read_to_string(root().join("schema/demarche.ttl")).unwrap();
    let read = oxttl::TurtleParser::new().for_slice(&text).map(Result::unwrap);
    let declared: BTreeSet<String> = read.map(|triple| triple.subject.to_string()).collect();
    let mut used = BTreeSet::new();
    for graph in [examples(), hostile()] {
        each_quad(&graph, &mut |quad| {
            used.insert(quad.predicate.to_string());
            used.insert(quad.object.to_string());
            Ok(())
        })
        .unwrap();
    }
    let missing: Vec<&String> = used
        .iter()
        .filter(|iri| iri.starts_with("<urn:demarche:term:") && !declared.contains(*iri))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let lexicon = Lexicon::builtin();
    for iri in declared.iter().filter_map(|iri| iri.strip_prefix("<urn:demarche:relation:")) {
        let name = iri.trim_end_matches('>');
        assert!(lexicon.predicates.iter().any(|predicate| &*predicate.name == name), "no relation {name}");
    }
}

/// Writes every format and what is to be found in it.
fn lay_out(graph: &KnowledgeGraph, folder: &Path, with_answers: bool) {
    let formats = [
        (Format::Turtle, "graph.ttl"),
        (Format::NQuads, "graph.nq"),
        (Format::JsonLd, "graph.jsonld"),
        (Format::FollowTheMoney, "graph.ftm.json"),
    ];
    for (format, name) in formats {
        assert_eq!(Format::from_path(name.as_ref()), Some(format));
        write_file(graph, format, &folder.join(name)).unwrap();
    }
    let whole = || graph.links().filter(|link| link.subject.is_some() && link.object.is_some());
    // What XML cannot hold is replaced in RDF.
    let unfit = |c: char| c.is_control() && !"\t\n\r\u{7f}".contains(c) || "\u{fffe}\u{ffff}".contains(c);
    let labels: Vec<String> = graph.nodes().map(|(_, node)| node.name.replace(unfit, "\u{fffd}")).collect();
    let expected = json!({
        "nodes": graph.nodes().count(),
        "edges": whole().count(),
        "facts": whole().filter(|link| link.edge.is_fact()).count(),
        "statements": graph.links().map(|link| link.edge.evidence.len()).sum::<usize>(),
        "quotations": graph.quotations().len(),
        "documents": graph.sources().len(),
        "labels": labels,
        "prefixes": PREFIXES,
        "solutions": if with_answers { counts(graph) } else { serde_json::Value::Null },
    });
    fs::write(folder.join("expected.json"), serde_json::to_string(&expected).unwrap()).unwrap();
}

fn consumer(script: &str) {
    let Some(python) = std::env::var_os("DEMARCHE_PYTHON") else {
        eprintln!("SKIPPED: {script} needs DEMARCHE_PYTHON, see tests/consumers/requirements-linked.txt");
        return;
    };
    for (name, graph) in
        [("examples", examples()), ("hostile", hostile()), ("empty", KnowledgeGraph::default())]
    {
        let folder = tempfile::tempdir().unwrap();
        lay_out(&graph, folder.path(), name == "examples");
        let path = root().join("tests/consumers").join(script);
        let run = Command::new(&python).arg(path).arg(folder.path()).output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        println!("{name}\n{out}");
        assert!(
            run.status.success() && out.trim_end().ends_with("all is well"),
            "{script}, {name}:\n{out}\n{err}"
        );
    }
}

#[test]
fn rdf_is_read_by_rdflib_pyoxigraph_and_pyshacl() {
    consumer("linked_data.py");
}

#[test]
fn entities_are_read_by_followthemoney() {
    consumer("ftm.py");
}

fn demarche(question: &[&str]) -> assert_cmd::assert::Assert {
    let article = root().join("examples/articles/seoul.txt");
    let mut command = assert_cmd::Command::cargo_bin("demarche").unwrap();
    command.arg("sparql").arg(article).args(question).timeout(std::time::Duration::from_secs(300)).assert()
}

#[cfg(feature = "sparql")]
#[test]
fn the_command_answers_and_points_at_mistakes() {
    use predicates::str::{contains, diff};
    let urges = "SELECT ?who ?n { ?a rel:urges iso:CN ; rdfs:label ?who ; dm:mentions ?m BIND(2 AS ?n) }";
    demarche(&[urges]).code(0).stdout(diff("?who            ?n\nAntony Blinken  2\n"));
    let line = "{\"n\":2,\"who\":\"Antony Blinken\"}\n";
    demarche(&[urges, "--format", "jsonl"]).code(0).stdout(diff(line));
    demarche(&[urges, "--format", "json"]).code(0).stdout(contains("[\n{\"n\":2"));
    demarche(&[urges, "--results-json"]).code(0).stdout(contains("\"bindings\":[{"));
    demarche(&["ASK { iso:CN rel:convinces iso:KP }"]).code(1).stdout(diff("no\n"));
    demarche(&["SELECT ?x { ?x rel:urges 5 }"]).code(1).stdout(diff(""));
    demarche(&["CONSTRUCT WHERE { ?x rel:urges iso:CN }"]).code(0).stdout(contains("rel:urges"));
    demarche(&["SELECT ?who { ?who re:urges iso:CN }"])
        .code(2)
        .stderr(contains("column 20"))
        .stderr(contains("\n                     ^\n"))
        .stderr(contains("hint: no prefix is called `re`"));
    demarche(&["@no-such-file.rq"]).code(2).stderr(contains("no-such-file.rq"));
}

#[cfg(not(feature = "sparql"))]
#[test]
fn without_the_feature_it_says_so() {
    use predicates::str::contains;
    demarche(&["ASK {}"])
        .code(2)
        .stderr(contains("built without SPARQL"))
        .stderr(contains("--features sparql"));
}
