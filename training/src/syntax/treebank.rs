//! Reads CoNLL-U: words, tags, heads, relations, lemmas.
//!
//! In: files of a folder whose names end so. Out: [`Sentence`]s in the order of file names. Ranges
//! of multiword tokens (`8-9`) and empty nodes (`8.1`) are skipped.

use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};
use demarche::syntax::label::{Deprel, Upos, Xpos};

/// One annotated sentence. `heads` counts from 1, 0 is the root.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    pub forms: Vec<String>,
    pub lemmas: Vec<String>,
    pub tags: Vec<Option<(Upos, Xpos)>>,
    pub heads: Vec<u32>,
    pub deps: Vec<Deprel>,
    /// No space follows.
    pub glued: Vec<bool>,
}

/// All sentences of the files in `folder` whose names end in `ending`.
pub fn read_all(folder: &Path, ending: &str) -> anyhow::Result<Vec<Sentence>> {
    let mut sentences = Vec::new();
    for path in files(folder, ending)? {
        sentences.extend(read(&path)?);
    }
    Ok(sentences)
}

/// The files in `folder` whose names end in `ending`, by name.
pub fn files(folder: &Path, ending: &str) -> anyhow::Result<Vec<std::path::PathBuf>> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    paths.sort();
    ensure!(!paths.is_empty(), "{}: no file *{ending}", folder.display());
    Ok(paths)
}

/// The sentences of one file.
pub fn read(path: &Path) -> anyhow::Result<Vec<Sentence>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let (mut sentences, mut sentence) = (Vec::new(), Sentence::default());
    for (n, line) in text.lines().enumerate() {
        if line.is_empty() {
            if !sentence.forms.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
        } else if !line.starts_with('#') {
            row(line, &mut sentence).with_context(|| format!("{}:{}: not a row", path.display(), n + 1))?;
        }
    }
    if !sentence.forms.is_empty() {
        sentences.push(sentence);
    }
    Ok(sentences)
}

fn row(line: &str, sentence: &mut Sentence) -> Option<()> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, xpos, _, head, dep, _, misc] = fields[..] else { return None };
    if id.contains(['-', '.']) {
        return Some(());
    }
    sentence.forms.push(form.to_owned());
    sentence.lemmas.push(lemma.to_owned());
    sentence.tags.push(Upos::parse(upos).zip(Xpos::parse(xpos)));
    sentence.heads.push(head.parse().ok()?);
    sentence.deps.push(Deprel::parse(dep).unwrap_or_default());
    sentence.glued.push(misc.contains("SpaceAfter=No"));
    Some(())
}
