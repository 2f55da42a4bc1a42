//! What a document tells: whom it mentions, its statements and quotations, and where they stand.
//!
//! In: the graph. Out: quads of one named graph a document, called like the document. A sentence that
//! proves three edges is one passage.

use std::collections::HashSet;
use std::io;

use oxrdf::vocab::rdf;
use oxrdf::{GraphName, NamedNode};

use super::super::content_hash::ContentHash;
use super::iri::{self, vocab};
use super::{Teller, label};
use crate::graph::{EdgeId, Evidence, Link, Place, Quotation, Reading, Source};
use crate::relation::Side;

/// A piece of evidence: which document, which edge, which of its pieces.
type Piece = (u32, EdgeId, usize);

impl Teller<'_, '_> {
    /// Every document's own graph, in the order of the documents.
    pub(super) fn stories(&mut self) -> io::Result<()> {
        let graph = self.graph;
        let mut pieces: Vec<Piece> = Vec::new();
        for link in graph.links() {
            let of_edge = link.edge.evidence.iter().enumerate();
            pieces.extend(of_edge.map(|(n, evidence)| (evidence.document, link.edge.id, n)));
        }
        pieces.sort_unstable();
        let mut mentioned: Vec<Vec<&str>> = vec![Vec::new(); graph.sources().len()];
        for (_, node) in graph.nodes() {
            for document in &node.documents {
                if let Some(keys) = mentioned.get_mut(*document as usize) {
                    keys.push(&node.key);
                }
            }
        }
        let mut quotations: Vec<&Quotation> = graph.quotations().iter().collect();
        quotations.sort_by_key(|quotation| quotation.document);
        let (mut pieces, mut quotations) = (pieces.as_slice(), quotations.as_slice());
        for ((number, reading), keys) in (0..).zip(graph.readings().iter()).zip(&mentioned) {
            let source = &reading.source;
            let document = iri::document(&source.id);
            self.context = GraphName::NamedNode(document.clone());
            for key in keys {
                self.tell(&document, vocab::MENTIONS, &iri::node(key))?;
            }
            let mut told = HashSet::new();
            let (mine, rest) = pieces.split_at(pieces.partition_point(|(document, ..)| *document <= number));
            pieces = rest;
            for (_, edge, nth) in mine {
                let Some(link) = graph.link(*edge) else { continue };
                let Some(evidence) = link.edge.evidence.get(*nth) else { continue };
                self.statement(reading, &document, &link, evidence, &mut told)?;
            }
            let (mine, rest) = quotations.split_at(quotations.partition_point(|q| q.document <= number));
            quotations = rest;
            for quotation in mine {
                self.quotation(source, &document, quotation, &mut told)?;
            }
        }
        self.context = GraphName::DefaultGraph;
        Ok(())
    }

    fn statement(
        &mut self,
        reading: &Reading,
        document: &NamedNode,
        link: &Link<'_>,
        evidence: &Evidence,
        told: &mut HashSet<String>,
    ) -> io::Result<()> {
        let id = evidence.id.to_string();
        if !told.insert(id.clone()) {
            return Ok(());
        }
        let statement = iri::hashed("statement", &id);
        self.tell(&statement, rdf::TYPE, rdf::STATEMENT)?;
        self.tell(&statement, rdf::TYPE, &iri::term("Statement"))?;
        if let Some(subject) = link.subject() {
            self.tell(&statement, rdf::SUBJECT, &iri::node(&subject.key))?;
        }
        self.tell(&statement, rdf::PREDICATE, &iri::relation(&link.edge.predicate))?;
        if let Some(object) = link.object() {
            self.tell(&statement, rdf::OBJECT, &iri::node(&object.key))?;
        }
        self.ours(&statement, "polarity", &label(link.edge.polarity))?;
        self.ours(&statement, "modality", &label(link.edge.modality))?;
        if let Some(says) = &evidence.attribution {
            self.ours(&statement, "attributedTo", &iri::node(says))?;
        }
        self.words(&statement, "cameo", evidence.cameo.as_deref().unwrap_or(&link.edge.cameo))?;
        for (name, day) in iri::days(evidence.time) {
            self.ours(&statement, name, &day)?;
        }
        if let Some(confidence) = iri::decimal(evidence.confidence) {
            self.ours(&statement, "confidence", &confidence)?;
        }
        self.words(&statement, "rule", &evidence.rule)?;
        if let Some(outer) = outer(reading, link, evidence) {
            self.ours(&statement, "within", &outer)?;
        }
        self.tell(&statement, vocab::DERIVED_FROM, document)?;
        self.ours(&statement, "line", &iri::whole(evidence.line))?;
        self.words(&statement, "trigger", evidence.words(evidence.trigger))?;
        self.words(&statement, "content", evidence.content_words().unwrap_or_default())?;
        let passage = Passage { source: &reading.source, place: evidence.sentence, words: &evidence.text };
        self.ours(&statement, "passage", &passage.iri())?;
        self.passage(document, &passage, told)
    }

    fn quotation(
        &mut self,
        source: &Source,
        document: &NamedNode,
        said: &Quotation,
        told: &mut HashSet<String>,
    ) -> io::Result<()> {
        let id = said.id.to_string();
        if !told.insert(id.clone()) {
            return Ok(());
        }
        let quotation = iri::hashed("quotation", &id);
        self.tell(&quotation, rdf::TYPE, &iri::term("Quotation"))?;
        self.tell(&quotation, rdf::TYPE, vocab::SCHEMA_QUOTATION)?;
        for (name, key) in [("speaker", &said.speaker), ("addressee", &said.addressee)] {
            if let Some(key) = key {
                self.ours(&quotation, name, &iri::node(key))?;
            }
        }
        let mut about: Vec<&String> = Vec::new();
        for key in &said.about {
            if !about.contains(&key) {
                about.push(key);
                self.ours(&quotation, "about", &iri::node(key))?;
            }
        }
        for (key, side) in &said.stances {
            let side = match side {
                Side::For => "supports",
                Side::Against => "opposes",
            };
            self.ours(&quotation, side, &iri::node(key))?;
        }
        self.ours(&quotation, "form", &label(said.kind))?;
        self.tell(&quotation, vocab::TEXT, &iri::text(&said.text))?;
        self.words(&quotation, "cue", said.cue.as_deref().unwrap_or_default())?;
        self.words(&quotation, "speakerWords", said.speaker_words.as_deref().unwrap_or_default())?;
        for (name, day) in iri::days(said.time) {
            self.ours(&quotation, name, &day)?;
        }
        if let Some(confidence) = iri::decimal(said.confidence) {
            self.ours(&quotation, "confidence", &confidence)?;
        }
        self.tell(&quotation, vocab::DERIVED_FROM, document)?;
        self.ours(&quotation, "line", &iri::whole(said.line))?;
        // The pieces' words are kept only in one string, joined.
        let words: Vec<&str> = said.text.split(" … ").collect();
        let whole = words.len() == said.segments.len();
        let passages: Vec<Passage<'_>> = said
            .segments
            .iter()
            .enumerate()
            .map(|(n, place)| {
                let words = if whole { words.get(n).copied().unwrap_or_default() } else { "" };
                Passage { source, place: *place, words }
            })
            .collect();
        for passage in &passages {
            self.ours(&quotation, "passage", &passage.iri())?;
        }
        passages.iter().try_for_each(|passage| self.passage(document, passage, told))
    }

    /// A piece of the document's text, as the Web Annotation model points at one.
    fn passage(
        &mut self,
        document: &NamedNode,
        passage: &Passage<'_>,
        told: &mut HashSet<String>,
    ) -> io::Result<()> {
        let id = passage.id();
        if !told.insert(format!("passage:{id}")) {
            return Ok(());
        }
        let iri = passage.iri();
        let (position, quote) = (
            iri::hashed("passage", &format!("{id}:position")),
            iri::hashed("passage", &format!("{id}:quote")),
        );
        self.tell(&iri, rdf::TYPE, vocab::SPECIFIC_RESOURCE)?;
        self.tell(&iri, vocab::HAS_SOURCE, document)?;
        self.tell(&iri, vocab::HAS_SELECTOR, &position)?;
        if !passage.words.is_empty() {
            self.tell(&iri, vocab::HAS_SELECTOR, &quote)?;
        }
        self.tell(&position, rdf::TYPE, vocab::POSITION_SELECTOR)?;
        self.tell(&position, vocab::START, &iri::whole(passage.place.start))?;
        self.tell(&position, vocab::END, &iri::whole(passage.place.end))?;
        if !passage.words.is_empty() {
            self.tell(&quote, rdf::TYPE, vocab::QUOTE_SELECTOR)?;
            self.tell(&quote, vocab::EXACT, &iri::text(passage.words))?;
        }
        Ok(())
    }
}

/// A piece of a document's text.
struct Passage<'a> {
    source: &'a Source,
    place: Place,
    words: &'a str,
}

impl Passage<'_> {
    fn id(&self) -> String {
        let Place { start, end } = self.place;
        ContentHash::new().and(&self.source.id).and(&format!("{start}-{end}")).and(self.words).hex()
    }

    fn iri(&self) -> NamedNode {
        iri::hashed("passage", &self.id())
    }
}

/// The statement in whose content a piece of evidence stands, if its edge is in the graph.
fn outer(reading: &Reading, link: &Link<'_>, evidence: &Evidence) -> Option<NamedNode> {
    link.within(evidence)?;
    let inner = reading.statements.get(evidence.statement as usize)?;
    let outer = reading.statements.get(inner.within? as usize)?;
    Some(iri::hashed("statement", &outer.id.to_string()))
}
