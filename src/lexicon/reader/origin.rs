//! Where a row of the tables comes from, and under which licence it may be used.
//!
//! In: the column `source` ("country-codes+hand"). Out: a set of [`ORIGINS`] as bits; none for a word that is not
//! among them. What each source is, and as of when, is told in `data/README.md`.

/// A source: its name in the tables, and its licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// "wikidata".
    pub name: &'static str,
    /// "CC0 1.0".
    pub licence: &'static str,
}

/// All sources; a set of them is a byte, the first its lowest bit.
pub const ORIGINS: [Origin; 7] = [
    Origin { name: "wikidata", licence: "CC0 1.0" },
    Origin { name: "factbook", licence: "public domain" },
    Origin { name: "congress", licence: "CC0 1.0" },
    Origin { name: "country-codes", licence: "PDDL 1.0" },
    Origin { name: "geonames", licence: "CC BY 4.0" },
    Origin { name: "hand", licence: "MIT OR Apache-2.0" },
    Origin { name: "user", licence: "" },
];

/// The bit of a row of the user's.
pub const USER: u8 = 1 << 6;

/// The sources that a cell names; `None` if it names another, or none.
#[must_use]
pub fn read(cell: &str) -> Option<u8> {
    cell.split('+').try_fold(0, |bits, name| {
        let n = ORIGINS.iter().position(|origin| origin.name == name.trim())?;
        Some(bits | 1 << n)
    })
}

/// The sources of a set.
pub fn of(bits: u8) -> impl Iterator<Item = Origin> {
    ORIGINS.into_iter().enumerate().filter(move |(n, _)| bits >> n & 1 == 1).map(|(_, origin)| origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_names_several_sources() {
        let names = |cell: &str| read(cell).map(|bits| of(bits).map(|o| o.name).collect::<Vec<_>>());
        assert_eq!(names("country-codes+factbook"), Some(vec!["factbook", "country-codes"]));
        assert_eq!(names("hearsay"), None);
        assert_eq!(names(""), None);
        assert_eq!(read("user"), Some(USER));
    }
}
