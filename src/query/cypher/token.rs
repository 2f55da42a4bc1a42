//! Words, signs, numbers and strings of a Cypher query, each with its place.
//!
//! Comments (`//` to the end of the line, `/* … */`) are left out. A name in backquotes may hold anything.

use std::ops::Range;

use crate::query::Fault;

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A keyword or a name.
    Word(String),
    /// A name in backquotes: never a keyword.
    Quoted(String),
    Text(String),
    Int(i64),
    Float(f64),
    /// `(`, `<=`, `..`
    Sign(&'static str),
    End,
}

/// A token and its place, in code points.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub kind: Kind,
    pub place: Range<usize>,
}

/// No query is longer.
const MOST: usize = 2_000;

/// Longer signs first.
const SIGNS: &[&str] = &[
    "<>", "<=", ">=", "=~", "..", "!=", "(", ")", "[", "]", "{", "}", ",", ".", ":", ";", "|", "*", "+", "-",
    "/", "%", "^", "=", "<", ">", "$", "!", "&", "?", "@", "~",
];

/// Cuts a query into tokens; the last is [`Kind::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        let next = chars.get(at + 1).copied();
        if c.is_whitespace() {
            at += 1;
        } else if c == '/' && next == Some('/') {
            at += chars.iter().skip(at).take_while(|c| **c != '\n').count();
        } else if c == '/' && next == Some('*') {
            let close = (at + 2..chars.len()).find(|n| chars.get(*n..n + 2) == Some(&['*', '/']));
            let Some(close) = close else {
                return Err(Fault::new(text, at..at + 2, "this comment is not closed"));
            };
            at = close + 2;
        } else {
            let (kind, end) = token(text, &chars, at)?;
            found.push(Token { kind, place: at..end });
            at = end;
        }
    }
    // What follows walks trees of them by recursion.
    if let Some(token) = found.get(MOST) {
        return Err(Fault::new(
            text,
            token.place.clone(),
            format!("a query has at most {MOST} words and signs"),
        ));
    }
    found.push(Token { kind: Kind::End, place: chars.len()..chars.len() + 1 });
    Ok(found)
}

fn token(text: &str, chars: &[char], at: usize) -> Result<(Kind, usize), Fault> {
    let c = chars.get(at).copied().unwrap_or(' ');
    let digit = |n: usize| chars.get(n).is_some_and(char::is_ascii_digit);
    if c.is_alphabetic() || c == '_' {
        let end = at + chars.iter().skip(at).take_while(|c| c.is_alphanumeric() || **c == '_').count();
        return Ok((Kind::Word(chars.get(at..end).unwrap_or(&[]).iter().collect()), end));
    }
    if c.is_ascii_digit() || (c == '.' && digit(at + 1)) {
        return number(text, chars, at);
    }
    if matches!(c, '\'' | '"' | '`') {
        return quoted(text, chars, at, c);
    }
    // People paste "smart" quotation marks.
    if matches!(c, '‘' | '’' | '“' | '”') {
        let fault = Fault::new(text, at..at + 1, format!("`{c}` is no quotation mark of Cypher"));
        return Err(fault.hint("write 'text' or \"text\" with straight marks"));
    }
    for sign in SIGNS.iter().copied() {
        if sign.chars().enumerate().all(|(n, c)| chars.get(at + n) == Some(&c)) {
            return Ok((Kind::Sign(sign), at + sign.len()));
        }
    }
    Err(Fault::new(text, at..at + 1, format!("`{c}` means nothing here")))
}

fn number(text: &str, chars: &[char], at: usize) -> Result<(Kind, usize), Fault> {
    let digits = |from: usize| chars.iter().skip(from).take_while(|c| c.is_ascii_digit()).count();
    let mut end = at + digits(at);
    let mut is_float = false;
    // `1..3` is a range, `1.5` a number.
    if chars.get(end) == Some(&'.') && chars.get(end + 1).is_some_and(char::is_ascii_digit) {
        end += 1 + digits(end + 1);
        is_float = true;
    }
    if matches!(chars.get(end), Some('e' | 'E')) {
        let sign = usize::from(matches!(chars.get(end + 1), Some('+' | '-')));
        if digits(end + 1 + sign) > 0 {
            end += 1 + sign + digits(end + 1 + sign);
            is_float = true;
        }
    }
    let digits: String = chars.get(at..end).unwrap_or(&[]).iter().collect();
    let kind =
        if is_float { digits.parse().ok().map(Kind::Float) } else { digits.parse().ok().map(Kind::Int) };
    kind.map(|kind| (kind, end)).ok_or_else(|| Fault::new(text, at..end, "this number is too large"))
}

fn quoted(text: &str, chars: &[char], at: usize, mark: char) -> Result<(Kind, usize), Fault> {
    let mut found = String::new();
    let mut n = at + 1;
    while let Some(c) = chars.get(n).copied() {
        n += 1;
        match c {
            c if c == mark => {
                return Ok((if mark == '`' { Kind::Quoted(found) } else { Kind::Text(found) }, n));
            }
            '\\' if mark != '`' => {
                let escaped = chars.get(n).copied();
                n += 1;
                found.push(match escaped {
                    Some('n') => '\n',
                    Some('t') => '\t',
                    Some('r') => '\r',
                    Some(c @ ('\\' | '\'' | '"' | '`')) => c,
                    Some('u') => {
                        let code: String = chars.get(n..n + 4).unwrap_or(&[]).iter().collect();
                        n += 4;
                        u32::from_str_radix(&code, 16).ok().and_then(char::from_u32).ok_or_else(|| {
                            Fault::new(
                                text,
                                n - 6..n,
                                "four hexadecimal digits of a character should follow `\\u`",
                            )
                        })?
                    }
                    _ => {
                        let fault = Fault::new(text, n - 2..n, "this escape means nothing");
                        return Err(fault.hint("write \\\\ for a backslash"));
                    }
                });
            }
            c => found.push(c),
        }
    }
    Err(Fault::new(text, at..at + 1, "this quotation mark is not closed"))
}
