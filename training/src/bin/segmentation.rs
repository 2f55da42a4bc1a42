//! Measures tokens and sentences against treebanks of Universal Dependencies.
//!
//! `cargo run -p demarche-training --bin segmentation -- TREEBANK_DIR [--errors] [--part train]`: for every
//! `*-dev.conllu`, the raw text is rebuilt from `# text` lines, `# newpar` gives a blank line, and
//! what `document::segment` makes of it is compared span by span. GUM's news documents are also
//! reported alone. With `--errors`, what differs is printed.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use demarche::{Article, Lexicon, document};

/// One document of a treebank: its raw text and its gold spans, in bytes.
#[derive(Default)]
struct Gold {
    id: String,
    text: String,
    tokens: BTreeSet<(usize, usize)>,
    sentences: BTreeSet<(usize, usize)>,
}

#[derive(Default)]
struct Score {
    right: usize,
    found: usize,
    gold: usize,
}

impl Score {
    fn add(&mut self, found: &BTreeSet<(usize, usize)>, gold: &BTreeSet<(usize, usize)>) {
        self.right += found.intersection(gold).count();
        self.found += found.len();
        self.gold += gold.len();
    }

    fn line(&self) -> String {
        let share = |of: usize| 100.0 * self.right as f64 / of.max(1) as f64;
        let (p, r) = (share(self.found), share(self.gold));
        format!("P {p:6.2}  R {r:6.2}  F1 {:6.2}  ({} gold)", 2.0 * p * r / (p + r).max(1e-9), self.gold)
    }
}

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let mut dir = None;
    let (mut errors, mut part) = (false, "dev".to_owned());
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--errors" => errors = true,
            "--part" => part = args.next().context("--part needs dev or train")?,
            _ => dir = Some(arg),
        }
    }
    let dir = dir.context("usage: segmentation TREEBANK_DIR [--errors] [--part train]")?;
    let mut paths: Vec<_> = std::fs::read_dir(&dir)?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|p| p.to_string_lossy().ends_with(&format!("-{part}.conllu"))) {
        let golds = read(path)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        report(&name, golds.iter(), errors && !name.contains("gum"));
        if golds.iter().any(|g| g.id.starts_with("GUM_news")) {
            report("GUM news", golds.iter().filter(|g| g.id.starts_with("GUM_news")), errors);
        }
    }
    Ok(())
}

fn report<'a>(name: &str, golds: impl Iterator<Item = &'a Gold>, errors: bool) {
    let lexicon = Lexicon::default();
    let (mut tokens, mut sentences) = (Score::default(), Score::default());
    for gold in golds {
        let article = Article { body: gold.text.clone(), ..Article::default() };
        let document = document::segment(&article, &lexicon);
        let found: BTreeSet<_> = document.tokens.iter().map(|s| (s.start as usize, s.end as usize)).collect();
        let spans: BTreeSet<_> =
            document.sentences.iter().map(|s| (s.span.start as usize, s.span.end as usize)).collect();
        tokens.add(&found, &gold.tokens);
        sentences.add(&spans, &gold.sentences);
        if errors {
            let show = |kind: &str, a: &BTreeSet<(usize, usize)>, b: &BTreeSet<(usize, usize)>| {
                for (start, end) in a.difference(b) {
                    println!("{kind}\t{}\t{:?}", gold.id, gold.text.get(*start..*end).unwrap_or(""));
                }
            };
            show("token not found", &gold.tokens, &found);
            show("token too many", &found, &gold.tokens);
            show("sentence not found", &gold.sentences, &spans);
            show("sentence too many", &spans, &gold.sentences);
        }
    }
    println!("{name:16} tokens    {}", tokens.line());
    println!("{name:16} sentences {}", sentences.line());
}

/// Reads a treebank's documents.
fn read(path: &Path) -> Result<Vec<Gold>> {
    let file = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut golds: Vec<Gold> = Vec::new();
    let mut new_paragraph = false;
    for block in file.split("\n\n").filter(|b| !b.trim().is_empty()) {
        let mut text = "";
        for line in block.lines().take_while(|l| l.starts_with('#')) {
            if let Some(id) = line.strip_prefix("# newdoc id = ") {
                golds.push(Gold { id: id.to_owned(), ..Gold::default() });
            } else if line == "# newpar" || line.starts_with("# newpar id") {
                new_paragraph = true;
            } else if let Some(raw) = line.strip_prefix("# text = ") {
                text = raw;
            }
        }
        let gold = golds.last_mut().context("a sentence before the first document")?;
        if !gold.text.is_empty() {
            gold.text.push_str(if new_paragraph { "\n\n" } else { " " });
        }
        new_paragraph = false;
        let start = gold.text.len();
        gold.text.push_str(text);
        gold.sentences.insert((start, gold.text.len()));
        let mut at = start;
        for form in block.lines().filter(|l| !l.starts_with('#')).filter_map(|l| {
            let mut cells = l.split('\t');
            let id = cells.next()?;
            let form = cells.next()?;
            id.bytes().all(|b| b.is_ascii_digit()).then_some(form)
        }) {
            // A form that is not in the text (a spelling undone by the annotators) is passed over.
            let Some(found) = gold.text.get(at..).and_then(|rest| rest.find(form)) else { continue };
            gold.tokens.insert((at + found, at + found + form.len()));
            at += found + form.len();
        }
    }
    Ok(golds)
}
