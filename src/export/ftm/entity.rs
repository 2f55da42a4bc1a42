//! One FollowTheMoney entity: an id, a schema, properties of many values each.
//!
//! In: words as the graph has them. Out: a line of JSON whose values FollowTheMoney takes without
//! cleaning: no control characters, no value twice, no empty one.

use std::collections::BTreeMap;
use std::io::{self, Write};

use jiff::civil::Date;
use serde_json::json;

/// An entity in the making.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

impl Entity {
    pub(super) fn new(schema: &'static str, id: String) -> Self {
        Entity { id, schema, properties: BTreeMap::new() }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Another entity, by its id.
    pub(super) fn link(&mut self, property: &'static str, id: String) {
        let values = self.properties.entry(property).or_default();
        if !values.contains(&id) {
            values.push(id);
        }
    }

    /// Words on one line: names, titles.
    pub(super) fn line(&mut self, property: &'static str, words: &str) {
        let clean: Vec<&str> = words.split(|c: char| c.is_whitespace() || is_unsafe(c)).collect();
        let clean = clean.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if !clean.is_empty() {
            self.link(property, clean);
        }
    }

    /// Words with their lines.
    pub(super) fn text(&mut self, property: &'static str, words: &str) {
        let clean: String = words.chars().map(|c| if c != '\n' && is_unsafe(c) { ' ' } else { c }).collect();
        let clean = clean.trim();
        if !clean.is_empty() {
            self.link(property, clean.to_owned());
        }
    }

    /// An address of the web.
    pub(super) fn address(&mut self, property: &'static str, url: &str) {
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        if is_web
            && !url.contains(|c: char| c.is_whitespace() || is_unsafe(c) || matches!(c, '<' | '>' | '"'))
        {
            self.link(property, url.to_owned());
        }
    }

    pub(super) fn day(&mut self, property: &'static str, day: Option<Date>) {
        if let Some(day) = day.filter(|day| day.year() > 0) {
            self.link(property, day.to_string());
        }
    }

    /// A country's code, from its key.
    pub(super) fn country(&mut self, key: Option<&str>) {
        let code = key.and_then(|key| key.strip_prefix("iso:")).filter(|code| code.len() == 2);
        if let Some(code) = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_uppercase())) {
            self.link("country", code.to_lowercase());
        }
    }

    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let line = json!({ "id": self.id, "schema": self.schema, "properties": self.properties });
        writeln!(out, "{line}")
    }
}

/// Control characters, and what is no character at all.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{2028}' | '\u{2029}')
}

/// Ids that stay the same from file to file.
pub(super) mod id {
    use super::super::super::content_hash::ContentHash;
    use crate::graph::Source;

    /// `Q7821917`, as others call it too; `dm.person.jane-doe`; a hash where the key is not plain.
    pub fn node(key: &str) -> String {
        let is_plain = |text: &str| {
            let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':');
            text.bytes().all(inner)
                && text.bytes().next_back().is_some_and(|last| last.is_ascii_alphanumeric())
        };
        match key.strip_prefix("wd:Q") {
            Some(number) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
                format!("Q{number}")
            }
            _ if is_plain(key) => format!("dm.{}", key.replace(':', ".")),
            _ => hashed("node", &[key]),
        }
    }

    pub fn document(source: &Source) -> String {
        hashed("document", &[&source.id])
    }

    /// `dm-position-89ab…`: by what the thing says.
    pub fn hashed(sort: &str, fields: &[&str]) -> String {
        let hash = fields.iter().fold(ContentHash::new().and(sort), |hash, field| hash.and(field));
        format!("dm-{sort}-{}", hash.hex())
    }
}

#[cfg(test)]
mod tests {
    use super::{Entity, id};

    #[test]
    fn ids_are_plain() {
        assert_eq!(id::node("wd:Q42"), "Q42");
        assert_eq!(id::node("iso:CN"), "dm.iso.CN");
        assert_eq!(id::node("group:il:soldiers"), "dm.group.il.soldiers");
        for key in ["", "a b", "person:", "朝鮮", "wd:Q"] {
            let id = id::node(key);
            assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte)), "{id}");
        }
    }

    #[test]
    fn values_are_clean_and_stand_once() {
        let mut entity = Entity::new("Person", "x".to_owned());
        entity.line("name", " Jane\0\n Doe ");
        entity.line("name", "Jane Doe");
        entity.line("alias", "\0");
        entity.address("sourceUrl", "javascript:alert(1)");
        entity.country(Some("iso:CN"));
        entity.country(Some("org:un"));
        let mut line = Vec::new();
        entity.write(&mut line).unwrap();
        assert_eq!(
            String::from_utf8(line).unwrap(),
            "{\"id\":\"x\",\"properties\":{\"country\":[\"cn\"],\"name\":[\"Jane Doe\"]},\"schema\":\"Person\"}\n"
        );
    }
}
