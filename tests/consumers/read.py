#!/usr/bin/env python3
"""Reads every format with the Python programs that it is for, and with `dot`; counts and compares.

    python read.py FOLDER

FOLDER holds folders that `src/export/consumers.rs` wrote: `news.*` and `counts.json`. A warning is an error. What is
not installed (`dot`), not named (DEMARCHE_GEXF_SCHEMA) or not built (`news.parquet`) is skipped with a line.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

warnings.simplefilter("error")

import igraph
import ladybug
import lxml.etree
import networkx


def same(what, found, expected):
    if found != expected:
        raise SystemExit(f"{what}: found {found!r}, expected {expected!r}")


def as_xml_holds(name):
    """XML has no control characters and no U+FFFE: they were written as U+FFFD."""
    return "".join("\ufffd" if re.match("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", c) else c for c in name)


def read_networkx(folder, counts):
    drawn = counts["nodes"], counts["edges"]
    graphs = {
        "GraphML": (networkx.read_graphml(folder / "news.graphml"), "name", as_xml_holds),
        "GEXF": (networkx.read_gexf(folder / "news.gexf", version="1.3"), "label", as_xml_holds),
        "node-link": (networkx.node_link_graph(json.loads((folder / "news.node-link.json").read_text("utf-8"))), "name", str),
    }
    for what, (graph, name, held) in graphs.items():
        same(f"networkx {what}", (graph.number_of_nodes(), graph.number_of_edges()), drawn)
        same(f"networkx {what} is directed", graph.is_directed(), True)
        names = sorted(data[name] for _, data in graph.nodes(data=True))
        same(f"networkx {what} names", names, sorted(map(held, counts["names"])))
        for _, _, data in graph.edges(data=True):
            for told in ("predicate", "family", "polarity", "modality", "sentence", "document", "rule", "confidence"):
                if told not in data:
                    raise SystemExit(f"networkx {what}: an edge lacks {told}")
            same("weight is a number", data["weight"] >= 1, True)
            same("a truth is a truth", type(data["standing"]), bool)
    linked = graphs["node-link"][0]
    same("evidence", sum(len(data["evidence"]) for _, _, data in linked.edges(data=True)) <= counts["evidence"], True)
    print(f"networkx {networkx.__version__}: GraphML, GEXF, node-link JSON")


def read_igraph(folder, counts):
    graph = igraph.Graph.Read_GraphML(str(folder / "news.graphml"))
    same("igraph GraphML", (graph.vcount(), graph.ecount()), (counts["nodes"], counts["edges"]))
    if graph.vcount():
        same("igraph names", sorted(graph.vs["name"]), sorted(map(as_xml_holds, counts["names"])))
    print(f"igraph {igraph.__version__}: GraphML")


def read_gexf_schema(folder, _counts):
    """The official grammar; its xsd and its viz module refuse every viz element, so these are taken off."""
    tree = lxml.etree.parse(str(folder / "news.gexf"))
    path = os.environ.get("DEMARCHE_GEXF_SCHEMA")
    if not path:
        print("SKIPPED: the GEXF grammar, because DEMARCHE_GEXF_SCHEMA names none")
        return
    for element in list(tree.iter("{http://gexf.net/1.3/viz}*")):
        element.getparent().remove(element)
    # Every schema allows it to be named.
    tree.getroot().attrib.pop("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation")
    xsd = path.endswith(".xsd")
    grammar = lxml.etree.parse(path)
    schema = lxml.etree.XMLSchema(grammar) if xsd else lxml.etree.RelaxNG(grammar)
    if not schema.validate(tree):
        raise SystemExit(f"GEXF grammar: {schema.error_log}")
    print(f"lxml {lxml.etree.__version__}: GEXF by {Path(path).name}")


def read_ladybug(folder, counts):
    """The neo4j-admin files, into tables made after their heads."""
    kinds = {"string": "STRING", "string[]": "STRING", "long": "INT64", "double": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}

    def columns(name):
        with open(folder / name, encoding="utf-8", newline="") as file:
            head = next(csv.reader(file))
        return [column.split(":", 1) for column in head if column and not column.startswith(":")]

    with tempfile.TemporaryDirectory() as place:
        talk = ladybug.Connection(ladybug.Database(place + "/db"))
        nodes = ["`key` STRING PRIMARY KEY"]
        nodes += [f"`{name}` {kinds[kind]}" for name, kind in columns("news.neo4j.nodes.csv") if kind != "ID"]
        talk.execute(f"CREATE NODE TABLE Entity({', '.join(nodes + ['labels STRING'])})")
        told = [f"`{name}` {kinds[kind]}" for name, kind in columns("news.neo4j.csv")]
        talk.execute(f"CREATE REL TABLE Does(FROM Entity TO Entity, {', '.join(told)}, type STRING)")
        if counts["nodes"]:
            talk.execute(f"COPY Entity FROM '{folder}/news.neo4j.nodes.csv' (HEADER=true)")
        if counts["edges"]:
            talk.execute(f"COPY Does FROM '{folder}/news.neo4j.csv' (HEADER=true)")
        ask = lambda query: talk.execute(query).get_all()
        found = ask("MATCH (n:Entity) RETURN count(*)")[0][0], ask("MATCH ()-[r:Does]->() RETURN count(*)")[0][0]
        same("ladybug", found, (counts["nodes"], counts["edges"]))
        line = lambda name: re.sub("[\0-\x1f]", "\ufffd", re.sub("[\n\r\t\x85\u2028\u2029]", " ", name.replace("\r\n", "\n")))
        names = sorted(row[0] or "" for row in ask("MATCH (n:Entity) RETURN n.name"))
        same("ladybug names", names, sorted(map(line, counts["names"])))
    print(f"ladybug {ladybug.__version__}: neo4j-admin CSV")


def read_tables(folder, counts):
    import pandas

    rows = {"": counts["rows"], "nodes.": counts["nodes"], "evidence.": counts["evidence"]}
    for kind, expected in rows.items():
        same(f"pandas {kind}csv", len(pandas.read_csv(folder / f"news.{kind}csv", low_memory=False)), expected)
        with open(folder / f"news.{kind}csv", encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        runs = [cell for cell in cells if cell.lstrip()[:1] in ("=", "@", "+") or re.match(r"\s*-[^0-9]|[\t\r\n]", cell)]
        same("cells that run as formulas", runs, [])
    print(f"pandas {pandas.__version__}: CSV")
    if not (folder / "news.parquet").exists():
        print("SKIPPED: Parquet, because this build has no feature `parquet`")
        return
    import pyarrow
    import pyarrow.parquet

    for kind, expected in rows.items():
        table = pyarrow.parquet.read_table(folder / f"news.{kind}parquet")
        table.validate(full=True)
        same(f"pyarrow {kind}parquet", table.num_rows, expected)
        if kind == "nodes.":
            same("pyarrow names", table.column("name").to_pylist(), counts["names"])
        if kind == "":
            kinds = {name: str(table.schema.field(name).type) for name in ("weight", "confidence", "standing", "first_day", "sentence")}
            expected = {"weight": "int64", "confidence": "double", "standing": "bool", "first_day": "date32[day]", "sentence": "string"}
            same("pyarrow types", kinds, expected)
            same("pandas parquet", len(pandas.read_parquet(folder / "news.parquet")), counts["rows"])
    print(f"pyarrow {pyarrow.__version__}: Parquet")


def read_dot(folder, counts):
    if not shutil.which("dot"):
        print("SKIPPED: DOT, because the program `dot` is not installed")
        return
    if counts["edges"] > 500:
        # Its parser alone: laying out is not what is tested.
        done = subprocess.run(["gvpr", 'BEG_G { print(nNodes($G), " ", nEdges($G)); }', str(folder / "news.dot")], capture_output=True)
        same("gvpr says", done.stderr.decode(), "")
        same("gvpr", done.stdout.decode().split(), [str(counts["nodes"]), str(counts["edges"])])
        print("gvpr: DOT")
        return
    done = subprocess.run(["dot", "-Tsvg", str(folder / "news.dot")], capture_output=True)
    same("dot says", done.stderr.decode(), "")
    svg = lxml.etree.fromstring(done.stdout, lxml.etree.XMLParser(huge_tree=True))
    count = lambda name: len(svg.findall(f".//{{http://www.w3.org/2000/svg}}g[@class='{name}']"))
    same("dot", (count("node"), count("edge")), (counts["nodes"], counts["edges"]))
    version = subprocess.run(["dot", "-V"], capture_output=True).stderr.decode().strip()
    print(f"{version}: DOT")


def main():
    for counts in sorted(Path(sys.argv[1]).glob("*/counts.json")):
        folder, counts = counts.parent, json.loads(counts.read_text("utf-8"))
        print(f"-- {folder.name}: {counts['nodes']} nodes, {counts['edges']} edges")
        for read in (read_networkx, read_igraph, read_gexf_schema, read_ladybug, read_tables, read_dot):
            read(folder, counts)


main()
