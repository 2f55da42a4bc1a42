//! A user's files laid over the built-in tables.
//!
//! In: CSV files: entities (`kind`, `name`, …), or terms of office (`person`, `office`, `of`, …), told
//! apart by their header. Out: the layers, and a problem for each bad row; the good rows are used. A
//! row with the key, or the kind and name, of a built-in entry takes its place and keeps its offices;
//! a row with `suppress` switches an entry, or the names given there, off. Later files win.

use std::borrow::Cow;
use std::path::PathBuf;

use crate::lexicon::problem::Problem;
use crate::lexicon::reader::entry::read_entries;
use crate::lexicon::reader::file::read_texts;
use crate::lexicon::reader::fold::{fold, letters};
use crate::lexicon::reader::gazetteer::{Below, Rows, compile};
use crate::lexicon::reader::term::read_roles;
use crate::text::{EntryId, Span};

use super::table::Table;
use super::{Gazetteer, Kind, NameUse};

impl Gazetteer {
    /// This gazetteer with a layer made of `files` over it. Bad rows and files are told, not fatal.
    #[must_use]
    pub fn with_files(self, files: &[PathBuf]) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let texts = read_texts(files, &mut problems);
        let gazetteer = self.with_texts(&texts, &mut problems);
        (gazetteer, problems)
    }

    /// The same for files that are read already: name and text of each.
    #[must_use]
    pub fn with_texts(mut self, files: &[(String, String)], problems: &mut Vec<Problem>) -> Self {
        let mut rows = Rows::default();
        for (name, text) in files {
            let header = text.lines().find(|l| !l.starts_with('#')).unwrap_or_default().to_lowercase();
            if header.contains("person") && header.contains("office") && !header.contains("kind") {
                rows.roles.extend(read_roles(name, text, problems));
            } else {
                read_entries(name, text, &mut rows.entries, problems);
            }
        }
        let suppressed = std::mem::take(&mut rows.entries.suppressed);
        for off in suppressed {
            let kind = off.named.0;
            let found = match off.key.as_str() {
                "" => self.named(kind, &off.named.1),
                key => Some(key.to_owned()),
            };
            let Some(id) = found.and_then(|key| self.by_key(&key)) else {
                let problem = Problem::new(
                    &off.place.0,
                    off.place.1,
                    format!("nothing to suppress is called `{}`", off.named.1),
                );
                problems.push(match self.near(&off.named.1) {
                    Some(near) if near != off.named.1 => problem.hint(format!("did you mean `{near}`?")),
                    _ => problem.hint("`demarche gazetteer find NAME` lists what is known; give its key"),
                });
                continue;
            };
            if off.names.is_empty() {
                self.hidden.insert(id.0);
            }
            for name in off.names {
                self.hidden_names.insert((id.0, letters(&fold(&name)).collect()));
            }
        }
        let below = Below::counts(&self);
        let layer = Table::new(Cow::Owned(compile(rows, &self, problems)), below);
        for id in (below[0]..layer.counts()[0]).map(EntryId) {
            let key = layer.entry(id).map_or("", |e| e.key);
            self.hidden.extend(self.layers.iter().filter_map(|l| l.by_key(key)).map(|id| id.0));
        }
        self.layers.insert(0, layer);
        self
    }
}

impl Below for Gazetteer {
    fn counts(&self) -> [u32; 3] {
        self.layers.first().map_or([0; 3], Table::counts)
    }

    fn entry(&self, key: &str) -> Option<u32> {
        self.layers.iter().find_map(|layer| layer.by_key(key)).map(|id| id.0)
    }

    fn named(&self, kind: u8, name: &str) -> Option<String> {
        let wanted = [Kind::Person, Kind::Country, Kind::Organization, Kind::Place, Kind::Group, Kind::Other];
        let wanted = wanted.get(usize::from(kind))?;
        let whole = |name_use| matches!(name_use, NameUse::Name | NameUse::Alias | NameUse::Acronym);
        let mut found = self.find(name);
        found.retain(|(id, name_use)| whole(*name_use) && Gazetteer::entry(self, *id).kind == *wanted);
        found.dedup_by_key(|(id, _)| *id);
        match found[..] {
            [(id, _)] => Some(Gazetteer::entry(self, id).key.to_owned()),
            _ => None,
        }
    }

    fn office(&self, code: &str) -> Option<u32> {
        self.office_by_code(code).map(|id| id.0)
    }

    fn body(&self, code: &str) -> Option<u32> {
        self.body_by_code(code).map(|id| id.0)
    }

    fn offices(&self) -> Vec<String> {
        self.office_codes().into_iter().map(str::to_owned).collect()
    }

    fn is_office_name(&self, name: &str) -> bool {
        self.office_at(name, &[Span::new(0, name.len())]).is_some()
    }
}
