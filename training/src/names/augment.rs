//! Variants of the training texts: what the silver set has too little of.
//!
//! In: annotated texts. Out: the same texts, some with a dateline ("CITY, Country (AP) - "), a
//! headline in capitals made of one of their sentences, a photo credit or byline, names changed
//! for others, or spaces around every sign, as some news archives have it.
//! Drawn from a seed: the same texts, the same variants.

use std::collections::{BTreeMap, HashMap};

use demarche::text::Span;

use super::corpus::{DOUBT, Kind, Text};
use super::perceptron::Random;
use super::stage;

const PERSON: Kind = 0;
const ORGANIZATION: Kind = 1;
const PLACE: Kind = 2;

const AGENCIES: [&str; 12] = [
    "Reuters",
    "AP",
    "AFP",
    "Xinhua",
    "Bloomberg",
    "REUTERS",
    "UPI",
    "IPS",
    "PTI",
    "ANI",
    "Interfax",
    "TASS",
];
const MONTHS: [&str; 12] =
    ["Jan", "Feb.", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct.", "Nov", "Dec"];

/// Names by kind, as often as they stand in the texts.
pub struct Names([Vec<String>; 4]);

impl Names {
    /// The names of a kind.
    pub fn of(&self, kind: Kind) -> &[String] {
        &self.0[kind]
    }

    #[cfg(test)]
    pub fn from_lists(lists: [Vec<String>; 4]) -> Names {
        Names(lists)
    }
}

/// A text that is being written.
#[derive(Default)]
pub struct Draft {
    text: String,
    names: Vec<(Span, Kind)>,
}

impl Draft {
    pub fn say(&mut self, words: &str) {
        self.text.push_str(words);
    }

    pub fn name(&mut self, name: &str, kind: Kind) {
        let start = self.text.len();
        self.text.push_str(name);
        self.names.push((Span::new(start, self.text.len()), kind));
    }

    /// The draft in the place of the text that it was made of.
    pub fn of(self, text: &Text) -> Text {
        Text {
            id: text.id.clone(),
            text: self.text,
            names: self.names,
            silver: text.silver,
            partial: text.partial,
        }
    }

    /// The text and its names.
    pub fn end(self) -> (String, Vec<(Span, Kind)>) {
        (self.text, self.names)
    }

    /// Adds a stretch of another text, its names changed by `change`.
    pub fn quote(
        &mut self,
        of: &Text,
        range: Span,
        change: impl Fn(&str, Kind) -> String,
        words: impl Fn(&str) -> String,
    ) {
        let mut at = range.start as usize;
        for (span, kind) in of.names.iter().filter(|(span, _)| range.contains(*span)) {
            if (span.start as usize) < at {
                continue;
            }
            self.say(&words(&of.text[at..span.start as usize]));
            self.name(&change(span.of(&of.text), *kind), *kind);
            at = span.end as usize;
        }
        self.say(&words(&of.text[at..range.end as usize]));
    }
}

/// Changes about half of the texts.
pub fn vary(texts: &mut Vec<Text>, seed: u64, staged: usize) {
    let mut random = Random(seed ^ 0x5eed);
    let names = collect(texts);
    texts.extend(stage::texts(staged, &names, &mut random));
    for text in texts.iter_mut() {
        if random.chance(12) {
            *text = renamed(text, &names, &mut random);
        }
        let mut draft = Draft::default();
        let whole = Span::new(0, text.text.len());
        if random.chance(30) {
            headline(&mut draft, text, &mut random);
        }
        if random.chance(12) {
            credit(&mut draft, &names, &mut random);
        }
        if random.chance(35) {
            dateline(&mut draft, &names, &mut random);
        }
        draft.quote(text, whole, |name, _| name.to_owned(), str::to_owned);
        if random.chance(8) {
            sign_off(&mut draft, &names, &mut random);
        }
        *text = draft.of(text);
        if random.chance(15) {
            *text = spaced(text);
        }
        if random.chance(4) {
            *text = cased(text, char::to_lowercase);
        } else if random.chance(2) {
            *text = cased(text, char::to_uppercase);
        }
    }
}

/// All names of the texts that look like names; persons with a family name only.
fn collect(texts: &[Text]) -> Names {
    let mut names = Names(Default::default());
    for text in texts {
        for (span, kind) in text.names.iter().filter(|(_, kind)| *kind != DOUBT) {
            let name = span.of(&text.text);
            let words = name.split(' ').count();
            let good = name.chars().all(|c| c.is_alphabetic() || " -.'’".contains(c))
                && name.starts_with(char::is_uppercase)
                && name.chars().any(char::is_lowercase)
                && if *kind == PERSON { (2..4).contains(&words) } else { words < 6 };
            if good {
                names.0[*kind].push(name.to_owned());
            }
        }
    }
    for list in &mut names.0 {
        list.sort();
        if list.is_empty() {
            list.push("Ruritania".to_owned());
        }
    }
    // Half of the draws by frequency, half from all names alike.
    for list in &mut names.0 {
        let mut single = list.clone();
        single.dedup();
        let times = list.len() / single.len().max(1);
        for _ in 0..times {
            list.extend(single.iter().cloned());
        }
    }
    names
}

/// "CAIRO, Egypt (AP) - ", in the many ways of the agencies.
fn dateline(draft: &mut Draft, names: &Names, random: &mut Random) {
    let city = random.word(&names.0[PLACE]);
    let upper = random.chance(75);
    draft.name(&if upper { city.to_uppercase() } else { city }, PLACE);
    if random.chance(12) {
        draft.say(&random.word(&["/", " / "]));
        draft.name(&random.word(&names.0[PLACE]).to_uppercase(), PLACE);
    }
    if random.chance(30) {
        draft.say(&random.word(&[", ", " , "]));
        draft.name(&random.word(&names.0[PLACE]), PLACE);
    }
    if random.chance(30) {
        let day = 1 + random.below(30);
        draft.say(&format!("{}{} {day}", random.word(&[", ", " , "]), random.word(&MONTHS)));
    }
    if random.chance(70) {
        let known = if random.chance(50) { 3 } else { AGENCIES.len() };
        let agency = random.word(&AGENCIES[..known]);
        let spaces = random.chance(50);
        draft.say(if spaces { " ( " } else { " (" });
        draft.name(&agency, ORGANIZATION);
        draft.say(if spaces { " )" } else { ")" });
    }
    draft.say(&random.word(&[" - ", " -- ", " – ", " — "]));
}

/// "(Reporting by Jane Doe in Cairo; Editing by John Roe)".
fn sign_off(draft: &mut Draft, names: &Names, random: &mut Random) {
    draft.say(&random.word(&["\n(", "\n( ", " ( ", "\n"]));
    draft.say(&random.word(&[
        "Reporting by ",
        "Reporting by ",
        "Reporting By ",
        "Additional reporting by ",
        "Writing by ",
    ]));
    draft.name(&random.word(&names.0[PERSON]), PERSON);
    if random.chance(30) {
        draft.say(&random.word(&[", ", " , "]));
        draft.name(&random.word(&names.0[PERSON]), PERSON);
    }
    if random.chance(30) {
        draft.say(&random.word(&[" and ", ", and "]));
        draft.name(&random.word(&names.0[PERSON]), PERSON);
    }
    if random.chance(35) {
        draft.say(" in ");
        draft.name(&random.word(&names.0[PLACE]), PLACE);
    }
    draft.say(&random.word(&["; ", " ; ", " ", ", "]));
    draft.say(&random.word(&["Editing by ", "editing by ", "Editing by ", "Writing by "]));
    draft.name(&random.word(&names.0[PERSON]), PERSON);
    if random.chance(40) {
        draft.say(" and ");
        draft.name(&random.word(&names.0[PERSON]), PERSON);
    }
    draft.say(&random.word(&[")", " )", ""]));
}

/// "REUTERS / Jane Doe", "By Jane Doe".
fn credit(draft: &mut Draft, names: &Names, random: &mut Random) {
    let person = random.word(&names.0[PERSON]);
    match random.below(4) {
        0 => {
            draft.say(&random.word(&[
                "FILE PHOTO: ",
                "FILE PHOTO : ",
                "FILE PHOTO\n",
                "Slideshow ( 3 images )",
                "PHOTO: ",
            ]));
            return;
        }
        1 => {
            draft.say("By ");
            draft.name(&person, PERSON);
        }
        2 => {
            draft.name(&random.word(&["REUTERS", "AP", "AFP", "Reuters"]), ORGANIZATION);
            draft.say(&random.word(&["/", " / "]));
            draft.name(&person, PERSON);
            if random.chance(30) {
                draft.say(" / File Photo");
            }
        }
        _ => {
            draft.name(&person, PERSON);
            draft.say(&random.word(&[" / Pool via ", " via ", "/", ", "]));
            draft.name(&random.word(&["REUTERS", "Reuters", "AP"]), ORGANIZATION);
        }
    }
    draft.say("\n");
}

/// A sentence of the text as its headline, in capitals, in title case or as it is.
fn headline(draft: &mut Draft, text: &Text, random: &mut Random) {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.text.split_inclusive('\n') {
        // Full stops inside may be abbreviations: take only short lines and first sentences.
        let end = line.find(". ").map_or(line.trim_end().len(), |e| e);
        if (20..140).contains(&end) {
            let span = Span::new(start, start + end);
            let inside = |s: &Span| !s.overlaps(span) || span.contains(*s);
            if text.names.iter().all(|(s, _)| inside(s)) {
                lines.push(span);
            }
        }
        start += line.len();
    }
    if lines.is_empty() {
        return;
    }
    let line = *random.pick(&lines);
    let (upper, title) = (random.chance(40), random.chance(70));
    let change = |words: &str| match (upper, title) {
        (true, _) => words.to_uppercase(),
        (false, true) => title_case(words),
        (false, false) => words.to_owned(),
    };
    let mut made = Draft::default();
    made.quote(text, line, |name, _| change(name), |words| change(&shortened(words)));
    let kept = made.text.trim_end_matches(['.', ' ']).len();
    made.text.truncate(kept);
    let offset = draft.text.len();
    draft.say(&made.text);
    for (span, kind) in made.names {
        if span.end as usize <= kept {
            draft.names.push((Span::new(span.start as usize + offset, span.end as usize + offset), kind));
        }
    }
    draft.say("\n\n");
}

/// Headlines have no articles.
fn shortened(words: &str) -> String {
    words.replace(" the ", " ").replace(" a ", " ").replace(" an ", " ").replace("The ", "")
}

/// "talks with" → "Talks with".
fn title_case(words: &str) -> String {
    let small = ["of", "to", "in", "on", "for", "and", "at", "with", "by", "as", "or", "the", "a"];
    let mut out = String::new();
    for (n, word) in words.split(' ').enumerate() {
        if n > 0 {
            out.push(' ');
        }
        let mut characters = word.chars();
        match characters.next() {
            Some(first) if !small.contains(&word) => {
                out.extend(first.to_uppercase());
                out.push_str(characters.as_str());
            }
            _ => out.push_str(word),
        }
    }
    out
}

/// Other names in the place of some: the same new name wherever the old one stood.
fn renamed(text: &Text, names: &Names, random: &mut Random) -> Text {
    let mut changes: HashMap<String, String> = HashMap::new();
    let mut family: BTreeMap<String, String> = BTreeMap::new();
    for (span, kind) in text.names.iter().filter(|(_, kind)| *kind != DOUBT) {
        let old = span.of(&text.text);
        if changes.contains_key(old) || !random.chance(60) || old.chars().all(|c| !c.is_lowercase()) {
            continue;
        }
        let new = random.word(&names.0[*kind]);
        if *kind == PERSON
            && let (Some(a), Some(b)) = (old.split(' ').next_back(), new.split(' ').next_back())
        {
            if old.contains(' ') {
                family.insert(a.to_owned(), b.to_owned());
            } else if let Some(known) = family.get(old) {
                changes.insert(old.to_owned(), known.clone());
                continue;
            } else {
                changes.insert(old.to_owned(), b.to_owned());
                continue;
            }
        }
        changes.insert(old.to_owned(), new);
    }
    for (old, new) in family {
        changes.insert(old, new);
    }
    let mut draft = Draft::default();
    let whole = Span::new(0, text.text.len());
    let change = |name: &str, _: Kind| changes.get(name).cloned().unwrap_or_else(|| name.to_owned());
    draft.quote(text, whole, change, str::to_owned);
    draft.of(text)
}

/// Without capitals, or in capitals only, as some feeds are: "iran 's deal".
fn cased<C: Iterator<Item = char>>(text: &Text, change: fn(char) -> C) -> Text {
    let change = |words: &str| words.chars().map(|c| change(c).next().unwrap_or(c)).collect::<String>();
    let mut draft = Draft::default();
    draft.quote(text, Span::new(0, text.text.len()), |name, _| change(name), change);
    draft.of(text)
}

/// Spaces around signs: "Iran 's ( nuclear ) deal .".
fn spaced(text: &Text) -> Text {
    let mut draft = Draft::default();
    let split = |words: &str| {
        let mut out = String::new();
        let characters: Vec<char> = words.chars().collect();
        for (at, c) in characters.iter().enumerate() {
            let next = characters.get(at + 1).copied().unwrap_or(' ');
            match c {
                ',' | ';' | ':' | '(' | ')' | '"' | '“' | '”' | '?' | '!' | '$' | '/' => {
                    out.extend([' ', *c, ' ']);
                }
                '.' if next.is_whitespace() => out.extend([' ', '.']),
                '\'' | '’' if next == 's' => out.extend([' ', *c]),
                _ => out.push(*c),
            }
        }
        out
    };
    draft.quote(text, Span::new(0, text.text.len()), |name, _| name.to_owned(), split);
    draft.of(text)
}
