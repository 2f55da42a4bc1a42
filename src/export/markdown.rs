//! A report in Markdown (`.md`): who, what, in which words, from where; for people, and for pandoc.
//!
//! In: a graph, best a selection of it. Out: CommonMark with tables: the people and bodies; what each did to
//! whom, with the sentences; what each said; the documents, numbered, to which every line points. Edges with one
//! end are in it. Every name is escaped, so that none can be taken for markup.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use jiff::civil::Date;

use super::column::{edge_words, role_words};
use crate::graph::{Evidence, KnowledgeGraph, Link, Quotation, Source};
use crate::relation::QuotationKind;
use crate::text::one_line;

/// So many sentences are printed of one edge; the number of the others is told.
const SENTENCES: usize = 5;

/// The report.
pub(super) fn markdown(graph: &KnowledgeGraph) -> String {
    let used = Used::of(graph);
    let mut out = String::from("# Who said and did what to whom\n\n");
    // Writing to a String cannot fail; so no result is looked at below.
    let _ = writeln!(
        out,
        "{} documents{}; {} people, countries and bodies; {} edges; {} quotations.\n",
        used.numbers.len(),
        used.days(graph),
        graph.nodes().count(),
        graph.links().count(),
        graph.quotations().len(),
    );
    who(&mut out, graph);
    what(&mut out, graph, &used);
    quotations(&mut out, graph, &used);
    sources(&mut out, graph, &used);
    out
}

/// The documents that the report points at, numbered from 1.
struct Used {
    numbers: BTreeMap<u32, usize>,
}

impl Used {
    fn of(graph: &KnowledgeGraph) -> Used {
        let edges = graph.links().flat_map(|link| &link.edge.evidence).map(|evidence| evidence.document);
        let said = graph.quotations().iter().map(|quotation| quotation.document);
        let documents: BTreeSet<u32> = edges.chain(said).collect();
        Used { numbers: documents.into_iter().zip(1..).collect() }
    }

    fn days(&self, graph: &KnowledgeGraph) -> String {
        let days = || self.numbers.keys().filter_map(|document| graph.source(*document)?.published);
        match (days().min(), days().max()) {
            (Some(first), Some(last)) if first == last => format!(" of {first}"),
            (Some(first), Some(last)) => format!(" from {first} to {last}"),
            _ => String::new(),
        }
    }

    /// "\[2\], line 7".
    fn place(&self, document: u32, line: u32) -> String {
        format!("\\[{}\\], line {line}", self.numbers.get(&document).copied().unwrap_or(0))
    }
}

fn who(out: &mut String, graph: &KnowledgeGraph) {
    out.push_str(
        "## Who\n\n| Name | What | Offices | Mentions | Documents |\n| --- | --- | --- | ---: | ---: |\n",
    );
    let mut nodes: Vec<_> = graph.nodes().map(|(_, node)| node).collect();
    nodes.sort_by_key(|node| Reverse(node.mentions));
    for node in nodes {
        let roles: Vec<String> = node.roles.iter().map(|role| plain(&role_words(graph, role))).collect();
        let kind = super::column::label(node.kind).to_lowercase();
        let (roles, documents) = (roles.join("; "), node.documents.len());
        let _ =
            writeln!(out, "| {} | {kind} | {roles} | {} | {documents} |", plain(&node.name), node.mentions);
    }
    out.push('\n');
}

fn what(out: &mut String, graph: &KnowledgeGraph, used: &Used) {
    out.push_str("## What\n\n");
    // Those who did most come first, the unnamed last.
    let mut by_subject: BTreeMap<_, Vec<Link<'_>>> = BTreeMap::new();
    for link in graph.links() {
        by_subject.entry(link.subject).or_default().push(link);
    }
    let mut groups: Vec<_> = by_subject.into_iter().collect();
    let weight = |links: &[Link<'_>]| links.iter().map(|link| link.edge.weight()).sum::<usize>();
    groups.sort_by_key(|(subject, links)| (subject.is_none(), Reverse(weight(links)), *subject));
    for (subject, mut links) in groups {
        let name = subject.and_then(|index| graph.node(index)).map(|node| plain(&node.name));
        let _ = writeln!(out, "### {}\n", name.as_deref().unwrap_or("By whom is not said"));
        links.sort_by_key(|link| (Reverse(link.edge.weight()), link.edge.id));
        for link in links {
            edge(out, &link, used);
        }
        out.push('\n');
    }
}

fn edge(out: &mut String, link: &Link<'_>, used: &Used) {
    let object = link.object().map(|node| format!(" {}", plain(&node.name))).unwrap_or_default();
    let weight = link.edge.weight();
    let times = if weight > 1 { format!(" ×{weight}") } else { String::new() };
    let _ = writeln!(out, "- **{}**{object}{times}", plain(&edge_words(link.edge)));
    for evidence in link.edge.evidence.iter().take(SENTENCES) {
        sentence(out, link, evidence, used);
    }
    if weight > SENTENCES {
        let _ = writeln!(out, "  - … and {} more", weight - SENTENCES);
    }
}

fn sentence(out: &mut String, link: &Link<'_>, evidence: &Evidence, used: &Used) {
    let graph = link.graph;
    let day = evidence.day(graph.sources()).map(|day| format!("{day}: ")).unwrap_or_default();
    let by =
        evidence.attribution.as_deref().map(|key| format!(", according to {}", plain(graph.name_of(key))));
    let within = link.within(evidence).map(|outer| {
        let name = |node: Option<&crate::graph::Node>| node.map_or("?".to_owned(), |node| plain(&node.name));
        let words = plain(&edge_words(outer.edge));
        format!(", in what {} {words} {}", name(outer.subject()), name(outer.object()))
    });
    let place = used.place(evidence.document, evidence.line);
    let (by, within) = (by.unwrap_or_default(), within.unwrap_or_default());
    let _ = writeln!(out, "  - {day}“{}”{by}{within} ({place})", plain(&evidence.text));
}

fn quotations(out: &mut String, graph: &KnowledgeGraph, used: &Used) {
    if graph.quotations().is_empty() {
        return;
    }
    out.push_str("## Quotations\n\n");
    let mut by_speaker: BTreeMap<Option<&str>, Vec<&Quotation>> = BTreeMap::new();
    for quotation in graph.quotations() {
        by_speaker.entry(quotation.speaker.as_deref()).or_default().push(quotation);
    }
    let mut groups: Vec<_> = by_speaker.into_iter().collect();
    groups.sort_by_key(|(speaker, said)| (speaker.is_none(), Reverse(said.len()), *speaker));
    for (speaker, said) in groups {
        let name = speaker.map(|key| plain(graph.name_of(key)));
        let _ = writeln!(out, "### {}\n", name.as_deref().unwrap_or("By whom is not said"));
        for quotation in said {
            said_line(out, graph, quotation, used);
        }
        out.push('\n');
    }
}

fn said_line(out: &mut String, graph: &KnowledgeGraph, quotation: &Quotation, used: &Used) {
    let published = || graph.source(quotation.document).and_then(|source| source.published);
    let day: Option<Date> = quotation.time.map(|time| time.from).or_else(published);
    let day = day.map(|day| format!("{day}: ")).unwrap_or_default();
    let words = plain(&quotation.text);
    let words = match quotation.kind {
        QuotationKind::Direct => format!("“{words}”"),
        QuotationKind::Indirect => format!("*retold:* {words}"),
        QuotationKind::Mixed => format!("*partly retold:* {words}"),
    };
    let to = quotation.addressee.as_deref().map(|key| format!(", to {}", plain(graph.name_of(key))));
    let about: Vec<String> = quotation.about.iter().map(|key| plain(graph.name_of(key))).collect();
    let about = if about.is_empty() { String::new() } else { format!(", about {}", about.join(", ")) };
    let place = used.place(quotation.document, quotation.line);
    let _ = writeln!(out, "- {day}{words}{}{about} ({place})", to.unwrap_or_default());
}

fn sources(out: &mut String, graph: &KnowledgeGraph, used: &Used) {
    out.push_str("## Sources\n\n");
    for (document, number) in &used.numbers {
        let Some(source) = graph.source(*document) else { continue };
        let _ = writeln!(out, "- \\[{number}\\] {}", source_words(source));
    }
}

/// The title, who published it and when, the address, the file.
fn source_words(source: &Source) -> String {
    let title = source.title.as_deref().map(|title| format!("*{}*", plain(title)));
    let publisher = source.publisher.as_deref().map(plain);
    let published = source.published.map(|day| day.to_string());
    let url =
        source.url.as_deref().map(|url| if is_plain_url(url) { format!("<{url}>") } else { plain(url) });
    let file = Some(plain(&source.source));
    let parts = [title, publisher, published, url, file].into_iter().flatten();
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// True for an address that can stand between `<` and `>`.
fn is_plain_url(url: &str) -> bool {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    is_web && url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '\\' | '"' | '`' | '|'))
}

/// Text on one line that Markdown shows as it is.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in one_line(text).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!'
            | '$' => {
                out.push('\\');
                out.push(c);
            }
            // They would turn the writing of what follows.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn every_line_points_at_its_source() {
        let text = markdown(&sample::graph());
        assert!(text.contains("2 documents from 2021-03-18 to 2021-03-19; 6 people"), "{text}");
        assert!(text.contains("- **urges** China ×2\n"));
        assert!(text.contains("  - 2021-03-19: “Blinken urged China once more.” (\\[2\\], line 2)"));
        assert!(text.contains(", in what Antony Blinken urges China ("));
        assert!(text.contains("### By whom is not said\n\n- **arrests** Jane Doe"));
        assert!(text.contains("“North Korea must act.”, about North Korea (\\[1\\], line 3)"));
        assert!(text.contains("- \\[2\\] 2021-03-19, second.txt"));
    }

    #[test]
    fn no_name_is_markup() {
        assert_eq!(
            plain("*a* <b>\n`c` [d](e) a|b &amp;"),
            "\\*a\\* \\<b\\> \\`c\\` \\[d\\](e) a\\|b \\&amp;"
        );
        assert!(is_plain_url("https://example.org/a?b=c&d"));
        assert!(!is_plain_url("javascript:alert(1)") && !is_plain_url("https://e.org/ <b>"));
    }
}
