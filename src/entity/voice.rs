//! Whose words a sentence is in: the voice of a transcript's turn, of a signed statement, of a declaration.
//!
//! In: the cast with names. Out: for each sentence, who says "I" there, and who says "we". Five forms tell:
//!
//! ```text
//! SECRETARY DOE: We have warned them.          a label in capitals: its paragraphs, up to the next label
//! Statement by Jane Doe on the Elections       a title with who speaks: all of the text without labels
//! Jane Doe, Secretary of State                 a line of its own after the title: the same
//! I, JANE DOE, President of Freedonia, proclaim who "I" is: all of the text without labels
//! We, the Leaders of the African Union, met    who "we" are: all of the text after it
//! Joint Statement by Norway and Peru           the same, each of them
//! ```
//!
//! A label's surname, in capitals, is that of a person whom the text names elsewhere; "THE PRESIDENT" is the
//! person of the title. Left out: texts that several people sign without a "we, the …".

use super::cast::Cast;
use super::reading::lower;
use super::together::Several;
use super::{Form, Mention};
use crate::document::ZoneKind;
use crate::lexicon::Kind;
use crate::syntax::Upos;
use crate::text::EntityId;
use crate::word_list;

word_list!(
    /// Nouns of titles that name a text in somebody's own words.
    AUTHORED,
    "authored.txt"
);

/// How many sentences a text's opening lines are, and how many tokens a line with its author.
const OPENING: usize = 5;
const BYLINE: u32 = 16;
/// How many tokens stand between "We," and the name of the body at most.
const NAMED: u32 = 40;
/// How many may say "we" together, and each be named for it.
const MOST: usize = 6;

/// Who speaks in a sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Voice {
    /// Who says "I".
    pub one: Option<EntityId>,
    /// Those who say "we", where the text tells so itself.
    pub many: Several,
}

/// "I, JANE DOE, President of …": the person whose name stands beside "I".
fn signed(cast: &Cast<'_>) -> Option<EntityId> {
    let reading = cast.reading;
    let tokens = u32::try_from(reading.document.tokens.len()).unwrap_or(0);
    (0..tokens.saturating_sub(3)).filter(|t| reading.word(*t) == "I" && reading.word(t + 1) == ",").find_map(
        |t| {
            let mention =
                cast.mention_at(t + 2).filter(|m| m.first.0 == t + 2 && reading.word(m.end.0) == ",");
            mention.and_then(|m| named_person(cast, m))
        },
    )
}

/// A label's last word that is a name the recogniser did not see, and whose it is.
pub(super) type LabelName = (u32, EntityId);

/// The voice of every sentence, and the names found in labels.
pub(super) fn of_sentences(cast: &Cast<'_>) -> (Vec<Voice>, Vec<LabelName>) {
    let reading = cast.reading;
    let mut voices: Vec<Voice> = Vec::with_capacity(reading.document.sentences.len());
    let author = author(cast).or_else(|| signed(cast));
    let mut now = Voice { one: author, many: joint(cast).unwrap_or_default() };
    let mut turns = reading.document.turns().into_iter().peekable();
    let mut names = Vec::new();
    for sentence in reading.sentences() {
        let Some(row) = reading.sentence(sentence) else { continue };
        if let Some(turn) = turns.next_if(|turn| turn.label.start < row.end.0) {
            let (first, last) = (turn.label.start, turn.label.end.saturating_sub(1));
            let mention = turn.label.rev().find_map(|t| cast.mention_at(t));
            let named = mention.and_then(|m| named_person(cast, m));
            let office = reading.word(first).eq_ignore_ascii_case("the");
            let one = named.or_else(|| if office { author } else { surnamed(cast, last) });
            if let Some(one) = one.filter(|_| named.is_none()) {
                names.push((last, one));
            }
            // "SENIOR STATE DEPARTMENT OFFICIAL ONE": who speaks for it has no name.
            let body = mention.filter(|m| one.is_none() && is_body(cast, m)).map(|m| m.entity);
            now = Voice { one, many: body.into_iter().collect() };
        }
        if let Some(bodies) = declared(cast, sentence) {
            now.many = bodies;
        }
        voices.push(if row.zone == ZoneKind::Title { Voice::default() } else { now.clone() });
    }
    (voices, names)
}

/// "Remarks by President Jane Doe at …", "The following is attributable to Jane Doe:", "Jane Doe, Secretary of
/// State": the person whose words the first lines say that these are.
fn author(cast: &Cast<'_>) -> Option<EntityId> {
    let reading = cast.reading;
    let mut buffer = String::new();
    for sentence in reading.sentences().take(OPENING) {
        let (first, end) = reading.bounds(sentence);
        let is = |t: u32, word: &str| reading.word(t).eq_ignore_ascii_case(word);
        let by = (first..end).take(12).find(|t| {
            (is(*t, "by") || is(*t, "from") || is(*t, "of"))
                && (first..*t).any(|n| AUTHORED.has(lower(reading.word(n), &mut buffer)))
                || is(*t, "to") && *t > first && is(*t - 1, "attributable")
        });
        let is_title = reading.sentence(sentence).is_some_and(|s| s.zone == ZoneKind::Title);
        let opens = is_title || sentence == 0 || end > first && is(end - 1, ":");
        if let Some(by) = by.filter(|_| opens) {
            // The title before the name belongs to it.
            let named = (by + 1..end.min(by + 6)).find_map(|t| cast.mention_at(t));
            return named.and_then(|m| named_person(cast, m));
        }
        if let Some(person) = byline(cast, first, end) {
            return Some(person);
        }
    }
    None
}

/// "Jane Doe, Secretary of State", a line of its own: the person.
fn byline(cast: &Cast<'_>, first: u32, end: u32) -> Option<EntityId> {
    let reading = cast.reading;
    let name = cast.mention_at(first)?;
    let person = named_person(cast, name)?;
    let comma = name.first.0 == first && reading.word(name.end.0) == "," && end - first <= BYLINE;
    let verb = || (name.end.0..end).any(|t| matches!(reading.upos(t), Upos::Verb | Upos::Aux));
    let roles = cast.entity(person).map_or(&[][..], |e| &e.roles);
    let line = reading.span(first, end);
    let title = || roles.iter().any(|r| r.span.is_some_and(|s| line.contains(s)));
    (comma && !verb() && title()).then_some(person)
}

/// The one person of the text whose name ends with this word, in whatever case: "BENAIM".
fn surnamed(cast: &Cast<'_>, token: u32) -> Option<EntityId> {
    let surname = cast.reading.word(token);
    let ends = |name: &str| name.rsplit(' ').next().is_some_and(|last| last.eq_ignore_ascii_case(surname));
    let people = (0..cast.entities.len()).filter(|i| cast.entities[*i].kind == Kind::Person);
    let mut fitting = people.filter(|i| ends(&cast.entities[*i].name));
    let one = fitting.next().filter(|_| surname.len() > 2)?;
    fitting.next().is_none().then(|| EntityId::from(one))
}

/// "Joint statement by Norway and Peru", "The text of the following statement was released by the Governments of
/// Norway and Peru": those who speak together.
fn joint(cast: &Cast<'_>) -> Option<Several> {
    let reading = cast.reading;
    let mut buffer = String::new();
    reading.sentences().take(OPENING).find_map(|sentence| {
        let (first, end) = reading.bounds(sentence);
        let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.word(t).eq_ignore_ascii_case(w));
        let named = (first..end).find(|t| AUTHORED.has(lower(reading.word(*t), &mut buffer)))?;
        let by = (named + 1..end).find(|t| is(*t, &["by", "of", "between", "from"]))?;
        let together = (first..by).any(|t| is(t, &["joint"])) || is(by + 2, &["governments", "leaders"]);
        let upto = (by + 1..end).find(|t| is(*t, &["on", "regarding", "about", "following", "at", ":"]));
        bodies(cast, by + 1, upto.unwrap_or(end)).filter(|all| together && all.len() > 1)
    })
}

/// "We, the Leaders of the Group of Seven (G7), met", "We, Norway and Peru, met": the bodies.
fn declared(cast: &Cast<'_>, sentence: u32) -> Option<Several> {
    let reading = cast.reading;
    let (first, end) = reading.bounds(sentence);
    let is = |t: u32, word: &str| reading.word(t).eq_ignore_ascii_case(word);
    let we = (first..end.min(first + 4)).find(|t| is(*t, "we"))?;
    let apposed = is(we + 1, ",") && (is(we + 2, "the") || cast.is_covered(we + 2));
    if !apposed && !is(we + 1, "the") {
        return None;
    }
    let verb = |t: u32| matches!(reading.upos(t), Upos::Verb | Upos::Aux) && !cast.is_covered(t);
    let end = (we + 1..end.min(we + NAMED)).find(|t| verb(*t))?;
    bodies(cast, we + 1, end)
}

/// The countries and bodies named among some tokens; `None` for nobody, and for a list too long to name each.
fn bodies(cast: &Cast<'_>, first: u32, end: u32) -> Option<Several> {
    let mut all = Several::new();
    for mention in (first..end).filter_map(|t| cast.mention_at(t)).filter(|m| is_body(cast, m)) {
        if !all.contains(&mention.entity) {
            all.push(mention.entity);
        }
    }
    (1..=MOST).contains(&all.len()).then_some(all)
}

fn is_body(cast: &Cast<'_>, mention: &Mention) -> bool {
    mention.form == Form::Name && matches!(cast.kind(mention.entity), Kind::Organization | Kind::Country)
}

/// The person whom a mention names.
fn named_person(cast: &Cast<'_>, mention: &Mention) -> Option<EntityId> {
    let person = cast.kind(mention.entity) == Kind::Person && mention.form == Form::Name;
    person.then_some(mention.entity)
}
