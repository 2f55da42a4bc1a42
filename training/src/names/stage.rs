//! Made-up texts about companies and games: the silver set has too few of either.
//!
//! In: the names of the other texts, and sentences of our own with slots (`training/names/*.txt`).
//! Out: annotated texts in which one cast plays from the first line to the last: a company that
//! bears a person's or a place's name, a team that is called by its town. Drawn from a seed.

use demarche::text::Span;

use super::augment::{Draft, Names};
use super::corpus::{Kind, Text};
use super::perceptron::Random;

const PERSON: Kind = 0;
const ORGANIZATION: Kind = 1;
const PLACE: Kind = 2;

const BUSINESS: &str = include_str!("../../names/business.txt");
const GAMES: &str = include_str!("../../names/games.txt");
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

/// A participant: how it is called at first, and later.
type Part = (String, String);

/// The participants of one text, by the letter of their slot.
struct Cast {
    parts: Vec<(char, Part, Kind)>,
}

/// Makes some texts.
pub fn texts(count: usize, names: &Names, random: &mut Random) -> Vec<Text> {
    let lines = |list: &'static str| -> Vec<&str> { list.lines().filter(|l| !l.starts_with('#')).collect() };
    let (business, games) = (lines(BUSINESS), lines(GAMES));
    let nouns = lines(NOUNS);
    let made = (0..count).map(|number| {
        let about_games = random.chance(50);
        let cast = if about_games { teams(names, &nouns, random) } else { firms(names, &nouns, random) };
        let all = if about_games { &games } else { &business };
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

fn people_and_places(names: &Names, random: &mut Random) -> Vec<(char, Part, Kind)> {
    let mut parts = Vec::new();
    for slot in ['P', 'Q'] {
        let full = random.word(names.of(PERSON));
        let short = last(&full);
        parts.push((slot, (full, short), PERSON));
    }
    for slot in ['L', 'M'] {
        let place = random.word(names.of(PLACE));
        parts.push((slot, (place.clone(), place), PLACE));
    }
    parts.push(('A', ("Reuters".to_owned(), "Reuters".to_owned()), ORGANIZATION));
    parts
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
    use super::*;

    #[test]
    fn a_made_text_marks_its_names() {
        let names =
            Names::from_lists([vec!["Jane Roe".into()], vec!["Acme".into()], vec!["Oz".into()], vec![]]);
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
