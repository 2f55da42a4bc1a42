//! An edge as a row of a listing: its place, the arrow, the words that prove it.
//!
//! In: a relation of an analysis, or an edge of the graph. Out: a [`Row`]:
//! `story.txt:7  Jane Roe -urges-> Ruritania  "pressed Ruritania to talk"`, and the same for programs.

use serde_json::json;

use super::output::{Look, Row};
use crate::graph::{Evidence, Link, Place};
use crate::query::Filter;
use crate::relation::arrow::Flags;
use crate::relation::{Argument, Relation};
use crate::source::Article;
use crate::text::{Span, one_line};
use crate::{Analysis, Lexicon};

/// Evidence is cut to so many characters.
const WORDS: usize = 72;

/// The row of a relation.
pub(super) fn relation_row(
    article: &Article,
    analysis: &Analysis,
    relation: &Relation,
    lexicon: &Lexicon,
) -> Row {
    let document = &analysis.document;
    let entity =
        |argument: Option<Argument>| argument.and_then(|a| analysis.entities.entities.get(a.entity.at()));
    let name = |argument| entity(argument).map_or("?", |e| e.name.as_str());
    let predicate = lexicon.predicates.get(relation.predicate.at()).map_or("?", |p| p.name.as_str());
    let flags = Flags { polarity: relation.polarity, modality: relation.modality };
    let mut arrow = format!("{} -{predicate}-> {}", name(relation.subject), name(relation.object));
    if !flags.is_empty() {
        arrow.push_str(&format!(" {flags}"));
    }
    let words = proof(analysis, relation);
    let place = place(article, document.line(relation.evidence.trigger.start));
    let sentence =
        document.sentences.get(relation.evidence.sentence.at()).map_or("", |s| document.str(s.span));
    let json = json!({
        "source": article.source,
        "document": document.id,
        "line": document.line(relation.evidence.trigger.start),
        "subject": entity(relation.subject).map(|e| &e.name),
        "subject_key": entity(relation.subject).map(|e| &e.key),
        "predicate": predicate,
        "object": entity(relation.object).map(|e| &e.name),
        "object_key": entity(relation.object).map(|e| &e.key),
        "polarity": relation.polarity,
        "modality": relation.modality,
        "content": relation.content.map(|span| document.str(span)),
        "attribution": relation.attribution.and_then(|id| analysis.entities.entities.get(id.at())).map(|e| &e.name),
        "from": relation.time.map(|t| t.from),
        "until": relation.time.map(|t| t.until),
        "cameo": Some(relation.cameo(lexicon)).filter(|code| !code.is_empty()),
        "sentence": sentence,
        "words": words,
        "rule": relation.evidence.rule,
        "confidence": f64::from((relation.confidence * 100.0).round()) / 100.0,
    });
    Row { cells: vec![(place, Look::Dim), (arrow, Look::Strong), (quoted(&words), Look::Words)], json }
}

/// `story.txt:7`; a row of JSON Lines is its own place, and so is a page, whose lines nobody sees.
fn place(article: &Article, line: usize) -> String {
    let page = article.title.is_some()
        || article.source.ends_with(|c: char| c.is_ascii_digit()) && article.source.contains(':');
    if page { article.source.clone() } else { format!("{}:{line}", article.source) }
}

/// The words from the trigger to the end of the object or content, cut to a length.
fn proof(analysis: &Analysis, relation: &Relation) -> String {
    let document = &analysis.document;
    let trigger = relation.evidence.trigger;
    let sentence = document.sentences.get(relation.evidence.sentence.at()).map_or(trigger, |s| s.span);
    let object = relation.object.map(|a| a.span).filter(|span| sentence.contains(*span));
    let subject = relation.subject.map(|a| a.span).filter(|span| sentence.contains(*span));
    let mut span: Span = trigger;
    for part in [object, relation.content.filter(|c| sentence.contains(*c))].into_iter().flatten() {
        span = span.cover(part);
    }
    if object.is_none() && relation.content.is_none() {
        span = span.cover(subject.unwrap_or(trigger));
    }
    cut(document.str(span))
}

/// One line of at most [`WORDS`] characters, cut between words.
pub(super) fn cut(text: &str) -> String {
    cut_to(text, WORDS)
}

/// One line of at most `most` characters, cut between words.
pub(super) fn cut_to(text: &str, most: usize) -> String {
    let line = one_line(text);
    let Some((end, _)) = line.char_indices().nth(most) else { return line };
    let head = line.get(..end).unwrap_or(&line);
    let head = head.rfind(' ').filter(|at| *at > most / 2).and_then(|at| head.get(..at)).unwrap_or(head);
    format!("{} …", head.trim_end_matches([',', ';', ':', ' ']))
}

pub(super) fn quoted(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("\"{words}\"") }
}

/// The row of an edge of the graph, with the best piece of the evidence that the filter admits.
pub(super) fn link_row(link: &Link<'_>, filter: &Filter) -> Row {
    let best = best_evidence(link, filter);
    let (place, words) =
        best.map_or((String::new(), String::new()), |e| (evidence_place(link, e), evidence_words(e)));
    let weight = filter.weight(link);
    let cells = vec![
        (format!("{weight:>4}"), Look::Dim),
        (link.to_string(), Look::Strong),
        (quoted(&words), Look::Words),
        (place, Look::Dim),
    ];
    Row { cells, json: link_json(link, filter) }
}

/// An edge for programs, with all evidence that the filter admits.
pub(super) fn link_json(link: &Link<'_>, filter: &Filter) -> serde_json::Value {
    let evidence: Vec<_> = filter.evidence(link).map(|e| evidence_json(link, e)).collect();
    json!({
        "subject": link.subject().map(|n| &n.name),
        "subject_key": link.subject().map(|n| &n.key),
        "predicate": link.edge.predicate,
        "object": link.object().map(|n| &n.name),
        "object_key": link.object().map(|n| &n.key),
        "polarity": link.edge.polarity,
        "modality": link.edge.modality,
        "cameo": Some(&link.edge.cameo).filter(|code| !code.is_empty()),
        "weight": evidence.len(),
        "evidence": evidence,
    })
}

/// A piece of evidence for programs.
pub(super) fn evidence_json(link: &Link<'_>, evidence: &Evidence) -> serde_json::Value {
    let source = link.graph.source(evidence.document);
    json!({
        "source": source.map(|s| &s.source),
        "document": source.map(|s| &s.id),
        "url": source.and_then(|s| s.url.as_ref()),
        "published": source.and_then(|s| s.published),
        "line": evidence.line,
        "text": evidence.text,
        "trigger": evidence.words(evidence.trigger),
        "content": evidence.content_words(),
        "from": evidence.time.map(|t| t.from),
        "until": evidence.time.map(|t| t.until),
        "attribution": evidence.attribution.as_deref().map(|key| link.graph.name_of(key)),
        "within": link.within(evidence).map(|outer| outer.to_string()),
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    })
}

/// The piece of evidence that is trusted most, the first of equals.
fn best_evidence<'g>(link: &Link<'g>, filter: &Filter) -> Option<&'g Evidence> {
    let mut best: Option<&Evidence> = None;
    for evidence in filter.evidence(link) {
        if best.is_none_or(|b| evidence.confidence > b.confidence) {
            best = Some(evidence);
        }
    }
    best
}

/// `story.txt:7`, or the row of a JSON Lines file.
pub(super) fn evidence_place(link: &Link<'_>, evidence: &Evidence) -> String {
    let Some(source) = link.graph.source(evidence.document) else { return String::new() };
    let row = source
        .source
        .rsplit_once(':')
        .is_some_and(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if row { source.source.clone() } else { format!("{}:{}", source.source, evidence.line) }
}

/// The words from the trigger to the end of the object or content.
fn evidence_words(evidence: &Evidence) -> String {
    let mut place = evidence.trigger;
    for part in [evidence.object, evidence.content].into_iter().flatten() {
        let inside = part.start >= evidence.sentence.start && part.end <= evidence.sentence.end;
        if inside {
            place = Place { start: place.start.min(part.start), end: place.end.max(part.end) };
        }
    }
    cut(evidence.words(place))
}
