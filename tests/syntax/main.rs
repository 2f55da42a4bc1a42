//! The syntax room from outside: trees are trees whatever the words, and the scores on a small
//! hand-annotated sample of invented news sentences do not fall.

use demarche::Document;
use demarche::document::{Sentence, ZoneKind};
use demarche::syntax::{Deprel, Model, Syntax, Tree, parse};
use demarche::text::{Span, TokenId};
use proptest::prelude::*;

/// A document of sentences whose tokens stand one space apart.
fn document<'a>(sentences: impl Iterator<Item = Vec<&'a str>>) -> Document {
    let mut document = Document::default();
    for words in sentences {
        let first = TokenId::from(document.tokens.len());
        let start = document.text.len();
        for word in words {
            let start = document.text.len();
            document.text.push_str(word);
            document.tokens.push(Span::new(start, document.text.len()));
            document.text.push(' ');
        }
        let (span, end) = (Span::new(start, document.text.len()), TokenId::from(document.tokens.len()));
        document.sentences.push(Sentence { span, first, end, zone: ZoneKind::Body, paragraph: 0 });
    }
    document
}

/// One root a sentence, heads inside it, no cycle.
fn assert_trees(document: &Document, syntax: &Syntax) {
    for rows in
        [syntax.upos.len(), syntax.xpos.len(), syntax.head.len(), syntax.dep.len(), syntax.lemma.len()]
    {
        assert_eq!(rows, document.tokens.len());
    }
    for sentence in &document.sentences {
        let mut roots = 0;
        for token in sentence.tokens() {
            let head = syntax.head[token.at()];
            roots += usize::from(head.is_none());
            assert_eq!(head.is_none(), syntax.dep[token.at()] == Deprel::Root);
            assert!(head.is_none_or(|h| sentence.first <= h && h < sentence.end && h != token));
        }
        assert_eq!(roots, usize::from(sentence.first != sentence.end));
        // Every token hangs under the root: the tree reaches them all.
        let tree = Tree::new(syntax, sentence);
        let root = sentence.tokens().find(|t| syntax.head[t.at()].is_none());
        let mut reached: Vec<TokenId> = root.into_iter().collect();
        let mut next = 0;
        while let Some(token) = reached.get(next).copied() {
            reached.extend_from_slice(tree.children(token));
            next += 1;
        }
        assert_eq!(reached.len(), sentence.tokens().len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_words_make_trees(
        sentences in prop::collection::vec(
            prop::collection::vec("[a-z]{1,8}|[A-Z][a-z]{2,6}|[“”.,?!—'-]|said|was|to|that|\\PC{0,4}", 0..30),
            0..6,
        )
    ) {
        let document = document(sentences.iter().map(|s| s.iter().map(String::as_str).collect()));
        assert_trees(&document, &parse(&document, &Model::builtin()));
    }
}

#[test]
fn long_and_many_sentences_are_read() {
    let long: Vec<&str> =
        "the army said that rebels , who fled , had urged it to leave and".split(' ').collect();
    let document = document(
        std::iter::once(long.iter().copied().cycle().take(5_000).collect())
            .chain(std::iter::repeat_n(vec!["Talks"], 10_000)),
    );
    assert_trees(&document, &parse(&document, &Model::builtin()));
}

#[test]
fn without_weights_there_are_still_trees() {
    let document = document([vec!["Kyiv", "rejects", "talks"], vec!["No"]].into_iter());
    assert_trees(&document, &parse(&document, &Model::default()));
}

#[test]
fn the_sample_is_read_as_well_as_before() {
    let gold: Vec<Vec<Vec<&str>>> = include_str!("sample.conllu")
        .split("\n\n")
        .map(|block| block.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect()).collect())
        .filter(|block: &Vec<Vec<&str>>| !block.is_empty())
        .collect();
    let document = document(gold.iter().map(|rows| rows.iter().map(|row| row[1]).collect()));
    let syntax = parse(&document, &Model::builtin());
    assert_trees(&document, &syntax);
    let (mut upos, mut xpos, mut heads, mut labelled, mut lemmas) = (0, 0, 0, 0, 0);
    for (sentence, rows) in document.sentences.iter().zip(&gold) {
        for (token, row) in sentence.tokens().zip(rows) {
            let i = token.at();
            let head = syntax.head[i].map_or(0, |h| h.0 - sentence.first.0 + 1).to_string();
            upos += usize::from(syntax.upos[i].as_str() == row[3]);
            xpos += usize::from(syntax.xpos[i].as_str() == row[4]);
            heads += usize::from(head == row[6]);
            labelled += usize::from(head == row[6] && syntax.dep[i].as_str() == row[7]);
            lemmas += usize::from(syntax.lemma[i] == row[2]);
        }
    }
    let percent = |n: usize| 100.0 * n as f64 / document.tokens.len() as f64;
    let scores = [upos, xpos, heads, labelled, lemmas].map(percent);
    println!("UPOS, XPOS, UAS, LAS, lemmas: {scores:.1?}");
    for (name, score, floor) in [
        ("UPOS", scores[0], 97.0),
        ("XPOS", scores[1], 97.0),
        ("UAS", scores[2], 90.0),
        ("LAS", scores[3], 88.0),
        ("lemmas", scores[4], 98.0),
    ] {
        assert!(score >= floor, "{name} fell to {score:.1}, below {floor}");
    }
}
