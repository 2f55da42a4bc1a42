//! A node as a FollowTheMoney entity, and its offices.
//!
//! In: a node. Out: `Person`, `PublicBody` (countries, ministries), `Company`, `Organization`,
//! `LegalEntity` (groups), `Address` (places). What sort of organisation it is, its name tells. An office
//! is a `Position` and an `Occupancy`, unless the edge `holds_office` tells it already.

use super::super::column::role_words;
use super::edge::{office_of, position};
use super::entity::{Entity, id};
use crate::graph::{KnowledgeGraph, Link, Node};
use crate::lexicon::Kind;
use crate::lexicon::language::ORGANIZATION_SORTS;

/// The schema of a node.
pub(super) fn schema_of(node: &Node) -> &'static str {
    match node.kind {
        Kind::Person => "Person",
        Kind::Country => "PublicBody",
        Kind::Organization => {
            let sort = |word: &str| ORGANIZATION_SORTS.get(&format!("name {}", word.to_lowercase()));
            let words = || node.name.split([' ', '-']);
            // "Ministry of Mining" begins with what it is, "Acme Holdings" ends so.
            let first = words().next().and_then(sort).filter(|sort| *sort == "government");
            match first.or_else(|| words().rev().find_map(sort)) {
                Some("government") => "PublicBody",
                Some("company" | "media") => "Company",
                _ => "Organization",
            }
        }
        Kind::Place => "Address",
        Kind::Group | Kind::Other => "LegalEntity",
    }
}

/// True for those that can act in law: all but places.
pub(super) fn is_legal(node: &Node) -> bool {
    node.kind != Kind::Place
}

/// The node itself.
pub(super) fn entity(node: &Node) -> Entity {
    let mut entity = Entity::new(schema_of(node), id::node(&node.key));
    entity.line("name", &node.name);
    if node.name.trim_matches(|c: char| c.is_whitespace() || c.is_control()).is_empty() {
        entity.line("name", "?");
    }
    for alias in &node.aliases {
        entity.line("alias", alias);
    }
    match node.kind {
        Kind::Place => entity.line("full", &node.name),
        Kind::Country => entity.country(Some(&node.key)),
        _ => {}
    }
    entity.country(node.country.as_deref());
    if node.key.starts_with("wd:Q") {
        entity.line("wikidataId", &node.key[3..]);
    }
    entity
}

/// The offices that no edge tells, for people only: a holder is a `Person`.
pub(super) fn offices(graph: &KnowledgeGraph, node: &Node, edges: &[Link<'_>]) -> Vec<Entity> {
    if node.kind != Kind::Person {
        return Vec::new();
    }
    let told: Vec<_> = edges.iter().filter_map(office_of).collect();
    let mut entities = Vec::new();
    for role in &node.roles {
        if told.iter().any(|(title, of)| *title == role.title && Some(&of.key) == role.of.as_ref()) {
            continue;
        }
        let of = role.of.as_deref().and_then(|key| graph.node(graph.by_key(key)?));
        let post = position(&role.title, of, role.of.as_deref());
        let words = role_words(graph, role);
        let mut held = Entity::new("Occupancy", id::hashed("occupancy", &[&node.key, post.id(), &words]));
        held.link("holder", id::node(&node.key));
        held.link("post", post.id().to_owned());
        held.day("startDate", role.from);
        held.day("endDate", role.until);
        held.line("status", if role.former { "ended" } else { "" });
        held.line("summary", &words);
        entities.extend([post, held]);
    }
    entities
}
