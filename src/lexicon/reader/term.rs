//! Rows about offices: what offices exist, who held them when, and what bodies every country has.
//!
//! In: `roles.csv` (person, office, of, from, until), `offices.csv`, `ministries.csv`,
//! `given_names.csv`, `ambiguous.csv`. Out: checked rows. Days may be as coarse as "2019-05" or
//! "2019"; they become the first day of the span at the beginning of a term, the last at its end.
//! A day is one number, 20210318; 0 where it is unknown.

use super::super::problem::Problem;
use super::fold;
use super::sheet::{Row, Sheet};

/// One term of an office.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoleRow {
    /// The file and line that it comes from.
    pub place: (String, usize),
    /// The person's key, or name; `#3` is the third entry of the same file.
    pub person: String,
    /// The office's code.
    pub office: String,
    /// The key of the country or body.
    pub of: String,
    /// The title in words, where it is not the office's own name.
    pub title: String,
    /// First day; 0 unknown.
    pub from: u32,
    /// Last day; 0 unknown or not yet past.
    pub until: u32,
    /// Its source, see [`super::origin`]; 0 where it names none that is known.
    pub origin: u8,
}

/// An office.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OfficeRow {
    /// The file and line that it comes from.
    pub place: (String, usize),
    /// Its code: "foreign-minister".
    pub code: String,
    /// Its name: "foreign minister".
    pub name: String,
    /// Other names.
    pub variants: Vec<String>,
    /// 0 to 100.
    pub rank: u8,
    /// Where it is held: "country", "subnational", "igo", "org", "world", or a country's code.
    pub scope: String,
    /// The sort of body that it heads: "foreign-ministry".
    pub body: String,
}

/// A body that every country has: its names without the country.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BodyRow {
    /// The file and line that it comes from.
    pub place: (String, usize),
    /// Its code: "foreign-ministry".
    pub code: String,
    /// Its name: "Foreign Ministry".
    pub name: String,
    /// Other names.
    pub variants: Vec<String>,
    /// The code of the office at its head.
    pub office: String,
    /// The subkind of the entries made from it.
    pub subkind: String,
}

/// Reads `roles.csv` or a file like it.
pub fn read_roles(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<RoleRow> {
    let columns = ["person", "office", "of", "title", "from", "until", "source", "note"];
    read_rows(file, text, &columns, &["person", "office", "of"], problems, |row| {
        let (from, until) = read_days(file, row)?;
        let place = (file.to_owned(), row.line);
        let [person, office, of, title] = ["person", "office", "of", "title"].map(|c| row.get(c).to_owned());
        let origin = super::origin::read(row.get("source")).unwrap_or(0);
        Ok(RoleRow { place, person, office, of, title, from, until, origin })
    })
}

/// Reads `offices.csv`.
pub fn read_offices(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<OfficeRow> {
    let columns = ["office", "name", "variants", "rank", "scope", "body"];
    read_rows(file, text, &columns, &["office", "name"], problems, |row| {
        let rank = row.get("rank").parse().unwrap_or(50);
        let [code, name, scope, body] = ["office", "name", "scope", "body"].map(|c| row.get(c).to_owned());
        Ok(OfficeRow {
            place: (file.to_owned(), row.line),
            code,
            name,
            variants: row.list("variants"),
            rank,
            scope,
            body,
        })
    })
}

/// Reads `ministries.csv`.
pub fn read_bodies(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<BodyRow> {
    let columns = ["body", "name", "variants", "office", "subkind"];
    read_rows(file, text, &columns, &["body", "name"], problems, |row| {
        let [code, name, office, subkind] =
            ["body", "name", "office", "subkind"].map(|c| row.get(c).to_owned());
        Ok(BodyRow {
            place: (file.to_owned(), row.line),
            code,
            name,
            variants: row.list("variants"),
            office,
            subkind,
        })
    })
}

/// Reads `given_names.csv`: names, each with 0 (either), 1 (male) or 2 (female).
pub fn read_given_names(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<(String, u8)> {
    read_rows(file, text, &["name", "gender"], &["name"], problems, |row| {
        let gender = match row.get("gender") {
            "" => 0,
            "male" => 1,
            "female" => 2,
            other => return Err(Problem::new(file, row.line, format!("unknown gender `{other}`"))),
        };
        Ok((row.get("name").to_owned(), gender))
    })
}

/// Reads `ambiguous.csv`: surface, senses, default, rule.
pub fn read_ambiguous(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<[String; 4]> {
    let columns = ["name", "senses", "default", "rule"];
    read_rows(file, text, &columns, &["name", "senses"], problems, |row| {
        Ok(columns.map(|c| row.get(c).to_owned()))
    })
}

/// Reads the rows of a file with `one`, and sees to it that the columns of `filled` are filled.
fn read_rows<T>(
    file: &str,
    text: &str,
    columns: &[&str],
    filled: &[&str],
    problems: &mut Vec<Problem>,
    one: impl Fn(Row<'_>) -> Result<T, Problem>,
) -> Vec<T> {
    let sheet = Sheet::read(file, text, columns, problems);
    if let Some(missing) = filled.iter().find(|c| !sheet.has(c)) {
        problems.push(Problem::new(file, 1, format!("no column `{missing}`")));
        return Vec::new();
    }
    let mut rows = Vec::new();
    for row in sheet.rows() {
        let read = match filled.iter().find(|c| row.get(c).is_empty()) {
            Some(empty) => Err(Problem::new(file, row.line, format!("no {empty}"))),
            None => one(row),
        };
        match read {
            Ok(read) => rows.push(read),
            Err(problem) => problems.push(problem),
        }
    }
    rows
}

/// Reads the columns `from` and `until` of a row.
pub fn read_days(file: &str, row: Row<'_>) -> Result<(u32, u32), Problem> {
    let read = |column: &str, last: bool| {
        let text = row.get(column);
        read_day(text, last).ok_or_else(|| {
            let problem = Problem::new(file, row.line, format!("`{text}` is no day"));
            problem.hint("write 2021-03-18, 2021-03 or 2021")
        })
    };
    let (from, until) = (read("from", false)?, read("until", true)?);
    if until != 0 && from > until {
        let message =
            format!("the term ends on {} before it begins on {}", row.get("until"), row.get("from"));
        return Err(Problem::new(file, row.line, message));
    }
    Ok((from, until))
}

/// 20210318 for "2021-03-18"; the first or last day that "2021-03" or "2021" covers; 0 for nothing.
fn read_day(text: &str, last: bool) -> Option<u32> {
    if text.is_empty() {
        return Some(0);
    }
    let parts: Vec<u32> = text.split('-').map(|p| p.parse().ok()).collect::<Option<_>>()?;
    let (year, month, day) = match parts[..] {
        [year] => (year, if last { 12 } else { 1 }, None),
        [year, month] => (year, month, None),
        [year, month, day] => (year, month, Some(day)),
        _ => return None,
    };
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day = day.unwrap_or(if last { length } else { 1 });
    (1..=length).contains(&day).then_some(year * 10_000 + month * 100 + day)
}

/// The names under which an office is found, plural forms included: "secretaries of state".
pub fn with_plurals(names: &[String]) -> Vec<String> {
    let mut all: Vec<String> = names.to_vec();
    all.extend(names.iter().filter_map(|name| plural(name)));
    let mut seen = Vec::new();
    all.retain(|name| {
        let folded = fold::fold(&name.to_lowercase());
        !seen.contains(&folded) && (seen.push(folded), true).1
    });
    all
}

/// The plural of an office's name: its head is the word before "of", "for", "to", or the last;
/// "attorney general" and the like keep "general" as it is.
fn plural(name: &str) -> Option<String> {
    let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
    let mut head = words
        .iter()
        .position(|w| ["of", "for", "to", "at", "in"].contains(&w.as_str()))
        .unwrap_or(words.len());
    head = head.checked_sub(1)?;
    if words[head].eq_ignore_ascii_case("general") && head > 0 && !words[head - 1].ends_with('.') {
        head -= 1;
    }
    let word = &words[head];
    if word.ends_with('.') || word.ends_with('s') || word.len() < 3 || word.chars().all(char::is_uppercase) {
        return None;
    }
    words[head] = match word.strip_suffix("man") {
        Some(stem) => format!("{stem}men"),
        None => match word.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
            _ if word.ends_with("ch") && !word.ends_with("arch") => format!("{word}es"),
            _ => format!("{word}s"),
        },
    };
    Some(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coarse_days_cover_their_span() {
        let table = [
            ("2021-03-18", 20210318, 20210318),
            ("2020-02", 20200201, 20200229),
            ("2019", 20190101, 20191231),
            ("", 0, 0),
        ];
        for (text, first, last) in table {
            assert_eq!((read_day(text, false), read_day(text, true)), (Some(first), Some(last)), "{text}");
        }
        for wrong in ["2021-13", "2021-02-29", "today", "2021-03-18-1", "18/3/2021"] {
            assert_eq!(read_day(wrong, false), None, "{wrong}");
        }
    }

    #[test]
    fn the_head_of_an_office_takes_the_plural() {
        let table = [
            ("foreign minister", "foreign ministers"),
            ("Secretary of State", "Secretaries of State"),
            ("Attorney General", "Attorneys General"),
            ("ambassador to the United Nations", "ambassadors to the United Nations"),
            ("spokesman", "spokesmen"),
            ("general", "generals"),
            ("deputy", "deputies"),
            ("envoy", "envoys"),
            ("monarch", "monarchs"),
        ];
        for (one, many) in table {
            assert_eq!(plural(one).as_deref(), Some(many));
        }
        assert_eq!(plural("Lt. Gen."), None);
    }

    #[test]
    fn a_term_that_ends_before_it_begins_is_a_problem() {
        let mut problems = Vec::new();
        let text = "person,office,of,from,until\nwd:Q1,mayor,iso:US,2020-05,2019\nwd:Q1,mayor,,2020,\n";
        assert!(read_roles("roles.csv", text, &mut problems).is_empty());
        let messages: Vec<_> = problems.iter().map(|p| (p.line, p.message.as_str())).collect();
        assert_eq!(messages, [(2, "the term ends on 2019 before it begins on 2020-05"), (3, "no of")]);
    }
}
