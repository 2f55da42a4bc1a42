//! Headlines whose verb was taken for a noun: "Blinken presses China to act".
//!
//! In: a document's mended syntax, its mentions, the lexicon's frames. Out: in a headline without a verb that has
//! a tense, a plural noun between two names that frames know as a verb becomes its root: the name before it the
//! subject, the name behind it the object, an infinitive after that the complement.
//!
//! `entity` asks much the same before it takes a noun for a description (`is_headline_verb`), but while names are
//! all that is found, and in every headline: "Russia forces Ukraine as talks fail" describes no forces, though its
//! tree, which has a verb with a tense, is not touched here.

use std::borrow::Cow;

use crate::document::{Document, Sentence, ZoneKind};
use crate::entity::{Entities, Form, Mention, reads_as_verb};
use crate::lexicon::Lexicon;
use crate::syntax::{Deprel, Syntax, Upos, Xpos};
use crate::text::TokenId;

/// Mends the headlines of a document.
pub(super) fn mend(
    document: &Document,
    mended: &mut Cow<'_, Syntax>,
    entities: &Entities,
    lexicon: &Lexicon,
) {
    let titles = document.sentences.iter().filter(|s| s.zone == ZoneKind::Title);
    for sentence in titles {
        if let Some((before, verb, after)) = misread(document, mended, entities, lexicon, sentence) {
            let (before, after) = (before.head, after.head);
            make_root(mended.to_mut(), sentence, before, verb, after);
        }
    }
}

/// The first noun between two names that is the headline's verb, and the names.
fn misread<'e>(
    document: &Document,
    syntax: &Syntax,
    entities: &'e Entities,
    lexicon: &Lexicon,
    sentence: &Sentence,
) -> Option<(&'e Mention, TokenId, &'e Mention)> {
    let finite = |t: TokenId| matches!(syntax.xpos[t.at()], Xpos::VBZ | Xpos::VBD | Xpos::VBP | Xpos::MD);
    if sentence.tokens().any(finite) {
        return None;
    }
    let first = entities.mentions.partition_point(|m| m.first < sentence.first);
    let names = || {
        let here = entities.mentions[first..].iter().take_while(|m| m.first < sentence.end);
        here.filter(|m| m.form == Form::Name && m.end <= sentence.end)
    };
    names().find_map(|before| {
        let verb = before.end;
        let after = names().find(|m| m.first.0 == verb.0 + 1)?;
        reads_as_verb(document, syntax, lexicon, verb).then_some((before, verb, after))
    })
}

/// Hangs the sentence on `verb`. What hung on the old root stays there, so no ring can arise.
fn make_root(tree: &mut Syntax, sentence: &Sentence, before: TokenId, verb: TokenId, after: TokenId) {
    let Some(root) = sentence.tokens().find(|t| tree.head[t.at()].is_none()) else { return };
    (tree.upos[verb.at()], tree.xpos[verb.at()]) = (Upos::Verb, Xpos::VBZ);
    let complement = (after.0 + 1..sentence.end.0)
        .map(TokenId)
        .find(|t| tree.xpos[t.at()] == Xpos::VB)
        .filter(|t| tree.xpos[t.at() - 1] == Xpos::TO && *t != root);
    let mut hang = |t: TokenId, head: Option<TokenId>, dep: Deprel| {
        (tree.head[t.at()], tree.dep[t.at()]) = (head, dep);
    };
    hang(root, Some(verb), Deprel::Parataxis);
    hang(verb, None, Deprel::Root);
    hang(before, Some(verb), Deprel::Nsubj);
    hang(after, Some(verb), Deprel::Obj);
    if let Some(complement) = complement {
        hang(complement, Some(verb), Deprel::Xcomp);
    }
}
