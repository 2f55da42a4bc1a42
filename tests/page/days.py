"""The filter of days: handles, keys, fields, and a click beside the handles."""

from watched import status


def parts_of(address):
    """What an address keeps: names and values."""
    return dict(part.split("=", 1) for part in address.partition("#")[2].split("&") if "=" in part)


def chosen_days(page):
    page.wait_for_timeout(120)
    kept = parts_of(page.url)
    return kept.get("from"), kept.get("until")


def thumb(page, name):
    """The middle of a handle on the page, as its value says, and the box of its track."""
    box = page.locator(f"#time-{name}").bounding_box()
    value, low, high = page.evaluate(f"(() => {{ const e = document.getElementById('time-{name}'); return [e.value, e.min, e.max].map(Number); }})()")
    return box["x"] + 7.5 + (value - low) / (high - low) * (box["width"] - 15), box["y"] + box["height"] / 2


def days(page):
    """Handles, keys, fields and a click on the track choose days; every day that is said is one that was chosen."""
    names, ties = status(page)
    said = page.locator("#filters .range").first
    assert said.inner_text() == "11 Feb 2021 – 6 Jun 2024", said.inner_text()
    assert [t.strip() for t in page.locator(".ticks span").all_inner_texts()] == ["2022", "2023", "2024"]

    # Each key goes to the next day of which something is told; the first step lets go of the end.
    page.focus("#time-from")
    page.keyboard.press("ArrowRight")
    first, _ = chosen_days(page)
    assert first == "2021-03-18" and said.inner_text().startswith("From "), said.inner_text()
    assert status(page)[1] < ties
    page.keyboard.press("ArrowRight")
    second, _ = chosen_days(page)
    assert second > first
    page.keyboard.press("ArrowLeft")
    assert chosen_days(page)[0] == first
    page.keyboard.press("PageUp")
    assert chosen_days(page)[0] == "2021-04-18"
    page.keyboard.press("Home")
    assert chosen_days(page) == (None, None) and status(page) == (names, ties)

    # At its end each handle is all there is, and both can be brought back from one place.
    page.keyboard.press("End")
    assert chosen_days(page) == ("2024-06-06", None)
    page.focus("#time-until")
    page.keyboard.press("ArrowLeft")
    start, end = chosen_days(page)
    assert start == end and start < "2024-06-06" and said.inner_text().count(" – ") == 0
    page.keyboard.press("End")
    page.focus("#time-from")
    page.keyboard.press("End")
    x, y = thumb(page, "from")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=5)
    page.mouse.up()
    assert chosen_days(page)[0] < "2024-01-01" and chosen_days(page)[1] is None, page.url
    # A handle that is drawn past the other takes it along.
    x, y = thumb(page, "until")
    left, _ = thumb(page, "from")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(left - 40, y, steps=8)
    page.mouse.up()
    start, end = chosen_days(page)
    assert start == end, page.url
    page.click("#clear-filters")

    # A click beside the handles brings the nearer one.
    box = page.locator(".two-handles").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2)
    start, end = chosen_days(page)
    assert "2021-11" < start < "2022-01" and end is None, page.url
    page.mouse.click(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    assert "2024-01" < chosen_days(page)[1] < "2024-04", page.url
    page.click("#clear-filters")

    # Exact days; an empty field is no limit.
    page.fill("#day-from", "2021-03-18")
    page.fill("#day-until", "2021-03-18")
    assert chosen_days(page) == ("2021-03-18", "2021-03-18") and said.inner_text() == "18 Mar 2021", said.inner_text()
    seoul = status(page)[1]
    assert 0 < seoul < ties
    page.fill("#day-until", "2007-04-27")
    # An office that was held then, though nothing happened.
    assert chosen_days(page) == ("2007-04-27", "2007-04-27") and 0 < status(page)[1] < seoul, page.url
    page.fill("#day-from", "")
    page.fill("#day-until", "")
    assert chosen_days(page) == (None, None) and status(page) == (names, ties)

    # Days the wrong way round in an address are two days.
    page.evaluate("location.hash = 'from=2022-07-31&until=2021-01-01'")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert said.inner_text() == "1 Jan 2021 – 31 Jul 2022"
    page.click("#clear-filters")

    # A bar stands above the handle that is set to its day.
    bars = page.evaluate("[...document.querySelectorAll('.bars rect')].map((e) => e.getBoundingClientRect()).filter((b) => b.height > 1).map((b) => b.x + b.width / 2)")
    assert abs(bars[0] - thumb(page, "from")[0]) < 3 and abs(bars[-1] - thumb(page, "until")[0]) < 3, bars
