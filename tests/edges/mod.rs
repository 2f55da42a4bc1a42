//! Compares the edges of a sentence with those that are expected, in arrow notation.
//!
//! A sentence that begins with `# ` is a headline. Case does not count in names. `says` and standing relations count only where some expected edge names that predicate.

use demarche::relation::arrow::{Arrow, Flags};
use demarche::{Analysis, Article, Lexicon, Model, analyze};

/// `Ok` if the sentence gives exactly these edges; else what is missing and what is too much.
pub fn check(
    text: &str,
    date: Option<&str>,
    expected: &[String],
    lexicon: &Lexicon,
    model: &Model,
) -> Result<(), String> {
    let (title, body) = match text.strip_prefix("# ") {
        Some(headline) => (Some(headline.to_owned()), String::new()),
        None => (None, text.to_owned()),
    };
    let article = Article {
        id: "example".to_owned(),
        title,
        body,
        published: date.map(|d| d.parse().expect("a date such as 2021-03-18")),
        ..Article::default()
    };
    let analysis = analyze(&article, lexicon, model);
    let expected: Vec<Arrow> =
        expected.iter().map(|e| e.parse().unwrap_or_else(|error| panic!("{e}: {error}"))).collect();
    let mut surplus: Vec<Arrow> = found(&analysis, lexicon, &expected);
    let mut missing = Vec::new();
    for edge in expected {
        match surplus.iter().position(|s| same(s, &edge)) {
            Some(at) => drop(surplus.remove(at)),
            None => missing.push(edge),
        }
    }
    if missing.is_empty() && surplus.is_empty() {
        return Ok(());
    }
    let lines =
        |mark: &str, edges: &[Arrow]| edges.iter().map(|e| format!("  {mark} {e}\n")).collect::<String>();
    Err(lines("missing", &missing) + &lines("surplus", &surplus))
}

/// Equal but for capitals: "Police" at the head of a sentence is "police".
fn same(a: &Arrow, b: &Arrow) -> bool {
    a.to_string().to_lowercase() == b.to_string().to_lowercase()
}

/// The edges of the sentence that count.
fn found(analysis: &Analysis, lexicon: &Lexicon, expected: &[Arrow]) -> Vec<Arrow> {
    let name = |argument: Option<demarche::relation::Argument>| {
        argument.map(|a| analysis.entities.entities[a.entity.at()].name.clone())
    };
    let named = |predicate: &str| expected.iter().any(|e| e.predicate.as_deref() == Some(predicate));
    let mut edges = Vec::new();
    for relation in &analysis.relations.relations {
        let predicate = &lexicon.predicates[relation.predicate.at()];
        if (predicate.standing || predicate.name == "says") && !named(&predicate.name) {
            continue;
        }
        edges.push(Arrow {
            subject: name(relation.subject),
            predicate: Some(predicate.name.clone()),
            object: name(relation.object),
            flags: Flags { polarity: relation.polarity, modality: relation.modality },
            content: None,
        });
    }
    edges
}
