//! The gazetteer's rows, checked against one another, become one flat block.
//!
//! In: the rows of all files of a layer, and the layer below, if there is one. Out: the block of
//! [`super::flat`], and a problem for each row that names something that does not exist ("no such
//! country `iso:XX`"), for a person whose name is only a title, and for a key given twice. `build.rs`
//! calls [`build`] on `data/gazetteer`; `Lexicon::with_gazetteer` calls [`compile`] on the user's
//! files with the built-in layer below: one code, the same checks.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use super::super::problem::{Problem, nearest};
use super::entry::{Entries, EntryRow, read_entries};
use super::flat::{self, Flat, NameTable, number};
use super::fold::{fold, hash, letters, slug};
use super::term::{self, BodyRow, OfficeRow, RoleRow};

/// The uses of a name, in the order of their codes; the same as `NameUse`.
const NAME: u32 = 0;
const ALIAS: u32 = 1;
const ACRONYM: u32 = 2;
const SURNAME: u32 = 3;
const ADJECTIVE: u32 = 4;
const DEMONYM: u32 = 5;
const CAPITAL: u32 = 6;
const METONYM: u32 = 7;

/// The rows of one layer.
#[derive(Default)]
pub struct Rows {
    /// Entities, with the roles given in their rows.
    pub entries: Entries,
    /// Terms of office.
    pub roles: Vec<RoleRow>,
    /// Offices.
    pub offices: Vec<OfficeRow>,
    /// Bodies that every country has.
    pub bodies: Vec<BodyRow>,
    /// Given names and genders.
    pub given_names: Vec<(String, u8)>,
    /// Ambiguous names.
    pub ambiguous: Vec<[String; 4]>,
}

/// What a layer may ask of the layer below. Ids of the layer begin where those below end.
pub trait Below {
    /// How many entries, offices and bodies there are.
    fn counts(&self) -> [u32; 3];
    /// The entry with a key.
    fn entry(&self, key: &str) -> Option<u32>;
    /// The key of the one entry of a kind with this name.
    fn named(&self, kind: u8, name: &str) -> Option<String>;
    /// The office with a code.
    fn office(&self, code: &str) -> Option<u32>;
    /// The body with a code.
    fn body(&self, code: &str) -> Option<u32>;
    /// True if this is the name of an office.
    fn is_office_name(&self, name: &str) -> bool;
    /// The codes of all offices.
    fn offices(&self) -> Vec<String>;
}

/// Nothing below: the built-in layer.
pub struct Nothing;

impl Below for Nothing {
    fn counts(&self) -> [u32; 3] {
        [0; 3]
    }
    fn entry(&self, _: &str) -> Option<u32> {
        None
    }
    fn named(&self, _: u8, _: &str) -> Option<String> {
        None
    }
    fn office(&self, _: &str) -> Option<u32> {
        None
    }
    fn body(&self, _: &str) -> Option<u32> {
        None
    }
    fn is_office_name(&self, _: &str) -> bool {
        false
    }
    fn offices(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Reads all of `folder` and writes the block to `target`; called by `build.rs`.
pub fn build(folder: &Path, target: &Path) -> Vec<Problem> {
    let (mut rows, mut problems) = (Rows::default(), Vec::new());
    let entities = ["people", "countries", "agencies", "organizations", "places"];
    let others = ["roles", "offices", "ministries", "given_names", "ambiguous"];
    for name in entities.iter().chain(&others) {
        let path = folder.join(format!("{name}.csv"));
        let file = path.display().to_string();
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                problems.push(Problem::new(&file, 0, error.to_string()));
                continue;
            }
        };
        match *name {
            "roles" => rows.roles = term::read_roles(&file, &text, &mut problems),
            "offices" => rows.offices = term::read_offices(&file, &text, &mut problems),
            "ministries" => rows.bodies = term::read_bodies(&file, &text, &mut problems),
            "given_names" => rows.given_names = term::read_given_names(&file, &text, &mut problems),
            "ambiguous" => rows.ambiguous = term::read_ambiguous(&file, &text, &mut problems),
            _ => read_entries(&file, &text, &mut rows.entries, &mut problems),
        }
    }
    let block = compile(rows, &Nothing, &mut problems);
    if let Err(error) = std::fs::write(target, block) {
        problems.push(Problem::new(&target.display().to_string(), 0, error.to_string()));
    }
    problems
}

/// Checks the rows against one another and against the layer below, and makes the block.
pub fn compile(rows: Rows, below: &dyn Below, problems: &mut Vec<Problem>) -> Vec<u8> {
    let Rows {
        entries: Entries { mut entries, roles: own_roles, .. },
        mut roles,
        mut offices,
        mut bodies,
        ..
    } = rows;
    let [entries_below, offices_below, bodies_below] = below.counts();
    offices.sort_by(|a, b| a.code.cmp(&b.code));
    bodies.sort_by(|a, b| a.code.cmp(&b.code));
    give_keys(&mut entries, below);
    for mut role in own_roles {
        if let Some(owner) =
            role.person.strip_prefix('#').and_then(|n| n.parse::<usize>().ok()).and_then(|n| entries.get(n))
        {
            role.person = owner.key.clone();
            roles.push(role);
        }
    }
    let titles: HashSet<Vec<u8>> =
        offices.iter().flat_map(|o| o.variants.iter().chain([&o.name])).map(|n| title_key(n)).collect();
    entries.retain(|entry| {
        let title = entry.kind == 0
            && (titles.contains(&title_key(&entry.name)) || below.is_office_name(&entry.name));
        if title {
            problems.push(
                at(&entry.place, format!("`{}` is only a title", entry.name)).hint("a person needs a name"),
            );
        }
        !title
    });
    let strict = entries_below == 0;
    for (place, origin) in entries
        .iter_mut()
        .map(|e| (&e.place, &mut e.origin))
        .chain(roles.iter_mut().map(|r| (&r.place, &mut r.origin)))
        .filter(|(_, origin)| **origin == 0)
    {
        *origin = super::origin::USER;
        if strict {
            problems.push(
                at(place, "no source, or one without a licence".to_owned())
                    .hint(format!("the sources are {}", super::origin::ORIGINS.map(|o| o.name).join(", "))),
            );
        }
    }
    let mut entries = unique(entries, strict, problems);
    let known: HashSet<String> = entries.keys().cloned().collect();
    let exists = |key: &str| known.contains(key) || below.entry(key).is_some();
    entries.retain(|_, entry| {
        for key in [&mut entry.country, &mut entry.parent] {
            let iso = format!("iso:{}", key.to_uppercase());
            if key.len() == 2 && exists(&iso) {
                *key = iso;
            }
            if !key.is_empty() && !exists(key) {
                problems.push(
                    at(&entry.place, format!("no such entry `{key}`"))
                        .hint("name a country by its key: iso:US"),
                );
                return false;
            }
        }
        true
    });
    add_bodies(&mut entries, &bodies);

    let mut flat = Flat::new();
    let ids: HashMap<&str, u32> =
        entries.keys().enumerate().map(|(n, key)| (key.as_str(), entries_below + number(n))).collect();
    let entry_id = |key: &str| ids.get(key).copied().or_else(|| below.entry(key));
    let office_id = |code: &str| match offices.binary_search_by(|o| o.code.as_str().cmp(code)) {
        Ok(n) => Some(offices_below + number(n)),
        Err(_) => below.office(code),
    };
    let body_id = |code: &str| match bodies.binary_search_by(|b| b.code.as_str().cmp(code)) {
        Ok(n) => Some(bodies_below + number(n)),
        Err(_) => below.body(code),
    };
    push_entries(&mut flat, &entries, entries_below);
    push_body_of(&mut flat, &entries, &entry_id, &body_id, problems);
    push_offices(&mut flat, &offices, offices_below);
    push_bodies(&mut flat, &bodies, bodies_below, &office_id, problems);
    let by_name: HashMap<&str, &str> =
        entries.iter().filter(|(_, e)| e.kind == 0).map(|(key, e)| (e.name.as_str(), key.as_str())).collect();
    push_roles(&mut flat, roles, problems, &|role| {
        let person = entry_id(&role.person)
            .or_else(|| by_name.get(role.person.as_str()).and_then(|key| entry_id(key)))
            .or_else(|| below.named(0, &role.person).and_then(|key| entry_id(&key)));
        let of = match role.of.len() {
            2 => format!("iso:{}", role.of.to_uppercase()),
            _ => role.of.clone(),
        };
        let missing = |what: &str, name: &str| at(&role.place, format!("no such {what} `{name}`"));
        let person = person.ok_or_else(|| missing("person", &role.person))?;
        let office = office_id(&role.office).ok_or_else(|| {
            let codes = below.offices();
            let codes = codes.iter().map(String::as_str).chain(offices.iter().map(|o| o.code.as_str()));
            match nearest(&role.office, &codes.collect::<Vec<_>>()) {
                Some(near) => missing("office", &role.office).hint(format!("did you mean `{near}`?")),
                None => missing("office", &role.office).hint("the offices are in data/gazetteer/offices.csv"),
            }
        })?;
        entry_id(&of).ok_or_else(|| {
            missing("country or body", &role.of).hint("name it by its key: iso:US, org:united-nations")
        })?;
        Ok((person, office, of))
    });
    let mut given = NameTable::default();
    rows.given_names.iter().for_each(|(name, gender)| given.put(fold(name), u32::from(*gender), 0, 0));
    flat.push_names(flat::GIVEN_NAMES, given);
    let mut ambiguous = rows.ambiguous;
    ambiguous.sort();
    for row in &ambiguous {
        let row = [0, 1, 2, 3].map(|n| flat.strings.put(&row[n]));
        flat.push(flat::AMBIGUOUS, &row);
    }
    flat.finish()
}

/// A problem at a row.
fn at(place: &(String, usize), message: String) -> Problem {
    Problem::new(&place.0, place.1, message)
}

/// How a title is compared with a person's name.
fn title_key(name: &str) -> Vec<u8> {
    letters(&fold(name)).collect()
}

/// Gives a key to each entry without one: that of the entry below with the same name, or a slug.
fn give_keys(entries: &mut [EntryRow], below: &dyn Below) {
    for entry in entries.iter_mut().filter(|e| e.key.is_empty()) {
        let prefix = match entry.kind {
            0 => "person",
            1 => "country",
            2 => "org",
            3 => "place",
            4 => "group",
            _ => "other",
        };
        entry.key =
            below.named(entry.kind, &entry.name).unwrap_or_else(|| format!("{prefix}:{}", slug(&entry.name)));
    }
}

/// Entries by key; a key given twice is a problem in the built-in layer, else the later row wins.
fn unique(rows: Vec<EntryRow>, strict: bool, problems: &mut Vec<Problem>) -> BTreeMap<String, EntryRow> {
    let mut entries = BTreeMap::new();
    for row in rows {
        let place = row.place.clone();
        if let Some(old) = entries.insert(row.key.clone(), row)
            && (strict || old.place.0 == place.0)
        {
            problems.push(at(
                &place,
                format!("the key `{}` is on line {} of {} too", old.key, old.place.1, old.place.0),
            ));
        }
    }
    entries
}

/// Adds "North Korean Foreign Ministry" and its like for each country that has no such entry.
fn add_bodies(entries: &mut BTreeMap<String, EntryRow>, bodies: &[BodyRow]) {
    let taken: HashSet<(String, String)> =
        entries.values().map(|e| (e.country.clone(), e.body.clone())).collect();
    let mut made = Vec::new();
    for (key, country) in
        entries.iter().filter(|(_, e)| e.kind == 1 && e.subkind != "historical" && e.subkind != "territory")
    {
        let code = key.strip_prefix("iso:").map_or_else(|| slug(&country.name), str::to_lowercase);
        let adjective = country.adjectives.first().unwrap_or(&country.name);
        for body in bodies.iter().filter(|b| !taken.contains(&(key.clone(), b.code.clone()))) {
            made.push(EntryRow {
                kind: 2,
                name: format!("{adjective} {}", body.name),
                key: format!("org:{code}-{}", body.code),
                subkind: body.subkind.clone(),
                country: key.clone(),
                body: body.code.clone(),
                rank: 60,
                origin: country.origin,
                ..EntryRow::default()
            });
        }
    }
    for entry in made {
        entries.entry(entry.key.clone()).or_insert(entry);
    }
}

fn push_entries(flat: &mut Flat, entries: &BTreeMap<String, EntryRow>, first: u32) {
    let mut names = NameTable::default();
    let mut surnames = Vec::new();
    for (n, (key, e)) in entries.iter().enumerate() {
        let id = first + number(n);
        let [key, name] = flat.strings.put_pair(key, &e.name);
        flat.push(flat::ENTRIES, &[key]);
        for (field, text) in [&e.country, &e.subkind, &e.parent, &e.family].into_iter().enumerate() {
            let word = flat.word(flat::ENTRIES, n, field, text);
            flat.push_bytes(flat::ENTRIES, &word.to_le_bytes());
        }
        flat.push_bytes(flat::ENTRIES, &[e.kind, e.gender, e.rank, e.origin]);
        // A body made from a template is found through its country: see `BODY_NAMES`.
        if !e.place.0.is_empty() {
            push_names(&mut names, id, e, name);
        }
        if e.kind == 0
            && let Some(family) = if e.family.is_empty() {
                e.name.rsplit_once(' ').map(|(_, last)| last)
            } else {
                Some(e.family.as_str())
            }
            && family.chars().any(char::is_lowercase)
        {
            surnames.push(hash(letters(&fold(family))));
        }
    }
    flat.push_names(flat::NAMES, names);
    surnames.sort_unstable();
    surnames.dedup();
    flat.push(flat::SURNAMES, &surnames);
}

/// Adds all names of an entry, each text once: as what it is first. `string` is where its name stands.
fn push_names(names: &mut NameTable, id: u32, e: &EntryRow, string: u32) {
    let mut seen: Vec<Vec<u8>> = Vec::new();
    let groups = [
        (NAME, std::slice::from_ref(&e.name)),
        (ALIAS, &e.aliases),
        (ADJECTIVE, &e.adjectives),
        (DEMONYM, &e.demonyms),
        (CAPITAL, &e.capitals),
        (METONYM, &e.metonyms),
        (SURNAME, &e.alone),
    ];
    for (name_use, group) in groups {
        for name in group {
            let folded = fold(name);
            if seen.contains(&folded) && name_use != ADJECTIVE {
                continue;
            }
            let one_word = !folded.contains(&b' ');
            let acronym = one_word
                && folded.len() > 1
                && !folded.iter().any(u8::is_ascii_lowercase)
                && folded.iter().any(u8::is_ascii_uppercase);
            let comma = if name.contains(',') { flat::COMMA } else { 0 };
            let flags =
                comma | if one_word { flat::ONE_WORD } else { 0 } | if acronym { flat::ACRONYM } else { 0 };
            let name_use = if acronym && name_use <= ALIAS { ACRONYM } else { name_use };
            let same = folded == e.name.as_bytes();
            names.put_shared(folded.clone(), id, name_use, flags, same.then_some(string));
            seen.push(folded);
        }
    }
}

fn push_offices(flat: &mut Flat, offices: &[OfficeRow], first: u32) {
    let mut names = NameTable::default();
    for (n, office) in offices.iter().enumerate() {
        let [code, name, scope, body] =
            [&office.code, &office.name, &office.scope, &office.body].map(|text| flat.strings.put(text));
        flat.push(flat::OFFICES, &[code, name, scope, body, u32::from(office.rank)]);
        let all: Vec<String> = [&office.name].into_iter().chain(&office.variants).cloned().collect();
        for name in term::with_plurals(&all) {
            // "PM", "MP", "VP" are upper case or something else: "10 pm".
            let flags = if name.len() < 4 && name.chars().all(char::is_uppercase) {
                flat::ACRONYM
            } else {
                flat::ANY_CASE
            };
            names.put(fold(&name), first + number(n), 0, flags);
        }
    }
    flat.push_names(flat::OFFICE_NAMES, names);
}

fn push_bodies(
    flat: &mut Flat,
    bodies: &[BodyRow],
    first: u32,
    office_id: &dyn Fn(&str) -> Option<u32>,
    problems: &mut Vec<Problem>,
) {
    let mut names = NameTable::default();
    for (n, body) in bodies.iter().enumerate() {
        if !body.office.is_empty() && office_id(&body.office).is_none() {
            problems.push(at(&body.place, format!("no such office `{}`", body.office)));
        }
        let [code, name, subkind] =
            [&body.code, &body.name, &body.subkind].map(|text| flat.strings.put(text));
        flat.push(flat::BODIES, &[code, name, office_id(&body.office).unwrap_or(u32::MAX), subkind]);
        for name in body.variants.iter().chain([&body.name]) {
            let flags = if name.chars().all(char::is_uppercase) { flat::ACRONYM } else { flat::ANY_CASE };
            names.put(fold(name), first + number(n), 0, flags);
        }
    }
    flat.push_names(flat::BODY_NAMES, names);
}

fn push_body_of(
    flat: &mut Flat,
    entries: &BTreeMap<String, EntryRow>,
    entry_id: &dyn Fn(&str) -> Option<u32>,
    body_id: &dyn Fn(&str) -> Option<u32>,
    problems: &mut Vec<Problem>,
) {
    let mut rows = Vec::new();
    for (key, e) in entries.iter().filter(|(_, e)| !e.body.is_empty()) {
        match (body_id(&e.body), entry_id(&e.country), entry_id(key)) {
            (Some(body), Some(country), Some(entry)) => rows.push([body, country, entry]),
            (None, ..) => problems.push(
                at(&e.place, format!("no such body `{}`", e.body))
                    .hint("the bodies are in data/gazetteer/ministries.csv"),
            ),
            _ => problems.push(
                at(&e.place, format!("`{}` is a body of no country", e.name))
                    .hint("fill the column `country`"),
            ),
        }
    }
    rows.sort_unstable();
    for pair in rows.windows(2).filter(|pair| pair[0][..2] == pair[1][..2]) {
        let name =
            |id: u32| entries.keys().find(|key| entry_id(key) == Some(id)).cloned().unwrap_or_default();
        problems.push(Problem::new(
            "agencies",
            0,
            format!("`{}` and `{}` are the same body of one country", name(pair[0][2]), name(pair[1][2])),
        ));
    }
    rows.iter().for_each(|row| flat.push(flat::BODY_OF, row));
}

/// A role's references: the person's id, the office's id, the key of the country or body.
type Resolved = Result<(u32, u32, String), Problem>;

fn push_roles(
    flat: &mut Flat,
    roles: Vec<RoleRow>,
    problems: &mut Vec<Problem>,
    resolve: &dyn Fn(&RoleRow) -> Resolved,
) {
    let mut rows = Vec::new();
    for role in &roles {
        match resolve(role) {
            Ok((person, office, of)) => {
                rows.push((person, role.from, office, of, role.title.as_str(), role.until, role.origin))
            }
            Err(problem) => problems.push(problem),
        }
    }
    rows.sort();
    for (n, (person, from, office, of, title, until, origin)) in rows.iter().enumerate() {
        flat.push(flat::ROLES, &[*person]);
        let of = flat.word(flat::ROLES, n, 0, of);
        let title = flat.word(flat::ROLES, n, 1, title);
        let office = u16::try_from(*office).unwrap_or(u16::MAX);
        for word in [office, of, title] {
            flat.push_bytes(flat::ROLES, &word.to_le_bytes());
        }
        // A day takes 22 bits of three bytes; the source of the row the two above each.
        let origin = u32::from(*origin).checked_ilog2().unwrap_or(7);
        for number in
            [flat::pack_day(*from) | (origin & 3) << 22, flat::pack_day(*until) | (origin >> 2 & 3) << 22]
        {
            flat.push_bytes(flat::ROLES, &number.to_le_bytes()[..3]);
        }
    }
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| {
        let key = |n: &usize| (rows[*n].2, &rows[*n].3, rows[*n].1, rows[*n].0);
        key(a).cmp(&key(b))
    });
    order.iter().for_each(|n| flat.push(flat::HOLDERS, &[number(*n)]));
}
