//! Runs `tests/corpus/*.md`: each sentence must give its edges, and no others.
//!
//! The format stands at the head of each file.

mod edges;

use std::fs;

use demarche::{Lexicon, Model};

#[derive(Default)]
struct Case {
    line: usize,
    text: String,
    edges: Vec<String>,
    fails: Option<String>,
}

/// Reads the cases of a file.
fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if let Some(sentence) = line.strip_prefix("> ") {
            cases.push(Case { line: at + 1, text: sentence.trim().to_owned(), ..Case::default() });
        }
        let Some((item, case)) = line.strip_prefix("- ").zip(cases.last_mut()) else { continue };
        match item.strip_prefix("fails: ") {
            Some(reason) => case.fails = Some(reason.to_owned()),
            None if item == "none" => {}
            None => case.edges.push(item.to_owned()),
        }
    }
    cases
}

#[test]
fn every_sentence_gives_its_edges_and_no_others() {
    let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
    let mut files: Vec<_> = fs::read_dir("tests/corpus").unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "md"));
    files.sort();
    let (mut run, mut known, mut wrong) = (0, 0, Vec::new());
    for path in files {
        let file = path.display().to_string();
        for case in cases(&fs::read_to_string(&path).unwrap()) {
            run += 1;
            let place = format!("{file}:{}", case.line);
            match (edges::check(&case.text, None, &case.edges, &lexicon, &model), &case.fails) {
                (Ok(()), None) => {}
                (Err(_), Some(_)) => known += 1,
                (Ok(()), Some(_)) => {
                    wrong.push(format!("{place}: passes now: remove `fails`\n  {}\n", case.text))
                }
                (Err(difference), None) => wrong.push(format!("{place}: {}\n{difference}", case.text)),
            }
        }
    }
    println!("{} of {run} sentences pass, {known} are known to fail", run - wrong.len() - known);
    assert!(run >= 60, "only {run} sentences");
    assert!(wrong.is_empty(), "{} of {run} sentences fail\n\n{}", wrong.len(), wrong.join("\n"));
}
