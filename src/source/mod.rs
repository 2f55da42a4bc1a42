//! Bytes become articles: plain text, HTML, JSON Lines, directories, stdin.
//!
//! In: paths as they were typed ("news/", "story.txt", "-"). Out: [`Articles`], one [`Article`] at a
//! time, in the order of the paths, directories sorted by name. What cannot be read is a
//! [`SourceError`] beside the others, never the end of the run. Memory holds one document at a time:
//! JSON Lines are read row by row.
//! Left out: compressed files, feeds, anything that must be fetched.

pub mod date;
mod decode;
mod error;
mod file;
#[cfg(feature = "html")]
mod html;
mod rows;
mod walk;

use std::collections::HashMap;
use std::path::PathBuf;

use jiff::civil::Date;

pub use error::SourceError;

use file::File;

/// One article, before anything is read into it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Unique in its run: the JSON `id`, or the file's path.
    pub id: String,
    /// Where it came from, as shown to the user: a path, or `path:line` for a JSON Lines row.
    pub source: String,
    /// Where it was published, if known.
    pub url: Option<String>,
    /// By whom, if known.
    pub publisher: Option<String>,
    /// The day of publication, if known.
    pub published: Option<Date>,
    /// The title, where the input gives it apart from the text.
    pub title: Option<String>,
    /// The text, unchanged.
    pub body: String,
}

/// The articles under some paths, read one at a time.
#[derive(Debug)]
pub struct Articles {
    /// What is still to be read, last first.
    paths: Vec<walk::Step>,
    current: Option<File>,
    /// Messages that were found while walking, to be given before the next article.
    waiting: Vec<SourceError>,
    /// The ids that were given, and the last number that was put after each.
    seen: HashMap<String, u64>,
}

/// Reads the articles under `paths`: files, directories, or "-" for standard input.
///
/// ```
/// let read: Vec<_> = demarche::source::read(["no-such-file.txt"]).collect();
/// assert!(matches!(&read[..], [Err(error)] if error.is_loss()));
/// ```
pub fn read<P: Into<PathBuf>>(paths: impl IntoIterator<Item = P>) -> Articles {
    let mut paths: Vec<walk::Step> = paths.into_iter().map(|path| walk::Step::Named(path.into())).collect();
    paths.reverse();
    Articles { paths, current: None, waiting: Vec::new(), seen: HashMap::new() }
}

/// Reads articles that are in memory already, such as an upload. The name is their source, and its ending
/// tells the format, as a file's does.
///
/// ```
/// let bytes = b"{\"id\":\"a7\",\"text\":\"It rained.\"}\n".to_vec();
/// let read: Vec<_> = demarche::source::from_bytes("upload.jsonl", bytes).collect();
/// assert!(matches!(&read[..], [Ok(article)] if article.id == "a7"));
/// ```
#[must_use]
pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Articles {
    let current = Some(File::of_bytes(name, bytes));
    Articles { paths: Vec::new(), current, waiting: Vec::new(), seen: HashMap::new() }
}

impl Iterator for Articles {
    type Item = Result<Article, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(error) = self.waiting.pop() {
                return Some(Err(error));
            }
            if let Some(file) = &mut self.current {
                match file.next() {
                    Some(Ok(article)) => return Some(Ok(self.with_own_id(article))),
                    Some(Err(error)) => return Some(Err(error)),
                    None => self.current = None,
                }
            }
            match walk::next(&mut self.paths)? {
                Ok(walk::Found { file, warning }) => {
                    self.current = file;
                    self.waiting.extend(warning);
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Articles {
    /// An id that was seen already gets a number: `wire-7#2`.
    fn with_own_id(&mut self, mut article: Article) -> Article {
        let Some(last) = self.seen.get(&article.id).copied() else {
            self.seen.insert(article.id.clone(), 1);
            return article;
        };
        // An id may end in "#2" of its own.
        let mut number = last + 1;
        let mut own = format!("{}#{number}", article.id);
        while self.seen.contains_key(&own) {
            number += 1;
            own = format!("{}#{number}", article.id);
        }
        self.seen.insert(std::mem::replace(&mut article.id, own.clone()), number);
        self.seen.insert(own, 1);
        article
    }
}

#[cfg(test)]
mod tests;
