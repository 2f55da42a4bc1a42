//! Titles become offices of people; a title without a name becomes whoever held it on that day.
//!
//! In: titles and their bearers. Out: [`EntityRole`]s on people; mentions for titles that stand apart
//! from the name. "America's top diplomat" in a story of 2021-03-18 is Antony Blinken; "the Turkish
//! foreign minister", without a day, is a person described by office and country; "a spokesman"
//! is somebody of this document.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::bearer::Bearer;
use super::cast::{Cast, Newcomer};
use super::house::{self, Holder, House};
use super::key;
use super::link::Countries;
use super::nominal::AGENTS;
use super::person::{fill_gender, gender_of};
use super::reading::{Reading, lower};
use super::title::{Lead, PARAPHRASES, Title, office_named};
use super::{EntityRole, Form, together};
use crate::lexicon::language::TITLE_NOUNS;
use crate::lexicon::{Kind, Role};
use crate::syntax::{Deprel, Xpos};
use crate::text::{EntityId, EntryId, OfficeId, SentenceId};

/// Who of the document held which office, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Held<'a> {
    house: House<'a>,
    by_office: HashMap<OfficeId, Vec<(u32, EntityId)>>,
    /// All bearers of a title with this noun, and how they bear it.
    by_noun: HashMap<String, Vec<Holder>>,
}

impl Held<'_> {
    fn add(&mut self, reading: Reading<'_>, title: &Title, noun: &str, entity: EntityId) {
        let all = self.by_noun.entry(noun.to_owned()).or_default();
        let place = all.partition_point(|h| h.token <= title.first);
        all.insert(place, Holder::new(reading, title, entity));
        // Names come first and titles alone after them: each at its place in the text.
        if let Some(office) = title.office {
            let places = self.by_office.entry(office).or_default();
            places.insert(places.partition_point(|(t, _)| *t <= title.first), (title.first, entity));
        }
    }

    /// The bearer last read before `token`, or the first after it.
    fn last(places: Option<&Vec<(u32, EntityId)>>, token: u32) -> Option<EntityId> {
        let places = places?;
        let upto = places.partition_point(|(t, _)| *t < token);
        places[..upto].last().or(places.first()).map(|(_, e)| *e)
    }
}

/// Gives every named bearer the office, and every title that stands alone an entity.
pub(super) fn assign(
    cast: &mut Cast<'_>,
    titles: &[(Title, Bearer)],
    linked: &[Option<EntityId>],
    countries: &Countries,
) {
    let mut held = Held { house: House::of(cast.reading), ..Held::default() };
    for (title, bearer) in titles {
        let (Bearer::Before(i) | Bearer::Beside(i) | Bearer::Told(i)) = bearer else { continue };
        let Some(person) = linked.get(*i).copied().flatten() else { continue };
        if cast.kind(person) != Kind::Person || title.plural {
            continue;
        }
        let role = role(cast, title, person, linked, countries);
        cast.add_role(person, role);
        let noun = noun(cast, title);
        fill_gender(cast, person, gender_of(&noun, &mut String::new()));
        held.add(cast.reading, title, &noun, person);
        if matches!(bearer, Bearer::Beside(_) | Bearer::Told(_)) {
            cast.mention_with_head(
                title.first,
                title.end,
                (title.first, title.end),
                title.head,
                Form::Nominal,
                person,
            );
        }
    }
    for (title, _) in titles.iter().filter(|(_, b)| *b == Bearer::None) {
        if cast.is_covered(title.noun) || cast.is_covered(title.head) {
            continue;
        }
        let weak = TITLE_NOUNS.get(&noun(cast, title)).is_some_and(|value| value.ends_with("weak"));
        let inside = matches!(cast.reading.dep(title.head), Deprel::Compound | Deprel::Amod);
        if weak && title.bodies.is_empty() || inside && title.bodies.is_empty() {
            continue;
        }
        if title.plural && title.bodies.is_empty() && together::mention(cast, title.noun) {
            continue;
        }
        let entity = alone(cast, title, &held, linked, countries);
        let noun = noun(cast, title);
        // "every prime minister" is nobody to come back to.
        let told = title.lead != Lead::Indefinite;
        if !title.plural && told && cast.kind(entity) == Kind::Person {
            held.add(cast.reading, title, &noun, entity);
        }
        let phrase = (title.first, title.end);
        cast.mention_with_head(title.first, title.end, phrase, title.head, Form::Nominal, entity);
    }
}

/// "He worked as an agent for Acme": the office of whoever the pronoun means.
pub(super) fn assign_told(
    cast: &mut Cast<'_>,
    titles: &[(Title, Bearer)],
    linked: &[Option<EntityId>],
    countries: &Countries,
) {
    for (title, bearer) in titles {
        let Bearer::Predicate(subject) = bearer else { continue };
        let person = cast.mention_at(*subject).map(|m| m.entity).filter(|e| cast.kind(*e) == Kind::Person);
        let Some(person) = person else { continue };
        let mut role = role(cast, title, person, linked, countries);
        let verb = cast.reading.head(*subject);
        role.former |= verb.is_some_and(|v| cast.reading.xpos(v) == Xpos::VBD);
        cast.add_role(person, role);
    }
}

/// The noun that governs a title, in lower case: "minister".
fn noun(cast: &Cast<'_>, title: &Title) -> String {
    let mut buffer = String::new();
    lower(cast.reading.lemma(title.noun), &mut buffer).to_owned()
}

/// "President Bush" on no day: whichever of two it is, both were of one country.
fn namesakes_home(cast: &Cast<'_>, title: &Title, person: EntityId) -> Option<String> {
    let reading = cast.reading;
    let gazetteer = &reading.lexicon.gazetteer;
    let stranger = cast.entity(person).filter(|e| e.entry.is_none() && !e.name.contains(' '))?;
    let office = title.office.filter(|o| gazetteer.office_rank(*o) >= 60)?;
    if reading.document.published.is_some() {
        return None;
    }
    let name = stranger.name.to_lowercase();
    let same = |r: &Role<'_>| {
        let full = gazetteer.entry(r.person).name.to_lowercase();
        full.rsplit(' ').next() == Some(name.as_str())
    };
    let mut homes: Vec<&str> =
        gazetteer.ever_anywhere(office).into_iter().filter(same).map(|r| r.of).collect();
    homes.sort_unstable();
    homes.dedup();
    let [home] = homes[..] else { return None };
    Some(home.to_owned())
}

/// "Department Spokesperson", "Ministry spokesman": a noun that stands for a longer name.
fn is_bare(cast: &Cast<'_>, title: &Title) -> bool {
    let mut buffer = String::new();
    let mut before = (title.first..title.noun).map(|t| cast.reading.word(t)).filter(|w| *w != "the");
    let body = before.next().and_then(|w| AGENTS.get(lower(w, &mut buffer)));
    body.is_some_and(|value| value.starts_with("body")) && before.next().is_none()
}

/// The office that a title gives to a person.
fn role(
    cast: &mut Cast<'_>,
    title: &Title,
    person: EntityId,
    linked: &[Option<EntityId>],
    countries: &Countries,
) -> EntityRole {
    let reading = cast.reading;
    let gazetteer = &reading.lexicon.gazetteer;
    let table = title.office.and_then(|office| {
        let entry = cast.entity(person)?.entry?;
        let day = reading.document.published;
        let terms = gazetteer.roles_of(entry);
        let of_office: Vec<_> = terms.iter().filter(|r| r.office == office).collect();
        let on_day = || of_office.iter().filter(|r| day.is_some_and(|d| within(r.from, r.until, d)));
        let home = gazetteer.entry(entry).country;
        let on_day = on_day().find(|r| r.of == home).or_else(|| on_day().next());
        on_day.or(of_office.last()).map(|r| (r.of.to_owned(), r.from, r.until))
    });
    // "Jane Doe, Department Spokesperson": the tables know of which department, or at least of which country.
    let named = title.bodies.first().copied();
    let bare = named.and_then(|b| cast.entity(b)).is_some_and(|e| e.entry.is_none()) && is_bare(cast, title);
    let known = || {
        let entry = cast.entity(person)?.entry.filter(|_| bare)?;
        let day = reading.document.published;
        let terms = gazetteer.roles_of(entry);
        let on_day = terms.iter().find(|r| day.is_some_and(|d| within(r.from, r.until, d)));
        on_day.or(terms.last().filter(|_| day.is_none())).map(|r| r.of.to_owned())
    };
    let known = known().and_then(|of| cast.enter_key(&of));
    let body = known
        .or(named)
        .or_else(|| title.of_person.and_then(|i| linked.get(i).copied().flatten()).filter(|p| *p != person))
        .or_else(|| table.as_ref().and_then(|(of, ..)| cast.enter_key(of)))
        .or_else(|| {
            // The table knows whose official this is, though not in this office; a mayor is of no country.
            title.office.filter(|o| gazetteer.office_scope(*o) != "subnational")?;
            let home = cast.entity(person)?.entry.map(|e| gazetteer.entry(e).country.to_owned())?;
            cast.enter_key(&home)
        })
        .or_else(|| namesakes_home(cast, title, person).and_then(|home| cast.enter_key(&home)))
        .or_else(|| {
            // "Interior Minister Jane Doe" in a story about one country is that country's.
            let office = title.office.filter(|o| gazetteer.office_scope(*o) == "country")?;
            let home = countries.dominant().filter(|_| gazetteer.office_rank(office) >= 60)?.to_owned();
            // The ambassador in a story about Peru is nobody of Peru's.
            if TITLE_NOUNS.get(&noun(cast, title)).is_some_and(|value| value.contains("abroad")) {
                return None;
            }
            // Not where the table knows that somebody else held it on that day.
            let day = reading.document.published;
            let others = day.is_some_and(|d| !gazetteer.holders(office, &home, Some(d)).is_empty());
            let stranger = cast.entity(person)?.entry.is_none();
            if others && stranger { None } else { cast.enter_key(&home) }
        });
    // The relations room may say that the spokesperson of a ministry represents its country.
    if let Some(home) = body.and_then(|b| cast.country(b)).map(str::to_owned) {
        cast.enter_key(&home);
    }
    let words = if title.paraphrase {
        title.office.map_or("", |o| gazetteer.office_name(o))
    } else {
        reading.words(title.words.0, title.words.1)
    };
    EntityRole {
        title: words.to_owned(),
        of: body,
        of_key: body.and_then(|b| cast.entity(b)).map(|e| e.key.clone()),
        span: Some(reading.span(title.first, title.end)),
        sentence: Some(SentenceId(title.sentence)),
        from: table.as_ref().and_then(|(_, from, _)| *from),
        until: table.as_ref().and_then(|(.., until)| *until),
        spokesperson: title.spokesperson,
        former: title.former,
    }
}

/// True if a term holds on `day`.
fn within(from: Option<Date>, until: Option<Date>, day: Date) -> bool {
    from.is_none_or(|d| d <= day) && until.is_none_or(|d| day <= d)
}

/// Whom a title without a name stands for.
fn alone(
    cast: &mut Cast<'_>,
    title: &Title,
    held: &Held<'_>,
    linked: &[Option<EntityId>],
    countries: &Countries,
) -> EntityId {
    let noun = noun(cast, title);
    let country = title.bodies.iter().find_map(|b| cast.country(*b).map(str::to_owned));
    if !title.plural
        && !title.former
        && title.lead != Lead::Indefinite
        && let Some(person) = known_holder(cast, title, held, &noun, country.as_deref(), countries)
    {
        return person;
    }
    described(cast, title, linked, &noun, country)
}

/// The holder whom this document names, or whom the tables know on its day.
fn known_holder(
    cast: &mut Cast<'_>,
    title: &Title,
    held: &Held<'_>,
    noun: &str,
    country: Option<&str>,
    countries: &Countries,
) -> Option<EntityId> {
    let reading = cast.reading;
    let gazetteer = &reading.lexicon.gazetteer;
    let short = house::is_short(reading, title);
    let named = held.by_noun.get(noun).map_or(&[][..], Vec::as_slice);
    if short && let Some(person) = house::holder(cast, held.house, title, noun, named) {
        return Some(person);
    }
    let same_country = |cast: &Cast<'_>, e: &EntityId| {
        country.is_none() || cast.country(*e).is_none() || cast.country(*e) == country
    };
    let by_office = title.office.and_then(|o| Held::last(held.by_office.get(&o), title.first));
    if let Some(person) = by_office.filter(|e| same_country(cast, e)) {
        return Some(person);
    }
    if title.spokesperson {
        return speaker_for(cast, title, country);
    }
    if let (Some(office), Some(day)) = (title.office, reading.document.published) {
        let bodies = title.bodies.iter().filter_map(|b| cast.entity(*b)).map(|e| e.key.as_str());
        let places = bodies.chain(country).chain(countries.dominant().filter(|_| title.bodies.is_empty()));
        let holder = places.map(|of| gazetteer.holders(office, of, Some(day))).find(|h| !h.is_empty());
        // Two senators hold "the senator": no decision.
        if let Some(person) = holder.filter(|h| h.len() == 1).and_then(|h| h.first().map(|r| r.person)) {
            return Some(cast.enter_entry(person));
        }
    }
    if let (None, Some(country), Some(offices)) = (title.office, country, leaders(noun)) {
        return leader(cast, country, offices);
    }
    if title.office.is_some() && !title.bodies.is_empty() {
        return None;
    }
    let by_noun = house::last(reading, title, named, short);
    by_noun.filter(|e| title.lead != Lead::Pronoun && same_country(cast, e))
}

/// "The Kremlin spokesman": of those who speak for a country on that day, the one whose title says so.
fn speaker_for(cast: &mut Cast<'_>, title: &Title, country: Option<&str>) -> Option<EntityId> {
    let reading = cast.reading;
    let gazetteer = &reading.lexicon.gazetteer;
    let plain = |words: &str| {
        let words = words.to_lowercase().replace("spokesperson", "spokesman");
        words.replace("spokeswoman", "spokesman")
    };
    let phrase = plain(reading.words(title.first, title.end));
    let (office, country, day) = (title.office?, country?, reading.document.published?);
    let holders = gazetteer.holders(office, country, Some(day));
    let mut told = holders.iter().filter(|r| !r.title.is_empty() && phrase.contains(&plain(r.title)));
    let person = told.next()?.person;
    told.next().is_none().then(|| cast.enter_entry(person))
}

/// The offices of those who lead a country, if the noun says no more than that.
fn leaders(noun: &str) -> Option<&'static str> {
    PARAPHRASES.get(noun).filter(|offices| !offices.is_empty())
}

/// "The Ukrainian leader": the holder whom the document names, else the only one there is. Where a
/// president and a prime minister both lead, only the document can say who is meant.
fn leader(cast: &mut Cast<'_>, country: &str, offices: &str) -> Option<EntityId> {
    let reading = cast.reading;
    let gazetteer = &reading.lexicon.gazetteer;
    let day = Some(reading.document.published?);
    let mut people: Vec<EntryId> = Vec::new();
    for office in offices.split('|').filter_map(|name| office_named(reading, name)) {
        let holders = gazetteer.holders(office, country, day);
        people.extend(holders.iter().map(|role| role.person));
    }
    people.dedup();
    let named = people.iter().find_map(|p| cast.by_key(gazetteer.entry(*p).key));
    match (named, people.as_slice()) {
        (Some(entity), _) => Some(entity),
        (None, [only]) => {
            let only = *only;
            Some(cast.enter_entry(only))
        }
        _ => None,
    }
}

/// A person or a group of this document, named by the title alone.
fn described(
    cast: &mut Cast<'_>,
    title: &Title,
    linked: &[Option<EntityId>],
    noun: &str,
    country: Option<String>,
) -> EntityId {
    let reading = cast.reading;
    let words = reading.words(title.words.0, title.words.1);
    let body =
        title.bodies.first().copied().or(title.of_person.and_then(|i| linked.get(i).copied().flatten()));
    let body_key = body.and_then(|b| cast.entity(b)).map(|e| e.key.clone()).unwrap_or_default();
    let place = key::country_part(&body_key);
    let name = phrase_name(reading.words(title.first, title.end));
    let gender = gender_of(noun, &mut String::new());
    let (kind, key) = if title.plural {
        (Kind::Group, key::join(Kind::Group, &[place, words]))
    } else if title.lead == Lead::Indefinite || body.is_none() || title.former {
        // "A spokesman" of this document is nobody of another.
        (Kind::Person, key::join(Kind::Person, &[&reading.document.id, place, words]))
    } else {
        (Kind::Person, key::join(Kind::Person, &[place, words]))
    };
    let newcomer = Newcomer { kind, name, entry: None, country: country.as_deref(), gender };
    let entity = cast.enter(&key, &newcomer);
    if let (Some(of), Kind::Person) = (body, kind) {
        let role = EntityRole {
            title: words.to_owned(),
            of: Some(of),
            of_key: Some(body_key),
            span: Some(reading.span(title.first, title.end)),
            sentence: Some(SentenceId(title.sentence)),
            from: None,
            until: None,
            spokesperson: title.spokesperson,
            former: title.former,
        };
        cast.add_role(entity, role);
    }
    entity
}

/// A description as a name: without its article.
pub(super) fn phrase_name(words: &str) -> &str {
    let first = words.split_whitespace().next().unwrap_or("");
    if ["the", "a", "an", "another", "some", "this", "that", "these", "those"]
        .contains(&first.to_lowercase().as_str())
    {
        words[first.len()..].trim_start()
    } else {
        words
    }
}

/// Adds the offices that the tables know on the document's day, where the text gives none; the highest first.
///
/// Who holds offices of their own country and of others at once (a king of fifteen realms, the French
/// president as prince of Andorra) holds here those of their own, and of the countries that the text names.
pub(super) fn add_known(cast: &mut Cast<'_>) {
    let reading = cast.reading;
    let Some(day) = reading.document.published else { return };
    let gazetteer = &reading.lexicon.gazetteer;
    let mentioned: HashSet<EntityId> = cast.mentions.iter().map(|m| m.entity).collect();
    for i in 0..cast.entities.len() {
        let Some(entry) = cast.entities[i].entry.filter(|_| cast.entities[i].kind == Kind::Person) else {
            continue;
        };
        let mut terms = gazetteer.roles_of(entry);
        terms.retain(|term| term.holds(day));
        terms.sort_by_key(|term| std::cmp::Reverse(gazetteer.office_rank(term.office)));
        let home = gazetteer.entry(entry).country;
        let at_home = terms.iter().any(|term| term.of == home);
        let named = |key: &str| cast.by_key(key).is_some_and(|e| mentioned.contains(&e));
        terms.retain(|term| term.of == home || !at_home || !term.of.starts_with("iso:") || named(term.of));
        for term in terms {
            let of = cast.by_key(term.of).or_else(|| cast.enter_key(term.of));
            let own = |r: &EntityRole| {
                r.of_key.as_deref() == Some(term.of) || r.of.and_then(|b| cast.country(b)) == Some(term.of)
            };
            if cast.entities[i].roles.iter().any(|r| !r.former && own(r)) {
                continue; // the text's own words are better, and one office of a country is enough
            }
            let title = if term.title.is_empty() { gazetteer.office_name(term.office) } else { term.title };
            let role = EntityRole {
                title: title.to_owned(),
                of,
                of_key: Some(term.of.to_owned()),
                span: None,
                sentence: None,
                from: term.from,
                until: term.until,
                spokesperson: false,
                former: false,
            };
            cast.add_role(EntityId::from(i), role);
        }
    }
}
