//! The model file: label sets and three tables of weights, read in place.
//!
//! In: the bytes of `data/model/syntax.bin`. Out: [`Tables`]. Layout: `DSYNTAX2`, the joint tags
//! (`u8` count, then a universal and a Penn tag each, as texts), the relations (`u8` count, texts),
//! then the tables of tagger, parser and labeller (see
//! [`super::rows`] and [`super::cells`]). A text is a `u8` length
//! and its bytes: labels are written out so that the enumerations in `label.rs` may be reordered.

use super::cells::Cells;
use super::rows::Rows;
use super::transition::Sort;
use crate::syntax::label::{Deprel, Upos, Xpos};

const MAGIC: &[u8; 8] = b"DSYNTAX2";

/// The trained tables.
#[derive(Clone, Debug)]
pub struct Tables<'a> {
    /// The joint tags by number.
    pub tags: Vec<(Upos, Xpos)>,
    /// The relations by number.
    pub labels: Vec<Deprel>,
    /// By joint tag: the universal tag's number, and what the parser counts.
    pub sorts: Vec<(u8, Sort)>,
    /// Weights of the tagger.
    pub tagger: Rows<'a>,
    /// Weights of the parser.
    pub parser: Cells<'a>,
    /// Weights of the labeller.
    pub labeller: Rows<'a>,
}

impl<'a> Tables<'a> {
    /// Reads a model file; `None` if it is none.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, mut rest) = rest.split_first()?;
        let mut tags = Vec::with_capacity(usize::from(*count));
        for _ in 0..*count {
            let (upos, after) = text(rest)?;
            let (xpos, after) = text(after)?;
            tags.push((Upos::parse(upos)?, Xpos::parse(xpos)?));
            rest = after;
        }
        let (count, mut rest) = rest.split_first()?;
        let mut labels = Vec::with_capacity(usize::from(*count));
        for _ in 0..*count {
            let (label, after) = text(rest)?;
            labels.push(Deprel::parse(label)?);
            rest = after;
        }
        let (tagger, rest) = Rows::read(rest)?;
        let (parser, rest) = Cells::read(rest)?;
        let (labeller, _) = Rows::read(rest)?;
        Some(Tables { sorts: sorts(&tags), tags, labels, tagger, parser, labeller })
    }
}

/// What the parser counts of each joint tag.
#[must_use]
pub fn sorts(tags: &[(Upos, Xpos)]) -> Vec<(u8, Sort)> {
    tags.iter()
        .map(|(upos, xpos)| {
            let sort = match (upos, xpos) {
                (_, Xpos::Comma) => Sort::Comma,
                (Upos::Verb, _) => Sort::Verb,
                (Upos::Cconj, _) => Sort::Conjunction,
                (Upos::Punct, _) => Sort::Sign,
                _ => Sort::Other,
            };
            (*upos as u8, sort)
        })
        .collect()
}

fn text(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (len, rest) = bytes.split_first()?;
    let (text, rest) = rest.split_at_checked(usize::from(*len))?;
    Some((std::str::from_utf8(text).ok()?, rest))
}

/// Writes a model file from its label sets and packed tables.
///
/// Used by the training program only.
#[must_use]
pub fn write(tags: &[(Upos, Xpos)], labels: &[Deprel], tables: [&[u8]; 3]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    let put = |text: &str| {
        let mut written = vec![text.len() as u8];
        written.extend_from_slice(text.as_bytes());
        written
    };
    let tag_texts: Vec<u8> =
        tags.iter().flat_map(|(u, x)| [put(u.as_str()), put(x.as_str())].concat()).collect();
    let label_texts: Vec<u8> = labels.iter().flat_map(|l| put(l.as_str())).collect();
    bytes.push(tags.len() as u8);
    bytes.extend(tag_texts);
    bytes.push(labels.len() as u8);
    bytes.extend(label_texts);
    for table in tables {
        bytes.extend_from_slice(table);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::engine::{cells, rows};

    #[test]
    fn what_is_written_is_read() {
        let tags = [(Upos::Verb, Xpos::VBD), (Upos::Punct, Xpos::Comma)];
        let labels = [Deprel::Nsubj, Deprel::Root];
        let rows = rows::pack([(5, vec![1.0, -1.0])].into_iter(), 16);
        let cells = cells::pack([(5, vec![1.0, 0.0, -1.0])].into_iter());
        let bytes = write(&tags, &labels, [&rows, &cells, &rows]);
        let tables = Tables::read(&bytes).expect("a model");
        assert_eq!((&tables.tags[..], &tables.labels[..]), (&tags[..], &labels[..]));
        assert_eq!(tables.sorts[1].1, Sort::Comma);
        for cut in [0, 7, 12, bytes.len() / 2, bytes.len() - 1] {
            assert!(Tables::read(&bytes[..cut]).is_none(), "{cut}");
        }
    }
}
