//! The built-in tables and a user's layer, asked through the public interface.

use super::*;
use crate::text::Span;

/// Tokens as a test writes them: `~` joins a token to the one before without a space.
fn tokens(words: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for word in words.split(' ') {
        let word = match word.strip_prefix('~') {
            Some(word) => word,
            None => {
                if !text.is_empty() {
                    text.push(' ');
                }
                word
            }
        };
        spans.push(Span::new(text.len(), text.len() + word.len()));
        text.push_str(word);
    }
    (text, spans)
}

/// The matches at the first token: key, tokens, use.
fn at(gazetteer: &Gazetteer, words: &str) -> Vec<(String, u16, NameUse)> {
    let (text, spans) = tokens(words);
    let matches = gazetteer.names_at(&text, &spans);
    matches.iter().map(|m| (gazetteer.entry(m.entry).key.to_owned(), m.tokens, m.name_use)).collect()
}

fn first(words: &str) -> Option<(String, u16, NameUse)> {
    at(&Gazetteer::builtin(), words).into_iter().next()
}

#[test]
fn names_are_found_however_they_were_tokenised() {
    let table = [
        ("North Korea said", "iso:KP", 2, NameUse::Name),
        ("NORTH KOREA SAYS", "iso:KP", 2, NameUse::Name),
        ("South Korean officials", "iso:KR", 2, NameUse::Adjective),
        ("U.S. officials", "iso:US", 1, NameUse::Acronym),
        ("US officials", "iso:US", 1, NameUse::Acronym),
        ("U ~. ~S ~. officials", "iso:US", 3, NameUse::Acronym),
        ("China ~'s envoy", "iso:CN", 1, NameUse::Name),
        ("Beijing said", "iso:CN", 1, NameUse::Capital),
        ("Kremlin aides", "iso:RU", 1, NameUse::Metonym),
        ("WHO experts", "org:who", 1, NameUse::Acronym),
        ("W.H.O. experts", "org:who", 1, NameUse::Acronym),
        ("Workers ~' Party of Korea", "org:wpk", 5, NameUse::Name),
        ("Russian Defense Ministry", "org:ru-defence-ministry", 3, NameUse::Name),
        ("North Korean foreign ministry", "org:kp-foreign-ministry", 4, NameUse::Name),
        ("Ministry of Foreign Affairs of the Philippines", "org:ph-foreign-ministry", 7, NameUse::Name),
        ("Bureau of Alcohol ~, Tobacco ~, Firearms and Explosives", "org:atf", 9, NameUse::Name),
        ("Türkiye", "iso:TR", 1, NameUse::Alias),
        ("Al ~- ~Qaida", "org:al-qaida", 3, NameUse::Name),
    ];
    for (words, key, length, name_use) in table {
        assert_eq!(first(words), Some((key.to_owned(), length, name_use)), "{words}");
    }
}

#[test]
fn people_are_found_in_several_spellings() {
    let gazetteer = Gazetteer::builtin();
    for words in [
        "Chung Eui-yong met",
        "Chung Eui ~- ~yong met",
        "Chung Eui‑yong met",
        "CHUNG EUI-YONG MET",
        "Chung Eui Yong met",
    ] {
        let (text, spans) = tokens(words);
        let best = *gazetteer.names_at(&text, &spans).first().unwrap_or_else(|| panic!("{words}"));
        assert_eq!(gazetteer.entry(best.entry).name, "Chung Eui-yong", "{words}");
    }
    for words in
        ["Péter Szijjártó", "Peter Szijjarto", "J.D. Vance", "J. ~D. Vance", "J. D. Vance", "JD Vance"]
    {
        assert_eq!(first(words).map(|m| m.2), Some(NameUse::Name), "{words}");
    }
}

#[test]
fn words_are_no_names() {
    let table = [
        "the Kremlin",
        "I ran for office",
        "To go home",
        "turkey prices",
        "us and them",
        "who said",
        "Who said",
        "It is",
        "korea",
        "Northkorea",
        "polish the",
        "uS",
        "China ~, North",
    ];
    for words in &table[..table.len() - 1] {
        assert_eq!(first(words), None, "{words}");
    }
    assert_eq!(first(table[table.len() - 1]).map(|m| m.1), Some(1));
}

#[test]
fn a_name_with_several_senses_has_them_all() {
    let gazetteer = Gazetteer::builtin();
    let keys = |words: &str| at(&gazetteer, words).into_iter().map(|m| m.0).collect::<Vec<_>>();
    assert_eq!(keys("Georgia")[..2], ["iso:GE", "iso:US-GA"]);
    assert!(
        keys("Washington").contains(&"iso:US".to_owned())
            && keys("Washington").contains(&"iso:US-WA".to_owned())
    );
    assert!(keys("Beijing").iter().any(|k| k.starts_with("geonames:")));
    assert_eq!(gazetteer.ambiguity("Georgia").map(|a| a.default), Some("doc"));
}

#[test]
fn offices_are_found_in_any_case_one_or_many() {
    let gazetteer = Gazetteer::builtin();
    let table = [
        ("Secretary of State Jane", "foreign-minister", 3),
        ("first vice foreign minister", "deputy-foreign-minister", 4),
        ("foreign ministers met", "foreign-minister", 2),
        ("Secretaries of State", "foreign-minister", 3),
        ("spokeswoman", "spokesperson", 1),
        ("DEFENSE SECRETARY", "defence-minister", 2),
        ("Gen. John", "military-commander", 1),
        ("chancellor", "prime-minister", 1),
        ("director general", "igo-head", 2),
        ("prime minister", "prime-minister", 2),
    ];
    for (words, code, length) in table {
        let (text, spans) = tokens(words);
        let found = gazetteer.office_at(&text, &spans).unwrap_or_else(|| panic!("{words}"));
        assert_eq!((gazetteer.office_code(found.office), found.tokens), (code, length), "{words}");
    }
    for words in ["10 pm", "pm", "general-purpose", "ministerial"] {
        let (text, spans) = tokens(words);
        assert_eq!(gazetteer.office_at(&text, &spans[spans.len() - 1..]), None, "{words}");
    }
}

#[test]
fn offices_resolve_by_day() {
    let gazetteer = Gazetteer::builtin();
    let table = [
        ("foreign-minister", "iso:US", "2021-03-18", "Antony Blinken"),
        ("foreign-minister", "iso:US", "2019-05-01", "Mike Pompeo"),
        ("foreign-minister", "iso:KR", "2021-03-18", "Chung Eui-yong"),
        ("defence-minister", "iso:US", "2021-03-18", "Lloyd Austin"),
        ("president", "iso:US", "2021-03-18", "Joe Biden"),
        ("president", "iso:US", "2018-01-01", "Donald Trump"),
        ("prime-minister", "iso:GB", "2021-03-18", "Boris Johnson"),
        ("president", "iso:RU", "2021-03-18", "Vladimir Putin"),
        ("un-secretary-general", "org:united-nations", "2021-03-18", "António Guterres"),
    ];
    for (office, of, day, name) in table {
        let office = gazetteer.office_by_code(office).unwrap();
        let holders = gazetteer.holders(office, of, Some(day.parse().unwrap()));
        let names: Vec<_> = holders.iter().map(|r| gazetteer.entry(r.person).name).collect();
        assert_eq!(names, [name], "{of} {day}");
    }
}

#[test]
fn the_bare_name_of_a_body_finds_its_country() {
    let gazetteer = Gazetteer::builtin();
    let name = |n: &str, of: &str| gazetteer.agency_named(n, of).map(|id| gazetteer.entry(id).name);
    assert_eq!(name("Foreign Ministry", "iso:KR"), Some("South Korean Foreign Ministry"));
    assert_eq!(name("defence ministry", "iso:US"), Some("U.S. Defense Department"));
    assert_eq!(name("Moon Ministry", "iso:KR"), None);
}

#[test]
fn given_names_and_family_names() {
    let gazetteer = Gazetteer::builtin();
    assert_eq!(gazetteer.given_name("Antony"), Some(Some(Gender::Male)));
    assert_eq!(gazetteer.given_name("Ursula"), Some(Some(Gender::Female)));
    assert_eq!(gazetteer.given_name("Kim"), Some(None));
    assert_eq!(gazetteer.given_name("will"), None);
    assert!(gazetteer.is_surname("Blinken") && !gazetteer.is_surname("Table"));
    let family = |words: &str| {
        let (text, spans) = tokens(words);
        gazetteer.family_name(gazetteer.names_at(&text, &spans)[0].entry)
    };
    assert_eq!(family("Zhao Lijian"), "Zhao");
    assert_eq!(family("Ursula von der Leyen"), "von der Leyen");
    assert_eq!(family("Antony Blinken"), "Blinken");
}

fn with(csv: &str) -> (Gazetteer, Vec<String>) {
    let mut problems = Vec::new();
    let gazetteer = Gazetteer::builtin().with_texts(&[("my.csv".into(), csv.into())], &mut problems);
    (gazetteer, problems.iter().map(ToString::to_string).collect())
}

#[test]
fn a_users_row_adds_a_name() {
    let (gazetteer, problems) = with(
        "kind,name,aliases,country,office,of,from\norganization,Acme Widgets,Acme|AWC,US,,,\n\
         person,Jane Q. Doe,Jane Doe,US,spokesperson,org:acme-widgets,2019-05\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(at(&gazetteer, "AWC said")[0], ("org:acme-widgets".into(), 1, NameUse::Acronym));
    let jane = gazetteer.by_key("person:jane-q-doe").unwrap();
    assert_eq!(gazetteer.roles_of(jane)[0].of, "org:acme-widgets");
    assert_eq!(at(&gazetteer, "North Korea")[0].0, "iso:KP");
}

#[test]
fn a_users_row_replaces_and_keeps_the_offices() {
    let (gazetteer, _) = with("kind,name,aliases,rank\nperson,Antony Blinken,Blinky,99\n");
    let found = at(&gazetteer, "Antony Blinken");
    assert_eq!(found.len(), 1, "{found:?}");
    let id = gazetteer.by_key(&found[0].0).unwrap();
    assert_eq!(gazetteer.entry(id).rank, 99);
    assert!(gazetteer.roles_of(id).iter().any(|r| r.of == "iso:US"));
    let office = gazetteer.office_by_code("foreign-minister").unwrap();
    assert_eq!(gazetteer.holders(office, "iso:US", "2022-01-01".parse().ok())[0].person, id);
}

#[test]
fn a_users_row_switches_off() {
    let (gazetteer, problems) =
        with("kind,name,suppress\ncountry,Chad,yes\ncountry,Turkey,Turkey\ncountry,Atlantis,yes\n");
    assert_eq!(at(&gazetteer, "Chad"), []);
    assert_eq!(at(&gazetteer, "Turkey"), []);
    assert_eq!(at(&gazetteer, "Türkiye")[0].0, "iso:TR");
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("my.csv:4: nothing to suppress is called `Atlantis`"));
}

#[test]
fn bad_rows_of_a_user_do_not_stop_the_good_ones() {
    let (gazetteer, problems) = with(
        "kind,name,country,naem\nperson,Jane Doe,iso:QQ,\nperson,Prime Minister,,\nperson,John Roe,US,\n",
    );
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert_eq!(at(&gazetteer, "John Roe").len(), 1);
    assert!(problems.iter().any(|p| p.contains("no such entry `iso:QQ`")));
    assert!(problems.iter().any(|p| p.contains("only a title")));
}

#[test]
fn more_shared_strings_than_there_are_places_for_are_still_known() {
    let mut text = String::from("kind,name,subkind\n");
    for n in 0..66_000 {
        text.push_str(&format!("organization,Body Number {n}x,sort-{n}\n"));
    }
    let mut problems = Vec::new();
    let gazetteer = Gazetteer::builtin().with_texts(&[("many.csv".to_owned(), text)], &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    for n in [0, 42, 65_500, 65_999] {
        let (entry, _) = gazetteer.find(&format!("Body Number {n}x"))[0];
        assert_eq!(gazetteer.entry(entry).subkind, format!("sort-{n}"));
        assert_eq!(gazetteer.entry(entry).origins().map(|o| o.name).collect::<Vec<_>>(), ["user"]);
    }
}

#[test]
fn rows_of_ours_tell_their_sources_and_licences() {
    let gazetteer = Gazetteer::builtin();
    for key in ["iso:US", "org:nato", "wd:Q7821917"] {
        let entry = gazetteer.by_key(key).unwrap();
        assert!(gazetteer.entry(entry).origins().all(|o| !o.licence.is_empty()), "{key}");
        assert!(gazetteer.entry(entry).origins().next().is_some(), "{key}");
    }
    let roles = gazetteer.roles_of(gazetteer.by_key("wd:Q7821917").unwrap());
    assert!(!roles.is_empty() && roles.iter().all(|r| r.origins().count() == 1));
}
