//! `demarche unknowns GRAPH`: who is named in the articles and stands in no table, the most frequent first.
//!
//! `-o FILE.csv` writes them as a gazetteer that the user fills in and gives back with `--gazetteer`.
//! Left out: those who are only described ("a spokesman"): no table could hold them.

use std::path::Path;

use serde_json::json;

use super::{Desk, graph};
use crate::cli::output::{Look, Row};
use crate::graph::{Node, replace_file};
use crate::lexicon::{Gazetteer, Kind};
use crate::query::{Filter, Mentioned, mentioned};

pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    output: Option<&Path>,
    filter: &Filter,
    most: usize,
) -> anyhow::Result<bool> {
    let lexicon = desk.lexicon();
    let graph = graph::open(desk, path, filter.as_of)?;
    let mut found: Vec<(&Node, Mentioned)> = mentioned(&graph, filter)
        .into_iter()
        .filter_map(|told| Some((graph.node(told.node)?, told)))
        .filter(|(node, _)| is_unknown(&lexicon.gazetteer, node))
        .collect();
    found.sort_by(|(a, told_a), (b, told_b)| {
        let often = |told: &Mentioned| (told.documents, told.mentions);
        often(told_b).cmp(&often(told_a)).then_with(|| a.key.cmp(&b.key))
    });
    if let Some(file) = output {
        let table = table(&found[..found.len().min(most)])?;
        replace_file(file, |out| out.write_all(&table))?;
        desk.messages.summary(format!(
            "{}: {} names to fill in; give it back with --gazetteer {}",
            file.display(),
            found.len().min(most),
            file.display(),
        ));
        return Ok(!found.is_empty());
    }
    let rows: Vec<Row> = found.iter().take(most).map(|(node, told)| row(node, told)).collect();
    desk.output.rows_of(&rows)?;
    desk.output.finish()?;
    super::more(desk, rows.len(), found.len(), "unknown names");
    Ok(!rows.is_empty())
}

/// Named, and in no table: its key is a slug of its own name.
fn is_unknown(gazetteer: &Gazetteer, node: &Node) -> bool {
    let named = matches!(node.kind, Kind::Person | Kind::Organization | Kind::Place | Kind::Country);
    // "person:story-7:spokesman" is somebody described.
    let slug = node.key.split_once(':').is_some_and(|(kind, rest)| {
        matches!(kind, "person" | "org" | "place" | "country") && !rest.contains(':')
    });
    named && slug && node.name.contains(char::is_uppercase) && gazetteer.by_key(&node.key).is_none()
}

fn kind(node: &Node) -> String {
    serde_json::to_value(node.kind).ok().and_then(|k| k.as_str().map(str::to_owned)).unwrap_or_default()
}

fn title(node: &Node) -> String {
    node.roles.first().map_or_else(String::new, |role| match &role.of {
        Some(of) => format!("{} of {of}", role.title),
        None => role.title.clone(),
    })
}

fn row(node: &Node, told: &Mentioned) -> Row {
    let Mentioned { mentions, documents, .. } = *told;
    let cells = vec![
        (format!("{mentions:>6}"), Look::Dim),
        (node.name.clone(), Look::Strong),
        (kind(node), Look::Plain),
        (format!("{documents} {}", if documents == 1 { "article" } else { "articles" }), Look::Dim),
        (title(node), Look::Plain),
    ];
    let json = json!({
        "key": node.key, "name": node.name, "kind": node.kind, "aliases": node.aliases, "country": node.country,
        "mentions": mentions, "documents": documents, "roles": node.roles,
    });
    Row { cells, json }
}

/// A gazetteer of the user's: what the articles tell is filled in.
fn table(found: &[(&Node, Mentioned)]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["kind", "name", "aliases", "country", "note"])?;
    for (node, told) in found {
        // A surname alone belongs to many: only names of several words are aliases.
        let aliases: Vec<&str> =
            node.aliases.iter().map(String::as_str).filter(|alias| alias.contains(' ')).collect();
        let note = format!("{} mentions in {} articles {}", told.mentions, told.documents, title(node));
        writer.write_record([
            kind(node).as_str(),
            node.name.as_str(),
            aliases.join("|").as_str(),
            node.country.as_deref().unwrap_or(""),
            note.trim_end(),
        ])?;
    }
    Ok(writer.into_inner()?)
}
