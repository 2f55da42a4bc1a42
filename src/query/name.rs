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
    let mut buffer = String::new();
    // Which nodes are called so in any way; one pass, because graphs have many nodes.
    let mut called: Vec<(NodeIndex, &Node, Ways)> = graph
        .nodes()
        .map(|(index, node)| (index, node, Ways::of(node, &wanted, &mut buffer)))
        .filter(|(_, _, ways)| *ways != Ways::default())
        .collect();
    let ways: [fn(&Ways) -> bool; 4] =
        [|ways| ways.name, |ways| ways.alias, |ways| ways.last_name, |ways| ways.inside];
    for way in ways {
        let first = called.iter().filter(|(_, _, ways)| way(ways));
        let Some(most) = first.map(|(_, node, _)| node.mentions).max() else { continue };
        let joins = |node: &Node, ways: &Ways| {
            node.mentions > most && node.kind == Kind::Person && (ways.alias || ways.last_name)
        };
        called.retain(|(_, node, ways)| way(ways) || joins(node, ways));
        called.sort_by_key(|(index, node, _)| (std::cmp::Reverse(node.mentions), *index));
        return Ok(called.into_iter().map(|(index, ..)| index).collect());
    }
    let names: BTreeSet<&str> = graph
        .nodes()
        .flat_map(|(_, node)| node.aliases.iter().chain([&node.name]))
        .map(String::as_str)
        .collect();
    Err(UnknownName { what: "node", name: name.trim().to_owned(), near: near(&wanted, names) })
}

/// In which ways a node is called what was typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ways {
    name: bool,
    alias: bool,
    last_name: bool,
    inside: bool,
}

impl Ways {
    fn of(node: &Node, wanted: &str, buffer: &mut String) -> Ways {
        let mut ways = Ways::default();
        let is_last = |full: &str| full.rsplit(' ').next() == Some(wanted);
        fold_into(&node.name, buffer);
        ways.name = buffer == wanted;
        ways.last_name = is_last(buffer);
        ways.inside = has_words(buffer, wanted);
        for alias in &node.aliases {
            fold_into(alias, buffer);
            ways.alias |= buffer == wanted;
            ways.last_name |= is_last(buffer);
        }
        ways.last_name &= node.kind == Kind::Person;
        ways
    }
}

/// True if whole words of a text are the wanted ones.
fn has_words(text: &str, wanted: &str) -> bool {
    !wanted.is_empty()
        && text.match_indices(wanted).any(|(at, _)| {
            let before = text.get(..at).unwrap_or("");
            let behind = text.get(at + wanted.len()..).unwrap_or("");
            (before.is_empty() || before.ends_with(' ')) && (behind.is_empty() || behind.starts_with(' '))
        })
}

/// [`fold`] without a new string for plain letters, which most names are.
fn fold_into(name: &str, buffer: &mut String) {
    buffer.clear();
    if !name.is_ascii() {
        buffer.push_str(&fold(name));
        return;
    }
    let bytes = name.bytes().filter(|byte| *byte != b'.').map(|byte| byte.to_ascii_lowercase());
    let mut gap = false;
    for byte in bytes {
        if byte.is_ascii_whitespace() || byte == 0x0b {
            gap = true;
            continue;
        }
        if gap && !buffer.is_empty() {
            buffer.push(' ');
        }
        gap = false;
        buffer.push(char::from(byte));
    }
    if buffer == "the" {
        buffer.clear();
    } else if buffer.starts_with("the ") {
        buffer.drain(..4);
    }
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
    fn both_ways_to_fold_agree() {
        for name in ["The  U.S.", "the", "the x", " The Hague ", ".", "a\t b", "THE. end", "\u{b}x"] {
            let mut buffer = "old".to_owned();
            fold_into(name, &mut buffer);
            assert_eq!(buffer, fold(name), "{name:?}");
        }
    }

    #[test]
    fn distances() {
        for (a, b, steps) in [("", "", 0), ("ab", "ba", 1), ("china", "chian", 1), ("kitten", "sitting", 3)] {
            assert_eq!(distance(a, b, 4), Some(steps), "{a} {b}");
        }
        assert_eq!(distance("kitten", "sitting", 2), None);
    }
}
