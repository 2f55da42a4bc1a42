//! Packs tables of word clusters into `clusters.bin`.
//!
//! In: tab-separated rows `word c64 c256 c1024`. Out: the table that `demarche::lexicon::clusters`
//! reads in place. Rows that do not parse stop the run with their place.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use demarche::lexicon::clusters::{Clusters, compile};

/// Reads the tables, writes `clusters.bin` into `out`.
pub fn pack(tables: &[PathBuf], out: &Path) -> anyhow::Result<()> {
    let texts: Vec<String> = tables
        .iter()
        .map(|path| fs::read_to_string(path).with_context(|| path.display().to_string()))
        .collect::<anyhow::Result<_>>()?;
    let mut rows = Vec::new();
    for (path, text) in tables.iter().zip(&texts) {
        for (n, line) in text.lines().enumerate() {
            rows.push(row(line).with_context(|| format!("{}:{}: not a row", path.display(), n + 1))?);
        }
    }
    let table = compile(rows.into_iter());
    let path = out.join("clusters.bin");
    fs::write(&path, &table).with_context(|| path.display().to_string())?;
    println!("{}: {} bytes", path.display(), table.len());
    Ok(())
}

fn row(line: &str) -> Option<(&str, Clusters)> {
    let mut fields = line.split('\t');
    let word = fields.next()?;
    let c64 = fields.next()?.parse().ok()?;
    let c256 = fields.next()?.parse().ok()?;
    let c1024 = fields.next()?.parse().ok()?;
    Some((word, Clusters { c64, c256, c1024 }))
}
