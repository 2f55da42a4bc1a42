//! Names are no verbs: trees mended where the entity room knows better than the parser.
//!
//! In: the parser's syntax and the mentions. Out: the same syntax, or a mended copy. The parser knows
//! no names: in "Trump fired James Comey" it may take "Trump" for the verb, and the man dismissed for
//! the one who dismisses. A known name that hangs in the tree like a verb becomes the subject of the
//! verb after it, or the object of the verb before it. Gerunds that stand and hang in two minds
//! ("of bombing Georgia", with an object, tagged as a noun) become verbs, plurals that do ("ignore U.S. offers")
//! become nouns, a weekday before the verb ("The White House Tuesday said") is not its subject, and nouns between two names in a headline become verbs (`headline`). Nothing else is touched.

mod headline;

use std::borrow::Cow;

use crate::document::{Document, Sentence};
use crate::entity::{Entities, Form};
use crate::lexicon::Lexicon;
use crate::syntax::lemma::lemma;
use crate::syntax::{Deprel, Syntax, Upos, Xpos};
use crate::text::TokenId;

/// Mends the trees of a document.
#[must_use]
pub fn repair<'a>(
    document: &Document,
    syntax: &'a Syntax,
    entities: &Entities,
    lexicon: &Lexicon,
) -> Cow<'a, Syntax> {
    let mut mended: Cow<'a, Syntax> = Cow::Borrowed(syntax);
    if syntax.head.len() < document.tokens.len() {
        return mended;
    }
    for mention in entities.mentions.iter().filter(|m| m.form == Form::Name) {
        let tokens = (mention.first.0..mention.end.0).map(TokenId);
        // Its word that hangs under none of the others: the others can hang on it without a ring.
        let top = |t: &TokenId| !tokens.clone().any(|other| under(&mended, *t, other));
        let Some(outer) = tokens.clone().find(top) else { continue };
        if !is_verb_like(&mended, outer) || mention.end.0 - mention.first.0 > 4 {
            continue;
        }
        let Some(sentence) = document.sentences.get(mention.sentence.at()) else { continue };
        let tree = mended.to_mut();
        for token in tokens {
            tree.upos[token.at()] = Upos::Propn;
            tree.xpos[token.at()] = Xpos::NNP;
            tree.lemma[token.at()] = document.word(token).to_owned();
            if token != outer {
                tree.head[token.at()] = Some(outer);
                tree.dep[token.at()] = Deprel::Flat;
            }
        }
        let within = |t: TokenId| sentence.first <= t && t < sentence.end;
        rehang(tree, outer, mention.first, mention.end, within);
    }
    for sentence in &document.sentences {
        for clause in sentence.tokens().filter(|t| syntax.dep.get(t.at()) == Some(&Deprel::Ccomp)) {
            if let Some((subject, verb)) = interrupted(document, &mended, sentence, clause) {
                let tree = mended.to_mut();
                tree.head[subject.at()] = Some(clause);
                (tree.head[clause.at()], tree.dep[clause.at()]) = (tree.head[verb.at()], tree.dep[verb.at()]);
                (tree.head[verb.at()], tree.dep[verb.at()]) = (Some(clause), Deprel::Parataxis);
            }
        }
    }
    headline::mend(document, &mut mended, entities, lexicon);
    for token in document.sentences.iter().flat_map(Sentence::tokens) {
        gerund(document, &mut mended, token);
        plural(document, &mut mended, token);
        stray_case(&mut mended, token);
        weekday(document, &mut mended, token);
    }
    debug_assert!(is_forest(&mended.head), "a mended tree is still a tree");
    mended
}

/// True if every way up ends. Everything that walks trees relies on it.
fn is_forest(head: &[Option<TokenId>]) -> bool {
    // The number of the walk that came by; a way that meets its own trace is a ring.
    let mut trace = vec![usize::MAX; head.len()];
    (0..head.len()).all(|start| {
        let mut at = Some(TokenId::from(start));
        while let Some(t) = at.filter(|t| trace[t.at()] == usize::MAX) {
            trace[t.at()] = start;
            at = head[t.at()];
        }
        at.is_none_or(|t| trace[t.at()] != start)
    })
}

/// "accused Mali of *bombing* Niger": a noun for the tags, a clause for the tree; and "of *arming* Mali",
/// whose preposition hangs on the object.
fn gerund(document: &Document, mended: &mut Cow<'_, Syntax>, token: TokenId) {
    let clause = [Deprel::Advcl, Deprel::Acl, Deprel::Xcomp, Deprel::Ccomp];
    let word = document.word(token);
    if !clause.contains(&mended.dep[token.at()]) || !word.ends_with("ing") {
        return;
    }
    let next = TokenId(token.0 + 1);
    let Some(before) = token.0.checked_sub(1).map(TokenId) else { return };
    let object =
        |t: TokenId| mended.dep.get(t.at()) == Some(&Deprel::Obj) && mended.head[t.at()] == Some(token);
    let marked = mended.dep[before.at()] == Deprel::Mark && mended.head[before.at()] == Some(token);
    if mended.upos[token.at()] == Upos::Noun && marked && object(next) {
        let tree = mended.to_mut();
        (tree.upos[token.at()], tree.xpos[token.at()]) = (Upos::Verb, Xpos::VBG);
        tree.lemma[token.at()] = lemma(word, Upos::Verb, Xpos::VBG);
    } else if mended.xpos[token.at()] == Xpos::VBG
        && mended.dep[before.at()] == Deprel::Case
        && mended.head[before.at()].is_some_and(|h| h > token && object(h))
    {
        let tree = mended.to_mut();
        (tree.head[before.at()], tree.dep[before.at()]) = (Some(token), Deprel::Mark);
    }
}

/// "arrest *of* reporter Lena Vogt", parsed as if "of" belonged to the name behind the noun.
fn stray_case(mended: &mut Cow<'_, Syntax>, case: TokenId) {
    if mended.dep[case.at()] != Deprel::Case {
        return;
    }
    let Some(name) = mended.head[case.at()].filter(|n| *n > case) else { return };
    let beside = matches!(mended.dep[name.at()], Deprel::Appos | Deprel::Flat);
    let noun = mended.head[name.at()].filter(|noun| beside && case < *noun && *noun < name);
    if let Some(noun) = noun {
        mended.to_mut().head[case.at()] = Some(noun);
    }
}

/// "The White House *Tuesday* said": the day for the subject; the subject is the noun before it.
fn weekday(document: &Document, mended: &mut Cow<'_, Syntax>, day: TokenId) {
    let is_subject = |t: TokenId| matches!(mended.dep[t.at()], Deprel::Nsubj | Deprel::NsubjPass);
    if !is_subject(day) || !super::time::is_weekday(document.word(day)) {
        return;
    }
    let Some(verb) = mended.head[day.at()].filter(|verb| *verb > day) else { return };
    let low = day.0.saturating_sub(MOST_MOVED);
    let before = (low..day.0).map(TokenId);
    let beside = before.clone().any(|t| mended.head[t.at()] == Some(verb) && is_subject(t));
    let noun = |t: &TokenId| matches!(mended.upos[t.at()], Upos::Noun | Upos::Propn | Upos::Pron);
    let own = before.clone().rev().find(|t| mended.head[t.at()] == Some(day) && noun(t));
    if !beside && own.is_none_or(|own| own.0 + 1 != day.0) {
        return;
    }
    let tree = mended.to_mut();
    let dep = std::mem::replace(&mut tree.dep[day.at()], Deprel::OblUnmarked);
    if let Some(own) = own.filter(|_| !beside) {
        for t in before.filter(|t| *t != own) {
            if tree.head[t.at()] == Some(day) {
                tree.head[t.at()] = Some(own);
            }
        }
        (tree.head[own.at()], tree.dep[own.at()]) = (Some(verb), dep);
    }
}

/// "will ignore U.S. *offers*": a verb for the tags, an object for the tree; it is a noun of the name before it.
fn plural(document: &Document, mended: &mut Cow<'_, Syntax>, token: TokenId) {
    if mended.xpos[token.at()] != Xpos::VBZ || mended.dep[token.at()] != Deprel::Obj {
        return;
    }
    let Some(before) = token.0.checked_sub(1).map(TokenId) else { return };
    let governed = |t: TokenId| mended.head.get(t.at()).is_some_and(|h| *h == Some(token));
    if !governed(before) || mended.dep[before.at()] != Deprel::Nsubj {
        return;
    }
    let infinitive = (token.0 + 1..token.0 + 6)
        .map(TokenId)
        .find(|t| governed(*t) && mended.dep.get(t.at()) == Some(&Deprel::Xcomp));
    let tree = mended.to_mut();
    (tree.upos[token.at()], tree.xpos[token.at()]) = (Upos::Noun, Xpos::NNS);
    tree.lemma[token.at()] = lemma(document.word(token), Upos::Noun, Xpos::NNS);
    tree.dep[before.at()] = Deprel::Compound;
    if let Some(infinitive) = infinitive {
        tree.dep[infinitive.at()] = Deprel::Acl;
    }
}

/// "*The bridge*, Ann Lee said, will be closed": the subject of a clause that its own teller interrupts, and
/// the verb that tells it. The parser hangs the clause under that verb, and its subject under either;
/// Universal Dependencies has the verb stand in parataxis under the clause.
fn interrupted(
    document: &Document,
    tree: &Syntax,
    sentence: &Sentence,
    clause: TokenId,
) -> Option<(TokenId, TokenId)> {
    let verb = tree.head[clause.at()].filter(|verb| *verb < clause)?;
    let is_subject = |t: &TokenId| matches!(tree.dep[t.at()], Deprel::Nsubj | Deprel::NsubjPass);
    let of = |t: TokenId, head: TokenId| tree.head[t.at()] == Some(head);
    let mut subjects = sentence
        .tokens()
        .take_while(|t| *t < verb)
        .filter(|t| is_subject(t) && (of(*t, verb) || of(*t, clause)));
    let (first, second) = (subjects.next()?, subjects.next()?);
    let comma = (first.0..second.0).any(|t| document.word(TokenId(t)) == ",");
    let bare = !sentence.tokens().any(|t| t > verb && is_subject(&t) && of(t, clause));
    (comma && bare && subjects.next().is_none() && of(second, verb)).then_some((first, verb))
}

/// True for a name that is tagged, or hangs, like a verb.
fn is_verb_like(syntax: &Syntax, token: TokenId) -> bool {
    let clause = [Deprel::Ccomp, Deprel::Xcomp, Deprel::Advcl, Deprel::Aux];
    syntax.upos[token.at()] == Upos::Verb
        || syntax.upos[token.at()] == Upos::Aux
        || clause.contains(&syntax.dep[token.at()]) && syntax.upos[token.at()] != Upos::Propn
}

/// Hangs the name on the verb that follows it directly, or else on the one before it.
fn rehang(tree: &mut Syntax, name: TokenId, first: TokenId, end: TokenId, within: impl Fn(TokenId) -> bool) {
    let verb_at = |t: TokenId| within(t) && matches!(tree.upos[t.at()], Upos::Verb);
    let skip = |t: TokenId| within(t) && matches!(tree.upos[t.at()], Upos::Aux | Upos::Adv | Upos::Part);
    let mut after = end;
    while after.0 < end.0 + 3 && skip(after) {
        after = TokenId(after.0 + 1);
    }
    let before = first.0.checked_sub(1).map(TokenId).filter(|t| verb_at(*t));
    let (verb, dep) = match (verb_at(after), before) {
        (true, _) => (after, Deprel::Nsubj),
        (false, Some(before)) => (before, Deprel::Obj),
        (false, None) => {
            // Where it hangs as a clause but stands as a noun: leave the arc, it is a phrase.
            return;
        }
    };
    // The verb takes the name's place, and its dependents.
    if tree.head[verb.at()] == Some(name) || under(tree, verb, name) {
        tree.head[verb.at()] = tree.head[name.at()];
        tree.dep[verb.at()] = tree.dep[name.at()];
    }
    tree.head[name.at()] = Some(verb);
    tree.dep[name.at()] = dep;
    let low = first.0.saturating_sub(MOST_MOVED);
    let near = (low..end.0.saturating_add(MOST_MOVED)).map(TokenId).filter(|t| within(*t) && *t != verb);
    for token in near.collect::<Vec<_>>() {
        let child = tree.head[token.at()] == Some(name) && !(first <= token && token < end);
        let stays = [Deprel::Case, Deprel::Det, Deprel::Amod, Deprel::Compound, Deprel::Flat, Deprel::Appos];
        if child && !stays.contains(&tree.dep[token.at()]) {
            tree.head[token.at()] = Some(verb);
        }
        // "Trump fired James Comey": who stands after the verb is not its subject any more.
        let subject = matches!(tree.dep[token.at()], Deprel::Nsubj | Deprel::NsubjPass);
        if dep == Deprel::Nsubj && subject && token > verb && tree.head[token.at()] == Some(verb) {
            tree.dep[token.at()] = Deprel::Obj;
        }
    }
}

/// Tokens further away than this keep their place.
const MOST_MOVED: u32 = 40;

/// True if `above` governs `token`, directly or through others.
fn under(tree: &Syntax, token: TokenId, above: TokenId) -> bool {
    let mut at = tree.head[token.at()];
    while let Some(t) = at.filter(|t| *t != above) {
        at = tree.head[t.at()];
    }
    at.is_some()
}

#[cfg(test)]
mod tests;
