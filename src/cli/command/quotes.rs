//! `demarche quotes GRAPH --by NAME --about NAME`: who said what about whom.

use std::path::Path;

use serde_json::json;

use super::{Desk, graph};
use crate::cli::edge::cut_to;
use crate::cli::meant::Said;
use crate::cli::output::{Look, Row};
use crate::cli::typed::Format;
use crate::graph::{KnowledgeGraph, Quotation};
use crate::query::{LIKELY, QuoteQuestion};
use crate::relation::QuotationKind;
use crate::text::one_line;

pub(super) fn run(desk: &mut Desk<'_>, path: &Path, asked: &Said, most: usize) -> anyhow::Result<bool> {
    let graph = graph::open(desk, path, asked.days.as_of)?;
    let mut known = true;
    let mut nodes = |name: &Option<String>| {
        let name = name.as_deref()?;
        let found = graph::named(desk, &graph, name);
        known &= found.is_some();
        found
    };
    let question = QuoteQuestion {
        by: nodes(&asked.by),
        to: nodes(&asked.to),
        about: nodes(&asked.about),
        kind: asked.kind,
        stance: asked.stance,
        containing: asked.containing.clone(),
        min_confidence: asked.min_confidence,
        since: asked.days.since,
        until: asked.days.until,
        as_of: asked.days.as_of,
    };
    if !known {
        desk.output.finish()?;
        return Ok(false);
    }
    let quotations: Vec<&Quotation> = question.quotations(&graph).collect();
    if desk.output.format() == Format::Markdown {
        for quotation in quotations.iter().take(most) {
            desk.output.markdown(&block(&graph, quotation))?;
        }
    } else {
        let rows: Vec<Row> = quotations.iter().take(most).map(|quotation| row(&graph, quotation)).collect();
        desk.output.rows_of(&rows)?;
    }
    desk.output.finish()?;
    if asked.min_confidence == LIKELY {
        let open = QuoteQuestion { min_confidence: 0.0, ..question.clone() };
        let doubted = open.quotations(&graph).count() - quotations.len();
        super::doubted(desk, doubted, "quotation", "--min-confidence 0 lists them too");
    }
    super::more(desk, most.min(quotations.len()), quotations.len(), "quotations");
    Ok(!quotations.is_empty())
}

/// A block quote and its source: who, when, where.
fn block(graph: &KnowledgeGraph, quotation: &Quotation) -> String {
    let source = graph.source(quotation.document);
    let words = one_line(&quotation.text);
    let words = escaped(words.trim_matches(['"', '“', '”']));
    let words = match quotation.kind {
        QuotationKind::Direct => format!("“{words}”"),
        QuotationKind::Indirect | QuotationKind::Mixed => words,
    };
    let speaker = quotation.speaker.as_deref().map(|key| graph.name_of(key));
    let speaker = speaker.or(quotation.speaker_words.as_deref()).unwrap_or("unknown speaker");
    let mut line = format!("— {}", escaped(speaker));
    if quotation.kind == QuotationKind::Indirect {
        line.push_str(" (as retold)");
    }
    let day = quotation.time.map(|time| time.from).or_else(|| source.and_then(|source| source.published));
    if let Some(day) = day {
        line.push_str(&format!(", {day}"));
    }
    if let Some(source) = source {
        let title = escaped(source.title.as_deref().unwrap_or(&source.source));
        let named = match source
            .url
            .as_deref()
            .filter(|url| url.starts_with("http://") || url.starts_with("https://"))
        {
            Some(url) => format!("[{title}](<{}>)", url.replace(['<', '>', '\n', '\r'], "")),
            None if source.title.is_some() => format!("*{title}*"),
            None => title,
        };
        let publisher = source.publisher.as_deref().map_or_else(String::new, |p| format!(", {}", escaped(p)));
        line.push_str(&format!(" · {named}{publisher}, {}", escaped(&place(graph, quotation))));
    }
    format!("> {words}\n>\n> {line}")
}

/// Text whose signs mean nothing in Markdown.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for c in one_line(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// `story.txt:7`; a row of JSON Lines is its own place.
fn place(graph: &KnowledgeGraph, quotation: &Quotation) -> String {
    graph.source(quotation.document).map_or_else(String::new, |source| match source.source.rsplit_once(':') {
        Some((_, n)) if !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) => source.source.clone(),
        _ => format!("{}:{}", source.source, quotation.line),
    })
}

fn row(graph: &KnowledgeGraph, quotation: &Quotation) -> Row {
    let name = |key: &String| graph.name_of(key).to_owned();
    let speaker = quotation.speaker.as_ref().map(name);
    let shown = speaker.clone().or_else(|| quotation.speaker_words.clone()).unwrap_or_else(|| "?".to_owned());
    let about: Vec<String> = quotation.about.iter().map(name).collect();
    let source = graph.source(quotation.document);
    let day = quotation.time.map(|t| t.from).or_else(|| source.and_then(|s| s.published));
    let cells = vec![
        (place(graph, quotation), Look::Dim),
        (day.map_or_else(String::new, |day| day.to_string()), Look::Dim),
        (shown, Look::Strong),
        (quotation.kind.as_str().to_owned(), Look::Dim),
        (cut_to(&quotation.text, 400), Look::Words),
        (if about.is_empty() { String::new() } else { format!("(about {})", about.join(", ")) }, Look::Dim),
    ];
    let json = json!({
        "source": source.map(|s| &s.source),
        "document": source.map(|s| &s.id),
        "line": quotation.line,
        "day": day,
        "speaker": speaker,
        "speaker_key": quotation.speaker,
        "speaker_words": quotation.speaker_words,
        "addressee": quotation.addressee.as_ref().map(name),
        "cue": quotation.cue,
        "kind": quotation.kind,
        "text": quotation.text,
        "about": about,
        "about_keys": quotation.about,
        "stances": quotation.stances,
        "confidence": quotation.confidence,
    });
    Row { cells, json }
}
