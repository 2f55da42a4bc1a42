//! Descriptions of those who act: "Israeli soldiers", "the government", "thousands of protesters".
//!
//! In: the layers and the cast so far. Out: mentions of groups, bodies and unnamed people, with the
//! country that the words before or after them name. "The Chinese government" is China itself;
//! "Chinese officials" are a group of their own whose country is China. The nouns are in
//! `data/language/agents.txt`.
//!
//! A noun between two names of a headline ("Russia forces Ukraine to act") may be its verb, and describes nobody
//! then. That is asked here of the names found so far, in every headline. `relation::repair::headline` asks the
//! finished mentions, and only where no other verb has a tense, because it hangs the tree on that word. What both
//! want of the word itself stands once, in `reads_as_verb`.

use super::cast::{Cast, Newcomer};
use super::key;
use super::link::Countries;
use super::office::phrase_name;
use super::person::gender_of;
use super::reading::{Reading, lower};
use super::{Form, coreference, stage, together};
use crate::document::{Document, ZoneKind};
use crate::lexicon::{Kind, Lexicon};
use crate::syntax::{Deprel, Syntax, Upos, Xpos};
use crate::text::{EntityId, TokenId};
use crate::word_list;

word_list!(
    /// Nouns for those who act; the value says whether state, people, body or quantity, and of what sort.
    pub(super) AGENTS,
    "agents.txt"
);

/// What sort of actor a noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Actor {
    State,
    People,
    Body,
}

/// True if the value of a noun has this flag: `many`, `owned`, `plural`.
fn has_flag(lemma: &str, flag: &str) -> bool {
    AGENTS.get(lemma).is_some_and(|value| value.split(' ').skip(2).any(|word| word == flag))
}

/// True for "government" and the like: what stands for the country itself.
pub(super) fn is_state_word(lemma: &str) -> bool {
    AGENTS.get(lemma) == Some("state")
}

/// The sort of actor that a noun names, if it names one.
fn actor(lemma: &str) -> Option<Actor> {
    match AGENTS.get(lemma)?.split(' ').next()? {
        "state" => Some(Actor::State),
        "people" => Some(Actor::People),
        "body" => Some(Actor::Body),
        _ => None,
    }
}

/// The second word of a noun's value: gov, mil, cop, …
fn sort(lemma: &str) -> &'static str {
    AGENTS.get(lemma).and_then(|value| value.split(' ').nth(1)).unwrap_or("")
}

/// A description: its tokens, its noun, and what its words say about whose it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Description {
    pub first: u32,
    pub end: u32,
    /// The actor's noun.
    pub noun: u32,
    /// The token that governs the phrase: the noun, or "thousands" before it.
    pub head: u32,
    /// Where the noun with its compounds begins: "riot police".
    pub core: u32,
    pub actor: Actor,
    pub plural: bool,
    pub definite: bool,
    pub indefinite: bool,
    /// The country, body or person that the words name as owner.
    pub owner: Option<EntityId>,
}

/// Finds the descriptions of a document and adds them to the cast.
pub(super) fn find(cast: &mut Cast<'_>, countries: &Countries) {
    let reading = cast.reading;
    let mut buffer = String::new();
    let mut bodies = coreference::Bodies::new(cast);
    for sentence in reading.sentences() {
        let (first, end) = reading.bounds(sentence);
        let mut floor = first;
        for noun in first..end {
            if cast.is_covered(noun) || !matches!(reading.upos(noun), Upos::Noun | Upos::Propn | Upos::Adj) {
                continue;
            }
            let lemma = lower(reading.lemma(noun), &mut buffer);
            let kindred = || is_members(cast, noun).then_some(Actor::People);
            let Some(actor) = actor(lemma).or_else(kindred) else { continue };
            // "the police chief", "government policy": a noun inside another's phrase acts not by itself.
            let inside = matches!(reading.dep(noun), Deprel::Compound | Deprel::Amod | Deprel::Flat);
            let linked = noun > first && matches!(reading.word(noun - 1), "-" | "–") // "people-to-people ties"
                || noun + 1 < end && is_half(reading, noun); // "member-states"
            if inside || linked || reading.upos(noun) == Upos::Adj || is_headline_verb(cast, noun, end) {
                continue;
            }
            if stage::is_note(reading, noun) {
                continue;
            }
            let found = description(cast, floor, end, noun, actor);
            floor = found.end;
            if together::mention(cast, noun) {
                continue;
            }
            if is_vague(reading, &found) {
                continue;
            }
            let entity = beside(cast, &found).or_else(|| resolve(cast, &found, countries, &mut bodies));
            let Some(entity) = entity else { continue };
            let phrase = (found.first, found.end);
            cast.mention_with_head(found.first, found.end, phrase, found.head, Form::Nominal, entity);
        }
    }
}

/// "gang members", "crew members": people of a kind. "NATO members" may be states, "members of NATO" are counted.
fn is_members(cast: &Cast<'_>, noun: u32) -> bool {
    let reading = cast.reading;
    let Some(kind) = noun.checked_sub(1) else { return false };
    let of_a_kind = reading.dep(kind) == Deprel::Compound && reading.head(kind) == Some(noun);
    reading.word(noun) == "members" && of_a_kind && !cast.is_covered(kind)
}

/// "Blinken presses China", in a headline: a verb between two names, whatever its tag.
fn is_headline_verb(cast: &Cast<'_>, noun: u32, end: u32) -> bool {
    let Reading { document, syntax, lexicon } = cast.reading;
    let title = document.sentences.get(document.sentence_of(TokenId(noun)).at());
    if title.is_none_or(|s| s.zone != ZoneKind::Title) || noun + 1 >= end {
        return false;
    }
    let name = |t: u32| cast.mention_at(t).filter(|m| m.form == Form::Name);
    let before = noun.checked_sub(1).and_then(name).is_some_and(|m| m.end.0 == noun);
    let after = name(noun + 1).is_some_and(|m| m.first.0 == noun + 1);
    before && after && reads_as_verb(document, syntax, lexicon, TokenId(noun))
}

/// "presses": tagged a plural noun, in small letters, and a verb to frames.
pub(crate) fn reads_as_verb(document: &Document, syntax: &Syntax, lexicon: &Lexicon, token: TokenId) -> bool {
    syntax.xpos.get(token.at()) == Some(&Xpos::NNS)
        && document.word(token).starts_with(char::is_lowercase)
        && syntax.lemma.get(token.at()).is_some_and(|lemma| lexicon.frames.has_verb(lemma))
}

/// A hyphen stands right behind the word: it is the first half of another.
fn is_half(reading: Reading<'_>, token: u32) -> bool {
    reading.word(token + 1) == "-" && reading.is_joined(token)
}

/// "open for business": a body without article, number and owner is nobody, unless it is one of a state.
fn is_vague(reading: Reading<'_>, found: &Description) -> bool {
    let told = found.definite || found.indefinite || found.plural || found.owner.is_some();
    let mut buffer = String::new();
    let lemma = lower(reading.lemma(found.noun), &mut buffer);
    // "Israeli warplanes" act, and so does "the governor's office"; a ship at sea does not.
    if has_flag(lemma, "owned") && found.owner.is_none() {
        return true;
    }
    // "European countries", "the nation"; but not "a state of shock".
    if has_flag(lemma, "plural") && !(found.plural || found.definite && found.first + 1 == found.noun) {
        return true;
    }
    let sort = sort(lemma);
    found.actor == Actor::Body && !told && !matches!(sort, "gov" | "mil" | "jud")
}

/// The person whose name stands beside the description: "my wife Jane Doe", "Jane Doe, a villager,".
fn beside(cast: &Cast<'_>, found: &Description) -> Option<EntityId> {
    if found.actor != Actor::People || found.plural || found.head != found.noun {
        return None;
    }
    let reading = cast.reading;
    if let Some(subject) = subject_of_copula(cast, found) {
        return Some(subject);
    }
    let named =
        |t: u32| cast.mention_at(t).filter(|m| m.form == Form::Name && cast.kind(m.entity) == Kind::Person);
    if let Some(mention) = named(found.end).filter(|m| m.first.0 == found.end) {
        return Some(mention.entity);
    }
    // "A Red Cross official, Jane Doe, says"
    let behind =
        named(found.end + 1).filter(|m| m.first.0 == found.end + 1 && reading.word(found.end) == ",");
    let closed = behind.filter(|m| matches!(reading.word(m.end.0), "," | "." | ":"));
    if let Some(mention) = closed
        .filter(|m| reading.dep(m.head.0) == Deprel::Appos && reading.head(m.head.0) == Some(found.noun))
    {
        return Some(mention.entity);
    }
    let comma = found.first.checked_sub(1).filter(|t| matches!(reading.word(*t), "," | "(" | "–" | "—"))?;
    let mention = named(comma.checked_sub(1)?).filter(|m| m.end.0 == comma)?;
    let apposed =
        reading.dep(found.noun) == Deprel::Appos || matches!(reading.word(found.end), "," | "." | ")");
    (apposed && (found.indefinite || found.definite)).then_some(mention.entity)
}

/// "Jane Doe is a villager": of whom the description is said.
fn subject_of_copula(cast: &Cast<'_>, found: &Description) -> Option<EntityId> {
    let reading = cast.reading;
    let low = found.first.saturating_sub(6);
    let copula = (low..found.first).any(|t| {
        reading.dep(t) == Deprel::Cop
            && reading.head(t) == Some(found.noun)
            && !is_negated(reading, found.noun)
    });
    if !copula {
        return None;
    }
    let low = found.first.saturating_sub(24);
    let subject = (low..found.first)
        .find(|t| reading.dep(*t) == Deprel::Nsubj && reading.head(*t) == Some(found.noun))?;
    let mention = cast.governed_by(subject).or_else(|| cast.mention_at(subject))?;
    (cast.kind(mention.entity) == Kind::Person).then_some(mention.entity)
}

/// "is not a villager", "is no villager".
fn is_negated(reading: Reading<'_>, noun: u32) -> bool {
    (noun.saturating_sub(6)..noun)
        .any(|t| matches!(reading.word(t), "not" | "n't" | "n’t" | "no" | "never" | "neither"))
}

/// Reads the words around an actor's noun.
fn description(cast: &Cast<'_>, floor: u32, ceiling: u32, noun: u32, actor: Actor) -> Description {
    let reading = cast.reading;
    let plural = matches!(reading.xpos(noun), Xpos::NNS | Xpos::NNPS)
        || is_collective(lower(reading.lemma(noun), &mut String::new()));
    let mut found = Description {
        first: noun,
        end: noun + 1,
        noun,
        head: noun,
        core: noun,
        actor,
        plural,
        definite: false,
        indefinite: false,
        owner: None,
    };
    let low = floor.max(noun.saturating_sub(12));
    left(cast, low, &mut found);
    while found.first < noun && matches!(reading.word(found.first), "-" | "–" | "," | "\"") {
        found.first += 1;
    }
    quantity(reading, low, &mut found);
    if found.owner.is_none() {
        found.owner = right(cast, ceiling, &found);
    }
    found
}

/// Walks left over "angry", "riot", "Israeli", "Turkey's", "the".
fn left(cast: &Cast<'_>, low: u32, found: &mut Description) {
    let reading = cast.reading;
    let mut buffer = String::new();
    while found.first > low {
        let before = found.first - 1;
        if let Some(mention) = cast.mention_at(before) {
            if mention.first.0 < low || mention.end.0 != found.first || found.owner.is_some() {
                return;
            }
            // "the Biden administration" acts for the country; "a Trump supporter" does not.
            if cast.kind(mention.entity) == Kind::Person && found.actor != Actor::State {
                return;
            }
            found.owner = Some(mention.entity);
            found.first = mention.first.0;
            continue;
        }
        if reading.is_possessive(before) && before > low {
            if let Some(mention) =
                cast.mention_at(before - 1).filter(|m| m.first.0 >= low && m.end.0 == before)
            {
                found.owner = found.owner.or(Some(mention.entity));
                found.first = mention.first.0;
                found.definite = true;
                let word = lower(reading.word(found.first.saturating_sub(1)), &mut buffer);
                if found.first > low && matches!(word, "the" | "a" | "an") {
                    found.first -= 1;
                }
            }
            return;
        }
        // "a 60-year-old woman"
        if before >= low + 4
            && reading.word(before) == "old"
            && (1..4).all(|d| reading.word(before - d) == ["-", "year", "-"][d as usize - 1])
        {
            found.first = before - 4;
            continue;
        }
        // "far-right legislators", "fire-fighting experts": both halves, whatever the tree says.
        let own = || cast.is_covered(before - 1) || cast.is_covered(before + 1); // "al-Qaida-linked", "U.S.-Israel"
        if before > low && reading.word(before) == "-" && is_half(reading, before - 1) && !own() {
            found.first = before - 1;
            found.core = if found.core == before + 1 { before - 1 } else { found.core };
            continue;
        }
        match lower(reading.word(before), &mut buffer) {
            "the" | "this" | "that" | "these" | "those" | "its" | "his" | "her" | "their" | "our" | "my"
            | "your" => {
                (found.first, found.definite) = (before, true);
                return;
            }
            "a" | "an" | "another" | "some" | "any" | "no" | "every" | "many" | "several" | "few" | "one" => {
                (found.first, found.indefinite) = (before, true);
                return;
            }
            _ => {}
        }
        let part =
            matches!(reading.dep(before), Deprel::Compound | Deprel::Amod | Deprel::Nummod | Deprel::Punct);
        let word =
            matches!(reading.upos(before), Upos::Noun | Upos::Adj | Upos::Propn | Upos::Num | Upos::Verb)
                || reading.word(before) == "-";
        if !part || !word {
            return;
        }
        let hyphened = before > low && reading.word(before - 1) == "-"; // "high-level officials"
        if reading.dep(before) == Deprel::Compound && found.core == before + 1 && !hyphened {
            found.core = before;
        }
        found.first = before;
    }
}

/// "thousands of protesters": the tree hangs the phrase on "thousands".
fn quantity(reading: Reading<'_>, low: u32, found: &mut Description) {
    let mut buffer = String::new();
    let of = found.first.wrapping_sub(1);
    if found.first < low.saturating_add(2) || reading.word(of) != "of" {
        return;
    }
    let counted = of - 1;
    if AGENTS.get(lower(reading.lemma(counted), &mut buffer)) == Some("quantity") {
        (found.head, found.first, found.plural) = (counted, counted, true);
        if counted > low && matches!(lower(reading.word(counted - 1), &mut buffer), "a" | "the") {
            found.first -= 1;
        }
    }
}

/// "officials in Kenya", "the government of Peru": whose they are, told after the noun.
fn right(cast: &Cast<'_>, ceiling: u32, found: &Description) -> Option<EntityId> {
    let reading = cast.reading;
    let mut marker = found.end;
    // "the government and the people of Peru"
    if found.actor == Actor::State && reading.word(marker) == "and" {
        let next = marker + 1 + u32::from(reading.word(marker + 1) == "the");
        marker = if reading.word(next) == "people" { next + 1 } else { marker };
    }
    if marker + 1 >= ceiling || !matches!(reading.word(marker), "of" | "from" | "in" | "at") {
        return None;
    }
    let article = matches!(reading.word(marker + 1), "the" | "The" | "our" | "their" | "its");
    let next = if article { marker + 2 } else { marker + 1 };
    if found.actor == Actor::State {
        // "the government of President Jane Doe"
        let person = cast.mention_at(next).filter(|m| cast.kind(m.entity) == Kind::Person);
        if let Some(person) = person.filter(|_| reading.word(marker) == "of") {
            return Some(person.entity);
        }
    }
    let sort = sort(lower(reading.lemma(found.noun), &mut String::new()));
    if reading.word(marker) == "in" && matches!(sort, "mil" | "mig") {
        return None; // troops and refugees are seldom of the country that they are in
    }
    let mention = cast.mention_at(next).filter(|m| m.first.0 == next && m.end.0 <= ceiling)?;
    let up = reading.head(mention.head.0);
    // "the government and people of Peru": the phrase may hang on the first of them.
    let joined = |t: u32| (reading.dep(t) == Deprel::Conj).then(|| reading.head(t)).flatten();
    let same = |t: u32| t == found.noun || joined(t) == Some(found.noun) || joined(found.noun) == Some(t);
    let near = up.is_some_and(same) || reading.syntax.head.is_empty();
    let owner = near && matches!(cast.kind(mention.entity), Kind::Country | Kind::Organization | Kind::Place);
    owner.then_some(mention.entity)
}

/// Whom a description stands for.
fn resolve(
    cast: &mut Cast<'_>,
    found: &Description,
    countries: &Countries,
    bodies: &mut coreference::Bodies,
) -> Option<EntityId> {
    let reading = cast.reading;
    let mut buffer = String::new();
    let lemma = lower(reading.lemma(found.noun), &mut buffer).to_owned();
    let owner_kind = found.owner.map(|o| cast.kind(o));
    // "the people of Ukraine" are Ukraine; "young people of Ukraine" are some of them.
    let whole = found.noun == found.first || found.definite && found.noun == found.first + 1;
    if lemma == "people" && whole && reading.word(found.end) == "of" && owner_kind == Some(Kind::Country) {
        return found.owner;
    }
    if found.actor == Actor::State {
        // "the Chinese government" is China; "the government" that of the country the story is about.
        if let (Some(owner), Some(Kind::Country)) = (found.owner, owner_kind) {
            return Some(owner);
        }
        let country = found.owner.and_then(|o| cast.country(o)).map(str::to_owned);
        let alone = found.owner.is_none() && found.definite && !found.plural;
        let key = country.or_else(|| countries.dominant().filter(|_| alone).map(str::to_owned));
        if let Some(entity) = key.and_then(|key| cast.enter_key(&key)) {
            return Some(entity);
        }
        // "this country", of which nobody knows which, is nobody.
        if !found.plural && has_flag(&lemma, "plural") {
            return None;
        }
    }
    // "the Zurich-based company" is the one just named.
    let based = (found.first..found.noun).any(|t| reading.word(t) == "based");
    let free = found.owner.is_none() || based;
    if found.actor == Actor::Body
        && free
        && found.definite
        && !found.plural
        && let Some(entity) = bodies.last(cast, &lemma, found.first)
    {
        return Some(entity);
    }
    let mut found = *found;
    let sort = sort(&lemma);
    let of_state = match found.actor {
        Actor::Body => matches!(sort, "gov" | "mil" | "jud"),
        _ => sort == "cop",
    };
    if found.owner.is_none() && of_state && !found.indefinite {
        // "parliament" in a story about one country is that country's.
        found.owner = countries.dominant().map(str::to_owned).and_then(|key| cast.enter_key(&key));
    }
    Some(unnamed(cast, &found, &lemma, bodies))
}

/// An actor that only its description names.
fn unnamed(
    cast: &mut Cast<'_>,
    found: &Description,
    lemma: &str,
    bodies: &mut coreference::Bodies,
) -> EntityId {
    let reading = cast.reading;
    let owner = found.owner.and_then(|o| cast.entity(o));
    let owner_key = owner.map(|o| o.key.clone()).unwrap_or_default();
    let country = owner.and_then(|o| o.country.clone());
    let kind = match found.actor {
        Actor::Body | Actor::State if !found.plural => Kind::Organization,
        Actor::People if !found.plural && !is_collective(lemma) => Kind::Person,
        _ => Kind::Group,
    };
    let core = reading.words(found.core, found.noun + 1);
    let owner_part = key::country_part(&owner_key);
    let key = match (kind, counted(reading, found)) {
        // A man of this document is nobody of another, nor are "three people" "13,000 people".
        (Kind::Person, _) => key::join(kind, &[&reading.document.id, owner_part, core]),
        (Kind::Group, Some(count)) => key::join(kind, &[&reading.document.id, owner_part, count, core]),
        _ => key::join(kind, &[owner_part, core]),
    };
    // "members of the party" are shown whole; "four men of Peru" are four men.
    let bare = kind == Kind::Group && found.noun <= found.first + 1 && reading.word(found.end) == "of";
    let behind = (found.end + 1..found.end + 3).find_map(|t| cast.mention_at(t)).filter(|m| {
        bare && Some(m.entity) == found.owner && m.form == Form::Name && m.first.0 <= found.end + 2
    });
    let end = behind.map_or(found.end, |m| m.end.0);
    let name = phrase_name(reading.words(found.first, end));
    let gender = if kind == Kind::Person { gender_of(lemma, &mut String::new()) } else { None };
    let newcomer = Newcomer { kind, name, entry: None, country: country.as_deref(), gender };
    let entity = cast.enter(&key, &newcomer);
    if kind == Kind::Organization {
        bodies.add(found.first, core, entity);
    }
    entity
}

/// "13,000" of "about 13,000 people".
fn counted<'r>(reading: Reading<'r>, found: &Description) -> Option<&'r str> {
    // "20-year-old men" are not twenty.
    let counts = |t: &u32| reading.upos(*t) == Upos::Num && !matches!(reading.word(*t + 1), "-" | "–");
    let number = (found.first..found.noun).find(counts)?;
    Some(reading.word(number))
}

/// "police" and "family" are many in the singular.
fn is_collective(lemma: &str) -> bool {
    has_flag(lemma, "many")
}
