//! Bytes become articles: plain text, HTML, JSON Lines, directories, stdin.
//!
//! In: paths and bytes. Out: [`Article`]s, one at a time, in a fixed order. A document that cannot
//! be read is an error beside the others, never the end of the run.

pub mod date;

use jiff::civil::Date;

/// One article, before anything is read into it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Unique in its run: the JSON `id`, or the file name.
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
