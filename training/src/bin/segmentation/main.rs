//! Measures tokens and sentences against treebanks of Universal Dependencies.
//!
//! `cargo run -p demarche-training --bin segmentation -- TREEBANK_DIR [--part train] [--classes] [--errors]`:
//! for every `*-dev.conllu` the raw text is rebuilt (`treebank.rs`) and what `document::segment` makes
//! of it is compared span by span. GUM says which blocks stand within a paragraph, so it is measured
//! twice: with blank lines only where a paragraph begins, and with one at the end of every block too.
//! GUM's news documents are also reported alone. `--classes` counts the errors by class, `--errors`
//! prints them.

mod class;
mod score;
mod treebank;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use demarche::{Article, Lexicon, document};

use score::Score;
use treebank::{Breaks, Gold};

/// What the user wants to see.
#[derive(Clone, Copy, Default)]
struct Show {
    errors: bool,
    classes: bool,
}

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let mut dir = None;
    let (mut show, mut part) = (Show::default(), "dev".to_owned());
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--errors" => show.errors = true,
            "--classes" => show.classes = true,
            "--part" => part = args.next().context("--part needs dev or train")?,
            _ => dir = Some(arg),
        }
    }
    let dir = dir.context("usage: segmentation TREEBANK_DIR [--part train] [--classes] [--errors]")?;
    let mut paths: Vec<_> = std::fs::read_dir(&dir)?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|p| p.to_string_lossy().ends_with(&format!("-{part}.conllu"))) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let by_paragraph = treebank::read(path, Breaks::Paragraphs)?;
        report(&name, &by_paragraph, |_| true, if name.contains("gum") { Show::default() } else { show });
        if name.contains("gum") {
            let news = |gold: &Gold| gold.id.starts_with("GUM_news");
            let by_block = treebank::read(path, Breaks::Blocks)?;
            report("GUM news", &by_paragraph, news, Show::default());
            report(&format!("{name}, blocks"), &by_block, |_| true, show);
            report("GUM news, blocks", &by_block, news, Show { errors: false, ..show });
        }
    }
    Ok(())
}

/// Prints how well the documents that `wanted` picks are cut.
fn report(name: &str, golds: &[Gold], wanted: impl Fn(&Gold) -> bool, show: Show) {
    let lexicon = Lexicon::builtin();
    let (mut tokens, mut sentences) = (Score::default(), Score::default());
    let mut classes: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for gold in golds.iter().filter(|gold| wanted(gold)) {
        let article = Article { body: gold.text.clone(), ..Article::default() };
        let document = document::segment(&article, &lexicon);
        let span = |span: demarche::text::Span| (span.start as usize, span.end as usize);
        let found: BTreeSet<_> = document.tokens.iter().map(|s| span(*s)).collect();
        let spans: BTreeSet<_> = document.sentences.iter().map(|s| span(s.span)).collect();
        tokens.add(&found, &gold.tokens);
        sentences.add(&spans, &gold.sentences);
        if show.errors {
            for (wanted, got) in class::regions(&gold.text, &gold.tokens, &found) {
                println!("tokens\t{}\t{wanted}\t→\t{got}", gold.id);
            }
        }
        for (kind, at) in class::boundaries(&gold.sentences, &spans) {
            let class = class::of(&gold.text, at);
            if show.errors {
                println!("{kind}\t{}\t{class}\t{}", gold.id, class::around(&gold.text, at));
            }
            *classes.entry((kind, class)).or_default() += 1;
        }
    }
    if show.classes {
        let mut rows: Vec<_> = classes.into_iter().collect();
        rows.sort_by_key(|((kind, class), count)| (*kind, std::cmp::Reverse(*count), class.clone()));
        for ((kind, class), count) in rows {
            println!("{count:6} {kind:9} {class}");
        }
    }
    println!("{name:24} tokens    {}", tokens.line());
    println!("{name:24} sentences {}", sentences.line());
}
