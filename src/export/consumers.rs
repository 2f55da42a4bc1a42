//! Every format, read by the programs that it is for.
//!
//! Three graphs are written in every format beside a `counts.json`, and the scripts of `tests/consumers/` count and
//! compare: a plain one, one whose every name is hostile, and, where `DEMARCHE_GRAPH` names a graph file, that one.
//! `DEMARCHE_PYTHON` and `DEMARCHE_NODE` name the interpreters (`tests/consumers/README.md` says how to set
//! them up); where they do not, the test says loudly that it was skipped.

use std::path::Path;
use std::process::Command;

use super::{Format, tests, write};
use crate::graph::{KnowledgeGraph, sample};

fn write_all(graph: &KnowledgeGraph, folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for (format, ending) in Format::ALL.iter().filter(|(format, _)| tests::is_built(*format)) {
        // A drawing is for a graph that can be looked at.
        if matches!(format, Format::Svg | Format::Png) && graph.graph().node_count() > 300 {
            continue;
        }
        let path = folder.join(format!("news.{ending}"));
        let start = std::time::Instant::now();
        let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
        write(graph, *format, &mut file).unwrap();
        drop(file);
        if graph.graph().node_count() > 300 {
            let size = path.metadata().unwrap().len() / 1000;
            eprintln!("written: .{ending:<18} {size:>8} kB {:>6} ms", start.elapsed().as_millis());
        }
    }
    let evidence: usize = graph.links().map(|link| link.edge.weight()).sum();
    let names: Vec<&str> = graph.nodes().map(|(_, node)| &*node.name).collect();
    let counts = serde_json::json!({
        "nodes": graph.graph().node_count(),
        "edges": graph.graph().edge_count(),
        "rows": graph.links().count(),
        "evidence": evidence,
        "names": names,
    });
    std::fs::write(folder.join("counts.json"), counts.to_string()).unwrap();
}

#[test]
fn the_real_programs_read_every_format() {
    let readers = [("DEMARCHE_PYTHON", "read.py"), ("DEMARCHE_NODE", "read.mjs")];
    let named = readers.map(|(variable, script)| (variable, script, std::env::var_os(variable)));
    for (variable, script, _) in named.iter().filter(|(.., program)| program.is_none()) {
        eprintln!("SKIPPED: {script} was not run, because {variable} names no interpreter");
    }
    if named.iter().all(|(.., program)| program.is_none()) {
        return;
    }
    // Left there to be looked at.
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = home.join("target/consumers");
    let _ = std::fs::remove_dir_all(&folder);
    write_all(&sample::graph(), &folder.join("plain"));
    write_all(&tests::graph(), &folder.join("hostile"));
    write_all(&sample::crowd(40, 90), &folder.join("crowd"));
    write_all(&KnowledgeGraph::default(), &folder.join("empty"));
    if let Some(path) = std::env::var_os("DEMARCHE_GRAPH") {
        write_all(&KnowledgeGraph::load(Path::new(&path)).unwrap(), &folder.join("given"));
    }
    for (_, script, program) in named {
        let Some(program) = program else { continue };
        let script = home.join("tests/consumers").join(script);
        let done = Command::new(program).arg(&script).arg(&folder).output().unwrap();
        eprint!("{}", String::from_utf8_lossy(&done.stdout));
        let errors = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{}\n{errors}", script.display());
        assert!(errors.is_empty(), "a warning is a failure: {errors}");
    }
}
