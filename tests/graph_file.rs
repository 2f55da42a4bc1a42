//! Graph files from outside: built apart or at once, grown, shrunk, in both forms.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use predicates::str::contains;

const ARTICLES: [(&str, &str); 3] = [
    ("one.txt", "Antony Blinken urged China on Thursday to act against North Korea."),
    ("two.txt", "Jane Smythe accused the Norwegian government of lying. \"Oslo knows it,\" Smythe said."),
    ("three.txt", "China rejected the appeal of the United States. China's foreign minister met Smythe."),
];

fn demarche() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.arg("--quiet");
    command
}

/// A folder with the articles.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in ARTICLES {
        std::fs::write(dir.path().join(name), text).unwrap();
    }
    dir
}

fn build(dir: &Path, articles: &[&str], name: &str) -> PathBuf {
    let output = dir.join(name);
    let files = articles.iter().map(|article| dir.join(article));
    demarche().arg("build").args(files).arg("-o").arg(&output).assert().code(0);
    output
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

#[test]
fn graphs_that_were_built_apart_merge_into_the_one_that_was_built_at_once() {
    let dir = folder();
    let dir = dir.path();
    for ending in ["json", "graph"] {
        let name = |name: &str| format!("{name}.{ending}");
        let whole = build(dir, &["one.txt", "two.txt", "three.txt"], &name("whole"));
        let left = build(dir, &["three.txt", "one.txt"], &name("left"));
        let right = build(dir, &["two.txt", "one.txt"], &name("right"));
        let merged = dir.join(name("merged"));
        for order in [[&left, &right], [&right, &left]] {
            demarche().arg("merge").args(order).arg("-o").arg(&merged).assert().code(0);
            assert_eq!(bytes(&merged), bytes(&whole));
        }
        let threads = dir.join(name("threads"));
        let files = ARTICLES.map(|(name, _)| dir.join(name));
        for number in ["1", "4"] {
            let mut command = demarche();
            command.args(["--threads", number, "build"]).args(&files).arg("-o").arg(&threads);
            command.assert().code(0);
            assert_eq!(bytes(&threads), bytes(&whole));
        }
    }
}

#[test]
fn an_article_is_added_changed_and_taken_out_without_a_trace() {
    let dir = folder();
    let dir = dir.path();
    let whole = build(dir, &["one.txt", "two.txt", "three.txt"], "whole.json");
    let before = build(dir, &["one.txt", "three.txt"], "before.json");
    let graph = dir.join("graph.json");
    std::fs::copy(&before, &graph).unwrap();
    demarche().arg("add").arg(&graph).arg(dir.join("two.txt")).assert().code(0);
    assert_eq!(bytes(&graph), bytes(&whole));
    demarche().arg("remove").arg(&graph).arg(dir.join("two.txt")).assert().code(0);
    assert_eq!(bytes(&graph), bytes(&before));

    // A new text takes the place of the old one.
    std::fs::write(dir.join("one.txt"), "Antony Blinken praised China.").unwrap();
    demarche().arg("add").arg(&graph).arg(dir.join("one.txt")).assert().code(0);
    assert_eq!(bytes(&graph), bytes(&build(dir, &["one.txt", "three.txt"], "after.json")));

    // Both forms tell the same, also when one is made of the other.
    let compact = dir.join("compact.graph");
    demarche().arg("merge").arg(&graph).arg("-o").arg(&compact).assert().code(0);
    let ask = |path: &Path| {
        demarche().arg("query").arg(path).arg("? -?-> ?").assert().code(0).get_output().stdout.clone()
    };
    assert_eq!(ask(&graph), ask(&compact));
}

#[test]
fn a_name_that_no_article_has_is_told_with_what_was_meant() {
    let dir = folder();
    let graph = build(dir.path(), &["one.txt"], "graph.json");
    let before = bytes(&graph);
    let near = dir.path().join("one.txd");
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.arg("remove").arg(&graph).arg(near).assert().code(1).stderr(contains("did you mean `"));
    assert_eq!(bytes(&graph), before);
}

#[test]
fn one_broken_graph_does_not_stop_the_merge_but_the_exit_code_tells() {
    let dir = folder();
    let dir = dir.path();
    let good = build(dir, &["one.txt"], "good.graph");
    let mut broken = bytes(&good);
    let middle = broken.len() / 2;
    broken[middle] ^= 1;
    std::fs::write(dir.join("broken.graph"), broken).unwrap();
    let merged = dir.join("merged.graph");
    let mut command = demarche();
    command.arg("merge").arg(dir.join("broken.graph")).arg(&good).arg("-o").arg(&merged);
    command.assert().code(2).stderr(contains("broken.graph: is a damaged graph file"));
    assert_eq!(bytes(&merged), bytes(&good));
}
