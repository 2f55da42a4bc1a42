//! The frames of the lexicon, found by their trigger words.
//!
//! In: the table that `build.rs` made of `data/relations/`, and the user's files over it. Out:
//! [`Frames`]: for the lemma "urge", every frame that it can trigger.

use std::collections::HashMap;

use super::frame::{Frame, Shape};
use super::predicate::Predicate;
use super::problem::Problem;
use super::reader;
use super::relation_table::RelationTable;

/// The frames and their index. Look-ups only: its order never reaches the output.
#[derive(Debug, Default)]
pub struct Frames {
    frames: Vec<Frame>,
    by_trigger: HashMap<String, Vec<u32>>,
}

impl Frames {
    fn new(frames: Vec<Frame>) -> Self {
        let mut by_trigger: HashMap<String, Vec<u32>> = HashMap::with_capacity(frames.len());
        for (at, frame) in frames.iter().enumerate() {
            for trigger in &frame.triggers {
                let at = u32::try_from(at).unwrap_or(u32::MAX);
                match by_trigger.get_mut(trigger) {
                    Some(list) => list.push(at),
                    None => drop(by_trigger.insert(trigger.clone(), vec![at])),
                }
            }
        }
        Frames { frames, by_trigger }
    }

    /// The frames that a word can trigger, in the order of the files.
    pub fn triggered_by(&self, word: &str) -> impl Iterator<Item = &Frame> {
        let list = self.by_trigger.get(word).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|at| self.frames.get(*at as usize))
    }

    /// True if some frame has this word for its verb.
    #[must_use]
    pub fn has_verb(&self, word: &str) -> bool {
        self.triggered_by(word).any(|frame| frame.shape == Shape::Verb)
    }

    /// All frames, in the order of the files.
    #[must_use]
    pub fn all(&self) -> &[Frame] {
        &self.frames
    }
}

/// The predicates and frames in the binary.
pub(super) fn builtin() -> (Vec<Predicate>, Frames) {
    let table = RelationTable::decode(include_bytes!(concat!(env!("OUT_DIR"), "/relations.bin")));
    let table = table.unwrap_or_default();
    (table.predicates, Frames::new(table.frames))
}

impl super::Lexicon {
    /// Layers the text of a user's relation file over what is there: a known predicate gets more
    /// frames and the fields that are given, a new one is added. What is wrong is returned; the
    /// good rows are used.
    pub fn layer_relations(&mut self, file: &str, text: &str) -> Vec<Problem> {
        let (entries, mut problems) = reader::relations::read(file, text);
        let frames = std::mem::take(&mut self.frames).frames;
        let mut table = RelationTable { predicates: std::mem::take(&mut self.predicates), frames };
        problems.extend(table.layer(vec![(file.to_owned(), entries)]));
        self.predicates = table.predicates;
        self.frames = Frames::new(table.frames);
        problems.sort();
        problems
    }
}

#[cfg(test)]
mod tests {
    use crate::Lexicon;

    #[test]
    fn the_builtin_frames_are_found_by_their_trigger() {
        let lexicon = Lexicon::builtin();
        let urge: Vec<&str> = lexicon
            .frames
            .triggered_by("urge")
            .filter_map(|f| lexicon.predicates.get(f.predicate as usize))
            .map(|p| p.name.as_str())
            .collect();
        assert!(urge.contains(&"urges"), "{urge:?}");
        assert_eq!(lexicon.frames.triggered_by("xyzzy").count(), 0);
    }

    #[test]
    fn a_users_frame_is_used_and_a_bad_one_is_named() {
        let mut lexicon = Lexicon::builtin();
        let before = lexicon.predicates.len();
        let text = "[nudges]\nmeaning = \"X nudges Y.\"\ncameo = \"020\"\n\
            frames = [\"SUBJECT nudge OBJECT\", \"SUBJECT nudge OBJEKT\"]\n\
            [[nudges.example]]\ntext = \"A nudged B.\"\nedges = [\"A -nudges-> B\"]\n";
        let problems = lexicon.layer_relations("my.toml", text);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].to_string().starts_with("my.toml:4: frame `SUBJECT nudge OBJEKT`"));
        assert_eq!(lexicon.predicates.len(), before + 1);
        let frame = lexicon.frames.triggered_by("nudge").last().map(|f| f.predicate as usize);
        assert_eq!(frame, Some(before));
    }

    #[test]
    fn decoding_is_fast() {
        let start = std::time::Instant::now();
        let (predicates, frames) = super::builtin();
        let took = start.elapsed();
        assert!(!predicates.is_empty() && !frames.all().is_empty());
        assert!(took.as_millis() < 20, "{took:?}");
    }
}
