//! What a sentence recalls: events that it tells by the way.
//!
//! In: a document's trees and relations. Out: for each relation whether its trigger stands in the background: in a
//! relative clause or behind a participle ("the army that shelled Aleppo"), in a clause or phrase of time or reason
//! ("after Iran expelled him", "over its attack on Aleppo"), as a purpose, or as what another event is about ("rejected
//! a call by Oman", "welcomed the decision to free him").
//!
//! News repeats what led to the news; who counts events would count it again with each article.

use std::collections::HashMap;

use super::Relation;
use crate::document::Document;
use crate::lexicon::Lexicon;
use crate::syntax::{Deprel, Syntax, Tree, Upos, Xpos};
use crate::text::{SentenceId, Span, TokenId};

crate::word_list!(
    /// Words before what is recalled: "after", "over".
    RECALLING,
    "recalling.txt"
);

/// How far up the tree is looked.
const FAR: usize = 24;

/// For each relation, true if its sentence tells it by the way.
pub(super) fn of(
    relations: &[Relation],
    document: &Document,
    syntax: &Syntax,
    lexicon: &Lexicon,
) -> Vec<bool> {
    let says = lexicon.says();
    // Alone in its sentence a relation is beside nothing.
    let mut shared: HashMap<SentenceId, usize> = HashMap::new();
    relations.iter().for_each(|r| *shared.entry(r.evidence.sentence).or_default() += 1);
    shared.retain(|_, count| *count > 1);
    let tree = |id: SentenceId| Some((id, Tree::new(syntax, document.sentences.get(id.at())?)));
    let trees: HashMap<SentenceId, Tree<'_>> = shared.into_keys().filter_map(tree).collect();
    let place = |r: &Relation| {
        let tree = trees.get(&r.evidence.sentence)?;
        Some((tree, top(document, tree, r.evidence.trigger)?))
    };
    let places: Vec<Option<(&Tree<'_>, TokenId)>> = relations.iter().map(place).collect();
    // "voiced his support": to say it is no event of its own.
    let deeds = relations.iter().zip(&places).filter(|(r, _)| Some(r.predicate.at()) != says);
    let mut tops: Vec<TokenId> = deeds.filter_map(|(_, place)| Some(place.as_ref()?.1)).collect();
    tops.sort_unstable();
    let is_recalled = |(tree, token): (&Tree<'_>, TokenId)| recalled(document, syntax, (tree, token), &tops);
    places.into_iter().map(|place| place.is_some_and(is_recalled)).collect()
}

/// The token of a trigger that governs the others.
fn top(document: &Document, tree: &Tree<'_>, trigger: Span) -> Option<TokenId> {
    let first = document.tokens.partition_point(|span| span.end <= trigger.start);
    let end = document.tokens.partition_point(|span| span.start < trigger.end);
    let inside = |t: TokenId| (first..end).contains(&t.at());
    (first..end).map(TokenId::from).find(|t| !tree.head(*t).is_some_and(inside))
}

/// True if something between the token and the root of its sentence puts it into the background.
fn recalled(
    document: &Document,
    syntax: &Syntax,
    (tree, token): (&Tree<'_>, TokenId),
    events: &[TokenId],
) -> bool {
    let subjects = [Deprel::Nsubj, Deprel::NsubjPass];
    let is_participle = |t: TokenId| {
        syntax.xpos.get(t.at()) == Some(&Xpos::VBG) && !subjects.iter().any(|s| tree.child(t, *s).is_some())
    };
    let is_noun = |t: TokenId| syntax.upos.get(t.at()) == Some(&Upos::Noun);
    let mut at = token;
    for _ in 0..FAR {
        let Some(head) = tree.head(at) else { return false };
        let marked = || {
            let marks =
                tree.children(at).iter().filter(|c| matches!(tree.dep(**c), Deprel::Mark | Deprel::Case));
            marks.into_iter().any(|m| *m < at && RECALLING.has(&document.word(*m).to_lowercase()))
        };
        let event = || events.binary_search(&head).is_ok();
        let found = match tree.dep(at) {
            Deprel::AclRelcl | Deprel::Acl => true,
            Deprel::Advcl => marked() || is_participle(at),
            Deprel::Obl => marked(),
            Deprel::Nmod => is_noun(at) && at == token,
            Deprel::Obj | Deprel::NsubjPass => is_noun(at) && event(),
            _ => false,
        };
        if found {
            return true;
        }
        at = head;
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::document::segment;
    use crate::entity;
    use crate::lexicon::Lexicon;
    use crate::relation::extract;
    use crate::source::Article;
    use crate::syntax::{self, Model};

    #[test]
    fn what_is_recalled_has_an_edge_and_no_code() {
        let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
        for (text, told, recalled) in [
            ("Iran expelled Jane Doe after Oman accused her of spying.", &["expels"][..], &["accuses"][..]),
            ("Rebels attacked Aleppo, killing six soldiers.", &["attacks"], &["kills"]),
            ("Norway sanctioned Chile, which attacked Peru.", &["sanctions"], &["attacks"]),
            ("Oman criticized Peru over its attack on Chile.", &["criticizes"], &["attacks"]),
            ("Norway sanctioned Chile and condemned Peru.", &["sanctions", "criticizes"], &[]),
        ] {
            let article = Article { id: "t".into(), body: text.into(), ..Article::default() };
            let document = segment(&article, &lexicon);
            let syntax = syntax::parse(&document, &model);
            let entities = entity::find(&document, &syntax, &lexicon);
            let found = extract(&document, &syntax, &entities, &lexicon);
            let named = |coded: bool| -> Vec<&str> {
                let fits = |r: &&crate::relation::Relation| r.cameo(&lexicon).is_empty() != coded;
                let predicates = found.relations.iter().filter(fits).map(|r| r.predicate.at());
                predicates.map(|p| lexicon.predicates[p].name.as_str()).collect()
            };
            assert_eq!((named(true), named(false)), (told.to_vec(), recalled.to_vec()), "{text}");
        }
    }
}
