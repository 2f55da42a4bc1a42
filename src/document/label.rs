//! Labels in capitals at the start of a paragraph: "SECRETARY DOE:", "MR. DOE:", "QUESTION:".
//!
//! In: tokens of a [`Document`]. Out: the colon that ends the label. Whose words a label gives (`entity`) and
//! what is said after it (`relation`) is asked elsewhere, and so is which paragraphs may begin with one, and how
//! long it may be.

use std::ops::Range;

use super::Document;
use crate::text::TokenId;

impl Document {
    /// The first colon among some tokens, if all words before it stand in capitals; `small` names words that may
    /// have small letters all the same: "Mr.".
    pub(crate) fn label_colon(&self, tokens: Range<u32>, small: impl Fn(&str) -> bool) -> Option<TokenId> {
        let first = tokens.start;
        let colon = tokens.map(TokenId).find(|t| self.word(*t) == ":")?;
        let words = || (first..colon.0).map(|t| self.word(TokenId(t)));
        let letters = words().any(|word| word.chars().any(char::is_alphabetic));
        let capitals = words().all(|word| !word.chars().any(char::is_lowercase) || small(word));
        (letters && capitals).then_some(colon)
    }
}

#[cfg(test)]
mod tests {
    use crate::document::segment;
    use crate::lexicon::Lexicon;
    use crate::source::Article;

    #[test]
    fn a_label_is_what_stands_in_capitals_before_the_first_colon() {
        let colon = |text: &str| {
            let article = Article { body: text.to_owned(), ..Article::default() };
            let document = segment(&article, &Lexicon::builtin());
            let colon = document.label_colon(0..8, |word| word == "Mr.")?;
            Some(document.str(document.tokens[colon.at() - 1]).to_owned())
        };
        assert_eq!(colon("SECRETARY DOE: We have warned them.").as_deref(), Some("DOE"));
        assert_eq!(colon("Mr. DOE: We have warned them.").as_deref(), Some("DOE"));
        assert_eq!(colon("Mrs. DOE: We have warned them."), None);
        assert_eq!(colon("She said: WE have warned them."), None);
        assert_eq!(colon("10:30: WE have warned them.").as_deref(), None);
        assert_eq!(colon(": WE: have warned them."), None);
        assert_eq!(colon("NOT A SINGLE COLON STANDS HERE WHERE IT MAY: SO."), None);
    }
}
