//! Which address leads where.
//!
//! In: everything that answers. Out: a router. What is in [`QUESTIONS`] and [`OTHERS`] is described in
//! `schema/openapi.json`: a test compares the two.

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, RawQuery, State};
use axum::http::{StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde_json::Value;

use super::ask::Asked;
use super::problem::Problem;
use super::{Seen, Shared, guard, measure, page, question, upload};

/// The description of the interface.
pub(super) const OPENAPI: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/schema/openapi.json"));

type Answer = fn(&Seen<'_>, &mut Asked) -> Result<Value, Problem>;

/// What is asked by GET and answered with JSON.
pub(super) const QUESTIONS: &[(&str, Answer)] = &[
    ("/api", question::about),
    ("/api/search", question::search),
    ("/api/nodes", question::nodes),
    ("/api/nodes/{key}", question::node),
    ("/api/nodes/{key}/network", question::network),
    ("/api/edges", question::edges),
    ("/api/edges/{id}", question::edge),
    ("/api/edges/{id}/evidence", question::evidence),
    ("/api/quotations", question::quotations),
    ("/api/query", question::arrow),
    ("/api/paths", measure::paths),
    ("/api/top", measure::top),
    ("/api/communities", measure::communities),
    ("/api/documents", question::documents),
];

/// All other routes, with their methods.
#[cfg(test)]
const OTHERS: &[(&str, &str)] = &[
    ("get", "/"),
    ("get", "/about"),
    ("get", "/analyze"),
    ("post", "/api/analyze"),
    ("get", "/api/openapi.json"),
];

pub(super) fn router(shared: Arc<Shared>) -> Router {
    let mut router = Router::new()
        .route("/", get(page::graph))
        .route("/about", get(page::about))
        .route("/analyze", get(page::form))
        .route("/api/analyze", post(upload::analyze))
        .route("/api/openapi.json", get(openapi));
    for (path, answer) in QUESTIONS {
        let ask = |State(shared): State<Arc<Shared>>,
                   path: Result<RawPathParams, RawPathParamsRejection>,
                   RawQuery(query): RawQuery| asked(shared, path, query, *answer);
        router = router.route(path, get(ask));
    }
    router
        .fallback(nowhere)
        .method_not_allowed_fallback(not_so)
        .layer(from_fn_with_state(Arc::clone(&shared), guard::guard))
        .with_state(shared)
}

async fn asked(
    shared: Arc<Shared>,
    path: Result<RawPathParams, RawPathParamsRejection>,
    query: Option<String>,
    answer: Answer,
) -> Result<Json<Value>, Problem> {
    let path = path.map_err(|_| Problem::asked("the address is not UTF-8", "write it percent-encoded"))?;
    let path = path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let mut asked = Asked::new(path, query.as_deref());
    let answered = worked(shared, move |shared| {
        let day = asked.take_day()?;
        let seen = Seen { graph: shared.graph.of(day), title: &shared.title };
        answer(&seen, &mut asked).map_err(|problem| match day {
            Some(day) if problem.status == StatusCode::NOT_FOUND => problem
                .also_because(format!("as_of leaves out what was published after {day}, or on no known day")),
            _ => problem,
        })
    });
    answered.await.map(Json)
}

/// Has something done by a worker, when one is free.
pub(super) async fn worked<T: Send + 'static>(
    shared: Arc<Shared>,
    work: impl FnOnce(&Shared) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let free = Arc::clone(&shared.workers).acquire_owned().await;
    let place = free.map_err(|_| Problem::ours("the server is ending"))?;
    let done = tokio::task::spawn_blocking(move || {
        // Given back when the work is done, also where nobody waits for it any more.
        let _place = place;
        work(&shared)
    });
    done.await.unwrap_or_else(|_| Err(Problem::ours("the answer failed; this is a fault of demarche")))
}

async fn openapi() -> impl IntoResponse {
    ([(axum::http::header::CONTENT_TYPE, "application/json")], OPENAPI)
}

async fn nowhere(uri: Uri) -> Problem {
    Problem::missing(format!("there is nothing at {}", uri.path()), "/api/openapi.json lists what there is")
}

async fn not_so(uri: Uri) -> Problem {
    let what = format!("{} is not asked in this way", uri.path());
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, what, "/api/openapi.json tells how")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_route_is_described_and_nothing_else() {
        let description: Value = serde_json::from_str(OPENAPI).unwrap();
        let mut described = BTreeSet::new();
        for (path, methods) in description["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                described.insert((method.clone(), path.clone()));
                assert!(operation["summary"].is_string() && operation["responses"].is_object(), "{path}");
                let named: BTreeSet<&str> = operation["parameters"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter(|parameter| parameter["in"] == "path")
                    .filter_map(|parameter| parameter["name"].as_str())
                    .collect();
                let slots: BTreeSet<&str> =
                    path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
                assert_eq!(named, slots, "{path}");
            }
        }
        let questions = QUESTIONS.iter().map(|(path, _)| ("get".to_owned(), (*path).to_owned()));
        let others = OTHERS.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned()));
        assert_eq!(described, questions.chain(others).collect());
    }
}
