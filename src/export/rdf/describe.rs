//! What is described once: documents, relations, nodes with their offices.
//!
//! In: the graph. Out: quads of the default graph.

use std::collections::BTreeMap;
use std::io;

use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{NamedNode, NamedNodeRef};
use petgraph::Direction::Outgoing;
use petgraph::graph::NodeIndex;

use super::super::content_hash::ContentHash;
use super::Teller;
use super::iri::{self, vocab};
use crate::graph::{Edge, Node, NodeRole};
use crate::lexicon::Kind;

impl Teller<'_, '_> {
    /// Every document: where it comes from, when, by whom.
    pub(super) fn documents(&mut self) -> io::Result<()> {
        for source in self.graph.sources() {
            let document = iri::document(&source.id);
            for class in [vocab::NEWS_ARTICLE, vocab::FOAF_DOCUMENT, vocab::PROV_ENTITY] {
                self.tell(&document, rdf::TYPE, class)?;
            }
            let title = source.title.as_deref().filter(|title| !title.is_empty()).unwrap_or(&source.id);
            self.tell(&document, rdfs::LABEL, &iri::text(title))?;
            self.ours(&document, "id", &iri::text(&source.id))?;
            self.words(&document, "source", &source.source)?;
            if let Some(url) = source.url.as_deref().and_then(iri::web) {
                self.tell(&document, vocab::URL, &url)?;
            }
            if let Some(publisher) = &source.publisher {
                self.tell(&document, vocab::PUBLISHER, &iri::text(publisher))?;
            }
            if let Some(day) = source.published.and_then(iri::day) {
                self.tell(&document, vocab::PUBLISHED, &day)?;
            }
        }
        Ok(())
    }

    /// Every predicate that an edge has: its family and its codes.
    pub(super) fn relations(&mut self) -> io::Result<()> {
        let mut relations: BTreeMap<String, &Edge> = BTreeMap::new();
        for link in self.graph.links() {
            relations.entry(link.edge.predicate.to_string()).or_insert(link.edge);
        }
        for (name, edge) in relations {
            let relation = iri::relation(&name);
            self.tell(&relation, rdf::TYPE, rdf::PROPERTY)?;
            self.ours_class(&relation, "Relation")?;
            if edge.symmetric {
                self.tell(&relation, rdf::TYPE, vocab::SYMMETRIC)?;
            }
            self.tell(&relation, rdfs::LABEL, &iri::text(&name.replace('_', " ")))?;
            self.words(&relation, "inverse", &edge.inverse)?;
            self.words(&relation, "family", &edge.family)?;
            self.words(&relation, "cameo", &edge.cameo)?;
            self.words(&relation, "plover", &edge.plover)?;
            if let Some(quad) = edge.quad {
                self.ours(&relation, "quad", &iri::whole(u8::from(quad)))?;
            }
            if let Some(score) = edge.goldstein.and_then(iri::decimal) {
                self.ours(&relation, "goldstein", &score)?;
            }
            if edge.standing {
                self.ours(&relation, "standing", &iri::yes())?;
            }
        }
        Ok(())
    }

    /// Every node: what it is, what it is called, what it does as a fact; then its offices.
    pub(super) fn nodes(&mut self) -> io::Result<()> {
        for (index, node) in self.graph.nodes() {
            let name = iri::node(&node.key);
            self.node(&name, node)?;
            let offices: Vec<NamedNode> = node.roles.iter().map(|role| tenure(node, role)).collect();
            self.facts(&name, index)?;
            for (office, role) in offices.iter().zip(&node.roles) {
                self.office(office, &name, role)?;
            }
        }
        Ok(())
    }

    fn node(&mut self, name: &NamedNode, node: &Node) -> io::Result<()> {
        self.ours_class(name, "Node")?;
        let (ours, theirs) = classes(node.kind);
        self.ours_class(name, ours)?;
        for class in theirs {
            self.tell(name, rdf::TYPE, NamedNodeRef::new_unchecked(class))?;
        }
        self.tell(name, rdfs::LABEL, &iri::text(&node.name))?;
        for alias in &node.aliases {
            self.tell(name, vocab::ALT_LABEL, &iri::text(alias))?;
        }
        self.ours(name, "key", &iri::text(&node.key))?;
        if let Some(country) = node.country.as_deref().filter(|country| *country != node.key) {
            self.ours(name, "country", &iri::node(country))?;
        }
        self.ours(name, "mentions", &iri::whole(node.mentions))?;
        for merge in &node.merged {
            self.tell(name, vocab::EXACT_MATCH, &iri::node(&merge.key))?;
        }
        Ok(())
    }

    /// One triple for every edge that leaves the node and is told as a fact.
    fn facts(&mut self, name: &NamedNode, index: NodeIndex) -> io::Result<()> {
        let mut links: Vec<_> =
            self.graph.graph().edges_directed(index, Outgoing).map(|e| e.weight().id).collect();
        links.sort_unstable();
        let links = links.into_iter().filter_map(|id| self.graph.link(id));
        let mut facts: Vec<_> = links.filter(|link| link.edge.is_fact()).collect();
        // A stable sort: one predicate's triples stand together.
        facts.sort_by(|a, b| a.edge.predicate.cmp(&b.edge.predicate));
        for link in facts {
            if let Some(object) = link.object() {
                self.tell(name, iri::relation(&link.edge.predicate).as_ref(), &iri::node(&object.key))?;
            }
        }
        Ok(())
    }

    fn office(&mut self, office: &NamedNode, holder: &NamedNode, role: &NodeRole) -> io::Result<()> {
        self.ours_class(office, "Tenure")?;
        self.tell(office, rdf::TYPE, vocab::MEMBERSHIP)?;
        self.tell(office, vocab::MEMBER, holder)?;
        if let Some(of) = &role.of {
            self.tell(office, vocab::ORGANIZATION, &iri::node(of))?;
        }
        self.tell(office, rdfs::LABEL, &iri::text(&role.title))?;
        for (name, day) in [("from", role.from), ("until", role.until)] {
            if let Some(day) = day.and_then(iri::day) {
                self.ours(office, name, &day)?;
            }
        }
        if role.spokesperson {
            self.ours(office, "spokesperson", &iri::yes())?;
        }
        if role.former {
            self.ours(office, "former", &iri::yes())?;
        }
        Ok(())
    }

    fn ours_class(&mut self, subject: &NamedNode, name: &str) -> io::Result<()> {
        self.tell(subject, rdf::TYPE, &iri::term(name))
    }
}

/// The name of an office that somebody holds: by everything that is told of it.
fn tenure(node: &Node, role: &NodeRole) -> NamedNode {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let hash = ContentHash::new()
        .and(&node.key)
        .and(&role.title)
        .and(role.of.as_deref().unwrap_or_default())
        .and(&day(role.from))
        .and(&day(role.until))
        .and(if role.spokesperson { "spokesperson" } else { "" })
        .and(if role.former { "former" } else { "" });
    iri::hashed("tenure", &hash.hex())
}

/// Our class of a kind, and the classes of others that say the same.
fn classes(kind: Kind) -> (&'static str, &'static [&'static str]) {
    match kind {
        Kind::Person => ("Person", &["https://schema.org/Person", "http://xmlns.com/foaf/0.1/Person"]),
        Kind::Country => ("Country", &["https://schema.org/Country"]),
        Kind::Organization => {
            ("Organization", &["https://schema.org/Organization", "http://www.w3.org/ns/org#Organization"])
        }
        Kind::Place => ("Place", &["https://schema.org/Place"]),
        Kind::Group => ("Group", &["http://xmlns.com/foaf/0.1/Group"]),
        Kind::Other => ("Other", &[]),
    }
}
