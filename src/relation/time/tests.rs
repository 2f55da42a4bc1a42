//! Days and months read off words, against the day of publication.

use super::*;
use crate::document::{Sentence, ZoneKind};
use crate::text::Span;

/// A document of one sentence, words split at blanks. A trailing `*` marks the trigger; every
/// word hangs under it with the tag given after `/`, `X` by default.
fn sentence(words: &str, published: &str) -> (Document, Syntax, TokenId) {
    let (mut document, mut syntax) = (Document::default(), Syntax::default());
    let mut trigger = TokenId(0);
    let words: Vec<&str> = words.split(' ').collect();
    let at = words.iter().position(|w| w.ends_with('*')).unwrap();
    for (n, word) in words.iter().enumerate() {
        if n == at {
            trigger = TokenId::from(n);
        }
        let (word, tag) = word.trim_end_matches('*').split_once('/').unwrap_or((word, "XX"));
        let word = word.trim_end_matches('*');
        let start = document.text.len();
        document.text.push_str(word);
        document.tokens.push(Span::new(start, document.text.len()));
        document.text.push(' ');
        let xpos = Xpos::parse(tag).unwrap();
        syntax.xpos.push(xpos);
        syntax.upos.push(if n == at { Upos::Verb } else { Upos::X });
        syntax.head.push((n != at).then(|| TokenId::from(at)));
        syntax.dep.push(match xpos {
            Xpos::MD => Deprel::Aux,
            Xpos::VBD if n != at => Deprel::AuxPass,
            Xpos::VBZ if n != at => Deprel::Aux,
            Xpos::TO => Deprel::Mark,
            _ => Deprel::Dep,
        });
        syntax.lemma.push(word.to_lowercase());
    }
    document.published = published.parse().ok();
    document.sentences.push(Sentence {
        span: Span::new(0, document.text.len()),
        first: TokenId(0),
        end: TokenId::from(document.tokens.len()),
        zone: ZoneKind::Body,
        paragraph: 0,
    });
    (document, syntax, trigger)
}

/// Read on Thursday, 18 March 2021.
fn days(words: &str) -> String {
    let (document, syntax, trigger) = sentence(words, "2021-03-18");
    resolve(&document, &syntax, SentenceId(0), trigger)
        .map_or_else(String::new, |p| format!("{}..{}", p.from, p.until))
}

#[test]
fn words_of_time_become_days() {
    let table = [
        ("She met/VBD* him Thursday", "2021-03-18..2021-03-18"),
        ("She met/VBD* him on Friday", "2021-03-12..2021-03-12"),
        ("She will/MD meet/VB* him on Friday", "2021-03-19..2021-03-19"),
        ("She hopes to/TO meet/VB* him on Thursday", "2021-03-18..2021-03-18"),
        ("Earlier Thursday she confirmed/VBD* it", "2021-03-18..2021-03-18"),
        ("It met/VBD* last Thursday", "2021-03-11..2021-03-11"),
        ("It meets/VBZ* next Thursday", "2021-03-25..2021-03-25"),
        ("They spoke/VBD* yesterday", "2021-03-17..2021-03-17"),
        ("They will/MD speak/VB* tomorrow", "2021-03-19..2021-03-19"),
        ("They spoke/VBD* last month", "2021-02-01..2021-02-28"),
        ("They spoke/VBD* last week", "2021-03-08..2021-03-14"),
        ("They spoke/VBD* earlier this month", "2021-03-01..2021-03-18"),
        ("They spoke/VBD* last year", "2020-01-01..2020-12-31"),
        ("They began/VBD* in mid-February", "2021-02-11..2021-02-20"),
        ("They began/VBD* in mid - February", "2021-02-11..2021-02-20"),
        ("They began/VBD* in late December", "2020-12-21..2020-12-31"),
        ("They will/MD begin/VB* in January", "2022-01-01..2022-01-31"),
        ("They signed/VBD* it on March 18 , 2019", "2019-03-18..2019-03-18"),
        ("They signed/VBD* it on 18 March 2019", "2019-03-18..2019-03-18"),
        ("They signed/VBD* it on Sept. 12", "2020-09-12..2020-09-12"),
        ("They signed/VBD* it in February 2019", "2019-02-01..2019-02-28"),
        ("They signed/VBD* it on 2019-03-18", "2019-03-18..2019-03-18"),
        ("They signed/VBD* it two weeks ago", "2021-03-01..2021-03-07"),
        ("They signed/VBD* it a year ago", "2020-01-01..2020-12-31"),
        ("They signed/VBD* it in 2019", "2019-01-01..2019-12-31"),
        ("They talked/VBD* since Monday", "2021-03-15..2021-03-18"),
        ("They met/VBD* over the last weekend", "2021-03-13..2021-03-14"),
    ];
    for (words, expected) in table {
        assert_eq!(days(words), expected, "{words}");
    }
}

#[test]
fn no_words_of_time() {
    assert_eq!(days("China rejected/VBD* it"), "2021-03-18..2021-03-18");
    assert_eq!(days("China was/VBD pressed/VBN*"), "2021-03-18..2021-03-18");
    assert_eq!(days("China will/MD reject/VB* it"), "");
    assert_eq!(days("China has/VBZ rejected/VBN* it"), "");
    // "may" and "march" are no months here, and 300 is no year.
    assert_eq!(days("They march/VBP* with 300 men"), "2021-03-18..2021-03-18");
    assert_eq!(days("They may/MD talk/VB*"), "");
}

#[test]
fn without_a_day_of_publication_only_full_dates_are_known() {
    for (words, expected) in [
        ("They met/VBD* on Thursday", None),
        ("They met/VBD*", None),
        ("They met/VBD* on May 4 , 2020", Some("2020-05-04")),
    ] {
        let (document, syntax, trigger) = sentence(words, "");
        let found = resolve(&document, &syntax, SentenceId(0), trigger).map(|p| p.from.to_string());
        assert_eq!(found.as_deref(), expected, "{words}");
    }
}

#[test]
fn each_verb_has_its_own_day() {
    // "He met her on Monday and flew home on Tuesday": "Tuesday" hangs under "flew".
    let (document, mut syntax, met) =
        sentence("He met/VBD* her on Monday and flew/VBD home on Tuesday", "2021-03-18");
    let flew = TokenId(6);
    syntax.upos[flew.at()] = Upos::Verb;
    syntax.dep[flew.at()] = Deprel::Conj;
    for at in [7, 8, 9] {
        syntax.head[at] = Some(flew);
    }
    let from = |t| resolve(&document, &syntax, SentenceId(0), t).unwrap().from.to_string();
    assert_eq!((from(met), from(flew)), ("2021-03-15".into(), "2021-03-16".into()));
}

#[test]
fn odd_layers_do_not_panic() {
    let document = Document::default();
    assert_eq!(resolve(&document, &Syntax::default(), SentenceId(0), TokenId(9)), None);
    let (document, _, trigger) = sentence("They met/VBD* in late", "2021-03-18");
    assert_eq!(resolve(&document, &Syntax::default(), SentenceId(0), trigger), None);
}
