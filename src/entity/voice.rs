//! Whose words a sentence is in: the voice of a transcript's turn, of a signed statement, of a declaration.
//!
//! In: the cast with names. Out: for each sentence, who says "I" there, and who says "we". Three forms tell:
//!
//! ```text
//! SECRETARY DOE: We have warned them.          a label in capitals: its paragraphs, up to the next label
//! Statement by Jane Doe on the Elections       a title with who speaks: all of the text without labels
//! I, JANE DOE, President of Freedonia, proclaim who "I" is: all of the text without labels
//! We, the Leaders of the African Union, met    who "we" are: all of the text after it
//! ```
//!
//! A label's surname, in capitals, is that of a person whom the text names elsewhere; "THE PRESIDENT" is the
//! person of the title. Left out: texts that several people sign without a "we, the …".

use super::candidate::LABEL_COURTESIES;
use super::cast::Cast;
use super::reading::lower;
use super::{Form, Mention};
use crate::document::ZoneKind;
use crate::lexicon::Kind;
use crate::text::EntityId;
use crate::word_list;

word_list!(
    /// Nouns of titles that name a text in somebody's own words.
    AUTHORED,
    "authored.txt"
);

/// How many tokens a label has at most.
const LABEL: u32 = 9;
/// How many tokens stand between "We," and the name of the body at most.
const NAMED: u32 = 12;

/// Who speaks in a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Voice {
    /// Who says "I".
    pub one: Option<EntityId>,
    /// The body that says "we", where the text tells so itself.
    pub many: Option<EntityId>,
}

/// "I, JANE DOE, President of …": the person whose name stands beside "I".
fn signed(cast: &Cast<'_>) -> Option<EntityId> {
    let reading = cast.reading;
    let tokens = u32::try_from(reading.document.tokens.len()).unwrap_or(0);
    (0..tokens.saturating_sub(3)).filter(|t| reading.word(*t) == "I" && reading.word(t + 1) == ",").find_map(
        |t| {
            let mention =
                cast.mention_at(t + 2).filter(|m| m.first.0 == t + 2 && reading.word(m.end.0) == ",");
            mention.filter(|m| is_person(cast, m) && m.form == Form::Name).map(|m| m.entity)
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
    let mut now = Voice { one: author, many: None };
    let mut paragraph = None;
    let mut names = Vec::new();
    for sentence in reading.sentences() {
        let Some(row) = reading.sentence(sentence) else { continue };
        let begins = paragraph.replace((row.paragraph, row.zone)) != Some((row.paragraph, row.zone));
        if begins && let Some(colon) = label(cast, sentence) {
            let (first, _) = reading.bounds(sentence);
            let mention = (first..colon).rev().find_map(|t| cast.mention_at(t));
            let named = mention.filter(|m| is_person(cast, m) && m.form == Form::Name).map(|m| m.entity);
            let office = reading.word(first).eq_ignore_ascii_case("the");
            let one = named.or_else(|| if office { author } else { surnamed(cast, colon - 1) });
            if let Some(one) = one.filter(|_| named.is_none()) {
                names.push((colon - 1, one));
            }
            now = Voice { one, many: None };
        }
        if let Some(body) = declared(cast, sentence) {
            now.many = Some(body);
        }
        voices.push(if row.zone == ZoneKind::Title { Voice::default() } else { now });
    }
    (voices, names)
}

/// "Remarks by President Jane Doe at …": the person of the title.
fn author(cast: &Cast<'_>) -> Option<EntityId> {
    let reading = cast.reading;
    let mut buffer = String::new();
    for sentence in reading.sentences().take(3) {
        let (first, end) = reading.bounds(sentence);
        let by = (first..end).take(12).find(|t| {
            matches!(reading.word(*t), "by" | "By" | "from" | "From" | "BY" | "FROM")
                && (first..*t).any(|n| AUTHORED.has(lower(reading.word(n), &mut buffer)))
        });
        let is_title = reading.sentence(sentence).is_some_and(|s| s.zone == ZoneKind::Title);
        let opens = is_title || sentence == 0;
        let Some(by) = by.filter(|_| opens) else { continue };
        // The title before the name belongs to it.
        let named = (by + 1..end.min(by + 6)).find_map(|t| cast.mention_at(t));
        return named.filter(|m| is_person(cast, m) && m.form == Form::Name).map(|m| m.entity);
    }
    None
}

/// The colon of a label at the start of a paragraph: "SECRETARY DOE:", "MR. DOE:", "QUESTION:".
fn label(cast: &Cast<'_>, sentence: u32) -> Option<u32> {
    let (first, end) = cast.reading.bounds(sentence);
    let small = |word: &str| LABEL_COURTESIES.get(word) == Some("small");
    cast.reading.document.label_colon(first..end.min(first + LABEL), small).map(|colon| colon.0)
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

/// "We, the Leaders of the Group of Seven (G7), met": the body.
fn declared(cast: &Cast<'_>, sentence: u32) -> Option<EntityId> {
    let reading = cast.reading;
    let (first, end) = reading.bounds(sentence);
    let is = |t: u32, word: &str| reading.word(t).eq_ignore_ascii_case(word);
    let we = (first..end.min(first + 2)).find(|t| is(*t, "we"))?;
    if !(is(we + 1, ",") && is(we + 2, "the")) {
        return None;
    }
    let mut after = (we + 3..end.min(we + NAMED)).take_while(|t| !is(*t, ","));
    let body = after.find_map(|t| cast.mention_at(t).filter(|m| m.form == Form::Name))?;
    matches!(cast.kind(body.entity), Kind::Organization | Kind::Country).then_some(body.entity)
}

fn is_person(cast: &Cast<'_>, mention: &Mention) -> bool {
    cast.kind(mention.entity) == Kind::Person
}
