//! "The two leaders", "both sides", "they": plurals that stand for several who were just named together.
//!
//! In: the cast so far, and where the plural stands. Out: each of them. They are named together where they are
//! joined ("Lee, Park and Cho"), where one does with the other what takes two ("Lee met Park", "Lee spoke with
//! Park", "Lee's talks with Park"), or where an earlier plural stands for them. Each gets a mention of the same
//! words; what is said of the plural is said of each.
//!
//! "The two countries" after two people are the countries that these stand for.

use smallvec::SmallVec;

use super::cast::Cast;
use super::reading::lower;
use super::{Form, Mention};
use crate::document::ZoneKind;
use crate::lexicon::Kind;
use crate::syntax::{Deprel, Xpos};
use crate::text::EntityId;
use crate::word_list;

word_list!(
    /// Plurals that look back at several.
    PLURALS,
    "together.txt"
);
word_list!(
    /// Verbs whose subject and object are two together.
    VERBS,
    "together_verbs.txt"
);

/// How many sentences back "the two leaders" looks, and "they".
const FAR: u32 = 12;
const NEAR: u32 = 2;
/// How many words of a sentence are looked through.
const LONG: u32 = 120;
/// A conjunction of more than this is a list.
const MOST: usize = 6;

/// Several who are named together.
pub(super) type Several = SmallVec<[EntityId; 4]>;

/// What the plural can mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    People,
    States,
    /// Countries rather than the people who stand for them, but anybody will do.
    Sides,
    /// Whoever was named.
    Anybody,
}

/// What a plural looks for.
#[derive(Clone, Copy)]
struct Wanted {
    sort: Sort,
    /// "two" of "the two leaders".
    count: Option<usize>,
    /// How many sentences back.
    far: u32,
}

/// Puts down "the two leaders" for each of the two, if `noun` is such a plural. True if it is.
pub(super) fn mention(cast: &mut Cast<'_>, noun: u32) -> bool {
    let Some((first, several)) = of_noun(cast, noun) else { return false };
    for entity in several {
        cast.mention_with_head(first, noun + 1, (first, noun + 1), noun, Form::Nominal, entity);
    }
    true
}

/// Those whom a plural noun means, and where its phrase begins: "the two leaders", "both countries".
fn of_noun(cast: &mut Cast<'_>, noun: u32) -> Option<(u32, Several)> {
    let reading = cast.reading;
    let value = PLURALS.get(lower(reading.lemma(noun), &mut String::new()))?;
    let mut words = value.split(' ');
    let sort = match words.next()? {
        "person" => Sort::People,
        "state" => Sort::States,
        _ => Sort::Sides,
    };
    let plural = matches!(reading.xpos(noun), Xpos::NNS | Xpos::NNPS);
    // "the two leaders of the party" are told by more than what was said before.
    let owned = matches!(reading.word(noun + 1), "of" | "from" | "who" | "that");
    let (first, count) = opening(cast, noun).filter(|_| plural && !owned)?;
    if count.is_none() && words.next() != Some("bare") {
        return None;
    }
    let far = if count.is_some() { FAR } else { NEAR };
    let wanted = Wanted { sort, count, far };
    let several = before(cast, first, wanted).map(|(_, several)| several);
    Some((first, several.or_else(|| titled(cast, first, wanted))?))
}

/// Where "the two", "both", "these three", "both of the" or a bare "the" begins, right before a noun, and how many
/// it says that they are.
fn opening(cast: &Cast<'_>, noun: u32) -> Option<(u32, Option<usize>)> {
    let (low, _) = cast.reading.bounds(cast.reading.sentence_of(noun));
    let is = |t: u32, words: &[&str]| {
        t >= low && words.iter().any(|w| cast.reading.word(t).eq_ignore_ascii_case(w))
    };
    // "the two National Security Advisors"
    let capital = |t: &u32| *t > low && cast.reading.word(*t).starts_with(char::is_uppercase);
    let part = |t: &u32| cast.reading.head(*t) == Some(noun) || cast.reading.head(*t + 1) == Some(noun);
    let titles =
        (1..=3).take_while(|i| noun.checked_sub(*i).is_some_and(|t| capital(&t) && part(&t))).count();
    let before = noun.checked_sub(1 + u32::try_from(titles).ok()?)?;
    if is(before, &["both"]) {
        return Some((before, Some(2)));
    }
    let count = counted(cast.reading.word(before)).filter(|_| before >= low);
    let article = if count.is_some() { before.checked_sub(1)? } else { before };
    let told = is(article, &["the", "these", "those"]).then_some(article)?;
    let both = told.checked_sub(1).filter(|t| is(*t, &["both"]));
    let both = both.or(told.checked_sub(2).filter(|t| is(*t, &["both"]) && is(*t + 1, &["of"])));
    Some((both.unwrap_or(told), count.or(both.map(|_| 2))))
}

/// How many a number word says.
fn counted(word: &str) -> Option<usize> {
    let words = ["two", "three", "four", "five", "six"];
    words.iter().position(|w| word.eq_ignore_ascii_case(w)).map(|at| at + 2)
}

/// Those whom "they", "the two" or "both" means, as a subject, and the sentence that names them.
pub(super) fn of_pronoun(cast: &mut Cast<'_>, token: u32) -> Option<(u32, Several)> {
    let reading = cast.reading;
    if !matches!(reading.dep(token), Deprel::Nsubj | Deprel::NsubjPass) {
        return None;
    }
    let sort = Sort::Anybody;
    let wanted = match lower(reading.word(token), &mut String::new()) {
        "they" => Wanted { sort, count: None, far: NEAR },
        "both" => Wanted { sort, count: Some(2), far: NEAR },
        word => {
            let count = Some(counted(word)?);
            token.checked_sub(1).filter(|t| reading.word(*t).eq_ignore_ascii_case("the"))?;
            Wanted { sort, count, far: FAR }
        }
    };
    before(cast, token, wanted)
}

/// The nearest who are named together before `token` and fit, and their sentence.
fn before(cast: &mut Cast<'_>, token: u32, wanted: Wanted) -> Option<(u32, Several)> {
    let reading = cast.reading;
    let here = reading.sentence_of(token);
    for sentence in (here.saturating_sub(wanted.far)..=here).rev() {
        if let Some(several) = in_sentence(cast, sentence, token, wanted) {
            return Some((sentence, several));
        }
    }
    None
}

/// The first in a sentence who are named together before `token` and fit.
fn in_sentence(cast: &mut Cast<'_>, sentence: u32, token: u32, wanted: Wanted) -> Option<Several> {
    let (first, end) = cast.reading.bounds(sentence);
    let end = end.min(token).min(first + LONG);
    let groups: Vec<Several> = (first..end).filter_map(|t| together(cast, t, first, end)).collect();
    let mut fits = groups.into_iter().filter(|s| wanted.count.is_none_or(|count| s.len() == count));
    fits.find_map(|several| meant(cast, several, wanted.sort))
}

/// Those whom the title names together: "Readout of Lee's Call with Park".
fn titled(cast: &mut Cast<'_>, token: u32, wanted: Wanted) -> Option<Several> {
    let reading = cast.reading;
    let is_title = |s: u32| reading.sentence(s).is_some_and(|s| s.zone == ZoneKind::Title);
    let mut titles = reading.sentences().take_while(|s| is_title(*s));
    titles.find_map(|sentence| in_sentence(cast, sentence, token, wanted))
}

/// Those named, as the plural means them: people for leaders, countries for countries.
fn meant(cast: &mut Cast<'_>, several: Several, sort: Sort) -> Option<Several> {
    let people = several.iter().all(|e| cast.kind(*e) == Kind::Person);
    match sort {
        Sort::Anybody => Some(several),
        Sort::People => people.then_some(several),
        Sort::Sides if !people => Some(several),
        Sort::Sides => countries(cast, &several).or(Some(several)),
        Sort::States => countries(cast, &several),
    }
}

/// The countries of several, if they have one each.
fn countries(cast: &mut Cast<'_>, several: &Several) -> Option<Several> {
    let keys: Option<Vec<String>> = several.iter().map(|e| cast.country(*e).map(str::to_owned)).collect();
    let keys = keys?;
    let apart = keys.iter().enumerate().all(|(i, key)| !keys[..i].contains(key));
    keys.iter().map(|key| cast.enter_key(key)).collect::<Option<Several>>().filter(|_| apart)
}

/// Who are named together with the mention that `token` governs, if it is the first of them.
fn together(cast: &Cast<'_>, token: u32, first: u32, end: u32) -> Option<Several> {
    let one = acting(cast, token)?;
    let reading = cast.reading;
    let plural = cast.governed_together(token);
    if plural.len() > 1 {
        return Some(plural);
    }
    let conjuncts: Vec<u32> = (token + 1..end)
        .filter(|t| reading.head(*t) == Some(token) && reading.dep(*t) == Deprel::Conj)
        .take(MOST)
        .collect();
    if !conjuncts.is_empty() {
        let others: Option<Vec<&Mention>> = conjuncts.iter().map(|t| acting(cast, *t)).collect();
        return fitting(cast, one, &others?).filter(|s| s.len() < MOST);
    }
    let verb = reading.head(token)?;
    let other = match reading.dep(token) {
        Deprel::Nsubj if verb > token => {
            let takes = VERBS.has(lower(reading.lemma(verb), &mut String::new()));
            let object = |t: &u32| takes && reading.dep(*t) == Deprel::Obj && reading.head(*t) == Some(verb);
            (verb + 1..end).find(|t| object(t) || with(cast, *t, verb, first))
        }
        // "Lee's call with Park"
        Deprel::NmodPoss => (verb + 1..end).find(|t| with(cast, *t, verb, first)),
        _ => None,
    }?;
    let more = (other + 1..end).any(|t| reading.dep(t) == Deprel::Conj && reading.head(t) == Some(other));
    let other = acting(cast, other).filter(|_| !more)?;
    fitting(cast, one, &[other])
}

/// "met *with* Park", "held talks *with* Park": the phrase hangs on the verb or on its object.
fn with(cast: &Cast<'_>, token: u32, verb: u32, first: u32) -> bool {
    let reading = cast.reading;
    let marked = reading.case_marker(token).is_some_and(|m| m >= first && reading.word(m) == "with");
    let head = reading.head(token);
    let object =
        || head.filter(|h| reading.dep(*h) == Deprel::Obj).and_then(|h| reading.head(h)) == Some(verb);
    marked && (head == Some(verb) || object())
}

/// The mention that `token` governs, of somebody who can be one of several.
fn acting<'c>(cast: &'c Cast<'_>, token: u32) -> Option<&'c Mention> {
    let mention = cast.governed_by(token)?;
    let kind = cast.kind(mention.entity);
    matches!(kind, Kind::Person | Kind::Country | Kind::Organization).then_some(mention)
}

/// All of one kind, each once: a person and a company are no "they" that anybody writes.
fn fitting(cast: &Cast<'_>, one: &Mention, others: &[&Mention]) -> Option<Several> {
    let kind = cast.kind(one.entity);
    let mut several = Several::from_slice(&[one.entity]);
    for other in others {
        if cast.kind(other.entity) != kind || several.contains(&other.entity) {
            return None;
        }
        several.push(other.entity);
    }
    Some(several)
}
