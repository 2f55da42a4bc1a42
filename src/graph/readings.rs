//! A set of readings: what a graph file holds.
//!
//! In: [`Reading`]s, in any order. Out: the same set, whatever the order and however often one is given:
//! merging is commutative, associative and idempotent, and taking a document away leaves the set as if it
//! had never been there. The readings stand in the order of publication, then by id, source and content;
//! that is the order in which the graph tells everything.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::reading::{DocumentHash, Reading};
use super::{KnowledgeGraph, Same, Source, file};

/// Where a reading stands in the set.
type Place = (Option<Date>, String, String, DocumentHash);

/// Readings, each document once, and whom the user takes to be the same.
///
/// ```
/// use demarche::graph::{Reading, Readings};
/// use demarche::{Article, Lexicon, Model, analyze};
///
/// let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
/// let read = |id: &str, body: &str| {
///     let article = Article { id: id.into(), body: body.into(), ..Article::default() };
///     Reading::of(&analyze(&article, &lexicon, &model), &lexicon)
/// };
/// let mut ours = Readings::default();
/// ours.insert(read("1", "Blinken urged China to act."));
/// let mut theirs = Readings::default();
/// theirs.insert(read("2", "China rejected the call."));
/// let before = ours.clone();
/// ours.merge(&theirs);
/// assert_eq!(ours.len(), 2);
/// assert_eq!(ours.remove("2").len(), 1);
/// assert_eq!(ours, before);
/// assert_eq!(ours.into_graph().links().next().unwrap().edge.predicate, "urges");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readings {
    readings: BTreeMap<Place, Arc<Reading>>,
    same: Same,
}

impl Readings {
    /// Puts a reading in. A document that is there already stays once; where it was read differently (by
    /// another version, with other data files), one of the two readings is kept, always the same one.
    /// True if the set changed.
    pub fn insert(&mut self, reading: impl Into<Arc<Reading>>) -> bool {
        let reading = reading.into();
        match self.readings.entry(place(&reading)) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(reading);
                true
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                let changes = **entry.get() != *reading && file::rank(entry.get()) < file::rank(&reading);
                if changes {
                    entry.insert(reading);
                }
                changes
            }
        }
    }

    /// Puts many readings in. Those of a file stand in their order: then the set is made at once.
    pub(super) fn extend(&mut self, readings: impl IntoIterator<Item = Reading>) {
        let placed: Vec<(Place, Arc<Reading>)> =
            readings.into_iter().map(|reading| (place(&reading), Arc::new(reading))).collect();
        if self.readings.is_empty() && placed.is_sorted_by(|(a, _), (b, _)| a < b) {
            self.readings = placed.into_iter().collect();
        } else {
            for (_, reading) in placed {
                self.insert(reading);
            }
        }
    }

    /// Puts a reading in the place of every document of the same id and source. True if there was one.
    pub fn replace(&mut self, reading: impl Into<Arc<Reading>>) -> bool {
        let reading = reading.into();
        let before = self.readings.len();
        let is_former = |old: &Source| old.id == reading.source.id && old.source == reading.source.source;
        self.readings.retain(|_, old| !is_former(&old.source));
        let replaced = self.readings.len() < before;
        self.readings.insert(place(&reading), reading);
        replaced
    }

    /// Takes in all that another set holds.
    pub fn merge(&mut self, other: &Readings) {
        for reading in other.readings.values() {
            self.insert(Arc::clone(reading));
        }
        self.tell(&other.same);
    }

    /// Takes out every document of this id, source or hash, and gives back what was taken out.
    pub fn remove(&mut self, name: &str) -> Vec<Source> {
        let is_meant = |reading: &Reading| {
            name == reading.source.id || name == reading.source.source || name == reading.hash.to_string()
        };
        let gone: Vec<Source> =
            self.iter().filter(|reading| is_meant(reading)).map(|reading| reading.source.clone()).collect();
        self.readings.retain(|_, reading| !is_meant(reading));
        gone
    }

    /// Takes out every document that was published later than a day, or on no day that we know: what is
    /// left could be known on it. How many of either there were.
    ///
    /// ```
    /// use demarche::graph::Readings;
    /// assert_eq!(Readings::default().keep_published_by("2021-03-18".parse()?), (0, 0));
    /// # Ok::<(), jiff::Error>(())
    /// ```
    pub fn keep_published_by(&mut self, day: Date) -> (usize, usize) {
        let (mut later, mut undated) = (0, 0);
        self.readings.retain(|_, reading| match reading.source.published {
            Some(published) if published <= day => true,
            Some(_) => {
                later += 1;
                false
            }
            None => {
                undated += 1;
                false
            }
        });
        (later, undated)
    }

    /// Takes in the user's pairs of who is the same and who is not.
    pub fn tell(&mut self, same: &Same) {
        self.same.extend(same);
    }

    /// The user's pairs.
    #[must_use]
    pub fn same(&self) -> &Same {
        &self.same
    }

    /// The readings in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<Reading>> {
        self.readings.values()
    }

    /// How many documents there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.readings.len()
    }

    /// True if there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.readings.is_empty()
    }

    /// The graph that they tell.
    #[must_use]
    pub fn into_graph(self) -> KnowledgeGraph {
        KnowledgeGraph::from_readings(self)
    }
}

fn place(reading: &Reading) -> Place {
    let source = &reading.source;
    (source.published, source.id.clone(), source.source.clone(), reading.hash)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::graph::{Form, Size, sample};

    /// Six documents; two of them are the same, two have the same id, one calls Blinken by a slug.
    fn reading(n: usize) -> Reading {
        let analysis = match n {
            0 | 5 => sample::first(),
            1 => sample::second(),
            2 => sample::analysis(
                "third",
                "2021-03-17",
                &[("Jane Doe met Blinken.", &["Jane Doe -meets-> Antony Blinken"])],
            ),
            3 => sample::analysis(
                "first",
                "2021-03-18",
                &[("China accused Jane Doe.", &["China -accuses-> Jane Doe"])],
            ),
            _ => {
                let told = [("Antony Blinken aids Jane Doe.", &["Antony Blinken -aids-> Jane Doe"][..])];
                let mut analysis = sample::analysis("slug", "", &told);
                analysis.entities.entities[0].key = "person:antony-blinken".to_owned();
                analysis
            }
        };
        Reading::of(&analysis, &sample::lexicon())
    }

    fn of(numbers: &[usize]) -> Readings {
        let mut readings = Readings::default();
        for n in numbers {
            readings.insert(reading(*n));
        }
        readings
    }

    /// Everything that a user sees of it; the same if it comes from a file.
    fn bytes(readings: &Readings) -> Vec<u8> {
        let mut out = Vec::new();
        readings.write(Form::Compact, &mut out).unwrap();
        // In a file names are kept once, and sentences packed; in memory each has its own place.
        let again = Readings::read(&out, Path::new("news.graph")).unwrap();
        let mut json = Vec::new();
        readings.write(Form::Json, &mut json).unwrap();
        let parsed = Readings::read(&json, Path::new("news.json")).unwrap();
        let graph = told(readings);
        assert!(graph == told(&again) && graph == told(&parsed));
        assert!(*readings == again && *readings == parsed);
        out.extend(json);
        out.extend(graph);
        out
    }

    fn told(readings: &Readings) -> Vec<u8> {
        let mut out = Vec::new();
        let graph = readings.clone().into_graph();
        let size = Size {
            nodes: graph.nodes().count(),
            edges: graph.links().count(),
            quotations: graph.quotations().len(),
            documents: graph.sources().len(),
        };
        assert_eq!(readings.size(), size);
        for link in graph.links() {
            out.extend_from_slice(format!("{link} {:?}\n", link.edge).as_bytes());
        }
        for (_, node) in graph.nodes() {
            out.extend_from_slice(format!("{node:?}\n").as_bytes());
        }
        out.extend_from_slice(format!("{:?} {:?}", graph.quotations(), graph.sources()).as_bytes());
        out
    }

    proptest! {
        #[test]
        fn merging_is_building_at_once(
            one in prop::collection::vec(0..6_usize, 0..8),
            two in prop::collection::vec(0..6_usize, 0..8),
            three in prop::collection::vec(0..6_usize, 0..8),
        ) {
            let (a, b, c) = (of(&one), of(&two), of(&three));
            let merged = |parts: &[&Readings]| {
                let mut all = Readings::default();
                parts.iter().for_each(|part| all.merge(part));
                all
            };
            let at_once = bytes(&of(&[one, two, three].concat()));
            prop_assert_eq!(&bytes(&merged(&[&a, &b, &c])), &at_once);
            prop_assert_eq!(&bytes(&merged(&[&c, &a, &b, &a])), &at_once);
            prop_assert_eq!(&bytes(&merged(&[&a, &merged(&[&c, &b])])), &at_once);
        }

        #[test]
        fn a_document_that_was_taken_out_was_never_there(
            numbers in prop::collection::vec(0..6_usize, 0..8),
            gone in 0..6_usize,
        ) {
            let reading = reading(gone);
            let mut readings = of(&numbers);
            readings.insert(reading.clone());
            readings.remove(&reading.hash.to_string());
            let is_other = |n: &usize| super::place(&self::reading(*n)) != super::place(&reading);
            let others: Vec<usize> = numbers.into_iter().filter(is_other).collect();
            prop_assert_eq!(bytes(&readings), bytes(&of(&others)));
        }
    }

    #[test]
    fn of_two_readings_of_one_document_always_the_same_is_kept() {
        let (one, mut other) = (reading(0), reading(0));
        other.statements.truncate(1);
        let both = |first: &Reading, second: &Reading| {
            let mut readings = Readings::default();
            readings.insert(first.clone());
            readings.insert(second.clone());
            readings
        };
        assert_eq!(both(&one, &other), both(&other, &one));
        assert_eq!(both(&one, &other).len(), 1);
    }

    #[test]
    fn a_new_text_takes_the_place_of_the_old() {
        let mut readings = of(&[0, 1]);
        assert!(readings.replace(reading(3)));
        assert_eq!(readings, of(&[1, 3]));
        assert!(!readings.replace(reading(2)));
        assert_eq!(readings.len(), 3);
        assert_eq!(readings.remove("third.txt").len(), 1);
        assert_eq!(readings.remove("third.txt").len(), 0);
    }

    #[test]
    fn what_was_published_later_was_never_there() {
        let mut readings = of(&[0, 1, 2, 4]);
        assert_eq!(readings.keep_published_by("2021-03-18".parse().unwrap()), (1, 1));
        assert_eq!(bytes(&readings), bytes(&of(&[0, 2])));
    }

    #[test]
    fn a_part_of_a_graph_is_a_graph_file_too() {
        let graph = of(&[0, 1, 2, 3, 4]).into_graph();
        let china = graph.by_key("iso:CN").unwrap();
        let part =
            crate::query::Selection { focus: vec![china], depth: Some(1), ..Default::default() }.of(&graph);
        let again = part.readings().clone().into_graph();
        assert!(part.links().count() > 2 && part.links().count() < graph.links().count());
        assert_eq!(bytes(part.readings()), bytes(again.readings()));
        assert!(part.links().all(|link| {
            let outer = link.edge.evidence.iter().filter_map(|e| link.within(e)).count();
            outer <= link.edge.evidence.len() && link.edge.evidence.iter().all(|e| !e.text.is_empty())
        }));
    }
}
