//! Scores the library on a treebank's dev files: tags, trees, labels, lemmas, speed.
//!
//! In: gold words, laid out as a document of one sentence each. Out: a printed table a file. The
//! whole way is the library's own `parse`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use demarche::Document;
use demarche::document::{Sentence as Line, ZoneKind};
use demarche::syntax::label::{Deprel, Upos};
use demarche::syntax::{Model, parse};
use demarche::text::{Span, TokenId};

use super::treebank::{self, Sentence};

/// Prints the scores of every `*-dev.conllu` in the folder.
pub fn score(folder: &Path, ending: &str, model: Option<&Path>, errors: usize) -> anyhow::Result<()> {
    let model = read(model)?;
    for path in treebank::files(folder, ending)? {
        let sentences = treebank::read(&path)?;
        let document = document(&sentences);
        let start = Instant::now();
        let syntax = parse(&document, &model);
        let seconds = start.elapsed().as_secs_f64();
        let tokens = syntax.head.len();
        let mut counts = [0usize; 6];
        // Subjects of verbs: gold, found, right.
        let mut subjects = [0usize; 3];
        let (mut verbs, mut nouns) = ([0usize; 2], [0usize; 2]);
        let mut labels: BTreeMap<Deprel, [usize; 3]> = BTreeMap::new();
        let mut at = 0;
        let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
        for sentence in &sentences {
            let first = at;
            for i in 0..sentence.forms.len() {
                let head = syntax.head[at].map_or(0, |h| h.at() - first + 1) as u32;
                let (good_head, good_dep) = (head == sentence.heads[i], syntax.dep[at] == sentence.deps[i]);
                let lemma = syntax.lemma[at] == sentence.lemmas[i];
                let upos = sentence.tags[i].map(|t| t.0);
                counts[0] += usize::from(upos == Some(syntax.upos[at]));
                counts[1] += usize::from(sentence.tags[i].map(|t| t.1) == Some(syntax.xpos[at]));
                counts[2] += usize::from(good_head);
                counts[3] += usize::from(good_head && good_dep);
                counts[4] += usize::from(lemma);
                let universal = base(syntax.dep[at]) == base(sentence.deps[i]);
                counts[5] += usize::from(good_head && universal);
                let gold_verb = verb(sentence.heads[i], |h| sentence.tags[h].map(|t| t.0));
                let gold = sentence.deps[i] == Deprel::Nsubj && gold_verb;
                let found = syntax.dep[at] == Deprel::Nsubj && verb(head, |h| Some(syntax.upos[first + h]));
                subjects[0] += usize::from(gold);
                subjects[1] += usize::from(found);
                subjects[2] += usize::from(gold && found && good_head);
                let sort = match upos {
                    Some(Upos::Verb) => Some(&mut verbs),
                    Some(Upos::Noun) => Some(&mut nouns),
                    _ => None,
                };
                if !lemma {
                    let gold = &sentence.lemmas[i];
                    let row =
                        format!("{} {}: {} for {gold}", sentence.forms[i], syntax.xpos[at], syntax.lemma[at]);
                    *wrong.entry(row).or_default() += 1;
                }
                if let Some(sort) = sort {
                    sort[0] += usize::from(lemma);
                    sort[1] += 1;
                }
                labels.entry(sentence.deps[i]).or_default()[0] += 1;
                labels.entry(syntax.dep[at]).or_default()[1] += 1;
                labels.entry(sentence.deps[i]).or_default()[2] += usize::from(good_head && good_dep);
                at += 1;
            }
        }
        let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
        println!("{}: {tokens} tokens, {:.0} tokens/s", path.display(), tokens as f64 / seconds);
        println!(
            "  UPOS {:.2}  XPOS {:.2}  UAS {:.2}  LAS {:.2} (universal {:.2})  lemma {:.2} (verbs {:.2}, nouns {:.2})",
            share(counts[0], tokens),
            share(counts[1], tokens),
            share(counts[2], tokens),
            share(counts[3], tokens),
            share(counts[5], tokens),
            share(counts[4], tokens),
            share(verbs[0], verbs[1]),
            share(nouns[0], nouns[1]),
        );
        println!("  nsubj under a verb: F {:.1}", share(2 * subjects[2], subjects[0] + subjects[1]));
        for (label, [gold, guessed, right]) in labels {
            if gold >= 30 {
                let f = 2.0 * right as f64 / (gold + guessed).max(1) as f64;
                print!("  {label} {:.1} ({gold})", 100.0 * f);
            }
        }
        println!();
        let mut wrong: Vec<_> = wrong.into_iter().collect();
        wrong.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        wrong.iter().take(errors).for_each(|(row, n)| println!("    {n} {row}"));
    }
    Ok(())
}

/// A relation without its subtype: "nsubj" of "nsubj:pass".
fn base(dep: Deprel) -> &'static str {
    dep.as_str().split(':').next().unwrap_or_default()
}

/// True if the head, counted from 1, is a verb.
fn verb(head: u32, tag: impl Fn(usize) -> Option<Upos>) -> bool {
    head > 0 && tag(head as usize - 1) == Some(Upos::Verb)
}

/// Prints the analysis of tokenised lines as CoNLL-U.
pub fn show(text: &Path, model: Option<&Path>) -> anyhow::Result<()> {
    let model = read(model)?;
    let text = fs::read_to_string(text).with_context(|| text.display().to_string())?;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let forms: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let sentence = Sentence { glued: vec![false; forms.len()], forms, ..Sentence::default() };
        let document = document(&[sentence]);
        let syntax = parse(&document, &model);
        println!("# text = {line}");
        for (i, token) in document.tokens.iter().enumerate() {
            let (upos, xpos, dep) = (syntax.upos[i], syntax.xpos[i], syntax.dep[i]);
            let head = syntax.head[i].map_or(0, |h| h.at() + 1);
            let (word, lemma) = (document.str(*token), &syntax.lemma[i]);
            println!("{}\t{word}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{dep}\t_\t_", i + 1);
        }
        println!();
    }
    Ok(())
}

fn read(model: Option<&Path>) -> anyhow::Result<Model> {
    match model {
        None => Ok(Model::builtin()),
        Some(path) => Model::read(Vec::leak(fs::read(path)?)).context("not a model file"),
    }
}

/// Lays sentences out as one document: words joined as the treebank says.
pub fn document(sentences: &[Sentence]) -> Document {
    let mut document = Document::default();
    for sentence in sentences {
        let first = document.tokens.len();
        for (form, glued) in sentence.forms.iter().zip(&sentence.glued) {
            let start = document.text.len();
            document.text.push_str(form);
            document.tokens.push(Span::new(start, document.text.len()));
            if !glued {
                document.text.push(' ');
            }
        }
        document.text.push('\n');
        let span = document.tokens[first].cover(*document.tokens.last().unwrap_or(&Span::default()));
        let (first, end) = (TokenId::from(first), TokenId::from(document.tokens.len()));
        document.sentences.push(Line { span, first, end, zone: ZoneKind::Body, paragraph: 0 });
    }
    document
}
