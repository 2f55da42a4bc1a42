//! Whose words a sentence is in: the voice of a transcript's turn, of a signed statement, of a declaration.
//!
//! In: the cast with names. Out: for each sentence, who says "I" there, and who says "we". Three forms tell:
//!
//! ```text
//! SECRETARY DOE: We have warned them.          a label in capitals: its paragraphs, up to the next label
//! Statement by Jane Doe on the Elections       a title with who speaks: all of the text without labels
//! We, the Leaders of the African Union, met    who "we" are: all of the text after it
//! ```
//!
//! Left out: texts that several people sign without a "we, the …".

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

/// The voice of every sentence; empty where no form tells.
pub(super) fn of_sentences(cast: &Cast<'_>) -> Vec<Voice> {
    let reading = cast.reading;
    let mut voices: Vec<Voice> = Vec::with_capacity(reading.document.sentences.len());
    let mut now = Voice { one: author(cast), many: None };
    let mut paragraph = None;
    for sentence in reading.sentences() {
        let Some(row) = reading.sentence(sentence) else { continue };
        let begins = paragraph.replace((row.paragraph, row.zone)) != Some((row.paragraph, row.zone));
        if begins && let Some(speaker) = label(cast, sentence) {
            now = Voice { one: speaker, many: None };
        }
        if let Some(body) = declared(cast, sentence) {
            now.many = Some(body);
        }
        voices.push(if row.zone == ZoneKind::Title { Voice::default() } else { now });
    }
    voices
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

/// The speaker of a label at the start of a paragraph; `Some(None)` for a label that names nobody: "QUESTION:".
fn label(cast: &Cast<'_>, sentence: u32) -> Option<Option<EntityId>> {
    let reading = cast.reading;
    let (first, end) = reading.bounds(sentence);
    let colon = (first + 1..end.min(first + LABEL)).find(|t| reading.word(*t) == ":")?;
    let small = |t: u32| reading.word(t).chars().any(char::is_lowercase);
    let letters = |t: u32| reading.word(t).chars().any(char::is_alphabetic);
    let title = |t: u32| matches!(reading.word(t), "Mr." | "Ms." | "Mrs." | "Dr.");
    if !(first..colon).any(letters) || (first..colon).any(|t| small(t) && !title(t)) {
        return None;
    }
    let mention = (first..colon).rev().find_map(|t| cast.mention_at(t));
    Some(mention.filter(|m| is_person(cast, m)).map(|m| m.entity))
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
