//! Internet addresses, e-mail addresses, hashtags and handles: one token each.
//!
//! In: a chunk without white space, opening punctuation already cut off. Out: how many of its bytes
//! are the address; `(https://example.org/a,b).` gives the part before ")". Left out: addresses
//! of two parts without a known last one ("our.intranet").

use crate::word_list;

word_list!(DOMAINS, "domains.txt");

/// Longer chunks are not searched: no address is that long.
const LONGEST: usize = 2_000;

/// The length in bytes of the address at the beginning of `chunk`.
pub(super) fn end(chunk: &str) -> Option<usize> {
    if chunk.len() > LONGEST {
        return None;
    }
    let first = chunk.chars().next()?;
    if matches!(first, '#' | '@') {
        let tag = chunk.get(1..)?;
        let len = tag.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(tag.len());
        return (len > 1 && tag.starts_with(char::is_alphabetic)).then_some(1 + len);
    }
    if !first.is_alphanumeric() {
        return None;
    }
    let bytes = chunk.as_bytes();
    if !bytes.iter().any(|b| matches!(b, b'.' | b'@' | b'/')) {
        return None;
    }
    let url = chunk.contains("://")
        || starts_with_www(chunk)
        || chunk.starts_with("doi:")
        || chunk.starts_with("mailto:");
    let len = trimmed(chunk);
    let body = chunk.get(..len)?;
    if url && first.is_alphabetic() {
        return Some(len);
    }
    if let Some((name, host)) = body.split_once('@') {
        // "jo@example.org", and "Roe@WIRE" within a house.
        return (!name.is_empty() && host.split('.').all(is_part)).then_some(len);
    }
    let host = body.split(['/', '?', ':']).next().unwrap_or("");
    (is_host(host) || is_newsgroup(body)).then_some(len)
}

fn starts_with_www(chunk: &str) -> bool {
    chunk.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www."))
}

/// Letters, digits and hyphens between two dots.
fn is_part(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// "example.org", "REPORT.DOC": parts of letters, digits and hyphens, the last one known.
fn is_host(host: &str) -> bool {
    let Some((rest, last)) = host.rsplit_once('.') else { return false };
    let before = rest.rsplit('.').next().unwrap_or("");
    let capitals = || last.len() == 3 && !rest.contains(char::is_lowercase);
    before.chars().count() > 1
        && rest.split('.').all(is_part)
        && (DOMAINS.has(last)
            || (capitals() && DOMAINS.has(&last.to_ascii_lowercase()))
                && last.bytes().all(|b| b.is_ascii_uppercase()))
}

/// "alt.animals.cat": three words or more in small letters, with dots and no spaces.
fn is_newsgroup(chunk: &str) -> bool {
    let word = |part: &str| {
        part.len() > 1
            && part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    chunk.split('.').count() > 2 && chunk.split('.').all(word)
}

/// The chunk's length without closing punctuation: "example.org)." loses ").".
fn trimmed(chunk: &str) -> usize {
    let mut end = chunk.len();
    if let Some(at) = chunk.find(['"', '”', '“', '<', '>', '’', ']', '}']) {
        end = at;
    }
    let body = chunk.get(..end).unwrap_or("");
    // Brackets that close more than was opened: they belong to the sentence.
    let mut extra = body.matches(')').count().saturating_sub(body.matches('(').count());
    while let Some(last) = chunk.get(..end).and_then(|c| c.chars().next_back()) {
        let cuts = match last {
            ')' if extra > 0 => {
                extra -= 1;
                true
            }
            _ => matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '…'),
        };
        if !cuts {
            break;
        }
        end -= last.len_utf8();
    }
    end
}
