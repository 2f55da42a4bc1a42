//! `demarche cypher GRAPH QUERY`: rows of values under the columns of `RETURN`.

use std::path::Path;

use serde_json::Value;

use super::{Desk, graph};
use crate::cli::edge::cut_to;
use crate::cli::output::{Look, Row};
use crate::query::{Bound, Cypher, Filter, Index};

pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    query: &Cypher,
    bound: Bound,
    filter: &Filter,
    most: usize,
) -> anyhow::Result<bool> {
    let graph = graph::open_of(desk, path, filter)?;
    let index = Index::of(&graph);
    let table = match query.run(&index, bound) {
        Ok(table) => table,
        Err(fault) => {
            desk.messages.error(format!("{fault}\n{}", fault.drawing()), fault.hint.as_deref());
            desk.output.finish()?;
            return Ok(false);
        }
    };
    for doubt in &table.doubts {
        graph::unknown_word(desk, doubt);
    }
    let mut rows: Vec<Row> = Vec::new();
    let found = table.rows.len();
    if desk.output.format() == crate::cli::typed::Format::Table && found > 0 {
        let cells = table.columns.iter().map(|column| (column.clone(), Look::Dim)).collect();
        rows.push(Row { cells, json: Value::Null });
    }
    rows.extend(table.rows.iter().take(most).map(|values| {
        let cells = values.iter().map(|value| (cut_to(&value.shown(&graph), 400), Look::Plain)).collect();
        Row { cells, json: values.iter().map(|value| value.json(&graph)).collect() }
    }));
    desk.output.rows_under(&table.columns, &rows)?;
    desk.output.finish()?;
    super::more(desk, most.min(found), found, "rows");
    Ok(found > 0)
}
