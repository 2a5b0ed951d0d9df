"""The built site as a whole: valid HTML, below any path, and from a disk without a server."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, expect
from tinyhtml5.parser import HTMLParser

# What an element may stand in, where the parser lets it pass: the HTML standard, "Content model".
# Names that begin with `__` are the theme's.
MISPLACED: Final = {
    "in a list stands something else than an item": "(//ul | //ol)/*[not(self::li)]",
    "an item stands outside a list": "//li[not(parent::ul or parent::ol or parent::menu)]",
    "a link or button stands in another": "(//a[@href] | //button)//*[self::a or self::button]",
    "a block stands in a line": "//*[self::p or self::span or self::h1 or self::h2 or self::h3]"
    "//*[self::div or self::p or self::ul or self::ol or self::table or self::section]",
    "in a list of terms stands something else": "//dl/*[not(self::dt or self::dd or self::div)]",
    "a caption is not the first in its table": "//table/caption[preceding-sibling::*]",
    "a label is for nothing": "//label[@for and not(@for = //*/@id or starts-with(@for, '__'))]",
    "more than one main part": "(//main)[2]",
    "a field has no name": "//input[not(@type='hidden' or @type='reset' or @type='submit')]"
    "[not(starts-with(@id, '__') or @id = //label/@for or ancestor::label)]"
    "[not(@aria-label or @aria-labelledby)]",
    "a button has no name": "//button[not(normalize-space() or @aria-label or @title)]",
}
REFERRING: Final = etree.XPath(
    "//@aria-labelledby | //@aria-describedby | //@aria-controls | //@headers"
)


def _kind(file: Path, site: Path) -> str:
    """Pages of records have their folder as a kind; all others are of a kind of their own."""
    path = file.relative_to(site).as_posix()
    folders = (
        "models|licences|run/tools|models/makers|debates|compare|choose|understand/definitions"
    )
    return re.sub(rf"^({folders})/.+/index", r"\1/*/index", path)


def _sample(site: Path, a_kind: int) -> list[Path]:
    """All written pages, and so many of each kind that comes from the data, by one template."""
    files = sorted(site.rglob("*.html"), key=lambda file: (_kind(file, site), file))
    kinds = groupby(files, key=lambda file: _kind(file, site))
    return [file for _, group in kinds for file in list(group)[:a_kind]]


def _errors(html: str) -> list[str]:
    """Where a page breaks the rules of HTML's syntax: line, column, code of the error."""
    parser = HTMLParser()
    parser.parse(html)
    return [f"{line}:{column} {code}" for (line, column), code, _ in parser.errors]


def _misplaced(html: bytes) -> list[str]:
    """What stands where it may not."""
    root = etree.fromstring(html, etree.HTMLParser(encoding="utf-8"))
    found = [
        f"{one.sourceline}: {said}" for said, path in MISPLACED.items() for one in root.xpath(path)
    ]
    ids = {*root.xpath("//@id")}
    named = {name for value in REFERRING(root) for name in value.split()}
    return found + [f"nothing has the id {name}" for name in sorted(named - ids)]


def test_pages_are_valid(site: Path) -> None:
    files = _sample(site, 2)
    wrong = {
        file.relative_to(site): found
        for file in files
        if (found := _errors(file.read_text(encoding="utf-8")))
    }
    assert len(files) > 50
    assert wrong == {}


def test_nothing_stands_where_it_may_not(site: Path) -> None:
    files = _sample(site, 40)
    wrong = {
        file.relative_to(site): found for file in files if (found := _misplaced(file.read_bytes()))
    }
    assert len(files) > 200
    assert wrong == {}


@pytest.mark.parametrize(
    "html",
    [
        *("<p>a<div></p>", "<b>a", "<p id=x id=y>", "<a href=x&y;>a</a>", "</table>", "<td>a"),
        *("<a href=x>b<a href=y>c</a>", "<img/ alt>", "&nothing;", "<p a\"='b'>"),
    ],
)
def test_bad_syntax_would_be_found(html: str) -> None:
    assert _errors(f"<!doctype html><title>a</title><body>{html}")


@pytest.mark.parametrize(
    "html",
    [
        *("<ul><p>a</p></ul>", "<div><li>a</li></div>", "<button><a>b</a></button>"),
        *("<span><div>a</div></span>", "<label for=x>a</label>", "<input>", "<button></button>"),
        *("<dl><p>a</p></dl>", "<p aria-labelledby=x>a</p>", "<main></main><main></main>"),
    ],
)
def test_what_is_misplaced_would_be_found(html: str) -> None:
    assert _misplaced(f"<!doctype html><title>a</title><body>{html}".encode())


def _watched(page: Page) -> list[str]:
    """What a page asks for and does not get, from now on."""
    missing: list[str] = []
    page.on("requestfailed", lambda asked: missing.append(asked.url))
    page.on("response", lambda got: missing.append(got.url) if got.status >= 400 else None)
    return missing


def test_it_works_below_a_path(chromium: Browser, server: str) -> None:
    """Every address is asked for below the path, and all that a page needs is there."""
    context = chromium.new_context()
    page = context.new_page()
    context.route(
        "**/some/path/**",
        lambda route: route.fulfill(response=route.fetch(
            url=route.request.url.replace("/some/path/", "/"))),
    )  # fmt: skip
    missing, outside = _watched(page), []
    page.on(
        "request",
        lambda asked: (
            outside.append(asked.url)
            if not urlsplit(asked.url).path.startswith("/some/path/")
            else None
        ),
    )
    for address in ("", "models/", "models/olmo-2/", "data/what-if/"):
        page.goto(f"{server}some/path/{address}", wait_until="networkidle")
    page.get_by_role("link", name="Licences").first.click()
    expect(page).to_have_url(f"{server}some/path/licences/")
    page.wait_for_load_state("networkidle")
    context.unroute_all(behavior="ignoreErrors")
    context.close()
    assert (missing, outside) == ([], [])


def test_it_can_be_read_from_a_disk(chromium: Browser, site: Path) -> None:
    """From the home page to a model by links. Searching and narrowing lists need a server."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    whole = re.compile("index\\.html$")  # Once the script has seen to it.
    tab = page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Models")
    expect(tab).to_have_attribute("href", whole)
    tab.click()
    expect(page).to_have_url((site / "models/index.html").as_uri())
    link = page.get_by_role("main").get_by_role("link", name="OLMo 2", exact=True).first
    expect(link).to_have_attribute("href", whole)
    link.click()
    expect(page).to_have_url((site / "models/olmo-2/index.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_contain_text("OLMo 2")
    page.go_back()
    table = page.locator("table.fg-cards tbody tr")
    assert table.count() == table.filter(visible=True).count() > 100
    context.close()
