//! A relation frame: a short sentence with slots that says how a relation is worded.
//!
//! In: `SUBJECT urge|implore OBJECT to CONTENT`, as the files in `data/relations/` write it. Out:
//! [`Frame`]s: the trigger lemmas, the words and particles that must go with them, and the slots
//! with their place in the sentence. A part in `[…]` may be missing: every reading becomes a frame
//! of its own; so does a joined pair such as `turn_down` among other verbs. Only the active base form is written here; the relation room derives the passive,
//! the relative clause and the others. Shared with `build.rs`: only `std`.

use std::fmt;
use std::sync::LazyLock;

use super::problem::nearest;

/// What a slot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Who does it.
    Subject,
    /// To whom it is done.
    Object,
    /// What is said or asked: relations inside stand within this one.
    Content,
    /// About what.
    Topic,
}

/// A circumstance that colours a relation: the modality of relations inside CONTENT, or the
/// condition under which a relation becomes another (`when`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// It is not so.
    Negated,
    /// It will be so.
    Planned,
    /// It may be so.
    Possible,
    /// It must be so.
    Obliged,
    /// It is asked for.
    Asked,
    /// It is alleged.
    Alleged,
    /// It is so if something else is.
    Hypothetical,
}

impl Condition {
    /// Every condition and its name in the files; `denied` is another name for `negated`.
    pub const NAMES: [(&'static str, Condition); 8] = [
        ("negated", Condition::Negated),
        ("planned", Condition::Planned),
        ("possible", Condition::Possible),
        ("obliged", Condition::Obliged),
        ("asked", Condition::Asked),
        ("alleged", Condition::Alleged),
        ("hypothetical", Condition::Hypothetical),
        ("denied", Condition::Negated),
    ];

    /// The condition with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, c)| *c)
    }
}

/// Which kinds of participants a slot takes: a set of bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kinds(pub u8);

impl Kinds {
    /// The kinds and their names in a frame, in the order of their bits.
    pub const NAMES: [&'static str; 6] = ["person", "country", "organization", "place", "group", "other"];

    /// A slot that says nothing takes anybody, but no place, which does not act.
    pub const ACTOR: Kinds = Kinds(0b11_0111);

    /// Every kind.
    pub const ANYTHING: Kinds = Kinds(0b11_1111);

    /// True if the kind with this number (its place in [`Kinds::NAMES`]) is taken.
    #[must_use]
    pub fn has(self, kind: usize) -> bool {
        kind < 8 && self.0 & (1 << kind) != 0
    }
}

/// Where in the base form a slot stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Before the verb.
    Before,
    /// Before a noun, with `'s`.
    Possessor,
    /// After the verb, with nothing between.
    Bare,
    /// After one of these words: `on|upon OBJECT`, `that CONTENT`.
    Marked(Vec<String>),
}

/// A slot of a frame.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// What it holds.
    pub role: Role,
    /// Whom it takes.
    pub kinds: Kinds,
    /// Where it stands.
    pub place: Place,
}

/// A word that must be there: "talks" in `SUBJECT hold talks with OBJECT`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Literal {
    /// Its lemma, one of these.
    pub words: Vec<String>,
    /// Lemmas that must stand before it in its phrase: "peace" of "peace talks".
    pub modifiers: Vec<Vec<String>>,
    /// The preposition before it, one of these: "to" in `take OBJECT to court`. Empty if none.
    pub marks: Vec<String>,
}

/// What sort of word the trigger is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// A verb: `SUBJECT urge OBJECT`.
    Verb,
    /// An adjective or noun after "be": `SUBJECT be critical of OBJECT`.
    Copula,
    /// A noun: `SUBJECT's attack on OBJECT`.
    Noun,
}

/// Who does the infinitive in CONTENT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Control {
    /// "Iran promised Iraq to withdraw": Iran withdraws.
    Subject,
    /// "Iran urged Iraq to withdraw": Iraq withdraws.
    Object,
}

/// One reading of one frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The predicate, by its number in the lexicon.
    pub predicate: u32,
    /// The frame as it is written in the file.
    pub text: String,
    /// What the trigger is.
    pub shape: Shape,
    /// The trigger's lemma, one of these.
    pub triggers: Vec<String>,
    /// Lemmas before a trigger noun: "nuclear" of "nuclear test"; prepositions before a noun after
    /// "be": "at" of `be at war with OBJECT`.
    pub modifiers: Vec<Vec<String>>,
    /// Particles of the verb: "down" of `crack down on OBJECT`.
    pub particles: Vec<Vec<String>>,
    /// Other words that must be there.
    pub literals: Vec<Literal>,
    /// The slots, in the order of the frame.
    pub slots: Vec<Slot>,
    /// CAMEO code, where the frame gives its own.
    pub code: Option<String>,
    /// How far the frame can be trusted, from 0 to 1.
    pub confidence: f32,
    /// The modality of relations inside CONTENT; `None` is asserted.
    pub content: Option<Condition>,
    /// Who does the infinitive in CONTENT.
    pub control: Control,
}

impl Frame {
    /// The slot that holds `role`.
    #[must_use]
    pub fn slot(&self, role: Role) -> Option<&Slot> {
        self.slots.iter().find(|s| s.role == role)
    }

    /// How much the frame asks for: of two that fit, the more specific wins.
    #[must_use]
    pub fn specificity(&self) -> usize {
        let marked = self.slots.iter().filter(|s| matches!(s.place, Place::Marked(_))).count();
        let narrow = self.slots.iter().filter(|s| s.kinds != Kinds::ACTOR).count();
        let words: usize = self.literals.iter().map(|l| 4 + 2 * l.modifiers.len()).sum();
        words + 3 * self.particles.len() + 3 * self.modifiers.len() + 2 * self.slots.len() + marked + narrow
    }
}

/// What is wrong with a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameError {
    /// In one line.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

fn wrong<T>(message: impl Into<String>, hint: impl Into<String>) -> Result<T, FrameError> {
    Err(FrameError { message: message.into(), hint: hint.into() })
}

static PREPOSITIONS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let list = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/language/prepositions.txt"));
    list.lines().filter(|l| !l.starts_with('#')).collect()
});

/// Words that a frame may contain for its readers' sake and that are not looked at.
const ARTICLES: [&str; 6] = ["a", "an", "the", "its", "his", "their"];

const SLOTS: [(&str, Role); 4] = [
    ("SUBJECT", Role::Subject),
    ("OBJECT", Role::Object),
    ("CONTENT", Role::Content),
    ("TOPIC", Role::Topic),
];

/// Reads a frame into its readings: one, or more where it has parts in `[…]`.
///
/// # Errors
/// Says what is wrong with the frame, and what to do.
pub fn parse(text: &str) -> Result<Vec<Frame>, FrameError> {
    let mut readings = Vec::new();
    for words in expand(text)? {
        readings.push(read(text, &words)?);
    }
    Ok(readings)
}

/// `say [to OBJECT] that CONTENT` → with and without "to OBJECT"; the fuller reading first.
fn expand(text: &str) -> Result<Vec<Vec<String>>, FrameError> {
    let mut readings: Vec<Vec<String>> = vec![Vec::new()];
    let mut without: Option<Vec<Vec<String>>> = None;
    for word in text.replace('[', " [ ").replace(']', " ] ").split_whitespace() {
        match word {
            "[" if without.is_some() => return wrong("`[` inside `[…]`", "close the first part before"),
            "[" if readings.len() >= 8 => {
                return wrong("more than three optional parts", "write two frames");
            }
            "[" => without = Some(readings.clone()),
            "]" => match without.take() {
                Some(shorter) => readings.extend(shorter),
                None => return wrong("`]` without `[`", "write `[to OBJECT]`"),
            },
            _ => readings.iter_mut().for_each(|r| r.push(word.to_owned())),
        }
    }
    if without.is_some() {
        return wrong("`[` without `]`", "write `[to OBJECT]`");
    }
    Ok(readings.iter().flat_map(|reading| join(reading)).collect())
}

/// `reject|turn_down OBJECT` → "reject OBJECT" and "turn down OBJECT".
fn join(words: &[String]) -> Vec<Vec<String>> {
    let mut readings: Vec<Vec<String>> = vec![Vec::new()];
    for word in words {
        let mut choices: Vec<Vec<String>> = Vec::new();
        let single: Vec<&str> = word.split('|').filter(|w| !w.contains('_')).collect();
        if !single.is_empty() {
            choices.push(vec![single.join("|")]);
        }
        let joined = word.split('|').filter(|w| w.contains('_'));
        choices.extend(joined.map(|w| w.split('_').map(str::to_owned).collect()));
        readings = readings.iter().flat_map(|r| choices.iter().map(|c| [&r[..], c].concat())).collect();
    }
    readings
}

enum Word {
    Slot(Role, Kinds, bool),
    Preposition(Vec<String>),
    Literal(Vec<String>),
    And,
}

/// `trigger`: the word stands where a trigger must, so "back" is a verb here.
fn word(text: &str, trigger: bool) -> Result<Word, FrameError> {
    let (body, possessive) = match text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")) {
        Some(body) => (body, true),
        None => (text, false),
    };
    let (name, kinds) = body.split_once(':').map_or((body, None), |(n, k)| (n, Some(k)));
    if let Some((_, role)) = SLOTS.iter().find(|(n, _)| *n == name) {
        let mut bits = if kinds.is_some() { 0 } else { Kinds::ACTOR.0 };
        for kind in kinds.iter().flat_map(|k| k.split('|')) {
            match Kinds::NAMES.iter().position(|n| *n == kind) {
                Some(bit) => bits |= 1 << bit,
                None => {
                    let near = nearest(kind, &Kinds::NAMES).unwrap_or("person");
                    return wrong(
                        format!("unknown kind `{kind}` in `{text}`"),
                        format!("did you mean `{near}`? kinds are {}", Kinds::NAMES.join(", ")),
                    );
                }
            }
        }
        return Ok(Word::Slot(*role, Kinds(bits), possessive));
    }
    if name.chars().any(char::is_uppercase) {
        let names = SLOTS.map(|(n, _)| n);
        let near = nearest(name, &names);
        let hint = near.map_or("words are written in lower case".into(), |n| format!("did you mean {n}?"));
        return wrong(format!("unknown slot `{text}`"), hint);
    }
    if names_a_slot(name) {
        return wrong(format!("`{text}` looks like a slot"), format!("write {}", name.to_uppercase()));
    }
    let words: Vec<String> = text.split('|').map(str::to_owned).collect();
    if let Some(bad) =
        words.iter().find(|w| w.is_empty() || !w.chars().all(|c| c.is_alphabetic() || "-.'".contains(c)))
    {
        return wrong(
            format!("`{bad}` in `{text}` is no word"),
            "write words separated by `|`, without spaces",
        );
    }
    if text == "and" {
        return Ok(Word::And);
    }
    let prepositions = words.iter().filter(|w| PREPOSITIONS.contains(&w.as_str())).count();
    match prepositions {
        _ if trigger => Ok(Word::Literal(words)),
        0 => Ok(Word::Literal(words)),
        n if n == words.len() => Ok(Word::Preposition(words)),
        _ => wrong(
            format!("`{text}` mixes prepositions with other words"),
            "join words that belong together: `reject|turn_down`",
        ),
    }
}

fn names_a_slot(word: &str) -> bool {
    SLOTS.iter().any(|(n, _)| n.eq_ignore_ascii_case(word)) && !matches!(word, "subject" | "object")
}

/// Reads one reading, whose optional parts are gone.
fn read(text: &str, words: &[String]) -> Result<Frame, FrameError> {
    let mut items = Vec::new();
    let mut trigger = true;
    for w in words.iter().filter(|w| !ARTICLES.contains(&w.as_str())) {
        let item = word(w, trigger)?;
        trigger &= matches!(item, Word::Slot(..));
        items.push(item);
    }
    let mut frame = Frame {
        predicate: 0,
        text: text.to_owned(),
        shape: Shape::Noun,
        triggers: Vec::new(),
        modifiers: Vec::new(),
        particles: Vec::new(),
        literals: Vec::new(),
        slots: Vec::new(),
        code: None,
        confidence: 0.9,
        content: None,
        control: Control::Subject,
    };
    let mut items = items.into_iter().peekable();
    if let Some(Word::Slot(role, kinds, possessive)) = items.peek() {
        let place = if *possessive { Place::Possessor } else { Place::Before };
        frame.shape = if *possessive { Shape::Noun } else { Shape::Verb };
        frame.slots.push(Slot { role: *role, kinds: *kinds, place });
        items.next();
    }
    match (items.next(), frame.shape) {
        (Some(Word::Literal(verb)), Shape::Verb) if verb[0] == "be" => frame.shape = Shape::Copula,
        (Some(Word::Literal(verb)), _) => frame.triggers = verb,
        _ => return wrong("no trigger word", "write `SUBJECT verb OBJECT` or `SUBJECT's noun of OBJECT`"),
    }
    // Prepositions that wait for what they mark.
    let mut pending: Vec<Vec<String>> = Vec::new();
    let mut run: Vec<Vec<String>> = Vec::new();
    if frame.shape == Shape::Noun {
        run.push(std::mem::take(&mut frame.triggers));
    }
    for item in items.chain([Word::And]) {
        if let Word::Literal(words) = item {
            run.push(words);
            continue;
        }
        // "agree to hold talks": an infinitive, and a word that goes with it.
        let infinitive = pending.last().is_some_and(|marks| marks.iter().any(|m| m == "to"));
        if infinitive && run.len() > 1 && !frame.triggers.is_empty() {
            let verb = run.remove(0);
            let marks = pending.pop().unwrap_or_default();
            frame.literals.push(Literal { words: verb, modifiers: Vec::new(), marks });
        }
        if let Some(head) = run.pop() {
            let modifiers = std::mem::take(&mut run);
            let marks = pending.pop();
            if frame.triggers.is_empty() {
                frame.triggers = head;
                frame.modifiers = marks.into_iter().chain(modifiers).collect();
            } else {
                frame.literals.push(Literal { words: head, modifiers, marks: marks.unwrap_or_default() });
            }
            frame.particles.append(&mut pending);
        }
        match item {
            Word::Slot(role, kinds, possessive) => {
                let twice = frame.slots.iter().any(|s| s.role == role);
                if twice && role != Role::Object {
                    return wrong("a slot stands twice", "one SUBJECT, one CONTENT and one TOPIC each");
                }
                let place = match (pending.pop(), frame.slots.last()) {
                    // "SUBJECT reject OBJECT's offer"
                    (marks, _) if possessive => {
                        pending.extend(marks);
                        Place::Possessor
                    }
                    (Some(marks), _) => Place::Marked(marks),
                    (None, Some(before)) if frame.shape == Shape::Noun => before.place.clone(),
                    _ => Place::Bare,
                };
                if !possessive {
                    frame.particles.append(&mut pending);
                }
                if !twice {
                    frame.slots.push(Slot { role, kinds, place });
                }
            }
            Word::Preposition(words) => pending.push(words),
            Word::And | Word::Literal(_) => {}
        }
    }
    frame.particles.append(&mut pending);
    if frame.triggers.is_empty() {
        return wrong("nothing after `be`", "write `SUBJECT be critical of OBJECT`");
    }
    if frame.slots.is_empty() {
        return wrong("a frame without slots", "write SUBJECT, OBJECT, CONTENT or TOPIC");
    }
    if !frame.slots.iter().any(|s| matches!(s.role, Role::Subject | Role::Object)) {
        return wrong("nobody takes part", "write SUBJECT or OBJECT");
    }
    let object_first = frame
        .slots
        .iter()
        .map(|s| s.role)
        .find(|r| matches!(r, Role::Object | Role::Content))
        .is_some_and(|r| r == Role::Object);
    frame.control = if object_first { Control::Object } else { Control::Subject };
    Ok(frame)
}

#[cfg(test)]
#[path = "frame/tests.rs"]
mod tests;
