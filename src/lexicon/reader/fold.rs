//! One spelling for the many spellings of a name.
//!
//! In: a name or a token. Out: its folded form, in bytes: letters and digits without diacritics, case
//! kept; a space for white space; `-` for any hyphen; dots, apostrophes and quotes left out. So
//! "Péter Szijjártó" and "Peter Szijjarto", "U.S." and "US", "Hawai‘i" and "Hawaii" are one. Two
//! folded names are compared by their *letters*: lower case, without spaces and hyphens, so that
//! "Eui-yong" is found however it was tokenised. Scripts other than Latin stay as they are, in
//! lower case. Shared by `build.rs`, which folds the tables, and the matcher, which folds the text.

/// Latin letters with marks, and what they are without: `(plain, marked…)`.
const MARKED: &[(&str, &str)] = &[
    ("A", "ÀÁÂÃÄÅĀĂĄǍẠẢẤẦẨẪẬẮẰẲẴẶ"),
    ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặ"),
    ("C", "ÇĆĈĊČ"),
    ("c", "çćĉċč"),
    ("D", "ĎĐÐḌ"),
    ("d", "ďđðḍ"),
    ("E", "ÈÉÊËĒĔĖĘĚẸẺẼẾỀỂỄỆ"),
    ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
    ("G", "ĜĞĠĢǦ"),
    ("g", "ĝğġģǧ"),
    ("H", "ĤĦḤḪḨ"),
    ("h", "ĥħḥḫḩ"),
    ("I", "ÌÍÎÏĨĪĬĮİǏỊỈ"),
    ("i", "ìíîïĩīĭįıǐịỉ"),
    ("J", "Ĵ"),
    ("j", "ĵ"),
    ("K", "ĶḲ"),
    ("k", "ķḳ"),
    ("L", "ĹĻĽŁ"),
    ("l", "ĺļľł"),
    ("N", "ÑŃŅŇ"),
    ("n", "ñńņň"),
    ("O", "ÒÓÔÕÖØŌŎŐƠǑỌỎỐỒỔỖỘỚỜỞỠỢ"),
    ("o", "òóôõöøōŏőơǒọỏốồổỗộớờởỡợ"),
    ("R", "ŔŖŘ"),
    ("r", "ŕŗř"),
    ("S", "ŚŜŞŠȘṢṠ"),
    ("s", "śŝşšșṣ"),
    ("T", "ŢŤŦȚṬ"),
    ("t", "ţťŧțṭ"),
    ("U", "ÙÚÛÜŨŪŬŮŰŲƯǓỤỦỨỪỬỮỰ"),
    ("u", "ùúûüũūŭůűųưǔụủứừửữự"),
    ("W", "Ŵ"),
    ("w", "ŵ"),
    ("Y", "ÝŶŸỲỴỶỸ"),
    ("y", "ýÿŷỳỵỷỹ"),
    ("Z", "ŹŻŽẒẔ"),
    ("z", "źżžẓẕ"),
    ("AE", "Æ"),
    ("ae", "æ"),
    ("OE", "Œ"),
    ("oe", "œ"),
    ("Th", "Þ"),
    ("th", "þ"),
    ("ss", "ß"),
    ("e", "ə"),
];

/// A folded form under construction, on the stack: the matcher folds each token that it meets.
#[derive(Clone, Copy)]
pub struct Folder {
    bytes: [u8; LONGEST],
    len: usize,
    pending: u8,
    full: bool,
}

/// The longest name that the tables hold, in bytes of its folded form.
pub const LONGEST: usize = 120;

impl Folder {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Folder { bytes: [0; LONGEST], len: 0, pending: 0, full: false }
    }

    /// Adds the folded form of `text`. Separators at either end or doubled are left out.
    pub fn push_str(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '0'..='9' | 'a'..='z' | 'A'..='Z' => self.letter(c as u8),
                '-' | '\u{2010}'..='\u{2014}' => self.pending = b'-',
                '/' => self.gap(),
                c if c.is_whitespace() => self.gap(),
                // Marks that stand alone, modifier letters ("Hawaiʻi") and all other punctuation.
                '\u{300}'..='\u{36f}' | '\u{2b0}'..='\u{2ff}' => {}
                c if c.is_ascii() || !c.is_alphanumeric() => {}
                c => match MARKED.iter().find(|(_, marked)| marked.contains(c)) {
                    Some((plain, _)) => plain.bytes().for_each(|b| self.letter(b)),
                    None => {
                        for lower in c.to_lowercase() {
                            lower.encode_utf8(&mut [0; 4]).bytes().for_each(|b| self.letter(b));
                        }
                    }
                },
            }
        }
    }

    /// White space; a hyphen beside it wins.
    pub fn gap(&mut self) {
        self.pending = self.pending.max(b' ');
    }

    /// What was folded so far.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// True if not everything found room.
    pub fn is_full(&self) -> bool {
        self.full
    }

    fn letter(&mut self, byte: u8) {
        let separator = std::mem::take(&mut self.pending);
        if separator != 0 && self.len > 0 {
            self.put(separator);
        }
        self.put(byte);
    }

    fn put(&mut self, byte: u8) {
        match self.bytes.get_mut(self.len) {
            Some(place) => {
                *place = byte;
                self.len += 1;
            }
            None => self.full = true,
        }
    }
}

/// True for a space or hyphen of a folded form.
pub fn is_separator(byte: u8) -> bool {
    byte == b' ' || byte == b'-'
}

/// The folded form of a whole name; cut at [`LONGEST`] bytes.
pub fn fold(name: &str) -> Vec<u8> {
    let mut folder = Folder::new();
    folder.push_str(name);
    folder.bytes().to_vec()
}

/// The letters of a folded form: lower case, without separators. What the tables are sorted by.
pub fn letters(folded: &[u8]) -> impl Iterator<Item = u8> + '_ {
    folded.iter().filter(|b| !is_separator(**b)).map(u8::to_ascii_lowercase)
}

/// A hash of letters (FNV-1a), the same on every machine: for the filters in the tables.
pub fn hash(letters: impl Iterator<Item = u8>) -> u32 {
    letters.fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// A word in lower case, plain letters and hyphens: the tail of a key that we make up ourselves.
pub fn slug(name: &str) -> String {
    let folded: String = String::from_utf8_lossy(&fold(name)).to_lowercase();
    folded.split([' ', '-']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str) -> String {
        String::from_utf8(fold(name)).unwrap()
    }

    #[test]
    fn spellings_of_one_name_fold_alike() {
        let table = [
            ("Péter Szijjártó", "Peter Szijjarto"),
            ("U.S.", "US"),
            ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
            ("Chung Eui‑yong", "Chung Eui-yong"),
            ("Workers’ Party", "Workers Party"),
            ("  São  Tomé ", "Sao Tome"),
            ("Nguyễn Phú Trọng", "Nguyen Phu Trong"),
            ("Johnson & Johnson", "Johnson Johnson"),
            ("Пётр", "пётр"),
        ];
        for (name, folded) in table {
            assert_eq!(text(name), folded, "{name}");
        }
    }

    #[test]
    fn letters_forget_spaces_and_case() {
        let joined = |name: &str| letters(&fold(name)).collect::<Vec<_>>();
        assert_eq!(joined("Chung Eui-yong"), joined("CHUNG EUIYONG"));
        assert_ne!(joined("Niger"), joined("Nigeria"));
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Jane Q. Doe-Núñez"), "jane-q-doe-nunez");
    }
}
