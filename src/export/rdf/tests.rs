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

/// "China" asks for a thing within another thing, twice in one sentence: each names its own outer statement.
#[test]
fn what_stands_within_names_the_very_statement() {
    let mut analysis = sample::analysis(
        "twice",
        "2021-03-18",
        &[(
            "Antony Blinken urged China to convince North Korea, and again urged China to convince Jane Doe.",
            &[
                "Antony Blinken -urges-> China",
                "> China -convinces-> North Korea [asked]",
                "Antony Blinken -urges-> China",
                "> China -convinces-> Jane Doe [asked]",
            ],
        )],
    );
    let again = analysis.document.text.rfind("urged").unwrap();
    analysis.relations.relations[2].evidence.trigger = crate::text::Span::new(again, again + 5);
    let graph = KnowledgeGraph::from_analyses([&analysis], &sample::lexicon());
    let urges = graph.links().find(|link| &*link.edge.predicate == "urges").unwrap();
    assert_eq!(urges.edge.evidence.len(), 2, "one edge, told twice");
    let mut outer: Vec<String> = quads(&graph)
        .iter()
        .filter(|quad| quad.predicate.as_str().ends_with("within"))
        .map(|quad| quad.object.to_string())
        .collect();
    outer.sort();
    let mut told: Vec<String> =
        urges.edge.evidence.iter().map(|e| iri::hashed("statement", &e.id.to_string()).to_string()).collect();
    told.sort();
    assert_eq!(outer, told);
}

/// The file of a document alone, and that of a graph in which the speaker was taken to be somebody else.
#[test]
fn quotations_keep_their_names_where_nodes_are_merged() {
    let told = |same: &str| {
        let mut readings = crate::graph::Readings::default();
        readings.insert(crate::graph::Reading::of(&sample::first(), &sample::lexicon()));
        readings.insert(crate::graph::Reading::of(&sample::second(), &sample::lexicon()));
        readings.tell(&crate::graph::Same::read("same.csv", same).0);
        let graph = readings.into_graph();
        let class = oxrdf::Term::from(iri::term("Quotation"));
        let speaker = graph.quotations()[0].speaker.clone();
        let names: BTreeSet<String> = quads(&graph)
            .iter()
            .filter(|quad| quad.predicate == rdf::TYPE && quad.object == class)
            .map(|quad| quad.subject.to_string())
            .collect();
        (speaker, names)
    };
    let (apart, united) = (told(""), told("same,wd:Q7821917,person:jane-doe\n"));
    assert_ne!(apart.0, united.0, "the pair changes the speaker's key");
    assert_eq!(apart.1, united.1);
    assert_eq!(apart.1.len(), 1);
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
