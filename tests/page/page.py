"""Uses written pages in headless Chromium as a reader does, and fails on anything that is not as it should be.

Usage: page.py CHROMIUM EXAMPLES.html HOSTILE.html [FOLDER FOR SCREENSHOTS]

EXAMPLES is the page of examples/articles; HOSTILE one whose every label tries to break out.
"""

import os
import pathlib
import sys
import tempfile

from crowd import crowd, crowded
from days import days
from playwright.sync_api import sync_playwright
from watched import DESK, PHONE, WHERE, mark_of, on_page, opened, picture, status, until

CHROMIUM, EXAMPLES, HOSTILE = sys.argv[1:4]


def searching(page):
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("blink", delay=20)
    first = page.locator("#suggestions li").first
    assert "Antony Blinken" in first.inner_text()
    assert page.get_attribute("#search", "aria-expanded") == "true"
    assert page.get_attribute("#search", "aria-activedescendant") == "suggestion-0"
    page.keyboard.press("Enter")
    until(page, "location.hash.includes('at=')")
    assert page.inner_text("#card h2") == "Antony Blinken"
    assert "Antony Blinken" in page.inner_text("#trail")
    # Accents and case do not matter, and what nobody is called says so.
    page.fill("#search", "GUTERRES ANT")
    assert "Nobody" in page.inner_text("#suggestions")
    page.fill("#search", "erdogan")
    assert "Erdoğan" in page.locator("#suggestions li").first.inner_text()
    page.keyboard.press("Escape")
    assert page.input_value("#search") == "" and page.is_hidden("#suggestions")


def card(page):
    """Offices with their days, other names, ties, quotations."""
    text = page.inner_text("#card")
    for part in ["Secretary of State, United States", "26 Jan 2021 – 20 Jan 2025", "Also called", "Blinken", "Ties", "Says"]:
        assert part in text, f"{part!r} is not in the card:\n{text}"
    assert page.locator("#card blockquote").count() >= 3


def evidence(page):
    """A tie shows its sentences, with the words that name subject, act and object marked."""
    page.locator("#card .tie", has_text="urges").first.click()
    assert "China" in page.inner_text("#card h2")
    piece = page.locator("#card .piece", has_text="tremendous").first
    assert piece.locator("mark.trigger").inner_text() == "urged"
    assert piece.locator("mark.object").inner_text() == "China"
    assert "Blinken" in piece.locator("mark.subject").inner_text()
    assert "seoul.txt:3" in piece.inner_text() and "2021" in piece.inner_text()
    piece.locator("summary").click()
    assert "rule" in piece.inner_text()
    picture(page, "evidence")


def line_apart(page):
    """A line whose middle can be clicked: no mark and no button lies on it, and no other line's middle is near."""
    found = page.evaluate(WHERE)

    def far(a, b, by):
        return (a["x"] - b["x"]) ** 2 + (a["y"] - b["y"]) ** 2 > by**2

    place = {mark["key"]: mark for mark in found["marks"]}
    free = [
        line
        for line in found["lines"]
        if line["from"] != line["to"]
        and all(far(line, mark, mark["radius"] + 6) for mark in found["marks"])
        and all(other is line or far(line, other, 8) for other in found["lines"])
        and page.evaluate("([x, y]) => document.getElementById('canvas').contains(document.elementFromPoint(x, y))", on_page(page, line))
    ]
    return max(free, key=lambda line: abs(place[line["from"]]["x"] - place[line["to"]]["x"]) + abs(place[line["from"]]["y"] - place[line["to"]]["y"]))


def clicking_the_picture(page):
    """A click on a line of the picture opens its evidence, one on a mark its card, one beside them closes it."""
    page.wait_for_timeout(500)
    line = line_apart(page)
    page.mouse.move(*on_page(page, line))
    until(page, "!document.getElementById('tip').hidden")
    assert ":" in page.inner_text("#tip")
    page.mouse.click(*on_page(page, line))
    until(page, "location.hash.includes('pair=')")
    assert page.locator("#card .piece mark.trigger").count() >= 1
    page.wait_for_timeout(500)
    page.mouse.click(*on_page(page, mark_of(page, line["from"])))
    until(page, "location.hash.includes('node=')")
    assert page.inner_text("#card .eyebrow") != "Between"
    # Beside everything: nothing is chosen any more.
    page.mouse.click(*on_page(page, {"x": 8, "y": 60}))
    until(page, "!location.hash.includes('node=')")
    # Twice: its surroundings.
    page.wait_for_timeout(500)
    page.mouse.dblclick(*on_page(page, mark_of(page, line["from"])))
    until(page, "location.hash.includes('at=')")
    page.locator("#trail button").first.click()
    page.wait_for_timeout(500)


def moving_the_picture(page):
    """Dragging moves, the wheel zooms about the pointer, the buttons and 0 too; a drag chooses nothing."""
    page.wait_for_timeout(400)
    key = max(page.evaluate(WHERE)["marks"], key=lambda mark: mark["radius"])["key"]
    before = mark_of(page, key)
    x, y = on_page(page, before)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 10, steps=4)
    page.mouse.move(x + 60, y + 40, steps=4)
    page.mouse.up()
    moved = mark_of(page, key)
    assert abs(moved["x"] - before["x"] - 60) < 6 and abs(moved["y"] - before["y"] - 40) < 6, (before, moved)
    assert "node=" not in page.url
    page.mouse.move(*on_page(page, moved))
    page.mouse.wheel(0, -240)
    page.wait_for_timeout(300)
    nearer = mark_of(page, key)
    assert abs(nearer["x"] - moved["x"]) < 2 and nearer["radius"] >= moved["radius"]
    page.focus("#canvas")
    page.keyboard.press("0")
    page.wait_for_timeout(600)
    back = mark_of(page, key)
    assert abs(back["x"] - before["x"]) < 2 and abs(back["y"] - before["y"]) < 2, (before, back)


def filtering(page):
    """Legend, facts, confidence, documents, time: each hides something, and the address keeps it."""
    names, ties = status(page)
    people = page.locator("#filters .row", has_text="People").locator("input")
    people.uncheck()
    assert status(page)[0] < names
    assert "kinds=person" in page.url
    people.check()
    assert status(page) == (names, ties)

    page.locator("#filters .row", has_text="Offices and ties").locator("input").uncheck()
    assert status(page)[1] < ties
    page.click("#clear-filters")
    assert status(page) == (names, ties)

    page.locator("#filters summary", has_text="Families").click()
    page.locator("#filters details .row", has_text="speech").locator("input").uncheck()
    assert status(page)[1] < ties and "families=speech" in page.url
    page.click("#clear-filters")

    page.locator("#filters .row", has_text="told as fact").locator("input").check()
    facts = status(page)
    assert facts[1] < ties
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert status(page) == facts, "a reload shows the same"
    page.click("#clear-filters")

    page.locator("#confidence").fill("95")
    until(page, "location.hash.includes('confidence=95')")
    assert status(page)[1] < ties
    page.click("#clear-filters")

    page.locator(".documents .row", has_text="grain").or_(page.locator(".documents .row").first).first.locator("input").check()
    assert "documents=" in page.url and status(page)[1] < ties
    page.click("#clear-filters")

    # What nothing passes says so, and how to come back.
    for row in page.locator("#filters fieldset").first.locator("input").all():
        row.uncheck()
    assert "Nothing passes" in page.inner_text("#nothing")
    page.click("#reset-all")
    assert status(page) == (names, ties)


def walking(page):
    """Focus, neighbours, the trail, the browser's way back, and the keyboard."""
    page.focus("#canvas")
    page.keyboard.press("ArrowRight")
    assert "neighbour" in page.inner_text("#voice")
    page.keyboard.press("Enter")
    until(page, "location.hash.includes('node=')")
    first = page.inner_text("#card h2")
    all_names = status(page)[0]
    page.keyboard.press("Enter")
    until(page, "location.hash.includes('at=')")
    assert status(page)[0] < all_names
    assert first in page.inner_text("#trail")
    page.locator("#card .tie").first.click()
    page.locator("#card h2 button").last.click()
    other = page.inner_text("#card h2")
    if page.locator("#expand-node").count():
        before = status(page)[0]
        page.click("#expand-node")
        assert status(page)[0] > before and "open=" in page.url
    page.click("#focus-node")
    assert page.locator("#trail li").count() == 3, page.inner_text("#trail")
    assert other in page.inner_text("#trail")
    picture(page, "focus")
    page.go_back()
    until(page, "document.querySelectorAll('#trail li').length === 2")
    page.locator("#trail button").first.click()
    assert page.is_hidden("#trail")
    assert status(page)[0] == all_names
    page.keyboard.press("Escape")


def focus_is_seen(page):
    """Tab reaches the search box, the picture and the details, and what has the focus is outlined."""
    page.evaluate("document.activeElement.blur()")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate("""() => { const e = document.activeElement; const s = getComputedStyle(e);
          if (e === document.body) return ["page", true, false];
          return [e.id || e.className || e.type, s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1, Boolean(e.closest("#details"))]; }""")
        assert found[1], f"no outline on {found[0]}"
        reached.add("details" if found[2] else found[0])
    assert {"search", "canvas", "details", "theme"} <= reached, reached


def saving(page):
    with page.expect_download() as download:
        page.click("#picture")
    path = download.value.path()
    assert download.value.suggested_filename == "graph.png"
    head = pathlib.Path(path).read_bytes()[:8]
    assert head == b"\x89PNG\r\n\x1a\n" and os.path.getsize(path) > 10_000


def theme(page):
    paper = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(paper)
    page.click("#theme")
    assert page.evaluate(paper) != before
    page.click("#theme")
    assert page.evaluate(paper) == before


def phone(page):
    """Nothing is wider than the screen, and the sheets come from below."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not page.locator("#details").is_visible()
    picture(page, "phone")
    page.click("#open-filters")
    assert page.locator("#filters .row").first.is_visible()
    page.wait_for_timeout(400)
    picture(page, "phone-filters")
    page.click("#close-filters")
    page.fill("#search", "china")
    page.locator("#suggestions li").first.click()
    until(page, "document.getElementById('details').getBoundingClientRect().top < innerHeight * 0.6")
    page.wait_for_timeout(400)
    box = page.locator("#details").bounding_box()
    assert box["y"] > 250 and box["width"] == 390, box
    picture(page, "phone-card")
    page.click("#close-details")
    page.locator("#trail button").first.click()
    page.wait_for_timeout(600)

    # A finger that is not quite on a mark means it; two fingers zoom, and choose nothing.
    marks = page.evaluate(WHERE)["marks"]
    heaviest = max(marks, key=lambda mark: mark["radius"])
    page.touchscreen.tap(*on_page(page, {**heaviest, "x": heaviest["x"] + heaviest["radius"] + 2}))
    until(page, "location.hash.includes('node=')")
    assert page.is_visible("#details")
    page.click("#close-details")
    page.wait_for_timeout(600)
    radius = mark_of(page, heaviest["key"])["radius"]
    x, y = on_page(page, mark_of(page, heaviest["key"]))
    probe = page.context.new_cdp_session(page)
    for kind, far in [("touchStart", 30), ("touchMove", 60), ("touchMove", 120), ("touchEnd", None)]:
        fingers = [] if far is None else [{"x": x, "y": y - far, "id": 0}, {"x": x, "y": y + far, "id": 1}]
        probe.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
    page.wait_for_timeout(300)
    after = mark_of(page, heaviest["key"])
    assert after["radius"] > 1.1 * radius and "node=" not in page.url, (radius, after)


def hostile(page):
    """Names that end scripts and tags are text: no element, no dialog, no request comes of them."""
    assert page.evaluate("document.scripts.length") == 2
    assert page.locator("main script, main img, main iframe").count() == 0
    page.fill("#search", "script")
    text = page.locator("#suggestions li").first.inner_text()
    assert "</script><script>alert(1)</script>" in text, text
    page.keyboard.press("Enter")
    assert "</script><script>alert(1)</script>" in page.inner_text("#card h2")
    page.locator("#card .tie").first.click()
    assert page.locator("#card .piece").count() >= 1
    assert page.locator("#card script").count() == 0
    assert page.evaluate("[...document.querySelectorAll('#card a')].every((a) => /^https?:/.test(a.href))")
    page.evaluate("location.hash = '#at=%E0%A4%A&node=<img src=x>&from=x&top=-1&documents=99,a'")
    page.reload()
    page.wait_for_selector("html[data-ready]")


def main():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        print(f"Chromium {browser.version}")
        with opened(browser, EXAMPLES) as page:
            picture(page, "light")
            for step in [filtering, days, searching, card, evidence]:
                step(page)
                print("ok", step.__name__)
        with opened(browser, EXAMPLES) as page:
            for step in [walking, clicking_the_picture, moving_the_picture, focus_is_seen, saving, theme]:
                step(page)
                print("ok", step.__name__)
        with opened(browser, EXAMPLES, **DESK, color_scheme="dark") as page:
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 26)"
            picture(page, "dark")
        with opened(browser, EXAMPLES, **PHONE) as page:
            phone(page)
            print("ok phone")
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "crowd.html")
            undated = crowd(EXAMPLES, file)
            with opened(browser, file) as page:
                picture(page, "crowd")
                crowded(page, undated)
                print("ok crowded")
        with opened(browser, HOSTILE) as page:
            hostile(page)
            print("ok hostile")
        browser.close()


main()
