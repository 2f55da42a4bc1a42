//! Who said what about whom: reads one article and lists the quotations by a person and about a country.
//!
//! ```console
//! $ cargo run --example who_said_what
//! said by Blinken
//!   line 3, Antony Blinken: China on Thursday to use what he called its “tremendous influence” over North Korea
//!   line 7, Antony Blinken: Beijing has an interest, a clear self-interest,
//!   line 7, Antony Blinken: China was obliged to enforce the sanctions that the U.N. Security Council imposed on the North
//! said about the United States
//!   line 3, North Korea: it would reject further American offers of talks
//!   line 3, North Korea: further American offers of talks
//!   line 9, Zhao Lijian: Washington should offer Pyongyang security guarantees
//!   line 11, Choe Son Hui: the United States had contacted Pyongyang since mid-February
//! ```

use demarche::graph::{KnowledgeGraph, Quotation};
use demarche::query::{QuoteQuestion, UnknownName, find};
use demarche::{Article, Lexicon, Model, analyze};

const SEOUL: &str = include_str!("articles/seoul.txt");

fn main() -> Result<(), UnknownName> {
    // Read: an article, what is known before reading, and the trained model give an analysis.
    let article = Article { id: "seoul".to_owned(), body: SEOUL.to_owned(), ..Article::default() };
    let lexicon = Lexicon::builtin();
    let analysis = analyze(&article, &lexicon, &Model::builtin());

    // Collect: a graph of one article. A thousand articles would be a longer list.
    let graph = KnowledgeGraph::from_analyses([&analysis], &lexicon);

    // Ask: names are found in any case, by surname, by alias, or by key ("iso:US").
    println!("said by Blinken");
    let by = Some(find(&graph, "Blinken")?);
    let question = QuoteQuestion { by, ..QuoteQuestion::default() };
    question.quotations(&graph).for_each(|quotation| print(&graph, quotation));

    println!("said about the United States");
    let about = Some(find(&graph, "united states")?);
    let question = QuoteQuestion { about, ..QuoteQuestion::default() };
    question.quotations(&graph).for_each(|quotation| print(&graph, quotation));
    Ok(())
}

fn print(graph: &KnowledgeGraph, quotation: &Quotation) {
    let speaker = quotation.speaker.as_deref().map_or("?", |key| graph.name_of(key));
    println!("  line {}, {speaker}: {}", quotation.line, quotation.text);
}
