//! Made-up texts about companies, games and public life: the silver set has too few companies and
//! teams, and knows nearly every name that it speaks of.
//!
//! In: the names of the other texts, and sentences of our own with slots (`training/names/*.txt`).
//! Out: annotated texts in which one cast plays from the first line to the last: a company that
//! bears a person's or a place's name, a team that is called by its town. Drawn from a seed.

use super::augment::{Draft, Names};
use super::corpus::{Kind, Text};
use super::perceptron::Random;

const PERSON: Kind = 0;
const ORGANIZATION: Kind = 1;
const PLACE: Kind = 2;
const OTHER: Kind = 3;

const BUSINESS: &str = include_str!("../../names/business.txt");
const GAMES: &str = include_str!("../../names/games.txt");
const WORLD: &str = include_str!("../../names/world.txt");
const NOUNS: &str = include_str!("../../names/nouns.txt");

const FORMS: [&str; 12] =
    ["Inc", "Inc.", "Corp", "Corp.", "plc", "Ltd", "Group", "Holdings", "SA", "AG", "Co", "NV"];
const CLUBS: [&str; 10] =
    ["United", "City", "FC", "Town", "Rovers", "Athletic", "State", "Wanderers", "Tech", "Racing"];
const BEGINNINGS: [&str; 24] = [
    "Al", "Bel", "Cor", "Dy", "En", "Fi", "Gra", "Hel", "In", "Ka", "Lo", "Mon", "No", "Or", "Pra", "Qua",
    "Ro", "Sy", "Tel", "Uni", "Ver", "Wa", "Xe", "Zy",
];
const MIDDLES: [&str; 16] =
    ["ba", "ci", "da", "ga", "la", "mi", "na", "ni", "ra", "ri", "sa", "ta", "te", "ti", "va", "vo"];
const ENDINGS: [&str; 20] = [
    "con", "dex", "fin", "gen", "gy", "lab", "lix", "max", "ment", "net", "nor", "pay", "ra", "ris", "sys",
    "tech", "tis", "va", "via", "x",
];

const ONSETS: [&str; 28] = [
    "b", "ch", "d", "dr", "f", "g", "gh", "h", "j", "k", "kh", "l", "m", "mb", "n", "p", "r", "s", "sh",
    "st", "t", "tr", "v", "w", "y", "z", "zh", "",
];
const VOWELS: [&str; 12] = ["a", "e", "i", "o", "u", "a", "o", "i", "ai", "oo", "ei", "ia"];
const CODAS: [&str; 18] =
    ["", "", "", "n", "r", "k", "s", "d", "l", "ng", "nd", "tt", "ski", "ez", "wa", "vic", "ra", "sen"];
const PORTFOLIOS: [&str; 20] = [
    "Environment",
    "Foreign Affairs",
    "Justice",
    "Finance",
    "Energy",
    "Transport",
    "Health",
    "Education",
    "Defence",
    "Interior",
    "Economy",
    "Agriculture",
    "Labour",
    "Trade",
    "Culture",
    "Youth and Sports",
    "Water",
    "Communications",
    "Home Affairs",
    "Tourism",
];
const OTHERS: [&str; 12] = [
    "Festival",
    "Act",
    "Agreement",
    "Games",
    "Award",
    "Treaty",
    "Prize",
    "Declaration",
    "Marathon",
    "Bill",
    "Accord",
    "Summit",
];

/// A participant: how it is called at first, and later.
type Part = (String, String);

/// The participants of one text, by the letter of their slot.
struct Cast {
    parts: Vec<(char, Part, Kind)>,
}

/// Makes some texts.
pub fn texts(count: usize, names: &Names, random: &mut Random) -> Vec<Text> {
    let lines = |list: &'static str| -> Vec<&str> { list.lines().filter(|l| !l.starts_with('#')).collect() };
    let (business, games, world) = (lines(BUSINESS), lines(GAMES), lines(WORLD));
    let nouns = lines(NOUNS);
    let made = (0..count).map(|number| {
        let (cast, all) = match random.below(10) {
            0..3 => (firms(names, &nouns, random), &business),
            3..6 => (teams(names, &nouns, random), &games),
            _ => (public(names, &nouns, random), &world),
        };
        let (mut draft, spaced) = (Draft::default(), random.chance(40));
        for _ in 0..5 + random.below(10) {
            let line = *random.pick(all);
            play(&mut draft, line, &cast, spaced, random);
            draft.say(if line.ends_with(['.', '”']) && random.chance(60) { " " } else { "\n" });
        }
        let (text, names) = draft.end();
        Text { id: format!("stage-{number}"), text, names, silver: false, partial: true }
    });
    made.collect()
}

/// Writes one sentence, its slots filled.
fn play(draft: &mut Draft, line: &str, cast: &Cast, spaced: bool, random: &mut Random) {
    let words = |words: &str| {
        if spaced {
            return words.to_owned();
        }
        let mut words = words.to_owned();
        for sign in [",", ".", ":", ")", "”", "'s", "-based"] {
            words = words.replace(&format!(" {sign}"), sign);
        }
        words.replace("( ", "(").replace("“ ", "“")
    };
    for (n, piece) in line.split(['{', '}']).enumerate() {
        let slot = piece.chars().next().filter(|_| n % 2 == 1);
        match slot {
            None => draft.say(&words(piece)),
            Some('N' | 'K') => draft.say(&(1 + random.below(60)).to_string()),
            Some('G' | 'H') => draft.say(&random.word(&PORTFOLIOS)),
            Some(slot) => {
                let part = cast.parts.iter().find(|(s, _, _)| *s == slot.to_ascii_uppercase());
                if let Some((_, (first, later), kind)) = part {
                    draft.name(if slot.is_uppercase() { first } else { later }, *kind);
                }
            }
        }
    }
}

fn firms(names: &Names, nouns: &[&str], random: &mut Random) -> Cast {
    let mut parts = people_and_places(names, random);
    for slot in ['C', 'R', 'S'] {
        let short = firm(names, nouns, random);
        let full = if random.chance(50) { short.clone() } else { format!("{short} {}", random.word(&FORMS)) };
        parts.push((slot, (full, short), ORGANIZATION));
    }
    Cast { parts }
}

/// The name of a company: a listed one, an invented one, a person's, a place's, or plain words.
fn firm(names: &Names, nouns: &[&str], random: &mut Random) -> String {
    match random.below(20) {
        0..6 => random.word(names.of(ORGANIZATION)),
        6..12 => {
            let middle = if random.chance(50) { random.word(&MIDDLES) } else { String::new() };
            format!("{}{middle}{}", random.word(&BEGINNINGS), random.word(&ENDINGS))
        }
        12..14 => random.word(names.of(PERSON)),
        14..16 => last(&random.word(names.of(PERSON))),
        16 => random.word(names.of(PLACE)),
        17 => format!("{} {}", capital(&random.word(nouns)), capital(&random.word(nouns))),
        18 => capital(&random.word(nouns)),
        _ => format!("{} {}", last(&random.word(names.of(PERSON))), capital(&random.word(nouns))),
    }
}

fn teams(names: &Names, nouns: &[&str], random: &mut Random) -> Cast {
    let mut parts = people_and_places(names, random);
    for slot in ['T', 'U'] {
        let town = random.word(names.of(PLACE));
        let nickname = format!("{}s", capital(&random.word(nouns)));
        let full = match random.below(10) {
            0..6 => town,
            6..8 => format!("{town} {}", random.word(&CLUBS)),
            _ => format!("{town} {nickname}"),
        };
        parts.push((slot, (full, nickname), ORGANIZATION));
    }
    Cast { parts }
}

fn public(names: &Names, nouns: &[&str], random: &mut Random) -> Cast {
    let mut parts = people_and_places(names, random);
    for slot in ['O', 'B'] {
        let full = random.word(names.of(ORGANIZATION));
        let initials: String =
            full.split(' ').filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
        let short = if initials.len() > 2 && random.chance(80) { initials } else { full.clone() };
        parts.push((slot, (full, short), ORGANIZATION));
    }
    for slot in ['X', 'Y'] {
        let name = other(names, nouns, random);
        parts.push((slot, (name.clone(), name), OTHER));
    }
    let people = invented(random);
    parts.push(('E', (people.clone(), people), OTHER));
    let village = if random.chance(70) { invented(random) } else { random.word(names.of(PLACE)) };
    parts.push(('V', (village.clone(), village), PLACE));
    Cast { parts }
}

/// A name of another sort: a listed one, or one made of a word and a place.
fn other(names: &Names, nouns: &[&str], random: &mut Random) -> String {
    let kind = random.word(&OTHERS);
    match random.below(10) {
        0..5 => random.word(names.of(OTHER)),
        5..7 => format!("{} {kind}", random.word(names.of(PLACE))),
        7..9 => format!("{} {kind}", capital(&random.word(nouns))),
        _ => invented(random),
    }
}

fn people_and_places(names: &Names, random: &mut Random) -> Vec<(char, Part, Kind)> {
    let mut parts = Vec::new();
    for slot in ['P', 'Q'] {
        let mut full = random.word(names.of(PERSON));
        if random.chance(40) {
            full = format!("{} {}", full.split(' ').next().unwrap_or(&full), invented(random));
        }
        let short = last(&full);
        parts.push((slot, (full, short), PERSON));
    }
    for slot in ['L', 'M'] {
        let place = if random.chance(20) { invented(random) } else { random.word(names.of(PLACE)) };
        parts.push((slot, (place.clone(), place), PLACE));
    }
    parts
}

/// A name that nobody bears: it can be told by its neighbours only.
fn invented(random: &mut Random) -> String {
    let mut name = String::new();
    for _ in 0..2 + random.below(2) {
        name.push_str(&random.word(&ONSETS));
        name.push_str(&random.word(&VOWELS));
    }
    name.push_str(&random.word(&CODAS));
    capital(&name)
}

fn last(name: &str) -> String {
    name.rsplit(' ').next().unwrap_or(name).to_owned()
}

fn capital(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map(char::to_uppercase).into_iter().flatten().chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use demarche::text::Span;

    use super::*;

    #[test]
    fn a_made_text_marks_its_names() {
        let names = Names::from_lists([
            vec!["Jane Roe".into()],
            vec!["Acme".into()],
            vec!["Oz".into()],
            vec!["Ozfest".into()],
        ]);
        let texts = texts(20, &names, &mut Random(1));
        assert_eq!(texts.len(), 20);
        for text in texts {
            assert!(!text.names.is_empty());
            let inside = |s: &Span| s.end as usize <= text.text.len() && !s.is_empty();
            assert!(text.names.iter().all(|(s, _)| inside(s)));
            assert!(!text.text.contains(['{', '}']), "{}", text.text);
        }
    }
}
