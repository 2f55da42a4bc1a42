"""Reads our FollowTheMoney file with the package followthemoney.

usage: ftm.py FOLDER
FOLDER holds graph.ftm.json and expected.json (counts). Every entity must be valid, every value must be one
that the library's own cleaning leaves alone, every link must lead to an entity of the right schema.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from followthemoney import model
from followthemoney.types import registry

FOLDER = Path(sys.argv[1])
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
EDGES = {"UnknownLink", "Representation", "Membership", "Occupancy"}
entities = {}
wrong = []
for number, line in enumerate((FOLDER / "graph.ftm.json").read_text(encoding="utf-8").split("\n")):
    if not line:
        continue
    data = json.loads(line)
    schema = model.get(data["schema"])
    if schema is None or schema.abstract:
        wrong.append(f"{number + 1}: no schema {data['schema']}")
        continue
    if registry.entity.clean(data["id"]) != data["id"]:
        wrong.append(f"{number + 1}: id {data['id']!r}")
    if data["id"] in entities:
        wrong.append(f"{number + 1}: {data['id']} stands twice")
    try:
        schema.validate(data)
    except Exception as error:  # noqa: BLE001
        wrong.append(f"{number + 1}: {error} {getattr(error, 'errors', '')}")
    proxy = model.get_proxy(data, cleaned=False)
    for name, values in data["properties"].items():
        prop = schema.get(name)
        if prop is None:
            wrong.append(f"{number + 1}: {data['schema']} has no {name}")
            continue
        kept = proxy.get(name)
        for value in values:
            if prop.type.clean(value, proxy=proxy) is None:
                wrong.append(f"{number + 1}: {name} {value!r} is lost")
            elif prop.type in (registry.country, registry.date, registry.url, registry.entity) and value not in kept:
                wrong.append(f"{number + 1}: {name} {value!r} becomes {kept!r}")
    for name in schema.required:
        if not proxy.get(name):
            wrong.append(f"{number + 1}: {data['schema']} without {name}")
    if not proxy.caption:
        wrong.append(f"{number + 1}: no caption")
    entities[data["id"]] = proxy
for proxy in entities.values():
    for prop, value in proxy.itervalues():
        if prop.type != registry.entity:
            continue
        other = entities.get(value)
        if other is None:
            wrong.append(f"{proxy.id}: {prop.name} leads nowhere: {value}")
        elif not other.schema.is_a(prop.range):
            wrong.append(f"{proxy.id}: {prop.name} is a {other.schema.name}, not a {prop.range.name}")
counts = Counter(proxy.schema.name for proxy in entities.values())
print(dict(counts))
whole = sum(1 for e in entities.values() if e.schema.name in EDGES and not e.id.startswith("dm-occupancy-"))
nodes = sum(1 for e in entities.values() if e.id.startswith(("Q", "dm.", "dm-node-")))
for what, found, expected in [
    ("edges", whole, EXPECTED["edges"]),
    ("nodes", nodes, EXPECTED["nodes"]),
    ("articles", counts["Article"], EXPECTED["documents"]),
    ("notes", counts["Note"], EXPECTED["quotations"]),
]:
    if found != expected:
        wrong.append(f"{what}: found {found}, expected {expected}")
if wrong:
    sys.exit("\n".join(wrong[:40]))
print("all is well")
