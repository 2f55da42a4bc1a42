//! The user's files, read whole.
//!
//! In: paths. Out: the name and text of each file that can be read, and a problem for each that
//! cannot: it is missing, or not UTF-8 ("my-people.csv: not UTF-8", hint: save it as CSV UTF-8).

use std::fs;
use std::path::PathBuf;

use super::super::problem::Problem;

/// Reads the files; the order is kept.
pub fn read_texts(files: &[PathBuf], problems: &mut Vec<Problem>) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for path in files {
        let name = path.display().to_string();
        match fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => texts.push((name, text)),
            Ok(Err(_)) => {
                problems.push(Problem::new(&name, 0, "not UTF-8").hint("save the file as “CSV UTF-8”"))
            }
            Err(error) => problems.push(Problem::new(&name, 0, error.to_string())),
        }
    }
    texts
}
