//! The page: the graph in one HTML file that a browser opens by itself, without any network.
//!
//! In: a graph. Out: HTML that holds the data, the program that shows them, and a content security policy
//! that lets nothing else run: the hashes of our own script and style are computed when the page is
//! written. The data stand in a script element of a type that browsers do not run, escaped so that no text of
//! an article can end it; the program sets every text as text. Sources of the program: `web/`, one idea a
//! file, joined here; it draws on a canvas by itself.

mod data;
mod place;

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::graph::KnowledgeGraph;

/// The page around everything, with `@NAME@` where a part belongs.
const FRAME: &str = include_str!("web/page.html");
/// How it looks.
const STYLE: &str =
    concat!(include_str!("web/look.css"), include_str!("web/panels.css"), include_str!("web/phone.css"),);
/// The program: everything within one function, so that nothing of it is global.
const PROGRAM: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("web/text.js"),
    include_str!("web/data.js"),
    include_str!("web/state.js"),
    include_str!("web/sift.js"),
    include_str!("web/place.js"),
    include_str!("web/paint.js"),
    include_str!("web/view.js"),
    include_str!("web/canvas.js"),
    include_str!("web/lines.js"),
    include_str!("web/names.js"),
    include_str!("web/draw.js"),
    include_str!("web/pointer.js"),
    include_str!("web/search.js"),
    include_str!("web/days.js"),
    include_str!("web/filters.js"),
    include_str!("web/evidence.js"),
    include_str!("web/card.js"),
    include_str!("web/trail.js"),
    include_str!("web/keys.js"),
    include_str!("web/main.js"),
    "})();\n"
);

/// Writes the page.
pub(super) fn write(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let mut rest = FRAME;
    while let Some((before, name, after)) = next_part(rest) {
        out.write_all(before.as_bytes())?;
        match name {
            "POLICY" => out.write_all(policy().as_bytes())?,
            "STYLE" => out.write_all(STYLE.as_bytes())?,
            "DATA" => data::write(graph, out)?,
            "PROGRAM" => out.write_all(PROGRAM.as_bytes())?,
            other => out.write_all(other.as_bytes())?,
        }
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

/// The text before the next `@NAME@`, the name, and the text after it.
fn next_part(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('@')?;
    let (name, after) = rest.split_once('@')?;
    Some((before, name, after))
}

/// Nothing may be loaded, sent or framed, and only our own script and style may run.
fn policy() -> String {
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data: blob:; base-uri 'none'; form-action 'none'",
        hash(PROGRAM),
        hash(STYLE),
    )
}

/// A text's hash as a policy writes it.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests;
