//! The compact form: for graphs of a million edges.
//!
//! ```text
//! demarche/graph/3\n          the schema; its number is not that of the JSON form
//! block, block …              documents, some hundred; and their sentences as one text
//! block, block                the tables; and the words of all documents as one text
//! block of length 0           the end: a file without it was cut short
//! ```
//!
//! A block is three numbers of four bytes, little end first (bytes in the file, bytes unpacked, CRC-32 of the
//! second number and of the bytes in the file), and then borsh (<https://borsh.io>) or plain text, packed by
//! LZ4. Blocks are unpacked side by side.

use std::io::{self, Write};

use rayon::prelude::*;

use super::Fault;
use super::packed::{PackedRow, Words};
use super::table::Tables;
use crate::graph::{PredicateCodes, Reading, Readings, Text};

/// The name and version of the compact form.
pub(super) const SCHEMA: &str = "demarche/graph/3";
/// Statements and participants in one block, about: enough to pack well, few enough to share out.
const BLOCK: usize = 4_000;
/// A block that unpacks to more than this was not written by us.
const MOST: u32 = 1 << 30;
/// LZ4 makes at most so many bytes of one.
const MOST_OF_ONE: usize = 255;
/// What every block begins with.
const HEAD: usize = 12;

pub(super) fn is_compact(bytes: &[u8]) -> bool {
    bytes.starts_with(b"demarche/graph/")
}

pub(super) fn write(readings: &Readings, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{SCHEMA}")?;
    let (tables, numbers) = Tables::of(readings);
    let mut words = Words::default();
    let (mut rows, mut sentences): (Vec<PackedRow<'_>>, String) = Default::default();
    let mut size = 0;
    for reading in readings.iter() {
        rows.push(PackedRow::of(numbers.row(reading), reading, &mut words, &mut sentences));
        size += reading.statements.len() + reading.participants.len() + reading.sayings.len() + 1;
        if size >= BLOCK {
            write_pair(out, &borsh::to_vec(&rows)?, &sentences)?;
            rows.clear();
            sentences.clear();
            size = 0;
        }
    }
    if !rows.is_empty() {
        write_pair(out, &borsh::to_vec(&rows)?, &sentences)?;
    }
    let (lengths, words) = words.joined();
    write_pair(out, &borsh::to_vec(&(tables, lengths))?, &words)?;
    out.write_all(&[0; HEAD])
}

fn write_pair(out: &mut dyn Write, rows: &[u8], text: &str) -> io::Result<()> {
    write_block(out, rows)?;
    write_block(out, text.as_bytes())
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
        return Err(Fault::OtherVersion(String::from_utf8_lossy(schema).into_owned(), SCHEMA));
    }
    let blocks = blocks(rest.get(1..).unwrap_or_default()).map_err(Fault::Damaged)?;
    let (pairs, []) = blocks.as_chunks::<2>() else { return Err(damaged("a block lacks its text")) };
    let (last, pairs) = pairs.split_last().ok_or_else(|| damaged("it has no tables"))?;
    let (tables, words) = tables(last).map_err(Fault::Damaged)?;
    let shared = tables.shared();
    let parts: Vec<Result<Vec<Reading>, String>> = pairs
        .par_iter()
        .map_init(Vec::new, |room, [rows, text]| {
            let rows: Vec<PackedRow<'_>> =
                borsh::from_slice(rows.unpack_into(room)?).map_err(|error| rows.told(error))?;
            let lengths: Vec<u32> = rows.iter().flat_map(PackedRow::lengths).collect();
            let mut sentences = text.packed_pieces(&lengths)?.into_iter();
            let mut readings = Vec::with_capacity(rows.len());
            // Threads that count the copies of one text wait for each other: each block has its own rules.
            let rules: Vec<Text> = tables.rules.iter().map(|rule| rule.as_str().into()).collect();
            for row in rows {
                readings.push(row.reading(&words, &mut sentences, &shared, &rules)?);
            }
            Ok(readings)
        })
        .collect();
    let mut readings = Readings::default();
    readings.tell(&tables.same);
    let parts: Vec<Vec<Reading>> = parts.into_iter().collect::<Result<_, _>>().map_err(Fault::Damaged)?;
    readings.extend(parts.into_iter().flatten());
    Ok(readings)
}

fn tables([tables, words]: &[Block<'_>; 2]) -> Result<(Tables, Vec<Text>), String> {
    let (read, lengths): (Tables, Vec<u32>) =
        borsh::from_slice(tables.unpack_into(&mut Vec::new())?).map_err(|error| tables.told(error))?;
    Ok((read, words.pieces(&lengths)?))
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
        if unpacked > MOST || unpacked as usize > length.saturating_mul(MOST_OF_ONE) {
            return Err(format!("block {number} is broken"));
        }
        blocks.push(Block { number, packed, unpacked, checksum });
        rest = after;
    }
}

impl Block<'_> {
    fn told(&self, why: impl std::fmt::Display) -> String {
        format!("block {}: {why}", self.number)
    }

    fn check(&self) -> Result<(), String> {
        let is_right = checksum(self.unpacked, self.packed) == self.checksum;
        if is_right { Ok(()) } else { Err(format!("the checksum of block {} is wrong", self.number)) }
    }

    /// Its bytes, in `room`, which serves for many blocks.
    fn unpack_into<'r>(&self, room: &'r mut Vec<u8>) -> Result<&'r [u8], String> {
        self.check()?;
        let size = self.unpacked as usize;
        if room.len() < size {
            // Not `resize`: fresh memory is zero already.
            *room = vec![0; size];
        }
        let length = lz4_flex::block::decompress_into(self.packed, room).map_err(|error| self.told(error))?;
        if length != size {
            return Err(self.told("it has another length"));
        }
        Ok(room.get(..size).unwrap_or_default())
    }

    /// Its text, cut into pieces of these lengths.
    fn pieces(&self, lengths: &[u32]) -> Result<Vec<Text>, String> {
        let mut room = Vec::new();
        self.unpack_into(&mut room)?;
        let text = String::from_utf8(room).map_err(|error| self.told(error))?;
        Text::pieces(text, lengths).ok_or_else(|| self.do_not_fit())
    }

    /// The same, but unpacked when the first of them is read: a question shows few sentences, and half of the
    /// time of loading would go into unpacking all.
    fn packed_pieces(&self, lengths: &[u32]) -> Result<Vec<Text>, String> {
        self.check()?;
        let (packed, size): (Box<[u8]>, _) = (self.packed.into(), self.unpacked as usize);
        let unpack = move || {
            let bytes = lz4_flex::block::decompress(&packed, size).ok();
            let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
            // The checksum is right, so whoever wrote the file packed no text: nobody shall miss that.
            text.unwrap_or_else(|| "?".repeat(size))
        };
        Text::packed_pieces(Box::new(unpack), size, lengths).ok_or_else(|| self.do_not_fit())
    }

    fn do_not_fit(&self) -> String {
        self.told("its text does not fall into its pieces")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::graph::sample;

    fn written() -> Vec<u8> {
        let mut out = Vec::new();
        write(sample::graph().readings(), &mut out).unwrap();
        out
    }

    /// The sample's file with one block replaced, and right checksums.
    fn forged(number: usize, forge: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
        let whole = written();
        let start = SCHEMA.len() + 1;
        let mut unpacked: Vec<Vec<u8>> = blocks(&whole[start..])
            .unwrap()
            .iter()
            .map(|block| block.unpack_into(&mut Vec::new()).unwrap().to_vec())
            .collect();
        unpacked[number] = forge(std::mem::take(&mut unpacked[number]));
        let mut out = whole[..start].to_vec();
        unpacked.iter().for_each(|bytes| write_block(&mut out, bytes).unwrap());
        out.extend([0; HEAD]);
        out
    }

    fn damage(bytes: &[u8]) -> String {
        match read(bytes) {
            Err(Fault::Damaged(why)) => why,
            Err(_) => "another fault".to_owned(),
            Ok(_) => "no fault".to_owned(),
        }
    }

    #[test]
    fn sentences_that_do_not_fit_their_documents_are_refused() {
        assert_eq!(forged(0, |bytes| bytes), written());
        let shorter = forged(1, |mut text| {
            text.pop();
            text
        });
        assert_eq!(damage(&shorter), "block 1: its text does not fall into its pieces");
        assert_eq!(
            damage(&forged(3, |_| b"China".to_vec())),
            "block 3: its text does not fall into its pieces"
        );
        let mut lacks_one = SCHEMA.as_bytes().to_vec();
        lacks_one.push(b'\n');
        write_block(&mut lacks_one, b"").unwrap();
        lacks_one.extend([0; HEAD]);
        assert_eq!(damage(&lacks_one), "a block lacks its text");
    }

    #[test]
    fn a_sentence_that_is_no_text_shows_it() {
        let wrong = forged(1, |text| vec![0xff; text.len()]);
        let graph = read(&wrong).ok().unwrap().into_graph();
        assert!(graph.links().all(|link| link.edge.evidence[0].text.starts_with("???")));
    }

    proptest! {
        /// Whoever computes the checksum anew can make a file tell anything, but not make the program fall.
        #[test]
        fn no_bytes_with_a_right_checksum_make_it_panic(
            block in 0..4_usize,
            at in any::<prop::sample::Index>(),
            value in any::<u8>(),
        ) {
            let changed = forged(block, |mut bytes| {
                let at = at.index(bytes.len());
                bytes[at] = value;
                bytes
            });
            if let Ok(readings) = read(&changed) {
                let graph = readings.clone().into_graph();
                let told: usize = graph.links().flat_map(|link| &link.edge.evidence).map(|e| e.text.len()).sum();
                prop_assert!(told < 10_000);
                prop_assert_eq!(readings.size().edges, graph.links().count());
                let mut out = Vec::new();
                write(&readings, &mut out).unwrap();
            }
        }
    }
}
