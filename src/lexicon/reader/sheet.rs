//! A CSV file with a header becomes rows that know their line.
//!
//! In: the text of a file and the columns it may have. Out: a [`Sheet`]: columns are found by the
//! header's names, in any order; a column that nobody knows gets a problem with a guess
//! ("unknown column `alias`", hint: did you mean `aliases`?) and is skipped; a row with too many
//! fields gets one too. What the fields mean is for the readers beside it.

use super::super::problem::{Problem, nearest};

/// A file's rows, their fields by column.
pub struct Sheet<'c> {
    columns: &'c [&'c str],
    at: Vec<Option<usize>>,
    rows: Vec<(usize, csv::StringRecord)>,
}

/// One row of a [`Sheet`].
#[derive(Clone, Copy)]
pub struct Row<'s> {
    /// The line on which the row begins, counted from 1.
    pub line: usize,
    sheet: &'s Sheet<'s>,
    record: &'s csv::StringRecord,
}

impl<'c> Sheet<'c> {
    /// Reads `text`; `columns` are all the columns that mean something.
    pub fn read(file: &str, text: &str, columns: &'c [&'c str], problems: &mut Vec<Problem>) -> Sheet<'c> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .comment(Some(b'#'))
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut records = reader.records().filter_map(|record| match record {
            Ok(record) => Some((line_of(text, record.position()), record)),
            Err(error) => {
                let line = line_of(text, error.position());
                problems.push(Problem::new(file, line, format!("not a row of CSV: {error}")));
                None
            }
        });
        let header = records.next();
        let rows: Vec<_> =
            records.filter(|(_, record)| record.iter().any(|field| !field.is_empty())).collect();
        let mut at = vec![None; columns.len()];
        let mut width = 0;
        if let Some((line, header)) = header {
            width = header.len();
            for (n, name) in header.iter().enumerate() {
                match columns.iter().position(|c| c.eq_ignore_ascii_case(name)) {
                    Some(column) => at[column] = Some(n),
                    None => {
                        let problem =
                            Problem::new(file, line, format!("unknown column `{name}`: it is skipped"));
                        problems.push(match nearest(name, columns) {
                            Some(near) => problem.hint(format!("did you mean `{near}`?")),
                            None => problem.hint(format!("the columns are {}", columns.join(", "))),
                        });
                    }
                }
            }
        }
        for (line, record) in rows.iter().filter(|(_, r)| r.len() > width) {
            let message = format!("{} fields under {width} columns", record.len());
            problems
                .push(Problem::new(file, *line, message).hint("put quotes around a field that has a comma"));
        }
        let rows = rows.into_iter().filter(|(_, r)| r.len() <= width).collect();
        Sheet { columns, at, rows }
    }

    /// True if the header names this column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().zip(&self.at).any(|(c, at)| *c == column && at.is_some())
    }

    /// The rows in the file's order.
    pub fn rows<'s>(&'s self) -> impl Iterator<Item = Row<'s>>
    where
        'c: 's,
    {
        self.rows.iter().map(move |(line, record)| Row { line: *line, sheet: self, record })
    }
}

/// The line on which a record begins: the reader counts blank lines and comments before it as its own.
fn line_of(text: &str, position: Option<&csv::Position>) -> usize {
    let Some(position) = position else { return 0 };
    let rest = text.get(position.byte() as usize..).unwrap_or_default();
    let skipped = rest.lines().take_while(|l| l.trim().is_empty() || l.starts_with('#')).count();
    position.line() as usize + skipped
}

impl<'s> Row<'s> {
    /// The field under `column`; empty where the file has no such column.
    pub fn get(&self, column: &str) -> &'s str {
        let n = self.sheet.columns.iter().position(|c| *c == column).and_then(|c| self.sheet.at[c]);
        n.and_then(|n| self.record.get(n)).unwrap_or("")
    }

    /// The parts of a field that lists several things: `Tony Blinken|A. Blinken`.
    pub fn list(&self, column: &str) -> Vec<String> {
        self.get(column).split('|').map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_in_any_order() {
        let mut problems = Vec::new();
        let text = "name,kind\n\"Doe, Jane\",person\n\nJohn Roe,person\n";
        let sheet = Sheet::read("f.csv", text, &["kind", "name"], &mut problems);
        let rows: Vec<_> = sheet.rows().map(|r| (r.line, r.get("kind"), r.get("name"))).collect();
        assert_eq!(rows, [(2, "person", "Doe, Jane"), (4, "person", "John Roe")]);
        assert!(problems.is_empty());
    }

    #[test]
    fn an_unknown_column_gets_a_guess() {
        let mut problems = Vec::new();
        Sheet::read("f.csv", "kind,name,alias\n", &["kind", "name", "aliases"], &mut problems);
        assert_eq!(
            problems[0].to_string(),
            "f.csv:1: unknown column `alias`: it is skipped\nhint: did you mean `aliases`?"
        );
    }

    #[test]
    fn a_comma_without_quotes_is_told() {
        let mut problems = Vec::new();
        let sheet = Sheet::read("f.csv", "kind,name\nperson,Doe, Jane\n", &["kind", "name"], &mut problems);
        assert_eq!(sheet.rows().count(), 0);
        assert_eq!((problems.len(), problems[0].line), (1, 2));
    }
}
