//! Times each room and the whole on the shipped article: `cargo bench`.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use demarche::{Article, Lexicon, Model, analyze, document, entity, relation, syntax};

const TEXT: &str = include_str!("../examples/articles/seoul.txt");

fn rooms(criterion: &mut Criterion) {
    let article = Article { id: "seoul".into(), body: TEXT.into(), ..Article::default() };
    let (lexicon, model) = (Lexicon::builtin(), Model::builtin());
    let document = document::segment(&article, &lexicon);
    let tree = syntax::parse(&document, &model);
    let entities = entity::find(&document, &tree, &lexicon);

    let mut group = criterion.benchmark_group("tokens");
    group.throughput(Throughput::Elements(document.tokens.len() as u64));
    group.bench_function("document", |b| b.iter(|| document::segment(black_box(&article), &lexicon)));
    group.bench_function("syntax", |b| b.iter(|| syntax::parse(black_box(&document), &model)));
    group.bench_function("entity", |b| b.iter(|| entity::find(black_box(&document), &tree, &lexicon)));
    group.bench_function("relation", |b| {
        b.iter(|| relation::extract(black_box(&document), &tree, &entities, &lexicon));
    });
    group.bench_function("whole", |b| b.iter(|| analyze(black_box(&article), &lexicon, &model)));
    group.finish();

    criterion.bench_function("start", |b| b.iter(|| (Lexicon::builtin(), Model::builtin())));
}

criterion_group!(benches, rooms);
criterion_main!(benches);
