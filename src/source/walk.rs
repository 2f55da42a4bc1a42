//! Paths become files, directories their files, sorted by name.
//!
//! In: paths as typed. Out: one opened file after another. In a directory, hidden files are passed
//! over in silence, other files whose ending does not promise text with one message a directory.
//! Links to directories are not followed, so that no walk is endless.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::SourceError;
use super::file::File;

/// Something still to be read.
#[derive(Debug)]
pub(super) enum Step {
    /// Typed by the user.
    Named(PathBuf),
    /// A file met in a directory.
    Met(PathBuf),
    /// A directory met in a directory.
    Folder(PathBuf),
}

/// What a step gave.
#[derive(Debug)]
pub(super) struct Found {
    pub file: Option<File>,
    pub warning: Option<SourceError>,
}

/// Takes the next step; `None` at the end.
pub(super) fn next(steps: &mut Vec<Step>) -> Option<Result<Found, SourceError>> {
    Some(match steps.pop()? {
        Step::Named(path) if path.as_os_str() == "-" => {
            Ok(Found { file: Some(File::stdin()), warning: None })
        }
        Step::Named(path) if path.is_dir() => enter(&path, steps),
        Step::Folder(path) => enter(&path, steps),
        Step::Named(path) | Step::Met(path) => open(&path),
    })
}

fn open(path: &Path) -> Result<Found, SourceError> {
    File::open(path).map(|file| Found { file: Some(file), warning: None })
}

/// Puts a directory's entries on the stack, first on top.
fn enter(path: &Path, steps: &mut Vec<Step>) -> Result<Found, SourceError> {
    let failed = |error| SourceError::Unreadable { place: path.display().to_string(), error };
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        entries.push(entry.map_err(failed)?.path());
    }
    entries.sort();
    let mut passed: Vec<String> = Vec::new();
    for entry in entries.into_iter().rev() {
        let name = entry.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        let link = entry.symlink_metadata().is_ok_and(|m| m.file_type().is_symlink());
        if entry.is_dir() {
            if !link {
                steps.push(Step::Folder(entry));
            }
        } else if promises_text(&entry) {
            steps.push(Step::Met(entry));
        } else {
            passed.push(entry.extension().unwrap_or_default().to_string_lossy().into_owned());
        }
    }
    let count = passed.len();
    passed.sort();
    passed.dedup();
    let endings = passed.iter().take(8).map(|e| format!(".{e}")).collect::<Vec<_>>().join(", ");
    let place = path.display().to_string();
    let warning = (count > 0).then_some(SourceError::PassedOver { place, count, endings });
    Ok(Found { file: None, warning })
}

/// Endings under which articles are looked for in a directory.
fn promises_text(path: &Path) -> bool {
    match path.extension() {
        None => true,
        Some(ending) => matches!(
            ending.to_string_lossy().to_ascii_lowercase().as_str(),
            "txt" | "text" | "md" | "html" | "htm" | "xhtml" | "json" | "jsonl" | "ndjson"
        ),
    }
}
