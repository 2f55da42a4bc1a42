//! What is seen of the edges that readers judged: what `training/trust.py` learns from.
//!
//! In: the sheets of docs/reading (document, code points of the trigger, predicate, verdict and, in later ones, both
//! sides, polarity and modality; of quotations the code points of their first words, speaker, and verdicts on both) and the texts
//! that they are about. Out: one JSON line an edge or quotation that still stands as it
//! was judged: sheet, document, verdict, predicate, the rule's grade and the features' buckets.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, ensure};
use demarche::relation::repair::repair;
use demarche::relation::trust::feature::View;
use demarche::relation::{Argument, Relation};
use demarche::text::CodePoints;
use demarche::{Analysis, Lexicon, Model, analyze};
use serde_json::json;

/// Which sheets and texts.
#[derive(clap::Args)]
pub struct Trust {
    /// Sheets of judged edges: tab-separated, with a head.
    #[arg(long = "sheet", required = true)]
    sheets: Vec<PathBuf>,
    /// The texts: JSON Lines with id and text.
    #[arg(long = "text", required = true)]
    texts: Vec<PathBuf>,
    /// Where the lines go.
    #[arg(long)]
    out: PathBuf,
}

/// One judged edge.
struct Row {
    sheet: String,
    cells: HashMap<String, String>,
}

impl Row {
    fn cell(&self, name: &str) -> Option<&str> {
        self.cells.get(name).map(String::as_str)
    }

    /// First and last code point of the trigger.
    fn place(&self) -> Result<(u32, u32)> {
        let characters = self.cell("characters").unwrap_or_default();
        let (start, end) =
            characters.split_once('-').with_context(|| format!("{}: {characters}", self.sheet))?;
        Ok((start.parse()?, end.parse()?))
    }
}

/// Reads, analyses, writes.
pub fn run(wanted: &Trust) -> Result<()> {
    let mut rows: HashMap<String, Vec<Row>> = HashMap::new();
    for path in &wanted.sheets {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let sheet = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut lines = text.lines();
        let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        ensure!(head.first() == Some(&"document"), "{}: no head", path.display());
        for line in lines {
            let cells: HashMap<_, _> =
                head.iter().zip(line.split('\t')).map(|(h, c)| ((*h).to_owned(), c.to_owned())).collect();
            let document = cells.get("document").cloned().unwrap_or_default();
            rows.entry(document).or_default().push(Row { sheet: sheet.clone(), cells });
        }
    }
    let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
    let mut out = BufWriter::new(File::create(&wanted.out)?);
    let (mut judged, mut standing) = (0, 0);
    for article in demarche::source::read(&wanted.texts) {
        let article = article.map_err(|error| anyhow!("{error}"))?;
        let Some(rows) = rows.remove(&article.id) else { continue };
        let analysis = analyze(&article, &lexicon, &model);
        judged += rows.len();
        standing += write(&rows, &analysis, &lexicon, &mut out)?;
    }
    println!("{standing} of {judged} judged edges stand as they were");
    Ok(())
}

/// Writes the edges of one document that stand as they were judged; gives their number.
fn write(rows: &[Row], analysis: &Analysis, lexicon: &Lexicon, out: &mut impl Write) -> Result<usize> {
    let Analysis { document, syntax, entities, relations } = analysis;
    let syntax = &repair(document, syntax, entities, lexicon);
    let view = View::new(document, syntax, entities, lexicon, &relations.relations);
    let points = CodePoints::new(&document.text);
    let name = |side: Option<Argument>| {
        side.and_then(|s| entities.entities.get(s.entity.at())).map_or("?", |e| e.name.as_str())
    };
    let predicate = |r: &Relation| lexicon.predicates.get(r.predicate.at()).map_or("", |p| p.name.as_str());
    let mut written = 0;
    for row in rows {
        let (start, end) = row.place()?;
        if row.cell("speaker").is_some() {
            written += usize::from(write_quotation(row, (start, end), analysis, &view, &points, out)?);
            continue;
        }
        let trigger = |r: &&Relation| {
            let span = r.evidence.trigger;
            points.at(span.start) < end && start < points.at(span.end)
        };
        let same = |cell: &str, value: &str| row.cell(cell).is_none_or(|judged| judged == value);
        let as_judged = |r: &&Relation| {
            same("what", predicate(r))
                && same("subject", name(r.subject))
                && same("object", name(r.object))
                && same("polarity", r.polarity.as_str())
                && same("modality", r.modality.as_str())
        };
        let mut found = relations.relations.iter().filter(trigger).filter(as_judged);
        // Without its sides in the sheet, an edge is known only where it is the only one.
        let (Some(edge), more) = (found.next(), found.next()) else { continue };
        if more.is_some() && row.cell("subject").is_none() {
            continue;
        }
        let line = json!({
            "sheet": row.sheet, "document": document.id, "right": row.cell("verdict") == Some("right"),
            "predicate": predicate(edge), "version": row.cell("version"),
            "event": !edge.cameo(lexicon).is_empty(), "grade": edge.evidence.grade,
            "confidence": edge.confidence, "features": view.features(edge),
        });
        writeln!(out, "{line}")?;
        written += 1;
    }
    Ok(written)
}

/// Writes a quotation of a document that stands as it was judged; true if it does.
fn write_quotation(
    row: &Row,
    place: (u32, u32),
    analysis: &Analysis,
    view: &View,
    points: &CodePoints,
    out: &mut impl Write,
) -> Result<bool> {
    let entities = &analysis.entities.entities;
    let name = |side: Option<Argument>| {
        side.and_then(|s| entities.get(s.entity.at())).map_or("?", |e| e.name.as_str())
    };
    let found = analysis.relations.quotations.iter().find(|q| {
        let first = q.segments.first().copied().unwrap_or_default();
        (points.at(first.start), points.at(first.end)) == place
            && row.cell("speaker") == Some(name(q.speaker))
    });
    let Some(quotation) = found else { return Ok(false) };
    let line = json!({
        "sheet": row.sheet, "document": analysis.document.id,
        "right": row.cell("verdict") == Some("right") && row.cell("words") == Some("right"),
        "speaker_right": row.cell("verdict") == Some("right"),
        "predicate": "quotation", "event": false, "grade": quotation.grade, "confidence": quotation.confidence,
        "features": view.features_of_quotation(quotation),
    });
    writeln!(out, "{line}")?;
    Ok(true)
}
