//! Readings become a graph: participants are merged across documents, statements become edges.
//!
//! In: [`Readings`], in their order. Out: a [`KnowledgeGraph`] that depends on nothing but that set. First
//! the nodes by their keys ([`gather`](super::gather)), then what means the same ([`unite`](super::unite)),
//! then the edges ([`connect`](super::connect)) and the quotations.

use std::sync::Arc;

use petgraph::graph::NodeIndex;
use rayon::prelude::*;

use super::connect::Place;
use super::gather::Gathered;
use super::reading::{Reading, Saying};
use super::unite::Unity;
use super::{KnowledgeGraph, Node, Quotation, Readings};
use crate::Analysis;
use crate::lexicon::Lexicon;

/// A document, and the node of each of its participants.
pub(super) struct Told<'a> {
    pub document: u32,
    pub reading: &'a Reading,
    pub places: &'a [NodeIndex],
}

/// How much a graph holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Participants of the world.
    pub nodes: usize,
    /// Edges, those with one end too.
    pub edges: usize,
    /// Quotations.
    pub quotations: usize,
    /// Documents.
    pub documents: usize,
}

impl Readings {
    /// How much the graph that they tell holds; quicker than to make it, and it takes less memory.
    ///
    /// ```
    /// use demarche::graph::{Readings, Size};
    /// assert_eq!(Readings::default().size(), Size::default());
    /// ```
    #[must_use]
    pub fn size(&self) -> Size {
        KnowledgeGraph::outline(self, |graph, told, _| Size {
            nodes: graph.nodes().count(),
            edges: graph.links().count(),
            quotations: told.iter().map(|told| told.reading.sayings.len()).sum(),
            documents: told.len(),
        })
    }
}

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
        let mut graph = KnowledgeGraph::outline(&readings, |mut graph, told, places| {
            graph.prove(told, &places);
            graph.quotations = told.par_iter().flat_map_iter(|told| graph.quoted(told)).collect();
            graph.sources = told.par_iter().map(|told| told.reading.source.clone()).collect();
            graph
        });
        graph.readings = readings;
        graph
    }

    /// The nodes and the edges, which have no evidence yet; `fill` gets the documents and the place of every
    /// statement too.
    fn outline<T>(readings: &Readings, fill: impl FnOnce(KnowledgeGraph, &[Told<'_>], Vec<Place>) -> T) -> T {
        let list: Vec<&Arc<Reading>> = readings.iter().collect();
        let Gathered { graph, mut places } = Gathered::of(&list);
        let Unity { mut graph, places: united } = graph.unite(readings.same());
        for place in &mut places {
            *place = united.get(place.index()).copied().unwrap_or(*place);
        }
        let mut rest = places.as_slice();
        let told: Vec<Told<'_>> = (0..)
            .zip(&list)
            .map(|(document, reading)| {
                let (places, others) = rest.split_at_checked(reading.participants.len()).unwrap_or_default();
                rest = others;
                Told { document, reading, places }
            })
            .collect();
        let places = graph.connect(&told);
        fill(graph, &told, places)
    }

    fn quoted<'a>(&'a self, told: &'a Told<'_>) -> impl Iterator<Item = Quotation> + 'a {
        let Told { document, reading, places } = *told;
        reading.sayings.iter().map(move |saying| self.quotation(reading, saying, document, places))
    }

    fn quotation(
        &self,
        reading: &Reading,
        saying: &Saying,
        document: u32,
        places: &[NodeIndex],
    ) -> Quotation {
        let key = |who: u32| {
            let node = self.node(*places.get(who as usize)?)?;
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
            id: reading.quotation_id(saying),
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

    /// Adds a node whose key nobody has.
    pub(super) fn add(&mut self, node: Node) -> NodeIndex {
        let key = node.key.clone();
        let index = self.graph.add_node(node);
        self.by_key.insert(key, index);
        index
    }
}
