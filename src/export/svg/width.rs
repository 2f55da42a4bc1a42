//! How wide a text will be, without a font: the usual widths of a sans-serif, a little rounded up.

/// Widths of the printable ASCII characters in thousandths of the font size, from the space on.
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The width of a text in pixels at a font size.
pub(in crate::export) fn width(text: &str, size: f64) -> f64 {
    let thousandths: f64 = text.chars().map(|c| f64::from(of(c))).sum();
    // Fonts differ; bold is wider.
    thousandths * size / 1000.0 * 1.06
}

fn of(c: char) -> u16 {
    let code = u32::from(c);
    match code {
        0x20..0x7f => ASCII.get(code as usize - 0x20).copied().unwrap_or(600),
        // Combining marks, joiners, direction marks, variation selectors.
        0x300..0x370 | 0x200b..0x2010 | 0x202a..0x202f | 0xfe00..0xfe10 => 0,
        0x2e80..0xa4d0 | 0xac00..0xd7b0 | 0xf900..0xfb00 | 0xff00..0xff61 => 1000,
        0x1f000..0x20000 => 1300,
        0x20000..0x40000 => 1000,
        _ => 620,
    }
}

/// A text cut to a width, with "…" where something is missing.
pub(super) fn cut(text: &str, size: f64, limit: f64) -> String {
    if width(text, size) <= limit {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept, size) + size > limit {
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

/// A text on one line, or on two of about equal width if it is wider than `limit`; what does not fit
/// on two is cut.
pub(super) fn wrap(text: &str, size: f64, limit: f64) -> Vec<String> {
    if width(text, size) <= limit {
        return vec![text.to_owned()];
    }
    let breaks = text.match_indices(' ').map(|(at, _)| text.split_at(at));
    let widest = |(a, b): &(&str, &str)| width(a, size).max(width(b, size));
    let best = breaks.take(64).min_by(|a, b| widest(a).total_cmp(&widest(b)));
    match best {
        Some((a, b)) => vec![cut(a.trim(), size, limit * 1.4), cut(b.trim(), size, limit * 1.4)],
        None => vec![cut(text, size, limit * 1.4)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wider_text_is_wider() {
        assert!(width("iiii", 13.0) < width("MMMM", 13.0));
        assert!(width("朝鮮", 13.0) > 25.0);
        assert_eq!(width("e\u{301}", 10.0), width("e", 10.0));
    }

    #[test]
    fn long_names_take_two_lines_or_are_cut() {
        assert_eq!(wrap("Short", 13.0, 150.0), ["Short"]);
        assert_eq!(
            wrap("Ministry of Unification and Trade", 13.0, 150.0),
            ["Ministry of Unification", "and Trade"]
        );
        let lines = wrap(&"x".repeat(500), 13.0, 150.0);
        assert!(lines.len() == 1 && lines[0].ends_with('…') && width(&lines[0], 13.0) <= 225.0);
        assert_eq!(cut("", 13.0, 10.0), "");
    }
}
