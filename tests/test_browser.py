"""Of the site in a real browser: nothing is missing, hidden, out of reach or fetched elsewhere."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

import axe
import browser
from copies import ROOT
from fieldguide.functions import Functions
from fieldguide.markers import expand
from fieldguide.render import Renderer
from fieldguide.survey import load
from fieldguide.views import Guide

PAGES = {
    "home": "",
    "model": "models/olmo-2/",
    "licence": "licences/llama-3.1-community/",
    "explainer": "understand/spectrum/",
    "glossary": "understand/glossary/",
}
# In one scheme at each width.
OTHERS = [
    *("models/", "licences/", "models/parts/", "run/"),
    *("understand/", "understand/open-and-closed/", "understand/parts/", "models/organisations/"),
    *("licences/explained/", "run/hosting/", "debate/safety/", "debate/"),
    *("debates/security-risk/", "data/", "data/contribute/", "data/references/", "data/method/"),
    *("data/audit/", "data/what-if/", "understand/definitions/"),
    *("understand/definitions/osaid/", "licences/families/llama/", "run/tools/vllm/"),
    *("models/makers/meta/", "404.html"),
]
MODELS = len(list(ROOT.glob("data/models/*.yml")))
OVERFLOW = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


class View:
    """A page in a context of its own, and what it complained of while it was loaded."""

    def __init__(self, context: BrowserContext, server: str, address: str) -> None:
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        note = self.complaints.append
        self.page.on("console", lambda m: note(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: note(f"not caught: {error}"))
        self.page.on(
            "request",
            lambda asked: (
                None if asked.url.startswith((server, "data:")) else note(f"asks for {asked.url}")
            ),
        )
        self.page.on(
            "response", lambda got: note(f"{got.status} {got.url}") if got.status >= 400 else None
        )
        self.page.goto(server + address)


Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, server: str) -> Iterator[Visit]:
    """Opens a page of the site; options are those of a Playwright context."""
    contexts = []

    def open_page(address: str, width: int = 1280, **options: Any) -> Page:
        size: Any = {"width": width, "height": 800}
        contexts.append(chromium.new_context(viewport=size, reduced_motion="reduce", **options))
        return View(contexts[-1], server, address).page

    yield open_page
    for context in contexts:
        context.close()


@contextmanager
def uncomplaining(chromium: Browser, server: str) -> Iterator[Visit]:
    """Opens pages of the site; none may complain, neither while it loads nor of what is done."""
    views: list[View] = []

    def open_page(address: str, width: int = 1280, **options: Any) -> Page:
        size: Any = {"width": width, "height": 900}
        context = chromium.new_context(viewport=size, reduced_motion="reduce", **options)
        views.append(View(context, server, address))
        return views[-1].page

    yield open_page
    complaints = [complaint for view in views for complaint in view.complaints]
    for view in views:
        view.page.context.close()
    assert complaints == []


def settled(page: Page) -> None:
    """Once a list shows what was asked of it: its rows are turned over several frames."""
    expect(page.locator("html.fg-asked, [aria-busy=true]")).to_have_count(0)


def _shown(locator: Locator) -> int:
    settled(locator.page)
    return locator.filter(visible=True).count()


# Every kind of page, narrow and wide, light and dark

LOOKS = [
    pytest.param((address, width, "light"), id=f"{name}-{width}")
    for name, address in PAGES.items()
    for width in (375, 1280)
] + [
    pytest.param((address, width, scheme), id=f"{address}-{width}-{scheme}")
    for address in OTHERS
    for width, scheme in ((375, "light"), (1280, "dark"))
]


@pytest.fixture(scope="module", params=LOOKS)
def view(request: pytest.FixtureRequest, chromium: Browser, server: str) -> Iterator[View]:
    """One page in one look; loaded once for the tests below, in their order: one thins it."""
    address, width, scheme = request.param
    size: Any = {"width": width, "height": 800}
    context = chromium.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    yield View(context, server, address)
    context.close()


class TestLook:
    def test_fits(self, view: View) -> None:
        assert view.page.evaluate(OVERFLOW) <= 0

    def test_is_accessible(self, view: View, request: pytest.FixtureRequest) -> None:
        axe.thin(view.page)
        assert axe.faults(view.page) == ""
        if request.node.callspec.params["view"][0] in PAGES.values():
            assert axe.dark_faults(view.page) == ""

    def test_has_said_nothing_and_asked_nobody(self, view: View) -> None:
        view.page.wait_for_load_state("networkidle")
        assert view.complaints == []


ROW = '<tr><th scope="row"><a href="#r">One</a></th><td>{}</td></tr>'


@pytest.mark.parametrize(
    ("odd", "rule"),
    [
        (ROW.format('<a href="#x"></a>'), "link-name"),
        (ROW.format('<a href="#x" title="">?</a><img src="data:,">'), "image-alt"),
        (ROW.format('<i class="pale">Two</i>'), "color-contrast"),
        (ROW.replace("<td>", '<td class="pale">').format("Two"), "color-contrast"),
        (ROW.format('<i aria-hidden="true"><a href="#x">Two</a></i>'), "aria-hidden-focus"),
        (ROW.format("Two"), ""),
    ],
)
def test_one_odd_row_in_a_thousand_would_be_found(chromium: Browser, odd: str, rule: str) -> None:
    page = chromium.new_page()
    rows = [ROW.format("Two")] * 1000
    rows[700] = odd
    page.set_content(
        '<!doctype html><html lang="en"><title>T</title><style>.pale { color: #ddd }</style><main>'
        "<article><h1>T</h1><p>A text.</p><label>L <input></label><button>B</button><ul><li>I</ul>"
        f'<h2 id="r">R</h2><table><tbody>{"".join(rows)}</table></article></main>'
    )
    axe.thin(page)
    assert page.locator("tr").count() == 3 + bool(rule)
    found = axe.faults(page)
    assert (rule in found) if rule else not found
    page.close()


# The longest lists, as they are.
@pytest.mark.parametrize("address", ["models/", "licences/"])
def test_is_accessible_as_a_whole(visit: Visit, address: str) -> None:
    """By all rules but that of contrast, for which three rows of a kind are enough."""
    page = visit(address)
    assert axe.faults(page, rules={"color-contrast": {"enabled": False}}) == ""


@pytest.mark.parametrize(
    "address", ["models/", "models/olmo-2/", "models/parts/", "licences/", "run/", ""]
)
def test_fits_a_very_narrow_screen(visit: Visit, address: str) -> None:
    page = visit(address, 320)
    assert page.evaluate(OVERFLOW) <= 0
    # What a box hides at its edge does not count there.
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText)"
    assert page.locator("summary:visible").evaluate_all(cut) == []


def test_small_things_of_a_page_fit_a_phone(visit: Visit, server: str) -> None:
    """A table of few columns needs no scrolling, and no heading ends with a line for its link."""
    page = visit("", 375)
    for address in ("", "models/makers/mistral-ai/", "understand/definitions/osaid/"):
        page.goto(server + address)
        alone = """(all) => all.filter((link) => {
            const range = document.createRange();
            range.setStart(link.parentElement, 0);
            range.setEndBefore(link);
            const lines = [...range.getClientRects()];
            return link.getBoundingClientRect().top >= lines.at(-1).bottom;
        }).map((link) => link.parentElement.textContent)"""
        assert page.locator("article .headerlink").evaluate_all(alone) == []
        for table in page.locator(".fg-scroll:not(:has(td:nth-child(4), .fg-counts))").all():
            assert table.evaluate("(box) => box.scrollWidth - box.clientWidth") <= 0


def test_tables_within_texts_are_short_and_whole_on_a_phone(visit: Visit, server: str) -> None:
    """Cards rather than columns out of sight; long lists stay in a box, and facts that are no more
    than one line share it."""
    page = visit("understand/open-washing/", 375)
    for address in (
        *("understand/open-washing/", "understand/definitions/", "understand/open-and-closed/"),
        *("licences/shipping/", "licences/families/llama/", "debate/", "data/audit/"),
    ):
        page.goto(server + address)
        boxes = page.locator(".fg-scroll:has(.fg-words)").all()
        assert boxes
        for box in boxes:
            assert box.evaluate("box => box.scrollWidth - box.clientWidth") <= 0, address
        long = page.locator(".fg-scroll:has(.fg-long.fg-words)").evaluate_all(
            "boxes => boxes.map(box => box.offsetHeight)"
        )
        assert all(height < 800 for height in long)
        label = "td => getComputedStyle(td, '::before').content"
        assert page.locator(".fg-words td[data-label]").first.evaluate(label) not in ("none", "")
    page.goto(server + "run/locally/")
    row = page.get_by_role("region", name="Tools: Desktop application").locator("tbody tr").first
    expect(row.locator("td:visible")).to_have_count(3)
    page.goto(server + "run/")
    assert page.locator("tbody tr:not(.fg-group)").first.locator("td:visible").count() == 6
    page.goto(server + "models/organisations/")
    row = page.locator("tbody tr").filter(has_text="Mistral AI").first
    assert len({cell.bounding_box()["y"] for cell in row.locator("td:visible").all()}) == 1  # type: ignore[index]


def test_models_within_a_text_need_no_scrolling_to_the_side(visit: Visit, server: str) -> None:
    page = visit("understand/spectrum/")
    for address in ("understand/spectrum/", "understand/why-companies/"):
        page.goto(server + address)
        box = page.locator(".fg-scroll[aria-label^='Models:']")
        assert box.evaluate("box => box.scrollWidth - box.clientWidth") <= 0


@pytest.mark.parametrize(("scheme", "low", "high"), [("light", 0.8, 1), ("dark", 0, 0.1)])
def test_follows_the_colours_of_the_system(
    visit: Visit, scheme: str, low: float, high: float
) -> None:
    page = visit("models/olmo-2/", color_scheme=scheme)
    assert low <= _luminance(page, "body", "backgroundColor") <= high


def _luminance(page: Page, selector: str, which: str) -> float:
    """Of a colour, as WCAG defines it."""
    script = "([selector, which]) => getComputedStyle(document.querySelector(selector))[which]"
    return _relative(page.evaluate(script, [selector, which]))


def _contrast(one: float, other: float) -> float:
    """Of two luminances, as WCAG defines it."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _relative(colour: str) -> float:
    """The luminance of a colour of CSS."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(x * y for x, y in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


# Keyboard


def test_the_first_tab_reaches_the_skip_link(visit: Visit) -> None:
    page = visit("models/olmo-2/")
    page.keyboard.press("Tab")
    link = page.locator(".md-skip")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport(ratio=1)
    expect(link).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#olmo-2$"))
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('article')")


@pytest.mark.parametrize("address", ["", "models/", "understand/spectrum/"])
def test_what_has_the_focus_shows_it(visit: Visit, address: str) -> None:
    page = visit(address)
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        html, style, width = page.evaluate(
            """() => {
              const style = getComputedStyle(document.activeElement);
              const html = document.activeElement.outerHTML.slice(0, 120);
              return [html, style.outlineStyle, parseFloat(style.outlineWidth)];
            }"""
        )
        assert style != "none", html
        assert width >= 1, html
        seen.add(html)
    assert len(seen) > 30


_STOP = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const seen = box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
  return [at.outerHTML.slice(0, 120), seen && style.visibility === "visible"];
}"""


@pytest.mark.parametrize("address", ["", "run/cost/"])
def test_the_keyboard_meets_nothing_hidden_at_twice_the_size(visit: Visit, address: str) -> None:
    """A desk's screen at 200 % has the theme's narrow layout, with its menu shut away."""
    page = visit(address, width=640)
    menu = page.get_by_role("button", name="Navigation")
    for _ in range(45):
        page.keyboard.press("Tab")
        html, seen = page.evaluate(_STOP)
        assert seen or "__palette" in html, html  # Its label has the mark.
    for key in ("Enter", " "):
        menu.focus()
        page.keyboard.press(key)
        expect(menu).to_have_attribute("aria-expanded", "true")
        expect(page.locator(".md-sidebar--primary")).to_be_in_viewport()
        assert axe.faults(page, ".md-sidebar--primary") == ""
        page.keyboard.press("Escape")
        expect(menu).to_have_attribute("aria-expanded", "false")
        expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    page.locator(".md-content__button").focus()  # It shuts behind who leaves it.
    expect(menu).to_have_attribute("aria-expanded", "false")
    # What the theme shows as a tooltip, it takes from the link: a name must stay.
    expect(page.locator(".md-content__button")).not_to_have_attribute("title", re.compile("."))
    expect(page.locator(".md-content__button")).to_have_accessible_name("Edit this page")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(menu).to_be_hidden()  # All that it has stands beside the text.


def test_the_menu_opens_by_keyboard_without_scripts(visit: Visit) -> None:
    page = visit("run/cost/", width=640, java_script_enabled=False)
    links = page.locator(".md-sidebar--primary a")
    expect(links.first).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(links.first).to_be_visible()


def test_a_table_can_be_scrolled_with_the_keyboard(visit: Visit) -> None:
    page = visit("models/parts/", 375)
    box = page.locator(".fg-scroll").first
    box.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    end = time.monotonic() + 30  # `wait_for_function` asks with `eval`, which the policy refuses.
    while not box.evaluate("box => box.scrollLeft"):
        assert time.monotonic() < end, "the keys did not move the table"


# Filter, look-up and search


def _rows(page: Page) -> Locator:
    return page.locator(".fg-cards tbody tr")


def test_the_filter_narrows_the_catalogue(visit: Visit) -> None:
    page = visit("models/")
    status = page.get_by_role("status").filter(has_text="models")
    expect(status).to_have_text(f"{MODELS} of {MODELS} models")
    box = page.get_by_role("searchbox", name="Filter models")
    box.fill("olmo allen")
    shown = _shown(_rows(page))
    assert 0 < shown < 20
    expect(status).to_have_text(f"{shown} of {MODELS} models")
    texts = _rows(page).filter(visible=True).all_inner_texts()
    assert len(texts) == shown
    assert all("olmo" in text.lower() and "Allen" in text for text in texts)

    expect(page).to_have_url(re.compile(r"/models/\?filter=olmo\+allen$"))
    page.reload()
    expect(box).to_have_value("olmo allen")
    assert _shown(_rows(page)) == shown

    box.fill("")
    expect(page).to_have_url(re.compile(r"/models/$"))
    assert _shown(_rows(page)) == MODELS


def test_the_filter_says_when_nothing_is_left(visit: Visit) -> None:
    page = visit("models/?filter=no+such+model")
    assert _shown(_rows(page)) == 0
    words = f"None of {MODELS} models fits. Without “no such model” there would be {MODELS}."
    expect(page.get_by_role("status").filter(has_text="models")).to_have_text(words)


def test_the_filter_ignores_case_and_accents(visit: Visit) -> None:
    page = visit("models/?filter=TULU")
    settled(page)
    assert "Tülu 3" in _rows(page).locator("th").all_inner_texts()
    plain = _shown(_rows(page))
    assert plain > 0
    page.get_by_role("searchbox", name="Filter models").fill("tülu")
    assert _shown(_rows(page)) == plain


def test_a_question_in_the_address_is_only_text(visit: Visit) -> None:
    page = visit("models/?filter=<img src=x onerror=alert(1)>")
    box = page.get_by_role("searchbox", name="Filter models")
    expect(box).to_have_value("<img src=x onerror=alert(1)>")
    assert page.locator("img[src=x]").count() == 0


def test_the_home_page_looks_up(visit: Visit) -> None:
    page = visit("")
    box = page.get_by_label("Look up a model, a maker or a licence")
    box.fill("bloom")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/models/\?filter=bloom$"))
    expect(page.get_by_role("searchbox", name="Filter models")).to_have_value("bloom")
    assert 0 < _shown(_rows(page)) < 20
    expect(page.locator("#__search")).not_to_be_checked()  # Nothing lies over the answer.


def test_the_search_finds_a_model(visit: Visit) -> None:
    page = visit("understand/")
    page.locator(".md-search__input").click()
    page.keyboard.type("OLMo 2")
    titles = page.locator(".md-search-result__item h1")
    right = titles.filter(has_text=re.compile(r"^\s*OLMo 2\s*$"))
    expect(right).to_be_visible()
    assert "OLMo 2" in titles.all_inner_texts()[:3]
    right.click()
    expect(page).to_have_url(re.compile(r"/models/olmo-2/"))
    expect(page.locator("article h1")).to_contain_text("OLMo 2")


def test_works_without_scripts(visit: Visit) -> None:
    page = visit("", java_script_enabled=False)
    page.get_by_label("Look up a model, a maker or a licence").fill("bloom")
    page.get_by_role("button", name="Look up").click()
    expect(page).to_have_url(re.compile(r"/models/\?filter=bloom$"))
    assert _shown(_rows(page)) == MODELS
    assert _shown(page.locator(".fg-filter, .fg-controls")) == 0


def test_works_below_a_path(
    chromium: Browser, serve: Callable[[Path], str], site: Path, tmp_path: Path
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "path").symlink_to(site)
    context = chromium.new_context()
    view = View(context, serve(tmp_path), "sub/path/")
    view.page.get_by_role("link", name="All models").first.click()
    _rows(view.page).get_by_role("link", name="OLMo 2", exact=True).click()
    expect(view.page).to_have_url(re.compile(r"/sub/path/models/olmo-2/$"))
    view.page.locator(".md-search__input").click()
    view.page.keyboard.type("Bloom")
    expect(view.page.locator(".md-search-result__link").first).to_be_visible()
    assert view.complaints == []
    context.close()


# The content security policy, as every page has it and as `_headers` has it


def _headers(site: Path) -> dict[str, str]:
    """What a host that reads `_headers` sends with every file."""
    first, *lines = (site / "_headers").read_text(encoding="utf-8").splitlines()
    assert first == "/*"
    return dict(line.strip().split(": ", 1) for line in lines)


@pytest.fixture(scope="module")
def guarded(chromium: Browser, site: Path) -> Iterator[BrowserContext]:
    """A context in which the site comes with the headers that it asks for."""
    context = chromium.new_context(reduced_motion="reduce")
    headers = _headers(site)
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers=response.headers | headers)

    context.route("**/*", answer)
    yield context
    context.unroute_all(behavior="ignoreErrors")
    context.close()


def _fitted(page: Page) -> None:
    form = page.get_by_role("form", name="Your machine")
    form.get_by_label("Your machine").select_option(index=1)
    expect(form.get_by_role("status")).to_contain_text("All models that fit in")


def _filtered(page: Page) -> None:
    expect(page.locator(".fg-chosen button")).to_contain_text("16 GB")
    page.get_by_role("searchbox", name="Filter models").fill("olmo")
    settled(page)
    assert 0 < _shown(_rows(page)) < 20


def _compared(page: Page) -> None:
    expect(page.locator(".fg-compare th").filter(has_text="OLMo 2").first).to_be_visible()


def _judged(page: Page) -> None:
    page.get_by_label("Whole release", exact=True).select_option(label="Apache 2.0")
    expect(page.get_by_role("radio", name="Not offered")).to_be_checked()


def _costed(page: Page) -> None:
    page.locator(".fg-cost input:visible").first.fill("10")
    expect(page).to_have_url(re.compile(r"\?\w+=10$"))


# Each kind of page, and what a reader does there.
USED: dict[str, Callable[[Page], None]] = {
    "": lambda page: None,
    "models/olmo-2/": _fitted,
    "licences/llama-3.1-community/": lambda page: None,
    "understand/spectrum/": lambda page: None,
    "models/?memory=16": _filtered,
    "compare/?models=olmo-2,llama-3-1": _compared,
    "data/what-if/": _judged,
    "run/cost/": _costed,
    "debates/security-risk/": lambda page: None,
}


@pytest.mark.parametrize("address", USED)
def test_works_under_its_policy(guarded: BrowserContext, server: str, address: str) -> None:
    view = View(guarded, server, address)
    USED[address](view.page)
    view.page.locator(".md-search__input").click()
    view.page.keyboard.type("Bloom")
    expect(view.page.locator(".md-search-result__link").first).to_be_visible()
    view.page.wait_for_load_state("networkidle")
    assert view.complaints == []
    view.page.close()


@pytest.mark.parametrize("address", ["index.html", "models/olmo-2/index.html"])
def test_a_page_opened_as_a_file_keeps_its_looks(
    chromium: Browser, site: Path, address: str
) -> None:
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{site.as_uri()}/{address}")
    assert page.locator(".md-header").evaluate("e => getComputedStyle(e).position") == "sticky"
    expect(page.locator("html")).to_have_class(re.compile(r"\bjs\b"))
    assert [text for text in said if "Content Security Policy" in text] == []
    page.close()


def test_nothing_that_got_into_an_article_runs(guarded: BrowserContext, server: str) -> None:
    """Were an escape forgotten: scripts, handlers, frames, styles and forms are still refused."""
    got_in = """<script>window.ran = 1</script><img src="x" onerror="window.ran = 2">
        <a href="javascript:window.ran = 3">x</a><iframe src="https://evil.example/"></iframe>
        <base href="https://evil.example/"><style>article { display: none }</style>
        <img src="https://evil.example/x.png"><p style="position: fixed">x</p>"""
    page = guarded.new_page()
    failed: list[str | None] = []
    page.on("requestfailed", lambda request: failed.append(request.failure))
    page.on("response", lambda response: failed.append(f"{response.url} came"))

    def answer(route: Route) -> None:
        response = route.fetch()
        html = response.text()
        assert html.count("</h1>") == 1
        route.fulfill(response=response, body=html.replace("</h1>", f"</h1>{got_in}"))

    page.route("**/understand/spectrum/", answer)
    page.goto(f"{server}understand/spectrum/")
    page.get_by_role("link", name="x", exact=True).click()
    expect(page.locator("article h1")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.baseURI") == page.url
    assert (
        page.locator("p", has_text=re.compile("^x$")).evaluate("p => getComputedStyle(p).position")
        == "static"
    )
    assert "csp" in failed
    assert not [line for line in failed if "evil.example" in (line or "")]
    page.unroute_all(behavior="ignoreErrors")
    page.close()


# Tooltips, tables, paper


def test_a_term_shows_its_definition(visit: Visit) -> None:
    page = visit("understand/spectrum/")
    term = page.locator("a.fg-term").first
    definition = term.get_attribute("title") or ""
    assert len(definition) > 20
    term.hover()
    tooltip = page.get_by_role("tooltip")
    expect(tooltip).to_be_visible()
    expect(tooltip).to_have_text(definition)


def _box(locator: Locator) -> Any:
    """Where an element stands in the window."""
    box = locator.bounding_box()
    assert box
    return box


@pytest.mark.parametrize("address", ["models/parts/", "licences/", "understand/spectrum/"])
def test_names_stay_in_view_beside_a_wide_table(visit: Visit, address: str) -> None:
    page = visit(address, 375)
    box = page.locator(".fg-scroll", has=page.locator(".fg-grid, .fg-matrix")).first
    row = box.locator("tbody tr:not(.fg-group)").nth(3)
    name, cell = row.locator("th"), row.locator("td").first
    box.scroll_into_view_if_needed()
    before, there = _box(name), _box(cell)
    assert before["x"] >= _box(box)["x"]
    assert box.evaluate("box => { box.scrollLeft = 150; return box.scrollLeft; }") == 150
    assert _box(name)["x"] == pytest.approx(before["x"], abs=2)
    assert _box(cell)["x"] == pytest.approx(there["x"] - 150, abs=2)
    head = box.locator("thead tr").last.locator("th").first
    assert _box(head)["x"] == pytest.approx(before["x"], abs=2)


def test_heads_stay_in_view_above_a_long_table(visit: Visit) -> None:
    page = visit("models/parts/")
    box = page.locator(".fg-scroll").first
    heads = box.locator("thead tr").nth(1).locator("th").nth(2)
    there = _box(heads)
    assert box.evaluate("box => { box.scrollTop = 900; return box.scrollTop; }") == 900
    assert _box(box)["y"] <= _box(heads)["y"] <= there["y"]


@pytest.mark.parametrize(
    "address", ["models/", "models/olmo-2/", "models/parts/", "licences/families/llama/"]
)
def test_prints(visit: Visit, address: str) -> None:
    page = visit(address, 700, color_scheme="light")  # A4, less its margins.
    page.emulate_media(media="print")
    for hidden in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".fg-filter"):
        assert _shown(page.locator(hidden)) == 0, hidden
    clipped = page.evaluate(
        """() => [...document.querySelectorAll(".fg-scroll")].filter((box) => {
          const style = getComputedStyle(box);
          const table = box.querySelector("table").getBoundingClientRect();
          return style.overflow !== "visible" || style.maxHeight !== "none"
            || table.right > innerWidth + 1;
        }).map((box) => box.getAttribute("aria-label"))"""
    )
    assert clipped == []
    schemes: list[Literal["light", "dark"]] = ["light", "dark"]
    for scheme in schemes:
        axe.colour(page, scheme)
        assert _luminance(page, "article h1", "color") < 0.1, scheme
        assert _luminance(page, ".fg-table tbody td", "color") < 0.3, scheme
    assert page.pdf().startswith(b"%PDF")


# Pictures: all of them on one page of the site, in place of its article

MARKERS = [
    *("spectrum()", "parts_chart()", "licence_chart()", "licences_over_time_chart()"),
    *("tools_chart()", "releases_chart()", "verdicts_chart()", "sizes_chart()", "tools_map()"),
    *('lineage("llama")', 'lineage("mistral")', 'licence_matrix("llama-3.1-community")'),
]
DRAWN = 7  # As many of them are drawings; the others are lists and tables to begin with.


@pytest.fixture(scope="module")
def gallery(site: Path) -> str:
    """The HTML of the page."""
    here = "understand/parts/"
    functions = Functions(Renderer(ROOT, Guide(load(ROOT))), here).vocabulary()
    found = expand("\n\n".join(f"{{{{ {call} }}}}" for call in MARKERS), "a.md", functions)
    assert found.problems == []
    html = (site / here / "index.html").read_text(encoding="utf-8")
    before, _, rest = html.partition("<article")
    tag, _, rest = rest.partition(">")
    after = rest.partition("</article>")[2]
    assert " style=" not in found.fill(found.markdown)
    head = '<h1 id="the-parts-of-an-ai-system">Pictures</h1>'
    return f"{before}<article{tag}>{head}{found.fill(found.markdown)}</article>{after}"


@pytest.fixture(
    params=[(w, s) for w in (375, 1280) for s in ("light", "dark")], ids=lambda p: f"{p[0]}-{p[1]}"
)
def pictures(
    request: pytest.FixtureRequest, chromium: Browser, server: str, gallery: str
) -> Iterator[Page]:
    width, scheme = request.param
    size: Any = {"width": width, "height": 800}
    context = chromium.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    address = server + "understand/parts/"
    context.route(address, lambda route: route.fulfill(body=gallery, content_type="text/html"))
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


class TestPictures:
    def test_each_has_a_name_and_a_table_behind_it(self, pictures: Page) -> None:
        images = pictures.locator("figure svg[role=img]")
        assert images.count() == DRAWN
        names = set()
        for image in images.all():
            ids = (image.get_attribute("aria-labelledby") or "").split()
            title, text = (pictures.locator(f"[id='{id_}']").text_content() or "" for id_ in ids)
            assert len(title) > 20
            assert len(text) > 60
            names.add(title)
            expect(pictures.get_by_role("img", name=title)).to_have_count(1)
            figure = image.locator("xpath=..")
            table = figure.locator("details table")
            expect(table).to_be_hidden()
            figure.locator("summary").focus()
            pictures.keyboard.press("Enter")
            expect(table).to_be_visible()
            assert table.locator("tbody tr").count() > 2
            assert table.locator("tbody td").first.inner_text()
        assert len(names) == DRAWN

    def test_is_accessible(self, pictures: Page) -> None:
        assert axe.faults(pictures) == ""

    def test_fits_and_can_be_read(self, pictures: Page) -> None:
        assert pictures.evaluate(OVERFLOW) <= 0
        texts = pictures.evaluate(
            """() => [...document.querySelectorAll("figure svg[role=img]")].map((svg) => {
              const box = svg.getBoundingClientRect();
              return [...svg.querySelectorAll("text")].map((text) => {
                const own = text.getBoundingClientRect();
                const scale = text.getScreenCTM().d;
                return {
                  words: text.textContent,
                  size: parseFloat(getComputedStyle(text).fontSize) * scale,
                  out: Math.max(box.left - own.left, own.right - box.right, box.top - own.top,
                    own.bottom - box.bottom),
                  left: own.left, right: own.right, top: own.top, bottom: own.bottom,
                };
              });
            })"""
        )
        assert len(texts) == DRAWN
        for each in texts:
            assert [t["words"] for t in each if t["size"] < 11] == []
            assert [t["words"] for t in each if t["out"] > 1] == []
            covered = [
                (a["words"], b["words"])
                for index, a in enumerate(each)
                for b in each[index + 1 :]
                if min(a["right"], b["right"]) - max(a["left"], b["left"]) > 0
                and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > 3
            ]
            assert covered == []

    def test_words_stay_within_their_bars(self, pictures: Page) -> None:
        out = pictures.evaluate(
            """() => [...document.querySelectorAll("figure svg[role=img] g:has(> text)")].filter(
              (g) => {
                const bar = g.querySelector("rect").getBoundingClientRect();
                const text = g.querySelector("text").getBoundingClientRect();
                return text.left < bar.left || text.right > bar.right;
              }).map((g) => g.textContent)"""
        )
        assert out == []

    def test_follows_the_colours_of_the_system(self, pictures: Page) -> None:
        colours = pictures.evaluate(
            """() => [...document.querySelectorAll("figure svg g:has(> text)")].map((g) => [
              getComputedStyle(g.querySelector("rect")).fill,
              getComputedStyle(g.querySelector("text")).fill,
              g.getAttribute("class"),
            ])"""
        )
        assert len({tone for _, _, tone in colours}) > 15
        for bar, text, tone in colours:
            assert _contrast(_relative(bar), _relative(text)) >= 4.5, (tone, bar, text)
        dark = pictures.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        ground = _luminance(pictures, "body", "backgroundColor")
        label = _luminance(pictures, "figure svg[role=img] > text", "fill")
        assert (label > ground) == dark
        assert _contrast(label, ground) >= 7
        bars = pictures.locator("figure .fg-tone-released rect")
        assert (_relative(bars.first.evaluate("r => getComputedStyle(r).fill")) > 0.3) == dark


def test_a_picture_prints_in_dark_ink(chromium: Browser, server: str, gallery: str) -> None:
    context = chromium.new_context(viewport={"width": 700, "height": 800}, color_scheme="dark")
    address = server + "understand/parts/"
    context.route(address, lambda route: route.fulfill(body=gallery, content_type="text/html"))
    page = context.new_page()
    page.goto(address)
    page.emulate_media(media="print", color_scheme="dark")
    assert _luminance(page, "figure svg[role=img] > text", "fill") < 0.1
    wide = """() => [...document.querySelectorAll("figure table, figure svg")]
      .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
      .map((each) => each.textContent.slice(0, 60))"""
    assert page.evaluate(wide) == []
    context.close()


# The choice of the browser itself


class _Machine:
    """A machine with some commands; `install` puts `chromium` there, if `packaged`."""

    def __init__(self, *commands: str, packaged: bool = True) -> None:
        self.commands, self.packaged, self.asked = [*commands], packaged, 0

    def which(self, name: str) -> str | None:
        return f"/bin/{name}" if name in self.commands else None

    def install(self) -> bool:
        self.asked += 1
        if self.packaged:
            self.commands.append("chromium")
        return self.packaged

    def find(self, own: Path, *, root: bool = False) -> str:
        return browser.find(own, root=root, which=self.which, install=self.install)


class TestBrowser:
    def test_is_the_one_on_the_path(self, tmp_path: Path) -> None:
        own = tmp_path / "own"
        own.touch()
        assert _Machine("google-chrome", "chrome").find(own) == "/bin/google-chrome"
        assert _Machine("chrome", "apt-get", "chromium").find(own, root=True) == "/bin/chromium"

    def test_is_else_that_of_playwright(self, tmp_path: Path) -> None:
        own = tmp_path / "own"
        own.touch()
        machine = _Machine("apt-get")
        assert machine.find(own, root=True) == str(own)
        assert machine.asked == 0

    def test_is_else_installed_by_root(self, tmp_path: Path) -> None:
        machine = _Machine("apt-get")
        assert machine.find(tmp_path / "own", root=True) == "/bin/chromium"
        assert machine.asked == 1

    @pytest.mark.parametrize(
        ("machine", "root"),
        [
            (_Machine(), True),
            (_Machine("apt-get"), False),
            (_Machine("apt-get", packaged=False), True),
        ],
        ids=["no apt-get", "not root", "no package"],
    )
    def test_is_else_asked_for_in_one_sentence(
        self, tmp_path: Path, machine: _Machine, root: bool
    ) -> None:
        with pytest.raises(browser.NoBrowser) as raised:
            machine.find(tmp_path / "own", root=root)
        assert str(raised.value) == (
            "The browser tests need Chromium: install the package `chromium` of your system "
            "or run `python -m playwright install chromium`."
        )

    def test_runs_as_root_without_its_sandbox(self) -> None:
        assert "--no-sandbox" in browser.flags(root=True)
        assert "--no-sandbox" not in browser.flags(root=False)
