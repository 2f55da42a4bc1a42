//! What the gazetteer's files promise, checked on the files themselves.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use demarche::lexicon::Gazetteer;
use demarche::lexicon::reader::fold::{fold, letters};

const ENTITIES: [&str; 5] = ["people", "countries", "agencies", "organizations", "places"];

/// Offices of which a country or body has one holder at a time.
const SINGLE: [&str; 8] = [
    "president",
    "monarch",
    "supreme-leader",
    "pope",
    "prime-minister",
    "foreign-minister",
    "defence-minister",
    "un-secretary-general",
];

/// Words that may begin a person's name because the person is never called anything else.
const PART_OF_NAME: [&str; 6] = ["Pope", "King", "Queen", "Emperor", "Mullah", "Sheikh"];

type Row = HashMap<String, String>;

fn rows(name: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/gazetteer/{name}.csv"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

fn keys() -> HashSet<String> {
    ENTITIES.iter().flat_map(|name| rows(name)).map(|row| row["key"].clone()).collect()
}

#[test]
fn rows_are_sorted_and_keys_are_unique() {
    let mut wrong = Vec::new();
    let mut seen = HashSet::new();
    for name in ENTITIES {
        let order = |row: &Row| (letters(&fold(&row["name"])).collect::<Vec<u8>>(), row["key"].clone());
        let rows = rows(name);
        for pair in rows.windows(2).filter(|pair| order(&pair[0]) > order(&pair[1])) {
            wrong.push(format!("{name}: `{}` stands before `{}`", pair[0]["name"], pair[1]["name"]));
        }
        wrong.extend(
            rows.iter().filter(|r| !seen.insert(r["key"].clone())).map(|r| format!("{} twice", r["key"])),
        );
    }
    let roles = rows("roles");
    let order = |row: &Row| (row["person"].clone(), row["from"].clone());
    let unsorted = roles.windows(2).filter(|pair| order(&pair[0]) > order(&pair[1]));
    wrong.extend(unsorted.map(|pair| format!("roles: {} {}", pair[1]["person"], pair[1]["from"])));
    none(&wrong);
}

#[test]
fn everything_that_is_named_exists() {
    let keys = keys();
    let offices: HashSet<String> = rows("offices").into_iter().map(|row| row["office"].clone()).collect();
    let bodies: HashSet<String> = rows("ministries").into_iter().map(|row| row["body"].clone()).collect();
    let mut wrong = Vec::new();
    for row in ENTITIES.iter().flat_map(|name| rows(name)) {
        for column in ["country", "parent"] {
            let missing = row.get(column).filter(|key| !key.is_empty() && !keys.contains(*key));
            wrong.extend(missing.map(|key| format!("{}: no {column} {key}", row["key"])));
        }
        let body = row.get("body").filter(|body| !body.is_empty() && !bodies.contains(*body));
        wrong.extend(body.map(|body| format!("{}: no body {body}", row["key"])));
    }
    for role in rows("roles") {
        for (column, known) in [("person", &keys), ("of", &keys), ("office", &offices)] {
            if !known.contains(&role[column]) {
                wrong.push(format!("roles: no {column} {}", role[column]));
            }
        }
    }
    none(&wrong);
}

#[test]
fn a_seat_has_one_holder_a_day() {
    let mut seats: BTreeMap<(String, String), Vec<Row>> = BTreeMap::new();
    for role in rows("roles").into_iter().filter(|r| SINGLE.contains(&r["office"].as_str())) {
        seats.entry((role["office"].clone(), role["of"].clone())).or_default().push(role);
    }
    assert!(seats.len() > 700, "{} seats", seats.len());
    let mut wrong = Vec::new();
    for (seat, mut terms) in seats {
        terms.sort_by_key(|term| term["from"].clone());
        for pair in terms.windows(2) {
            if pair[0]["until"].is_empty() || pair[0]["until"] >= pair[1]["from"] {
                wrong.push(format!(
                    "{seat:?}: {} and {} on {}",
                    pair[0]["person"], pair[1]["person"], pair[1]["from"]
                ));
            }
        }
    }
    none(&wrong);
}

#[test]
fn names_are_names() {
    let gazetteer = Gazetteer::builtin();
    let offices: BTreeSet<Vec<u8>> = rows("offices")
        .iter()
        .flat_map(|row| {
            [&row["name"]]
                .into_iter()
                .cloned()
                .chain(row["variants"].split('|').map(str::to_owned))
                .collect::<Vec<_>>()
        })
        .map(|name| letters(&fold(&name)).collect())
        .collect();
    let titles = [
        "President",
        "Minister",
        "Ambassador",
        "Governor",
        "Senator",
        "Dr",
        "Dr.",
        "Sir",
        "Dame",
        "Lord",
        "Chairman",
    ];
    let mut wrong = Vec::new();
    for person in rows("people") {
        let name = &person["name"];
        let first = name.split(' ').next().unwrap_or_default();
        let only_title = offices.contains(&letters(&fold(name)).collect::<Vec<u8>>());
        let titled = titles.contains(&first) && !PART_OF_NAME.contains(&first) && name.split(' ').count() > 2;
        let odd = name.contains(['(', '[', '"', ';', '/', '?']) || name.contains(char::is_numeric);
        if only_title || titled || odd {
            wrong.push(format!("{}: `{name}`", person["key"]));
        }
        let aliases: Vec<&str> = person["aliases"].split('|').filter(|a| !a.is_empty()).collect();
        let unique: BTreeSet<&&str> = aliases.iter().collect();
        if unique.len() != aliases.len() || aliases.contains(&name.as_str()) {
            wrong.push(format!("{}: an alias twice", person["key"]));
        }
    }
    none(&wrong);
    assert!(gazetteer.by_key("iso:US").is_some());
}

#[test]
fn the_embedded_tables_are_small() {
    let size = std::fs::metadata(concat!(env!("OUT_DIR"), "/gazetteer.bin")).unwrap().len();
    assert!(size <= 3 << 20, "{size} bytes");
    assert!(size > 1 << 20, "{size} bytes: something is missing");
}

/// The people of the big stories hold the right office on the right day.
#[test]
fn big_stories_find_their_people() {
    let gazetteer = Gazetteer::builtin();
    let table = [
        ("2003-03-20", "Colin Powell", "foreign-minister", "iso:US"),
        ("2003-03-20", "Hans Blix", "igo-head", "org:united-nations"),
        ("2003-03-20", "Saddam Hussein", "president", "iso:IQ"),
        ("2008-08-08", "Mikhail Saakashvili", "president", "iso:GE"),
        ("2011-02-01", "Hosni Mubarak", "president", "iso:EG"),
        ("2011-03-01", "Moammar Gadhafi", "head-of-state", "iso:LY"),
        ("2014-03-01", "John Kerry", "foreign-minister", "iso:US"),
        ("2014-03-01", "Sergei Lavrov", "foreign-minister", "iso:RU"),
        ("2015-07-14", "Mohammad Javad Zarif", "foreign-minister", "iso:IR"),
        ("2018-06-12", "Kim Jong Un", "supreme-leader", "iso:KP"),
        ("2020-03-11", "Tedros Adhanom Ghebreyesus", "igo-head", "org:who"),
        ("2021-03-18", "Zhao Lijian", "spokesperson", "iso:CN"),
        ("2021-03-18", "Choe Son Hui", "deputy-foreign-minister", "iso:KP"),
        ("2021-03-18", "Chung Eui-yong", "foreign-minister", "iso:KR"),
        ("2022-02-24", "Volodymyr Zelenskyy", "president", "iso:UA"),
        ("2022-02-24", "Jens Stoltenberg", "igo-head", "org:nato"),
        ("2023-10-07", "Benjamin Netanyahu", "prime-minister", "iso:IL"),
        ("2023-10-07", "Yahya Sinwar", "rebel-leader", "org:hamas"),
        ("2024-07-30", "Ali Khamenei", "supreme-leader", "iso:IR"),
        ("2025-05-08", "Pope Leo XIV", "pope", "iso:VA"),
    ];
    let mut wrong = Vec::new();
    for (day, name, office, of) in table {
        let code = gazetteer.office_by_code(office).unwrap();
        let holders = gazetteer.holders(code, of, day.parse().ok());
        if !holders.iter().any(|role| gazetteer.entry(role.person).name == name) {
            let names: Vec<_> = holders.iter().map(|role| gazetteer.entry(role.person).name).collect();
            wrong.push(format!("{day} {office} of {of}: {name}? {names:?}"));
        }
    }
    none(&wrong);
}
