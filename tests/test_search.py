"""The site's search: it costs nothing until it is used, and little then."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

import samples
import synthetic
from fieldguide.pages import pages
from fieldguide.views import Guide
from test_browser import View

MODELS = 5_000
LARGEST = 600_000  # Bytes of the index, compressed, with so many models.
LATER = ("search/search_index.json", "assets/javascripts/workers/search.")


@contextmanager
def visited(chromium: Browser, server: str, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A page and what it asked for of the search so far; it may complain of nothing."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    asked: list[str] = []

    def note(url: str) -> None:
        asked.extend(part for part in LATER if part in url)

    context.on("request", lambda request: note(request.url))
    view = View(context, server, address)
    view.page.wait_for_load_state("networkidle")
    yield view.page, asked
    assert view.complaints == []
    context.close()


def _found(page: Page, name: str) -> Locator:
    titles = page.locator(".md-search-result__item h1")
    title = titles.filter(has_text=re.compile(rf"^\s*{name}\s*$"))
    expect(title).to_be_visible()
    return title


def test_nothing_is_fetched_until_a_key_opens_the_search(chromium: Browser, server: str) -> None:
    with visited(chromium, server, "models/olmo-2/") as (page, asked):
        assert asked == []
        for key in ("s", "f", "/"):
            page.keyboard.press(key)
            expect(page.locator(".md-search__input")).to_be_focused()
            page.keyboard.type("bloom")
            _found(page, "BLOOM")
            page.keyboard.press("Escape")
            expect(page.locator(".md-search__input")).not_to_be_focused()
            # The theme hears of the focus by a timer of 1 ms: one that is set later ends later.
            page.evaluate("() => new Promise((done) => setTimeout(done, 2))")
        assert sorted(asked) == sorted(LATER), "once each"


def test_an_address_with_a_question_shows_its_results(chromium: Browser, server: str) -> None:
    with visited(chromium, server, "understand/?q=bloom") as (page, _):
        expect(page.locator(".md-search__input")).to_have_value("bloom")
        _found(page, "BLOOM").click()
        expect(page).to_have_url(re.compile(r"/models/bloom/\?h=bloom$"))
        expect(page.locator("article mark").first).to_be_visible()


def test_a_touch_opens_the_search_on_a_phone(chromium: Browser, server: str) -> None:
    with visited(chromium, server, "") as (page, asked):
        page.set_viewport_size({"width": 375, "height": 800})
        assert asked == []
        page.locator("label.md-header__button[for=__search]").click()
        page.keyboard.type("bloom")
        _found(page, "BLOOM")


def test_lists_that_lead_elsewhere_are_not_searched(site: Path) -> None:
    """A model's name finds its page, not each day on which it changed; a page's title finds the
    page, not the works that it cites."""
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    texts = {entry["location"]: entry["text"] for entry in index["docs"]}
    assert "Kapoor" in texts["data/references/"]
    assert "Cited on" not in texts["data/references/"]
    days = [text for place, text in texts.items() if place.startswith("data/changes/#on-")]
    assert days
    assert not any("<li>" in text for text in days)


def test_the_index_stays_small_with_thousands_of_models(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    real = samples.real()
    guide = Guide(synthetic.library(real, MODELS - len(real.models)))
    entries = {page.address: page for page in pages(guide) if page.collection == "models"}
    assert len(entries) == MODELS
    there = {entry["location"] for entry in index["docs"]}
    assert len(entries.keys() & there) == len(real.models)
    docs = [entry for entry in index["docs"] if entry["location"] not in entries]
    docs += [
        {"location": address, "title": escape(page.title), "text": escape(page.search or "")}
        for address, page in entries.items()
    ]
    text = json.dumps({**index, "docs": docs}, separators=(",", ":"))
    size = len(gzip.compress(text.encode()))
    assert size < LARGEST, f"{size:,} bytes compressed with {MODELS:,} models"
