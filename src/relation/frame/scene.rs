//! One sentence with all that is known of it: what the matcher looks at.
//!
//! In: the document's layers. Out: [`Scene`], the borrowed view of one sentence, which answers the
//! small questions: which mention stands here, which prepositions mark this phrase, is this a verb.

use crate::document::{Document, ZoneKind};
use crate::entity::{Entities, Mention};
use crate::lexicon::{Kind, Lexicon};
use crate::syntax::{Deprel, Syntax, Tree, Upos, Xpos};
use crate::text::{MentionId, SentenceId, Span, TokenId};

/// For every token of a document, the mention that it belongs to.
pub(super) struct MentionMap {
    /// By the mention's own words; the shortest where several cover the token.
    own: Vec<Option<MentionId>>,
    /// By the whole phrase, titles included.
    phrase: Vec<Option<MentionId>>,
}

/// A phrase longer than this is no title with a name.
const LONGEST_PHRASE: u32 = 24;

impl MentionMap {
    pub(super) fn new(document: &Document, entities: &Entities) -> Self {
        let n = document.tokens.len();
        let mut map = MentionMap { own: vec![None; n], phrase: vec![None; n] };
        for (at, mention) in entities.mentions.iter().enumerate() {
            let id = MentionId::from(at);
            let length =
                |old: MentionId| entities.mentions.get(old.at()).map_or(usize::MAX, |m| m.span.len());
            for t in mention.first.at()..mention.end.at().min(n) {
                if map.own[t].is_none_or(|old| mention.span.len() < length(old)) {
                    map.own[t] = Some(id);
                }
            }
            let before = (1..=LONGEST_PHRASE).map_while(|d| mention.first.0.checked_sub(d));
            let after = (0..LONGEST_PHRASE).map(|d| mention.end.0.saturating_add(d));
            let inside =
                |t: &u32| document.tokens.get(*t as usize).is_some_and(|s| mention.phrase.contains(*s));
            for t in before.take_while(inside).chain(after.take_while(inside)) {
                let slot = &mut map.phrase[t as usize];
                *slot = slot.or(Some(id));
            }
        }
        map
    }
}

/// One sentence, and all layers around it.
pub(super) struct Scene<'a> {
    pub(super) document: &'a Document,
    pub(super) syntax: &'a Syntax,
    pub(super) entities: &'a Entities,
    pub(super) lexicon: &'a Lexicon,
    pub(super) sentence: SentenceId,
    pub(super) zone: ZoneKind,
    pub(super) tree: Tree<'a>,
    mentions: &'a MentionMap,
    first: TokenId,
    end: TokenId,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        document: &'a Document,
        syntax: &'a Syntax,
        entities: &'a Entities,
        lexicon: &'a Lexicon,
        mentions: &'a MentionMap,
        sentence: SentenceId,
    ) -> Option<Self> {
        let row = document.sentences.get(sentence.at())?;
        let tree = Tree::new(syntax, row);
        let (first, end) = (row.first, row.end);
        Some(Scene {
            document,
            syntax,
            entities,
            lexicon,
            sentence,
            zone: row.zone,
            tree,
            mentions,
            first,
            end,
        })
    }

    pub(super) fn dep(&self, token: TokenId) -> Deprel {
        self.tree.dep(token)
    }

    pub(super) fn head(&self, token: TokenId) -> Option<TokenId> {
        self.tree.head(token)
    }

    pub(super) fn upos(&self, token: TokenId) -> Upos {
        self.syntax.upos[token.at()]
    }

    pub(super) fn xpos(&self, token: TokenId) -> Xpos {
        self.syntax.xpos[token.at()]
    }

    pub(super) fn span(&self, token: TokenId) -> Span {
        self.document.tokens.get(token.at()).copied().unwrap_or_default()
    }

    /// The word as it stands in the text.
    pub(super) fn word(&self, token: TokenId) -> &'a str {
        self.span(token).of(&self.document.text)
    }

    /// True if the token's lemma or the token itself, in any case, is `word`.
    pub(super) fn is(&self, token: TokenId, word: &str) -> bool {
        self.tree.lemma(token).eq_ignore_ascii_case(word) || self.word(token).eq_ignore_ascii_case(word)
    }

    /// True if the token is one of `words`.
    pub(super) fn is_any(&self, token: TokenId, words: &[impl AsRef<str>]) -> bool {
        words.iter().any(|w| self.is(token, w.as_ref()))
    }

    /// The children that stand in one of these relations.
    pub(super) fn children(&self, token: TokenId, deps: &[Deprel]) -> impl Iterator<Item = TokenId> {
        self.tree.children(token).iter().copied().filter(move |c| deps.contains(&self.dep(*c)))
    }

    /// True if some child stands in one of these relations.
    pub(super) fn has(&self, token: TokenId, deps: &[Deprel]) -> bool {
        self.children(token, deps).next().is_some()
    }

    /// The mention that the token is part of, by its name or, failing that, by its title.
    pub(super) fn mention(&self, token: TokenId) -> Option<&'a Mention> {
        let id = self.mentions.own.get(token.at()).copied().flatten();
        let id = id.or_else(|| self.mentions.phrase.get(token.at()).copied().flatten())?;
        self.entities.mentions.get(id.at())
    }

    /// Of what kind is who stands here.
    pub(super) fn kind(&self, token: TokenId) -> Option<Kind> {
        let mention = self.mention(token)?;
        self.entities.entities.get(mention.entity.at()).map(|e| e.kind)
    }

    /// For whom else the same words stand: of "the two leaders", the second.
    pub(super) fn others(&self, token: TokenId) -> impl Iterator<Item = &'a Mention> {
        let own = self.mention(token);
        let first =
            own.map_or(0, |own| self.entities.mentions.partition_point(|m| m.span.start < own.span.start));
        let here = self.entities.mentions.get(first..).unwrap_or_default().iter();
        let here = here.take_while(move |m| own.is_some_and(|own| m.span.start == own.span.start));
        here.filter(move |m| own.is_some_and(|own| m.span == own.span && m.entity != own.entity))
    }

    /// The mention whose title or name the token is part of: of "Kenyan Foreign Minister Jane Doe" the
    /// whole, also at "Kenyan".
    pub(super) fn titled(&self, token: TokenId) -> Option<&'a Mention> {
        let id = self.mentions.phrase.get(token.at()).copied().flatten();
        id.and_then(|id| self.entities.mentions.get(id.at())).or_else(|| self.mention(token))
    }

    /// The words that mark a phrase or a clause: "with" of "with China", "of" of "of killing", "to" of
    /// "to act", "out", "of" of "out of Iran".
    pub(super) fn markers(&self, token: TokenId) -> impl Iterator<Item = TokenId> {
        let direct = self.children(token, &[Deprel::Case, Deprel::Mark]).filter(move |m| *m < token);
        direct.flat_map(|m| std::iter::once(m).chain(self.children(m, &[Deprel::Fixed]).collect::<Vec<_>>()))
    }

    /// True if one of `words` marks the phrase.
    pub(super) fn marked_by(&self, token: TokenId, words: &[impl AsRef<str>]) -> bool {
        self.markers(token).any(|m| self.is_any(m, words))
    }

    /// True for a word that can head a clause.
    pub(super) fn is_verbal(&self, token: TokenId) -> bool {
        matches!(self.upos(token), Upos::Verb | Upos::Aux)
            || self.has(token, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Cop, Deprel::AuxPass])
    }

    /// True for who, whom, which, that where they stand for a noun before.
    pub(super) fn is_relative(&self, token: TokenId) -> bool {
        matches!(self.xpos(token), Xpos::WP | Xpos::WDT | Xpos::WPS)
    }

    /// True if the token stands under `above` (or is it).
    pub(super) fn is_under(&self, token: TokenId, above: TokenId) -> bool {
        let mut at = Some(token);
        for _ in 0..MAX_DEPTH {
            match at {
                Some(t) if t == above => return true,
                Some(t) => at = self.head(t),
                None => return false,
            }
        }
        false
    }

    /// The tokens of the sentence that are no further than `most` from a token, end-exclusive.
    pub(super) fn window(&self, token: TokenId, most: u32) -> (TokenId, TokenId) {
        let low = token.0.saturating_sub(most).max(self.first.0);
        (TokenId(low), TokenId(token.0.saturating_add(most).min(self.end.0)))
    }

    /// The words under a token, without the punctuation at its ends.
    pub(super) fn phrase(&self, token: TokenId) -> Span {
        let (mut low, mut high) = self.tree.edges(token);
        while high > token && self.upos(high) == Upos::Punct && !self.closes(high) {
            high = TokenId(high.0 - 1);
        }
        while low < token && self.upos(low) == Upos::Punct && !self.opens(low) {
            low = TokenId(low.0 + 1);
        }
        self.span(low).cover(self.span(high))
    }

    fn closes(&self, token: TokenId) -> bool {
        matches!(self.xpos(token), Xpos::Close | Xpos::RRB)
    }

    fn opens(&self, token: TokenId) -> bool {
        matches!(self.xpos(token), Xpos::Open | Xpos::LRB)
    }
}

/// No chain of heads is followed further: trees of real sentences are not deeper.
pub(super) const MAX_DEPTH: usize = 64;
