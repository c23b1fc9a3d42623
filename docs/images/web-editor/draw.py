"""Draws the pictures of docs/web-editor.md: `python docs/images/web-editor/draw.py`.

They are drawings, and say so: GitHub's pages look different in places, and change. All names in
them are invented.
"""

import io
import pathlib
import sys

import PIL.Image
from playwright import sync_api

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2] / "tests/browser"))
import chromium  # noqa: E402 - it says where a browser is

COLOURS = 64
"""A drawing needs no more, and is small with them."""


def main() -> None:
    """One picture for each section of drawings.html and each language."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=chromium.arguments()
        )
        page = browser.new_page(viewport={"width": 1000, "height": 800})
        page.goto((HERE / "drawings.html").as_uri())
        for language in ("zh-CN", "en"):
            page.evaluate("language => { document.documentElement.lang = language }", language)
            for section in page.locator("section").all():
                data = section.screenshot()
                picture = PIL.Image.open(io.BytesIO(data)).convert("RGB").quantize(COLOURS)
                picture.save(HERE / f"{section.get_attribute('id')}.{language}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
