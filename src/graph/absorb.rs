//! One analysis goes into the graph: entities become nodes, relations edges, all with their places.
//!
//! In: an [`Analysis`] and the lexicon whose predicates it names. Out: the graph, grown. Entities that
//! have no name and take part in nothing ("a third man") are left out. Nothing here is quadratic in
//! the length of a sentence: a sentence of a megabyte is kept as the part around the trigger.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;

use super::{Edge, Evidence, KnowledgeGraph, Node, NodeRole, Place, Quotation, Source};
use crate::Analysis;
use crate::document::Document;
use crate::entity::{Entity, Form};
use crate::lexicon::Lexicon;
use crate::relation::{self, Argument, Relation};
use crate::text::{CodePoints, EntityId, SentenceId, Span};

/// A longer sentence is cut to a part around the trigger: bytes on either side of it.
const AROUND: u32 = 1_000;

impl KnowledgeGraph {
    /// The graph of many analyses, in their order, with what means the same united.
    #[must_use]
    pub fn from_analyses<'a>(
        analyses: impl IntoIterator<Item = &'a Analysis>,
        lexicon: &Lexicon,
    ) -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::default();
        for analysis in analyses {
            graph.absorb(analysis, lexicon);
        }
        graph.unite()
    }

    /// Takes in one analysis. After the last one, call [`KnowledgeGraph::unite`].
    pub fn absorb(&mut self, analysis: &Analysis, lexicon: &Lexicon) {
        let number = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        self.sources.push(source(&analysis.document));
        let reader = Reader::new(&analysis.document, number);
        let nodes = self.absorb_entities(analysis, number);
        let node = |entity: EntityId| nodes.get(entity.at()).copied().flatten();

        // The edges first, so that "within" can point forward as well as back.
        let edges: Vec<_> = analysis
            .relations
            .relations
            .iter()
            .map(|relation| {
                let subject = relation.subject.and_then(|argument| node(argument.entity));
                let object = relation.object.and_then(|argument| node(argument.entity));
                if subject.is_none() && object.is_none() {
                    return None;
                }
                let predicate = lexicon.predicates.get(relation.predicate.at())?;
                let edge = Edge::new(predicate, relation.polarity, relation.modality);
                Some(self.edge_for(subject, object, edge))
            })
            .collect();
        for (relation, edge) in analysis.relations.relations.iter().zip(&edges) {
            let Some((id, turned)) = *edge else { continue };
            let mut evidence = reader.evidence(relation);
            evidence.attribution = relation.attribution.and_then(node).and_then(|n| self.key_of(n));
            evidence.within =
                relation.within.and_then(|outer| edges.get(outer.at()).copied().flatten()).map(|(id, _)| id);
            if turned {
                std::mem::swap(&mut evidence.subject, &mut evidence.object);
            }
            if let Some(edge) = self.edge_mut(id) {
                edge.evidence.push(evidence);
            }
        }
        for quotation in &analysis.relations.quotations {
            let key = |entity: EntityId| node(entity).and_then(|n| self.key_of(n));
            let quotation = reader.quotation(quotation, key);
            self.quotations.push(quotation);
        }
    }

    fn key_of(&self, node: NodeIndex) -> Option<String> {
        self.node(node).map(|node| node.key.clone())
    }

    /// The node of every entity that is named or takes part in something.
    fn absorb_entities(&mut self, analysis: &Analysis, number: u32) -> Vec<Option<NodeIndex>> {
        let taking_part = taking_part(analysis);
        let entities = &analysis.entities;
        let key_of = |id: EntityId| entities.entities.get(id.at()).map(key);
        let mut nodes = Vec::with_capacity(entities.entities.len());
        for (n, entity) in entities.entities.iter().enumerate() {
            let mentions = || entity.mentions.iter().filter_map(|m| entities.mentions.get(m.at()));
            let names: BTreeSet<String> = mentions()
                .filter(|mention| mention.form == Form::Name)
                .map(|mention| one_line(analysis.document.str(mention.span)))
                .filter(|name| !name.is_empty() && *name != entity.name)
                .collect();
            let is_named = mentions().any(|mention| mention.form == Form::Name);
            if !is_named && !taking_part.contains(&EntityId::from(n)) {
                nodes.push(None);
                continue;
            }
            let mut roles: Vec<NodeRole> = entity
                .roles
                .iter()
                .map(|role| NodeRole {
                    title: one_line(&role.title),
                    of: role.of_key.clone().or_else(|| role.of.and_then(key_of)),
                    from: role.from,
                    until: role.until,
                    spokesperson: role.spokesperson,
                    former: role.former,
                })
                .collect();
            roles.sort();
            roles.dedup();
            nodes.push(Some(self.node_for(Node {
                key: key(entity),
                name: one_line(&entity.name),
                kind: entity.kind,
                country: entity.country.clone(),
                aliases: names,
                roles,
                mentions: u32::try_from(entity.mentions.len()).unwrap_or(u32::MAX),
                documents: vec![number],
                merged: Vec::new(),
            })));
        }
        nodes
    }
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
    relations.chain(quotations).collect()
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

/// A name that a hard-wrapped text breaks over two lines, on one.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// A document and what finds code points and lines in it fast.
struct Reader<'a> {
    document: &'a Document,
    number: u32,
    points: CodePoints<'a>,
    /// The bytes at which lines end, rising.
    line_ends: Vec<u32>,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Document, number: u32) -> Self {
        let ends = document.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Reader {
            document,
            number,
            points: CodePoints::new(&document.text),
            line_ends: ends.map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect(),
        }
    }

    fn line(&self, byte: u32) -> u32 {
        let before = self.line_ends.partition_point(|end| *end < byte);
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }

    fn place(&self, span: Span) -> Place {
        Place { start: self.points.at(span.start), end: self.points.at(span.end) }
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

    fn evidence(&self, relation: &Relation) -> Evidence {
        let trigger = relation.evidence.trigger;
        let sentence = self.excerpt(relation.evidence.sentence, trigger);
        let argument = |argument: Option<Argument>| argument.map(|argument| self.place(argument.span));
        Evidence {
            document: self.number,
            line: self.line(trigger.start),
            text: self.document.str(sentence).to_owned(),
            sentence: self.place(sentence),
            trigger: self.place(trigger),
            subject: argument(relation.subject),
            object: argument(relation.object),
            content: relation.content.map(|span| self.place(span)),
            cameo: relation.code.clone(),
            time: relation.time,
            attribution: None,
            within: None,
            rule: relation.evidence.rule.clone(),
            confidence: sound(relation.confidence),
        }
    }

    fn quotation(
        &self,
        quotation: &relation::Quotation,
        key: impl Fn(EntityId) -> Option<String>,
    ) -> Quotation {
        let pieces: Vec<String> =
            quotation.segments.iter().map(|span| one_line(self.document.str(*span))).collect();
        let words = |span: Option<Span>| span.map(|span| one_line(self.document.str(span)));
        let start = quotation.segments.first().copied().or(quotation.cue).unwrap_or_default().start;
        let mut seen = BTreeSet::new();
        let about = quotation.about.iter().filter_map(|entity| key(*entity));
        let about = about.filter(|key| seen.insert(key.clone())).collect();
        Quotation {
            speaker: quotation.speaker.and_then(|speaker| key(speaker.entity)),
            speaker_words: words(quotation.speaker_span.or(quotation.speaker.map(|s| s.span))),
            addressee: quotation.addressee.and_then(|addressee| key(addressee.entity)),
            cue: words(quotation.cue),
            kind: quotation.kind,
            text: pieces.join(" … "),
            segments: quotation.segments.iter().map(|span| self.place(*span)).collect(),
            about,
            document: self.number,
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
        let mut graph = KnowledgeGraph::default();
        graph.absorb(&analysis, &sample::lexicon());
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
