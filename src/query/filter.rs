//! Which edges count: facts, families, days, weight.

use jiff::civil::Date;

use crate::graph::Link;

/// Conditions that an edge must meet; the default admits every edge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Skip what is only asked, planned, possible, obliged, supposed, denied or alleged. Who says so
    /// does not matter: what a spokesman asserts is told as a fact, with the spokesman beside it.
    pub facts_only: bool,
    /// Skip states such as `represents`.
    pub no_standing: bool,
    /// Only these predicates, families or PLOVER classes, or CAMEO codes that begin so; all if empty.
    pub predicates: Vec<String>,
    /// Only edges with evidence of this day or later; undated evidence counts by its publication.
    pub since: Option<Date>,
    /// Only edges with evidence of this day or earlier.
    pub until: Option<Date>,
    /// Only edges with so many pieces of evidence.
    pub min_weight: usize,
    /// Only edges with a piece of evidence that is trusted so far, from 0 to 1.
    pub min_confidence: f32,
}

impl Filter {
    /// True if the edge meets every condition.
    #[must_use]
    pub fn admits(&self, link: &Link<'_>) -> bool {
        let edge = link.edge;
        let wanted = || self.predicates.iter().any(|name| is_called(link, name));
        (!self.facts_only || edge.is_fact())
            && (!self.no_standing || !edge.standing)
            && (self.predicates.is_empty() || wanted())
            && edge.weight() >= self.min_weight
            && (self.min_confidence <= 0.0
                || edge.evidence.iter().any(|e| e.confidence >= self.min_confidence))
            && self.admits_days(link)
    }

    fn admits_days(&self, link: &Link<'_>) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        link.edge.evidence.iter().any(|evidence| {
            let published = || link.graph.source(evidence.document).and_then(|source| source.published);
            let Some(first) = evidence.time.map(|time| time.from).or_else(published) else { return false };
            let last = evidence.time.map_or(first, |time| time.until);
            self.since.is_none_or(|since| last >= since) && self.until.is_none_or(|until| first <= until)
        })
    }
}

/// True if the edge's predicate, family or PLOVER class is called so, or its CAMEO code begins so.
pub(super) fn is_called(link: &Link<'_>, name: &str) -> bool {
    let edge = link.edge;
    let by_code = || {
        let codes = edge.evidence.iter().filter_map(|evidence| evidence.cameo.as_deref());
        codes.chain([edge.cameo.as_str()]).any(|code| code.starts_with(name))
    };
    name.eq_ignore_ascii_case(&edge.predicate)
        || name == edge.family
        || (!name.is_empty() && name == edge.plover)
        || (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit()) && by_code())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

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
        for (name, found) in [("urges", 1), ("02", 2), ("standing", 1), ("speech", 6), ("", 0)] {
            assert_eq!(
                count(&Filter { predicates: vec![name.to_owned()], ..Filter::default() }),
                found,
                "{name}"
            );
        }
        let day: Date = "2021-03-19".parse().unwrap();
        assert_eq!(count(&Filter { since: Some(day), ..Filter::default() }), 4);
        assert_eq!(count(&Filter { until: Some(day.yesterday().unwrap()), ..Filter::default() }), 5);
    }
}
