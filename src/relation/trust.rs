//! How often an edge like this was right when people read it.
//!
//! In: an event with the confidence of its rules. Out: the share that is right among such events, by a logistic sum over
//! what can be seen of the edge: the rules' confidence, how often its frame was right (`data/frames_read.tsv`), whether a
//! side is open, how far the sides stand from the trigger, negation, modality. The numbers are in `data/calibration.txt`
//! (`weight`), fitted by `training/trust.py` on edges that readers judged (docs/reading).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Argument, Modality, Polarity, Relation};
use crate::entity::{Entities, Form};
use crate::lexicon::{Kind, Lexicon};

static READ: LazyLock<Read> =
    LazyLock::new(|| Read::new(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/frames_read.tsv"))));

/// What a frame nobody has read is worth, and how many readings that counts as.
const PRIOR: (f32, f32) = (0.6, 3.0);
/// How many readings of a frame the share of its predicate counts as.
const SHRINK: f32 = 4.0;

/// Right and read: by predicate, and by predicate and frame.
#[derive(Debug, Default)]
struct Read {
    predicates: HashMap<&'static str, (f32, f32)>,
    frames: HashMap<(&'static str, &'static str), (f32, f32)>,
}

impl Read {
    /// Reads `right<TAB>read<TAB>predicate<TAB>frame`.
    fn new(text: &'static str) -> Self {
        let mut read = Read::default();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut cells = line.split('\t');
            let mut number = || cells.next().and_then(|c| c.parse::<f32>().ok());
            let (Some(right), Some(all)) = (number(), number()) else { continue };
            let (Some(predicate), Some(frame)) = (cells.next(), cells.next()) else { continue };
            for counts in [
                read.predicates.entry(predicate).or_default(),
                read.frames.entry((predicate, frame)).or_default(),
            ] {
                counts.0 += right;
                counts.1 += all;
            }
        }
        read
    }

    /// The share that was right, drawn towards the predicate's where few were read.
    fn share(&self, predicate: &str, frame: &str) -> f32 {
        let (right, all) = self.predicates.get(predicate).copied().unwrap_or_default();
        let of_all = (right + PRIOR.0 * PRIOR.1) / (all + PRIOR.1);
        let (right, all) = self.frames.get(&(predicate, frame)).copied().unwrap_or_default();
        (right + of_all * SHRINK) / (all + SHRINK)
    }
}

/// What a side looks like.
#[derive(Clone, Copy)]
struct Side {
    open: f32,
    named: f32,
    pronoun: f32,
    place: f32,
    far: f32,
}

fn side(argument: Option<Argument>, trigger: u32, entities: &Entities) -> Side {
    let Some(argument) = argument else {
        return Side { open: 1.0, named: 0.0, pronoun: 0.0, place: 0.0, far: 0.0 };
    };
    let entity = entities.entities.get(argument.entity.at());
    let mentions =
        entity.into_iter().flat_map(|e| &e.mentions).filter_map(|id| entities.mentions.get(id.at()));
    let form = mentions.into_iter().find(|m| argument.span.overlaps(m.span)).map(|m| m.form);
    let is = |wanted: Form| if form == Some(wanted) { 1.0 } else { 0.0 };
    let place = entity.is_some_and(|e| e.kind == Kind::Place);
    let distance = argument.span.start.abs_diff(trigger) as f32;
    Side {
        open: 0.0,
        named: is(Form::Name),
        pronoun: is(Form::Pronoun),
        place: if place { 1.0 } else { 0.0 },
        far: distance.ln_1p() / 5.0,
    }
}

/// The share that is right among events like this one, from 0 to 1; `confidence` is the rules', calibrated.
pub(super) fn of(
    relation: &Relation,
    confidence: f32,
    weights: &HashMap<&'static str, f32>,
    entities: &Entities,
    lexicon: &Lexicon,
) -> f32 {
    if weights.is_empty() {
        return confidence;
    }
    let name = lexicon.predicates.get(relation.predicate.at()).map_or("", |p| p.name.as_str());
    let trigger = relation.evidence.trigger.start;
    let (subject, object) =
        (side(relation.subject, trigger, entities), side(relation.object, trigger, entities));
    let seen = [
        ("bias", 1.0),
        ("rules", confidence),
        ("read", READ.share(name, &relation.evidence.rule)),
        ("subject_open", subject.open),
        ("subject_named", subject.named),
        ("subject_pronoun", subject.pronoun),
        ("subject_far", subject.far),
        ("object_open", object.open),
        ("object_named", object.named),
        ("object_pronoun", object.pronoun),
        ("object_place", object.place),
        ("object_far", object.far),
        ("negated", if relation.polarity == Polarity::Negated { 1.0 } else { 0.0 }),
        (
            "unsure",
            if matches!(relation.modality, Modality::Possible | Modality::Obliged) { 1.0 } else { 0.0 },
        ),
    ];
    let sum: f32 = seen.iter().map(|(name, value)| weights.get(name).copied().unwrap_or(0.0) * value).sum();
    // Two digits: what a third would say is not known.
    (100.0 / (1.0 + (-sum).exp())).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_readings_count_less() {
        let read = Read::new("# right\tread\n9\t10\tmeets\tA\n0\t1\tmeets\tB\n0\t10\tmeets\tC\n");
        let (a, b, c, d) = (
            read.share("meets", "A"),
            read.share("meets", "B"),
            read.share("meets", "C"),
            read.share("x", "y"),
        );
        assert!(a > 0.7 && c < 0.2 && b > c && b < a, "{a} {b} {c}");
        assert!((d - PRIOR.0).abs() < 1e-6);
    }

    #[test]
    fn every_frame_that_was_read_has_its_counts() {
        assert!(READ.frames.len() > 300, "{}", READ.frames.len());
        assert!(READ.frames.values().all(|(right, all)| right <= all && *all > 0.0));
    }
}
