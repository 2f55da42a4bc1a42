//! Who said what, to whom, about whom, for or against whom, when.

use std::collections::BTreeSet;

use jiff::civil::Date;
use petgraph::graph::NodeIndex;

use super::Filter;
use crate::graph::{KnowledgeGraph, Quotation};
use crate::relation::{QuotationKind, Side};
use crate::text::one_line;

/// Conditions on quotations: `None` admits everybody.
///
/// ```
/// use demarche::graph::KnowledgeGraph;
/// use demarche::query::{QuoteQuestion, find};
/// let graph = KnowledgeGraph::default();
/// let by = find(&graph, "Blinken").ok();
/// for quotation in (QuoteQuestion { by, ..QuoteQuestion::default() }).quotations(&graph) {
///     println!("{}", quotation.text);
/// }
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuoteQuestion {
    /// Said by one of these.
    pub by: Option<Vec<NodeIndex>>,
    /// Said to one of these.
    pub to: Option<Vec<NodeIndex>>,
    /// Said about one of these.
    pub about: Option<Vec<NodeIndex>>,
    /// Said in this way.
    pub kind: Option<QuotationKind>,
    /// For or against one of those in `about`, or, where nobody is named there, anybody.
    pub stance: Option<Side>,
    /// Holding each of these, whatever their case.
    pub containing: Vec<String>,
    /// Said on this day or later; where the text does not tell, published.
    pub since: Option<Date>,
    /// Said, or published, on this day or earlier.
    pub until: Option<Date>,
    /// Published on this day or earlier; undated articles are left out.
    pub as_of: Option<Date>,
    /// Only what is trusted so far, from 0 to 1; command line and server begin with [`LIKELY`](super::LIKELY).
    pub min_confidence: f32,
}

impl QuoteQuestion {
    /// The quotations that fit, in input order.
    pub fn quotations<'g>(&self, graph: &'g KnowledgeGraph) -> impl Iterator<Item = &'g Quotation> + use<'g> {
        let keys = |nodes: &Option<Vec<NodeIndex>>| -> Option<BTreeSet<&'g str>> {
            let nodes = nodes.as_ref()?.iter().filter_map(|index| graph.node(*index));
            Some(nodes.map(|node| &*node.key).collect())
        };
        let (by, to, about) = (keys(&self.by), keys(&self.to), keys(&self.about));
        let containing: Vec<String> = self.containing.iter().map(|words| plain(words)).collect();
        let QuoteQuestion { kind, stance, since, until, as_of, min_confidence, .. } = *self;
        let days = Filter { since, until, as_of, ..Filter::default() };
        let is_one = |wanted: &Option<BTreeSet<&str>>, who: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| who.is_some_and(|who| wanted.contains(who)))
        };
        graph.quotations().iter().filter(move |quotation| {
            let published = graph.source(quotation.document).and_then(|source| source.published);
            let text = || plain(&quotation.text);
            quotation.confidence >= min_confidence
                && is_one(&by, quotation.speaker.as_deref())
                && is_one(&to, quotation.addressee.as_deref())
                && (about.is_none() || is_about(quotation, &about))
                && kind.is_none_or(|kind| kind == quotation.kind)
                && stance.is_none_or(|side| takes(quotation, side, &about))
                && days.admits_day(published, quotation.time)
                && (containing.is_empty() || containing.iter().all(|words| text().contains(words.as_str())))
        })
    }
}

/// True if it speaks of, or for or against, one of these.
fn is_about(quotation: &Quotation, wanted: &Option<BTreeSet<&str>>) -> bool {
    let Some(wanted) = wanted else { return true };
    quotation.about.iter().any(|who| wanted.contains(&**who))
        || stances(quotation).any(|(who, _)| wanted.contains(who))
}

/// True if it takes this side towards one of these, or anybody.
fn takes(quotation: &Quotation, side: Side, wanted: &Option<BTreeSet<&str>>) -> bool {
    stances(quotation)
        .any(|(who, taken)| taken == side && wanted.as_ref().is_none_or(|wanted| wanted.contains(who)))
}

/// Whom a quotation is for or against.
fn stances(quotation: &Quotation) -> impl Iterator<Item = (&str, Side)> {
    quotation.stances.iter().map(|(who, side)| (&**who, *side))
}

/// Lower case, straight quotation marks, single spaces.
fn plain(text: &str) -> String {
    let straight = text.to_lowercase().replace(['“', '”'], "\"").replace(['‘', '’'], "'");
    one_line(&straight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;
    use crate::query::find;

    #[test]
    fn every_condition_counts() {
        let graph = sample::graph();
        let node = |name| Some(find(&graph, name).unwrap());
        let count = |question: QuoteQuestion| question.quotations(&graph).count();
        let any = QuoteQuestion::default;
        assert_eq!(count(any()), 1);
        assert_eq!(count(QuoteQuestion { by: node("Blinken"), about: node("North Korea"), ..any() }), 1);
        assert_eq!(count(QuoteQuestion { by: node("China"), ..any() }), 0);
        assert_eq!(count(QuoteQuestion { about: node("China"), ..any() }), 0);
        assert_eq!(count(QuoteQuestion { to: node("China"), ..any() }), 0);
        assert_eq!(count(QuoteQuestion { kind: Some(QuotationKind::Indirect), ..any() }), 0);
    }

    #[test]
    fn days_and_words_count() {
        let graph = sample::graph();
        let count = |question: QuoteQuestion| question.quotations(&graph).count();
        let any = QuoteQuestion::default;
        let day = |day: &str| day.parse::<Date>().ok();
        for (since, until, as_of, found) in [
            ("2021-03-18", "2021-03-18", "2021-03-18", 1),
            ("2021-03-19", "2021-03-20", "2021-03-20", 0),
            ("2021-03-01", "2021-03-17", "2021-03-20", 0),
            ("2021-03-01", "2021-03-20", "2021-03-17", 0),
        ] {
            let question = QuoteQuestion { since: day(since), until: day(until), as_of: day(as_of), ..any() };
            assert_eq!(count(question), found, "{since} {until} {as_of}");
        }
        let holding = |words: &[&str]| QuoteQuestion {
            containing: words.iter().map(|words| (*words).to_owned()).collect(),
            ..any()
        };
        assert_eq!(count(holding(&["KOREA  must"])), 1);
        assert_eq!(count(holding(&["Korea", "act"])), 1);
        assert_eq!(count(holding(&["Korea", "peace"])), 0);
    }
}
