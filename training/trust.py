#!/usr/bin/env python3
"""Fits data/model/trust.bin: how often an edge like this was right when people read it.

usage: training/trust.py SEEN... [--out data/model/trust.bin]

SEEN are files that `demarche-training trust` writes: a line an edge that readers judged, with the features that the
program sees of it (src/relation/trust/feature.rs). A logistic regression with a ridge (C = 0.04) over the features and the sheets:
a sheet's own term takes up how strict its readers were, and how its edges were drawn. Sheets that were read with care count
three times. In the written weights the bias is moved until the mean over the sheets named by --level is the share that was right there.

Prints first what five fits, each on four fifths of the documents, are worth on the rest: area under the curve, the share right among
the best, and what a confidence means. Needs numpy, scipy and scikit-learn (train.sh has the versions).
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


def fit(table, right, weight):
    return LogisticRegression(C=RIDGE, max_iter=3000).fit(table, right, sample_weight=weight)


def bare(model, table):
    """Scores without the sheets' own terms."""
    weights = model.coef_[0].copy()
    weights[BUCKETS:] = 0
    return table @ weights + model.intercept_[0]


def shift(scores, right):
    """What is to be added to scores that their mean share may be the share that was right."""
    low, high = -5.0, 5.0
    for _ in range(60):
        middle = (low + high) / 2
        above = (1 / (1 + numpy.exp(-(scores + middle)))).mean() > right.mean()
        low, high = (low, middle) if above else (middle, high)
    return middle


def worth(name, score, right):
    """Prints what the weights are worth on what they have not seen."""
    ranked = right[numpy.argsort(-score)]
    best = ", ".join(f"{100 * share:.0f}%: {100 * ranked[:int(share * len(ranked))].mean():.0f}"
                     for share in (0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1))
    print(f"{name}: {len(right)}, area under the curve {roc_auc_score(right, score):.3f}; right of the best {best}")


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("seen", nargs="+", type=pathlib.Path)
    args.add_argument("--out", type=pathlib.Path)
    args.add_argument("--careful", default="edges-12,edges-13,quotations-12")
    args.add_argument("--level", default="edges-9,edges-12,quotations-12")
    args = args.parse_args()
    rows = [json.loads(line) for path in args.seen for line in path.open(encoding="utf-8")]
    sheets = sorted({row["sheet"] for row in rows})
    table = matrix(rows, sheets)
    right = numpy.array([int(row["right"]) for row in rows])
    sheet = numpy.array([row["sheet"] for row in rows])
    part = numpy.array([zlib.crc32(row["document"].encode()) % 5 for row in rows])
    quoted = numpy.array([row["predicate"] == "quotation" for row in rows])
    level = numpy.isin(sheet, args.level.split(","))
    weight = numpy.where(numpy.isin(sheet, args.careful.split(",")), 3.0, 1.0)
    print(f"{len(rows)} judged: " + ", ".join(
        f"{name} {(sheet == name).sum()} ({100 * right[sheet == name].mean():.0f}% right)" for name in sheets))

    scores = numpy.zeros(len(rows))
    for fold in range(5):
        test = part == fold
        scores[test] = bare(fit(table[~test], right[~test], weight[~test]), table[test])
    shares = numpy.zeros(len(rows))
    moved = []
    for family in (~quoted, quoted):
        at = level & family
        if at.any():
            moved.append((family, shift(scores[at], right[at])))
            shares[family] = 1 / (1 + numpy.exp(-(scores[family] + moved[-1][1])))
    print("what each sheet is worth by five fits, each on four fifths of the documents")
    for name in sheets:
        worth(name, scores[sheet == name], right[sheet == name])
    event = numpy.array([row["event"] for row in rows])
    said = numpy.array([row["predicate"] == "says" for row in rows])
    speaker = numpy.array([int(row.get("speaker_right", row["right"])) for row in rows])
    for name in ("edges-13", "edges-12", "edges-9", "quotations-10", "quotations-12"):
        of = sheet == name
        if not of.any():
            continue
        print(f"{name}: confidence, share of all, right")
        for low, high in ((0, .2), (.2, .3), (.3, .4), (.4, .5), (.5, .6), (.6, .7), (.7, .8), (.8, .9), (.9, 1.01)):
            inside = of & (shares >= low) & (shares < high)
            if inside.any():
                print(f"| {low:.1f} to {min(high, 1):.1f} | {100 * inside.sum() / of.sum():.0f}% | {100 * right[inside].mean():.0f}% |")
        for least in (.4, .5, .6, .7, .8):
            inside = of & (shares >= least)
            sorts = ", ".join(f"{sort} {100 * (inside & which).sum() / (of & which).sum():.0f}% kept {100 * right[inside & which].mean():.1f}% right"
                              for sort, which in (("events", event), ("states", ~event & ~said & ~quoted), ("says", said))
                              if (inside & which).any())
            print(f"{least:.1f} and more: {100 * inside.sum() / of.sum():.0f}% kept, {100 * right[inside].mean():.1f}% right, "
                  f"{100 * right[inside].sum() / right[of].sum():.0f}% of the right ones, speakers {100 * speaker[inside].mean():.1f}%; {sorts}")
    if not args.out:
        return
    model = fit(table, right, weight)
    weights = model.coef_[0][:BUCKETS].copy()
    for family, by in moved:
        weights[everywhere(table[family])] += model.intercept_[0] + by
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
