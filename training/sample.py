#!/usr/bin/env python3
"""Draws edges or quotations at random (seeded) from analysis records, to be read against their evidence.

usage: training/sample.py ANALYSIS.jsonl... [--what relations|quotations] [--n 50] [--seed 1] [--standing] [--sheet FILE]

Prints one numbered item each: the arrow with its flags, the sentence, the trigger, the rule. `--sheet` writes a table
of their ids (document, sentence, code points of the evidence, predicate or kind), to be filled with verdicts; it holds no text.
Standard library only.
"""
import argparse, json, random

FLAG = {"planned": "will", "possible": "may", "obliged": "must", "asked": "asked", "alleged": "alleged",
        "hypothetical": "if"}


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("records", nargs="+")
    args.add_argument("--what", choices=["relations", "quotations"], default="relations")
    args.add_argument("--n", type=int, default=50)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--standing", action="store_true", help="draw standing relations (no CAMEO code) too")
    args.add_argument("--sheet", help="write the ids of what was drawn here")
    args = args.parse_args()
    drawn, seen, dice = [], 0, random.Random(args.seed)
    for line in (line for path in args.records for line in open(path, encoding="utf-8")):
        record = json.loads(line)
        for item in record[args.what]:
            if args.what == "relations" and not args.standing and not item.get("cameo"):
                continue
            seen += 1                               # reservoir sampling: one pass, any size
            slot = len(drawn) if len(drawn) < args.n else dice.randrange(seen)
            if slot < args.n:
                drawn[slot:slot + 1] = [(record["document"], record["sentences"],
                                         {e["id"]: e["name"] for e in record["entities"]}, item)]
    print(f"{seen} {args.what}, {len(drawn)} drawn with seed {args.seed}\n")
    rows = ["\t".join(["document", "sentence", "characters", "what", "verdict", "class"])]
    for n, (document, sentences, names, item) in enumerate(drawn, 1):
        if args.what == "relations":
            sentence, span, what = item["evidence"]["sentence"], item["evidence"]["trigger"], item["predicate"]
        else:
            span, what = item["segments"][0], item["kind"]
            sentence = next((i for i, s in enumerate(sentences) if s["start"] <= span["start"] < s["end"]), 0)
        rows.append("\t".join([document["id"], str(sentence), f"{span['start']}-{span['end']}", what, "", ""]))
        cut = lambda s: document["text"][s["start"]:s["end"]].replace("\n", " ") if s else None
        if args.what == "relations":
            flags = (["not"] if item["polarity"] == "negated" else []) + [FLAG[m] for m in [item["modality"]] if m in FLAG]
            flag = f" [{' '.join(flags)}]" if flags else ""
            says = f"   says {names[item['attribution']]}" if item["attribution"] else ""
            within = f"   within {item['within']}" if item["within"] else ""
            evidence = item["evidence"]
            print(f"{n}. {names.get(item['subject'], '?')} -{item['predicate']}-> {names.get(item['object'], '?')}{flag}"
                  f"{says}{within}   {item['time'] or ''}")
            print(f"   {cut(sentences[evidence['sentence']])}")
            print(f"   [{cut(evidence['trigger'])}] {evidence['rule']}   ({document['id']}, {item['confidence']:.2f})\n")
        else:
            print(f"{n}. {names.get(item['speaker'], '?')} ({cut(item['speaker_span'])}) {item['kind']} "
                  f"about {', '.join(names[a] for a in item['about']) or '-'}   cue: {cut(item['cue'])}")
            print(f"   {' … '.join(cut(s) for s in item['segments'])}   ({document['id']})\n")
    if args.sheet:
        open(args.sheet, "w", encoding="utf-8").write("\n".join(rows) + "\n")


main()
