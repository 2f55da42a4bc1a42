//! One file a command. Each does its work and says whether anything was found.

mod add;
mod analyze;
mod annotate;
mod build;
mod check;
mod communities;
mod cypher;
mod edges;
mod ego;
mod evidence;
mod example;
mod explain;
mod export;
mod find;
mod graph;
mod merge;
mod merges;
mod neighbors;
mod path;
mod paths;
mod query;
mod quotes;
mod remove;
mod serve;
#[cfg(feature = "sparql")]
mod sparql;
mod timeline;
mod top;
mod unknowns;
mod verbs;

use std::path::PathBuf;

use super::meant::{Meant, Wanted};
use super::message::Messages;
use super::output::Output;
use crate::Lexicon;
use crate::graph::Same;
use crate::query::{Filter, LIKELY};

/// What every command is given.
pub(super) struct Desk<'a> {
    pub gazetteers: &'a [PathBuf],
    pub relations: &'a [PathBuf],
    pub same: &'a [PathBuf],
    pub threads: usize,
    pub output: &'a mut Output,
    pub messages: &'a mut Messages,
}

impl Desk<'_> {
    /// The built-in lexicon with the user's layers. Bad rows are told; good ones are used.
    pub(super) fn lexicon(&mut self) -> Lexicon {
        let mut lexicon = Lexicon::builtin();
        if !self.gazetteers.is_empty() {
            let (layered, problems) = std::mem::take(&mut lexicon.gazetteer).with_files(self.gazetteers);
            lexicon.gazetteer = layered;
            for problem in &problems {
                self.messages.problem(problem);
            }
        }
        for path in self.relations {
            let file = path.display().to_string();
            match std::fs::read_to_string(path) {
                Ok(text) => {
                    for problem in lexicon.layer_relations(&file, &text) {
                        self.messages.problem(&problem);
                    }
                }
                Err(error) => self.messages.error(unreadable(path, &error), None),
            }
        }
        lexicon
    }
}

impl Desk<'_> {
    /// The user's merges, forced and forbidden. Bad rows are told; good ones are used.
    pub(super) fn same(&mut self) -> Same {
        let mut all = Same::default();
        for path in self.same {
            match std::fs::read_to_string(path) {
                Ok(text) => {
                    let (pairs, problems) = Same::read(&path.display().to_string(), &text);
                    problems.iter().for_each(|problem| self.messages.problem(problem));
                    all.same.extend(pairs.same);
                    all.apart.extend(pairs.apart);
                }
                Err(error) => self.messages.error(unreadable(path, &error), None),
            }
        }
        all
    }
}

/// Says how many edges or quotations were left out because they are likelier wrong than right.
fn doubted(desk: &mut Desk<'_>, number: usize, what: &str, how: &str) {
    if number > 0 {
        let (s, are) = if number == 1 { ("", "is") } else { ("s", "are") };
        desk.messages
            .summary(format!("{number} {what}{s} left out that {are} likelier wrong than right; {how}"));
    }
}

/// Where nothing was found, says that doubtful edges were not asked.
fn nothing_likely(desk: &Desk<'_>, filter: &Filter) {
    if filter.min_confidence == LIKELY {
        desk.messages.summary(
            "edges that are likelier wrong than right were left out; --min-confidence 0 asks them too",
        );
    }
}

/// `my.toml: no such file or directory`
fn unreadable(path: &std::path::Path, error: &std::io::Error) -> String {
    let text = error.to_string();
    format!("{}: {}", path.display(), text.split(" (os error").next().unwrap_or(&text).to_lowercase())
}

/// Does what is meant; true if something was found.
pub(super) fn run(meant: Meant, output: &mut Output, messages: &mut Messages) -> anyhow::Result<bool> {
    let mut desk = Desk {
        gazetteers: &meant.gazetteers,
        relations: &meant.relations,
        same: &meant.same,
        threads: meant.threads,
        output,
        messages,
    };
    let desk = &mut desk;
    match meant.command {
        Wanted::Edges { files, least } => edges::run(desk, &files, least),
        Wanted::Analyze { files } => analyze::run(desk, &files),
        Wanted::Annotate { files, output } => annotate::run(desk, &files, output.as_deref()),
        Wanted::Explain { text, day } => explain::run(desk, &text, day),
        Wanted::Check { files } => check::run(desk, &files),
        Wanted::Find { name } => find::run(desk, &name),
        Wanted::Build { files, output } => build::run(desk, &files, &output),
        Wanted::Merge { graphs, output } => merge::run(desk, &graphs, &output),
        Wanted::Add { graph, files, output } => add::run(desk, &graph, &files, &output),
        Wanted::Remove { graph, documents, output } => remove::run(desk, &graph, &documents, &output),
        Wanted::Query { graph, pattern, filter, most } => query::run(desk, &graph, &pattern, &filter, most),
        Wanted::Evidence { graph, pattern, filter, most } => {
            evidence::run(desk, &graph, &pattern, &filter, most)
        }
        Wanted::Cypher { graph, query, bound, filter, most } => {
            cypher::run(desk, &graph, &query, bound, &filter, most)
        }
        Wanted::Quotes { graph, asked, most } => quotes::run(desk, &graph, &asked, most),
        Wanted::Neighbors { graph, name, filter, most } => neighbors::run(desk, &graph, &name, &filter, most),
        Wanted::Ego { graph, name, depth, filter, most } => {
            ego::run(desk, &graph, &name, depth, &filter, most)
        }
        Wanted::Communities { graph, how, together, filter, most } => {
            communities::run(desk, &graph, how, together, &filter, most)
        }
        Wanted::Paths { graph, from, to, max_length, filter, most } => {
            paths::run(desk, &graph, [&from, &to], max_length, &filter, most)
        }
        Wanted::Serve { graph, address, hosts } => serve::run(desk, &graph, address, hosts),
        Wanted::Path { graph, from, to, filter } => path::run(desk, &graph, &from, &to, &filter),
        Wanted::Top { graph, of, filter, most } => top::run(desk, &graph, &of, &filter, most),
        Wanted::Merges { graph, as_of, most } => merges::run(desk, &graph, as_of, most),
        Wanted::Unknowns { graph, output, verbs: true, filter, most } => {
            verbs::run(desk, &graph, output.as_deref(), &filter, most)
        }
        Wanted::Unknowns { graph, output, verbs: false, filter, most } => {
            unknowns::run(desk, &graph, output.as_deref(), &filter, most)
        }
        Wanted::Timeline { graph, of, filter, most } => {
            timeline::run(desk, &graph, of.as_deref(), &filter, most)
        }
        #[cfg(feature = "sparql")]
        Wanted::Sparql { graph, question, results_json, filter, most } => {
            sparql::run(desk, &graph, &question, results_json, &filter, most)
        }
        Wanted::Export { graph, output, around, depth, top, together, filter } => {
            export::run(desk, &graph, &output, &around, depth, top, together, filter)
        }
    }
}

/// Says that a listing for people was cut.
fn more(desk: &Desk<'_>, shown: usize, all: usize, what: &str) {
    if shown < all {
        desk.messages.summary(format!("{shown} of {all} {what}; --limit 0 lists all"));
    }
}

/// An edge as one of its ends sees it: `urges`, `is urged by`, with flags and weight.
fn from_end(
    link: &crate::graph::Link<'_>,
    node: petgraph::graph::NodeIndex,
    filter: &crate::query::Filter,
) -> String {
    let edge = link.edge;
    let name = if link.subject == Some(node) || edge.symmetric {
        edge.predicate.replace('_', " ")
    } else if edge.inverse.is_empty() {
        format!("<-{}-", edge.predicate)
    } else {
        edge.inverse.to_string()
    };
    let flags = if edge.flags().is_empty() { String::new() } else { format!(" {}", edge.flags()) };
    let weight = filter.weight(link);
    let weight = if weight > 1 { format!(" ×{weight}") } else { String::new() };
    format!("{name}{flags}{weight}")
}
