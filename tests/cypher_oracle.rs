//! Cypher queries against ladybug, where `DEMARCHE_PYTHON` names an interpreter that has it.
//!
//! Set up: `python3 -m venv v && v/bin/pip install -r tests/consumers/requirements-cypher.txt`, then
//! `DEMARCHE_PYTHON=v/bin/python cargo test --test cypher_oracle`.

use std::path::Path;
use std::process::Command;

#[test]
fn the_same_rows_as_ladybug() {
    let Ok(python) = std::env::var("DEMARCHE_PYTHON") else {
        eprintln!("SKIPPED: DEMARCHE_PYTHON names no interpreter with ladybug");
        return;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let has = Command::new(&python).args(["-c", "import ladybug"]).output().expect("the interpreter starts");
    if !has.status.success() {
        eprintln!("SKIPPED: {python} has no ladybug; see tests/consumers/requirements-cypher.txt");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let graph = folder.path().join("news.json");
    let demarche = assert_cmd::cargo::cargo_bin("demarche");
    let built = Command::new(&demarche)
        .arg("build")
        .arg(root.join("examples/articles"))
        .arg("-o")
        .arg(&graph)
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let run = Command::new(&python)
        .arg(root.join("tests/consumers/cypher_oracle.py"))
        .args([&demarche, &graph])
        .output()
        .unwrap();
    let (said, wrong) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{said}\n{wrong}");
    print!("{said}");
}
