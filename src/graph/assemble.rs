//! Readings become a graph: participants are merged across documents, statements become edges.
//!
//! In: [`Readings`], in their order. Out: a [`KnowledgeGraph`] that depends on nothing but that set. First
//! the nodes by their keys, then what means the same ([`unite`](super::unite)), then the edges.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use petgraph::graph::NodeIndex;

use super::alike::{Alike, Identity};
use super::reading::{PredicateCodes, Reading, Saying, Statement};
use super::unite::Unity;
use super::{Edge, EdgeId, Evidence, HalfEdge, KnowledgeGraph, Node, Quotation, Readings, Shelf, Text};
use crate::Analysis;
use crate::lexicon::Lexicon;

/// The node of a key, by the key's address: in a file each key is kept once.
type Known = FxHashMap<(usize, usize), NodeIndex>;

impl KnowledgeGraph {
    /// The graph of many analyses, whatever their order.
    #[must_use]
    pub fn from_analyses<'a>(
        analyses: impl IntoIterator<Item = &'a Analysis>,
        lexicon: &Lexicon,
    ) -> KnowledgeGraph {
        let mut readings = Readings::default();
        for analysis in analyses {
            readings.insert(Reading::of(analysis, lexicon));
        }
        readings.into_graph()
    }

    /// The graph that a set of readings tells.
    #[must_use]
    pub fn from_readings(readings: Readings) -> KnowledgeGraph {
        let mut bare = KnowledgeGraph::default();
        let mut known = Known::default();
        let places: Vec<Vec<NodeIndex>> =
            (0..).zip(readings.iter()).map(|(n, reading)| bare.hear(reading, n, &mut known)).collect();
        let Unity { graph, places: united } = bare.unite(readings.same());
        let statements = readings.iter().map(|reading| reading.statements.len()).sum();
        let mut assembly =
            Assembly { graph, edges: Alike::new(statements), predicates: FxHashMap::default() };
        assembly.graph.graph.reserve_edges(statements);
        assembly.graph.shelves.reserve(statements);
        for ((document, reading), places) in (0..).zip(readings.iter()).zip(places) {
            let places: Vec<NodeIndex> =
                places.into_iter().map(|place| united.get(place.index()).copied().unwrap_or(place)).collect();
            assembly.statements(reading, document, &places);
            for saying in &reading.sayings {
                let quotation = assembly.quotation(saying, document, &places);
                assembly.graph.quotations.push(quotation);
            }
            assembly.graph.sources.push(reading.source.clone());
        }
        let mut graph = assembly.graph;
        graph.readings = readings;
        graph
    }

    /// Adds or enriches the node of every participant; gives their places.
    fn hear(&mut self, reading: &Reading, document: u32, known: &mut Known) -> Vec<NodeIndex> {
        let mut places = Vec::with_capacity(reading.participants.len());
        for participant in &reading.participants {
            let index = *known.entry(participant.key.address()).or_insert_with(|| {
                let index = self.by_key.get(participant.key.as_str()).copied();
                index.unwrap_or_else(|| self.add(Node::new(&participant.key, &participant.name)))
            });
            if let Some(node) = self.graph.node_weight_mut(index) {
                node.hear(participant, document);
            }
            places.push(index);
        }
        places
    }

    /// Adds a node whose key nobody has.
    pub(super) fn add(&mut self, node: Node) -> NodeIndex {
        let key = node.key.clone();
        let index = self.graph.add_node(node);
        self.by_key.insert(key, index);
        index
    }
}

/// A graph that grows by statements.
struct Assembly {
    graph: KnowledgeGraph,
    edges: Alike,
    /// A number for every predicate's name.
    predicates: FxHashMap<Text, u32>,
}

impl Assembly {
    fn statements(&mut self, reading: &Reading, document: u32, places: &[NodeIndex]) {
        let predicates: Vec<u32> =
            reading.predicates.iter().map(|codes| self.number(&codes.predicate)).collect();
        let place = |who: Option<u32>| who.and_then(|who| places.get(who as usize)).copied();
        // The edges first, so that "within" can point forward as well as back.
        let edges: Vec<Option<(EdgeId, bool)>> = reading
            .statements
            .iter()
            .map(|statement| {
                let codes = reading.predicates.get(statement.predicate as usize)?;
                let number = predicates.get(statement.predicate as usize).copied()?;
                self.edge_for(place(statement.subject), place(statement.object), statement, codes, number)
            })
            .collect();
        for ((n, statement), edge) in (0..).zip(&reading.statements).zip(&edges) {
            let Some((id, turned)) = *edge else { continue };
            let mut evidence = evidence(reading, document, n, statement);
            if let Some(key) = evidence.attribution.as_mut()
                && let Some(node) =
                    self.graph.renamed.get(key.as_str()).and_then(|index| self.graph.node(*index))
            {
                *key = node.key.as_str().into();
            }
            let outer = statement.within.and_then(|outer| edges.get(outer as usize).copied().flatten());
            evidence.within = outer.map(|(id, _)| id);
            if turned {
                std::mem::swap(&mut evidence.subject, &mut evidence.object);
            }
            if let Some(edge) = self.edge_mut(id) {
                edge.evidence.push(evidence);
            }
        }
    }

    fn number(&mut self, predicate: &Text) -> u32 {
        if let Some(number) = self.predicates.get(predicate) {
            return *number;
        }
        let number = u32::try_from(self.predicates.len()).unwrap_or(u32::MAX);
        self.predicates.insert(predicate.clone(), number);
        number
    }

    /// Adds an edge without evidence, or finds the one that is the same. The flag is true where a
    /// symmetric edge was found that runs the other way.
    fn edge_for(
        &mut self,
        subject: Option<NodeIndex>,
        object: Option<NodeIndex>,
        statement: &Statement,
        codes: &Arc<PredicateCodes>,
        predicate: u32,
    ) -> Option<(EdgeId, bool)> {
        let mut ends = [subject, object];
        if codes.symmetric {
            ends.sort_unstable();
        }
        let Statement { polarity, modality, .. } = *statement;
        let number = |end: Option<NodeIndex>| {
            end.and_then(|end| u32::try_from(end.index()).ok()).unwrap_or(u32::MAX)
        };
        let ends = ends.map(number);
        let graph = &mut self.graph;
        let (id, is_new) = self.edges.number(Identity { ends, predicate, polarity, modality })?;
        let id = EdgeId(id);
        if !is_new {
            let turned = codes.symmetric && graph.link(id).is_some_and(|link| link.subject != subject);
            return Some((id, turned));
        }
        // Most edges have one piece of evidence; `push` alone would make room for four.
        let evidence = Vec::with_capacity(1);
        let edge = Edge { id, codes: Arc::clone(codes), polarity, modality, evidence };
        let shelf = match (subject, object) {
            (Some(from), Some(to)) => Shelf::Whole(graph.graph.add_edge(from, to, edge)),
            _ => {
                graph.half_edges.push(HalfEdge { subject, object, edge });
                Shelf::Half(graph.half_edges.len() - 1)
            }
        };
        graph.shelves.push(shelf);
        Some((id, false))
    }

    fn edge_mut(&mut self, id: EdgeId) -> Option<&mut Edge> {
        match *self.graph.shelves.get(id.at())? {
            Shelf::Whole(index) => self.graph.graph.edge_weight_mut(index),
            Shelf::Half(n) => self.graph.half_edges.get_mut(n).map(|half| &mut half.edge),
        }
    }

    fn quotation(&self, saying: &Saying, document: u32, places: &[NodeIndex]) -> Quotation {
        let key = |who: u32| {
            let node = self.graph.node(*places.get(who as usize)?)?;
            Some(node.key.clone())
        };
        // Two participants of a document may have become one node.
        let mut about: Vec<String> = Vec::new();
        for who in saying.about.iter().filter_map(|who| key(*who)) {
            if !about.contains(&who) {
                about.push(who);
            }
        }
        let mut stances = Vec::new();
        for stance in saying.stances.iter().filter_map(|(who, side)| Some((key(*who)?, *side))) {
            if !stances.contains(&stance) {
                stances.push(stance);
            }
        }
        Quotation {
            speaker: saying.speaker.and_then(key),
            speaker_words: saying.speaker_words.clone(),
            addressee: saying.addressee.and_then(key),
            cue: saying.cue.clone(),
            kind: saying.kind,
            text: saying.text.clone(),
            segments: saying.segments.clone(),
            about,
            stances,
            document,
            line: saying.line,
            time: saying.time,
            confidence: saying.confidence,
        }
    }
}

/// A statement as evidence, without the edge in whose content it stands.
fn evidence(reading: &Reading, document: u32, n: u32, statement: &Statement) -> Evidence {
    let excerpt = reading.excerpts.get(statement.sentence as usize);
    let rule = reading.rules.get(statement.rule as usize);
    Evidence {
        id: statement.id,
        document,
        statement: n,
        line: statement.line,
        text: excerpt.map(|excerpt| excerpt.text.clone()).unwrap_or_default(),
        sentence: excerpt.map(|excerpt| excerpt.place).unwrap_or_default(),
        trigger: statement.trigger,
        subject: statement.subject_at,
        object: statement.object_at,
        content: statement.content,
        cameo: statement.cameo.clone(),
        time: statement.time,
        attribution: statement.attribution.clone(),
        within: None,
        rule: rule.cloned().unwrap_or_default(),
        confidence: statement.confidence,
    }
}
