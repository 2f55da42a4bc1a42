//! What the trainer of the network needs from the library, and its scores.
//!
//! In: CoNLL-U treebanks in one folder (`*-train.conllu`, `*-dev.conllu`), or texts. Out: words, hashed, with
//! their trees, for `training/syntax/*.py`; scores of the weights on a treebank.

mod augment;
mod score;
mod treebank;
mod words;

pub use score::{score, show};
pub use words::{dump_texts, dump_treebank};
