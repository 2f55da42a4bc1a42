//! Checks `data/` and compiles it to flat tables that the program reads in place.
//!
//! A bad row stops the build with file:line, in the words that a user's own file would get.

#![allow(dead_code, missing_docs)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

#[path = "src/lexicon/frame.rs"]
mod frame;
#[path = "src/lexicon/hints.rs"]
mod hints;
#[path = "src/lexicon/predicate.rs"]
mod predicate;
#[path = "src/lexicon/problem.rs"]
mod problem;
#[path = "src/lexicon/reader/mod.rs"]
mod reader;
#[path = "src/lexicon/relation_table.rs"]
mod relation_table;

use problem::Problem;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/lexicon");
    println!("cargo::rerun-if-changed=data/language/prepositions.txt");
    println!("cargo::rerun-if-changed=data/relations");
    println!("cargo::rerun-if-changed=data/gazetteer");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let gazetteer = reader::gazetteer::build("data/gazetteer".as_ref(), &out.join("gazetteer.bin"));
    if let Err(error) = hint_lists(&out) {
        eprintln!("data/gazetteer/hints: {error}");
        return ExitCode::FAILURE;
    }
    match relations(&out).map(|problems| [gazetteer, problems].concat()) {
        Ok(problems) if problems.is_empty() => ExitCode::SUCCESS,
        Ok(problems) => {
            problems.iter().for_each(|p| eprintln!("{p}"));
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("data: {error}");
            ExitCode::FAILURE
        }
    }
}

/// `data/gazetteer/hints/*.txt` → `hints.bin`.
fn hint_lists(out: &Path) -> io::Result<()> {
    let lists = hints::LISTS
        .iter()
        .map(|(file, sort)| Ok((fs::read_to_string(Path::new("data/gazetteer/hints").join(file))?, *sort)));
    fs::write(out.join("hints.bin"), hints::encode(&lists.collect::<io::Result<Vec<_>>>()?))
}

/// `data/relations/*.toml` → `relations.bin`.
fn relations(out: &Path) -> io::Result<Vec<Problem>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir("data/relations")?.map(|f| f.map(|f| f.path())).collect::<Result<_, _>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "toml"));
    files.sort();
    let (mut layers, mut problems) = (Vec::new(), Vec::new());
    for path in files {
        let name = path.display().to_string();
        let (entries, bad) = reader::relations::read(&name, &fs::read_to_string(&path)?);
        problems.extend(bad);
        layers.push((name, entries));
    }
    let mut table = relation_table::RelationTable::default();
    problems.extend(table.layer(layers));
    fs::write(out.join("relations.bin"), table.encode())?;
    Ok(problems)
}
