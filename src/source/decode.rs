//! Bytes become text, whatever their encoding.
//!
//! In: bytes. Out: a string, and the name of the encoding if it was not UTF-8. A byte order mark
//! decides for UTF-8 or UTF-16 and is taken off; else valid UTF-8 is taken as it is; else every byte
//! is a character of Windows-1252, which old wires and mails use, so that nothing is lost.
//! Left out: other encodings; UTF-16 without a mark.

/// Decodes a whole file. The second value names the encoding where it is not UTF-8.
pub(super) fn decode(mut bytes: Vec<u8>) -> (String, Option<&'static str>) {
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        bytes.drain(..3);
    }
    if bytes.starts_with(&[0xff, 0xfe]) {
        return (utf16(&bytes, u16::from_le_bytes), Some("UTF-16"));
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return (utf16(&bytes, u16::from_be_bytes), Some("UTF-16"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => (windows_1252(error.as_bytes()), Some("Windows-1252")),
    }
}

/// True if the first bytes of a file are no text: many zeros or control characters.
pub(super) fn is_binary(head: &[u8]) -> bool {
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return false;
    }
    let odd = |b: &&u8| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b | 0x1a);
    let controls = head.iter().filter(odd).count();
    controls * 50 > head.len()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).skip(1).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn windows_1252(bytes: &[u8]) -> String {
    /// What 0x80 to 0x9f are; all other bytes are their own code point.
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let high = |b: u8| HIGH.get(usize::from(b) - 0x80).copied();
    bytes
        .iter()
        .map(|b| if (0x80..0xa0).contains(b) { high(*b).unwrap_or(' ') } else { char::from(*b) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let table: [(&[u8], &str, Option<&str>); 5] = [
            ("“é”".as_bytes(), "“é”", None),
            (b"\xef\xbb\xbfhi", "hi", None),
            (b"\xff\xfeh\0i\0", "hi", Some("UTF-16")),
            (b"\xfe\xff\0h\0i", "hi", Some("UTF-16")),
            (b"\x93caf\xe9\x94", "“café”", Some("Windows-1252")),
        ];
        for (bytes, text, encoding) in table {
            assert_eq!(decode(bytes.to_vec()), (text.to_owned(), encoding));
        }
    }

    #[test]
    fn text_is_not_binary() {
        assert!(!is_binary(b"Envoys met.\r\n\tThey left."));
        assert!(!is_binary("朝鮮 – “é”".as_bytes()));
        assert!(!is_binary(b""));
        assert!(is_binary(b"\x7fELF\x02\x01\x01\0\0\0\0\0"));
    }
}
