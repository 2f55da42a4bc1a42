//! Runs the examples of a relation lexicon: each sentence must give its edges, and no others.
//!
//! In: an example of a TOML file and a lexicon with that file layered over it. Out: what is wrong, in
//! one line: `missing China -nudges-> Japan; too much China -urges-> Japan`. A text that begins with `# `
//! is a headline; capitals do not count in names; `says` and standing relations count only where the
//! example expects some of their kind.

use crate::lexicon::reader::relations::Example;
use crate::relation::Argument;
use crate::relation::arrow::{Arrow, Flags};
use crate::source::{Article, date};
use crate::{Analysis, Lexicon, Model, analyze};

/// What is wrong with an example; `None` if it holds, or fails as it says.
pub(super) fn verdict(example: &Example, lexicon: &Lexicon, model: &Model) -> Option<String> {
    let mut missing = Vec::new();
    for edge in &example.edges {
        match edge.parse::<Arrow>() {
            Ok(arrow) => missing.push(arrow),
            Err(error) => return Some(error.to_string()),
        }
    }
    let headline = example.text.strip_prefix("# ");
    let article = Article {
        id: "example".to_owned(),
        title: headline.map(str::to_owned),
        body: if headline.is_some() { String::new() } else { example.text.clone() },
        published: example.date.as_deref().and_then(date::parse),
        ..Article::default()
    };
    let mut surplus = found(&analyze(&article, lexicon, model), lexicon, &missing);
    missing.retain(|edge| match surplus.iter().position(|other| same(other, edge)) {
        Some(at) => {
            surplus.remove(at);
            false
        }
        None => true,
    });
    let holds = missing.is_empty() && surplus.is_empty();
    if holds {
        let fails = example.fails.as_ref()?;
        return Some(format!("the example is marked `fails = \"{fails}\"`, but it holds"));
    }
    if example.fails.is_some() {
        return None;
    }
    let missing = missing.iter().map(|edge| format!("missing {edge}"));
    let surplus = surplus.iter().map(|edge| format!("too much {edge}"));
    Some(format!("the example does not hold: {}", missing.chain(surplus).collect::<Vec<_>>().join("; ")))
}

/// Equal but for capitals: "Police" at the head of a sentence is "police".
fn same(a: &Arrow, b: &Arrow) -> bool {
    a.to_string().to_lowercase() == b.to_string().to_lowercase()
}

/// The edges of the text that count.
fn found(analysis: &Analysis, lexicon: &Lexicon, expected: &[Arrow]) -> Vec<Arrow> {
    let name = |argument: Option<Argument>| {
        argument.and_then(|a| analysis.entities.entities.get(a.entity.at())).map(|e| e.name.clone())
    };
    let named = |predicate: &str| expected.iter().any(|e| e.predicate.as_deref() == Some(predicate));
    let relations = analysis.relations.relations.iter();
    let arrows = relations.filter_map(|relation| {
        let predicate = lexicon.predicates.get(relation.predicate.at())?;
        let counts = !(predicate.standing || predicate.name == "says") || named(&predicate.name);
        counts.then(|| Arrow {
            subject: name(relation.subject),
            predicate: Some(predicate.name.clone()),
            object: name(relation.object),
            flags: Flags { polarity: relation.polarity, modality: relation.modality },
            content: None,
        })
    });
    arrows.collect()
}
