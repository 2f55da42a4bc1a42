//! What kind of error a wrong boundary is: what stands before it and what after.

use std::collections::BTreeSet;

type Spans = BTreeSet<(usize, usize)>;

/// The bytes at which a sentence should end and does not ("missed"), or ends and should not ("too many").
pub fn boundaries(gold: &Spans, found: &Spans) -> Vec<(&'static str, usize)> {
    let ends = |spans: &Spans| -> BTreeSet<usize> { spans.iter().map(|s| s.1).collect() };
    let (gold, found) = (ends(gold), ends(found));
    let missed = gold.difference(&found).map(|at| ("missed", *at));
    let mut all: Vec<_> = missed.chain(found.difference(&gold).map(|at| ("too many", *at))).collect();
    all.sort_by_key(|(_, at)| *at);
    all
}

/// "stop and quote → capital": the class of the boundary after byte `at`.
pub fn of(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or("");
    let after = text.get(at..).unwrap_or("");
    let last = before.split_whitespace().next_back().unwrap_or("");
    let bare = last.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    let closed = match last.get(bare.len()..).unwrap_or("") {
        "" => "",
        tail if tail.contains([')', ']']) => " and bracket",
        _ => " and quote",
    };
    let end = match bare.chars().next_back() {
        Some('.') if bare.ends_with("..") => "ellipsis",
        Some('.') if bare.trim_end_matches('.').contains('.') => "abbreviation",
        Some('.') => "stop",
        Some('…') => "ellipsis",
        Some('?' | '!') => "mark",
        Some(':') => "colon",
        Some(';') => "semicolon",
        Some(',') => "comma",
        Some('-' | '–' | '—' | '―') => "dash",
        Some(c) if c.is_numeric() => "number",
        _ if bare.contains("://") || bare.contains('@') => "address",
        Some(c) if c.is_alphabetic() => "word",
        _ => "symbol",
    };
    let next = after.trim_start();
    let start = match next.chars().next() {
        None => "end",
        Some(c) if c.is_lowercase() => "small",
        Some(c) if c.is_alphabetic() => "capital",
        Some(c) if c.is_numeric() => "number",
        Some('"' | '“' | '‘' | '\'') => "quote",
        Some('(' | '[') => "bracket",
        Some('-' | '–' | '—') => "dash",
        Some(_) => "symbol",
    };
    let gap = if after.starts_with("\n") { " over a break" } else { "" };
    format!("{end}{closed} → {start}{gap}")
}

/// The words on both sides of a byte.
pub fn around(text: &str, at: usize) -> String {
    let before: Vec<char> = text.get(..at).unwrap_or("").chars().rev().take(70).collect();
    let after: String = text.get(at..).unwrap_or("").chars().take(60).collect();
    let before: String = before.into_iter().rev().collect();
    format!("{before} ¦{after}").replace('\n', "⏎")
}

/// Where the tokens differ: the wanted words and the found ones, stretch by stretch.
pub fn regions(text: &str, gold: &Spans, found: &Spans) -> Vec<(String, String)> {
    let words = |spans: &Spans, from: usize, to: usize| -> String {
        let inside = spans.range((from, 0)..).take_while(|s| s.1 <= to);
        inside.map(|s| text.get(s.0..s.1).unwrap_or("")).collect::<Vec<_>>().join(" ")
    };
    let mut odd: Vec<(usize, usize)> = gold.symmetric_difference(found).copied().collect();
    odd.sort_unstable();
    let mut out = Vec::new();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (start, end) in odd {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    for (start, end) in merged {
        out.push((words(gold, start, end), words(found, start, end)));
    }
    out
}
