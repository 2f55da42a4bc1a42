//! Rows of the gazetteer: who and what exists, under which names.
//!
//! In: a CSV file with at least the columns `kind` and `name`. Out: checked [`EntryRow`]s; each bad
//! row is left out and gets one problem ("unknown kind `persn`", hint: did you mean `person`?).
//! A person's row may carry one office (`office`, `of`, `from`, `until`, `title`), so that a
//! journalist writes one line. Whether a key exists is asked later, when all files are read.

use super::super::problem::{Problem, nearest};
use super::fold;
use super::sheet::{Row, Sheet};
use super::term::{RoleRow, read_days};

/// The kinds, in the order of their codes in the tables.
pub const KINDS: [&str; 6] = ["person", "country", "organization", "place", "group", "other"];

/// The columns that an entity file may have.
const COLUMNS: [&str; 24] = [
    "kind",
    "name",
    "aliases",
    "key",
    "subkind",
    "country",
    "parent",
    "body",
    "gender",
    "rank",
    "family",
    "alone",
    "adjectives",
    "demonyms",
    "capitals",
    "metonyms",
    "source",
    "suppress",
    "office",
    "of",
    "title",
    "from",
    "until",
    "note",
];

/// One entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntryRow {
    /// The file and line that it comes from.
    pub place: (String, usize),
    /// An index of [`KINDS`].
    pub kind: u8,
    /// The name that we show.
    pub name: String,
    /// Other full names and acronyms.
    pub aliases: Vec<String>,
    /// Its key; empty until [`super::gazetteer`] gives it one.
    pub key: String,
    /// A finer sort: "ministry", "party".
    pub subkind: String,
    /// The key of its country.
    pub country: String,
    /// The key of the body that it is part of.
    pub parent: String,
    /// What it is for its country: "foreign-ministry". See `ministries.csv`.
    pub body: String,
    /// 0 unknown, 1 male, 2 female.
    pub gender: u8,
    /// 0 to 100.
    pub rank: u8,
    /// The family name, where it is not the last word.
    pub family: String,
    /// Names under which a person is known without an introduction: "Obama".
    pub alone: Vec<String>,
    /// "Chinese".
    pub adjectives: Vec<String>,
    /// "Chinese", "Pole", "Poles".
    pub demonyms: Vec<String>,
    /// "Beijing".
    pub capitals: Vec<String>,
    /// "the Kremlin".
    pub metonyms: Vec<String>,
    /// Its sources, see [`super::origin`]; 0 where it names none that is known.
    pub origin: u8,
}

/// What a row asks to switch off.
#[derive(Clone, Debug, PartialEq)]
pub struct Suppressed {
    /// The file and line that it comes from.
    pub place: (String, usize),
    /// The key, or empty.
    pub key: String,
    /// The kind and name, where there is no key.
    pub named: (u8, String),
    /// These names only; none: the whole entry.
    pub names: Vec<String>,
}

/// All that entity files say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entries {
    /// The entities.
    pub entries: Vec<EntryRow>,
    /// Offices given in a person's row; `person` is an index of `entries`, in words.
    pub roles: Vec<RoleRow>,
    /// What is switched off.
    pub suppressed: Vec<Suppressed>,
}

/// Reads one entity file into `into`.
pub fn read_entries(file: &str, text: &str, into: &mut Entries, problems: &mut Vec<Problem>) {
    let sheet = Sheet::read(file, text, &COLUMNS, problems);
    if let Some(missing) = ["kind", "name"].iter().find(|c| !sheet.has(c)) {
        let problem = Problem::new(file, 1, format!("no column `{missing}`"));
        problems.push(problem.hint("the first line names the columns; `kind` and `name` must be among them"));
        return;
    }
    for row in sheet.rows() {
        if let Err(problem) = read_row(file, row, into) {
            problems.push(problem);
        }
    }
}

/// Reads one row; the first thing that is wrong is its problem.
fn read_row(file: &str, row: Row<'_>, into: &mut Entries) -> Result<(), Problem> {
    let wrong = |message: String| Problem::new(file, row.line, message);
    let kind = row.get("kind");
    let Some(code) = KINDS.iter().position(|k| *k == kind) else {
        let problem = wrong(format!("unknown kind `{kind}`"));
        return Err(match nearest(kind, &KINDS) {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint(format!("the kinds are {}", KINDS.join(", "))),
        });
    };
    let name = row.get("name");
    check_name(name).map_err(|(message, hint)| wrong(message).hint(hint))?;
    let place = (file.to_owned(), row.line);
    let suppress = row.list("suppress");
    if !suppress.is_empty() {
        let all = suppress.iter().any(|s| ["yes", "all", "true"].contains(&s.as_str()));
        let names = if all { Vec::new() } else { suppress };
        let named = (code as u8, name.to_owned());
        into.suppressed.push(Suppressed { place, key: row.get("key").to_owned(), named, names });
        return Ok(());
    }
    let mut lists =
        ["aliases", "alone", "adjectives", "demonyms", "capitals", "metonyms"].map(|c| row.list(c));
    for list in &mut lists {
        let mut seen = Vec::new();
        list.retain(|alias| !seen.contains(alias) && (seen.push(alias.clone()), true).1);
        for alias in list.iter() {
            check_name(alias).map_err(|(message, hint)| wrong(message).hint(hint))?;
        }
    }
    let [aliases, alone, adjectives, demonyms, capitals, metonyms] = lists;
    let gender = match row.get("gender") {
        "" => 0,
        "male" => 1,
        "female" => 2,
        other => return Err(wrong(format!("unknown gender `{other}`")).hint("male, female, or nothing")),
    };
    let rank = match row.get("rank") {
        "" => 50,
        rank => match rank.parse::<u8>() {
            Ok(rank) if rank <= 100 => rank,
            _ => return Err(wrong(format!("rank `{rank}` is no number from 0 to 100"))),
        },
    };
    let key = row.get("key");
    if key.chars().any(char::is_whitespace) || (!key.is_empty() && !key.contains(':')) {
        return Err(wrong(format!("`{key}` is no key"))
            .hint("a key looks like wd:Q42, iso:US or org:acme; leave it empty to get one"));
    }
    let entry = EntryRow {
        place,
        kind: code as u8,
        name: name.to_owned(),
        aliases,
        key: key.to_owned(),
        subkind: row.get("subkind").to_owned(),
        country: row.get("country").to_owned(),
        parent: row.get("parent").to_owned(),
        body: row.get("body").to_owned(),
        gender,
        rank,
        family: row.get("family").to_owned(),
        alone,
        adjectives,
        demonyms,
        capitals,
        metonyms,
        origin: super::origin::read(row.get("source")).unwrap_or(0),
    };
    if !row.get("office").is_empty() {
        let (from, until) = read_days(file, row)?;
        into.roles.push(RoleRow {
            place: entry.place.clone(),
            person: format!("#{}", into.entries.len()),
            office: row.get("office").to_owned(),
            of: if row.get("of").is_empty() { entry.country.clone() } else { row.get("of").to_owned() },
            title: row.get("title").to_owned(),
            from,
            until,
            origin: entry.origin,
        });
    }
    into.entries.push(entry);
    Ok(())
}

/// A name must have a letter or digit, be one line, and be of a reasonable length.
fn check_name(name: &str) -> Result<(), (String, &'static str)> {
    if name.is_empty() {
        return Err(("no name".into(), "only `kind` and `name` must be filled, but they must be"));
    }
    let folded = fold::fold(name);
    if fold::letters(&folded).next().is_none() {
        return Err((format!("`{name}` has no letter"), "a name needs at least one letter or digit"));
    }
    if folded.len() >= fold::LONGEST || name.contains('\n') {
        return Err((
            format!("`{}…` is too long for a name", name.chars().take(40).collect::<String>()),
            "separate aliases with |",
        ));
    }
    if name.contains(';') {
        return Err((format!("`{name}` has a semicolon"), "separate aliases with |"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Entries, Vec<String>) {
        let (mut entries, mut problems) = (Entries::default(), Vec::new());
        read_entries("my.csv", text, &mut entries, &mut problems);
        (entries, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn kind_and_name_are_enough() {
        let (read, problems) = read("kind,name\norganization,Acme Corp.\n");
        assert_eq!((read.entries[0].name.as_str(), read.entries[0].kind), ("Acme Corp.", 2));
        assert!(problems.is_empty());
    }

    #[test]
    fn each_bad_row_has_one_problem_and_the_good_ones_stay() {
        let (read, problems) = read(
            "kind,name,gender,rank,key\npersn,Jane Doe,,,\nperson,,,,\nperson,Jane Doe,f,,\nperson,Jane Doe,,200,\n\
             person,Jane Doe,,,jane\nperson,...,,,\nperson,John Roe,male,,\n",
        );
        let names: Vec<_> = read.entries.iter().map(|e| e.name.as_str()).collect();
        assert_eq!(names, ["John Roe"]);
        assert_eq!(problems.len(), 6, "{problems:?}");
        assert_eq!(problems[0], "my.csv:2: unknown kind `persn`\nhint: did you mean `person`?");
        assert!(problems[1].starts_with("my.csv:3: no name"));
    }

    #[test]
    fn a_person_row_may_carry_an_office() {
        let (read, _) = read("kind,name,office,of,from\nperson,Jane Doe,spokesperson,org:acme,2019-05\n");
        let role = &read.roles[0];
        assert_eq!((role.person.as_str(), role.office.as_str(), role.from), ("#0", "spokesperson", 20190501));
    }

    #[test]
    fn suppress_takes_all_or_names() {
        let (read, _) = read("kind,name,suppress\ncountry,Chad,yes\ncountry,Turkey,Turkey\n");
        assert!(read.entries.is_empty());
        assert_eq!(read.suppressed[0].names, Vec::<String>::new());
        assert_eq!(read.suppressed[1].names, ["Turkey"]);
    }
}
