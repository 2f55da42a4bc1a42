//! Measures of networks against igraph, where Python has it: PageRank, betweenness, modularity.
//!
//! Runs where the environment variable `DEMARCHE_PYTHON` names an interpreter with
//! `tests/consumers/igraph.requirements.txt` installed, and says so loudly where not. Values worked out by
//! hand are tested in `src/query/` always.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use demarche::query::{Betweenness, Company, DAMPING, Tie, Ties, groups, modularity, page_rank};
use serde_json::json;

fn python() -> Option<Command> {
    let Some(path) = std::env::var_os("DEMARCHE_PYTHON") else {
        eprintln!("SKIPPED: DEMARCHE_PYTHON is not set; nothing was compared with igraph");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/consumers/igraph_measures.py");
    let mut command = Command::new(path);
    command.arg(script);
    Some(command)
}

/// A row of numbers that looks random.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// Networks of every density: some in pieces, some with nodes that lead nowhere.
fn network(seed: u64) -> (usize, Vec<Tie>) {
    let mut numbers = Numbers(seed);
    let count = 2 + numbers.below(120);
    let edges = numbers.below(4 * count) + 1;
    let tie = |_| {
        let from = numbers.below(count);
        // Some nodes draw many.
        let to = if numbers.below(3) == 0 { numbers.below(1 + count / 10) } else { numbers.below(count) };
        Tie { from, to, weight: (1 + numbers.below(6)) as f64, symmetric: numbers.below(4) == 0 }
    };
    (count, (0..edges).map(tie).collect())
}

#[test]
fn values_agree_with_igraph() {
    let Some(mut python) = python() else { return };
    let mut lines = String::new();
    for seed in 0..60 {
        let (count, told) = network(seed);
        let ties = Ties::new(count, &told);
        let between = |directed, weighted| Betweenness { directed, weighted, sample: None }.of(&ties);
        let found: Vec<_> = [0.5, 1.0, 1.7]
            .map(|resolution| {
                let groups = groups(&ties, Company { resolution, seed });
                let value = modularity(&ties.both, &groups, resolution);
                json!([resolution, groups, value])
            })
            .to_vec();
        // Without a tie there is no modularity.
        let found = if ties.both.is_empty() { Vec::new() } else { found };
        let told: Vec<_> =
            told.iter().map(|tie| json!([tie.from, tie.to, tie.weight, tie.symmetric])).collect();
        let case = json!({
            "count": count,
            "ties": told,
            "pagerank": page_rank(&ties, DAMPING),
            "betweenness": between(false, false),
            "directed": between(true, false),
            "weighted": between(false, true),
            "directed_weighted": between(true, true),
            "groups": found,
        });
        lines.push_str(&format!("{case}\n"));
    }
    let mut child = python
        .arg("networks")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A reader that fails closes the pipe: what it has to say matters more than that.
    let written = child.stdin.take().unwrap().write_all(lines.as_bytes());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8_lossy(&output.stdout);
    written.unwrap();
    assert!(told.starts_with("60 networks"), "{told}");
    println!("{told}");
}

#[test]
fn what_the_program_prints_agrees_with_igraph() {
    let Some(mut python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    // Sentences of one shape over many names: the graph is what matters here.
    let names = [
        "China", "Japan", "France", "Germany", "Spain", "Italy", "Norway", "Sweden", "Poland", "Brazil",
        "Chile", "Peru", "India", "Iran", "Iraq", "Egypt", "Kenya", "Ghana", "Canada", "Mexico", "Cuba",
        "Russia", "Ukraine", "Turkey", "Greece", "Israel", "Austria", "Hungary", "Denmark", "Finland",
    ];
    let verbs = ["urged", "accused", "visited", "attacked", "criticized", "thanked"];
    let mut numbers = Numbers(5);
    let text: String = (0..160)
        .map(|_| {
            let (a, b) = (names[numbers.below(names.len())], names[numbers.below(names.len())]);
            format!("{a} {} {b} on Monday.\n", verbs[numbers.below(verbs.len())])
        })
        .collect();
    fs::write(path("story.txt"), text).unwrap();
    let demarche = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_demarche")).args(words).output().unwrap();
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let [story, graph, csv] =
        ["story.txt", "news.json", "news.csv"].map(|name| path(name).display().to_string());
    demarche(&["build", &story, "-o", &graph]);
    demarche(&["export", &graph, "-o", &csv]);
    for (name, words) in [
        ("pagerank.json", &["top", &graph, "--measure", "pagerank"][..]),
        ("betweenness.json", &["top", &graph, "--measure", "betweenness"]),
        ("weighted.json", &["top", &graph, "--measure", "betweenness", "--weighted"]),
        ("communities.json", &["communities", &graph]),
    ] {
        let words = [words, &["--limit", "0", "--format", "json"]].concat();
        fs::write(path(name), demarche(&words)).unwrap();
    }
    let output = python.arg("files").arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("values agree"), "{told}");
    println!("{told}");
}
