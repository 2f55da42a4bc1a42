//! Runs every example of the relation lexicon: each sentence must give its edges, and no others.
//!
//! `fails = "reason"` marks a known failure; one that passes must lose its mark.

mod edges;

use std::fs;

use demarche::lexicon::reader::relations::{Example, read};
use demarche::{Lexicon, Model};

#[test]
fn every_example_gives_its_edges_and_no_others() {
    let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
    let mut files: Vec<_> = fs::read_dir("data/relations").unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "toml"));
    files.sort();
    let (mut run, mut wrong) = (0, Vec::new());
    for path in files {
        let file = path.display().to_string();
        let (entries, problems) = read(&file, &fs::read_to_string(&path).unwrap());
        assert_eq!(problems, []);
        for example in entries.iter().flat_map(|e| &e.examples) {
            run += 1;
            let place = format!("{file}:{}", example.line);
            let verdict =
                edges::check(&example.text, example.date.as_deref(), &example.edges, &lexicon, &model);
            wrong.extend(judge(&place, example, verdict));
        }
    }
    println!("{} of {run} examples pass", run - wrong.len());
    assert!(run > 50, "only {run} examples");
    assert!(wrong.is_empty(), "{} of {run} examples fail\n\n{}", wrong.len(), wrong.join("\n"));
}

fn judge(place: &str, example: &Example, verdict: Result<(), String>) -> Option<String> {
    match (verdict, &example.fails) {
        (Ok(()), None) | (Err(_), Some(_)) => None,
        (Ok(()), Some(_)) => Some(format!("{place}: passes now: remove `fails`\n  {}\n", example.text)),
        (Err(difference), None) => Some(format!("{place}: {}\n{difference}", example.text)),
    }
}
