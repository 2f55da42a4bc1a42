//! `demarche gazetteer find NAME`: what is known under a name, since when, from where, and what decides between
//! those who share it.

use jiff::civil::Date;
use serde_json::json;

use super::Desk;
use crate::cli::output::{Look, Row};
use crate::lexicon::{Gazetteer, Kind, NameUse, Origin, Role};
use crate::text::EntryId;

pub(super) fn run(desk: &mut Desk<'_>, name: &str) -> anyhow::Result<bool> {
    let lexicon = desk.lexicon();
    let gazetteer = &lexicon.gazetteer;
    let mut found = gazetteer.find(name);
    if let Some(entry) = gazetteer.by_key(name) {
        found.push((entry, NameUse::Name));
    }
    found.dedup_by_key(|(entry, _)| *entry);
    let bearers: Vec<EntryId> = found.iter().map(|(entry, _)| *entry).collect();
    for (entry, name_use) in &found {
        // One at a time: offices and names stand beneath each.
        desk.output.rows_of(&[row(gazetteer, *entry, *name_use, &bearers)])?;
        for line in details(gazetteer, *entry) {
            desk.output.line(&format!("  {line}"), Look::Plain)?;
        }
    }
    if let Some(rule) = rule(gazetteer, name, &found) {
        desk.output.line(&format!("which one is meant: {rule}"), Look::Strong)?;
    }
    desk.output.finish()?;
    for entry in gazetteer.switched_off(name) {
        desk.messages.summary(format!("{} is switched off by a row of yours", gazetteer.entry(entry).key));
    }
    if found.is_empty() {
        let near = gazetteer.near(name).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        desk.messages
            .summary(format!("no entry is called `{name}`{near}; add one with --gazetteer FILE.csv"));
    }
    Ok(!found.is_empty())
}

/// What stands beneath an entry: its other names, offices with their days, sources.
fn details(gazetteer: &Gazetteer, id: EntryId) -> Vec<String> {
    let mut lines = Vec::new();
    let names = gazetteer.names_of(id);
    if names.len() > 1 {
        let shown = names.iter().map(|(name, name_use)| format!("{name} ({})", use_word(*name_use)));
        lines.push(format!("names: {}", shown.collect::<Vec<_>>().join(", ")));
    }
    let term = |role: &Role<'_>| {
        let day = |d: Option<Date>| d.map_or_else(String::new, |d| d.to_string());
        let title = if role.title.is_empty() { gazetteer.office_name(role.office) } else { role.title };
        let source = role.origins().map(|o| o.name).collect::<Vec<_>>().join("+");
        format!("{}–{} {title} of {} [{source}]", day(role.from), day(role.until), role.of)
    };
    lines.extend(gazetteer.roles_of(id).iter().map(term));
    let sources: Vec<String> = gazetteer.entry(id).origins().map(source).collect();
    if !sources.is_empty() {
        lines.push(format!("source: {}", sources.join(", ")));
    }
    lines
}

fn source(origin: Origin) -> String {
    if origin.licence.is_empty() {
        origin.name.to_owned()
    } else {
        format!("{} ({})", origin.name, origin.licence)
    }
}

fn use_word(name_use: NameUse) -> String {
    format!("{name_use:?}").to_lowercase()
}

/// What decides between the bearers of a name, in words; the mechanism is in the entity room.
fn rule(gazetteer: &Gazetteer, name: &str, found: &[(EntryId, NameUse)]) -> Option<String> {
    let mut rules: Vec<String> = Vec::new();
    if let Some(known) = gazetteer.ambiguity(name) {
        let clue = if known.rule.is_empty() { "" } else { "; " };
        rules.push(format!("senses {}{clue}{}", known.senses.replace('|', ", "), known.rule));
    }
    let kind = |id: &EntryId| gazetteer.entry(*id).kind;
    let people = found.iter().filter(|(id, _)| kind(id) == Kind::Person).count();
    let places = found.iter().filter(|(id, _)| kind(id) != Kind::Person).count();
    let stands_for =
        found.iter().any(|(_, name_use)| matches!(name_use, NameUse::Capital | NameUse::Metonym));
    let surname = found.iter().any(|(_, name_use)| *name_use == NameUse::Surname);
    if stands_for {
        rules.push("the government where it acts or is spoken to, else the place".to_owned());
    }
    if places > 1 && !stands_for {
        rules.push("the one whose country the article names otherwise; without a clue the first".to_owned());
    }
    if surname {
        rules.push("whom the article names in full; else who holds an office on its day".to_owned());
    }
    if people > 1 && !surname {
        rules.push("the one whose country the article names; else the first, if prominent".to_owned());
    }
    if people > 0 && places > 0 {
        rules.push("a person after a title, before a kin or where the article names one in full".to_owned());
    }
    (!rules.is_empty()).then(|| rules.join("; "))
}

fn row(gazetteer: &Gazetteer, id: EntryId, name_use: NameUse, bearers: &[EntryId]) -> Row {
    let entry = gazetteer.entry(id);
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
        (use_word(name_use), Look::Dim),
        (entry.country.to_owned(), Look::Dim),
        (format!("rank {}", entry.rank), Look::Dim),
    ];
    let sources = |origins: Vec<Origin>| {
        origins.iter().map(|o| json!({"name": o.name, "licence": o.licence})).collect::<Vec<_>>()
    };
    let roles: Vec<_> = gazetteer
        .roles_of(id)
        .iter()
        .map(|r| {
            json!({
                "title": r.title, "office": gazetteer.office_code(r.office), "of": r.of, "from": r.from,
                "until": r.until, "sources": sources(r.origins().collect()),
            })
        })
        .collect();
    let homonyms: Vec<&str> = bearers.iter().filter(|b| **b != id).map(|b| gazetteer.entry(*b).key).collect();
    let json = json!({
        "key": entry.key, "name": entry.name, "kind": kind, "subkind": entry.subkind, "country": entry.country,
        "parent": entry.parent, "gender": entry.gender, "rank": entry.rank, "names": names, "use": use_word(name_use),
        "roles": roles, "sources": sources(entry.origins().collect()), "homonyms": homonyms,
    });
    Row { cells, json }
}
