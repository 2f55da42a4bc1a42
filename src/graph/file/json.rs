//! The readable form: one JSON object, a document a line.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::table::{self, Row, Tables};
use super::{Fault, SCHEMA};
use crate::graph::{Reading, Readings};

/// What tells whether a file is one of ours.
#[derive(Deserialize)]
struct Head {
    schema: Option<String>,
}

#[derive(Deserialize)]
struct Whole {
    schema: String,
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
    let whole = serde_json::from_slice::<Whole>(bytes);
    let whole = whole
        .map_err(|error| error.to_string())
        .and_then(|whole| if whole.schema == SCHEMA { Ok(whole) } else { Err(whole.schema) });
    let Whole { tables, documents, .. } = whole.map_err(|why| fault(bytes, why))?;
    let mut readings = Readings::default();
    readings.tell(&tables.same);
    let shared = tables.shared();
    let made: Result<Vec<Reading>, String> =
        documents.into_iter().map(|row| table::reading(&shared, &tables.rules, row)).collect();
    readings.extend(made.map_err(Fault::Damaged)?);
    Ok(readings)
}

/// Why a file could not be read. Only then it is read once more, for its schema: another version may be made
/// in any other way.
fn fault(bytes: &[u8], why: String) -> Fault {
    // A file of this program says so in its first line, also if its end is missing.
    let ours = bytes.starts_with(b"{\"schema\":\"demarche/graph/");
    let head: Head = match serde_json::from_slice(bytes) {
        Ok(head) => head,
        Err(error) if ours => return Fault::Damaged(error.to_string()),
        Err(error) => return Fault::NotAGraph(error.to_string()),
    };
    match head.schema {
        Some(schema) if schema == SCHEMA => Fault::Damaged(why),
        Some(schema) if schema.starts_with("demarche/graph/") => Fault::OtherVersion(schema, SCHEMA),
        Some(schema) => Fault::NotAGraph(format!("its schema is `{schema}`, not `{SCHEMA}`")),
        None => Fault::NotAGraph(format!("it has no field `schema` that says `{SCHEMA}`")),
    }
}

fn lines<T: Serialize>(out: &mut impl Write, items: impl Iterator<Item = T>) -> io::Result<()> {
    for (n, item) in items.enumerate() {
        out.write_all(if n == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &item).map_err(io::Error::from)?;
    }
    Ok(())
}
