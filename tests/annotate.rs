//! `demarche annotate` from outside: brackets, colours, a page, any input, hostile text.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;

const STORY: &str = "“China must talk,” Chancellor Jane Roe said on Monday. Japan urged China to listen.\n";

fn demarche() -> Command {
    let mut command = Command::cargo_bin("demarche").unwrap();
    command.timeout(std::time::Duration::from_secs(300));
    command
}

fn write(dir: &Path, name: &str, text: &str) -> PathBuf {
    let path = dir.join(name);
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn brackets_without_colour_and_escapes_with() {
    let dir = tempfile::tempdir().unwrap();
    let path = write(dir.path(), "story.txt", STORY);
    let plain = demarche().arg("annotate").arg(&path).assert().code(0);
    let plain = String::from_utf8(plain.get_output().stdout.clone()).unwrap();
    assert!(plain.contains("[Japan] {urged} <[China]") && plain.contains("<[China]"), "{plain}");
    let text: String = plain.lines().skip(1).map(|line| format!("{line}\n")).collect();
    assert_eq!(text.replace(['[', ']', '{', '}', '<', '>'], ""), STORY);
    demarche()
        .args(["annotate", "--color", "always"])
        .arg(&path)
        .assert()
        .code(0)
        .stdout(contains("\x1b[4murged").and(contains("[Japan]").not()));
    demarche()
        .args(["annotate", "--format", "jsonl"])
        .arg(&path)
        .assert()
        .code(0)
        .stdout(contains("\"mark\":\"trigger\"").and(contains("\"kind\":\"country\"")));
}

#[test]
fn one_page_of_any_input() {
    let dir = tempfile::tempdir().unwrap();
    let row = serde_json::json!({"id": "r", "title": "Talks & <b>", "date": "2021-03-18", "text": STORY});
    write(dir.path(), "a.jsonl", &format!("{row}\n"));
    let body = format!(
        "<html><head><title>Page</title></head><body><article><h1>Page</h1><p>{STORY}</p></article></body></html>"
    );
    write(dir.path(), "b.html", &body);
    write(dir.path(), "c.txt", &format!("{STORY}</div><script>alert(1)</script>\x1b[31m\u{202e}\n"));
    let page = dir.path().join("out.html");
    demarche()
        .arg("annotate")
        .arg(dir.path())
        .arg("-o")
        .arg(&page)
        .assert()
        .code(0)
        .stdout("")
        .stderr(contains("in 3 articles"));
    let shown = fs::read_to_string(&page).unwrap();
    assert_eq!(shown.matches("<article>").count(), 3);
    assert!(shown.contains("Talks &amp; &lt;b&gt;") && shown.contains("&lt;/div&gt;&lt;script&gt;"));
    assert!(!shown.contains("<script") && !shown.contains('\x1b'));
    assert!(shown.contains("title=\"Japan -urges-&gt; China"), "{shown}");
    let again = dir.path().join("again.html");
    demarche()
        .arg("annotate")
        .args(["a.jsonl", "b.html", "c.txt"].map(|name| dir.path().join(name)))
        .arg("-o")
        .arg(&again)
        .assert()
        .code(0);
    assert_eq!(fs::read_to_string(&again).unwrap(), shown);
}

#[test]
fn what_is_wrong_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let path = write(dir.path(), "dull.txt", "It rained all day.");
    demarche().arg("annotate").arg(&path).assert().code(1).stdout(contains("It rained all day."));
    demarche().arg("annotate").arg(&path).args(["-o", "a.pdf"]).assert().code(2).stderr(contains(".html"));
    demarche().args(["annotate", "gone.txt"]).assert().code(2).stderr(contains("gone.txt"));
    let steering = write(dir.path(), "steer.txt", "Japan urged China. \x1b[2J\u{9b}31m\u{202e}\n");
    for color in ["always", "never"] {
        let run = demarche().args(["annotate", "--color", color]).arg(&steering).assert().code(0);
        let out = String::from_utf8(run.get_output().stdout.clone()).unwrap();
        assert!(!out.contains("\x1b[2J") && !out.contains('\u{9b}') && !out.contains('\u{202e}'), "{out:?}");
    }
}

/// Questions to the whole network, as the command line asks them.
#[test]
fn measures_communities_and_chains() {
    let dir = tempfile::tempdir().unwrap();
    let path = write(
        dir.path(),
        "story.txt",
        "China urged Japan to talk. Japan urged Peru to talk. China urged Chile to talk. Chile urged Peru to talk. \
         Iran attacked Iraq. Iraq accused Iran, Kenya and Ghana of theft.\n",
    );
    let graph = dir.path().join("news.json");
    demarche().arg("build").arg(&path).arg("-o").arg(&graph).assert().code(0);
    let ask = |words: &[&str]| {
        let run = demarche().arg(words[0]).arg(&graph).args(&words[1..]).assert();
        let output = run.get_output();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (code, out, _) = ask(&["path", "China", "Peru", "--all", "--max-length", "2"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("China – Japan – Peru") && out.contains("China – Chile – Peru"), "{out}");
    let (_, out, told) = ask(&["path", "China", "Peru", "--all", "--limit", "1"]);
    assert!(told.contains("there are more chains") && told.contains("hint: "), "{told}");
    assert_eq!(out.matches(" – ").count(), 2);
    assert_eq!(ask(&["path", "China", "Peru", "--all", "--max-length", "1"]).0, Some(1));
    let (code, out, told) = ask(&["communities", "--format", "jsonl"]);
    assert_eq!(code, Some(0));
    assert!(
        out.lines().count() >= 2 && out.contains("\"name\":\"Iran\"") && told.contains("modularity"),
        "{out}{told}"
    );
    let (_, out, _) = ask(&["top", "--measure", "pagerank", "--format", "jsonl"]);
    assert!(out.lines().next().unwrap().contains("\"value\":0."), "{out}");
    let (_, out, _) = ask(&["top", "--measure", "betweenness", "--limit", "1"]);
    assert_eq!(out.lines().count(), 1);
    let (code, _, told) = ask(&["top", "--weighted"]);
    assert!(code == Some(2) && told.contains("--measure betweenness"), "{told}");
    let (code, _, told) = ask(&["ego", "Iraq"]);
    assert!(code == Some(0) && told.contains("density"), "{told}");
    let dot = dir.path().join("with.dot");
    for (option, expected) in
        [(None, false), (Some("--co-mentions"), true), (Some("--co-mentions=document"), true)]
    {
        let (code, _, told) = ask(&["export", "-o", dot.to_str().unwrap(), option.unwrap_or("--quiet")]);
        assert_eq!(code, Some(0), "{told}");
        assert_eq!(fs::read_to_string(&dot).unwrap().contains("mentioned with"), expected, "{option:?}");
    }
}
