//! `demarche explain SENTENCE`: every layer of a sentence, and why an edge was found or was not.

use jiff::civil::Date;
use serde_json::json;

use super::Desk;
use crate::cli::edge::relation_row;
use crate::cli::output::{Look, Output, Row};
use crate::document::Sentence;
use crate::entity::Form;
use crate::relation::frame;
use crate::source::Article;
use crate::syntax::Tree;
use crate::text::{SentenceId, TokenId};
use crate::{Analysis, Lexicon, Model, analyze};

pub(super) fn run(desk: &mut Desk<'_>, text: &str, day: Option<Date>) -> anyhow::Result<bool> {
    let lexicon = desk.lexicon();
    let article = Article {
        id: "sentence".to_owned(),
        source: "sentence".to_owned(),
        published: day,
        body: text.to_owned(),
        ..Article::default()
    };
    let analysis = analyze(&article, &lexicon, &Model::builtin());
    let output = &mut *desk.output;
    for sentence in &analysis.document.sentences {
        let zone = format!("{:?}", sentence.zone).to_lowercase();
        output.line(&format!("{zone}: {}", analysis.document.str(sentence.span)), Look::Strong)?;
        words(output, &analysis, sentence)?;
    }
    mentions(output, &analysis)?;
    quotations(output, &analysis)?;
    let relations = relations(output, &article, &analysis, &lexicon)?;
    silent_frames(output, &analysis, &lexicon)?;
    output.finish()?;
    Ok(relations > 0)
}

/// A row a token: number, word, lemma, tags, what governs it.
fn words(output: &mut Output, analysis: &Analysis, sentence: &Sentence) -> anyhow::Result<()> {
    let (document, syntax) = (&analysis.document, &analysis.syntax);
    let tree = Tree::new(syntax, sentence);
    let number = |token: TokenId| token.0 - sentence.first.0 + 1;
    let row = |token: TokenId| {
        let head = tree.head(token);
        let at = token.at();
        let tag = syntax.upos.get(at).map_or("", |tag| tag.as_str());
        let fine = syntax.xpos.get(at).map_or("", |tag| tag.as_str());
        let governor = head.map_or_else(|| "–".to_owned(), |head| document.word(head).to_owned());
        let cells = vec![
            (format!("  {:>3}", number(token)), Look::Dim),
            (document.word(token).to_owned(), Look::Strong),
            (tree.lemma(token).to_owned(), Look::Plain),
            (tag.to_owned(), Look::Plain),
            (fine.to_owned(), Look::Dim),
            (tree.dep(token).as_str().to_owned(), Look::Plain),
            (governor, Look::Plain),
        ];
        let json = json!({
            "token": number(token), "word": document.word(token), "lemma": tree.lemma(token), "upos": tag, "xpos": fine,
            "dep": tree.dep(token).as_str(), "head": head.map(number),
        });
        Row { cells, json }
    };
    let rows: Vec<Row> = sentence.tokens().map(row).collect();
    output.rows_of(&rows)?;
    Ok(())
}

fn mentions(output: &mut Output, analysis: &Analysis) -> anyhow::Result<()> {
    let entities = &analysis.entities;
    output.line(if entities.mentions.is_empty() { "no names" } else { "names" }, Look::Strong)?;
    let rows = entities.mentions.iter().filter_map(|mention| {
        let entity = entities.entities.get(mention.entity.at())?;
        let form = match mention.form {
            Form::Name => "name",
            Form::Nominal => "nominal",
            Form::Pronoun => "pronoun",
        };
        let words = analysis.document.str(mention.phrase);
        let kind = format!("{:?}", entity.kind).to_lowercase();
        let roles: Vec<&str> = entity.roles.iter().map(|role| role.title.as_str()).take(3).collect();
        let cells = vec![
            (format!("  {words}"), Look::Words),
            (form.to_owned(), Look::Dim),
            (entity.name.clone(), Look::Strong),
            (kind.clone(), Look::Plain),
            (entity.key.clone(), Look::Dim),
            (roles.join("; "), Look::Dim),
        ];
        let json =
            json!({"mention": words, "form": form, "name": entity.name, "kind": kind, "key": entity.key});
        Some(Row { cells, json })
    });
    let rows: Vec<Row> = rows.collect();
    output.rows_of(&rows)?;
    Ok(())
}

fn quotations(output: &mut Output, analysis: &Analysis) -> anyhow::Result<()> {
    let quotations = &analysis.relations.quotations;
    if quotations.is_empty() {
        return Ok(());
    }
    output.line("quotations", Look::Strong)?;
    let rows: Vec<Row> = quotations
        .iter()
        .map(|quotation| {
            let said: Vec<&str> =
                quotation.segments.iter().map(|span| analysis.document.str(*span)).collect();
            let said = said.join(" … ");
            let entity = quotation.speaker.and_then(|a| analysis.entities.entities.get(a.entity.at()));
            let speaker = entity.map_or("?", |e| e.name.as_str());
            let kind = format!("{:?}", quotation.kind).to_lowercase();
            let cells = vec![
                (format!("  {speaker}"), Look::Strong),
                (kind.clone(), Look::Dim),
                (said.clone(), Look::Words),
            ];
            Row { cells, json: json!({"quotation": said, "speaker": speaker, "kind": kind}) }
        })
        .collect();
    output.rows_of(&rows)?;
    Ok(())
}

/// The edges with the rule that made each; returns how many.
fn relations(
    output: &mut Output,
    article: &Article,
    analysis: &Analysis,
    lexicon: &Lexicon,
) -> anyhow::Result<usize> {
    let relations = &analysis.relations.relations;
    output.line(if relations.is_empty() { "no edges" } else { "edges" }, Look::Strong)?;
    let rows: Vec<Row> = relations
        .iter()
        .map(|relation| {
            let Row { cells, json } = relation_row(article, analysis, relation, lexicon);
            let arrow = cells.get(1).map_or_else(String::new, |(arrow, _)| arrow.clone());
            let trigger = analysis.document.str(relation.evidence.trigger);
            let within = relation.within.map_or_else(String::new, |id| format!("within {}", id.0 + 1));
            let cells = vec![
                (format!("  {arrow}"), Look::Strong),
                (format!("\"{trigger}\""), Look::Words),
                (format!("[{}]", relation.evidence.rule), Look::Plain),
                (format!("{:.2}", relation.confidence), Look::Dim),
                (within, Look::Dim),
            ];
            Row { cells, json }
        })
        .collect();
    output.rows_of(&rows)?;
    Ok(rows.len())
}

/// The frames that a word of the text could have triggered, and what each lacked.
fn silent_frames(output: &mut Output, analysis: &Analysis, lexicon: &Lexicon) -> anyhow::Result<()> {
    let Analysis { document, syntax, entities, .. } = analysis;
    let sentences = 0..document.sentences.len();
    let traces =
        sentences.flat_map(|n| frame::explain(document, syntax, entities, lexicon, SentenceId::from(n)));
    let rows = traces.filter_map(|trace| {
        let missing = trace.missing?;
        let predicate = lexicon.predicates.get(trace.predicate.at()).map_or("", |p| p.name.as_str());
        let trigger = document.str(trace.trigger);
        let cells = vec![
            (format!("  {predicate}"), Look::Plain),
            (format!("\"{trigger}\""), Look::Words),
            (format!("[{}]", trace.frame), Look::Plain),
            (missing.clone(), Look::Dim),
        ];
        let json =
            json!({"frame": trace.frame, "predicate": predicate, "trigger": trigger, "missing": missing});
        Some(Row { cells, json })
    });
    let rows: Vec<Row> = rows.collect();
    if !rows.is_empty() {
        output.line("frames that did not fire", Look::Strong)?;
        output.rows_of(&rows)?;
    }
    Ok(())
}
