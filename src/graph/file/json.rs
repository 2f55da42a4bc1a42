//! The readable form: one JSON object, a document a line.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::table::{Row, Tables};
use super::{Fault, SCHEMA};
use crate::graph::Readings;

#[derive(Deserialize)]
struct Head {
    schema: Option<String>,
}

#[derive(Deserialize)]
struct Whole {
    #[serde(flatten)]
    tables: Tables,
    documents: Vec<Row<'static>>,
}

pub(super) fn write(readings: &Readings, mut out: &mut dyn Write) -> io::Result<()> {
    let (tables, numbers) = Tables::of(readings);
    write!(out, "{{\"schema\":\"{SCHEMA}\",\n\"predicates\":[")?;
    lines(&mut out, tables.predicates.iter())?;
    write!(out, "],\n\"rules\":[")?;
    lines(&mut out, tables.rules.iter())?;
    writeln!(out, "],")?;
    for (name, pairs) in [("same", &tables.same.same), ("apart", &tables.same.apart)] {
        if !pairs.is_empty() {
            write!(out, "\"{name}\":[")?;
            lines(&mut out, pairs.iter())?;
            writeln!(out, "],")?;
        }
    }
    write!(out, "\"documents\":[")?;
    lines(&mut out, readings.iter().map(|reading| numbers.row(reading)))?;
    out.write_all(b"]}\n")
}

pub(super) fn read(bytes: &[u8]) -> Result<Readings, Fault> {
    // A file of this program says so in its first line, also if its end is missing.
    let ours = bytes.starts_with(b"{\"schema\":\"demarche/graph/");
    let head: Head = serde_json::from_slice(bytes).map_err(|error| match ours {
        true => Fault::Damaged(error.to_string()),
        false => Fault::NotAGraph(error.to_string()),
    })?;
    match head.schema.as_deref() {
        Some(SCHEMA) => {}
        Some(schema) if schema.starts_with("demarche/graph/") => {
            return Err(Fault::OtherVersion(schema.to_owned(), SCHEMA));
        }
        Some(schema) => {
            return Err(Fault::NotAGraph(format!("its schema is `{schema}`, not `{SCHEMA}`")));
        }
        None => return Err(Fault::NotAGraph(format!("it has no field `schema` that says `{SCHEMA}`"))),
    }
    let Whole { tables, documents } =
        serde_json::from_slice(bytes).map_err(|error| Fault::Damaged(error.to_string()))?;
    let mut readings = Readings::default();
    readings.tell(&tables.same);
    let shared = tables.shared();
    for row in documents {
        readings.insert(tables.reading(&shared, row).map_err(Fault::Damaged)?);
    }
    Ok(readings)
}

fn lines<T: Serialize>(out: &mut impl Write, items: impl Iterator<Item = T>) -> io::Result<()> {
    for (n, item) in items.enumerate() {
        out.write_all(if n == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &item).map_err(io::Error::from)?;
    }
    Ok(())
}
