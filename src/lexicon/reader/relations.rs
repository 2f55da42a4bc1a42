//! Reads one file of the relation lexicon: TOML → checked predicates, frames and examples.
//!
//! In: the text of `data/relations/speech.toml`, or of a user's file. Out: the good predicates, and
//! a [`Problem`] with file, line and hint for each thing that is wrong:
//!
//! ```text
//! speech.toml:4: unknown key `fraems`
//! hint: did you mean `frames`?
//! ```
//!
//! What one file cannot know (does the predicate that `when` names exist?) is checked where files are
//! layered, in `relation_table`. Shared with `build.rs`: only `std` and `toml`.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::frame::{self, Condition, Control, Frame};
use super::super::predicate::Needs;
use super::super::problem::{Problem, nearest};

/// A predicate as one file declares it. What is `None` is left to an earlier layer.
#[derive(Clone, Debug, Default)]
pub struct PredicateEntry {
    /// Its name: `urges`.
    pub name: String,
    /// Where it stands.
    pub line: usize,
    /// The file's name without folder and ending.
    pub family: String,
    /// What it says, with X and Y.
    pub meaning: Option<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// PLOVER class.
    pub plover: Option<String>,
    /// CAMEO's quad class, 0 to 4.
    pub quad: Option<u8>,
    /// Goldstein score.
    pub goldstein: Option<f32>,
    /// How it reads from its other end.
    pub inverse: Option<String>,
    /// Both ends do the same.
    pub symmetric: Option<bool>,
    /// A state, no event.
    pub standing: Option<bool>,
    /// Its frames win over others and tell nothing.
    pub silent: Option<bool>,
    /// Which sides an edge must have.
    pub needs: Option<Needs>,
    /// What the relation becomes under a condition.
    pub when: Vec<(Condition, String)>,
    /// Its frames, every reading.
    pub frames: Vec<Frame>,
    /// Sentences that show it.
    pub examples: Vec<Example>,
}

/// A sentence with the edges that must be found in it.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// Where it stands.
    pub line: usize,
    /// The sentence.
    pub text: String,
    /// The edges, as written.
    pub edges: Vec<String>,
    /// Why nothing must be found.
    pub why: Option<String>,
    /// Why it is known to fail.
    pub fails: Option<String>,
    /// The day of publication.
    pub date: Option<String>,
}

const KEYS: [&str; 16] = [
    "meaning",
    "cameo",
    "plover",
    "quad",
    "goldstein",
    "inverse",
    "symmetric",
    "standing",
    "silent",
    "needs",
    "content",
    "control",
    "when",
    "frames",
    "example",
    "confidence",
];
const FRAME_KEYS: [&str; 5] = ["frame", "cameo", "confidence", "content", "control"];
const EXAMPLE_KEYS: [&str; 5] = ["text", "edges", "why", "fails", "date"];
const PLOVER: [&str; 19] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "YIELD",
    "CONCEDE",
    "RETREAT",
    "INVESTIGATE",
    "DEMAND",
    "REQUEST",
    "DISAPPROVE",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "MOBILIZE",
    "SANCTION",
    "COERCE",
];
const PLOVER_MORE: [&str; 3] = ["ASSAULT", "FIGHT", "STATEMENT"];

/// Reads the text of `file`.
#[must_use]
pub fn read(file: &str, text: &str) -> (Vec<PredicateEntry>, Vec<Problem>) {
    let mut source = Source { file, lines: line_starts(text), problems: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let line = error.span().map_or(0, |s| source.line(s.start));
        source.problems.push(Problem::new(file, line, format!("not TOML: {}", error.message())));
    }
    let family = file.rsplit(['/', '\\']).next().unwrap_or(file).trim_end_matches(".toml").to_owned();
    let mut entries = Vec::new();
    for (at, name, value) in fields(table.get_ref()) {
        let Some(body) = value.get_ref().as_table() else {
            source.say(at, format!("`{name}` is no predicate"), "a predicate is a table: `[urges]`");
            continue;
        };
        let snake = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if name.is_empty() || !name.chars().all(snake) {
            let hint = "write it in lower case, words joined by `_`";
            source.say(at, format!("`{name}` is no name for a predicate"), hint);
            continue;
        }
        let line = source.line(at);
        let entry =
            PredicateEntry { name: name.to_owned(), line, family: family.clone(), ..Default::default() };
        entries.push(source.predicate(entry, body, at));
    }
    source.problems.sort();
    (entries, source.problems)
}

/// A table's fields in the order of the file.
fn fields<'a>(table: &'a DeTable<'_>) -> Vec<(usize, &'a str, &'a Spanned<DeValue<'a>>)> {
    let mut fields: Vec<_> = table.iter().map(|(k, v)| (k.span().start, k.get_ref().as_ref(), v)).collect();
    fields.sort_by_key(|(at, ..)| *at);
    fields
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

struct Source<'a> {
    file: &'a str,
    lines: Vec<usize>,
    problems: Vec<Problem>,
}

impl Source<'_> {
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at)
    }

    fn say(&mut self, at: usize, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Problem::new(self.file, self.line(at), message).hint(hint));
    }

    fn unknown(&mut self, at: usize, key: &str, known: &[&str]) {
        let hint = match nearest(key, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("keys are {}", known.join(", ")),
        };
        self.say(at, format!("unknown key `{key}`"), hint);
    }

    fn string(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::trim);
        if text.is_none_or(str::is_empty) {
            self.say(value.span().start, format!("`{key}` must be a text"), format!("write `{key} = \"…\"`"));
        }
        text.filter(|t| !t.is_empty()).map(str::to_owned)
    }

    fn flag(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<bool> {
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.say(value.span().start, format!("`{key}` must be true or false"), format!("{key} = true"));
        }
        flag
    }

    fn number(&mut self, key: &str, value: &Spanned<DeValue<'_>>, low: f32, high: f32) -> Option<f32> {
        let number = match value.get_ref() {
            DeValue::Integer(n) => n.as_str().parse().ok(),
            DeValue::Float(n) => n.as_str().parse().ok(),
            _ => None,
        };
        let number = number.filter(|n| (low..=high).contains(n));
        if number.is_none() {
            let message = format!("`{key}` must be a number from {low} to {high}");
            self.say(value.span().start, message, format!("{key} = {low}"));
        }
        number
    }

    fn cameo(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let code = self.string("cameo", value)?;
        let root = code.get(..2).and_then(|r| r.parse::<u8>().ok());
        let digits = (2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
        if !digits || !root.is_some_and(|r| (1..=20).contains(&r)) {
            let hint = "two to four digits in quotation marks, from 01 to 20: `cameo = \"042\"`";
            self.say(value.span().start, format!("`{code}` is no CAMEO code"), hint);
            return None;
        }
        Some(code)
    }

    fn condition(&mut self, at: usize, name: &str) -> Option<Condition> {
        let condition = Condition::parse(name);
        if condition.is_none() {
            let names = Condition::NAMES.map(|(n, _)| n);
            let hint = match nearest(name, &names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("one of {}", names.join(", ")),
            };
            self.say(at, format!("unknown condition `{name}`"), hint);
        }
        condition
    }

    fn content(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Condition> {
        let name = self.string("content", value)?;
        if name == "asserted" { None } else { self.condition(value.span().start, &name) }
    }

    fn needs(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Needs> {
        let name = self.string("needs", value)?;
        if Needs::parse(&name).is_none() {
            self.say(value.span().start, format!("`needs` cannot be `{name}`"), "subject, both or either");
        }
        Needs::parse(&name)
    }

    fn control(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Control> {
        match self.string("control", value)?.as_str() {
            "subject" => Some(Control::Subject),
            "object" => Some(Control::Object),
            other => {
                let message = format!("`control` cannot be `{other}`");
                self.say(value.span().start, message, "`subject` or `object` does the infinitive");
                None
            }
        }
    }

    fn predicate(&mut self, mut entry: PredicateEntry, body: &DeTable<'_>, at: usize) -> PredicateEntry {
        let (mut content, mut control, mut confidence) = (None, None, None);
        for (at, key, value) in fields(body) {
            match key {
                "meaning" => entry.meaning = self.string(key, value),
                "cameo" => entry.cameo = self.cameo(value),
                "plover" => entry.plover = self.plover(value),
                "quad" => entry.quad = self.number(key, value, 0.0, 4.0).map(|n| n as u8),
                "goldstein" => entry.goldstein = self.number(key, value, -10.0, 10.0),
                "inverse" => entry.inverse = self.string(key, value),
                "symmetric" => entry.symmetric = self.flag(key, value),
                "standing" => entry.standing = self.flag(key, value),
                "silent" => entry.silent = self.flag(key, value),
                "needs" => entry.needs = self.needs(value),
                "content" => content = self.content(value),
                "control" => control = self.control(value),
                "confidence" => confidence = self.number(key, value, 0.0, 1.0),
                "when" => entry.when = self.when(value),
                "example" => entry.examples = self.examples(value),
                "frames" => {}
                _ => self.unknown(at, key, &KEYS),
            }
        }
        if let Some((_, _, frames)) = fields(body).into_iter().find(|(_, key, _)| *key == "frames") {
            let Some(list) = frames.get_ref().as_array() else {
                let hint = "frames = [ \"SUBJECT urge OBJECT to CONTENT\" ]";
                self.say(frames.span().start, "`frames` must be a list", hint);
                return entry;
            };
            for item in list.iter() {
                for mut frame in self.frame(item, content, control) {
                    if let (Some(confidence), true) = (confidence, item.get_ref().is_str()) {
                        frame.confidence = confidence;
                    }
                    entry.frames.push(frame);
                }
            }
        }
        if !entry.frames.is_empty() && entry.examples.is_empty() {
            let name = &entry.name;
            let hint = format!("write `[[{name}.example]]` with `text` and `edges`");
            self.say(at, format!("`{name}` has frames but no example"), hint);
        }
        entry
    }

    fn plover(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let name = self.string("plover", value)?;
        if !PLOVER.contains(&name.as_str()) && !PLOVER_MORE.contains(&name.as_str()) {
            let hint = nearest(&name, &PLOVER).map_or(PLOVER.join(", "), |n| format!("did you mean {n}?"));
            self.say(value.span().start, format!("`{name}` is no PLOVER class"), hint);
            return None;
        }
        Some(name)
    }

    fn when(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<(Condition, String)> {
        let Some(table) = value.get_ref().as_table() else {
            self.say(value.span().start, "`when` must be a table", "when = { negated = \"rejects\" }");
            return Vec::new();
        };
        let mut when = Vec::new();
        for (at, key, value) in fields(table) {
            if let (Some(condition), Some(name)) = (self.condition(at, key), self.string(key, value)) {
                when.push((condition, name));
            }
        }
        when
    }

    fn frame(
        &mut self,
        item: &Spanned<DeValue<'_>>,
        content: Option<Condition>,
        control: Option<Control>,
    ) -> Vec<Frame> {
        let at = item.span().start;
        let (mut content, mut control, mut code, mut confidence) = (content, control, None, None);
        let mut text = item.get_ref().as_str().map(str::to_owned);
        if let Some(table) = item.get_ref().as_table() {
            for (at, key, value) in fields(table) {
                match key {
                    "frame" => text = self.string(key, value),
                    "cameo" => code = self.cameo(value),
                    "confidence" => confidence = self.number(key, value, 0.0, 1.0),
                    "content" => content = self.content(value),
                    "control" => control = self.control(value),
                    _ => self.unknown(at, key, &FRAME_KEYS),
                }
            }
        }
        let Some(text) = text else {
            self.say(at, "a frame must be a text", "write \"SUBJECT urge OBJECT to CONTENT\"");
            return Vec::new();
        };
        match frame::parse(&text) {
            Ok(frames) => {
                let dress = |mut frame: Frame| {
                    frame.code.clone_from(&code);
                    frame.content = content;
                    frame.confidence = confidence.unwrap_or(frame.confidence);
                    frame.control = control.unwrap_or(frame.control);
                    frame
                };
                frames.into_iter().map(dress).collect()
            }
            Err(error) => {
                self.say(at, format!("frame `{text}`: {}", error.message), error.hint);
                Vec::new()
            }
        }
    }

    fn examples(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Example> {
        let Some(list) = value.get_ref().as_array() else {
            self.say(value.span().start, "`example` must be a list of tables", "write `[[urges.example]]`");
            return Vec::new();
        };
        let mut examples = Vec::new();
        for item in list.iter() {
            let at = item.span().start;
            let Some(table) = item.get_ref().as_table() else {
                self.say(at, "an example must be a table", "write `[[urges.example]]`");
                continue;
            };
            let mut example = Example { line: self.line(at), ..Default::default() };
            let mut edges = None;
            for (at, key, value) in fields(table) {
                match key {
                    "text" => example.text = self.string(key, value).unwrap_or_default(),
                    "why" => example.why = self.string(key, value),
                    "fails" => example.fails = self.string(key, value),
                    "date" => example.date = self.string(key, value),
                    "edges" => edges = self.edges(value),
                    _ => self.unknown(at, key, &EXAMPLE_KEYS),
                }
            }
            if example.text.is_empty() {
                self.say(at, "an example without `text`", "write the sentence: `text = \"…\"`");
                continue;
            }
            match edges {
                None => {
                    self.say(at, "an example without `edges`", "`edges = []` where nothing must be found")
                }
                Some(edges) if edges.is_empty() && example.why.is_none() => {
                    self.say(at, "an example without edges must say why", "write `why = \"…\"`");
                }
                Some(edges) => {
                    example.edges = edges;
                    examples.push(example);
                }
            }
        }
        examples
    }

    fn edges(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        let Some(list) = value.get_ref().as_array() else {
            self.say(value.span().start, "`edges` must be a list", "edges = [ \"A -urges-> B\" ]");
            return None;
        };
        let mut edges = Vec::new();
        for item in list.iter() {
            let Some(text) = item.get_ref().as_str() else {
                self.say(item.span().start, "an edge must be a text", "\"A -urges-> B\"");
                continue;
            };
            // The whole notation is read where the examples run; here only its shape.
            let tail = text.split_once("->").map(|(left, _)| left);
            if tail.is_some_and(|left| {
                left.rsplit_once('-').is_some_and(|(s, p)| !s.is_empty() && !p.is_empty())
            }) {
                edges.push(text.to_owned());
            } else {
                self.say(
                    item.span().start,
                    format!("`{text}` is no arrow"),
                    "write \"A -urges-> B [asked]\"",
                );
            }
        }
        Some(edges)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\n[urges]\nmeaning = \"X asks Y.\"\ncameo = \"020\"\nplover = \"REQUEST\"\nquad = 0\n\
        goldstein = 3\ninverse = \"is urged by\"\ncontent = \"asked\"\nwhen = { negated = \"rejects\" }\n\
        frames = [\n \"SUBJECT urge OBJECT to CONTENT\",\n \
        { frame = \"SUBJECT beg OBJECT\", cameo = \"021\", confidence = 0.5 },\n]\n\
        [[urges.example]]\ntext = \"A urges B to go.\"\nedges = [\"A -urges-> B\"]\n";

    #[test]
    fn reads_a_predicate() {
        let (entries, problems) = read("data/relations/appeals.toml", GOOD);
        assert_eq!(problems, []);
        let urges = &entries[0];
        assert_eq!((urges.name.as_str(), urges.family.as_str(), urges.line), ("urges", "appeals", 2));
        assert_eq!(urges.frames[0].content, Some(Condition::Asked));
        assert_eq!(urges.frames[1].code.as_deref(), Some("021"));
        assert_eq!(urges.when, [(Condition::Negated, "rejects".to_owned())]);
        assert_eq!(urges.examples[0].line, 15);
    }

    #[test]
    fn names_the_line_and_the_remedy() {
        let cases = [
            (
                "cameo = \"020\"",
                "cmaeo = \"020\"",
                "x.toml:4: unknown key `cmaeo`\nhint: did you mean `cameo`?",
            ),
            ("cameo = \"020\"", "cameo = \"21\"", "x.toml:4: `21` is no CAMEO code"),
            ("beg OBJECT", "beg OBJECKT", "x.toml:13: frame `SUBJECT beg OBJECKT`: unknown slot `OBJECKT`"),
            ("A -urges-> B", "A urges B", "x.toml:17: `A urges B` is no arrow"),
            ("\"asked\"", "\"askd\"", "x.toml:9: unknown condition `askd`\nhint: did you mean `asked`?"),
            ("[\"A -urges-> B\"]", "[]", "x.toml:15: an example without edges must say why"),
            ("quad = 0", "quad = 7", "x.toml:6: `quad` must be a number from 0 to 4"),
            ("goldstein = 3", "goldstein = ", "x.toml:7: not TOML"),
        ];
        for (good, bad, message) in cases {
            let (_, problems) = read("x.toml", &GOOD.replacen(good, bad, 1));
            let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
            assert!(said.iter().any(|s| s.starts_with(message)), "{bad}: {said:#?}");
        }
    }

    #[test]
    fn frames_need_an_example() {
        let (_, problems) = read("x.toml", "[urges]\nframes = [\"SUBJECT urge OBJECT\"]\n");
        assert_eq!(problems[0].line, 1);
        assert!(problems[0].message.contains("no example"));
    }
}
