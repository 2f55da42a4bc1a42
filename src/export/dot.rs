//! Graphviz: the graph in the DOT language, and what the `dot` program draws of it.
//!
//! Every piece of text goes through [`quote`], which is valid for every label; graphviz-rust, which runs
//! the program for us, quotes nothing itself. Edges with one end are left out.

use std::fmt::Write;
use std::io;
use std::path::Path;

use graphviz_rust::cmd::{CommandArg, Format};

use super::column::{edge_words, role_words};
use crate::graph::{Edge, KnowledgeGraph};
use crate::lexicon::{Kind, Quad};

/// The graph in the DOT language.
pub(super) fn dot(graph: &KnowledgeGraph) -> String {
    let mut out = String::from(concat!(
        "digraph demarche {\n",
        "  graph [overlap=false splines=true rankdir=LR charset=\"UTF-8\"];\n",
        "  node [style=\"filled,rounded\" shape=box fontname=\"Helvetica\" fontsize=11];\n",
        "  edge [fontname=\"Helvetica\" fontsize=9];\n",
    ));
    // Writing to a String cannot fail; so no result is looked at below.
    for (index, node) in graph.nodes() {
        let (fill, line) = kind_colours(node.kind);
        let roles: Vec<String> = node.roles.iter().map(|role| role_words(graph, role)).collect();
        let tip = format!("{} ({})\n{}", node.name, node.key, roles.join("\n"));
        let _ = writeln!(
            out,
            "  n{} [label={} fillcolor=\"{fill}\" color=\"{line}\" tooltip={}];",
            index.index(),
            quote(&node.name),
            quote(tip.trim()),
        );
    }
    for link in graph.links() {
        let (Some(subject), Some(object)) = (link.subject, link.object) else { continue };
        let edge = link.edge;
        let count = if edge.weight() > 1 { format!(" ×{}", edge.weight()) } else { String::new() };
        let tip = edge.evidence.first().map_or("", |evidence| &evidence.text);
        let _ = writeln!(
            out,
            "  n{} -> n{} [label={} color=\"{}\" style={}{} tooltip={}];",
            subject.index(),
            object.index(),
            quote(&(edge_words(edge) + &count)),
            edge_colour(edge),
            if edge.is_fact() { "solid" } else { "dashed" },
            if edge.symmetric { " dir=both" } else { "" },
            quote(tip),
        );
    }
    out.push_str("}\n");
    out
}

/// Text as a DOT string that shows as the same text.
fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            // Graphviz reads `&lt;` in a label as `<`.
            '&' => out.push_str("&amp;"),
            '\n' => out.push_str("\\n"),
            '\t' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The fill and the outline of a node: told apart also by those who do not see red or green.
pub(super) fn kind_colours(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Person => ("#e3f0fb", "#0072b2"),
        Kind::Country => ("#fff1d6", "#b97a00"),
        Kind::Organization => ("#def3ec", "#00805d"),
        Kind::Place => ("#f8e6f1", "#a8477f"),
        Kind::Group => ("#ececec", "#555555"),
        Kind::Other => ("#ffffff", "#888888"),
    }
}

/// Cooperation, conflict, neutral speech, or a state.
pub(super) fn edge_colour(edge: &Edge) -> &'static str {
    match edge.quad {
        _ if edge.standing => "#a3a3a3",
        Some(Quad::VerbalCooperation | Quad::MaterialCooperation) => "#2166ac",
        Some(Quad::VerbalConflict | Quad::MaterialConflict) => "#c4460b",
        Some(Quad::Neutral) | None => "#4d5661",
    }
}

/// What the `dot` program draws of the graph, in the format that `path` asks for: svg, png, pdf.
///
/// # Errors
/// When the program is not installed or fails, or knows no such format.
pub fn render(graph: &KnowledgeGraph, path: &Path) -> io::Result<Vec<u8>> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_lowercase();
    let format = match ending.as_str() {
        "svg" => Format::Svg,
        "png" => Format::Png,
        "pdf" => Format::Pdf,
        _ => {
            let why = format!("`dot` draws svg, png and pdf, but `{}` ends in none of them", path.display());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
    };
    graphviz_rust::exec_dot(dot(graph), vec![CommandArg::Format(format)]).map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound {
            let why = "the program `dot` is not installed: install Graphviz, or leave `--layout dot` out";
            return io::Error::new(io::ErrorKind::NotFound, why);
        }
        error
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn quoted_text_cannot_end_its_string() {
        assert_eq!(quote("a\"b\\"), "\"a\\\"b\\\\\"");
        assert_eq!(quote("\\N\nx\0&lt;"), "\"\\\\N\\nx\u{fffd}&amp;lt;\"");
    }

    #[test]
    fn graphviz_rust_reads_what_we_write() {
        let text = dot(&sample::graph());
        graphviz_rust::parse(&text).unwrap();
        assert!(text.contains("[label=\"meets ×2\" color=\"#2166ac\" style=solid dir=both"));
        assert!(text.contains("label=\"not accuses\" color=\"#c4460b\" style=dashed"));
    }

    #[test]
    fn an_ending_that_dot_does_not_draw_is_refused() {
        let error = render(&sample::graph(), Path::new("news.docx")).unwrap_err();
        assert!(error.to_string().contains("news.docx"));
    }
}
