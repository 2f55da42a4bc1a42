//! One file or stream becomes articles: one for a text or a page, one a row for JSON Lines.
//!
//! In: a path or standard input. Out: articles and errors, one at a time. The name's ending tells
//! the format; without a known ending the first bytes do: `{` is JSON Lines, `<!doctype html` a page.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::error::SourceError;
use super::rows::Rows;
use super::{Article, decode};

/// How many bytes are looked at to tell the format.
const HEAD: usize = 8 * 1024;

type Stream = Box<dyn BufRead + Send>;

/// An opened file.
pub(super) enum File {
    /// Row by row.
    Rows(Rows<Stream>),
    /// A whole document, read when it is asked for.
    Whole {
        place: String,
        format: Format,
        stream: Option<Stream>,
        ready: VecDeque<Result<Article, SourceError>>,
    },
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            File::Rows(_) => "File::Rows",
            File::Whole { .. } => "File::Whole",
        })
    }
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Html,
    Json,
    Rows,
}

impl File {
    pub(super) fn open(path: &Path) -> Result<File, SourceError> {
        let place = path.display().to_string();
        let failed = |error| SourceError::Unreadable { place: place.clone(), error };
        let file = std::fs::File::open(path).map_err(failed)?;
        Ok(File::new(place, format_of(path), Box::new(BufReader::with_capacity(HEAD * 8, file))))
    }

    /// A file that is in memory already; its name's ending tells the format.
    pub(super) fn of_bytes(name: &str, bytes: Vec<u8>) -> File {
        File::new(name.to_owned(), format_of(Path::new(name)), Box::new(io::Cursor::new(bytes)))
    }

    pub(super) fn stdin() -> File {
        File::new("-".to_owned(), None, Box::new(BufReader::with_capacity(HEAD * 8, io::stdin())))
    }

    fn new(place: String, format: Option<Format>, mut stream: Stream) -> File {
        let format = format.unwrap_or_else(|| sniff(stream.fill_buf().unwrap_or(&[])));
        match format {
            Format::Rows => File::Rows(Rows::new(place, stream)),
            _ => File::Whole { place, format, stream: Some(stream), ready: VecDeque::new() },
        }
    }

    pub(super) fn next(&mut self) -> Option<Result<Article, SourceError>> {
        match self {
            File::Rows(rows) => rows.next(),
            File::Whole { place, format, stream, ready } => {
                if let Some(stream) = stream.take() {
                    ready.extend(whole(place, *format, stream));
                }
                ready.pop_front()
            }
        }
    }
}

/// The format that a name's ending tells.
fn format_of(path: &Path) -> Option<Format> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    match ending.as_str() {
        "jsonl" | "ndjson" => Some(Format::Rows),
        "json" => Some(Format::Json),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "txt" | "text" | "md" => Some(Format::Text),
        _ => None,
    }
}

/// The format that the first bytes show.
fn sniff(head: &[u8]) -> Format {
    let head = head.get(..head.len().min(HEAD)).unwrap_or(head);
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let lower = start.get(..start.len().min(20)).unwrap_or("").to_ascii_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        Format::Html
    } else if start.starts_with("{\"") || start.starts_with("{ \"") {
        Format::Rows
    } else {
        Format::Text
    }
}

/// Reads a whole file.
fn whole(place: &str, format: Format, mut stream: Stream) -> Vec<Result<Article, SourceError>> {
    let place = place.to_owned();
    let mut bytes = Vec::new();
    if let Err(error) = stream.read_to_end(&mut bytes) {
        return vec![Err(SourceError::Unreadable { place, error })];
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return vec![Err(SourceError::Empty { place })];
    }
    if decode::is_binary(bytes.get(..HEAD).unwrap_or(&bytes)) {
        return vec![Err(SourceError::Binary { place })];
    }
    let (text, encoding) = decode::decode(bytes);
    let mut out = Vec::new();
    if let Some(encoding) = encoding {
        out.push(Err(SourceError::Encoding { place: place.clone(), encoding }));
    }
    if u32::try_from(text.len()).is_err() {
        out.push(Err(SourceError::TooLong { place }));
        return out;
    }
    match format {
        Format::Json => out.extend(super::rows::whole(&place, text)),
        Format::Html => out.push(page(place, &text)),
        _ => out.push(Ok(Article { id: place.clone(), source: place, body: text, ..Article::default() })),
    }
    out
}

#[cfg(feature = "html")]
fn page(place: String, text: &str) -> Result<Article, SourceError> {
    super::html::read(place, text)
}

#[cfg(not(feature = "html"))]
fn page(place: String, _text: &str) -> Result<Article, SourceError> {
    Err(SourceError::Page { place, what: "this program was built without the feature html".to_owned() })
}
