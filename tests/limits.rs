//! Texts that no person wrote: what they cost grows with their length, in time and in memory.
//!
//! Time is compared between a text and one eight times as long; a square would cost 64 times as much.
//! Memory is what this thread's allocations hold at most, so that it is the same in every run.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::time::{Duration, Instant};

use demarche::{Article, Document, Lexicon, Model, analyze, document};

/// Counts what a thread holds.
struct Counting;

thread_local! {
    static HELD: Cell<usize> = const { Cell::new(0) };
    static MOST: Cell<usize> = const { Cell::new(0) };
}

fn held(change: impl Fn(usize) -> usize) {
    // A thread that ends may still free memory.
    let _ = HELD.try_with(|cell| {
        cell.set(change(cell.get()));
        let _ = MOST.try_with(|most| most.set(most.get().max(cell.get())));
    });
}

// SAFETY: every call is handed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        held(|n| n + layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        held(|n| n.saturating_sub(layout.size()));
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn article(body: String) -> Article {
    Article { id: "limit".into(), body, ..Article::default() }
}

/// A piece repeated up to a length.
fn long(piece: &str, bytes: usize) -> Article {
    article(piece.repeat(bytes / piece.len()))
}

/// The same within a sentence: a text without letters would be furniture, and a row of stops ends
/// nothing before a comma.
fn within(piece: &str, bytes: usize) -> Article {
    article(format!("Roe said {}, and left.", piece.repeat(bytes / piece.len())))
}

/// The least time of several tries.
fn least<T>(tries: usize, what: impl Fn() -> T) -> Duration {
    let once = || {
        let start = Instant::now();
        std::hint::black_box(what());
        start.elapsed()
    };
    (0..tries).map(|_| once()).min().unwrap_or_default()
}

fn cost(article: &Article, lexicon: &Lexicon) -> Duration {
    least(5, || document::segment(article, lexicon))
}

/// Pieces that, repeated, wake a rule each.
const PIECES: [&str; 47] = [
    "The envoys of both countries met in Geneva on Monday, and they spoke about grain, and ",
    "The envoys met in Geneva. They spoke of grain. ",
    "The envoys of the two countries met on Monday in the old\ncity hall by the lake, where they signed it in\n",
    "a\n",
    "\n",
    " ",
    "x",
    "北",
    ". ",
    "? ",
    ".\" ",
    "... ",
    "“",
    "(",
    ")",
    "(a ",
    "a. ) ",
    "a? ( ",
    "“Roe said ",
    "\"a ",
    "'a",
    "a.",
    "ab.cd.",
    "a-",
    "1-",
    "a/",
    "a@",
    "A&",
    "1,",
    "1:",
    "(http://",
    "<a",
    "#a",
    "$",
    "a. ",
    "J. ",
    "U.S. ",
    "Mr.                                        ",
    "👍\u{200d}",
    "a\u{301}",
    "Roe 03/08/2000 05:37 PM ",
    "Thanks, ",
    "Image: Roe ",
    "a. [1] ",
    "\" — Roe. ",
    "copyright \n",
    "SEOUL, Korea - They met.\n",
];

#[test]
fn time_grows_with_the_length() {
    let lexicon = Lexicon::builtin();
    for piece in PIECES {
        let (short, eight) = (cost(&within(piece, 10_000), &lexicon), cost(&within(piece, 80_000), &lexicon));
        // What takes no time can not be compared.
        let short = short.max(Duration::from_micros(500));
        assert!(eight < short * 28, "{piece:?}: {short:?}, and {eight:?} for eight times as much");
    }
}

/// Pieces for the rooms behind: names, trees, relations, quotations.
const READ_PIECES: [&str; 8] = [
    "envoy ",
    "Envoys\n",
    "The envoys met in Geneva. They spoke of grain. ",
    "The envoys of both countries met in Geneva on Monday, and they spoke about grain, and ",
    "Roe said that Poe said that ",
    "“We met,” she said, and he said “they met” ",
    "Ann Roe, Bo Poe of Norway and ",
    "the EU-",
];

#[test]
fn the_whole_analysis_takes_linear_time() {
    let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
    let cost = |piece: &str, bytes| {
        let article = long(piece, bytes);
        least(2, || analyze(&article, &lexicon, &model))
    };
    for piece in READ_PIECES {
        let (short, eight) = (cost(piece, 4_000), cost(piece, 32_000));
        assert!(eight < short * 24, "{piece:?}: {short:?}, and {eight:?} for eight times as much");
    }
}

#[test]
fn memory_grows_with_the_length() {
    let lexicon = Lexicon::builtin();
    // The word lists are read at first use.
    let _ = document::segment(&long("SEOUL, Korea - They met at 5 km. “Can't”\n", 1_000), &lexicon);
    for piece in PIECES {
        let article = within(piece, 400_000);
        let before = HELD.get();
        MOST.set(before);
        std::hint::black_box(document::segment(&article, &lexicon));
        let used = MOST.get() - before;
        assert!(used < 40 * article.body.len(), "{piece:?}: {used} bytes for {}", article.body.len());
    }
}

/// No token and no sentence is too long for the rooms behind.
fn check(document: &Document) {
    assert!(document.tokens.iter().all(|token| token.len() <= 2_000));
    let longest = document.sentences.iter().map(|sentence| sentence.tokens().len()).max();
    assert!(longest.unwrap_or(0) <= 1_100, "a sentence of {longest:?} tokens");
}

#[test]
fn no_token_and_no_sentence_is_endless() {
    let lexicon = Lexicon::builtin();
    for piece in PIECES {
        check(&document::segment(&long(piece, 300_000), &lexicon));
        check(&document::segment(&within(piece, 300_000), &lexicon));
    }
    let words = document::segment(&long("envoy ", 6 * 5_000), &lexicon);
    assert_eq!((words.tokens.len(), words.sentences.len()), (5_000, 5));
    let lines = document::segment(&long("Envoys\n", 7 * 10_000), &lexicon);
    assert_eq!((lines.tokens.len(), lines.sentences.len()), (10_000, 10_000));
    let word = document::segment(&long("é", 10_000_000), &lexicon);
    check(&word);
    assert_eq!(word.tokens.iter().map(|token| token.len()).sum::<usize>(), 10_000_000);
    let nested = "“Roe said (".repeat(5_000) + "no" + &")” he said".repeat(5_000);
    check(&document::segment(&article(nested), &lexicon));
}
