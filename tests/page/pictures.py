"""Makes the README's pictures of the page: light, dark, and on a phone.

Usage: pictures.py CHROMIUM PAGE.html FOLDER [CROWDED.html]

CROWDED is a page of some thousand ties, for docs/page.md.
"""

import io
import pathlib
import sys

from PIL import Image
from playwright.sync_api import sync_playwright

CHROMIUM, PAGE, FOLDER = sys.argv[1:4]
CROWDED = sys.argv[4:5]
DESK = {"viewport": {"width": 1280, "height": 760}}
PHONE = {"viewport": {"width": 390, "height": 760}, "device_scale_factor": 1.5, "has_touch": True, "is_mobile": True}
BLINKEN, CHINA, UKRAINE = "wd%3AQ7821917", "iso%3ACN", "iso%3AUA"
PICTURES = [
    ("page", PAGE, "", DESK),
    ("page-light", PAGE, f"#at={CHINA}&pair={BLINKEN},{CHINA}", DESK),
    ("page-dark", PAGE, f"#at={UKRAINE}&node={UKRAINE}", {**DESK, "color_scheme": "dark"}),
    ("page-phone", PAGE, f"#at={UKRAINE}&node={UKRAINE}", PHONE),
    *[("page-crowded", file, "", DESK) for file in CROWDED],
]

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    for name, file, address, options in PICTURES:
        page = browser.new_context(**options, reduced_motion="reduce").new_page()
        page.goto(pathlib.Path(file).resolve().as_uri() + address)
        page.wait_for_selector("html[data-ready]", timeout=120_000)
        page.wait_for_timeout(1500)
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        path = pathlib.Path(FOLDER) / f"{name}.png"
        # A palette is enough for a page of few colours, and a third of the size.
        shot.quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE).save(path, optimize=True)
        print(path, path.stat().st_size)
        assert path.stat().st_size < 200_000
    browser.close()
