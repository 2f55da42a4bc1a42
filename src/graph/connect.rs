//! Statements become edges: those of the same ends, predicate, polarity and modality are one.
//!
//! In: documents with the nodes of their participants ([`Told`]), and a graph that has those nodes. Out: the
//! graph with its edges and their evidence. First every statement gets the number of its edge, one
//! document after the other; then each edge takes its evidence, many edges at a time.

use std::sync::Arc;

use petgraph::graph::NodeIndex;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::alike::{Alike, Identity};
use super::assemble::Told;
use super::reading::{PredicateCodes, Reading, Statement};
use super::rows::Rows;
use super::{Edge, EdgeId, Evidence, HalfEdge, KnowledgeGraph, Shelf, Text};

/// Where a statement went.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Its edge; `u32::MAX` if it makes none.
    edge: u32,
    /// True where its edge is symmetric and runs the other way.
    turned: bool,
}

impl KnowledgeGraph {
    /// Adds the edges that the documents tell to a graph of nodes; gives the place of every statement.
    pub(super) fn connect(&mut self, told: &[Told<'_>]) -> Vec<Place> {
        let count = told.iter().map(|told| told.reading.statements.len()).sum();
        let mut numbering =
            Numbering { graph: self, edges: Alike::new(count), predicates: FxHashMap::default() };
        numbering.graph.graph.reserve_edges(count);
        numbering.graph.shelves.reserve(count);
        let mut places: Vec<Place> = Vec::with_capacity(count);
        for told in told {
            numbering.statements(told, &mut places);
        }
        places
    }

    /// Gives the edges their evidence: one piece for every statement.
    pub(super) fn prove(&mut self, told: &[Told<'_>], places: &[Place]) {
        // All statements, one document after the other; `within` is a number among those of its document.
        let mut statements: Vec<(&Told<'_>, u32)> = Vec::with_capacity(places.len());
        for told in told {
            statements.extend((0..).zip(&told.reading.statements).map(|(n, _)| (told, n)));
        }
        let rows = Rows::sort(self.shelves.len(), (0..).zip(places.iter().map(|place| place.edge)));
        let evidence: Vec<Vec<Evidence>> = (0..self.shelves.len())
            .into_par_iter()
            .map(|edge| {
                let row = rows.row(u32::try_from(edge).unwrap_or(u32::MAX));
                // As much room as is needed: most edges have one piece.
                let mut pieces = Vec::with_capacity(row.len());
                pieces.extend(row.iter().filter_map(|at| self.piece(*at as usize, &statements, places)));
                pieces
            })
            .collect();
        for (n, evidence) in evidence.into_iter().enumerate() {
            if let Some(edge) = self.edge_mut(EdgeId::from(n)) {
                edge.evidence = evidence;
            }
        }
    }

    /// A statement as evidence of its edge.
    fn piece(&self, at: usize, statements: &[(&Told<'_>, u32)], places: &[Place]) -> Option<Evidence> {
        let (told, n) = *statements.get(at)?;
        let statement = told.reading.statements.get(n as usize)?;
        let mut evidence = evidence(told.reading, told.document, n, statement);
        if let Some(key) = evidence.attribution.as_mut()
            && let Some(node) = self.renamed.get(key.as_str()).and_then(|index| self.node(*index))
        {
            *key = node.key.as_str().into();
        }
        let first = at - n as usize;
        let of_document = places.get(first..first + told.reading.statements.len()).unwrap_or_default();
        let outer = statement.within.and_then(|outer| of_document.get(outer as usize));
        evidence.within = outer.filter(|place| place.edge != u32::MAX).map(|place| EdgeId(place.edge));
        if places.get(at).is_some_and(|place| place.turned) {
            std::mem::swap(&mut evidence.subject, &mut evidence.object);
        }
        Some(evidence)
    }

    /// Adds an edge without evidence; its number is the next one.
    fn add_edge(
        &mut self,
        number: u32,
        [subject, object]: [Option<NodeIndex>; 2],
        statement: &Statement,
        codes: &Arc<PredicateCodes>,
    ) {
        let Statement { polarity, modality, .. } = *statement;
        let (id, codes) = (EdgeId(number), Arc::clone(codes));
        let edge = Edge { id, codes, polarity, modality, evidence: Vec::new() };
        let shelf = match (subject, object) {
            (Some(from), Some(to)) => Shelf::Whole(self.graph.add_edge(from, to, edge)),
            _ => {
                self.half_edges.push(HalfEdge { subject, object, edge });
                Shelf::Half(self.half_edges.len() - 1)
            }
        };
        self.shelves.push(shelf);
    }

    fn edge_mut(&mut self, id: EdgeId) -> Option<&mut Edge> {
        match *self.shelves.get(id.at())? {
            Shelf::Whole(index) => self.graph.edge_weight_mut(index),
            Shelf::Half(n) => self.half_edges.get_mut(n).map(|half| &mut half.edge),
        }
    }
}

/// A graph whose edges get their numbers.
struct Numbering<'g> {
    graph: &'g mut KnowledgeGraph,
    edges: Alike,
    /// A number for every predicate's name.
    predicates: FxHashMap<Text, u32>,
}

impl Numbering<'_> {
    /// The places of a document's statements.
    fn statements(&mut self, told: &Told<'_>, places: &mut Vec<Place>) {
        let reading = told.reading;
        let predicates: Vec<(&Arc<PredicateCodes>, u32)> =
            reading.predicates.iter().map(|codes| (codes, self.number(&codes.predicate))).collect();
        let node = |who: Option<u32>| who.and_then(|who| told.places.get(who as usize)).copied();
        let ends = |statement: &Statement| [node(statement.subject), node(statement.object)];
        let identities: Vec<Option<Identity>> = reading
            .statements
            .iter()
            .map(|statement| {
                let number = |end: Option<NodeIndex>| {
                    end.and_then(|end| u32::try_from(end.index()).ok()).unwrap_or(u32::MAX)
                };
                let (codes, predicate) = *predicates.get(statement.predicate as usize)?;
                let mut ends = ends(statement).map(number);
                if codes.symmetric {
                    ends.sort_unstable();
                }
                let Statement { polarity, modality, .. } = *statement;
                Some(Identity { ends, predicate, polarity, modality })
            })
            .collect();
        for (statement, number) in reading.statements.iter().zip(self.edges.numbers(&identities)) {
            let codes = predicates.get(statement.predicate as usize).map(|(codes, _)| *codes);
            let place = number.zip(codes).map(|((edge, is_new), codes)| {
                let turned = !is_new && codes.symmetric && {
                    let subject = self.graph.link(EdgeId(edge)).and_then(|link| link.subject);
                    subject != node(statement.subject)
                };
                if is_new {
                    self.graph.add_edge(edge, ends(statement), statement, codes);
                }
                Place { edge, turned }
            });
            places.push(place.unwrap_or(Place { edge: u32::MAX, turned: false }));
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
