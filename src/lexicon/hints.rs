//! Names that only hint: towns, given names, family names and bodies of the whole world.
//!
//! In: the lists of `data/gazetteer/hints`, which know a name and its sort, nothing else. Out: [`Hints`], a table of
//! 28-bit hashes that the name recogniser asks ("Baramulla" is the name of some town). A hint never makes a name or an
//! entity: the weights decide what it is worth. One name in 2,000 that is in no list is taken for one that is.

/// The name of a town or village.
pub const TOWN: u8 = 1;
/// A given name.
pub const GIVEN: u8 = 1 << 1;
/// A family name.
pub const FAMILY: u8 = 1 << 2;
/// The name of a company, paper, club, party, agency, or its letters.
pub const BODY: u8 = 1 << 3;

/// The lists and what they tell.
pub const LISTS: [(&str, u8); 4] =
    [("towns.txt", TOWN), ("given.txt", GIVEN), ("family.txt", FAMILY), ("bodies.txt", BODY)];

/// More tokens than this are not asked for.
const LONGEST: usize = 5;
const SORTS: u32 = 0xf;

/// The hash of a stretch of text while it grows: FNV-1a over characters without case, mixed at the end.
#[derive(Clone, Copy)]
struct Stretch(u64);

impl Stretch {
    const fn new() -> Self {
        Stretch(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, text: &str) {
        for c in text.chars() {
            let c = match c {
                '’' | '‘' | 'ʼ' => '\'',
                '–' | '—' | '‑' => '-',
                c if c.is_ascii() => c.to_ascii_lowercase(),
                c => c.to_lowercase().next().unwrap_or(c),
            };
            self.0 = (self.0 ^ u64::from(c as u32)).wrapping_mul(0x100_0000_01b3);
        }
    }

    /// The upper 28 bits of a hash.
    fn end(self) -> u32 {
        let mixed = (self.0 ^ (self.0 >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed >> 32) as u32 & !SORTS
    }
}

/// Makes the table: one name a line, lines with `#` are remarks.
#[must_use]
pub fn encode(lists: &[(String, u8)]) -> Vec<u8> {
    let mut rows: Vec<u32> = Vec::new();
    for (text, sort) in lists {
        for name in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let mut stretch = Stretch::new();
            stretch.add(&name.split_whitespace().collect::<Vec<_>>().join(" "));
            rows.push(stretch.end() | u32::from(*sort));
        }
    }
    rows.sort_unstable();
    let mut merged: Vec<u32> = Vec::with_capacity(rows.len());
    for row in rows {
        match merged.last_mut() {
            Some(last) if *last & !SORTS == row & !SORTS => *last |= row & SORTS,
            _ => merged.push(row),
        }
    }
    merged.iter().flat_map(|row| row.to_le_bytes()).collect()
}

/// The table, read in place.
#[derive(Clone, Copy, Debug)]
pub struct Hints(&'static [u8]);

impl Hints {
    /// A table that [`encode`] made.
    #[must_use]
    pub const fn new(bytes: &'static [u8]) -> Self {
        Hints(bytes)
    }

    fn row(self, at: usize) -> u32 {
        let bytes = self.0.get(at * 4..at * 4 + 4).and_then(|b| b.try_into().ok());
        bytes.map_or(u32::MAX, u32::from_le_bytes)
    }

    fn find(self, hash: u32) -> u8 {
        let n = self.0.len() / 4;
        // Hashes lie evenly: the place is near where their size says.
        let guess = ((u64::from(hash) * n as u64) >> 32) as usize;
        let reach = (n as f64).sqrt() as usize + 8;
        let (mut low, mut high) = (guess.saturating_sub(reach), (guess + reach).min(n));
        if low > 0 && self.row(low) > hash {
            low = 0;
        }
        if high < n && self.row(high) < hash {
            high = n;
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if self.row(middle) & !SORTS < hash {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let row = if low < n { self.row(low) } else { u32::MAX };
        if row & !SORTS == hash { (row & SORTS) as u8 } else { 0 }
    }

    /// Calls `each` with the number of tokens and the sorts of every listed name that begins with the first of some
    /// tokens; `tokens` gives the words and whether no white space stands before them.
    pub fn at<'a>(self, tokens: impl Iterator<Item = (&'a str, bool)>, mut each: impl FnMut(usize, u8)) {
        let mut stretch = Stretch::new();
        for (n, (word, glued)) in tokens.take(LONGEST).enumerate() {
            if n > 0 && !glued {
                stretch.add(" ");
            }
            stretch.add(word);
            let sorts = self.find(stretch.end());
            if sorts != 0 {
                each(n + 1, sorts);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_with_their_sorts_and_lengths() {
        let lists = [
            ("# remark\nKhon Kaen\nParis\nXi'an\n".to_owned(), TOWN),
            ("Paris\n".to_owned(), GIVEN),
            ("Khon\n".to_owned(), FAMILY),
        ];
        let hints = Hints::new(encode(&lists).leak());
        let at = |words: &[(&'static str, bool)]| {
            let mut found = Vec::new();
            hints.at(words.iter().copied(), |n, sorts| found.push((n, sorts)));
            found
        };
        assert_eq!(at(&[("Khon", false), ("Kaen", false), ("said", false)]), [(1, FAMILY), (2, TOWN)]);
        assert_eq!(at(&[("PARIS", false)]), [(1, TOWN | GIVEN)]);
        assert_eq!(at(&[("Xi", false), ("’", true), ("an", true)]), [(3, TOWN)]);
        assert_eq!(at(&[("remark", false)]), []);
        assert_eq!(Hints::new(&[]).find(7), 0);
    }
}
