"""The same queries to demarche and to ladybug, an openCypher database, over the same graph.

    python cypher_oracle.py DEMARCHE GRAPH

DEMARCHE is the program, GRAPH a graph file. The two CSV tables are made of what the program itself prints;
ladybug loads them into one table of nodes a label and one table of relationships a type. Where the two
dialects differ, a query is written twice: ladybug lets a relationship come twice in a match (openCypher
does not) unless it is told TRAIL, and says label(r) for type(r). Rows are compared as sets with counts;
where ORDER BY makes the order full, as lists. Ends with 1 at the first difference.
"""

import collections
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import ladybug

DEMARCHE, GRAPH = sys.argv[1:3]
KINDS = ["Person", "Country", "Organization", "Place", "Group", "Other"]
NODE = {"key": "STRING", "name": "STRING", "kind": "STRING", "country": "STRING", "mentions": "INT64", "documents": "INT64"}
EDGE = {
    "id": "INT64", "predicate": "STRING", "family": "STRING", "cameo": "STRING", "plover": "STRING", "quad": "INT64",
    "goldstein": "DOUBLE", "polarity": "STRING", "modality": "STRING", "fact": "BOOLEAN", "standing": "BOOLEAN",
    "weight": "INT64", "confidence": "DOUBLE", "first": "STRING", "sentence": "STRING",
}  # fmt: skip


def ours(query):
    def ask(*options):
        command = [DEMARCHE, "cypher", GRAPH, query, *options, "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode == 2:
            raise SystemExit(f"{query}\n{done.stderr}")
        return done.stdout

    rows = json.loads(ask("--format", "json", "--limit", "0"))
    # The members of an object have no order: the table's first line tells it.
    table = ask("--limit", "1").splitlines()
    columns = re.split(r"  +", table[0].strip()) if table else []
    return [[row[column] for column in columns] for row in rows]


def load(folder):
    """The graph as CSV, and from there into ladybug."""
    talk = ladybug.Connection(ladybug.Database(str(folder / "db")))
    nodes = ours("MATCH (n) RETURN " + ", ".join(f"n.{name} AS {name}" for name in NODE))
    label = {row[0]: row[2].capitalize() for row in nodes}

    def write(name, rows):
        path = folder / name
        with open(path, "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file, quoting=csv.QUOTE_MINIMAL)
            out.writerows([["" if cell is None else cell for cell in row] for row in rows])
        return path

    def one_line(rows):
        return [[cell.replace("\n", " ") if isinstance(cell, str) else cell for cell in row] for row in rows]

    for kind in KINDS:
        columns = ", ".join(f"`{name}` {sort}" for name, sort in NODE.items())
        talk.execute(f"CREATE NODE TABLE `{kind}`({columns}, PRIMARY KEY(`key`))")
        rows = one_line(row for row in nodes if label[row[0]] == kind)
        if rows:
            talk.execute(f"COPY `{kind}` FROM '{write(kind + '.csv', rows)}' (HEADER=false, PARALLEL=false)")
    told = ours(
        "MATCH (a)-[r]->(b) RETURN type(r) AS t, a.key AS a, b.key AS b, "
        + ", ".join(f"r.{name} AS {name}_" for name in EDGE)
    )
    tables = collections.defaultdict(lambda: collections.defaultdict(list))
    for row in one_line(told):
        tables[row[0]][label[row[1]], label[row[2]]].append(row[1:])
    columns = ", ".join(f"`{name}` {sort}" for name, sort in EDGE.items())
    for name, pairs in sorted(tables.items()):
        ends = ", ".join(f"FROM `{a}` TO `{b}`" for a, b in sorted(pairs))
        talk.execute(f"CREATE REL TABLE `{name}`({ends}, {columns})")
        for (a, b), rows in sorted(pairs.items()):
            path = write(f"{name}-{a}-{b}.csv", rows)
            more = f", from='{a}', to='{b}'" if len(pairs) > 1 else ""
            talk.execute(f"COPY `{name}` FROM '{path}' (HEADER=false, PARALLEL=false{more})")
    return talk, len(nodes), len(told)


# Each is a query for both, or a pair: ours and theirs.
QUERIES = [
    "MATCH (n) RETURN count(*)",
    "MATCH (n:Person) RETURN n.name, n.mentions",
    "MATCH (n:Person) WHERE n.mentions > 1 RETURN n.name",
    "MATCH (n) WHERE n.kind = 'place' RETURN n.name",
    ("MATCH (n:Person|Country) RETURN n.key", "MATCH (n:Person:Country) RETURN n.key"),
    "MATCH ()-[r]->() RETURN count(r)",
    ("MATCH (a)-[r]->(b) RETURN a.key, type(r), b.key", "MATCH (a)-[r]->(b) RETURN a.key, label(r), b.key"),
    "MATCH (a:Person)-[r:urges]->(b:Country) RETURN a.name, b.name, r.weight",
    "MATCH (a)-[r:urges|says]->(b) RETURN a.name, b.name, r.modality",
    "MATCH (a)<-[r:represents]-(b) RETURN a.name, b.name",
    "MATCH (a)-[r:urges]-(b) RETURN a.name, b.name",
    "MATCH (a {name: 'China'})-[r]->(b) RETURN b.name, r.predicate",
    "MATCH (a:Country {key: 'iso:US'})<-[r]-(b:Person) RETURN b.name, r.id",
    "MATCH (a)-[r:urges]->(b) WHERE r.weight > 1 OR r.confidence < 0.8 RETURN r.id, r.confidence",
    "MATCH (a)-[r]->(b) WHERE r.goldstein < 0 AND NOT r.fact RETURN r.id, r.goldstein",
    "MATCH (a)-[r]->(b) WHERE r.cameo STARTS WITH '02' RETURN r.id",
    "MATCH (a)-[r]->(b) WHERE b.name ENDS WITH 'Korea' RETURN r.id, b.name",
    "MATCH (a)-[r]->(b) WHERE r.sentence CONTAINS 'talks' RETURN r.id",
    "MATCH (a) WHERE a.name IN ['China', 'Ukraine', 'Nobody'] RETURN a.key",
    "MATCH (a) WHERE a.name =~ '.*[aeiou]' RETURN a.name",
    "MATCH (a) WHERE a.country IS NULL RETURN a.name",
    "MATCH (a:Person) WHERE a.country IS NOT NULL RETURN a.name, a.country",
    "MATCH (a)-[r]->(b) WHERE r.quad <> 0 XOR r.weight = 1 RETURN r.id",
    "MATCH (a)-[r]->(b) WHERE r.quad IS NULL RETURN r.id, r.standing",
    "MATCH (a)-[r]->() RETURN a.name, count(*) AS n ORDER BY n DESC, a.name LIMIT 5",
    "MATCH (a)-[r]->(b) RETURN a.kind, b.kind, count(*), sum(r.weight), min(r.goldstein), max(r.goldstein)",
    "MATCH (a)-[r]->(b) RETURN r.polarity, avg(r.weight)",
    "MATCH (a)-[r]->(b) RETURN count(DISTINCT a.key), count(DISTINCT r.predicate)",
    "MATCH (a)-[r]->(b) RETURN DISTINCT r.family ORDER BY r.family",
    "MATCH (a:Country) RETURN a.name ORDER BY a.name SKIP 2 LIMIT 3",
    "MATCH (a)-[r]->(b) WITH a, count(*) AS n WHERE n > 2 RETURN a.name, n",
    "MATCH (a)-[r:urges]->(b) WITH b, collect(a.name) AS names RETURN b.name, size(names)",
    "MATCH (a)-[r:urges]->(b), (a)-[s:represents]->(c) RETURN a.name, b.name, c.name",
    "MATCH (a)-[r:urges]->(b) MATCH (b)-[s]->(c) RETURN a.name, b.name, c.name, s.id",
    (
        "MATCH (a)-[r]->(b)-[s]->(c) RETURN count(*)",
        "MATCH (a)-[r]->(b)-[s]->(c) WHERE r.id <> s.id RETURN count(*)",
    ),
    (
        "MATCH (a)-[r]->(b)<-[s]-(c) WHERE a.key <> c.key RETURN a.name, count(*)",
        "MATCH (a)-[r]->(b)<-[s]-(c) WHERE a.key <> c.key AND r.id <> s.id RETURN a.name, count(*)",
    ),
    (
        "MATCH (a {name: 'Antony Blinken'})-[*1..3]->(b) RETURN b.name, count(*)",
        "MATCH (a {name: 'Antony Blinken'})-[* TRAIL 1..3]->(b) RETURN b.name, count(*)",
    ),
    (
        "MATCH (a:Person)-[:urges|convinces*2]->(c) RETURN a.name, c.name",
        "MATCH (a:Person)-[:urges|convinces* TRAIL 2..2]->(c) RETURN a.name, c.name",
    ),
    (
        "MATCH p = (a:Person)-[*2]->(b:Country) RETURN a.name, length(p), count(*)",
        "MATCH p = (a:Person)-[* TRAIL 2..2]->(b:Country) RETURN a.name, length(p), count(*)",
    ),
    "MATCH (a:Country) OPTIONAL MATCH (a)-[r:rejects]->(b) RETURN a.name, b.name",
    "MATCH (a:Country) OPTIONAL MATCH (a)<-[r:urges]-(b:Person) RETURN a.name, count(b)",
    ("MATCH (a:Country) WHERE (a)-[:rejects]->() RETURN a.name", "MATCH (a:Country) WHERE EXISTS { MATCH (a)-[:rejects]->() } RETURN a.name"),
    ("MATCH (a:Person) WHERE NOT (a)--(:Country) RETURN a.name", "MATCH (a:Person) WHERE NOT EXISTS { MATCH (a)-[]-(:Country) } RETURN a.name"),
    "MATCH (a:Person) RETURN CASE WHEN a.mentions > 2 THEN 'often' ELSE 'seldom' END AS how, count(*)",
    "MATCH (a:Country) RETURN lower(a.name), upper(a.kind), size(a.name)",
    "MATCH (a:Country) RETURN a.mentions + 1, a.mentions * 2 - 1, a.mentions % 3, a.mentions / 2",
    "MATCH (a:Country) RETURN coalesce(a.country, 'none'), a.name + '!'",
    "UNWIND [1, 2, 2, 3] AS x RETURN x, count(*)",
    "UNWIND [3, 1, 2] AS x RETURN x ORDER BY x DESC",
    "MATCH (a)-[r]->(a) RETURN a.name, r.id",
    "MATCH (a)-[r]->(b) WHERE a.mentions < b.mentions RETURN a.name, b.name",
]  # fmt: skip


def plain(value):
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, list):
        return sorted(map(plain, value), key=repr)
    return value if value is None or isinstance(value, (str, bool)) else round(float(value), 6)


def main():
    with tempfile.TemporaryDirectory() as place:
        talk, nodes, edges = load(pathlib.Path(place))
        print(f"ladybug {ladybug.__version__}: {nodes} nodes, {edges} relationships")
        found = 0
        for query in QUERIES:
            mine, theirs = query if isinstance(query, tuple) else (query, query)
            left = [[plain(value) for value in row] for row in ours(mine)]
            right = [[plain(value) for value in row] for row in talk.execute(theirs).get_all()]
            if "ORDER BY" not in mine:
                left, right = sorted(left, key=repr), sorted(right, key=repr)
            if left != right:
                raise SystemExit(f"{mine}\nours   {left}\ntheirs {right}")
            found += bool(left)
        print(f"{len(QUERIES)} queries, the same rows; {found} of them find any")
        if found < 30:
            raise SystemExit("too few queries find anything: the graph is too small to tell")


main()
