//! Who bears a title: joins titles to the names beside them.
//!
//! In: titles, candidates. Out: for every title how it is joined: before a name ("Secretary of State
//! Antony Blinken"), after it ("Choe Son Hui, North Korea's first vice foreign minister,"), around a
//! comma ("Ukraine's president, Volodymyr Zelenskyy,"), by a copula ("Doe is the president of
//! Peru"), or to nobody: then it is a description of its own.

use super::reading::Reading;
use super::title::{Cover, Lead, Title};
use crate::lexicon::Kind;
use crate::syntax::Deprel;
use crate::word_list;

word_list!(
    /// Verbs with which "as" tells what somebody is.
    SERVICE,
    "service_verbs.txt"
);

/// How a title and a name belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bearer {
    /// The name follows at once: one phrase.
    Before(usize),
    /// Title and name stand in apposition, on either side of a comma.
    Beside(usize),
    /// A copula says it.
    Told(usize),
    /// The same of a pronoun, by its token.
    Predicate(u32),
    /// Nobody: the title stands alone.
    None,
}

/// Finds the bearers of all titles.
pub(super) fn find_all(reading: Reading<'_>, cover: &Cover<'_>, titles: Vec<Title>) -> Vec<(Title, Bearer)> {
    let mut found: Vec<(Title, Bearer)> =
        titles.into_iter().map(|t| (find(reading, cover, &t), t)).map(|(b, t)| (t, b)).collect();
    // "Agency Director Ambassador Jane Doe", "Deputy Prime Minister and Foreign Minister Jane Doe": both are hers.
    for i in (1..found.len()).rev() {
        let (upto, after) = found.split_at_mut(i);
        let (Some((title, bearer)), Some((next, Bearer::Before(name)))) = (upto.last_mut(), after.first())
        else {
            continue;
        };
        let joined = title.end + 1 == next.first
            && reading.word(title.end) == "and"
            && (title.lead, title.office.is_some()) == (Lead::Bare, true);
        let adjoins =
            (title.end == next.first || joined) && next.lead == Lead::Bare && title.sentence == next.sentence;
        if *bearer == Bearer::None && adjoins && !title.plural && reading.is_capitalised(title.noun) {
            *bearer = Bearer::Beside(*name);
        }
    }
    // "Jane Doe, president and founder of Acme"
    for i in 1..found.len() {
        let (upto, after) = found.split_at_mut(i);
        let (Some((title, told)), Some((next, bearer))) = (upto.last(), after.first_mut()) else { continue };
        let name = match told {
            Bearer::Beside(name) | Bearer::Told(name) if *bearer == Bearer::None => *name,
            _ => continue,
        };
        let and = title.end + u32::from(reading.word(title.end) == ",");
        let joined = and + 1 == next.first && reading.word(and) == "and";
        if joined && next.lead == Lead::Bare && !next.plural && title.sentence == next.sentence {
            *bearer = Bearer::Beside(name);
        }
    }
    found
}

/// Finds the bearer of one title among the candidates.
fn find(reading: Reading<'_>, cover: &Cover<'_>, title: &Title) -> Bearer {
    let (floor, ceiling) = reading.bounds(title.sentence);
    let person = |t: u32| cover.at(t).filter(|(_, c)| c.kind == Kind::Person);
    let in_sentence = |t: u32| t < ceiling;
    if let Some((i, _)) = person(title.end).filter(|(_, c)| in_sentence(title.end) && c.first == title.end) {
        // "the minister Doe met" would be a relative clause; news does not write so.
        return Bearer::Before(i);
    }
    // "Doe, 45, a lawyer", "Doe (chief executive)", "Doe – the mayor –"
    let mut before = title.first;
    for _ in 0..3 {
        if before <= floor {
            break;
        }
        before -= 1;
        // "Doe (Ohio), a senator"
        if reading.word(before) == ")" {
            let open = (floor..before).rev().take(4).find(|t| reading.word(*t) == "(");
            before = open.and_then(|t| t.checked_sub(1)).unwrap_or(before);
        }
        let word = reading.word(before);
        if let Some((i, candidate)) = person(before) {
            let apart = before + 1 < title.first;
            if apart && candidate.end == before + 1 && !title.plural {
                return Bearer::Beside(i);
            }
            break;
        }
        let age = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
        if !matches!(word, "," | "(" | "–" | "—" | "-" | "--" | "then" | "now") && !age {
            break;
        }
    }
    // "Ukraine's president, Volodymyr Zelenskyy, said"
    // "the envoy for the Caucasus and Central Asia, Jane Doe, said"
    let more = cover.at(title.end + 1).filter(|(_, c)| {
        reading.word(title.end) == "and"
            && c.first == title.end + 1
            && matches!(c.kind, Kind::Place | Kind::Country)
    });
    let end = more.map_or(title.end, |(_, c)| c.end);
    if reading.word(end) == "," && title.lead != Lead::Indefinite && !title.plural {
        let next = end + 1;
        if let Some((i, c)) = person(next).filter(|(_, c)| c.first == next && next < ceiling) {
            let closed = matches!(reading.word(c.end), "," | "." | "–" | "—");
            let listed = reading.word(c.end) == "and" || reading.dep(c.first) == Deprel::Conj && !closed;
            // "Iranian general, Qasem Soleimani": where the parser sees it, too.
            let apposed = || !title.bodies.is_empty() && reading.dep(c.first) == Deprel::Appos;
            if (title.lead == Lead::Definite || apposed()) && !listed {
                return Bearer::Beside(i);
            }
        }
    }
    // "Doe, a poet, and president of the club"
    if !title.plural
        && let Some(i) = apposed(reading, cover, title)
    {
        return Bearer::Beside(i);
    }
    // "Doe worked as an agent for Acme": what is told of the subject.
    if !title.plural
        && title.lead != Lead::Definite
        && let Some(subject) = served(reading, title)
    {
        return person(subject).map_or(Bearer::Predicate(subject), |(i, _)| Bearer::Told(i));
    }
    // "Doe is the president of Peru": the title is the predicate, the name its subject.
    let has_copula = (title.first.saturating_sub(6).max(floor)..title.first)
        .any(|t| reading.dep(t) == Deprel::Cop && reading.head(t) == Some(title.head));
    if has_copula && !title.plural {
        let low = title.first.saturating_sub(24).max(floor);
        let subject = (low..title.first)
            .find(|t| reading.dep(*t) == Deprel::Nsubj && reading.head(*t) == Some(title.head));
        if let Some((i, _)) = subject.and_then(person) {
            return Bearer::Told(i);
        }
    }
    Bearer::None
}

/// The name to which the title is joined in apposition, over "and": of "Doe, a poet and president of the club," Doe.
fn apposed(reading: Reading<'_>, cover: &Cover<'_>, title: &Title) -> Option<usize> {
    if reading.dep(title.head) != Deprel::Conj || title.lead == Lead::Definite {
        return None;
    }
    let (floor, _) = reading.bounds(title.sentence);
    let mut at = title.head;
    for _ in 0..4 {
        let up = reading.head(at).filter(|up| *up < at && *up >= floor)?;
        match reading.dep(at) {
            Deprel::Conj => {}
            Deprel::Appos => {
                let (i, c) = cover.at(up).filter(|(_, c)| c.kind == Kind::Person)?;
                return (reading.word(c.end) == ",").then_some(i);
            }
            _ => return None,
        }
        at = up;
    }
    None
}

/// The subject of "worked as", "served as" before a title without "the".
fn served(reading: Reading<'_>, title: &Title) -> Option<u32> {
    let marker = title.first.checked_sub(1).filter(|t| reading.word(*t) == "as")?;
    let verb = reading.head(title.head).filter(|v| *v < marker)?;
    let told = reading.dep(title.head) == Deprel::Obl && SERVICE.has(reading.lemma(verb));
    let low = verb.saturating_sub(24);
    let subject = |t: &u32| {
        reading.head(*t) == Some(verb) && matches!(reading.dep(*t), Deprel::Nsubj | Deprel::NsubjPass)
    };
    (low..verb).rev().find(subject).filter(|_| told)
}
