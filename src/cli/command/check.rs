//! `demarche check FILE…`: reads data files as `--gazetteer` and `--relations` would, and says what is wrong.
//!
//! The examples of a relation lexicon are run: each sentence must give its edges, and no others. The
//! layers named by `--gazetteer` and `--relations` lie beneath the file that is checked.

use std::path::{Path, PathBuf};

use super::{Desk, example, unreadable};
use crate::lexicon::reader;
use crate::{Lexicon, Model};

pub(super) fn run(desk: &mut Desk<'_>, files: &[PathBuf]) -> anyhow::Result<bool> {
    let before = desk.messages.errors();
    let mut read = 0;
    for path in files {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        match ending.as_str() {
            "csv" => gazetteer(desk, path),
            "toml" => relations(desk, path),
            _ => {
                let what = format!("{}: a data file is .csv (names) or .toml (relations)", path.display());
                desk.messages.error(what, None);
                continue;
            }
        }
        read += 1;
    }
    let wrong = desk.messages.errors() - before;
    if wrong == 0 {
        desk.messages.summary(format!("{read} {} right", if read == 1 { "file is" } else { "files are" }));
    }
    Ok(true)
}

fn gazetteer(desk: &mut Desk<'_>, path: &Path) {
    let (_, problems) = Lexicon::builtin().gazetteer.with_files(&[path.to_owned()]);
    for problem in &problems {
        desk.messages.problem(problem);
    }
}

fn relations(desk: &mut Desk<'_>, path: &Path) {
    let file = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return desk.messages.error(unreadable(path, &error), None),
    };
    let mut lexicon = desk.lexicon();
    let problems = lexicon.layer_relations(&file, &text);
    for problem in &problems {
        desk.messages.problem(problem);
    }
    let (entries, _) = reader::relations::read(&file, &text);
    let model = Model::builtin();
    for example in entries.iter().flat_map(|entry| &entry.examples) {
        if let Some(wrong) = example::verdict(example, &lexicon, &model) {
            let hint = format!("see why: demarche --relations {file} explain '{}'", example.text);
            desk.messages.error(format!("{file}:{}: {wrong}", example.line), Some(&hint));
        }
    }
}
