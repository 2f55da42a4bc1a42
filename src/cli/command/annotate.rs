//! `demarche annotate FILE…`: the text itself with names, triggers and quotations marked.
//!
//! In: articles. Out: on a terminal colours and underlines, elsewhere brackets; with `-o` one web page of
//! all of them; with `--format jsonl` the marks, their places counted in code points.

use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use anyhow::Context;
use serde_json::json;

use super::Desk;
use crate::Analysis;
use crate::cli::output::{Look, Output, Row};
use crate::cli::reading::analyze_all;
use crate::cli::typed::Format;
use crate::entity::Form;
use crate::export::annotation::{Annotation, MarkKind, Page, plain};
use crate::graph::replace_file;
use crate::lexicon::Kind;
use crate::text::CodePoints;

pub(super) fn run(desk: &mut Desk<'_>, files: &[PathBuf], output: Option<&Path>) -> anyhow::Result<bool> {
    let lexicon = desk.lexicon();
    let mut page = output.map(|_| Page::default());
    let out = &mut *desk.output;
    let (mut texts, mut marks) = (0, 0);
    analyze_all(files, desk.threads, false, &lexicon, desk.messages, |_, analysis, _| {
        let annotation = Annotation::of(&analysis, &lexicon);
        marks += annotation.marks.len();
        match &mut page {
            Some(page) => page.add(&analysis, &lexicon),
            None if out.format() == Format::Table => {
                if texts > 0 {
                    out.words("\n", Style::new())?;
                }
                show(out, &analysis, &annotation)?;
            }
            None => out.rows_of(&[Row { cells: Vec::new(), json: value(&analysis, &annotation) }])?,
        }
        texts += 1;
        Ok(())
    })?;
    if let (Some(path), Some(page)) = (output, &page) {
        replace_file(path, |file| file.write_all(page.finish().as_bytes()))
            .with_context(|| path.display().to_string())?;
        desk.messages.summary(format!("{}: {marks} marks in {texts} articles", path.display()));
    } else {
        desk.output.finish()?;
        if desk.output.format() == Format::Table && marks > 0 {
            desk.messages.summary(if desk.output.is_colored() {
                "coloured: who; underlined: what happens; in italics: what is said"
            } else {
                "[who] {what happens} <what is said>"
            });
        }
    }
    Ok(marks > 0)
}

/// Prints one text, under its place where nothing else tells it.
fn show(out: &mut Output, analysis: &Analysis, annotation: &Annotation<'_>) -> anyhow::Result<()> {
    out.line(&analysis.document.source, Look::Dim)?;
    if out.is_colored() {
        for piece in annotation.pieces() {
            let marks = piece.marks.iter().filter_map(|at| annotation.marks.get(*at));
            let style = marks.fold(Style::new(), |style, mark| style_of(style, mark.kind));
            out.words(piece.span.of(annotation.text), style)?;
        }
    } else {
        out.words(&plain(annotation), Style::new())?;
    }
    if !annotation.text.ends_with('\n') {
        out.words("\n", Style::new())?;
    }
    Ok(())
}

/// A style with one more mark in it: colour, underline and slant are for one sort each.
fn style_of(style: Style, kind: MarkKind) -> Style {
    match kind {
        MarkKind::Quotation => style.italic(),
        MarkKind::Trigger => style.underline(),
        MarkKind::Entity(kind, form) => {
            let color = match kind {
                Kind::Person => AnsiColor::Cyan,
                Kind::Country => AnsiColor::Yellow,
                Kind::Organization => AnsiColor::Green,
                Kind::Place => AnsiColor::Magenta,
                Kind::Group => AnsiColor::Blue,
                Kind::Other => AnsiColor::White,
            };
            let style = style.fg_color(Some(color.into()));
            if form == Form::Name { style.bold() } else { style }
        }
    }
}

/// The text and its marks for programs.
fn value(analysis: &Analysis, annotation: &Annotation<'_>) -> serde_json::Value {
    let points = CodePoints::new(annotation.text);
    let marks: Vec<_> = annotation
        .marks
        .iter()
        .map(|mark| {
            let (kind, form) = match mark.kind {
                MarkKind::Entity(kind, form) => (Some(kind), Some(form)),
                _ => (None, None),
            };
            json!({
                "start": points.at(mark.span.start),
                "end": points.at(mark.span.end),
                "mark": mark.kind,
                "kind": kind,
                "form": form,
                "label": mark.label,
            })
        })
        .collect();
    let document = &analysis.document;
    json!({"document": document.id, "source": document.source, "text": document.text, "marks": marks})
}
