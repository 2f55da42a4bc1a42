//! Files as they come: good rows beside broken ones, odd bytes, directories.

use std::fs;
use std::path::Path;

use super::*;

fn write(dir: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

fn one(name: &str, bytes: impl AsRef<[u8]>) -> (Vec<Article>, Vec<String>) {
    let dir = tempfile::tempdir().unwrap();
    let path = write(dir.path(), name, bytes);
    split(read([path]), dir.path())
}

/// Articles and messages, the directory's name taken off.
fn split(articles: Articles, dir: &Path) -> (Vec<Article>, Vec<String>) {
    let bare = |text: String| text.replace(&format!("{}/", dir.display()), "");
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for item in articles {
        match item {
            Ok(article) => {
                good.push(Article { id: bare(article.id), source: bare(article.source), ..article })
            }
            Err(error) => bad.push(bare(error.to_string())),
        }
    }
    (good, bad)
}

#[test]
fn a_broken_row_is_named_and_the_rest_is_read() {
    let rows = "{\"id\":7,\"title\":\"Talks\",\"date\":20210318,\"url\":null,\"text\":\"Envoys met.\",\"other\":[1]}\n\
                \n{\"id\":\"b\"\n{\"body\":\"x\"}\n[1]\n{\"text\":\"Two.\",\"date\":\"2003-2010\"}\n{\"id\":\"7\",\"text\":\"x\"}";
    let (good, bad) = one("a.jsonl", rows);
    assert_eq!(good[0].id, "7");
    assert_eq!(good[0].published, Some(jiff::civil::date(2021, 3, 18)));
    assert_eq!(good[0].title.as_deref(), Some("Talks"));
    assert_eq!(
        good[1],
        Article {
            id: "a.jsonl:6".into(),
            source: "a.jsonl:6".into(),
            body: "Two.".into(),
            ..Article::default()
        }
    );
    assert_eq!(good[2].id, "7#2");
    assert_eq!(bad.len(), 3);
    assert!(bad[0].starts_with("a.jsonl:3: not JSON"), "{}", bad[0]);
    assert_eq!(bad[1], "a.jsonl:4: the row has no \"text\" (it has: body)");
    assert_eq!(bad[2], "a.jsonl:5: the row is no JSON object");
}

#[test]
fn equal_ids_get_numbers() {
    let rows: String =
        ["7", "7#2", "7", "7", "8", "8"].map(|id| format!("{{\"id\":\"{id}\",\"text\":\"x\"}}\n")).concat();
    let ids: Vec<String> = one("a.jsonl", rows).0.into_iter().map(|article| article.id).collect();
    assert_eq!(ids, ["7", "7#2", "7#3", "7#4", "8", "8#2"]);
    // Were every number tried again for each, this would be two hundred million tries.
    let many = one("b.jsonl", "{\"id\":\"7\",\"text\":\"x\"}\n".repeat(20_000)).0;
    assert_eq!(many.last().map(|article| article.id.as_str()), Some("7#20000"));
}

#[test]
fn formats_are_told_by_name_or_by_first_bytes() {
    assert_eq!(one("story", "Envoys met.").0[0].body, "Envoys met.");
    assert_eq!(one("story", "{\"text\":\"a\"}\n{\"text\":\"b\"}").0.len(), 2);
    assert_eq!(one("list.json", "[{\"text\":\"a\"},{\"text\":\"b\"}]").0.len(), 2);
    assert_eq!(one("one.json", "{\n \"text\": \"a\"\n}").0[0].body, "a");
    assert_eq!(one("rows.json", "{\"text\":\"a\"}\n{\"text\":\"b\"}").0.len(), 2);
}

#[test]
fn odd_bytes_are_said_to_be_odd() {
    let (good, bad) = one("old.txt", b"caf\xe9 \x93talks\x94");
    assert_eq!(
        (good[0].body.as_str(), bad[0].as_str()),
        ("café “talks”", "old.txt: not UTF-8; read as Windows-1252")
    );
    assert_eq!(one("empty.txt", " \n").1, ["empty.txt: empty; there is nothing to read"]);
    assert_eq!(one("empty.jsonl", "").1, ["empty.jsonl: empty; there is nothing to read"]);
    assert_eq!(one("x.txt", [0u8, 1, 2, 3, 0, 0, 7]).1, ["x.txt: this is no text; not read"]);
    assert_eq!(one("zero.txt", format!("Envoys{}met\0.", " ".repeat(200))).0.len(), 1);
}

#[test]
fn a_directory_is_read_in_order_and_the_rest_is_named() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "b.txt", "B.");
    write(dir.path(), "a/z.txt", "Z.");
    write(dir.path(), "a/y.jsonl", "{\"text\":\"Y.\"}");
    write(dir.path(), ".hidden/x.txt", "X.");
    write(dir.path(), "photo.png", [0u8; 4]);
    let (good, bad) = split(read([dir.path()]), dir.path());
    let ids: Vec<&str> = good.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids, ["a/y.jsonl:1", "a/z.txt", "b.txt"]);
    assert!(bad[0].ends_with("1 file was passed over (.png)"), "{}", bad[0]);
}

#[cfg(feature = "html")]
#[test]
fn a_page_gives_title_date_and_paragraphs() {
    let story = "The envoys of both countries met in the old city hall on Monday, and they spoke for three hours about grain.";
    let page = format!(
        "<!DOCTYPE html><html><head><title>Envoys meet | The Wire</title>\
         <meta property=\"og:site_name\" content=\"The Wire\"><meta property=\"og:url\" content=\"https://example.org/a\">\
         <meta property=\"article:published_time\" content=\"2021-03-18T08:00:00Z\"></head>\
         <body><nav><a href=\"/\">Home</a> <a href=\"/x\">World</a></nav><article><h1>Envoys meet</h1>\
         <p>{story}</p><p>“{story}” Ms. Roe\n said.</p><p>{story}</p></article><footer>Contact</footer></body></html>"
    );
    let (good, bad) = one("page.html", page);
    assert!(bad.is_empty(), "{bad:?}");
    let article = &good[0];
    assert_eq!(article.published, Some(jiff::civil::date(2021, 3, 18)));
    assert_eq!(article.publisher.as_deref(), Some("The Wire"));
    assert_eq!(article.url.as_deref(), Some("https://example.org/a"));
    assert!(article.title.as_deref().is_some_and(|t| t.starts_with("Envoys meet")), "{:?}", article.title);
    assert!(article.body.contains(&format!("{story}\n\n“{story}” Ms. Roe said.")), "{}", article.body);
    assert!(!article.body.contains("Home") && !article.body.contains("Contact"));
}

#[cfg(feature = "html")]
#[test]
fn odd_pages_do_not_end_the_run() {
    let (good, bad) = one("short.html", "<html><body><p>Envoys met in Geneva.</p></body></html>");
    assert_eq!((good.len(), bad.len()), (1, 0), "{bad:?}");
    let deep = "<div>".repeat(100_000);
    assert_eq!(one("deep.html", deep).1.len(), 1);
    let script = format!("<script>{}</script><p>Envoys met in Geneva.</p>", "x = '<div>';".repeat(1_000));
    assert_eq!(one("script.html", script).0.len(), 1);
    assert_eq!(one("none.html", "<html></html>").1.len(), 1);
}
