//! An analysis as plain text, and the difference between two such texts, line by line.

use std::fmt::Write;

use demarche::entity::EntityRole;
use demarche::relation::arrow::{Arrow, Flags};
use demarche::relation::{Argument, Quotation, Relation};
use demarche::text::EntityId;
use demarche::{Analysis, Lexicon};

/// Entities, edges and quotations, in the order of the text.
pub fn snapshot(analysis: &Analysis, lexicon: &Lexicon) -> String {
    let mut out = String::from("entities\n");
    for entity in &analysis.entities.entities {
        let kind = format!("{:?}", entity.kind).to_lowercase();
        line(&mut out, &format!("  {} | {kind} | {}", entity.name, entity.key));
        for role in &entity.roles {
            line(&mut out, &format!("    {}", office(role)));
        }
    }
    out.push_str("\nedges\n");
    for relation in &analysis.relations.relations {
        let mut edge = format!("  {}", arrow(analysis, relation, lexicon));
        if let Some(time) = relation.time {
            let _ = match time.from == time.until {
                true => write!(edge, " on {}", time.from),
                false => write!(edge, " from {} to {}", time.from, time.until),
            };
        }
        if let Some(teller) = relation.attribution {
            let _ = write!(edge, " according to {}", name(analysis, teller));
        }
        line(&mut out, &format!("{edge} | {}", analysis.document.str(relation.evidence.trigger)));
    }
    out.push_str("\nquotations\n");
    for quotation in &analysis.relations.quotations {
        quote(&mut out, analysis, quotation);
    }
    out
}

/// True if a relation is the edge that an arrow writes down; symmetric ones from either end.
pub fn is_edge(wanted: &str, analysis: &Analysis, relation: &Relation, lexicon: &Lexicon) -> bool {
    let wanted: Arrow = wanted.parse().expect("an arrow");
    let found = arrow(analysis, relation, lexicon);
    let turned = Arrow { subject: found.object.clone(), object: found.subject.clone(), ..found.clone() };
    found == wanted || (lexicon.predicates[relation.predicate.at()].symmetric && turned == wanted)
}

/// The lines of two texts: `-` only in the first, `+` only in the second, with the lines around them.
pub fn diff(expected: &str, found: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    // The length of the longest common subsequence of what is left from (i, j) on.
    let mut common = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let without = common[i + 1][j].max(common[i][j + 1]);
            common[i][j] = if a[i] == b[j] { common[i + 1][j + 1] + 1 } else { without };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            lines.push((' ', a[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || (i < a.len() && common[i + 1][j] >= common[i][j + 1]) {
            lines.push(('-', a[i]));
            i += 1;
        } else {
            lines.push(('+', b[j]));
            j += 1;
        }
    }
    let near = |at: usize| lines[at.saturating_sub(1)..(at + 2).min(lines.len())].iter().any(|l| l.0 != ' ');
    let shown = (0..lines.len()).filter(|at| near(*at)).map(|at| format!("{} {}", lines[at].0, lines[at].1));
    shown.collect::<Vec<_>>().join("\n")
}

fn line(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}

fn name(analysis: &Analysis, id: EntityId) -> &str {
    &analysis.entities.entities[id.at()].name
}

fn named(analysis: &Analysis, argument: Option<Argument>) -> Option<String> {
    argument.map(|argument| name(analysis, argument.entity).to_owned())
}

fn arrow(analysis: &Analysis, relation: &Relation, lexicon: &Lexicon) -> Arrow {
    Arrow {
        subject: named(analysis, relation.subject),
        predicate: Some(lexicon.predicates[relation.predicate.at()].name.clone()),
        object: named(analysis, relation.object),
        flags: Flags { polarity: relation.polarity, modality: relation.modality },
        content: None,
    }
}

/// "Secretary of State of iso:US, as the text says".
fn office(role: &EntityRole) -> String {
    let former = if role.former { "former " } else { "" };
    let of = role.of_key.as_ref().map_or_else(String::new, |key| format!(" of {key}"));
    let says = if role.span.is_some() { "the text" } else { "the table" };
    format!("{former}{}{of}, as {says} says", role.title)
}

fn quote(out: &mut String, analysis: &Analysis, quotation: &Quotation) {
    let kind = quotation.kind.as_str();
    let words = || quotation.speaker_span.map(|span| analysis.document.str(span).to_owned());
    let speaker = named(analysis, quotation.speaker).or_else(words).unwrap_or_else(|| "?".to_owned());
    let about: Vec<&str> = quotation.about.iter().map(|id| name(analysis, *id)).collect();
    let about = if about.is_empty() { "nobody".to_owned() } else { about.join(", ") };
    line(out, &format!("  {speaker} | {kind} | about {about}"));
    let said: Vec<&str> = quotation.segments.iter().map(|span| analysis.document.str(*span)).collect();
    line(out, &format!("    {}", said.join(" … ")));
}
