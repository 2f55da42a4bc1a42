//! Names are no verbs: trees mended where the entity room knows better than the parser.
//!
//! In: the parser's syntax and the mentions. Out: the same syntax, or a mended copy. The parser knows
//! no names: in "Trump fired James Comey" it may take "Trump" for the verb, and the man dismissed for
//! the one who dismisses. A known name that hangs in the tree like a verb becomes the subject of the
//! verb after it, or the object of the verb before it. Gerunds that stand and hang in two minds
//! ("of bombing Georgia", with an object, tagged as a noun) become verbs, plurals that do ("ignore U.S. offers")
//! become nouns, and nouns between two names in a headline become verbs ([`headline`]). Nothing else is touched.

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
mod tests {
    use super::*;
    use crate::document::{Sentence, ZoneKind};
    use crate::entity::Mention;
    use crate::text::{EntityId, SentenceId, Span};

    /// "Trump fired James Comey", with `heads` and `deps` as a parser may see them.
    fn mend(heads: [Option<u32>; 4], deps: [Deprel; 4]) -> (Vec<Option<u32>>, Vec<Deprel>) {
        let text = "Trump fired James Comey".to_owned();
        let tokens = vec![Span::new(0, 5), Span::new(6, 11), Span::new(12, 17), Span::new(18, 23)];
        let sentence = Sentence {
            span: Span::new(0, 23),
            first: TokenId(0),
            end: TokenId(4),
            zone: ZoneKind::Body,
            paragraph: 0,
        };
        let document = Document { text, tokens, sentences: vec![sentence], ..Document::default() };
        let mention = |first: u32, end: u32, span: Span| Mention {
            span,
            phrase: span,
            first: TokenId(first),
            end: TokenId(end),
            head: TokenId(end - 1),
            sentence: SentenceId(0),
            form: Form::Name,
            entity: EntityId(0),
        };
        let mentions = vec![mention(0, 1, Span::new(0, 5)), mention(2, 4, Span::new(12, 23))];
        let syntax = Syntax {
            upos: vec![Upos::Verb, Upos::Verb, Upos::Propn, Upos::Propn],
            xpos: vec![Xpos::VB, Xpos::VBD, Xpos::NNP, Xpos::NNP],
            head: heads.map(|h| h.map(TokenId)).to_vec(),
            dep: deps.to_vec(),
            lemma: vec!["trump".into(), "fire".into(), "James".into(), "Comey".into()],
        };
        let mended =
            repair(&document, &syntax, &Entities { mentions, entities: Vec::new() }, &Lexicon::default());
        assert_eq!(mended.upos[0], Upos::Propn);
        (mended.head.iter().map(|h| h.map(|h| h.0)).collect(), mended.dep.clone())
    }

    #[test]
    fn a_name_before_a_verb_is_its_subject() {
        use Deprel::{Ccomp, Flat, Nsubj, Obj, Root, Xcomp};
        let right = (vec![Some(1), None, Some(1), Some(2)], vec![Nsubj, Root, Obj, Flat]);
        assert_eq!(mend([Some(1), None, Some(1), Some(2)], [Ccomp, Root, Nsubj, Flat]), right);
        assert_eq!(mend([None, Some(0), Some(1), Some(2)], [Root, Xcomp, Obj, Flat]), right);
    }

    static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::builtin);

    /// A sentence of `rows`: order in which words are hung, place of the head in it, relation, class of word;
    /// some of its words are names, from a word on, so many.
    fn mend_any(rows: &[(u32, usize, usize, usize)], names: &[(usize, usize)]) -> (Syntax, Syntax) {
        use Deprel::{Acl, Advcl, Case, Ccomp, Compound, Conj, Flat, Mark, Nsubj, Obj, Xcomp};
        let deps = [Acl, Advcl, Case, Ccomp, Compound, Conj, Flat, Mark, Nsubj, Obj, Xcomp];
        let tags = [
            (Upos::Verb, Xpos::VBZ),
            (Upos::Aux, Xpos::MD),
            (Upos::Noun, Xpos::VBG),
            (Upos::Noun, Xpos::NNS),
            (Upos::Propn, Xpos::NNP),
        ];
        let n = rows.len();
        let text = "arming ".repeat(n);
        let tokens: Vec<Span> = (0..n).map(|i| Span::new(7 * i, 7 * i + 6)).collect();
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by_key(|i| (rows[*i].0, *i));
        let mut head = vec![None; n];
        for at in 1..n {
            head[order[at]] = Some(TokenId::from(order[rows[order[at]].1 % at]));
        }
        let syntax = Syntax {
            upos: rows.iter().map(|r| tags[r.3 % tags.len()].0).collect(),
            xpos: rows.iter().map(|r| tags[r.3 % tags.len()].1).collect(),
            dep: rows
                .iter()
                .enumerate()
                .map(|(i, r)| if head[i].is_none() { Deprel::Root } else { deps[r.2 % deps.len()] })
                .collect(),
            head,
            lemma: vec!["press".into(); n],
        };
        let (mut mentions, mut start) = (Vec::new(), 0);
        for (gap, long) in names {
            let (first, end) = (start + gap, start + gap + long);
            if end > n {
                break;
            }
            let span = Span::new(7 * first, 7 * end - 1);
            let (first, end, head) = (TokenId::from(first), TokenId::from(end), TokenId::from(end - 1));
            let (form, entity, sentence) = (Form::Name, EntityId(0), SentenceId(0));
            mentions.push(Mention { span, phrase: span, first, end, head, sentence, form, entity });
            start = end.at();
        }
        let span = Span::new(0, text.len());
        let zone = if rows[0].0.is_multiple_of(2) { ZoneKind::Title } else { ZoneKind::Body };
        let (first, end) = (TokenId(0), TokenId::from(n));
        let sentences = vec![Sentence { span, first, end, zone, paragraph: 0 }];
        let document = Document { text, tokens, sentences, ..Document::default() };
        let mended =
            repair(&document, &syntax, &Entities { mentions, entities: Vec::new() }, &LEXICON).into_owned();
        (syntax, mended)
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(3000))]
        #[test]
        fn a_mended_tree_is_a_tree(
            rows in proptest::collection::vec((0..100_u32, 0..14_usize, 0..11_usize, 0..5_usize), 1..14),
            names in proptest::collection::vec((0..3_usize, 1..5_usize), 1..4),
        ) {
            let (before, after) = mend_any(&rows, &names);
            proptest::prop_assert!(is_forest(&before.head));
            proptest::prop_assert!(is_forest(&after.head), "{:?} became {:?}", before.head, after.head);
            let roots = |s: &Syntax| s.head.iter().filter(|h| h.is_none()).count();
            proptest::prop_assert_eq!(roots(&before), roots(&after));
        }
    }
}
