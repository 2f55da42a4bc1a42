//! The graph as RDF: one list of quads, from which Turtle, N-Quads, JSON-LD and SPARQL all live.
//!
//! In: a [`KnowledgeGraph`]. Out: quads, one after the other, always in the same order. Nodes, relations
//! and documents are described in the default graph, with one direct triple for every edge that is told
//! as a fact: `wd:Q7821917 rel:meets node:person:chung-eui-yong`. What a document tells stands in a named
//! graph of its own, called like the document: the nodes that it mentions, its statements (each piece of
//! evidence an `rdf:Statement`), its quotations, and the passages in which they stand.
//! `docs/linked-data.md` tells the model, `schema/demarche.ttl` the words, `schema/shapes.ttl` the rules.
//! No blank nodes: a statement has the same IRI in every file, so that files can be poured together.

mod describe;
mod iri;
mod tell;

pub use iri::PREFIXES;

use std::io;

use oxrdf::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, QuadRef, TermRef};

use crate::graph::KnowledgeGraph;

/// Gives every quad of a graph to `take`, those of one subject together.
///
/// # Errors
/// Whatever `take` says.
pub fn each_quad(
    graph: &KnowledgeGraph,
    take: &mut dyn FnMut(QuadRef<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let mut teller = Teller { graph, take, context: GraphName::DefaultGraph };
    teller.documents()?;
    teller.relations()?;
    teller.nodes()?;
    teller.stories()
}

/// Tells one quad after the other.
struct Teller<'a, 'b> {
    graph: &'a KnowledgeGraph,
    take: &'b mut dyn FnMut(QuadRef<'_>) -> io::Result<()>,
    /// The graph of which the quads are told: none, or a document's.
    context: GraphName,
}

impl Teller<'_, '_> {
    fn tell<'t>(
        &mut self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'_>,
        object: impl Into<TermRef<'t>>,
    ) -> io::Result<()> {
        let graph: GraphNameRef<'_> = self.context.as_ref();
        let object: TermRef<'_> = object.into();
        (self.take)(QuadRef::new(subject, predicate, object, graph))
    }

    /// Tells something by a word of our own.
    fn ours<'t>(
        &mut self,
        subject: &NamedNode,
        name: &str,
        object: impl Into<TermRef<'t>>,
    ) -> io::Result<()> {
        self.tell(subject, iri::term(name).as_ref(), object)
    }

    /// Tells words by a word of our own, if there are any.
    fn words(&mut self, subject: &NamedNode, name: &str, words: &str) -> io::Result<()> {
        if words.is_empty() { Ok(()) } else { self.ours(subject, name, &iri::text(words)) }
    }
}

/// `Affirmed` as a word of our vocabulary: `dm:affirmed`.
fn label(value: impl std::fmt::Debug) -> NamedNode {
    iri::term(&format!("{value:?}").to_lowercase())
}

#[cfg(test)]
mod tests;
