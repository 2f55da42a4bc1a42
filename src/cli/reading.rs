//! Articles are read and analysed, several at a time, and handed on in input order.
//!
//! In: paths. Out: a call for each [`Analysis`], in the order of the input, whatever the number of
//! threads. Articles are taken in batches of bounded size, so that memory does not grow with the
//! input; what cannot be read is told and counted.

use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::message::Messages;
use crate::source::{self, Article};
use crate::{Analysis, Lexicon, Model, analyze};

/// A batch holds at most so many bytes of text, but at least one article.
const BATCH_BYTES: usize = 4 << 20;

/// Articles in a batch for each thread.
const BATCH_ARTICLES: usize = 16;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Articles that were read.
    pub articles: usize,
    /// Bytes of their text.
    pub bytes: usize,
}

/// Analyses the articles under `paths` and calls `each` for every one, in input order. The bar is drawn
/// only if `progress` is wanted and standard error is a terminal.
pub(super) fn analyze_all(
    paths: &[PathBuf],
    threads: usize,
    progress: bool,
    lexicon: &Lexicon,
    messages: &mut Messages,
    mut each: impl FnMut(&Article, Analysis, &mut Messages) -> anyhow::Result<()>,
) -> anyhow::Result<Count> {
    let model = Model::builtin();
    let mut articles = source::read(paths).peekable();
    let bar = bar(progress && !messages.is_quiet());
    let mut pool = None;
    let mut count = Count::default();
    loop {
        let mut batch: Vec<Article> = Vec::new();
        let mut bytes = 0;
        let most = BATCH_ARTICLES * if threads == 0 { available() } else { threads.min(64) };
        while batch.len() < most.max(1) && bytes < BATCH_BYTES {
            match articles.next() {
                Some(Ok(article)) => {
                    bytes += article.body.len();
                    batch.push(article);
                }
                Some(Err(error)) => bar.suspend(|| messages.source(&error)),
                None => break,
            }
        }
        if batch.is_empty() {
            break;
        }
        // One article needs no threads.
        let analyses: Vec<Analysis> = if batch.len() == 1 || threads == 1 {
            batch.iter().map(|article| analyze(article, lexicon, &model)).collect()
        } else {
            let pool = match &pool {
                Some(pool) => pool,
                None => pool.insert(rayon::ThreadPoolBuilder::new().num_threads(threads).build()?),
            };
            pool.install(|| batch.par_iter().map(|article| analyze(article, lexicon, &model)).collect())
        };
        for (article, analysis) in batch.iter().zip(analyses) {
            each(article, analysis, messages)?;
        }
        count.articles += batch.len();
        count.bytes += bytes;
        bar.inc(batch.len() as u64);
    }
    bar.finish_and_clear();
    Ok(count)
}

fn bar(shown: bool) -> ProgressBar {
    if !shown {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
    let style = ProgressStyle::with_template("{spinner} {human_pos} articles  {per_sec}  {elapsed}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar
}

/// How many threads the machine has, as far as a batch is concerned.
fn available() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(64)
}
