//! What the trees tell of a token: its tag, what it hangs on, and how its phrase stands in the sentence.
//!
//! In: a document's syntax. Out: a [`Hang`] for each token, and features of them: of "Ondara" in "Ondara, a brewer, said" that
//! its phrase is the subject of "said" and is explained as "brewer".

use super::word::{NO_CLUSTER, Word};
use crate::syntax::{Deprel, Syntax, Xpos};

/// How a token hangs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hang {
    xpos: u32,
    dep: Deprel,
    /// What it hangs on; itself for a root.
    head: u32,
    /// The token that its phrase hangs by: of "Jane" in "Jane Doe said" Doe.
    top: u32,
    /// The preposition of its phrase, one past it; 0 for none.
    case: u32,
    /// The noun that explains it, one past it: "brewer"; 0 for none.
    explained: u32,
}

/// A phrase deeper than this is not climbed.
const DEEPEST: usize = 6;

/// Reads the trees; nothing where they are of another document.
pub(super) fn read(syntax: &Syntax, tokens: usize) -> Vec<Hang> {
    if !syntax.fits(tokens) {
        return Vec::new();
    }
    let head = |t: usize| syntax.head[t].map_or(t, |h| h.at());
    let mut hangs: Vec<Hang> = (0..tokens)
        .map(|t| {
            let mut top = t;
            for _ in 0..DEEPEST {
                if !matches!(
                    syntax.dep[top],
                    Deprel::Flat | Deprel::Compound | Deprel::Amod | Deprel::NmodPoss | Deprel::Det
                ) {
                    break;
                }
                top = head(top);
            }
            Hang {
                xpos: syntax.xpos[t] as u32,
                dep: syntax.dep[t],
                head: head(t) as u32,
                top: top as u32,
                ..Hang::default()
            }
        })
        .collect();
    for t in 0..tokens {
        let up = head(t);
        match syntax.dep[t] {
            Deprel::Case if hangs[up].case == 0 => hangs[up].case = t as u32 + 1,
            Deprel::Appos if syntax.xpos[t] != Xpos::NNP => hangs[up].explained = t as u32 + 1,
            // "Ondara is a brewer"
            Deprel::Nsubj if matches!(syntax.xpos[up], Xpos::NN | Xpos::NNS) => {
                hangs[t].explained = up as u32 + 1
            }
            _ => {}
        }
    }
    hangs
}

/// Adds the features of the token `at` of a sentence whose first token in the document is `first`.
pub(super) fn features(
    words: &[Word],
    hangs: &[Hang],
    first: usize,
    at: usize,
    add: &mut impl FnMut(u32, u32, u32),
) {
    let hang = |by: isize| at.checked_add_signed(by).and_then(|i| hangs.get(i)).copied().unwrap_or_default();
    let local = |token: u32| (token as usize).checked_sub(first).filter(|t| *t < words.len());
    let lower = |token: u32| local(token).map_or(0, |t| words[t].lower);
    let cluster =
        |token: u32| local(token).map_or(u32::from(NO_CLUSTER), |t| u32::from(words[t].clusters[2]));
    let here = hang(0);
    let Some(top) = local(here.top).and_then(|t| hangs.get(t)).copied() else { return };
    let word = words[at];
    let dep = here.dep as u32;
    add(130, here.xpos, 0);
    add(131, here.xpos << 8 | dep, word.shape);
    add(132, hang(-1).xpos << 8 | here.xpos, hang(1).xpos);
    add(133, here.xpos, word.lower);
    add(134, dep, lower(here.head));
    add(135, dep, cluster(here.head));
    let place = u32::from(here.top as usize == first + at) | u32::from((here.top as usize) < first + at) << 1;
    let up = top.dep as u32;
    add(136, up << 2 | place, lower(top.head));
    add(137, up << 2 | place, cluster(top.head));
    add(138, place, lower(here.top));
    add(139, up << 2 | place, word.shape);
    if top.case > 0 {
        add(140, lower(top.case - 1), place);
        add(141, lower(top.case - 1), lower(top.head));
        add(142, lower(top.case - 1), cluster(top.head) << 2 | place);
    }
    if top.explained > 0 {
        add(143, lower(top.explained - 1), place);
        add(144, cluster(top.explained - 1), place);
    }
}
