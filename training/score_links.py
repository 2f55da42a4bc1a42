#!/usr/bin/env python3
"""Scores whom names stand for: the keys of analysis records against gold Wikidata ids.

usage: training/score_links.py GOLD.jsonl ANALYSIS.jsonl [--ids COUNTRIES.csv] [--errors]

The gold lists mentions with an id (`wiki`), its name (`wiki_name`) and a span, complete within `eval_span`. Only named
entities count: no pronouns, dates, quantities, common nouns ("judge", "summer").
Three figures: `ids`: the key is the gold's Wikidata id (ISO keys are translated with COUNTRIES.csv, which has the columns
`id` and `qid`). `named`: the id, or a key that holds no Wikidata id whose entity bears the gold's name. `unknowns`: as
`named`, where a name of the gold that is nobody's (NIL) is right if the tables do not know it either.
A mention of the gold is matched by the mention of form name (or an adjective) that overlaps it most.
Standard library only.
"""
import argparse, collections, csv, json, re, unicodedata

NO_NAMES = {"QUANTITY", "DATETIME", "QANTITY", "Q11862829", "Q16521", "Q1075"}
ROLE = {"Q12737077", "Q4164871"}  # professions and positions, as bare words
FORMS = re.compile(r"\b(f c|fc|inc|corp|corporation|co|ltd|plc|ag|group|company|the|of america|republic|people s|s)\b")


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def fold(name):
    name = re.sub(r"\(.*?\)", " ", name.replace("_", " "))
    name = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    name = re.sub(r"[^a-z0-9]+", " ", name)
    name = re.sub(r"\bu s\b", "united states", name)
    return " ".join(FORMS.sub(" ", name).split())


def is_named(e, text):
    """A name: a capital within the words, and no profession, date or quantity."""
    words = text[e["start"]:e["end"]]
    kinds = set(e["type"].split("|"))
    if e["coref"] or kinds & NO_NAMES or not any(c.isupper() for c in words):
        return False
    if kinds <= ROLE or kinds == ROLE | {"Q215627"}:
        return False
    if e["wiki"] == "<NIL>":
        # Unknown to Wikidata: named only if every content word is capitalised.
        content = re.findall(r"[^\W\d_]{4,}", words)
        return bool(content) and all(w[0].isupper() for w in content) and words[0].isupper()
    # "Summer is hot": a common noun at a sentence's start.
    return e["wiki_name"][:1].isupper() or e["wiki_name"] == "Unknown"


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("gold")
    args.add_argument("analysis")
    args.add_argument("--ids")
    args.add_argument("--errors", action="store_true")
    args = args.parse_args()
    ids = {}
    if args.ids:
        with open(args.ids, encoding="utf-8", newline="") as rows:
            ids = {r["id"]: r["qid"] for r in csv.DictReader(rows) if r.get("qid")}
    pred = {r["document"]["id"]: r for r in read(args.analysis)}
    right = collections.Counter()
    gold_count, sys_count, classes = 0, collections.Counter(), collections.Counter()
    for doc in read(args.gold):
        text, record = doc["text"], pred[str(doc["id"])]
        offset = len(record["document"]["text"]) - len(text)
        low, high = doc.get("eval_span") or (0, len(text))
        gold = [e for e in doc["entities"] if is_named(e, text) and low <= e["start"] and e["end"] <= high]
        other = [e for e in doc["entities"] if not is_named(e, text)]
        mentions = []
        for entity in record["entities"]:
            for m in entity["mentions"]:
                a, b = m["start"] - offset, m["end"] - offset
                if m["form"] != "pronoun" and a >= low and b <= high and any(c.isupper() for c in text[a:b]):
                    mentions.append((a, b, m["form"], entity))
        used = set()
        for e in gold:
            over = lambda m: min(m[1], e["end"]) - max(m[0], e["start"])
            best = max((m for m in mentions if over(m) > 0), key=lambda m: (over(m), m[0] - m[1]), default=None)
            verdict = {"ids": False, "named": False, "unknowns": False}
            key = ""
            if best:
                used.add(best[:2])
                entity = best[3]
                key = ids.get(entity["key"], entity["key"].removeprefix("wd:"))
                has_id = re.fullmatch(r"Q\d+", key) is not None
                same = fold(e["wiki_name"]) == fold(entity["name"]) or e["wiki"] == key
                nil = e["wiki"] == "<NIL>"
                verdict["ids"] = e["wiki"] == key
                verdict["named"] = verdict["ids"] or not has_id and not nil and same
                verdict["unknowns"] = verdict["named"] or nil and not has_id
            for name, good in verdict.items():
                right[name] += good
            if not verdict["unknowns"]:
                known = "missed" if best is None else "known as another" if has_id else "left unknown"
                classes[known] += 1
                if args.errors:
                    print(f"{known:17} {text[e['start']:e['end']]!r:40} {e['wiki']:12} {e['wiki_name']!r:40} ->",
                          f"{best[3]['name']!r} {best[3]['key']}" if best else "")
        gold_count += len(gold)
        right["known gold"] += sum(e["wiki"] != "<NIL>" for e in gold)
        # A mention beyond the gold counts against precision, unless it lies on something that is no named entity.
        for m in mentions:
            if m[:2] in used or m[2] != "name" or any(m[0] < e["end"] and e["start"] < m[1] for e in other + gold):
                continue
            key = ids.get(m[3]["key"], m[3]["key"].removeprefix("wd:"))
            sys_count["spurious"] += 1
            sys_count["spurious ids"] += re.fullmatch(r"Q\d+", key) is not None
            if args.errors:
                print(f"{'spurious':17} {text[m[0]:m[1]]!r} -> {m[3]['name']!r} {m[3]['key']}")
        sys_count["matched"] += len({m[:2] for m in mentions} & used)
        sys_count["matched ids"] += sum(
            re.fullmatch(r"Q\d+", ids.get(m[3]["key"], m[3]["key"].removeprefix("wd:"))) is not None
            for m in {m[:2]: m for m in mentions if m[:2] in used}.values())
    for name in ("ids", "named", "unknowns"):
        n = (sys_count["matched ids"] + sys_count["spurious ids"]) if name == "ids" else sys_count["matched"] + sys_count["spurious"]
        g = right["known gold"] if name == "ids" else gold_count
        p, r = right[name] / n if n else 0, right[name] / g if g else 0
        print(f"{'links ' + name:22} P {100*p:5.1f}  R {100*r:5.1f}  F1 {100*(2*p*r/(p+r) if p+r else 0):5.1f}   ({right[name]} of {g})")
    print("   wrong:", ", ".join(f"{n} {c}" for c, n in classes.most_common()))


main()
