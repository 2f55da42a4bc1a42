//! The graph as a file: JSON, versioned, one document, node, edge or quotation a line.
//!
//! In and out: a [`KnowledgeGraph`]; `schema/graph.schema.json` describes the file. Writing is atomic:
//! a file that is there is replaced only once the new one is whole. Reading refuses what is
//! damaged, newer, or something else, and says which.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Edge, Evidence, KnowledgeGraph, Link, Node, Quotation, Source};

/// The name and version of the format.
pub const SCHEMA: &str = "demarche/graph/1";

/// Why a graph file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file cannot be opened or read.
    #[error("{}: cannot be read: {cause}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// The file cannot be written.
    #[error("{}: cannot be written: {cause}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// It is JSON at most, but no graph.
    #[error("{}: is no graph file: {why}", path.display())]
    NotAGraph {
        /// The file.
        path: PathBuf,
        /// What is missing.
        why: String,
    },
    /// A later version of the format.
    #[error("{}: was written as {schema}, but this program reads {SCHEMA}: use a newer demarche", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// What the file says that it is.
        schema: String,
    },
    /// Cut short, edited badly, or inconsistent.
    #[error("{}: is a damaged graph file: {why}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
}

#[derive(Serialize)]
struct EdgeOut<'a> {
    subject: Option<&'a str>,
    object: Option<&'a str>,
    #[serde(flatten)]
    edge: &'a Edge,
}

#[derive(Deserialize)]
struct EdgeIn {
    subject: Option<String>,
    object: Option<String>,
    #[serde(flatten)]
    edge: Edge,
}

#[derive(Deserialize)]
struct GraphIn {
    documents: Vec<Source>,
    nodes: Vec<Node>,
    edges: Vec<EdgeIn>,
    quotations: Vec<Quotation>,
}

#[derive(Deserialize)]
struct Head {
    schema: Option<String>,
}

impl KnowledgeGraph {
    /// Writes the graph as JSON.
    ///
    /// # Errors
    /// When `out` cannot take it.
    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        write!(out, "{{\"schema\":\"{SCHEMA}\",\n\"documents\":[")?;
        rows(&mut out, self.sources.iter())?;
        write!(out, "],\n\"nodes\":[")?;
        rows(&mut out, self.nodes().map(|(_, node)| node))?;
        write!(out, "],\n\"edges\":[")?;
        let key = |node: Option<&'_ Node>| node.map(|node| node.key.clone());
        let ends = |link: &Link<'_>| (key(link.subject()), key(link.object()));
        let mut first = true;
        for link in self.links() {
            let (subject, object) = ends(&link);
            let row = EdgeOut { subject: subject.as_deref(), object: object.as_deref(), edge: link.edge };
            line(&mut out, &row, &mut first)?;
        }
        write!(out, "],\n\"quotations\":[")?;
        rows(&mut out, self.quotations.iter())?;
        out.write_all(b"]}\n")
    }

    /// Writes the graph to a file that is whole or not there: never half.
    ///
    /// # Errors
    /// When the file cannot be written; an older one of that name is then untouched.
    pub fn save(&self, path: &Path) -> Result<(), FileError> {
        replace_file(path, |out| self.write(out))
            .map_err(|cause| FileError::Write { path: path.to_owned(), cause })
    }

    /// Reads a graph file.
    ///
    /// # Errors
    /// When it cannot be read, is damaged, newer than this program, or no graph.
    pub fn load(path: &Path) -> Result<KnowledgeGraph, FileError> {
        let bytes = std::fs::read(path).map_err(|cause| FileError::Read { path: path.to_owned(), cause })?;
        KnowledgeGraph::read(&bytes, path)
    }

    /// Reads a graph from bytes; `path` only names them in messages.
    ///
    /// # Errors
    /// When they are damaged, newer than this program, or no graph.
    pub fn read(bytes: &[u8], path: &Path) -> Result<KnowledgeGraph, FileError> {
        let path = || path.to_owned();
        // A file of this program says so in its first line, also if its end is missing.
        let ours = bytes.starts_with(b"{\"schema\":\"demarche/graph/");
        let head: Head = serde_json::from_slice(bytes).map_err(|error| match ours {
            true => FileError::Damaged { path: path(), why: error.to_string() },
            false => FileError::NotAGraph { path: path(), why: error.to_string() },
        })?;
        match head.schema.as_deref() {
            Some(SCHEMA) => {}
            Some(schema) if schema.starts_with("demarche/graph/") => {
                return Err(FileError::Newer { path: path(), schema: schema.to_owned() });
            }
            Some(schema) => {
                let why = format!("its schema is `{schema}`, not `{SCHEMA}`");
                return Err(FileError::NotAGraph { path: path(), why });
            }
            None => {
                let why = format!("it has no field `schema` that says `{SCHEMA}`");
                return Err(FileError::NotAGraph { path: path(), why });
            }
        }
        let damaged = |why: String| FileError::Damaged { path: path(), why };
        let parts: GraphIn = serde_json::from_slice(bytes).map_err(|error| damaged(error.to_string()))?;
        assemble(parts).map_err(damaged)
    }
}

/// Puts a graph together and checks that everything it points at is there.
fn assemble(parts: GraphIn) -> Result<KnowledgeGraph, String> {
    let mut graph = KnowledgeGraph { sources: parts.documents, ..KnowledgeGraph::default() };
    let documents = graph.sources.len();
    for node in parts.nodes {
        if graph.by_key(&node.key).is_some() {
            return Err(format!("two nodes have the key `{}`", node.key));
        }
        graph.node_for(node);
    }
    let count = parts.edges.len();
    for (n, row) in parts.edges.into_iter().enumerate() {
        let find = |key: Option<&str>| match key {
            None => Ok(None),
            Some(key) => {
                graph.by_key(key).map(Some).ok_or(format!("edge {n} names `{key}`, which is no node"))
            }
        };
        let (subject, object) = (find(row.subject.as_deref())?, find(row.object.as_deref())?);
        let edge = row.edge;
        if subject.is_none() && object.is_none() {
            return Err(format!("edge {n} has neither subject nor object"));
        }
        if edge.id.at() != n {
            return Err(format!("edge {n} has the id {}", edge.id.0));
        }
        let lost = |e: &&Evidence| {
            e.document as usize >= documents || e.within.is_some_and(|within| within.at() >= count)
        };
        if edge.evidence.iter().find(lost).is_some() {
            return Err(format!("the evidence of edge {n} points at what is not in the file"));
        }
        if graph.edge_for(subject, object, edge).0.at() != n {
            return Err(format!("edge {n} is there twice"));
        }
    }
    if let Some(n) = parts.quotations.iter().position(|q| q.document as usize >= documents) {
        return Err(format!("quotation {n} points at a document that is not in the file"));
    }
    graph.quotations = parts.quotations;
    Ok(graph)
}

fn rows<T: Serialize>(out: &mut impl Write, items: impl Iterator<Item = T>) -> io::Result<()> {
    let mut first = true;
    for item in items {
        line(out, &item, &mut first)?;
    }
    Ok(())
}

fn line<T: Serialize>(out: &mut impl Write, item: &T, first: &mut bool) -> io::Result<()> {
    out.write_all(if *first { b"\n" } else { b",\n" })?;
    *first = false;
    serde_json::to_writer(&mut *out, item).map_err(io::Error::from)
}

/// Writes to a new file beside `path`, then puts it in its place. What is no plain file (a pipe, a
/// terminal) is written to as it is.
///
/// # Errors
/// Whatever the system or `write` says; a file that was there is then untouched.
pub fn replace_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if std::fs::metadata(&target).is_ok_and(|found| !found.is_file()) {
        let mut out = BufWriter::new(File::options().write(true).open(&target)?);
        write(&mut out)?;
        return out.flush();
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = target.with_file_name(name);
    let written = File::create(&part).and_then(|file| {
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        out.flush()?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    });
    let done = written.and_then(|()| std::fs::rename(&part, &target));
    if done.is_err() {
        // The failure that we report is the first one.
        let _ = std::fs::remove_file(&part);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    fn bytes(graph: &KnowledgeGraph) -> Vec<u8> {
        let mut out = Vec::new();
        graph.write(&mut out).unwrap();
        out
    }

    fn refusal(bytes: &[u8]) -> String {
        KnowledgeGraph::read(bytes, Path::new("news.json")).unwrap_err().to_string()
    }

    #[test]
    fn a_graph_that_was_read_is_written_as_the_same_bytes() {
        let written = bytes(&sample::graph());
        let read = KnowledgeGraph::read(&written, Path::new("news.json")).unwrap();
        assert_eq!(bytes(&read), written);
        assert_eq!(bytes(&sample::graph()), written);
        assert_eq!(read.by_key("iso:CN"), sample::graph().by_key("iso:CN"));
    }

    #[test]
    fn what_is_no_graph_is_refused_with_its_reason() {
        let whole = String::from_utf8(bytes(&sample::graph())).unwrap();
        assert!(refusal(b"not json").contains("is no graph file"));
        assert!(refusal(b"{}").contains("no field `schema`"));
        assert!(refusal(b"{\"schema\":\"demarche/analysis/1\"}").contains("demarche/analysis/1"));
        assert!(refusal(whole.replace("graph/1", "graph/2").as_bytes()).contains("newer demarche"));
        assert!(refusal(&whole.as_bytes()[..whole.len() / 2]).contains("damaged"));
        let lost = whole.replace("{\"subject\":\"wd:Q7821917\"", "{\"subject\":\"wd:Q0\"");
        assert!(refusal(lost.as_bytes()).contains("`wd:Q0`, which is no node"));
        let nobody = whole.replace("\"object\":\"person:jane-doe\"", "\"object\":null");
        assert!(refusal(nobody.as_bytes()).contains("neither subject nor object"));
        let far = whole.replace("\"document\":1,", "\"document\":7,");
        assert!(refusal(far.as_bytes()).contains("not in the file"));
    }

    #[test]
    fn the_schema_names_every_field_that_we_write() {
        let schema: serde_json::Value =
            serde_json::from_str(include_str!("../../schema/graph.schema.json")).unwrap();
        assert_eq!(schema["properties"]["schema"]["const"], SCHEMA);
        let file: serde_json::Value = serde_json::from_slice(&bytes(&sample::graph())).unwrap();
        let types =
            [("documents", "document"), ("nodes", "node"), ("edges", "edge"), ("quotations", "quotation")];
        for (list, name) in types {
            let known = schema["$defs"][name]["properties"].as_object().unwrap();
            for row in file[list].as_array().unwrap() {
                for field in row.as_object().unwrap().keys() {
                    assert!(known.contains_key(field), "{name}.{field}");
                }
                for field in schema["$defs"][name]["required"].as_array().unwrap() {
                    assert!(row.get(field.as_str().unwrap()).is_some(), "{name}: {field} is missing");
                }
            }
        }
        let known = schema["$defs"]["evidence"]["properties"].as_object().unwrap();
        let evidence = file["edges"][1]["evidence"][0].as_object().unwrap();
        assert!(evidence.keys().all(|field| known.contains_key(field)));
    }

    #[test]
    fn a_failed_write_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.json");
        sample::graph().save(&path).unwrap();
        let before = std::fs::read(&path).unwrap();
        let failed = replace_file(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("disk full"))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        KnowledgeGraph::load(&path).unwrap();
    }
}
