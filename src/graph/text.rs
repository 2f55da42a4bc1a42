//! A piece of text that many places share: a sentence that proves five edges is kept once.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::io::{self, Read, Write};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Text that is cheap to copy. It reads, compares and prints like a `str`.
///
/// ```
/// use demarche::graph::Text;
/// let text = Text::from("urges");
/// assert!(text == "urges" && text.clone().starts_with("ur"));
/// ```
///
/// It is a piece of a longer text that it keeps alive: the sentences of a hundred documents of a file, or all
/// its names, are one allocation; and the sentences are unpacked when one of them is read for the first time.
#[derive(Clone)]
pub struct Text {
    whole: Arc<Whole>,
    // Places are 32 bits wide, as everywhere.
    start: u32,
    end: u32,
}

/// What texts are pieces of.
struct Whole {
    text: OnceLock<String>,
    packed: Option<Packed>,
}

/// Gives a text that is packed.
pub(super) type Packed = Box<dyn Fn() -> String + Send + Sync>;

impl Whole {
    fn of(text: String) -> Arc<Whole> {
        Arc::new(Whole { text: text.into(), packed: None })
    }

    fn as_str(&self) -> &str {
        self.text.get_or_init(|| self.packed.as_ref().map(|unpack| unpack()).unwrap_or_default())
    }
}

impl Text {
    /// Pieces of a text that lie one behind the other, by their lengths in bytes; `None` where they are not
    /// the whole, or cut a character.
    pub(super) fn pieces(whole: String, lengths: &[u32]) -> Option<Vec<Text>> {
        let length = whole.len();
        let pieces = Text::cut(Whole::of(whole), length, lengths)?;
        let whole = |text: &Text| text.whole.as_str().is_char_boundary(text.end as usize);
        pieces.iter().all(whole).then_some(pieces)
    }

    /// The same of a text of this length that is unpacked when a piece of it is first read; what then cuts a
    /// character is empty.
    pub(super) fn packed_pieces(packed: Packed, length: usize, lengths: &[u32]) -> Option<Vec<Text>> {
        Text::cut(Arc::new(Whole { text: OnceLock::new(), packed: Some(packed) }), length, lengths)
    }

    fn cut(whole: Arc<Whole>, length: usize, lengths: &[u32]) -> Option<Vec<Text>> {
        let mut end = 0_u32;
        let mut pieces = Vec::with_capacity(lengths.len());
        for length in lengths {
            let start = end;
            end = start.checked_add(*length)?;
            pieces.push(Text { whole: Arc::clone(&whole), start, end });
        }
        (end as usize == length).then_some(pieces)
    }

    /// Where it lies: equal for copies of one, which live as long as any of them, and for empty texts. Two
    /// others never lie in one place: pieces do not overlap.
    pub(super) fn address(&self) -> usize {
        if self.start == self.end { 0 } else { self.as_str().as_ptr() as usize }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.whole.as_str().get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        let is_copy = Arc::ptr_eq(&self.whole, &other.whole) && self.start == other.start;
        self.end - self.start == other.end - other.start && (is_copy || self.as_str() == other.as_str())
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Text) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Text) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Text {
    // As `str` has it: a set of texts is asked by `str`.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl Default for Text {
    fn default() -> Self {
        Text::from("")
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::from(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Text { whole: Whole::of(text), start: 0, end }
    }
}

impl From<&Text> for String {
    fn from(text: &Text) -> String {
        text.as_str().to_owned()
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<Text> for str {
    fn eq(&self, other: &Text) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<Text> for &str {
    fn eq(&self, other: &Text) -> bool {
        *self == other.as_str()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <String as Deserialize>::deserialize(deserializer).map(Text::from)
    }
}

impl BorshSerialize for Text {
    fn serialize<W: Write>(&self, out: &mut W) -> io::Result<()> {
        BorshSerialize::serialize(self.as_str(), out)
    }
}

impl BorshDeserialize for Text {
    fn deserialize_reader<R: Read>(input: &mut R) -> io::Result<Self> {
        String::deserialize_reader(input).map(Text::from)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::Text;

    #[test]
    fn a_text_falls_into_pieces_between_characters_only() {
        let pieces = |lengths: &[u32]| Text::pieces("Énough said".to_owned(), lengths);
        let told = pieces(&[7, 0, 5]).unwrap();
        assert_eq!(told, ["Énough", "", " said"]);
        assert_eq!(told[0].clone().address(), told[0].address());
        assert_ne!(told[0].address(), told[2].address());
        assert_eq!(told[1].address(), Text::default().address());
        for wrong in [&[1, 11][..], &[7], &[7, 6], &[7, 5, u32::MAX], &[u32::MAX, 13]] {
            assert!(pieces(wrong).is_none(), "{wrong:?}");
        }
    }

    #[test]
    fn a_packed_text_is_unpacked_once_and_late() {
        let count = Arc::new(AtomicUsize::new(0));
        let told = Arc::clone(&count);
        let unpack = move || {
            told.fetch_add(1, Ordering::Relaxed);
            "Énough said".to_owned()
        };
        assert!(Text::packed_pieces(Box::new(unpack.clone()), 12, &[7, 4]).is_none());
        let pieces = Text::packed_pieces(Box::new(unpack), 12, &[1, 6, 5]).unwrap();
        assert_eq!(pieces[2], pieces[2].clone());
        assert_eq!(count.load(Ordering::Relaxed), 0);
        assert_eq!(pieces, ["", "", " said"], "what cuts a character is empty");
        assert_ne!(pieces[1], pieces[2]);
        assert_eq!(count.load(Ordering::Relaxed), 1);
    }
}
