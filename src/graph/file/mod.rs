//! The graph as a file: JSON for other programs and for reading, a compact form for large graphs.
//!
//! In and out: [`Readings`]. The file's name tells the form: `.graph` is compact, everything else is JSON;
//! reading looks at the first bytes. Both forms are versioned; the compact one has checksums. Writing is
//! atomic ([`replace_file`]). Reading refuses what is damaged, newer, or something else, and says which.

pub(super) mod code;
mod compact;
mod json;
mod packed;
mod replace;
mod table;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub use replace::replace_file;

use super::{KnowledgeGraph, Reading, Readings};

/// The name and version of the JSON form; the compact one counts its own versions.
pub const SCHEMA: &str = "demarche/graph/2";

/// Why a graph file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file cannot be opened or read.
    #[error("{}: cannot be read: {cause}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// The file cannot be written.
    #[error("{}: cannot be written: {cause}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// No graph at all.
    #[error("{}: is no graph file: {why}", path.display())]
    NotAGraph {
        /// The file.
        path: PathBuf,
        /// What is missing.
        why: String,
    },
    /// Another version of the format.
    #[error("{}: was written as {schema}, but this program reads {reads}: {}", path.display(), what_to_do(schema, reads))]
    OtherVersion {
        /// The file.
        path: PathBuf,
        /// What the file says that it is.
        schema: String,
        /// What this program reads in that form.
        reads: &'static str,
    },
    /// Cut short, edited badly, or inconsistent.
    #[error("{}: is a damaged graph file: {why}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
}

fn what_to_do(schema: &str, reads: &str) -> &'static str {
    let version = |schema: &str| schema.rsplit('/').next().and_then(|number| number.parse::<u32>().ok());
    if version(schema) < version(reads) { "build the graph again" } else { "use a newer demarche" }
}

/// What is wrong with some bytes, before the file's name is known.
enum Fault {
    NotAGraph(String),
    OtherVersion(String, &'static str),
    Damaged(String),
}

impl Fault {
    fn of(self, path: &Path) -> FileError {
        let path = path.to_owned();
        match self {
            Fault::NotAGraph(why) => FileError::NotAGraph { path, why },
            Fault::OtherVersion(schema, reads) => FileError::OtherVersion { path, schema, reads },
            Fault::Damaged(why) => FileError::Damaged { path, why },
        }
    }
}

/// The form of a graph file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One JSON object, a document a line; `schema/graph.schema.json` describes it.
    Json,
    /// Packed blocks with checksums.
    Compact,
}

impl Form {
    /// The form that a file's name asks for.
    #[must_use]
    pub fn from_path(path: &Path) -> Form {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        if ending.eq_ignore_ascii_case("graph") { Form::Compact } else { Form::Json }
    }
}

impl Readings {
    /// Writes them in a form.
    ///
    /// # Errors
    /// When `out` cannot take it.
    pub fn write(&self, form: Form, out: &mut dyn Write) -> io::Result<()> {
        match form {
            Form::Json => json::write(self, out),
            Form::Compact => compact::write(self, out),
        }
    }

    /// Writes them to a file that is whole or not there, never half; its name tells the form.
    ///
    /// # Errors
    /// When the file cannot be written; an older one of that name is then untouched.
    pub fn save(&self, path: &Path) -> Result<(), FileError> {
        replace_file(path, |out| self.write(Form::from_path(path), out))
            .map_err(|cause| FileError::Write { path: path.to_owned(), cause })
    }

    /// Reads a graph file of either form.
    ///
    /// # Errors
    /// When it cannot be read, is damaged, of another version, or no graph.
    pub fn load(path: &Path) -> Result<Readings, FileError> {
        let bytes = std::fs::read(path).map_err(|cause| FileError::Read { path: path.to_owned(), cause })?;
        Readings::read(&bytes, path)
    }

    /// Reads them from bytes of either form; `path` only names them in messages.
    ///
    /// # Errors
    /// When they are damaged, of another version, or no graph.
    pub fn read(bytes: &[u8], path: &Path) -> Result<Readings, FileError> {
        let read = if compact::is_compact(bytes) { compact::read(bytes) } else { json::read(bytes) };
        read.map_err(|fault| fault.of(path))
    }
}

impl KnowledgeGraph {
    /// Writes its readings as JSON.
    ///
    /// # Errors
    /// When `out` cannot take it.
    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        json::write(self.readings(), &mut out)
    }

    /// See [`Readings::save`].
    ///
    /// # Errors
    /// When the file cannot be written; an older one of that name is then untouched.
    pub fn save(&self, path: &Path) -> Result<(), FileError> {
        self.readings().save(path)
    }

    /// See [`Readings::load`].
    ///
    /// # Errors
    /// When it cannot be read, is damaged, of another version, or no graph.
    pub fn load(path: &Path) -> Result<KnowledgeGraph, FileError> {
        Ok(Readings::load(path)?.into_graph())
    }

    /// See [`Readings::read`].
    ///
    /// # Errors
    /// When the bytes are damaged, of another version, or no graph.
    pub fn read(bytes: &[u8], path: &Path) -> Result<KnowledgeGraph, FileError> {
        Ok(Readings::read(bytes, path)?.into_graph())
    }
}

/// Which of two readings of one document is kept: the greater, compared as bytes.
pub(super) fn rank(reading: &Reading) -> Vec<u8> {
    compact::bytes(reading)
}

#[cfg(test)]
mod tests;
