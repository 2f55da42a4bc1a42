//! Finds the words of titles and offices, with the country or body that they belong to.
//!
//! In: the layers and the linked candidates. Out: [`Title`]s: "the former U.S. secretary of state",
//! "Chinese Foreign Ministry spokesperson", "chief executive of Acme Corp.", each with its own words,
//! its governing noun and where it is held. Offices come from the gazetteer, other titles from
//! `data/language/title_nouns.txt`.
//!
//! Left out: who bears the title, see [`super::bearer`].

use smallvec::SmallVec;

use super::candidate::Candidate;
use super::reading::{Reading, lower};
use super::{duty, stage};
use crate::lexicon::language::TITLE_NOUNS;
use crate::lexicon::{Kind, Lexicon};
use crate::syntax::{Deprel, Upos, Xpos};
use crate::text::{EntityId, EntryId, OfficeId, Span};
use crate::word_list;

word_list!(
    /// Last words of what an official is for.
    pub(super) TOPICS,
    "topics.txt"
);
word_list!(
    /// Words before a title: "former", "deputy", "acting".
    pub(super) TITLE_MODIFIERS,
    "title_modifiers.txt"
);

word_list!(
    /// Descriptions of offices: "top diplomat" is the foreign minister.
    pub(super) PARAPHRASES,
    "office_paraphrases.txt"
);

/// True if the bearer of this title speaks or acts for the body in which it is held: a minister does,
/// a professor does not.
pub(crate) fn stands_for_others(title: &str) -> bool {
    let mut buffer = String::new();
    let first = title.split(" of ").next().unwrap_or(title);
    let noun = first.split_whitespace().last().unwrap_or("");
    !TITLE_NOUNS.get(lower(noun, &mut buffer)).is_some_and(|value| value.starts_with("private"))
}

/// True for a lawyer: an Iraqi one does not stand for Iraq, a lawyer for Iraq does.
pub(crate) fn is_hired(title: &str) -> bool {
    let mut buffer = String::new();
    let noun = title.split_whitespace().last().unwrap_or("");
    TITLE_NOUNS.get(lower(noun, &mut buffer)) == Some("hired")
}

/// True for a body of a state: its officials stand for the country. Those of a company do not.
pub(crate) fn is_state_body(lexicon: &Lexicon, body: EntryId) -> bool {
    matches!(
        lexicon.gazetteer.entry(body).subkind,
        "ministry"
            | "agency"
            | "government"
            | "military"
            | "police"
            | "intelligence"
            | "central-bank"
            | "legislature"
            | "court"
    )
}

/// How a title is introduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// "Secretary of State"
    Bare,
    /// "the secretary", "Ukraine's president"
    Definite,
    /// "a spokesman"
    Indefinite,
    /// "his lawyer"
    Pronoun,
}

/// The words of one title.
#[derive(Clone, Debug)]
pub(super) struct Title {
    pub sentence: u32,
    /// The whole phrase: "the former U.S. secretary of state".
    pub first: u32,
    pub end: u32,
    /// The title's own words: "secretary of state", without "former" and country.
    pub words: (u32, u32),
    /// The token by which the tree attaches the phrase.
    pub head: u32,
    /// The noun that says what it is: "minister", "secretary" of "secretary of state".
    pub noun: u32,
    pub office: Option<OfficeId>,
    /// The office's words hold the country ("America's top diplomat"): show the table's name for it.
    pub paraphrase: bool,
    /// Where it is held: a country or a body, the nearest first.
    pub bodies: SmallVec<[EntityId; 2]>,
    /// The candidates inside the phrase that are people: "a Trump adviser".
    pub of_person: Option<usize>,
    pub lead: Lead,
    pub former: bool,
    pub spokesperson: bool,
    pub plural: bool,
}

/// Which candidate covers each token.
pub(super) struct Cover<'c> {
    pub candidates: &'c [Candidate],
    pub linked: &'c [Option<EntityId>],
    owner: Vec<u32>,
}

impl<'c> Cover<'c> {
    pub fn new(tokens: usize, candidates: &'c [Candidate], linked: &'c [Option<EntityId>]) -> Self {
        let mut owner = vec![u32::MAX; tokens];
        for (i, c) in candidates.iter().enumerate() {
            for slot in owner.get_mut(c.first as usize..c.end as usize).unwrap_or(&mut []) {
                *slot = u32::try_from(i).unwrap_or(u32::MAX);
            }
        }
        Cover { candidates, linked, owner }
    }

    /// The candidate on a token, with its number.
    pub fn at(&self, token: u32) -> Option<(usize, &'c Candidate)> {
        let i = *self.owner.get(token as usize)? as usize;
        self.candidates.get(i).map(|c| (i, c))
    }
}

/// Finds the titles of a document, in order, without overlap.
pub(super) fn find(reading: Reading<'_>, cover: &Cover<'_>) -> Vec<Title> {
    let mut titles: Vec<Title> = Vec::new();
    let mut buffer = String::new();
    for sentence in reading.sentences() {
        let (first, end) = reading.bounds(sentence);
        let mut at = first;
        while at < end {
            let found = core(reading, cover, at, end, &mut buffer).filter(|_| !stage::is_note(reading, at));
            let Some((core_end, office, paraphrase)) = found else {
                at += 1;
                continue;
            };
            let floor = titles.last().map_or(first, |t| t.end.max(first));
            let title = extend(reading, cover, (sentence, floor, end), (at, core_end, office, paraphrase));
            at = title.end.max(core_end);
            titles.push(title);
        }
    }
    titles
}

/// An office or a title noun that begins at `at`: where it ends, which office, and whether it is a paraphrase.
fn core(
    reading: Reading<'_>,
    cover: &Cover<'_>,
    at: u32,
    end: u32,
    buffer: &mut String,
) -> Option<(u32, Option<OfficeId>, bool)> {
    let inside = cover.at(at);
    if inside.is_some_and(|(_, c)| c.kind == Kind::Person || c.first != at) {
        return None;
    }
    if inside.is_none() && at + 1 < end {
        let mut second = String::new();
        let phrase = (lower(reading.word(at), buffer), lower(reading.word(at + 1), &mut second));
        if let Some(code) = paraphrase(phrase.0, phrase.1) {
            return Some((at + 2, office_named(reading, code), false));
        }
    }
    let tokens = reading.document.tokens.get(at as usize..end as usize).unwrap_or(&[]);
    if let Some(found) = reading.lexicon.gazetteer.office_at(&reading.document.text, tokens) {
        let mut last = at + u32::from(found.tokens).max(1);
        if last > at + 1 && reading.is_possessive(last - 1) {
            last -= 1; // "the pontiff's breathing"
        }
        if last == at + 1 && is_modifier(reading, cover, at, buffer) {
            return None;
        }
        let beyond = inside.is_none_or(|(_, c)| last > c.end) && last <= end;
        let whole = cover.at(last).is_none_or(|(_, c)| c.first >= last || c.kind != Kind::Person);
        if beyond && whole && is_noun(reading, at, last) {
            return Some((last, Some(found.office), inside.is_some()));
        }
    }
    if inside.is_some() || !is_noun(reading, at, at + 1) || is_modifier(reading, cover, at, buffer) {
        return None;
    }
    let word = lower(reading.lemma(at), buffer);
    TITLE_NOUNS.has(word).then_some((at + 1, None, false))
}

/// The office that two words describe: "top diplomat" is a foreign minister.
fn paraphrase(first: &str, second: &str) -> Option<&'static str> {
    // Most words begin no paraphrase: ask for the second alone before joining the two.
    if !PARAPHRASES.has(second) {
        return None;
    }
    PARAPHRASES.get(&format!("{first} {second}"))
}

/// The gazetteer's office with this name.
pub(super) fn office_named(reading: Reading<'_>, name: &str) -> Option<OfficeId> {
    let whole = Span::new(0, name.len());
    reading.lexicon.gazetteer.office_at(name, &[whole]).map(|found| found.office)
}

/// "deputy" in "deputy finance minister" is no title of its own, whatever its tag.
fn is_modifier(reading: Reading<'_>, cover: &Cover<'_>, at: u32, buffer: &mut String) -> bool {
    TITLE_MODIFIERS.has(lower(reading.word(at), buffer))
        && matches!(reading.upos(at + 1), Upos::Noun | Upos::Adj | Upos::Propn)
        && cover.at(at + 1).is_none_or(|(_, c)| c.kind != Kind::Person)
}

/// A title's last or governing word is a noun; without tags everything passes.
fn is_noun(reading: Reading<'_>, first: u32, end: u32) -> bool {
    if reading.syntax.upos.is_empty() {
        return true;
    }
    let noun = |t: u32| matches!(reading.upos(t), Upos::Noun | Upos::Propn);
    // "The fund may lead": one lower-case word must be a noun; longer office names are safe.
    if end - first == 1 {
        noun(first)
    } else {
        !(first..end).any(|t| reading.upos(t) == Upos::Verb) || noun(end - 1)
    }
}

/// Adds modifiers, country and body on both sides of an office's own words.
fn extend(
    reading: Reading<'_>,
    cover: &Cover<'_>,
    (sentence, floor, ceiling): (u32, u32, u32),
    (core_first, core_end, office, paraphrase): (u32, u32, Option<OfficeId>, bool),
) -> Title {
    let head = reading.head_of(core_first, core_end, (core_first, core_end));
    let noun = governing_noun(reading, core_first, core_end);
    let mut title = Title {
        sentence,
        first: core_first,
        end: core_end,
        words: (core_first, core_end),
        head,
        noun,
        office,
        paraphrase,
        bodies: SmallVec::new(),
        of_person: None,
        lead: Lead::Bare,
        former: false,
        spokesperson: false,
        plural: matches!(reading.xpos(noun), Xpos::NNS | Xpos::NNPS),
    };
    let mut buffer = String::new();
    title.spokesperson = (core_first..core_end)
        .any(|t| TITLE_NOUNS.get(lower(reading.lemma(t), &mut buffer)) == Some("spokesperson"))
        || office
            .is_some_and(|o| reading.lexicon.gazetteer.office_name(o).eq_ignore_ascii_case("spokesperson"));
    // "America's top diplomat", "Secretary-General of the United Nations": the office's own words say where.
    let bodies = |t: &u32| cover.at(*t).is_some_and(|(_, c)| c.first == *t && c.kind != Kind::Person);
    (core_first..core_end).filter(bodies).for_each(|t| add_body(reading, &mut title, cover, t));
    left(reading, cover, floor, &mut title);
    right(reading, cover, ceiling, &mut title);
    title
}

/// The last word before "of": a parser that hangs "ministers" on "defense" must not matter.
fn governing_noun(reading: Reading<'_>, first: u32, end: u32) -> u32 {
    let of = (first + 1..end).find(|t| matches!(reading.word(*t), "of" | "for" | "to"));
    of.unwrap_or(end).saturating_sub(1).max(first)
}

/// Walks left from the title over "deputy", "U.S.", "Turkey's", "the".
fn left(reading: Reading<'_>, cover: &Cover<'_>, floor: u32, title: &mut Title) {
    let mut buffer = String::new();
    let mut plain = 0; // words that only a tag vouches for
    let low = floor.max(title.first.saturating_sub(14));
    while title.first > low {
        let before = title.first - 1;
        if let Some((_, candidate)) = cover.at(before) {
            if !title.bodies.is_empty() && !candidate.is_adjective() || candidate.first < low {
                break;
            }
            if is_where(reading, candidate, floor) {
                break;
            }
            if candidate.kind == Kind::Person {
                break; // "Trump adviser" reads as a name before a title: see below for "Trump's adviser"
            }
            add_body(reading, title, cover, before);
            title.first = candidate.first;
            continue;
        }
        if reading.is_possessive(before) && before > low {
            let Some((i, candidate)) = cover.at(before - 1) else {
                title.lead = Lead::Definite; // "the winning team's coach, Jane Doe,"
                break;
            };
            if candidate.first < low {
                break;
            }
            if candidate.kind == Kind::Person {
                title.of_person = Some(i)
            } else {
                add_body(reading, title, cover, before - 1)
            }
            (title.first, title.lead) = (candidate.first, Lead::Definite);
            if lower(reading.word(title.first.saturating_sub(1)), &mut buffer) == "the" && title.first > low {
                title.first -= 1;
            }
            break;
        }
        let word = lower(reading.word(before), &mut buffer);
        match word {
            "the" | "this" | "that" => {
                (title.first, title.lead) = (before, Lead::Definite);
                break;
            }
            "a" | "an" | "another" | "one" | "some" | "any" | "every" | "no" => {
                (title.first, title.lead) = (before, Lead::Indefinite);
                break;
            }
            "his" | "her" | "its" | "their" | "my" | "our" | "your" => {
                (title.first, title.lead) = (before, Lead::Pronoun);
                break;
            }
            "-" | "–" => {
                // "ex-president", "then-governor", "vice-president"
                let prefix = lower(reading.word(before.saturating_sub(1)), &mut buffer);
                let Some(flag) = TITLE_MODIFIERS.get(prefix).filter(|_| before > low) else {
                    // "Indo-Pacific Coordinator", "far-right legislators"
                    let half = before.saturating_sub(1);
                    let room = title.first < title.noun && before > low && plain < 3;
                    if reading.is_joined(half) && room && cover.at(half).is_none() {
                        // "36-year-old rock singer"
                        let age =
                            reading.word(half) == "year" && half >= low + 2 && reading.word(half - 1) == "-";
                        (title.first, plain) = (if age { half - 2 } else { half }, plain + 1);
                        continue;
                    }
                    break;
                };
                title.former |= flag == "former";
                title.first = before - 1;
                if flag == "vice" {
                    title.words.0 = title.first;
                }
                continue;
            }
            _ => {}
        }
        if let Some(flag) = TITLE_MODIFIERS.get(word) {
            title.former |= flag == "former";
            if flag == "vice"
                || title.words.0 == before + 1 && matches!(word, "first" | "chief" | "senior" | "executive")
            {
                title.words.0 = before;
                title.office = if flag == "vice" { None } else { title.office };
            }
            title.first = before;
            continue;
        }
        // "On Thursday President Doe": Thursday hangs on the verb and is no part of the title.
        if matches!(word, "and" | "or") && before > low && title.plural {
            // "South Korea's foreign and defense ministers"
            let joined = matches!(reading.upos(before - 1), Upos::Noun | Upos::Adj);
            if joined && cover.at(before - 1).is_none() {
                title.first = before - 1;
                title.words.0 = title.first;
                continue;
            }
            break;
        }
        let noun = matches!(reading.upos(before), Upos::Noun | Upos::Adj | Upos::Propn);
        let part =
            matches!(reading.dep(before), Deprel::Compound | Deprel::Amod | Deprel::Flat | Deprel::NmodDesc);
        if !noun || !part || plain == 3 {
            break;
        }
        plain += 1;
        if title.words.0 == before + 1 && reading.upos(before) != Upos::Adj {
            title.words.0 = before; // "foreign policy adviser"
        }
        title.first = before;
    }
}

/// "In the Netherlands President Doe spoke": where he did, no part of his title.
fn is_where(reading: Reading<'_>, candidate: &Candidate, floor: u32) -> bool {
    let mut before = candidate.first;
    if before > floor && reading.word(before - 1) == "the" {
        before -= 1;
    }
    let marked = before > floor && matches!(reading.word(before - 1), "in" | "In" | "from" | "From");
    // "in US President Doe's words" is about a president of the US.
    let short =
        reading.words(candidate.first, candidate.end).chars().filter(|c| c.is_alphabetic()).count() < 4;
    marked && matches!(candidate.kind, Kind::Country | Kind::Place) && !candidate.is_adjective() && !short
}

/// Walks right over "of the agency", "for Europe", "-elect".
fn right(reading: Reading<'_>, cover: &Cover<'_>, ceiling: u32, title: &mut Title) {
    let mut buffer = String::new();
    if reading.word(title.end) == "-" && lower(reading.word(title.end + 1), &mut buffer) == "elect" {
        title.end = (title.end + 2).min(ceiling);
    }
    // "counsel-general", "solicitor-general"
    let joined = |t: u32| reading.is_joined(t);
    let hyphened = title.end + 1 < ceiling && reading.word(title.end) == "-" && joined(title.end - 1);
    if hyphened && joined(title.end) && reading.word(title.end + 1) == "general" {
        title.end += 2;
        title.words.1 = title.end;
    }
    for _ in 0..2 {
        let marker = title.end;
        if marker + 1 >= ceiling
            || !matches!(reading.word(marker), "of" | "for" | "to" | "at" | "in" | "with")
        {
            return;
        }
        let mut next = marker + 1;
        if reading.word(next).eq_ignore_ascii_case("the") {
            next += 1;
        }
        if let Some((i, candidate)) = cover.at(next).filter(|(_, c)| c.first == next) {
            // "head of Russia's arms agency": of the agency, not of Russia.
            if let Some(last) = duty::owned(reading, candidate.end, ceiling) {
                title.words.1 = if title.words.1 == marker { last } else { title.words.1 };
                title.end = last;
                return;
            }
            // "head of India's ruling Green Party": of the party, which the text names.
            if let Some(body) = owned_body(reading, cover, candidate.end).filter(|b| b + 1 < ceiling) {
                add_body(reading, title, cover, body);
                title.end = cover.at(body).map_or(title.end, |(_, c)| c.end.min(ceiling));
                continue;
            }
            match candidate.kind {
                Kind::Person if reading.word(marker) == "for" || reading.word(marker) == "to" => {
                    title.of_person = Some(i);
                }
                Kind::Person => return,
                // "ambassador to Japan" is no office of Japan's; "the minister in Berlin" none of Berlin's.
                // nor is "envoy for Afghanistan" one of Afghanistan's.
                _ if matches!(reading.word(marker), "to" | "in") && candidate.kind != Kind::Organization => {}
                Kind::Country | Kind::Place if reading.word(marker) == "for" && !title.spokesperson => {}
                _ if candidate.is_adjective() => return,
                _ => add_body(reading, title, cover, next),
            }
            title.end = candidate.end.min(ceiling);
            continue;
        }
        // "Counselor to the Secretary Jane Doe": whose counselor she is, no title of hers.
        let noble = reading.is_capitalised(next) && cover.at(next).is_none();
        if reading.word(marker) == "to" && noble && TITLE_NOUNS.has(lower(reading.word(next), &mut buffer)) {
            title.words.1 = if title.words.1 == marker { next + 1 } else { title.words.1 };
            title.end = next + 1;
            continue;
        }
        let mut last = duty::words(reading, cover, next, ceiling);
        if last == next || reading.word(marker) != "of" && reading.word(marker) != "for" {
            return;
        }
        // "chairman of the project's panel"
        if reading.is_possessive(last) && reading.upos(last + 1) == Upos::Noun && last + 1 < ceiling {
            last += 2;
        }
        if title.words.1 == marker {
            title.words.1 = last;
        }
        title.end = last;
    }
}

/// The body behind "'s" at `token` and at most two adjectives.
fn owned_body(reading: Reading<'_>, cover: &Cover<'_>, token: u32) -> Option<u32> {
    let first = Some(token + 1).filter(|_| reading.is_possessive(token))?;
    let body = first
        + (first..first + 2).take_while(|t| matches!(reading.upos(*t), Upos::Adj | Upos::Verb)).count()
            as u32;
    cover.at(body).filter(|(_, c)| c.first == body && c.kind == Kind::Organization).map(|_| body)
}

/// Adds the body that a token belongs to, unless it is what the office is for.
fn add_body(reading: Reading<'_>, title: &mut Title, cover: &Cover<'_>, token: u32) {
    let topic = |c: &Candidate| {
        let last = reading.word(c.end.saturating_sub(1)).to_lowercase();
        c.matches.is_empty() && TOPICS.has(&last)
    };
    let found = cover.at(token).filter(|(_, c)| !topic(c));
    let entity = found.and_then(|(i, _)| cover.linked.get(i).copied().flatten());
    if let Some(entity) = entity.filter(|e| !title.bodies.contains(e)) {
        title.bodies.push(entity);
    }
}
