//! Parquet: typed tables of edges, nodes and evidence, for pandas, Polars, DuckDB, Spark and R.
//!
//! The same columns as the CSV, but a number is a number and a day a day, nothing is guarded against
//! spreadsheets, and what is not known is null. Built only with the feature `parquet`; Arrow is not needed.

use std::io::{self, Write};
use std::sync::Arc;

use ::parquet::basic::Compression;
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::parser::parse_message_type;
use jiff::civil::{Date, date};
use serde_json::Value;

use super::column::{
    ColumnKind, EDGE_COLUMNS, END_COLUMNS, EVIDENCE_COLUMNS, KEY_COLUMN, NODE_COLUMNS, PROVED_COLUMNS,
};
use crate::graph::KnowledgeGraph;

/// A column with its values, made when its turn comes: one column lies in memory, not the table.
type Filled<'a> = (&'static str, ColumnKind, Box<dyn Fn() -> Vec<Value> + 'a>);

/// One row an edge.
pub(super) fn write_edges(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let columns = END_COLUMNS.iter().chain(EDGE_COLUMNS);
    let filled = columns.map(|column| -> Filled<'_> {
        (column.name, column.kind, Box::new(|| graph.links().map(|link| (column.of)(&link)).collect()))
    });
    write(filled.collect(), out)
}

/// One row a node.
pub(super) fn write_nodes(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let columns = std::iter::once(&KEY_COLUMN).chain(NODE_COLUMNS);
    let filled = columns.map(|column| -> Filled<'_> {
        (
            column.name,
            column.kind,
            Box::new(|| graph.nodes().map(|(_, node)| (column.of)(graph, node)).collect()),
        )
    });
    write(filled.collect(), out)
}

/// One row a piece of evidence.
pub(super) fn write_evidence(graph: &KnowledgeGraph, out: &mut dyn Write) -> io::Result<()> {
    let proved = PROVED_COLUMNS.iter().map(|column| -> Filled<'_> {
        let values = move || {
            graph.links().flat_map(|link| vec![(column.of)(&link); link.edge.weight()]).collect::<Vec<_>>()
        };
        (column.name, column.kind, Box::new(values))
    });
    let told = EVIDENCE_COLUMNS.iter().map(|column| -> Filled<'_> {
        let values = move || {
            let of = |link: crate::graph::Link<'_>| {
                link.edge.evidence.iter().map(|evidence| (column.of)(&link, evidence)).collect::<Vec<_>>()
            };
            graph.links().flat_map(of).collect::<Vec<_>>()
        };
        (column.name, column.kind, Box::new(values))
    });
    write(proved.chain(told).collect(), out)
}

fn write(columns: Vec<Filled<'_>>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&table(columns).map_err(io::Error::other)?)
}

/// The whole file: one group of rows.
fn table(columns: Vec<Filled<'_>>) -> Result<Vec<u8>, ParquetError> {
    let fields: Vec<String> = columns.iter().map(|(name, kind, _)| field(name, *kind)).collect();
    let schema = parse_message_type(&format!("message demarche {{ {} }}", fields.join(" ")))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("demarche".to_owned())
        .build();
    let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    for (_, kind, values) in columns {
        let values = values();
        match kind {
            ColumnKind::Text => fill::<ByteArrayType>(&mut group, &values, text)?,
            ColumnKind::Whole => fill::<Int64Type>(&mut group, &values, Value::as_i64)?,
            ColumnKind::Number => fill::<DoubleType>(&mut group, &values, Value::as_f64)?,
            ColumnKind::YesNo => fill::<BoolType>(&mut group, &values, Value::as_bool)?,
            ColumnKind::Day => fill::<Int32Type>(&mut group, &values, day)?,
        }
    }
    group.close()?;
    file.into_inner()
}

fn field(name: &str, kind: ColumnKind) -> String {
    let kind = match kind {
        ColumnKind::Text => return format!("OPTIONAL BYTE_ARRAY {name} (STRING);"),
        ColumnKind::Day => return format!("OPTIONAL INT32 {name} (DATE);"),
        ColumnKind::Whole => "INT64",
        ColumnKind::Number => "DOUBLE",
        ColumnKind::YesNo => "BOOLEAN",
    };
    format!("OPTIONAL {kind} {name};")
}

/// Writes the next column; what is not known is null.
fn fill<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    values: &[Value],
    read: impl Fn(&Value) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("more columns than the schema has".to_owned()));
    };
    let read: Vec<Option<T::T>> = values.iter().map(read).collect();
    let levels: Vec<i16> = read.iter().map(|value| i16::from(value.is_some())).collect();
    let known: Vec<T::T> = read.into_iter().flatten().collect();
    column.typed::<T>().write_batch(&known, Some(&levels), None)?;
    column.close()
}

fn text(value: &Value) -> Option<ByteArray> {
    value.as_str().map(|text| ByteArray::from(text.as_bytes().to_vec()))
}

/// Days since 1970-01-01.
fn day(value: &Value) -> Option<i32> {
    let day: Date = value.as_str()?.parse().ok()?;
    i32::try_from(day.duration_since(date(1970, 1, 1)).as_hours() / 24).ok()
}

#[cfg(test)]
mod tests {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::graph::sample;

    fn rows(write: fn(&KnowledgeGraph, &mut dyn Write) -> io::Result<()>) -> Vec<String> {
        let mut out = tempfile::tempfile().unwrap();
        write(&sample::graph(), &mut out).unwrap();
        let file = SerializedFileReader::new(out).unwrap();
        file.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect()
    }

    #[test]
    fn tables_come_back_with_their_types() {
        let edges = rows(write_edges);
        assert_eq!((edges.len(), rows(write_nodes).len()), (7, 6));
        assert!(edges[0].contains("weight: 2") && edges[0].contains("standing: false"), "{}", edges[0]);
        assert!(edges[0].contains("first_published: 2021-03-18"), "{}", edges[0]);
        // An edge with one end.
        assert!(edges[4].contains("subject: null"), "{}", edges[4]);
        let evidence = sample::graph().links().map(|link| link.edge.weight()).sum::<usize>();
        assert_eq!(rows(write_evidence).len(), evidence);
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day(&"1970-01-02".into()), Some(1));
        assert_eq!(day(&"1969-12-31".into()), Some(-1));
        assert_eq!(day(&Value::Null), None);
    }
}
