//! Text inside XML and HTML: one function for every format that is made of them, and for the server's pages.

/// Writes text so that it is the same text after reading, inside an element or an attribute in
/// double quotes. What XML cannot hold (NUL and most control characters) becomes U+FFFD.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Written raw, an attribute's line end would be read as a space.
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_ends_an_attribute_or_an_element() {
        assert_eq!(escape("</a b=\"c\">&"), "&lt;/a b=&quot;c&quot;&gt;&amp;");
        assert_eq!(escape("a\0b\u{1b}\nc\u{ffff}"), "a\u{fffd}b\u{fffd}&#10;c\u{fffd}");
    }
}

/// A reader just strict enough to catch a broken tag: tags balance, attributes are quoted, and no bare
/// `&` stands anywhere.
#[cfg(test)]
pub(super) mod tests_reader {
    pub fn check(text: &str) {
        let mut open: Vec<&str> = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('<') {
            entities(before);
            let (tag, next) = after.split_once('>').expect("a tag ends");
            entities(tag);
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
            if tag.starts_with('/') {
                assert_eq!(open.pop(), Some(name));
            } else if !tag.ends_with('/') && !tag.starts_with('?') {
                open.push(name);
            }
            rest = next;
        }
        assert_eq!(rest.trim(), "");
        assert!(open.is_empty());
    }

    fn entities(text: &str) {
        for piece in text.split('&').skip(1) {
            let (name, _) = piece.split_once(';').expect("an entity ends");
            assert!(name.starts_with('#') || ["amp", "lt", "gt", "quot"].contains(&name), "{name}");
        }
    }
}
