#!/usr/bin/env python3
"""Fits the `weight` rows of data/calibration.txt and writes data/frames_read.tsv.

usage: training/trust.py ANALYSIS --write data

ANALYSIS is the analysis (JSON Lines) of the documents of docs/reading/edges-frames.tsv and edges-9.tsv by a build whose
data/calibration.txt has no `weight` rows. An edge of a sheet is taken where it still stands as it was judged: predicate, both
sides, polarity, modality. The weights are fitted on edges-frames.tsv (logistic regression, a ridge of 3, Newton steps); their
sum is shifted until the mean over the edges of edges-9.tsv that come from the present version is the share of right ones.
What is printed is the area under the curve on edges-9.tsv. Needs numpy.
"""
import argparse, collections, json, math, pathlib

import numpy

ROOT = pathlib.Path(__file__).resolve().parent.parent
PRIOR, SHRINK = (0.6, 3.0), 4.0
NAMES = ["bias", "rules", "read", "subject_open", "subject_named", "subject_pronoun", "subject_far", "object_open",
         "object_named", "object_pronoun", "object_place", "object_far", "negated", "unsure"]


def side(edge, which, entities):
    """open, named, pronoun, place, far, as src/relation/trust.rs has them."""
    span = edge["evidence"][which]
    if edge[which] is None or span is None:
        return dict(open=1.0)
    entity, trigger = entities[edge[which]], edge["evidence"]["trigger"]["start"]
    forms = [m["form"] for m in entity["mentions"] if m["start"] < span["end"] and span["start"] < m["end"]]
    form = forms[0] if forms else ""
    return dict(named=float(form == "name"), pronoun=float(form == "pronoun"), place=float(entity["kind"] == "place"),
                far=math.log1p(abs(span["start"] - trigger)) / 5)


def features(edge, entities, share):
    row = dict(bias=1.0, rules=edge["confidence"], read=share, negated=float(edge["polarity"] == "negated"),
               unsure=float(edge["modality"] in ("possible", "obliged")))
    for which in ("subject", "object"):
        row |= {f"{which}_{name}": value for name, value in side(edge, which, entities).items()}
    return [row.get(name, 0.0) for name in NAMES]


def sheet(name, records):
    """The judged edges that stand as they were: (edge, entities, right, version)."""
    lines = (ROOT / "docs/reading" / name).read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    for line in lines[1:]:
        row = dict(zip(head, line.split("\t")))
        record = records.get(row["document"])
        if record is None:
            continue
        start, end = map(int, row["characters"].split("-"))
        entities = {e["id"]: e for e in record["entities"]}
        title = lambda key: entities[key]["name"] if key in entities else "?"
        for edge in record["relations"]:
            trigger = edge["evidence"]["trigger"]
            if (trigger and trigger["start"] < end and start < trigger["end"] and edge["predicate"] == row["what"]
                    and (title(edge["subject"]), title(edge["object"])) == (row["subject"], row["object"])
                    and (edge["polarity"], edge["modality"]) == (row["polarity"], row["modality"])):
                yield edge, entities, row["verdict"] == "right", row.get("version")
                break


def area(scores, labels):
    values, place, counts = numpy.unique(scores, return_inverse=True, return_counts=True)
    rank = (numpy.cumsum(counts) - (counts - 1) / 2)[place]
    ones = labels.sum()
    return (rank[labels == 1].sum() - ones * (ones + 1) / 2) / (ones * (len(labels) - ones))


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("analysis", type=pathlib.Path)
    args.add_argument("--write", type=pathlib.Path)
    args = args.parse_args()
    records = {}
    with open(args.analysis, encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            records[record["document"]["id"]] = record
    read = list(sheet("edges-frames.tsv", records))
    frames, predicates = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(lambda: [0, 0])
    for edge, _, right, _ in read:
        for counts in frames[edge["predicate"], edge["evidence"]["rule"]], predicates[edge["predicate"]]:
            counts[0] += right
            counts[1] += 1

    def share(edge, right=None):
        """Of the frame; without the edge itself, where its verdict is given."""
        own = (0, 0) if right is None else (right, 1)

        def counts(table, key):
            hits, all_ = table.get(key, (0, 0))
            return hits - own[0], all_ - own[1]

        hits, all_ = counts(predicates, edge["predicate"])
        of_all = (hits + PRIOR[0] * PRIOR[1]) / (all_ + PRIOR[1])
        hits, all_ = counts(frames, (edge["predicate"], edge["evidence"]["rule"]))
        return (hits + of_all * SHRINK) / (all_ + SHRINK)

    rows = numpy.array([features(e, who, share(e, right)) for e, who, right, _ in read])
    labels = numpy.array([float(right) for _, _, right, _ in read])
    weights, ridge = numpy.zeros(len(NAMES)), 3.0
    for _ in range(60):
        guess = 1 / (1 + numpy.exp(-rows @ weights))
        slope = rows.T @ (guess - labels) + ridge * weights
        bend = (rows * (guess * (1 - guess))[:, None]).T @ rows + ridge * numpy.eye(len(NAMES))
        weights -= numpy.linalg.solve(bend, slope)
    blind = list(sheet("edges-9.tsv", records))
    new = numpy.array([features(e, who, share(e)) for e, who, _, _ in blind])
    right = numpy.array([float(r) for _, _, r, _ in blind])
    after = numpy.array([v == "after" for _, _, _, v in blind])
    print(f"{len(read)} edges of edges-frames.tsv, {len(blind)} of edges-9.tsv stand as they were judged")
    print(f"area under the curve on edges-9.tsv: rules {area(new[:, 1], right):.3f}, weighed {area(new @ weights, right):.3f}")
    low, high = -3.0, 3.0
    for _ in range(50):
        shift = (low + high) / 2
        mean = (1 / (1 + numpy.exp(-(new[after] @ weights + shift)))).mean()
        low, high = (low, shift) if mean > right[after].mean() else (shift, high)
    weights[0] += shift
    guess = 1 / (1 + numpy.exp(-new @ weights))
    for low, high in ((0, 0.35), (0.35, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 1.01)):
        inside = (guess >= low) & (guess < high)
        if inside.any():
            print(f"{low:.2f} to {min(high, 1):.2f}: {inside.sum()} edges, {100 * right[inside].mean():.0f}% right")
    rows = [f"weight {name} {value:.3f}" for name, value in zip(NAMES, weights)]
    print("\n".join(rows))
    if args.write:
        path = args.write / "calibration.txt"
        kept = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("weight ")]
        path.write_text("\n".join(kept + rows) + "\n", encoding="utf-8")
        counts = [f"{hits}\t{all_}\t{predicate}\t{rule}" for (predicate, rule), (hits, all_) in sorted(frames.items())]
        head = "# How often the edges of a frame were right when people read them (docs/reading/edges-frames.tsv); made by\n" \
               "# training/trust.py. right\tread\tpredicate\tframe"
        (args.write / "frames_read.tsv").write_text("\n".join([head, *counts]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
