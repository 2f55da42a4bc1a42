//! The compact form: for graphs of a million edges.
//!
//! ```text
//! demarche/graph/2\n          the schema, as in the JSON form
//! block …                     documents, some hundred a block
//! block                       the tables and the words of all documents
//! block of length 0           the end: a file without it was cut short
//! ```
//!
//! A block is three numbers of four bytes, little end first (bytes in the file, bytes unpacked, CRC-32 of the
//! second number and of the bytes in the file), and then borsh (<https://borsh.io>) packed by LZ4. Blocks are
//! unpacked side by side.

use std::io::{self, Write};

use borsh::BorshDeserialize;
use rayon::prelude::*;

use super::packed::{PackedRow, Words};
use super::table::Tables;
use super::{Fault, SCHEMA};
use crate::graph::{PredicateCodes, Reading, Readings, Text};

/// Statements and participants in one block, about: enough to pack well, few enough to share out.
const BLOCK: usize = 4_000;
/// A block that unpacks to more than this was not written by us.
const MOST: u32 = 1 << 30;
/// What every block begins with.
const HEAD: usize = 12;

pub(super) fn is_compact(bytes: &[u8]) -> bool {
    bytes.starts_with(b"demarche/graph/")
}

pub(super) fn write(readings: &Readings, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{SCHEMA}")?;
    let (tables, numbers) = Tables::of(readings);
    let mut words = Words::default();
    let mut rows: Vec<PackedRow> = Vec::new();
    let mut size = 0;
    for reading in readings.iter() {
        rows.push(PackedRow::of(&numbers.row(reading), reading, &mut words));
        size += reading.statements.len() + reading.participants.len() + reading.sayings.len() + 1;
        if size >= BLOCK {
            write_block(out, &borsh::to_vec(&rows)?)?;
            (rows, size) = (Vec::new(), 0);
        }
    }
    if !rows.is_empty() {
        write_block(out, &borsh::to_vec(&rows)?)?;
    }
    write_block(out, &borsh::to_vec(&(tables, words.list))?)?;
    out.write_all(&[0; HEAD])
}

fn write_block(out: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    let packed = lz4_flex::block::compress(bytes);
    let number = |n: usize| u32::try_from(n).map_err(|_| io::Error::other("a document is too large"));
    let (length, unpacked) = (number(packed.len())?, number(bytes.len())?);
    for number in [length, unpacked, checksum(unpacked, &packed)] {
        out.write_all(&number.to_le_bytes())?;
    }
    out.write_all(&packed)
}

/// CRC-32 of the size that a block unpacks to and of its bytes.
fn checksum(unpacked: u32, packed: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&unpacked.to_le_bytes());
    hasher.update(packed);
    hasher.finalize()
}

pub(super) fn read(bytes: &[u8]) -> Result<Readings, Fault> {
    let damaged = |why: &str| Fault::Damaged(why.to_owned());
    let end =
        bytes.iter().take(64).position(|byte| *byte == b'\n').ok_or_else(|| damaged("it was cut short"))?;
    let (schema, rest) = bytes.split_at(end);
    if schema != SCHEMA.as_bytes() {
        return Err(Fault::OtherVersion(String::from_utf8_lossy(schema).into_owned()));
    }
    let blocks = blocks(rest.get(1..).unwrap_or_default()).map_err(Fault::Damaged)?;
    let (last, rest) = blocks.split_last().ok_or_else(|| damaged("it has no tables"))?;
    let (tables, words): (Tables, Vec<Text>) = last.unpack().map_err(Fault::Damaged)?;
    let shared = tables.shared();
    let parts: Vec<Result<Vec<Reading>, String>> = rest
        .par_iter()
        .map(|block| {
            let rows: Vec<PackedRow> = block.unpack()?;
            rows.into_iter().map(|row| row.reading(&words, &tables, &shared)).collect()
        })
        .collect();
    let mut readings = Readings::default();
    readings.tell(&tables.same);
    for part in parts {
        for reading in part.map_err(Fault::Damaged)? {
            readings.insert(reading);
        }
    }
    Ok(readings)
}

/// A reading as bytes that depend on nothing else.
pub(super) fn bytes(reading: &Reading) -> Vec<u8> {
    let Reading { source, hash, predicates, rules, participants, excerpts, statements, sayings } = reading;
    let predicates: Vec<&PredicateCodes> = predicates.iter().map(|codes| &**codes).collect();
    // Writing to memory cannot fail; a value that borsh refuses (a NaN) is in no reading of ours.
    borsh::to_vec(&((source, hash, predicates, rules), (participants, excerpts, statements, sayings)))
        .unwrap_or_default()
}

struct Block<'a> {
    number: usize,
    packed: &'a [u8],
    unpacked: u32,
    checksum: u32,
}

/// The blocks of a file, up to the mark of its end.
fn blocks(mut rest: &[u8]) -> Result<Vec<Block<'_>>, String> {
    let mut blocks = Vec::new();
    loop {
        let number = blocks.len();
        let Some((head, after)) = rest.split_at_checked(HEAD) else {
            return Err("it was cut short".to_owned());
        };
        let word = |n: usize| {
            let bytes = head.get(4 * n..4 * n + 4).and_then(|bytes| bytes.try_into().ok());
            u32::from_le_bytes(bytes.unwrap_or_default())
        };
        let (length, unpacked, checksum) = (word(0) as usize, word(1), word(2));
        if length == 0 {
            let is_end = unpacked == 0 && checksum == 0 && after.is_empty();
            return if is_end { Ok(blocks) } else { Err(format!("block {number} is broken")) };
        }
        let Some((packed, after)) = after.split_at_checked(length) else {
            return Err("it was cut short".to_owned());
        };
        if unpacked > MOST {
            return Err(format!("block {number} is broken"));
        }
        blocks.push(Block { number, packed, unpacked, checksum });
        rest = after;
    }
}

impl Block<'_> {
    fn unpack<T: BorshDeserialize>(&self) -> Result<T, String> {
        if checksum(self.unpacked, self.packed) != self.checksum {
            return Err(format!("the checksum of block {} is wrong", self.number));
        }
        let told = |why: String| format!("block {}: {why}", self.number);
        let bytes = lz4_flex::block::decompress(self.packed, self.unpacked as usize)
            .map_err(|error| told(error.to_string()))?;
        borsh::from_slice(&bytes).map_err(|error| told(error.to_string()))
    }
}
