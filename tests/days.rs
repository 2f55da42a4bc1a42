//! `--since`, `--until` and `--as-of` on every listing: obeyed, or refused with a hint; never passed over.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;

const FIRST: &str = "China urged Japan to end the talks. “Japan must act at once,” Chancellor Jane Roe said.";
const SECOND: &str = "Japan accused China of lying. China urged Japan to wait. Minister John Doe met Jane Roe. \
                      “We will wait,” John Doe said.";
const UNDATED: &str = "China urged Japan to leave. Director Mary Moore criticized China.";

fn demarche(words: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("demarche").unwrap();
    command.timeout(std::time::Duration::from_secs(300)).args(words).assert()
}

/// The graph of an article of the 18th, one of the 19th, and one without a day.
fn graph(dir: &Path) -> String {
    let row =
        |id: &str, day: Option<&str>, text: &str| serde_json::json!({"id": id, "date": day, "text": text});
    let rows =
        [row("1", Some("2021-03-18"), FIRST), row("2", Some("2021-03-19"), SECOND), row("3", None, UNDATED)];
    let articles = dir.join("news.jsonl");
    fs::write(&articles, rows.map(|row| format!("{row}\n")).concat()).unwrap();
    let graph = dir.join("news.json").to_str().unwrap().to_owned();
    demarche(&["build", articles.to_str().unwrap(), "-o", &graph]).code(0);
    graph
}

fn out(words: &[&str]) -> (i32, String) {
    let run = demarche(words);
    let output = run.get_output();
    (output.status.code().unwrap(), String::from_utf8(output.stdout.clone()).unwrap())
}

#[test]
fn every_listing_obeys_the_three_options() {
    let dir = tempfile::tempdir().unwrap();
    let graph = graph(dir.path());
    // What each listing shows: of the first article, of the second, of the one without a day.
    for (words, [first, second, undated]) in [
        (&["query", "? -?-> ?"][..], ["demands", "accuses", "criticizes"]),
        (&["evidence", "? -?-> ?"], ["end the talks", "to wait", "to leave"]),
        (&["timeline"], ["end the talks", "to wait", "to leave"]),
        (&["quotes"], ["must act", "We will wait", "to leave"]),
        (&["neighbors", "Japan"], ["Jane Roe", "accuses", "is urged by ×3"]),
        (&["neighbors", "China"], ["urges", "is accused by", "Mary Moore"]),
        (&["ego", "China"], ["urges", "accuses", "criticizes"]),
        (&["communities"], ["Jane Roe", "John Doe", "Mary Moore"]),
        (&["path", "China", "Japan", "--all"], ["urges", "accuses", "   3  China"]),
        (&["top"], ["Japan", "John Doe", "Mary Moore"]),
        (&["top", "--measure", "mentions"], ["Japan", "John Doe", "Mary Moore"]),
        (&["top", "--measure", "pagerank"], ["Japan", "John Doe", "Mary Moore"]),
        (&["top", "predicates"], ["urges", "accuses", "criticizes"]),
        (&["top", "pairs"], ["urges", "Doe", "Moore"]),
        (&["unknowns"], ["Jane Roe", "John Doe", "Mary Moore"]),
        (
            &["cypher", "MATCH (a)-[r]->(b) RETURN a.name, type(r), r.weight"],
            ["urges", "accuses", "criticizes"],
        ),
    ] {
        let ask = |more: &[&str]| out(&[&[words[0], &graph], &words[1..], more].concat());
        let holds = |(code, text): (i32, String), wanted: [bool; 3]| {
            assert_eq!(code, 0, "{words:?}");
            // Of the first article is what the second may tell too: it is looked for where it must be.
            assert!(!wanted[0] || text.contains(first), "{words:?}: no {first} in {text}");
            assert_eq!(text.contains(second), wanted[1], "{words:?}: {second} in {text}");
            assert_eq!(text.contains(undated), wanted[2], "{words:?}: {undated} in {text}");
        };
        holds(ask(&[]), [true, true, true]);
        holds(ask(&["--as-of", "2021-03-18"]), [true, false, false]);
        holds(ask(&["--until", "2021-03-18"]), [true, false, false]);
        holds(ask(&["--since", "2021-03-19"]), [false, true, false]);
        for never in [["--as-of", "2021-03-17"], ["--since", "2021-03-20"]] {
            assert_eq!(ask(&never), (1, String::new()), "{words:?} {never:?}");
        }
    }
}

#[test]
fn an_export_holds_only_what_was_told_on_the_days() {
    let dir = tempfile::tempdir().unwrap();
    let graph = graph(dir.path());
    let part = |more: &[&str]| {
        let path: PathBuf = dir.path().join("part.json");
        let file = path.to_str().unwrap();
        demarche(&[&["export", &graph, "-o", file], more].concat()).code(0);
        fs::read_to_string(file).unwrap()
    };
    let first = part(&["--as-of", "2021-03-18"]);
    assert!(first.contains("end the talks") && first.contains("act at once"));
    assert!(!first.contains("to wait") && !first.contains("We will wait") && !first.contains("John Doe"));
    let second = part(&["--since", "2021-03-19"]);
    assert!(second.contains("to wait") && second.contains("We will wait"));
    assert!(!second.contains("end the talks") && !second.contains("act at once"));
}

#[test]
fn merges_are_those_that_were_known_and_have_no_day_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let graph = graph(dir.path());
    let same = dir.path().join("same.csv");
    fs::write(&same, "same, John Doe, Jane Roe\n").unwrap();
    let same = ["--same", same.to_str().unwrap()];
    let merges = |more: &[&str]| demarche(&[&["merges", &graph], &same[..], more].concat());
    merges(&[]).code(0).stdout(contains("John Doe"));
    merges(&["--as-of", "2021-03-19"]).code(0).stdout(contains("John Doe"));
    merges(&["--as-of", "2021-03-18"]).code(1).stdout("");
    for refused in ["--since", "--until"] {
        merges(&[refused, "2021-03-18"])
            .code(2)
            .stderr(contains("a merge has no day").and(contains("hint: --as-of DAY")));
    }
    demarche(&["merges", "--help"]).code(0).stdout(contains("--as-of").and(contains("--since").not()));
}

#[test]
fn days_that_cannot_be_are_refused_and_what_is_left_out_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let graph = graph(dir.path());
    for words in [&["cypher", &graph, "MATCH (a) RETURN a"][..], &["unknowns", &graph], &["merges", &graph]] {
        demarche(&[words, &["--as-of", "soon"]].concat()).code(2).stderr(contains("`soon` is no day"));
    }
    demarche(&["top", &graph, "--since", "2021-03-19", "--until", "2021-03-18"])
        .code(2)
        .stderr(contains("is later than --until 2021-03-18").and(contains("hint: ")));
    demarche(&["top", &graph, "--as-of", "2021-03-18"])
        .code(0)
        .stderr(contains("--as-of leaves out 1 article without a day"));
    demarche(&["query", &graph, "China -urges-> ?", "--as-of", "2021-03-17"])
        .code(1)
        .stderr(contains("no article was published by 2021-03-17"));
}

/// Mentions stand in articles: what chooses edges cannot choose among them, and says so.
#[test]
fn mentions_are_limited_by_days_alone() {
    let dir = tempfile::tempdir().unwrap();
    let graph = graph(dir.path());
    let top = |more: &[&str]| demarche(&[&["top", &graph], more].concat());
    for (option, value) in [
        ("--facts", None),
        ("--events", None),
        ("--predicate", Some("urges")),
        ("--min-weight", Some("2")),
        ("--min-confidence", Some("0.5")),
    ] {
        let words: Vec<&str> = ["--measure", "mentions", option].into_iter().chain(value).collect();
        top(&words).code(2).stdout("").stderr(
            contains(format!("{option} cannot choose"))
                .and(contains("hint: leave out").and(contains("evidence"))),
        );
    }
    top(&["--measure", "mentions", "--since", "2021-03-19"]).code(0).stdout(contains("John Doe"));
    for of in ["pairs", "predicates"] {
        top(&[of, "--measure", "mentions"]).code(2).stderr(contains("hint: leave out --measure"));
    }
}

#[test]
fn verbs_of_articles_of_the_days() {
    let dir = tempfile::tempdir().unwrap();
    let articles = dir.path().join("news.jsonl");
    let row = serde_json::json!({"date": "2021-03-18", "text": "France outpainted Germany in Lyon."});
    fs::write(&articles, format!("{row}\n")).unwrap();
    let verbs =
        |more: &[&str]| demarche(&[&["unknowns", "--verbs", articles.to_str().unwrap()], more].concat());
    verbs(&["--as-of", "2021-03-18"]).code(0).stdout(contains("outpaint"));
    verbs(&["--as-of", "2021-03-17"]).code(1).stdout("");
    verbs(&["--since", "2021-03-19"]).code(1).stdout("");
}
