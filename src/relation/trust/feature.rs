//! What can be seen of an edge: the features that its confidence is the sum of.
//!
//! In: a document with all its layers and one of its relations. Out: bucket numbers below [`BUCKETS`], one a feature, of
//! strings such as `subject.path nsubj` or `between with`: the predicate and the rule, the words and tags around the
//! trigger, and for each side its kind, its words, the way to it through the tree and the words between.

use std::collections::{HashMap, HashSet};

use super::super::{Argument, Polarity, Quotation, Relation};
use super::quoted;
use super::side::Side;
use crate::document::{Document, Sentence};
use crate::entity::{Entities, Entity};
use crate::lexicon::{Kind, Lexicon};
use crate::syntax::{Deprel, Syntax, Tree};
use crate::text::{EntityId, Span, TokenId};

/// How many buckets there are.
pub const BUCKETS: usize = 1 << 18;

/// A document's layers, for asking about its relations one after the other.
pub struct View<'a> {
    pub(super) document: &'a Document,
    pub(super) syntax: &'a Syntax,
    pub(super) entities: &'a Entities,
    lexicon: &'a Lexicon,
    /// How many relations have this trigger.
    siblings: HashMap<Span, usize>,
    /// Whether the syntax is of this document.
    fits: bool,
    /// The trees of the sentences that have relations.
    trees: HashMap<usize, Tree<'a>>,
}

/// Of what the features are.
#[derive(Clone, Copy)]
enum Of {
    Relation,
    Quotation,
}

/// Where the words of a side or a trigger stand.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) first: u32,
    pub(super) end: u32,
    pub(super) head: TokenId,
}

/// Takes features; those of quotations are others than those of relations.
pub(super) struct Sink<'s> {
    features: &'s mut Vec<u32>,
    seed: u64,
}

impl<'s> Sink<'s> {
    fn new(features: &'s mut Vec<u32>, of: Of) -> Self {
        let seed = match of {
            Of::Relation => 0xcbf2_9ce4_8422_2325,
            Of::Quotation => 0x9ae1_6a3b_2f90_404f,
        };
        Sink { features, seed }
    }

    pub(super) fn put(&mut self, parts: &[&str]) {
        let mut hash = self.seed;
        let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        for part in parts {
            part.bytes().for_each(|b| add(b.to_ascii_lowercase()));
            add(0x1f);
        }
        self.features.push(((hash ^ (hash >> 29)) % BUCKETS as u64) as u32);
    }
}

fn each_once(mut features: Vec<u32>) -> Vec<u32> {
    features.sort_unstable();
    features.dedup();
    features
}

/// A number as one of a few sizes.
pub(super) fn size(n: usize) -> &'static str {
    match n {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4..=5 => "4",
        6..=8 => "6",
        9..=13 => "9",
        14..=20 => "14",
        _ => "21",
    }
}

pub(super) fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

impl<'a> View<'a> {
    /// A view of all `relations` of a document; `syntax` is the one that they were found in
    /// ([`super::super::repair::repair`]). Where it is not of this document, nothing is seen.
    #[must_use]
    pub fn new(
        document: &'a Document,
        syntax: &'a Syntax,
        entities: &'a Entities,
        lexicon: &'a Lexicon,
        relations: &[Relation],
    ) -> Self {
        let fits = syntax.fits(document.tokens.len());
        let (mut siblings, mut trees) = (HashMap::new(), HashMap::new());
        // What is told twice alike counts once.
        let mut told = HashSet::new();
        for relation in relations {
            let Relation { predicate, polarity, modality, evidence, .. } = relation;
            let sides = [relation.subject, relation.object].map(|side| side.map(|s| s.entity));
            if told.insert((evidence.trigger, *predicate, sides, *polarity, *modality)) {
                *siblings.entry(evidence.trigger).or_insert(0) += 1;
            }
            let at = evidence.sentence.at();
            if let Some(sentence) = document.sentences.get(at).filter(|_| fits) {
                trees.entry(at).or_insert_with(|| Tree::new(syntax, sentence));
            }
        }
        View { document, syntax, entities, lexicon, siblings, fits, trees }
    }

    /// The features of a relation, each once, in rising order. Linear in the length of its sentence.
    #[must_use]
    pub fn features(&self, relation: &Relation) -> Vec<u32> {
        let mut features = Vec::new();
        self.put(relation, &mut Sink::new(&mut features, Of::Relation));
        each_once(features)
    }

    /// The features of a quotation, each once, in rising order. Linear in the length of its words.
    #[must_use]
    pub fn features_of_quotation(&self, quotation: &Quotation) -> Vec<u32> {
        let mut features = Vec::new();
        let mut sink = Sink::new(&mut features, Of::Quotation);
        self.put(&quoted::relation(quotation), &mut sink);
        if self.fits {
            quoted::words(self, quotation, &mut sink);
        }
        each_once(features)
    }

    fn put(&self, relation: &Relation, sink: &mut Sink) {
        let sentence = self.document.sentences.get(relation.evidence.sentence.at());
        let Some(sentence) = sentence.filter(|_| self.fits) else { return };
        let own;
        let tree = match self.trees.get(&relation.evidence.sentence.at()) {
            Some(tree) => tree,
            None => {
                own = Tree::new(self.syntax, sentence);
                &own
            }
        };
        let predicate = self.lexicon.predicates.get(relation.predicate.at()).map_or("", |p| p.name.as_str());
        let trigger = self.words(relation.evidence.trigger, sentence);
        self.whole(relation, predicate, sentence, sink);
        if let Some(trigger) = trigger {
            self.around(trigger, predicate, sentence, tree, sink);
        }
        let sides = [("subject", relation.subject), ("object", relation.object)];
        let paths = sides.map(|(side, argument)| {
            let seen = Side { view: self, side, predicate, relation, sentence, tree, trigger };
            seen.features(argument, sink)
        });
        sink.put(&["paths", &paths[0], &paths[1]]);
        sink.put(&["paths of", predicate, &paths[0], &paths[1]]);
        self.pair(relation, predicate, sink);
    }

    /// What the relation says of itself.
    fn whole(&self, relation: &Relation, predicate: &str, sentence: &Sentence, sink: &mut Sink) {
        let rule = relation.evidence.rule.as_str();
        let grade = format!("{:.1}", relation.evidence.grade);
        let polarity = if relation.polarity == Polarity::Negated { "not" } else { "" };
        let modality = relation.modality.as_str();
        sink.put(&["all"]);
        sink.put(&["grade", &grade]);
        sink.put(&["predicate", predicate]);
        sink.put(&["rule", rule]);
        sink.put(&["mood", polarity, modality]);
        sink.put(&["mood of", predicate, polarity, modality]);
        sink.put(&["mood of rule", rule, polarity, modality]);
        sink.put(&["said by somebody", yes(relation.attribution.is_some()), modality]);
        sink.put(&["inside another", yes(relation.within.is_some()), modality]);
        sink.put(&["content", predicate, yes(relation.content.is_some())]);
        sink.put(&["dated", predicate, yes(relation.time.is_some())]);
        let number = relation.evidence.sentence.at();
        sink.put(&["zone", &format!("{:?}", sentence.zone), size(number.min(3))]);
        let before = Span {
            start: sentence.span.start,
            end: relation.evidence.trigger.start.max(sentence.span.start),
        };
        let marks = self.document.str(before).chars().filter(|c| matches!(c, '"' | '“' | '”')).count();
        sink.put(&["marks before", size(marks.min(3)), yes(marks % 2 == 1)]);
        sink.put(&["in marks", predicate, yes(marks % 2 == 1)]);
        sink.put(&["length", size(sentence.tokens().len() / 4)]);
        sink.put(&["siblings", size(self.siblings.get(&relation.evidence.trigger).copied().unwrap_or(0))]);
        if let Some(title) = rule.split_once(": ").map(|(sort, title)| (sort, title.rsplit(' ').next())) {
            sink.put(&["title", title.0]);
            sink.put(&["title", title.0, title.1.unwrap_or("")]);
        }
    }

    /// The trigger, and the words and tags around it.
    fn around(&self, trigger: Words, predicate: &str, sentence: &Sentence, tree: &Tree, sink: &mut Sink) {
        let head = trigger.head;
        let lemma = tree.lemma(head);
        let xpos = self.syntax.xpos[head.at()].as_str();
        let dep = tree.dep(head).as_str();
        sink.put(&["trigger", lemma]);
        sink.put(&["trigger tag", xpos, dep]);
        sink.put(&["trigger tag of", predicate, xpos, dep]);
        sink.put(&["trigger tag of", lemma, xpos, dep]);
        sink.put(&["trigger words", &self.text(trigger)]);
        if let Some(up) = tree.head(head) {
            sink.put(&["above", dep, tree.lemma(up)]);
            sink.put(&["above tag", dep, self.syntax.upos[up.at()].as_str(), tree.dep(up).as_str()]);
        }
        for child in tree.children(head) {
            let dep = tree.dep(*child);
            sink.put(&["below", dep.as_str()]);
            sink.put(&["below", lemma, dep.as_str()]);
            let telling = matches!(
                dep,
                Deprel::Aux
                    | Deprel::AuxPass
                    | Deprel::Mark
                    | Deprel::Case
                    | Deprel::Advmod
                    | Deprel::CompoundPrt
                    | Deprel::Det
                    | Deprel::Cc
                    | Deprel::Amod
                    | Deprel::Compound
            );
            if telling {
                sink.put(&["below", dep.as_str(), tree.lemma(*child)]);
            }
        }
        for (name, word) in self.near(trigger, sentence) {
            sink.put(&[name, word]);
            sink.put(&[name, lemma, word]);
        }
        let (before, after) = (trigger.first.saturating_sub(4), trigger.end + 3);
        for at in before.max(sentence.first.0)..trigger.first {
            sink.put(&["before trigger", self.document.word(TokenId(at))]);
        }
        for at in trigger.end..after.min(sentence.end.0) {
            sink.put(&["after trigger", self.document.word(TokenId(at))]);
        }
    }

    /// What the two sides are to each other.
    fn pair(&self, relation: &Relation, predicate: &str, sink: &mut Sink) {
        let entity = |a: Option<Argument>| a.and_then(|a| self.entities.entities.get(a.entity.at()));
        let (subject, object) = (entity(relation.subject), entity(relation.object));
        let kind = |e: Option<&Entity>| e.map_or("open", |e| e.kind.as_str());
        let rule = relation.evidence.rule.as_str();
        sink.put(&["kinds", kind(subject), kind(object)]);
        sink.put(&["kinds of", predicate, kind(subject), kind(object)]);
        sink.put(&["kinds of rule", rule, kind(subject), kind(object)]);
        if let (Some(a), Some(b)) = (subject, object) {
            let same = a.country.is_some() && (a.country == b.country || a.country.as_ref() == Some(&b.key))
                || b.country.as_ref() == Some(&a.key);
            sink.put(&["one country", predicate, yes(same)]);
        }
        let at = |a: Option<Argument>| a.map(|a| a.span.start);
        let mut order = [
            (at(relation.subject), "s"),
            (Some(relation.evidence.trigger.start), "t"),
            (at(relation.object), "o"),
        ];
        order.sort_by_key(|(at, _)| *at);
        let order: String = order.iter().filter(|(at, _)| at.is_some()).map(|(_, name)| *name).collect();
        sink.put(&["order", &order]);
        sink.put(&["order of rule", rule, &order]);
    }

    /// Of what kind somebody is.
    pub(super) fn kind(&self, entity: EntityId) -> Option<Kind> {
        self.entities.entities.get(entity.at()).map(|e| e.kind)
    }

    /// The tokens of a span within a sentence, and the one that governs them.
    pub(super) fn words(&self, span: Span, sentence: &Sentence) -> Option<Words> {
        let first = self.document.tokens.partition_point(|t| t.end <= span.start) as u32;
        let first = first.max(sentence.first.0);
        let inside = |at: &u32| self.document.tokens.get(*at as usize).is_some_and(|t| t.start < span.end);
        let end = (first..sentence.end.0).take_while(inside).last()? + 1;
        let outside = |t: &u32| match self.syntax.head.get(*t as usize).copied().flatten() {
            Some(up) => up.0 < first || up.0 >= end,
            None => true,
        };
        let head = TokenId((first..end).find(outside).unwrap_or(first));
        Some(Words { first, end, head })
    }

    fn text(&self, words: Words) -> String {
        let words: Vec<&str> =
            (words.first..words.end).take(6).map(|t| self.document.word(TokenId(t))).collect();
        words.join(" ")
    }

    /// The words next to some words.
    pub(super) fn near(&self, words: Words, sentence: &Sentence) -> [(&'static str, &'a str); 2] {
        let word = |at: Option<u32>| match at {
            Some(at) if sentence.first.0 <= at && at < sentence.end.0 => self.document.word(TokenId(at)),
            _ => "",
        };
        [("left", word(words.first.checked_sub(1))), ("right", word(Some(words.end)))]
    }
}
