"""A page of very many ties, made of another page by giving it other data, and how it is used."""

import json
import pathlib

from days import chosen_days, thumb
from watched import WHERE, mark_of, on_page, status, until


def crowd(file, out):
    """The page with another graph: 400 names, of which three have to do with everybody, told between 1 and 5 May 2021;
    something is told of 1815 and of 2040, and a tenth of the documents has no date."""
    text = pathlib.Path(file).read_text()
    before, rest = text.split('id="graph">', 1)
    after = rest.split("</script>", 1)[1]
    kinds = ["person", "country", "organization", "group", "place"]
    nodes = [{"key": f"k{n}", "name": f"Name {n}", "kind": kinds[n % 5], "mentions": 3, "documents": [0]} for n in range(400)]
    documents = [{"id": str(n), "title": f"Document {n}", **({"date": f"2021-05-0{1 + n % 5}"} if n < 45 else {})} for n in range(50)]
    edges = []
    for n in range(3000):
        a, b = (n % 3, 3 + n % 397) if n % 2 else (3 + n % 397, 3 + (n * n + 7) % 397)
        piece = {"document": n % 50, "line": 1, "sentence": 0, "trigger": [7, 12], "rule": 0, "confidence": 0.5 + n % 50 / 100}
        if n in (10, 20):
            piece["time"] = ["1815-06-18"] if n == 10 else ["2040-01-01"]
        if a != b:
            edges.append({"from": a, "to": b, "predicate": n % 2, "evidence": [piece]})
    graph = {
        "version": 1,
        "documents": documents,
        "nodes": nodes,
        "predicates": [{"name": "urges", "inverse": "is urged by", "family": "request", "quad": 1}, {"name": "attacks", "inverse": "is attacked by", "family": "force", "quad": 4}],
        "rules": ["test"],
        "sentences": ["Name 1 urged Name 2."],
        "edges": edges,
        "quotations": [],
    }
    pathlib.Path(out).write_text(f'{before}id="graph">{json.dumps(graph)}</script>{after}')
    return sum("date" not in documents[piece["document"]] for edge in edges for piece in edge["evidence"])


def crowded(page, undated):
    """Of very many ties each name's strongest are drawn, once; what is chosen has all of its own."""
    found = page.evaluate(WHERE)
    assert len(found["marks"]) == 200 and 100 < len(found["lines"]) < 500, len(found["lines"])
    pairs = [frozenset((line["from"], line["to"])) for line in found["lines"]]
    assert len(set(pairs)) == len(pairs), "one line between two"
    labels = [mark["label"] for mark in found["marks"] if mark["label"]]
    assert len(labels) > 30 and {"Name 0", "Name 1", "Name 2"} <= set(labels), labels
    page.mouse.click(*on_page(page, mark_of(page, "k1")))
    until(page, "location.hash.includes('node=k1')")
    assert sum("k1" in (line["from"], line["to"]) for line in page.evaluate(WHERE)["lines"]) > 60
    page.keyboard.press("Escape")
    # More names: those that were there stay where they were on the screen.
    before = {mark["key"]: mark for mark in found["marks"]}
    page.click("#more")
    page.wait_for_timeout(200)
    after = page.evaluate(WHERE)["marks"]
    assert len(after) > 350
    people = page.locator("#filters .row", has_text="People").locator("input")
    people.uncheck()
    assert not [mark for mark in page.evaluate(WHERE)["marks"] if int(mark["key"][1:]) % 5 == 0]
    people.check()
    assert len(before) == 200 and status(page)[0] == len(after)

    # The slider has five days; at its ends it lets 1815 and 2040 through, and says how much has no date.
    said = page.locator("#filters .range").first
    assert said.inner_text() == "18 Jun 1815 – 1 Jan 2040"
    low, high = (page.get_attribute("#time-from", name) for name in ("min", "max"))
    assert int(high) - int(low) == 4
    assert page.locator(".ticks span").all_inner_texts() == ["1 May", "2 May", "3 May", "4 May", "5 May"]
    note = page.locator("#filters .note", has_text="Without a date")
    assert note.count() == 0 or not note.is_visible()
    bars = page.evaluate("[...document.querySelectorAll('.bars rect')].map((e) => { const b = e.getBoundingClientRect(); return b.x + b.width / 2; })")
    page.focus("#time-from")
    for step in range(1, 5):
        page.keyboard.press("ArrowRight")
        assert chosen_days(page)[0] == f"2021-05-0{1 + step}"
        assert abs(thumb(page, "from")[0] - bars[step]) < 2
        assert page.evaluate("[...document.querySelectorAll('.bars rect')].map((e) => e.classList.contains('out'))") == [n < step for n in range(5)]
    assert note.is_visible() and int(note.inner_text().split(": ")[1].split()[0]) == undated, note.inner_text()
    assert said.inner_text() == "From 5 May 2021 on"
    page.keyboard.press("Home")
    assert chosen_days(page) == (None, None) and not note.is_visible()
    page.focus("#time-until")
    page.keyboard.press("ArrowLeft")
    assert chosen_days(page) == (None, "2021-05-04") and said.inner_text() == "Until 4 May 2021"
