//! The server from outside: every route is asked, what must be refused is refused, and it ends when told.
//!
//! The program is started on a free port; requests are written byte by byte, so that no client stands
//! between us and what is sent.

#![cfg(feature = "serve")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

const STORY: &str = "Chancellor Jane Roe urged China on Monday to release the sailors. “We must talk,” Roe said.\n\
                     China urged Japan to end the talks. Japan met Jane Roe in Tokyo. China accused Japan of theft.\n";

/// A running server; killed if a test leaves it behind.
struct Server {
    child: Child,
    address: String,
    _folder: tempfile::TempDir,
}

/// What came back.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:")))?;
        Some(line.split_once(':')?.1.trim())
    }
}

impl Server {
    fn start(more: &[&str]) -> Server {
        Server::of("story.txt", STORY, more)
    }

    fn of(file: &str, text: &str, more: &[&str]) -> Server {
        let folder = tempfile::tempdir().unwrap();
        let story = folder.path().join(file);
        fs::write(&story, text).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .arg("serve")
            .arg(&story)
            .args(["--port", "0"])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address =
            line.trim().strip_prefix("http://").and_then(|a| a.strip_suffix('/')).unwrap().to_owned();
        Server { child, address, _folder: folder }
    }

    /// Sends bytes and reads until the server closes.
    fn send(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        // A server that refuses early may close while we still write.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no head: {text:?}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: unchunked(head, body) }
    }

    fn get(&self, path: &str) -> Answer {
        self.send(
            format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).as_bytes(),
        )
    }

    fn post(&self, headers: &str, body: &[u8]) -> Answer {
        let head = format!(
            "POST /api/analyze HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
            self.address,
            body.len()
        );
        self.send(&[head.as_bytes(), body].concat())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn unchunked(head: &str, body: &str) -> String {
    if !head.to_lowercase().contains("transfer-encoding: chunked") {
        return body.to_owned();
    }
    let (mut out, mut rest) = (String::new(), body);
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap();
        out.push_str(&after[..size]);
        rest = after.get(size + 2..).unwrap_or("");
        if size == 0 {
            break;
        }
    }
    out
}

fn names<'a>(value: &'a Value, field: &str) -> Vec<&'a str> {
    value.as_array().unwrap().iter().map(|item| item[field].as_str().unwrap()).collect()
}

/// An answer must be what the description says.
fn fits(schema: &Value, described: &Value, answer: &Value, path: &str) {
    let whole = serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "components": described["components"],
        "allOf": [schema],
    });
    let validator = jsonschema::validator_for(&whole).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(answer).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(schema.is_object() && wrong.is_empty(), "{path}: {wrong:?}");
}

#[test]
fn every_described_route_answers() {
    let server = Server::start(&[]);
    let described = server.get("/api/openapi.json").json();
    let mut asked = 0;
    for (path, methods) in described["paths"].as_object().unwrap() {
        if methods.get("get").is_none() {
            continue;
        }
        let address = match path.as_str() {
            "/api/search" => "/api/search?q=china".to_owned(),
            "/api/query" => "/api/query?arrow=%3F+-urges-%3E+China".to_owned(),
            "/api/paths" => "/api/paths?from=Jane+Roe&to=Japan&all=true".to_owned(),
            other => other.replace("{key}", "iso:CN").replace("{id}", "0"),
        };
        let answer = server.get(&address);
        assert_eq!(answer.status, 200, "{address}: {answer:?}");
        let html = !path.starts_with("/api");
        let kind = if html { "text/html; charset=utf-8" } else { "application/json" };
        assert_eq!(answer.header("content-type"), Some(kind), "{path}");
        if html {
            assert!(answer.body.starts_with("<!doctype html"), "{path}");
        } else {
            let schema = &methods["get"]["responses"]["200"]["content"]["application/json"]["schema"];
            fits(schema, &described, &answer.json(), path);
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe-eval"), "{path}: {policy}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
        // A query that is not known is no query.
        if !html && path != "/api/openapi.json" {
            let sign = if address.contains('?') { '&' } else { '?' };
            let answer = server.get(&format!("{address}{sign}nonsense=1"));
            assert_eq!(answer.status, 400, "{address}");
            assert!(answer.json()["hint"].is_string(), "{address}");
        }
        asked += 1;
    }
    assert!(asked >= 17, "{asked}");
}

#[test]
fn questions_are_answered_as_on_the_command_line() {
    let server = Server::start(&[]);
    let about = server.get("/api").json();
    assert!(about["nodes"].as_u64().unwrap() >= 3 && about["documents"] == 1);
    let found = server.get("/api/query?arrow=%3F+-urges-%3E+China").json();
    assert_eq!(names(&found["items"], "arrow"), ["Jane Roe -urges-> China"]);
    assert!(found.get("variables").is_none() && found.get("cut").is_none(), "{found}");
    let id = found["items"][0]["id"].to_string();
    let edge = server.get(&format!("/api/edges/{id}")).json();
    assert_eq!(edge["evidence"][0]["document"]["number"], 0);
    assert!(edge["evidence"][0]["text"].as_str().unwrap().contains("release the sailors"));
    assert_eq!(server.get(&format!("/api/edges/e{id}/evidence")).json()["total"], edge["weight"]);
    let said = server.get("/api/quotations?by=Roe").json();
    assert_eq!(said["items"][0]["speaker"]["name"], "Jane Roe");
    assert_eq!(server.get("/api/quotations?by=Roe&kind=mixed").json()["total"], 0);
    let chains = server.get("/api/paths?from=Roe&to=Japan&all=true&max_length=2").json();
    let description = server.get("/api/openapi.json").json();
    let schema = &description["paths"]["/api/paths"]["get"]["responses"]["200"]["content"]["application/json"]
        ["schema"];
    fits(schema, &description, &server.get("/api/paths?from=Roe&to=Japan").json(), "the shortest path");
    assert_eq!((chains["cut"].as_bool(), chains["chains"]["total"].as_u64()), (Some(false), Some(2)));
    let search = server.get("/api/search?q=sailors").json();
    assert!(search["edges"]["total"].as_u64().unwrap() >= 1);
    let nothing = server.get("/api/search?q=zebra").json();
    assert!(["nodes", "edges", "quotations"].iter().all(|list| nothing[list]["total"] == 0));
    let top = server.get("/api/top?measure=pagerank&limit=1").json();
    assert_eq!(top["nodes"]["items"].as_array().unwrap().len(), 1);
    let groups = server.get("/api/communities").json();
    assert!(groups["communities"]["total"].as_u64().unwrap() >= 1);
    let near = server.get("/api/nodes/Jane%20Roe/network").json();
    assert!(near["others"]["total"].as_u64().unwrap() >= 2);
    let countries = server.get("/api/nodes?kind=country").json();
    assert_eq!(names(&countries["items"], "key"), ["iso:CN", "iso:JP"]);
    let second = server.get("/api/nodes?kind=country&offset=1&limit=1").json();
    assert_eq!((names(&second["items"], "key"), second["total"].as_u64()), (vec!["iso:JP"], Some(2)));
}

#[test]
fn arrows_are_joined_as_on_the_command_line() {
    let server = Server::start(&[]);
    let description = server.get("/api/openapi.json").json();
    let schema = &description["paths"]["/api/query"]["get"]["responses"]["200"]["content"]["application/json"]
        ["schema"];
    let ask = |arrow: &str, more: &str| {
        let arrow: String = form_urlencoded::byte_serialize(arrow.as_bytes()).collect();
        let answer = server.get(&format!("/api/query?arrow={arrow}{more}"));
        assert_eq!(answer.status, 200, "{answer:?}");
        let answer = answer.json();
        fits(schema, &description, &answer, "/api/query");
        answer
    };
    for arrows in ["?x -urges-> ?y; ?y -urges-> ?z", "?x -urges-> ?y -urges-> ?z"] {
        let found = ask(arrows, "");
        assert_eq!((&found["total"], &found["cut"]), (&1.into(), &false.into()));
        assert_eq!(found["variables"], serde_json::json!(["x", "y", "z"]));
        let row = &found["items"][0];
        let name = |variable: &str| row["bindings"][variable]["name"].as_str().unwrap();
        assert_eq!([name("x"), name("y"), name("z")], ["Jane Roe", "China", "Japan"]);
        assert_eq!(row["weight"], 2);
        assert_eq!(row["steps"][1][0]["arrow"], "China -urges-> Japan");
        // The same as the program prints, but for the form of edges.
        let printed = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(["query", "--format", "json"])
            .args([&server._folder.path().join("story.txt").display().to_string(), arrows])
            .output()
            .unwrap();
        let printed: Value = serde_json::from_slice(&printed.stdout).unwrap();
        for part in ["bindings", "weight"] {
            assert_eq!(printed[0][part], row[part], "{part}");
        }
    }
    // A kind, a chain, marks on one arrow, the second page, and a filter of all.
    let both = ask("?country1 -?-> ?country2; ?country2 -?-> ?person", "&limit=1&offset=1");
    assert!(both["total"].as_u64().unwrap() >= 2 && both["items"].as_array().unwrap().len() == 1);
    assert_eq!(ask("Jane Roe -*2-> Japan", "")["items"][0]["steps"][0].as_array().unwrap().len(), 2);
    assert_eq!(ask("?x -urges-> ?y -urges-> ?z [weight 2]", "")["total"], 0);
    assert_eq!(ask("?x -urges-> ?y -urges-> ?z", "&predicate=accuses")["total"], 0);
    // The story has no day: nothing of it is known to have been published by any, not even its names.
    assert_eq!(ask("?x -?-> ?y -?-> ?z", "&as_of=2021-03-18")["total"], 0);
    let unknown = server.get("/api/query?arrow=%3F+-urges-%3E+China&as_of=2021-03-18");
    assert_eq!(unknown.status, 404);
    assert!(unknown.json()["hint"].as_str().unwrap().contains("as_of leaves out"), "{unknown:?}");
    let wrong = server.get("/api/query?arrow=%3Fx+-urges-%3E+%3Fy;+%3Fy+-urge-%3E+%3Fz");
    assert_eq!((wrong.status, &wrong.json()["hint"]), (404, &"did you mean `urges`?".into()));
}

/// As on the command line: what was published later was never read, so that nobody and no name comes of it.
#[test]
fn a_day_is_answered_from_what_was_known_on_it() {
    let row = |id: &str, day: &str, text: &str| {
        format!("{}\n", serde_json::json!({"id": id, "date": day, "text": text}))
    };
    let rows = [
        row("1", "2021-03-18", "China urged Japan to end the talks. “Japan must act,” Jane Roe said."),
        row(
            "2",
            "2021-03-19",
            "Japan accused China of lying. Minister John Doe met Jane Roe. “Wait,” John Doe said.",
        ),
    ];
    let server = Server::of("news.jsonl", &rows.concat(), &[]);
    let ask = |path: &str| {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    };
    let (first, both) = ("as_of=2021-03-18", "as_of=2021-03-19");
    assert_eq!(ask(&format!("/api?{first}"))["documents"], 1);
    assert_eq!(ask(&format!("/api?{both}")), ask("/api"));
    for path in
        ["/api/nodes?", "/api/search?q=doe&", "/api/top?measure=mentions&", "/api/documents?", "/api/edges?"]
    {
        let (then, now) = (ask(&format!("{path}{first}")), ask(&format!("{path}{both}")));
        assert_ne!(then, now, "{path}");
        assert!(
            !then.to_string().contains("Doe")
                && now["items"].as_array().is_none_or(|items| !items.is_empty())
        );
    }
    let mentions = |day: &str| ask(&format!("/api/nodes/iso:JP?{day}"))["node"]["mentions"].as_u64().unwrap();
    assert!(mentions(first) < mentions(both));
    assert_eq!(server.get(&format!("/api/nodes/John%20Doe?{first}")).status, 404);
    let said = ask(&format!("/api/quotations?{first}"));
    assert!(said["total"].as_u64() >= Some(1) && !said.to_string().contains("Wait"), "{said}");
    // The same count as the command line gives.
    let listed = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["top", "--measure", "mentions", "--format", "json", "--as-of", "2021-03-18"])
        .arg(server._folder.path().join("news.jsonl"))
        .output()
        .unwrap();
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let top = ask(&format!("/api/top?measure=mentions&{first}"));
    let (ours, theirs) = (top["nodes"]["items"].as_array().unwrap(), listed.as_array().unwrap());
    assert_eq!(ours.len(), theirs.len());
    for (our, their) in ours.iter().zip(theirs) {
        assert_eq!(our["node"]["name"], their["name"]);
        assert_eq!(our["value"].as_f64(), their["count"].as_f64());
    }
}

#[test]
fn what_is_wrong_is_told_as_json_with_a_hint() {
    let server = Server::start(&[]);
    for (path, status, hint) in [
        ("/api/nodes/Chnia", 404, "did you mean `China`?"),
        ("/api/edges/99999", 404, "/api/edges"),
        ("/api/edges/x", 404, "/api/edges"),
        ("/api/query?arrow=China", 400, "? -urges-> China"),
        ("/api/query", 400, "?arrow="),
        ("/api/edges?since=soon", 400, "2021-03-18"),
        ("/api/edges?limt=5", 400, "`limit`"),
        ("/api/top?measure=fame", 400, "betweenness"),
        ("/api/top?measure=mentions&facts=true", 400, "leave out facts"),
        ("/api/search?q=china&as_of=soon", 400, "2021-03-18"),
        ("/api/paths?from=Roe&to=Japan&all=true&max_length=99", 400, "max_length=32"),
        ("/api/communities?resolution=-1", 400, "above 0"),
        ("/api/nothing", 404, "/api/openapi.json"),
        ("/nothing", 404, "/api/openapi.json"),
        ("/api/analyze", 405, "/api/openapi.json"),
        ("/api/nodes/%ff", 400, "percent-encoded"),
        ("/../../etc/passwd", 404, "/api/openapi.json"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, status, "{path}: {answer:?}");
        let json = answer.json();
        assert!(json["error"].is_string() && json["hint"].as_str().unwrap().contains(hint), "{path}: {json}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
    let answer = server.send(b"nonsense\r\n\r\n");
    assert_eq!(answer.status, 400);
}

#[test]
fn an_article_that_is_sent_comes_back_analysed() {
    let server = Server::start(&[]);
    let plain = server.post("Content-Type: text/plain\r\n", STORY.as_bytes()).json();
    assert_eq!(plain["analyses"][0]["schema"], "demarche/analysis/1");
    assert_eq!(plain["analyses"][0]["document"]["text"], STORY);
    let rows =
        format!("{{\"id\":\"a\",\"text\":{0}}}\n{{\"id\":\"b\",\"text\":{0}}}\n", serde_json::json!(STORY));
    let rows = server.post("Content-Type: application/x-ndjson\r\n", rows.as_bytes()).json();
    assert_eq!(rows["analyses"][1]["document"]["id"], "b");

    let hostile = format!("<script>alert(1)</script>\n{STORY}\"><img src=x onerror=alert(2)>\n");
    let form = format!(
        "--XX\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{hostile}\r\n\
         --XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n\
         --XX\r\nContent-Disposition: form-data; name=\"date\"\r\n\r\n2021-03-18\r\n--XX--\r\n"
    );
    let headers = "Content-Type: multipart/form-data; boundary=XX\r\nAccept: text/html,*/*;q=0.8\r\n";
    let marked = server.post(headers, form.as_bytes());
    assert_eq!((marked.status, marked.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(marked.body.contains("title=\"Jane Roe, person"), "{}", marked.body);
    assert!(marked.body.contains("class=\"q") && marked.body.contains("2021-03-18"));
    assert!(!marked.body.contains("<script") && !marked.body.contains("<img"));
    assert!(marked.header("content-security-policy").unwrap().contains("style-src 'sha256-"));

    let file = format!(
        "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../a.html\"\r\n\r\n\
         <!doctype html><title>Talks</title><article><h1>Talks</h1><p>{STORY}</p></article>\r\n--XX--\r\n"
    );
    let page = server.post("Content-Type: multipart/form-data; boundary=XX\r\n", file.as_bytes()).json();
    assert_eq!(page["analyses"][0]["document"]["source"], "a.html");
    let pairs =
        server.post("Content-Type: application/x-www-form-urlencoded\r\n", b"text=China+urged+Japan.").json();
    assert_eq!(pairs["analyses"][0]["document"]["text"], "China urged Japan.");

    for (headers, body, status) in [
        ("Content-Type: text/plain\r\n", &b"  \n"[..], 400),
        ("Content-Type: application/pdf\r\n", b"%PDF-1.4", 415),
        ("Content-Type: application/json\r\n", b"{\"txt\":\"\"}", 422),
        ("Content-Type: text/plain\r\n", b"\x7fELF\x02\x01\x01\0\0\0\0\0", 422),
        ("Content-Type: multipart/form-data\r\n", b"x", 400),
        ("Content-Type: multipart/form-data; boundary=XX\r\n", b"x", 400),
    ] {
        let answer = server.post(headers, body);
        assert_eq!(answer.status, status, "{headers}: {answer:?}");
        assert!(answer.json()["error"].is_string());
    }
    // The graph is as it was.
    assert_eq!(server.get("/api").json()["documents"], 1);
}

#[test]
fn too_much_is_refused() {
    let server = Server::start(&[]);
    // Told beforehand: refused before it is sent.
    let head = format!(
        "POST /api/analyze HTTP/1.1\r\nHost: {}\r\nContent-Type: text/plain\r\nContent-Length: 9999999999\r\n\
         Connection: close\r\n\r\n",
        server.address
    );
    let answer = server.send(head.as_bytes());
    assert_eq!(answer.status, 413);
    assert!(answer.json()["hint"].is_string());
    // Not told: refused once it is too much. The last bytes stay unsent, so that the answer is not lost.
    let head = head.replace("Content-Length: 9999999999", "Transfer-Encoding: chunked");
    let chunk = format!("{:x}\r\n{}\r\n", 1 << 20, "a".repeat(1 << 20));
    let answer = server.send(format!("{head}{chunk}{chunk}1\r\na\r\n").as_bytes());
    assert_eq!(answer.status, 413);
    assert_eq!(server.get("/api").status, 200);
}

#[test]
fn other_sites_cannot_ask_through_a_browser() {
    let server = Server::start(&["--host", "news.example"]);
    let ask = |host: &str| {
        let request = format!("GET /api HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        server.send(request.as_bytes()).status
    };
    let port = server.address.rsplit(':').next().unwrap();
    assert_eq!(ask(&format!("evil.example:{port}")), 421);
    assert_eq!(ask("127.0.0.1.evil.example"), 421);
    assert_eq!(ask(&format!("localhost:{port}")), 200);
    assert_eq!(ask("NEWS.example"), 200);
    assert_eq!(server.send(b"GET /api HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400);
    let absolute = format!(
        "GET http://evil.example/api HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        server.address
    );
    assert_eq!(server.send(absolute.as_bytes()).status, 421);
    let sent = |headers: &str| {
        server.post(&format!("Content-Type: text/plain\r\n{headers}"), b"China urged Japan.").status
    };
    assert_eq!(sent(&format!("Origin: http://{}\r\n", server.address)), 200);
    assert_eq!(sent("Origin: http://evil.example\r\n"), 403);
    assert_eq!(sent("Origin: null\r\n"), 403);
    assert_eq!(sent("Sec-Fetch-Site: cross-site\r\n"), 403);
}

#[cfg(unix)]
#[test]
fn it_ends_when_told_and_finishes_what_it_began() {
    for signal in ["-TERM", "-INT"] {
        let mut server = Server::start(&[]);
        // A client that has sent half a request must not hold it up for long; one that is answered is answered.
        let mut idle = TcpStream::connect(&server.address).unwrap();
        idle.write_all(b"GET /api HTTP/1.1\r\n").unwrap();
        assert_eq!(server.get("/api").status, 200);
        let started = Instant::now();
        let told = Command::new("kill").args([signal, &server.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        let ended = loop {
            if let Some(status) = server.child.try_wait().unwrap() {
                break status;
            }
            assert!(started.elapsed() < Duration::from_secs(60), "it did not end");
            std::thread::sleep(Duration::from_millis(20));
        };
        assert_eq!(ended.code(), Some(0), "{signal}");
        assert!(TcpStream::connect(&server.address).is_err());
    }
}

#[test]
fn a_port_that_is_taken_is_an_error() {
    let server = Server::start(&[]);
    let port = server.address.rsplit(':').next().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["serve", "-", "--port", port])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains(&format!("cannot listen on 127.0.0.1:{port}")), "{told}");
}
