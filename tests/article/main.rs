//! Whole articles: what the pipeline finds in each of `examples/articles/`, compared with a snapshot that
//! people can read, and facts of the Seoul article that no snapshot may take back.
//!
//! `UPDATE=1 cargo test --test article` writes the snapshots anew; read their diff before you commit it.

mod snapshot;

use std::path::PathBuf;

use demarche::relation::Relation;
use demarche::{Analysis, Article, Lexicon, Model, analyze};

/// Facts that extraction misses today, and why. A fact that is found must leave this list.
const KNOWN_FAILURES: [(&str, &str); 3] = [
    (
        "Antony Blinken -meets-> Yang Jiechi",
        "of \"Wang Yi, China's top diplomat Yang Jiechi and other officials\" only the first is met",
    ),
    ("United States -signs_agreement_with-> South Korea", "nobody works out which \"the two countries\" are"),
    (
        "Antony Blinken -meets-> Chung Eui-yong",
        "of \"Blinken and Defense Secretary Lloyd Austin\" only Austin meets: the tree joins the names",
    ),
];

/// Edges that the Seoul article states.
const SEOUL_EDGES: [&str; 11] = [
    "Antony Blinken -urges-> China",
    "Antony Blinken -meets-> Chung Eui-yong",
    "Antony Blinken -meets-> Yang Jiechi",
    "Choe Son Hui -accuses-> United States",
    "United States -signs_agreement_with-> South Korea",
    "United States -contacts-> North Korea",
    "Antony Blinken -represents-> United States",
    "Lloyd Austin -represents-> United States",
    "Chung Eui-yong -represents-> South Korea",
    "Zhao Lijian -represents-> China",
    "Choe Son Hui -represents-> North Korea",
];

/// Words of a title or a headline that are nobody's name.
const NO_NAMES: [&str; 3] = ["State", "Defense", "presses"];

fn lexicon_and_analysis(name: &str) -> (Lexicon, Analysis) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let file = format!("examples/articles/{name}.txt");
    let body = std::fs::read_to_string(folder.join(&file)).expect("the article");
    let article = Article { id: file.clone(), source: file, body, ..Article::default() };
    let lexicon = Lexicon::builtin();
    let analysis = analyze(&article, &lexicon, &Model::builtin());
    (lexicon, analysis)
}

/// Compares an article with its snapshot, or writes the snapshot where `UPDATE=1`.
fn check(name: &str) {
    let (lexicon, analysis) = lexicon_and_analysis(name);
    let found = snapshot::snapshot(&analysis, &lexicon);
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/article/{name}.snap"));
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        std::fs::write(&path, &found).expect("the snapshot can be written");
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        found == expected,
        "\nexamples/articles/{name}.txt no longer gives tests/article/{name}.snap\n\
         (- expected, + found):\n\n{}\n\
         If this is what you want: UPDATE=1 cargo test --test article, and read the diff.\n",
        snapshot::diff(&expected, &found)
    );
}

#[test]
fn seoul_is_as_in_its_snapshot() {
    check("seoul");
}

#[test]
fn grain_is_as_in_its_snapshot() {
    check("grain");
}

#[test]
fn harbour_is_as_in_its_snapshot() {
    check("harbour");
}

#[test]
fn seoul_keeps_its_facts() {
    let (lexicon, analysis) = lexicon_and_analysis("seoul");
    let named = |name: &str| analysis.entities.entities.iter().any(|entity| entity.name == name);
    let relation = |wanted: &str| -> Option<&Relation> {
        let mut all = analysis.relations.relations.iter();
        all.find(|relation| snapshot::is_edge(wanted, &analysis, relation, &lexicon))
    };
    let mut facts: Vec<(String, bool)> =
        SEOUL_EDGES.iter().map(|edge| ((*edge).to_owned(), relation(edge).is_some())).collect();
    let contact = relation("United States -contacts-> North Korea");
    let teller =
        contact.and_then(|r| r.attribution).map(|id| analysis.entities.entities[id.at()].name.as_str());
    facts.push(("Choe Son Hui tells of the contact".to_owned(), teller == Some("Choe Son Hui")));
    for name in NO_NAMES {
        facts.push((format!("nobody is called {name}"), !named(name)));
    }

    let mut wrong = Vec::new();
    for (fact, holds) in &facts {
        let reason = KNOWN_FAILURES.iter().find(|(known, _)| known == fact).map(|(_, reason)| *reason);
        match (holds, reason) {
            (true, Some(_)) => wrong.push(format!("holds now, take it out of KNOWN_FAILURES: {fact}")),
            (false, None) => wrong.push(format!("does not hold: {fact}")),
            _ => {}
        }
    }
    for (known, _) in KNOWN_FAILURES {
        if !facts.iter().any(|(fact, _)| fact == known) {
            wrong.push(format!("is in KNOWN_FAILURES but is no fact that we check: {known}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
