//! `POST /api/analyze`: an article is sent, its analysis comes back.
//!
//! In: the article itself as text, HTML, JSON or JSON Lines, or a form with a file or a text. Out: for a
//! program the analysis records; for a browser the text with everything marked. Nothing is kept, and the
//! graph stays as it is.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::StatusCode;
use axum::http::header::{ACCEPT, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::response::{Html, IntoResponse, Json, Response};
use serde_json::json;

use super::Shared;
use super::ask::Asked;
use super::page;
use super::problem::Problem;
use super::routes::worked;
use crate::analyze as read_article;
use crate::export::annotation::Page;
use crate::export::record::Record;
use crate::source::{self, Article, SourceError, date};

/// What was sent.
#[derive(Debug, Default)]
struct Sent {
    /// Its ending tells the format.
    name: String,
    bytes: Vec<u8>,
    title: Option<String>,
    date: Option<String>,
}

pub(super) async fn analyze(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Problem> {
    let mut asked = Asked::new(Vec::new(), request.uri().query());
    let (accept, kind) = (header(&request, ACCEPT), header(&request, CONTENT_TYPE));
    let marked = match asked.one("as")?.as_deref() {
        None => accept.contains("text/html"),
        Some("html") => true,
        Some("json") => false,
        Some(other) => {
            return Err(Problem::asked(format!("`as={other}` is not known"), "write as=html or as=json"));
        }
    };
    asked.finish()?;
    let sent = sent(request, kind.split(';').next().unwrap_or("").trim(), shared.limits.body).await?;
    if sent.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::asked("nothing was sent", "send the article's text"));
    }
    worked(shared, move |shared| analyzed(shared, sent, marked)).await
}

/// A header in lower case; empty if there is none.
fn header(request: &Request, name: HeaderName) -> String {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_ascii_lowercase()
}

/// Reads the body, whatever wraps it.
async fn sent(request: Request, kind: &str, most: usize) -> Result<Sent, Problem> {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, most).await.map_err(|_| Problem::too_large(most))?;
    let name = match kind {
        "multipart/form-data" => {
            return form(Request::from_parts(parts, Body::from(bytes))).await;
        }
        "application/x-www-form-urlencoded" => {
            let mut sent = Sent { name: "text".to_owned(), ..Sent::default() };
            for (name, value) in form_urlencoded::parse(&bytes) {
                sent.take(&name, None, value.as_bytes().to_vec());
            }
            return Ok(sent);
        }
        "text/html" | "application/xhtml+xml" => "upload.html",
        "application/json" => "upload.json",
        "application/jsonl" | "application/x-ndjson" | "application/jsonlines" => "upload.jsonl",
        // Without a type the first bytes tell.
        "" | "application/octet-stream" => "upload",
        "text/plain" | "text/markdown" => "upload.txt",
        other => {
            let hint = "send text/plain, text/html, application/json or application/x-ndjson";
            let what = format!("articles of the type `{other}` are not read");
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, what, hint));
        }
    };
    Ok(Sent { name: name.to_owned(), bytes: bytes.to_vec(), ..Sent::default() })
}

async fn form(request: Request) -> Result<Sent, Problem> {
    let broken = |_| Problem::asked("the form is broken", "send the fields file or text, title and date");
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| Problem::asked("the form has no boundary", "let the browser write its Content-Type"))?;
    let mut sent = Sent { name: "text".to_owned(), ..Sent::default() };
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or("").to_owned();
        let file = field.file_name().map(str::to_owned);
        let bytes: Bytes = field.bytes().await.map_err(broken)?;
        sent.take(&name, file, bytes.to_vec());
    }
    Ok(sent)
}

impl Sent {
    /// Takes in a field of a form. A file wins over a text.
    fn take(&mut self, name: &str, file: Option<String>, bytes: Vec<u8>) {
        let text = || Some(String::from_utf8_lossy(&bytes).trim().to_owned()).filter(|text| !text.is_empty());
        match name {
            "title" => self.title = text(),
            "date" => self.date = text(),
            "file" if !bytes.is_empty() => {
                // A name is shown and tells the format: where the file lay is nobody's business.
                let file = file.unwrap_or_default();
                let file = file.rsplit(['/', '\\']).next().unwrap_or("").trim();
                self.name = if file.is_empty() { "file".to_owned() } else { file.to_owned() };
                self.bytes = bytes;
            }
            "text" if self.bytes.is_empty() => self.bytes = bytes,
            _ => {}
        }
    }

    /// The articles in what was sent, and what could not be read.
    fn articles(self) -> Result<(Vec<Article>, Vec<SourceError>), Problem> {
        let day = self.date.as_deref().map(|text| {
            date::parse(text)
                .ok_or_else(|| Problem::asked(format!("`{text}` is no day"), "write it as 2021-03-18"))
        });
        let day = day.transpose()?;
        let (mut articles, mut problems) = (Vec::new(), Vec::new());
        for article in source::from_bytes(&self.name, self.bytes) {
            match article {
                Ok(mut article) => {
                    article.published = article.published.or(day);
                    article.title = article.title.or_else(|| self.title.clone());
                    articles.push(article);
                }
                Err(problem) => problems.push(problem),
            }
        }
        Ok((articles, problems))
    }
}

fn analyzed(shared: &Shared, sent: Sent, marked: bool) -> Result<Response, Problem> {
    let (articles, problems) = sent.articles()?;
    if articles.is_empty() {
        let problem = problems.first();
        return Err(Problem {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            what: problem.map_or_else(|| "no article was found".to_owned(), ToString::to_string),
            hint: problem.and_then(|problem| problem.hint()).map(str::to_owned),
        });
    }
    let analyses = articles.iter().map(|article| read_article(article, &shared.lexicon, &shared.model));
    if marked {
        let mut shown = Page::default();
        analyses.for_each(|analysis| shown.add(&analysis, &shared.lexicon));
        return Ok(([(CONTENT_SECURITY_POLICY, page::own_policy())], Html(shown.finish())).into_response());
    }
    let records: Vec<Record> = analyses.map(|analysis| Record::new(&analysis, &shared.lexicon)).collect();
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    Ok(Json(json!({"analyses": records, "problems": problems})).into_response())
}
