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

/// A verb that the lemmatiser does not know loses its "e": "telephoned" was read as "telephon", and no frame fired.
#[test]
fn every_verb_of_a_frame_is_a_dictionary_form() {
    let words = |name: &str| -> Vec<String> {
        let text = fs::read_to_string(format!("data/language/{name}")).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).map(str::to_owned).collect()
    };
    let mut known = words("base_verbs.txt");
    known.extend(words("irregular_verbs.txt"));
    let (mut asked, mut unknown) = (0, Vec::new());
    for path in fs::read_dir("data/relations").unwrap().map(|f| f.unwrap().path()) {
        let text = fs::read_to_string(&path).unwrap();
        let frames = text.split('"').filter(|part| part.starts_with("SUBJECT "));
        for verb in frames.filter_map(|frame| frame.split(' ').nth(1)).flat_map(|verbs| verbs.split('|')) {
            let verb = verb.split('_').next().unwrap_or(verb);
            asked += 1;
            // "cross-examine", "sexually assault": the first word alone is no verb, or has a hyphen.
            if !verb.contains('-') && !verb.ends_with("ly") && !known.iter().any(|k| k == verb) {
                unknown.push(verb.to_owned());
            }
        }
    }
    unknown.sort();
    unknown.dedup();
    assert!(asked > 1000, "only {asked} verbs");
    assert!(unknown.is_empty(), "put them into data/language/base_verbs.txt: {unknown:?}");
}
