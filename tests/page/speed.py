"""Times a written page in headless Chromium: until it is drawn, and until each thing that a reader does is drawn.

Usage: speed.py CHROMIUM PAGE.html [ROUNDS]

Each figure is the best and the median of the rounds: on a busy machine the best is nearest to the page's own. A time ends when the frame that shows the change has been
painted: the second animation frame after it, so the wait for the screen (up to two frames, 33 ms) is in it; "nothing" tells how much that is. The processor time
is that of the thread that runs the page's program and paints, whoever else uses the machine.
"""

import pathlib
import statistics
import sys

from playwright.sync_api import sync_playwright

CHROMIUM, PAGE = sys.argv[1:3]
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 5
DESK = {"viewport": {"width": 1360, "height": 820}}

# Notes when the page says that it is ready, and when the second frame after that has been painted.
WATCH = """
new MutationObserver((_, watcher) => {
  if (!document.documentElement.dataset.ready) return;
  watcher.disconnect();
  window.readyAt = performance.now();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.drawnAt = performance.now(); }));
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });
"""

# Does something and gives the milliseconds until the script is done, and until the picture has been painted.
TIMED = """(what) => new Promise((done) => {
  const at = (selector, text) => [...document.querySelectorAll(selector)].find((e) => e.textContent.includes(text));
  const box = document.getElementById("search");
  const type = (text) => { box.value = text; box.dispatchEvent(new Event("input", { bubbles: true })); };
  const key = (name) => box.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
  const acts = {
    nothing: () => {},
    search: () => { box.focus(); type("presi"); },
    focus: () => { type(document.querySelector("#suggestions li bdi").textContent); key("Enter"); },
    back: () => document.querySelector("#trail button").click(),
    kind: () => at("#filters .row", "People").querySelector("input").click(),
    class: () => at("#filters .row", "Offices and ties").querySelector("input").click(),
    facts: () => at("#filters .row", "told as fact").querySelector("input").click(),
    days: () => { const e = document.getElementById("time-from"); e.value = Number(e.value) === Number(e.min) ? Number(e.min) + 0.7 * (e.max - e.min) : e.min; e.dispatchEvent(new Event("input", { bubbles: true })); },
    more: () => document.getElementById("more").click(),
    zoom: () => document.getElementById("zoom-in").click(),
  };
  const begin = performance.now();
  acts[what]();
  const script = performance.now() - begin;
  requestAnimationFrame(() => requestAnimationFrame(() => done([script, performance.now() - begin])));
})"""

STEPS = [
    ("nothing", "nothing"),
    ("search", "a search, typed"),
    ("focus", "its first name, with what surrounds it"),
    ("back", "back to everything"),
    ("kind", "people off"),
    ("kind", "people on"),
    ("class", "offices and ties off"),
    ("class", "offices and ties on"),
    ("facts", "facts only"),
    ("facts", "everything told"),
    ("days", "days from a later one on"),
    ("days", "all days"),
    ("zoom", "one step nearer"),
    ("more", "200 names more"),
]


def busy(probe):
    """Milliseconds of processor time that the page's thread has used."""
    return next(1000 * m["value"] for m in probe.send("Performance.getMetrics")["metrics"] if m["name"] == "ThreadTime")


def main():
    times = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        print(f"Chromium {browser.version}")
        for _ in range(ROUNDS):
            page = browser.new_context(**DESK).new_page()
            probe = page.context.new_cdp_session(page)
            probe.send("Performance.enable", {"timeDomain": "threadTicks"})
            page.add_init_script(WATCH)
            page.goto(pathlib.Path(PAGE).resolve().as_uri())
            page.wait_for_selector("html[data-ready]", timeout=120_000)
            while page.evaluate("window.drawnAt") is None:
                page.wait_for_timeout(50)
            times.setdefault("first drawing", []).append([*page.evaluate("[window.readyAt, window.drawnAt]"), busy(probe)])
            page.wait_for_timeout(1500)
            for what, name in STEPS:
                before = busy(probe)
                found = page.evaluate(TIMED, what)
                times.setdefault(name, []).append([*found, busy(probe) - before])
                page.wait_for_timeout(700)
            page.context.close()
        browser.close()
    print(f"{'':42} painted: best  median     processor: best  median")
    for name, found in times.items():
        _, painted, busy_for = zip(*found)
        cells = [min(painted), statistics.median(painted), min(busy_for), statistics.median(busy_for)]
        print(f"{name:42} {cells[0]:13.0f} {cells[1]:7.0f} ms {cells[2]:14.0f} {cells[3]:7.0f} ms")


main()
