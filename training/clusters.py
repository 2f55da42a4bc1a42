#!/usr/bin/env python3
"""Makes a set for score_coreference.py of a treebank whose MISC column holds `Entity=` (GUM).

usage: training/clusters.py TREEBANK.conllu… [--genres bio,interview,news] > CLUSTERS.jsonl

One document a line: `id`, `text`, `date`, `entities` (start, end, type, kind, head, name) and `coref` (spans by cluster). A
mention is named if its head is a proper noun. Mentions that are not continuous are left out.
Standard library only.
"""
import argparse, collections, json, re

TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}


def documents(path):
    doc = None
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = "):
            if doc:
                yield doc
            doc = {"id": line.split(" = ")[1], "date": None, "rows": [], "breaks": set()}
        elif line.startswith("# meta::dateCreated = ") and re.fullmatch(r"\d{4}-\d\d-\d\d", line.split(" = ")[1]):
            doc["date"] = line.split(" = ")[1]
        elif line.startswith("# newpar") and not line.startswith("# newpar_block") and doc:
            doc["breaks"].add(len(doc["rows"]))
        elif line and line[0].isdigit():
            cells = line.split("\t")
            if "." not in cells[0]:
                doc["rows"].append(cells)
    if doc:
        yield doc


def convert(doc):
    text, spans, tokens, glued = "", [], [], None
    for n, cells in enumerate(doc["rows"]):
        if n in doc["breaks"] and text:
            text = text.rstrip() + "\n\n"
        if "-" in cells[0]:
            # "don't": the words of the surface token share its span.
            first, last = map(int, cells[0].split("-"))
            glued = [last - first + 1, len(text), len(text) + len(cells[1]), cells[9]]
            text += cells[1]
            continue
        if glued:
            pieces = glued
            start = pieces[1]
            end = min(pieces[2], start + len(cells[1])) if pieces[0] > 1 else pieces[2]
            pieces[1], pieces[0] = end, pieces[0] - 1
            after = pieces[3] if pieces[0] == 0 else "SpaceAfter=No"
            if pieces[0] == 0:
                glued = None
        else:
            start, end = len(text), len(text) + len(cells[1])
            text += cells[1]
            after = cells[9]
        if "SpaceAfter=No" not in after:
            text += " "
        spans.append((start, end))
        tokens.append(cells)
    opened, entities, clusters = collections.defaultdict(list), [], collections.defaultdict(list)

    def close(first, last, group, kind, heads):
        inside = range(first, last + 1)
        head = first + (int(heads.split(",")[0]) - 1 if heads and heads.split(",")[0].isdigit() else 0)
        head = min(head, last)
        pos = tokens[head][3]
        sort = "pron" if pos == "PRON" else "named" if pos == "PROPN" else "nominal"
        entity = {"start": spans[first][0], "end": spans[last][1], "type": TYPES.get(kind, kind.upper()), "kind": sort,
                  "head": list(spans[head]), "grp": group}
        if sort == "named":
            low = high = head
            while low > first and tokens[low - 1][3] == "PROPN":
                low -= 1
            while high < last and tokens[high + 1][3] == "PROPN":
                high += 1
            entity["name"] = [spans[low][0], spans[high][1]]
        entity["text"] = text[entity["start"]:entity["end"]]
        entities.append(entity)
        clusters[group].append([entity["start"], entity["end"]])

    for n, cells in enumerate(tokens):
        found = re.search(r"(?:^|\|)Entity=([^|]*)", cells[9])
        for opening, only_close in re.findall(r"\(([^()]+\)?)|([^()]+)\)", found[1]) if found else []:
            if opening:
                fields = opening.rstrip(")").split("-")
                if "[" in fields[0]:
                    continue
                item = (n, fields[0], fields[1], fields[5] if len(fields) > 5 else "")
                if opening.endswith(")"):
                    close(n, n, *item[1:])
                else:
                    opened[fields[0]].append(item)
            elif opened.get(only_close):
                first, group, kind, heads = opened[only_close].pop()
                close(first, n, group, kind, heads)
    return {"id": doc["id"], "date": doc["date"], "text": text.rstrip(), "entities": entities, "coref": list(clusters.values())}


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("treebank", nargs="+")
    args.add_argument("--genres", default="")
    args = args.parse_args()
    genres = set(filter(None, args.genres.split(",")))
    for path in args.treebank:
        for doc in documents(path):
            if not genres or doc["id"].split("_")[1] in genres:
                print(json.dumps(convert(doc), ensure_ascii=False))


main()
