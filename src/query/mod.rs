//! Questions to the graph: patterns, neighbours, paths, quotations, counts, a timeline, measures.
//!
//! In: a [`KnowledgeGraph`](crate::graph::KnowledgeGraph) and what is asked. Out: borrowed
//! [`Link`](crate::graph::Link)s and quotations, in a fixed order. `? -urges-> China` is a [`Pattern`];
//! names are found by [`find`], in any case, by key, name, alias or surname. A question without flags
//! gets every edge, flags shown; [`Filter::facts_only`] skips what is only asked, planned, denied or
//! alleged.
//!
//! ```
//! use demarche::graph::KnowledgeGraph;
//! use demarche::query::{Filter, Pattern};
//!
//! let graph = KnowledgeGraph::default(); // or KnowledgeGraph::load(path)?
//! let pattern: Pattern = "? -urges-> China [asked]".parse()?;
//! match pattern.resolve(&graph) {
//!     Ok(question) => question.links(&graph, &Filter::default()).for_each(|link| println!("{link}")),
//!     Err(unknown) => assert_eq!(unknown.to_string(), "column 12: no node is called `China`"),
//! }
//! # Ok::<(), demarche::query::Fault>(())
//! ```

mod betweenness;
mod centrality;
mod chains;
mod community;
mod count;
mod cypher;
mod dice;
mod ego;
mod fault;
mod filter;
mod index;
mod join;
mod leiden;
mod mentions;
mod name;
mod path;
mod pattern;
mod quote;
mod subset;
mod ties;
mod timeline;

pub use betweenness::Betweenness;
pub use centrality::{Centrality, DAMPING, page_rank, rank};
pub use chains::{Bounds, Chain, Chains, LONGEST, chains};
pub use community::{Communities, Community, Company, communities, groups, modularity};
pub use count::{
    Measure, Mentioned, Neighbor, Pair, mentioned, neighbors, top_nodes, top_pairs, top_predicates,
};
pub use cypher::{Cypher, Table, Value};
pub use ego::{Alter, Ego, ego};
pub use fault::Fault;
pub use filter::{Filter, LIKELY};
pub use index::Index;
pub use mentions::{CoMention, MENTIONED_WITH, Scope, co_mentions, is_co_mention, with_co_mentions};
pub use name::{UnknownName, find};
pub use path::shortest;
pub use pattern::{Answer, Pattern, Question, Row};
pub use quote::QuoteQuestion;
pub use subset::{Selection, of_days};
pub use ties::{Rows, Tie, Ties};
pub use timeline::{Event, timeline};

/// How much work a question may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Edges (and, where every node is tried, nodes) that are looked at.
    pub edges: u64,
    /// Rows that are kept.
    pub rows: usize,
}

impl Bound {
    /// No bound.
    pub const NONE: Bound = Bound { edges: u64::MAX, rows: usize::MAX };
}

impl Default for Bound {
    /// Some seconds of work, some hundred megabytes of rows.
    fn default() -> Self {
        Bound { edges: 50_000_000, rows: 500_000 }
    }
}
