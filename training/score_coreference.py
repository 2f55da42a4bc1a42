#!/usr/bin/env python3
"""Scores who is who within a document: surnames, he and she, and the speakers of quotations, from raw text.

usage: training/score_coreference.py NAMES.jsonl ANALYSIS.jsonl [--quotes QUOTES.jsonl] [--errors]

NAMES holds gold mentions (`entities`) and clusters (`coref`) of the texts that ANALYSIS has read; QUOTES the quotations
of the same texts with `speaker_entity`. Four figures:
  surname     a one-word name of a person whose cluster also has the full name: its entity holds that full name
  he/she      a pronoun of a cluster with a name or description: its entity holds one of them, and mostly these
  it/they     of those that were answered (they often stand for what is no entity), as for he/she, at any that it stands for
  speaker     the entity of the quotation's speaker is the gold's canonical one; over all quotations that the gold gives
              a canonical speaker, over those that were found, and at the gold's own words for the speaker
Standard library only.
"""
import argparse, collections, json, re, unicodedata

HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
IT = {"it", "its", "itself", "they", "them", "their", "theirs", "themselves"}
STOP = set("the of and a an mr mrs ms dr us united states general director".split())


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def words(name):
    name = re.sub(r"\(.*?\)", " ", name.replace("%28", "(").replace("%29", ")").replace("%2C", ",").replace("_", " "))
    name = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return [w for w in re.findall(r"[a-z0-9]+", name) if w not in STOP]


def same_name(gold, own):
    """The words of one are among those of the other, and the gold's last word is shared."""
    g, s = words(gold), words(own)
    return bool(g) and bool(s) and (set(g) <= set(s) or set(s) <= set(g) and (g[-1] in s or len(g) > 2 and len(s) > 1))


class Document:
    """Gold clusters and the system's entities over one text."""

    def __init__(self, gold, record):
        self.text = gold["text"]
        self.offset = len(record["document"]["text"]) - len(self.text)
        self.cluster = {}  # exact span -> cluster
        self.heads = {}    # end of a head word -> [(length of mention, cluster)]
        for n, spans in enumerate(gold["coref"]):
            for a, b in spans:
                self.cluster[a, b] = n
        self.gold = gold["entities"]
        self.by_head = collections.defaultdict(list)
        for e in self.gold:
            c = self.cluster.get((e["start"], e["end"]))
            if c is not None:
                self.by_head[tuple(e["head"])].append((e["end"] - e["start"], c, e["kind"]))
        self.entities = record["entities"]
        self.mentions = [(m["start"] - self.offset, m["end"] - self.offset, m["form"], i)
                         for i, e in enumerate(self.entities) for m in e["mentions"]]
        self.mentions = [m for m in self.mentions if m[0] >= 0]

    def at(self, a, b, form=None):
        """The system's mention that covers a span best; shorter ones first."""
        over = [m for m in self.mentions if m[0] < b and a < m[1] and (form is None or m[2] == form)]
        whole = [m for m in over if m[0] <= a and b <= m[1]]
        return min(whole or over, key=lambda m: m[1] - m[0], default=None)

    def cluster_of(self, mention):
        """The gold cluster of a system mention: the gold mention whose head word lies in it and is largest."""
        a, b = mention[:2]
        if (a, b) in self.cluster:
            return self.cluster[a, b]
        inside = [x for head, found in self.by_head.items() if a <= head[0] and head[1] <= b for x in found]
        # The head of the whole is the last word of most names and descriptions.
        return max(inside, default=(0, None))[1]

    def clusters_of(self, entity, forms):
        """How often an entity's mentions lie in each gold cluster."""
        own = [m for m in self.mentions if m[3] == entity and m[2] in forms]
        return collections.Counter(c for c in map(self.cluster_of, own) if c is not None)


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("names")
    args.add_argument("analysis")
    args.add_argument("--quotes")
    args.add_argument("--errors", action="store_true")
    args = args.parse_args()
    records = {r["document"]["id"].split("/")[-1]: r for r in read(args.analysis)}
    score = collections.defaultdict(lambda: [0, 0])
    documents = {}

    def count(what, good, doc, shown):
        score[what][0] += good
        score[what][1] += 1
        if args.errors and not good:
            print(f"{what:8} {doc['id']:24} {shown}")

    for doc in read(args.names):
        record = records.get(doc["id"].split("/")[-1])
        if record is None:
            continue
        d = documents[doc["id"].split("/")[-1]] = Document(doc, record)
        full = collections.defaultdict(list)  # cluster -> full names of persons
        for e in d.gold:
            if e["type"] == "PER" and e["kind"] == "named" and "name" in e:
                name = d.text[slice(*e["name"])]
                c = d.cluster.get((e["start"], e["end"]))
                if c is not None and " " in name:
                    full[c].append((tuple(e["name"]), name))
        described = collections.Counter()
        for e in d.gold:
            c = d.cluster.get((e["start"], e["end"]))
            described[c] += c is not None and e["kind"] != "pron" and d.text[e["start"]:e["end"]].lower() not in HE.keys() | IT
        for e in d.gold:
            c = d.cluster.get((e["start"], e["end"]))
            words_of = d.text[e["start"]:e["end"]]
            if c is None:
                continue
            if e["type"] == "PER" and e["kind"] == "named" and "name" in e and full[c]:
                name = d.text[slice(*e["name"])]
                others = [n for _, n in full[c] if name in n.split(" ") and n != name]
                if " " not in name and others:
                    m = d.at(*e["name"])
                    spans = [s for s, n in full[c]]
                    good = m is not None and any(
                        (x := d.at(*s)) is not None and x[3] == m[3] for s in spans)
                    shown = d.entities[m[3]]["name"] if m else "–"
                    count("surname", good, doc, f"{e['start']} {name!r} of {others[0]!r} -> {shown!r}")
            elif words_of.lower() in HE and described[c]:
                m = d.at(e["start"], e["end"], "pronoun")
                found = d.clusters_of(m[3], ("name", "nominal")) if m else {}
                good = bool(found) and c in found and found[c] == max(found.values())
                shown = d.entities[m[3]]["name"] if m else "–"
                wanted = next((n for _, n in full[c]), f"cluster {c}")
                count("he/she", good, doc, f"{e['start']} {words_of!r} of {wanted!r} -> {shown!r}")
                count("he/she: " + ("no answer" if m is None else "answered"), good, {"id": ""}, "") if not args.errors else None
            elif words_of.lower() in IT:
                all_at = [m for m in d.mentions if m[2] == "pronoun" and m[0] == e["start"] and m[1] == e["end"]]
                found = [d.clusters_of(m[3], ("name", "nominal")) for m in all_at]
                good = any(f and c in f and f[c] == max(f.values()) for f in found)
                if len(all_at) > 1:  # "they" of two: the gold has a mention that names both
                    last = [d.entities[m[3]]["name"].split(" ")[-1] for m in all_at]
                    spans = [d.text[a:b] for (a, b), own in d.cluster.items() if own == c]
                    good = any(all(w in span for w in last) for span in spans)
                if all_at:
                    which = "it" if words_of.lower().startswith("it") else "they"
                    shown = [d.entities[m[3]]["name"] for m in all_at]
                    count(which + ": answered", good, doc, f"{e['start']} {words_of!r} -> {shown}")
    if args.quotes:
        for doc in read(args.quotes):
            short = doc["id"].split("/")[-1]
            if short not in records:
                continue
            d, record = documents.get(short), records[short]
            offset = len(record["document"]["text"]) - len(doc["text"])
            entity = {e["id"]: e for e in record["entities"]}
            numbers = {e["id"]: i for i, e in enumerate(record["entities"])}
            for q in doc["quotes"]:
                if not q["speaker_entity"]:
                    continue
                letters = {i for a, b in q["segments"] for i in range(a, b)}
                best, share = None, 0
                for s in record["quotations"]:
                    own = {i - offset for x in s.get("segments") or [s] for i in range(x["start"], x["end"])}
                    iou = len(letters & own) / len(letters | own)
                    if iou > share:
                        best, share = s, iou

                def right(e):
                    if e is None:
                        return False
                    if same_name(q["speaker_entity"], e["name"]):
                        return True
                    gold = d and q["speaker_start"] is not None and d.cluster.get((q["speaker_start"], q["speaker_end"]))
                    found = d.clusters_of(numbers[e["id"]], ("name",)) if d and gold is not None else {}
                    return bool(found) and found.get(gold, 0) == max(found.values())

                who = entity.get(best["speaker"]) if best else None
                count("speaker, all", right(who), doc, f"{q['start']} {q['speaker_entity']!r} ({q['speaker_text']!r}) -> {who and who['name']!r} iou {share:.2f}")
                if share >= 0.5:
                    score["speaker, found"][0] += right(who)
                    score["speaker, found"][1] += 1
                if q["speaker_start"] is not None and d:
                    m = d.at(q["speaker_start"], q["speaker_end"], "pronoun") or d.at(q["speaker_start"], q["speaker_end"])
                    whole = [x for x in d.mentions if q["speaker_start"] <= x[0] and x[1] <= q["speaker_end"]]
                    options = [record["entities"][x[3]] for x in whole] or ([record["entities"][m[3]]] if m else [])
                    count("speaker, at its words", any(map(right, options)), doc,
                          f"{q['speaker_start']} {q['speaker_entity']!r} ({q['speaker_text']!r}) -> {[o['name'] for o in options]}")
    for what, (good, total) in score.items():
        print(f"{what:24} {100*good/max(1,total):5.1f}   ({good} of {total})")


main()
