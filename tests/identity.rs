//! Who is meant: ambiguous names and offices without a name.
//!
//! `tests/identity/*.csv` were written by somebody who did not see the code. `key` is what a careful reader links the
//! words to; `unknown`: no country and nobody of the tables. A row with a reason under `fails` is known to fail, and
//! must lose it once it passes.

use std::collections::BTreeMap;

use demarche::{Article, Lexicon, Model, analyze};

type Row = BTreeMap<String, String>;

fn rows(file: &str) -> Vec<Row> {
    csv::Reader::from_path(file).unwrap().deserialize().map(Result::unwrap).collect()
}

/// The keys of all entities that are mentioned where `words` stand in the text.
fn keys(text: &str, day: &str, words: &str, lexicon: &Lexicon, model: &Model) -> Vec<String> {
    let article = Article { body: text.to_owned(), published: day.parse().ok(), ..Article::default() };
    let analysis = analyze(&article, lexicon, model);
    let start = analysis.document.text.find(words).unwrap() as u32;
    let end = start + words.len() as u32;
    let entities = &analysis.entities;
    let there = entities.mentions.iter().filter(|m| m.span.start < end && m.span.end > start);
    there.map(|m| entities.entities[m.entity.at()].key.clone()).collect()
}

/// Checks every row; returns how many are right, and of how many.
fn check(file: &str, right: impl Fn(&Row) -> bool) -> (usize, usize) {
    let (mut passed, mut wrong) = (0, Vec::new());
    let rows = rows(file);
    for (n, row) in rows.iter().enumerate() {
        match (right(row), row["fails"].is_empty()) {
            (true, true) => passed += 1,
            (false, false) => {}
            (true, false) => wrong.push(format!("{file}:{}: passes now: remove the reason", n + 2)),
            (false, true) => wrong.push(format!("{file}:{}: fails: {row:?}", n + 2)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{file}: {passed} of {}", rows.len());
    (passed, rows.len())
}

#[test]
fn ambiguous_names() {
    let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
    let (passed, all) = check("tests/identity/ambiguity.csv", |row| {
        let keys = keys(&row["sentence"], &row["day"], &row["name"], &lexicon, &model);
        let listed = |key: &String| key.starts_with("wd:") || key.starts_with("iso:");
        match row["key"].as_str() {
            "unknown" => !keys.iter().any(listed),
            key => keys.iter().any(|k| k == key),
        }
    });
    assert!(passed * 100 >= all * 92, "{passed} of {all}");
}

#[test]
fn offices_without_a_name() {
    let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
    let (passed, all) = check("tests/identity/offices.csv", |row| {
        keys(&row["text"], &row["day"], &row["text"], &lexicon, &model).contains(&row["key"])
    });
    assert!(passed * 100 >= all * 95, "{passed} of {all}");
}

/// Whom the relation `represents` says that somebody represents, by the tables alone.
fn represented(text: &str, day: &str, person: &str) -> Vec<String> {
    let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
    let article = Article { body: text.to_owned(), published: day.parse().ok(), ..Article::default() };
    let analysis = analyze(&article, &lexicon, &model);
    let keys: Vec<&str> = analysis.entities.entities.iter().map(|e| e.key.as_str()).collect();
    let of_person = analysis.relations.relations.iter().filter(|r| {
        lexicon.predicates[r.predicate.at()].name == "represents"
            && r.subject.is_some_and(|s| keys[s.entity.at()] == person)
    });
    let mut found: Vec<_> =
        of_person.filter_map(|r| r.object).map(|o| keys[o.entity.at()].to_owned()).collect();
    found.sort_unstable();
    found
}

/// One who holds offices of many countries stands for their own, and for those that the text names.
#[test]
fn a_king_of_many_realms_stands_for_his_own() {
    for (text, day, person, expected) in [
        ("Queen Elizabeth II opened the exhibition.", "2010-05-04", "wd:Q9682", &["iso:GB"][..]),
        ("Queen Elizabeth II flew to Canada on Monday.", "2010-05-04", "wd:Q9682", &["iso:CA", "iso:GB"]),
        ("Emmanuel Macron opened the exhibition.", "2021-05-04", "wd:Q3052772", &["iso:FR"]),
        ("Macron, the French president, opened the exhibition.", "2021-05-04", "wd:Q3052772", &["iso:FR"]),
    ] {
        assert_eq!(represented(text, day, person), expected, "{text}");
    }
}
