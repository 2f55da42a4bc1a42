//! An analysis becomes a reading: what it tells, without the text.
//!
//! In: an [`Analysis`] and the lexicon whose predicates it names. Out: a [`Reading`]. Entities that
//! have no name and take part in nothing ("a third man") are left out; a relation that names nobody is
//! left to the analysis record. Nothing here is quadratic in the length of a sentence: a sentence of a
//! megabyte is kept as the part around the trigger.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::reading::{DocumentHash, Excerpt, Participant, Reading, Saying, Statement, StatementId};
use super::{NodeRole, Place, Source, Text};
use crate::Analysis;
use crate::document::Document;
use crate::entity::{Entity, Form};
use crate::lexicon::Lexicon;
use crate::relation::{self, Argument, Relation};
use crate::text::{CodePoints, EntityId, SentenceId, Span, one_line};

/// A longer sentence is cut to a part around the trigger: bytes on either side of it.
const AROUND: u32 = 1_000;

impl Reading {
    /// What an analysis tells.
    #[must_use]
    pub fn of(analysis: &Analysis, lexicon: &Lexicon) -> Reading {
        let document = &analysis.document;
        let (participants, numbers) = participants(analysis);
        let mut writer = Writer {
            document,
            points: CodePoints::new(&document.text),
            line_ends: line_ends(&document.text),
            numbers,
            reading: Reading {
                source: source(document),
                hash: hash(document),
                participants,
                ..Reading::default()
            },
            predicates: HashMap::new(),
            rules: HashMap::new(),
            excerpts: HashMap::new(),
        };
        writer.statements(&analysis.relations.relations, lexicon);
        let mut stances: HashMap<u32, Vec<&relation::Stance>> = HashMap::new();
        for stance in &analysis.relations.stances {
            stance.quotation.into_iter().for_each(|n| stances.entry(n).or_default().push(stance));
        }
        for (n, quotation) in analysis.relations.quotations.iter().enumerate() {
            let of_it = stances.remove(&number_of(n)).unwrap_or_default();
            let saying = writer.saying(quotation, &of_it);
            writer.reading.sayings.push(saying);
        }
        writer.reading
    }
}

/// Who is named or takes part, and the number of every entity among them.
fn participants(analysis: &Analysis) -> (Vec<Participant>, Vec<Option<u32>>) {
    let taking_part = taking_part(analysis);
    let entities = &analysis.entities;
    let key_of = |id: EntityId| entities.entities.get(id.at()).map(key);
    let (mut participants, mut numbers) = (Vec::<Participant>::new(), Vec::new());
    let mut by_key: HashMap<String, u32> = HashMap::new();
    for (n, entity) in entities.entities.iter().enumerate() {
        let mentions = || entity.mentions.iter().filter_map(|m| entities.mentions.get(m.at()));
        let is_named = mentions().any(|mention| mention.form == Form::Name);
        if !is_named && !taking_part.contains(&EntityId::from(n)) {
            numbers.push(None);
            continue;
        }
        let key = key(entity);
        let number = *by_key.entry(key.clone()).or_insert_with(|| {
            participants.push(Participant {
                key: key.into(),
                name: one_line(&entity.name).into(),
                kind: entity.kind,
                country: entity.country.as_deref().map(Text::from),
                aliases: Vec::new(),
                roles: Vec::new(),
                mentions: 0,
                sentences: Vec::new(),
            });
            number_of(participants.len() - 1)
        });
        numbers.push(Some(number));
        let Some(participant) = participants.get_mut(number as usize) else { continue };
        let names = mentions().filter(|mention| mention.form == Form::Name);
        participant.aliases.extend(names.map(|mention| one_line(analysis.document.str(mention.span)).into()));
        participant.roles.extend(entity.roles.iter().map(|role| NodeRole {
            title: one_line(&role.title),
            of: role.of_key.clone().or_else(|| role.of.and_then(key_of)),
            from: role.from,
            until: role.until,
            spokesperson: role.spokesperson,
            former: role.former,
        }));
        participant.mentions = participant.mentions.saturating_add(number_of(entity.mentions.len()));
        participant.sentences.extend(mentions().map(|mention| mention.sentence.0));
    }
    for participant in &mut participants {
        let Participant { name, aliases, .. } = participant;
        aliases.retain(|alias| !alias.is_empty() && alias != name);
        sort(&mut participant.aliases);
        sort(&mut participant.roles);
        sort(&mut participant.sentences);
    }
    (participants, numbers)
}

fn sort<T: Ord>(list: &mut Vec<T>) {
    list.sort();
    list.dedup();
}

/// The entities that do, suffer, say, hear, or are spoken of.
fn taking_part(analysis: &Analysis) -> BTreeSet<EntityId> {
    let of = |argument: &Option<Argument>| argument.map(|argument| argument.entity);
    let relations = analysis
        .relations
        .relations
        .iter()
        .flat_map(|relation| [of(&relation.subject), of(&relation.object), relation.attribution])
        .flatten();
    let quotations = analysis.relations.quotations.iter().flat_map(|quotation| {
        let ends = [of(&quotation.speaker), of(&quotation.addressee)];
        ends.into_iter().flatten().chain(quotation.about.iter().copied())
    });
    let stances = analysis.relations.stances.iter().filter(|stance| stance.quotation.is_some());
    relations.chain(quotations).chain(stances.filter_map(|stance| stance.target.entity)).collect()
}

/// The entity's key; one is made of its name if it has none.
fn key(entity: &Entity) -> String {
    if !entity.key.is_empty() {
        return entity.key.clone();
    }
    let words: Vec<String> = entity
        .name
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    format!("unnamed:{}", words.join("-"))
}

fn number_of(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn source(document: &Document) -> Source {
    Source {
        id: document.id.clone(),
        source: document.source.clone(),
        url: document.url.clone(),
        publisher: document.publisher.clone(),
        title: document.title.clone(),
        published: document.published,
    }
}

/// The bytes at which lines end, rising.
fn line_ends(text: &str) -> Vec<u32> {
    text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| number_of(at)).collect()
}

/// The hash of all that makes a document this one.
fn hash(document: &Document) -> DocumentHash {
    let mut hasher = Sha256::new();
    let published = document.published.map(|day| day.to_string());
    let parts = [&document.url, &document.publisher, &document.title, &published];
    for part in [&document.id, &document.text].into_iter().map(Some).chain(parts.map(Option::as_ref)) {
        // The length before each part: no two documents give the same bytes.
        hasher.update(part.map_or(u64::MAX, |part| part.len() as u64).to_le_bytes());
        hasher.update(part.map_or(&[][..], |part| part.as_bytes()));
    }
    let digest = hasher.finalize();
    DocumentHash(digest.iter().take(16).fold(0, |number, byte| number << 8 | u128::from(*byte)))
}

/// The number of a thing in a list where each comes once.
fn numbered<K: Eq + Hash, T>(
    known: &mut HashMap<K, u32>,
    list: &mut Vec<T>,
    key: K,
    make: impl FnOnce() -> T,
) -> u32 {
    *known.entry(key).or_insert_with(|| {
        list.push(make());
        number_of(list.len() - 1)
    })
}

/// A reading that is being written, and what finds code points and lines in its document fast.
struct Writer<'a> {
    document: &'a Document,
    points: CodePoints<'a>,
    line_ends: Vec<u32>,
    /// The number of every entity among the participants.
    numbers: Vec<Option<u32>>,
    reading: Reading,
    predicates: HashMap<usize, u32>,
    rules: HashMap<&'a str, u32>,
    excerpts: HashMap<Span, u32>,
}

impl<'a> Writer<'a> {
    fn who(&self, entity: EntityId) -> Option<u32> {
        self.numbers.get(entity.at()).copied().flatten()
    }

    fn whom(&self, argument: Option<Argument>) -> Option<u32> {
        self.who(argument?.entity)
    }

    fn key_of(&self, entity: EntityId) -> Option<Text> {
        let participant = self.reading.participants.get(self.who(entity)? as usize)?;
        Some(participant.key.clone())
    }

    fn line(&self, byte: u32) -> u32 {
        number_of(self.line_ends.partition_point(|end| *end < byte) + 1)
    }

    fn place(&self, span: Span) -> Place {
        Place { start: self.points.at(span.start), end: self.points.at(span.end) }
    }

    fn statements(&mut self, relations: &'a [Relation], lexicon: &Lexicon) {
        let names_somebody = |relation: &&Relation| relation.subject.is_some() || relation.object.is_some();
        let mut numbers: Vec<Option<u32>> = Vec::with_capacity(relations.len());
        let mut kept: Vec<&'a Relation> = Vec::new();
        for relation in relations {
            let found = Some(relation)
                .filter(names_somebody)
                .filter(|r| self.whom(r.subject).is_some() || self.whom(r.object).is_some())
                .filter(|r| r.predicate.at() < lexicon.predicates.len());
            numbers.push(found.map(|_| number_of(kept.len())));
            kept.extend(found);
        }
        let mut twins: HashMap<StatementId, u32> = HashMap::new();
        for relation in kept {
            let within = relation.within.and_then(|outer| numbers.get(outer.at()).copied().flatten());
            let Some(mut statement) = self.statement(relation, within, lexicon) else { continue };
            // The same words may tell the same twice: then the second has an id of its own.
            let nth = twins.entry(statement.id).or_default();
            *nth += 1;
            statement.id.0 = statement.id.0.wrapping_add(u64::from(*nth - 1));
            self.reading.statements.push(statement);
        }
    }

    fn statement(
        &mut self,
        relation: &'a Relation,
        within: Option<u32>,
        lexicon: &Lexicon,
    ) -> Option<Statement> {
        let trigger = relation.evidence.trigger;
        let sentence = self.excerpt(relation.evidence.sentence, trigger);
        let at = |argument: Option<Argument>| argument.map(|argument| self.place(argument.span));
        let (subject_at, object_at) = (at(relation.subject), at(relation.object));
        let content = relation.content.map(|span| self.place(span));
        let number = relation.predicate.at();
        let codes = lexicon.predicates.get(number)?;
        let (place, text) = (self.place(sentence), self.document.str(sentence));
        let Reading { predicates, rules, excerpts, .. } = &mut self.reading;
        let rule = relation.evidence.rule.as_str();
        let mut statement = Statement {
            id: StatementId::default(),
            predicate: numbered(&mut self.predicates, predicates, number, || Arc::new(codes.into())),
            rule: numbered(&mut self.rules, rules, rule, || rule.into()),
            sentence: numbered(&mut self.excerpts, excerpts, sentence, || Excerpt {
                place,
                text: text.into(),
            }),
            subject: self.whom(relation.subject),
            object: self.whom(relation.object),
            polarity: relation.polarity,
            modality: relation.modality,
            line: self.line(trigger.start),
            trigger: self.place(trigger),
            subject_at,
            object_at,
            content,
            cameo: relation.code.as_deref().map(Text::from),
            time: relation.time,
            attribution: relation.attribution.and_then(|entity| self.key_of(entity)),
            within,
            confidence: sound(relation.confidence),
        };
        statement.id = self.id_of(&statement, &codes.name);
        Some(statement)
    }

    /// The hash of a statement's document, ends, predicate, flags and places.
    fn id_of(&self, statement: &Statement, predicate: &str) -> StatementId {
        let key = |who: Option<u32>| {
            let participant = self.reading.participants.get(who? as usize)?;
            Some(participant.key.as_str())
        };
        let place = |place: Option<Place>| place.map_or((u32::MAX, 0), |place| (place.start, place.end));
        let mut hasher = Sha256::new();
        hasher.update(self.reading.hash.0.to_be_bytes());
        for part in [key(statement.subject), Some(predicate), key(statement.object)] {
            hasher.update(part.map_or(u64::MAX, |part| part.len() as u64).to_le_bytes());
            hasher.update(part.unwrap_or("").as_bytes());
        }
        hasher.update([statement.polarity as u8, statement.modality as u8]);
        for at in [Some(statement.trigger), statement.subject_at, statement.object_at, statement.content] {
            let (start, end) = place(at);
            hasher.update(start.to_le_bytes());
            hasher.update(end.to_le_bytes());
        }
        let digest = hasher.finalize();
        StatementId(digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// The sentence, or the part of a very long one around the trigger.
    fn excerpt(&self, sentence: SentenceId, trigger: Span) -> Span {
        let sentence = self.document.sentences.get(sentence.at()).map_or(trigger, |s| s.span);
        if sentence.len() <= 4 * AROUND as usize {
            return sentence;
        }
        let mut span = Span {
            start: sentence.start.max(trigger.start.saturating_sub(AROUND)),
            end: sentence.end.min(trigger.start.saturating_add(AROUND)),
        };
        let text = &self.document.text;
        while span.start > sentence.start && !text.is_char_boundary(span.start as usize) {
            span.start -= 1;
        }
        while span.end < sentence.end && !text.is_char_boundary(span.end as usize) {
            span.end += 1;
        }
        span
    }

    fn saying(&self, quotation: &relation::Quotation, stances: &[&relation::Stance]) -> Saying {
        let pieces: Vec<String> =
            quotation.segments.iter().map(|span| one_line(self.document.str(*span))).collect();
        let words = |span: Option<Span>| span.map(|span| one_line(self.document.str(span)));
        let start = quotation.segments.first().copied().or(quotation.cue).unwrap_or_default().start;
        let mut seen = BTreeSet::new();
        let about = quotation.about.iter().filter_map(|entity| self.who(*entity));
        let side = |stance: &&relation::Stance| Some((self.who(stance.target.entity?)?, stance.side));
        let mut sides: Vec<_> = stances.iter().filter_map(side).collect();
        let mut told = BTreeSet::new();
        sides.retain(|side| told.insert(*side));
        Saying {
            speaker: self.whom(quotation.speaker),
            speaker_words: words(quotation.speaker_span.or(quotation.speaker.map(|s| s.span))),
            addressee: self.whom(quotation.addressee),
            cue: words(quotation.cue),
            kind: quotation.kind,
            text: pieces.join(" … "),
            segments: quotation.segments.iter().map(|span| self.place(*span)).collect(),
            about: about.filter(|who| seen.insert(*who)).collect(),
            stances: sides,
            line: self.line(start),
            time: quotation.time,
            confidence: sound(quotation.confidence),
        }
    }
}

/// A confidence between 0 and 1, also where arithmetic went wrong: JSON cannot hold a NaN.
fn sound(confidence: f32) -> f32 {
    if confidence.is_finite() { confidence.clamp(0.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use crate::graph::{KnowledgeGraph, sample};
    use crate::relation::Modality;
    use crate::text::Span;

    #[test]
    fn two_articles_that_tell_the_same_make_one_edge() {
        let graph = sample::graph();
        let lines: Vec<String> =
            graph.links().map(|link| format!("{link} x{}", link.edge.weight())).collect();
        assert_eq!(
            lines,
            [
                "Antony Blinken -urges-> China x2",
                "China -convinces-> North Korea [asked] x1",
                "Antony Blinken -meets-> Chung Eui-yong x2",
                "Antony Blinken -says-> North Korea x1",
                "? -arrests-> Jane Doe x1",
                "North Korea -accuses-> China [not] x1",
                "Antony Blinken -represents-> United States x1",
            ]
        );
        assert_eq!(graph.graph().edge_count(), 6);
    }

    #[test]
    fn evidence_is_the_words_of_the_sentence() {
        let graph = sample::graph();
        let urges = graph.links().next().unwrap();
        let [first, second] = urges.edge.evidence.as_slice() else { panic!() };
        assert_eq!(first.words(first.trigger), "urge");
        assert_eq!(first.words(first.subject.unwrap()), "Antony Blinken");
        assert_eq!(second.words(second.object.unwrap()), "China");
        assert_eq!((first.document, second.document, second.line), (0, 1, 2));
        let convinces = graph.links().nth(1).unwrap();
        let outer = convinces.within(&convinces.edge.evidence[0]).unwrap();
        assert_eq!(outer.to_string(), "Antony Blinken -urges-> China");
    }

    #[test]
    fn a_symmetric_edge_told_from_its_other_end_keeps_its_words_in_order() {
        let graph = sample::graph();
        let meets = graph.links().find(|link| link.edge.predicate == "meets").unwrap();
        let second = &meets.edge.evidence[1];
        assert_eq!(second.words(second.subject.unwrap()), "Blinken");
        assert_eq!(second.words(second.object.unwrap()), "Chung Eui-yong");
        let chung = graph.by_key("person:chung-eui-yong").unwrap();
        let lines: Vec<_> = graph.links_of(chung).map(|link| link.to_string()).collect();
        assert_eq!(lines, ["Chung Eui-yong -meets-> Antony Blinken"]);
    }

    #[test]
    fn nodes_collect_names_and_documents() {
        let graph = sample::graph();
        let blinken = graph.node(graph.by_key("wd:Q7821917").unwrap()).unwrap();
        assert_eq!(blinken.aliases.iter().collect::<Vec<_>>(), ["Blinken"]);
        assert_eq!((blinken.mentions, blinken.documents.as_slice()), (6, [0, 1].as_slice()));
    }

    #[test]
    fn a_quotation_names_its_nodes() {
        let graph = sample::graph();
        let [quotation] = graph.quotations() else { panic!() };
        assert_eq!(quotation.speaker.as_deref(), Some("wd:Q7821917"));
        assert_eq!((quotation.text.as_str(), quotation.line), ("North Korea must act.", 3));
        assert_eq!(quotation.about, ["iso:KP"]);
    }

    #[test]
    fn a_sentence_of_a_megabyte_is_cut_around_the_trigger() {
        let mut analysis = sample::analysis(
            "long",
            "2021-03-18",
            &[(&format!("Blinken urges China {}", "é".repeat(500_000)), &["Antony Blinken -urges-> China"])],
        );
        analysis.relations.relations[0].evidence.trigger = Span::new(400_000, 400_002);
        let graph = KnowledgeGraph::from_analyses([&analysis], &sample::lexicon());
        let evidence = &graph.links().next().unwrap().edge.evidence[0];
        assert!(evidence.text.len() < 2_100);
        assert_eq!(evidence.words(evidence.trigger), "é");
    }

    #[test]
    fn indexes_that_point_nowhere_are_skipped() {
        let mut analysis = sample::first();
        for relation in &mut analysis.relations.relations {
            relation.predicate.0 += 3;
            relation.within = Some(crate::text::RelationId(900));
            relation.modality = Modality::Alleged;
            relation.evidence.sentence.0 += 90;
            relation.confidence = f32::NAN;
        }
        analysis.entities.entities.truncate(2);
        let graph = KnowledgeGraph::from_analyses([&analysis], &sample::lexicon());
        assert!(graph.links().all(|link| link.edge.evidence.iter().all(|e| e.confidence == 0.0)));
    }
}
