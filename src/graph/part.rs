//! A graph cut out of a graph: some nodes, and some of the edges among them.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use super::{Edge, EdgeId, KnowledgeGraph, Link};

impl KnowledgeGraph {
    /// The graph of these nodes and of those links whose ends are all among them; the quotations whose
    /// speaker is. "Within" is forgotten where the outer edge is not in the part.
    #[must_use]
    pub(crate) fn part(&self, nodes: &BTreeSet<NodeIndex>, links: &[Link<'_>]) -> KnowledgeGraph {
        let mut part = KnowledgeGraph { sources: self.sources.clone(), ..KnowledgeGraph::default() };
        let mut places = BTreeMap::new();
        for (index, node) in self.nodes().filter(|(index, _)| nodes.contains(index)) {
            places.insert(index, part.node_for(node.clone()));
        }
        let is_in = |end: Option<NodeIndex>| end.is_none_or(|end| nodes.contains(&end));
        let kept: Vec<_> = links.iter().filter(|link| is_in(link.subject) && is_in(link.object)).collect();
        let ids: BTreeMap<EdgeId, EdgeId> =
            kept.iter().enumerate().map(|(new, link)| (link.edge.id, EdgeId::from(new))).collect();
        for link in kept {
            let place = |end: Option<NodeIndex>| end.and_then(|end| places.get(&end).copied());
            let mut edge = Edge::clone(link.edge);
            for evidence in &mut edge.evidence {
                evidence.within = evidence.within.and_then(|outer| ids.get(&outer).copied());
            }
            part.edge_for(place(link.subject), place(link.object), edge);
        }
        let speaks = |key: &str| part.by_key.contains_key(key);
        let quotations = self.quotations.iter().filter(|q| q.speaker.as_deref().is_some_and(speaks));
        part.quotations = quotations.cloned().collect();
        part
    }
}
