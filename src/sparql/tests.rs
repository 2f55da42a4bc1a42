//! Answers over a small graph, and mistakes that are pointed at.

use super::{Answer, Question, SparqlError};
use crate::graph::sample;

fn ask(question: &str) -> Answer {
    question.parse::<Question>().unwrap().ask(&sample::graph()).unwrap()
}

fn rows(question: &str) -> Vec<String> {
    let Answer::Solutions(_, rows) = ask(question) else { panic!("{question}") };
    let words = |row: &Vec<Option<oxrdf::Term>>| {
        let cells = row.iter().map(|term| term.as_ref().map_or("-".to_owned(), ToString::to_string));
        cells.collect::<Vec<_>>().join(" ")
    };
    rows.iter().map(words).collect()
}

fn mistake(question: &str) -> SparqlError {
    question.parse::<Question>().unwrap_err()
}

#[test]
fn a_fact_is_one_triple() {
    assert_eq!(
        rows("SELECT ?who ?whom { ?a rel:urges ?b . ?a rdfs:label ?who . ?b rdfs:label ?whom }"),
        ["\"Antony Blinken\" \"China\""]
    );
    assert_eq!(ask("ASK { iso:CN rel:convinces iso:KP }"), Answer::Truth(false));
    let asked = "ASK { ?s rdf:subject iso:CN ; rdf:predicate rel:convinces ; rdf:object iso:KP ; dm:modality dm:asked }";
    assert_eq!(ask(asked), Answer::Truth(true));
}

#[test]
fn look_ups_in_every_order_agree() {
    for (question, count) in [
        ("SELECT * { ?s rel:urges ?o }", 1),
        ("SELECT * { wd:Q7821917 ?p iso:CN }", 1),
        ("SELECT * { ?s ?p iso:CN . ?s a dm:Person }", 1),
        ("SELECT * { wd:Q7821917 rel:urges iso:CN }", 1),
        ("SELECT * { wd:Q7821917 rel:urges ?o }", 1),
        ("SELECT * { ?s rel:urges iso:CN }", 1),
        ("SELECT DISTINCT ?g { GRAPH ?g { ?s a dm:Statement } }", 2),
        ("SELECT * { GRAPH <urn:demarche:document:first> { ?s a dm:Quotation } }", 1),
        ("SELECT * { GRAPH <urn:demarche:document:nobody> { ?s ?p ?o } }", 0),
        ("SELECT * { GRAPH ?g { ?s a dm:Node } }", 0),
        ("SELECT * FROM <urn:demarche:document:second> { ?s a dm:Statement }", 4),
        ("SELECT * { ?s rdfs:label \"nobody\" }", 0),
    ] {
        assert_eq!(rows(question).len(), count, "{question}");
    }
    let all = rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }");
    let mut quads = 0;
    crate::export::rdf::each_quad(&sample::graph(), &mut |_| {
        quads += 1;
        Ok(())
    })
    .unwrap();
    assert_eq!(all, [format!("\"{quads}\"^^<http://www.w3.org/2001/XMLSchema#integer>")]);
}

#[test]
fn paths_and_counts() {
    assert_eq!(rows("SELECT ?x { ?x rel:represents|^rel:represents wd:Q7821917 }").len(), 1);
    assert_eq!(
        rows("SELECT (COUNT(?s) AS ?n) { ?s rdf:predicate rel:urges }"),
        ["\"2\"^^<http://www.w3.org/2001/XMLSchema#integer>"]
    );
    let Answer::Triples(triples) = ask("CONSTRUCT { ?b rel:hears ?a } { ?a rel:urges ?b }") else { panic!() };
    assert_eq!(triples.len(), 1);
}

#[test]
fn results_are_w3c_json() {
    let json = ask("SELECT ?n { wd:Q7821917 rdfs:label ?n }").results_json().unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["head"]["vars"][0], "n");
    assert_eq!(json["results"]["bindings"][0]["n"]["value"], "Antony Blinken");
    assert_eq!(ask("ASK {}").results_json().unwrap().trim(), "{\"head\":{},\"boolean\":true}");
    assert_eq!(ask("DESCRIBE iso:CN").results_json(), None);
}

#[test]
fn a_mistake_is_pointed_at() {
    let error = mistake("SELECT ?who { ?who re:urges iso:CN }");
    assert_eq!(
        error.to_string(),
        "SPARQL, line 1, column 20: cannot be read from `re:urges` on\n  SELECT ?who { ?who re:urges iso:CN }\n                     ^"
    );
    assert!(error.hint.unwrap().starts_with("no prefix is called `re`; there are dm, rel,"));
    let error = mistake("SELCT ?x { }");
    assert_eq!(error.at.map(|(line, column, _)| (line, column)), Some((1, 1)));
    assert!(error.hint.unwrap().contains("SELECT, ASK"));
    let error = mistake("SELECT ?x {\n  ?x rel:urges\n}");
    assert_eq!(error.at.map(|(line, column, _)| (line, column)), Some((3, 1)));
    assert!(error.what.contains("from `}` on"), "{}", error.what);
    assert!(mistake("SELECT ?x { ?x").what.contains("ends too early"));
    for odd in ["", "\0", "SELECT", "é", "INSERT DATA { <a:a> <a:a> <a:a> }"] {
        assert!(!mistake(odd).to_string().is_empty());
    }
}

#[test]
fn nothing_is_fetched() {
    let question =
        "SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }".parse::<Question>().unwrap();
    let error = question.ask(&sample::graph()).unwrap_err();
    assert!(error.hint.unwrap().contains("nothing is fetched"), "{}", error.what);
}
