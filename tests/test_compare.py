"""Side by side: rows, differences, ready-made comparisons, and choosing columns in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup, escape
from playwright.sync_api import Browser, Page, expect

import axe
import samples
from fieldguide import compare, pairs
from fieldguide.render import Renderer
from fieldguide.survey import survey
from fieldguide.views import Guide

OVERFLOW = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
# What each row of a comparison says, with its key, as the reader compares it.
ROWS = """() => {
  const rows = [...document.querySelectorAll(".fg-compare tr[data-row]")];
  return Object.fromEntries(rows.map((row) => [
    row.dataset.row,
    [row.className, ...[...row.cells].map((cell) => {
      const copy = cell.cloneNode(true);
      const aside = cell.tagName === "TD" ? ".fg-sources, small" : ".fg-sources";
      for (const one of copy.querySelectorAll(aside)) one.remove();
      return copy.textContent.replace(/\\s+/g, " ").trim();
    })],
  ]));
}"""


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return samples.guide(tmp_path_factory.mktemp("compare"))


@pytest.mark.parametrize("collection", compare.KINDS)
def test_no_row_stands_twice(guide: Guide, collection: str) -> None:
    keys = [row.key for group in compare.groups(guide, collection) for row in group.rows]
    assert len(keys) == len(set(keys)) > 9


def test_rows_follow_the_vocabularies(guide: Guide) -> None:
    keys = {row.key for group in compare.groups(guide, "models") for row in group.rows}
    assert {f"part-{part}" for part in guide.library.parts} <= keys
    assert {f"verdict-{key}" for key in guide.library.definitions} <= keys
    assert {f"may-{key}" for key in guide.library.uses} <= keys


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("MIT", "MIT", False),
        ("MIT", "Apache 2.0", True),
        ("<b>●</b> Released", "<b>○</b> Withheld", True),
        ('yes <details class="fg-sources">2 sources</details>', "yes", False),
        ("yes <small>clause 2</small>", "yes <small>clause 3</small>", False),
        ("1 to 7B", "1 to  7B", False),
    ],
)
def test_sources_and_remarks_are_no_difference(one: str, other: str, apart: bool) -> None:
    line = pairs.Line(compare.Row("key", "Key"), tuple(map(Markup, (one, other))))
    assert line.apart is apart


def test_a_comparison_is_named_after_its_columns(guide: Guide) -> None:
    ready = guide.library.side_by_side
    assert pairs.names(guide, ready["letters"]) == "Alpha and Gamma"
    assert pairs.names(guide, ready["texts"]) == "Free and House"
    assert [pair.id for pair in pairs.beside(guide, "models", "gamma")] == ["letters"]
    assert pairs.beside(guide, "licences", "gamma") == []


def test_a_comparison_tells_what_readers_ask_first(guide: Guide) -> None:
    said = {
        "parameters": {"alpha": Markup('<b aria-hidden="true">●</b> 1B'), "gamma": Markup("7B")},
        "maker": {"alpha": Markup("Acme"), "gamma": Markup("Zeta")},
    }
    same = {"alpha": Markup("same"), "gamma": Markup("same")}
    pair = guide.library.side_by_side["letters"]
    table = pairs.table(guide, pair, lambda key, model: said.get(key, same)[model.id])
    assert [line.row.key for line in table.lines if line.apart] == ["maker", "parameters"]
    assert table.first == [("Parameters", [(["Alpha"], "1B"), (["Gamma"], "7B")])]
    assert table.terms == []


def test_terms_with_different_answers_are_named(guide: Guide) -> None:
    pair = guide.library.side_by_side["texts"]
    table = pairs.table(guide, pair, lambda key, text: escape(text.id if "size" in key else "-"))
    assert table.terms == ["Size threshold"]


def test_what_one_alone_has_released_is_named(guide: Guide) -> None:
    alone = dict(pairs.alone(guide, guide.library.side_by_side["letters"]))
    assert "Training code" in alone["Alpha"]
    assert "Weights" not in alone["Alpha"]
    assert pairs.alone(guide, guide.library.side_by_side["texts"]) == []


def test_the_same_values_read_the_same_in_any_order() -> None:
    real = samples.real()
    assert real.tools["ollama"].platforms != real.tools["lm-studio"].platforms
    pair = real.side_by_side["ollama-or-lm-studio"]
    page = Renderer(samples.ROOT, Guide(real))("pair.html", "compare/x/", pair=pair)
    row = page.split('data-row="platforms"')[1].split("</tr>")[0]
    assert row.count("Linux, macOS, Windows") == 2
    assert "differs" not in row


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("models: [alpha]", "there must be two to five to compare"),
        ("models: [alpha, alpha]", "one stands in it twice"),
        ("models: [alpha, beta], licences: [free, house]", "give one of `models`"),
        ("tools: []", "give one of `models`"),
        ("models: [alpha, omega]", "unknown id `omega` in models"),
        ("models: [alpha, beta, gamma, a, b, c]", "at most 5"),
    ],
)
def test_a_bad_comparison_is_told_with_its_place(tmp_path: Path, said: str, told: str) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/side-by-side.yml", "models: [alpha, gamma]", said)
    found = "\n".join(map(str, survey(tmp_path)[1]))
    assert told in found
    assert "data/side-by-side.yml:1:" in found


def test_there_are_enough_ready_made_ones() -> None:
    assert len(samples.real().side_by_side) >= 20


# In a browser


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def _status(page: Page) -> Any:
    return page.locator("[data-compare] [role=status]")


@pytest.mark.parametrize(
    ("pair", "query"),
    [
        ("olmo-or-llama", "models=olmo-2,llama-3-1"),
        ("gpt-4-or-llama-3-1", "models=gpt-4o,llama-3-1"),
        ("llama-or-gemma-terms", "licences=llama-3.3-community,gemma-terms"),
        ("ollama-or-lm-studio", "tools=ollama,lm-studio"),
    ],
)
def test_the_script_sets_side_by_side_what_the_page_does(
    page: Page, server: str, pair: str, query: str
) -> None:
    page.goto(f"{server}compare/{pair}/")
    ready = page.evaluate(ROWS)
    told = re.search(r"They differ in \d+ of \d+ rows", page.locator("article").inner_text())
    assert told
    page.goto(f"{server}compare/?{query}")
    expect(_status(page)).to_contain_text(told[0][1:].lower().replace("hey", "they"))
    assert page.evaluate(ROWS) == ready
    assert page.locator(".fg-compare .fg-sources").count() > 3
    broken = [
        link
        for link in page.locator(".fg-compare a").evaluate_all("all => all.map((a) => a.href)")
        if link.startswith(f"{server}compare/")
    ]
    assert broken == [], "links lead where they led on the record's page"


def test_columns_are_added_and_removed_by_keyboard(page: Page, server: str) -> None:
    page.goto(f"{server}compare/")
    expect(_status(page)).to_contain_text("Add two to five models")
    field = page.get_by_label("Add by name")
    field.focus()
    page.keyboard.type("OLMo 2")
    page.keyboard.press("Enter")
    expect(_status(page)).to_contain_text("Add another to compare OLMo 2 with")
    page.keyboard.type("llama 3.1")
    page.keyboard.press("Enter")
    expect(_status(page)).to_contain_text("2 models side by side")
    expect(page).to_have_url(re.compile(r"\?models=olmo-2,llama-3-1$"))
    expect(page).to_have_title("OLMo 2 and Llama 3.1 compared")
    page.keyboard.type("no such thing")
    page.keyboard.press("Enter")
    expect(_status(page)).to_have_text("No name has “no such thing” in it.")
    page.get_by_role("button", name="Remove OLMo 2").press("Enter")
    expect(page).to_have_url(re.compile(r"\?models=llama-3-1$"))
    expect(field).to_be_focused()
    page.go_back()
    expect(_status(page)).to_contain_text("2 models side by side")
    page.get_by_label("Only the rows that differ").check()
    shown = page.locator(".fg-compare tbody tr[data-row]:visible")
    assert shown.count() == page.locator(".fg-compare small.fg-differs").count()


def test_what_the_address_has_wrong_is_told(page: Page, server: str) -> None:
    wrong = "<img src=x onerror=alert(1)>"
    page.goto(f"{server}compare/?models={wrong},olmo-2,bert,t5,bloom,gpt-2,whisper")
    expect(_status(page)).to_contain_text(f"No model has the id “{wrong}”.")
    expect(_status(page)).to_contain_text("5 columns at most: Whisper left out.")
    assert page.locator(".fg-compare thead th").count() == 6
    assert page.locator("img[src=x]").count() == 0


def test_an_unknown_id_leads_to_those_most_like_it(page: Page, server: str) -> None:
    page.goto(f"{server}compare/?models=bert,lama-3.1")
    expect(_status(page)).to_contain_text("No model has the id “lama-3.1”. Near it: Llama 3.1,")
    _status(page).get_by_role("link", name="Llama 3.1", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?models=bert,llama-3-1$"))
    expect(_status(page)).to_contain_text("2 models side by side")


def test_without_a_server_it_says_so(page: Page, site: Path) -> None:
    page.goto((site / "compare/index.html").as_uri() + "?models=bert,t5")
    expect(_status(page)).to_contain_text("needs a web server")
    expect(page.get_by_label("Add by name")).to_be_disabled()
    expect(page.get_by_role("link", name="MIT and Apache 2.0")).to_be_visible()


def test_rows_of_a_list_are_chosen_by_keyboard(page: Page, server: str) -> None:
    page.goto(f"{server}run/")
    page.get_by_role("button", name="Compare").press("Enter")
    bar = page.get_by_role("region", name="Comparison")
    expect(bar.get_by_role("status")).to_have_text("No tools chosen. Mark two to 5 in the list.")
    for name in ("vLLM", "SGLang"):
        page.get_by_role("checkbox", name=f"Choose {name}", exact=True).press("Space")
    expect(bar.get_by_role("status")).to_have_text("2 tools chosen.")
    assert axe.faults(page, ".fg-picked") == ""
    boxes = page.locator(".fg-pick")
    assert boxes.count() == page.locator("[data-catalogue] tbody tr:not(.fg-group)").count()
    others = boxes.and_(page.locator(":not(:checked)"))
    for _ in range(3):
        others.first.press("Space")
    others.first.press("Space")
    expect(bar.get_by_role("status")).to_have_text("5 at most: take one back first.")
    assert page.locator(".fg-pick:checked").count() == 5
    bar.get_by_role("button", name="Stop choosing").press("Enter")
    expect(boxes).to_have_count(0)
    expect(page.get_by_role("button", name="Compare")).to_be_focused()
    page.keyboard.press("Enter")
    for name in ("vLLM", "SGLang"):
        page.get_by_role("checkbox", name=f"Choose {name}", exact=True).press("Space")
    page.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Tab")  # The way on stands before the rows.
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/compare/\?tools=vllm,sglang$"))
    expect(_status(page)).to_contain_text("2 tools side by side")


def test_a_record_leads_to_its_comparisons(page: Page, server: str) -> None:
    page.goto(f"{server}models/olmo-2/")
    page.get_by_role("link", name="OLMo 2 and Llama 3.1").click()
    expect(page.locator("h1")).to_contain_text("OLMo 2 and Llama 3.1 compared")
    page.go_back()
    page.get_by_role("link", name="Compare it").click()
    expect(page).to_have_url(re.compile(r"/compare/\?models=olmo-2$"))


def test_reasons_open_where_they_are_linked(page: Page, server: str) -> None:
    page.goto(f"{server}compare/olmo-or-llama/")
    page.locator("[data-row=verdict-osaid] small a").nth(1).click()
    expect(page).to_have_url(re.compile(r"/models/llama-3-1/#verdict-osaid$"))
    expect(page.locator("#verdict-osaid")).to_be_in_viewport()


FIVE = "compare/?models=olmo-2,llama-3-1,gpt-4o,bert,t5"
LOOKS = [
    *(("compare/", 375), ("compare/?models=olmo-2,llama-3-1", 1280), (FIVE, 375)),
    *(("compare/llama-or-gemma-terms/", 375), ("compare/gpt-or-claude/", 1280)),
]


@pytest.mark.parametrize(("address", "width"), LOOKS)
def test_it_is_accessible_and_fits(
    chromium: Browser, server: str, address: str, width: int
) -> None:
    page = chromium.new_page(
        viewport={"width": width, "height": 800}, color_scheme="light", reduced_motion="reduce"
    )
    page.goto(server + address)
    expect(page.locator(".fg-compare" if "?" in address else "article h2").first).to_be_visible()
    assert page.evaluate(OVERFLOW) <= 0
    axe.thin(page)
    assert axe.faults(page) == ""
    assert axe.dark_faults(page) == ""
    page.close()


def test_five_columns_can_be_read_on_a_phone(chromium: Browser, server: str) -> None:
    page = chromium.new_page(viewport={"width": 375, "height": 800})
    page.goto(server + FIVE)
    heads = page.locator(".fg-compare thead th")
    expect(heads).to_have_count(6)
    sizes = [head.bounding_box() or {} for head in heads.all()]
    assert min(size["width"] for size in sizes) > 100
    page.locator(".fg-scroll").evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    last = heads.last.bounding_box() or {}
    assert last["x"] + last["width"] <= 375
    label = page.locator("[data-row=licence] th").bounding_box() or {}
    assert 0 <= label["x"] < 30, "the names of rows stay in view"
    assert label["width"] < 375 / 3
    page.close()


def test_a_comparison_prints_on_one_sheet(page: Page, server: str) -> None:
    for address in ("compare/olmo-or-llama/", FIVE):
        page.goto(server + address)
        expect(page.locator(".fg-compare")).to_be_visible()
        sheets = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4"))
        assert len(sheets) == 1, address


def test_without_scripts_the_ready_made_ones_remain(chromium: Browser, server: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}compare/")
    expect(page.get_by_label("Add by name")).to_be_hidden()
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    page.get_by_role("link", name="MIT and Apache 2.0").click()
    same = page.locator(".fg-compare tr.fg-same").first
    expect(same).to_be_visible()
    page.get_by_label("Only the rows that differ").check()
    expect(same).to_be_hidden()
    context.close()
