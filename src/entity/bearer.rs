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

/// How a title and a name belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bearer {
    /// The name follows at once: one phrase.
    Before(usize),
    /// Title and name stand in apposition, on either side of a comma.
    Beside(usize),
    /// A copula says it.
    Told(usize),
    /// Nobody: the title stands alone.
    None,
}

/// Finds the bearer of one title among the candidates.
pub(super) fn find(reading: Reading<'_>, cover: &Cover<'_>, title: &Title) -> Bearer {
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
    if reading.word(title.end) == "," && title.lead != Lead::Indefinite && !title.plural {
        let next = title.end + 1;
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
