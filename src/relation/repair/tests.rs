//! Names that are no verbs, and any tree with any names: still a tree.

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
