"""Uses written pages in headless Chromium as a reader does, and fails on anything that is not as it should be.

Usage: page.py CHROMIUM EXAMPLES.html HOSTILE.html [FOLDER FOR SCREENSHOTS]

EXAMPLES is the page of examples/articles; HOSTILE one whose every label tries to break out.
"""

import contextlib
import os
import pathlib
import sys

from playwright.sync_api import sync_playwright

CHROMIUM, EXAMPLES, HOSTILE = sys.argv[1:4]
PICTURES = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else None
DESK = {"viewport": {"width": 1360, "height": 820}}
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
WAIT = 120_000

# Policy violations are told to the page; kept where the test can read them.
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (e) => window.violations.push(e.violatedDirective + " " + e.blockedURI));
"""


@contextlib.contextmanager
def opened(browser, file, address="", **options):
    """A page that is ready; afterwards nothing may have gone wrong on it."""
    context = browser.new_context(**(options or DESK), accept_downloads=True)
    context.set_default_timeout(WAIT)
    page = context.new_page()
    wrong = []
    page.on("console", lambda message: wrong.append(f"console: {message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    url = pathlib.Path(file).resolve().as_uri()
    page.on("request", lambda r: None if r.url.startswith(url) or r.url[:5] in ("data:", "blob:") else wrong.append(f"request: {r.url}"))
    page.add_init_script(WATCH)
    page.goto(url + address)
    page.wait_for_selector("html[data-ready]")
    yield page
    wrong += [f"policy: {v}" for v in page.evaluate("window.violations")]
    context.close()
    assert not wrong, "\n".join(wrong)


def until(page, condition):
    """Waits until something is true. (Playwright's own way evaluates text in the page, which its policy forbids.)"""
    for _ in range(WAIT // 100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {condition}")


def status(page):
    """How many names and ties the picture shows."""
    names, ties = page.inner_text("#status").split(", ")
    return int(names.split()[0].replace(",", "")), int(ties.split()[0].replace(",", ""))


def picture(page, name):
    if PICTURES:
        page.wait_for_timeout(600)
        page.screenshot(path=PICTURES / f"{name}.png")


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


def clicking_the_picture(page):
    """A click on a line of the picture opens its evidence, one on a mark its card, one beside them closes it."""
    place = """(id) => { const c = document.getElementById("canvas")._cyreg.cy; const e = c.getElementById(id);
      const p = e.isEdge() ? { x: e.midpoint().x * c.zoom() + c.pan().x, y: e.midpoint().y * c.zoom() + c.pan().y } : e.renderedPosition();
      const box = document.getElementById("canvas").getBoundingClientRect(); return { x: p.x + box.x, y: p.y + box.y }; }"""
    ids = page.evaluate("""() => { const c = document.getElementById("canvas")._cyreg.cy;
      const box = document.getElementById("canvas").getBoundingClientRect();
      const shown = (p) => ({ x: p.x * c.zoom() + c.pan().x, y: p.y * c.zoom() + c.pan().y });
      // A line whose middle can be clicked: no mark and no button lies on it, and no other line's middle is near.
      const free = (e) => { const p = shown(e.midpoint());
        const far = (q, by) => Math.hypot(p.x - q.x, p.y - q.y) > by;
        return e.source().id() !== e.target().id() && c.nodes(":visible").every((n) => far(n.renderedPosition(), n.renderedWidth() / 2 + 6))
          && c.edges(":visible").every((o) => o.id() === e.id() || far(shown(o.midpoint()), 6))
          && document.getElementById("canvas").contains(document.elementFromPoint(p.x + box.x, p.y + box.y)); };
      const length = (e) => Math.hypot(e.source().position().x - e.target().position().x, e.source().position().y - e.target().position().y);
      const line = c.edges(":visible").filter(free).max(length).ele;
      return { line: line.id(), mark: line.source().id() }; }""")
    page.wait_for_timeout(500)
    at = page.evaluate(place, ids["line"])
    page.mouse.move(at["x"], at["y"])
    page.mouse.click(at["x"], at["y"])
    until(page, "location.hash.includes('pair=')")
    assert page.locator("#card .piece mark.trigger").count() >= 1
    page.wait_for_timeout(500)
    at = page.evaluate(place, ids["mark"])
    page.mouse.click(at["x"], at["y"])
    until(page, "location.hash.includes('node=')")
    assert page.inner_text("#card .eyebrow") != "Between"
    page.click("#close-details")
    until(page, "!location.hash.includes('node=')")


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

    page.focus("#time-from")
    for _ in range(3):
        page.keyboard.press("PageUp")
    until(page, "location.hash.includes('from=')")
    assert status(page)[1] < ties
    page.focus("#time-until")
    page.keyboard.press("Home")
    until(page, "location.hash.includes('until=')")
    page.click("#clear-filters")
    assert status(page) == (names, ties)

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


def hostile(page):
    """Names that end scripts and tags are text: no element, no dialog, no request comes of them."""
    assert page.evaluate("document.scripts.length") == 3
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
            for step in [filtering, searching, card, evidence]:
                step(page)
                print("ok", step.__name__)
        with opened(browser, EXAMPLES) as page:
            for step in [walking, clicking_the_picture, focus_is_seen, saving, theme]:
                step(page)
                print("ok", step.__name__)
        with opened(browser, EXAMPLES, **DESK, color_scheme="dark") as page:
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 26)"
            picture(page, "dark")
        with opened(browser, EXAMPLES, **PHONE) as page:
            phone(page)
            print("ok phone")
        with opened(browser, HOSTILE) as page:
            hostile(page)
            print("ok hostile")
        browser.close()


main()
