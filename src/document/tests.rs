//! Tables of texts and what becomes of them; properties on any text.

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Document {
    segment(&Article { body: text.to_owned(), ..Article::default() }, &Lexicon::default())
}

fn words(text: &str) -> Vec<String> {
    let document = read(text);
    document.tokens.iter().map(|t| document.str(*t).to_owned()).collect()
}

fn sentences(text: &str) -> Vec<String> {
    let document = read(text);
    document.sentences.iter().map(|s| document.str(s.span).to_owned()).collect()
}

fn zones(text: &str) -> Vec<(ZoneKind, String)> {
    let document = read(text);
    document.zones.iter().map(|z| (z.kind, document.str(z.span).to_owned())).collect()
}

#[test]
fn tokens_follow_the_treebanks() {
    let table: &[(&str, &str)] = &[
        ("Roe's aides can't go.", "Roe 's aides ca n't go ."),
        ("They’ll say it isn’t so", "They ’ll say it is n’t so"),
        ("the writers' talks", "the writers ' talks"),
        ("We cannot stay, gonna leave", "We can not stay , gon na leave"),
        ("pro-Roe, anti-war, U.S.-led, so-called", "pro-Roe , anti-war , U.S. - led , so - called"),
        ("a pro-U.S. party", "a pro-U.S. party"),
        ("at 5 a.m. in Washington, D.C., today", "at 5 a.m. in Washington , D.C. , today"),
        ("$3.5bn, 30%, £20 and US$5", "$ 3.5 bn , 30 % , £ 20 and US$ 5"),
        ("10,000 men, 7:30pm, 430km, 21st", "10,000 men , 7:30 pm , 430 km , 21st"),
        ("and/or 1/2 of 9/11", "and / or 1/2 of 9/11"),
        ("3-4 or 2003-2010, call 713-555-0199", "3 - 4 or 2003 - 2010 , call 713-555-0199"),
        ("see (https://example.org/a_(b)?c=1).", "see ( https://example.org/a_(b)?c=1 ) ."),
        ("write to jo.doe@example.com, #Peace @jodoe", "write to jo.doe@example.com , #Peace @jodoe"),
        ("“No!” he said ... then left—fast -- so", "“ No ! ” he said ... then left — fast -- so"),
        ("J. P. Roe of AT&T, O'Neill and L'Aquila", "J. P. Roe of AT&T , O'Neill and L'Aquila"),
        ("the '70s and 'em", "the '70s and 'em"),
        ("Iran ’s , ( Wire ) - do n't", "Iran ’s , ( Wire ) - do n't"),
        ("(North Korea)", "( North Korea )"),
        ("No. 10 said no.", "No. 10 said no ."),
        ("a 👍🏽 and 🇫🇷🇩🇪 flags 👨‍👩‍👧", "a 👍🏽 and 🇫🇷 🇩🇪 flags 👨‍👩‍👧"),
        ("Élysée naïve 北京 مرحبا", "Élysée naïve 北京 مرحبا"),
        ("a\u{a0}b\u{200b}c\0d", "a b c d"),
        ("Jo Roe@WIRE read alt.animals.cat and PLAN.DOC", "Jo Roe@WIRE read alt.animals.cat and PLAN.DOC"),
        ("see<https://example.org/a>, not talks.They", "see < https://example.org/a > , not talks . They"),
        ("w- we pay $$$ on Sat. Sept. 30", "w- we pay $$$ on Sat. Sept. 30"),
        ("short- and long-term, theyre", "short - and long - term , they re"),
    ];
    for (text, expected) in table {
        assert_eq!(words(text).join(" "), *expected, "{text}");
    }
}

#[test]
fn sentences_end_where_they_should() {
    let table: &[&[&str]] = &[
        &["He left the U.S.", "The talks went on."],
        &["The U.S. Senate met."],
        &["Sen. Roe met Gov. Doe on Jan. 3 at 5 p.m. Tuesday.", "They spoke."],
        &["“We will not go.”", "He left."],
        &["“Will they come?” Jane Roe said on Monday.", "Nobody knew!"],
        &["“Stop!” he cried.", "(They did not.)", "It rained."],
        &["It rose by 3.5 percent (from 2.1 percent. That was low) in May.", "Good."],
        &["Acme Inc. said it grew.", "So did Doe Corp.", "The firms fell."],
        &["He paused ... and went.", "Then he came back..."],
        &["J. R. Roe spoke.", "Vitamin news followed."],
        &["“ We go . ”", "They went .", "Roe said so ."],
        &["He asked why.", "\"We must go.\"", "\"Not now,\" she said.", "He left."],
    ];
    for expected in table {
        let text = expected.join(" ");
        let found = sentences(&text);
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn sentences_end_before_small_letters_and_after_notes() {
    let table: &[&[&str]] = &[
        &["They met.", "al-Doe stayed away.", "iron fell."],
        &["On the 1st day of Feb. next they met on Main st. and left."],
        &["Who knows?", "nobody does!", "they left."],
        &["Yahoo! said it grew."],
        &["“Stop!” he cried."],
        &["He died in 2014. [4] [a]", "His son lived."],
        &["It costs a fee. 8", "Yet they pay."],
        &["They met in Washington, D.C. (the capital) and in the U.S. “as friends” do."],
        &["2.1. Results and talks", "2.2. More"],
        &["“We go.” — Jane Roe"],
        &["He laughed :)", "Then he left."],
    ];
    for expected in table {
        let text = expected.join(if expected[0].starts_with("2.1") { "\n\n" } else { " " });
        assert_eq!(sentences(&text), *expected, "{text}");
    }
}

#[test]
fn sentences_end_where_a_page_had_a_line_end() {
    let table: &[&[&str]] = &[
        &["The old town", "Image: Jo Doe."],
        &["Envoys leave Washington D.C.", "Photo: Jo Doe."],
        &["He showed the image: a town."],
        &["We met.", "Best regards,", "Jane"],
        &["We said thanks, Jane left."],
        &["Jane Roe@WIRE", "03/08/2000 05:37 PM", "Please find the plan."],
        &["It came on 03/08/2000 05:37 PM ET and not at 8:00 PM."],
        &["Figure 1.4", "This map shows the town."],
        &["Figure skating is 2 The end"],
        &["It is at https://example.org/a", "They read it."],
        &["See jo@example.org for more"],
    ];
    for expected in table {
        let text = expected.join(" ");
        assert_eq!(sentences(&text), *expected, "{text}");
    }
}

#[test]
fn an_article_has_zones() {
    let text = "Envoys meet in Geneva\n\nFull Screen\n2 / 9\n\nCopyright 2019 The Wire. All rights reserved\n\n\
                Envoy Jane Roe, left, smiles in Geneva, Thursday, Sept. 12, 2019. (AP Photo/Jo Doe, Pool)\n\n\
                By Jo Doe, Associated Press\n\nGENEVA, Switzerland (AP) – Envoys met. They spoke.\n\n___\n\nIt ended.";
    let kinds: Vec<ZoneKind> = zones(text).into_iter().map(|(kind, _)| kind).collect();
    use ZoneKind::{Body, Byline, Caption, Dateline, Furniture, Title};
    assert_eq!(kinds, [Title, Furniture, Caption, Byline, Dateline, Body, Furniture, Body]);
    let document = read(text);
    assert_eq!(document.title.as_deref(), Some("Envoys meet in Geneva"));
    assert_eq!(document.published, Some(jiff::civil::date(2019, 9, 12)));
    assert_eq!(document.dateline_place.map(|p| document.str(p)), Some("GENEVA"));
    assert!(document.sentences.iter().all(|s| s.zone != Furniture));
    let credit = document.sentences.iter().find(|s| s.zone == Byline);
    assert_eq!(
        credit.map(|s| document.str(s.span)),
        Some("(AP Photo/Jo Doe, Pool)"),
        "a photographer is a name"
    );
}

#[test]
fn the_title_is_the_first_line_that_is_not_furniture() {
    let document = read("https://example.org/a!\n\nEnvoys meet\n\nEnvoys met on Monday.\n\n”\n\nThey left.");
    assert_eq!(document.title.as_deref(), Some("Envoys meet"));
    let kinds: Vec<ZoneKind> = document.zones.iter().map(|z| z.kind).collect();
    assert_eq!(kinds, [ZoneKind::Furniture, ZoneKind::Title, ZoneKind::Body]);
}

#[test]
fn datelines_in_many_forms() {
    let table = [
        ("SEOUL – Envoys met.", Some("SEOUL")),
        ("GENEVA, Sept 12 - Envoys met.", Some("GENEVA")),
        ("WASHINGTON (Reuters) - Envoys met.", Some("WASHINGTON")),
        ("KABUL, Afghanistan (AP) — Envoys met.", Some("KABUL")),
        ("PARIS ( Reuters ) - Envoys met .", Some("PARIS")),
        ("NEW YORK, March 3 (Xinhua) -- Envoys met.", Some("NEW YORK")),
        ("(Reuters) - Envoys met.", None),
        ("Springfield, Indiana, United States - Envoys met.", Some("Springfield")),
        ("Jane Roe, Envoy - We met.", None),
        ("Lyon, France – the town – met.", None),
        ("The U.S. - and others - met.", None),
        ("Envoys - all of them - met.", None),
    ];
    let lexicon = Lexicon::builtin();
    for (text, place) in table {
        let document = segment(&Article { body: text.to_owned(), ..Article::default() }, &lexicon);
        assert_eq!(document.dateline_place.map(|p| document.str(p)), place, "{text}");
        let first = document.zones.first().map(|z| z.kind);
        let dateline = place.is_some() || text.starts_with('(');
        assert_eq!(first == Some(ZoneKind::Dateline), dateline, "{text}");
    }
}

#[test]
fn hard_wrapped_lines_are_no_sentence_ends() {
    let wrapped = "The envoys of the two countries met on Monday in the old\n\
                   city hall by the lake, where they had signed an agreement\n\
                   ten years ago. They spoke for three hours about grain and\n\
                   left without a word.\n\nNobody knew why.";
    assert_eq!(sentences(wrapped).len(), 3);
    assert_eq!(sentences("Envoys met on Monday\nThey signed nothing.\nThen they left").len(), 3);
}

#[test]
fn a_title_given_apart_stands_before_the_text() {
    let article = Article {
        title: Some("Envoys meet".into()),
        body: "They met. It rained.".into(),
        ..Article::default()
    };
    let document = segment(&article, &Lexicon::default());
    assert_eq!(document.text, "Envoys meet\n\nThey met. It rained.");
    assert_eq!(document.zones[0].kind, ZoneKind::Title);
    assert_eq!(document.sentences.len(), 3);
}

/// Text with the characters that the rules look at, beside any others.
fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[ \n\r\t.,:;!?'\"()\\[\\]“”‘’–—/@#$%&-]",
        "[A-Za-z]{1,6}",
        "[0-9]{1,4}",
        prop::sample::select(vec![
            "U.S.",
            "n't",
            "’s",
            "(AP)",
            " – ",
            "http://",
            "www.",
            "By ",
            "👍🏽",
            "\n\n",
            "a.m.",
            "...",
            "[1]",
            " Image: ",
            "Thanks, ",
            " 03/08/2000 05:37 PM ",
            ":) ",
            "Figure 1 The ",
            "a@B",
            "w- ",
            "$$"
        ])
        .prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_modifier_with_nothing_before_it_is_a_sign_by_itself() {
    let document = segment(
        &Article { body: "\u{1f3fb}A \u{20e3} \u{e0020}b".to_owned(), ..Article::default() },
        &Lexicon::default(),
    );
    let words: Vec<&str> = document.tokens.iter().map(|t| t.of(&document.text)).collect();
    assert_eq!(words[..2], ["\u{1f3fb}", "A"]);
    assert!(words.iter().all(|word| !word.is_empty()), "{words:?}");
}

proptest! {
    #[test]
    fn spans_are_sorted_and_fit_any_text(text in odd_text(), title in proptest::option::of(odd_text())) {
        let document = segment(&Article { title, body: text, ..Article::default() }, &Lexicon::default());
        let mut end = 0;
        for span in &document.tokens {
            prop_assert!(span.start >= end && span.end > span.start);
            let word = document.text.get(span.range());
            prop_assert!(word.is_some_and(|w| !w.contains(char::is_whitespace)));
            end = span.end;
        }
        let (mut end, mut token) = (0, 0);
        for sentence in &document.sentences {
            prop_assert!(sentence.span.start >= end && sentence.first.0 == token && sentence.end.0 > token);
            prop_assert_eq!(sentence.span.start, document.tokens[sentence.first.at()].start);
            prop_assert_eq!(sentence.span.end, document.tokens[sentence.end.at() - 1].end);
            end = sentence.span.end;
            token = sentence.end.0;
        }
        prop_assert_eq!(token as usize, document.tokens.len());
        let mut end = 0;
        for zone in &document.zones {
            prop_assert!(zone.span.start >= end && document.text.get(zone.span.range()).is_some());
            end = zone.span.end;
        }
        // Nothing that can be seen is lost, but what is furniture.
        let furniture = |at: u32| {
            document.zones.iter().any(|z| z.kind == ZoneKind::Furniture && z.span.start <= at && at < z.span.end)
        };
        for (at, c) in document.text.char_indices().filter(|(_, c)| !token::is_blank(*c)) {
            let at = at as u32;
            let token = document.tokens.partition_point(|t| t.end <= at);
            let covered = document.tokens.get(token).is_some_and(|t| t.start <= at);
            prop_assert!(covered || furniture(at), "{c:?} at {at} is in no token");
        }
    }

    #[test]
    fn random_bytes_do_not_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&String::from_utf8_lossy(&bytes));
    }
}
