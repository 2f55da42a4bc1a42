//! The annotated texts: gold sets and silver sets become labelled documents.
//!
//! In: JSON Lines with `id`, `text` and `entities` (code points), or the texts and the entities in
//! two files joined by `id`. Out: [`Example`]s: a document as the program itself segments it, and
//! a label for each token.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use demarche::document::{self, Document};
use demarche::entity::names::Name;
use demarche::entity::names::tagger::{BEGINS, Label, OTHER, OUTSIDE};
use demarche::lexicon::{self, NameUse};
use demarche::text::Span;
use demarche::{Article, Lexicon};
use serde_json::Value;

/// Person, organisation, place: an index into [`BEGINS`]; 3 is a name of another sort.
pub type Kind = usize;

/// A stretch on which annotators disagree: nothing is learnt from it.
pub const DOUBT: Kind = 4;

/// A text with its names.
#[derive(Clone, Debug)]
pub struct Text {
    pub id: String,
    pub text: String,
    /// Sorted spans in bytes, without overlap.
    pub names: Vec<(Span, Kind)>,
    /// True for names that no person has checked.
    pub silver: bool,
    /// True if names of other sorts are not marked.
    pub partial: bool,
}

/// What a listed name can be.
#[derive(Default)]
struct Sorts {
    demonym: bool,
    kinds: [bool; 3],
}

/// A segmented text with a label for each token.
pub struct Example {
    pub text: Text,
    pub document: Document,
    labels: Vec<Label>,
    doubts: Vec<bool>,
}

/// Reads a gold set.
pub fn gold(path: &Path) -> Result<Vec<Text>> {
    let mut texts = Vec::new();
    for row in rows(path)? {
        let text = row["text"].as_str().unwrap_or_default().to_owned();
        texts.push(annotated(&row, text, false));
    }
    let partial = !texts.iter().any(|t| t.names.iter().any(|(_, kind)| *kind == 3));
    texts.iter_mut().for_each(|t| t.partial = partial);
    Ok(texts)
}

/// Reads a silver set: the names from one file, the texts with the same `id` from others.
pub fn silver(names: &Path, texts: &[PathBuf]) -> Result<Vec<Text>> {
    let mut by_id = self::texts(texts)?;
    let joined = rows(names)?.into_iter().filter_map(|row| {
        let text = by_id.remove(row["id"].as_str()?)?;
        Some(annotated(&row, text, true))
    });
    Ok(joined.collect())
}

/// The texts of some files by their ids.
pub fn texts(paths: &[PathBuf]) -> Result<HashMap<String, String>> {
    let mut by_id = HashMap::new();
    for path in paths {
        for mut row in rows(path)? {
            if let (Some(id), Value::String(text)) =
                (row["id"].as_str().map(str::to_owned), row["text"].take())
            {
                by_id.insert(id, text);
            }
        }
    }
    Ok(by_id)
}

fn rows(path: &Path) -> Result<Vec<Value>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let rows = BufReader::new(file).lines().map(|line| Ok(serde_json::from_str(&line?)?));
    rows.collect::<Result<_>>().with_context(|| path.display().to_string())
}

/// The names of a row, as byte spans, trimmed.
fn annotated(row: &Value, text: String, silver: bool) -> Text {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let at = |v: &Value| v.as_u64().and_then(|n| bytes.get(n as usize).copied());
    let mut names = Vec::new();
    for entity in row["entities"].as_array().into_iter().flatten() {
        let kind = match entity["type"].as_str() {
            Some("PER") => 0,
            Some("ORG") => 1,
            Some("LOC" | "GPE" | "FAC") => 2,
            Some("MISC") => 3,
            _ => continue,
        };
        // GUM marks descriptions too; a named mention carries the place of its name.
        let (start, end) = match (entity.get("kind"), entity.get("name")) {
            (None, _) => (at(&entity["start"]), at(&entity["end"])),
            (Some(k), Some(name)) if k == "named" => (at(&name[0]), at(&name[1])),
            _ => continue,
        };
        if let (Some(start), Some(end)) = (start, end) {
            let span = trim(&text, start, end);
            if !span.is_empty() {
                names.push((span, kind));
            }
        }
    }
    names.sort_by_key(|(span, kind)| (span.start, u32::MAX - span.end, *kind));
    names.dedup();
    Text { id: row["id"].as_str().unwrap_or_default().to_owned(), text, names, silver, partial: silver }
}

const LEADS: [&str; 7] = ["the", "a", "an", "mr", "mrs", "ms", "dr"];

/// Leaves out a leading article or courtesy title and a trailing possessive, as the scorer does.
pub fn trim(text: &str, mut start: usize, mut end: usize) -> Span {
    let whole = text.get(start..end).unwrap_or("");
    if let Some((first, rest)) = whole.split_once(char::is_whitespace) {
        let lower = first.to_ascii_lowercase();
        let lead = LEADS
            .iter()
            .any(|l| *l == lower || (l.len() < 4 && l.starts_with(['m', 'd']) && lower == format!("{l}.")));
        if lead {
            start += whole.len() - rest.trim_start().len();
        }
    }
    for tail in [" 's", "'s", "’s", "'", "’", ","] {
        if text.get(start..end).is_some_and(|t| t.ends_with(tail)) {
            end -= tail.len();
        }
    }
    let inner = text.get(start..end).unwrap_or("");
    let kept = inner.trim_start_matches([' ', '\n', '"', '“', '”', '‘']);
    start += inner.len() - kept.len();
    end = start + kept.trim_end_matches([' ', '\n', '"', '“', '”']).len();
    Span::new(start, end)
}

/// Segments a text and gives each token its label.
pub fn label(text: Text, lexicon: &Lexicon) -> Example {
    let article = Article { id: text.id.clone(), body: text.text.clone(), ..Article::default() };
    let document = document::segment(&article, lexicon);
    let mut labels = vec![OUTSIDE; document.tokens.len()];
    let mut doubts = vec![false; document.tokens.len()];
    let mut at = 0;
    for (span, kind) in &text.names {
        // Tokens that only touch the name ("Paris-based" where it is one) stay outside.
        while document.tokens.get(at).is_some_and(|t| t.start < span.start) {
            at += 1;
        }
        let first = at;
        while document.tokens.get(at).is_some_and(|t| t.end <= span.end) {
            at += 1;
        }
        if *kind == DOUBT {
            doubts[first..at].fill(true);
        } else {
            write(&mut labels, first, at, *kind);
        }
    }
    let mut example = Example { text, document, labels, doubts };
    example.correct(lexicon);
    // A name never crosses a sentence.
    for sentence in &example.document.sentences {
        if let Some(label) = example.labels.get_mut(sentence.first.at())
            && *label != OUTSIDE
            && label.is_multiple_of(2)
        {
            *label -= 1;
        }
    }
    example
}

fn write(labels: &mut [Label], first: usize, end: usize, kind: Kind) {
    for (n, label) in labels.iter_mut().enumerate().take(end).skip(first) {
        *label = BEGINS.get(kind).map_or(OTHER, |begin| begin + u8::from(n > first));
    }
}

/// The byte spans and kinds of recognised names.
pub fn spans(document: &Document, names: &[Name]) -> Vec<(Span, Kind)> {
    let span = |name: &Name| {
        let tokens = &document.tokens[name.first.at()..name.end.at()];
        let kind = match name.kind {
            lexicon::Kind::Person => 0,
            lexicon::Kind::Organization => 1,
            _ => 2,
        };
        (tokens[0].cover(tokens[tokens.len() - 1]), kind)
    };
    names.iter().map(span).collect()
}

impl Example {
    /// The labels that a token may bear, one bit a label.
    pub fn allowed(&self, at: usize) -> u8 {
        match self.labels[at] {
            OUTSIDE if self.doubts[at] => u8::MAX,
            OUTSIDE if self.text.partial => 1 << OUTSIDE | 1 << OTHER,
            label => 1 << label,
        }
    }

    /// Puts right what the tables know better.
    ///
    /// In every set, words for people by their country are no names, alone. In a silver set a listed
    /// name that can be one thing only is that thing, and is a name even where it was missed.
    fn correct(&mut self, lexicon: &Lexicon) {
        for sentence in &self.document.sentences {
            let (mut at, end) = (sentence.first.at(), sentence.end.at());
            while at < end {
                let Some((length, sorts)) = self.listed(at, end, lexicon) else {
                    at += 1;
                    continue;
                };
                let stop = at + length;
                let whole = self.labels[at] == OUTSIDE || !self.labels[at].is_multiple_of(2);
                let inside = |l: &Label| *l != OUTSIDE && (l.is_multiple_of(2) || *l == OTHER);
                let alone = whole && !self.labels.get(stop).is_some_and(inside);
                let named = self.labels[at] != OUTSIDE && self.labels[at + 1..stop].iter().all(inside);
                let free = self.labels[at..stop].iter().all(|l| *l == OUTSIDE);
                match sorts {
                    Sorts { demonym: true, kinds: [false, false, false] } if named && alone => {
                        self.labels[at..stop].fill(OUTSIDE);
                    }
                    Sorts { demonym: false, kinds } if self.text.silver && alone && (named || free) => {
                        let kind = match kinds {
                            [true, false, false] if length > 1 => Some(0),
                            [false, true, false] => Some(1),
                            [false, false, true] => Some(2),
                            _ => None,
                        };
                        let capital =
                            self.document.str(self.document.tokens[at]).starts_with(char::is_uppercase);
                        if let Some(kind) = kind.filter(|_| capital) {
                            write(&mut self.labels, at, stop, kind);
                        }
                    }
                    _ => {}
                }
                at = stop;
            }
        }
    }

    /// The longest listed name that begins at a token: its length and what it can be.
    fn listed(&self, at: usize, end: usize, lexicon: &Lexicon) -> Option<(usize, Sorts)> {
        let matches = lexicon.gazetteer.names_at(&self.document.text, &self.document.tokens[at..end]);
        let length = matches.first()?.tokens;
        let mut sorts = Sorts::default();
        for found in matches.iter().take_while(|m| m.tokens == length) {
            match (found.name_use, lexicon.gazetteer.entry(found.entry).kind) {
                (NameUse::Adjective | NameUse::Demonym, _) => sorts.demonym = true,
                (_, lexicon::Kind::Person) => sorts.kinds[0] = true,
                (_, lexicon::Kind::Organization) => sorts.kinds[1] = true,
                (_, lexicon::Kind::Country | lexicon::Kind::Place) => sorts.kinds[2] = true,
                _ => {}
            }
        }
        Some((usize::from(length).min(end - at), sorts))
    }

    /// How many names begin and end with a token: no others can be found.
    pub fn reachable(&self) -> usize {
        let tokens = &self.document.tokens;
        let begins = |at: u32| tokens.binary_search_by_key(&at, |t| t.start).is_ok();
        let ends = |at: u32| tokens.binary_search_by_key(&at, |t| t.end).is_ok();
        self.text.names.iter().filter(|(span, _)| begins(span.start) && ends(span.end)).count()
    }
}
