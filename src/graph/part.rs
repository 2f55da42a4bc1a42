//! A graph cut out of a graph: some nodes, and some of the edges among them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use petgraph::graph::NodeIndex;

use super::reading::{Participant, Reading, Statement};
use super::{Evidence, KnowledgeGraph, Link, Readings, Same};
use crate::relation::Period;

impl KnowledgeGraph {
    /// The graph of these nodes and of those links whose ends are all among them, with the evidence that
    /// `is_proof` admits; the quotations whose speaker is among them, where `is_said` admits the day of publication and the time that the text tells.
    /// "Within" is forgotten where the outer edge is not in the part. The documents stay.
    #[must_use]
    pub(crate) fn part(
        &self,
        nodes: &BTreeSet<NodeIndex>,
        links: &[Link<'_>],
        is_proof: impl Fn(&Link<'_>, &Evidence) -> bool,
        is_said: impl Fn(Option<Date>, Option<Period>) -> bool,
    ) -> KnowledgeGraph {
        let is_in = |end: Option<NodeIndex>| end.is_none_or(|end| nodes.contains(&end));
        let mut kept: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); self.sources.len()];
        for link in links.iter().filter(|link| is_in(link.subject) && is_in(link.object)) {
            for evidence in link.edge.evidence.iter().filter(|evidence| is_proof(link, evidence)) {
                if let Some(statements) = kept.get_mut(evidence.document as usize) {
                    statements.insert(evidence.statement);
                }
            }
        }
        let mut part = Readings::default();
        let is_chosen =
            |participant: &Participant| self.node_of(participant).is_some_and(|node| nodes.contains(&node));
        for (reading, statements) in self.readings.iter().zip(&kept) {
            part.insert(cut(reading, statements, is_chosen, &is_said));
        }
        part.tell(self.readings.same());
        // Who is kept apart because two bear the name stays apart where one of the two is left out.
        part.tell(&Same { apart: self.namesakes_apart(), ..Same::default() });
        part.into_graph()
    }
}

/// What is left of a reading.
fn cut(
    reading: &Reading,
    kept: &BTreeSet<u32>,
    is_chosen: impl Fn(&Participant) -> bool,
    is_said: impl Fn(Option<Date>, Option<Period>) -> bool,
) -> Reading {
    let (participants, people) = some(&reading.participants, |_, one| is_chosen(one));
    let who = |n: Option<u32>| people.get(n? as usize).copied().flatten();
    let (mut statements, numbers) = some(&reading.statements, |n, _| kept.contains(&n));
    let used = |number: fn(&Statement) -> u32| -> BTreeSet<u32> { statements.iter().map(number).collect() };
    let (predicates, rules, sentences) = (used(|s| s.predicate), used(|s| s.rule), used(|s| s.sentence));
    let (predicates, predicate) = some(&reading.predicates, |n, _| predicates.contains(&n));
    let (rules, rule) = some(&reading.rules, |n, _| rules.contains(&n));
    let (excerpts, sentence) = some(&reading.excerpts, |n, _| sentences.contains(&n));
    let renumbered = |numbers: &[Option<u32>], n: u32| numbers.get(n as usize).copied().flatten();
    for statement in &mut statements {
        statement.subject = who(statement.subject);
        statement.object = who(statement.object);
        statement.within = statement.within.and_then(|outer| renumbered(&numbers, outer));
        statement.predicate = renumbered(&predicate, statement.predicate).unwrap_or_default();
        statement.rule = renumbered(&rule, statement.rule).unwrap_or_default();
        statement.sentence = renumbered(&sentence, statement.sentence).unwrap_or_default();
    }
    let (mut sayings, _) = some(&reading.sayings, |_, saying| {
        who(saying.speaker).is_some() && is_said(reading.source.published, saying.time)
    });
    for saying in &mut sayings {
        saying.speaker = who(saying.speaker);
        saying.addressee = who(saying.addressee);
        saying.about = saying.about.iter().filter_map(|n| who(Some(*n))).collect();
        saying.stances =
            saying.stances.iter().filter_map(|(n, side)| Some((who(Some(*n))?, *side))).collect();
    }
    let (source, hash) = (reading.source.clone(), reading.hash);
    Reading { source, hash, predicates, rules, participants, excerpts, statements, sayings }
}

/// Some things of a list, and the new number of each old one.
fn some<T: Clone>(list: &[T], is_kept: impl Fn(u32, &T) -> bool) -> (Vec<T>, Vec<Option<u32>>) {
    let (mut kept, mut numbers) = (Vec::new(), Vec::with_capacity(list.len()));
    for (n, thing) in (0..).zip(list) {
        let number = is_kept(n, thing).then(|| u32::try_from(kept.len()).unwrap_or(u32::MAX));
        numbers.push(number);
        if number.is_some() {
            kept.push(thing.clone());
        }
    }
    (kept, numbers)
}
