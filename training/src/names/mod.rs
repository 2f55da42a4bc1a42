//! Trains the name recogniser: `data/model/names.bin`.
//!
//! In: gold sets and silver sets of names with open licences (`data/model/NAMES.md` lists them).
//! Out: the packed weights, and on the terminal exact F1 on the sets to measure on.

mod augment;
mod corpus;
mod ours;
mod perceptron;
mod score;
mod silver;
mod stage;

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::Result;
use demarche::entity::names::tagger::{OUTSIDE, Weights};
use demarche::entity::names::{feature, recognise_with};
use demarche::text::Span;
use demarche::{Lexicon, Model, syntax};

use corpus::{Example, Text};
use perceptron::{Effort, Sentence};
use score::Score;

/// What is trained on what.
#[derive(clap::Args)]
pub struct Names {
    /// Gold sets: JSON Lines with id, text and entities.
    #[arg(long = "gold")]
    gold: Vec<PathBuf>,
    /// A silver set: JSON Lines with id and entities.
    #[arg(long)]
    silver: Option<PathBuf>,
    /// How many documents of the silver set are used, from its beginning; 0 for all.
    #[arg(long, default_value_t = 0)]
    silver_first: usize,
    /// The texts of the silver set: JSON Lines with id and text.
    #[arg(long = "text")]
    texts: Vec<PathBuf>,
    /// Articles of our own with marks in line.
    #[arg(long = "written")]
    written: Vec<PathBuf>,
    /// Our own lists of the names in the texts of `--text`: they take the place of the silver names.
    #[arg(long = "listed")]
    listed: Vec<PathBuf>,
    /// How often our own texts are taken.
    #[arg(long, default_value_t = 1)]
    times: usize,
    /// Sets to measure on, never trained on.
    #[arg(long = "measure")]
    measure: Vec<PathBuf>,
    /// Silver sets of other annotators over the same texts: they vote.
    #[arg(long = "vote")]
    votes: Vec<PathBuf>,
    /// How often our own recogniser, trained on other texts of the set, votes too.
    #[arg(long, default_value_t = 0)]
    own: usize,
    /// Into how many parts the silver set is cut for that.
    #[arg(long, default_value_t = 4)]
    folds: usize,
    #[command(flatten)]
    effort: Effort,
    /// The number from which the order of the sentences is drawn.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many trainings, each on its own variants of the texts; the weights are their mean.
    #[arg(long, default_value_t = 1)]
    rounds: u64,
    /// How many made-up texts about companies and games are added for each training.
    #[arg(long, default_value_t = 600)]
    staged: usize,
    /// Train on the texts as they are.
    #[arg(long)]
    plain: bool,
    /// Measure the weights inside the program; train nothing.
    #[arg(long)]
    builtin: bool,
    /// Measure these weights; train nothing.
    #[arg(long)]
    weights: Option<PathBuf>,
    /// Let the recogniser see the trees.
    #[arg(long)]
    trees: bool,
    /// Print what was wrong and what was missed on the sets to measure on.
    #[arg(long)]
    errors: bool,
    /// Where names.bin goes.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Trains, measures, writes.
pub fn run(wanted: &Names) -> Result<()> {
    let lexicon = Lexicon::builtin();
    if wanted.builtin {
        return measure_all(wanted, &lexicon, &Weights::builtin());
    }
    if let Some(path) = &wanted.weights {
        return measure_all(wanted, &lexicon, &Weights::read(&std::fs::read(path)?));
    }
    let mut gold = Vec::new();
    for path in &wanted.gold {
        gold.extend(corpus::gold(path)?);
    }
    let mut silver = Vec::new();
    if let Some(names) = &wanted.silver {
        silver = corpus::silver(names, &wanted.texts)?;
        if wanted.silver_first > 0 {
            silver.truncate(wanted.silver_first);
        }
        improve(wanted, &gold, &mut silver, &lexicon)?;
    }
    let ours = ours(wanted)?;
    let listed: HashSet<&str> = ours.iter().map(|text| text.id.as_str()).collect();
    silver.retain(|text| !listed.contains(text.id.as_str()));
    let mut texts: Vec<&Text> = gold.iter().chain(&silver).collect();
    for _ in 0..wanted.times {
        texts.extend(&ours);
    }
    let excerpts = ours::excerpts(&ours);
    texts.extend(&excerpts);
    let bytes = train(wanted, &texts, wanted.rounds, &lexicon);
    measure_all(wanted, &lexicon, &Weights::read(&bytes))?;
    if let Some(out) = &wanted.out {
        std::fs::write(out, bytes)?;
    }
    Ok(())
}

/// Our own texts: written ones, and open ones whose names we listed.
fn ours(wanted: &Names) -> Result<Vec<Text>> {
    let mut all = Vec::new();
    for path in &wanted.written {
        all.extend(ours::written(path)?);
    }
    if !wanted.listed.is_empty() {
        let texts = corpus::texts(&wanted.texts)?;
        for path in &wanted.listed {
            all.extend(ours::listed(path, &texts)?);
        }
    }
    Ok(all)
}

/// Lets the other annotators and our own recogniser vote on the silver names.
fn improve(wanted: &Names, gold: &[Text], silver: &mut [Text], lexicon: &Lexicon) -> Result<()> {
    let mut votes = vec![silver.iter().map(|t| t.names.clone()).collect::<Vec<_>>()];
    for path in &wanted.votes {
        votes.push(silver::aligned(silver, corpus::silver(path, &wanted.texts)?));
    }
    if votes.len() > 1 {
        eprintln!("votes: {:?}", silver::vote(silver, &votes));
    }
    for _ in 0..wanted.own {
        let own = silver::relabel(silver, wanted.folds, lexicon, |wants| {
            let chosen = silver.iter().enumerate().filter(|(n, _)| wants(*n)).map(|(_, t)| t);
            train(wanted, &gold.iter().chain(chosen).collect::<Vec<_>>(), 1, lexicon)
        });
        votes.push(own);
        eprintln!("votes with our own: {:?}", silver::vote(silver, &votes));
        votes.pop();
    }
    Ok(())
}

/// The mean of some trainings, as `names.bin`.
fn train(wanted: &Names, texts: &[&Text], rounds: u64, lexicon: &Lexicon) -> Vec<u8> {
    let mut trained = Vec::new();
    for seed in wanted.seed..wanted.seed + rounds {
        let mut texts: Vec<Text> = texts.iter().map(|t| (*t).clone()).collect();
        if !wanted.plain {
            augment::vary(&mut texts, seed, wanted.staged);
        }
        // Two halves at a time: trees take their time.
        let model = wanted.trees.then(Model::builtin);
        let half = texts.len() / 2;
        let rest = texts.split_off(half);
        let of = |texts: Vec<Text>| -> Vec<Sentence> {
            texts
                .into_iter()
                .flat_map(|t| ready(&corpus::label(t, lexicon), lexicon, model.as_ref()))
                .collect()
        };
        let sentences = std::thread::scope(|scope| {
            let other = scope.spawn(|| of(rest));
            let mut own = of(texts);
            own.extend(other.join().unwrap_or_default());
            own
        });
        let tokens = sentences.iter().map(|s| s.allowed.len()).sum::<usize>();
        eprintln!("{} sentences, {tokens} tokens", sentences.len());
        trained.push(perceptron::train(&sentences, seed, wanted.effort));
    }
    perceptron::mean(trained).map_or_else(Vec::new, |weights| weights.quantised().pack())
}

/// The features of every sentence of a document.
fn ready(example: &Example, lexicon: &Lexicon, model: Option<&Model>) -> Vec<Sentence> {
    let syntax = model.map(|model| syntax::parse(&example.document, model));
    let reading = feature::read(&example.document, lexicon, syntax.as_ref());
    let each = reading.sentences().enumerate().map(|(number, (first, end))| {
        let (mut buckets, mut ends) = (Vec::new(), Vec::new());
        for at in 0..end - first {
            reading.features(number, at, |bucket| buckets.push(bucket as u32));
            ends.push(buckets.len() as u32);
        }
        // Where there are no features, nothing but outside can be learnt.
        let empty = |at: usize| ends[at] == if at == 0 { 0 } else { ends[at - 1] };
        let allowed = |at: usize| if empty(at) { 1 << OUTSIDE } else { example.allowed(first + at) };
        Sentence { allowed: (0..end - first).map(allowed).collect(), buckets, ends }
    });
    each.collect()
}

/// Scores all sets to measure on.
fn measure_all(wanted: &Names, lexicon: &Lexicon, weights: &Weights) -> Result<()> {
    let model = wanted.trees.then(Model::builtin);
    wanted.measure.iter().try_for_each(|path| {
        measure(path, lexicon, wanted.errors, |example| {
            let syntax = model.as_ref().map(|model| syntax::parse(&example.document, model));
            let names = recognise_with(weights, &example.document, lexicon, syntax.as_ref());
            corpus::spans(&example.document, &names)
        })
    })
}

/// Scores one set, and says what went wrong if asked.
fn measure(
    path: &std::path::Path,
    lexicon: &Lexicon,
    errors: bool,
    find: impl Fn(&Example) -> Vec<(Span, corpus::Kind)>,
) -> Result<()> {
    let mut score = Score::default();
    let (mut names, mut reachable) = (0, 0);
    for text in corpus::gold(path)? {
        let example = corpus::label(text, lexicon);
        names += example.text.names.len();
        reachable += example.reachable();
        let (wrong, missed) = score.add(&example.text, find(&example).into_iter());
        if errors {
            let kinds = ["PER", "ORG", "LOC"];
            for (sign, list) in [("+", wrong), ("-", missed)] {
                for (span, kind) in list {
                    let text = &example.text.text;
                    let left: String = text[..span.start as usize]
                        .chars()
                        .rev()
                        .take(30)
                        .collect::<Vec<_>>()
                        .into_iter()
                        .rev()
                        .collect();
                    let right: String = text[span.end as usize..].chars().take(20).collect();
                    let line = format!("{sign} {} [{}] … {left}[]{right}", kinds[kind], span.of(text));
                    println!("{}", line.replace(['\n', '\r'], "|"));
                }
            }
        }
    }
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let share = 100.0 * reachable as f64 / names.max(1) as f64;
    eprintln!("{name:24} {}   ({share:.1}% lie on tokens)", score.line());
    Ok(())
}
