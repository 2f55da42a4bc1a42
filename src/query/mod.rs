//! Questions to the graph: patterns, neighbours, paths, quotations.
