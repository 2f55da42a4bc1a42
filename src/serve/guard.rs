//! Before and after every answer: who may ask, how long it may take, and what a browser may do with it.
//!
//! In: a request. Out: its answer with headers, or a refusal. A page of another site can make a browser
//! ask us, in two ways. By a name of its own that it lets point here ("DNS rebinding"): so the `Host` must be an
//! address, `localhost`, or a name that was given. By a form that it sends here: so what is sent must
//! come from our own pages or from no page at all.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Shared;
use super::problem::Problem;

/// What an answer that is no page may do: nothing.
const NOTHING: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Headers of every answer; a page brings its own policy.
const HEADERS: [(HeaderName, &str); 8] = [
    (CONTENT_SECURITY_POLICY, NOTHING),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Stands around every route.
pub(super) async fn guard(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let mut response = match allowed(&shared, &request) {
        Err(problem) => problem.into_response(),
        Ok(()) => match tokio::time::timeout(shared.limits.time, next.run(request)).await {
            Ok(response) => response,
            Err(_) => {
                let what = format!("the answer took longer than {} s", shared.limits.time.as_secs());
                let hint = "ask for less: fewer steps, fewer edges, a shorter text";
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, what, hint).into_response()
            }
        },
    };
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

fn allowed(shared: &Shared, request: &Request) -> Result<(), Problem> {
    let headers = request.headers();
    let host = text(headers, HOST)
        .ok_or_else(|| Problem::asked("the request names no host", "send the header Host"))?;
    let authority = request.uri().authority().map(axum::http::uri::Authority::as_str);
    for name in [Some(host), authority].into_iter().flatten().map(host_of) {
        if !is_own(name, &shared.hosts) {
            let what = format!("this server is not called `{name}`");
            let hint = "ask 127.0.0.1 or localhost, or start the server with --host NAME";
            return Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, what, hint));
        }
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) && is_foreign(headers, host) {
        let hint = "send it from a page of this server, or from a program";
        return Err(Problem::new(StatusCode::FORBIDDEN, "another site's page sent this", hint));
    }
    let length = text(headers, CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > shared.limits.body as u64) {
        return Err(Problem::too_large(shared.limits.body));
    }
    Ok(())
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The name without its port: `[::1]:80` is `::1`.
fn host_of(authority: &str) -> &str {
    if let Some(rest) = authority.strip_prefix('[') {
        return rest.split(']').next().unwrap_or(rest);
    }
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// Nobody can make an address, or `localhost`, point elsewhere.
fn is_own(name: &str, hosts: &[String]) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.parse::<IpAddr>().is_ok() || hosts.contains(&name)
}

/// True if a browser says that a page of another origin asks.
fn is_foreign(headers: &HeaderMap, host: &str) -> bool {
    let site = text(headers, HeaderName::from_static("sec-fetch-site"));
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return true;
    }
    let Some(origin) = headers.get(ORIGIN) else { return false };
    let own =
        |origin: &str| origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host));
    !origin.to_str().is_ok_and(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_can_be_rebound_are_not_ours() {
        let hosts = ["news.example".to_owned()];
        for own in
            ["127.0.0.1:8337", "localhost", "LOCALHOST.:80", "[::1]:9", "192.168.0.7", "news.example:80"]
        {
            assert!(is_own(host_of(own), &hosts), "{own}");
        }
        for other in
            ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "", "a:b:c", "[x]"]
        {
            assert!(!is_own(host_of(other), &hosts), "{other}");
        }
    }

    #[test]
    fn forms_of_other_sites_are_foreign() {
        let foreign = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
            is_foreign(&headers.collect(), "127.0.0.1:80")
        };
        assert!(!foreign(&[]));
        assert!(!foreign(&[("origin", "http://127.0.0.1:80"), ("sec-fetch-site", "same-origin")]));
        assert!(foreign(&[("origin", "http://evil.example")]));
        assert!(foreign(&[("origin", "http://127.0.0.1:81")]));
        assert!(foreign(&[("origin", "null")]));
        assert!(foreign(&[("sec-fetch-site", "cross-site")]));
        assert!(foreign(&[("sec-fetch-site", "same-site")]));
    }
}
