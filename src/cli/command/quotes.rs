//! `demarche quotes GRAPH --by NAME --about NAME`: who said what about whom.

use std::path::Path;

use serde_json::json;

use super::{Desk, graph};
use crate::cli::edge::cut_to;
use crate::cli::output::{Look, Row};
use crate::graph::{KnowledgeGraph, Quotation};
use crate::query::QuoteQuestion;
use crate::relation::QuotationKind;

/// Whose quotations are asked for.
pub(super) struct Asked {
    pub by: Option<String>,
    pub to: Option<String>,
    pub about: Option<String>,
    pub kind: Option<QuotationKind>,
}

pub(super) fn run(desk: &mut Desk<'_>, path: &Path, asked: &Asked, most: usize) -> anyhow::Result<bool> {
    let graph = graph::open(desk, path)?;
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
    };
    if !known {
        desk.output.finish()?;
        return Ok(false);
    }
    let quotations: Vec<&Quotation> = question.quotations(&graph).collect();
    let rows: Vec<Row> = quotations.iter().take(most).map(|quotation| row(&graph, quotation)).collect();
    desk.output.rows_of(&rows)?;
    desk.output.finish()?;
    super::more(desk, rows.len(), quotations.len(), "quotations");
    Ok(!rows.is_empty())
}

fn row(graph: &KnowledgeGraph, quotation: &Quotation) -> Row {
    let name = |key: &String| graph.name_of(key).to_owned();
    let speaker = quotation.speaker.as_ref().map(name);
    let shown = speaker.clone().or_else(|| quotation.speaker_words.clone()).unwrap_or_else(|| "?".to_owned());
    let about: Vec<String> = quotation.about.iter().map(name).collect();
    let source = graph.source(quotation.document);
    let day = quotation.time.map(|t| t.from).or_else(|| source.and_then(|s| s.published));
    let place = source.map_or_else(String::new, |source| match source.source.rsplit_once(':') {
        Some((_, n)) if !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) => source.source.clone(),
        _ => format!("{}:{}", source.source, quotation.line),
    });
    let mark = match quotation.kind {
        QuotationKind::Direct => "direct",
        QuotationKind::Indirect => "indirect",
        QuotationKind::Mixed => "mixed",
    };
    let cells = vec![
        (place, Look::Dim),
        (day.map_or_else(String::new, |day| day.to_string()), Look::Dim),
        (shown, Look::Strong),
        (mark.to_owned(), Look::Dim),
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
        "confidence": quotation.confidence,
    });
    Row { cells, json }
}
