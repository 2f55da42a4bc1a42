//! Words that are for or against somebody by themselves: "praised", "critical of", "his support for".
//!
//! In: a [`Reading`]. Out: [`Stance`]s. The graded list `data/language/stances.txt` says of each
//! word where the other stands (object of a verb, noun after a preposition); the tree says who holds
//! it: the subject, the agent of a passive, the owner of a noun.
//!
//! ```text
//! Doe was praised by Lee.          Lee for Doe
//! Lee's criticism of Doe           Lee against Doe
//! Lee, a critic of Doe, …          Lee against Doe
//! ```

use super::cue;
use super::reading::Reading;
use super::speaker::{self, Speaker};
use super::stance::{self, Party, Side, Stance};
use crate::syntax::{Deprel, Tree, Upos};
use crate::text::TokenId;
use crate::word_list;

word_list!(
    /// Words for and against, with graded patterns.
    WORDS,
    "stances.txt"
);
word_list!(
    /// Verbs that turn what they govern round: "refused to endorse".
    REFUSALS,
    "refusals.txt"
);

/// The least grade, of 9, that counts.
const LEAST_GRADE: u8 = 5;
/// How many tokens of a noun phrase are searched for names.
const REACH: u32 = 12;

/// The stances that single words show.
pub(super) fn find(reading: &Reading) -> Vec<Stance> {
    let mut found = Vec::new();
    for (sentence, tree) in reading.document.sentences.iter().zip(&reading.trees) {
        for token in sentence.tokens() {
            let Some(patterns) = WORDS.get(reading.lemma(token)) else { continue };
            match reading.upos(token) {
                Upos::Verb => of_verb(reading, tree, token, patterns, &mut found),
                Upos::Noun => of_noun(reading, tree, token, patterns, &mut found),
                Upos::Adj => of_adjective(reading, tree, token, patterns, &mut found),
                _ => {}
            }
        }
    }
    found
}

/// The side and grade that the list gives a pattern.
fn graded(patterns: &str, pattern: &str) -> Option<(Side, u8)> {
    patterns.split(' ').find_map(|item| {
        let (name, grade) = item.get(1..)?.split_at_checked(item.len().checked_sub(2)?)?;
        (name == pattern).then(|| stance::side_and_grade(&format!("{}{grade}", item.get(..1)?)))?
    })
}

/// Takes "not", "never" and "refused to" into account.
fn turned(reading: &Reading, tree: &Tree, word: TokenId, side: Side, grade: u8) -> Option<(Side, u8)> {
    let governor = tree.head(word).filter(|_| tree.dep(word) == Deprel::Xcomp);
    let refused = governor.is_some_and(|verb| REFUSALS.get(tree.lemma(verb)).is_some());
    let count = u8::from(refused)
        + u8::from(has_negation(reading, tree, word))
        + u8::from(governor.is_some_and(|verb| has_negation(reading, tree, verb)));
    if count % 2 == 1 { stance::negated(side, grade) } else { Some((side, grade)) }
}

/// True if "not", "never" or "no" hangs on a word.
pub(super) fn has_negation(reading: &Reading, tree: &Tree, word: TokenId) -> bool {
    tree.children(word).iter().any(|c| {
        matches!(reading.lower(*c).as_str(), "not" | "n't" | "n’t" | "never" | "no" | "nor" | "neither")
    })
}

fn of_verb(reading: &Reading, tree: &Tree, verb: TokenId, patterns: &str, found: &mut Vec<Stance>) {
    let passive = speaker::is_passive(tree, verb);
    let agent = tree.child(verb, Deprel::OblAgent);
    let mut targets = Vec::new();
    if let Some(grade) = graded(patterns, "n") {
        let patient = match tree.dep(verb) {
            _ if passive => tree.child(verb, Deprel::NsubjPass),
            // "Doe, praised by Lee, …"
            Deprel::Acl if agent.is_some() => tree.head(verb),
            // "blasted what he called Doe's motives"
            _ => tree.objects(verb).find(|o| *o > verb).or_else(|| tree.child(verb, Deprel::Ccomp)),
        };
        targets.extend(patient.map(|p| (p, grade)));
    }
    for child in tree.children(verb).iter().copied().filter(|c| tree.dep(*c) == Deprel::Obl && *c > verb) {
        let case = tree.child(child, Deprel::Case);
        targets.extend(case.and_then(|case| Some((child, graded(patterns, tree.lemma(case))?))));
    }
    if targets.is_empty() {
        return;
    }
    let holder = match agent {
        Some(agent) => Some(speaker::phrase(reading, tree, agent, verb)),
        None if passive => None,
        None => speaker::of_verb(reading, tree, &cue::any(reading, verb)),
    };
    for (target, grade) in targets {
        push(reading, tree, verb, holder, target, grade, found);
    }
}

fn of_noun(reading: &Reading, tree: &Tree, noun: TokenId, patterns: &str, found: &mut Vec<Stance>) {
    if patterns.contains('@') {
        of_agent(reading, tree, noun, patterns, found);
    }
    let owner = |token| speaker::phrase(reading, tree, token, noun);
    let by = || {
        tree.children_by(noun, Deprel::Nmod).find(|c| {
            tree.child(*c, Deprel::Case)
                .is_some_and(|case| matches!(tree.lemma(case), "by" | "from" | "among"))
        })
    };
    // "Lee's criticism", "criticism by Lee", "Lee is a critic", "Lee, a critic", "voiced criticism".
    let holder = tree
        .child(noun, Deprel::NmodPoss)
        .filter(|_| !patterns.contains('@'))
        .or_else(by)
        .or_else(|| tree.child(noun, Deprel::Nsubj))
        .or_else(|| tree.head(noun).filter(|_| tree.dep(noun) == Deprel::Appos))
        .or_else(|| speaker::issuer(tree, noun))
        .map(owner);
    for child in tree.children(noun).iter().copied().filter(|c| *c > noun) {
        let case =
            tree.child(child, Deprel::Case).filter(|_| matches!(tree.dep(child), Deprel::Nmod | Deprel::Obl));
        let grade = case.and_then(|case| graded(patterns, tree.lemma(case)));
        if let Some(grade) = grade {
            push(reading, tree, noun, holder, child, grade, found);
        }
    }
    // "gave Doe his support", "threw its support behind Doe": the preposition may hang on the verb.
    let verb = tree.head(noun).filter(|_| matches!(tree.dep(noun), Deprel::Obj | Deprel::Obl));
    for child in verb.into_iter().flat_map(|v| tree.children_by(v, Deprel::Obl)).filter(|c| *c > noun) {
        let case = tree.child(child, Deprel::Case);
        if let Some(grade) = case.and_then(|case| graded(patterns, tree.lemma(case))) {
            push(reading, tree, noun, holder, child, grade, found);
        }
    }
}

/// "Lee, a Doe supporter", "one of Doe's critics": nouns for people who are for or against somebody.
/// Who is no more than such a noun ("Doe supporters") holds it too.
fn of_agent(reading: &Reading, tree: &Tree, noun: TokenId, patterns: &str, found: &mut Vec<Stance>) {
    let Some(grade) = graded(patterns, "of") else { return };
    let target = tree
        .child(noun, Deprel::NmodPoss)
        .or_else(|| tree.children_by(noun, Deprel::Compound).find(|c| reading.upos(*c) == Upos::Propn));
    let Some(target) = target else { return };
    let mut holder = noun;
    // "emerged as one of Doe's supporters": up to the subject of the verb.
    for _ in 0..3 {
        if let Some(subject) = tree.child(holder, Deprel::Nsubj) {
            holder = subject;
            break;
        }
        let Some(head) = tree.head(holder) else { break };
        match tree.dep(holder) {
            Deprel::Appos => {
                holder = head;
                break;
            }
            Deprel::Conj | Deprel::Nmod | Deprel::Obl | Deprel::Xcomp => holder = head,
            _ => break,
        }
    }
    let holder = if reading.is_verb(holder) { noun } else { holder };
    let holder = speaker::phrase(reading, tree, holder, target);
    push(reading, tree, noun, Some(holder), target, grade, found);
}

fn of_adjective(reading: &Reading, tree: &Tree, adjective: TokenId, patterns: &str, found: &mut Vec<Stance>) {
    let holder = tree
        .child(adjective, Deprel::Nsubj)
        .or_else(|| {
            let describes = matches!(tree.dep(adjective), Deprel::Amod | Deprel::Acl | Deprel::AclRelcl);
            tree.head(adjective).filter(|_| describes)
        })
        .or_else(|| {
            let governor = tree.head(adjective).filter(|_| tree.dep(adjective) == Deprel::Xcomp)?;
            speaker::nearest_subject(tree, governor)
        })
        .map(|token| speaker::phrase(reading, tree, token, adjective));
    for child in tree.children(adjective).iter().copied().filter(|c| *c > adjective) {
        let case = tree.child(child, Deprel::Case);
        if let Some(grade) = case.and_then(|case| graded(patterns, tree.lemma(case))) {
            push(reading, tree, adjective, holder, child, grade, found);
        }
    }
}

fn push(
    reading: &Reading,
    tree: &Tree,
    word: TokenId,
    holder: Option<Speaker>,
    target: TokenId,
    (side, grade): (Side, u8),
    found: &mut Vec<Stance>,
) {
    let Some(holder) = holder else { return };
    let holder = Party { span: holder.span, entity: holder.argument.map(|a| a.entity) };
    let Some((side, grade)) = turned(reading, tree, word, side, grade) else { return };
    if grade + 1 < LEAST_GRADE {
        return;
    }
    for target in named(reading, tree, target) {
        if target.span.overlaps(holder.span) {
            continue;
        }
        found.push(Stance {
            holder,
            target,
            side,
            trigger: reading.span(word, word),
            sentence: reading.document.sentence_of(word),
            relation: None,
            quotation: None,
            // Below the relations of the same grade.
            confidence: f32::from(grade) / 10.0 - 0.02,
        });
    }
}

/// Whom a noun phrase speaks of: its head and what is joined to it, whose it is ("Doe's plan"), or the
/// first who is named in it.
fn named(reading: &Reading, tree: &Tree, head: TokenId) -> Vec<Party> {
    let argument = |token: TokenId| {
        let unknown = || {
            (reading.upos(token) == Upos::Propn)
                .then(|| Party { span: reading.span(token, token), entity: None })
        };
        reading.mention(token).map(|m| Party { entity: Some(m.entity), span: m.span }).or_else(unknown)
    };
    let mut found: Vec<Party> = argument(head).into_iter().collect();
    found.extend(tree.children_by(head, Deprel::Conj).filter_map(argument));
    found.extend(tree.child(head, Deprel::NmodPoss).and_then(argument));
    if found.is_empty() {
        let (low, high) = tree.edges(head);
        let relative = tree.child(head, Deprel::AclRelcl).map_or(high.0 + 1, |c| tree.edges(c).0.0);
        let end = (high.0 + 1).min(relative).min(low.0 + REACH);
        found.extend((low.0..end).map(TokenId).find_map(argument));
    }
    found
}
