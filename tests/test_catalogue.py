"""The catalogue as its readers use it: search, facets, order, columns, address, downloads."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import axe
import samples
from fieldguide import memory
from fieldguide.records import Model
from fieldguide.uses import May, answer
from fieldguide.views import Guide
from test_browser import OVERFLOW, settled, uncomplaining

GUIDE = Guide(samples.real())
LIBRARY = GUIDE.library
NAMES = [model.name for model in GUIDE.choose("models")]
PHONE = 375
COLUMNS = [
    *("Model", "Maker", "Released", "In and out", "Size", "Context", "Step on the spectrum"),
    *(d.short for d in GUIDE.definitions if d.formal),
    "Licence of the weights",
]

Open = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, server: str) -> Iterator[Open]:
    """Opens a page and waits for its form."""
    with uncomplaining(chromium, server) as visit:

        def open_page(address: str = "models/", width: int = 1280, **options: Any) -> Page:
            page = visit(address, width, **options)
            if page.locator(".fg-controls:visible").count():
                expect(page.get_by_role("button", name="Reset")).to_be_enabled()
            return page

        yield open_page


def names(page: Page, rows: str = "tbody tr:not(.fg-group)") -> list[str]:
    """The names in the rows that are shown, in their order."""
    settled(page)
    script = """rows => rows.filter((row) => !row.closest(".fg-out"))
      .map((row) => row.querySelector("th").textContent.trim())"""
    found: list[str] = page.locator(f".fg-filtered {rows}").evaluate_all(script)
    return found


def status(page: Page) -> Locator:
    return page.locator(".fg-controls [role=status]")


def panel(page: Page, name: str) -> Locator:
    """The panel behind a button of the form, opened."""
    button = page.locator(".fg-bar").get_by_role("button", name=name)
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    return page.locator(".fg-panel")


def box(inside: Locator, legend: str, label: str) -> Locator:
    """A box to tick, by the question it answers and its label."""
    group = inside.get_by_role("group", name=legend, exact=True)
    return group.get_by_role("checkbox", name=re.compile(rf"^{re.escape(label)}( [\d,]+)?$"))


def expect_models(page: Page, test: Callable[[Model], object]) -> list[str]:
    """That just these are shown, in the order of the page."""
    wanted = [model.name for model in GUIDE.choose("models") if test(model)]
    assert 0 < len(wanted) < len(NAMES), "the test would show nothing"
    expect(status(page)).to_have_text(f"{len(wanted)} of {len(NAMES)} models")
    assert names(page) == wanted
    return wanted


# Search


def test_typing_narrows_at_every_key(visit: Open) -> None:
    page = visit()
    page.get_by_role("searchbox", name="Filter models").focus()
    before = len(NAMES) + 1
    for typed, key in enumerate("olmo", 1):
        page.keyboard.press(key)
        word = "olmo"[:typed]
        now = int((status(page).text_content() or "").split(" of ")[0])
        assert 0 < now <= before
        assert all(name in names(page) for name in NAMES if word in name.lower())
        before = now


def test_words_may_change_in_any_way(visit: Open) -> None:
    """Longer and shorter words look only at some rows again; all others at all of them."""
    ways = ("mi", "mistral", "mis", "st", "st mi", "mixtral 8", "8", "zzzz", "zz", "o")
    fresh = {words: names(visit(f"models/?filter={words}")) for words in ways}
    assert 0 < len(fresh["mistral"]) < len(fresh["mi"])
    page = visit()
    for words in (*ways, *reversed(ways)):
        page.get_by_role("searchbox", name="Filter models").fill(words)
        assert names(page) == fresh[words], words


@pytest.mark.parametrize("width", [320, PHONE])
def test_values_of_a_card_stand_beside_their_labels(visit: Open, width: int) -> None:
    page = visit("models/?memory=24", width=width)  # Some fit by their weights alone, and say so.
    settled(page)
    lefts = """rows => rows.slice(0, 20).flatMap((row) => [...row.cells].slice(1).map((cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      const edge = cell.getBoundingClientRect().left;
      const lefts = [...range.getClientRects()].map((one) => one.left - edge);
      return [cell.textContent, Math.min(...lefts), Math.max(...lefts)];
    }))"""
    cells = page.locator(".fg-catalogue tbody tr:not(.fg-out)").evaluate_all(lefts)
    assert len(cells) > 100
    start = max(left for _, left, _ in cells)
    assert start > 100
    for text, left, _ in cells:
        assert start - 1 <= left <= start, text


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_what_is_in_sight_is_right_at_the_key_and_the_rest_follows(visit: Open, width: int) -> None:
    """Looked at within the event: no frame comes between, so none shows what does not fit."""
    page = visit(width=width)
    settled(page)
    typing = """(words) => {
      const field = document.querySelector(".fg-find input");
      field.value = words;
      field.dispatchEvent(new Event("input"));
      const near = (row) => !row.closest(".fg-out")
        && row.getBoundingClientRect().top < innerHeight;
      return [document.querySelector(".fg-controls [role=status]").textContent,
        [...document.querySelectorAll(".fg-catalogue tbody tr")].filter(near)
          .map((row) => row.querySelector("th").textContent.trim())];
    }"""
    page.locator(".fg-catalogue").evaluate("table => table.scrollIntoView()")
    for words in ("gemma", "", "a", "llama", "zzzz", "apache"):
        said, seen = page.evaluate(typing, words)
        found = names(page)
        assert seen == found[: len(seen)], words
        assert bool(seen) == bool(found), words
        assert f"{len(found) or 'None'} of {len(NAMES)} models" in said


def test_paper_has_just_what_fits(visit: Open) -> None:
    page = visit()
    settled(page)
    printing = """() => {
      const shown = () => [...document.querySelectorAll(".fg-catalogue tbody tr")]
        .filter((row) => !row.closest(".fg-out")).length;
      const field = document.querySelector(".fg-find input");
      field.value = "2";
      field.dispatchEvent(new Event("input"));
      const first = shown();
      dispatchEvent(new Event("beforeprint"));
      return [first, shown(), document.querySelector(".fg-controls [role=status]").textContent];
    }"""
    first, printed, said = page.evaluate(printing)
    assert f"{printed} of {len(NAMES)} models" == said
    assert first != printed  # What is far below had not followed yet.


def test_the_search_knows_families_all_makers_and_full_names_of_licences(visit: Open) -> None:
    shared = next(m for m in GUIDE.choose("models") if len(m.developers) > 1)
    second = LIBRARY.organisations[shared.developers[1]].name
    assert shared.name in names(visit(f"models/?filter={second}"))
    licence = LIBRARY.licences["apache-2.0"]
    assert "License" in licence.name
    assert "License" not in licence.short
    found = names(visit(f"models/?filter={licence.name}"))
    assert {*found} == {model.name for model in GUIDE.models_under(licence.id)[0]}
    family = LIBRARY.label("families", LIBRARY.models["mixtral-8x7b"].family)
    page = visit(f"models/?filter={family}")
    assert LIBRARY.models["mixtral-8x7b"].name in names(page)


# Facets


def test_a_facet_narrows_to_what_its_number_promised(visit: Open) -> None:
    page = visit()
    tick = box(panel(page, "Access and licence"), "Access", LIBRARY.label("access", "api"))
    promised = tick.locator("xpath=..").locator("small").inner_text()
    tick.check()
    assert len(expect_models(page, lambda m: m.access == "api")) == int(promised)


def test_facets_and_words_combine(visit: Open) -> None:
    page = visit()
    inside = panel(page, "Kind")
    box(inside, "What goes in", "Image").check()
    box(inside, "What comes out", "Text").check()
    expect_models(page, lambda m: "image" in m.kind.input and "text" in m.kind.output)
    box(inside, "What goes in", "Video").check()  # One or the other.
    both = {"image", "video"}
    expect_models(page, lambda m: both & {*m.kind.input} and "text" in m.kind.output)
    box(panel(page, "Year"), "Released", "2025").check()
    page.get_by_role("searchbox", name="Filter models").fill("alibaba")

    def test(m: Model) -> object:
        kind = both & {*m.kind.input} and "text" in m.kind.output
        return kind and (m.released or "").startswith("2025") and "alibaba" in m.developers

    expect_models(page, test)
    assert page.get_by_role("list", name="Choices").get_by_role("button").all_inner_texts() == [
        "What goes in: Image",
        "What goes in: Video",
        "What comes out: Text",
        "Released: 2025",
    ]


def test_openness_by_each_definition(visit: Open) -> None:
    page = visit()
    inside = panel(page, "Openness")
    for definition in GUIDE.definitions:
        if definition.id == GUIDE.spectrum.id:
            continue
        rung = next(r for r in definition.rungs if r.id == definition.open_from)
        tick = box(inside, definition.name, rung.label)
        tick.check()
        key = definition.id
        expect_models(page, lambda m, key=key, rung=rung: GUIDE.verdict(m, key).reached == rung)
        tick.uncheck()
    expect(status(page)).to_have_text(f"{len(NAMES)} of {len(NAMES)} models")
    label = GUIDE.spectrum.rungs[-1].label
    box(panel(page, "Step"), GUIDE.spectrum.name, f"{len(GUIDE.spectrum.rungs)} {label}").check()
    expect_models(page, lambda m: GUIDE.step(m) == len(GUIDE.spectrum.rungs))


@pytest.mark.parametrize(("choice", "least"), [("Yes", May.YES), ("Yes, or", May.CONDITIONS)])
def test_may_i(visit: Open, choice: str, least: May) -> None:
    page = visit()
    use = LIBRARY.uses["users-800m"]
    select = panel(page, "May I …").get_by_label(use.label)
    (option,) = (
        text
        for text in select.locator("option").all_inner_texts()
        if re.match(rf"{choice}\b(?! with)(?!, or)|{choice} with", text)
    )
    select.select_option(option)

    def test(model: Model) -> object:
        licence = LIBRARY.licences.get(GUIDE.licence(model) or "")
        weights = model.access == "weights"
        return weights and licence and answer(licence, use, LIBRARY).may >= least

    assert option.endswith(f"({len(expect_models(page, test))})")


def test_which_parts_are_released(visit: Open) -> None:
    page = visit("models/?part-training-data=released")
    expect_models(page, lambda m: GUIDE.state(m, "training-data") == "released")
    select = panel(page, "Parts").get_by_label(LIBRARY.parts["training-data"].label)
    select.select_option(select.locator("option").all_inner_texts()[2])
    expect_models(page, lambda m: GUIDE.state(m, "training-data") in ("released", "partial"))


def needs(model: Model, precision: str, tokens: int) -> list[tuple[float, bool]]:
    """What each size takes that can be downloaded and holds the text, and whether that is all."""
    found = []
    for size in model.sizes if model.access == "weights" else ():
        weights = memory.weights(size, LIBRARY.precisions[precision])
        context = size.context or tokens
        if weights and (tokens <= context or tokens == min(memory.TOKENS)):
            cache = memory.cache(size, min(tokens, context))
            found.append((weights + (cache or 0), cache is not None))
    return found


def expect_fitting(page: Page, gigabytes: float, precision: str, tokens: int) -> None:
    """That just the models are shown that fit, and those marked of which the cache is not known."""
    fitting, alone = [], []
    for model in GUIDE.choose("models"):
        inside = [known for n, known in needs(model, precision, tokens) if n <= gigabytes * 1e9]
        if inside:
            fitting.append(model.name)
            if not any(inside):
                alone.append(model.name)
    words = f"{len(fitting)} of {len(NAMES)} models"
    if alone:
        words += f", {len(alone)} of them by their weights alone: the cache is not known"
    expect(status(page)).to_have_text(words)
    assert names(page) == fitting
    assert names(page, "tr.fg-alone") == alone


def test_what_fits_in_memory_by_precision_and_length(visit: Open) -> None:
    page = visit()
    inside = panel(page, "Size and memory")
    select = inside.get_by_label("Fits in memory of")
    select.select_option(label=select.locator("option", has_text=re.compile("^24 GB")).inner_text())
    expect(inside.get_by_role("spinbutton")).to_have_value("24")
    expect_fitting(page, 24, memory.PRECISION, 8_000)
    expect(page).to_have_url(re.compile(r"[?&]memory=24$"))
    inside.get_by_label("Weights stored in").select_option("8 bits (Q8_0)")
    inside.get_by_label("Length of the text").select_option("128,000 tokens")
    expect_fitting(page, 24, "q8-0", 128_000)
    expect(page).to_have_url(re.compile(r"\?memory=24&precision=q8-0&tokens=128000$"))
    card = LIBRARY.machines["rtx-3060"]
    option = select.locator("option", has_text=card.name)
    select.select_option(label=option.inner_text())
    expect_fitting(page, card.memory, "q8-0", 128_000)
    page.reload()
    expect_fitting(page, card.memory, "q8-0", 128_000)
    inside = panel(page, "Size and memory")
    expect(inside.get_by_label("Weights stored in").locator("option:checked")).to_have_text(
        "8 bits (Q8_0)"
    )
    inside.get_by_role("spinbutton").fill("10")
    inside.get_by_role("spinbutton").press("Tab")
    inside.get_by_label("Length of the text").select_option("No text: the weights alone")
    fitting = [m for m in LIBRARY.models.values() if any(n <= 1e10 for n, _ in needs(m, "q8-0", 0))]
    expect(status(page)).to_have_text(f"{len(fitting)} of {len(NAMES)} models")
    page.get_by_role("button", name="Reset").click()
    expect(page).to_have_url(re.compile(r"/models/$"))
    expect(page.locator("tr.fg-alone")).to_have_count(0)


def test_a_choice_is_taken_back_by_its_button(visit: Open) -> None:
    page = visit("models/?access=api,product&year=2024")
    inside = panel(page, "Access and licence")
    choices = page.get_by_role("list", name="Choices")
    choices.get_by_role("button", name="Remove Access: API").click()
    test = lambda m: m.access == "product" and (m.released or "").startswith("2024")  # noqa: E731
    expect_models(page, test)
    expect(box(inside, "Access", "API")).not_to_be_checked()
    expect(choices.get_by_role("button", name="Released: 2024")).to_be_focused()
    page.get_by_role("button", name="Reset").click()
    expect(status(page)).to_have_text(f"{len(NAMES)} of {len(NAMES)} models")
    expect(box(inside, "Access", "Product only")).not_to_be_checked()
    expect(page).to_have_url(re.compile(r"/models/$"))
    assert names(page) == NAMES


# Order and columns


def size(name: str) -> int | None:
    (model,) = (m for m in LIBRARY.models.values() if m.name == name)
    return max((s.parameters for s in model.sizes if s.parameters), default=None)


def test_each_column_sorts_both_ways(visit: Open) -> None:
    page = visit()
    for place, column in enumerate(COLUMNS, 1):
        head = page.locator(f".fg-catalogue thead th:nth-child({place})")
        button = head.get_by_role("button", name=column)
        assert head.get_attribute("aria-sort") is None
        cells = f".fg-catalogue tbody tr > :nth-child({place})"
        script = """cells => cells.map((cell) => cell.classList.contains("fg-none") ? ""
          : cell.textContent.trim())"""
        button.click()
        expect(head).to_have_attribute("aria-sort", "ascending")
        up = page.locator(cells).evaluate_all(script)
        button.click()
        expect(head).to_have_attribute("aria-sort", "descending")
        down = page.locator(cells).evaluate_all(script)
        known = [text for text in up if text]
        assert len(set(known)) > 1
        assert [text for text in down if text] != known
        if column != "Size":  # Different texts there can have the same number.
            again = [text for text in down if text]
            assert list(dict.fromkeys(known))[::-1] == list(dict.fromkeys(again))
        unknown = len(up) - len(known)
        assert not any(up[len(known) :])
        assert not any(down[len(known) :]), f"{unknown} are not known"
        button.click()
        expect(head).not_to_have_attribute("aria-sort", re.compile("."))
        assert names(page) == NAMES


def test_numbers_sort_as_numbers_and_what_is_not_known_comes_last(visit: Open) -> None:
    page = visit("models/?sort=-size")
    found = [size(name) for name in names(page)]
    known = [number for number in found if number]
    assert known == sorted(known, reverse=True)
    assert found[: len(known)] == known
    page.locator(".fg-bar").get_by_role("button", name="Sort and columns").click()
    page.get_by_label("The other way round").uncheck()
    found = [size(name) for name in names(page)]
    assert found[: len(known)] == sorted(known)
    expect(page).to_have_url(re.compile(r"\?sort=size$"))
    page.get_by_label("Sort by").first.select_option("Released")
    dates = {model.name: model.released or "9999" for model in LIBRARY.models.values()}
    assert [dates[name] for name in names(page)] == sorted(dates.values())


def test_columns_can_be_left_out(visit: Open) -> None:
    page = visit()
    inside = panel(page, "Sort and columns")
    for column in ("Context", "MOF class"):
        box(inside, "Columns", column).uncheck()
    heads = page.locator(".fg-catalogue thead th")
    shown = [head.inner_text().split("\n")[0] for head in heads.all() if head.is_visible()]
    assert shown == [column for column in COLUMNS if column not in ("Context", "MOF class")]
    cells = page.locator(".fg-catalogue tbody tr").first.locator("th, td")
    assert sum(cell.is_visible() for cell in cells.all()) == len(COLUMNS) - 2
    expect(page).to_have_url(re.compile(r"\?hide=context,mof$"))
    page.reload()
    expect(page.get_by_role("columnheader", name="Context")).to_be_hidden()
    box(panel(page, "Sort and columns"), "Columns", "Context").check()
    expect(page.get_by_role("columnheader", name="Context")).to_be_visible()


# The address


def test_a_reload_and_a_link_restore_everything(visit: Open) -> None:
    page = visit()
    box(panel(page, "Access and licence"), "Access", "Weights").check()
    page.get_by_role("button", name="Released", exact=True).click()
    page.get_by_role("searchbox", name="Filter models").fill("Qwen")
    expect(page).to_have_url(re.compile(r"\?access=weights&sort=released&filter=Qwen$"))
    found = names(page)
    assert 3 < len(found) < 100
    page.reload()
    expect(status(page)).to_have_text(f"{len(found)} of {len(NAMES)} models")
    expect(page.get_by_role("searchbox", name="Filter models")).to_have_value("Qwen")
    assert names(page) == found
    address = page.url.partition("/models/")[2]
    other = visit(f"models/{address}")
    expect(other.locator("th[aria-sort=ascending]")).to_have_text("Released")
    assert names(other) == found


def test_back_undoes_one_choice_and_typing_is_no_choice(visit: Open) -> None:
    page = visit("understand/")
    page.goto(page.url.replace("understand/", "models/"))
    page.get_by_role("searchbox", name="Filter models").fill("llama")
    inside = panel(page, "Access and licence")
    box(inside, "Access", "Weights").check()
    one = names(page)
    box(panel(page, "Year"), "Released", "2024").check()
    two = names(page)
    assert 0 < len(two) < len(one)
    page.go_back()
    expect(status(page)).to_have_text(f"{len(one)} of {len(NAMES)} models")
    assert names(page) == one
    expect(box(panel(page, "Year"), "Released", "2024")).not_to_be_checked()
    page.go_forward()
    expect(status(page)).to_have_text(f"{len(two)} of {len(NAMES)} models")
    page.go_back()
    page.go_back()
    expect(page).to_have_url(re.compile(r"/models/\?filter=llama$"))
    expect(page.get_by_role("searchbox", name="Filter models")).to_have_value("llama")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/understand/$"))


def test_nonsense_in_the_address_is_passed_over(visit: Open) -> None:
    page = visit("models/?access=nonsense&sort=x&hide=name,y&memory=-3&year=&h=olmo&other=1")
    expect(status(page)).to_have_text(f"{len(NAMES)} of {len(NAMES)} models")
    box(panel(page, "Access and licence"), "Access", "API").check()
    expect(page).to_have_url(re.compile(r"\?access=api&h=olmo&other=1$"))


# Nothing found


def test_the_empty_state_names_the_choice_to_take_back(visit: Open) -> None:
    page = visit("models/?access=api&out=text&step=6&filter=no+such+model")
    assert names(page) == []
    step = [m for m in LIBRARY.models.values() if GUIDE.step(m) == 6]
    assert not [m for m in step if m.access == "api"]
    text = status(page).text_content() or ""
    assert text == f"None of {len(NAMES)} models fits. No single choice is the reason: " + (
        "take back several."
    )
    page.get_by_role("searchbox", name="Filter models").fill("")
    api = [m for m in LIBRARY.models.values() if m.access == "api" and "text" in m.kind.output]
    six = [m for m in step if "text" in m.kind.output]
    best = max((len(six), "Access"), (len(api), GUIDE.spectrum.name))
    words = f"None of {len(NAMES)} models fits. Without {best[1]} there would be {best[0]}."
    expect(status(page)).to_have_text(words)
    page.get_by_role("button", name=f"Remove {best[1]}", exact=True).click()
    expect(status(page)).to_have_text(f"{best[0]} of {len(NAMES)} models")
    assert len(names(page)) == best[0]
    expect(page.locator(".fg-loosen")).to_be_hidden()


# Downloads


def taken(page: Page, name: str) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value.path()


def test_downloads_hold_what_is_shown(visit: Open) -> None:
    page = visit("models/?country=fr&sort=-released&hide=context,licence")
    rows = page.locator(".fg-catalogue tbody tr:not(.fg-out)")
    shown = [
        row.locator("th, td").filter(visible=True).all_inner_texts()
        for row in rows.filter(visible=True).all()
    ]
    assert 5 < len(shown) < 50
    clean = [[re.sub(r"^[✓✕?] ", "", text) for text in row] for row in shown]
    with taken(page, "Download CSV").open(encoding="utf-8-sig", newline="") as file:
        head, *lines = csv.reader(file)
    heads = [*COLUMNS[:4], "Size (parameters)", *COLUMNS[6:-1]]
    assert head == ["Id", "Address", *heads]
    assert [line[2:] for line in lines] == clean
    records = json.loads(taken(page, "Download JSON").read_text(encoding="utf-8"))
    assert [list(record.values()) for record in records] == lines
    for record in records:
        assert record["address"] == page.url.partition("?")[0] + record["id"] + "/"
        assert LIBRARY.models[record["id"]].name == record["name"]
    assert list(records[0])[:4] == ["id", "address", "name", "maker"]


def test_a_spreadsheet_computes_nothing(visit: Open) -> None:
    page = visit("models/?filter=olmo")
    hostile = ["=1+1", "+1", "-1", "@SUM(1)", '=a","b', "\t=1"]
    rows = page.locator(".fg-catalogue tbody tr:visible")
    assert rows.count() > len(hostile)
    for place, name in enumerate(hostile):
        rows.nth(place).evaluate(
            "(row, name) => { row.querySelector('th a').textContent = name; }", name
        )
    with taken(page, "Download CSV").open(encoding="utf-8-sig", newline="") as file:
        _, *lines = csv.reader(file)
    names = [name.strip() for name in hostile]
    assert [line[2] for line in lines[: len(names)]] == [f"'{name}" for name in names]
    assert not [cell for line in lines for cell in line if re.match(r"[=+\-@\t\r]", cell)]
    records = json.loads(taken(page, "Download JSON").read_text(encoding="utf-8"))
    assert [record["name"] for record in records[: len(names)]] == names


# Keyboard, phone, zoom, no script, no data


def test_the_keyboard_is_enough(visit: Open) -> None:
    page = visit()
    keyboard = page.keyboard
    page.get_by_role("searchbox", name="Filter models").focus()
    keyboard.type("llama")
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(page.get_by_role("button", name="Kind")).to_have_attribute("aria-expanded", "true")
    for _ in range(20):
        keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.fg-panel') !== null"):
            break
    keyboard.press("Tab")
    expect(box(page.locator(".fg-panel"), "What goes in", "Image")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    keyboard.press("Space")
    expect(status(page)).not_to_have_text(re.compile(f"^{len(NAMES)}"))
    assert all("image" in text for text in _kinds(page))
    keyboard.press("Escape")
    expect(page.locator(".fg-panel")).to_be_hidden()
    expect(page.get_by_role("button", name="Kind")).to_be_focused()
    page.get_by_role("button", name="Released", exact=True).focus()
    keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Released")


def _kinds(page: Page) -> list[str]:
    cells = page.locator(".fg-catalogue tbody tr:visible td:nth-child(4)").all_inner_texts()
    assert cells
    return [text.lower().split(" → ")[0] for text in cells]


def test_on_a_phone_all_facets_are_behind_one_summary(visit: Open) -> None:
    page = visit(width=PHONE)
    bar = page.locator(".fg-bar")
    expect(bar).to_be_hidden()
    page.locator(".fg-narrow > summary").click()
    expect(bar).to_be_visible()
    box(panel(page, "Kind"), "What comes out", "Video").check()
    expect_models(page, lambda m: "video" in m.kind.output)
    assert page.evaluate(OVERFLOW) <= 0
    reached = page.locator("thead button").evaluate_all("all => all.map((one) => one.tabIndex)")
    assert {*reached} == {-1}, "the focus would be lost there"
    panel(page, "Sort and columns").get_by_label("Sort by").first.select_option("Size")
    found = [size(name) for name in names(page)]
    known = [number for number in found if number]
    assert found[: len(known)] == sorted(known)


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_targets_are_large_enough(visit: Open, width: int) -> None:
    page = visit("models/?access=weights", width)
    if width == PHONE:
        page.locator(".fg-narrow > summary").click()
    for name in ("Kind", "May I …", "Size and memory", "Sort and columns"):
        panel(page, name)
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                ".fg-controls :is(button, select, summary, label.fg-check, [type=search],"
                + "[type=number]), thead button"
              )].filter((each) => each.checkVisibility() && each.getClientRects().length)
              .map((each) => [each.textContent, each.getBoundingClientRect()])
              .filter(([, box]) => box.width < 24 || box.height < 24).map(([text]) => text)"""
        )
        assert small == []


@pytest.mark.parametrize("width", [320, 640])
def test_fits_when_zoomed(visit: Open, width: int) -> None:
    page = visit("models/?access=weights&out=text", width)
    if width < 600:
        page.locator(".fg-narrow > summary").click()
    for name in ("Openness", "Maker", "May I …", "Size and memory"):
        panel(page, name)
        assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("address", ["models/", "licences/", "run/"])
def test_without_scripts_the_table_is_whole_and_the_form_away(visit: Open, address: str) -> None:
    page = visit(address, java_script_enabled=False)
    rows = page.locator(".fg-filtered tbody tr:not(.fg-group)")
    assert rows.count() > 100
    assert all(row.is_visible() for row in rows.all()[::25])
    expect(page.locator(".fg-controls")).to_be_hidden()
    assert page.locator("thead button").count() == 0


def test_the_search_works_without_the_data(chromium: Browser, server: str) -> None:
    page = chromium.new_page()
    page.route("**/catalogue.json", lambda route: route.abort())
    page.goto(f"{server}models/?access=api")
    expect(status(page)).to_contain_text("The filters could not be loaded; the search works.")
    page.get_by_role("searchbox", name="Filter models").fill("olmo 2")
    assert "OLMo 2" in names(page)
    assert len(names(page)) < 10
    expect(page.get_by_role("button", name="Kind")).to_be_disabled()
    page.close()


@pytest.mark.parametrize("width", [PHONE, 1280])
@pytest.mark.parametrize(
    "address",
    [
        *("models/", "licences/", "run/", "models/?memory=16&access=weights&filter=llama"),
        *("models/?access=api&step=6", "licences/?sort=hosting&hide=approved&category=community"),
    ],
)
def test_nothing_moves_when_the_script_comes(visit: Open, address: str, width: int) -> None:
    page = visit(address, width)
    moved = page.evaluate(
        """() => new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += entry.value;
          }).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(sum), 500);
        })"""
    )
    assert moved < 0.02


STATES = {
    "all": "models/",
    "some": "models/?access=weights&step=6&sort=-released&hide=mof",
    "none": "models/?access=api&step=6",
    "licences": "licences/?category=community&sort=hosting",
    "tools": "run/?platforms=linux",
}


@pytest.mark.parametrize("width", [PHONE, 1280])
@pytest.mark.parametrize("state", STATES)
def test_is_accessible(visit: Open, state: str, width: int) -> None:
    page = visit(STATES[state], width, color_scheme="light")
    if width == PHONE:
        page.locator(".fg-narrow > summary").click()
    buttons = page.locator(".fg-bar button")
    for place in range(buttons.count() if state == "all" else 1):
        buttons.nth(place).click()
        assert axe.faults(page, ".fg-controls") == ""
        assert axe.dark_faults(page, ".fg-controls") == ""
    axe.thin(page)
    assert axe.faults(page) == ""
    assert axe.dark_faults(page) == ""


# Licences and tools


def test_licences_are_narrowed_and_sorted_across_their_groups(visit: Open) -> None:
    page = visit("licences/")
    everything = names(page)
    assert len(everything) == len(LIBRARY.licences)
    select = panel(page, "May I …").get_by_label("Use it in the European Union")
    select.select_option(select.locator("option", has_text=re.compile(r"^Yes \(")).inner_text())
    use = LIBRARY.uses["in-eu"]
    wanted = {x.short for x in LIBRARY.licences.values() if answer(x, use, LIBRARY).may == May.YES}
    assert {*names(page)} == wanted
    groups = page.locator("tr.fg-group:visible th").all_inner_texts()
    kept = {x.category for x in LIBRARY.licences.values() if x.short in wanted}
    words = LIBRARY.words("licence-categories")
    assert groups == [word.label for key, word in words.items() if key in kept]
    page.get_by_role("button", name="Reset").click()
    page.get_by_role("button", name="Commercial use").click()
    expect(page.locator("tr.fg-group:visible")).to_have_count(0)
    said = page.locator("tbody tr:not(.fg-group) td:nth-child(2) i").all_inner_texts()
    order = [word.label for word in LIBRARY.answers.values()] + ["Not known"]
    assert [order.index(text) for text in said] == sorted(order.index(text) for text in said)
    page.get_by_role("button", name="Reset").click()
    assert names(page) == everything
    expect(page.locator("tr.fg-group:visible")).to_have_count(len(words))


def test_heads_over_several_columns_shrink_with_them(visit: Open) -> None:
    page = visit("licences/")
    limits = [term for term in LIBRARY.terms.values() if term.group == "limit"]
    head = page.get_by_role("columnheader", name="Limits", exact=True)
    assert head.get_attribute("colspan") == str(len(limits))
    inside = panel(page, "Sort and columns")
    for left, term in zip(range(len(limits))[::-1], limits, strict=True):
        box(inside, "Columns", term.label).uncheck()
        if left:
            expect(head).to_have_attribute("colspan", str(left))
    expect(head).to_be_hidden()


def test_tools_are_narrowed_by_platform_and_format(visit: Open) -> None:
    page = visit("run/")
    box(panel(page, "Format"), "Formats", "GGUF").check()
    box(panel(page, "Platform"), "Platforms", "Windows").check()
    wanted = {
        tool.name
        for tool in LIBRARY.tools.values()
        if "gguf" in tool.formats and "windows" in tool.platforms
    }
    assert wanted
    assert {*names(page)} == wanted
    assert "tools" in (status(page).text_content() or "")


# Weight


def test_our_scripts_are_small(visit: Open) -> None:
    page = visit()
    loaded = "[...document.scripts].map((one) => one.src).filter((src) => src.includes('.min.js'))"
    ours = [one for one in page.evaluate(loaded) if "/assets/javascripts/" not in one]
    assert len(ours) > 3
    sizes = [len(gzip.compress(page.request.get(address).body())) for address in ours]
    assert sum(sizes) < 25_000


def test_other_lists_keep_the_plain_filter(visit: Open, chromium: Browser, server: str) -> None:
    page = chromium.new_page()
    page.goto(f"{server}models/organisations/")
    page.get_by_role("searchbox", name="Filter makers").fill("mistral")
    expect(page.get_by_role("status").filter(has_text="of")).to_contain_text("makers")
    assert page.locator(".fg-controls").count() == 0
    page.close()


# Ten questions, each from the home page by what a reader can see and press


def _may(model: Model, use: str, least: May = May.YES) -> bool:
    licence = LIBRARY.licences.get(GUIDE.licence(model) or "")
    weights = model.access == "weights"
    return bool(weights and licence and answer(licence, LIBRARY.uses[use], LIBRARY).may >= least)


def _allow(page: Page, use: str) -> None:
    select = panel(page, "May I …").get_by_label(LIBRARY.uses[use].label)
    select.select_option(select.locator("option", has_text=re.compile(r"^Yes \(")).inner_text())


def test_five_questions_are_answered_by_the_list(visit: Open) -> None:
    page = visit("")
    page.get_by_role("link", name="All models").first.click()
    reset = page.get_by_role("button", name="Reset")
    expect(reset).to_be_enabled()

    # A speech model that I may use in a product.
    box(panel(page, "Kind"), "What goes in", "Audio").check()
    _allow(page, "commercial-product")
    found = expect_models(page, lambda m: "audio" in m.kind.input and _may(m, "commercial-product"))
    assert "Whisper" in found
    reset.click()

    # A language model that fits 16 GB and whose training data is open.
    box(panel(page, "Kind"), "What comes out", "Text").check()
    select = panel(page, "Parts").get_by_label(LIBRARY.parts["training-data"].label)
    select.select_option(value="0")
    select = panel(page, "Size and memory").get_by_label("Fits in memory of")
    select.select_option(label=select.locator("option", has_text=re.compile("^16 GB")).inner_text())
    expect(status(page)).to_contain_text(re.compile(r"^\d+ of"))
    wanted = [
        model.name
        for model in GUIDE.choose("models")
        if "text" in model.kind.output
        and GUIDE.state(model, "training-data") == "released"
        and any(n <= 16e9 for n, _ in needs(model, memory.PRECISION, 8_000))
    ]
    assert names(page) == wanted
    assert "Pythia" in wanted
    reset.click()

    # Image models that a company of any size may use.
    box(panel(page, "Kind"), "What comes out", "Image").check()
    _allow(page, "users-800m")
    assert expect_models(page, lambda m: "image" in m.kind.output and _may(m, "users-800m"))
    reset.click()

    # An embedding model under 1 GB with the Apache licence.
    box(panel(page, "Kind"), "What comes out", "Embedding").check()
    panel(page, "Size and memory").get_by_role("spinbutton").fill("1")
    page.keyboard.press("Tab")
    page.get_by_role("searchbox", name="Filter models").fill("apache")
    found = names(page)
    assert found
    for model in GUIDE.choose("models"):
        if model.name in found:
            assert model.kind.output == ("embedding",)
            assert GUIDE.licence(model) == "apache-2.0"
    reset.click()

    # A code model whose outputs may train another model.
    page.get_by_role("searchbox", name="Filter models").fill("code")
    _allow(page, "train-on-outputs")
    found = names(page)
    assert "Granite Code" in found
    assert all(_may(m, "train-on-outputs") for m in GUIDE.choose("models") if m.name in found)


def test_five_questions_are_answered_by_other_pages(visit: Open) -> None:
    page = visit("")
    home = page.url

    def look_up(words: str) -> None:
        page.goto(home)
        page.get_by_label("Look up a model, a maker or a licence").fill(words)
        page.keyboard.press("Enter")
        page.locator(".fg-catalogue").get_by_role("link", name=words, exact=True).click()

    # May I sell a fine-tune of Llama 3.1?
    look_up("Llama 3.1")
    use = page.locator(".fg-may details", has_text=LIBRARY.uses["sell-fine-tune"].label)
    expect(use.locator("summary")).to_contain_text(LIBRARY.label("may", "conditions"))
    use.locator("summary").click()
    expect(use.get_by_role("listitem").first).to_be_visible()
    expect(use).to_contain_text("clause")

    # What changed in Llama's licence between 2 and 3?
    page.get_by_role("link", name=LIBRARY.licences["llama-3.1-community"].name).first.click()
    page.get_by_role("link", name="Their terms side by side").click()
    heads = page.get_by_role("columnheader").all_inner_texts()
    assert {LIBRARY.licences[key].short for key in ("llama-2-community", "llama-3-community")} <= {
        head.split("\n")[0] for head in heads
    }
    expect(page.locator(".fg-differs").first).to_be_visible()

    # Is DeepSeek-R1 open source, and by whose definition?
    look_up("DeepSeek-R1")
    for definition in GUIDE.definitions:
        ruling = page.locator(".fg-ruling summary", has_text=definition.short).first
        expect(ruling).to_be_visible()
    expect(page.locator(".fg-claims")).to_contain_text("What its maker calls it")

    # What does Gemma's licence forbid?
    page.goto(home)
    page.get_by_role("link", name="Licences", exact=True).first.click()
    page.get_by_role("searchbox", name="Filter licences").fill("gemma")
    page.locator(".fg-matrix tbody").get_by_role("link", name=re.compile("Gemma")).first.click()
    limits = page.get_by_role("region", name="Limits")
    limits.locator("summary").first.click()
    expect(limits.get_by_role("listitem").first).to_be_visible()

    # Which models does the exemption of the EU's law cover?
    page.goto(home)
    page.get_by_role("link", name="how it is judged").click()
    eu = LIBRARY.definitions["eu-ai-act"]
    page.get_by_role("link", name=re.compile(re.escape(eu.name))).first.click()
    page.get_by_role("link", name=eu.rungs[0].label, exact=True).click()
    expect(page).to_have_url(re.compile(r"/models/\?eu-ai-act=exempt$"))
    expect_models(page, lambda m: GUIDE.verdict(m, eu.id).reached == eu.rungs[0])
