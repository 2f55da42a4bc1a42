#!/usr/bin/env python3
"""Fits data/model/trust.bin: how often an edge like this was right when people read it.

usage: training/trust.py SEEN... [--out data/model/trust.bin] [--blind edges-9]

SEEN are files that `demarche-training trust` writes: a line an edge that readers judged, with the features that the
program sees of it (src/relation/trust/feature.rs). A logistic regression with a ridge (C = 0.04) over the features and the sheets:
a sheet's own term takes up how strict its readers were, and how its edges were drawn. In the written weights the bias is
moved until the mean over the edges of the random draws named by --level is the share that was right there.

Prints first what a fit without a fifth of the documents, and one without the sheet --blind, is worth on those: area under the
curve, the share right among the best edges, and what a confidence means. Needs numpy, scipy and scikit-learn (1.9).
"""
import argparse, json, pathlib, struct, zlib

import numpy
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

BUCKETS, RIDGE = 1 << 18, 0.04


def matrix(rows, sheets):
    """One row an edge: its features, then which sheet it is of."""
    index, places = [0], []
    for row in rows:
        places += row["features"]
        places.append(BUCKETS + sheets.index(row["sheet"]))
        index.append(len(places))
    ones = numpy.ones(len(places), numpy.float32)
    return sparse.csr_matrix((ones, places, index), shape=(len(rows), BUCKETS + len(sheets)))


def fit(table, right):
    return LogisticRegression(C=RIDGE, max_iter=3000).fit(table, right)


def worth(name, model, table, right):
    """Prints what the weights are worth on edges that they have not seen."""
    score = model.decision_function(table)
    ranked = right[numpy.argsort(-score)]
    best = ", ".join(f"{100 * share:.0f}%: {100 * ranked[:int(share * len(ranked))].mean():.0f}"
                     for share in (0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1))
    print(f"{name}: {len(right)} edges, area under the curve {roc_auc_score(right, score):.3f}; right of the best {best}")
    return 1 / (1 + numpy.exp(-score))


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("seen", nargs="+", type=pathlib.Path)
    args.add_argument("--out", type=pathlib.Path)
    args.add_argument("--blind", default="edges-9")
    args.add_argument("--level", default="edges-10,edges-11")
    args = args.parse_args()
    rows = [json.loads(line) for path in args.seen for line in path.open(encoding="utf-8")]
    sheets = sorted({row["sheet"] for row in rows})
    table = matrix(rows, sheets)
    right = numpy.array([int(row["right"]) for row in rows])
    sheet = numpy.array([row["sheet"] for row in rows])
    event = numpy.array([row["event"] for row in rows])
    part = numpy.array([zlib.crc32(row["document"].encode()) % 5 for row in rows])
    level = numpy.isin(sheet, args.level.split(","))
    quoted = numpy.array([row["predicate"] == "quotation" for row in rows])
    print(f"{len(rows)} edges: " + ", ".join(
        f"{name} {(sheet == name).sum()} ({100 * right[sheet == name].mean():.0f}% right)" for name in sheets))

    blind = sheet == args.blind
    worth(args.blind, fit(table[~blind], right[~blind]), table[blind], right[blind])
    guesses = numpy.zeros(len(rows))
    for fold in range(5):
        test = part == fold
        model = fit(table[~test], right[~test])
        guesses[test] = model.decision_function(table[test])
        if fold == 0:
            for name, which in (("all", test & level), ("events", test & level & event),
                                ("states and says", test & level & ~event)):
                worth(f"a fifth of {args.level}, {name}", model, table[which], right[which])
    shares = 1 / (1 + numpy.exp(-guesses))
    print("confidence, edges of the level's draws, share right (five fits, each on four fifths)")
    for low, high in ((0, .2), (.2, .3), (.3, .4), (.4, .5), (.5, .6), (.6, .7), (.7, .8), (.8, .9), (.9, 1.01)):
        inside = level & (shares >= low) & (shares < high)
        if inside.any():
            print(f"| {low:.1f} to {min(high, 1):.1f} | {100 * inside.sum() / level.sum():.0f}% | {100 * right[inside].mean():.0f}% |")
    for least in (.3, .4, .5, .6, .7):
        inside = level & (shares >= least)
        print(f"{least:.1f} and more: {100 * inside.sum() / level.sum():.0f}% of the edges, {100 * right[inside].mean():.1f}% right, "
              f"{100 * right[inside].sum() / right[level].sum():.0f}% of the right ones")

    said = numpy.array([row["predicate"] == "says" for row in rows])
    speaker = numpy.array([int(row.get("speaker_right", row["right"])) for row in rows])
    for name, of in (("events", level & event), ("states", level & ~event & ~said), ("says", level & said), ("quotations", quoted)):
        if of.any():
            inside = of & (shares >= .5)
            print(f"0.5 and more, {name}: {100 * inside.sum() / of.sum():.0f}% of {of.sum()}, "
                  f"{100 * right[inside].mean():.1f}% right; all {100 * right[of].mean():.1f}%; area {roc_auc_score(right[of], shares[of]):.3f}")
    for least in (0, .5, .6, .7, .8, .9):
        inside = quoted & (shares >= least)
        if inside.any():
            print(f"quotations of {least:.1f} and more: {100 * inside.sum() / quoted.sum():.0f}%, speaker {100 * speaker[inside].mean():.1f}% right, "
                  f"words and speaker {100 * right[inside].mean():.1f}%")

    if not args.out:
        return
    model = fit(table, right)
    weights = model.coef_[0][:BUCKETS].copy()
    for family, at in ((~quoted, level), (quoted, quoted)):
        if family.any():
            own = [model.coef_[0][BUCKETS + sheets.index(name)] for name in sheet[at]]
            weights[everywhere(table[family])] += model.intercept_[0] + numpy.mean(own)
    scale = numpy.abs(weights).max() / 127
    whole = numpy.clip(numpy.round(weights / scale), -127, 127).astype(numpy.int8)
    args.out.write_bytes(struct.pack("<f", scale) + whole.tobytes())
    print(f"{args.out}: {(whole != 0).sum()} of {BUCKETS} weights are not nought")


def everywhere(table):
    """A bucket that every row has: the feature `all`, on which the bias rides."""
    counts = numpy.asarray(table[:, :BUCKETS].sum(axis=0)).ravel()
    return int(numpy.argmax(counts == table.shape[0]))


if __name__ == "__main__":
    main()
