//! What the files say is what we meant: parsed back by other code than wrote it, and counted.

use std::collections::BTreeSet;

use oxrdf::vocab::rdf;
use oxrdf::{GraphName, Quad};

use super::{each_quad, iri};
use crate::export::{Format, tests, write};
use crate::graph::{KnowledgeGraph, sample};

fn quads(graph: &KnowledgeGraph) -> Vec<Quad> {
    let mut all = Vec::new();
    each_quad(graph, &mut |quad| {
        all.push(quad.into_owned());
        Ok(())
    })
    .unwrap();
    all
}

fn text(graph: &KnowledgeGraph, format: Format) -> String {
    let mut out = Vec::new();
    write(graph, format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn lines(quads: impl IntoIterator<Item = Quad>) -> BTreeSet<String> {
    quads.into_iter().map(|quad| quad.to_string()).collect()
}

fn graphs() -> [KnowledgeGraph; 3] {
    [sample::graph(), tests::graph(), KnowledgeGraph::default()]
}

#[test]
fn n_quads_say_what_we_meant() {
    for graph in graphs() {
        let file = text(&graph, Format::NQuads);
        let read = oxttl::NQuadsParser::new().for_slice(&file).map(Result::unwrap);
        assert_eq!(lines(read.collect::<Vec<_>>()), lines(quads(&graph)));
    }
}

#[test]
fn turtle_says_the_same_without_graphs() {
    for graph in graphs() {
        let file = text(&graph, Format::Turtle);
        let read = oxttl::TurtleParser::new().for_slice(&file).map(Result::unwrap);
        let read: BTreeSet<String> = read.map(|triple| triple.to_string()).collect();
        let meant: BTreeSet<String> =
            quads(&graph).into_iter().map(|quad| oxrdf::Triple::from(quad).to_string()).collect();
        assert_eq!(read, meant);
    }
}

#[test]
fn json_ld_says_the_same_with_graphs() {
    for graph in graphs() {
        let file = text(&graph, Format::JsonLd);
        let read = oxjsonld::JsonLdParser::new().for_slice(&file).map(Result::unwrap);
        assert_eq!(lines(read.collect::<Vec<_>>()), lines(quads(&graph)));
        assert!(!file.contains("</"));
        serde_json::from_str::<serde_json::Value>(&file).unwrap();
    }
}

#[test]
fn all_iris_are_valid() {
    for quad in graphs().iter().flat_map(quads) {
        for iri in [quad.predicate.as_str().to_owned(), quad.subject.to_string(), quad.graph_name.to_string()]
        {
            if quad.graph_name != GraphName::DefaultGraph || iri != quad.graph_name.to_string() {
                oxrdf::NamedNode::new(iri.trim_matches(['<', '>'])).unwrap();
            }
        }
    }
}

#[test]
fn what_is_told_of_one_subject_stands_together() {
    for graph in [sample::graph(), sample::crowd(30, 90)] {
        let mut done = BTreeSet::new();
        let mut last = None;
        for quad in quads(&graph) {
            let key = (quad.graph_name.to_string(), quad.subject.to_string());
            if last.as_ref() != Some(&key) {
                assert!(done.insert(key.clone()), "{key:?} is told twice");
                last = Some(key);
            }
        }
    }
}

#[test]
fn nothing_is_told_twice_and_everything_once() {
    let graph = sample::graph();
    let all = quads(&graph);
    assert_eq!(lines(all.clone()).len(), all.len());
    let of_class = |name: &str| {
        let class = oxrdf::Term::from(iri::term(name));
        all.iter().filter(|quad| quad.predicate == rdf::TYPE && quad.object == class).count()
    };
    assert_eq!(of_class("Node"), graph.nodes().count());
    assert_eq!(of_class("Statement"), graph.links().map(|link| link.edge.evidence.len()).sum::<usize>());
    assert_eq!(of_class("Quotation"), graph.quotations().len());
    let facts =
        graph.links().filter(|l| l.edge.is_fact() && l.subject.is_some() && l.object.is_some()).count();
    let direct = all
        .iter()
        .filter(|q| q.predicate.as_str().starts_with("urn:demarche:relation:"))
        .inspect(|quad| assert_eq!(quad.graph_name, GraphName::DefaultGraph))
        .count();
    assert_eq!((direct, facts), (4, 4));
}

#[test]
fn a_nested_request_is_within_the_urging() {
    let turtle = text(&sample::graph(), Format::Turtle);
    let block = turtle.split("\n\n").next().unwrap();
    assert!(block.contains("wd:Q7821917 a dm:Node , dm:Person , schema:Person , foaf:Person ;"), "{block}");
    assert!(block.contains("\trel:urges iso:CN"));
    assert!(!block.contains("\trel:convinces "), "what is only asked is no fact");
    assert_eq!(block.matches("dm:within stmt:").count(), 1);
    assert_eq!(block.matches("dm:modality dm:asked").count(), 1);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    #[test]
    fn any_name_comes_back(name in "\\PC{0,40}|[\\x00-\\x7f]{0,20}", predicate in "[\\x00-\\x7fé朝]{0,12}") {
        let mut analysis = sample::first();
        let mut lexicon = sample::lexicon();
        analysis.entities.entities[0].name.clone_from(&name);
        analysis.entities.entities[1].key.clone_from(&name);
        analysis.document.id = name;
        lexicon.predicates[0].name = predicate;
        let graph = KnowledgeGraph::from_analyses(&[analysis], &lexicon);
        let meant = lines(quads(&graph));
        let nq = text(&graph, Format::NQuads);
        let read = oxttl::NQuadsParser::new().for_slice(&nq).map(Result::unwrap);
        proptest::prop_assert_eq!(&lines(read.collect::<Vec<_>>()), &meant);
        let jsonld = text(&graph, Format::JsonLd);
        let read = oxjsonld::JsonLdParser::new().for_slice(&jsonld).map(Result::unwrap);
        proptest::prop_assert_eq!(&lines(read.collect::<Vec<_>>()), &meant);
        let ttl = text(&graph, Format::Turtle);
        proptest::prop_assert!(oxttl::TurtleParser::new().for_slice(&ttl).all(|triple| triple.is_ok()));
    }
}
