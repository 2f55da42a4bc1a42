#!/usr/bin/env python3
"""Scores who is for or against whom, of analysis records against a gold set.

usage: score_stance.py GOLD.jsonl ANALYSIS.jsonl [--errors N]

Gold: one short text a line with two names, `p` and `q`, each as [words, start, end] in code points, and a label:
0 neither is for or against the other, 1 p for q, 2 q for p, 3 p against q, 4 q against p.
Record: the list `stances`. Where several stances join the two, the surest counts.
A name is met by an entity with a mention over it, or by a holder's or target's words that hold it.

Macro-F1 of none, for and against; for and against count as right only with the right direction. The second figure is the
macro-F1 of the five labels by themselves. The majority ("none" always) is printed to compare.
Standard library only.
"""
import collections, json, sys

NAMES = {0: "none", 1: "for", 2: "for", 3: "against", 4: "against"}


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def predicted(item, record):
    """The label that the record gives the two names of an item, and the stance that says so."""
    text = record["document"]["text"]
    offset = len(text) - len(item["text"])
    if offset < 0 or not text.endswith(item["text"]):
        raise SystemExit(f"{item['id']}: the record's text does not end with the gold text")

    def met(name, entity, span):
        start, end = name[1] + offset, name[2] + offset
        if span["start"] <= start and end <= span["end"]:
            return True
        return entity is not None and any(e["id"] == entity and any(m["start"] < end and start < m["end"] for m in e["mentions"])
                   for e in record["entities"])

    best = (0, 0.0, None)
    for s in record.get("stances", []):
        holder = lambda name: met(name, s["holder"], s["holder_span"])
        target = lambda name: met(name, s["target"], s["target_span"])
        side = 1 if s["side"] == "for" else 3
        for label, a, b in ((side, item["p"], item["q"]), (side + 1, item["q"], item["p"])):
            if s["confidence"] > best[1] and holder(a) and target(b):
                best = (label, s["confidence"], s)
    return best[0], best[2]


def f1(right, found, wanted):
    p, r = right / found if found else 0.0, right / wanted if wanted else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def macro(pairs, name):
    """Mean F1 over the classes that `name` makes of labels; a pair counts where its labels are equal."""
    classes = sorted({name(g) for g, _ in pairs})
    rows = []
    for c in classes:
        right = sum(g == s and name(g) == c for g, s in pairs)
        rows.append((c, *f1(right, sum(name(s) == c for _, s in pairs), sum(name(g) == c for g, _ in pairs))))
    return sum(row[3] for row in rows) / len(rows), rows


def main():
    gold, records = read(sys.argv[1]), {r["document"]["id"]: r for r in read(sys.argv[2])}
    shown = int(sys.argv[4]) if sys.argv[3:4] == ["--errors"] else 0
    pairs, errors = [], collections.Counter()
    for item in gold:
        label, stance = predicted(item, records[str(item["id"])])
        pairs.append((item["label"], label))
        if label != item["label"]:
            word = ""
            if stance:
                text = records[str(item["id"])]["document"]["text"]
                word = text[stance["trigger"]["start"]:stance["trigger"]["end"]].lower()
            errors[item["label"], label, word] += 1
    score, rows = macro(pairs, NAMES.get)
    for name, p, r, f in rows:
        print(f"{name:22} P {100*p:5.1f}  R {100*r:5.1f}  F1 {100*f:5.1f}")
    print(f"{'macro-F1':22} {100*score:5.1f}")
    print(f"{'macro-F1, five labels':22} {100*macro(pairs, lambda label: label)[0]:5.1f}")
    right = sum(g == s for g, s in pairs)
    majority = sum(g == 0 for g, _ in pairs)
    print(f"{'accuracy':22} {100*right/len(pairs):5.1f}  (none always: {100*majority/len(pairs):.1f})")
    for (g, s, word), n in errors.most_common(shown):
        print(f"{n:4}  gold {g} found {s} {word}")


if __name__ == "__main__":
    main()
