//! The engine behind [`super::parse`]: a linear tagger, a transition parser with a beam, a labeller.
//!
//! In: the words of one sentence. Out: tags, heads and relations, numbered as in CoNLL-U: tokens
//! from 1, head 0 for the root. Everything is sums of integer weights looked up by hashed features
//! ("the word to the left is *to* and this one ends in *-ate*"). Public because the training
//! program in `training/` shares the features and the search; nobody else should use it.

pub mod cells;
pub mod decoder;
pub mod features;
pub mod labeller;
pub mod model;
pub mod rows;
pub mod tagger;
pub mod transition;
pub mod word;
