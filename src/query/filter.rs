//! Which edges count: facts, families, days, weight; and which pieces of their evidence.
//!
//! In: a [`Link`]. Out: yes or no, and the [`evidence`](Filter::evidence) that meets the conditions on
//! days and trust. `since` and `until` ask when it happened; `as_of` asks what could be known on a day:
//! only what was published by then, and of offices only those that were held then.

use jiff::civil::Date;

use crate::graph::{Edge, Evidence, Link};
use crate::lexicon::Quad;
use crate::relation::Period;

/// The trust from which an edge is likelier right than wrong: what listings begin with, unless asked otherwise.
pub const LIKELY: f32 = 0.5;

/// Conditions that an edge must meet; the default admits every edge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Skip what is only asked, planned, possible, obliged, supposed, denied or alleged. Who says so
    /// does not matter: what a spokesman asserts is told as a fact, with the spokesman beside it.
    pub facts_only: bool,
    /// Skip states such as `represents`.
    pub no_standing: bool,
    /// Only these predicates, families, quad classes or PLOVER classes, or CAMEO codes that begin so;
    /// all if empty.
    pub predicates: Vec<String>,
    /// Only edges with evidence of this day or later; undated evidence counts by its publication.
    pub since: Option<Date>,
    /// Only edges with evidence of this day or earlier.
    pub until: Option<Date>,
    /// Only what was published on this day or earlier and, of states, what held on it; articles without
    /// a day are left out.
    pub as_of: Option<Date>,
    /// Only edges with so many pieces of evidence that meet the other conditions.
    pub min_weight: usize,
    /// Only evidence that is trusted so far, from 0 to 1; command line and server begin with [`LIKELY`].
    pub min_confidence: f32,
}

impl Filter {
    /// The same conditions but that on trust.
    #[must_use]
    pub fn trusting(&self) -> Self {
        Filter { min_confidence: 0.0, ..self.clone() }
    }

    /// True if the edge meets every condition.
    #[must_use]
    pub fn admits(&self, link: &Link<'_>) -> bool {
        self.admits_class(link.edge)
            && (self.predicates.is_empty() || self.predicates.iter().any(|name| is_called(link, name)))
            && self.admits_pieces(link)
    }

    /// The conditions that all edges of one predicate, polarity and modality meet alike.
    pub(super) fn admits_class(&self, edge: &Edge) -> bool {
        (!self.facts_only || edge.is_fact()) && (!self.no_standing || !edge.standing)
    }

    /// The conditions on evidence: enough of it, of the right days, trusted enough.
    pub(super) fn admits_pieces(&self, link: &Link<'_>) -> bool {
        if self.admits_all_evidence() {
            return link.edge.weight() >= self.min_weight;
        }
        let wanted = self.min_weight.max(1);
        self.evidence(link).take(wanted).count() == wanted
    }

    /// True where no condition looks at the evidence but the number of pieces.
    pub(super) fn admits_all_evidence(&self) -> bool {
        self.since.is_none() && self.until.is_none() && self.as_of.is_none() && self.min_confidence <= 0.0
    }

    /// The pieces of evidence that meet the conditions on days and trust, in order.
    pub fn evidence<'f, 'g>(&'f self, link: &Link<'g>) -> impl Iterator<Item = &'g Evidence> + use<'f, 'g> {
        let all = self.admits_all_evidence();
        let link = *link;
        link.edge.evidence.iter().filter(move |evidence| all || self.admits_piece(&link, evidence))
    }

    /// The number of pieces of evidence that meet the conditions.
    #[must_use]
    pub fn weight(&self, link: &Link<'_>) -> usize {
        if self.admits_all_evidence() { link.edge.weight() } else { self.evidence(link).count() }
    }

    pub(super) fn admits_piece(&self, link: &Link<'_>, evidence: &Evidence) -> bool {
        let published = link.graph.source(evidence.document).and_then(|source| source.published);
        (self.min_confidence <= 0.0 || evidence.confidence >= self.min_confidence)
            && self.admits_day(published, evidence.time)
            && self.as_of.is_none_or(|day| !link.edge.standing || holds_on(link, evidence, day))
    }

    /// True if one of the three conditions on days is set.
    #[must_use]
    pub fn asks_for_days(&self) -> bool {
        self.since.is_some() || self.until.is_some() || self.as_of.is_some()
    }

    /// The first condition that only an edge can meet, in the words of the server; none if all are on days.
    #[must_use]
    pub fn asks_for_edges(&self) -> Option<&'static str> {
        let asked = [
            ("facts", self.facts_only),
            ("events", self.no_standing),
            ("predicate", !self.predicates.is_empty()),
            ("min_weight", self.min_weight > 1),
            ("min_confidence", self.min_confidence > 0.0),
        ];
        asked.into_iter().find_map(|(name, is_asked)| is_asked.then_some(name))
    }

    /// True if what was published on a day, and told of a time, is of the days that are asked for. Where the
    /// text tells no time, the day of publication counts.
    #[must_use]
    pub fn admits_day(&self, published: Option<Date>, time: Option<Period>) -> bool {
        let first = time.map(|time| time.from).or(published);
        let last = time.map(|time| time.until).or(published);
        self.since.is_none_or(|since| last.is_some_and(|last| last >= since))
            && self.until.is_none_or(|until| first.is_some_and(|first| first <= until))
            && self.as_of.is_none_or(|day| published.is_some_and(|published| published <= day))
    }
}

/// True unless the evidence, or the offices that the subject has there, tell other days.
fn holds_on(link: &Link<'_>, evidence: &Evidence, day: Date) -> bool {
    if evidence.time.is_some_and(|time| day < time.from || day > time.until) {
        return false;
    }
    let (Some(holder), Some(body)) = (link.subject(), link.object()) else { return true };
    let mut dated = holder.roles.iter().filter(|role| {
        role.of.as_deref() == Some(&*body.key) && (role.from.is_some() || role.until.is_some())
    });
    let covers = |from: Option<Date>, until: Option<Date>| {
        from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
    };
    let Some(first) = dated.next() else { return true };
    covers(first.from, first.until) || dated.any(|role| covers(role.from, role.until))
}

/// True if the edge's predicate, family, quad class or PLOVER class is called so, or its CAMEO code
/// begins so.
pub(super) fn is_called(link: &Link<'_>, name: &str) -> bool {
    edge_is_called(link.edge, name) || evidence_is_called(link.edge, name)
}

/// The part of [`is_called`] that does not look at the evidence.
pub(super) fn edge_is_called(edge: &Edge, name: &str) -> bool {
    name.eq_ignore_ascii_case(&edge.predicate)
        || name == &*edge.family
        || (!name.is_empty() && name == &*edge.plover)
        || edge.quad.is_some_and(|quad| quad_is_called(quad, name))
        || (is_code(name) && edge.cameo.starts_with(name))
}

/// A wording may have a finer code than its predicate.
pub(super) fn evidence_is_called(edge: &Edge, name: &str) -> bool {
    let mut codes = edge.evidence.iter().filter_map(|evidence| evidence.cameo.as_deref());
    is_code(name) && codes.any(|code| code.starts_with(name))
}

/// True for what can only be a CAMEO code: digits.
pub(super) fn is_code(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// The quad classes by name, and the two pairs of them.
pub(super) const QUADS: [&str; 7] = [
    "neutral",
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
    "cooperation",
    "conflict",
];

/// The name of a quad class, as patterns write it.
pub(super) fn quad_name(quad: Quad) -> &'static str {
    QUADS.get(usize::from(u8::from(quad))).copied().unwrap_or("neutral")
}

fn quad_is_called(quad: Quad, name: &str) -> bool {
    let own = quad_name(quad);
    // "conflict" is both, by word and by deed.
    own == name || (matches!(name, "conflict" | "cooperation") && own.ends_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{KnowledgeGraph, sample};

    fn count(filter: &Filter) -> usize {
        sample::graph().links().filter(|link| filter.admits(link)).count()
    }

    #[test]
    fn each_condition_takes_away_what_it_says() {
        let all = count(&Filter::default());
        assert_eq!(all, 7);
        assert_eq!(count(&Filter { facts_only: true, ..Filter::default() }), all - 2);
        assert_eq!(count(&Filter { no_standing: true, ..Filter::default() }), all - 1);
        assert_eq!(count(&Filter { min_weight: 2, ..Filter::default() }), 2);
        assert_eq!(count(&Filter { min_confidence: 0.9, ..Filter::default() }), 0);
        for (name, found) in [
            ("urges", 1),
            ("02", 2),
            ("standing", 1),
            ("speech", 6),
            ("", 0),
            ("conflict", 2),
            ("verbal_conflict", 1),
            ("cooperation", 2),
            ("neutral", 2),
        ] {
            assert_eq!(
                count(&Filter { predicates: vec![name.to_owned()], ..Filter::default() }),
                found,
                "{name}"
            );
        }
        let day: Date = "2021-03-19".parse().unwrap();
        assert_eq!(count(&Filter { since: Some(day), ..Filter::default() }), 4);
        let before = day.yesterday().unwrap();
        assert_eq!(count(&Filter { until: Some(before), ..Filter::default() }), 5);
        assert_eq!(count(&Filter { as_of: Some(day), ..Filter::default() }), 7);
        assert_eq!(count(&Filter { as_of: Some(before), ..Filter::default() }), 5);
        // Two conditions at once must be met by the same piece of evidence.
        assert_eq!(count(&Filter { as_of: Some(before), since: Some(day), ..Filter::default() }), 0);
    }

    #[test]
    fn the_weight_is_of_the_evidence_that_counts() {
        let graph = sample::graph();
        let urges = graph.links().find(|link| &*link.edge.predicate == "urges").unwrap();
        let weight = |as_of: &str| Filter { as_of: as_of.parse().ok(), ..Filter::default() }.weight(&urges);
        assert_eq!((weight("2021-03-17"), weight("2021-03-18"), weight("2021-03-19")), (0, 1, 2));
        let filter = Filter { as_of: "2021-03-18".parse().ok(), min_weight: 2, ..Filter::default() };
        assert!(!filter.admits(&urges));
    }

    #[test]
    fn an_office_counts_on_the_days_on_which_it_is_held() {
        let mut first = sample::second();
        let office = |of: &str, from: &str, until: Option<&str>| crate::entity::EntityRole {
            title: "Secretary of State".to_owned(),
            of: None,
            of_key: Some(of.to_owned()),
            span: None,
            sentence: None,
            from: from.parse().ok(),
            until: until.and_then(|day| day.parse().ok()),
            spokesperson: false,
            former: false,
        };
        for entity in &mut first.entities.entities {
            if entity.name == "Antony Blinken" {
                entity.roles.push(office("iso:US", "2021-01-26", Some("2025-01-20")));
            }
        }
        let graph = KnowledgeGraph::from_analyses(&[first], &sample::lexicon());
        let holds = |day: &str| {
            let filter = Filter { as_of: day.parse().ok(), ..Filter::default() };
            graph.links().any(|link| &*link.edge.predicate == "represents" && filter.admits(&link))
        };
        assert!(!holds("2021-03-18"), "not yet published");
        assert!(holds("2021-03-19") && holds("2025-01-20"));
        assert!(!holds("2025-01-21"), "no longer held");
    }
}
