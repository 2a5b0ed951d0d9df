"""What each kind of page may cost its first reader: bytes, compressed as servers do, and requests.

The numbers are what was measured, plus a tenth. Who needs more raises a number here and says why in
the commit; who made something smaller lowers it.
"""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser


class Budget(NamedTuple):
    """Bytes of the page, its style sheets and scripts, and of all that it asks for; requests."""

    html: int
    css: int
    script: int
    total: int
    requests: int


BUDGETS: Final = {
    "": Budget(16_500, 36_500, 40_000, 94_500, 8),
    "models/": Budget(28_500, 36_500, 50_000, 135_000, 11),
    "models/parts/": Budget(21_500, 36_500, 40_000, 100_000, 8),
    "models/olmo-2/": Budget(14_000, 36_500, 40_000, 92_500, 8),
    "licences/llama-3.1-community/": Budget(11_500, 36_500, 40_000, 90_000, 8),
    "run/tools/vllm/": Budget(8_000, 36_500, 40_000, 86_500, 8),
    "understand/spectrum/": Budget(29_500, 36_500, 40_000, 108_000, 8),
    "understand/glossary/": Budget(21_500, 36_500, 40_000, 99_500, 8),
    "data/references/": Budget(64_000, 36_500, 40_000, 142_500, 8),
    "debates/security-risk/": Budget(14_000, 36_500, 40_000, 92_000, 8),
    "data/what-if/": Budget(11_500, 36_500, 46_500, 114_000, 11),
}
KINDS: Final = {"document": "html", "stylesheet": "css", "script": "script"}
# What would move the text when it comes, or keep it from being drawn.
FAULTS: Final = """() => [
  ...[...document.querySelectorAll("img, svg[role=img]")]
    .filter((one) => !one.hasAttribute("width") || !one.hasAttribute("height"))
    .map((one) => `no size: ${one.outerHTML.slice(0, 80)}`),
  ...[...document.images]
    .filter((one) => one.naturalWidth > 3 * one.clientWidth)
    .map((one) => `larger than shown: ${one.src}`),
  ...[...document.head.querySelectorAll("script[src]:not([defer], [async], [type=module])")]
    .map((one) => `stands before the text: ${one.src}`),
  ...[...document.body.querySelectorAll("link[rel=stylesheet], style")]
    .map((one) => `styles within the text: ${one.outerHTML.slice(0, 80)}`),
]"""


@pytest.mark.parametrize("address", BUDGETS, ids=lambda address: address or "home")
def test_a_first_visit_keeps_within_its_budget(
    chromium: Browser, server: str, site: Path, address: str
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    spent: Counter[str] = Counter()

    def count(url: str, kind: str) -> None:
        path = site / urlsplit(url).path.lstrip("/")
        file = path / "index.html" if path.is_dir() else path
        size = len(gzip.compress(file.read_bytes(), 6))
        spent.update({KINDS.get(kind, kind): size, "total": size, "requests": 1})

    page.on("request", lambda asked: count(asked.url, asked.resource_type))
    page.goto(server + address, wait_until="networkidle")
    faults = page.evaluate(FAULTS)
    context.close()
    over = [
        f"{what}: {spent[what]:,}, over its budget of {most:,} by {spent[what] - most:,}"
        for what, most in BUDGETS[address]._asdict().items()
        if spent[what] > most
    ]
    assert over == [], f"{address or 'home'} costs too much; measured: {dict(spent)}"
    assert "font" not in spent
    assert faults == []


def test_nothing_brings_a_font(site: Path) -> None:
    sheets = [file.read_text(encoding="utf-8") for file in site.rglob("*.css")]
    assert len(sheets) >= 3
    assert not [sheet[:60] for sheet in sheets if "@font-face" in sheet]
    assert not [file for file in site.rglob("*") if file.suffix in (".woff", ".woff2", ".ttf")]
