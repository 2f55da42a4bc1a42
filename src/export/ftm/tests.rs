//! Every line is an entity, every end of an edge is there, hostile names stay inside their values.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::export::{Format, tests, write};
use crate::graph::{KnowledgeGraph, sample};

fn entities(graph: &KnowledgeGraph) -> Vec<Value> {
    let mut out = Vec::new();
    write(graph, Format::FollowTheMoney, &mut out).unwrap();
    String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn schemas(entities: &[Value]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for entity in entities {
        *counts.entry(entity["schema"].as_str().unwrap()).or_default() += 1;
    }
    counts
}

const EDGES: [&str; 4] = ["UnknownLink", "Representation", "Membership", "Occupancy"];

#[test]
fn every_node_and_whole_edge_is_an_entity() {
    let graph = sample::graph();
    let all = entities(&graph);
    let counts = schemas(&all);
    assert_eq!(counts["Article"], 2);
    assert_eq!(counts["PublicBody"], 3, "China, North Korea, United States");
    assert_eq!(counts["Representation"], 1);
    assert_eq!(counts["Note"], graph.quotations().len());
    let edges: usize = EDGES.iter().filter_map(|schema| counts.get(schema)).sum();
    assert_eq!(edges, graph.graph().edge_count());
    let china = all.iter().find(|entity| entity["id"] == "dm.iso.CN").unwrap();
    assert_eq!(china["properties"]["country"], serde_json::json!(["cn"]));
    let asked = all.iter().find(|entity| entity["properties"]["role"][0] == "convinces (asked)").unwrap();
    assert_eq!(asked["properties"]["proof"].as_array().unwrap().len(), 1);
}

#[test]
fn ids_are_there_and_nothing_dangles() {
    for graph in [sample::graph(), tests::graph()] {
        let all = entities(&graph);
        let ids: BTreeSet<&str> = all.iter().map(|entity| entity["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), all.len());
        for entity in &all {
            for property in ["subject", "object", "agent", "client", "holder", "post", "proof", "entity"] {
                for id in entity["properties"][property].as_array().into_iter().flatten() {
                    assert!(ids.contains(id.as_str().unwrap()), "{entity}");
                }
            }
            let control = |text: &str| text.chars().any(|c| c.is_control() && c != '\n');
            for value in
                entity["properties"].as_object().unwrap().values().flat_map(|v| v.as_array().unwrap())
            {
                assert!(!control(value.as_str().unwrap()) && value != "");
            }
        }
    }
}
