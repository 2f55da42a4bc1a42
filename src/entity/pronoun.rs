//! He, she, it, they, who: pronouns find their nouns.
//!
//! In: the cast with names and descriptions. Out: mentions of form pronoun. "who" belongs to the
//! noun that its clause modifies; the others to the most salient participant before them that
//! agrees in number and gender: the same sentence or the last few, subjects first.
//!
//! Left out: "I" and "we" inside quotations, which belong to the speaker; expletive "it".

use super::cast::Cast;
use super::reading::lower;
use super::{Form, Mention};
use crate::lexicon::{Gender, Kind};
use crate::syntax::{Deprel, Upos, Xpos};
use crate::text::EntityId;
use crate::word_list;

word_list!(
    /// Pronouns with what they agree with: male, female, thing, many, relative.
    PRONOUNS,
    "pronouns.txt"
);

/// How many mentions and sentences back a pronoun looks.
const MENTIONS: usize = 40;
const SENTENCES: u32 = 4;

/// What a pronoun agrees with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Agreement {
    One(Gender),
    Thing,
    Many,
}

/// Finds pronouns and adds them to the cast.
pub(super) fn find(cast: &mut Cast<'_>) {
    let reading = cast.reading;
    // Names and descriptions in the order of the text: what a pronoun may look back at.
    let mut earlier: Vec<u32> = (0..cast.mentions.len()).filter_map(|i| u32::try_from(i).ok()).collect();
    earlier.sort_by_key(|i| cast.mentions.get(*i as usize).map(|m| (m.first, m.end)));
    let mut passed = 0;
    let mut window: Vec<u32> = Vec::new();
    let mut buffer = String::new();
    let quotes = inside_quotes(cast);
    for sentence in reading.sentences() {
        let (first, end) = reading.bounds(sentence);
        for token in first..end {
            while let Some(i) = earlier.get(passed).filter(|i| cast.mentions[**i as usize].first.0 < token) {
                window.push(*i);
                passed += 1;
            }
            let word = lower(reading.word(token), &mut buffer);
            let Some(sort) = PRONOUNS.get(word) else { continue };
            let entity = match sort {
                _ if word.ends_with("self") || word.ends_with("selves") => own_subject(cast, token),
                "relative" => relative(cast, token),
                "male" => antecedent(cast, &quotes, &window, token, sentence, Agreement::One(Gender::Male)),
                "female" => {
                    antecedent(cast, &quotes, &window, token, sentence, Agreement::One(Gender::Female))
                }
                "thing" if takes_part(cast, token) => {
                    antecedent(cast, &quotes, &window, token, sentence, Agreement::Thing)
                }
                "many" => antecedent(cast, &quotes, &window, token, sentence, Agreement::Many),
                _ => None,
            };
            let Some(entity) = entity.filter(|_| !cast.is_covered(token)) else { continue };
            let mention = cast.mention(token, token + 1, (token, token + 1), Form::Pronoun, entity);
            window.push(mention);
        }
    }
}

/// For every token, whether it stands inside quotation marks. A paragraph's end closes them.
fn inside_quotes(cast: &Cast<'_>) -> Vec<bool> {
    let document = cast.reading.document;
    let mut quotes = vec![false; document.tokens.len()];
    let (mut open, mut paragraph) = (false, 0);
    for sentence in &document.sentences {
        open &= sentence.paragraph == paragraph;
        paragraph = sentence.paragraph;
        for token in sentence.tokens() {
            match document.word(token) {
                "“" | "``" => open = true,
                "”" | "''" => open = false,
                "\"" => open = !open,
                _ => {}
            }
            if let Some(slot) = quotes.get_mut(token.at()) {
                *slot = open;
            }
        }
    }
    quotes
}

/// "It" and "its" that may stand for somebody: a subject that is no expletive, or an owner.
fn takes_part(cast: &Cast<'_>, token: u32) -> bool {
    let reading = cast.reading;
    match reading.dep(token) {
        Deprel::NmodPoss => true,
        Deprel::Nsubj | Deprel::NsubjPass => {
            // "It is clear that", "it seems that", "it would be better to"
            let Some(predicate) = reading.head(token) else { return true };
            let clause = |t: u32| {
                reading.head(t) == Some(predicate)
                    && matches!(
                        reading.dep(t),
                        Deprel::Csubj | Deprel::CsubjOuter | Deprel::Ccomp | Deprel::Xcomp
                    )
            };
            let copular = (token..predicate)
                .any(|t| reading.dep(t) == Deprel::Cop && reading.head(t) == Some(predicate));
            let adjective = reading.upos(predicate) == Upos::Adj;
            !(copular && (adjective || (predicate..predicate.saturating_add(12)).any(clause)))
        }
        _ => false,
    }
}

/// "turned himself in": the subject of the same verb.
fn own_subject(cast: &Cast<'_>, token: u32) -> Option<EntityId> {
    let reading = cast.reading;
    let verb = reading.head(token)?;
    let low = token.saturating_sub(40);
    let subject = (low..token).rev().find(|t| {
        reading.head(*t) == Some(verb) && matches!(reading.dep(*t), Deprel::Nsubj | Deprel::NsubjPass)
    })?;
    cast.governed_by(subject).or_else(|| cast.mention_at(subject)).map(|m| m.entity)
}

/// "the minister who": the noun that the relative clause hangs on.
fn relative(cast: &Cast<'_>, token: u32) -> Option<EntityId> {
    let reading = cast.reading;
    if !matches!(reading.xpos(token), Xpos::WP | Xpos::WDT | Xpos::WPS) {
        return None;
    }
    let mut verb = reading.head(token)?;
    for _ in 0..4 {
        if matches!(reading.dep(verb), Deprel::AclRelcl | Deprel::Acl) {
            let noun = reading.head(verb).filter(|n| *n < token)?;
            let mention = cast.governed_by(noun).or_else(|| cast.mention_at(noun))?;
            return Some(mention.entity);
        }
        verb = reading.head(verb)?;
    }
    None
}

/// The most salient participant before a pronoun that agrees with it.
fn antecedent(
    cast: &Cast<'_>,
    quotes: &[bool],
    window: &[u32],
    token: u32,
    sentence: u32,
    wanted: Agreement,
) -> Option<EntityId> {
    let reading = cast.reading;
    let possessive = reading.dep(token) == Deprel::NmodPoss;
    let one = matches!(wanted, Agreement::One(_));
    // "The study found that it …": a thing that takes part in nothing stands nearer.
    let barrier = if one { 0 } else { thing_before(cast, token, sentence, wanted) };
    let quoted = quotes.get(token as usize).copied().unwrap_or(false);
    let mut best: Option<(i32, EntityId)> = None;
    for (back, i) in window.iter().rev().take(MENTIONS).enumerate() {
        let Some(mention) = cast.mentions.get(*i as usize) else { continue };
        let distance = sentence.saturating_sub(mention.sentence.0);
        if distance > if one { SENTENCES } else { 1 } || mention.end.0 <= barrier {
            break;
        }
        let prominence = salience(reading.dep(mention.head.0));
        if !one && distance > 0 && prominence < 30 {
            continue;
        }
        let Some(fit) = agreement(cast, mention, wanted) else { continue };
        // "China said Doe wants it": the object of a verb is not the verb's own subject.
        let same_clause = distance == 0
            && !possessive
            && reading.head(mention.head.0) == reading.head(token)
            && reading.head(token).is_some()
            && reading.dep(mention.head.0) != reading.dep(token);
        if same_clause {
            continue;
        }
        let far = i32::try_from(distance * 100).unwrap_or(i32::MAX / 4);
        // "its" mostly belongs to the nearest that can own.
        let step = if possessive && !one && distance == 0 { 40 } else { 1 };
        let near = step * i32::try_from(back).unwrap_or(40);
        // "I admire him," Doe said: he is not who speaks.
        let outside = !quotes.get(mention.head.at()).copied().unwrap_or(false);
        let speaker = if quoted && outside && prominence >= 70 && distance < 2 { 120 } else { 0 };
        let score = fit + prominence + form_value(mention.form) - far - near - speaker;
        if !one && score <= 0 {
            continue;
        }
        if best.is_none_or(|(value, _)| score > value) {
            best = Some((score, mention.entity));
        }
    }
    best.map(|(_, entity)| entity)
}

/// One past the last noun before a pronoun that is a subject, could be what it means, and is nobody.
fn thing_before(cast: &Cast<'_>, token: u32, sentence: u32, wanted: Agreement) -> u32 {
    let reading = cast.reading;
    let (start, _) = reading.bounds(sentence.saturating_sub(1));
    let low = start.max(token.saturating_sub(60));
    let plural = wanted == Agreement::Many;
    let subject = |t: &u32| {
        matches!(reading.dep(*t), Deprel::Nsubj | Deprel::NsubjPass)
            && reading.upos(*t) == Upos::Noun
            && (reading.xpos(*t) == Xpos::NNS) == plural
            && !cast.is_covered(*t)
    };
    (low..token).rev().find(subject).map_or(0, |t| t + 1)
}

/// How well a mention agrees; `None` where it cannot.
fn agreement(cast: &Cast<'_>, mention: &Mention, wanted: Agreement) -> Option<i32> {
    let entity = cast.entity(mention.entity)?;
    match (wanted, entity.kind) {
        (Agreement::One(gender), Kind::Person) => match entity.gender {
            Some(own) if own == gender => Some(40),
            Some(_) => None,
            None => Some(0),
        },
        (Agreement::Thing, Kind::Organization) => Some(20),
        // "Chinese" is an adjective: no pronoun looks back at it.
        (Agreement::Thing, Kind::Country) if mention.form != Form::Nominal || is_noun(cast, mention) => {
            Some(20)
        }
        (Agreement::Many, Kind::Group) => Some(40),
        (Agreement::Many, Kind::Organization) => Some(-40),
        _ => None,
    }
}

fn is_noun(cast: &Cast<'_>, mention: &Mention) -> bool {
    !matches!(cast.reading.dep(mention.head.0), Deprel::Amod | Deprel::Compound)
}

/// Subjects are remembered best.
fn salience(dep: Deprel) -> i32 {
    match dep {
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter => 70,
        Deprel::Obj | Deprel::Iobj | Deprel::OblAgent => 30,
        Deprel::Root | Deprel::Parataxis => 30,
        Deprel::Compound | Deprel::Amod => -60,
        Deprel::NmodPoss | Deprel::Nmod | Deprel::Obl => 5,
        _ => 0,
    }
}

fn form_value(form: Form) -> i32 {
    match form {
        Form::Pronoun => 25,
        Form::Name => 20,
        Form::Nominal => 0,
    }
}
