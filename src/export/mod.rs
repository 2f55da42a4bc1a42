//! The graph in other programs' formats, one file each.
//!
//! In: a [`KnowledgeGraph`], whole or a [`Selection`](crate::query::Selection) of it. Out: bytes, the same
//! for the same graph. The format is the file name's ([`Format::from_path`]). Only JSON, CSV, Parquet and
//! the report hold everything: the formats made of nodes and lines cannot hold an edge with one end ("Two men
//! were arrested"), and leave it out. What each holds and who reads it is told in `docs/formats.md`.

pub mod annotation;
mod column;
mod content_hash;
mod cypher;
mod cytoscape;
mod dot;
mod ftm;
mod gexf;
mod graphml;
mod html;
#[cfg(feature = "rdf")]
mod jsonld;
mod markdown;
mod mermaid;
mod neo4j;
mod node_link;
#[cfg(feature = "rdf")]
mod nquads;
#[cfg(feature = "parquet")]
mod parquet;
mod places;
#[cfg(feature = "png")]
mod png;
#[cfg(feature = "rdf")]
pub mod rdf;
pub mod record;
mod svg;
mod table;
#[cfg(feature = "rdf")]
mod turtle;
mod xml;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub use dot::render as render_with_dot;
#[cfg(feature = "serve")]
pub(crate) use xml::escape;

use crate::graph::{Form, KnowledgeGraph, replace_file};

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Graphviz: `.dot`, `.gv`.
    Dot,
    /// A drawing, laid out by ourselves: `.svg`.
    Svg,
    /// A page for a browser, with everything in it: `.html`.
    Html,
    /// The drawing as a picture of dots: `.png`. Only with the feature `png`.
    Png,
    /// Our own graph file: `.json`. We read it back.
    Json,
    /// The compact form of our own graph file: `.graph`. We read it back.
    Compact,
    /// GraphML for Gephi, yEd, networkx, igraph: `.graphml`.
    GraphMl,
    /// GEXF 1.3 for Gephi and graphology: `.gexf`.
    Gexf,
    /// Cytoscape and Cytoscape.js: `.cyjs`.
    Cytoscape,
    /// Node-link JSON for networkx: `.node-link.json`.
    NodeLink,
    /// A table of the edges: `.csv`.
    EdgesCsv,
    /// A table of the nodes: a name that ends in `nodes.csv`.
    NodesCsv,
    /// A table of the evidence: `.evidence.csv`.
    EvidenceCsv,
    /// Relationships for `neo4j-admin database import`: `.neo4j.csv`.
    Neo4j,
    /// Nodes for `neo4j-admin database import`: `.neo4j.nodes.csv`.
    Neo4jNodes,
    /// A Cypher script: `.cypher`.
    Cypher,
    /// A table of the edges, typed: `.parquet`. Only with the feature `parquet`.
    Parquet,
    /// A table of the nodes, typed: `.nodes.parquet`. Only with the feature `parquet`.
    NodesParquet,
    /// A table of the evidence, typed: `.evidence.parquet`. Only with the feature `parquet`.
    EvidenceParquet,
    /// A Mermaid flowchart: `.mmd`.
    Mermaid,
    /// A report to read: `.md`.
    Markdown,
    /// FollowTheMoney entities: `.ftm.json`, `.ftm.jsonl`.
    FollowTheMoney,
    /// RDF as Turtle: `.ttl`.
    #[cfg(feature = "rdf")]
    Turtle,
    /// RDF as N-Quads, one named graph a document: `.nq`.
    #[cfg(feature = "rdf")]
    NQuads,
    /// RDF as JSON-LD: `.jsonld`.
    #[cfg(feature = "rdf")]
    JsonLd,
}

impl Format {
    /// Every format and the file name's end that asks for it.
    pub const ALL: &'static [(Format, &'static str)] = &[
        (Format::Html, "html"),
        (Format::Svg, "svg"),
        (Format::Png, "png"),
        (Format::Dot, "dot"),
        (Format::Mermaid, "mmd"),
        (Format::Markdown, "md"),
        (Format::Json, "json"),
        (Format::Compact, "graph"),
        (Format::GraphMl, "graphml"),
        (Format::Gexf, "gexf"),
        (Format::Cytoscape, "cyjs"),
        (Format::NodeLink, "node-link.json"),
        (Format::EdgesCsv, "csv"),
        (Format::NodesCsv, "nodes.csv"),
        (Format::EvidenceCsv, "evidence.csv"),
        (Format::Parquet, "parquet"),
        (Format::NodesParquet, "nodes.parquet"),
        (Format::EvidenceParquet, "evidence.parquet"),
        (Format::Neo4j, "neo4j.csv"),
        (Format::Neo4jNodes, "neo4j.nodes.csv"),
        (Format::Cypher, "cypher"),
        (Format::FollowTheMoney, "ftm.json"),
        #[cfg(feature = "rdf")]
        (Format::Turtle, "ttl"),
        #[cfg(feature = "rdf")]
        (Format::NQuads, "nq"),
        #[cfg(feature = "rdf")]
        (Format::JsonLd, "jsonld"),
    ];

    /// The format that a file name asks for: the longest end that fits.
    ///
    /// ```
    /// use demarche::export::Format;
    /// assert_eq!(Format::from_path("out/news.graphml".as_ref()), Some(Format::GraphMl));
    /// assert_eq!(Format::from_path("news.nodes.csv".as_ref()), Some(Format::NodesCsv));
    /// assert_eq!(Format::from_path("news.node-link.json".as_ref()), Some(Format::NodeLink));
    /// assert_eq!(Format::from_path("news.docx".as_ref()), None);
    /// ```
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Format> {
        let name = path.file_name()?.to_str()?.to_lowercase();
        let (stem, _) = name.rsplit_once('.')?;
        let ends_so = |ending: &str| name.strip_suffix(ending).is_some_and(|before| before.ends_with('.'));
        let fits = Format::ALL.iter().filter(|(_, ending)| ends_so(ending));
        match fits.max_by_key(|(_, ending)| ending.len()) {
            // "news-nodes.csv", "nodes.csv".
            Some((Format::EdgesCsv, _)) if stem.ends_with("nodes") => Some(Format::NodesCsv),
            Some((format, _)) => Some(*format),
            None if ends_so("gv") => Some(Format::Dot),
            None if ends_so("htm") => Some(Format::Html),
            None if ends_so("ftm.jsonl") => Some(Format::FollowTheMoney),
            None => None,
        }
    }

    /// What it is, and who reads it: one line for a list of formats.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Format::Dot => "Graphviz",
            Format::Html => "a page for a browser: search, filters, every piece of evidence",
            Format::Svg => "a drawing: browsers, Inkscape, office programs",
            Format::Png => "the drawing as dots, for what reads no SVG (feature png)",
            Format::Json => "our own graph file, which every command reads",
            Format::Compact => "the same for a million edges: small, with checksums",
            Format::GraphMl => "Gephi, yEd, Cytoscape, networkx, igraph",
            Format::Gexf => "Gephi, sigma.js, graphology, networkx; with places, colours and days",
            Format::Cytoscape => "Cytoscape and Cytoscape.js; with places and all evidence",
            Format::NodeLink => "networkx (node_link_graph); with all evidence",
            Format::EdgesCsv => "spreadsheets, pandas, R: the edges; writes the two files below too",
            Format::NodesCsv => "the nodes",
            Format::EvidenceCsv => "one row a sentence that proves an edge",
            Format::Neo4j => "neo4j-admin import, ladybug: relationships; writes the file below too",
            Format::Neo4jNodes => "its nodes",
            Format::Cypher => "Neo4j and what speaks Cypher; a script that can be run again",
            Format::Parquet => {
                "pandas, Polars, DuckDB, Spark: the edges; writes the two files below too (feature parquet)"
            }
            Format::NodesParquet => "the nodes",
            Format::EvidenceParquet => "one row a sentence that proves an edge",
            Format::Mermaid => "Mermaid: GitHub, GitLab, Obsidian, Notion draw it in Markdown",
            Format::FollowTheMoney => "FollowTheMoney entities, one a line: Aleph, OpenSanctions' tools",
            #[cfg(feature = "rdf")]
            Format::Turtle => "RDF: rdflib, Protégé, Jena, any store of triples",
            #[cfg(feature = "rdf")]
            Format::NQuads => "RDF, one named graph a document: Oxigraph and other stores of quads",
            #[cfg(feature = "rdf")]
            Format::JsonLd => "RDF as JSON",
            Format::Markdown => "a report to read: who, what, quotations, sources",
        }
    }

    /// The files that are written beside it, by their ends.
    fn companions(self) -> &'static [(Format, &'static str)] {
        match self {
            Format::EdgesCsv => &[(Format::NodesCsv, "nodes.csv"), (Format::EvidenceCsv, "evidence.csv")],
            Format::Neo4j => &[(Format::Neo4jNodes, "nodes.csv")],
            Format::Parquet => {
                &[(Format::NodesParquet, "nodes.parquet"), (Format::EvidenceParquet, "evidence.parquet")]
            }
            _ => &[],
        }
    }
}

/// Writes a graph in a format.
///
/// # Errors
/// When `out` cannot take it, or the format needs a feature that this build lacks.
pub fn write(graph: &KnowledgeGraph, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Dot => out.write_all(dot::dot(graph).as_bytes()),
        Format::Svg => out.write_all(svg::svg(graph).as_bytes()),
        Format::Html => html::write(graph, out),
        Format::Json => graph.write(out),
        Format::Compact => graph.readings().write(Form::Compact, out),
        Format::GraphMl => out.write_all(graphml::graphml(graph).as_bytes()),
        Format::Gexf => out.write_all(gexf::gexf(graph).as_bytes()),
        Format::Cytoscape => cytoscape::write(graph, out),
        Format::NodeLink => node_link::write(graph, out),
        Format::EdgesCsv => table::write_edges(graph, out),
        Format::NodesCsv => table::write_nodes(graph, out),
        Format::EvidenceCsv => table::write_evidence(graph, out),
        Format::Neo4j => neo4j::write_relationships(graph, out),
        Format::Neo4jNodes => neo4j::write_nodes(graph, out),
        Format::Cypher => cypher::write(graph, out),
        Format::Mermaid => out.write_all(mermaid::mermaid(graph).as_bytes()),
        Format::Markdown => out.write_all(markdown::markdown(graph).as_bytes()),
        Format::FollowTheMoney => ftm::write(graph, out),
        #[cfg(feature = "rdf")]
        Format::Turtle => turtle::write(graph, out),
        #[cfg(feature = "rdf")]
        Format::NQuads => nquads::write(graph, out),
        #[cfg(feature = "rdf")]
        Format::JsonLd => jsonld::write(graph, out),
        #[cfg(feature = "png")]
        Format::Png => out.write_all(&png::png(graph)?),
        #[cfg(feature = "parquet")]
        Format::Parquet => parquet::write_edges(graph, out),
        #[cfg(feature = "parquet")]
        Format::NodesParquet => parquet::write_nodes(graph, out),
        #[cfg(feature = "parquet")]
        Format::EvidenceParquet => parquet::write_evidence(graph, out),
        #[cfg(not(feature = "png"))]
        Format::Png => Err(lacks("png")),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet | Format::NodesParquet | Format::EvidenceParquet => Err(lacks("parquet")),
    }
}

#[cfg(not(all(feature = "png", feature = "parquet")))]
fn lacks(feature: &str) -> io::Error {
    let why = format!("this build cannot write it: build demarche with `--features {feature}`");
    io::Error::new(io::ErrorKind::Unsupported, why)
}

/// Writes a graph to a file, whole or not at all; for `news.csv` also `news.nodes.csv` and
/// `news.evidence.csv`. Gives back the files that it wrote.
///
/// # Errors
/// Whatever the system says; the files are then as they were, or only the first ones are new.
pub fn write_file(graph: &KnowledgeGraph, format: Format, path: &Path) -> io::Result<Vec<PathBuf>> {
    replace_file(path, |out| write(graph, format, out))?;
    let mut written = vec![path.to_owned()];
    // A pipe has no file beside it.
    if path.metadata().is_ok_and(|found| found.is_file()) {
        for (companion, ending) in format.companions() {
            let beside = path.with_extension(ending);
            replace_file(&beside, |out| write(graph, *companion, out))?;
            written.push(beside);
        }
    }
    Ok(written)
}

#[cfg(test)]
mod consumers;
#[cfg(test)]
mod tests;
