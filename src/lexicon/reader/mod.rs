//! Readers of the data files: the built-in ones at build time, the user's at run time, by one code.
//!
//! In: the text of a TOML or CSV file and its name. Out: checked entries, and a
//! [`super::problem::Problem`] for each bad row. Shared with `build.rs`: only `std`, `csv`, `toml`.

pub mod entry;
pub mod file;
pub mod flat;
pub mod fold;
pub mod gazetteer;
pub mod origin;
pub mod relations;
pub mod sheet;
pub mod term;
