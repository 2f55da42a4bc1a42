//! He, she, it, they, who: pronouns find their nouns.
//!
//! In: the cast with names and descriptions. Out: mentions of form pronoun. "who" belongs to the
//! noun that its clause modifies; the others to the most salient participant before them that
//! agrees in number and gender: the same sentence or the last few, subjects first.
//!
//! Left out: "I" and "we" inside quotations, see [`super::firsthand`]; expletive "it".

use std::collections::HashMap;

use super::cast::Cast;
use super::firsthand::{inside_quotes, is_speech};
use super::reading::lower;
use super::{Form, Mention, together};
use crate::lexicon::language::CUES;
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

/// What each earlier mention of a participant counts, and each "he" or "she" that meant one of unknown
/// gender. Weights were chosen on the 129 documents of `training/clusters.py` (1,079 pronouns).
const OFTEN: i32 = 8;
const LEANING: i32 = 50;
/// What somebody counts who spoke, for a pronoun that speaks: "Officials say … police …. They say".
const SPEAKS: i32 = 45;
/// What a name counts that a fronted phrase looks ahead to.
const AHEAD: i32 = 60;

/// What a pronoun agrees with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Agreement {
    One(Gender),
    Thing,
    Many,
}

/// What the document has told so far of each participant.
struct Known {
    /// How often it was named, described or meant by a pronoun.
    seen: Vec<u32>,
    /// How often "he" and "she" meant it.
    bound: HashMap<EntityId, (u32, u32)>,
}

impl Known {
    fn see(&mut self, entity: EntityId) {
        if let Some(seen) = self.seen.get_mut(entity.at()) {
            *seen += 1;
        }
    }

    fn bind(&mut self, entity: EntityId, sort: &str) {
        self.see(entity);
        let bound = self.bound.entry(entity).or_default();
        bound.0 += u32::from(sort == "male");
        bound.1 += u32::from(sort == "female");
    }

    fn often(&self, entity: EntityId) -> i32 {
        i32::try_from(self.seen.get(entity.at()).copied().unwrap_or(0)).unwrap_or(i32::MAX)
    }

    /// Whether earlier pronouns took it for this gender: above zero yes, below zero for the other one.
    fn leaning(&self, entity: EntityId, gender: Gender) -> i32 {
        let (he, she) = self.bound.get(&entity).copied().unwrap_or_default();
        let (own, other) = if gender == Gender::Male { (he, she) } else { (she, he) };
        i32::try_from(own).unwrap_or(0) - i32::try_from(other).unwrap_or(0)
    }
}

/// Where a pronoun stands.
#[derive(Clone, Copy)]
struct Place {
    token: u32,
    sentence: u32,
}

/// What a pronoun agrees with; `None` for an "it" that stands for nobody.
fn agreement_of(cast: &Cast<'_>, sort: &str, token: u32) -> Option<Agreement> {
    match sort {
        "male" => Some(Agreement::One(Gender::Male)),
        "female" => Some(Agreement::One(Gender::Female)),
        "thing" => takes_part(cast, token).then_some(Agreement::Thing),
        "many" => Some(Agreement::Many),
        _ => None,
    }
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
    let mut known = Known { seen: vec![0; cast.entities.len()], bound: HashMap::new() };
    for sentence in reading.sentences() {
        let (first, end) = reading.bounds(sentence);
        for token in first..end {
            while let Some((i, mention)) =
                earlier.get(passed).and_then(|i| Some((*i, cast.mentions.get(*i as usize)?)))
            {
                if mention.first.0 >= token {
                    break;
                }
                known.see(mention.entity);
                window.push(i);
                passed += 1;
            }
            let word = lower(reading.word(token), &mut buffer);
            let Some(sort) = PRONOUNS.get(word) else { continue };
            let entity = match sort {
                _ if word.ends_with("self") || word.ends_with("selves") => {
                    let place = Place { token, sentence };
                    let one = agreement_of(cast, sort, token).filter(|a| matches!(a, Agreement::One(_)));
                    own_subject(cast, token)
                        .or_else(|| antecedent(cast, &quotes, &window, &known, place, one?))
                }
                "relative" => relative(cast, token),
                _ => {
                    let place = Place { token, sentence };
                    agreement_of(cast, sort, token)
                        .and_then(|wanted| antecedent(cast, &quotes, &window, &known, place, wanted))
                }
            };
            if !is_free(cast, token) {
                continue;
            }
            if matches!(sort, "many" | "counted")
                && let Some((named, several)) = together::of_pronoun(cast, token)
                && entity.is_none_or(|group| last_named(cast, &window, group) < Some(named))
            {
                for entity in several {
                    window.push(cast.mention(token, token + 1, (token, token + 1), Form::Pronoun, entity));
                }
                continue;
            }
            let Some(entity) = entity else { continue };
            known.bind(entity, sort);
            let mention = cast.mention(token, token + 1, (token, token + 1), Form::Pronoun, entity);
            window.push(mention);
        }
    }
}

/// The sentence of the last mention of somebody.
fn last_named(cast: &Cast<'_>, window: &[u32], entity: EntityId) -> Option<u32> {
    let earlier = window.iter().rev().filter_map(|i| cast.mentions.get(*i as usize));
    earlier.filter(|m| m.entity == entity).map(|m| m.sentence.0).next()
}

/// True if no mention covers the pronoun but one that it owns: "his" in "his lawyer".
fn is_free(cast: &Cast<'_>, token: u32) -> bool {
    let Some(mention) = cast.mention_at(token) else { return true };
    mention.form != Form::Pronoun && mention.head.0 != token && cast.reading.dep(token) == Deprel::NmodPoss
}

/// "It" and "its" that may stand for somebody: a subject that is no expletive, an owner, or the object of a
/// verb that frames know.
fn takes_part(cast: &Cast<'_>, token: u32) -> bool {
    let reading = cast.reading;
    match reading.dep(token) {
        Deprel::NmodPoss => true,
        Deprel::Obj => reading.head(token).is_some_and(|verb| {
            verb < token
                && reading.lexicon.frames.has_verb(reading.lemma(verb))
                && !CUES.has(reading.lemma(verb))
        }),
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

/// "turned himself in": the subject of the same verb, or of the one that it is joined to or hangs under;
/// "prompted him to defend himself": the object of the verb above.
fn own_subject(cast: &Cast<'_>, token: u32) -> Option<EntityId> {
    let reading = cast.reading;
    let mut verb = reading.head(token)?;
    for _ in 0..4 {
        let low = verb.saturating_sub(40);
        let of_verb = |t: &u32| reading.head(*t) == Some(verb);
        let is_subject = |t: &u32| matches!(reading.dep(*t), Deprel::Nsubj | Deprel::NsubjPass);
        let subject = (low..token).rev().find(|t| of_verb(t) && is_subject(t));
        if let Some(subject) = subject {
            return cast.governed_by(subject).or_else(|| cast.mention_at(subject)).map(|m| m.entity);
        }
        let upper = reading.head(verb).filter(|up| *up < verb)?;
        match reading.dep(verb) {
            Deprel::Xcomp => {
                let object = (upper..verb).find(|t| {
                    reading.head(*t) == Some(upper) && matches!(reading.dep(*t), Deprel::Obj | Deprel::Iobj)
                });
                let person = object.and_then(|o| cast.governed_by(o).or_else(|| cast.mention_at(o)));
                if let Some(person) = person.filter(|m| cast.kind(m.entity) == Kind::Person) {
                    return Some(person.entity);
                }
            }
            Deprel::Conj | Deprel::Advcl => {}
            _ => return None,
        }
        verb = upper;
    }
    None
}

/// "In her remarks, Doe said …": who the subject is that a fronted phrase looks ahead to, if it has a name.
fn ahead<'c>(cast: &'c Cast<'_>, token: u32, sentence: u32) -> Option<&'c Mention> {
    let reading = cast.reading;
    let (first, _) = reading.bounds(sentence);
    let mut at = token;
    for _ in 0..6 {
        let verb = reading.head(at)?;
        let fronted = verb > token
            && token < first + 12
            && matches!(reading.dep(at), Deprel::Obl | Deprel::Advcl | Deprel::Nmod | Deprel::OblUnmarked);
        if fronted {
            let subject = (token + 1..verb).find(|t| {
                reading.head(*t) == Some(verb) && matches!(reading.dep(*t), Deprel::Nsubj | Deprel::NsubjPass)
            });
            let mention = subject.and_then(|s| cast.governed_by(s).or_else(|| cast.mention_at(s)));
            let after = |m: &&Mention| m.first.0 > token && m.form == Form::Name;
            return mention.filter(after).filter(|m| cast.kind(m.entity) == Kind::Person);
        }
        at = verb;
    }
    None
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
    known: &Known,
    Place { token, sentence }: Place,
    wanted: Agreement,
) -> Option<EntityId> {
    let reading = cast.reading;
    let possessive = reading.dep(token) == Deprel::NmodPoss;
    let one = matches!(wanted, Agreement::One(_));
    let quoted = quotes.get(token as usize).copied().unwrap_or(false);
    // "It" and "they" as subjects look past sentences that bring no other subject: see `thing_before`.
    let leads = matches!(reading.dep(token), Deprel::Nsubj | Deprel::NsubjPass);
    let excluded = if possessive { None } else { fellow(cast, token) };
    let says = leads && !one && reading.head(token).is_some_and(|verb| is_speech(reading, verb));
    // "The study found that it …": a thing that takes part in nothing stands nearer. What is said is said by who speaks.
    let barrier = if one { 0 } else { thing_before(cast, token, sentence, wanted, says) };
    let mut best: Option<(i32, EntityId)> = None;
    for (back, i) in window.iter().rev().take(MENTIONS).enumerate() {
        let Some(mention) = cast.mentions.get(*i as usize) else { continue };
        let distance = sentence.saturating_sub(mention.sentence.0);
        if distance > if one || leads { SENTENCES } else { 1 } || mention.end.0 <= barrier {
            break;
        }
        let prominence = salience(reading.dep(mention.head.0));
        if !one && distance > 0 && prominence < if distance > 1 { 70 } else { 30 }
            || excluded == Some(mention.entity)
        {
            continue;
        }
        let subject = || reading.dep(mention.head.0) == Deprel::Nsubj;
        let spoke = says && subject() && reading.head(mention.head.0).is_some_and(|v| is_speech(reading, v));
        // "The club denied it. They said …": a body is many where it speaks.
        let body = || spoke && wanted == Agreement::Many && cast.kind(mention.entity) == Kind::Organization;
        let fits = agreement(cast, mention, wanted).or_else(|| body().then_some(0));
        let Some(mut fit) = fits else { continue };
        if let Agreement::One(gender) = wanted {
            // "I am a teacher": what is said of somebody is nobody of its own.
            if is_predicate(cast, mention) {
                continue;
            }
            fit += OFTEN * known.often(mention.entity).min(6);
            if cast.entity(mention.entity).is_none_or(|e| e.gender.is_none()) {
                fit += LEANING * known.leaning(mention.entity, gender).clamp(-2, 2);
                fit -= if mention.form == Form::Nominal { 20 } else { 0 };
            }
        }
        // A subject that no other has followed stays as near as that of the sentence before.
        let apart = if one { distance } else { distance.min(1) };
        let far = i32::try_from(apart).unwrap_or(9) * if one { 80 } else { 100 };
        fit += if spoke && distance == 1 { SPEAKS } else { 0 };
        // The club that spoke two sentences ago is many, too, though it has a name.
        fit += if fit < 0 && body() { SPEAKS } else { 0 };
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
    if let Agreement::One(gender) = wanted
        && let Some(mention) = ahead(cast, token, sentence)
        && let Some(fit) = agreement(cast, mention, wanted)
    {
        let often = OFTEN * known.often(mention.entity).min(6);
        let leaning = LEANING * known.leaning(mention.entity, gender).clamp(-2, 2);
        let unsure = cast.entity(mention.entity).is_none_or(|e| e.gender.is_none());
        let score = fit + AHEAD + often + if unsure { leaning } else { 0 };
        if best.is_none_or(|(value, _)| score > value) {
            best = Some((score, mention.entity));
        }
    }
    best.map(|(_, entity)| entity)
}

/// True for "a teacher" in "She is a teacher".
fn is_predicate(cast: &Cast<'_>, mention: &Mention) -> bool {
    let reading = cast.reading;
    let low = mention.first.0.saturating_sub(6);
    mention.form == Form::Nominal
        && (low..mention.first.0)
            .any(|t| reading.dep(t) == Deprel::Cop && reading.head(t) == Some(mention.head.0))
}

/// Who takes part in the same clause beside the pronoun: "he told him" are two people, as are "China
/// said Doe wants it": the object of a verb is not the verb's own subject.
fn fellow(cast: &Cast<'_>, token: u32) -> Option<EntityId> {
    let reading = cast.reading;
    let verb = reading.head(token)?;
    let own = reading.dep(token);
    if !matches!(own, Deprel::Obj | Deprel::Iobj | Deprel::Obl | Deprel::OblAgent) {
        return None;
    }
    // "wanted to see him", "called Doe to thank him": the subject of the verb above is that of the one below.
    let mut clause = verb;
    for _ in 0..3 {
        let low = clause.saturating_sub(40);
        let subject = (low..token).rev().find(|t| {
            reading.head(*t) == Some(clause) && matches!(reading.dep(*t), Deprel::Nsubj | Deprel::NsubjPass)
        });
        if let Some(subject) = subject {
            return cast.governed_by(subject).or_else(|| cast.mention_at(subject)).map(|m| m.entity);
        }
        if !matches!(reading.dep(clause), Deprel::Xcomp | Deprel::Conj | Deprel::Advcl) {
            return None;
        }
        clause = reading.head(clause)?;
    }
    None
}

/// One past the last noun before a pronoun that is a subject, could be what it means, and is nobody.
fn thing_before(cast: &Cast<'_>, token: u32, sentence: u32, wanted: Agreement, says: bool) -> u32 {
    let reading = cast.reading;
    let (start, _) = reading.bounds(sentence.saturating_sub(SENTENCES));
    let low = start.max(token.saturating_sub(160));
    let plural = wanted == Agreement::Many;
    let subject = |t: &u32| {
        matches!(reading.dep(*t), Deprel::Nsubj | Deprel::NsubjPass)
            && reading.upos(*t) == Upos::Noun
            && (reading.xpos(*t) == Xpos::NNS) == plural
            && !cast.is_covered(*t)
            && (!says || reading.head(*t).is_some_and(|verb| is_speech(reading, verb)))
    };
    (low..token).rev().find(subject).map_or(0, |t| t + 1)
}

/// How well a mention agrees; `None` where it cannot.
fn agreement(cast: &Cast<'_>, mention: &Mention, wanted: Agreement) -> Option<i32> {
    let entity = cast.entity(mention.entity)?;
    // "They" and "the two countries" are many, though each is one.
    if wanted != Agreement::Many && cast.governed_together(mention.head.0).len() > 1 {
        return None;
    }
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
        // "Authorities say": a plural, though it is the country.
        (Agreement::Many, Kind::Country | Kind::Organization) if is_plural(cast, mention) => Some(40),
        (Agreement::Many, Kind::Organization) if mention.form != Form::Nominal => Some(-40),
        _ => None,
    }
}

/// "Authorities", but not "the two countries", who are several.
fn is_plural(cast: &Cast<'_>, mention: &Mention) -> bool {
    let head = mention.head.0;
    mention.form == Form::Nominal
        && cast.reading.xpos(head) == Xpos::NNS
        && cast.governed_together(head).len() < 2
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
