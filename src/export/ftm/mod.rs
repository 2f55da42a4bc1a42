//! FollowTheMoney (`.ftm.json`, `.ftm.jsonl`): one entity a line, for OpenAleph, yente, nomenklatura.
//!
//! In: the graph. Out: documents (`Article`), nodes, offices (`Position`, `Occupancy`), one entity for
//! every edge that has both ends, quotations (`Note`); each edge and note with the articles that prove it.
//! FollowTheMoney has no country and no act of speech: a country is a `PublicBody` with a country code,
//! "urges" an `UnknownLink` with that role. Ids are made of keys, so that two files of different
//! articles can be poured together. An edge with one end is left out: theirs need both.

mod edge;
mod entity;
mod node;

use std::collections::HashSet;
use std::io::{self, Write};

use entity::{Entity, id};

use crate::graph::{KnowledgeGraph, Quotation, Source};

/// Writes the graph as FollowTheMoney entities.
pub(super) fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let mut written = HashSet::new();
    for source in graph.sources() {
        let article = article(source);
        if written.insert(article.id().to_owned()) {
            article.write(out)?;
        }
    }
    for (_, node) in graph.nodes() {
        node::entity(node).write(out)?;
    }
    for (index, node) in graph.nodes() {
        let edges: Vec<_> = graph.links_of(index).filter(|link| link.subject == Some(index)).collect();
        for entity in node::offices(graph, node, &edges) {
            // Two people may have held one post.
            if written.insert(entity.id().to_owned()) {
                entity.write(out)?;
            }
        }
    }
    for link in graph.links() {
        for entity in edge::entities(&link) {
            if written.insert(entity.id().to_owned()) {
                entity.write(out)?;
            }
        }
    }
    for quotation in graph.quotations() {
        if let Some(note) = note(graph, quotation)
            && written.insert(note.id().to_owned())
        {
            note.write(out)?;
        }
    }
    Ok(())
}

fn article(source: &Source) -> Entity {
    let mut entity = Entity::new("Article", id::document(source));
    entity.line("title", source.title.as_deref().unwrap_or_default());
    entity.line("fileName", &source.source);
    entity.line("publisher", source.publisher.as_deref().unwrap_or_default());
    entity.address("sourceUrl", source.url.as_deref().unwrap_or_default());
    entity.day("publishedAt", source.published);
    entity
}

/// What somebody said, as a note on the speaker and on those spoken of.
fn note(graph: &KnowledgeGraph, said: &Quotation) -> Option<Entity> {
    let source = graph.source(said.document)?;
    let keys = said.speaker.iter().chain(&said.addressee).chain(&said.about);
    let known: Vec<&String> = keys.filter(|key| graph.by_key(key).is_some()).collect();
    let mut entity = Entity::new("Note", id::hashed("note", &[&said.id.to_string()]));
    for key in &known {
        entity.link("entity", id::node(key));
    }
    let name = |key: &String| graph.name_of(key).to_owned();
    let cue = said.cue.as_deref().unwrap_or("said");
    let who = said.speaker.as_ref().map_or_else(|| "somebody".to_owned(), name);
    let about: Vec<String> = said.about.iter().map(name).collect();
    let of = if about.is_empty() { String::new() } else { format!(" (about {})", about.join(", ")) };
    entity.line("summary", &format!("{who} {cue}{of}"));
    entity.text("description", &said.text);
    entity.link("proof", id::document(source));
    entity.address("sourceUrl", source.url.as_deref().unwrap_or_default());
    Some(entity)
}

#[cfg(test)]
mod tests;
