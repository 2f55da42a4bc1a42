//! `demarche gazetteer find NAME`: what is known under a name.

use serde_json::json;

use super::Desk;
use crate::cli::output::{Look, Row};
use crate::lexicon::{Gazetteer, NameUse, Role};
use crate::text::EntryId;

pub(super) fn run(desk: &mut Desk<'_>, name: &str) -> anyhow::Result<bool> {
    let lexicon = desk.lexicon();
    let gazetteer = &lexicon.gazetteer;
    let mut found = gazetteer.find(name);
    if let Some(entry) = gazetteer.by_key(name) {
        found.push((entry, NameUse::Name));
    }
    found.dedup_by_key(|(entry, _)| *entry);
    let rows: Vec<Row> = found.iter().map(|(entry, name_use)| row(gazetteer, *entry, *name_use)).collect();
    desk.output.rows_of(&rows)?;
    desk.output.finish()?;
    if rows.is_empty() {
        desk.messages.summary(format!("no entry is called `{name}`; add one with --gazetteer FILE.csv"));
    }
    Ok(!rows.is_empty())
}

fn row(gazetteer: &Gazetteer, id: EntryId, name_use: NameUse) -> Row {
    let entry = gazetteer.entry(id);
    let roles = gazetteer.roles_of(id);
    let term = |role: &Role<'_>| {
        let day = |d: Option<jiff::civil::Date>| d.map_or_else(String::new, |d| d.to_string());
        format!("{} of {} {}–{}", role.title, role.of, day(role.from), day(role.until))
    };
    let shown: Vec<String> = roles.iter().rev().take(3).map(term).collect();
    let kind = serde_json::to_value(entry.kind).unwrap_or_default();
    let names: Vec<String> = gazetteer.names_of(id).into_iter().map(|(name, _)| name).collect();
    let sort = match entry.subkind {
        "" => kind.as_str().unwrap_or("").to_owned(),
        subkind => format!("{}/{subkind}", kind.as_str().unwrap_or("")),
    };
    let cells = vec![
        (entry.key.to_owned(), Look::Dim),
        (entry.name.to_owned(), Look::Strong),
        (sort, Look::Plain),
        (format!("{name_use:?}").to_lowercase(), Look::Dim),
        (entry.country.to_owned(), Look::Dim),
        (shown.join("; "), Look::Plain),
    ];
    let roles: Vec<_> = roles
        .iter()
        .map(|r| json!({"title": r.title, "of": r.of, "from": r.from, "until": r.until}))
        .collect();
    let json = json!({
        "key": entry.key, "name": entry.name, "kind": kind, "subkind": entry.subkind, "country": entry.country,
        "parent": entry.parent, "gender": entry.gender, "rank": entry.rank, "names": names, "roles": roles,
    });
    Row { cells, json }
}
