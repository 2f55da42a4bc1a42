use super::*;
use crate::graph::{Same, sample};

fn bytes(graph: &KnowledgeGraph, form: Form) -> Vec<u8> {
    let mut out = Vec::new();
    graph.readings().write(form, &mut out).unwrap();
    out
}

fn read(bytes: &[u8]) -> Result<KnowledgeGraph, FileError> {
    KnowledgeGraph::read(bytes, Path::new("news.json"))
}

fn refusal(bytes: &[u8]) -> String {
    read(bytes).unwrap_err().to_string()
}

#[test]
fn a_graph_that_was_read_is_written_as_the_same_bytes() {
    for form in [Form::Json, Form::Compact] {
        let written = bytes(&sample::graph(), form);
        let again = read(&written).unwrap();
        assert_eq!(bytes(&again, form), written);
        assert_eq!(bytes(&sample::graph(), form), written);
        assert_eq!(again.by_key("iso:CN"), sample::graph().by_key("iso:CN"));
        assert_eq!(again.readings(), sample::graph().readings());
        let lines = |graph: &KnowledgeGraph| graph.links().map(|link| link.to_string()).collect::<Vec<_>>();
        assert_eq!(lines(&again), lines(&sample::graph()));
    }
}

#[test]
fn the_users_pairs_are_kept() {
    let mut readings = sample::graph().readings().clone();
    let (same, problems) = Same::read("s", "same, Jane Doe, iso:CN\napart, iso:KP, iso:CN");
    assert_eq!(problems, []);
    readings.tell(&same);
    let graph = readings.into_graph();
    for form in [Form::Json, Form::Compact] {
        let again = read(&bytes(&graph, form)).unwrap();
        assert_eq!(again.readings().same(), &same);
        assert_eq!(again.by_key("person:jane-doe"), None);
    }
}

#[test]
fn what_is_no_graph_is_refused_with_its_reason() {
    let whole = String::from_utf8(bytes(&sample::graph(), Form::Json)).unwrap();
    assert!(refusal(b"not json").contains("is no graph file"));
    assert!(refusal(b"").contains("is no graph file"));
    assert!(refusal(b"{}").contains("no field `schema`"));
    assert!(refusal(b"{\"schema\":\"demarche/analysis/1\"}").contains("demarche/analysis/1"));
    assert!(refusal(whole.replace("graph/2", "graph/3").as_bytes()).contains("use a newer demarche"));
    assert!(refusal(whole.replace("graph/2", "graph/1").as_bytes()).contains("build the graph again"));
    assert!(refusal(&whole.as_bytes()[..whole.len() / 2]).contains("damaged"));
    let pairs = [
        ("\"subject\":0", "\"subject\":99", "names a participant that is not there"),
        ("\"within\":0", "\"within\":99", "stands within a statement that is not there"),
        ("\"sentence\":1", "\"sentence\":99", "names a sentence that is not there"),
        ("\"rule\":1", "\"rule\":99", "names a rule that is not there"),
        ("\"speaker\":0", "\"speaker\":99", "quotation 0 names a participant"),
        ("\"key\":\"iso:CN\"", "\"key\":\"iso:KP\"", "two of its participants have the key `iso:KP`"),
    ];
    for (good, bad, why) in pairs {
        assert!(whole.contains(good), "{good}");
        let why_not = refusal(whole.replacen(good, bad, 1).as_bytes());
        assert!(why_not.contains("damaged") && why_not.contains(why), "{bad}: {why_not}");
    }
}

#[test]
fn a_compact_file_that_lacks_or_changes_a_byte_is_refused() {
    let whole = bytes(&sample::graph(), Form::Compact);
    assert!(refusal(&[&b"demarche/graph/9\n"[..], &whole[17..]].concat()).contains("newer demarche"));
    let old = refusal(&[&b"demarche/graph/2\n"[..], &whole[17..]].concat());
    assert!(
        old.contains("was written as demarche/graph/2, but this program reads demarche/graph/3"),
        "{old}"
    );
    assert!(old.contains("build the graph again"), "{old}");
    for length in 17..whole.len() {
        assert!(refusal(&whole[..length]).contains("damaged"), "cut to {length} bytes");
    }
    for at in 17..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x20;
        assert!(refusal(&changed).contains("damaged"), "byte {at} changed");
    }
}

#[test]
fn the_schema_fits_what_we_write() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../../schema/graph.schema.json")).unwrap();
    assert_eq!(schema["properties"]["schema"]["const"], SCHEMA);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut readings = sample::graph().readings().clone();
    let (same, _) = Same::read("s", "same, Jane Doe, iso:CN\napart, iso:KP, iso:CN");
    readings.tell(&same);
    let file: serde_json::Value = serde_json::from_slice(&bytes(&readings.into_graph(), Form::Json)).unwrap();
    let problems: Vec<String> = validator.iter_errors(&file).map(|error| error.to_string()).collect();
    assert_eq!(problems, Vec::<String>::new());
    let mut wrong = file.clone();
    wrong["documents"][0]["statements"][0]["colour"] = "red".into();
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn a_failed_write_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["news.json", "news.graph"] {
        let path = folder.path().join(name);
        sample::graph().save(&path).unwrap();
        let before = std::fs::read(&path).unwrap();
        let failed = replace_file(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("disk full"))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read(&path).unwrap(), before);
        KnowledgeGraph::load(&path).unwrap();
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    assert!(std::fs::read(folder.path().join("news.graph")).unwrap().starts_with(b"demarche/graph/3\n"));
}
