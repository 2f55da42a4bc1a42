//! Turtle (`.ttl`): RDF for people's eyes and for every RDF program.
//!
//! All quads without their graphs: what a document tells is known by `prov:wasDerivedFrom`.

use std::io::{self, Write};

use oxttl::TurtleSerializer;

use super::rdf::{PREFIXES, each_quad};
use crate::graph::KnowledgeGraph;

/// Writes the graph as Turtle.
pub(super) fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let mut turtle = TurtleSerializer::new();
    for (name, iri) in PREFIXES {
        turtle = turtle.with_prefix(name, iri).map_err(io::Error::other)?;
    }
    let mut turtle = turtle.for_writer(out);
    each_quad(graph, &mut |quad| turtle.serialize_triple(quad))?;
    turtle.finish()?;
    Ok(())
}
