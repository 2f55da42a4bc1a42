//! Our own annotated texts: articles written for this project, and lists of the names in open texts.
//!
//! In: articles with marks in line (`[P Amina Okoye] told [O Daily Monitor]`), divided by lines `---`; or, for
//! texts that lie elsewhere, blocks of `# id` and lines `P form`, each form marked wherever it stands as whole words.
//! Out: [`Text`]s. P is a person, O an organisation, L a place, M a name of another sort.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use demarche::text::Span;

use super::augment::Draft;
use super::corpus::{Kind, Text, trim};

/// A form that is marked in a text; `-` says that it is no name.
struct Form<'a> {
    kind: Option<Kind>,
    words: &'a str,
    /// Only within this stretch of the text.
    within: Option<&'a str>,
}

fn kind(letter: &str) -> Option<Kind> {
    ["P", "O", "L", "M"].iter().position(|k| *k == letter)
}

/// Reads written articles.
pub fn written(path: &Path) -> Result<Vec<Text>> {
    let marked = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut texts = Vec::new();
    for (number, article) in marked.split("\n---\n").enumerate() {
        let id = format!("{}-{number}", path.file_stem().unwrap_or_default().to_string_lossy());
        texts.push(
            unmarked(article.trim(), id).with_context(|| format!("{}, article {number}", path.display()))?,
        );
    }
    Ok(texts)
}

/// Takes the marks out of an article.
fn unmarked(article: &str, id: String) -> Result<Text> {
    let (mut text, mut names) = (String::new(), Vec::new());
    let mut rest = article;
    while let Some((before, behind)) = rest.split_once('[') {
        text.push_str(before);
        let Some((name, after)) = behind.split_once(']') else { bail!("a mark is not closed") };
        let Some((kind, words)) = name.split_once(' ').and_then(|(k, words)| Some((kind(k)?, words))) else {
            bail!("[{name}] is no mark")
        };
        let start = text.len();
        text.push_str(words);
        names.push((start, text.len(), kind));
        rest = after;
    }
    text.push_str(rest);
    let names = names.into_iter().map(|(start, end, kind)| (trim(&text, start, end), kind)).collect();
    Ok(Text { id, text, names, silver: false, partial: false })
}

/// Reads lists of names, and marks them in the texts; texts that `texts` lacks are left out.
pub fn listed(path: &Path, texts: &HashMap<String, String>) -> Result<Vec<Text>> {
    let lists = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut out = Vec::new();
    for block in format!("\n{lists}").split("\n# ").skip(1) {
        let (id, lines) = block.split_once('\n').unwrap_or((block, ""));
        let Some(text) = texts.get(id.trim()) else { continue };
        let forms: Vec<Form> = lines.lines().filter_map(form).collect();
        let names = marked(text, &forms);
        out.push(Text { id: id.trim().to_owned(), text: text.clone(), names, silver: false, partial: false });
    }
    Ok(out)
}

fn form(line: &str) -> Option<Form<'_>> {
    let (letter, words) = line.trim_end().split_once(' ')?;
    let kind = kind(letter);
    if kind.is_none() && letter != "-" {
        return None;
    }
    let (words, within) = words.split_once(" @ ").map_or((words, None), |(w, stretch)| (w, Some(stretch)));
    Some(Form { kind, words, within })
}

/// The names of a text: forms bound to a stretch first, then the longest.
fn marked(text: &str, forms: &[Form]) -> Vec<(Span, Kind)> {
    let mut found = Vec::new();
    for form in forms.iter().filter(|f| !f.words.is_empty()) {
        let stretches = match form.within {
            None => vec![(0, text)],
            Some(stretch) => text.match_indices(stretch).collect(),
        };
        for (offset, stretch) in stretches {
            for (at, words) in stretch.match_indices(form.words) {
                let (start, end) = (offset + at, offset + at + words.len());
                if whole(text, start, end) {
                    found.push((form.within.is_none(), start, end, form.kind));
                }
            }
        }
    }
    found.sort_by_key(|(free, start, end, _)| (*free, usize::MAX - (end - start), *start));
    let mut taken: Vec<(Span, Option<Kind>)> = Vec::new();
    for (_, start, end, kind) in found {
        let span = Span::new(start, end);
        if !taken.iter().any(|(other, _)| other.overlaps(span)) {
            taken.push((span, kind));
        }
    }
    taken.sort();
    let named =
        taken.into_iter().filter_map(|(s, kind)| Some((trim(text, s.start as usize, s.end as usize), kind?)));
    named.filter(|(span, _)| !span.is_empty()).collect()
}

/// Some paragraphs of the texts as texts of their own: a lone sentence has no full name elsewhere to lean on. In
/// some of them people have no more than their last name.
pub fn excerpts(texts: &[Text]) -> Vec<Text> {
    let mut out = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let mut start = 0;
        for (at, line) in text.text.split_inclusive('\n').enumerate() {
            let range = Span::new(start, start + line.trim_end().len());
            start += line.len();
            let short = match (at + number) % 3 {
                0 => false,
                1 => true,
                _ => continue,
            };
            if line.split_whitespace().count() >= 8 {
                out.push(excerpt(text, range, short, format!("{}/{at}", text.id)));
            }
        }
    }
    out
}

/// A stretch of a text, with the last names of people only if `short`.
fn excerpt(text: &Text, range: Span, short: bool, id: String) -> Text {
    let shorten = |name: &str, kind: Kind| {
        let last = name.rsplit(' ').next().filter(|l| kind == 0 && short && l.chars().count() > 3);
        last.unwrap_or(name).to_owned()
    };
    let mut draft = Draft::default();
    draft.quote(text, range, shorten, str::to_owned);
    Text { id, ..draft.of(text) }
}

/// True if no word is cut.
fn whole(text: &str, start: usize, end: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !letter(text[..start].chars().next_back()) && !letter(text[end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &Text) -> Vec<(&str, Kind)> {
        text.names.iter().map(|(span, kind)| (span.of(&text.text), *kind)).collect()
    }

    #[test]
    fn marks_become_spans() {
        let text = unmarked("[L Gulu]: the [O High Court] met, [P Okoye] said.", "a".into()).unwrap();
        assert_eq!(text.text, "Gulu: the High Court met, Okoye said.");
        assert_eq!(shown(&text), [("Gulu", 2), ("High Court", 1), ("Okoye", 0)]);
        assert!(unmarked("[X Gulu]", "a".into()).is_err());
        assert!(unmarked("in [L Gulu", "a".into()).is_err());
    }

    #[test]
    fn excerpts_shorten_people() {
        let text = unmarked(
            "One.\n[P Amina Okoye] told [O Daily Monitor] in [L New York] that she would go.",
            "a".into(),
        );
        let all = excerpts(&[text.unwrap()]);
        let shown: Vec<_> = all.iter().flat_map(shown).collect();
        assert_eq!(shown, [("Okoye", 0), ("Daily Monitor", 1), ("New York", 2)]);
        assert!(all[0].text.starts_with("Okoye told"));
    }

    #[test]
    fn the_longest_form_counts_and_a_stretch_overrides() {
        let text = "Ann Chad left Chad. Chad beat Mali 2-1; Chadian fans sang. State aid.";
        let lines =
            "P Ann Chad\nL Chad\nO Chad @ Chad beat Mali\nO Mali\nM Chadian\nL State\n- State @ State aid";
        let forms: Vec<Form> = lines.lines().filter_map(form).collect();
        let names = marked(text, &forms);
        let text = Text { id: String::new(), text: text.to_owned(), names, silver: false, partial: false };
        let expected = [("Ann Chad", 0), ("Chad", 2), ("Chad", 1), ("Mali", 1), ("Chadian", 3)];
        assert_eq!(shown(&text), expected);
    }
}
