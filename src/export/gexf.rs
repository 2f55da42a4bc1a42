//! GEXF 1.3: for Gephi, and for sigma.js and graphology on the web.
//!
//! Nodes have the places and colours of our drawing, edges its colours and dashes. Days are written twice: as
//! `start` and `end`, for Gephi's timeline, and as plain values, because not every reader keeps the former.
//! Gephi's y grows upwards. Every edge is directed, because a symmetric one would be read as two or as of
//! another graph's kind; `symmetric` tells. Edges with one end are left out.

use std::fmt::Write;

use serde_json::Value;

use super::column::{ColumnKind, EDGE_COLUMNS, NODE_COLUMNS, edge_id, edge_words};
use super::dot::{edge_colour, kind_colours};
use super::places::places;
use super::xml::escape;
use crate::graph::{KnowledgeGraph, Link};

/// The graph as GEXF.
pub(super) fn gexf(graph: &KnowledgeGraph) -> String {
    let dated = graph.links().any(|link| days(&link).is_some());
    let mut out = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\"",
        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
        " xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">\n",
        "<meta><creator>demarche</creator><description>who said and did what to whom</description></meta>\n",
    ));
    // Writing to a String cannot fail; so no result is looked at below.
    let time = if dated { " mode=\"dynamic\" timeformat=\"date\"" } else { " mode=\"static\"" };
    let _ = writeln!(out, "<graph defaultedgetype=\"directed\" idtype=\"string\"{time}>");
    declare(&mut out, "node", NODE_COLUMNS.iter().map(|column| (column.name, column.kind)));
    declare(&mut out, "edge", edge_columns().map(|column| (column.name, column.kind)));
    let nodes = graph.nodes().zip(places(graph));
    let _ = writeln!(out, "<nodes count=\"{}\">", graph.graph().node_count());
    for ((_, node), (x, y)) in nodes {
        let _ = write!(out, "<node id=\"{}\" label=\"{}\">", escape(&node.key), escape(&node.name));
        values(&mut out, NODE_COLUMNS.iter().map(|column| (column.name, (column.of)(graph, node))));
        let size = (10.0 + 3.0 * f64::from(node.mentions).sqrt()).min(60.0);
        let (_, colour) = kind_colours(node.kind);
        let _ = writeln!(
            out,
            "{}<viz:position x=\"{x}\" y=\"{}\" z=\"0\"/><viz:size value=\"{size:.1}\"/></node>",
            colour_tag(colour),
            0.0 - y,
        );
    }
    let _ = writeln!(out, "</nodes>\n<edges count=\"{}\">", graph.graph().edge_count());
    for link in graph.links() {
        edge(&mut out, &link);
    }
    out.push_str("</edges>\n</graph>\n</gexf>\n");
    out
}

fn edge(out: &mut String, link: &Link<'_>) {
    let (Some(subject), Some(object)) = (link.subject(), link.object()) else { return };
    let time = days(link).map_or(String::new(), |(from, until)| format!(" start=\"{from}\" end=\"{until}\""));
    let weight = link.edge.weight();
    let _ = write!(
        out,
        "<edge id=\"{}\" source=\"{}\" target=\"{}\" label=\"{}\" weight=\"{weight}\"{time}>",
        edge_id(link),
        escape(&subject.key),
        escape(&object.key),
        escape(&edge_words(link.edge)),
    );
    values(out, edge_columns().map(|column| (column.name, (column.of)(link))));
    let _ = writeln!(
        out,
        "{}<viz:thickness value=\"{:.1}\"/><viz:shape value=\"{}\"/></edge>",
        colour_tag(edge_colour(link.edge)),
        (weight as f64).sqrt().min(8.0),
        if link.edge.is_fact() { "solid" } else { "dashed" },
    );
}

/// The weight is an attribute of the edge's own.
fn edge_columns() -> impl Iterator<Item = &'static super::column::EdgeColumn> {
    EDGE_COLUMNS.iter().filter(|column| column.name != "weight")
}

/// From the first to the last day: of the event, else of what was published.
fn days(link: &Link<'_>) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    let days = || link.edge.evidence.iter().filter_map(|evidence| evidence.day(link.graph.sources()));
    let last = link.edge.period().map(|period| period.until);
    Some((days().min()?, days().max()?.max(last.unwrap_or(days().max()?))))
}

fn declare(out: &mut String, class: &str, columns: impl Iterator<Item = (&'static str, ColumnKind)>) {
    let _ = writeln!(out, "<attributes class=\"{class}\">");
    for (name, kind) in columns {
        let kind = match kind {
            ColumnKind::Text | ColumnKind::Day => "string",
            ColumnKind::Whole => "long",
            ColumnKind::Number => "double",
            ColumnKind::YesNo => "boolean",
        };
        let _ = writeln!(out, "<attribute id=\"{name}\" title=\"{name}\" type=\"{kind}\"/>");
    }
    out.push_str("</attributes>\n");
}

fn values(out: &mut String, values: impl Iterator<Item = (&'static str, Value)>) {
    out.push_str("<attvalues>");
    for (name, value) in values {
        let text = match &value {
            Value::Null => continue,
            Value::String(text) => escape(text),
            other => other.to_string(),
        };
        let _ = write!(out, "<attvalue for=\"{name}\" value=\"{text}\"/>");
    }
    out.push_str("</attvalues>");
}

/// "#0072b2" as three numbers.
fn colour_tag(colour: &str) -> String {
    let part =
        |at: usize| colour.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
    format!("<viz:color r=\"{}\" g=\"{}\" b=\"{}\"/>", part(1), part(3), part(5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    #[test]
    fn an_edge_has_its_days_twice() {
        let text = gexf(&sample::graph());
        assert!(text.contains("label=\"urges\" weight=\"2\" start=\"2021-03-18\" end=\"2021-03-19\">"));
        assert!(text.contains("<attvalue for=\"first_published\" value=\"2021-03-18\"/>"));
        assert!(text.contains("<viz:shape value=\"dashed\"/>"));
        assert_eq!(text.matches("<node ").count(), 6);
        assert_eq!(text.matches("<edge ").count(), 6);
    }

    #[test]
    fn a_colour_is_three_numbers() {
        assert_eq!(colour_tag("#0072b2"), "<viz:color r=\"0\" g=\"114\" b=\"178\"/>");
    }
}
