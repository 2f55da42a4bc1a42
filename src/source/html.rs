//! A web page becomes an article: its title, date, address and the paragraphs of the story.
//!
//! In: HTML. Out: an [`Article`] whose body has a blank line between paragraphs. Menus, scripts and
//! the like are left out by `dom_smoothie`. A page too short for it is taken whole, tag by tag.

use dom_smoothie::{Config, Readability, TextMode};

use super::error::SourceError;
use super::{Article, date};

/// Pages with more elements than this are refused.
const MOST_ELEMENTS: usize = 200_000;

/// Deeper pages would exhaust the parser's stack.
const DEEPEST: usize = 400;

/// Reads a page.
pub(super) fn read(place: String, text: &str) -> Result<Article, SourceError> {
    let failed = |what: &str| SourceError::Page { place: place.clone(), what: what.to_owned() };
    if depth(text) > DEEPEST {
        return Err(failed("the page's elements are nested too deeply; not read"));
    }
    let config = Config {
        max_elements_to_parse: MOST_ELEMENTS,
        text_mode: TextMode::Formatted,
        char_threshold: 200,
        ..Config::default()
    };
    let mut reader = Readability::new(text, None, Some(config)).map_err(|e| failed(&e.to_string()))?;
    let attribute =
        |select: &str, name: &str| reader.doc.select(select).attr(name).map(|value| value.to_string());
    let address = attribute("link[rel='canonical']", "href")
        .or_else(|| attribute("meta[property='og:url']", "content"));
    let time = attribute("article time[datetime], time[datetime]", "datetime");
    let page = reader.parse().map_err(|_| failed("no article was found in the page"))?;
    let body = paragraphs(&page.text_content);
    if body.is_empty() {
        return Err(failed("no article was found in the page"));
    }
    let filled = |field: Option<String>| field.filter(|f| !f.trim().is_empty());
    Ok(Article {
        id: place.clone(),
        source: place,
        url: filled(page.url).or(filled(address)).filter(|url| url.contains("://")),
        publisher: filled(page.site_name),
        published: page
            .published_time
            .as_deref()
            .and_then(date::parse)
            .or(time.as_deref().and_then(date::parse)),
        title: Some(page.title.trim().to_owned()).filter(|title| !title.is_empty()),
        body,
    })
}

/// Trims lines and leaves one blank line between paragraphs.
fn paragraphs(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n\n")
}

/// How deep elements are nested, roughly: void elements are not counted.
fn depth(text: &str) -> usize {
    let mut depth = 0usize;
    let mut deepest = 0;
    let mut script = false;
    for tag in text.split('<').skip(1) {
        // What a script writes is no element: `var row = '<div>'`.
        let begins = |name: &str| tag.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
        if begins("/script") || begins("/style") {
            script = false;
            continue;
        }
        if script || begins("script") || begins("style") {
            script = true;
            continue;
        }
        let closing = tag.starts_with('/');
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).take(10).collect();
        let void = matches!(
            name.to_ascii_lowercase().as_str(),
            "" | "br"
                | "hr"
                | "img"
                | "input"
                | "link"
                | "meta"
                | "p"
                | "li"
                | "source"
                | "wbr"
                | "td"
                | "tr"
                | "th"
                | "option"
        );
        if void {
            continue;
        }
        if closing {
            depth = depth.saturating_sub(1);
        } else if !tag.split('>').next().unwrap_or("").ends_with('/') {
            depth += 1;
        }
        deepest = deepest.max(depth);
    }
    deepest
}
