//! JSON Lines become articles, one a row.
//!
//! In: lines such as `{"id":"a7","title":"…","date":"2021-03-18","url":"…","publisher":"…","text":"…"}`;
//! only `text` is needed, unknown fields are ignored. Out: articles; a broken row is an error with
//! `file:line` and the rest is read. A `.json` file may also hold one object or an array of them.
//! Left out: nested fields, other names for `text`.

use std::io::BufRead;

use serde_json::{Map, Value};

use super::error::SourceError;
use super::{Article, date, decode};

/// The rows of one stream.
pub(super) struct Rows<R> {
    place: String,
    stream: R,
    line: usize,
    /// An article that waits behind a warning about it.
    waiting: Option<Article>,
    ended: bool,
    found: bool,
}

impl<R: BufRead> Rows<R> {
    pub(super) fn new(place: String, stream: R) -> Self {
        Rows { place, stream, line: 0, waiting: None, ended: false, found: false }
    }

    pub(super) fn next(&mut self) -> Option<Result<Article, SourceError>> {
        if let Some(article) = self.waiting.take() {
            return Some(Ok(article));
        }
        while !self.ended {
            let mut bytes = Vec::new();
            match self.stream.read_until(b'\n', &mut bytes) {
                Ok(0) => {
                    self.ended = true;
                    let empty = SourceError::Empty { place: self.place.clone() };
                    return (!self.found).then_some(Err(empty));
                }
                Ok(_) => self.line += 1,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(SourceError::Unreadable { place: self.place.clone(), error }));
                }
            }
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            self.found = true;
            let place = format!("{}:{}", self.place, self.line);
            let (text, encoding) = decode::decode(bytes);
            let row = article(&place, text.trim());
            return Some(match (row, encoding) {
                (Ok(article), Some(encoding)) => {
                    self.waiting = Some(article);
                    Err(SourceError::Encoding { place, encoding })
                }
                (row, _) => row,
            });
        }
        None
    }
}

/// Reads a `.json` file: one object, an array of objects, or rows.
pub(super) fn whole(place: &str, text: String) -> Vec<Result<Article, SourceError>> {
    match serde_json::from_str::<Value>(&text) {
        Ok(Value::Array(items)) => {
            let numbered = items.into_iter().enumerate();
            numbered.map(|(n, item)| from_value(&format!("{place}:[{n}]"), item)).collect()
        }
        Ok(value) => vec![from_value(place, value)],
        Err(_) => {
            let mut rows = Rows::new(place.to_owned(), std::io::Cursor::new(text.into_bytes()));
            std::iter::from_fn(|| rows.next()).collect()
        }
    }
}

fn article(place: &str, row: &str) -> Result<Article, SourceError> {
    match serde_json::from_str(row) {
        Ok(value) => from_value(place, value),
        Err(error) => {
            let what = format!("not JSON: {}", plain(&error.to_string()));
            Err(SourceError::Row { place: place.to_owned(), what, hint: "each line must be one JSON object" })
        }
    }
}

/// The parser's message without its own line number, which is always 1 here.
fn plain(message: &str) -> String {
    message.replace(" at line 1 column ", " at column ")
}

fn from_value(place: &str, value: Value) -> Result<Article, SourceError> {
    let wrong = |what: String, hint| SourceError::Row { place: place.to_owned(), what, hint };
    let Value::Object(mut fields) = value else {
        return Err(wrong("the row is no JSON object".to_owned(), "write {\"text\": \"…\"}"));
    };
    let body = match fields.remove("text") {
        Some(Value::String(text)) => text,
        Some(_) => return Err(wrong("\"text\" is no string".to_owned(), "")),
        None => {
            let names: Vec<&str> = fields.keys().map(String::as_str).take(8).collect();
            let what = format!("the row has no \"text\" (it has: {})", names.join(", "));
            return Err(wrong(what, "the article's text must stand in the field \"text\""));
        }
    };
    if u32::try_from(body.len()).is_err() {
        return Err(SourceError::TooLong { place: place.to_owned() });
    }
    Ok(Article {
        id: word(&mut fields, "id").unwrap_or_else(|| place.to_owned()),
        source: place.to_owned(),
        url: word(&mut fields, "url"),
        publisher: word(&mut fields, "publisher"),
        published: word(&mut fields, "date").and_then(|date| date::parse(&date)),
        title: word(&mut fields, "title"),
        body,
    })
}

/// A field as a string: numbers are written out; empty, null and anything else is nothing.
fn word(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    match fields.remove(name)? {
        Value::String(text) => Some(text).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
