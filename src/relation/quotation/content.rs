//! What was said, retold: the words that a cue governs.
//!
//! In: a [`Reading`] and a [`Cue`]. Out: [`Content`]: one or two runs of tokens, and how far the
//! pattern counts. The tree names the complement; punctuation decides where it ends and finds what
//! the tree misses:
//!
//! ```text
//! He said [the talks would go on] , and left .        to the right of the cue
//! [The talks will go on] , he said on Monday .        before it
//! [The talks] , he said , [will go on] .              around it
//! According to him , [the talks will go on] .         beside a phrase
//! his claim that [the talks went on]                  under a noun
//! ```
//!
//! Left out: words in quotation marks that stand alone; `direct` has them.

use super::beside::{around, beside_as, beside_phrase};
use super::boundary::{REMARKS, REMARKS_ON_PLANS, before_remark, clause_end, is_circumstance};
use super::cue::{self, Cue, Shape};
use super::reading::Reading;
use super::speaker;
use crate::syntax::{Deprel, Tree, Upos, Xpos};
use crate::text::TokenId;
/// Runs of tokens, both ends included.
pub(super) type Runs = Vec<(TokenId, TokenId)>;

/// The words that a cue governs.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub runs: Runs,
    /// From 0 to 9.
    pub grade: u8,
    /// True where the text names no speaker: "is said to have fled".
    pub raised: bool,
}

/// The content of a cue.
pub(super) fn of(reading: &Reading, tree: &Tree, cue: &Cue) -> Option<Content> {
    match cue.shape {
        Shape::Verb => of_verb(reading, tree, cue),
        Shape::Noun => of_noun(reading, tree, cue),
        Shape::AccordingTo => beside_phrase(reading, tree, cue),
    }
}

fn of_verb(reading: &Reading, tree: &Tree, cue: &Cue) -> Option<Content> {
    let verb = cue.token;
    let passive = speaker::is_passive(tree, verb);
    // "The bridge, Lee said, will open": what follows the comma has its subject before the cue.
    let split = |child: TokenId| {
        let own = |c: &TokenId| *c > verb && matches!(tree.dep(*c), Deprel::Nsubj | Deprel::NsubjPass);
        let alone = !tree.children(child).iter().any(own);
        reading.word(TokenId(verb.0 + 1)) == "," && alone && cue.is_speech()
    };
    let parenthetical = complement(reading, tree, cue)
        .filter(|(child, _)| split(*child))
        .and_then(|_| around(reading, tree, verb, cue.has_addressee()));
    if let Some(runs) = parenthetical {
        return Some(Content { runs, grade: cue.grade("c"), raised: false });
    }
    if let Some((child, pattern)) = complement(reading, tree, cue) {
        let raised = cue.grade("s") > 0 && (passive || cue.grade(pattern) == 0);
        if raised {
            return raised_subject(reading, tree, cue, child);
        }
        let first = content_start(reading, tree, cue, child, pattern);
        let last = clause_end(reading, tree, verb, first, tree.edges(child).1);
        let last = if pattern == "t" { before_remark(reading, first, last, &REMARKS_ON_PLANS) } else { last };
        let grade = cue.grade(pattern);
        return (first <= last).then(|| Content { runs: vec![(first, last)], grade, raised: false });
    }
    if let Some(runs) = beside_as(reading, tree, cue) {
        return Some(Content { runs, grade: cue.grade("c"), raised: false });
    }
    if let Some(runs) =
        around(reading, tree, verb, cue.has_addressee()).filter(|_| cue.is_speech() && is_bare(tree, cue))
    {
        return Some(Content { runs, grade: cue.grade("c"), raised: false });
    }
    if let Some(run) = bare_clause(reading, tree, cue) {
        return Some(Content { runs: vec![run], grade: cue.grade("c"), raised: false });
    }
    if passive {
        return None;
    }
    object(reading, tree, cue).or_else(|| after_preposition(reading, tree, cue))
}

/// True for a cue's verb with nothing but subject, addressee, adverbs and times of its own.
fn is_bare(tree: &Tree, cue: &Cue) -> bool {
    let verb = cue.token;
    let own = |c: &TokenId| match tree.dep(*c) {
        Deprel::Obj | Deprel::Iobj => !cue.has_addressee() && *c > verb,
        Deprel::Xcomp | Deprel::Mark => true,
        _ => false,
    };
    !tree.children(verb).iter().any(own) && !matches!(tree.dep(verb), Deprel::Acl | Deprel::Csubj)
}

/// "He says neither side will yield" where the tree hangs the clause elsewhere: all that follows a
/// verb of saying, if it holds a verb with a tense.
fn bare_clause(reading: &Reading, tree: &Tree, cue: &Cue) -> Option<(TokenId, TokenId)> {
    let verb = cue.token;
    let (_, sentence) = reading.sentence(verb)?;
    if cue.grade("c") < 8 || cue.has_addressee() {
        return None;
    }
    let mut first = TokenId(verb.0 + 1);
    while first < sentence.end && matches!(reading.upos(first), Upos::Adv) || reading.lower(first) == "that" {
        first = TokenId(first.0 + 1);
    }
    if first >= sentence.end
        || reading.is_punct(first)
        || matches!(reading.upos(first), Upos::Adp | Upos::Cconj | Upos::Part)
    {
        return None;
    }
    let stop = (first.0..sentence.end.0).map(TokenId).find(|t| reading.is_punct(*t)).unwrap_or(sentence.end);
    let tensed = (first.0..stop.0).map(TokenId).find(|t| cue::is_finite(reading, *t))?;
    (tensed > first).then(|| (first, clause_end(reading, tree, verb, first, tensed)))
}

/// The clause or infinitive after a verb, and the pattern that it makes.
fn complement(reading: &Reading, tree: &Tree, cue: &Cue) -> Option<(TokenId, &'static str)> {
    let verb = cue.token;
    let children = tree.children(verb).iter().copied().filter(|c| *c > verb);
    let has_object = tree.objects(verb).any(|o| o > verb);
    for child in children {
        // "declined to comment" with "to" taken for a preposition is an infinitive all the same.
        let to = |c: &TokenId| reading.xpos(*c) == Xpos::TO || *c < child && reading.lower(*c) == "to";
        let infinitive = reading.xpos(child) == Xpos::VB && tree.children(child).iter().any(to)
            || tree.children(child).iter().any(|c| reading.xpos(*c) == Xpos::TO);
        match tree.dep(child) {
            Deprel::Ccomp => {
                return Some((child, if infinitive && !has_subject(tree, child) { "t" } else { "c" }));
            }
            Deprel::Xcomp if infinitive && !(has_object && cue.grade("n") > 0) => return Some((child, "t")),
            Deprel::Obl | Deprel::Advcl if infinitive && reading.lower(TokenId(verb.0 + 1)) == "to" => {
                return Some((child, "t"));
            }
            Deprel::Advcl if cue.has_addressee() && is_question(reading, tree, child) => {
                return Some((child, "c"));
            }
            // "said in a statement that the vote was over": the clause may hang on the statement.
            Deprel::Obl if cue.grade("c") >= 7 => {
                if let Some(clause) = that_clause(reading, tree, child) {
                    return Some((clause, "c"));
                }
            }
            Deprel::Parataxis if cue::is_finite(reading, child) && !reading.is_punct(TokenId(verb.0 + 1)) => {
                return Some((child, "c"));
            }
            _ => {}
        }
    }
    None
}

fn has_subject(tree: &Tree, verb: TokenId) -> bool {
    tree.children(verb)
        .iter()
        .any(|c| matches!(tree.dep(*c), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Expl))
}

fn is_question(reading: &Reading, tree: &Tree, verb: TokenId) -> bool {
    tree.children(verb).iter().any(|c| matches!(reading.lower(*c).as_str(), "if" | "whether"))
}

/// Where the content begins: with the complement, or where its first words stray from it.
///
/// A parser often hangs the first words of a bare clause ("He said Tuesday's vote …") on the cue.
/// Only an addressee, an adverb or a time may stand between the cue and its clause.
fn content_start(reading: &Reading, tree: &Tree, cue: &Cue, child: TokenId, pattern: &str) -> TokenId {
    let verb = cue.token;
    let low = first_after(tree, child, verb);
    let strays = tree.children(verb).iter().copied().filter(|c| *c > verb && *c < low);
    let mut first = low;
    for stray in strays {
        let keeps = match tree.dep(stray) {
            Deprel::Obj | Deprel::Iobj => pattern == "t" || !cue.has_addressee(),
            _ => false,
        };
        // "called on the rebels to leave": the rebels belong to what is called for.
        let case = tree.child(stray, Deprel::Case).filter(|case| *case > verb);
        let called = case.filter(|case| {
            pattern == "t" && tree.dep(stray) == Deprel::Obl && cue.grade(tree.lemma(*case)) > 0
        });
        if let Some(case) = called {
            first = first.min(TokenId(case.0 + 1));
        }
        if keeps {
            first = first.min(first_after(tree, stray, verb));
        }
    }
    // "said that if the vote fails, he would go": a tree may hang "if" elsewhere.
    let plain = (verb.0 + 1..first.0).map(TokenId).find(|t| {
        reading.xpos(*t) == Xpos::IN && reading.lower(*t) == "that" && reading.quoted(*t).is_none()
    });
    if let Some(that) = plain.filter(|_| pattern == "c") {
        return TokenId(that.0 + 1);
    }
    // "said in Oslo that …": what comes before "that" is not what was said.
    let that =
        tree.children(child).iter().copied().find(|c| {
            *c > verb && *c < child && reading.lower(*c) == "that" && reading.dep(*c) == Deprel::Mark
        });
    first = that.map_or(first, |t| first.max(t));
    while first < child && (reading.lower(first) == "that" && reading.dep(first) == Deprel::Mark) {
        first = TokenId(first.0 + 1);
    }
    first
}

/// The first token under `token` that stands after `limit`.
fn first_after(tree: &Tree, token: TokenId, limit: TokenId) -> TokenId {
    let mut low = token;
    let mut stack = vec![token];
    while let Some(t) = stack.pop() {
        low = low.min(t);
        stack.extend(tree.children(t).iter().copied().filter(|c| *c > limit));
    }
    low
}

/// "The convoy is said to have left": the subject and the infinitive, without a speaker.
fn raised_subject(reading: &Reading, tree: &Tree, cue: &Cue, child: TokenId) -> Option<Content> {
    let verb = cue.token;
    let subject = tree.child(verb, Deprel::NsubjPass).or_else(|| tree.child(verb, Deprel::Nsubj))?;
    let (first, last) = tree.edges(subject);
    let to = content_start(reading, tree, cue, child, "t");
    let end = clause_end(reading, tree, verb, to, tree.edges(child).1);
    (first <= last && last < to && to <= end).then(|| Content {
        runs: vec![(first, last), (to, end)],
        grade: cue.grade("s"),
        raised: true,
    })
}

/// The noun phrase after a verb with all that follows it: "accused the army of looting".
fn object(reading: &Reading, tree: &Tree, cue: &Cue) -> Option<Content> {
    let verb = cue.token;
    let object = tree.objects(verb).find(|o| *o > verb)?;
    let first = first_after(tree, object, verb);
    let mut last = tree.edges(object).1;
    for child in tree.children(verb).iter().copied().filter(|c| *c > object) {
        let low = first_after(tree, child, verb);
        let goes_on = matches!(tree.dep(child), Deprel::Obl | Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl);
        if !goes_on || low.0 > last.0 + 1 || is_circumstance(reading, low) {
            break;
        }
        last = tree.edges(child).1;
    }
    let last = before_remark(reading, first, clause_end(reading, tree, verb, first, last), &REMARKS);
    let grade = cue.grade("n") + if has_marks(reading, first, last) { 2 } else { 0 };
    Some(Content { runs: vec![(first, last)], grade: grade.min(9), raised: false })
}

fn has_marks(reading: &Reading, first: TokenId, last: TokenId) -> bool {
    (first.0..=last.0).any(|t| reading.quoted(TokenId(t)).is_some())
}

/// What stands after the verb's preposition: "referred to the vote", "called for an inquiry".
fn after_preposition(reading: &Reading, tree: &Tree, cue: &Cue) -> Option<Content> {
    let verb = cue.token;
    for child in tree.children(verb).iter().copied().filter(|c| *c > verb) {
        if !matches!(tree.dep(child), Deprel::Obl | Deprel::Advcl | Deprel::Xcomp) {
            continue;
        }
        let Some(case) = tree
            .children(child)
            .iter()
            .copied()
            .find(|c| *c < child && matches!(tree.dep(*c), Deprel::Case | Deprel::Mark))
        else {
            continue;
        };
        let last = tree.edges(child).1;
        let first = TokenId(case.0 + 1);
        let grade = cue.grade(tree.lemma(case));
        if grade > 0 && first <= last {
            let grade = (grade + if has_marks(reading, first, last) { 2 } else { 0 }).min(9);
            let last = before_remark(reading, first, clause_end(reading, tree, verb, first, last), &REMARKS);
            return Some(Content { runs: vec![(first, last)], grade, raised: false });
        }
    }
    None
}

/// "his claim that [the talks went on]".
fn of_noun(reading: &Reading, tree: &Tree, cue: &Cue) -> Option<Content> {
    let noun = cue.token;
    // "said in a statement that …": the words are those of "said".
    let saying = |verb: &TokenId| {
        *verb < noun && cue::at(reading, *verb).is_some_and(|c| c.shape == Shape::Verb && c.grade("c") >= 7)
    };
    if tree.dep(noun) == Deprel::Obl && tree.head(noun).is_some_and(|verb| saying(&verb)) {
        return None;
    }
    let clause = that_clause(reading, tree, noun)?;
    let first = content_start(reading, tree, cue, clause, "c");
    let last = clause_end(reading, tree, noun, first, tree.edges(clause).1);
    (first <= last).then(|| Content { runs: vec![(first, last)], grade: cue.noun_grade(), raised: false })
}

/// The clause with "that" under a noun.
fn that_clause(reading: &Reading, tree: &Tree, noun: TokenId) -> Option<TokenId> {
    tree.children(noun).iter().copied().filter(|c| *c > noun).find(|c| {
        matches!(tree.dep(*c), Deprel::Acl | Deprel::Ccomp)
            && tree.children(*c).iter().any(|m| tree.dep(*m) == Deprel::Mark && reading.lower(*m) == "that")
    })
}
