//! Trains the weights in data/model.
fn main() {}
