//! The borrowed view of a sentence's tree that the extractors walk.
//!
//! In: a [`Syntax`] and a sentence. Out: heads, children and subtrees, without copying.

use super::{Deprel, Syntax};
use crate::document::Sentence;
use crate::text::TokenId;

/// One sentence's dependency tree.
#[derive(Clone, Debug)]
pub struct Tree<'a> {
    syntax: &'a Syntax,
    first: u32,
    end: u32,
    /// Children of every token, sorted by head, then by place.
    children: Vec<TokenId>,
    /// Where in `children` a token's own begin; one element more than tokens.
    starts: Vec<u32>,
}

impl<'a> Tree<'a> {
    /// Looks at one sentence of `syntax`. Linear in the sentence's length.
    #[must_use]
    pub fn new(syntax: &'a Syntax, sentence: &Sentence) -> Self {
        let (first, end) = (sentence.first.0, sentence.end.0.min(syntax.head.len() as u32));
        let n = end.saturating_sub(first) as usize;
        let mut starts = vec![0u32; n + 1];
        let inside = |id: TokenId| id.0 >= first && id.0 < end;
        let heads = || (first..end).map(TokenId).filter_map(|t| syntax.head[t.at()].map(|h| (t, h)));
        for (_, head) in heads().filter(|(_, h)| inside(*h)) {
            starts[(head.0 - first) as usize + 1] += 1;
        }
        for i in 0..n {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut children = vec![TokenId(0); starts[n] as usize];
        for (token, head) in heads().filter(|(_, h)| inside(*h)) {
            let slot = &mut next[(head.0 - first) as usize];
            children[*slot as usize] = token;
            *slot += 1;
        }
        Tree { syntax, first, end, children, starts }
    }

    /// The tokens, in order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = TokenId> + use<> {
        (self.first..self.end).map(TokenId)
    }

    /// The token's governor; `None` for a root.
    #[must_use]
    pub fn head(&self, token: TokenId) -> Option<TokenId> {
        self.syntax.head[token.at()]
    }

    /// The token's relation to its governor.
    #[must_use]
    pub fn dep(&self, token: TokenId) -> Deprel {
        self.syntax.dep[token.at()]
    }

    /// The token's dictionary form.
    #[must_use]
    pub fn lemma(&self, token: TokenId) -> &'a str {
        &self.syntax.lemma[token.at()]
    }

    /// What depends on the token, in the order of the text.
    #[must_use]
    pub fn children(&self, token: TokenId) -> &[TokenId] {
        let i = (token.0 - self.first) as usize;
        &self.children[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// The first child that stands in relation `dep`.
    #[must_use]
    pub fn child(&self, token: TokenId, dep: Deprel) -> Option<TokenId> {
        self.children(token).iter().copied().find(|c| self.dep(*c) == dep)
    }

    /// The children that stand in relation `dep`.
    pub fn children_by(&self, token: TokenId, dep: Deprel) -> impl Iterator<Item = TokenId> {
        self.children(token).iter().copied().filter(move |c| self.dep(*c) == dep)
    }

    /// Its objects, direct before indirect: the treebanks draw "urged *Norway* to sign" both ways.
    pub fn objects(&self, token: TokenId) -> impl Iterator<Item = TokenId> {
        [Deprel::Obj, Deprel::Iobj].into_iter().filter_map(move |dep| self.child(token, dep))
    }

    /// First and last token of all that hangs under `token`, itself included.
    #[must_use]
    pub fn edges(&self, token: TokenId) -> (TokenId, TokenId) {
        let (mut low, mut high) = (token, token);
        let mut stack = vec![token];
        while let Some(t) = stack.pop() {
            low = low.min(t);
            high = high.max(t);
            stack.extend_from_slice(self.children(t));
        }
        (low, high)
    }
}
