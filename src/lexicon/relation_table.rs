//! The relation lexicon as one flat table: layers merged, names resolved, written to bytes.
//!
//! In: the entries that [`super::reader::relations`] read, file by file, later files over earlier
//! ones. Out: a [`RelationTable`], and its bytes, which `build.rs` puts into the binary and the
//! program decodes at start (a thousand frames take less than a millisecond). Shared with
//! `build.rs`: only `std`.

use super::frame::{Condition, Control, Frame, Kinds, Literal, Place, Role, Shape, Slot};
use super::predicate::{Needs, Predicate, Quad};
use super::problem::{Problem, nearest};
use super::reader::relations::PredicateEntry;

/// Predicates and frames; a frame's `predicate` is a place in `predicates`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RelationTable {
    /// In the order of their first declaration.
    pub predicates: Vec<Predicate>,
    /// In the order of the files.
    pub frames: Vec<Frame>,
}

impl RelationTable {
    /// Layers files over the table: a known name gets more frames, and the fields that are given.
    ///
    /// Returns what one file alone could not know to be wrong.
    pub fn layer(&mut self, files: Vec<(String, Vec<PredicateEntry>)>) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut when = Vec::new();
        for (file, entries) in files {
            for entry in entries {
                let known = self.predicates.iter().position(|p| p.name == entry.name);
                let at = known.unwrap_or_else(|| {
                    problems.extend(missing(&file, &entry));
                    self.predicates.push(Predicate {
                        name: entry.name.clone(),
                        family: entry.family.clone(),
                        ..Predicate::default()
                    });
                    self.predicates.len() - 1
                });
                for frame in &entry.frames {
                    self.frames
                        .push(Frame { predicate: u32::try_from(at).unwrap_or(u32::MAX), ..frame.clone() });
                }
                when.push((at, file.clone(), entry.line, entry.when.clone()));
                overlay(&mut self.predicates[at], entry);
            }
        }
        let names: Vec<String> = self.predicates.iter().map(|p| p.name.clone()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        for (at, file, line, pairs) in when {
            for (condition, name) in pairs {
                let row = &mut self.predicates[at];
                row.when.retain(|(c, _)| *c != condition);
                match names.iter().position(|n| *n == name) {
                    Some(to) => row.when.push((condition, u32::try_from(to).unwrap_or(u32::MAX))),
                    None => {
                        let near = nearest(&name, &names);
                        let hint = near.map_or("declare it first".into(), |n| format!("did you mean `{n}`?"));
                        let message = format!("`when` names the unknown predicate `{name}`");
                        problems.push(Problem::new(&file, line, message).hint(hint));
                    }
                }
            }
        }
        problems
    }

    /// The table as bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut to = Writer(Vec::new());
        to.list(&self.predicates, |to, p| {
            for text in [&p.name, &p.family, &p.meaning, &p.cameo, &p.plover, &p.inverse] {
                to.text(text);
            }
            to.byte(p.quad.map_or(NONE, |q| q as u8));
            to.number(p.goldstein.unwrap_or(f32::NAN));
            to.byte(u8::from(p.symmetric) | u8::from(p.standing) << 1 | u8::from(p.silent) << 2);
            to.byte(p.needs as u8);
            to.list(&p.when, |to, (condition, at)| {
                to.byte(*condition as u8);
                to.long(*at);
            });
        });
        to.list(&self.frames, |to, f| {
            to.long(f.predicate);
            to.text(&f.text);
            to.byte(f.shape as u8);
            to.texts(&f.triggers);
            to.list(&f.modifiers, |to, m| to.texts(m));
            to.list(&f.particles, |to, p| to.texts(p));
            to.list(&f.literals, |to, l| {
                to.texts(&l.words);
                to.list(&l.modifiers, |to, m| to.texts(m));
                to.texts(&l.marks);
            });
            to.list(&f.slots, |to, s| {
                to.byte(s.role as u8);
                to.byte(s.kinds.0);
                match &s.place {
                    Place::Before => to.byte(0),
                    Place::Possessor => to.byte(1),
                    Place::Bare => to.byte(2),
                    Place::Marked(words) => {
                        to.byte(3);
                        to.texts(words);
                    }
                }
            });
            to.text(f.code.as_deref().unwrap_or(""));
            to.number(f.confidence);
            to.byte(f.content.map_or(NONE, |c| c as u8));
            to.byte(f.control as u8);
        });
        to.0
    }

    /// Reads what [`RelationTable::encode`] wrote; `None` if the bytes are anything else.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader(bytes);
        let predicates = from.list(|from| {
            let mut texts: [String; 6] = Default::default();
            for text in &mut texts {
                *text = from.text()?;
            }
            let [name, family, meaning, cameo, plover, inverse] = texts;
            let quad = Quad::try_from(from.byte()?).ok();
            let goldstein = Some(from.number()?).filter(|g| !g.is_nan());
            let bits = from.byte()?;
            let needs = from.byte()?;
            let needs = Needs::NAMES.iter().map(|(_, n)| *n).find(|n| *n as u8 == needs)?;
            let when = from.list(|from| Some((condition(from.byte()?)?, from.long()?)))?;
            let (symmetric, standing, silent) = (bits & 1 != 0, bits & 2 != 0, bits & 4 != 0);
            #[rustfmt::skip]
            let row = Predicate {
                name, family, meaning, cameo, plover, quad, goldstein, inverse, symmetric, standing, silent, needs,
                when,
            };
            Some(row)
        })?;
        let frames = from.list(|from| {
            Some(Frame {
                predicate: from.long()?,
                text: from.text()?,
                shape: *[Shape::Verb, Shape::Copula, Shape::Noun].get(from.byte()? as usize)?,
                triggers: from.texts()?,
                modifiers: from.list(Reader::texts)?,
                particles: from.list(Reader::texts)?,
                literals: from.list(|from| {
                    let (words, modifiers) = (from.texts()?, from.list(Reader::texts)?);
                    Some(Literal { words, modifiers, marks: from.texts()? })
                })?,
                slots: from.list(|from| {
                    let roles = [Role::Subject, Role::Object, Role::Content, Role::Topic];
                    let (role, kinds) = (*roles.get(from.byte()? as usize)?, Kinds(from.byte()?));
                    let place = match from.byte()? {
                        0 => Place::Before,
                        1 => Place::Possessor,
                        2 => Place::Bare,
                        _ => Place::Marked(from.texts()?),
                    };
                    Some(Slot { role, kinds, place })
                })?,
                code: Some(from.text()?).filter(|c| !c.is_empty()),
                confidence: from.number()?,
                content: match from.byte()? {
                    NONE => None,
                    byte => Some(condition(byte)?),
                },
                control: *[Control::Subject, Control::Object].get(from.byte()? as usize)?,
            })
        })?;
        Some(RelationTable { predicates, frames })
    }
}

/// What a predicate needs when it is declared first.
fn missing(file: &str, entry: &PredicateEntry) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut need = |key: &str, hint: &str| {
        let message = format!("`{}` has no `{key}`", entry.name);
        problems.push(Problem::new(file, entry.line, message).hint(hint));
    };
    if entry.meaning.is_none() {
        need("meaning", "one sentence with X and Y: meaning = \"X asks Y to do something.\"");
    }
    problems
}

fn overlay(row: &mut Predicate, entry: PredicateEntry) {
    let texts = [
        (&mut row.meaning, entry.meaning),
        (&mut row.cameo, entry.cameo),
        (&mut row.plover, entry.plover),
        (&mut row.inverse, entry.inverse),
    ];
    for (old, new) in texts {
        if let Some(new) = new {
            *old = new;
        }
    }
    row.goldstein = entry.goldstein.or(row.goldstein);
    let quad = entry.quad.and_then(|q| Quad::try_from(q).ok()).or(row.quad);
    row.quad = quad.or_else(|| Quad::of_cameo(&row.cameo));
    row.symmetric = entry.symmetric.unwrap_or(row.symmetric);
    row.standing = entry.standing.unwrap_or(row.standing);
    row.silent = entry.silent.unwrap_or(row.silent);
    row.needs = entry.needs.unwrap_or(row.needs);
}

fn condition(byte: u8) -> Option<Condition> {
    Condition::NAMES.iter().map(|(_, c)| *c).find(|c| *c as u8 == byte)
}

/// A byte that stands for "not given".
const NONE: u8 = 255;

struct Writer(Vec<u8>);

impl Writer {
    fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    fn long(&mut self, n: u32) {
        self.0.extend(n.to_le_bytes());
    }

    fn number(&mut self, n: f32) {
        self.0.extend(n.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.long(u32::try_from(text.len()).unwrap_or(u32::MAX));
        self.0.extend(text.as_bytes());
    }

    fn texts(&mut self, texts: &[String]) {
        self.list(texts, |to, text| to.text(text));
    }

    fn list<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.long(u32::try_from(items.len()).unwrap_or(u32::MAX));
        items.iter().for_each(|item| write(self, item));
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|b| b[0])
    }

    fn long(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn number(&mut self) -> Option<f32> {
        Some(f32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn text(&mut self) -> Option<String> {
        let n = self.long()? as usize;
        std::str::from_utf8(self.take(n)?).ok().map(str::to_owned)
    }

    fn texts(&mut self) -> Option<Vec<String>> {
        self.list(Reader::text)
    }

    fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let n = self.long()? as usize;
        (0..n).map(|_| read(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::relations::read;
    use super::*;

    const FILE: &str = "[urges]\nmeaning = \"X asks Y.\"\ncameo = \"020\"\nwhen = { negated = \"rejects\" }\n\
        frames = [\"SUBJECT urge [on] OBJECT to CONTENT\", \"SUBJECT's peace talks with OBJECT:country\"]\n\
        [[urges.example]]\ntext = \"A.\"\nedges = [\"A -urges-> B\"]\n\
        [rejects]\nmeaning = \"X says no to Y.\"\ncameo = \"120\"\n\
        [nothing]\nmeaning = \"No event.\"\nstanding = true\nsilent = true\n";

    fn table() -> RelationTable {
        let mut table = RelationTable::default();
        let (entries, problems) = read("a.toml", FILE);
        assert_eq!(problems, []);
        assert_eq!(table.layer(vec![("a.toml".into(), entries)]), []);
        table
    }

    #[test]
    fn comes_back_from_its_bytes() {
        let table = table();
        let bytes = table.encode();
        assert_eq!(RelationTable::decode(&bytes), Some(table));
        for cut in 0..bytes.len() {
            assert_eq!(RelationTable::decode(&bytes[..cut]), None);
        }
    }

    #[test]
    fn a_later_layer_adds_frames_and_overrides_fields() {
        let mut table = table();
        let before = table.frames.len();
        let more = "[urges]\ncameo = \"021\"\nframes = [\"SUBJECT nudge OBJECT\"]\n\
            [[urges.example]]\ntext = \"A.\"\nedges = [\"A -urges-> B\"]\n";
        assert_eq!(table.layer(vec![("my.toml".into(), read("my.toml", more).0)]), []);
        assert_eq!(table.frames.len(), before + 1);
        assert_eq!(
            (table.predicates[0].cameo.as_str(), table.predicates[0].meaning.as_str()),
            ("021", "X asks Y.")
        );
        assert_eq!(table.predicates[0].when, [(Condition::Negated, 1)]);
    }

    #[test]
    fn says_what_is_missing_or_unknown() {
        let mut table = RelationTable::default();
        let text = "[urges]\ncameo = \"020\"\nwhen = { planned = \"urgse\" }\n";
        let said: Vec<String> = table
            .layer(vec![("x.toml".into(), read("x.toml", text).0)])
            .iter()
            .map(ToString::to_string)
            .collect();
        assert!(said[0].starts_with("x.toml:1: `urges` has no `meaning`"), "{said:?}");
        assert!(said[1].ends_with("hint: did you mean `urges`?"), "{said:?}");
    }
}
