//! A name that somebody typed becomes nodes.
//!
//! In: "blinken", "the U.S.", "iso:CN". Out: the nodes that it may mean, the most mentioned first. The
//! first of these that finds any wins: the key, the name, an alias, a person's last name, whole
//! words inside a name ("foreign ministry"). A person whose alias or last name it is joins those of that
//! name if the documents speak more of the person: "Putin" is Vladimir Putin, although one headline
//! was read as a place of that name. Nothing found is an error that proposes near names.

use std::collections::BTreeSet;

use petgraph::graph::NodeIndex;

use crate::graph::{KnowledgeGraph, Node};
use crate::lexicon::Kind;

/// A name, or a predicate, that the graph does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no {what} is called `{name}`")]
pub struct UnknownName {
    /// "node" or "edge".
    pub what: &'static str,
    /// What was asked for.
    pub name: String,
    /// What may have been meant: at most three, the nearest first.
    pub near: Vec<String>,
}

impl UnknownName {
    /// "did you mean …?", if anything is near.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let quoted: Vec<String> = self.near.iter().map(|name| format!("`{name}`")).collect();
        (!quoted.is_empty()).then(|| format!("did you mean {}?", quoted.join(" or ")))
    }
}

/// The nodes that a name may mean, the most mentioned first; never an empty list.
///
/// # Errors
/// When no node has this key, name, alias, last name or part of a name.
pub fn find(graph: &KnowledgeGraph, name: &str) -> Result<Vec<NodeIndex>, UnknownName> {
    if let Some(index) = graph.by_key(name.trim()) {
        return Ok(vec![index]);
    }
    let wanted = fold(name);
    let last_name = |node: &Node| {
        let names = || node.aliases.iter().chain([&node.name]);
        node.kind == Kind::Person
            && names().any(|full| fold(full).rsplit(' ').next() == Some(wanted.as_str()))
    };
    let inside = |node: &Node| {
        let padded = format!(" {wanted} ");
        !wanted.is_empty() && format!(" {} ", fold(&node.name)).contains(&padded)
    };
    let is_name = |node: &Node| fold(&node.name) == wanted;
    let is_alias = |node: &Node| node.aliases.iter().any(|alias| fold(alias) == wanted);
    let ways: [&dyn Fn(&Node) -> bool; 4] = [&is_name, &is_alias, &last_name, &inside];
    for way in ways {
        let mut found: Vec<_> = graph.nodes().filter(|(_, node)| way(node)).collect();
        if let Some(most) = found.iter().map(|(_, node)| node.mentions).max() {
            let is_person = |node: &Node| node.kind == Kind::Person && (is_alias(node) || last_name(node));
            let joins = |node: &Node| node.mentions > most && !way(node) && is_person(node);
            found.extend(graph.nodes().filter(|(_, node)| joins(node)));
            found.sort_by_key(|(index, node)| (std::cmp::Reverse(node.mentions), *index));
            return Ok(found.into_iter().map(|(index, _)| index).collect());
        }
    }
    let names: BTreeSet<&str> = graph
        .nodes()
        .flat_map(|(_, node)| node.aliases.iter().chain([&node.name]))
        .map(String::as_str)
        .collect();
    Err(UnknownName { what: "node", name: name.trim().to_owned(), near: near(&wanted, names) })
}

/// "The U.S." and "us" are one: lower case, without dots, the article and double spaces.
fn fold(name: &str) -> String {
    let lower = name.to_lowercase().replace('.', "");
    let words: Vec<&str> = lower.split_whitespace().collect();
    let words = if let ["the", rest @ ..] = words.as_slice() { rest } else { &words };
    words.join(" ")
}

/// At most three candidates that differ from `wanted` (in lower case) by few letters.
pub(super) fn near<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let allowed = (wanted.chars().count() / 3).clamp(1, 4);
    let mut found: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|name| {
            let folded = fold(name);
            let whole = distance(wanted, &folded, allowed);
            // "Blinkn" is near the last word of "Antony Blinken".
            let last = distance(wanted, folded.rsplit(' ').next().unwrap_or(""), allowed);
            Some((whole.into_iter().chain(last).min()?, name))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

/// How many letters must be put in, left out, changed, or swapped with their neighbour to turn one
/// word into the other; `None` above `limit`.
fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let change = row[j] + usize::from(x != y);
            let mut least = change.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|steps| *steps <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    fn names(name: &str) -> Vec<String> {
        let graph = sample::graph();
        let found = find(&graph, name).unwrap();
        found.into_iter().map(|index| graph.node(index).unwrap().name.clone()).collect()
    }

    #[test]
    fn a_name_is_found_however_it_is_typed() {
        for name in ["wd:Q7821917", "Antony Blinken", "blinken", "the Antony  BLINKEN"] {
            assert_eq!(names(name), ["Antony Blinken"], "{name}");
        }
        assert_eq!(names("Korea"), ["North Korea"]);
        assert_eq!(names("doe"), ["Jane Doe"]);
    }

    #[test]
    fn a_name_nobody_has_proposes_near_ones() {
        let graph = sample::graph();
        let unknown = find(&graph, "Blinkne").unwrap_err();
        assert_eq!(unknown.to_string(), "no node is called `Blinkne`");
        assert_eq!(unknown.hint().as_deref(), Some("did you mean `Antony Blinken` or `Blinken`?"));
        assert_eq!(find(&graph, "Chian").unwrap_err().near, ["China"]);
        assert_eq!(find(&graph, "").unwrap_err().hint(), None);
        assert_eq!(find(&graph, "Zanzibar").unwrap_err().hint(), None);
    }

    #[test]
    fn a_place_read_by_mistake_does_not_hide_the_person() {
        let mut mistake = sample::analysis(
            "mistake",
            "2021-03-20",
            &[("Blinken aids Jane Doe.", &["Blinken -aids-> Jane Doe"])],
        );
        mistake.entities.entities[0].kind = Kind::Place;
        mistake.entities.entities[0].key = "place:blinken".to_owned();
        let all = [sample::first(), sample::second(), mistake];
        let graph = KnowledgeGraph::from_analyses(&all, &sample::lexicon());
        let keys = |name: &str| -> Vec<String> {
            let found = find(&graph, name).unwrap();
            found.into_iter().map(|index| graph.node(index).unwrap().key.clone()).collect()
        };
        assert_eq!(keys("Blinken"), ["wd:Q7821917", "place:blinken"]);
        assert_eq!(keys("place:blinken"), ["place:blinken"]);
    }

    #[test]
    fn distances() {
        for (a, b, steps) in [("", "", 0), ("ab", "ba", 1), ("china", "chian", 1), ("kitten", "sitting", 3)] {
            assert_eq!(distance(a, b, 4), Some(steps), "{a} {b}");
        }
        assert_eq!(distance("kitten", "sitting", 2), None);
    }
}
