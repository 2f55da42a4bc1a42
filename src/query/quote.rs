//! Who said what, to whom, about whom.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;

use crate::graph::{KnowledgeGraph, Quotation};
use crate::relation::QuotationKind;

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteQuestion {
    /// Said by one of these.
    pub by: Option<Vec<NodeIndex>>,
    /// Said to one of these.
    pub to: Option<Vec<NodeIndex>>,
    /// Said about one of these.
    pub about: Option<Vec<NodeIndex>>,
    /// Said in this way.
    pub kind: Option<QuotationKind>,
}

impl QuoteQuestion {
    /// The quotations that fit, in input order.
    pub fn quotations<'g>(&self, graph: &'g KnowledgeGraph) -> impl Iterator<Item = &'g Quotation> + use<'g> {
        let keys = |nodes: &Option<Vec<NodeIndex>>| -> Option<BTreeSet<&'g str>> {
            let nodes = nodes.as_ref()?.iter().filter_map(|index| graph.node(*index));
            Some(nodes.map(|node| node.key.as_str()).collect())
        };
        let (by, to, about) = (keys(&self.by), keys(&self.to), keys(&self.about));
        let kind = self.kind;
        let is_one = |wanted: &Option<BTreeSet<&str>>, who: Option<&String>| {
            wanted.as_ref().is_none_or(|wanted| who.is_some_and(|who| wanted.contains(who.as_str())))
        };
        graph.quotations().iter().filter(move |quotation| {
            is_one(&by, quotation.speaker.as_ref())
                && is_one(&to, quotation.addressee.as_ref())
                && (about.is_none() || quotation.about.iter().any(|who| is_one(&about, Some(who))))
                && kind.is_none_or(|kind| kind == quotation.kind)
        })
    }
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
}
