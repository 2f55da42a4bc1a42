//! Mermaid (`.mmd`): for Markdown on GitHub, GitLab, Notion, Obsidian and others that draw it.
//!
//! Every label is in quotes, and in it everything but letters and digits of an ordinary kind is written as a
//! code, so that no name is taken for markup. Mermaid draws 500 edges unless its page allows more;
//! a comment says so where there are more. Edges with one end are left out.

use std::fmt::Write;

use super::column::{edge_words, label};
use super::dot::{edge_colour, kind_colours};
use crate::graph::KnowledgeGraph;
use crate::lexicon::Kind;
use crate::text::one_line;

/// What Mermaid draws where its page does not say otherwise.
const EDGES: usize = 500;

const KINDS: [Kind; 6] =
    [Kind::Person, Kind::Country, Kind::Organization, Kind::Place, Kind::Group, Kind::Other];

/// The graph as a Mermaid flowchart.
pub(super) fn mermaid(graph: &KnowledgeGraph) -> String {
    let mut out = String::from("flowchart LR\n");
    // Writing to a String cannot fail; so no result is looked at below.
    let edges = graph.graph().edge_count();
    if edges > EDGES {
        let _ = writeln!(out, "%% {edges} edges: Mermaid draws {EDGES} unless maxEdges is raised");
    }
    for kind in KINDS {
        let (fill, line) = kind_colours(kind);
        let _ =
            writeln!(out, "classDef {} fill:{fill},stroke:{line},color:#1b1f24", label(kind).to_lowercase());
    }
    for (index, node) in graph.nodes() {
        let (open, close) = match node.kind {
            Kind::Person => ("([", "])"),
            Kind::Country => ("[", "]"),
            Kind::Organization => ("[[", "]]"),
            Kind::Place => ("{{", "}}"),
            Kind::Group | Kind::Other => ("(", ")"),
        };
        let class = label(node.kind).to_lowercase();
        let _ = writeln!(out, "n{}{open}{}{close}:::{class}", index.index(), quote(&node.name));
    }
    let mut colours = Vec::new();
    for link in graph.links() {
        let (Some(subject), Some(object)) = (link.subject, link.object) else { continue };
        let edge = link.edge;
        let arrow = match (edge.is_fact(), edge.symmetric) {
            (true, false) => "-->",
            (true, true) => "<-->",
            (false, false) => "-.->",
            (false, true) => "<-.->",
        };
        let count = if edge.weight() > 1 { format!(" ×{}", edge.weight()) } else { String::new() };
        let words = quote(&(edge_words(edge) + &count));
        let _ = writeln!(out, "n{} {arrow}|{words}| n{}", subject.index(), object.index());
        colours.push(edge_colour(edge));
    }
    let mut known: Vec<&str> = colours.clone();
    known.sort_unstable();
    known.dedup();
    for colour in known {
        let places = colours.iter().enumerate().filter(|(_, other)| **other == colour);
        let places: Vec<String> = places.map(|(place, _)| place.to_string()).collect();
        let _ = writeln!(out, "linkStyle {} stroke:{colour}", places.join(","));
    }
    out
}

/// Text as a quoted label that shows as the same text, on one line.
fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in one_line(text).chars() {
        match c {
            ' ' | ',' | '.' | '(' | ')' | ':' => out.push(c),
            c if c.is_ascii_alphanumeric() || (!c.is_ascii() && !turns(c) && !c.is_control()) => out.push(c),
            c if turns(c) => {}
            c if c.is_control() => out.push('\u{fffd}'),
            c => {
                let _ = write!(out, "#{};", c as u32);
            }
        }
    }
    // An empty label is no label.
    if out.len() == 1 {
        out.push(' ');
    }
    out.push('"');
    out
}

/// What cannot be seen, or turns the writing of what follows.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn a_label_holds_no_markup() {
        assert_eq!(quote("a\"b\n<i>"), "\"a#34;b #60;i#62;\"");
        assert_eq!(quote("`x` #1"), "\"#96;x#96; #35;1\"");
        assert_eq!(quote("\n"), "\" \"");
    }

    #[test]
    fn facts_are_solid_and_the_rest_is_dotted() {
        let text = mermaid(&sample::graph());
        assert!(text.contains("n0([\"Antony Blinken\"]):::person"), "{text}");
        assert!(text.contains("|\"meets ×2\"|"));
        assert!(text.contains(" <-->|") && text.contains(" -.->|\"not accuses\"|"));
        assert_eq!(text.lines().filter(|line| line.contains('|')).count(), 6);
    }

    #[test]
    fn too_many_edges_are_told() {
        assert!(mermaid(&sample::crowd(100, 900)).contains("maxEdges"));
    }
}
