//! The quads in memory, in three orders, for the engine to look up.
//!
//! In: a graph. Out: a [`Store`], which the engine of `spareval` can ask. Terms are numbers; a quad is four of
//! them, so that a million quads take 48 MB and are sorted in a moment. The engine asks for "all graphs" by
//! leaving the graph open; then the default graph is among them.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;

use oxrdf::{GraphName, Term};
use spareval::{InternalQuad, QueryableDataset};

use crate::export::rdf::each_quad;
use crate::graph::KnowledgeGraph;

/// The number of no term: the default graph.
const DEFAULT: u32 = u32::MAX;

/// Places of subject, predicate, object and graph in a row of each order.
const SPO: [usize; 4] = [0, 1, 2, 3];
const POS: [usize; 4] = [2, 0, 1, 3];
const OSP: [usize; 4] = [1, 2, 0, 3];

/// All quads of a graph.
#[derive(Debug, Default)]
pub(super) struct Store {
    terms: Vec<Term>,
    // Look-ups only: its order never reaches an answer.
    numbers: HashMap<Term, u32>,
    by_subject: Vec<[u32; 4]>,
    by_predicate: Vec<[u32; 4]>,
    by_object: Vec<[u32; 4]>,
}

/// A term: one of the store's, or one that a question makes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Name {
    Known(u32),
    New(Arc<Term>),
}

impl Store {
    pub(super) fn of(graph: &KnowledgeGraph) -> Store {
        let mut store = Store::default();
        // What takes the quads here never fails.
        let _ = each_quad(graph, &mut |quad| {
            let subject = store.number(quad.subject.into_owned().into());
            let predicate = store.number(quad.predicate.into_owned().into());
            let object = store.number(quad.object.into_owned());
            let name = match quad.graph_name.into_owned() {
                GraphName::NamedNode(name) => store.number(name.into()),
                _ => DEFAULT,
            };
            store.by_subject.push([subject, predicate, object, name]);
            Ok(())
        });
        store.by_subject.sort_unstable();
        store.by_subject.dedup();
        let turned = |order: [usize; 4]| {
            let turn = |quad: &[u32; 4]| {
                let mut row = [0; 4];
                for (place, number) in order.into_iter().zip(quad) {
                    if let Some(cell) = row.get_mut(place) {
                        *cell = *number;
                    }
                }
                row
            };
            let mut rows: Vec<[u32; 4]> = store.by_subject.iter().map(turn).collect();
            rows.sort_unstable();
            rows
        };
        (store.by_predicate, store.by_object) = (turned(POS), turned(OSP));
        store
    }

    fn number(&mut self, term: Term) -> u32 {
        if let Some(number) = self.numbers.get(&term) {
            return *number;
        }
        let number = u32::try_from(self.terms.len()).unwrap_or(DEFAULT);
        self.terms.push(term.clone());
        self.numbers.insert(term, number);
        number
    }
}

/// The rows that begin with these numbers.
fn beginning<'a>(rows: &'a [[u32; 4]], with: &[u32]) -> &'a [[u32; 4]] {
    let start = |row: &[u32; 4]| row.iter().take(with.len()).copied().collect::<Vec<_>>();
    let low = rows.partition_point(|row| row.get(..with.len()).is_some_and(|start| start < with));
    let rest = rows.get(low..).unwrap_or_default();
    let count = rest.partition_point(|row| start(row).as_slice() <= with);
    rest.get(..count).unwrap_or_default()
}

impl<'a> QueryableDataset<'a> for &'a Store {
    type InternalTerm = Name;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Name>,
        predicate: Option<&Name>,
        object: Option<&Name>,
        graph_name: Option<Option<&Name>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Name>, Infallible>> + use<'a> {
        let store: &'a Store = self;
        // A term that a question made is in no quad.
        let number = |name: &Name| match name {
            Name::Known(number) => *number,
            Name::New(_) => DEFAULT,
        };
        let (s, p, o) = (subject.map(number), predicate.map(number), object.map(number));
        let in_graph = graph_name.map(|name| name.map_or(DEFAULT, number));
        let is_nowhere = matches!(graph_name, Some(Some(Name::New(_))));
        let (rows, order) = match (s, p, o) {
            (Some(s), Some(p), Some(o)) => (beginning(&store.by_subject, &[s, p, o]), SPO),
            (Some(s), Some(p), None) => (beginning(&store.by_subject, &[s, p]), SPO),
            (Some(s), None, Some(o)) => (beginning(&store.by_object, &[o, s]), OSP),
            (Some(s), None, None) => (beginning(&store.by_subject, &[s]), SPO),
            (None, Some(p), Some(o)) => (beginning(&store.by_predicate, &[p, o]), POS),
            (None, Some(p), None) => (beginning(&store.by_predicate, &[p]), POS),
            (None, None, Some(o)) => (beginning(&store.by_object, &[o]), OSP),
            (None, None, None) => (store.by_subject.as_slice(), SPO),
        };
        let rows = if is_nowhere { &[] } else { rows };
        rows.iter().filter(move |row| in_graph.is_none_or(|name| row[3] == name)).map(move |row| {
            let [s, p, o, g] = order.map(|place| row[place]);
            Ok(InternalQuad {
                subject: Name::Known(s),
                predicate: Name::Known(p),
                object: Name::Known(o),
                graph_name: (g != DEFAULT).then_some(Name::Known(g)),
            })
        })
    }

    fn internalize_term(&self, term: Term) -> Result<Name, Infallible> {
        Ok(match self.numbers.get(&term) {
            Some(number) => Name::Known(*number),
            None => Name::New(Arc::new(term)),
        })
    }

    fn externalize_term(&self, name: Name) -> Result<Term, Infallible> {
        Ok(match name {
            Name::New(term) => Arc::unwrap_or_clone(term),
            Name::Known(number) => self.terms[number as usize].clone(),
        })
    }
}
