//! Who is named beside whom: co-mentions, edges that are weaker than any relation.
//!
//! In: a graph and a [`Scope`]. Out: pairs of nodes that one sentence (or one document) names although it
//! tells no relation between the two, with the places; [`with_co_mentions`] gives the graph with them as
//! edges `mentioned_with` of the family `co-mention`: symmetric, a state and no event.
//! They are never in a graph unless asked for.
//!
//! The graph keeps the sentences that prove something, not the whole texts. In these a node is found
//! where it is an end of a relation, and where one of the names stands that this very document uses for it:
//! what another document calls so may be somebody else, and adding a document must not change what is found
//! in another. Left out: sentences in which nothing happens, and "she" or "the minister".

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use petgraph::graph::NodeIndex;

use super::LIKELY;
use crate::graph::{
    Edge, Evidence, Excerpt, KnowledgeGraph, Place, PredicateCodes, Reading, Readings, Statement,
    StatementId, Text,
};

/// The predicate of the edges.
pub const MENTIONED_WITH: &str = "mentioned_with";

/// Their family.
const FAMILY: &str = "co-mention";

/// Of a sentence or document that names more, the nodes that are mentioned most are taken.
const MOST_NAMED: usize = 40;

/// What co-mentions are trusted: chosen, not measured, so that listings of what is likely hold them where they are asked for.
const IN_A_SENTENCE: f32 = LIKELY + 0.1;
const IN_A_DOCUMENT: f32 = LIKELY;

/// Where two must be named to be named together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// In one sentence.
    #[default]
    Sentence,
    /// In one document.
    Document,
}

/// Two nodes and where they are named together.
#[derive(Clone, Debug, PartialEq)]
pub struct CoMention {
    /// The two, the one that the documents name first before the other.
    pub nodes: [NodeIndex; 2],
    /// The places, in input order.
    pub evidence: Vec<Evidence>,
}

/// True for an edge that says only that two are named together.
#[must_use]
pub fn is_co_mention(edge: &Edge) -> bool {
    &*edge.family == FAMILY
}

/// The graph with co-mentions as edges: its readings, with a statement more for each place. A document
/// that has them already gets none.
#[must_use]
pub fn with_co_mentions(graph: &KnowledgeGraph, scope: Scope) -> KnowledgeGraph {
    let mut by_document: BTreeMap<u32, Vec<([NodeIndex; 2], Evidence)>> = BTreeMap::new();
    for pair in co_mentions(graph, scope) {
        for told in pair.evidence {
            by_document.entry(told.document).or_default().push((pair.nodes, told));
        }
    }
    let codes = Arc::new(PredicateCodes {
        predicate: MENTIONED_WITH.into(),
        family: FAMILY.into(),
        inverse: "is mentioned with".into(),
        symmetric: true,
        standing: true,
        ..PredicateCodes::default()
    });
    let mut readings = Readings::default();
    readings.tell(graph.readings().same());
    for (document, reading) in (0u32..).zip(graph.readings().iter()) {
        let has_them = reading.predicates.iter().any(|codes| &*codes.family == FAMILY);
        match by_document.get(&document).filter(|_| !has_them) {
            Some(found) => readings.insert(grown(graph, reading, found, &codes)),
            None => readings.insert(Arc::clone(reading)),
        };
    }
    readings.into_graph()
}

/// A reading with a statement for each co-mention.
fn grown(
    graph: &KnowledgeGraph,
    reading: &Reading,
    found: &[([NodeIndex; 2], Evidence)],
    codes: &Arc<PredicateCodes>,
) -> Reading {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut grown = reading.clone();
    let predicate = number(grown.predicates.len());
    grown.predicates.push(Arc::clone(codes));
    let mut who: BTreeMap<NodeIndex, u32> = BTreeMap::new();
    for (n, participant) in reading.participants.iter().enumerate() {
        if let Some(node) = graph.node_of(participant) {
            who.entry(node).or_insert(number(n));
        }
    }
    let mut places: BTreeMap<Place, u32> =
        reading.excerpts.iter().enumerate().map(|(n, excerpt)| (excerpt.place, number(n))).collect();
    for ([a, b], told) in found {
        let (Some(subject), Some(object)) = (who.get(a), who.get(b)) else { continue };
        let rule = grown.rules.iter().position(|rule| *rule == told.rule).unwrap_or_else(|| {
            grown.rules.push(told.rule.clone());
            grown.rules.len() - 1
        });
        let sentence = *places.entry(told.sentence).or_insert_with(|| {
            grown.excerpts.push(Excerpt { place: told.sentence, text: told.text.clone() });
            number(grown.excerpts.len() - 1)
        });
        grown.statements.push(Statement {
            id: id_of(reading, [*subject, *object], told),
            predicate,
            subject: Some(*subject),
            object: Some(*object),
            sentence,
            line: told.line,
            trigger: told.trigger,
            subject_at: told.subject,
            object_at: told.object,
            rule: number(rule),
            confidence: told.confidence,
            ..Statement::default()
        });
    }
    grown
}

/// A hash of the document, the two and the place (FNV-1a).
fn id_of(reading: &Reading, ends: [u32; 2], told: &Evidence) -> StatementId {
    let places = [told.sentence.start, told.trigger.start, told.trigger.end];
    let words = [reading.hash.to_string(), MENTIONED_WITH.to_owned(), format!("{ends:?}{places:?}")];
    let bytes = words.iter().flat_map(|word| word.bytes());
    StatementId(bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    }))
}

/// Who is named together, by the two nodes.
#[must_use]
pub fn co_mentions(graph: &KnowledgeGraph, scope: Scope) -> Vec<CoMention> {
    let mut found: BTreeMap<[NodeIndex; 2], Vec<Evidence>> = BTreeMap::new();
    match scope {
        Scope::Sentence => {
            for (_, sentence) in sentences(graph) {
                sentence.pairs(graph, &mut found);
            }
        }
        Scope::Document => in_documents(graph, &mut found),
    }
    found.into_iter().map(|(nodes, evidence)| CoMention { nodes, evidence }).collect()
}

fn pair(a: NodeIndex, b: NodeIndex) -> [NodeIndex; 2] {
    [a.min(b), a.max(b)]
}

/// The nodes that are mentioned most, in the order of the graph.
fn foremost(graph: &KnowledgeGraph, mut nodes: Vec<NodeIndex>) -> Vec<NodeIndex> {
    if nodes.len() > MOST_NAMED {
        let mentions = |index: &NodeIndex| graph.node(*index).map_or(0, |node| node.mentions);
        nodes.sort_by_key(|index| (std::cmp::Reverse(mentions(index)), *index));
        nodes.truncate(MOST_NAMED);
        nodes.sort_unstable();
    }
    nodes
}

/// A sentence that proves something, and whom it names.
struct Sentence<'g> {
    told: &'g Evidence,
    named: BTreeMap<NodeIndex, Place>,
    /// The pairs of which it tells a relation.
    tied: BTreeSet<[NodeIndex; 2]>,
}

impl Sentence<'_> {
    fn pairs(&self, graph: &KnowledgeGraph, found: &mut BTreeMap<[NodeIndex; 2], Vec<Evidence>>) {
        let nodes = foremost(graph, self.named.keys().copied().collect());
        for (n, a) in nodes.iter().enumerate() {
            for b in nodes.iter().skip(n + 1).filter(|b| !self.tied.contains(&pair(*a, **b))) {
                let (Some(first), Some(second)) = (self.named.get(a), self.named.get(b)) else { continue };
                found.entry(pair(*a, *b)).or_default().push(Evidence {
                    document: self.told.document,
                    line: self.told.line,
                    text: self.told.text.clone(),
                    sentence: self.told.sentence,
                    trigger: Place { start: first.start.min(second.start), end: first.end.max(second.end) },
                    subject: Some(*first),
                    object: Some(*second),
                    rule: "both are named in one sentence".into(),
                    confidence: IN_A_SENTENCE,
                    ..Evidence::default()
                });
            }
        }
    }
}

/// The sentences that the graph holds, in the order of the documents and of their text.
fn sentences(graph: &KnowledgeGraph) -> BTreeMap<(u32, Place), Sentence<'_>> {
    let mut found: BTreeMap<(u32, Place), Sentence<'_>> = BTreeMap::new();
    for link in graph.links().filter(|link| !is_co_mention(link.edge)) {
        for told in &link.edge.evidence {
            let sentence = found.entry((told.document, told.sentence)).or_insert_with(|| Sentence {
                told,
                named: BTreeMap::new(),
                tied: BTreeSet::new(),
            });
            for (end, place) in [(link.subject, told.subject), (link.object, told.object)] {
                if let (Some(node), Some(place)) = (end, place)
                    && place.start >= told.sentence.start
                    && place.end <= told.sentence.end
                {
                    sentence.named.entry(node).or_insert(place);
                }
            }
            if let (Some(a), Some(b)) = (link.subject, link.object) {
                sentence.tied.insert(pair(a, b));
            }
        }
    }
    let mut readings = (0u32..).zip(graph.readings().iter());
    let mut names = (None, Names::default());
    for ((document, _), sentence) in &mut found {
        if names.0 != Some(*document) {
            let reading = readings.find(|(number, _)| number == document);
            names =
                (Some(*document), reading.map(|(_, reading)| Names::of(graph, reading)).unwrap_or_default());
        }
        for (node, place) in names.1.find(sentence.told) {
            sentence.named.entry(node).or_insert(place);
        }
    }
    found
}

/// The nodes that each document mentions.
fn cast(graph: &KnowledgeGraph) -> BTreeMap<u32, Vec<NodeIndex>> {
    let mut cast: BTreeMap<u32, Vec<NodeIndex>> = BTreeMap::new();
    for (index, node) in graph.nodes() {
        for document in &node.documents {
            cast.entry(*document).or_default().push(index);
        }
    }
    cast
}

fn in_documents(graph: &KnowledgeGraph, found: &mut BTreeMap<[NodeIndex; 2], Vec<Evidence>>) {
    let mut tied: BTreeSet<(u32, [NodeIndex; 2])> = BTreeSet::new();
    for link in graph.links().filter(|link| !is_co_mention(link.edge)) {
        if let (Some(a), Some(b)) = (link.subject, link.object) {
            tied.extend(link.edge.evidence.iter().map(|told| (told.document, pair(a, b))));
        }
    }
    for (document, nodes) in cast(graph) {
        let nodes = foremost(graph, nodes);
        let title = graph.source(document).and_then(|source| source.title.clone()).unwrap_or_default();
        for (n, a) in nodes.iter().enumerate() {
            for b in nodes.iter().skip(n + 1).filter(|b| !tied.contains(&(document, pair(*a, **b)))) {
                found.entry(pair(*a, *b)).or_default().push(Evidence {
                    document,
                    line: 1,
                    text: title.as_str().into(),
                    rule: "both are named in one document".into(),
                    confidence: IN_A_DOCUMENT,
                    ..Evidence::default()
                });
            }
        }
    }
}

/// The names that a document uses, as rows of words; `None` behind one that two nodes share.
#[derive(Default)]
struct Names<'g> {
    nodes: HashMap<Vec<&'g str>, Option<NodeIndex>>,
    longest: usize,
}

impl<'g> Names<'g> {
    fn of(graph: &KnowledgeGraph, reading: &'g Reading) -> Names<'g> {
        let mut names = Names::default();
        for participant in &reading.participants {
            let Some(index) = graph.node_of(participant) else { continue };
            // "parties" is a description: the word may mean others elsewhere.
            let is_name = |name: &&Text| name.chars().any(char::is_uppercase);
            for name in participant.aliases.iter().chain([&participant.name]).filter(is_name) {
                let words: Vec<&str> = words(name).map(|(_, _, word)| word).collect();
                names.longest = names.longest.max(words.len());
                let known = names.nodes.entry(words).or_insert(Some(index));
                if *known != Some(index) {
                    *known = None;
                }
            }
        }
        names
    }

    /// The nodes named in a sentence and the first place of each, longer names before shorter ones.
    fn find(&self, told: &Evidence) -> Vec<(NodeIndex, Place)> {
        let spoken: Vec<(usize, usize, &str)> = words(&told.text).collect();
        let only: Vec<&str> = spoken.iter().map(|(_, _, word)| *word).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < only.len() {
            let longest = self.longest.min(only.len() - at);
            let fit = (1..=longest).rev().find_map(|length| {
                let node = self.nodes.get(only.get(at..at + length)?)?;
                Some((length, *node))
            });
            let Some((length, node)) = fit else {
                at += 1;
                continue;
            };
            let ends = spoken.get(at).zip(spoken.get(at + length - 1));
            if let (Some(node), Some(((start, _, _), (_, end, _)))) = (node, ends) {
                let point =
                    |n: usize| told.sentence.start.saturating_add(u32::try_from(n).unwrap_or(u32::MAX));
                found.push((node, Place { start: point(*start), end: point(*end) }));
            }
            at += length;
        }
        found
    }
}

/// The words of a text, each with its first and last code point, end-exclusive.
fn words(text: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    let mut point = 0;
    let mut rest = text;
    std::iter::from_fn(move || {
        let gap = rest.find(char::is_alphanumeric)?;
        point += rest.get(..gap)?.chars().count();
        rest = rest.get(gap..)?;
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end)?;
        let start = point;
        point += word.chars().count();
        rest = after;
        Some((start, point, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;
    use crate::query::{Filter, Ties, find};

    fn told(graph: &KnowledgeGraph, scope: Scope) -> Vec<String> {
        let name = |index: NodeIndex| graph.node(index).unwrap().name.clone();
        let found = co_mentions(graph, scope);
        found
            .iter()
            .map(|p| format!("{} + {} x{}", name(p.nodes[0]), name(p.nodes[1]), p.evidence.len()))
            .collect()
    }

    #[test]
    fn one_sentence_names_three_and_tells_of_two_pairs() {
        let graph = sample::graph();
        // "Antony Blinken urged China to convince North Korea": nothing is told of Blinken and North Korea.
        assert_eq!(told(&graph, Scope::Sentence), ["Antony Blinken + North Korea x1"]);
        let [pair] = &co_mentions(&graph, Scope::Sentence)[..] else { panic!() };
        let evidence = &pair.evidence[0];
        let words = |place: Option<Place>| evidence.words(place.unwrap());
        assert_eq!((words(evidence.subject), words(evidence.object)), ("Antony Blinken", "North Korea"));
        assert_eq!(evidence.words(evidence.trigger), "Antony Blinken urged China to convince North Korea");
        // Of 20 pairs in two documents each tells of 4, and both leave 2 of the same.
        assert_eq!(told(&graph, Scope::Document).len(), 10);
    }

    #[test]
    fn names_are_found_in_the_words_of_a_sentence() {
        let sentences: &[(&str, &[&str])] = &[
            (
                "“Énough”: Jane Doe told a friend of Rex Roe that Doe, not Roe, urged China.",
                &["Jane Doe -urges-> China"],
            ),
            ("Rex Roe met Ann Roe.", &["Rex Roe -meets-> Ann Roe"]),
            ("China met Roe.", &["China -meets-> ?"]),
        ];
        let analysis = sample::analysis("one", "2021-03-18", sentences);
        let graph = KnowledgeGraph::from_analyses([&analysis], &sample::lexicon());
        // "Roe" alone is nobody's alias here; "Rex Roe" stands in the first sentence beside both.
        assert_eq!(told(&graph, Scope::Sentence), ["Jane Doe + Rex Roe x1", "China + Rex Roe x1"]);
    }

    /// The other document calls Jane Doe "Sea" too, and Rex Roe is named in it; neither is of this one.
    #[test]
    fn another_document_changes_nothing() {
        let one = sample::analysis(
            "one",
            "2021-03-18",
            &[
                ("Jane Doe met China at Sea.", &["Jane Doe -meets-> China"]),
                ("North Korea met China at Sea.", &["North Korea -meets-> China"]),
                ("Jane Doe met Ann Roe, and North Korea saw it.", &["Jane Doe -meets-> Ann Roe"]),
            ],
        );
        let told = [("Jane Doe met Rex Roe at Sea.", &["Jane Doe -meets-> Rex Roe"][..])];
        let mut two = sample::analysis("two", "2021-03-19", &told);
        let at = two.document.text.find("Sea").unwrap();
        two.entities.mentions[0].span = crate::text::Span::new(at, at + 3);
        let of = |analyses: &[&crate::Analysis]| {
            let graph = KnowledgeGraph::from_analyses(analyses.iter().copied(), &sample::lexicon());
            let mut found: Vec<String> = Vec::new();
            for pair in co_mentions(&graph, Scope::Sentence) {
                let mut names = pair.nodes.map(|index| graph.node(index).unwrap().name.clone());
                names.sort();
                found.extend(pair.evidence.iter().map(|told| format!("{names:?} {}", told.text)));
            }
            found.sort();
            found
        };
        let alone = of(&[&one]);
        assert_eq!(alone.len(), 2, "{alone:?}");
        assert_eq!(of(&[&one, &two]), alone);
        assert_eq!(of(&[&two]), Vec::<String>::new());
    }

    #[test]
    fn as_edges_they_are_weaker_and_easily_told_apart() {
        let plain = sample::graph();
        let graph = with_co_mentions(&plain, Scope::Sentence);
        assert_eq!(graph.links().count(), plain.links().count() + 1);
        assert_eq!(graph.graph().node_count(), plain.graph().node_count());
        let link = graph.links().find(|link| is_co_mention(link.edge)).unwrap();
        assert_eq!(link.to_string(), "Antony Blinken -mentioned_with-> North Korea");
        let told = |graph: &KnowledgeGraph| -> Vec<String> {
            graph.links().filter(|link| !is_co_mention(link.edge)).map(|link| link.to_string()).collect()
        };
        assert_eq!(told(&plain), told(&graph));
        let no_standing = Filter { no_standing: true, ..Filter::default() };
        assert!(!no_standing.admits(&link));
        let ties = Ties::of(&graph, &Filter::default());
        let node = |name| ties.nodes.binary_search(&find(&graph, name).unwrap()[0]).unwrap();
        let tie =
            ties.both.of(node("Blinken")).iter().find(|(other, _)| *other == node("North Korea")).unwrap();
        // One relation and a quarter.
        assert_eq!(tie.1, 1.25);
        // Asked for again, nothing is added.
        let again = with_co_mentions(&graph, Scope::Sentence);
        assert_eq!(again.links().count(), graph.links().count());
        assert!(again.links().filter(|link| is_co_mention(link.edge)).all(|link| link.edge.weight() == 1));
    }
}
