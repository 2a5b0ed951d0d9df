"""Of the page "What if": it judges as the engine does, and can be used, shared and taken away."""

from __future__ import annotations

import base64
import gzip
import hashlib
import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pydantic import ValidationError

import axe
import dom
import samples
from copies import ROOT, asset
from fieldguide import advise
from fieldguide.assess import assess
from fieldguide.exports import of_engines
from fieldguide.library import Library
from fieldguide.records import Definition, Evidence, Licences, Model, PartFact
from fieldguide.rulebook import query, rules
from fieldguide.rulings import Ruling
from fieldguide.source import parse
from fieldguide.survey import load
from fieldguide.verdicts import Outcome
from fieldguide.views import Guide

HERE = "data/what-if/"
RANDOM = 500
SEED = 20261120
EVIDENCE = (Evidence(url="https://example.org/", via="primary"),)
OVERFLOW = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


# The two engines


def record(model: Model) -> dict[str, Any]:
    """A model as the script has it."""
    return {
        "access": model.access,
        "licences": model.licences.model_dump(),
        "parts": {
            part: {"state": fact.state, "licence": fact.licence}
            for part, fact in model.parts.items()
        },
    }


def judged(model: Model, definition: Definition, library: Library) -> dict[str, Any]:
    """What the engine says of a model, in the script's words."""
    verdict = assess(model, definition, library)
    rungs = [None, *definition.rungs]
    return {
        "reached": rungs.index(verdict.reached) - 1,
        "possible": rungs.index(verdict.possible) - 1,
        "outcome": int(verdict.outcome),
        "open": int(verdict.open),
        "label": Ruling(Guide(library), model, verdict).label,
        "findings": [
            [[int(found.outcome), found.reason, found.part] for found in verdict.findings[rung.id]]
            for rung in definition.rungs
        ],
        "lifts": [
            "; ".join(change.words(library) for change in one)
            for one in advise.changes(model, verdict, library)
        ],
    }


JUDGE = """async ([script, rules, records]) => {
  const engine = await import(script);
  const judge = (record, id) => {
    const verdict = engine.assess(rules, record, id);
    const { definition, reached, possible, findings } = verdict;
    return {
      reached,
      possible,
      outcome: engine.atLeast(verdict, definition.rungs.length - 1),
      open: engine.atLeast(verdict, definition.open),
      label: engine.labelOf(rules, verdict),
      findings: findings.map((rung) => rung.map((f) => [f.outcome, f.reason, f.part ?? null])),
      lifts: engine.lifts(rules, record, verdict).map(
        (set) => set.map((change) => engine.order(rules, change)).join("; ")),
    };
  };
  return records.map((record) => Object.fromEntries(
    Object.keys(rules.definitions).map((id) => [id, judge(record, id)])));
}"""


def made_up(library: Library, chance: random.Random) -> Model:
    """A record by chance: any route, licences and parts, be they sensible or not."""
    licences = [None, None, "none", *sorted(library.licences)]

    def licence() -> str | None:
        return chance.choice(licences)

    often = chance.random()  # Some records say nearly nothing, others nearly everything.
    good = chance.random()
    states = list(library.words("states"))
    parts = {
        part: PartFact(
            state="released" if chance.random() < good else chance.choice(states),
            licence=chance.choice([None, "apache-2.0", "cc-by-4.0", licence()]),
            evidence=EVIDENCE,
        )
        for part in library.parts
        if chance.random() < often
    }
    defaults = {kind: licence() for kind in Licences.model_fields if chance.random() < 0.5}
    access = chance.choice(list(library.words("access")))
    model = samples.made({}, access=access)
    return model.model_copy(update={"parts": parts, "licences": Licences(**defaults)})


def odd_definition(key: int, library: Library, chance: random.Random) -> Definition:
    """A definition by chance, which tests what those in use do not."""

    def some(words: Any, most: int) -> list[str]:
        words = list(words)
        return chance.sample(words, chance.randint(0, min(most, len(words))))

    def requirement() -> dict[str, Any]:
        what = chance.randrange(8)
        if what == 0:
            return {"access": chance.choice(list(library.words("access")))}
        if what == 1:
            return {"definition": chance.choice(["osaid", "eu-ai-act"])}
        asked: dict[str, Any] = {
            "any": chance.sample(list(library.parts), chance.randint(1, 3)),
            "states": some(library.words("states"), 3) or ["released"],
        }
        if what > 3:
            bodies = some(["osi", "fsf", "open-definition", "mof"], 2)
            tests = {name: some(library.terms, 2) for name in ("permits", "without", "doubtful")}
            asked["licence"] = tests | {"approved": bodies}
        return asked

    rungs = [
        {
            "id": f"r{number}",
            "label": f"Rung {number}",
            "about": "It is made up.",
            "says": "is made up",
            "requires": [requirement() for _ in range(chance.randint(1, 3))],
        }
        for number in range(chance.randint(1, 4))
    ]
    real = library.definitions["osaid"].model_dump()
    made = {"id": f"odd-{key}", "order": 10 + key, "rungs": rungs, "open_licences": []}
    open_from = chance.choice(rungs)["id"]
    return Definition.model_validate(real | made | {"open_from": open_from})


@pytest.fixture
def compare(chromium: Browser, server: str, site: Path) -> Iterator[Callable[..., int]]:
    """Judges models by both engines; returns how many verdicts were compared."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(server + asset(site, "fieldguide.css"))  # Of the same origin, with no script.

    def run(models: list[Model], library: Library) -> int:
        records = [record(model) for model in models]
        script = server + asset(site, "whatif.js")
        found = page.evaluate(JUDGE, [script, rules(library), records])
        number = 0
        for model, asked, verdicts in zip(models, records, found, strict=True):
            assert set(verdicts) == set(library.definitions)
            for key, verdict in verdicts.items():
                right = judged(model, library.definitions[key], library)
                assert verdict == right, f"{model.id} by {key}: {asked}"
                number += 1
        return number

    yield run
    context.close()


def test_both_engines_agree_on_every_model(compare: Callable[..., int]) -> None:
    library = samples.real()
    number = compare(list(library.models.values()), library)
    assert number == len(library.models) * len(library.definitions) > 2000


def test_both_engines_agree_on_random_records(compare: Callable[..., int]) -> None:
    library, chance = samples.real(), random.Random(SEED)  # noqa: S311
    models = [made_up(library, chance) for _ in range(RANDOM)]
    assert compare(models, library) == RANDOM * len(library.definitions)
    verdicts = [assess(m, d, library) for m in models for d in library.definitions.values()]
    for outcome in Outcome:
        assert sum(v.open == outcome for v in verdicts) > 50, "a random test must not be one-sided"


def test_both_engines_agree_on_definitions_to_come(compare: Callable[..., int]) -> None:
    real, chance = samples.real(), random.Random(SEED)  # noqa: S311
    odd = {d.id: d for d in (odd_definition(n, real, chance) for n in range(40))}
    definitions = {**real.definitions, **odd}
    library = Library({**real.collections, "definitions": definitions}, real.paths)
    models = [made_up(library, chance) for _ in range(60)]
    assert compare(models, library) == 60 * len(definitions)


def test_an_address_says_what_the_record_says(chromium: Browser, server: str, site: Path) -> None:
    library, context = samples.real(), chromium.new_context()
    page = context.new_page()
    page.goto(server + asset(site, "fieldguide.css"))
    script = """async ([script, rules, queries]) => {
      const engine = await import(script);
      return queries.map((query) => {
        const record = engine.decode(rules, query);
        return [record, engine.encode(rules, record)];
      });
    }"""
    queries = [query(model, library) for model in library.models.values()]
    found = page.evaluate(script, [server + asset(site, "whatif.js"), rules(library), queries])
    for model, asked, (decoded, encoded) in zip(
        library.models.values(), queries, found, strict=True
    ):
        assert decoded == record(model)
        assert encoded == asked
    context.close()


# The page, as a reader uses it


Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, server: str) -> Iterator[Visit]:
    """Opens the page with a query; options are those of a Playwright context."""
    contexts = []

    def open_page(query: str = "", width: int = 1280, **options: Any) -> Page:
        size: Any = {"width": width, "height": 800}
        contexts.append(chromium.new_context(viewport=size, reduced_motion="reduce", **options))
        page = contexts[-1].new_page()
        page.goto(f"{server}{HERE}{query}")
        if options.get("java_script_enabled", True):
            expect(page.locator("form.fg-whatif")).to_be_visible()
        return page

    yield open_page
    for context in contexts:
        context.close()


def part(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def tick(page: Page, name: str, state: str = "Released") -> None:
    part(page, name).get_by_role("radio", name=state, exact=True).check()


def found(page: Page, definition: str) -> Locator:
    return page.locator(f"[data-definition={definition}] [data-outcome]")


def by_hand(page: Page) -> None:
    """Ticks what the Open Source AI Definition asks for."""
    page.get_by_label("Whole release", exact=True).select_option(label="Apache 2.0")
    for name in ("Weights", "Training code", "Data preprocessing code", "Data information"):
        tick(page, name)


def test_an_empty_record_is_judged_by_what_is_not_known(visit: Visit) -> None:
    page = visit()
    expect(page.get_by_role("radio", name="Not offered")).to_be_checked()
    assert page.get_by_role("radio", name="Unknown", checked=True).count() == len(
        samples.real().parts
    )
    library = samples.real()
    for definition in library.definitions.values():
        right = judged(samples.made({}, access="none"), definition, library)
        expect(found(page, definition.id)).to_contain_text(right["label"])
    expect(page).to_have_url(re.compile(f"{HERE}$"))


def test_ticking_moves_every_verdict(visit: Visit) -> None:
    page = visit()
    by_hand(page)
    expect(page.get_by_role("radio", name="Weights", exact=True)).to_be_checked()
    expect(found(page, "osaid")).to_have_text("✓ Open source AI")
    expect(found(page, "plain-words")).to_have_text("✓ Open source")
    expect(found(page, "spectrum")).to_contain_text("6 Weights and code")
    expect(found(page, "mof")).to_contain_text("Not determined")
    tick(page, "Training data")
    expect(found(page, "spectrum")).to_have_text("7 Everything open")
    tick(page, "Training code", "Withheld")
    expect(found(page, "osaid")).to_have_text("✕ Not met")
    expect(found(page, "spectrum")).to_contain_text("5 Weights under")


def test_a_licence_counts_for_its_part_its_kind_or_all(visit: Visit) -> None:
    page = visit()
    by_hand(page)
    own = part(page, "Weights").get_by_label("Licence of the weights")
    expect(own.locator("option").first).to_have_text("As above: Apache 2.0")
    own.select_option(label="No licence")
    expect(found(page, "osaid")).to_have_text("✕ Not met")
    own.select_option(label="As above: Apache 2.0")
    expect(found(page, "osaid")).to_have_text("✓ Open source AI")
    page.get_by_label("Data and weights").select_option(label="Llama 3.1 Community")
    expect(own.locator("option").first).to_have_text("As above: Llama 3.1 Community")
    expect(found(page, "osaid")).to_have_text("✕ Not met")
    own.select_option(label="MIT")
    expect(found(page, "osaid")).to_have_text("✓ Open source AI")


def test_a_part_that_is_not_out_has_no_licence_to_choose(visit: Visit) -> None:
    page = visit()
    choice = page.locator("[name=licence-model-card]")
    for state, shown in (("Released", True), ("Partial", True), ("Withheld", False)):
        tick(page, "Model card", state)
        expect(choice).to_be_visible(visible=shown)


def test_a_verdict_tells_its_reasons_and_leads_to_their_parts(visit: Visit) -> None:
    page = visit("?from=llama-3-1")
    library = samples.real()
    right = judged(library.models["llama-3-1"], library.definitions["osaid"], library)
    box = page.locator("[data-definition=osaid]")
    box.locator("summary").click()
    reasons = [reason for rung in right["findings"] for _, reason, _ in rung]
    items = box.locator("[data-reasons] ul").first.locator("li")
    assert [re.sub(r"^.*?:\s", "", text) for text in items.all_text_contents()] == [
        reason[0].upper() + reason[1:] for reason in reasons
    ]
    items.first.get_by_role("link").click()
    expect(page).to_have_url(re.compile("#part-weights$"))
    expect(part(page, "Weights")).to_be_in_viewport()
    expect(page.get_by_label("Start from")).to_have_value("llama-3-1")


def test_what_would_lift_a_verdict_can_be_tried(visit: Visit) -> None:
    page = visit("?from=olmo-2")
    library = samples.real()
    right = judged(library.models["olmo-2"], library.definitions["osaid"], library)
    assert right["lifts"], "the test needs a model that can be lifted"
    box = page.locator("[data-definition=osaid]")
    box.locator("summary").click()
    first = right["lifts"][0]
    button = box.get_by_role("button", name=f"Try it: {first[0].upper()}{first[1:]}", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(found(page, "osaid")).to_contain_text("✓ Open source AI")
    expect(found(page, "osaid")).to_contain_text("as recorded: Not determined")
    expect(box.locator("summary")).to_be_focused()
    page.go_back()
    expect(found(page, "osaid")).not_to_contain_text("as recorded")


# Addresses


def test_the_address_can_be_shared(visit: Visit) -> None:
    page = visit()
    by_hand(page)
    page.locator("[name=licence-weights]").select_option("mit")
    query = (
        "?access=weights&all=apache-2.0"
        "&released=weights*mit_training-code_data-preprocessing-code_data-information"
    )
    assert page.url.endswith(HERE + query)
    for other in (page, visit(query)):
        other.reload()
        expect(found(other, "osaid")).to_have_text("✓ Open source AI")
        expect(other.locator("[name=licence-weights]")).to_have_value("mit")
        expect(other.locator("[name=all]")).to_have_value("apache-2.0")
        expect(part(other, "Training code").get_by_label("Released")).to_be_checked()
        expect(part(other, "Research paper").get_by_label("Unknown")).to_be_checked()


def test_back_takes_one_control_back(visit: Visit) -> None:
    page = visit()
    tick(page, "Weights")
    tick(page, "Model card", "Partial")
    tick(page, "Model card", "Withheld")
    page.go_back()
    expect(part(page, "Model card").get_by_label("Unknown")).to_be_checked()
    expect(part(page, "Weights").get_by_label("Released")).to_be_checked()
    expect(found(page, "plain-words")).to_contain_text("Open weights")
    page.go_back()
    expect(part(page, "Weights").get_by_label("Unknown")).to_be_checked()
    expect(page.get_by_role("radio", name="Not offered")).to_be_checked()
    expect(page).to_have_url(re.compile(f"{HERE}$"))
    page.go_forward()
    expect(part(page, "Weights").get_by_label("Released")).to_be_checked()


def test_a_model_of_the_catalogue_is_a_start(visit: Visit) -> None:
    page = visit("?from=olmo-2")
    library = samples.real()
    for definition in library.definitions.values():
        right = judged(library.models["olmo-2"], definition, library)
        expect(found(page, definition.id)).to_contain_text(right["label"])
        expect(found(page, definition.id)).not_to_contain_text("as recorded")
    box = page.get_by_label("Start from")
    assert box.locator("option").count() == len(library.models) + 1
    tick(page, "Weights", "Withheld")
    expect(found(page, "plain-words")).to_contain_text("as recorded: Open weights")
    expect(page).to_have_url(re.compile(r"\?from=olmo-2&access=weights&"))
    page.get_by_role("button", name="Start over").click()
    expect(page).to_have_url(re.compile(r"\?from=olmo-2$"))
    expect(part(page, "Weights").get_by_label("Released")).to_be_checked()
    box.select_option(label="BLOOM")
    expect(page).to_have_url(re.compile(r"\?from=bloom$"))
    right = judged(library.models["bloom"], library.definitions["mof"], library)
    expect(found(page, "mof")).to_contain_text(right["label"])
    box.select_option(label="an empty record")
    expect(page).to_have_url(re.compile(f"{HERE}$"))
    expect(part(page, "Weights").get_by_label("Unknown")).to_be_checked()


def test_starting_over_empties_what_was_begun_with_nothing(visit: Visit) -> None:
    page = visit()
    by_hand(page)
    page.get_by_role("button", name="Start over").click()
    expect(page).to_have_url(re.compile(f"{HERE}$"))
    expect(page.locator("[name=all]")).to_have_value("")
    expect(part(page, "Weights").get_by_label("Unknown")).to_be_checked()
    page.go_back()
    expect(found(page, "osaid")).to_have_text("✓ Open source AI")


@pytest.mark.parametrize(
    "query",
    [
        "?from=no-such-model",
        "?from=constructor&all=toString&released=__proto___valueOf*constructor",
        "?access=<img src=x onerror=alert(1)>&released=*_*",
        "?access=%E0%A4%A&all=%00",
    ],
)
def test_an_address_with_nonsense_is_an_empty_record(visit: Visit, query: str) -> None:
    page = visit(query)
    expect(page.get_by_role("radio", name="Not offered")).to_be_checked()
    assert page.locator("img[src=x]").count() == 0
    assert page.get_by_role("radio", name="Unknown", checked=True).count() == len(
        samples.real().parts
    )
    expect(page.locator("[name=all]")).to_have_value("")
    expect(page.get_by_label("Start from")).to_have_value("")


# The record to take away


def download(page: Page) -> str:
    with page.expect_download() as started:
        page.get_by_role("button", name="Download as YAML").click()
    assert started.value.suggested_filename == "my-release.yml"
    return Path(started.value.path()).read_text(encoding="utf-8")


def filled(text: str) -> str:
    """The record once what it asks for is filled in."""
    text = text.replace('url: ""', 'url: "https://example.org/source"')
    return text.replace("my-family", "olmo").replace("my-organisation", "eleutherai")


def test_the_record_can_be_contributed(visit: Visit, tmp_path: Path) -> None:
    page = visit("?from=olmo-2")
    tick(page, "Model card", "Withheld")
    tick(page, "Sample outputs", "Not applicable")
    text = download(page)
    document = parse(text, "my-release.yml")
    assert document.problems == []
    shutil.copytree(ROOT / "data", tmp_path / "data")
    samples.put(tmp_path, "data/models/my-release.yml", filled(text))
    model = load(tmp_path).models["my-release"]
    old = samples.real().models["olmo-2"]
    assert model.access == old.access
    assert model.licences == old.licences
    stated = {key: (fact.state, fact.licence) for key, fact in model.parts.items()}
    assert stated == {
        **{key: (fact.state, fact.licence) for key, fact in old.parts.items()},
        "model-card": ("withheld", None),
        "sample-outputs": ("not-applicable", None),
    }


def test_the_record_says_what_is_missing_in_it(visit: Visit) -> None:
    page = visit(
        "?access=weights&all=mit&released=weights&withheld=training-data&partial=model-card"
    )
    text = download(page)
    value = parse(text, "a.yml").value
    with pytest.raises(ValidationError) as refused:
        Model.model_validate({**value, "id": "a"})
    wrong = [e["loc"] for e in refused.value.errors() if e["type"] != "too_short"]
    assert {place[-1] for place in wrong} == {"url"}
    assert len(wrong) == text.count('url: ""') == 5
    for line in text.splitlines():
        if re.search(r'url: ""|my-|My release|kind:|description:', line):
            assert "FILL IN" in line
    assert f"{page.url.split('/data/')[0]}/data/contribute/" in text
    assert "basis: refused" in text


def test_an_empty_record_is_a_record_too(visit: Visit) -> None:
    text = filled(download(visit()))
    value = parse(text, "a.yml").value
    model = Model.model_validate({**value, "id": "a"})
    assert (model.access, model.parts, list(model.unsourced())) == ("none", {}, [])


# Everybody can use it


@pytest.mark.parametrize("width", [375, 1280])
def test_is_accessible_with_all_opened(visit: Visit, width: int) -> None:
    page = visit("?from=bloom&access=weights&partial=weights*mit", width, color_scheme="light")
    for summary in page.locator("details.fg-ruling > summary").all():
        summary.click()
    assert page.evaluate(OVERFLOW) <= 0
    axe.thin(page)
    assert axe.faults(page) == ""
    assert axe.dark_faults(page) == ""


def test_fits(visit: Visit) -> None:
    page = visit("?from=olmo-2")
    for width in (320, 375, 768, 960, 1024, 1220, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("innerWidth") == width
        assert page.evaluate(OVERFLOW) <= 0, width


@pytest.mark.parametrize("width", [375, 1280])
def test_everything_to_press_is_large_enough(visit: Visit, width: int) -> None:
    page = visit("?from=bloom", width)
    page.locator("[data-definition=mof] summary").click()
    small = page.evaluate(
        """() => [...document.querySelectorAll(
          ".fg-whatif :is(label:has(input), select, button, summary), .fg-whatif-strip a")]
          .filter((each) => each.checkVisibility())
          .filter((each) => {
            const box = each.getBoundingClientRect();
            return Math.min(box.width, box.height) < 24;
          })
          .map((each) => each.outerHTML.slice(0, 100))"""
    )
    assert small == []


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit()
    page.get_by_label("Start from").focus()
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => {
              const at = document.activeElement;
              const box = at.matches("input[type=radio]") ? at.parentElement : at;
              const style = getComputedStyle(box);
              const place = box.getBoundingClientRect();
              const middle = document.elementFromPoint(
                place.x + place.width / 2, place.y + place.height / 2);
              const name = at.name || at.tagName;
              const uncovered = box.contains(middle);
              const inside = !!at.closest("form.fg-whatif");
              return [name, style.outlineStyle, parseFloat(style.outlineWidth), uncovered, inside];
            }"""
        )
        name, style, width, uncovered, inside = shown
        if not inside:
            break
        assert style != "none", name
        assert width >= 1, name
        assert uncovered, name
        seen.append(name)
        if name == "weights":
            page.keyboard.press("ArrowLeft")
            page.keyboard.press("ArrowLeft")
            page.keyboard.press("ArrowLeft")
    assert {"access", "all", "weights", "licence-weights", "SUMMARY", "download", "reset"} <= {
        *seen
    }
    assert len(seen) == len(set(seen)) + seen.count("SUMMARY") - 1
    expect(found(page, "plain-words")).to_contain_text("Open weights")
    page.locator("[data-definition=mof] summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-definition=mof] [data-reasons]")).to_be_visible()


def test_on_a_phone_the_verdicts_stay_in_view(visit: Visit) -> None:
    page = visit("", 375)
    strip = page.locator(".fg-whatif-strip")
    tick(page, "Weights")
    expect(strip).to_be_in_viewport(ratio=1)
    expect(strip.locator("[data-strip=plain-words]")).to_have_text("✓ In plain words")
    strip.get_by_role("link", name="Verdicts").click()
    expect(found(page, "plain-words")).to_be_in_viewport()


def test_wide_screens_keep_the_verdicts_beside_the_parts(visit: Visit) -> None:
    page = visit()
    tick(page, "Data information")
    for definition in samples.real().definitions:
        expect(found(page, definition)).to_be_in_viewport()


def test_news_are_told_once_and_only_where_there_are_any(visit: Visit) -> None:
    page = visit("?from=olmo-2")
    page.evaluate(
        """() => {
          window.told = [];
          const region = document.querySelector("form.fg-whatif [role=status]");
          new MutationObserver(() => window.told.push(region.textContent))
            .observe(region, { childList: true, characterData: true, subtree: true });
        }"""
    )
    page.wait_for_timeout(900)
    assert page.evaluate("told") == []
    tick(page, "Sample outputs")  # No definition asks for them.
    page.wait_for_timeout(900)
    assert page.evaluate("told") == []
    tick(page, "Weights", "Partial")
    tick(page, "Weights", "Unknown")
    tick(page, "Weights", "Withheld")
    page.wait_for_timeout(900)
    [told] = page.evaluate("told")
    assert "Open Source AI: Not met" in told
    assert "In plain words: Open access" in told


def test_without_scripts_the_page_says_so_and_where_to_go(visit: Visit) -> None:
    page = visit("?from=olmo-2", java_script_enabled=False)
    expect(page.locator("form.fg-whatif")).to_be_hidden()
    note = page.locator("noscript p, p").filter(has_text="This page needs JavaScript.")
    expect(note).to_be_visible()
    assert note.get_by_role("link").get_attribute("href") == "../../understand/definitions/"
    expect(note).to_contain_text("fieldguide mof")
    expect(page.get_by_role("heading", name="How it judges")).to_be_visible()


def test_it_says_when_the_rules_do_not_come(chromium: Browser, server: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/rules.json", lambda route: route.abort())
    page.goto(server + HERE)
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    expect(page.locator("form.fg-whatif")).to_be_hidden()
    context.close()


# What it costs, and whom it asks


def test_the_script_is_on_this_page_only(site: Path) -> None:
    users = [
        file.relative_to(site).as_posix()
        for file in site.rglob("*.html")
        if asset(site, "whatif.js") in file.read_text(encoding="utf-8")
    ]
    assert users == [f"{HERE}index.html"]


def test_it_reads_what_was_exported(site: Path) -> None:
    for path, text in of_engines(samples.real()):
        assert (site / path).read_text(encoding="utf-8") == text
        assert len(gzip.compress(text.encode())) < 20_000


def test_each_model_leads_to_it(site: Path) -> None:
    for key in ("olmo-2", "gpt-4"):
        page = dom.read(site / f"models/{key}/index.html")
        links = [a.attrs["href"] for a in page.one("article").all("a") if "href" in a.attrs]
        assert f"../../{HERE}?from={key}" in links


def test_a_strict_content_security_policy_is_possible(
    chromium: Browser, server: str, site: Path
) -> None:
    html = (site / HERE / "index.html").read_text(encoding="utf-8")
    before, _, rest = html.partition("<article")
    article, _, after = rest.partition("</article>")
    assert "<script>" not in article
    assert not re.search(r"\sstyle=|\son[a-z]+=", article)
    inline = re.findall(r"<script>(.*?)</script>", before + after, re.DOTALL)
    digests = [hashlib.sha256(text.encode()).digest() for text in inline]
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    policy = (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; worker-src 'self'; form-action 'none'"
    )
    context = chromium.new_context()
    page = context.new_page()
    refused: list[str] = []

    def guarded(route: Any) -> None:
        headers = {"content-security-policy": policy, "content-type": "text/html"}
        route.fulfill(body=html, headers=headers)

    page.on("console", lambda m: refused.append(m.text) if "whatif" in m.text else None)
    page.route("**/what-if/**", guarded)
    page.goto(f"{server}{HERE}?from=olmo-2")
    expect(found(page, "spectrum")).to_contain_text("7 Everything open")
    tick(page, "Weights", "Withheld")
    expect(found(page, "plain-words")).to_contain_text("Open access")
    assert "weights" in download(page)
    assert refused == []
    context.close()
