//! Properties of the whole pipeline on any text: no panic, spans in bounds and on code points, layers that fit each
//! other, the same answer twice.

use std::sync::LazyLock;

use demarche::text::{Span, TokenId};
use demarche::{Analysis, Article, Lexicon, Model, analyze};
use proptest::prelude::*;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::builtin);
static MODEL: LazyLock<Model> = LazyLock::new(Model::builtin);

fn read(text: &str) -> Analysis {
    let article = Article { id: "any".into(), body: text.into(), ..Article::default() };
    analyze(&article, &LEXICON, &MODEL)
}

/// Every span of every layer lies in the text, on the borders of code points.
fn check(analysis: &Analysis) {
    let Analysis { document, syntax, entities, relations } = analysis;
    let fits =
        |span: Span| assert!(document.text.get(span.range()).is_some(), "{span:?} in {:?}", document.text);
    document.tokens.iter().copied().for_each(fits);
    document.sentences.iter().for_each(|s| fits(s.span));
    document.zones.iter().for_each(|z| fits(z.span));
    assert!(document.tokens.windows(2).all(|w| w[0].end <= w[1].start), "tokens overlap");
    let n = document.tokens.len();
    assert_eq!(
        [syntax.upos.len(), syntax.xpos.len(), syntax.head.len(), syntax.dep.len(), syntax.lemma.len()],
        [n; 5]
    );
    for sentence in &document.sentences {
        let roots = sentence.tokens().filter(|t| syntax.head[t.at()].is_none()).count();
        assert_eq!(roots, 1, "one root a sentence");
        let inside = |t: TokenId| sentence.first <= t && t < sentence.end;
        assert!(
            sentence.tokens().filter_map(|t| syntax.head[t.at()]).all(inside),
            "a head in another sentence"
        );
    }
    for mention in &entities.mentions {
        fits(mention.span);
        fits(mention.phrase);
        assert!(mention.entity.at() < entities.entities.len() && mention.head.at() < n);
    }
    for relation in &relations.relations {
        fits(relation.evidence.trigger);
        assert!(!relation.evidence.rule.is_empty(), "no edge without a rule");
        assert!(relation.predicate.at() < LEXICON.predicates.len());
        for argument in [relation.subject, relation.object].into_iter().flatten() {
            fits(argument.span);
            assert!(argument.entity.at() < entities.entities.len());
        }
        assert!(relation.within.is_none_or(|w| w.at() < relations.relations.len()));
    }
    for quotation in &relations.quotations {
        quotation.segments.iter().copied().for_each(fits);
        assert!(!quotation.segments.is_empty());
    }
}

/// Words and marks that wake every room, in any order.
fn newsish() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Blinken",
        "urged",
        "China",
        "to",
        "said",
        "“",
        "”",
        "\"",
        "‘",
        "’",
        "'s",
        ",",
        ".",
        "\n\n",
        "\n",
        " ",
        "the",
        "North",
        "Secretary of State",
        "SEOUL –",
        "(Reuters)",
        "was",
        "by",
        "accused",
        "of",
        "Thursday",
        "he",
        "they",
        "that",
        "not",
        "and",
        "U.S.",
        "-",
        "—",
        "(",
        ")",
        ":",
        "?",
        "Antony Blinken",
        "Beijing",
        "met",
        "Ministry",
        "🙂",
        "北京",
        "\u{202e}",
        "\0",
        "é",
        "told",
        "reporters",
        "will",
        "who",
        "according to",
    ]);
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&read(&String::from_utf8_lossy(&bytes)));
    }

    #[test]
    fn any_news(text in newsish()) {
        let once = read(&text);
        check(&once);
        prop_assert_eq!(once, read(&text));
    }
}

#[test]
fn ten_thousand_short_lines() {
    check(&read(&"Blinken\n".repeat(10_000)));
}

#[test]
fn one_endless_sentence() {
    check(&read(&"China said that Iran and ".repeat(2_000)));
}

#[test]
fn a_long_line_without_spaces() {
    check(&read(&"x".repeat(2_000_000)));
    check(&read(&"“".repeat(20_000)));
    check(&read(&"(".repeat(20_000)));
}
