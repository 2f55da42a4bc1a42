//! The arrow as a question: `? -urges-> China`.
//!
//! In: the arrow notation, with `?` for anybody and any predicate. Out: the edges that fit. A predicate
//! may also be a family, a PLOVER class (`-REQUEST->`) or the beginning of a CAMEO code (`-02->`), and
//! several with `|` between. Flags, where given, must be the edge's own; words in quotation marks must
//! stand in one of its sentences. A symmetric edge is answered from both ends.

use std::collections::BTreeSet;
use std::str::FromStr;

use petgraph::graph::NodeIndex;

use super::filter::is_called;
use super::name::near;
use super::{Filter, UnknownName, find};
use crate::graph::{KnowledgeGraph, Link};
use crate::relation::arrow::{Arrow, ArrowError, Flags};

/// A pattern as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(pub Arrow);

/// A pattern whose names are nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Who; `None` for anybody, known or not.
    pub subject: Option<BTreeSet<NodeIndex>>,
    /// Which predicates; empty for any.
    pub predicates: Vec<String>,
    /// To whom; `None` for anybody, known or not.
    pub object: Option<BTreeSet<NodeIndex>>,
    /// The flags that an edge must have; `None` for any.
    pub flags: Option<Flags>,
    /// Words, in lower case, that one of the edge's sentences must hold.
    pub words: Option<String>,
}

impl FromStr for Pattern {
    type Err = ArrowError;

    fn from_str(text: &str) -> Result<Pattern, ArrowError> {
        text.parse().map(Pattern)
    }
}

impl Pattern {
    /// Finds whom and what the pattern names.
    ///
    /// # Errors
    /// When the graph has no such node, or no edge of that predicate.
    pub fn resolve(&self, graph: &KnowledgeGraph) -> Result<Question, UnknownName> {
        let Pattern(arrow) = self;
        let nodes = |name: &Option<String>| match name {
            None => Ok(None),
            Some(name) => find(graph, name).map(|found| Some(found.into_iter().collect())),
        };
        let (subject, object) = (nodes(&arrow.subject)?, nodes(&arrow.object)?);
        let names = arrow.predicate.as_deref().unwrap_or("").split('|').map(str::trim);
        let predicates: Vec<String> = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
        for name in &predicates {
            if !graph.links().any(|link| is_called(&link, name)) {
                let known: BTreeSet<&str> = graph.links().map(|link| link.edge.predicate.as_str()).collect();
                let near = near(&name.to_lowercase(), known);
                return Err(UnknownName { what: "edge", name: name.clone(), near });
            }
        }
        Ok(Question {
            subject,
            predicates,
            object,
            flags: (!arrow.flags.is_empty()).then_some(arrow.flags),
            words: arrow.content.as_ref().map(|words| words.to_lowercase()),
        })
    }
}

impl Question {
    /// The edges that fit, in the order of telling; symmetric ones turned as the question has it.
    pub fn links<'g>(&self, graph: &'g KnowledgeGraph, filter: &Filter) -> impl Iterator<Item = Link<'g>> {
        graph.links().filter(|link| filter.admits(link)).filter_map(|link| self.fit(link))
    }

    fn fit<'g>(&self, link: Link<'g>) -> Option<Link<'g>> {
        let edge = link.edge;
        let is_one = |wanted: &Option<BTreeSet<NodeIndex>>, end: Option<NodeIndex>| {
            wanted.as_ref().is_none_or(|wanted| end.is_some_and(|end| wanted.contains(&end)))
        };
        if !self.predicates.is_empty() && !self.predicates.iter().any(|name| is_called(&link, name)) {
            return None;
        }
        if self.flags.is_some_and(|flags| flags != edge.flags()) {
            return None;
        }
        if let Some(words) = &self.words
            && !edge.evidence.iter().any(|evidence| evidence.text.to_lowercase().contains(words))
        {
            return None;
        }
        if is_one(&self.subject, link.subject) && is_one(&self.object, link.object) {
            return Some(link);
        }
        let turned =
            edge.symmetric && is_one(&self.subject, link.object) && is_one(&self.object, link.subject);
        turned.then(|| link.turned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    fn ask(pattern: &str) -> Vec<String> {
        let graph = sample::graph();
        let question = pattern.parse::<Pattern>().unwrap().resolve(&graph).unwrap();
        question.links(&graph, &Filter::default()).map(|link| link.to_string()).collect()
    }

    #[test]
    fn a_question_mark_stands_for_anybody() {
        assert_eq!(ask("? -urges-> China"), ["Antony Blinken -urges-> China"]);
        assert_eq!(ask("? -arrests-> ?"), ["? -arrests-> Jane Doe"]);
        assert_eq!(ask("? -?-> ?").len(), 7);
        assert_eq!(ask("Blinken -?-> ?").len(), 4);
        assert_eq!(ask("China -urges-> ?"), Vec::<String>::new());
    }

    #[test]
    fn a_symmetric_edge_is_answered_from_both_ends() {
        assert_eq!(ask("Blinken -meets-> ?"), ["Antony Blinken -meets-> Chung Eui-yong"]);
        assert_eq!(ask("Chung Eui-yong -meets-> ?"), ["Chung Eui-yong -meets-> Antony Blinken"]);
        assert_eq!(ask("? -meets-> blinken"), ["Chung Eui-yong -meets-> Antony Blinken"]);
    }

    #[test]
    fn predicates_by_code_family_and_choice() {
        assert_eq!(ask("? -02-> ?").len(), 2);
        assert_eq!(ask("? -standing-> ?"), ["Antony Blinken -represents-> United States"]);
        assert_eq!(ask("? -urges|meets-> ?").len(), 2);
    }

    #[test]
    fn flags_and_words_must_be_there() {
        assert_eq!(ask("? -?-> ? [asked]"), ["China -convinces-> North Korea [asked]"]);
        assert_eq!(ask("? -?-> ? [not]"), ["North Korea -accuses-> China [not]"]);
        assert_eq!(ask("? -?-> ? \"ÉNOUGH\"").len(), 2);
    }

    #[test]
    fn an_unknown_predicate_proposes_near_ones() {
        let unknown = "? -urge-> China".parse::<Pattern>().unwrap().resolve(&sample::graph()).unwrap_err();
        assert_eq!(unknown.to_string(), "no edge is called `urge`");
        assert_eq!(unknown.hint().as_deref(), Some("did you mean `urges`?"));
    }
}
