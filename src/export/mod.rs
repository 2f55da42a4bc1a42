//! The graph in other programs' formats, one file each.
//!
//! In: a [`KnowledgeGraph`], whole or a [`Selection`](crate::query::Selection) of it. Out: bytes, the same
//! for the same graph. The format is the file name's ([`Format::from_path`]). Only JSON and CSV hold
//! everything: the formats made of nodes and lines cannot hold an edge with one end ("Two men
//! were arrested"), and leave it out.

pub mod annotation;
mod column;
mod cytoscape;
mod dot;
mod graphml;
pub mod record;
mod svg;
mod table;
mod xml;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub use dot::render as render_with_dot;

use crate::graph::{KnowledgeGraph, replace_file};

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Graphviz: `.dot`, `.gv`.
    Dot,
    /// A drawing, laid out by ourselves: `.svg`.
    Svg,
    /// Our own graph file: `.json`. The only one that we read back.
    Json,
    /// GraphML for Gephi, yEd, networkx, igraph: `.graphml`.
    GraphMl,
    /// Cytoscape and Cytoscape.js: `.cyjs`.
    Cytoscape,
    /// A table of the edges: `.csv`.
    EdgesCsv,
    /// A table of the nodes: a name that ends in `nodes.csv`.
    NodesCsv,
}

impl Format {
    /// Every format and the file name's end that asks for it.
    pub const ALL: [(Format, &str); 7] = [
        (Format::Dot, "dot"),
        (Format::Svg, "svg"),
        (Format::Json, "json"),
        (Format::GraphMl, "graphml"),
        (Format::Cytoscape, "cyjs"),
        (Format::EdgesCsv, "csv"),
        (Format::NodesCsv, "nodes.csv"),
    ];

    /// The format that a file name asks for.
    ///
    /// ```
    /// use demarche::export::Format;
    /// assert_eq!(Format::from_path("out/news.graphml".as_ref()), Some(Format::GraphMl));
    /// assert_eq!(Format::from_path("news.nodes.csv".as_ref()), Some(Format::NodesCsv));
    /// assert_eq!(Format::from_path("news.docx".as_ref()), None);
    /// ```
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Format> {
        let name = path.file_name()?.to_str()?.to_lowercase();
        if name.ends_with("nodes.csv") {
            return Some(Format::NodesCsv);
        }
        match name.rsplit_once('.')?.1 {
            "dot" | "gv" => Some(Format::Dot),
            "svg" => Some(Format::Svg),
            "json" => Some(Format::Json),
            "graphml" => Some(Format::GraphMl),
            "cyjs" => Some(Format::Cytoscape),
            "csv" => Some(Format::EdgesCsv),
            _ => None,
        }
    }
}

/// Writes a graph in a format.
///
/// # Errors
/// When `out` cannot take it.
pub fn write(graph: &KnowledgeGraph, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Dot => out.write_all(dot::dot(graph).as_bytes()),
        Format::Svg => out.write_all(svg::svg(graph).as_bytes()),
        Format::Json => graph.write(out),
        Format::GraphMl => out.write_all(graphml::graphml(graph).as_bytes()),
        Format::Cytoscape => cytoscape::write(graph, out),
        Format::EdgesCsv => table::write_edges(graph, out),
        Format::NodesCsv => table::write_nodes(graph, out),
    }
}

/// Writes a graph to a file, whole or not at all; for `news.csv` also `news.nodes.csv`. Gives back the
/// files that it wrote.
///
/// # Errors
/// Whatever the system says; the files are then as they were, or only the first is new.
pub fn write_file(graph: &KnowledgeGraph, format: Format, path: &Path) -> io::Result<Vec<PathBuf>> {
    replace_file(path, |out| write(graph, format, out))?;
    let mut written = vec![path.to_owned()];
    if format == Format::EdgesCsv && path.metadata().is_ok_and(|found| found.is_file()) {
        let nodes = path.with_extension("nodes.csv");
        replace_file(&nodes, |out| write(graph, Format::NodesCsv, out))?;
        written.push(nodes);
    }
    Ok(written)
}

#[cfg(test)]
mod tests;
