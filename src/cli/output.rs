//! Listings on standard output: a table for people, JSON or JSON Lines for programs.
//!
//! In: [`Row`]s, in batches. Out: aligned columns, or one JSON value a row. Text from articles may hold
//! control characters that would steer a terminal; in tables they are shown as signs, in JSON escaped.
//! Left out: headers; a row explains itself.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use serde_json::Value;

use super::typed::{Color, Format};

/// Columns are padded to their widest cell, but not further than this.
const WIDEST: usize = 60;

/// How a cell looks on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    /// Places, counts.
    Dim,
    /// What the row is about.
    Strong,
    /// Words of an article.
    Words,
}

impl Look {
    fn style(self) -> Style {
        match self {
            Look::Plain => Style::new(),
            Look::Dim => Style::new().dimmed(),
            Look::Strong => Style::new().bold(),
            Look::Words => Style::new().fg_color(Some(AnsiColor::Green.into())),
        }
    }
}

/// One row of a listing, for people and for programs.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub cells: Vec<(String, Look)>,
    pub json: Value,
}

/// Standard output.
pub(super) struct Output {
    out: BufWriter<AutoStream<io::StdoutLock<'static>>>,
    format: Format,
    rows: usize,
}

impl Output {
    pub(super) fn new(format: Format, color: Color) -> Self {
        let stdout = io::stdout().lock();
        let choice = match color {
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
            Color::Auto => AutoStream::choice(&stdout),
        };
        Output { out: BufWriter::new(AutoStream::new(stdout, choice)), format, rows: 0 }
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// True where colours and underlines are shown.
    pub(super) fn is_colored(&self) -> bool {
        self.out.get_ref().current_choice() != ColorChoice::Never
    }

    /// Prints words of an article in the middle of a line, their line ends kept.
    pub(super) fn words(&mut self, text: &str, style: Style) -> io::Result<()> {
        for (n, line) in text.split('\n').enumerate() {
            if n > 0 {
                self.out.write_all(b"\n")?;
            }
            let line = line.trim_end_matches('\r');
            if !line.is_empty() {
                write!(self.out, "{style}{}{style:#}", harmless(line))?;
            }
        }
        Ok(())
    }

    /// How many rows were printed.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Prints rows, aligned among themselves.
    pub(super) fn rows_of(&mut self, rows: &[Row]) -> io::Result<()> {
        self.print(rows, |row| json(&row.json))
    }

    /// Prints rows whose JSON is an array of values: for programs they become members, in the order of the
    /// columns. ([`Value`] sorts the members of an object by name.)
    pub(super) fn rows_under(&mut self, columns: &[String], rows: &[Row]) -> io::Result<()> {
        self.print(rows, |row| object(columns, &row.json))
    }

    fn print(&mut self, rows: &[Row], json: impl Fn(&Row) -> String) -> io::Result<()> {
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let safe: Vec<Vec<Cow<'_, str>>> = match self.format {
            Format::Table => {
                rows.iter().map(|row| row.cells.iter().map(|(text, _)| harmless(text)).collect()).collect()
            }
            Format::Json | Format::Jsonl | Format::Markdown => vec![Vec::new(); rows.len()],
        };
        let width = |column: usize| {
            let widths = safe.iter().filter_map(|cells| cells.get(column)).map(|cell| cell.chars().count());
            widths.max().unwrap_or(0).min(WIDEST)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for (row, cells) in rows.iter().zip(safe) {
            match self.format {
                Format::Table => self.table_row(row, &cells, &widths)?,
                Format::Jsonl => {
                    self.out.write_all(json(row).as_bytes())?;
                    self.out.write_all(b"\n")?;
                }
                Format::Markdown => {}
                Format::Json => {
                    self.out.write_all(if self.rows == 0 { b"[\n" } else { b",\n" })?;
                    self.out.write_all(json(row).as_bytes())?;
                }
            }
            self.rows += 1;
        }
        Ok(())
    }

    fn table_row(&mut self, row: &Row, cells: &[Cow<'_, str>], widths: &[usize]) -> io::Result<()> {
        let last = cells.iter().rposition(|cell| !cell.is_empty()).unwrap_or(0);
        for (at, (cell, (_, look))) in cells.iter().zip(&row.cells).enumerate().take(last + 1) {
            let style = look.style();
            write!(self.out, "{style}{cell}{style:#}")?;
            if at < last {
                let width = widths.get(at).copied().unwrap_or(0);
                let pad = width.saturating_sub(cell.chars().count());
                write!(self.out, "{:pad$}  ", "")?;
            }
        }
        writeln!(self.out)
    }

    /// Prints a line for people; nothing in JSON.
    pub(super) fn line(&mut self, text: &str, look: Look) -> io::Result<()> {
        if self.format != Format::Table {
            return Ok(());
        }
        let style = look.style();
        writeln!(self.out, "{style}{}{style:#}", harmless(text))
    }

    /// Prints a piece of Markdown and an empty line before the next.
    pub(super) fn markdown(&mut self, text: &str) -> io::Result<()> {
        if self.rows > 0 {
            self.out.write_all(b"\n")?;
        }
        self.rows += 1;
        for line in text.lines() {
            writeln!(self.out, "{}", harmless(line))?;
        }
        Ok(())
    }

    /// Prints one JSON value on a line, whatever the format.
    pub(super) fn value(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        let text = serde_json::to_string(value).map_err(io::Error::other)?;
        self.out.write_all(escape_controls(&text).as_bytes())?;
        self.rows += 1;
        self.out.write_all(b"\n")
    }

    /// Ends the listing.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        if self.format == Format::Json {
            self.out.write_all(if self.rows == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        self.flush()
    }

    /// Hands everything to the reader.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn json(value: &Value) -> String {
    escape_controls(&value.to_string()).into_owned()
}

/// An object with its members in this order.
fn object(names: &[String], values: &Value) -> String {
    let values = values.as_array().map_or(&[][..], Vec::as_slice);
    let members =
        names.iter().zip(values).map(|(name, value)| format!("{}:{value}", Value::from(name.as_str())));
    escape_controls(&format!("{{{}}}", members.collect::<Vec<_>>().join(","))).into_owned()
}

/// JSON lets control characters above 0x7e stand raw; a terminal would obey some of them.
fn escape_controls(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let escape = |c: char| if steers(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    Cow::Owned(text.chars().map(escape).collect())
}

/// Text in which nothing steers a terminal: one line, control characters shown as signs.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| steers(c) || c.is_control()) {
        return Cow::Borrowed(text);
    }
    let sign = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        _ if steers(c) || c.is_control() => '\u{fffd}',
        _ => c,
    };
    Cow::Owned(text.chars().map(sign).collect())
}

/// Delete, the C1 controls, and the marks that turn the direction of writing.
fn steers(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_stand_in_the_order_of_the_columns() {
        let columns = ["b".to_owned(), "a \"\u{9b}\"".to_owned()];
        let text = object(&columns, &serde_json::json!([[1, null], {"z": 1, "y": "\u{202e}"}]));
        assert_eq!(text, r#"{"b":[1,null],"a \"\u009b\"":{"y":"\u202e","z":1}}"#);
        assert_eq!(object(&[], &Value::Null), "{}");
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(harmless("“plain”"), "“plain”");
        assert_eq!(harmless("a\x1b[31mb\nc\u{9b}d\u{202e}e"), "a␛[31mb c\u{fffd}d\u{fffd}e");
        assert_eq!(escape_controls("\"a\u{9b}\u{202e}\""), "\"a\\u009b\\u202e\"");
    }
}
