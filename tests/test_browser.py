"""Of the site in a real browser: nothing is missing, hidden, out of reach or fetched elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

import browser
from copies import ROOT

PAGES = {
    "home": "",
    "catalogue": "models/",
    "model": "models/olmo-2/",
    "licence": "licences/llama-3.1-community/",
    "licences": "licences/",
    "grid": "models/parts/",
    "explainer": "understand/spectrum/",
    "glossary": "understand/glossary/",
    "tools": "run/",
}
OTHERS = [
    *("understand/", "understand/open-and-closed/", "understand/parts/", "models/organisations/"),
    *(
        "licences/explained/",
        "run/hosting/",
        "debate/safety/",
        "debate/",
        "debates/security-risk/",
        "data/",
        "data/contribute/",
    ),
    *("data/references/", "data/method/", "data/audit/", "understand/definitions/"),
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


def _shown(locator: Locator) -> int:
    return sum(each.is_visible() for each in locator.all())


# Every kind of page, narrow and wide, light and dark

LOOKS = [
    pytest.param((address, width, scheme), id=f"{name}-{width}-{scheme}")
    for name, address in PAGES.items()
    for width in (375, 1280)
    for scheme in ("light", "dark")
] + [
    pytest.param((address, width, scheme), id=f"{address}-{width}-{scheme}")
    for address in OTHERS
    for width, scheme in ((375, "light"), (1280, "dark"))
]


@pytest.fixture(scope="module", params=LOOKS)
def view(request: pytest.FixtureRequest, chromium: Browser, server: str) -> Iterator[View]:
    """One page in one look; loaded once for all the tests below."""
    address, width, scheme = request.param
    size: Any = {"width": width, "height": 800}
    context = chromium.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    yield View(context, server, address)
    context.close()


class TestLook:
    def test_says_nothing_and_asks_nobody(self, view: View) -> None:
        view.page.wait_for_load_state("networkidle")
        assert view.complaints == []

    def test_fits(self, view: View) -> None:
        assert view.page.evaluate(OVERFLOW) <= 0

    def test_is_accessible(self, view: View) -> None:
        found = Axe().run(view.page)
        assert found.violations_count == 0, found.generate_report()
        assert len(found.response["passes"]) > 20


@pytest.mark.parametrize("address", ["models/", "models/parts/", "licences/", "run/", ""])
def test_fits_a_very_narrow_screen(visit: Visit, address: str) -> None:
    assert visit(address, 320).evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize(("scheme", "low", "high"), [("light", 0.8, 1), ("dark", 0, 0.1)])
def test_follows_the_colours_of_the_system(
    visit: Visit, scheme: str, low: float, high: float
) -> None:
    page = visit("models/olmo-2/", color_scheme=scheme)
    assert low <= _luminance(page, "body", "backgroundColor") <= high


def _luminance(page: Page, selector: str, which: str) -> float:
    """Of a colour, as WCAG defines it."""
    script = "([selector, which]) => getComputedStyle(document.querySelector(selector))[which]"
    colour = page.evaluate(script, [selector, which])
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


def test_a_table_can_be_scrolled_with_the_keyboard(visit: Visit) -> None:
    page = visit("models/parts/", 375)
    box = page.locator(".fg-scroll").first
    box.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.fg-scroll').scrollLeft > 0")


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
    texts = [row.inner_text() for row in _rows(page).all() if row.is_visible()]
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
    words = f"None of {MODELS} models has all of these words. Try fewer."
    expect(page.get_by_role("status").filter(has_text="models")).to_have_text(words)


def test_the_filter_ignores_case_and_accents(visit: Visit) -> None:
    page = visit("models/?filter=TULU")
    assert "Tülu 3" in [row.locator("th").inner_text() for row in _rows(page).all()]
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
    assert page.locator(".fg-filter").count() == 0


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address", ["models/", "models/olmo-2/", "models/parts/", "licences/families/llama/"]
)
def test_prints(visit: Visit, address: str, scheme: str) -> None:
    page = visit(address, 700, color_scheme=scheme)  # A4, less its margins.
    page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
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
    assert _luminance(page, "article h1", "color") < 0.1
    assert _luminance(page, ".fg-table tbody td", "color") < 0.3
    assert page.pdf().startswith(b"%PDF")


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
