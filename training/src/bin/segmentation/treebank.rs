//! A treebank's documents as raw text with the spans that are wanted.
//!
//! In: a `.conllu` file. Out: for each document its text, rebuilt from the `# text` lines, and the
//! spans of tokens and sentences. A blank line stands where the source had a break: at `# newpar`,
//! and with [`Breaks::Blocks`] also where a block of GUM's `# newpar_block` ends. In
//! `p (6 s) | figure (1 s) | caption (1 s)` a caption of one sentence opens a paragraph of six: on
//! the page it stands under a picture, not on a line with the second sentence.
//! Left out: line ends that the treebanks did not keep (EWT joins the lines of an e-mail's head).

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};

/// One document of a treebank: its raw text and its gold spans, in bytes.
#[derive(Default)]
pub struct Gold {
    pub id: String,
    pub text: String,
    pub tokens: BTreeSet<(usize, usize)>,
    pub sentences: BTreeSet<(usize, usize)>,
}

/// Where blank lines are put.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Breaks {
    /// Where a paragraph begins.
    Paragraphs,
    /// Where a paragraph begins and where any block ends.
    Blocks,
}

/// Reads a treebank's documents.
pub fn read(path: &Path, breaks: Breaks) -> Result<Vec<Gold>> {
    let file = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut golds: Vec<Gold> = Vec::new();
    let mut fresh = false;
    let mut open: Vec<usize> = Vec::new(); // sentences left in each open block
    for sentence in file.split("\n\n").filter(|b| !b.trim().is_empty()) {
        let mut text = "";
        for line in sentence.lines().take_while(|l| l.starts_with('#')) {
            if let Some(id) = line.strip_prefix("# newdoc id = ") {
                golds.push(Gold { id: id.to_owned(), ..Gold::default() });
                open.clear();
            } else if line == "# newpar" || line.starts_with("# newpar id") {
                fresh = true;
            } else if let Some(blocks) = line.strip_prefix("# newpar_block = ") {
                open.extend(blocks.split(" | ").filter_map(length));
            } else if let Some(raw) = line.strip_prefix("# text = ") {
                text = raw;
            }
        }
        let gold = golds.last_mut().context("a sentence before the first document")?;
        if !gold.text.is_empty() {
            gold.text.push_str(if fresh { "\n\n" } else { " " });
        }
        open.iter_mut().for_each(|left| *left = left.saturating_sub(1));
        let before = open.len();
        open.retain(|left| *left > 0);
        fresh = breaks == Breaks::Blocks && open.len() < before;
        let start = gold.text.len();
        gold.text.push_str(text);
        gold.sentences.insert((start, gold.text.len()));
        let mut at = start;
        for form in sentence.lines().filter(|l| !l.starts_with('#')).filter_map(form) {
            // A form that is not in the text (a spelling undone by the annotators) is passed over.
            let Some(found) = gold.text.get(at..).and_then(|rest| rest.find(form)) else { continue };
            gold.tokens.insert((at + found, at + found + form.len()));
            at += found + form.len();
        }
    }
    Ok(golds)
}

/// The form of a syntactic word's line.
fn form(line: &str) -> Option<&str> {
    let mut cells = line.split('\t');
    let id = cells.next()?;
    let form = cells.next()?;
    id.bytes().all(|b| b.is_ascii_digit()).then_some(form)
}

/// "caption rend:::\"bold\" (2 s)" has two sentences.
fn length(block: &str) -> Option<usize> {
    block.trim().strip_suffix(" s)")?.rsplit_once('(')?.1.parse().ok()
}
