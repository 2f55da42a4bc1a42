//! Reads our own source and checks the invariants of ARCHITECTURE.md that a compiler cannot.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in their order: each may use only those before it.
const ROOMS: &[&str] = &[
    "text", "lexicon", "source", "document", "syntax", "entity", "relation", "graph", "query", "export",
    "sparql", "serve", "cli",
];

/// Names that say nothing about what a thing is.
const EMPTY_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "manager", "common", "misc", "core"];

struct File {
    /// Path from `src/`.
    path: PathBuf,
    room: String,
    /// The code before the file's tests.
    code: String,
}

impl File {
    /// Numbered lines of code, comments left out.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code
            .lines()
            .enumerate()
            .map(|(n, l)| (n + 1, l))
            .filter(|(_, l)| !l.trim_start().starts_with("//"))
    }
}

fn files() -> Vec<File> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
        let path = path.strip_prefix(&src).unwrap().to_owned();
        let first = path.components().next().unwrap().as_os_str().to_str().unwrap();
        File { room: first.trim_end_matches(".rs").to_owned(), path, code }
    };
    paths.into_iter().filter(|path| !is_for_tests(path)).map(read).collect()
}

/// True for a file that its parent declares under `#[cfg(test)]`.
fn is_for_tests(path: &Path) -> bool {
    // `time/tests.rs` is declared in `time/mod.rs` or in `time.rs`.
    let folder = path.parent().unwrap();
    let parents = [folder.join("mod.rs"), folder.with_extension("rs")];
    let text: String = parents.iter().filter_map(|p| fs::read_to_string(p).ok()).collect();
    let name = path.file_stem().unwrap().to_str().unwrap();
    let declared = |after: &str| {
        let mut lines = after.lines().skip(1).skip_while(|line| line.starts_with("#[path"));
        let line = lines.next().unwrap_or_default();
        line.trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ") == format!("mod {name};")
    };
    text.match_indices("#[cfg(test)]").any(|(at, _)| declared(&text[at..]))
}

fn rank(room: &str) -> usize {
    ROOMS.iter().position(|r| *r == room).unwrap_or(usize::MAX)
}

/// What a line of code names by `crate::name` or `crate::{name, …}`.
fn names_used(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(',').collect(),
            None => vec![rest],
        };
        for name in names.into_iter().map(str::trim) {
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
            found.push(&name[..end]);
        }
    }
    found
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn names_used_reads_paths_and_lists() {
    assert_eq!(names_used("use crate::text::Span;"), ["text"]);
    assert_eq!(names_used("use crate::{graph::Node, text};"), ["graph", "text"]);
    assert!(names_used("let crate_name = 1;").is_empty());
}

#[test]
fn a_room_uses_only_rooms_before_it() {
    let mut wrong = Vec::new();
    for file in files().iter().filter(|f| rank(&f.room) != usize::MAX) {
        for (n, line) in file.lines() {
            for used in names_used(line) {
                // Re-exports of lib.rs (`crate::Lexicon`) hide the room: a reading room names the room itself.
                let later = rank(used) != usize::MAX && rank(used) > rank(&file.room);
                let hidden =
                    rank(used) == usize::MAX && used != "word_list" && rank(&file.room) < rank("graph");
                if later || hidden {
                    wrong.push(format!("src/{}:{n}: {} uses {used}", file.path.display(), file.room));
                }
            }
        }
    }
    none(&wrong);
}

#[test]
fn every_folder_is_a_room_and_says_what_it_is() {
    for file in files() {
        let known = rank(&file.room) != usize::MAX || matches!(file.room.as_str(), "lib" | "main");
        assert!(known, "src/{} belongs to no room", file.path.display());
        for part in file.path.iter().filter_map(|p| p.to_str()) {
            let name = part.trim_end_matches(".rs");
            assert!(!EMPTY_NAMES.contains(&name), "src/{}: name it by what it is", file.path.display());
        }
    }
}

#[test]
fn files_are_short_and_open_with_a_header() {
    let mut wrong = Vec::new();
    for file in files() {
        let lines = file.code.lines().count();
        if lines > 500 {
            wrong.push(format!("src/{}: {lines} lines without tests", file.path.display()));
        }
        if !file.code.starts_with("//!") {
            wrong.push(format!("src/{}: no header", file.path.display()));
        }
    }
    none(&wrong);
}

#[test]
fn nothing_unwraps_outside_tests() {
    let mut wrong = Vec::new();
    for file in files() {
        for (n, line) in file.lines().filter(|(_, l)| l.contains(".unwrap()")) {
            wrong.push(format!("src/{}:{n}: {}", file.path.display(), line.trim()));
        }
    }
    none(&wrong);
}

/// Only source, the lexicon's reader, graph, export and cli may touch files, only serve the network, only
/// cli the terminal.
#[test]
fn reading_rooms_do_no_input_or_output() {
    let mut wrong = Vec::new();
    for file in files() {
        let may = matches!(file.room.as_str(), "source" | "graph" | "export" | "serve" | "cli" | "main")
            || file.path.starts_with("lexicon/reader");
        for (n, line) in file.lines().filter(|_| !may) {
            for word in ["std::fs", "fs::", "std::io", "println!", "std::env", "std::process", "Instant::now"]
            {
                if line.contains(word) {
                    wrong.push(format!("src/{}:{n}: {word}", file.path.display()));
                }
            }
        }
    }
    none(&wrong);
}
