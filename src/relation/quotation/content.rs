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

use super::cue::{self, Cue, Shape};
use super::reading::Reading;
use super::speaker;
use crate::document::ZoneKind;
use crate::relation::time;
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

/// Where a clause that begins at `first` and that the tree ends at `last` really ends.
///
/// Words up to the next comma or dash belong to it, unless they are conjoined with the cue itself
/// ("said it was over and left the room"); words in marks stay whole ("said it was “a farce”"). It
/// ends before a comma and a cue of its own ("…, adding that", "…, though she admitted").
fn clause_end(reading: &Reading, tree: &Tree, verb: TokenId, first: TokenId, last: TokenId) -> TokenId {
    let Some((_, sentence)) = reading.sentence(verb) else { return last };
    let mut end = (first.0..=last.0)
        .map(TokenId)
        .find(|t| other_cue_follows(reading, verb, *t, last))
        .map_or(last, |t| TokenId(t.0 - 1));
    if end < last {
        return end.max(first);
    }
    loop {
        if let Some(stretch) = reading.quoted(end).and_then(|q| reading.stretches.get(q)) {
            let stop = reading.token_from(stretch.outer.end).0.saturating_sub(1);
            let ended = stretch
                .pieces
                .last()
                .is_some_and(|p| reading.document.str(*p).ends_with([',', '.', '?', '!']));
            if TokenId(stop) > end || ended {
                end = end.max(TokenId(stop)).min(TokenId(sentence.end.0.saturating_sub(1)));
                if ended {
                    break;
                }
            }
        }
        let next = TokenId(end.0 + 1);
        if next >= sentence.end
            || (reading.is_punct(next)
                && (reading.quoted(next).is_none() || reading.quoted(next) == reading.quoted(end)))
        {
            break;
        }
        if matches!(reading.upos(next), Upos::Cconj | Upos::Sconj)
            && belongs_to_cue(tree, verb, next, sentence.end)
        {
            break;
        }
        end = next;
    }
    end
}

/// "said it was over and called it a farce": the conjunction goes on with the cue's subject and tense.
fn resumes_cue(reading: &Reading, verb: TokenId, conjunction: TokenId) -> bool {
    let mut at = TokenId(conjunction.0 + 1);
    while reading.upos(at) == Upos::Adv && at.0 < conjunction.0 + 3 {
        at = TokenId(at.0 + 1);
    }
    reading.is_verb(at)
        && reading.xpos(at) == reading.xpos(verb)
        && matches!(reading.xpos(at), Xpos::VBD | Xpos::VBZ | Xpos::VBP)
        && cue::at(reading, at).is_some_and(|c| c.shape == Shape::Verb && c.is_speech())
}

/// What follows a comma and is no part of a noun phrase that somebody speaks of: "backed Lee, who had
/// left", "praised the plan, calling it brave".
const REMARKS: [Xpos; 6] = [Xpos::WDT, Xpos::WP, Xpos::WRB, Xpos::VBG, Xpos::IN, Xpos::VBN];
/// The same after an infinitive: "vowed to bolster its forces, reversing its course".
const REMARKS_ON_PLANS: [Xpos; 2] = [Xpos::WDT, Xpos::VBG];

/// The token before the first comma that a remark follows, outside quotation marks; `last` if none.
fn before_remark(reading: &Reading, first: TokenId, last: TokenId, signs: &[Xpos]) -> TokenId {
    let comma = (first.0 + 1..last.0).map(TokenId).find(|t| {
        let next = TokenId(t.0 + 1);
        let conjunction = reading.xpos(next) == Xpos::IN && reading.upos(next) != Upos::Sconj;
        reading.word(*t) == ","
            && reading.quoted(*t).is_none()
            && signs.contains(&reading.xpos(next))
            && !conjunction
            && reading.lower(next) != "including"
    });
    comma.map_or(last, |t| TokenId(t.0 - 1))
}

/// "in July", "after the vote", "during the debate": when it was said, not what.
fn is_circumstance(reading: &Reading, first: TokenId) -> bool {
    let next = reading.word(TokenId(first.0 + 1));
    time::is_time(reading.word(first))
        || time::is_time(next)
        || matches!(
            reading.lower(first).as_str(),
            "after" | "before" | "during" | "when" | "while" | "since" | "until"
        )
}

/// "As Lee told the court, [the bridge was closed]", "[The bridge], as Lee noted, [is closed]".
fn beside_as(reading: &Reading, tree: &Tree, cue: &Cue) -> Option<Runs> {
    let verb = cue.token;
    let (_, sentence) = reading.sentence(verb)?;
    if cue.grade("c") < 7 || !cue::is_finite(reading, verb) {
        return None;
    }
    let subject = speaker::nearest_subject(tree, verb).filter(|s| *s < verb)?;
    let before = TokenId(tree.edges(subject).0.0.checked_sub(1)?);
    if before < sentence.first || reading.lower(before) != "as" {
        return None;
    }
    let stop =
        (verb.0 + 1..sentence.end.0).find(|t| matches!(reading.word(TokenId(*t)), "," | "—" | "–" | "-"));
    let final_token = TokenId(sentence.end.0.checked_sub(1)?);
    let mut runs = Vec::new();
    if before > sentence.first {
        if !reading.is_punct(TokenId(before.0 - 1)) {
            return None;
        }
        runs.push((sentence.first, TokenId(before.0 - 1)));
    }
    if let Some(stop) = stop.filter(|stop| *stop < final_token.0) {
        runs.push((TokenId(stop + 1), final_token));
    }
    let whole = runs.iter().any(|(a, b)| (a.0..=b.0).any(|t| cue::is_finite(reading, TokenId(t))));
    whole.then_some(runs)
}

/// True where a comma at `token` is followed by a cue: ", adding", ", though she admitted", or a
/// conjunction by one.
fn other_cue_follows(reading: &Reading, verb: TokenId, token: TokenId, last: TokenId) -> bool {
    if reading.quoted(token).is_some() {
        return false;
    }
    let next = TokenId(token.0 + 1);
    if reading.upos(token) == Upos::Cconj {
        return resumes_cue(reading, verb, token);
    }
    if !matches!(reading.word(token), "," | ";" | "—" | "–" | "--") {
        return false;
    }
    if cue::at(reading, next).is_some_and(|c| c.shape == Shape::AccordingTo) {
        return true;
    }
    let speech = |t: TokenId| {
        reading.is_verb(t) && cue::at(reading, t).is_some_and(|c| c.shape == Shape::Verb && c.grade("c") >= 7)
    };
    let remark = |t: TokenId| {
        reading.is_verb(t)
            && cue::at(reading, t).is_some_and(|c| {
                c.shape == Shape::Verb && (c.grade("c") >= 7 || c.grade("n") >= 6 || c.grade("for") >= 6)
            })
    };
    let participle = (next.0..last.0.min(next.0 + 3))
        .map(TokenId)
        .take_while(|t| *t == next || reading.upos(TokenId(t.0 - 1)) == Upos::Adv);
    if participle.into_iter().any(|t| reading.xpos(t) == Xpos::VBG && remark(t)) {
        return true;
    }
    matches!(reading.upos(next), Upos::Cconj | Upos::Sconj)
        && (next.0 + 1..last.0.min(next.0 + 7))
            .map(TokenId)
            .find(|t| reading.is_verb(*t))
            .is_some_and(|t| speech(t) && matches!(reading.xpos(t), Xpos::VBD | Xpos::VBZ | Xpos::VBP))
}

/// True if the conjunction at `token` joins a clause to the cue.
fn belongs_to_cue(tree: &Tree, verb: TokenId, token: TokenId, end: TokenId) -> bool {
    let Some(mut governor) = tree.head(token) else { return false };
    for _ in 0..4 {
        if governor >= end {
            return false;
        }
        match tree.head(governor) {
            Some(head) if head == verb => {
                return matches!(tree.dep(governor), Deprel::Conj | Deprel::Advcl | Deprel::Parataxis);
            }
            Some(head) if head > token => governor = head,
            _ => return false,
        }
    }
    false
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

/// The sentence around a cue's clause that a comma sets off: "…, he said." and "…, he said, …".
fn around(reading: &Reading, tree: &Tree, verb: TokenId, addressed: bool) -> Option<Runs> {
    let (_, sentence) = reading.sentence(verb)?;
    if !cue::is_finite(reading, verb) {
        return None;
    }
    // The clause of the cue: its subject, helpers and adverbs, back to a comma.
    let mut first = verb;
    let low = sentence.first.0.max(verb.0.saturating_sub(40));
    for token in (low..verb.0).rev().map(TokenId) {
        if matches!(reading.word(token), "," | "—" | "–" | "-" | ";") && is_clause_break(tree, token, verb)
        {
            break;
        }
        first = token;
    }
    let comma = TokenId(first.0.checked_sub(1)?);
    if comma <= sentence.first || reading.word(comma) != "," && reading.word(comma) != "—" {
        return None;
    }
    let left = (sentence.first, TokenId(comma.0 - 1));
    if matches!(reading.upos(first), Upos::Cconj | Upos::Sconj) || is_relative(reading, first) {
        return None;
    }
    // "Lee, the mayor, confirmed the report that …": the words of "confirmed" follow it.
    let after = TokenId(verb.0 + 1);
    let noun_follows = after < sentence.end
        && matches!(reading.upos(after), Upos::Det | Upos::Propn | Upos::Noun | Upos::Pron | Upos::Adj)
        && !time::is_time(reading.word(after));
    let headline = sentence.zone == ZoneKind::Title;
    let is_sentence = (left.0.0..=left.1.0).map(TokenId).any(|t| cue::is_finite(reading, t));
    let fits =
        if first == verb { noun_follows && (is_sentence || headline) } else { !noun_follows || addressed };
    if !fits {
        return None;
    }
    // The rest of the cue's clause, up to a comma.
    let mut end = verb;
    while end.0 + 1 < sentence.end.0 && !matches!(reading.word(TokenId(end.0 + 1)), "," | "—" | ";") {
        end = TokenId(end.0 + 1);
    }
    let tail = TokenId(end.0 + 2);
    if tail < sentence.end && reading.word(TokenId(end.0 + 1)) == "," && goes_on(reading, tail, is_sentence) {
        let mut last = TokenId(sentence.end.0 - 1);
        while last > tail && reading.is_punct(last) {
            last = TokenId(last.0 - 1);
        }
        return Some(vec![left, (tail, last)]);
    }
    // A headline's verbs have no tense: "Talks to fail, minister says".
    (is_sentence || headline).then(|| vec![left])
}

/// True if the words after the cue's clause finish the sentence before it: "The talks, he said, will
/// go on", not "The talks will go on, said Lee, a minister".
fn goes_on(reading: &Reading, tail: TokenId, is_sentence: bool) -> bool {
    reading.xpos(tail) != Xpos::VBG && (!is_sentence || reading.quoted(tail).is_some())
}

/// A comma of a list or an apposition inside the subject ("Jane Doe, a teacher, said") does not end
/// the cue's clause.
fn is_clause_break(tree: &Tree, comma: TokenId, verb: TokenId) -> bool {
    let Some(subject) = speaker::nearest_subject(tree, verb) else { return true };
    let (low, high) = tree.edges(subject);
    !(low < comma && comma <= high && subject < comma)
}

fn is_relative(reading: &Reading, token: TokenId) -> bool {
    matches!(reading.xpos(token), Xpos::WDT | Xpos::WP | Xpos::WRB)
}

/// "According to X, CONTENT", "CONTENT, according to X", "CON, according to X, TENT".
fn beside_phrase(reading: &Reading, tree: &Tree, cue: &Cue) -> Option<Content> {
    let (_, sentence) = reading.sentence(cue.token)?;
    let stop = |t: TokenId| matches!(reading.word(t), "," | ";" | "—" | "–");
    let speaker = source(reading, tree, cue)?;
    let mut end = speaker;
    while end.0 + 1 < sentence.end.0 && !stop(TokenId(end.0 + 1)) {
        end = TokenId(end.0 + 1);
    }
    // "According to Lee the bridge was closed": no comma, so the phrase ends where the tree says.
    let opens = cue.token.0 <= sentence.first.0 + 1;
    let relative = (speaker.0..end.0).any(|t| is_relative(reading, TokenId(t)));
    let swallowed = !relative && (speaker.0..=end.0).any(|t| cue::is_finite(reading, TokenId(t)));
    if opens && swallowed {
        let phrase = speaker::phrase(reading, tree, speaker, cue.token).span;
        let last = TokenId(reading.token_from(phrase.end).0.saturating_sub(1)).max(speaker);
        let tail = TokenId(last.0 + 1);
        return (tail < sentence.end).then(|| Content {
            runs: vec![(tail, TokenId(sentence.end.0 - 1))],
            grade: cue.grade("c"),
            raised: false,
        });
    }
    let final_token = TokenId(sentence.end.0.checked_sub(1)?);
    let mut runs = Vec::new();
    if cue.token > sentence.first {
        runs.push((sentence.first, TokenId(cue.token.0 - 1)));
    }
    let tail = TokenId(end.0 + 2);
    let said = runs.iter().any(|(a, b)| (a.0..=b.0).any(|t| cue::is_finite(reading, TokenId(t))));
    let follows = runs.is_empty() || reading.word(TokenId(end.0 + 1)) == "," && goes_on(reading, tail, said);
    if tail < sentence.end && follows {
        runs.push((tail, final_token));
    }
    (!runs.is_empty()).then(|| Content { runs, grade: cue.grade("c"), raised: false })
}

/// The head of the noun phrase after "according to".
pub(super) fn source(reading: &Reading, tree: &Tree, cue: &Cue) -> Option<TokenId> {
    let (_, sentence) = reading.sentence(cue.token)?;
    let after = cue.token.0 + 2;
    // The word that governs the words after "to", up to a comma or a verb: in "according to Lee, the
    // bridge was closed" a tree may hang "Lee" under "closed".
    let mut head = TokenId(after);
    if head >= sentence.end {
        return None;
    }
    let limit =
        (after..sentence.end.0).find(|t| reading.is_punct(TokenId(*t)) || reading.is_verb(TokenId(*t)));
    let limit = limit.unwrap_or(sentence.end.0).max(after + 1);
    for _ in 0..8 {
        match tree.head(head) {
            Some(next) if next.0 >= after && next.0 < limit => head = next,
            _ => break,
        }
    }
    Some(head)
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
