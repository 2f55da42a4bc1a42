//! Asks a synthetic graph of a million edges: `cargo bench --bench query`.
//!
//! A hundred thousand nodes, a few of which have most of the edges, as in news. Prints the best and the
//! middle of several runs; the aim is 200 ms for two arrows.

use std::hint::black_box;
use std::time::Instant;

use demarche::document::{Document, Sentence, ZoneKind};
use demarche::entity::{Entities, Entity};
use demarche::graph::KnowledgeGraph;
use demarche::lexicon::Kind;
use demarche::query::{Bound, Cypher, Filter, Index, Pattern};
use demarche::relation::{Argument, Evidence, Modality, Relation, Relations};
use demarche::text::{EntityId, PredicateId, SentenceId, Span, TokenId};
use demarche::{Analysis, Lexicon, Syntax};

const NODES: u64 = 100_000;
const EDGES: usize = 1_000_000;

fn main() {
    let edges = std::env::var("EDGES").ok().and_then(|n| n.parse().ok()).unwrap_or(EDGES);
    let start = Instant::now();
    let graph = graph(edges);
    println!(
        "{} nodes, {} edges, made in {:.1} s",
        graph.nodes().count(),
        graph.links().count(),
        start.elapsed().as_secs_f64()
    );
    time("index", || {
        black_box(Index::of(&graph));
        0
    });
    let index = Index::of(&graph);
    for text in [
        "Person 7 -accuses-> ?x",
        "?x -accuses-> ?y; ?y -rejects-> ?x",
        "Person 7 -urges-> ?x -meets-> ?y",
        "Person 7 -?-> ?x; ?x -accuses-> Person 3",
        "?x -urges-> ?y -convinces-> ?z [asked]",
        "?x -arrests-> ?y [not]; ?y -?-> ?x",
        "Person 70 -*1..2-> Person 7",
    ] {
        let ask = || {
            let question = text.parse::<Pattern>().expect(text).resolve(&graph).expect(text);
            question.rows(&index, &Filter::default(), Bound::default()).rows.len()
        };
        time(text, ask);
    }
    for text in [
        "MATCH (a)-[:accuses]->(b)-[:rejects]->(a) RETURN count(*)",
        "MATCH (a {name: 'Person 7'})-[:urges]->(b)-[:meets]-(c) RETURN c.name, count(*) AS n ORDER BY n DESC LIMIT 10",
        "MATCH (a)-[r:accuses]->(b) RETURN a.name, count(*) AS n ORDER BY n DESC LIMIT 10",
        "MATCH (a)-[r]->(b) RETURN a.name, b.name LIMIT 10",
    ] {
        let query: Cypher = text.parse().expect(text);
        time(text, || query.run(&index, Bound::default()).expect(text).rows.len());
    }
}

fn time(what: &str, mut ask: impl FnMut() -> usize) {
    let mut rows = 0;
    let mut times: Vec<f64> = (0..7)
        .map(|_| {
            let start = Instant::now();
            rows = ask();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{:8.1} ms best {:8.1} ms middle {rows:8} rows  {what}", times[0], times[3]);
}

/// Numbers that look like chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn graph(edges: usize) -> KnowledgeGraph {
    let lexicon = Lexicon::builtin();
    let count = lexicon.predicates.len();
    let mut chance = Chance(1);
    let text = "One met another.".to_owned();
    let span = Span::new(0, text.len());
    let sentence = Sentence { span, first: TokenId(0), end: TokenId(1), zone: ZoneKind::Body, paragraph: 0 };
    let document = Document {
        id: "crowd".to_owned(),
        published: "2021-03-18".parse().ok(),
        text,
        tokens: vec![span],
        sentences: vec![sentence],
        ..Document::default()
    };
    let entity = |n: u64| Entity {
        kind: if n.is_multiple_of(10) { Kind::Country } else { Kind::Person },
        name: format!("Person {n}"),
        key: format!("person:person-{n}"),
        entry: None,
        country: None,
        gender: None,
        sort: None,
        roles: Vec::new(),
        mentions: Vec::new(),
    };
    let entities = Entities { mentions: Vec::new(), entities: (0..NODES).map(entity).collect() };
    // A low number comes up far more often than a high one.
    let end = |chance: &mut Chance| {
        let entity = EntityId::from((chance.next().powi(3) * NODES as f64) as usize);
        Some(Argument { entity, span })
    };
    let relations = (0..edges)
        .map(|_| Relation {
            predicate: PredicateId::from((chance.next().powi(2) * count as f64) as usize),
            subject: end(&mut chance),
            object: end(&mut chance),
            modality: if chance.next() < 0.2 { Modality::Asked } else { Modality::Asserted },
            evidence: Evidence {
                sentence: SentenceId(0),
                trigger: span,
                rule: "SUBJECT meet OBJECT".to_owned(),
                ..Evidence::default()
            },
            confidence: 0.8,
            ..Relation::default()
        })
        .collect();
    let relations = Relations { relations, ..Relations::default() };
    let analysis = Analysis { document, syntax: Syntax::default(), entities, relations };
    KnowledgeGraph::from_analyses(&[analysis], &lexicon)
}
