//! N-Quads (`.nq`): one quad a line, for loading into RDF stores.
//!
//! What a document tells stands in the named graph of the document; drop that graph, and the document is
//! gone.

use std::io::{self, Write};

use oxttl::NQuadsSerializer;

use super::rdf::each_quad;
use crate::graph::KnowledgeGraph;

/// Writes the graph as N-Quads.
pub(super) fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let mut quads = NQuadsSerializer::new().for_writer(out);
    each_quad(graph, &mut |quad| quads.serialize_quad(quad))?;
    quads.finish();
    Ok(())
}
