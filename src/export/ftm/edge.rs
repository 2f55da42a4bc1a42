//! An edge as a FollowTheMoney entity.
//!
//! In: a link with both ends. Out: one edge entity: `Representation` for "represents" and
//! "speaks for", `Membership`, `Occupancy` (with its `Position`) for "holds office", else `UnknownLink`; with
//! the sentences that tell it and the articles that prove it. What is not told as a fact says so in its
//! role: "convinces (asked)".

use super::super::column::edge_words;
use super::entity::{Entity, id};
use super::node::{is_legal, schema_of};
use crate::graph::{Link, Node};
use crate::lexicon::Kind;

/// The edge, behind the office that it names; nothing for an edge with one end.
pub(super) fn entities(link: &Link<'_>) -> Vec<Entity> {
    let (Some(subject), Some(object)) = (link.subject(), link.object()) else { return Vec::new() };
    let edge = link.edge;
    let flags = format!("{:?} {:?}", edge.polarity, edge.modality);
    let name = id::hashed("edge", &[&subject.key, &edge.predicate, &object.key, &flags]);
    let mut entities = Vec::new();
    let both_legal = is_legal(subject) && is_legal(object);
    let is_body = matches!(schema_of(object), "Organization" | "Company" | "PublicBody");
    let mut entity = match &*edge.predicate {
        "represents" | "spokesperson_for" if both_legal => {
            ends("Representation", name, ("agent", subject), ("client", object))
        }
        "member_of" if both_legal && is_body => {
            ends("Membership", name, ("member", subject), ("organization", object))
        }
        _ => match office_of(link) {
            Some((title, of)) => {
                let post = position(&title, Some(of), Some(&of.key));
                let mut held = Entity::new("Occupancy", name);
                held.link("holder", id::node(&subject.key));
                held.link("post", post.id().to_owned());
                entities.push(post);
                held
            }
            None => ends("UnknownLink", name, ("subject", subject), ("object", object)),
        },
    };
    // An occupancy has no role: its post says it.
    let words = edge_words(edge);
    entity.line(if entities.is_empty() { "role" } else { "status" }, &words);
    if let Some(period) = edge.period() {
        entity.day("startDate", Some(period.from));
        entity.day("endDate", Some(period.until));
    }
    if !edge.cameo.is_empty() {
        entity.line("description", &format!("{}, CAMEO {}", edge.family, edge.cameo));
    }
    for evidence in &edge.evidence {
        entity.text("summary", &evidence.text);
        if let Some(source) = link.graph.source(evidence.document) {
            entity.link("proof", id::document(source));
            entity.address("sourceUrl", source.url.as_deref().unwrap_or_default());
        }
    }
    entities.push(entity);
    entities
}

fn ends(
    schema: &'static str,
    name: String,
    (from, subject): (&'static str, &Node),
    (to, object): (&'static str, &Node),
) -> Entity {
    let mut entity = Entity::new(schema, name);
    entity.link(from, id::node(&subject.key));
    entity.link(to, id::node(&object.key));
    entity
}

/// The title that a fact "holds office" tells, and where it is held: the node's own office there, else the
/// words of the text.
pub(super) fn office_of<'g>(link: &Link<'g>) -> Option<(String, &'g Node)> {
    let (holder, of) = (link.subject()?, link.object()?);
    let is_office = &*link.edge.predicate == "holds_office" && holder.kind == Kind::Person;
    if !is_office || !link.edge.is_fact() {
        return None;
    }
    let words = || link.edge.evidence.iter().filter_map(crate::graph::Evidence::content_words);
    let here = || holder.roles.iter().filter(|role| role.of.as_deref() == Some(&of.key));
    let named = here().find(|role| words().any(|w| w.to_lowercase().contains(&role.title.to_lowercase())));
    let title = named.or_else(|| here().next()).map(|role| role.title.clone());
    Some((
        title.or_else(|| words().next().map(str::to_owned)).unwrap_or_else(|| "office holder".to_owned()),
        of,
    ))
}

/// A post: the same title of the same body is the same post.
pub(super) fn position(title: &str, of: Option<&Node>, key: Option<&str>) -> Entity {
    let title = if title.trim().is_empty() { "office holder" } else { title };
    let mut post = Entity::new("Position", id::hashed("position", &[title, key.unwrap_or_default()]));
    let name = of.map_or_else(|| title.to_owned(), |of| format!("{title}, {}", of.name));
    post.line("name", &name);
    if name.chars().all(|c| c.is_whitespace() || c.is_control()) {
        post.line("name", "office holder");
    }
    post.country(key.filter(|key| key.starts_with("iso:")).or(of.and_then(|of| of.country.as_deref())));
    if let Some(of) = of.filter(|of| matches!(schema_of(of), "Organization" | "Company" | "PublicBody")) {
        post.link("organization", id::node(&of.key));
    }
    post
}
