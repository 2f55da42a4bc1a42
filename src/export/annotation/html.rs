//! Annotated texts as one web page that needs nothing else and runs nothing.
//!
//! In: analyses and their lexicon. Out: HTML: for each article its text, each piece in one `span` that bears
//! all its marks (background: who; underlined: what happens; line above: who says so) and, as its
//! title, what they say; a legend; a table of the relations. A strict content policy allows our own
//! style sheet, by its hash, and nothing else: no script, no picture, no address.
//! The text under the spans is the article's; control characters, which HTML cannot hold, are shown
//! as U+FFFD.

use std::fmt::Write;

use super::mark::{arrow, said};
use super::{Annotation, MarkKind};
use crate::Analysis;
use crate::entity::Form;
use crate::export::xml::escape;
use crate::lexicon::{Kind, Lexicon};

/// The style sheet of the page.
pub(super) const STYLE: &str = include_str!("style.css");

/// The page's content policy; a server may send it as a header.
pub const POLICY: &str = "default-src 'none'; style-src 'sha256-Jwy+wJ4rdWyjZqx1rDG/ys3UGNKzJdhH2Xfb9Lrd5RM='; base-uri 'none'; form-action 'self'";

const KINDS: [Kind; 6] =
    [Kind::Person, Kind::Country, Kind::Organization, Kind::Place, Kind::Group, Kind::Other];

/// A page in the making: articles are added one by one.
#[derive(Clone, Debug, Default)]
pub struct Page {
    title: Option<String>,
    body: String,
}

impl Page {
    /// Adds an article.
    pub fn add(&mut self, analysis: &Analysis, lexicon: &Lexicon) {
        self.title.get_or_insert_with(|| heading(analysis).to_owned());
        article(&mut self.body, analysis, lexicon);
    }

    /// The whole page.
    #[must_use]
    pub fn finish(&self) -> String {
        frame(self.title.as_deref().unwrap_or("Nothing was read"), &self.body)
    }
}

/// A page with our style and policy around some HTML.
pub(crate) fn frame(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n{body}</body>\n</html>\n",
        escape(POLICY),
        escape(title)
    )
}

fn heading(analysis: &Analysis) -> &str {
    let document = &analysis.document;
    document.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or(&document.source)
}

fn article(out: &mut String, analysis: &Analysis, lexicon: &Lexicon) {
    let document = &analysis.document;
    let mut place = document.source.clone();
    let day = document.published.map(|day| day.to_string());
    for more in [&document.publisher, &day, &document.url].into_iter().flatten() {
        place.push_str(" · ");
        place.push_str(more);
    }
    // Writing to a string never fails.
    let _ = write!(
        out,
        "<article>\n<h1 dir=\"auto\">{}</h1>\n<p class=\"place\">{}</p>\n",
        escape(heading(analysis).trim()),
        escape(&place)
    );
    let annotation = Annotation::of(analysis, lexicon);
    legend(out, &annotation);
    out.push_str("<div class=\"text\" dir=\"auto\">");
    text(out, &annotation);
    out.push_str("</div>\n");
    relations(out, analysis, lexicon);
    quotations(out, analysis);
    out.push_str("</article>\n");
}

/// The marks that the text has, each beside its name.
fn legend(out: &mut String, annotation: &Annotation<'_>) {
    let has = |wanted: &dyn Fn(MarkKind) -> bool| annotation.marks.iter().any(|mark| wanted(mark.kind));
    out.push_str("<ul class=\"legend\" aria-label=\"Legend\">");
    for kind in KINDS {
        if has(&|mark| matches!(mark, MarkKind::Entity(found, _) if found == kind)) {
            let _ = write!(out, "<li><span class=\"e {}\">{}</span></li>", class(kind), kind.as_str());
        }
    }
    if has(&|mark| matches!(mark, MarkKind::Entity(_, Form::Nominal | Form::Pronoun))) {
        out.push_str("<li><span class=\"e pronoun\">no name, but known who</span></li>");
    }
    if has(&|mark| mark == MarkKind::Trigger) {
        out.push_str("<li><span class=\"t\">what happens</span></li>");
    }
    if has(&|mark| mark == MarkKind::Quotation) {
        out.push_str("<li><span class=\"q\">what is said</span></li>");
    }
    if annotation.marks.is_empty() {
        out.push_str("<li>nothing was found in this text</li>");
    }
    out.push_str("</ul>\n");
}

/// Every piece of the text in one span, or in none where nothing marks it.
fn text(out: &mut String, annotation: &Annotation<'_>) {
    for piece in annotation.pieces() {
        let words = escape(piece.span.of(annotation.text));
        if piece.marks.is_empty() {
            out.push_str(&words);
            continue;
        }
        let (mut classes, mut labels) = (Vec::new(), Vec::new());
        for mark in piece.marks.iter().filter_map(|at| annotation.marks.get(*at)) {
            let own: &[&'static str] = match mark.kind {
                MarkKind::Quotation => &["q"],
                MarkKind::Trigger => &["t"],
                MarkKind::Entity(kind, form) => {
                    // Of two entities over the same words, the inner one gives the look.
                    classes.retain(|class| matches!(*class, "q" | "t"));
                    &["e", class(kind), form_name(form)]
                }
            };
            for class in own {
                if !class.is_empty() && !classes.contains(class) {
                    classes.push(class);
                }
            }
            if !labels.contains(&mark.label.as_str()) {
                labels.push(&mark.label);
            }
        }
        // The innermost first: it is what the pointer is on.
        labels.reverse();
        let _ = write!(
            out,
            "<span class=\"{}\" title=\"{}\">{words}</span>",
            classes.join(" "),
            escape(&labels.join("\n"))
        );
    }
}

fn relations(out: &mut String, analysis: &Analysis, lexicon: &Lexicon) {
    if analysis.relations.relations.is_empty() {
        return;
    }
    out.push_str("<h2>Who does what to whom</h2>\n<table>\n");
    for relation in &analysis.relations.relations {
        let words = analysis.document.str(relation.evidence.trigger);
        let _ = writeln!(
            out,
            "<tr><td><bdi>{}</bdi></td><th scope=\"row\"><bdi>{}</bdi></th></tr>",
            escape(&arrow(&analysis.entities, relation, lexicon)),
            escape(words)
        );
    }
    out.push_str("</table>\n");
}

fn quotations(out: &mut String, analysis: &Analysis) {
    if analysis.relations.quotations.is_empty() {
        return;
    }
    out.push_str("<h2>Who says what</h2>\n<table>\n");
    for quotation in &analysis.relations.quotations {
        let words: Vec<&str> = quotation.segments.iter().map(|span| analysis.document.str(*span)).collect();
        let _ = writeln!(
            out,
            "<tr><td><bdi>{}</bdi></td><th scope=\"row\"><bdi>{}</bdi></th></tr>",
            escape(&words.join(" … ")),
            escape(&said(&analysis.entities, quotation))
        );
    }
    out.push_str("</table>\n");
}

fn class(kind: Kind) -> &'static str {
    // `place` is the line under the heading.
    if kind == Kind::Place { "place-name" } else { kind.as_str() }
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::Name => "",
        Form::Nominal => "nominal",
        Form::Pronoun => "pronoun",
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::export::annotation::Mark;
    use crate::graph::sample;
    use crate::text::Span;

    fn base64(bytes: &[u8]) -> String {
        const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut out = String::new();
        for three in bytes.chunks(3) {
            let n = three.iter().fold(0u32, |n, byte| n << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
            for sign in 0..4 {
                let value = (n >> (18 - 6 * sign)) as usize & 63;
                out.push(if sign <= three.len() { char::from(SIGNS[value]) } else { '=' });
            }
        }
        out
    }

    #[test]
    fn the_policy_allows_this_style_sheet_and_no_other() {
        let hash = base64(&Sha256::digest(STYLE.as_bytes()));
        assert!(POLICY.contains(&format!("'sha256-{hash}'")), "the style sheet's hash is sha256-{hash}");
        assert!(!POLICY.contains("unsafe") && !STYLE.contains("url(") && !STYLE.contains("@import"));
        assert!(!STYLE.contains('<'), "nothing in a style sheet may end its element");
    }

    /// The text under an element's tags, as a browser would read it.
    fn read(html: &str) -> String {
        let mut out = String::new();
        for part in html.split('<') {
            let words = part.split_once('>').map_or(part, |(_, words)| words);
            out.push_str(words);
        }
        let named = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#10;", "\n"),
            ("&#13;", "\r"),
            ("&#9;", "\t"),
        ];
        let out = named.iter().fold(out, |out, (sign, c)| out.replace(sign, c));
        out.replace("&amp;", "&")
    }

    #[test]
    fn hostile_text_stays_text_and_every_mark_is_there() {
        let text =
            "<script>alert('1')</script> & \"Rex\u{202e} Roe\" --> ]]> </span></div>\r\n🇫🇷 &amp; é</title>";
        let mark = |start: usize, end: usize, kind| Mark {
            span: Span::new(start, end),
            kind,
            label: "\" onclick=\"x\n<b>'".into(),
        };
        let entity = MarkKind::Entity(Kind::Place, Form::Pronoun);
        let marks = vec![
            mark(0, text.len(), MarkKind::Quotation),
            mark(3, 30, entity),
            mark(20, 50, MarkKind::Trigger),
            mark(20, 50, MarkKind::Entity(Kind::Person, Form::Name)),
        ];
        let annotation = Annotation::new(text, marks);
        let mut out = String::new();
        super::text(&mut out, &annotation);
        assert_eq!(read(&out), text);
        for tag in out.split('<').skip(1) {
            let tag = tag.split_once('>').unwrap().0;
            let harmless =
                tag == "/span" || (tag.starts_with("span class=\"") && tag.matches('"').count() == 4);
            assert!(harmless, "{tag}");
        }
        assert!(out.contains("class=\"q e place-name pronoun\""));
        assert!(out.contains("class=\"q e person t\""), "{out}");
        assert!(!out.contains("place-name person"));
    }

    #[test]
    fn the_page_of_the_sample() {
        let mut page = Page::default();
        assert!(page.finish().contains("Nothing was read"));
        page.add(&sample::first(), &sample::lexicon());
        page.add(&sample::second(), &sample::lexicon());
        let shown = page.finish();
        for words in [
            "title=\"Antony Blinken, person, wd:Q7821917\"",
            "China -convinces-&gt; North Korea [asked]",
            "said by Antony Blinken, word for word, about North Korea",
            "<li><span class=\"q\">what is said</span></li>",
            "http-equiv=\"Content-Security-Policy\" content=\"default-src &apos;none&apos;",
        ] {
            let words = words.replace("&apos;", "'");
            assert!(shown.contains(&words), "{words}");
        }
        assert_eq!(shown.matches("<article>").count(), 2);
        let found =
            shown.split("<div class=\"text\" dir=\"auto\">").nth(1).unwrap().split("</div>").next().unwrap();
        assert_eq!(read(found), sample::first().document.text);
    }
}
