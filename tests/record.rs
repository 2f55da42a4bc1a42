//! The analysis record keeps to its JSON Schema, and its offsets count code points.

use demarche::entity::{Entity, EntityRole, Form, Mention};
use demarche::export::record::{JSON_SCHEMA, Record};
use demarche::lexicon::{Kind, Predicate, Quad};
use demarche::relation::{
    Argument, Evidence, Modality, Party, Period, Quotation, QuotationKind, Relation, Relations, Side, Stance,
};
use demarche::text::{EntityId, MentionId, PredicateId, RelationId, SentenceId, Span, TokenId};
use demarche::{Analysis, Article, Entities, Lexicon, Model, analyze, document};

fn validator() -> jsonschema::Validator {
    let schema = serde_json::from_str(JSON_SCHEMA).expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is a schema")
}

fn assert_valid(record: &Record) -> serde_json::Value {
    let value = serde_json::to_value(record).expect("a record is JSON");
    let errors: Vec<String> =
        validator().iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    value
}

/// "Älva Roe urges Ruritania." with every field of every layer filled.
fn full() -> (Analysis, Lexicon) {
    let article = Article {
        id: "a".into(),
        source: "a.txt".into(),
        published: Some(jiff::civil::date(2021, 3, 18)),
        title: Some("Älva Roe urges Ruritania".into()),
        body: "“Go,” she said.".into(),
        ..Article::default()
    };
    let lexicon = Lexicon {
        predicates: vec![Predicate {
            name: "urges".into(),
            cameo: "020".into(),
            plover: "REQUEST".into(),
            quad: Some(Quad::Neutral),
            goldstein: Some(3.0),
            ..Predicate::default()
        }],
        ..Lexicon::default()
    };
    let document = document::segment(&article, &lexicon);
    let mention = |start: usize, end: usize, entity: u32, form| Mention {
        span: Span::new(start, end),
        phrase: Span::new(start, end),
        first: TokenId(0),
        end: TokenId(1),
        head: TokenId(0),
        sentence: SentenceId(0),
        form,
        entity: EntityId(entity),
    };
    let entity = |name: &str, kind, mentions: &[u32], roles| Entity {
        kind,
        name: name.into(),
        key: format!("x:{name}"),
        entry: None,
        country: Some("iso:RU".into()),
        gender: None,
        sort: None,
        roles,
        mentions: mentions.iter().map(|m| MentionId(*m)).collect(),
    };
    let role = EntityRole {
        title: "envoy".into(),
        of: Some(EntityId(1)),
        of_key: None,
        span: None,
        sentence: None,
        from: None,
        until: None,
        spokesperson: false,
        former: false,
    };
    let entities = Entities {
        mentions: vec![
            mention(0, 9, 0, Form::Name),
            mention(16, 25, 1, Form::Name),
            mention(37, 40, 0, Form::Pronoun),
        ],
        entities: vec![
            entity("Älva Roe", Kind::Person, &[0, 2], vec![role]),
            entity("Ruritania", Kind::Country, &[1], Vec::new()),
        ],
    };
    let argument = |entity: u32, start: usize, end: usize| {
        Some(Argument { entity: EntityId(entity), span: Span::new(start, end) })
    };
    let day = jiff::civil::date(2021, 3, 18);
    let relation = Relation {
        predicate: PredicateId(0),
        subject: argument(0, 0, 9),
        object: argument(1, 16, 25),
        content: Some(Span::new(16, 25)),
        attribution: Some(EntityId(1)),
        modality: Modality::Planned,
        time: Some(Period { from: day, until: day }),
        evidence: Evidence {
            sentence: SentenceId(0),
            trigger: Span::new(10, 15),
            rule: "SUBJECT urge OBJECT".into(),
            grade: 0.9,
        },
        confidence: 0.934,
        ..Relation::default()
    };
    let nested = Relation {
        within: Some(RelationId(0)),
        subject: None,
        time: Some(Period { from: day, until: jiff::civil::date(2021, 3, 20) }),
        code: Some("0211".into()),
        ..relation.clone()
    };
    let quotation = Quotation {
        speaker: argument(0, 37, 40),
        speaker_span: None,
        addressee: argument(1, 16, 25),
        cue: Some(Span::new(41, 45)),
        segments: vec![Span::new(27, 36)],
        kind: QuotationKind::Direct,
        about: vec![EntityId(1)],
        sentence: SentenceId(1),
        time: None,
        grade: 0.9,
        confidence: 1.0,
    };
    let stance = Stance {
        holder: Party { span: Span::new(0, 9), entity: Some(EntityId(0)) },
        target: Party { span: Span::new(16, 25), entity: None },
        side: Side::Against,
        trigger: Span::new(10, 15),
        sentence: SentenceId(0),
        relation: Some(RelationId(0)),
        quotation: Some(0),
        confidence: 0.9,
    };
    let relations =
        Relations { relations: vec![relation, nested], quotations: vec![quotation], stances: vec![stance] };
    (Analysis { document, syntax: demarche::Syntax::default(), entities, relations }, lexicon)
}

#[test]
fn every_field_keeps_to_the_schema() {
    let (analysis, lexicon) = full();
    let record = Record::new(&analysis, &lexicon);
    let value = assert_valid(&record);
    let chars: Vec<char> = analysis.document.text.chars().collect();
    let words = |range: &serde_json::Value| {
        let at = |name: &str| range[name].as_u64().unwrap() as usize;
        chars[at("start")..at("end")].iter().collect::<String>()
    };
    assert_eq!(words(&value["entities"][0]["mentions"][0]), "Älva Roe");
    let relation = &value["relations"][0];
    assert_eq!(words(&relation["evidence"]["trigger"]), "urges");
    assert_eq!(words(&relation["evidence"]["object"]), "Ruritania");
    assert_eq!(relation["time"], "2021-03-18");
    assert_eq!(relation["quad"], 0);
    assert!(value["relations"][1]["subject"].is_null());
    assert_eq!(value["relations"][1]["within"], "r0");
    assert_eq!(value["relations"][1]["cameo"], "0211");
    assert_eq!(value["relations"][1]["time"], "2021-03-18/2021-03-20");
    assert_eq!(words(&value["quotations"][0]), "“Go,”");
    assert_eq!(words(&value["quotations"][0]["speaker_span"]), "she");
    assert_eq!(words(&value["stances"][0]["holder_span"]), "Älva Roe");
    assert_eq!(value["stances"][0]["side"], "against");
    assert_eq!(value["stances"][0]["quotation"], "q0");
    assert!(value["stances"][0]["target"].is_null());
    assert_eq!(value["entities"][0]["roles"][0]["of"], "x:Ruritania");
    let back: Record = serde_json::from_value(value).expect("a record reads its own JSON");
    assert_eq!(back, record);
}

#[test]
fn real_output_keeps_to_the_schema() {
    let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
    for body in
        ["", "Chancellor Jane Roe urged China on Monday to talk. “We must,” she said.", "\u{0}…“”", "🇫🇷 – é"]
    {
        let article = Article { id: "a".into(), source: "a".into(), body: body.into(), ..Article::default() };
        assert_valid(&Record::new(&analyze(&article, &lexicon, &model), &lexicon));
    }
}

#[test]
fn the_schema_refuses_what_is_no_record() {
    let (analysis, lexicon) = full();
    let mut value = serde_json::to_value(Record::new(&analysis, &lexicon)).expect("JSON");
    value["relations"][0]["modality"] = "maybe".into();
    assert!(!validator().is_valid(&value));
}
