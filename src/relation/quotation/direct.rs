//! Who says the words in quotation marks.
//!
//! In: a [`Reading`] with its stretches of marks. Out: for each stretch that stands for itself, the
//! cue and speaker beside it; stretches that one cue holds together become one quotation:
//!
//! ```text
//! “We will vote,” said Ann Lee, who has led the party since May, “and we will win.”
//! ```
//!
//! A colon before the mark, then a cue after a comma, then a cue before it, decide. A stretch inside
//! a sentence ("called it “a farce”") is left for `content`, which makes its quotation mixed.

use super::cue::{self, Cue};
use super::reading::Reading;
use super::speaker::{self, Speaker};
use crate::syntax::{Deprel, Tree, Upos, Xpos};
use crate::text::{Span, TokenId};

/// How many tokens beside a stretch are searched for its cue.
const REACH: u32 = 60;

/// Words in quotation marks that stand for themselves.
#[derive(Clone, Debug)]
pub(super) struct Direct {
    /// The stretches that it is made of.
    pub stretches: Vec<usize>,
    /// The words, in order.
    pub segments: Vec<Span>,
    pub cue: Option<Cue>,
    pub speaker: Option<Speaker>,
}

/// Where a stretch stands in its paragraph.
struct Place {
    /// The last token before the opening mark in the same sentence or, after a colon, the one before.
    before: Option<TokenId>,
    /// The first token after the closing mark in the same paragraph.
    after: Option<TokenId>,
    /// The stretch's first and last tokens, marks included.
    first: TokenId,
    last: TokenId,
}

/// The direct quotations of a document, in order; none inside the spans `spoken`.
pub(super) fn find(reading: &Reading, spoken: &[Span]) -> Vec<Direct> {
    let mut found: Vec<Direct> = Vec::new();
    for number in 0..reading.stretches.len() {
        if reading.stretches.get(number).is_none_or(|s| super::overlaps(spoken, s.outer)) {
            continue;
        }
        let Some(place) = place(reading, number) else { continue };
        let Some(segments) = stands_for_itself(reading, number, &place) else { continue };
        let colon = place.before.is_some_and(|t| reading.word(t) == ":");
        let introduced = || before(reading, &place);
        let attributed = if colon {
            introduced().or_else(|| after(reading, number, &place))
        } else {
            after(reading, number, &place).or_else(introduced)
        };
        let previous = found.last_mut().filter(|d| follows(reading, d, &place));
        match (attributed, previous) {
            // “A,” he said, “B.”: the same cue; “A,” he said. “B.”: none of its own.
            (Some((cue, _)), Some(previous)) if same_cue(cue.as_ref(), previous.cue.as_ref()) => {
                previous.stretches.push(number);
                previous.segments.extend(segments);
            }
            (None, Some(previous)) if previous.cue.is_some() => {
                previous.stretches.push(number);
                previous.segments.extend(segments);
            }
            (attributed, _) => {
                let (cue, speaker) = attributed.unwrap_or_default();
                found.push(Direct { stretches: vec![number], segments, cue, speaker });
            }
        }
    }
    found
}

fn same_cue(a: Option<&Cue>, b: Option<&Cue>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a.token == b.token)
}

/// True if the stretch at `place` stands in the paragraph of the last quotation, after its cue.
fn follows(reading: &Reading, previous: &Direct, place: &Place) -> bool {
    let Some(last) = previous.segments.last() else { return false };
    let end = reading.token_from(last.end);
    let same = reading.sentence(end).zip(reading.sentence(place.first));
    let cue_between = previous.cue.as_ref().is_some_and(|c| c.token >= end && c.token < place.first);
    same.is_some_and(|((_, a), (_, b))| a.paragraph == b.paragraph)
        && (cue_between || place.first.0 <= end.0 + 2)
        && place.first.0.saturating_sub(end.0) <= REACH
}

fn place(reading: &Reading, number: usize) -> Option<Place> {
    let stretch = reading.stretches.get(number)?;
    let first = reading.token_from(stretch.outer.start);
    let next = reading.token_from(stretch.outer.end);
    let last = TokenId(next.0.checked_sub(1)?);
    (first <= last).then_some(())?;
    let (id, sentence) = reading.sentence(first)?;
    let before = TokenId(first.0.wrapping_sub(1));
    let before = if first > sentence.first {
        Some(before)
    } else {
        // "The paper reports:" may be a sentence, or a paragraph, of its own.
        let previous = id.at().checked_sub(1).and_then(|i| reading.document.sentences.get(i));
        previous.filter(|p| p.zone == sentence.zone && reading.word(before) == ":").map(|_| before)
    };
    let (_, closing) = reading.sentence(last)?;
    let after =
        reading.sentence(next).filter(|(_, s)| s.paragraph == closing.paragraph && s.zone == closing.zone);
    Some(Place { before, after: after.map(|_| next), first, last })
}

/// The words of a stretch that is a quotation of its own: at the start of a sentence, or after a
/// colon, a comma or a cue, and not a part of the sentence around it.
fn stands_for_itself(reading: &Reading, number: usize, place: &Place) -> Option<Vec<Span>> {
    let stretch = reading.stretches.get(number)?;
    let segments: Vec<Span> =
        stretch.pieces.iter().copied().filter(|p| !p.of(&reading.document.text).trim().is_empty()).collect();
    let words = place.last.0 - place.first.0;
    let text = segments.last()?.of(&reading.document.text);
    let capital =
        segments.first()?.of(&reading.document.text).trim_start().starts_with(|c: char| !c.is_lowercase());
    let ended = last_sign(text).is_some_and(|c| ",.?!…—–-".contains(c));
    let after_comma = place.after.is_some_and(|t| matches!(reading.word(t), "," | "." | ";" | "?" | "!"));
    let itself = match place.before {
        None => ended || after_comma || place.after.is_none(),
        Some(before) => match reading.word(before) {
            ":" => true,
            "," | "—" | "–" | "-" | "..." => {
                words >= 3 && (capital || ended || after_comma) && clause_before(reading, before)
            }
            _ => capital && words >= 3 && cue::at(reading, before).is_some_and(|c| c.is_speech()),
        },
    };
    itself.then_some(segments)
}

/// True if a cue stands in the words before a comma.
fn clause_before(reading: &Reading, comma: TokenId) -> bool {
    let Some((_, sentence)) = reading.sentence(comma) else { return false };
    let low = sentence.first.0.max(comma.0.saturating_sub(REACH));
    (low..comma.0).any(|t| cue::at(reading, TokenId(t)).is_some_and(|c| c.is_speech()))
}

type Attribution = (Option<Cue>, Option<Speaker>);

/// The cue after a stretch: “…,” said Ann Lee.
fn after(reading: &Reading, number: usize, place: &Place) -> Option<Attribution> {
    let from = place.after?;
    let stretch = reading.stretches.get(number)?;
    let (_, sentence) = reading.sentence(from)?;
    let sign = last_sign(stretch.pieces.last()?.of(&reading.document.text)).unwrap_or(' ');
    let comma = reading.word(from) == ",";
    let lower = reading.word(from).starts_with(char::is_lowercase);
    let open = ",?!—–-…".contains(sign);
    if is_dash(reading.word(from)) {
        return signed(reading, from);
    }
    if !open && !comma && !lower {
        return None;
    }
    let end = (from.0..sentence.end.0.min(from.0 + REACH))
        .find(|t| reading.quoted(TokenId(*t)).is_some_and(|q| q != number))
        .unwrap_or(sentence.end.0.min(from.0 + REACH));
    let tree = reading.tree(from)?;
    for token in (from.0..end).map(TokenId) {
        let Some(cue) = cue::at(reading, token).filter(|c| c.is_speech() && reading.is_verb(c.token)) else {
            continue;
        };
        if in_relative_clause(reading, token) || !cue::is_finite(reading, token) && !reported(reading, token)
        {
            continue;
        }
        // “…” He said he knew: a sentence of its own.
        let own = tree.child(token, Deprel::Ccomp).is_some_and(|c| c > token && c.0 < end);
        if own && sign != ',' && !comma {
            return None;
        }
        // “…,” Lee said; “…,” said Lee: the words between mark and verb, or those after the verb.
        let inverted = (from.0..token.0).all(|t| reading.is_punct(TokenId(t)));
        let speaker = speaker::of_verb_among(reading, tree, &cue, |s| {
            s >= from && s.0 < end && (inverted || s < token)
        })
        .or_else(|| speaker::first_named(reading, tree, from, token));
        if speaker.is_some() {
            return Some((Some(cue), speaker));
        }
    }
    // “…,” according to Ann Lee.
    let Some(cue) = (from.0..end.min(from.0 + 3))
        .find_map(|t| cue::at(reading, TokenId(t)).filter(|c| c.shape == cue::Shape::AccordingTo))
    else {
        return beside(reading, tree, from, end);
    };
    let head = super::beside::source(reading, tree, &cue)?;
    Some((Some(cue), Some(speaker::phrase(reading, tree, head, cue.token))))
}

/// “This is great!” beamed Ann Lee. “This is great,” Ann Lee beamed: a verb that no list has, with
/// a noun phrase and little else from the mark to the sentence's end.
fn beside(reading: &Reading, tree: &Tree, from: TokenId, end: u32) -> Option<Attribution> {
    let first = (from.0..end).map(TokenId).find(|t| !reading.is_punct(*t))?;
    let verb = (first.0..end.min(first.0 + 8)).map(TokenId).find(|t| reading.is_verb(*t))?;
    let cue = cue::beside_marks(reading, verb)?;
    if tree.objects(verb).next().is_some() || tree.child(verb, Deprel::Ccomp).is_some_and(|c| c > verb) {
        return None;
    }
    let named = |t: &TokenId| matches!(reading.upos(*t), Upos::Propn | Upos::Noun | Upos::Pron);
    let speaker = if verb == first {
        let head = (verb.0 + 1..end.min(verb.0 + 12))
            .map(TokenId)
            .take_while(|t| named(t) || matches!(reading.upos(*t), Upos::Det | Upos::Adj | Upos::Num))
            .filter(named)
            .last()?;
        speaker::phrase(reading, tree, head, verb)
    } else {
        let subject = speaker::nearest_subject(tree, verb).filter(|s| *s >= first && *s < verb)?;
        speaker::phrase(reading, tree, subject, verb)
    };
    Some((Some(cue), Some(speaker)))
}

/// The sign that ends words, marks inside them aside: the comma of “‘No,’”.
fn last_sign(text: &str) -> Option<char> {
    text.trim_end_matches(|c: char| c.is_whitespace() || "'’\"”".contains(c)).chars().next_back()
}

fn is_dash(word: &str) -> bool {
    matches!(word, "―" | "—" | "–" | "--" | "-")
}

/// “…” — Ann Lee, Oslo: a name after a dash, up to the end of its paragraph.
fn signed(reading: &Reading, dash: TokenId) -> Option<Attribution> {
    let (_, sentence) = reading.sentence(dash)?;
    let first = TokenId(dash.0 + 1);
    named(reading, first, sentence.end).filter(|_| sentence.end.0 - dash.0 <= 14)
}

/// "said" is often tagged as a participle in "…,” said Ann Lee".
fn reported(reading: &Reading, token: TokenId) -> bool {
    reading.xpos(token) == Xpos::VBN
        && !reading.tree(token).is_some_and(|tree| speaker::is_passive(tree, token))
}

/// “…,” said Ann Lee, who has said as much before: "has said" is not the cue.
fn in_relative_clause(reading: &Reading, verb: TokenId) -> bool {
    let Some((_, sentence)) = reading.sentence(verb) else { return false };
    let low = sentence.first.0.max(verb.0.saturating_sub(8));
    (low..verb.0)
        .rev()
        .map(TokenId)
        .take_while(|t| !reading.is_punct(*t) && reading.quoted(*t).is_none())
        .any(|t| matches!(reading.xpos(t), Xpos::WP | Xpos::WDT))
}

/// The cue before a stretch: Ann Lee said: “…”
fn before(reading: &Reading, place: &Place) -> Option<Attribution> {
    let last = place.before?;
    let (_, sentence) = reading.sentence(last)?;
    let low = sentence.first.0.max(last.0.saturating_sub(REACH));
    // Words of the stretch before are not this one's cue.
    let first = (low..=last.0).rev().find(|t| reading.quoted(TokenId(*t)).is_some()).map_or(low, |t| t + 1);
    let tree = reading.tree(last)?;
    let colon = reading.word(last) == ":";
    for token in (first..=last.0).rev().map(TokenId) {
        let Some(cue) = cue::at(reading, token).filter(|c| reading.is_verb(c.token)) else { continue };
        if !(cue.is_speech() || colon) || (in_relative_clause(reading, token) && token.0 + 1 < last.0) {
            continue;
        }
        let speaker = speaker::of_verb_among(reading, tree, &cue, |s| s.0 < place.first.0);
        return Some((Some(cue), speaker));
    }
    colon.then(|| named(reading, TokenId(first), last).or_else(|| main_verb(reading, tree, last))).flatten()
}

/// "Ann Lee broke it down for the paper: “…”": the subject of the sentence before a colon.
fn main_verb(reading: &Reading, tree: &Tree, colon: TokenId) -> Option<Attribution> {
    let root = tree.tokens().find(|t| tree.head(*t).is_none()).filter(|root| *root < colon)?;
    let cue = cue::beside_marks(reading, root)?;
    let subject = speaker::nearest_subject(tree, root).filter(|s| *s < root)?;
    Some((Some(cue), Some(speaker::phrase(reading, tree, subject, root))))
}

/// "LEE: …", "Ann Lee, mayor: …": who stands alone from `first` up to `end`.
pub(super) fn named(reading: &Reading, first: TokenId, end: TokenId) -> Option<Attribution> {
    let tree = reading.tree(first)?;
    let words = (first.0..end.0).map(TokenId);
    if first >= end || end.0 - first.0 > 12 || words.clone().any(|t| reading.is_verb(t)) {
        return None;
    }
    let head = words.clone().find(|t| matches!(reading.upos(*t), Upos::Propn | Upos::Noun))?;
    let mut speaker = speaker::phrase(reading, tree, head, end);
    speaker.span = reading.trimmed(first, TokenId(end.0 - 1))?;
    Some((None, Some(speaker)))
}
