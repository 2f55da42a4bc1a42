//! What can be seen of a quotation beside what can be seen of a relation.
//!
//! In: a quotation. Out: the relation that it would be, from speaker to addressee with its cue as trigger; and features of the
//! words: how they begin and end, how long they are, what stands around them, of what sort and shape they are.

use super::super::{Evidence, Quotation, Relation};
use super::feature::{Sink, View, size, yes};
use crate::text::{PredicateId, Span, TokenId};

/// The quotation as a relation without a predicate.
pub(super) fn relation(quotation: &Quotation) -> Relation {
    let words = quotation.segments.first().copied().unwrap_or_default();
    Relation {
        predicate: PredicateId(u32::MAX),
        subject: quotation.speaker,
        object: quotation.addressee,
        content: Some(words),
        time: quotation.time,
        evidence: Evidence {
            sentence: quotation.sentence,
            trigger: quotation.cue.unwrap_or(words),
            rule: quotation.kind.as_str().to_owned(),
            grade: quotation.grade,
        },
        ..Relation::default()
    }
}

/// Features of the words.
pub(super) fn words(view: &View, quotation: &Quotation, sink: &mut Sink) {
    let kind = quotation.kind.as_str();
    let grade = format!("{:.2}", quotation.grade);
    let cue = quotation.cue.map_or("", |cue| view.document.str(cue));
    let lemma = quotation.cue.and_then(|cue| tokens(view, cue).next_back()).map_or("", |t| lemma(view, t));
    sink.put(&["quoted", kind, &grade]);
    sink.put(&["quoted, cue", kind, cue]);
    sink.put(&["quoted, cue", kind, lemma]);
    sink.put(&[
        "quoted, speaker",
        kind,
        yes(quotation.speaker.is_some()),
        yes(quotation.speaker_span.is_some()),
    ]);
    if let Some(span) = quotation.speaker_span {
        for word in view.document.str(span).split_whitespace().take(8) {
            sink.put(&["quoted, speaker word", word]);
        }
        sink.put(&["quoted, speaker words", view.document.str(span)]);
    }
    sink.put(&["quoted, segments", kind, size(quotation.segments.len())]);
    sink.put(&["quoted, about", size(quotation.about.len())]);
    let (Some(first), Some(last)) = (quotation.segments.first(), quotation.segments.last()) else { return };
    let all: usize = quotation.segments.iter().map(|s| tokens(view, *s).len()).sum();
    sink.put(&["quoted, length", kind, size(all / 2)]);
    sink.put(&["quoted, length", lemma, size(all / 2)]);
    let inside = || tokens(view, *first);
    for token in inside().take(4) {
        sink.put(&["quoted, begins", lemma, word(view, token)]);
    }
    if let Some(token) = inside().next() {
        let (xpos, dep) = (view.syntax.xpos[token.at()].as_str(), view.syntax.dep[token.at()].as_str());
        sink.put(&["quoted, first", word(view, token)]);
        sink.put(&["quoted, first tag", kind, xpos, dep]);
        sink.put(&["quoted, first tag of", lemma, xpos, dep]);
        let before = TokenId(token.0.saturating_sub(1));
        sink.put(&["quoted, before", kind, word(view, before)]);
    }
    // What governs the words, and how it hangs.
    let outside = |t: &TokenId| {
        view.syntax.head.get(t.at()).copied().flatten().is_none_or(|up| !first.contains(span(view, up)))
    };
    if let Some(root) = inside().find(outside) {
        let (xpos, dep) = (view.syntax.xpos[root.at()].as_str(), view.syntax.dep[root.at()].as_str());
        sink.put(&["quoted, root", kind, xpos, dep]);
        sink.put(&["quoted, root of", lemma, xpos, dep]);
    }
    if let Some(token) = tokens(view, *last).next_back() {
        let after = TokenId(token.0 + 1);
        sink.put(&["quoted, last", kind, word(view, token)]);
        sink.put(&["quoted, after", kind, word(view, after)]);
        sink.put(&["quoted, after", kind, word(view, after), word(view, TokenId(after.0 + 1))]);
        let tag = view.syntax.dep.get(after.at()).map_or("", |d| d.as_str());
        sink.put(&["quoted, after tag", kind, tag]);
    }
    let sentences = |span: Span| {
        let from = view.document.sentences.partition_point(|s| s.span.end <= span.start);
        view.document.sentences[from..].iter().take_while(|s| s.span.start < span.end).count()
    };
    sink.put(&[
        "quoted, sentences",
        kind,
        size(sentences(Span { start: first.start, end: last.end.max(first.start) })),
    ]);
    if let Some(cue) = quotation.cue {
        let order = if cue.start < first.start {
            "cue first"
        } else if cue.start >= last.end {
            "words first"
        } else {
            "between"
        };
        sink.put(&["quoted, order", kind, order]);
        sink.put(&["quoted, order", kind, order, lemma]);
    }
}

fn tokens(view: &View, words: Span) -> impl ExactSizeIterator<Item = TokenId> + DoubleEndedIterator + use<> {
    let from = view.document.tokens.partition_point(|t| t.end <= words.start);
    let until = view.document.tokens.partition_point(|t| t.start < words.end).max(from);
    (from..until).map(TokenId::from)
}

fn word<'a>(view: &View<'a>, token: TokenId) -> &'a str {
    if token.at() < view.document.tokens.len() { view.document.word(token) } else { "" }
}

fn lemma<'a>(view: &View<'a>, token: TokenId) -> &'a str {
    view.syntax.lemma.get(token.at()).map_or("", String::as_str)
}

fn span(view: &View, token: TokenId) -> Span {
    view.document.tokens.get(token.at()).copied().unwrap_or_default()
}
