"""Of a model's page: what it says of memory, with scripts and without."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

import samples
from fieldguide import memory
from test_browser import OVERFLOW, View

LIBRARY = samples.real()
MODEL = LIBRARY.models["llama-3-1"]
UNKNOWN = next(  # Its weights are out, but not how large its cache is.
    model
    for model in LIBRARY.models.values()
    if model.access == "weights"
    and len(model.sizes) == 1
    and model.sizes[0].parameters
    and not memory.cache_per_token(model.sizes[0])
)


def _verdict(number: float, gigabytes: float, spare: int) -> str:
    if number > gigabytes * memory.GB:
        return "✕ does not fit"
    return "✓ fits" if number <= gigabytes * memory.GB * (100 - spare) / 100 else "≈ fits barely"


def test_a_reader_sees_what_fits_the_machine(chromium: Browser, server: str) -> None:
    context = chromium.new_context(viewport={"width": 375, "height": 800}, reduced_motion="reduce")
    view = View(context, server, f"models/{MODEL.id}/?tokens=32000")
    page = view.page
    machine = LIBRARY.machines["mac-16"]
    form = page.get_by_role("form", name="Your machine")
    expect(form.get_by_label("Length of the text")).to_have_value("32000")
    form.get_by_label("Your machine").select_option(machine.name)
    expect(form.get_by_label("or its memory")).to_have_value(str(machine.memory))
    rows = page.locator(".fg-fits [data-bits]")
    shown = [row.locator("td").all_inner_texts() for row in rows.all()]
    spare = LIBRARY.machine_kinds[machine.kind].spare
    for word, cells in zip(LIBRARY.precisions.values(), shown, strict=True):
        for size, text in zip(MODEL.sizes, cells, strict=True):
            weights, cache = memory.weights(size, word), memory.cache(size, 32_000)
            assert weights
            assert cache
            verdict, sums = text.split("\n")
            assert verdict == _verdict(weights + cache, machine.memory, spare)
            parts = [memory.gigabytes(n).removesuffix(" GB") for n in (weights, cache)]
            assert sums == f"{' + '.join(parts)} = {memory.gigabytes(weights + cache)}"
    assert {text.split("\n")[0] for cells in shown for text in cells} == {
        "✓ fits",
        "≈ fits barely",
        "✕ does not fit",
    }
    expect(form.get_by_role("status")).to_contain_text(
        "8B: 8 bits, barely. All models that fit in 16 GB"
    )
    assert page.evaluate(OVERFLOW) <= 0
    found = Axe().run(page, "article")
    assert found.violations_count == 0, found.generate_report()

    # The address holds the choice, and the browser keeps it for other pages.
    expect(page).to_have_url(re.compile(r"\?tokens=32000&machine=mac-16$"))
    page.goto(f"{server}models/{UNKNOWN.id}/")
    expect(form.get_by_label("Your machine")).to_have_value("mac-16")
    expect(rows.first.locator("td")).to_contain_text("cache not known")
    form.get_by_label("or its memory").fill("3.5")
    expect(form.get_by_label("Your machine")).to_have_value("")
    expect(page).to_have_url(re.compile(r"\?memory=3.5&tokens=32000$"))
    form.get_by_role("link", name="All models that fit in 3.5 GB").click()
    expect(page).to_have_url(re.compile(r"/models/\?memory=3.5$"))
    page.go_back()

    # Nonsense is passed over; a text that is too long is called so; no choice, no verdict.
    page.goto(f"{server}models/{MODEL.id}/?machine=none&tokens=999999&memory=80")
    expect(rows.first.locator("td").first).to_contain_text("– too long for it")
    form.get_by_label("or its memory").fill("")
    weights = memory.gigabytes(memory.weights(MODEL.sizes[0], LIBRARY.precisions["f16"]))
    expect(rows.first.locator("td").first).to_have_text(weights)
    assert view.complaints == []
    context.close()


def test_without_scripts_the_table_says_what_fits(chromium: Browser, server: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}models/{MODEL.id}/")
    expect(page.locator(".fg-fit")).to_be_hidden()
    needs = memory.needs(MODEL, LIBRARY.precisions, memory.TOKENS)
    rooms = memory.rooms(needs, LIBRARY.precisions, LIBRARY.machine_kinds[memory.KIND].spare)
    assert len(rooms) > 5
    table = page.locator(".fg-fits")
    for room in rooms:
        row = table.get_by_role("row", name=re.compile(rf"^{room.memory} GB "))
        for (fits, barely), cell in zip(room.cells, row.locator("td").all(), strict=True):
            words = [LIBRARY.precisions[key].label.split(" (")[0] for key in (fits, barely) if key]
            words[bool(fits) :] = [f"{word} barely" for word in words[bool(fits) :]]
            assert cell.inner_text().split() == " ".join(words or ["nothing"]).split()
    context.close()


def test_without_the_list_of_machines_the_table_holds(chromium: Browser, server: str) -> None:
    page = chromium.new_page()
    page.route("**/machines.json", lambda route: route.abort())
    page.goto(f"{server}models/{MODEL.id}/")
    status = page.locator(".fg-fit [role=status]")
    expect(status).to_contain_text("could not be loaded; the table below holds all the same")
    page.close()
