//! `demarche unknowns --verbs FILE`: what happens between participants in the articles that no frame covers, the most
//! frequent first, each with a sentence.
//!
//! `-o FILE.toml` writes the patterns as a relation lexicon that the user fills in and gives back with `--relations`:
//! a predicate of its own for each, to be given its codes, or to be renamed to one that exists.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Desk, graph};
use crate::cli::output::{Look, Row};
use crate::cli::reading::analyze_all;
use crate::graph::replace_file;
use crate::query::Filter;
use crate::relation::frame::uncovered;

/// A pattern, over all articles.
#[derive(Debug, Default)]
struct Pattern {
    verb: String,
    count: usize,
    documents: usize,
    /// The first place: who, whom, the sentence.
    subject: String,
    object: String,
    sentence: String,
}

pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    output: Option<&Path>,
    filter: &Filter,
    most: usize,
) -> anyhow::Result<bool> {
    if graph::is_graph(path) {
        anyhow::bail!("{}: a graph keeps no sentences; name the articles it was built from", path.display());
    }
    let lexicon = desk.lexicon();
    let mut patterns: BTreeMap<String, Pattern> = BTreeMap::new();
    let files: [PathBuf; 1] = [path.to_owned()];
    let mut undated = 0;
    analyze_all(&files, desk.threads, true, &lexicon, desk.messages, |_, analysis, _| {
        let (document, entities) = (&analysis.document, &analysis.entities);
        if !filter.admits_day(document.published, None) {
            undated += usize::from(document.published.is_none());
            return Ok(());
        }
        let mut here: Vec<String> = Vec::new();
        for found in uncovered(document, &analysis.syntax, entities, &lexicon) {
            let name = |id: crate::text::EntityId| {
                entities.entities.get(id.at()).map_or_else(String::new, |e| e.name.clone())
            };
            let pattern = patterns.entry(found.frame.clone()).or_default();
            pattern.count += 1;
            if !here.contains(&found.frame) {
                pattern.documents += 1;
                here.push(found.frame);
            }
            let sentence = document.sentences.get(found.sentence.at()).map_or("", |s| document.str(s.span));
            // The shortest sentence shows the pattern best.
            if pattern.sentence.is_empty() || sentence.len() < pattern.sentence.len() {
                (pattern.subject, pattern.object) = (name(found.subject), name(found.object));
                sentence.clone_into(&mut pattern.sentence);
                pattern.verb = found.verb;
            }
        }
        Ok(())
    })?;
    if undated > 0 {
        let articles = if undated == 1 { "article" } else { "articles" };
        desk.messages.summary(format!("{undated} {articles} without a day left out"));
    }
    let mut found: Vec<(&String, &Pattern)> = patterns.iter().collect();
    found.sort_by(|a, b| (b.1.documents, b.1.count, a.0).cmp(&(a.1.documents, a.1.count, b.0)));
    let shown = &found[..found.len().min(most)];
    if let Some(file) = output {
        let text = skeleton(shown);
        replace_file(file, |out| out.write_all(text.as_bytes()))?;
        let name = file.display();
        desk.messages.summary(format!(
            "{name}: {} patterns to fill in; then demarche check {name}, and give it back with --relations {name}",
            shown.len()
        ));
        return Ok(!shown.is_empty());
    }
    let rows: Vec<Row> = shown.iter().map(|(frame, pattern)| row(frame, pattern)).collect();
    desk.output.rows_of(&rows)?;
    desk.output.finish()?;
    super::more(desk, rows.len(), found.len(), "patterns");
    Ok(!rows.is_empty())
}

fn row(frame: &str, pattern: &Pattern) -> Row {
    let documents = pattern.documents;
    let cells = vec![
        (format!("{:>6}", pattern.count), Look::Dim),
        (frame.to_owned(), Look::Strong),
        (format!("{documents} {}", if documents == 1 { "article" } else { "articles" }), Look::Dim),
        (format!("{} – {}", pattern.subject, pattern.object), Look::Plain),
        (pattern.sentence.clone(), Look::Words),
    ];
    let json = json!({
        "frame": frame, "verb": pattern.verb, "count": pattern.count, "documents": documents,
        "subject": pattern.subject, "object": pattern.object, "sentence": pattern.sentence,
    });
    Row { cells, json }
}

/// A relation lexicon with a predicate for each pattern.
fn skeleton(patterns: &[(&String, &Pattern)]) -> String {
    let mut out = String::from(
        "# Patterns that no frame covers. Give each its meaning and codes, or call it like a predicate that exists; \
         delete the others.\n",
    );
    for (frame, pattern) in patterns {
        let name = predicate(frame);
        let said = |subject: &str, object: &str| {
            let rest = frame.split(' ').skip(2).map(|w| if w == "OBJECT" { object } else { w });
            let verb = third_person(frame.split(' ').nth(1).unwrap_or_default());
            let words: Vec<&str> = std::iter::once(verb.as_str()).chain(rest).collect();
            format!("{subject} {}", words.join(" ").replace('_', " "))
        };
        let inverse = format!("is the other side of {}", name.replace('_', " "));
        out.push_str(&format!(
            "\n# {} times in {} articles\n[{name}]\nmeaning = {}\n# cameo = \"\"\n# plover = \"\"\n# quad = 1\n\
             # goldstein = 0.0\ninverse = {}\nframes = [{}]\n[[{name}.example]]\ntext = {}\nedges = [{}]\n",
            pattern.count,
            pattern.documents,
            quoted(&format!("{}.", said("X", "Y"))),
            quoted(&inverse),
            quoted(frame),
            quoted(&pattern.sentence),
            quoted(&format!("{} -{name}-> {}", pattern.subject, pattern.object)),
        ));
    }
    out
}

/// `sides_with` of `SUBJECT side with OBJECT`.
fn predicate(frame: &str) -> String {
    let mut words = frame.split([' ', '_', '-']).filter(|w| !matches!(*w, "SUBJECT" | "OBJECT" | ""));
    let verb = third_person(words.next().unwrap_or_default());
    let rest: Vec<&str> = words.collect();
    if rest.is_empty() { verb } else { format!("{verb}_{}", rest.join("_")) }
}

/// The first word of "turn_down" in the third person: "turns_down".
fn third_person(verb: &str) -> String {
    let (first, rest) = verb.split_once('_').map_or((verb, String::new()), |(a, b)| (a, format!("_{b}")));
    let vowel_before = first.chars().rev().nth(1).is_some_and(|c| "aeiou".contains(c));
    let form = match first {
        _ if first.ends_with('y') && !vowel_before => format!("{}ies", &first[..first.len() - 1]),
        _ if first.ends_with(['s', 'x', 'z', 'o']) || first.ends_with("sh") || first.ends_with("ch") => {
            format!("{first}es")
        }
        _ => format!("{first}s"),
    };
    form + &rest
}

/// A TOML string on one line.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_become_names_and_strings() {
        assert_eq!(predicate("SUBJECT side with OBJECT"), "sides_with");
        assert_eq!(predicate("SUBJECT turn_down OBJECT"), "turns_down");
        assert_eq!(third_person("carry_out"), "carries_out");
        assert_eq!(third_person("watch"), "watches");
        assert_eq!(third_person("obey"), "obeys");
        assert_eq!(quoted("a \"b\"\nc"), "\"a \\\"b\\\" c\"");
    }
}
