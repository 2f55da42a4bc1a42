//! What can be seen of one side of a relation.
//!
//! In: a side, its relation, the sentence's tree. Out: features of who it is and how it is named, of its phrase, of the
//! words between it and the trigger, and of the way to it through the tree; where it is open, of who else is named nearby.

use super::super::{Argument, Relation};
use super::feature::{Sink, View, Words, size, yes};
use crate::document::Sentence;
use crate::entity::{Form, Mention};
use crate::lexicon::Kind;
use crate::lexicon::clusters::clusters;
use crate::syntax::{Deprel, Tree, Upos};
use crate::text::{MentionId, TokenId};

/// A path through the tree that is longer than this is cut.
const LONGEST_PATH: usize = 6;
/// So many bytes before a sentence are looked at for whom it may mean.
const BEFORE: u32 = 200;
/// So many mentions are looked at to see who was named last.
const BACK: usize = 100;
/// So many words between a side and the trigger are looked at.
const MOST_BETWEEN: usize = 12;

/// One side of a relation.
pub(super) struct Side<'v, 'a> {
    pub(super) view: &'v View<'a>,
    pub(super) side: &'static str,
    pub(super) predicate: &'v str,
    pub(super) relation: &'v Relation,
    pub(super) sentence: &'v Sentence,
    pub(super) tree: &'v Tree<'a>,
    pub(super) trigger: Option<Words>,
}

impl Side<'_, '_> {
    /// Puts the features of this side; gives the way to it through the tree.
    pub(super) fn features(&self, argument: Option<Argument>, sink: &mut Sink) -> String {
        let (side, rule) = (self.side, self.relation.evidence.rule.as_str());
        let Some(argument) = argument else {
            sink.put(&[side, "open"]);
            sink.put(&[side, "open", self.predicate]);
            sink.put(&[side, "open", rule]);
            self.who_else(sink);
            return "open".to_owned();
        };
        self.entity(argument, sink);
        let inside = self.sentence.span.contains(argument.span);
        let Some(words) = inside.then(|| self.view.words(argument.span, self.sentence)).flatten() else {
            sink.put(&[side, "elsewhere"]);
            sink.put(&[side, "elsewhere", self.predicate]);
            return "elsewhere".to_owned();
        };
        self.phrase(words, sink);
        let Some(trigger) = self.trigger else { return String::new() };
        self.between(words, trigger, sink);
        let path = self.path(trigger.head, words.head);
        sink.put(&[side, "path", &path]);
        sink.put(&[side, "path of", self.predicate, &path]);
        sink.put(&[side, "path of rule", rule, &path]);
        sink.put(&[side, "path of tag", self.view.syntax.xpos[trigger.head.at()].as_str(), &path]);
        path
    }

    /// Who is named in and before the sentence and might be meant, where the side is open.
    fn who_else(&self, sink: &mut Sink) {
        let (view, span) = (self.view, self.sentence.span);
        let other = [self.relation.subject, self.relation.object].map(|side| side.map(|a| a.entity));
        let actors = |from: u32, until: u32| {
            let first = view.entities.mentions.partition_point(|m| m.span.start < from);
            let inside = view.entities.mentions[first..].iter().take_while(|m| m.span.start < until);
            let acts = |m: &Mention| !matches!(view.kind(m.entity), Some(Kind::Place | Kind::Other));
            inside.filter(|m| !other.contains(&Some(m.entity)) && acts(m)).count()
        };
        let trigger = self.relation.evidence.trigger.start;
        let (left, right) = (size(actors(span.start, trigger)), size(actors(trigger, span.end)));
        let before = size(actors(span.start.saturating_sub(BEFORE), span.start));
        sink.put(&[self.side, "open, others", left, right]);
        sink.put(&[self.side, "open, others before", before, left]);
        sink.put(&[self.side, "open, others of", self.predicate, left, right]);
    }

    /// Who it is.
    fn entity(&self, argument: Argument, sink: &mut Sink) {
        let (side, view) = (self.side, self.view);
        let Some(entity) = view.entities.entities.get(argument.entity.at()) else { return };
        let kind = entity.kind.as_str();
        let mention = |id: &MentionId| view.entities.mentions.get(id.at());
        let ends_before = |id: &MentionId| mention(id).is_some_and(|m| m.span.end <= argument.span.start);
        let at = entity.mentions.partition_point(ends_before);
        let own = entity.mentions.get(at).and_then(mention).filter(|m| argument.span.overlaps(m.span));
        let form = own.map_or("", |m| match m.form {
            Form::Name => "name",
            Form::Nominal => "nominal",
            Form::Pronoun => "pronoun",
        });
        let sort = format!("{:?}", entity.sort);
        sink.put(&[side, "kind", kind, form]);
        sink.put(&[side, "kind of", self.predicate, kind, form]);
        sink.put(&[side, "sort", kind, &sort, yes(entity.entry.is_some())]);
        sink.put(&[side, "mentions", size(entity.mentions.len())]);
        sink.put(&[side, "which mention", form, size(if own.is_some() { at } else { 99 })]);
        let words = view.document.str(argument.span);
        sink.put(&[side, "words", words]);
        for word in words.split_whitespace().take(8) {
            sink.put(&[side, "word", word]);
        }
        if form != "pronoun" && form != "nominal" {
            return;
        }
        // How far back it was named, and who else of its kind was named since.
        let mut earlier = entity.mentions.iter().take(at).rev().take(BACK).filter_map(mention);
        let named = earlier.find(|m| m.form == Form::Name);
        let here = self.relation.evidence.sentence.0;
        let gap = named.map_or("never", |m| size(here.saturating_sub(m.sentence.0) as usize));
        let since = named.map_or(0, |named| {
            let first = view.entities.mentions.partition_point(|m| m.span.start <= named.span.start);
            let until = view.entities.mentions[first..].iter().take(BACK);
            let others = until.take_while(|m| m.span.start < argument.span.start);
            let alike =
                |m: &&Mention| m.entity != argument.entity && view.kind(m.entity) == Some(entity.kind);
            others.filter(|m| m.form == Form::Name).filter(alike).count()
        });
        sink.put(&[side, "named before", form, kind, gap]);
        sink.put(&[side, "others since", form, kind, size(since)]);
        sink.put(&[side, "named before, words", words, gap, size(since)]);
    }

    /// The phrase itself.
    fn phrase(&self, words: Words, sink: &mut Sink) {
        let (side, view, tree) = (self.side, self.view, self.tree);
        let (head, rule) = (words.head, self.relation.evidence.rule.as_str());
        let lemma = tree.lemma(head);
        let dep = tree.dep(head).as_str();
        sink.put(&[side, "head", lemma]);
        sink.put(&[side, "head of", self.predicate, lemma]);
        sink.put(&[side, "head tag", view.syntax.xpos[head.at()].as_str(), dep]);
        sink.put(&[side, "head tag of", self.predicate, view.syntax.xpos[head.at()].as_str(), dep]);
        if let Some(c) = clusters(view.document.word(head)) {
            let (coarse, fine) = (c.c64.to_string(), c.c256.to_string());
            sink.put(&[side, "cluster", &coarse]);
            sink.put(&[side, "fine cluster", &fine]);
            sink.put(&[side, "cluster of", self.predicate, &coarse]);
            sink.put(&[side, "cluster of rule", rule, &coarse]);
        }
        if let Some(up) = tree.head(head) {
            sink.put(&[side, "above", dep, tree.lemma(up)]);
            sink.put(&[side, "above tag", dep, view.syntax.upos[up.at()].as_str(), tree.dep(up).as_str()]);
        }
        let mut marks = String::new();
        for child in tree.children(head) {
            let dep = tree.dep(*child);
            sink.put(&[side, "below", dep.as_str()]);
            match dep {
                Deprel::Case | Deprel::Cc | Deprel::Mark => {
                    marks.push_str(tree.lemma(*child));
                    marks.push(' ');
                }
                Deprel::Det | Deprel::Amod | Deprel::Nummod | Deprel::Compound | Deprel::NmodPoss => {
                    sink.put(&[side, "below", dep.as_str(), tree.lemma(*child)]);
                }
                _ => {}
            }
        }
        sink.put(&[side, "marks", &marks, dep]);
        sink.put(&[side, "marks of", self.predicate, &marks]);
        sink.put(&[side, "marks of rule", rule, &marks]);
        for (name, word) in view.near(words, self.sentence) {
            sink.put(&[side, name, word]);
            sink.put(&[side, name, self.predicate, word]);
        }
    }

    /// The words between the trigger and the phrase.
    fn between(&self, words: Words, trigger: Words, sink: &mut Sink) {
        let (side, view) = (self.side, self.view);
        let left = words.first < trigger.first;
        let (from, until) = if left { (words.end, trigger.first) } else { (trigger.end, words.first) };
        let way = if left { "left" } else { "right" };
        let tokens = || (from..until.max(from)).map(TokenId);
        let word = |t: TokenId| view.document.word(t);
        sink.put(&[side, way, size(tokens().len())]);
        sink.put(&[side, way, self.predicate, size(tokens().len())]);
        for t in tokens().take(MOST_BETWEEN) {
            sink.put(&[side, way, "between", word(t)]);
        }
        for (a, b) in tokens().zip(tokens().skip(1)).take(MOST_BETWEEN) {
            sink.put(&[side, way, "between", word(a), word(b)]);
        }
        if tokens().len() <= 3 {
            let all: Vec<&str> = tokens().map(word).collect();
            sink.put(&[side, way, "all between", &all.join(" ")]);
        }
        let count = |is: &dyn Fn(TokenId) -> bool| tokens().filter(|t| is(*t)).count();
        let verbs = count(&|t| view.syntax.upos[t.at()] == Upos::Verb);
        let commas = count(&|t| word(t) == ",");
        sink.put(&[side, way, "verbs between", size(verbs)]);
        sink.put(&[side, way, "commas between", size(commas), size(verbs)]);
        let first = view.entities.mentions.partition_point(|m| m.first.0 < from);
        let names = view.entities.mentions[first..].iter().take_while(|m| m.first.0 < until).count();
        sink.put(&[side, way, "mentions between", size(names)]);
    }

    /// The way from one token to another through the tree: up by `<`, then down by `>`.
    fn path(&self, from: TokenId, to: TokenId) -> String {
        let up = |start: TokenId| {
            let mut chain = vec![start];
            while let Some(next) = chain.last().and_then(|t| self.tree.head(*t)) {
                if chain.len() > LONGEST_PATH * 2 {
                    break;
                }
                chain.push(next);
            }
            chain
        };
        let (left, right) = (up(from), up(to));
        let Some((i, j)) =
            left.iter().enumerate().find_map(|(i, t)| right.iter().position(|r| r == t).map(|j| (i, j)))
        else {
            return "far".to_owned();
        };
        if i + j > LONGEST_PATH {
            return "far".to_owned();
        }
        let mut path = String::new();
        for t in &left[..i] {
            path.push('<');
            path.push_str(self.tree.dep(*t).as_str());
        }
        for t in right[..j].iter().rev() {
            path.push('>');
            path.push_str(self.tree.dep(*t).as_str());
        }
        path
    }
}
