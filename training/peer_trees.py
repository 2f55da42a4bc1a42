#!/usr/bin/env python3
"""Scores spaCy's small English model on a treebank's dev files as `demarche-training syntax-score` scores ours:
gold words, universal tags, and subjects of verbs (plain nsubj whose head is a verb), the one relation that both
schemes draw alike.

usage: training/peer_trees.py MODEL FILE.conllu ...        (needs spaCy 3.8 and its small English model)
"""
import sys

import spacy
from spacy.tokens import Doc


def sentences(path):
    rows = []
    for line in open(path, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) == 10 and cells[0].isdigit():
            rows.append((cells[1], cells[3], int(cells[6]), cells[7], "SpaceAfter=No" not in cells[9]))
        elif not line.strip() and rows:
            yield rows
            rows = []


def main():
    nlp = spacy.load(sys.argv[1])
    for path in sys.argv[2:]:
        tokens = tags = gold = found = right = 0
        for rows in sentences(path):
            doc = Doc(nlp.vocab, words=[r[0] for r in rows], spaces=[r[4] for r in rows])
            for _, pipe in nlp.pipeline:
                doc = pipe(doc)
            for i, (token, (_, upos, head, dep, _)) in enumerate(zip(doc, rows)):
                tokens += 1
                tags += token.pos_ == upos
                is_gold = dep == "nsubj" and head > 0 and rows[head - 1][1] == "VERB"
                is_found = token.dep_ == "nsubj" and token.head.pos_ == "VERB"
                gold += is_gold
                found += is_found
                right += is_gold and is_found and token.head.i == head - 1
        print(f"{path}: UPOS {100 * tags / tokens:.2f}  nsubj under a verb: F {200 * right / (gold + found):.1f}")


main()
