//! Queries to the sample graph, and what is wrong with odd ones.

use proptest::prelude::*;

use super::*;
use crate::graph::{KnowledgeGraph, sample};

/// The rows, each value as a table shows it, `|` between.
fn ask(query: &str) -> Vec<String> {
    ask_of(&sample::graph(), query).unwrap_or_else(|fault| panic!("{query}: {fault}"))
}

fn ask_of(graph: &KnowledgeGraph, query: &str) -> Result<Vec<String>, Fault> {
    let query: Cypher = query.parse()?;
    let index = Index::of(graph);
    let table = query.run(&index, Bound::default())?;
    let row = |row: &Vec<Value<'_>>| row.iter().map(|value| value.shown(graph)).collect::<Vec<_>>().join("|");
    Ok(table.rows.iter().map(row).collect())
}

fn one(query: &str) -> String {
    let rows = ask(query);
    assert_eq!(rows.len(), 1, "{query}: {rows:?}");
    rows.into_iter().next().unwrap()
}

#[test]
fn patterns() {
    assert_eq!(one("MATCH (a)-[:urges]->(b) RETURN a.name, b.name"), "Antony Blinken|China");
    assert_eq!(one("MATCH (b)<-[:urges]-(a) RETURN a.name, b.name"), "Antony Blinken|China");
    assert_eq!(one("MATCH (a:Person)-[r:urges]->(b:Country) RETURN r.weight"), "2");
    assert_eq!(ask("MATCH (a:Country)-[:urges]->(b) RETURN a").len(), 0);
    assert_eq!(one("MATCH (n) RETURN count(*)"), "6");
    assert_eq!(one("MATCH ()-[r]->() RETURN count(r)"), "6", "an edge with one end is no relationship");
    assert_eq!(ask("MATCH (a)-[:meets]->(b) RETURN a.name").len(), 1);
    assert_eq!(ask("MATCH (a)-[:meets]-(b) RETURN a.name").len(), 2);
    assert_eq!(one("MATCH (a {name: 'China'})-[r]->(b) RETURN type(r), b.name"), "convinces|North Korea");
    assert_eq!(one("MATCH (a)-[r {modality: 'asked'}]->(b) RETURN a.name"), "China");
    assert_eq!(
        one("MATCH (a)-[:urges]->(b)-[:convinces]->(c) RETURN a.name, c.name"),
        "Antony Blinken|North Korea"
    );
    assert_eq!(one("MATCH (a)-[:urges]->(b), (b)-[:convinces]->(c) RETURN c.name"), "North Korea");
    assert_eq!(
        one("MATCH (a)-[:urges|convinces*2]->(c) RETURN a.name, c.name"),
        "Antony Blinken|North Korea"
    );
    assert_eq!(ask("MATCH (a)-[:urges|convinces*1..2]->(c) RETURN a, c").len(), 3);
    assert_eq!(ask("MATCH (a:Country)-[*0..1]->(c:Country) RETURN a, c").len(), 5);
    assert_eq!(one("MATCH p = (a)-[:urges]->(b)-[:convinces]->(c) RETURN length(p), size(nodes(p))"), "2|3");
    assert_eq!(
        one("MATCH p = (c {name: 'North Korea'})<-[r:urges|convinces*2]-(a) RETURN p, size(r)"),
        "China -convinces-> North Korea [asked]; Antony Blinken -urges-> China|2"
    );
    assert_eq!(one("MATCH (a:Person|Country {key: 'iso:KP'}) RETURN labels(a), a.kind"), "[Country]|country");
    assert_eq!(one("MATCH (a)-[:URGES]->(b) RETURN b.name"), "China", "types are read in any case");
    assert_eq!(one("MATCH (a)-[:verbal_conflict]->(b) RETURN b.name"), "China", "a class is a type too");
    assert_eq!(
        ask("MATCH (a)-[r]->(b)-[s]->(c) WHERE id(r) = id(s) RETURN a").len(),
        0,
        "no edge serves twice"
    );
    assert_eq!(
        one("MATCH (a) WHERE a.name = 'China' MATCH (b)-[:urges]->(a) RETURN b.name"),
        "Antony Blinken"
    );
    assert_eq!(ask("MATCH (a) MATCH (a {name: 'China'}) RETURN a.key"), ["iso:CN"]);
    assert_eq!(ask("MATCH (a) MATCH (a:Country) WHERE a.name <> 'China' RETURN a.key").len(), 2);
    assert_eq!(one("MATCH (a:Entity) RETURN count(*)"), "6");
}

#[test]
fn optional_and_exists() {
    assert_eq!(
        ask("MATCH (a:Country) OPTIONAL MATCH (a)-[:convinces]->(b) RETURN a.name, b.name ORDER BY a.name"),
        ["China|North Korea", "North Korea|null", "United States|null"]
    );
    assert_eq!(ask("MATCH (a:Country) WHERE (a)-[:convinces]->() RETURN a.name"), ["China"]);
    assert_eq!(ask("MATCH (a:Country) WHERE NOT (a)--(:Person) RETURN a.name"), Vec::<String>::new());
    assert_eq!(
        ask("MATCH (a:Country) WHERE EXISTS { (a)-[r]->(b) WHERE b.name STARTS WITH 'North' } RETURN a.name"),
        ["China"]
    );
    assert_eq!(ask("MATCH (a:Country) WHERE exists((a)<-[:represents]-()) RETURN a.name"), ["United States"]);
}

#[test]
fn conditions() {
    let names = |condition: &str| ask(&format!("MATCH (a) WHERE {condition} RETURN a.name ORDER BY a.name"));
    assert_eq!(names("a.name STARTS WITH 'Chu'"), ["Chung Eui-yong"]);
    assert_eq!(names("a.name ENDS WITH 'Korea'"), ["North Korea"]);
    assert_eq!(names("a.name CONTAINS 'ited'"), ["United States"]);
    assert_eq!(names("a.name =~ '.*K[a-z]+'"), ["North Korea"]);
    assert_eq!(names("a.name =~ 'Korea'"), Vec::<String>::new(), "the whole text must match");
    assert_eq!(names("a.name IN ['China', 'Peru']"), ["China"]);
    assert_eq!(names("a.country IS NULL AND a.mentions > 2"), ["Antony Blinken"]);
    assert_eq!(names("a.country IS NOT NULL").len(), 3);
    assert_eq!(names("a:Country AND NOT a.name = 'China'"), ["North Korea", "United States"]);
    assert_eq!(names("a.name = 'China' OR a.name = 'North Korea'").len(), 2);
    assert_eq!(names("a.name = 'China' XOR a:Country").len(), 2);
    assert_eq!(names("1 < a.mentions <= 3").len(), names("a.mentions > 1 AND a.mentions <= 3").len());
    assert_eq!(names("a.name <> 'China'").len(), 5);
    assert_eq!(names("null"), Vec::<String>::new());
    assert_eq!(names("null OR true").len(), 6);
    assert_eq!(names("NOT null"), Vec::<String>::new());
    assert_eq!(names("'China' IN [a.name, null]"), ["China"]);
    assert_eq!(names("toLower(a.name) = 'china'"), ["China"]);
}

#[test]
fn values_and_functions() {
    for (expression, value) in [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 / 2", "3"),
        ("7 / 2.0", "3.5"),
        ("7 % 4", "3"),
        ("2 ^ 3", "8.0"),
        ("-2 - -3", "1"),
        ("1 = 1.0", "true"),
        ("'a' + 'b' + 1", "ab1"),
        ("[1, 2] + 3", "[1, 2, 3]"),
        ("[1, 2, 3][-1]", "3"),
        ("[1][5]", "null"),
        ("size('äöü')", "3"),
        ("substring('demarche', 2, 4)", "marc"),
        ("left('demarche', 2) + right('demarche', 2)", "dehe"),
        ("replace('a-b', '-', '+')", "a+b"),
        ("split('a,b', ',')", "[a, b]"),
        ("coalesce(null, 2, 3)", "2"),
        ("toInteger('42') + toInteger(1.9)", "43"),
        ("toInteger('x')", "null"),
        ("toFloat('1.5')", "1.5"),
        ("toString(1.0)", "1.0"),
        ("head([1, 2]) + last([1, 2])", "3"),
        ("abs(-3)", "3"),
        ("round(2.5)", "3.0"),
        ("range(1, 5, 2)", "[1, 3, 5]"),
        ("reverse([1, 2])", "[2, 1]"),
        ("date('18 March 2021') < date('2021-03-19')", "true"),
        ("CASE WHEN 1 > 2 THEN 'a' ELSE 'b' END", "b"),
        ("CASE 3 WHEN 3 THEN 'c' END", "c"),
        ("1 < 'a'", "null"),
        ("null + 1", "null"),
        ("'it\\'s'", "it's"),
        ("upper(trim(' x '))", "X"),
    ] {
        assert_eq!(one(&format!("RETURN {expression} AS x")), value, "{expression}");
    }
}

#[test]
fn rows_are_grouped_sorted_and_cut() {
    assert_eq!(
        ask("MATCH (a)-[r]->() RETURN a.name, count(*) AS n ORDER BY n DESC, a.name LIMIT 2"),
        ["Antony Blinken|4", "China|1"]
    );
    assert_eq!(one("MATCH (a)-[r]->() RETURN sum(r.weight), min(r.weight), max(r.weight)"), "8|1|2");
    assert_eq!(one("MATCH (a)-[r]->() RETURN avg(r.weight) > 1.3"), "true");
    assert_eq!(one("MATCH (:Person)-[r]->(b:Country) RETURN count(b), count(DISTINCT b.kind)"), "3|1");
    assert_eq!(
        one("MATCH (b:Country) WITH b.name AS n ORDER BY n RETURN collect(n)"),
        "[China, North Korea, United States]"
    );
    assert_eq!(one("MATCH (b:Other) RETURN count(*)"), "0");
    assert_eq!(ask("MATCH (b:Other) RETURN b.kind, count(*)").len(), 0);
    assert_eq!(one("MATCH (b:Other) RETURN sum(b.mentions), avg(b.mentions), collect(b)"), "0|null|[]");
    assert_eq!(ask("MATCH (a) RETURN DISTINCT a.kind ORDER BY a.kind"), ["country", "person"]);
    assert_eq!(ask("MATCH (a) RETURN a.name ORDER BY a.name SKIP 4"), ["North Korea", "United States"]);
    assert_eq!(
        ask("MATCH (a)-[r]->(b) WITH a, count(*) AS n WHERE n > 1 RETURN a.name, n"),
        ["Antony Blinken|4"]
    );
    assert_eq!(ask("UNWIND [3, 1, 2] AS x RETURN x ORDER BY x DESC"), ["3", "2", "1"]);
    assert_eq!(ask("UNWIND [1, null, 'a', true] AS x RETURN x ORDER BY x"), ["a", "true", "1", "null"]);
    assert_eq!(one("MATCH (a:Country) RETURN count(*) + 1 AS n"), "4");
    assert_eq!(ask("MATCH (a {name: 'China'}) RETURN *"), ["China"]);
    assert_eq!(
        ask("MATCH (a)-[r]->() RETURN a.name AS who, sum(r.weight) ORDER BY sum(r.weight) DESC LIMIT 1"),
        ["Antony Blinken|6"]
    );
    assert_eq!(ask("MATCH (a) RETURN a.name LIMIT 0").len(), 0);
}

#[test]
fn faults_point_at_their_place() {
    let is = |query: &str, what: &str, words: &str, hint: &str| {
        let fault = ask_of(&sample::graph(), query).expect_err(query);
        let length = fault.place.end - fault.place.start;
        let under: String = query.chars().skip(fault.place.start).take(length).collect();
        assert!(fault.what.contains(what), "{query}: {}", fault.what);
        assert_eq!(under, words, "{query}: {}", fault.what);
        assert!(fault.hint.clone().unwrap_or_default().contains(hint), "{query}: {:?}", fault.hint);
    };
    for clause in
        ["CREATE (a)", "MERGE (a)", "SET a.x = 1", "DELETE a", "DETACH DELETE a", "REMOVE a.x", "DROP x"]
    {
        let word = clause.split(' ').next().unwrap();
        is(clause, "read-only", word, "MATCH");
        is(&format!("MATCH (a) {clause}"), "read-only", word, "MATCH");
        is(
            &format!("MATCH (a) RETURN a {}", clause.to_lowercase()),
            "read-only",
            &word.to_lowercase(),
            "MATCH",
        );
    }
    is("CALL db.labels()", "not in this subset", "CALL", "no procedures");
    is("MATCH (a) RETURN a UNION MATCH (b) RETURN b", "not in this subset", "UNION", "two queries");
    is("MTCH (a) RETURN a", "`MTCH`", "MTCH", "did you mean MATCH?");
    is("MATCH (a:Persn) RETURN a", "no node has the label", "Persn", "did you mean `Person`?");
    is("MATCH (a) RETURN a.nam", "no property `nam`", "nam", "did you mean `name`?");
    is("MATCH (a)-[r]->(b) RETURN r.wieght", "no property", "wieght", "did you mean `weight`?");
    is("MATCH (a {nmae: 'x'}) RETURN a", "no property", "nmae", "did you mean `name`?");
    is("MATCH (a) RETURN b", "`b` is not known", "b", "");
    is("MATCH (a) WHERE a.name = China RETURN a", "`China` is not known", "China", "'China'");
    is("MATCH (a) WHERE a.name == 'China' RETURN a", "`==`", "==", "write `=`");
    is("MATCH (a) WHERE count(*) > 1 RETURN a", "cannot stand here", "count(*)", "WITH");
    is("MATCH (a) RETURN foo(a)", "no function `foo`", "foo", "");
    is("MATCH (a) RETURN coutn(a)", "no function", "coutn", "did you mean `count`?");
    is("MATCH (a) RETURN size()", "takes 1 argument", "size()", "");
    is("MATCH (a)", "returns nothing", "", "RETURN");
    is("MATCH (a RETURN a", "`RETURN` stands where `)`", "RETURN", "");
    is("MATCH a RETURN a", "`RETURN` stands where `=`", "RETURN", "");
    is("MATCH (a)-[r:urges->(b) RETURN a", "`-` stands where `]`", "-", "");
    is("MATCH (a)-[*3..1]->(b) RETURN a", "ends before", "*3..1", "*1..3");
    is("MATCH (a)-[*99]->(b) RETURN a", "too long", "*99", "15");
    is("MATCH (a) RETURN $x", "parameters", "$", "");
    is("MATCH (a) WHERE a.name = ‘x’ RETURN a", "quotation mark", "‘", "straight");
    is("MATCH (a) WHERE a.name = 'x RETURN a", "not closed", "'", "");
    is("MATCH (a) RETURN a LIMIT many", "`many`", "many", "LIMIT 10");
    is("MATCH (a) WITH a.name RETURN 1", "needs a name", "a.name", "AS name");
    is("MATCH (a) RETURN a, a", "two columns", "a", "AS name");
    is("MATCH p = shortestPath((a)-[*]->(b)) RETURN p", "shortestPath", "p", "demarche path");
    is("MATCH (a) WHERE a.name =~ '(' RETURN a", "no regular expression", "a.name =~ '('", "");
    is("MATCH (a) WHERE a.name RETURN a", "true or false", "a.name", "");
    is("RETURN 1 / 0", "divided by 0", "1 / 0", "");
    is("MATCH (a) RETURN a + 1", "do not go together", "a + 1", "");
    is("RETURN 99999999999999999999", "too large", "99999999999999999999", "");
    is("MATCH (r)-[r]->(b) RETURN r", "given twice", "r", "another name");
}

#[test]
fn a_type_that_nothing_has_is_doubted() {
    let graph = sample::graph();
    let index = Index::of(&graph);
    let query: Cypher = "MATCH (a)-[:urge]->(b) RETURN a".parse().unwrap();
    let table = query.run(&index, Bound::default()).unwrap();
    assert_eq!(table.rows.len(), 0);
    assert_eq!(table.doubts[0].what, "no relationship has the type `urge`");
    assert_eq!(table.doubts[0].hint.as_deref(), Some("did you mean `urges`?"));
}

#[test]
fn work_is_bounded_and_says_so() {
    let graph = sample::crowd(60, 4000);
    let index = Index::of(&graph);
    let run =
        |query: &str, bound: Bound| query.parse::<Cypher>().unwrap().run(&index, bound).map(|t| t.rows.len());
    let bound = Bound { edges: 100_000, rows: 1000 };
    let fault = run("MATCH (a)-[*1..15]->(b) RETURN count(*)", bound).unwrap_err();
    assert!(fault.what.contains("more than 100000 edges"), "{fault}");
    let fault = run("MATCH (a), (b), (c) RETURN a, b, c", bound).unwrap_err();
    assert!(fault.what.contains("more than"), "{fault}");
    let fault =
        run("UNWIND range(1, 9999) AS a UNWIND range(1, 9999) AS b RETURN count(*)", bound).unwrap_err();
    assert!(fault.what.contains("more than 100000 edges"), "{fault}");
    // With a limit, and no order, it stops once it has enough.
    assert_eq!(run("MATCH (a)-[*1..15]->(b) RETURN a, b LIMIT 5", bound), Ok(5));
    assert_eq!(run("MATCH (a), (b), (c) RETURN count(*) LIMIT 1", Bound::default()), Ok(1));
}

/// Two patterns, the slow way: every pair of edges.
#[test]
fn joins_find_what_trying_every_pair_finds() {
    let graph = sample::crowd(25, 300);
    let whole: Vec<_> = graph.links().filter(|l| l.subject.is_some() && l.object.is_some()).collect();
    let mut told = Vec::new();
    for a in &whole {
        for b in &whole {
            if a.edge.id != b.edge.id && a.object == b.subject && a.edge.predicate != b.edge.predicate {
                told.push(format!("{}|{}", a.edge.id.0, b.edge.id.0));
            }
        }
    }
    told.sort();
    let mut found =
        ask_of(&graph, "MATCH (a)-[r]->(b)-[s]->(c) WHERE r.predicate <> type(s) RETURN r.id, s.id").unwrap();
    found.sort();
    assert!(told.len() > 20, "{}", told.len());
    assert_eq!(found, told);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,100}") {
        look(&text);
    }

    #[test]
    fn any_cypherish_text_is_read_or_refused(words in prop::collection::vec(prop::sample::select(vec![
        "MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "WITH", "UNWIND", "AS x", "ORDER BY", "SKIP 1", "LIMIT 2", "DISTINCT",
        "(a)", "(b:Person)", "(a:Country {name: 'China'})", "-[r:urges]->", "<-[:meets*1..2]-", "--", "-[*]-", "a", "b", "r",
        ".name", ".weight", "=", "<>", "<", ">=", "=~", "IN", "STARTS WITH", "CONTAINS", "IS NULL", "AND", "OR", "NOT",
        "count(*)", "collect(", "size(", "coalesce(", "(", ")", "[", "]", "{", "}", ",", "1", "2.5", "'x'", "\"", "null", "true",
        "EXISTS {", "CASE", "WHEN", "THEN", "END", "+", "-", "*", "/", "^", "|", ":", ";", "é", "`q q`", "$", "//", "/*", "..",
    ]), 0..24)) {
        look(&words.join(" "));
    }

    #[test]
    fn whole_queries_with_one_word_changed(at in 0_usize..40, word in prop::sample::select(vec![
        "", "(", ")", "[", "a", "1", "'", "RETURN", "NOT", "-", "count(*)", "*", "{", ".", "null",
    ])) {
        let query = "MATCH ( a : Person ) - [ r : urges * 1 .. 2 ] -> ( b ) WHERE a . name = 'x' OR size ( r ) > 1 RETURN a . name , count ( * ) AS n ORDER BY n DESC LIMIT 3";
        let mut words: Vec<&str> = query.split(' ').collect();
        let at = at % words.len();
        words[at] = word;
        look(&words.join(" "));
    }
}

/// Reads and runs; a fault must lie in the text and be drawn.
fn look(text: &str) {
    let graph = sample::graph();
    let index = Index::of(&graph);
    let length = text.chars().count();
    let run = text
        .parse::<Cypher>()
        .map(|query| query.run(&index, Bound { edges: 20_000, rows: 200 }).map(|_| ()).err());
    if let Some(fault) = run.unwrap_or_else(Some) {
        assert!(fault.place.start <= length, "{fault:?}");
        let _ = (fault.drawing(), fault.to_string());
    }
}

#[test]
fn deep_and_long_queries_do_not_end_the_stack() {
    for text in [
        format!("RETURN {}1{}", "(".repeat(5000), ")".repeat(5000)),
        format!("RETURN {}", "NOT ".repeat(1900)),
        format!("RETURN {}1", "- ".repeat(1900)),
        format!("RETURN {}1", "1 + ".repeat(900)),
        format!("RETURN {}1", "1 + ".repeat(290)),
        format!("RETURN {}true", "true AND ".repeat(299)),
        format!("RETURN {}1", "1 < ".repeat(99)),
        format!("RETURN {}", "[".repeat(1900)),
        format!("MATCH {}(a) RETURN a", "(a)--".repeat(400)),
        format!("RETURN a{}", ".b".repeat(900)),
        format!("RETURN {}1 {}", "CASE WHEN true THEN ".repeat(300), "END ".repeat(300)),
    ] {
        look(&text);
    }
}
