//! Who "I" and "we" are outside quotation marks: turns of a transcript, signed statements, declarations.

use demarche::{Article, Lexicon, Model, analyze};

/// The edges of a text as "subject -predicate-> object", without offices and what is only said.
fn edges(title: &str, body: &str) -> Vec<String> {
    let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
    let article = Article {
        title: Some(title.to_owned()).filter(|t| !t.is_empty()),
        body: body.to_owned(),
        published: "2021-05-04".parse().ok(),
        ..Article::default()
    };
    let analysis = analyze(&article, &lexicon, &model);
    let name = |a: Option<demarche::relation::Argument>| {
        a.map_or("?", |a| analysis.entities.entities[a.entity.at()].name.as_str())
    };
    let told = analysis.relations.relations.iter().map(|r| {
        let predicate = lexicon.predicates[r.predicate.at()].name.as_str();
        (predicate, format!("{} -{predicate}-> {}", name(r.subject), name(r.object)))
    });
    let events =
        told.filter(|(p, _)| !["says", "represents", "holds_office", "spokesperson_for"].contains(p));
    events.map(|(_, edge)| edge).collect()
}

#[test]
fn a_turn_belongs_to_its_label() {
    let text = "SECRETARY LINDQVIST: Good afternoon. I met Foreign Minister Jorge Ruiz of Chile. We urge Peru to act.\n\n\
                QUESTION: I think we condemn Peru.\n\n\
                MR RUIZ: I thank Norway. I’ll visit Japan in May.\n\n\
                Anna Lindqvist is the foreign minister of Norway. Jorge Ruiz is the foreign minister of Chile.";
    assert_eq!(
        edges("", text),
        [
            "Anna Lindqvist -meets-> Jorge Ruiz",
            "Norway -urges-> Peru",
            "? -criticizes-> Peru",
            "Jorge Ruiz -praises-> Norway",
            "Jorge Ruiz -plans_to_visit-> Japan",
        ]
    );
}

#[test]
fn a_statement_belongs_to_who_signs_it() {
    let title = "Statement by President Emmanuel Macron on the Vote";
    let text = "I congratulate Ghana. We condemn Mali. “I thank Niger,” a voter said.";
    let expected =
        ["Emmanuel Macron -praises-> Ghana", "France -criticizes-> Mali", "voter -praises-> Niger"];
    assert_eq!(edges(title, text), expected);
    let text =
        "Fishing is old. Now, therefore, I, EMMANUEL MACRON, President of France, call on Spain to act.";
    assert_eq!(edges("A Proclamation", text), ["Emmanuel Macron -urges-> Spain"]);
}

#[test]
fn a_declaration_belongs_to_the_body_that_it_names() {
    let text = "We, the Leaders of the Group of Seven, met in Elmau. We urge Russia to act.";
    assert_eq!(edges("Leaders’ Statement", text), ["Group of Seven -urges-> Russia"]);
    // Without such words, nobody knows who "we" are.
    assert_eq!(edges("The diary of a fisherman", "We urge Russia to act."), ["? -urges-> Russia"]);
}

#[test]
fn small_labels_that_come_back_are_turns() {
    let text = "They spoke in Oslo on Monday.\n\nAnna Lindqvist: I thank Norway.\n\nHost: What of Peru?\n\n\
                Anna Lindqvist: I urge Peru to act.\n\nHost: I condemn Peru.";
    let expected =
        ["Anna Lindqvist -praises-> Norway", "Anna Lindqvist -urges-> Peru", "? -criticizes-> Peru"];
    assert_eq!(edges("", text), expected);
    let text = "((Anna Lindqvist)) I thank Norway.\n\n((WN)) Why? I condemn Peru.";
    assert_eq!(edges("", text), ["Anna Lindqvist -praises-> Norway", "WN -criticizes-> Peru"]);
}

#[test]
fn a_line_of_its_own_names_the_author() {
    let text = "Emmanuel Macron, President of France\n\nI thank Norway. We condemn Mali.";
    let expected = ["Emmanuel Macron -praises-> Norway", "France -criticizes-> Mali"];
    assert_eq!(edges("The Vote in Elmau", text), expected);
    let text = "The following is attributable to President Emmanuel Macron:\n\nWe condemn Mali.";
    assert_eq!(edges("The Vote in Elmau", text), ["France -criticizes-> Mali"]);
}

#[test]
fn a_joint_statement_belongs_to_all_who_give_it() {
    let text = "The text of the following statement was released by the Governments of Norway and Chile.\n\n\
                We condemn Mali.";
    let expected = ["Norway -criticizes-> Mali", "Chile -criticizes-> Mali"];
    assert_eq!(edges("Joint Statement on Mali", text), expected);
}

#[test]
fn a_nameless_official_speaks_for_the_body_in_the_label() {
    let text = "SENIOR STATE DEPARTMENT OFFICIAL ONE: We condemn Mali.\n\nQUESTION: I condemn Peru.";
    assert_eq!(edges("", text), ["U.S. State Department -criticizes-> Mali", "? -criticizes-> Peru"]);
}
