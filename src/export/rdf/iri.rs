//! Names of the web for what the graph holds: IRIs and literals.
//!
//! In: keys (`wd:Q7821917`, `iso:CN`, `person:jane-doe`), ids, words. Out: `http://www.wikidata.org/entity/…`,
//! ISO's own address of a country, and `urn:demarche:…` for the rest. Two keys never share an IRI. Any
//! string gives a valid IRI or literal: what an IRI cannot hold is written as `%XX`, what XML cannot hold
//! (NUL, most control characters) becomes U+FFFD, one for one, so that offsets stay right.

use std::fmt::Write;

use jiff::civil::Date;
use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNode, NamedNodeRef};

use crate::relation::Period;

/// Every prefix that the files declare, and that a SPARQL question may use.
pub const PREFIXES: [(&str, &str); 19] = [
    ("dm", "urn:demarche:term:"),
    ("rel", "urn:demarche:relation:"),
    ("node", "urn:demarche:node:"),
    ("doc", "urn:demarche:document:"),
    ("stmt", "urn:demarche:statement:"),
    ("quote", "urn:demarche:quotation:"),
    ("passage", "urn:demarche:passage:"),
    ("tenure", "urn:demarche:tenure:"),
    ("wd", "http://www.wikidata.org/entity/"),
    ("iso", "https://www.iso.org/obp/ui/#iso:code:3166:"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("schema", "https://schema.org/"),
];

/// Other people's words that we use.
pub(super) mod vocab {
    use oxrdf::NamedNodeRef;

    const fn iri(iri: &'static str) -> NamedNodeRef<'static> {
        NamedNodeRef::new_unchecked(iri)
    }

    pub const ALT_LABEL: NamedNodeRef<'_> = iri("http://www.w3.org/2004/02/skos/core#altLabel");
    pub const EXACT_MATCH: NamedNodeRef<'_> = iri("http://www.w3.org/2004/02/skos/core#exactMatch");
    pub const DERIVED_FROM: NamedNodeRef<'_> = iri("http://www.w3.org/ns/prov#wasDerivedFrom");
    pub const PROV_ENTITY: NamedNodeRef<'_> = iri("http://www.w3.org/ns/prov#Entity");
    pub const SPECIFIC_RESOURCE: NamedNodeRef<'_> = iri("http://www.w3.org/ns/oa#SpecificResource");
    pub const HAS_SOURCE: NamedNodeRef<'_> = iri("http://www.w3.org/ns/oa#hasSource");
    pub const HAS_SELECTOR: NamedNodeRef<'_> = iri("http://www.w3.org/ns/oa#hasSelector");
    pub const POSITION_SELECTOR: NamedNodeRef<'_> = iri("http://www.w3.org/ns/oa#TextPositionSelector");
    pub const QUOTE_SELECTOR: NamedNodeRef<'_> = iri("http://www.w3.org/ns/oa#TextQuoteSelector");
    pub const START: NamedNodeRef<'_> = iri("http://www.w3.org/ns/oa#start");
    pub const END: NamedNodeRef<'_> = iri("http://www.w3.org/ns/oa#end");
    pub const EXACT: NamedNodeRef<'_> = iri("http://www.w3.org/ns/oa#exact");
    pub const MEMBERSHIP: NamedNodeRef<'_> = iri("http://www.w3.org/ns/org#Membership");
    pub const MEMBER: NamedNodeRef<'_> = iri("http://www.w3.org/ns/org#member");
    pub const ORGANIZATION: NamedNodeRef<'_> = iri("http://www.w3.org/ns/org#organization");
    pub const SYMMETRIC: NamedNodeRef<'_> = iri("http://www.w3.org/2002/07/owl#SymmetricProperty");
    pub const FOAF_DOCUMENT: NamedNodeRef<'_> = iri("http://xmlns.com/foaf/0.1/Document");
    pub const NEWS_ARTICLE: NamedNodeRef<'_> = iri("https://schema.org/NewsArticle");
    pub const SCHEMA_QUOTATION: NamedNodeRef<'_> = iri("https://schema.org/Quotation");
    pub const PUBLISHED: NamedNodeRef<'_> = iri("https://schema.org/datePublished");
    pub const PUBLISHER: NamedNodeRef<'_> = iri("https://schema.org/publisher");
    pub const URL: NamedNodeRef<'_> = iri("https://schema.org/url");
    pub const MENTIONS: NamedNodeRef<'_> = iri("https://schema.org/mentions");
    pub const TEXT: NamedNodeRef<'_> = iri("https://schema.org/text");
}

/// A word of our own vocabulary, `schema/demarche.ttl`. Only for names in plain letters.
pub(super) fn term(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("urn:demarche:term:{name}"))
}

/// A node, by its key.
pub(super) fn node(key: &str) -> NamedNode {
    let is_wikidata = |id: &str| {
        id.strip_prefix('Q').is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_country =
        |code: &str| (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase());
    let iri = match key.split_once(':') {
        Some(("wd", id)) if is_wikidata(id) => format!("http://www.wikidata.org/entity/{id}"),
        Some(("iso", code)) if is_country(code) => {
            format!("https://www.iso.org/obp/ui/#iso:code:3166:{code}")
        }
        _ => urn("node", key),
    };
    NamedNode::new_unchecked(iri)
}

/// A predicate of the lexicon.
pub(super) fn relation(name: &str) -> NamedNode {
    NamedNode::new_unchecked(urn("relation", name))
}

/// A document, by its id.
pub(super) fn document(id: &str) -> NamedNode {
    NamedNode::new_unchecked(urn("document", id))
}

/// A thing that is named by a hash of what it says.
pub(super) fn hashed(sort: &str, hash: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("urn:demarche:{sort}:{hash}"))
}

fn urn(sort: &str, id: &str) -> String {
    let mut iri = format!("urn:demarche:{sort}:");
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b':') {
            iri.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(iri, "%{byte:02X}");
        }
    }
    iri
}

/// An address of the web, if it is one.
pub(super) fn web(address: &str) -> Option<NamedNode> {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    if is_web { NamedNode::new(address).ok() } else { None }
}

/// Words.
pub(super) fn text(words: &str) -> Literal {
    let unfit = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if words.contains(unfit) {
        return Literal::new_simple_literal(words.replace(unfit, "\u{fffd}"));
    }
    Literal::new_simple_literal(words)
}

/// A whole number.
pub(super) fn whole(number: impl Into<u64>) -> Literal {
    typed(number.into().to_string(), xsd::INTEGER)
}

/// A number with a point; `None` for what is no number.
pub(super) fn decimal(number: f32) -> Option<Literal> {
    if !number.is_finite() {
        return None;
    }
    let mut digits = number.to_string();
    if !digits.contains('.') {
        digits.push_str(".0");
    }
    Some(typed(digits, xsd::DECIMAL))
}

pub(super) fn yes() -> Literal {
    typed("true".to_owned(), xsd::BOOLEAN)
}

/// A day; `None` for days that XML Schema cannot write.
pub(super) fn day(day: Date) -> Option<Literal> {
    (day.year() > 0).then(|| typed(day.to_string(), xsd::DATE))
}

/// First and last day, with the word for each.
pub(super) fn days(period: Option<Period>) -> impl Iterator<Item = (&'static str, Literal)> {
    let ends = period.map(|period| [("from", period.from), ("until", period.until)]);
    ends.into_iter().flatten().filter_map(|(name, at)| Some((name, day(at)?)))
}

fn typed(digits: String, datatype: NamedNodeRef<'static>) -> Literal {
    Literal::new_typed_literal(digits, datatype)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::NAMES;

    #[test]
    fn keys_are_addresses_where_there_is_one() {
        for (key, iri) in [
            ("wd:Q7821917", "http://www.wikidata.org/entity/Q7821917"),
            ("iso:CN", "https://www.iso.org/obp/ui/#iso:code:3166:CN"),
            ("person:jane-doe", "urn:demarche:node:person:jane-doe"),
            ("wd:P31", "urn:demarche:node:wd:P31"),
            ("iso:", "urn:demarche:node:iso:"),
            ("", "urn:demarche:node:"),
            ("a b%é", "urn:demarche:node:a%20b%25%C3%A9"),
        ] {
            assert_eq!(node(key).as_str(), iri);
        }
    }

    #[test]
    fn every_name_gives_a_valid_iri_of_its_own() {
        let iris: std::collections::BTreeSet<String> = NAMES
            .iter()
            .map(|name| NamedNode::new(node(name).into_string()).unwrap().into_string())
            .collect();
        assert_eq!(iris.len(), NAMES.len());
        for (_, iri) in PREFIXES {
            NamedNode::new(iri).unwrap();
        }
    }

    #[test]
    fn literals_are_of_their_type() {
        assert_eq!(text("a\0b\u{ffff}\n").value(), "a\u{fffd}b\u{fffd}\n");
        let decimals = [1.0, -0.25, 1e-7, 3.4e9].map(|number| decimal(number).unwrap().value().to_owned());
        assert_eq!(decimals, ["1.0", "-0.25", "0.0000001", "3400000000.0"]);
        assert_eq!(decimal(f32::NAN), None);
        assert_eq!(day(jiff::civil::date(2021, 3, 8)).unwrap().value(), "2021-03-08");
        assert_eq!(web("javascript:alert(1)"), None);
        assert_eq!(web("https://a b"), None);
    }
}
