//! Questions to the sample graph, and what is wrong with odd ones.

use proptest::prelude::*;

use super::*;
use crate::graph::{KnowledgeGraph, sample};
use crate::query::{Bound, Filter, Index};

fn ask(pattern: &str) -> Vec<String> {
    let graph = sample::graph();
    let question = pattern.parse::<Pattern>().unwrap().resolve(&graph).unwrap();
    question.links(&graph, &Filter::default()).map(|link| link.to_string()).collect()
}

/// Each row as `x=NAME y=NAME: EDGE; EDGE`.
fn rows(pattern: &str) -> Vec<String> {
    rows_of(&sample::graph(), pattern)
}

fn rows_of(graph: &KnowledgeGraph, pattern: &str) -> Vec<String> {
    let question = pattern.parse::<Pattern>().unwrap().resolve(graph).unwrap();
    let answer = question.rows(&Index::of(graph), &Filter::default(), Bound::default());
    assert!(!answer.is_cut);
    let name = |node: &petgraph::graph::NodeIndex| graph.node(*node).unwrap().name.clone();
    let row = |row: &Row<'_>| {
        let nodes: Vec<String> =
            answer.variables.iter().zip(&row.nodes).map(|(v, n)| format!("{v}={}", name(n))).collect();
        let edges: Vec<String> = row.steps.iter().flatten().map(ToString::to_string).collect();
        format!("{}: {}", nodes.join(" "), edges.join("; "))
    };
    answer.rows.iter().map(row).collect()
}

/// The fault's message, the words under the caret, and the hint.
fn fault(pattern: &str) -> (String, String, String) {
    let fault = match pattern.parse::<Pattern>() {
        Err(fault) => fault,
        Ok(pattern) => pattern.resolve(&sample::graph()).unwrap_err(),
    };
    let length = fault.place.end - fault.place.start;
    let words = pattern.chars().skip(fault.place.start).take(length).collect();
    (fault.what, words, fault.hint.unwrap_or_default())
}

#[test]
fn a_question_mark_stands_for_anybody() {
    assert_eq!(ask("? -urges-> China"), ["Antony Blinken -urges-> China"]);
    assert_eq!(ask("? -arrests-> ?"), ["? -arrests-> Jane Doe"]);
    assert_eq!(ask("? -?-> ?").len(), 7);
    assert_eq!(ask("Blinken -?-> ?").len(), 4);
    assert_eq!(ask("China -urges-> ?"), Vec::<String>::new());
    assert_eq!(ask("  ?-urges->  China  [ since 2021 ];").len(), 1);
}

#[test]
fn a_symmetric_edge_is_answered_from_both_ends() {
    assert_eq!(ask("Blinken -meets-> ?"), ["Antony Blinken -meets-> Chung Eui-yong"]);
    assert_eq!(ask("Chung Eui-yong -meets-> ?"), ["Chung Eui-yong -meets-> Antony Blinken"]);
    assert_eq!(ask("? -meets-> blinken"), ["Chung Eui-yong -meets-> Antony Blinken"]);
    assert_eq!(rows("?x -meets-> ?y").len(), 1);
}

#[test]
fn predicates_by_code_family_class_and_choice() {
    assert_eq!(ask("? -02-> ?").len(), 2);
    assert_eq!(ask("? -standing-> ?"), ["Antony Blinken -represents-> United States"]);
    assert_eq!(ask("? -urges|meets-> ?").len(), 2);
    assert_eq!(ask("? -urges | meets-> ?").len(), 2);
    assert_eq!(ask("? -conflict-> ?").len(), 2);
    assert_eq!(ask("? -verbal_conflict-> ?"), ["North Korea -accuses-> China [not]"]);
    assert_eq!(ask("? -material_cooperation-> ?").len(), 0);
}

#[test]
fn flags_words_days_and_trust_must_be_there() {
    assert_eq!(ask("? -?-> ? [asked]"), ["China -convinces-> North Korea [asked]"]);
    assert_eq!(ask("? -?-> ? [not]"), ["North Korea -accuses-> China [not]"]);
    assert_eq!(ask("? -?-> ? \"ÉNOUGH\"").len(), 2);
    assert_eq!(ask("? -?-> ? [since 2021-03-19]").len(), 4);
    assert_eq!(ask("? -?-> ? [until 2021-03-18]").len(), 5);
    assert_eq!(ask("? -?-> ? [on 2021-03-18]").len(), 5);
    assert_eq!(ask("? -?-> ? [since 2021-03, weight 2]").len(), 2);
    assert_eq!(ask("? -?-> ? [confidence 0.9]").len(), 0);
    assert_eq!(ask("? -?-> ? [confidence >= 0.8 facts]").len(), 5);
    assert_eq!(ask("? -?-> ? \"once more\" [since 2021-03-19]").len(), 1);
    assert_eq!(ask("? -?-> ? \"once more\" [until 2021-03-18]").len(), 0, "one piece must meet both");
}

#[test]
fn arrows_are_joined_by_their_ends() {
    assert_eq!(
        rows("?x -urges-> ?y; ?y -convinces-> ?z"),
        [
            "x=Antony Blinken y=China z=North Korea: Antony Blinken -urges-> China; China -convinces-> North Korea [asked]"
        ]
    );
    assert_eq!(
        rows("Blinken -urges-> ?x -convinces-> ?y"),
        ["x=China y=North Korea: Antony Blinken -urges-> China; China -convinces-> North Korea [asked]"]
    );
    assert_eq!(rows("?x -urges-> ?y [asked] -convinces-> ?z").len(), 0);
    assert_eq!(rows("?x -urges-> ?y -convinces-> ?z [asked] <-says- ?x").len(), 1);
    assert_eq!(rows("?x -meets-> ?y; ?y -meets-> ?x").len(), 0, "no edge serves twice");
    assert_eq!(rows("?x -urges-> ?x").len(), 0);
    assert_eq!(rows("?x <-urges-> China").len(), 1);
    assert_eq!(rows("China <-urges- ?x"), ["x=Antony Blinken: Antony Blinken -urges-> China"]);
}

#[test]
fn kinds_are_words_and_signs() {
    assert_eq!(rows("?person -urges-> ?country").len(), 1);
    assert_eq!(rows("?country -urges-> ?").len(), 0);
    assert_eq!(rows("?p:person -meets-> ?q:person").len(), 1);
    assert_eq!(rows("?person1 -meets-> ?person2").len(), 1);
    assert_eq!(rows("?:country -accuses-> ?:country").len(), 1);
    let pattern: Pattern = "?person -meets-> ?person".parse().unwrap();
    assert!(pattern.doubt().unwrap().contains("`?person1` and `?person2`"));
    // Nobody has no kind, and a variable must be somebody.
    assert_eq!(rows("? -arrests-> ?x"), ["x=Jane Doe: ? -arrests-> Jane Doe"]);
    assert_eq!(rows("?x -arrests-> ?").len(), 0);
}

#[test]
fn chains_go_as_far_as_they_may() {
    assert_eq!(rows("Blinken -*2-> North Korea").len(), 1);
    assert_eq!(rows("Blinken -*1..3-> North Korea").len(), 3);
    assert_eq!(rows("Blinken -urges|convinces*-> ?x").len(), 2);
    assert_eq!(rows("Chung Eui-yong -*..2-> ?country").len(), 3);
    assert_eq!(rows("?x -*2-> North Korea").len(), 3);
    // The chain may be walked from its far end; its edges still come in order.
    assert_eq!(
        rows("?x -urges|convinces*2-> North Korea"),
        ["x=Antony Blinken: Antony Blinken -urges-> China; China -convinces-> North Korea [asked]"]
    );
}

#[test]
fn faults_point_at_their_place() {
    let is = |pattern: &str, what: &str, words: &str, hint: &str| {
        let (said, under, hinted) = fault(pattern);
        assert!(said.contains(what), "{pattern}: {said}");
        assert_eq!(under, words, "{pattern}: {said}");
        assert!(hinted.contains(hint), "{pattern}: {hinted}");
    };
    is("? -urge-> China", "no edge is called `urge`", "urge", "did you mean `urges`?");
    is("Blinkn -urges-> ?", "no node is called `Blinkn`", "Blinkn", "did you mean `Antony Blinken`");
    is("? -urges|accusse-> ?", "no edge", "accusse", "did you mean `accuses`?");
    is("China -urges North Korea", "no head", "-urges", "write `-urges->`");
    is("Blinken -> China", "not what is done", "->", "-?->");
    is("Blinken --> China", "not what is done", "-->", "-?->");
    is("Blinken -urges->", "after the arrow", "", "`?`");
    is("-urges-> China", "before the arrow", "-", "`?`");
    is("China", "no arrow", "China", "? -urges-> China");
    is("? -urges-> ? [askd]", "no flag", "askd", "did you mean `asked`?");
    is("? -urges-> ? [since tomorrow]", "no day", "tomorrow", "2021-03-18");
    is("? -urges-> ? [since 2021-02-30]", "no day", "2021-02-30", "2021-03-18");
    is("? -urges-> ? [confidence high]", "wants a number", "high", "0.8");
    is("? -urges-> ? [confidence]", "wants a number", "confidence", "0.8");
    is("? -urges-> ? [asked", "not closed", "[", "");
    is("? -urges-> ? \"asked", "not closed", "\"", "");
    is("?x:persn -urges-> ?", "no kind", "persn", "did you mean `person`?");
    is("?x:person -urges-> ?x:country", "two kinds", "?x:country", "another name");
    is("?x's -urges-> ?", "one word", "'", "?x:person");
    is("? -urges*3..1-> ?", "no length", "*3..1", "*1..3");
    is("? -urges*0-> ?", "no length", "*0", "*1..3");
    is("? -urges*99-> ?", "too long", "*99", "10");
    is("? -?x-> ?", "cannot be a variable", "?x", "-?->");
    is("? -a||b-> ?", "empty word", "||", "");
    is("? -urges-> ? [facts asked]", "no fact", "[facts asked]", "");
    is("? -urges-> ?; Blinken", "no arrow", "Blinken", "");
}

#[test]
fn names_may_hold_hyphens_and_anything_in_backquotes() {
    let ends = |pattern: &str| -> Vec<Who> {
        pattern.parse::<Pattern>().unwrap().ends.into_iter().map(|end| end.who).collect()
    };
    let named = |name: &str| Who::Named(name.to_owned());
    assert_eq!(
        ends("Chung Eui-yong -meets-> Jean-Yves Le Drian"),
        [named("Chung Eui-yong"), named("Jean-Yves Le Drian")]
    );
    assert_eq!(ends("`a -b-> c; [d]` -meets-> ?"), [named("a -b-> c; [d]"), Who::Anybody]);
    assert_eq!(ends("wd:Q1 -meets-> person:jane-doe [asked]"), [named("wd:Q1"), named("person:jane-doe")]);
    let words = "? -says-> ? \"no \"dialogue\" of any kind\" \"now\"".parse::<Pattern>().unwrap();
    assert_eq!(words.arrows[0].words, ["no \"dialogue\" of any kind", "now"]);
}

#[test]
fn the_bound_ends_a_search_that_would_not_end() {
    let graph = sample::crowd(40, 4000);
    let question = "?a -*10-> ?b".parse::<Pattern>().unwrap().resolve(&graph).unwrap();
    let index = Index::of(&graph);
    let answer = question.rows(&index, &Filter::default(), Bound { edges: 50_000, rows: 1_000_000 });
    assert!(answer.is_cut);
    let answer = question.rows(&index, &Filter::default(), Bound { edges: 5_000_000, rows: 10 });
    assert_eq!((answer.rows.len(), answer.is_cut), (10, true));
}

/// Joins, the slow way: every pair of edges.
#[test]
fn joins_find_what_trying_every_pair_finds() {
    let graph = sample::crowd(25, 300);
    let links: Vec<_> = graph.links().collect();
    let mut told = Vec::new();
    for a in links.iter().filter(|a| &*a.edge.predicate == "urges") {
        for b in links.iter().filter(|b| &*b.edge.predicate == "accuses") {
            if a.object == b.subject && a.object.is_some() && b.object == a.subject {
                told.push(format!("{a}; {b}"));
            }
        }
        for b in links.iter().filter(|b| &*b.edge.predicate == "aids") {
            if a.object == b.subject {
                told.push(format!("{a}; {b}"));
            }
        }
    }
    told.sort();
    let edges = |row: String| row.split_once(": ").unwrap().1.to_owned();
    let mut found: Vec<String> =
        rows_of(&graph, "?x -urges-> ?y; ?y -accuses-> ?x").into_iter().map(edges).collect();
    found.extend(rows_of(&graph, "?x -urges-> ?y -aids-> ?z").into_iter().map(edges));
    found.sort();
    assert!(told.len() > 20);
    assert_eq!(found, told);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
        look(&text);
    }

    #[test]
    fn any_arrowish_text_is_read_or_refused(words in prop::collection::vec(prop::sample::select(vec![
        "?", "?x", "?x:person", "?country", "China", "`a b`", "`", "-", "->", "-urges->", "<-urges-", "<-meets->",
        "-*1..3->", "-urges*", "-?->", "[", "]", "[asked]", "[since", "2021-03-18", "2021]", "\"", "\"words\"", ";",
        " ", "|", "*", ":", "<", "é", "北", "\n", "\u{202e}", "confidence", "0.5", "-conflict|02->", "..",
    ]), 0..14), glue in prop::sample::select(vec!["", " "])) {
        look(&words.join(glue));
    }
}

/// Reads, resolves and answers; a fault must lie in the text and be drawn.
fn look(text: &str) {
    let graph = sample::graph();
    let length = text.chars().count();
    let check = |fault: Fault| {
        assert!(fault.place.start <= length, "{fault:?}");
        let _ = (fault.drawing(), fault.to_string());
    };
    match text.parse::<Pattern>() {
        Err(fault) => check(fault),
        Ok(pattern) => match pattern.resolve(&graph) {
            Err(fault) => check(fault),
            Ok(question) => {
                let _ =
                    question.rows(&Index::of(&graph), &Filter::default(), Bound { edges: 20_000, rows: 100 });
            }
        },
    }
}
