//! Pages for a browser: the graph, what there is, and a form for an article.
//!
//! In: the graph. Out: HTML with its content policy as a header. The page of the graph is the one that
//! `export -o news.html` writes, with its own policy; where this build writes none, what there is is told instead.

use std::path::Path;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse};

use super::Shared;
use super::problem::Problem;
use super::routes::worked;
use crate::export::annotation::{POLICY, frame};
use crate::export::{self, Format, escape};
use crate::query::{self, Filter, Measure, Selection};

/// A page of more edges is cut to the nodes that hang together best.
const MOST_EDGES: usize = 20_000;

/// So many nodes are then left.
const NODES: usize = 2_000;

/// So many nodes are named in the page of what there is.
const NAMED: usize = 20;

/// A finished page.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    html: String,
    policy: String,
}

impl IntoResponse for Drawn {
    fn into_response(self) -> axum::response::Response {
        ([(CONTENT_SECURITY_POLICY, self.policy)], Html(self.html)).into_response()
    }
}

/// The policy of the pages that we write here.
pub(super) fn own_policy() -> String {
    format!("{POLICY}; frame-ancestors 'none'")
}

/// `/`
pub(super) async fn graph(State(shared): State<Arc<Shared>>) -> Result<Drawn, Problem> {
    worked(shared, |shared| Ok(shared.page.get_or_init(|| draw(shared)).clone())).await
}

/// `/about`
pub(super) async fn about(State(shared): State<Arc<Shared>>) -> Result<Drawn, Problem> {
    worked(shared, |shared| Ok(told(shared))).await
}

/// `/analyze`
pub(super) async fn form() -> Drawn {
    let body = "<h1>Read an article</h1>\n<p class=\"place\">Nothing is kept, and nothing leaves this machine.</p>\n\
        <form method=\"post\" action=\"/api/analyze?as=html\" enctype=\"multipart/form-data\">\n\
        <label for=\"text\">Text</label><textarea id=\"text\" name=\"text\"></textarea>\n\
        <label for=\"file\">or a file: text, HTML, JSON Lines</label>\
        <input id=\"file\" name=\"file\" type=\"file\" accept=\".txt,.md,.html,.htm,.json,.jsonl,.ndjson\">\n\
        <label for=\"date\">Day of publication, for words such as “Thursday”</label>\
        <input id=\"date\" name=\"date\" type=\"date\">\n\
        <p><button>Read it</button> <a href=\"/\">The graph</a></p>\n</form>\n";
    Drawn { html: frame("Read an article", body), policy: own_policy() }
}

/// The graph's own page, if this build has a format for it.
fn draw(shared: &Shared) -> Drawn {
    let Some(format) = Format::from_path(Path::new("graph.html")) else { return told(shared) };
    let graph = shared.graph.of(None);
    let mut bytes = Vec::new();
    let done = if graph.links().count() > MOST_EDGES {
        let part = Selection { top: Some(NODES), ..Selection::default() }.of(&graph);
        export::write(&part, format, &mut bytes)
    } else {
        export::write(&graph, format, &mut bytes)
    };
    match (done, String::from_utf8(bytes)) {
        (Ok(()), Ok(html)) => {
            let policy = policy_of(&html).unwrap_or_else(own_policy);
            Drawn { html, policy }
        }
        _ => told(shared),
    }
}

/// The policy that a page states itself, and that nobody may frame it.
fn policy_of(html: &str) -> Option<String> {
    let head = html.get(..html.find("</head>")?)?;
    let (_, rest) = head.split_once("http-equiv=\"Content-Security-Policy\"")?;
    let (_, rest) = rest.split_once("content=\"")?;
    let policy = rest.split('"').next()?.replace("&#39;", "'").replace("&apos;", "'").replace("&amp;", "&");
    let sound = policy.contains("default-src") && policy.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    sound.then(|| format!("{}; frame-ancestors 'none'", policy.trim().trim_end_matches(';')))
}

/// What there is, in a page of a few lines.
fn told(shared: &Shared) -> Drawn {
    let graph = &shared.graph.of(None);
    let title = escape(&shared.title);
    let mut body = format!(
        "<h1>{title}</h1>\n<p class=\"place\">{} nodes, {} edges, {} quotations, {} documents</p>\n\
         <form action=\"/api/search\"><label for=\"q\">Search</label><input id=\"q\" name=\"q\"> \
         <button>Search</button></form>\n\
         <p><a href=\"/\">The graph</a> · <a href=\"/analyze\">Read an article</a> · \
         <a href=\"/api/openapi.json\">For programs</a></p>\n<h2>Who comes up most</h2>\n<table>\n",
        graph.nodes().count(),
        graph.links().count(),
        graph.quotations().len(),
        graph.sources().len(),
    );
    for (index, count) in query::top_nodes(graph, Measure::Weight, &Filter::default()).into_iter().take(NAMED)
    {
        let Some(node) = graph.node(index) else { continue };
        body.push_str(&format!(
            "<tr><td><a href=\"/api/nodes/{}\"><bdi>{}</bdi></a></td><td>{count}</td></tr>\n",
            encoded(&node.key),
            escape(&node.name)
        ));
    }
    body.push_str("</table>\n");
    Drawn { html: frame(&shared.title, &body), policy: own_policy() }
}

/// A word of a path: whatever is not a letter, a digit or one of `-._~:` is percent-encoded.
fn encoded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for byte in word.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_states_its_policy() {
        let page = |policy: &str| {
            format!("<head><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"></head><body>")
        };
        let found = policy_of(&page("default-src &#39;none&#39;; img-src data:;")).unwrap();
        assert_eq!(found, "default-src 'none'; img-src data:; frame-ancestors 'none'");
        assert_eq!(policy_of(&page("default-src 'none'\r\nX-Evil: 1")), None);
        assert_eq!(policy_of("<head></head>"), None);
        assert_eq!(encoded("person:jane/doe é"), "person:jane%2Fdoe%20%C3%A9");
    }
}
