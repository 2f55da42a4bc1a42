"""Makes the README's pictures of the page: light, dark, and on a phone.

Usage: pictures.py CHROMIUM PAGE.html FOLDER
"""

import io
import pathlib
import sys

from PIL import Image
from playwright.sync_api import sync_playwright

CHROMIUM, PAGE, FOLDER = sys.argv[1:]
DESK = {"viewport": {"width": 1280, "height": 760}}
PHONE = {"viewport": {"width": 390, "height": 760}, "device_scale_factor": 1.5, "has_touch": True, "is_mobile": True}
BLINKEN, CHINA, UKRAINE = "wd%3AQ7821917", "iso%3ACN", "iso%3AUA"
PICTURES = [
    ("page", "", DESK),
    ("page-light", f"#at={CHINA}&pair={BLINKEN},{CHINA}", DESK),
    ("page-dark", f"#at={UKRAINE}&node={UKRAINE}", {**DESK, "color_scheme": "dark"}),
    ("page-phone", f"#at={UKRAINE}&node={UKRAINE}", PHONE),
]

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    for name, address, options in PICTURES:
        page = browser.new_context(**options, reduced_motion="reduce").new_page()
        page.goto(pathlib.Path(PAGE).resolve().as_uri() + address)
        page.wait_for_selector("html[data-ready]", timeout=120_000)
        page.wait_for_timeout(1500)
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        path = pathlib.Path(FOLDER) / f"{name}.png"
        # A palette is enough for a page of few colours, and a third of the size.
        shot.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
        print(path, path.stat().st_size)
        assert path.stat().st_size < 200_000
    browser.close()
