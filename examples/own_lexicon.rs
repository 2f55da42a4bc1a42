//! Names and verbs of one's own: a gazetteer in CSV and a relation file in TOML, layered over what is built
//! in. A bad row is named with a hint and left out; the good rows are used.
//!
//! ```console
//! $ cargo run --example own_lexicon
//! my-names.csv:3: unknown kind `persson`
//! hint: did you mean `person`?
//! Han River Desk -shadows-> Antony Blinken
//! Han River Desk -criticizes-> China
//! ```

use demarche::graph::KnowledgeGraph;
use demarche::{Article, Lexicon, Model, analyze};

const SEOUL: &str = include_str!("articles/seoul.txt");

/// A gazetteer, as a spreadsheet saves it. Its last row is wrong.
const NAMES: &str = "\
kind,name,aliases,key,country
organization,Han River Desk,the Desk,my:han-river-desk,iso:KR
persson,Jane Doe,,my:jane-doe,iso:US
";

/// An edge of our own. Frames are short sentences; every predicate must show an example.
const VERBS: &str = r#"
[shadows]
meaning = "X follows what Y does, day by day."
cameo   = "090"
inverse = "is shadowed by"
frames  = ["SUBJECT shadow OBJECT"]
[[shadows.example]]
text  = "The Han River Desk shadowed Blinken."
edges = ["Han River Desk -shadows-> Antony Blinken"]
"#;

fn main() {
    let mut lexicon = Lexicon::builtin();
    let mut problems = Vec::new();
    let files = [("my-names.csv".to_owned(), NAMES.to_owned())];
    lexicon.gazetteer = lexicon.gazetteer.with_texts(&files, &mut problems);
    problems.extend(lexicon.layer_relations("my-verbs.toml", VERBS));
    problems.iter().for_each(|problem| println!("{problem}"));

    // The article, and a sentence that only our own files understand.
    let body = format!("{SEOUL}\nThe Han River Desk shadowed Blinken. The Desk also criticized China.\n");
    let article = Article { id: "seoul".to_owned(), body, ..Article::default() };
    let analysis = analyze(&article, &lexicon, &Model::builtin());
    let graph = KnowledgeGraph::from_analyses([&analysis], &lexicon);
    let own = |key: &str| key.starts_with("my:");
    for link in graph.links().filter(|link| link.subject().is_some_and(|node| own(&node.key))) {
        println!("{link}");
    }
}
