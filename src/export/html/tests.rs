//! The page's text: what its policy allows, what its data hold, and that no name breaks out of it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::export::tests::{NAMES, graph};
use crate::graph::sample;

fn page(graph: &KnowledgeGraph) -> String {
    let mut out = Vec::new();
    write(graph, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The texts between a tag and its end.
fn inside<'a>(page: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    page.split(open).skip(1).map(|rest| rest.split_once(close).unwrap().0).collect()
}

fn data(page: &str) -> Value {
    let text = inside(page, "<script type=\"application/json\" id=\"graph\">", "</script>");
    serde_json::from_str(text[0]).unwrap()
}

#[test]
fn the_policy_allows_exactly_what_is_in_the_page() {
    let page = page(&sample::graph());
    let policy = inside(&page, "Content-Security-Policy\" content=\"", "\"")[0];
    let directive = |name: &str| {
        let found = policy.split("; ").find_map(|part| part.strip_prefix(name));
        found.unwrap().split_whitespace().map(str::to_owned).collect::<BTreeSet<String>>()
    };
    let scripts: BTreeSet<String> = inside(&page, "<script>", "</script>").into_iter().map(hash).collect();
    let styles: BTreeSet<String> = inside(&page, "<style>", "</style>").into_iter().map(hash).collect();
    assert_eq!((scripts.len(), styles.len()), (1, 1));
    assert_eq!(directive("script-src "), scripts);
    assert_eq!(directive("style-src "), styles);
    assert_eq!(directive("default-src "), BTreeSet::from(["'none'".to_owned()]));
    assert!(!policy.contains("unsafe"));
}

#[test]
fn nothing_is_loaded() {
    for attribute in ["src=", "href=", "action=", "@import", "url("] {
        let outside: Vec<&str> = [FRAME, STYLE]
            .iter()
            .flat_map(|text| text.match_indices(attribute).map(|(at, _)| &text[at..]))
            .filter(|rest| !rest.starts_with("href=\"data:,\""))
            .collect();
        assert!(outside.is_empty(), "{outside:?}");
    }
    for call in ["fetch(", "XMLHttpRequest", "WebSocket", "innerHTML", "insertAdjacentHTML", "eval("] {
        assert!(!PROGRAM.contains(call), "{call}");
    }
}

#[test]
fn the_program_finds_every_element_that_it_asks_for() {
    let made = |id: &str| PROGRAM.contains(&format!("id: \"{id}\""));
    for id in inside(PROGRAM, "byId(\"", "\"") {
        assert!(FRAME.contains(&format!("id=\"{id}\"")) || made(id), "{id}");
    }
    let ids = inside(FRAME, " id=\"", "\"");
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len());
}

#[test]
fn no_name_breaks_out() {
    let page = page(&graph());
    assert_eq!(page.matches("</script").count(), 2);
    assert_eq!(page.to_lowercase().matches("<script").count(), 2);
    let text = inside(&page, "id=\"graph\">", "</script>")[0];
    assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\0']));
    let names = data(&page);
    let names: Vec<&str> =
        names["nodes"].as_array().unwrap().iter().filter_map(|n| n["name"].as_str()).collect();
    assert!(names.contains(&NAMES[2]) && names.contains(&NAMES[3]) && names.contains(&NAMES[6]));
}

#[test]
fn everything_is_in_the_data() {
    let graph = sample::graph();
    let data = data(&page(&graph));
    let count = |name: &str| data[name].as_array().unwrap().len();
    assert_eq!(count("nodes"), graph.nodes().count());
    assert_eq!(count("edges"), graph.links().count());
    assert_eq!(count("documents"), graph.sources().len());
    assert_eq!(count("quotations"), graph.quotations().len());
    let pieces: usize =
        data["edges"].as_array().unwrap().iter().map(|e| e["evidence"].as_array().unwrap().len()).sum();
    assert_eq!(pieces, graph.links().map(|link| link.edge.weight()).sum::<usize>());
}

#[test]
fn words_are_where_javascript_cuts_them() {
    // An emoji is one code point and two UTF-16 units.
    let sentences: &[(&str, &[&str])] =
        &[("👩👩 Antony Blinken urges 👩 China to act.", &["Antony Blinken -urges-> China"])];
    let analysis = sample::analysis("emoji", "2021-03-18", sentences);
    let graph = KnowledgeGraph::from_analyses(&[analysis, sample::first()], &sample::lexicon());
    let data = data(&page(&graph));
    for (link, edge) in graph.links().zip(data["edges"].as_array().unwrap()) {
        for (piece, told) in link.edge.evidence.iter().zip(edge["evidence"].as_array().unwrap()) {
            let sentence = &data["sentences"][told["sentence"].as_u64().unwrap() as usize];
            let units: Vec<u16> = sentence.as_str().unwrap().encode_utf16().collect();
            let at = |n: usize| told["trigger"][n].as_u64().unwrap() as usize;
            let words = String::from_utf16(&units[at(0)..at(1)]).unwrap();
            assert_eq!(words, piece.words(piece.trigger));
        }
    }
}

#[test]
fn places_are_apart_and_for_the_weightiest() {
    let graph = sample::crowd(60, 120);
    let places = place::places(&graph);
    assert!(places.len() > 40);
    let places: Vec<(f64, f64)> = places.into_values().collect();
    for (n, a) in places.iter().enumerate() {
        assert!(a.0.is_finite() && a.1.is_finite());
        for b in &places[n + 1..] {
            assert!((a.0 - b.0).abs() > 30.0 || (a.1 - b.1).abs() > 30.0, "{a:?} {b:?}");
        }
    }
}

#[test]
fn no_ball_around_one_that_is_tied_to_everybody() {
    let places = place::places(&sample::crowd(400, 4_000));
    assert_eq!(places.len(), 200);
    let again = place::places(&sample::crowd(400, 4_000));
    assert_eq!(places, again);
}
