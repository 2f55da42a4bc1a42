#!/usr/bin/env python3
"""Draws wrong and missed names at random from what training/measure.py left in target/measure, for reading by hand.

usage: training/names/wrong.py SHARED [--sets news2020,worldwide,gum_news] [--draw 50] [--seed 1] [--show]

Prints set, document, span (code points), sign (+ found and wrong, - missed) and type; --show adds the words and
their neighbours. Uses the sets' own scorer for what counts as wrong. Standard library only.
"""
import argparse, json, pathlib, random, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def scorer(shared):
    sys.path.insert(0, str(shared / "score"))
    source = (shared / "score/names.py").read_text(encoding="utf-8")
    space = {"__name__": "scorer"}
    exec(source[: source.rindex("main()")], space)
    return space


def wrong(name, shared, score):
    records = {}
    with open(ROOT / f"target/measure/names-{name}.jsonl", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            records[record["document"]["id"]] = record
    with open(shared / f"gold/names/{name}.jsonl", encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            text, record = document["text"], records[str(document["id"])]
            offset = score["shift"](record, text)
            gold = set(score["gold_spans"](document))
            found = set()
            for entity in record["entities"]:
                kind = score["KIND"].get(entity["kind"])
                for mention in entity["mentions"]:
                    if kind and mention["form"] == "name" and mention["start"] >= offset:
                        span = score["trim"](text, mention["start"] - offset, mention["end"] - offset)
                        found.add((*span, kind))
            for sign, names in (("+", found - gold), ("-", gold - found)):
                for start, end, kind in sorted(names):
                    yield name, document["id"], start, end, sign, kind, text


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("shared", type=pathlib.Path)
    args.add_argument("--sets", default="news2020,worldwide,gum_news")
    args.add_argument("--draw", type=int, default=50)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--show", action="store_true")
    args = args.parse_args()
    score = scorer(args.shared)
    names = [row for name in args.sets.split(",") for row in wrong(name, args.shared, score)]
    for name, document, start, end, sign, kind, text in sorted(
        random.Random(args.seed).sample(names, min(args.draw, len(names))), key=lambda row: row[:4]
    ):
        line = f"{name}\t{document}\t{start}-{end}\t{sign}\t{kind}"
        if args.show:
            line += f"\t{text[max(0, start - 50):start]}[[{text[start:end]}]]{text[end:end + 40]}".replace("\n", " ")
        print(line)


main()
