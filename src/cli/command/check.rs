//! `demarche check FILE…`: reads data files as `--gazetteer` and `--relations` would, and says what is wrong.

use std::path::{Path, PathBuf};

use super::{Desk, unreadable};
use crate::Lexicon;

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
    let mut lexicon = Lexicon::builtin();
    for problem in lexicon.layer_relations(&file, &text) {
        desk.messages.problem(&problem);
    }
}
