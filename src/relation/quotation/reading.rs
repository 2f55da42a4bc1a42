//! One document as the finder of quotations reads it: tokens, trees, marks and mentions side by side.
//!
//! In: the layers before. Out: [`Reading`], which answers where a token stands: in which sentence,
//! inside which stretch of quotation marks, in which mention. Built once a document, in linear time.

use super::mark::{self, Stretch};
use crate::document::{Document, Sentence};
use crate::entity::{Entities, Form, Mention};
use crate::syntax::{Deprel, Syntax, Tree, Upos, Xpos};
use crate::text::{SentenceId, Span, TokenId};

/// All layers of a document, joined by token.
pub(super) struct Reading<'a> {
    pub document: &'a Document,
    pub syntax: &'a Syntax,
    pub entities: &'a Entities,
    pub trees: Vec<Tree<'a>>,
    pub stretches: Vec<Stretch>,
    /// For each token, the stretch that it stands in, its marks included.
    quoted: Vec<Option<u32>>,
    /// For each token, the innermost mention that covers it.
    mentions: Vec<Option<u32>>,
}

impl<'a> Reading<'a> {
    /// Joins the layers; `None` where the syntax does not fit the document.
    pub fn new(document: &'a Document, syntax: &'a Syntax, entities: &'a Entities) -> Option<Self> {
        let n = document.tokens.len();
        if !syntax.fits(n) || document.sentences.iter().any(|s| s.end.at() > n) {
            return None;
        }
        let stretches = mark::stretches(document);
        let mut quoted = vec![None; n];
        for (number, stretch) in stretches.iter().enumerate() {
            for token in tokens_in(document, stretch.outer) {
                quoted[token] = u32::try_from(number).ok();
            }
        }
        let mut mentions: Vec<Option<u32>> = vec![None; n];
        let width = |at: u32| entities.mentions.get(at as usize).map_or(u32::MAX, |m| m.end.0 - m.first.0);
        for (number, mention) in entities.mentions.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            for slot in mentions.iter_mut().take(mention.end.at().min(n)).skip(mention.first.at()) {
                if slot.is_none_or(|other| width(number) < width(other)) {
                    *slot = Some(number);
                }
            }
        }
        let trees = document.sentences.iter().map(|s| Tree::new(syntax, s)).collect();
        Some(Reading { document, syntax, entities, trees, stretches, quoted, mentions })
    }

    pub fn upos(&self, token: TokenId) -> Upos {
        self.syntax.upos.get(token.at()).copied().unwrap_or_default()
    }

    pub fn xpos(&self, token: TokenId) -> Xpos {
        self.syntax.xpos.get(token.at()).copied().unwrap_or_default()
    }

    pub fn dep(&self, token: TokenId) -> Deprel {
        self.syntax.dep.get(token.at()).copied().unwrap_or_default()
    }

    pub fn head(&self, token: TokenId) -> Option<TokenId> {
        self.syntax.head.get(token.at()).copied().flatten()
    }

    pub fn lemma(&self, token: TokenId) -> &'a str {
        self.syntax.lemma.get(token.at()).map_or("", String::as_str)
    }

    pub fn word(&self, token: TokenId) -> &'a str {
        self.document.word(token)
    }

    /// The word, in lower case.
    pub fn lower(&self, token: TokenId) -> String {
        self.word(token).to_lowercase()
    }

    pub fn is_verb(&self, token: TokenId) -> bool {
        matches!(self.upos(token), Upos::Verb | Upos::Aux)
    }

    pub fn is_punct(&self, token: TokenId) -> bool {
        self.word(token).chars().all(|c| !c.is_alphanumeric() && !"$%#€£".contains(c))
    }

    /// The stretch of quotation marks around a token.
    pub fn quoted(&self, token: TokenId) -> Option<usize> {
        self.quoted.get(token.at()).copied().flatten().map(|s| s as usize)
    }

    pub fn sentence(&self, token: TokenId) -> Option<(SentenceId, &'a Sentence)> {
        let id = self.document.sentence_of(token);
        self.document.sentences.get(id.at()).map(|s| (id, s))
    }

    pub fn tree(&self, token: TokenId) -> Option<&Tree<'a>> {
        self.trees.get(self.document.sentence_of(token).at())
    }

    /// The mention that a noun phrase's head stands for, or that covers it.
    pub fn mention(&self, token: TokenId) -> Option<&'a Mention> {
        let number = self.mentions.get(token.at()).copied().flatten()?;
        self.entities.mentions.get(number as usize)
    }

    /// Who bears the title that a token stands in: Ann Lee for "Bergen" in "Bergen's mayor Ann Lee".
    pub fn bearer(&self, token: TokenId) -> Option<&'a Mention> {
        let inner = self.mention(token);
        let (own, end) = match inner {
            Some(inner) => (inner.span, inner.end),
            // "Ambassador" in "Ambassador to Japan Ann Lee"
            None => (self.span(token, token), TokenId(token.0 + 1)),
        };
        let name = |m: &&Mention| m.form == Form::Name && m.phrase != m.span && m.span.start >= own.end;
        // The name ends the phrase; titles are short.
        let last = TokenId((token.0 + TITLE).min(u32::try_from(self.document.tokens.len()).ok()?));
        let mut after = (end.0..last.0).filter_map(|t| self.mention(TokenId(t)));
        after.find(|m| name(m) && m.phrase.start <= own.start)
    }

    /// The bytes from one token to another, both included.
    pub fn span(&self, first: TokenId, last: TokenId) -> Span {
        let (Some(a), Some(b)) = (self.document.tokens.get(first.at()), self.document.tokens.get(last.at()))
        else {
            return Span::default();
        };
        Span::new(a.start as usize, b.end as usize)
    }

    /// The first token that begins at or after a byte.
    pub fn token_from(&self, byte: u32) -> TokenId {
        TokenId::from(self.document.tokens.partition_point(|t| t.start < byte))
    }

    /// The words from `first` to `last` without the punctuation at either end; `None` if nothing is
    /// left. A mark or a bracket stays if its partner is there: "the plan was “a farce.”".
    pub fn trimmed(&self, first: TokenId, last: TokenId) -> Option<Span> {
        let (mut first, mut last) = (first, last);
        // Two rounds: a mark without a partner may hide a comma.
        for _ in 0..2 {
            while first <= last && self.is_punct(first) && !OPENING.contains(&self.word(first)) {
                first = TokenId(first.0 + 1);
            }
            while last > first && self.is_punct(last) && !CLOSING.contains(&self.word(last)) {
                last = TokenId(last.0.checked_sub(1)?);
            }
            if first > last {
                return None;
            }
            let words = self.document.str(self.span(first, last));
            let lone = Lone::of(words);
            if self.is_punct(first) && (lone.opening || first == last) {
                first = TokenId(first.0 + 1);
            } else if self.is_punct(last) && lone.closing {
                last = TokenId(last.0.checked_sub(1)?);
            }
        }
        (first <= last && !self.is_punct(last) || first < last).then(|| self.span(first, last))
    }
}

/// How many tokens a title reaches from a place in it to its bearer.
const TITLE: u32 = 14;

/// Signs that begin words, and that end them.
const OPENING: [&str; 8] = ["“", "‘", "\"", "'", "''", "``", "(", "["];
const CLOSING: [&str; 8] = ["”", "’", "\"", "'", "''", "?", ")", "]"];

/// Whether some words open or close a mark without its partner.
struct Lone {
    opening: bool,
    closing: bool,
}

impl Lone {
    fn of(words: &str) -> Self {
        let count = |c: char| words.matches(c).count();
        let (round, square) = (count('(').cmp(&count(')')), count('[').cmp(&count(']')));
        let (double, single) = (count('“').cmp(&count('”')), count('‘').cmp(&count('’')));
        let straight = count('"') % 2 == 1 || words.matches("''").count() % 2 == 1;
        let first = words.chars().next().unwrap_or(' ');
        let last = words.chars().next_back().unwrap_or(' ');
        let opening = match first {
            '(' => round.is_gt(),
            '[' => square.is_gt(),
            '“' => double.is_gt(),
            '‘' => single.is_gt(),
            _ => straight,
        };
        let closing = match last {
            ')' => round.is_lt(),
            ']' => square.is_lt(),
            '”' => double.is_lt(),
            // Apostrophes look like closing marks.
            '’' => single.is_lt() && words.trim_end_matches('’').ends_with([',', '.', '?', '!']),
            '?' => false,
            _ => straight,
        };
        Lone { opening, closing }
    }
}

/// The indexes of the tokens that lie inside a span.
pub(super) fn tokens_in(document: &Document, span: Span) -> std::ops::Range<usize> {
    let from = document.tokens.partition_point(|t| t.start < span.start);
    let until = document.tokens.partition_point(|t| t.start < span.end);
    from..until.max(from)
}
