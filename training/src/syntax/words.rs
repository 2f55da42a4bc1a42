//! Writes what the network sees: words, their hashes and, where there are any, gold trees.
//!
//! In: a treebank's files, or texts as JSON Lines (`id`, `text`). Out: one JSON object a sentence,
//! for `training/syntax/*.py`: `forms`, `words` (a row of eight hashes each, as the library
//! makes them), `spans` (code points, texts only), `tags`, `heads`, `deps` (treebanks only). The
//! features are the library's own, so that training and reading cannot differ.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use demarche::syntax::network::word::{self, Word};
use demarche::text::CodePoints;
use demarche::{Article, Lexicon, document};
use serde_json::{Value, json};

use super::augment::{self, Chance};
use super::treebank;

/// Dumps treebank files of `folder` whose names end in `ending`, each sentence in `dresses` dresses;
/// the first is its own.
pub fn dump_treebank(folder: &Path, ending: &str, dresses: u64, out: &Path) -> Result<()> {
    let mut sink = sink(out)?;
    for (n, sentence) in treebank::read_all(folder, ending)?.iter().enumerate() {
        let tags: Vec<String> =
            sentence.tags.iter().map(|t| t.map_or(String::new(), |(u, x)| format!("{u} {x}"))).collect();
        let deps: Vec<&str> = sentence.deps.iter().map(|d| d.as_str()).collect();
        for dress in 0..dresses {
            let mut chance = Chance::new(n as u64 * 1000 + dress);
            let forms: Vec<String> = match dress {
                0 => sentence.forms.clone(),
                _ => augment::dress(sentence, &mut chance).into_iter().map(String::from).collect(),
            };
            if dress > 0 && forms == sentence.forms {
                continue;
            }
            let count = forms.len();
            let row = json!({
                "n": n, "forms": forms, "words": rows(&forms),
                "tags": tags[..count], "heads": sentence.heads[..count], "deps": deps[..count],
            });
            writeln!(sink, "{row}")?;
        }
    }
    Ok(sink.flush()?)
}

/// Dumps the sentences of texts as the library segments them.
pub fn dump_texts(texts: &Path, out: &Path) -> Result<()> {
    let mut sink = sink(out)?;
    let lexicon = Lexicon::builtin();
    let file = File::open(texts).with_context(|| texts.display().to_string())?;
    for line in BufReader::new(file).lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let body = row["text"].as_str().unwrap_or_default().to_owned();
        let document = document::segment(&Article { body, ..Article::default() }, &lexicon);
        let points = CodePoints::new(&document.text);
        for sentence in &document.sentences {
            let tokens = &document.tokens[sentence.first.at()..sentence.end.at()];
            let forms: Vec<&str> = tokens.iter().map(|t| t.of(&document.text)).collect();
            let spans: Vec<[u32; 2]> =
                tokens.iter().map(|t| [points.at(t.start), points.at(t.end)]).collect();
            let row = json!({"id": row["id"], "forms": forms, "words": rows(&forms), "spans": spans});
            writeln!(sink, "{row}")?;
        }
    }
    Ok(sink.flush()?)
}

fn sink(out: &Path) -> Result<BufWriter<File>> {
    Ok(BufWriter::new(File::create(out).with_context(|| out.display().to_string())?))
}

fn rows(forms: &[impl AsRef<str>]) -> Vec<[u32; 8]> {
    let mut words: Vec<Word> = Vec::new();
    word::read(forms.iter().map(AsRef::as_ref), &mut words);
    let row = |w: &Word| {
        let [_, s2, s3, s4] = w.suffix;
        [w.lower, w.c1024, w.prefix[1], w.prefix[2], s2, s3, s4, w.shape]
    };
    words.iter().map(row).collect()
}
