//! A graph for a browser and for programs, over HTTP: `demarche serve news.json`.
//!
//! In: a [`KnowledgeGraph`], a lexicon, an address. Out: a [`Server`] that answers until it is told to end:
//! the graph as a page, questions to it as JSON (described by `schema/openapi.json`), and articles that are
//! sent to it, analysed and marked. It changes nothing and keeps nothing.
//!
//! A server on one's own machine can be asked by every page in one's browser. So: only names that cannot
//! be rebound are answered, nothing is sent to other origins, forms of other sites are refused, size, time
//! and number of requests are bounded, and every answer says what a browser may do with it.
//! Left out: encryption, users, writing. For these, put a proxy before it.

mod answer;
mod ask;
mod days;
mod guard;
mod listen;
mod measure;
mod page;
mod problem;
mod question;
mod routes;
mod upload;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::graph::KnowledgeGraph;
use crate::lexicon::Lexicon;
use crate::syntax::Model;

pub use listen::Running;

/// What a request may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a request's body.
    pub body: usize,
    /// How long an answer may take.
    pub time: Duration,
    /// How long a client may take to send its head, or to wait between two requests.
    pub patience: Duration,
    /// Connections at the same time; others wait.
    pub connections: usize,
    /// Questions that are worked on at the same time; others wait.
    pub workers: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body: 2 << 20,
            time: Duration::from_secs(30),
            patience: Duration::from_secs(15),
            connections: 256,
            workers: 4,
        }
    }
}

/// Everything that an answer is made of.
#[derive(Debug)]
struct Shared {
    graph: days::Days,
    lexicon: Lexicon,
    model: Model,
    /// What the graph is called.
    title: String,
    /// The names under which the server may be asked, besides addresses and `localhost`; in lower case.
    hosts: Vec<String>,
    limits: Limits,
    /// The graph as a page, drawn when it is asked for first.
    page: OnceLock<page::Drawn>,
    workers: Arc<tokio::sync::Semaphore>,
}

/// What a question is put to.
#[derive(Debug)]
struct Seen<'s> {
    /// The graph, or that of a day.
    graph: Arc<KnowledgeGraph>,
    title: &'s str,
}

/// A server that does not listen yet.
#[derive(Debug)]
pub struct Server(Arc<Shared>);

impl Server {
    /// A server of a graph. `title` is what pages call it; `hosts` are names under which it may be asked
    /// besides addresses and `localhost`.
    #[must_use]
    pub fn new(
        graph: KnowledgeGraph,
        lexicon: Lexicon,
        title: String,
        hosts: Vec<String>,
        limits: Limits,
    ) -> Server {
        let hosts = hosts.into_iter().map(|host| host.to_ascii_lowercase()).collect();
        let workers = Arc::new(tokio::sync::Semaphore::new(limits.workers.max(1)));
        let (graph, model, page) = (days::Days::new(graph), Model::builtin(), OnceLock::new());
        Server(Arc::new(Shared { graph, lexicon, model, title, hosts, limits, page, workers }))
    }
}
