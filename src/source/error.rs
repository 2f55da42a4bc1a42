//! What went wrong in reading, where, and what to do about it.
//!
//! `news/a.jsonl:7: the row has no "text"`, hint: "fields here: id, body". Most errors mean that a
//! document was lost; some are warnings: the document was read, but not as it should be.

use std::io;

use thiserror::Error;

/// A document that could not be read, or was read with doubts.
#[derive(Debug, Error)]
pub enum SourceError {
    /// A file or directory that the system does not give.
    #[error("{place}: {}", reason(.error))]
    Unreadable {
        /// The path.
        place: String,
        /// What the system said.
        error: io::Error,
    },
    /// A row of JSON Lines that is no article.
    #[error("{place}: {what}")]
    Row {
        /// `path:line`.
        place: String,
        /// What is wrong with it.
        what: String,
        /// What to do.
        hint: &'static str,
    },
    /// A file that is no text.
    #[error("{place}: this is no text; not read")]
    Binary {
        /// The path.
        place: String,
    },
    /// A web page without an article.
    #[error("{place}: {what}")]
    Page {
        /// The path.
        place: String,
        /// What is wrong with it.
        what: String,
    },
    /// A text longer than spans can count.
    #[error("{place}: the text is longer than 4 GiB; not read")]
    TooLong {
        /// The path.
        place: String,
    },
    /// A warning: there is nothing in it.
    #[error("{place}: empty; there is nothing to read")]
    Empty {
        /// The path.
        place: String,
    },
    /// A warning: the bytes are not UTF-8 and were read as something else.
    #[error("{place}: not UTF-8; read as {encoding}")]
    Encoding {
        /// The path.
        place: String,
        /// The name of the encoding.
        encoding: &'static str,
    },
    /// A warning: files of a directory that were passed over.
    #[error("{place}: {count} {} passed over ({endings})", if *.count == 1 { "file was" } else { "files were" })]
    PassedOver {
        /// The directory.
        place: String,
        /// How many.
        count: usize,
        /// Their endings.
        endings: String,
    },
}

impl SourceError {
    /// True if a document was lost; false for a warning about one that was read.
    #[must_use]
    pub fn is_loss(&self) -> bool {
        !matches!(self, Self::Encoding { .. } | Self::PassedOver { .. } | Self::Empty { .. })
    }

    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Unreadable { error, .. } if error.kind() == io::ErrorKind::NotFound => {
                Some("check the path; use - for standard input")
            }
            Self::Unreadable { error, .. } if error.kind() == io::ErrorKind::PermissionDenied => {
                Some("check who may read it")
            }
            Self::Unreadable { .. } | Self::Empty { .. } => None,
            Self::Row { hint, .. } => Some(*hint).filter(|hint| !hint.is_empty()),
            Self::Binary { .. } => Some("text, HTML and JSON Lines can be read"),
            Self::Page { .. } => Some("save the article's text as a .txt file"),
            Self::TooLong { .. } => Some("cut it into several documents"),
            Self::Encoding { .. } => Some("save it as UTF-8 if letters look wrong"),
            Self::PassedOver { .. } => Some(
                "in a directory .txt, .md, .html, .json, .jsonl and names without an ending are read; name others yourself",
            ),
        }
    }
}

/// The system's words without its error number.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}
