#!/usr/bin/env python3
"""How far confidence can be believed: ten bins of it against how much of each bin is right.

usage: training/reliability.py SHARED DIR [--fit] [--sheet docs/reading/edges-5.tsv]

SHARED holds gold/ and score/ (with the scorers' rules of what matches); DIR the analysis records that
training/measure.py or `demarche analyze --format jsonl` made: events-NAME.jsonl and quotes-NAME.jsonl. An event is
right as a pair if both sides are those of a marked event, as a root if its class is, too. Sets of events mark one event
a sentence, so what is right of all is a floor; the second table has only sentences where one event is told and one is
marked. A quotation is right if its letters and its speaker are.
--sheet adds the events of a sheet of edges that were drawn at random and read, by what their rules gave them (column `rules`).
--fit prints the rising steps (pool adjacent violators) that would turn confidence into share right.
Standard library only.
"""
import collections, csv, json, pathlib, sys

EVENTS = ["gold_dev_plv_news", "gold_cameo_manual", "gold_plover_gsr"]
QUOTES = ["polnear_dev", "gum_news"]


def scorer(path):
    """A scorer's functions, without its run."""
    space = {"__name__": "scorer", "__file__": str(path)}
    sys.path.insert(0, str(path.parent))
    source = path.read_text(encoding="utf-8")
    exec(compile(source[:source.rindex("\nmain()")], str(path), "exec"), space)
    return space


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def events(shared, folder):
    score = scorer(shared / "score/events.py")
    table = shared / "gazetteer/countries.csv"
    score["ISO3"].update({r["iso2"]: r["iso3"] for r in csv.DictReader(open(table, encoding="utf-8")) if r["iso2"]})
    for name in EVENTS:
        records = {r["document"]["id"]: r for r in read(folder / f"events-{name}.jsonl")}
        for doc in read(shared / f"gold/events/{name}.jsonl"):
            record = records[str(doc["id"])]
            marked = [e for e in doc["events"] if e.get("source")]
            own = [r for r in record["relations"] if r.get("cameo") and not r.get("within")]
            for relation, event in zip(own, score["events"](record)):
                def sides(g):
                    fits = lambda side: score["actor_matches"](event[side], g.get(side), g.get(side + "_text"), g.get(side + "_iso_silver"))
                    return fits("source") and (not g.get("target") or fits("target"))
                found = [g for g in marked if sides(g)]
                rooted = [g for g in found if event["roots"] & score["roots"](g.get("cameo_roots") or g.get("code"))]
                yield relation["confidence"], bool(found), bool(rooted), len(own) == 1 == len(doc["events"])


def quotations(shared, folder):
    score = scorer(shared / "score/quotations.py")
    for name in QUOTES:
        records = {r["document"]["id"]: r for r in read(folder / f"quotes-{name}.jsonl")}
        for doc in read(shared / f"gold/quotes/{name}.jsonl"):
            text, record = doc["text"], records[str(doc["id"])]
            offset = len(record["document"]["text"]) - len(text)
            gold = [(score["letters"](text, q["segments"]), q["speaker_segments"]) for q in doc["quotes"]]
            for q in record["quotations"]:
                spans = [(s["start"] - offset, s["end"] - offset) for s in q.get("segments") or [q] if s["start"] >= offset]
                own = score["letters"](text, spans)
                if not own:
                    continue
                speaker = q.get("speaker_span")
                speaker = [(speaker["start"] - offset, speaker["end"] - offset)] if speaker else None
                best = max(gold, key=lambda g: len(g[0] & own) / len(g[0] | own), default=(frozenset(), None))
                hit = len(best[0] & own) / max(1, len(best[0] | own)) >= 0.8
                yield q["confidence"], hit, hit and score["same_speaker"](text, best[1], speaker)


def read_edges(path):
    """The events of a sheet: what the rules gave, and whether the edge was right."""
    with open(path, encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            if row["sort"] == "event":
                yield float(row["rules"]), row["verdict"] == "right", row["verdict"] == "right"


def table(title, heads, rows):
    bins = collections.defaultdict(list)
    for row in rows:
        bins[min(9, int(row[0] * 10 + 1e-6))].append(row)
    print(f"\n| {title} | number | mean confidence | {heads[0]} | {heads[1]} |\n|---|---|---|---|---|")
    gap = 0
    for n in sorted(bins):
        own = bins[n]
        mean, first, second = (sum(r[i] for r in own) / len(own) for i in range(3))
        gap += abs(mean - second) * len(own)
        print(f"| {n/10:.1f}–{(n+1)/10:.1f} | {len(own)} | {mean:.2f} | {100*first:.0f}% | {100*second:.0f}% |")
    print(f"\nexpected calibration error, {heads[1]}: {gap / max(1, len(rows)):.3f}")


def fit(title, rows):
    """Pool adjacent violators over the values of confidence that occur."""
    blocks = []
    for value in sorted({round(r[0], 2) for r in rows}):
        own = [r[2] for r in rows if round(r[0], 2) == value]
        blocks.append([value, value, sum(own), len(own)])
        while len(blocks) > 1 and blocks[-2][2] / blocks[-2][3] >= blocks[-1][2] / blocks[-1][3]:
            low = blocks.pop(-2)
            blocks[-1] = [low[0], blocks[-1][1], low[2] + blocks[-1][2], low[3] + blocks[-1][3]]
    print(f"\n{title}")
    for low, high, right, count in blocks:
        print(f"  {low:.2f}–{high:.2f}  {right/count:.2f}  ({count})")


def main():
    shared, folder = map(pathlib.Path, sys.argv[1:3])
    found = list(events(shared, folder))
    said = list(quotations(shared, folder))
    single = [row for row in found if row[3]]
    table("events", ("pair right", "root right"), found)
    table("events, one a sentence", ("pair right", "root right"), single)
    table("quotations", ("words right", "words and speaker right"), said)
    if "--sheet" in sys.argv:
        drawn = list(read_edges(sys.argv[sys.argv.index("--sheet") + 1]))
        table("events, drawn at random and read", ("right", "right"), drawn)
    if "--fit" in sys.argv:
        fit("events, one a sentence", single)
        fit("quotations", said)


main()
