//! The predicates: the names of edges, with the codes that event researchers count by.
//!
//! Shared with `build.rs`: only `std` and `serde`.

use serde::{Deserialize, Serialize};

use super::frame::Condition;

/// CAMEO's four classes, and neutral speech.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Quad {
    /// 0: statements and appeals.
    #[default]
    Neutral,
    /// 1: verbal cooperation.
    VerbalCooperation,
    /// 2: material cooperation.
    MaterialCooperation,
    /// 3: verbal conflict.
    VerbalConflict,
    /// 4: material conflict.
    MaterialConflict,
}

impl From<Quad> for u8 {
    fn from(quad: Quad) -> u8 {
        quad as u8
    }
}

impl TryFrom<u8> for Quad {
    type Error = String;

    fn try_from(number: u8) -> Result<Quad, String> {
        match number {
            0 => Ok(Quad::Neutral),
            1 => Ok(Quad::VerbalCooperation),
            2 => Ok(Quad::MaterialCooperation),
            3 => Ok(Quad::VerbalConflict),
            4 => Ok(Quad::MaterialConflict),
            _ => Err(format!("quad is {number}, but it goes from 0 to 4")),
        }
    }
}

impl Quad {
    /// The class of a CAMEO code, by its root: "112" is verbal conflict.
    #[must_use]
    pub fn of_cameo(code: &str) -> Option<Self> {
        match code.get(..2)?.parse::<u8>().ok()? {
            1..=2 => Some(Quad::Neutral),
            3..=5 => Some(Quad::VerbalCooperation),
            6..=8 => Some(Quad::MaterialCooperation),
            9..=13 => Some(Quad::VerbalConflict),
            14..=20 => Some(Quad::MaterialConflict),
            _ => None,
        }
    }
}

/// The sides without which an edge is not drawn: "X agrees" with nobody is none, "Y was arrested" is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Needs {
    /// Either side is enough.
    #[default]
    Either,
    /// Who does it.
    Subject,
    /// Both.
    Both,
}

impl Needs {
    /// Every value with its name in the files.
    pub const NAMES: [(&'static str, Needs); 3] =
        [("either", Needs::Either), ("subject", Needs::Subject), ("both", Needs::Both)];

    /// The value with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, needs)| *needs)
    }
}

/// One type of edge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Predicate {
    /// Its name in the arrow: `urges`.
    pub name: String,
    /// The family: the file of `data/relations/` that declares it.
    pub family: String,
    /// What it says, in one sentence with X and Y.
    pub meaning: String,
    /// CAMEO code, "020"; empty for standing relations.
    pub cameo: String,
    /// PLOVER class, "REQUEST"; empty if none.
    pub plover: String,
    /// CAMEO's quad class; `None` for standing relations.
    pub quad: Option<Quad>,
    /// Goldstein score, -10 to 10.
    pub goldstein: Option<f32>,
    /// How the edge reads from its other end: "is urged by".
    pub inverse: String,
    /// True where both ends do the same: meets, signs_agreement_with.
    pub symmetric: bool,
    /// True for states rather than events: represents, holds_office, member_of.
    pub standing: bool,
    /// True for verbs in another sense: the frames win over those of others and tell nothing.
    pub silent: bool,
    /// Which sides an edge must have to tell anything.
    pub needs: Needs,
    /// What the relation becomes under a condition: the number of a predicate.
    pub when: Vec<(Condition, u32)>,
}
