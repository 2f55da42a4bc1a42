//! Sentences of our own with whom their words stand for: the whole room over the built-in tables.

use jiff::civil::date;

use super::{Entities, Form, find};
use crate::document::{self, Document};
use crate::lexicon::{Kind, Lexicon};
use crate::source::Article;
use crate::syntax::{self, Model};

/// Reads a story of 2021-03-18.
fn read(text: &str) -> (Document, Entities) {
    read_article(&Article {
        id: "t".into(),
        body: text.into(),
        published: Some(date(2021, 3, 18)),
        ..Article::default()
    })
}

fn read_article(article: &Article) -> (Document, Entities) {
    let lexicon = Lexicon::builtin();
    let document = document::segment(article, &lexicon);
    let syntax = syntax::parse(&document, &Model::builtin());
    let entities = find(&document, &syntax, &lexicon);
    (document, entities)
}

/// The name of the entity for which some words of the text stand.
fn whom<'e>((document, entities): &'e (Document, Entities), words: &str) -> Option<&'e str> {
    let mention = entities.mentions.iter().find(|m| document.str(m.span) == words)?;
    Some(entities.entities.get(mention.entity.at())?.name.as_str())
}

#[test]
fn words_stand_for_the_entity_that_a_reader_would_name() {
    for (text, words, expected) in [
        ("Blinken arrived late. Antony Blinken met reporters in Oslo.", "Blinken", "Antony Blinken"),
        ("America's top diplomat urged China to act.", "America's top diplomat", "Antony Blinken"),
        ("Beijing rejected the offer.", "Beijing", "China"),
        ("The minister flew to Beijing on Monday.", "Beijing", "Beijing"),
        ("The talks were held in Beijing.", "Beijing", "Beijing"),
        ("A warning to Beijing came from Washington.", "Beijing", "China"),
        ("North Korea fired a missile. South Korea said the North had been warned.", "North", "North Korea"),
        ("The Chinese government protested.", "The Chinese government", "China"),
        ("The Biden administration protested.", "The Biden administration", "United States"),
        ("Jane Doe lives in Oslo. She said the town had changed.", "She", "Jane Doe"),
        ("Peru is patient, and it will wait.", "it", "Peru"),
        ("Ukraine's president, Volodymyr Zelenskyy, spoke.", "Ukraine's president", "Volodymyr Zelenskyy"),
        ("Jane Doe, the mayor of Springfield, resigned. The mayor gave no reason.", "The mayor", "Jane Doe"),
        // A surname that is a city's or a capital's name as well.
        ("Defense Secretary Lloyd Austin spoke. Later Austin left for home.", "Austin", "Lloyd Austin"),
        (
            "Marla Paris said she was tired. French reporters asked why, and Paris smiled.",
            "Paris",
            "Marla Paris",
        ),
        ("Defense Secretary Lloyd Austin spoke. Two women live in Austin.", "Austin", "Austin"),
        ("Jim Jordan spoke. Jordanian officials said Jordan would wait.", "Jordan", "Jordan"),
        // Whose: an owner inside a description, and who cannot be meant.
        ("Jane Doe said she had won. Her lawyer was pleased.", "Her", "Jane Doe"),
        ("John Roe was late. Mark Poe told him to go home.", "him", "John Roe"),
        // Two of one family: the one of whom the document speaks more.
        (
            "Jane Roe won the prize. Jane Roe was born in Oslo to Peter Roe, a baker. Roe left school early.",
            "Roe",
            "Jane Roe",
        ),
        ("The singer Hanna von Aal came. A crowd waited for Von Aal outside.", "Von Aal", "Hanna von Aal"),
        ("Zoë Doe came. Zoe Doe left.", "Zoe Doe", "Zoë Doe"),
        ("Acme United won. A crowd of friends cheered United on.", "United", "Acme United"),
        // Names with more words around them, and given names alone.
        ("Jane Doe wrote the book. A source is Doe 1998.", "Doe", "Jane Doe"),
        ("Jane Roe arrived. Jane waited outside.", "Jane", "Jane Roe"),
        // A fronted phrase looks ahead; "himself" belongs to a joined verb; "it" looks past who is nobody.
        ("In her remarks, Jane Doe thanked the crew.", "her", "Jane Doe"),
        ("John Roe walked into the station and turned himself in.", "himself", "John Roe"),
        ("Peru signed the treaty. Nobody was surprised. It will wait for the others.", "It", "Peru"),
        // The first person: of the speaker; "we" of the body for which a spokesman speaks.
        ("\"I am tired,\" Jane Doe said.", "I", "Jane Doe"),
        (
            "Chinese Foreign Ministry spokesman Zhao Lijian said Monday, \"We object to this.\"",
            "We",
            "Chinese Foreign Ministry",
        ),
        ("Chad and his brother were arrested in Leeds.", "Chad", "Chad"),
        // Statements and reports stand for who gives them out; "they" for a plural.
        (
            "The Red Cross spoke in Oslo. It issued a statement. The statement said so.",
            "The statement",
            "International Committee of the Red Cross",
        ),
        (
            "Amnesty International wrote a report. The report says it is so.",
            "The report",
            "Amnesty International",
        ),
        ("The U.S. Army said two men died. A statement said they fell.", "A statement", "U.S. Army"),
        ("Authorities in Kenya closed a road. They say it is safe.", "They", "Kenya"),
        ("Members of Aung San Suu Kyi's party met.", "Aung San Suu Kyi", "Aung San Suu Kyi"),
        ("A 60-year-old woman smiled.", "A 60-year-old woman", "60-year-old woman"),
        // A title's body, and whose it is not.
        (
            "Jane Doe won. The strike killed Iranian general, Qasem Soleimani at noon.",
            "Iranian general",
            "Qassem Soleimani",
        ),
    ] {
        assert_eq!(whom(&read(text), words), Some(expected), "{words:?} in {text:?}");
    }
}

#[test]
fn offices_are_read_from_the_words_around_a_name() {
    for (text, name, title, of) in [
        ("U.S. Secretary of State Antony Blinken smiled.", "Antony Blinken", "Secretary of State", "iso:US"),
        (
            "South Korean Foreign Minister Chung Eui-yong smiled.",
            "Chung Eui-yong",
            "Foreign Minister",
            "iso:KR",
        ),
        ("Lloyd Austin, the U.S. defense secretary, smiled.", "Lloyd Austin", "defense secretary", "iso:US"),
        (
            "U.S. Assistant Secretary of State Jane Doe smiled.",
            "Jane Doe",
            "Assistant Secretary of State",
            "iso:US",
        ),
        (
            "U.S. Assistant Secretary of State for Cultural and Educational Affairs Jane Doe smiled.",
            "Jane Doe",
            "Assistant Secretary of State for Cultural and Educational Affairs",
            "iso:US",
        ),
        (
            "Brazil's deputy finance minister, Jane Doe, smiled.",
            "Jane Doe",
            "deputy finance minister",
            "iso:BR",
        ),
    ] {
        let (_, entities) = read(text);
        let person = entities.entities.iter().find(|e| e.name == name);
        let role = person.and_then(|p| p.roles.first());
        let found = role.map(|r| (r.title.as_str(), r.of_key.as_deref()));
        assert_eq!(found, Some((title, Some(of))), "{text:?}");
    }
}

#[test]
fn an_office_is_of_no_country_that_only_stands_near() {
    for (text, name, of) in [
        ("Speaking with President Bush, he condemned the deaths in Afghanistan.", "Bush", Some("iso:US")),
        ("In the Netherlands President Doe spoke.", "Doe", None),
        ("Special Representative for Afghanistan Jane Doe met partners.", "Jane Doe", None),
        ("In calls with leaders, Assistant Secretary for African Affairs Jane Doe smiled.", "Jane Doe", None),
    ] {
        let article = Article { id: "t".into(), body: text.into(), ..Article::default() };
        let (_, entities) = read_article(&article);
        let person = entities.entities.iter().find(|e| e.name == name).expect(text);
        let bodies: Vec<_> = person.roles.iter().filter_map(|r| r.of_key.as_deref()).collect();
        assert_eq!(bodies.first().copied(), of, "{text:?}");
    }
}

#[test]
fn a_former_office_is_marked_so() {
    let (_, entities) = read("Former Japanese Prime Minister Jane Doe smiled.");
    let person = entities.entities.iter().find(|e| e.kind == Kind::Person);
    assert_eq!(person.and_then(|p| p.roles.first()).map(|r| r.former), Some(true));
}

#[test]
fn a_homonym_is_no_country() {
    for (text, country) in [
        ("Turkey prices rose again.", false),
        ("Turkey rejected the offer.", true),
        ("Chad and his brother were arrested in Leeds.", false),
        ("Chad and its neighbor were arrested by doubt.", true),
        ("Sudan, the last male rhino, was put down.", false),
        ("We left, Jane Doe said.", false),
    ] {
        let (_, entities) = read(text);
        let found =
            entities.entities.iter().any(|e| ["iso:TR", "iso:TD", "iso:SD"].contains(&e.key.as_str()));
        assert_eq!(found, country, "{text:?}");
    }
}

#[test]
fn the_president_of_the_house_is_the_one_who_speaks() {
    for (text, words, expected) in [
        // The first who bears the title, and not the one named last.
        (
            "President Jane Doe spoke with President John Roe of Peru. The President thanked him.",
            "The President",
            "Jane Doe",
        ),
        // The first lines tell whose text it is; the table who held the office on that day.
        (
            "The Administration will send aid to Peru. President John Roe of Peru wrote. The President agreed.",
            "The President",
            "Joe Biden",
        ),
        (
            "The United States will help. Assistant Secretary Jane Doe flew to Oslo. The Secretary will follow.",
            "The Secretary",
            "Antony Blinken",
        ),
        // In small letters it is news, and the last one named.
        (
            "President Jane Doe met President John Roe of Peru. Later the president left.",
            "the president",
            "John Roe",
        ),
        // A title tells which of a family is meant.
        ("Jill Biden came to Oslo. President Biden stayed.", "Biden", "Joe Biden"),
    ] {
        let found = read(text);
        let (document, entities) = &found;
        let last = entities.mentions.iter().rev().find(|m| document.str(m.span) == words);
        let name = last.and_then(|m| entities.entities.get(m.entity.at())).map(|e| e.name.as_str());
        assert_eq!(name, Some(expected), "{words:?} in {text:?}");
    }
}

#[test]
fn short_forms_of_things_name_nobody() {
    for (text, absent, present) in [
        ("The firm paid US$ 3 million to Ghana on Monday.", "US$", "Ghana"),
        ("Nurses wore large paper quilts (LPQ). Peru sent more LPQ.", "LPQ", "Peru"),
        ("Norway told the Oslo Water Board (OWB) to pay. The OWB refused.", "LPQ", "OWB"),
        ("Italy said that its GDP had risen.", "GDP", "Italy"),
    ] {
        let (document, entities) = read(text);
        let names: Vec<_> = entities.mentions.iter().map(|m| document.str(m.span)).collect();
        assert!(!names.contains(&absent), "{text}: {names:?}");
        assert!(names.contains(&present), "{text}: {names:?}");
    }
}

#[test]
fn names_end_where_they_end() {
    for (text, absent, present) in [
        ("The Deputy Secretary met Chief of Staff Roe in Oslo.", "Staff Roe", "Roe"),
        ("The Governments of the Kingdom of Norway and Peru met.", "Governments of the", "Peru"),
        ("MR DOE: (Via interpreter) I came from Peru.", "interpreter", "Peru"),
        ("Norway asked far-right legislators to wait.", "right legislators", "far-right legislators"),
        ("Peru thanked fire-fighting experts.", "fighting experts", "fire-fighting experts"),
    ] {
        let (document, entities) = read(text);
        let words: Vec<&str> = entities.mentions.iter().map(|m| document.str(m.span)).collect();
        assert!(!words.contains(&absent) && words.contains(&present), "{words:?} in {text:?}");
    }
}

#[test]
fn some_of_a_people_are_a_group_and_the_people_of_a_country_is_the_country() {
    for (text, words, kind) in [
        ("Norway helped older Americans at home.", "Americans", Kind::Group),
        ("Norway warned Americans who fled the town.", "Americans", Kind::Group),
        ("Both Jamaicans denied it.", "Jamaicans", Kind::Group),
        ("The Russians said so.", "Russians", Kind::Country),
        ("Norway helped the people of Ukraine.", "the people", Kind::Country),
        ("Norway helped young people of Ukraine.", "young people", Kind::Group),
    ] {
        let (document, entities) = read(text);
        let mention = entities.mentions.iter().find(|m| document.str(m.span) == words);
        let found = mention.and_then(|m| entities.entities.get(m.entity.at()));
        assert_eq!(found.map(|e| e.kind), Some(kind), "{text:?}");
    }
}

#[test]
fn a_title_with_a_name_beside_it_is_nobody_else() {
    for (text, words, expected) in [
        ("Agency Director Ambassador Jane Doe spoke.", "Agency Director", "Jane Doe"),
        (
            "Jane Doe, a poet, and president of the Rose Club, spoke.",
            "president of the Rose Club",
            "Jane Doe",
        ),
        ("Officials say police fired on a car. They say two men died.", "They", "Officials"),
    ] {
        assert_eq!(whom(&read(text), words), Some(expected), "{words:?} in {text:?}");
    }
}

#[test]
fn groups_carry_their_country() {
    for (text, words, key, country) in [
        ("Israeli soldiers fired.", "Israeli soldiers", "group:il:soldiers", Some("iso:IL")),
        ("Rebels attacked the town.", "Rebels", "group:rebels", None),
        ("Police in Kenya arrested two men.", "Police", "group:ke:police", Some("iso:KE")),
        ("Thousands of protesters marched.", "Thousands of protesters", "group:protesters", None),
    ] {
        let (document, entities) = read(text);
        let mention = entities.mentions.iter().find(|m| document.str(m.span) == words);
        let entity = mention.and_then(|m| entities.entities.get(m.entity.at()));
        let found = entity.map(|e| (e.key.as_str(), e.country.as_deref()));
        assert_eq!(found, Some((key, country)), "{text:?}");
    }
}

#[test]
fn words_of_a_title_are_no_entities() {
    for text in ["Secretary of State Antony Blinken spoke.", "Defense Secretary Lloyd Austin spoke."] {
        let (document, entities) = read(text);
        let words: Vec<&str> = entities.mentions.iter().map(|m| document.str(m.span)).collect();
        assert_eq!(words.len(), 1, "{words:?} in {text:?}");
    }
}

#[test]
fn a_demonym_describes_and_a_country_is_named() {
    let (document, entities) = read("Chinese officials met in China.");
    let forms: Vec<_> = entities.mentions.iter().map(|m| (document.str(m.span), m.form)).collect();
    assert!(forms.contains(&("Chinese", Form::Nominal)), "{forms:?}");
    assert!(forms.contains(&("China", Form::Name)), "{forms:?}");
}

#[test]
fn every_mention_belongs_to_its_entity() {
    let (_, entities) =
        read("Jane Doe said she knew John Roe, who leads the ministry. They met U.S. officials.");
    for (i, mention) in entities.mentions.iter().enumerate() {
        let entity = &entities.entities[mention.entity.at()];
        assert!(entity.mentions.iter().any(|id| id.at() == i));
        assert!(mention.phrase.contains(mention.span));
    }
}

#[test]
fn long_and_odd_texts_are_read_through() {
    let lexicon = Lexicon::builtin();
    let many = "He said it of them. ".repeat(300) + &"president of the ".repeat(300) + &"Doe, ".repeat(300);
    for text in ["", "'s", "’s president, ", "the the the", "ex-", "-elect president", &many] {
        let document = document::segment(&Article { body: text.to_owned(), ..Article::default() }, &lexicon);
        // A syntax that is empty or too short must not matter.
        let entities = find(&document, &syntax::Syntax::default(), &lexicon);
        assert!(entities.mentions.len() <= document.tokens.len());
    }
}

#[test]
fn an_organisation_has_a_sort_where_the_table_its_name_or_the_text_tells() {
    use super::Sort::{ArmedGroup, Company, Government, Intergovernmental, Other};
    for (text, name, expected) in [
        ("The United Nations called for calm.", "United Nations", Some(Intergovernmental)),
        ("Hamas rejected the offer.", "Hamas", Some(ArmedGroup)),
        ("Analysts at Brightwater Holdings expect a cut.", "Brightwater Holdings", Some(Company)),
        ("Shares in retailer Zorvex fell. Zorvex said it would close stores.", "Zorvex", Some(Company)),
        (
            "Ruritania's Ministry of Beekeeping said it would wait.",
            "Ministry of Beekeeping",
            Some(Government),
        ),
        ("She studied at Harbour University in the north.", "Harbour University", Some(Other)),
        ("Antony Blinken met reporters in Oslo.", "Antony Blinken", None),
    ] {
        let (_, entities) = read(text);
        let entity = entities.entities.iter().find(|e| e.name == name);
        assert_eq!(entity.map(|e| e.sort), Some(expected), "{text}");
    }
}

#[test]
fn groups_and_craft_act_for_their_country() {
    for (text, words, kind, country) in [
        ("Israeli warplanes bombed the port.", "Israeli warplanes", Kind::Group, Some("iso:IL")),
        ("Opposition lawmakers walked out.", "Opposition lawmakers", Kind::Group, None),
        ("Arab countries rejected the plan.", "Arab countries", Kind::Group, None),
        ("Turkish soldiers crossed the river.", "Turkish soldiers", Kind::Group, Some("iso:TR")),
        ("Jane Doe's office denied the report.", "Jane Doe's office", Kind::Organization, None),
    ] {
        let (document, entities) = read(text);
        let found = entities.mentions.iter().find(|m| document.str(m.span) == words);
        let entity = found.and_then(|m| entities.entities.get(m.entity.at()));
        assert_eq!(entity.map(|e| (e.kind, e.country.as_deref())), Some((kind, country)), "{text}");
    }
    // A ship that is nobody's, and a state of affairs, are no actors.
    for (text, word) in [("A helicopter landed.", "helicopter"), ("Doe left in a state of shock.", "state")] {
        let (document, entities) = read(text);
        assert!(!entities.mentions.iter().any(|m| document.str(m.span).ends_with(word)), "{text}");
    }
}

#[test]
fn of_two_presidents_the_one_who_was_in_office_with_the_others() {
    let undated = |text: &str| {
        let read = read_article(&Article { id: "t".into(), body: text.into(), ..Article::default() });
        whom(&read, "Bush").map(str::to_owned)
    };
    let younger = "Condoleezza Rice left for Oslo. Bush stayed. President Bush met reporters.";
    assert_eq!(undated(younger).as_deref(), Some("George W. Bush"));
    assert_eq!(undated("Bush stayed. President Bush met reporters.").as_deref(), Some("Bush"));
}

#[test]
fn titles_joined_by_and_are_of_the_name_behind_them() {
    let read = read("Blinken met Deputy Prime Minister and Foreign Minister Jana Novak in Oslo.");
    assert_eq!(whom(&read, "Deputy Prime Minister"), Some("Jana Novak"));
    let (_, entities) = &read;
    let novak = entities.entities.iter().find(|e| e.name == "Jana Novak").unwrap();
    assert_eq!(novak.roles.len(), 2);
}
