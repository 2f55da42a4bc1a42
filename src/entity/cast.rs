//! The participants found so far: every step of this room adds to them.
//!
//! In: mentions with the keys of whom they stand for. Out: one entity a key, and for every token the
//! name or description that covers it; at the end [`Entities`], sorted by place in the text.

use std::collections::HashMap;

use smallvec::SmallVec;

use super::reading::Reading;
use super::{Entities, Entity, EntityRole, Form, Mention};
use crate::lexicon::{Gender, Kind};
use crate::text::{EntityId, EntryId, MentionId, SentenceId, TokenId};

const NONE: u32 = u32::MAX;

/// Participants and mentions, in the order in which they were found.
pub(super) struct Cast<'a> {
    pub reading: Reading<'a>,
    pub entities: Vec<Entity>,
    pub mentions: Vec<Mention>,
    by_key: HashMap<String, EntityId>,
    /// For every token the mention whose phrase covers it; the first come stays.
    cover: Vec<u32>,
    /// For every token the mention that it governs; the first come stays.
    governs: Vec<u32>,
}

/// What is known of a participant when it enters.
pub(super) struct Newcomer<'n> {
    pub kind: Kind,
    pub name: &'n str,
    pub entry: Option<EntryId>,
    pub country: Option<&'n str>,
    pub gender: Option<Gender>,
}

impl<'a> Cast<'a> {
    pub fn new(reading: Reading<'a>) -> Self {
        let cover = vec![NONE; reading.document.tokens.len()];
        let governs = cover.clone();
        Cast { reading, entities: Vec::new(), mentions: Vec::new(), by_key: HashMap::new(), cover, governs }
    }

    /// The entity with this key, made if it is new.
    pub fn enter(&mut self, key: &str, newcomer: &Newcomer<'_>) -> EntityId {
        if let Some(id) = self.by_key.get(key) {
            return *id;
        }
        let id = EntityId::from(self.entities.len());
        self.entities.push(Entity {
            kind: newcomer.kind,
            name: newcomer.name.to_owned(),
            key: key.to_owned(),
            entry: newcomer.entry,
            country: newcomer.country.filter(|c| !c.is_empty()).map(str::to_owned),
            gender: newcomer.gender,
            sort: None,
            roles: Vec::new(),
            mentions: Vec::new(),
        });
        self.by_key.insert(key.to_owned(), id);
        id
    }

    /// The entity of a gazetteer's entry, made if it is new.
    pub fn enter_entry(&mut self, entry: EntryId) -> EntityId {
        let row = self.reading.lexicon.gazetteer.entry(entry);
        let country = if row.kind == Kind::Country { row.key } else { row.country };
        let newcomer = Newcomer {
            kind: row.kind,
            name: row.name,
            entry: Some(entry),
            country: Some(country),
            gender: row.gender,
        };
        self.enter(row.key, &newcomer)
    }

    /// The entity with a key: one that is here already, or the gazetteer's.
    pub fn enter_key(&mut self, key: &str) -> Option<EntityId> {
        if let Some(id) = self.by_key.get(key) {
            return Some(*id);
        }
        let entry = self.reading.lexicon.gazetteer.by_key(key)?;
        Some(self.enter_entry(entry))
    }

    /// The entity with this key, if it is here.
    pub fn by_key(&self, key: &str) -> Option<EntityId> {
        self.by_key.get(key).copied()
    }

    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.at())
    }

    pub fn kind(&self, id: EntityId) -> Kind {
        self.entity(id).map_or(Kind::Other, |e| e.kind)
    }

    pub fn country(&self, id: EntityId) -> Option<&str> {
        self.entity(id).and_then(|e| e.country.as_deref())
    }

    /// Puts tokens `first..end` down as a mention; `phrase` holds them and their titles.
    pub fn mention(&mut self, first: u32, end: u32, phrase: (u32, u32), form: Form, entity: EntityId) -> u32 {
        let head = self.reading.head_of(first, end, phrase);
        self.mention_with_head(first, end, phrase, head, form, entity)
    }

    /// The same, where the governing token is known.
    pub fn mention_with_head(
        &mut self,
        first: u32,
        end: u32,
        phrase: (u32, u32),
        head: u32,
        form: Form,
        entity: EntityId,
    ) -> u32 {
        let id = u32::try_from(self.mentions.len()).unwrap_or(NONE);
        self.mentions.push(Mention {
            span: self.reading.span(first, end),
            phrase: self.reading.span(phrase.0, phrase.1),
            first: TokenId(first),
            end: TokenId(end),
            head: TokenId(head),
            sentence: SentenceId(self.reading.sentence_of(first)),
            form,
            entity,
        });
        if let Some(slot) = self.governs.get_mut(head as usize).filter(|slot| **slot == NONE) {
            *slot = id;
        }
        // A title before a name belongs to it: "Secretary" is no second person.
        for t in phrase.0.min(first)..phrase.1.max(end) {
            if let Some(slot) = self.cover.get_mut(t as usize).filter(|slot| **slot == NONE) {
                *slot = id;
            }
        }
        id
    }

    /// The mention that covers a token, with the title before its name.
    pub fn mention_at(&self, token: u32) -> Option<&Mention> {
        let id = *self.cover.get(token as usize)?;
        self.mentions.get(id as usize)
    }

    /// The mention that a token governs.
    pub fn governed_by(&self, token: u32) -> Option<&Mention> {
        let id = *self.governs.get(token as usize)?;
        self.mentions.get(id as usize)
    }

    /// All for whom the words that a token governs stand: of "the two leaders" both.
    pub fn governed_together(&self, token: u32) -> SmallVec<[EntityId; 4]> {
        let Some(id) = self.governs.get(token as usize).filter(|id| **id != NONE) else {
            return SmallVec::new();
        };
        let all = self.mentions.get(*id as usize..).unwrap_or_default();
        let same = |m: &&Mention| all.first().is_some_and(|own| m.span == own.span && m.head == own.head);
        all.iter().take_while(same).map(|m| m.entity).collect()
    }

    /// True if a mention covers the token.
    pub fn is_covered(&self, token: u32) -> bool {
        self.cover.get(token as usize).is_some_and(|id| *id != NONE)
    }

    /// Adds an office, unless the entity has it already in the same words or from the table.
    pub fn add_role(&mut self, entity: EntityId, role: EntityRole) {
        let Some(entity) = self.entities.get_mut(entity.at()) else { return };
        // A person may be listed under several countries; the office tells whose official this is.
        let first = entity.country.is_none() || entity.roles.is_empty();
        let key = role.of_key.as_ref().filter(|key| key.starts_with("iso:") && !role.former && first);
        if let Some(key) = key {
            entity.country = Some(key.clone());
        }
        let same = entity.roles.iter_mut().find(|r| {
            r.title.eq_ignore_ascii_case(&role.title) && (r.of_key == role.of_key || role.of_key.is_none())
        });
        match same {
            Some(known) if known.span.is_none() && role.span.is_some() => {
                (known.span, known.sentence) = (role.span, role.sentence);
            }
            Some(_) => {}
            None => entity.roles.push(role),
        }
    }

    /// Sorts everything by place in the text. Bodies that only a title implies come last.
    pub fn finish(mut self) -> Entities {
        self.mentions.sort_by_key(|m| (m.span.start, m.span.end, m.form));
        // The same words may stand for two: "the two leaders".
        self.mentions.dedup_by_key(|m| (m.span, m.form, m.entity));
        let mut order = vec![NONE; self.entities.len()];
        let mut sorted: Vec<u32> = Vec::with_capacity(order.len());
        let used = self.mentions.iter().map(|m| m.entity.0);
        let mut mentioned: Vec<u32> = used.collect();
        let in_text = mentioned.len();
        for i in 0..in_text {
            // "President Joe Biden" implies the United States, the ministry's spokesperson the ministry's country.
            let roles = self.entities.get(mentioned[i] as usize).map_or(&[][..], |e| &e.roles);
            let bodies = roles.iter().filter_map(|r| r.of);
            let home = |b: EntityId| self.country(b).and_then(|key| self.by_key(key));
            mentioned.extend(bodies.flat_map(|b| [Some(b), home(b)]).flatten().map(|id| id.0));
        }
        for id in mentioned {
            if let Some(slot) = order.get_mut(id as usize).filter(|slot| **slot == NONE) {
                *slot = u32::try_from(sorted.len()).unwrap_or(NONE);
                sorted.push(id);
            }
        }
        let mut old: Vec<Option<Entity>> = self.entities.into_iter().map(Some).collect();
        let mut entities: Vec<Entity> =
            sorted.iter().filter_map(|id| old.get_mut(*id as usize).and_then(Option::take)).collect();
        let renumber = |id: EntityId| EntityId(order.get(id.at()).copied().unwrap_or(NONE));
        for role in entities.iter_mut().flat_map(|e| e.roles.iter_mut()) {
            role.of = role.of.map(renumber).filter(|id| id.0 != NONE);
        }
        for (i, mention) in self.mentions.iter_mut().enumerate() {
            mention.entity = renumber(mention.entity);
            if let Some(entity) = entities.get_mut(mention.entity.at()) {
                entity.mentions.push(MentionId::from(i));
            }
        }
        for entity in &mut entities {
            let mentions = entity.mentions.iter().filter_map(|id| self.mentions.get(id.at()));
            entity.sort = super::sort::of(self.reading, entity, mentions);
        }
        Entities { mentions: self.mentions, entities }
    }
}
