"""Reads our Turtle, N-Quads and JSON-LD with rdflib and pyoxigraph, checks them with pyshacl.

usage: linked_data.py FOLDER
FOLDER holds graph.ttl, graph.nq, graph.jsonld and expected.json (counts and labels); schema/ and docs/ are
found from this file. Prints a line for every check; exits with 1 at the first that fails. A warning is a failure.
"""

import json
import logging
import re
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")  # of the libraries about themselves; what they say of our files is logged

import pyoxigraph
import pyshacl
import rdflib

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(sys.argv[1])
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
DM = rdflib.Namespace("urn:demarche:term:")


class Complaints(logging.Handler):
    """Whatever a library has to say of a file."""

    told: list[str] = []

    def emit(self, record):
        if record.levelno >= logging.WARNING:
            self.told.append(record.getMessage())


logging.getLogger().addHandler(Complaints())


def check(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: found {found!r}, expected {expected!r}")
    print(f"{what}: {str(found)[:60]}")


def quiet(what):
    check(f"{what} complains", Complaints.told, [])


def counts(query):
    """The counts of a file, by a function that answers SPARQL with one number."""
    one = "SELECT (COUNT(DISTINCT ?x) AS ?n) { %s }"
    return {
        "nodes": query(one % "?x a <urn:demarche:term:Node>"),
        "statements": query(one % "?x a <urn:demarche:term:Statement>"),
        "quotations": query(one % "?x a <urn:demarche:term:Quotation>"),
        "documents": query(one % "?x a <https://schema.org/NewsArticle>"),
        "facts": query(
            "SELECT (COUNT(*) AS ?n) { ?a ?r ?b . ?a a <urn:demarche:term:Node> . ?b a <urn:demarche:term:Node> ."
            " FILTER(STRSTARTS(STR(?r), 'urn:demarche:relation:')) }"
        ),
    }


def rdflib_terms(graph):
    return {(str(s), str(p), repr(o)) for s, p, o, *_ in graph}


wanted = {key: EXPECTED[key] for key in ("nodes", "statements", "quotations", "documents", "facts")}

# rdflib
turtle = rdflib.Graph().parse(FOLDER / "graph.ttl", format="turtle")
quads = rdflib.Dataset(default_union=True)
quads.parse(FOLDER / "graph.nq", format="nquads")
jsonld = rdflib.Dataset(default_union=True)
jsonld.parse(FOLDER / "graph.jsonld", format="json-ld")
for name, graph in [("turtle", turtle), ("n-quads", quads), ("json-ld", jsonld)]:
    check(f"rdflib counts in {name}", counts(lambda q: int(next(iter(graph.query(q)))[0])), wanted)
check("rdflib: turtle and n-quads say the same", rdflib_terms(turtle) ^ rdflib_terms(quads.quads()), set())
with_graphs = lambda d: {(str(s), str(p), repr(o), str(getattr(g, "identifier", g))) for s, p, o, g in d.quads()}
check("rdflib: n-quads and json-ld say the same", with_graphs(quads) ^ with_graphs(jsonld), set())
labels = {str(label) for label in turtle.objects(None, rdflib.RDFS.label)}
check("rdflib: labels lost", [label for label in EXPECTED["labels"] if label not in labels], [])
quiet("rdflib")

# pyoxigraph
stores = {}
for name, file, format in [
    ("turtle", "graph.ttl", pyoxigraph.RdfFormat.TURTLE),
    ("n-quads", "graph.nq", pyoxigraph.RdfFormat.N_QUADS),
    ("json-ld", "graph.jsonld", pyoxigraph.RdfFormat.JSON_LD),
]:
    store = stores[name] = pyoxigraph.Store()
    store.load(path=str(FOLDER / file), format=format)
    ask = lambda q: int(list(store.query(q, use_default_graph_as_union=True))[0][0].value)
    check(f"pyoxigraph counts in {name}", counts(ask), wanted)
check("pyoxigraph: n-quads and json-ld say the same", set(stores["n-quads"]) ^ set(stores["json-ld"]), set())
triples = lambda store: {quad.triple for quad in store}
check("pyoxigraph: turtle and n-quads say the same", triples(stores["turtle"]) ^ triples(stores["n-quads"]), set())
check("quads in rdflib and pyoxigraph", len(list(quads.quads())), len(stores["n-quads"]))

# pyshacl
ontology = rdflib.Graph().parse(ROOT / "schema/demarche.ttl")
shapes = rdflib.Graph().parse(ROOT / "schema/shapes.ttl")
conforms, _, report = pyshacl.validate(turtle, shacl_graph=shapes, ont_graph=ontology, advanced=True, meta_shacl=True)
if not conforms:
    sys.exit(report)
check("pyshacl conforms", conforms, True)
# A shape that lets everything through would prove nothing.
broken = rdflib.Graph() + turtle
statement = next(iter(broken.subjects(rdflib.RDF.type, DM.Statement)), None)
if statement is not None:
    broken.remove((statement, DM.modality, None))
    check("pyshacl sees a missing modality", pyshacl.validate(broken, shacl_graph=shapes)[0], False)

# The questions of docs/linked-data.md
page = (ROOT / "docs/linked-data.md").read_text(encoding="utf-8")
questions = re.findall(r"```sparql\n(.*?)```", page, re.S)
prefixes = dict(EXPECTED["prefixes"])
head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items())
check("questions", len(questions), 10)
for n, question in enumerate(questions):
    theirs = len(list(stores["n-quads"].query(head + question, use_default_graph_as_union=True)))
    check(f"question {n + 1}: rdflib and pyoxigraph", len(list(quads.query(head + question))), theirs)
    if EXPECTED["solutions"]:
        check(f"question {n + 1}: demarche", EXPECTED["solutions"][n], theirs)
print("all is well")
