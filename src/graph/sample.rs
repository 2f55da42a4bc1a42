//! Small graphs for tests, made of sentences and the arrows that they tell; no reading room is needed.

use std::collections::BTreeMap;

use super::KnowledgeGraph;
use crate::Analysis;
use crate::document::{Document, Sentence, ZoneKind};
use crate::entity::{Entities, Entity, EntityRole, Form, Mention};
use crate::lexicon::{Kind, Lexicon, Predicate, Quad};
use crate::relation::arrow::Arrow;
use crate::relation::{Argument, Evidence, Quotation, QuotationKind, Relation, Relations};
use crate::syntax::Syntax;
use crate::text::{EntityId, MentionId, PredicateId, RelationId, SentenceId, Span, TokenId};

/// The predicates of the samples.
pub(crate) fn lexicon() -> Lexicon {
    let predicate = |name: &str, cameo: &str, quad: Option<Quad>, symmetric: bool| Predicate {
        name: name.to_owned(),
        family: if quad.is_some() { "speech" } else { "standing" }.to_owned(),
        cameo: cameo.to_owned(),
        quad,
        symmetric,
        standing: quad.is_none(),
        ..Predicate::default()
    };
    Lexicon {
        predicates: vec![
            predicate("urges", "020", Some(Quad::Neutral), false),
            predicate("convinces", "020", Some(Quad::VerbalCooperation), false),
            predicate("meets", "044", Some(Quad::VerbalCooperation), true),
            predicate("accuses", "112", Some(Quad::VerbalConflict), false),
            predicate("attacks", "190", Some(Quad::MaterialConflict), false),
            predicate("aids", "070", Some(Quad::MaterialCooperation), false),
            predicate("arrests", "173", Some(Quad::MaterialConflict), false),
            predicate("says", "010", Some(Quad::Neutral), false),
            predicate("represents", "", None, false),
        ],
        ..Lexicon::default()
    }
}

fn known(name: &str) -> (Kind, String) {
    let slug = name.to_lowercase().replace(' ', "-");
    match name {
        "China" => (Kind::Country, "iso:CN".to_owned()),
        "North Korea" => (Kind::Country, "iso:KP".to_owned()),
        "South Korea" => (Kind::Country, "iso:KR".to_owned()),
        "United States" => (Kind::Country, "iso:US".to_owned()),
        "Antony Blinken" => (Kind::Person, "wd:Q7821917".to_owned()),
        "United Nations" => (Kind::Organization, "wd:Q1065".to_owned()),
        _ => (Kind::Person, format!("person:{slug}")),
    }
}

/// An analysis of invented sentences; each comes with its arrows. An arrow that begins with `> ` stands
/// within the one before it. `SUBJECT -says-> ? "words"` also makes a quotation about the objects of
/// the same sentence.
pub(crate) fn analysis(id: &str, published: &str, sentences: &[(&str, &[&str])]) -> Analysis {
    let predicates = lexicon().predicates;
    let mut document = Document {
        id: id.to_owned(),
        source: format!("{id}.txt"),
        published: published.parse().ok(),
        ..Document::default()
    };
    let mut entities = Entities::default();
    let mut relations = Relations::default();
    let mut by_name: BTreeMap<String, EntityId> = BTreeMap::new();
    for (number, (text, arrows)) in sentences.iter().enumerate() {
        let sentence = SentenceId::from(number);
        let start = document.text.len();
        document.text.push_str(text);
        let span = Span::new(start, document.text.len());
        document.text.push('\n');
        let token = TokenId::from(number);
        document.tokens.push(span);
        document.sentences.push(Sentence {
            span,
            first: token,
            end: TokenId(token.0 + 1),
            zone: ZoneKind::Body,
            paragraph: 0,
        });
        let find = |words: &str| text.find(words).map(|at| Span::new(start + at, start + at + words.len()));
        for arrow in *arrows {
            let (nested, arrow) = arrow.strip_prefix("> ").map_or((false, *arrow), |rest| (true, rest));
            let arrow: Arrow = arrow.parse().unwrap();
            let mut argument = |name: &Option<String>| {
                let name = name.as_ref()?;
                let entity = *by_name.entry(name.clone()).or_insert_with(|| {
                    let (kind, key) = known(name);
                    let country = key.starts_with("iso:").then(|| key.clone());
                    let roles = Vec::<EntityRole>::new();
                    let name = name.clone();
                    let (entry, gender, mentions) = (None, None, vec![]);
                    entities.entities.push(Entity {
                        kind,
                        name,
                        key,
                        entry,
                        country,
                        gender,
                        sort: None,
                        roles,
                        mentions,
                    });
                    EntityId::from(entities.entities.len() - 1)
                });
                let last = name.rsplit(' ').next().unwrap();
                let span = find(name).or_else(|| find(last)).unwrap_or(span);
                let mention = MentionId::from(entities.mentions.len());
                entities.mentions.push(Mention {
                    span,
                    phrase: span,
                    first: token,
                    end: TokenId(token.0 + 1),
                    head: token,
                    sentence,
                    form: Form::Name,
                    entity,
                });
                entities.entities[entity.at()].mentions.push(mention);
                Some(Argument { entity, span })
            };
            let (subject, object) = (argument(&arrow.subject), argument(&arrow.object));
            let name = arrow.predicate.unwrap();
            let predicate = predicates.iter().position(|p| p.name == name).unwrap();
            let trigger = find(&name[..name.len() - 1]).unwrap_or(span);
            let content = arrow.content.as_deref().and_then(find);
            if name == "says" {
                relations.quotations.push(Quotation {
                    speaker: subject,
                    speaker_span: subject.map(|argument| argument.span),
                    addressee: None,
                    cue: Some(trigger),
                    segments: content.into_iter().collect(),
                    kind: QuotationKind::Direct,
                    about: object.map(|argument| argument.entity).into_iter().collect(),
                    sentence,
                    time: None,
                    grade: 0.9,
                    confidence: 0.9,
                });
            }
            let within = nested.then(|| RelationId::from(relations.relations.len() - 1));
            relations.relations.push(Relation {
                predicate: PredicateId::from(predicate),
                subject,
                object,
                content,
                within,
                polarity: arrow.flags.polarity,
                modality: arrow.flags.modality,
                evidence: Evidence {
                    sentence,
                    trigger,
                    rule: format!("SUBJECT {name} OBJECT"),
                    ..Default::default()
                },
                confidence: 0.8,
                ..Relation::default()
            });
        }
    }
    Analysis { document, syntax: Syntax::default(), entities, relations }
}

/// Two articles about the same days.
pub(crate) fn graph() -> KnowledgeGraph {
    KnowledgeGraph::from_analyses(&[first(), second()], &lexicon())
}

pub(crate) fn first() -> Analysis {
    analysis(
        "first",
        "2021-03-18",
        &[
            (
                "“Énough”: Antony Blinken urged China to convince North Korea to talk.",
                &["Antony Blinken -urges-> China", "> China -convinces-> North Korea [asked]"],
            ),
            ("Blinken met Chung Eui-yong.", &["Antony Blinken -meets-> Chung Eui-yong"]),
            (
                "Blinken said: \"North Korea must act.\"",
                &["Antony Blinken -says-> North Korea \"North Korea must act.\""],
            ),
            ("Jane Doe was arrested.", &["? -arrests-> Jane Doe"]),
        ],
    )
}

pub(crate) fn second() -> Analysis {
    analysis(
        "second",
        "2021-03-19",
        &[
            ("Chung Eui-yong meets Blinken again.", &["Chung Eui-yong -meets-> Antony Blinken"]),
            ("Blinken urged China once more.", &["Antony Blinken -urges-> China"]),
            ("North Korea does not accuse China.", &["North Korea -accuses-> China [not]"]),
            ("Blinken represents the United States.", &["Antony Blinken -represents-> United States"]),
        ],
    )
}

/// A graph of many nodes, tied together by a fixed but irregular rule.
pub(crate) fn crowd(nodes: usize, edges: usize) -> KnowledgeGraph {
    let predicates = ["urges", "meets", "accuses", "aids", "represents", "says", "attacks"];
    let arrows: Vec<String> = (0..edges)
        .map(|n| {
            let (a, b) = ((n * n + 3 * n) % nodes, (n * 7 + n / nodes) % nodes.min(n + 2));
            let flag = if n % 5 == 0 { " [asked]" } else { "" };
            format!("Person {a} -{}-> Person {b}{flag}", predicates[n % predicates.len()])
        })
        .collect();
    let arrows: Vec<&str> = arrows.iter().map(String::as_str).collect();
    KnowledgeGraph::from_analyses(&[analysis("crowd", "2021-03-18", &[("They met.", &arrows)])], &lexicon())
}
