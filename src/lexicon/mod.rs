//! What we know before reading: names and offices, relation frames, words of the language.
//!
//! In: the tables that `build.rs` made of `data/` (read in place, nothing parsed at start), and
//! the files that the user layers over them. Out: [`Lexicon`], which the reading rooms ask.
//! Knows nothing of documents: it sees text and the spans of its tokens.

pub mod clusters;
pub mod frame;
pub mod frames;
pub mod gazetteer;
pub mod hints;
pub mod language;
pub mod predicate;
pub mod problem;
pub mod reader;
pub mod relation_table;

pub use frames::Frames;
pub use gazetteer::{
    Ambiguity, BodyMatch, Entry, Gazetteer, Gender, Kind, NameMatch, NameMatches, NameUse, OfficeMatch,
    Origin, Role,
};
pub use predicate::{Predicate, Quad};
pub use problem::Problem;

/// Everything the program knows before it reads: the built-in layer and the user's layers.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// People, officials, countries, agencies, organisations, places, offices.
    pub gazetteer: Gazetteer,
    /// The predicates of the relation lexicon, by [`crate::text::PredicateId`].
    pub predicates: Vec<Predicate>,
    /// The frames, by their trigger words.
    pub frames: Frames,
}

impl Lexicon {
    /// The built-in layer.
    #[must_use]
    pub fn builtin() -> Self {
        let (predicates, frames) = frames::builtin();
        Lexicon { gazetteer: Gazetteer::builtin(), predicates, frames }
    }

    /// The place in `predicates` of the one for what is said, `says`.
    pub(crate) fn says(&self) -> Option<usize> {
        self.predicates.iter().position(|p| p.name == "says")
    }

    /// This lexicon with the user's gazetteer files over it; later files win. Bad rows are left out
    /// and told, each with one problem.
    #[must_use]
    pub fn with_gazetteer(self, files: &[std::path::PathBuf]) -> (Self, Vec<Problem>) {
        let (gazetteer, problems) = self.gazetteer.with_files(files);
        (Lexicon { gazetteer, ..self }, problems)
    }
}
