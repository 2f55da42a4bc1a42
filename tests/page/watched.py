"""What all parts of the test use: a page that is opened and watched, and what is read from it."""

import contextlib
import pathlib
import sys

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


WHERE = "document.getElementById('canvas').where()"


def on_page(page, point):
    """Where a point of the picture is on the page."""
    box = page.locator("#canvas").bounding_box()
    return box["x"] + point["x"], box["y"] + point["y"]


def mark_of(page, key):
    return next(mark for mark in page.evaluate(WHERE)["marks"] if mark["key"] == key)
