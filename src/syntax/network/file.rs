//! The model file: label sets, tables of features and layers of weights.
//!
//! In: the bytes of `data/model/syntax.bin`. Out: a [`Network`]. The tables, most of the file, are
//! read in place; the layers' weights are laid out for the kernel once, when the file is opened.
//!
//! Layout, little-endian: `DSYNTAX3`; the joint tags (`u8` count, then a universal and a Penn tag
//! each, as texts), the relations (`u8` count, texts); `u16` widths of tables, layers, arcs and
//! labels, `u8` number of layers; the known words (`u32` count, sorted `u32` hashes); eight tables
//! (`u32` rows, `f32` scale, `i8` rows); a norm (`f32` gammas, betas); the layers (`u8` kind, a linear,
//! a norm); the heads in the order of [`Network`]'s fields. A linear is `u16` outputs, `u16` inputs,
//! `f32` scales and biases by output, `i8` weights. A text is a `u8` length and its bytes: labels
//! are written out so that the enumerations in `label.rs` may be reordered.

use super::layer::{Kind, Layer, Norm};
use super::linear::Linear;
use super::table::{TABLES, Table, Words};
use crate::syntax::label::{Deprel, Upos, Xpos};

const MAGIC: &[u8; 8] = b"DSYNTAX3";

/// How many distances between dependent and head are told apart: -20 to 20.
pub(super) const DISTANCES: usize = 41;

/// The trained network.
#[derive(Debug)]
pub struct Network {
    /// The joint tags by number.
    pub tags: Vec<(Upos, Xpos)>,
    /// The relations by number.
    pub labels: Vec<Deprel>,
    pub(super) words: Words,
    pub(super) tables: Vec<Table>,
    pub(super) norm: Norm,
    pub(super) layers: Vec<Layer>,
    pub(super) width: Widths,
    pub(super) tag: Linear,
    pub(super) arc_dependent: Linear,
    pub(super) arc_head: Linear,
    pub(super) arc_product: Linear,
    /// What a head is to a dependent, if the head is the root: a vector and a bias.
    pub(super) arc_root: Vec<f32>,
    pub(super) arc_distance: Vec<f32>,
    pub(super) label_dependent: Linear,
    pub(super) label_head: Linear,
    pub(super) label_root: Vec<f32>,
    pub(super) label_distance: Vec<f32>,
    pub(super) label: Linear,
}

/// The widths of the network's parts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widths {
    pub table: usize,
    pub layer: usize,
    pub arc: usize,
    pub label: usize,
}

impl Network {
    /// Opens a model file; `None` if it is none. Costs less than a millisecond.
    #[must_use]
    pub fn open(bytes: &'static [u8]) -> Option<Self> {
        let mut file = File(bytes.strip_prefix(MAGIC)?);
        let tags = (0..file.u8()?)
            .map(|_| Some((Upos::parse(file.text()?)?, Xpos::parse(file.text()?)?)))
            .collect::<Option<Vec<_>>>()?;
        let labels = (0..file.u8()?).map(|_| Deprel::parse(file.text()?)).collect::<Option<Vec<_>>>()?;
        let mut size = || file.u16().filter(|n| (1..=4096).contains(n));
        let width = Widths { table: size()?, layer: size()?, arc: size()?, label: size()? };
        let count = file.u8()?;
        let known = file.u32()?;
        let words = Words::new(file.take(known.checked_mul(4)?)?);
        let tables = (0..TABLES).map(|_| file.table(width.table)).collect::<Option<Vec<_>>>()?;
        let sizes_fit = tables.iter().enumerate().all(|(n, table)| table.fits(n, known));
        let norm = file.norm(width.table)?;
        let mut inside = width.table;
        let mut layers = Vec::new();
        for _ in 0..count {
            let layer = file.layer(inside, width.layer)?;
            inside = width.layer;
            layers.push(layer);
        }
        let Widths { layer, arc, label, .. } = width;
        let network = Network {
            tag: file.linear(layer, tags.len())?,
            arc_dependent: file.linear(layer, arc)?,
            arc_head: file.linear(layer, arc)?,
            arc_product: file.linear(arc, arc + 1)?,
            arc_root: file.floats(arc + 1)?,
            arc_distance: file.floats(DISTANCES)?,
            label_dependent: file.linear(layer, label)?,
            label_head: file.linear(layer, label)?,
            label_root: file.floats(label)?,
            label_distance: file.floats(DISTANCES * label)?,
            label: file.linear(label, labels.len())?,
            tags,
            labels,
            words,
            tables,
            norm,
            layers,
            width,
        };
        let whole = sizes_fit && count > 0 && !network.tags.is_empty() && !network.labels.is_empty();
        (whole && file.0.is_empty()).then_some(network)
    }
}

/// What is left to read.
struct File(&'static [u8]);

impl File {
    fn take(&mut self, n: usize) -> Option<&'static [u8]> {
        let (taken, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }

    fn u16(&mut self) -> Option<usize> {
        Some(usize::from(u16::from_le_bytes(self.take(2)?.try_into().ok()?)))
    }

    fn u32(&mut self) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(self.take(4)?.try_into().ok()?)).ok()
    }

    fn text(&mut self) -> Option<&'static str> {
        let length = usize::from(self.u8()?);
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// Finite numbers only: a broken file must not spread NaN.
    fn floats(&mut self, n: usize) -> Option<Vec<f32>> {
        let bytes = self.take(n.checked_mul(4)?)?;
        let number = |b: &[u8]| b.try_into().ok().map(f32::from_le_bytes).filter(|x| x.is_finite());
        bytes.chunks_exact(4).map(number).collect()
    }

    fn table(&mut self, width: usize) -> Option<Table> {
        let rows = self.u32()?;
        let scale = self.floats(1)?[0];
        Some(Table { rows, scale, bytes: self.take(rows.checked_mul(width)?)? })
    }

    fn norm(&mut self, width: usize) -> Option<Norm> {
        Some(Norm { gamma: self.floats(width)?, beta: self.floats(width)? })
    }

    fn linear(&mut self, inputs: usize, outputs: usize) -> Option<Linear> {
        let written = (self.u16()?, self.u16()?);
        if written != (outputs, inputs) {
            return None;
        }
        let (scale, bias) = (self.floats(outputs)?, self.floats(outputs)?);
        Some(Linear::new(inputs, &scale, &bias, self.take(outputs.checked_mul(inputs)?)?))
    }

    fn layer(&mut self, inside: usize, width: usize) -> Option<Layer> {
        let (kind, linear) = match self.u8()? {
            0 => (Kind::Convolution, self.linear(3 * inside, 2 * width)?),
            1 => (Kind::Recurrence, self.linear(inside, 3 * width)?),
            _ => return None,
        };
        Some(Layer { kind, linear, norm: self.norm(width)?, residual: inside == width })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A small model with weights drawn by a fixed generator.
    pub(crate) fn drawn(seed: u32) -> &'static [u8] {
        let mut state = seed.wrapping_mul(2_654_435_761) | 1;
        let mut draw = move || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state
        };
        let mut out = MAGIC.to_vec();
        let text = |out: &mut Vec<u8>, t: &str| {
            out.push(t.len() as u8);
            out.extend_from_slice(t.as_bytes());
        };
        out.push(2);
        ["VERB", "VBD", "PUNCT", ","].iter().for_each(|t| text(&mut out, t));
        out.push(3);
        ["nsubj", "root", "obj"].iter().for_each(|t| text(&mut out, t));
        let (table, width, arc, label) = (24_usize, 32_usize, 16_usize, 20_usize);
        [table, width, arc, label].iter().for_each(|n| out.extend((*n as u16).to_le_bytes()));
        out.push(2);
        out.extend(2_u32.to_le_bytes());
        out.extend([5_u32, 900].iter().flat_map(|h| h.to_le_bytes()));
        let mut floats = |out: &mut Vec<u8>, n: usize, size: f32| {
            for _ in 0..n {
                let x = (draw() % 2001) as f32 / 1000.0 - 1.0;
                out.extend((x * size).to_le_bytes());
            }
        };
        for rows in [3_usize, 1025, 64, 64, 64, 64, 64, 32] {
            out.extend((rows as u32).to_le_bytes());
            out.extend(0.01_f32.to_le_bytes());
            out.extend((0..rows * table).map(|i| (i * 37 % 251) as u8));
        }
        let linear = |out: &mut Vec<u8>, outputs: usize, inputs: usize| {
            out.extend((outputs as u16).to_le_bytes());
            out.extend((inputs as u16).to_le_bytes());
            (0..outputs).for_each(|_| out.extend(0.003_f32.to_le_bytes()));
            (0..outputs).for_each(|i| out.extend((i as f32 * 0.01).to_le_bytes()));
            out.extend((0..outputs * inputs).map(|i| ((i as u32).wrapping_mul(seed | 1) >> 7) as u8));
        };
        floats(&mut out, 2 * table, 1.0);
        out.push(0);
        linear(&mut out, 2 * width, 3 * table);
        floats(&mut out, 2 * width, 1.0);
        out.push(1);
        linear(&mut out, 3 * width, width);
        floats(&mut out, 2 * width, 1.0);
        linear(&mut out, 2, width);
        linear(&mut out, arc, width);
        linear(&mut out, arc, width);
        linear(&mut out, arc + 1, arc);
        floats(&mut out, arc + 1 + DISTANCES, 1.0);
        linear(&mut out, label, width);
        linear(&mut out, label, width);
        floats(&mut out, label + DISTANCES * label, 1.0);
        linear(&mut out, 3, label);
        out.leak()
    }

    #[test]
    fn a_cut_or_lengthened_file_is_no_model() {
        let whole = drawn(1);
        assert!(Network::open(whole).is_some());
        for cut in (0..whole.len()).step_by(997) {
            assert!(Network::open(&whole[..cut]).is_none(), "{cut}");
        }
        let longer: &'static [u8] = [whole, &[0]].concat().leak();
        assert!(Network::open(longer).is_none());
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        let mut bytes = drawn(1).to_vec();
        let last = bytes.len() - 3 * 20 - 4;
        bytes[last..last + 4].copy_from_slice(&f32::NAN.to_le_bytes());
        assert!(Network::open(bytes.leak()).is_none());
    }
}
