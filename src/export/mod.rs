//! The graph in other programs' formats, one file each.
