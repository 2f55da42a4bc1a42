//! What happened when: every piece of evidence, by day.

use jiff::civil::Date;

use super::Filter;
use crate::graph::{Evidence, Link};

/// One telling of an edge on a day.
#[derive(Clone, Copy, Debug)]
pub struct Event<'g> {
    /// The day of the event as the text tells it, else of the publication; `None` where neither is known.
    pub day: Option<Date>,
    /// The edge.
    pub link: Link<'g>,
    /// The evidence.
    pub evidence: &'g Evidence,
}

/// Every telling of the given edges that the filter admits, by day, undated ones last; on one day in input
/// order.
#[must_use]
pub fn timeline<'g>(links: impl IntoIterator<Item = Link<'g>>, filter: &Filter) -> Vec<Event<'g>> {
    let mut events: Vec<Event<'g>> = links
        .into_iter()
        .filter(|link| filter.admits(link))
        .flat_map(|link| {
            let sources = link.graph.sources();
            filter.evidence(&link).map(move |evidence| Event { day: evidence.day(sources), link, evidence })
        })
        .collect();
    events.sort_by_key(|event| {
        (event.day.is_none(), event.day, event.evidence.document, event.evidence.trigger, event.link.edge.id)
    });
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn events_come_by_day_and_in_the_order_of_telling() {
        let graph = sample::graph();
        let lines: Vec<String> = timeline(graph.links(), &Filter::default())
            .iter()
            .map(|event| format!("{} {}", event.day.unwrap(), event.link.edge.predicate))
            .collect();
        assert_eq!(lines.len(), 9);
        assert_eq!(lines[0], "2021-03-18 urges");
        assert_eq!(lines[5], "2021-03-19 meets");
        let day = "2021-03-19".parse().ok();
        assert_eq!(timeline(graph.links(), &Filter { since: day, ..Filter::default() }).len(), 4);
        // "Urged" is told on both days: the second telling was not known on the first.
        let day = "2021-03-18".parse().ok();
        assert_eq!(timeline(graph.links(), &Filter { as_of: day, ..Filter::default() }).len(), 5);
    }
}
