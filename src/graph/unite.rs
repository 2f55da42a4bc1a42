//! Nodes that mean the same become one, by cautious rules; every such merge is listed on the node.
//!
//! In: nodes that were merged by key alone, and the user's pairs ([`Same`]), which win. Out: the same
//! nodes without doubles. One rule so far, `same full name`: a person whom one article names without the
//! table's help (`person:antony-blinken`) is the person of the same full name in another (`wd:Q…`), provided
//! that name has two words or more and only one other person bears it. Bodies and places are left
//! alone: there are many "Ministry of Defence"s.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;
use rustc_hash::FxHashMap;

use super::{KnowledgeGraph, Merge, Node, Same, same};
use crate::lexicon::Kind;

/// United nodes, and where each of the nodes before went.
pub(super) struct Unity {
    /// The nodes; no edges yet.
    pub graph: KnowledgeGraph,
    /// By the number of the node before.
    pub places: Vec<NodeIndex>,
}

impl KnowledgeGraph {
    /// Unites what means the same in a graph that has only nodes.
    pub(super) fn unite(self, same: &Same) -> Unity {
        let twins = twins(&self, same);
        let count = self.graph.node_count();
        if twins.is_empty() {
            return Unity { graph: self, places: (0..count).map(NodeIndex::new).collect() };
        }
        let mut united = KnowledgeGraph::default();
        let mut places = vec![NodeIndex::end(); count];
        let mut gone: BTreeMap<NodeIndex, Node> = BTreeMap::new();
        let (nodes, _) = self.graph.into_nodes_edges();
        for (n, node) in nodes.into_iter().enumerate() {
            let index = NodeIndex::new(n);
            if twins.contains_key(&index) {
                gone.insert(index, node.weight);
            } else {
                places[n] = united.add(node.weight);
            }
        }
        for (index, (target, rule)) in &twins {
            let place = places[target.index()];
            places[index.index()] = place;
            let Some((node, known)) = gone.remove(index).zip(united.graph.node_weight_mut(place)) else {
                continue;
            };
            let Node { key, name, .. } = &node;
            united.renamed.insert(key.clone(), place);
            let merge = Merge { key: key.clone(), name: name.clone(), rule: (*rule).to_owned() };
            known.absorb(node);
            known.merged.push(merge);
        }
        Unity { graph: united, places }
    }

    /// The pairs of a person of the tables and one without entry who share a full name and are kept apart
    /// nevertheless: what a part of the graph must keep apart too.
    pub(super) fn namesakes_apart(&self) -> Vec<(String, String)> {
        let key = |index: NodeIndex| self.node(index).map(|node| node.key.clone());
        let pairs = namesakes(self);
        let pairs = pairs.iter().flat_map(|(index, bearers)| bearers.iter().map(|bearer| (*index, *bearer)));
        pairs.filter_map(|(index, bearer)| key(index).zip(key(bearer))).collect()
    }
}

/// Every node that another one takes in, and by which rule: the user's pairs first.
fn twins(graph: &KnowledgeGraph, same: &Same) -> BTreeMap<NodeIndex, (NodeIndex, &'static str)> {
    let mut twins: BTreeMap<NodeIndex, (NodeIndex, &'static str)> = BTreeMap::new();
    for (one, other) in &same.same {
        let pair = (same::node_of(graph, one), same::node_of(graph, other));
        let (Some(one), Some(other)) = pair else { continue };
        let target = end(&twins, other);
        if target != one {
            twins.entry(one).or_insert((target, "told to be the same"));
        }
    }
    for (index, bearers) in namesakes(graph) {
        // Between two bearers of a name nobody can tell.
        let (Some(twin), 1) = (bearers.first().copied(), bearers.len()) else { continue };
        if !same.is_apart(graph, index, twin) && end(&twins, twin) != index {
            twins.entry(index).or_insert((twin, "same full name"));
        }
    }
    // A chain ends where nothing goes on: "a is b, b is c" makes a c.
    let ends: Vec<_> = twins.keys().map(|index| (*index, end(&twins, *index))).collect();
    for (index, last) in ends {
        if let Some(entry) = twins.get_mut(&index) {
            entry.0 = last;
        }
    }
    twins
}

/// Where a chain of merges from this node ends.
fn end(twins: &BTreeMap<NodeIndex, (NodeIndex, &'static str)>, from: NodeIndex) -> NodeIndex {
    let mut at = from;
    // No entry is made that closes a ring, but count all the same.
    for _ in 0..=twins.len() {
        match twins.get(&at) {
            Some((next, _)) => at = *next,
            None => break,
        }
    }
    at
}

/// The persons without an entry, in order, each with those who have one and bear the same full name.
fn namesakes(graph: &KnowledgeGraph) -> Vec<(NodeIndex, BTreeSet<NodeIndex>)> {
    let people = || graph.nodes().filter(|(_, node)| node.kind == Kind::Person);
    let unknown: Vec<(NodeIndex, String)> = people()
        .filter(|(_, node)| is_slug(node))
        .filter_map(|(index, node)| Some((index, full_name(&node.name)?)))
        .collect();
    let mut bearers: FxHashMap<&str, BTreeSet<NodeIndex>> =
        unknown.iter().map(|(_, name)| (name.as_str(), BTreeSet::new())).collect();
    if !bearers.is_empty() {
        for (index, node) in people().filter(|(_, node)| !is_slug(node)) {
            for name in node.aliases.iter().chain([&node.name]).filter_map(|name| full_name(name)) {
                if let Some(found) = bearers.get_mut(name.as_str()) {
                    found.insert(index);
                }
            }
        }
    }
    let of = |name: &str| bearers.get(name).filter(|found| !found.is_empty()).cloned();
    unknown.iter().filter_map(|(index, name)| Some((*index, of(name)?))).collect()
}

/// True for a key made of a name, false for an entry of the tables.
fn is_slug(node: &Node) -> bool {
    !node.key.starts_with("wd:")
}

/// A name of two words or more, in lower case and without dots; else nothing.
fn full_name(name: &str) -> Option<String> {
    let words: Vec<String> = name
        .split(|c: char| c.is_whitespace() || c == '.')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    (words.iter().filter(|word| word.chars().count() > 1).count() >= 2).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use crate::graph::{KnowledgeGraph, Merge, Reading, Readings, Same, sample};

    /// An article that names Blinken without knowing him, then one that knows him.
    fn graph(entries: &[(&str, &str)]) -> KnowledgeGraph {
        KnowledgeGraph::from_analyses(&analyses(entries), &sample::lexicon())
    }

    /// The same, with the user's pairs.
    fn told(entries: &[(&str, &str)], same: &Same) -> KnowledgeGraph {
        let mut readings = Readings::default();
        for analysis in analyses(entries) {
            readings.insert(Reading::of(&analysis, &sample::lexicon()));
        }
        readings.tell(same);
        readings.into_graph()
    }

    fn analyses(entries: &[(&str, &str)]) -> Vec<crate::Analysis> {
        let mut analyses = vec![
            sample::analysis(
                "early",
                "2021-03-17",
                &[("Antony Blinken met Jane Doe.", &["Jane Doe -meets-> Antony Blinken"])],
            ),
            sample::second(),
        ];
        for entity in &mut analyses[0].entities.entities {
            if let Some((_, key)) = entries.iter().find(|(name, _)| *name == entity.name) {
                entity.key = (*key).to_owned();
            }
        }
        analyses
    }

    #[test]
    fn a_person_of_the_same_full_name_is_the_one_of_the_tables() {
        let graph = graph(&[("Antony Blinken", "person:antony-blinken")]);
        assert_eq!(graph.by_key("person:antony-blinken"), None);
        let blinken = graph.node(graph.by_key("wd:Q7821917").unwrap()).unwrap();
        let merge = Merge {
            key: "person:antony-blinken".to_owned(),
            name: "Antony Blinken".to_owned(),
            rule: "same full name".to_owned(),
        };
        assert_eq!(blinken.merged, [merge]);
        assert_eq!(blinken.documents, [0, 1]);
        assert_eq!(graph.links().next().unwrap().to_string(), "Jane Doe -meets-> Antony Blinken");
    }

    #[test]
    fn the_user_forces_and_forbids_merges() {
        let early = &[("Antony Blinken", "person:antony-blinken")];
        let (apart, problems) = Same::read("s", "apart, person:antony-blinken, wd:Q7821917");
        assert_eq!(problems, []);
        let kept = told(early, &apart);
        assert!(kept.by_key("person:antony-blinken").is_some());
        let (same, _) = Same::read("s", "same, Jane Doe, person:antony-blinken\nsame, iso:CN, Jane Doe");
        let forced = told(early, &same);
        assert_eq!((forced.by_key("person:jane-doe"), forced.by_key("iso:CN")), (None, None));
        let blinken = forced.node(forced.by_key("wd:Q7821917").unwrap()).unwrap();
        let rules: Vec<_> = blinken.merged.iter().map(|m| (m.name.as_str(), m.rule.as_str())).collect();
        assert!(rules.contains(&("Jane Doe", "told to be the same")), "{rules:?}");
        assert!(rules.contains(&("Antony Blinken", "same full name")), "{rules:?}");
    }

    #[test]
    fn a_ring_of_merges_is_broken() {
        let (ring, _) = Same::read("s", "same, Jane Doe, Antony Blinken\nsame, Antony Blinken, Jane Doe");
        let count = graph(&[]).nodes().count();
        assert_eq!(told(&[], &ring).nodes().count(), count - 1);
    }

    #[test]
    fn two_bearers_of_a_name_are_not_guessed_between() {
        let other = sample::analysis(
            "other",
            "2021-03-20",
            &[("Antony Blinken met Jane Doe.", &["Jane Doe -meets-> Antony Blinken"])],
        );
        let mut namesake = other.clone();
        namesake.entities.entities[1].key = "wd:Q999".to_owned();
        let mut unknown = other.clone();
        unknown.entities.entities[1].key = "person:antony-blinken".to_owned();
        let graph = KnowledgeGraph::from_analyses(&[other, namesake, unknown], &sample::lexicon());
        assert!(graph.by_key("person:antony-blinken").is_some());
    }
}
