//! Whom the user takes to be the same, and whom not: a small file of merges forced and forbidden.
//!
//! In: CSV without a head line, one pair a row: `same, person:jane-doe, wd:Q7821917` or
//! `apart, person:jane-doe, person:jane-doe-2`; `#` begins a comment. A node is told by its key or,
//! where only one bears it, by its name; the second of a "same" pair is the one that stays. Out:
//! [`Same`], which [`Readings::tell`](super::Readings::tell) takes, and one problem for each bad row; the good
//! rows are used.

use borsh::{BorshDeserialize, BorshSerialize};
use petgraph::graph::NodeIndex;
use serde::{Deserialize, Serialize};

use super::KnowledgeGraph;
use crate::lexicon::problem::{Problem, nearest};

/// Pairs of nodes by key or name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub struct Same {
    /// The first becomes the second.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub same: Vec<(String, String)>,
    /// These two stay apart, whatever a rule says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<(String, String)>,
}

impl Same {
    /// Reads the rows of a file; `file` names it in the problems.
    #[must_use]
    pub fn read(file: &str, text: &str) -> (Same, Vec<Problem>) {
        let (mut pairs, mut problems) = (Same::default(), Vec::new());
        for (n, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let cells: Vec<&str> = line.split(',').map(|cell| cell.trim().trim_matches('"')).collect();
            let problem = |what: String| Problem::new(file, n + 1, what);
            match cells.as_slice() {
                [verdict, one, other, ..] if !one.is_empty() && !other.is_empty() => match *verdict {
                    "same" if one == other => problems.push(problem(format!("`{one}` is itself already"))),
                    "same" => pairs.same.push(((*one).to_owned(), (*other).to_owned())),
                    "apart" => pairs.apart.push(((*one).to_owned(), (*other).to_owned())),
                    unknown => {
                        let hint = nearest(unknown, &["same", "apart"]).unwrap_or("same` or `apart");
                        let what = problem(format!("`{unknown}` says neither same nor apart"));
                        problems.push(what.hint(format!("write `{hint}`")));
                    }
                },
                _ => problems.push(
                    problem("a row has three cells".to_owned())
                        .hint("for example: same, person:jane-doe, wd:Q7821917"),
                ),
            }
        }
        (pairs, problems)
    }

    /// Takes in other pairs; both lists are then sorted, without doubles.
    pub fn extend(&mut self, other: &Same) {
        for (list, more) in [(&mut self.same, &other.same), (&mut self.apart, &other.apart)] {
            list.extend(more.iter().cloned());
            list.sort();
            list.dedup();
        }
    }

    /// True if these two must not be united.
    pub(super) fn is_apart(&self, graph: &KnowledgeGraph, one: NodeIndex, other: NodeIndex) -> bool {
        self.apart.iter().any(|(a, b)| {
            let pair = (node_of(graph, a), node_of(graph, b));
            pair == (Some(one), Some(other)) || pair == (Some(other), Some(one))
        })
    }
}

/// The node with this key, else the only one with this name.
pub(super) fn node_of(graph: &KnowledgeGraph, told: &str) -> Option<NodeIndex> {
    graph.by_key(told).or_else(|| {
        let mut named = graph.nodes().filter(|(_, node)| node.is_named(told)).map(|(index, _)| index);
        let first = named.next()?;
        named.next().is_none().then_some(first)
    })
}

#[cfg(test)]
mod tests {
    use super::Same;

    #[test]
    fn good_rows_are_read_and_bad_ones_told() {
        let text = "# ours\nsame, person:jane-doe, wd:Q1\napart,A,\"B\"\n\nsmae, A, B\nsame, A\nsame, A, A\n";
        let (same, problems) = Same::read("same.csv", text);
        assert_eq!(same.same, [("person:jane-doe".to_owned(), "wd:Q1".to_owned())]);
        assert_eq!(same.apart, [("A".to_owned(), "B".to_owned())]);
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "same.csv:5: `smae` says neither same nor apart\nhint: write `same`",
                "same.csv:6: a row has three cells\nhint: for example: same, person:jane-doe, wd:Q7821917",
                "same.csv:7: `A` is itself already",
            ]
        );
    }
}
