//! What a speaker's words judge: "Lee said Doe was a liar".
//!
//! In: a [`Reading`] and its quotations. Out: [`Stance`]s of speakers toward those who are the
//! subject of a clause inside their words, or whose thing is ("Doe's plan is a disaster"), where the
//! words of the clause judge them. The list `data/language/evaluations.txt` says which words do.
//! Left out: what is done to them ("Doe was attacked"), and clauses inside the clause.

use super::attitude::has_negation;
use super::reading::Reading;
use super::stance::{Party, Side, Stance};
use crate::relation::Quotation;
use crate::syntax::{Deprel, Tree, Upos};
use crate::text::TokenId;
use crate::word_list;

word_list!(
    /// Words that judge.
    WORDS,
    "evaluations.txt"
);

/// How deep below a clause's verb its words are read.
const DEPTH: usize = 3;
/// How far a judgement of one word can be trusted.
const CONFIDENCE: f32 = 0.5;

/// The stances that judging words inside quotations show.
pub(super) fn find(reading: &Reading, quotations: &[Quotation]) -> Vec<Stance> {
    let mentions = &reading.entities.mentions;
    let mut found = Vec::new();
    for (number, quotation) in quotations.iter().enumerate() {
        let Some(span) = quotation.speaker_span.or(quotation.speaker.map(|s| s.span)) else { continue };
        let holder = Party { span, entity: quotation.speaker.map(|s| s.entity) };
        for segment in &quotation.segments {
            let from = mentions.partition_point(|m| m.span.start < segment.start);
            for mention in mentions.iter().skip(from).take_while(|m| m.span.end <= segment.end) {
                if Some(mention.entity) == holder.entity {
                    continue;
                }
                let Some(tree) = reading.tree(mention.head) else { continue };
                let Some((word, side, words)) = judged(reading, tree, mention.head) else { continue };
                found.push(Stance {
                    holder,
                    target: Party { entity: Some(mention.entity), span: mention.span },
                    side,
                    trigger: reading.span(word, word),
                    sentence: reading.document.sentence_of(word),
                    relation: None,
                    quotation: u32::try_from(number).ok(),
                    confidence: CONFIDENCE + 0.05 * f32::from(words.min(4)),
                });
            }
        }
    }
    found
}

/// The first word that judges the noun `head`, the side, and how many words say so.
fn judged(reading: &Reading, tree: &Tree, head: TokenId) -> Option<(TokenId, Side, u8)> {
    // "Doe's plan": whose thing is judged is judged.
    let subject = if tree.dep(head) == Deprel::NmodPoss { tree.head(head)? } else { head };
    if tree.dep(subject) != Deprel::Nsubj {
        return None;
    }
    let clause = tree.head(subject)?;
    let flipped = has_negation(reading, tree, clause);
    let mut sum = 0i32;
    let mut first: Option<TokenId> = None;
    let mut words = 0u8;
    let mut stack = vec![(clause, 0usize)];
    while let Some((token, depth)) = stack.pop() {
        let judges = matches!(reading.upos(token), Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv);
        let value = || WORDS.get(reading.lemma(token)).or_else(|| WORDS.get(&reading.lower(token)));
        if let Some(value) = judges.then(value).flatten() {
            let own = token != clause && has_negation(reading, tree, token);
            let sign = if value == "for" { 1 } else { -1 };
            sum += if own != flipped { -sign } else { sign };
            first = Some(first.map_or(token, |f| f.min(token)));
            words = words.saturating_add(1);
        }
        if depth < DEPTH {
            let below = tree.children(token).iter().copied().filter(|c| *c > subject && !is_apart(tree, *c));
            stack.extend(below.map(|c| (c, depth + 1)));
        }
    }
    let side = match sum.signum() {
        1 => Side::For,
        -1 => Side::Against,
        _ => return None,
    };
    Some((first?, side, words))
}

/// True for a clause of its own.
fn is_apart(tree: &Tree, token: TokenId) -> bool {
    let has_subject =
        tree.child(token, Deprel::Nsubj).is_some() || tree.child(token, Deprel::NsubjPass).is_some();
    has_subject || matches!(tree.dep(token), Deprel::AclRelcl | Deprel::Parataxis)
}
