//! The program from outside: exit codes, messages, closed pipes, odd input, the same bytes every time.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;

/// Two articles in which something surely happens.
const URGES: &str = "Chancellor Jane Roe urged China on Monday to release the sailors. “We must talk,” Roe said.\n\
                     China urged Japan to end the talks.\n";

fn demarche() -> Command {
    let mut command = Command::cargo_bin("demarche").unwrap();
    command.timeout(std::time::Duration::from_secs(300));
    command
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn write(dir: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = dir.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn without_words_it_says_how_it_is_used() {
    demarche().assert().code(2).stderr(contains("Usage: demarche"));
    demarche().arg("--help").assert().code(0).stdout(contains("demarche build news/ -o news.json"));
    demarche().args(["query", "--help"]).assert().code(0).stdout(contains("'? -urges-> China'"));
    demarche().arg("--version").assert().code(0).stdout(contains("demarche 0."));
}

#[test]
fn edges_stand_one_a_line_with_their_place() {
    let dir = folder();
    let path = write(dir.path(), "story.txt", URGES);
    demarche()
        .arg(&path)
        .assert()
        .code(0)
        .stdout(contains("story.txt:2").and(contains("China -urges-> Japan")));
    let path = write(dir.path(), "dull.txt", "It rained all day.");
    demarche().arg(&path).assert().code(1).stdout("");
}

#[test]
fn a_file_that_is_not_there_is_named_and_the_rest_is_read() {
    let dir = folder();
    let path = write(dir.path(), "story.txt", URGES);
    demarche()
        .arg(dir.path().join("gone.txt"))
        .arg(&path)
        .assert()
        .code(2)
        .stdout(contains("-urges->"))
        .stderr(contains("gone.txt: no such file or directory").and(contains("hint: ")));
}

#[test]
fn a_misspelt_command_is_guessed() {
    demarche()
        .args(["quary", "news.json"])
        .assert()
        .code(2)
        .stderr(contains("did you mean the command `query`?"));
    demarche()
        .args(["query", "news.json", "China urges Japan"])
        .assert()
        .code(2)
        .stderr(contains("hint: write `SUBJECT -predicate-> OBJECT`"));
    demarche()
        .args(["top", "news.json", "--since", "soon"])
        .assert()
        .code(2)
        .stderr(contains("`soon` is no day"));
    let formats = contains(".node-link.json").and(contains("Gephi")).and(contains("[alias: --focus]"));
    demarche().args(["export", "--help"]).assert().code(0).stdout(formats);
    demarche().args(["export", "news.json", "-o", "a.docx"]).assert().code(2).stderr(contains(".svg"));
}

#[test]
fn a_broken_row_is_named_with_its_line() {
    let dir = folder();
    let rows = format!(
        "{{\"text\":{}}}\n{{\"text\":\n{{\"text\":\"It rained.\"}}\n",
        serde_json::to_string(URGES).unwrap()
    );
    let path = write(dir.path(), "a.jsonl", rows);
    let run = demarche().arg("analyze").arg(&path).assert().code(2).stderr(contains("a.jsonl:2: not JSON"));
    assert_eq!(run.get_output().stdout.iter().filter(|b| **b == b'\n').count(), 2);
}

#[test]
fn one_thread_and_two_print_the_same() {
    let dir = folder();
    let text = serde_json::to_string(URGES).unwrap();
    let rows: String =
        (0..40).map(|n| format!("{{\"id\":\"{n}\",\"date\":\"2021-03-18\",\"text\":{text}}}\n")).collect();
    let path = write(dir.path(), "a.jsonl", rows);
    for command in [&["analyze"][..], &[]] {
        let run = |threads: &str| {
            let run = demarche().args(command).arg(&path).args(["--threads", threads]).assert().code(0);
            run.get_output().stdout.clone()
        };
        let one = run("1");
        assert!(one == run("2") && one == run("1") && !one.is_empty());
    }
}

#[test]
fn odd_input_does_not_end_the_run() {
    let dir = folder();
    let mut seed = 7u32;
    let mut random = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    write(dir.path(), "a-random.txt", (0..20_000).map(|_| random()).collect::<Vec<u8>>());
    write(dir.path(), "b-random.jsonl", (0..20_000).map(|_| random()).collect::<Vec<u8>>());
    write(dir.path(), "c-random.html", (0..20_000).map(|_| random()).collect::<Vec<u8>>());
    write(dir.path(), "d-empty.txt", "");
    write(dir.path(), "e-latin.txt", b"The caf\xe9 owner met China\x92s envoy.");
    write(dir.path(), "f-word.txt", "x".repeat(3_000_000));
    write(dir.path(), "g-marks.txt", "(“[".repeat(20_000));
    write(dir.path(), "h-line.txt", "the envoy, who met ".repeat(2_000));
    write(dir.path(), "y-story.txt", URGES);
    #[cfg(unix)]
    std::os::unix::fs::symlink(dir.path().join("gone"), dir.path().join("z-gone.txt")).unwrap();
    let run = demarche().arg(dir.path()).assert().code(2);
    let output = run.get_output();
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(stdout.contains("China -urges-> Japan"), "{stdout}");
    for message in [
        "a-random.txt: this is no text",
        "d-empty.txt: empty",
        "e-latin.txt: not UTF-8; read as Windows-1252",
    ] {
        assert!(stderr.contains(message), "{message}\n{stderr}");
    }
    #[cfg(unix)]
    assert!(stderr.contains("z-gone.txt: no such file"), "{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let dir = folder();
    let text = serde_json::to_string(URGES).unwrap();
    let rows: String = (0..500).map(|n| format!("{{\"id\":\"{n}\",\"text\":{text}}}\n")).collect();
    let path = write(dir.path(), "a.jsonl", rows);
    let mut child = Process::new(assert_cmd::cargo::cargo_bin("demarche"))
        .args(["analyze", path.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap(); // and now it is closed
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn an_article_cannot_steer_the_terminal() {
    let dir = folder();
    let path =
        write(dir.path(), "a.txt", "China urged Japan to end the \u{1b}[31mtalks\u{9b}2J\u{202e} now.\n");
    for format in ["table", "json", "jsonl"] {
        let run = demarche().arg(&path).args(["--format", format, "--color", "never"]).assert();
        let text = String::from_utf8_lossy(&run.get_output().stdout).into_owned();
        assert!(text.contains("China"), "{text}");
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{format}: {text:?}");
    }
}

#[test]
fn standard_input_is_read_and_json_is_json() {
    let run = demarche().args(["-", "--format", "json"]).write_stdin(URGES).assert().code(0);
    let rows: serde_json::Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    assert!(rows.as_array().is_some_and(|rows| rows.iter().any(|row| row["object"] == "Japan")), "{rows}");
    let run = demarche().args(["-", "--format", "json"]).write_stdin("It rained.").assert().code(1);
    assert_eq!(run.get_output().stdout, b"[]\n");
}

/// Two dated articles and the graph of them.
fn dated(dir: &Path) -> PathBuf {
    let row = |id: &str, day: &str, text: &str| serde_json::json!({"id": id, "date": day, "title": "A *day* in <June>", "url": "https://example.org/a", "text": text});
    let first = "China urged Japan to end the talks. “Japan must act at once,” Chancellor Jane Roe said.";
    let second = "Japan accused China of lying. China urged Japan to wait.";
    let rows = format!("{}\n{}\n", row("1", "2021-03-18", first), row("2", "2021-03-19", second));
    let path = write(dir, "dated.jsonl", rows);
    let graph = dir.join("dated.json");
    demarche().arg("build").arg(path).arg("-o").arg(&graph).assert().code(0);
    graph
}

#[test]
fn arrows_are_joined_and_faults_are_pointed_at() {
    let dir = folder();
    let graph = dated(dir.path());
    let query =
        |pattern: &str, more: &[&str]| demarche().arg("query").arg(&graph).arg(pattern).args(more).assert();
    let rows = query("?x -urges-> ?y; ?y -accuses-> ?x", &["--format", "jsonl"]).code(0);
    let row: serde_json::Value = serde_json::from_slice(&rows.get_output().stdout).unwrap();
    assert_eq!(row["bindings"]["x"]["name"], "China");
    assert_eq!(row["steps"][1][0]["predicate"], "accuses");
    query("?country1 -urges-> ?country2 -accuses-> ?country1", &[])
        .code(0)
        .stdout(contains("?country2 = Japan"));
    query("? -urge-> ?", &[])
        .code(1)
        .stderr(contains("   ^^^^").and(contains("hint: did you mean `urges`?")));
    query("China -urges Japan", &[]).code(2).stderr(contains("column 7").and(contains("      ^^^^^^")));
    query("? -urges-> ?", &["--as-of", "2021-03-17"]).code(1);
    query("? -urges-> ?", &["--as-of", "2021-03-18"]).code(0).stdout(contains("   1  China -urges-> Japan"));
    query("? -urges-> ?", &["--until", "2021-03-19"]).code(0).stdout(contains("   2  China -urges-> Japan"));
    let listed = |words: &[&str]| demarche().arg(words[0]).arg(&graph).args(&words[1..]).assert();
    for words in [
        &["evidence", "? -accuses-> ?"][..],
        &["neighbors", "China"],
        &["timeline"],
        &["top"],
        &["path", "China", "Japan"],
        &["quotes"],
    ] {
        listed(&[words, &["--as-of", "2021-03-17"]].concat()).code(1);
        listed(&[words, &["--as-of", "2021-03-19"]].concat()).code(0);
    }
}

#[test]
fn cypher_is_answered_and_writes_nothing() {
    let dir = folder();
    let graph = dated(dir.path());
    let ask =
        |query: &str, more: &[&str]| demarche().arg("cypher").arg(&graph).arg(query).args(more).assert();
    let query = "MATCH (a)-[r:urges]->(b) RETURN a.name AS who, r.weight, b";
    ask(query, &[]).code(0).stdout(contains("who").and(contains("China")));
    let rows = ask(query, &["--format", "json"]).code(0);
    let text = String::from_utf8_lossy(&rows.get_output().stdout).into_owned();
    assert!(text.starts_with("[\n{\"who\":\"China\",\"r.weight\":2,\"b\":{"), "{text}");
    ask("MATCH (z)-[r:accuses]->(a) RETURN z.name, type(r), a.name", &["--format", "jsonl"])
        .code(0)
        .stdout("{\"z.name\":\"Japan\",\"type(r)\":\"accuses\",\"a.name\":\"China\"}\n");
    let rows: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(rows[0]["r.weight"], 2);
    assert_eq!(rows[0]["b"]["name"], "Japan");
    ask("MATCH (a) WHERE a.name = 'Nobody' RETURN a", &[]).code(1).stdout("");
    ask("MATCH (a) DETACH DELETE a", &[])
        .code(2)
        .stderr(contains("read-only").and(contains("          ^^^^^^")));
    ask("MATCH (a)-[:urge]->(b) RETURN a", &[]).code(1).stderr(contains("did you mean `urges`?"));
    ask("MATCH (a), (b) RETURN a", &["--most-work", "3"]).code(2).stderr(contains("more than 3 edges"));
}

#[test]
fn quotations_are_ready_to_paste() {
    let dir = folder();
    let graph = dated(dir.path());
    let quotes = |more: &[&str]| demarche().arg("quotes").arg(&graph).args(more).assert();
    quotes(&["--containing", "AT once", "--since", "2021-03-18", "--format", "markdown"]).code(0).stdout(
        contains("> “Japan must act at once")
            .and(contains("— Jane Roe, 2021-03-18 · [A \\*day\\* in \\<June\\>](<https://example.org/a>)")),
    );
    quotes(&["--containing", "never"]).code(1);
    quotes(&["--since", "2021-03-20"]).code(1);
    demarche().arg("top").arg(&graph).args(["--format", "markdown"]).assert().code(2);
}

#[test]
fn a_graph_is_built_asked_and_exported() {
    let dir = folder();
    let story = write(dir.path(), "story.txt", URGES);
    let graph = dir.path().join("news.json");
    demarche().arg("build").arg(&story).arg("-o").arg(&graph).assert().code(0).stderr(contains("1 articles"));
    let ask = |words: &[&str]| {
        let (command, rest) = words.split_first().unwrap();
        demarche().arg(command).arg(&graph).args(rest).assert()
    };
    ask(&["query", "? -urges-> Japan"]).code(0).stdout(contains("China -urges-> Japan"));
    ask(&["query", "Japan -urges-> China"]).code(1).stdout("");
    ask(&["query", "? -urges-> Jappan"]).code(1).stderr(contains("Japan"));
    ask(&["quotes", "--by", "Roe"]).code(0).stdout(contains("We must talk"));
    ask(&["neighbors", "Japan"]).code(0).stdout(contains("China"));
    ask(&["path", "Jane Roe", "Japan"]).code(0).stdout(contains("China"));
    ask(&["top"]).code(0).stdout(contains("China"));
    ask(&["top", "predicates", "--format", "jsonl"]).code(0).stdout(contains("\"predicate\":\"urges\""));
    ask(&["timeline", "--of", "Japan"]).code(0).stdout(contains("China -urges-> Japan"));
    ask(&["evidence", "China -urges-> ?"]).code(0).stdout(contains("China urged Japan to end the talks."));
    let names = [
        "dot",
        "svg",
        "graphml",
        "gexf",
        "cyjs",
        "node-link.json",
        "csv",
        "neo4j.csv",
        "cypher",
        "mmd",
        "md",
    ];
    for name in names.map(|ending| format!("a.{ending}")) {
        let out = dir.path().join(&name);
        ask(&["export", "-o", out.to_str().unwrap()]).code(0);
        assert!(fs::metadata(&out).unwrap().len() > 100, "{name}");
    }
    for beside in ["a.nodes.csv", "a.evidence.csv", "a.neo4j.nodes.csv"] {
        assert!(dir.path().join(beside).is_file(), "{beside}");
    }
    let report = dir.path().join("part.md");
    let part = |words: &[&str], code| {
        ask(&[&["export", "-o", report.to_str().unwrap()], words].concat()).code(code);
        fs::read_to_string(&report).unwrap()
    };
    assert!(part(&["--focus", "Japan", "--depth", "1"], 0).contains("**urges** Japan"));
    assert!(part(&["--families", "appeal,violence"], 0).contains("**urges** Japan"));
    assert!(!part(&["--families", "violence"], 1).contains("urges"));
    assert!(!part(&["--min-weight", "2"], 1).contains("urges"));
    let broken = write(dir.path(), "broken.json", "{\"schema\":\"demarche/graph/2\",");
    demarche().arg("top").arg(&broken).assert().code(2).stderr(contains("broken.json"));
}

#[test]
fn data_files_are_checked() {
    let dir = folder();
    let good = write(dir.path(), "good.csv", "kind,name\nperson,Jane Roe\n");
    demarche().arg("check").arg(&good).assert().code(0).stderr(contains("1 file is right"));
    let bad = write(dir.path(), "bad.csv", "kind,name\nperson,Jane Roe\nperrson,John Doe\n");
    demarche().arg("check").arg(&bad).assert().code(2).stderr(contains("bad.csv:3: "));
    let bad = write(
        dir.path(),
        "bad.toml",
        "[nudges]\nmeaning = \"X nudges Y.\"\nframes = [\"SUBJECT nudge OBJEKT\"]\n",
    );
    demarche().arg("check").arg(&bad).assert().code(2).stderr(contains("bad.toml:"));
    let verb = "[serenades]\nmeaning = \"X serenades Y.\"\ncameo = \"020\"\nframes = [\"SUBJECT serenade OBJECT\"]\n\
                [[serenades.example]]\ntext = \"China serenaded Japan on Monday.\"\nedges = [\"China -serenades-> Japan\"]\n";
    let good = write(dir.path(), "good.toml", verb);
    demarche().arg("check").arg(&good).assert().code(0).stderr(contains("1 file is right"));
    let bad = write(dir.path(), "wrong.toml", verb.replace("-> Japan", "-> Peru"));
    demarche()
        .arg("check")
        .arg(&bad)
        .assert()
        .code(2)
        .stderr(contains("wrong.toml:5: the example does not hold: missing China -serenades-> Peru"));
    demarche().args(["gazetteer", "find", "Antony Blinken"]).assert().code(0).stdout(contains("person"));
    demarche().args(["gazetteer", "find", "Xyzzy Qux"]).assert().code(1);
}

#[test]
fn a_sentence_is_explained() {
    demarche()
        .args(["explain", "China urged Japan to end the talks."])
        .assert()
        .code(0)
        .stdout(contains("nsubj").and(contains("iso:CN")).and(contains("China -urges-> Japan")));
}

#[test]
fn unknown_names_are_listed_and_written_as_a_gazetteer_to_fill_in() {
    let dir = folder();
    let path = write(dir.path(), "story.txt", URGES);
    demarche()
        .arg("unknowns")
        .arg(&path)
        .assert()
        .code(0)
        .stdout(contains("Jane Roe").and(contains("person")).and(contains("China").not()));
    let table = dir.path().join("mine.csv");
    demarche().arg("unknowns").arg(&path).arg("-o").arg(&table).assert().code(0);
    let rows = fs::read_to_string(&table).unwrap();
    assert!(rows.starts_with("kind,name,aliases,country,note\n"), "{rows}");
    assert!(rows.contains("person,Jane Roe,"), "{rows}");
    // What was written is a good gazetteer; with it nobody is unknown.
    demarche().arg("check").arg(&table).assert().code(0);
    demarche().arg("unknowns").arg(&path).arg("--gazetteer").arg(&table).assert().code(1).stdout("");
}

#[test]
fn verbs_that_no_frame_covers_are_listed_and_written_as_a_lexicon_to_fill_in() {
    let dir = folder();
    let path =
        write(dir.path(), "story.txt", "China urged Japan to wait. France outpainted Germany in Lyon.\n");
    let listed = contains("SUBJECT outpaint OBJECT").and(contains("France – Germany"));
    demarche()
        .args(["unknowns", "--verbs"])
        .arg(&path)
        .assert()
        .code(0)
        .stdout(listed.and(contains("urge").not()));
    let lexicon = dir.path().join("mine.toml");
    demarche().args(["unknowns", "--verbs"]).arg(&path).arg("-o").arg(&lexicon).assert().code(0);
    // What was written is a good lexicon; with it the verb is known, and its example gives its edge.
    demarche().arg("check").arg(&lexicon).assert().code(0);
    demarche().args(["unknowns", "--verbs"]).arg(&path).arg("--relations").arg(&lexicon).assert().code(1);
}

#[test]
fn what_is_known_of_a_name_is_told_with_days_source_and_rule() {
    let dir = folder();
    let found = |name: &str| demarche().args(["gazetteer", "find", name]).assert().code(0);
    found("Antony Blinken").stdout(contains("2021-01-26").and(contains("source: ")));
    found("Georgia")
        .stdout(contains("iso:GE").and(contains("iso:US-GA")).and(contains("which one is meant")));
    found("Beijing").stdout(contains("where it acts"));
    // Switched off by a row of the user's; a misspelt one gets a guess.
    let off = write(dir.path(), "off.csv", "kind,name,suppress\ncountry,Georgia,yes\n");
    demarche()
        .args(["gazetteer", "find", "Georgia", "--gazetteer"])
        .arg(&off)
        .assert()
        .code(0)
        .stdout(contains("iso:GE ").not())
        .stderr(contains("iso:GE is switched off"));
    let wrong = write(dir.path(), "wrong.csv", "kind,name,suppress\nperson,Antony Blinkin,yes\n");
    demarche().arg("check").arg(&wrong).assert().code(2).stderr(contains("did you mean `Antony Blinken`?"));
    let office =
        write(dir.path(), "office.csv", "kind,name,office,of\nperson,Jane Roe,foriegn-minister,iso:US\n");
    demarche()
        .arg("check")
        .arg(&office)
        .assert()
        .code(2)
        .stderr(contains("did you mean `foreign-minister`?"));
}

#[test]
fn merges_are_forced_forbidden_and_listed() {
    let dir = folder();
    let story = write(dir.path(), "story.txt", URGES);
    let same = write(dir.path(), "same.csv", "# ours\nsame, Jane Roe, iso:JP\n");
    demarche()
        .arg("merges")
        .arg(&story)
        .arg("--same")
        .arg(&same)
        .assert()
        .code(0)
        .stdout(contains("Jane Roe").and(contains("told to be the same")));
    demarche().arg("merges").arg(&story).assert().code(1).stdout("");
    let bad = write(dir.path(), "bad.csv", "smae, A, B\n");
    demarche()
        .arg("merges")
        .arg(&story)
        .arg("--same")
        .arg(&bad)
        .assert()
        .code(2)
        .stderr(contains("bad.csv:1").and(contains("write `same`")));
}

#[test]
fn what_is_likelier_wrong_than_right_is_listed_only_if_asked_for() {
    let dir = folder();
    let graph = dir.path().join("news.json").display().to_string();
    demarche().args(["build", "examples/articles", "-o", &graph]).assert().code(0);
    let lines = |words: &[&str]| {
        let output = demarche().args(words).output().unwrap();
        (String::from_utf8(output.stdout).unwrap().lines().count(), String::from_utf8(output.stderr).unwrap())
    };
    let story = "examples/articles/harbour.txt";
    for words in [&[story][..], &["query", &graph, "? -conflict-> ?"], &["quotes", &graph]] {
        let (likely, said) = lines(words);
        let (all, silent) = lines(&[words, &["--min-confidence", "0"]].concat());
        let hint = "likelier wrong than right; --min-confidence 0 lists them too";
        assert_eq!(said.contains(hint), likely < all, "{words:?}: {likely} of {all}, {said}");
        assert!(likely > 0 && !silent.contains(hint), "{words:?}: {silent}");
    }
    let (likely, said) = lines(&[story]);
    assert!(said.contains(" left out that are likelier wrong than right"), "{likely}: {said}");
    let picture = dir.path().join("news.svg").display().to_string();
    demarche().args(["export", &graph, "-o", &picture]).assert().code(0).stderr(contains("takes them too"));
    demarche()
        .args(["--min-confidence", "0", "query", &graph, "? -urges-> ?"])
        .assert()
        .code(2)
        .stderr(contains("--min-confidence 0 stands before the command").and(contains("hint: ")));
}
