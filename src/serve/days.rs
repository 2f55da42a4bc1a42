//! The graph of a day: what could be known on it, as the command line's `--as-of` makes it.
//!
//! In: the whole graph, a day. Out: the graph as if nothing had been read that was published later, or on no
//! known day: no name, merge, count or quotation comes from the future. The last few are kept, because
//! questions about one day come together; each is as large as what had been published.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use crate::graph::KnowledgeGraph;

/// So many graphs are kept beside the whole.
const KEPT: usize = 2;

/// The whole graph, and those of the days that were asked for last.
#[derive(Debug)]
pub(super) struct Days {
    whole: Arc<KnowledgeGraph>,
    /// By the number of documents that had been published: days between two publications share one. The last
    /// that was asked for stands last.
    kept: Mutex<Vec<(usize, Arc<KnowledgeGraph>)>>,
}

impl Days {
    pub(super) fn new(graph: KnowledgeGraph) -> Days {
        Days { whole: Arc::new(graph), kept: Mutex::default() }
    }

    /// The graph of a day, or the whole.
    pub(super) fn of(&self, day: Option<Date>) -> Arc<KnowledgeGraph> {
        let Some(day) = day else { return Arc::clone(&self.whole) };
        let sources = self.whole.sources();
        let is_there = |published: Option<Date>| published.is_some_and(|published| published <= day);
        let documents = sources.iter().filter(|source| is_there(source.published)).count();
        if documents == sources.len() {
            return Arc::clone(&self.whole);
        }
        // Held while a graph is made: whoever asks for the same day meanwhile waits and finds it.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().position(|(number, _)| *number == documents).map(|place| kept.remove(place));
        let (_, graph) = found.unwrap_or_else(|| {
            let mut readings = self.whole.readings().clone();
            readings.keep_published_by(day);
            (documents, Arc::new(readings.into_graph()))
        });
        kept.push((documents, Arc::clone(&graph)));
        if kept.len() > KEPT {
            kept.remove(0);
        }
        graph
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn a_day_has_the_graph_of_what_was_published_by_then() {
        let days = Days::new(sample::graph());
        let on = |day: &str| days.of(Some(day.parse().unwrap()));
        assert_eq!(on("2021-03-17").nodes().count(), 0);
        let first = on("2021-03-18");
        let alone = KnowledgeGraph::from_analyses([&sample::first()], &sample::lexicon());
        assert!(first.links().map(|link| link.to_string()).eq(alone.links().map(|link| link.to_string())));
        assert!(first.nodes().eq(alone.nodes()), "no name of the second document");
        // The whole is not made twice, nor is the graph of a day.
        assert!(Arc::ptr_eq(&on("2021-03-19"), &days.of(None)));
        assert!(Arc::ptr_eq(&on("2021-03-18"), &first));
        assert!(days.kept.lock().unwrap().len() <= KEPT);
    }
}
