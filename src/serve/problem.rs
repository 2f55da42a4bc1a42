//! What goes wrong, as JSON with a hint: `{"error":"no node is called `Chnia`","hint":"did you mean `China`?"}`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::query::{Fault, UnknownName};

/// An answer that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub status: StatusCode,
    pub what: String,
    pub hint: Option<String>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, what: impl Into<String>, hint: impl Into<String>) -> Problem {
        Problem { status, what: what.into(), hint: Some(hint.into()) }
    }

    /// The question cannot be understood.
    pub(super) fn asked(what: impl Into<String>, hint: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, what, hint)
    }

    /// There is no such thing.
    pub(super) fn missing(what: impl Into<String>, hint: impl Into<String>) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, what, hint)
    }

    /// Too many bytes.
    pub(super) fn too_large(most: usize) -> Problem {
        let what = format!("the request is longer than {most} bytes");
        let hint = "send one article at a time, or read long ones with `demarche analyze`";
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, what, hint)
    }

    /// The same, with another thing that may be the reason.
    pub(super) fn also_because(mut self, reason: String) -> Problem {
        self.hint = Some(self.hint.map_or_else(|| reason.clone(), |hint| format!("{hint}; {reason}")));
        self
    }

    /// Something broke that is no fault of the question.
    pub(super) fn ours(what: impl Into<String>) -> Problem {
        Problem { status: StatusCode::INTERNAL_SERVER_ERROR, what: what.into(), hint: None }
    }
}

impl From<UnknownName> for Problem {
    fn from(unknown: UnknownName) -> Problem {
        let hint = unknown.hint().or_else(|| Some("/api/search?q=… finds names".to_owned()));
        Problem { status: StatusCode::NOT_FOUND, what: unknown.to_string(), hint }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Problem {
        let hint = fault.hint.clone().or_else(|| Some("for example: ? -urges-> China".to_owned()));
        Problem { status: StatusCode::NOT_FOUND, what: fault.to_string(), hint }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status, Json(json!({"error": self.what, "hint": self.hint}))).into_response()
    }
}
