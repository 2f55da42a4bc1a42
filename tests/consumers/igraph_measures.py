"""Checks demarche's measures of networks against igraph.

    igraph_measures.py networks < CASES      values of many networks, as JSON, one a line
    igraph_measures.py files FOLDER          what the program itself wrote about one graph

Prints what was compared; ends with an error at the first value that differs by more than 1e-6.
"""

import csv
import json
import os
import random
import sys

import igraph

TOLERANCE = 1e-6
# igraph draws from here: the same networks give the same answer at every run.
random.seed(1)
values = 0


def compare(what, ours, theirs):
    global values
    assert len(ours) == len(theirs), f"{what}: {len(ours)} values for {len(theirs)}"
    for place, (a, b) in enumerate(zip(ours, theirs)):
        assert abs(a - b) <= TOLERANCE * max(1.0, abs(b)), f"{what}, node {place}: {a} is not {b}"
        values += 1


def networks(count, ties):
    """The directed and the undirected network of ties [from, to, weight, symmetric]."""
    ties = [tie for tie in ties if tie[0] != tie[1]]
    arcs = [(a, b, w) for a, b, w, _ in ties] + [(b, a, w) for a, b, w, symmetric in ties if symmetric]
    both = [(a, b, w) for a, b, w, _ in ties]
    out = []
    for directed, edges in ((True, arcs), (False, both)):
        graph = igraph.Graph(n=count, edges=[(a, b) for a, b, _ in edges], directed=directed)
        graph.es["weight"] = [float(w) for _, _, w in edges]
        out.append(graph.simplify(combine_edges="sum"))
    return out


def lengths(graph):
    return [1 / weight for weight in graph.es["weight"]]


def page_rank(graph):
    return graph.pagerank(directed=True, damping=0.85, weights="weight", implementation="prpack")


def check_networks():
    cases = 0
    for line in sys.stdin:
        case = json.loads(line)
        cases += 1
        directed, undirected = networks(case["count"], case["ties"])
        compare("PageRank", case["pagerank"], page_rank(directed))
        compare("betweenness", case["betweenness"], undirected.betweenness(directed=False))
        compare("directed betweenness", case["directed"], directed.betweenness())
        weighted = undirected.betweenness(directed=False, weights=lengths(undirected))
        compare("weighted betweenness", case["weighted"], weighted)
        weighted = directed.betweenness(weights=lengths(directed))
        compare("directed weighted betweenness", case["directed_weighted"], weighted)
        for resolution, groups, modularity in case["groups"]:
            theirs = undirected.modularity(groups, weights="weight", resolution=resolution)
            compare("modularity", [modularity], [theirs])
            best = max(
                undirected.modularity(found.membership, weights="weight", resolution=resolution)
                for found in (
                    undirected.community_leiden("modularity", "weight", resolution=resolution, n_iterations=-1)
                    for _ in range(5)
                )
            )
            assert modularity >= best - 0.02, f"modularity {modularity}, igraph finds {best}"
            for group in range(max(groups) + 1):
                inside = undirected.induced_subgraph([n for n, g in enumerate(groups) if g == group])
                assert inside.is_connected(), f"group {group} is in pieces"
    print(f"{cases} networks, {values} values agree")


def check_files(folder):
    def read(name):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            return json.load(file)

    with open(os.path.join(folder, "news.csv"), encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["subject"] and row["object"]]
    keys = sorted({row[end] for row in rows if row["subject"] != row["object"] for end in ("subject", "object")})
    number = {key: place for place, key in enumerate(keys)}
    ties = [
        [number[row["subject"]], number[row["object"]], float(row["weight"]), row["symmetric"] == "true"]
        for row in rows
        if row["subject"] != row["object"]
    ]
    directed, undirected = networks(len(keys), ties)
    for name, theirs in (
        ("pagerank.json", page_rank(directed)),
        ("betweenness.json", undirected.betweenness(directed=False)),
        ("weighted.json", undirected.betweenness(directed=False, weights=lengths(undirected))),
    ):
        rows = read(name)
        found = {row["key"]: row["value"] for row in rows}
        assert len(found) == len(rows)
        compare(name, [found[key] for key in keys], theirs)
        assert [row["value"] for row in rows] == sorted(found.values(), reverse=True), f"{name} is not in order"
    groups = [0] * len(keys)
    for row in read("communities.json"):
        for member in row["members"]:
            groups[number[member["key"]]] = row["community"]
    assert min(groups) == 1, "somebody is in no community"
    print(f"{len(keys)} nodes, {len(ties)} edges, {values} values agree")


if sys.argv[1] == "networks":
    check_networks()
else:
    check_files(sys.argv[2])
