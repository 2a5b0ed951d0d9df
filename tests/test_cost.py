"""The page "Cost": its sums against those done by hand, and the form as its readers use it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import axe
from copies import asset
from test_browser import OVERFLOW, uncomplaining

HERE = "run/cost/"
# By hand, with 365 / 12 days a month. At rest 50 W take 36.5 kWh, 300 W more for 8 hours 73 kWh.
GIVEN = {
    "price": 3600.0,
    "years": 3.0,
    "busy": 350.0,
    "idle": 50.0,
    "hours": 8.0,
    "kwh": 0.2,
    "input-price": 1.0,
    "output-price": 4.0,
    "input": 30.0,
    "output": 20.0,
}
QUERY = "&".join(f"{name}={value:g}" for name, value in GIVEN.items())

Open = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, server: str) -> Iterator[Open]:
    """Opens the page, with what was typed in its address."""
    with uncomplaining(chromium, server) as visit:
        yield lambda query="", *size, **options: visit(
            HERE + (query and f"?{query}"), *size, **options
        )


@pytest.fixture(scope="module")
def script(chromium: Browser, server: str, site: Path) -> Iterator[Callable[..., Any]]:
    """Calls a function of the page's script."""
    page = chromium.new_page()
    page.goto(server + HERE)

    def call(name: str, argument: Any) -> Any:
        code = "async ([src, name, x]) => (await import(src))[name](x)"
        return page.evaluate(code, [server + asset(site, "cost.js"), name, argument])

    yield call
    page.close()


# Numbers as people write them

READ = {
    "1500": 1500,
    "1500.5": 1500.5,
    "1500,5": 1500.5,
    "0,125": 0.125,
    "0.125": 0.125,
    "1,234.5": 1234.5,
    "1.234,5": 1234.5,
    "1 234,5": 1234.5,
    "1’234.5": 1234.5,
    "1,234,567": 1234567,
    "1.234.567,89": 1234567.89,
    ".5": 0.5,
    "5.": 5,
    " 7 ": 7,
    "0": 0,
    "1234,567": 1234.567,
}
REFUSED = {
    "-5": "below zero",
    "−5": "below zero",
    "1,500": "“1,500” can be read in two ways. Write 1500 or 1.5.",
    "12.345": "Write 12345 or 12.345",
    "1,23,4": "cannot be read",
    "1.2.3": "cannot be read",
    "1,234.567.890": "cannot be read",
    "12 €": "no number",
    "1e5": "no number",
    "NaN": "no number",
    ",": "no number",
    "-": "no number",
    "1" * 17: "too large",
}


def test_numbers_are_read_as_people_write_them(script: Callable[..., Any]) -> None:
    assert {text: script("parse", text).get("value") for text in READ} == READ
    assert script("parse", "") == script("parse", "  ") == {}


def test_what_is_no_number_is_refused_with_a_reason(script: Callable[..., Any]) -> None:
    told = {text: script("parse", text) for text in REFUSED}
    assert {text for text, found in told.items() if "value" in found} == set()
    assert {t: f["error"] for t, f in told.items() if REFUSED[t] not in f["error"]} == {}


# The sums


def test_the_sums_are_those_done_by_hand(script: Callable[..., Any]) -> None:
    found = script("compare", GIVEN)
    machine = found["machine"]
    assert machine["purchase"] == pytest.approx(100)  # 3,600 over 36 months.
    assert machine["electricity"] == pytest.approx(109.5 * 0.2)
    assert machine["sum"] == pytest.approx(121.9)
    assert found["bill"] == pytest.approx(110)  # 30 × 1 + 20 × 4.
    # What stands still is 100 + 7.3; a million tokens save (110 − 14.6) ÷ 50.
    assert found["same"] == pytest.approx(107.3 * 50 / 95.4)
    assert found["day"] == pytest.approx(8 * 107.3 / 95.4)
    assert found["months"] == pytest.approx(3600 / (110 - 21.9))
    assert found["most"] is None


def test_all_that_may_stay_empty_counts(script: Callable[..., Any]) -> None:
    more = {"resale": 360, "staff": 2, "wage": 30, "other": 8.1, "speed": 20}
    found = script("compare", GIVEN | more)
    assert found["machine"]["purchase"] == pytest.approx(90)
    assert found["machine"]["people"] == 60
    assert found["machine"]["sum"] == pytest.approx(90 + 21.9 + 60 + 8.1)
    assert found["months"] == pytest.approx(3600 / (110 - 90))
    assert found["most"] == pytest.approx(20 * 3600 * 8 * 365 / 12 / 1e6)  # 17.52 million.
    assert found["needed"] == pytest.approx(8 * 20 / 17.52)


def test_at_the_break_even_both_cost_the_same(script: Callable[..., Any]) -> None:
    found = script("compare", GIVEN)
    grown = found["same"] / 50
    more = {"input": 30 * grown, "output": 20 * grown, "hours": 8 * grown}
    there = script("compare", GIVEN | more)
    assert there["machine"]["sum"] == pytest.approx(there["bill"])


SAID = [
    ({}, "Your own machine costs 121.90 a month, the service 110.00."),
    ({}, "At this amount the service is cheaper by 11.90 a month."),
    ({}, "Break-even: 56.24 million tokens a month, with your mix of input and output. The machine"
         " would be busy 9 hours a day."),
    ({}, "but it is in use for 36 months only."),
    ({}, "was not checked: its speed is missing."),
    ({"years": 5}, "your own machine is cheaper by 28.10 a month."),
    ({"years": 5}, "The hardware has paid for itself after 40.9 months."),
    ({"hours": 20, "price": 7200, "years": 2}, "hours a day for that, more than a day has."),
    ({"other": 200}, "The hardware never pays for itself: to run it costs 221.90 a month"),
    ({"kwh": 3}, "There is no break-even: the electricity for each token costs as much"),
    ({"speed": 20}, "Your machine cannot make that many tokens: in 8 hours a day it writes 17.52"
                    " million a month at most, and you ask for 20 million. It would have to be busy"
                    " 9.1 hours a day."),
    ({"speed": 5}, "Even a whole day would not do."),
    ({"speed": 30}, "Your machine can write 26.28 million tokens a month, enough for 20 million."),
    ({"other": 88.1 - 100, "price": 3600}, "At this amount they cost the same."),
]  # fmt: skip


def test_the_result_is_said_in_sentences(script: Callable[..., Any]) -> None:
    wrong = {}
    for changes, sentence in SAID:
        told = " ".join(script("sentences", GIVEN | changes))
        if sentence not in told:
            wrong[sentence] = told
    assert wrong == {}


# The form


def field(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True)


def result(page: Page) -> Locator:
    return page.locator("[data-result]")


def test_the_form_is_empty_and_says_what_to_do(visit: Open) -> None:
    page = visit()
    assert {box.input_value() for box in page.locator(".fg-cost input").all()} == {""}
    expect(result(page)).to_have_text("Fill in your numbers, and the result appears here.")
    assert page.locator(".fg-cost [placeholder]").count() == 0


def test_it_says_what_is_missing_until_nothing_is(visit: Open) -> None:
    page = visit(width=375)
    field(page, "Price of the hardware").fill("3600")
    field(page, "Years of use").fill("3")
    expect(result(page)).to_contain_text(
        "Still missing: power when it is busy, power when it is idle, hours busy in a day, price of"
        " electricity, price of input, price of output, input in a month and output in a month."
    )
    for label, text in (
        ("Power when it is busy", "350"),
        ("Power when it is idle", "50"),
        ("Hours busy in a day", "8"),
        ("Price of electricity", "0,2"),
    ):
        field(page, label).fill(text)
    expect(result(page)).to_contain_text("Your own machine costs 121.90 a month.")
    field(page, "Price of input").fill("1")
    field(page, "Price of output").fill("4")
    field(page, "Input in a month").fill("30")
    expect(result(page)).to_contain_text("Still missing: output in a month.")
    field(page, "Output in a month").fill("20")
    expect(result(page)).to_contain_text("the service 110.00.")
    expect(result(page)).to_contain_text("counted as nothing: what it can be sold for at the end,")
    expect(page.locator(".fg-cost [role=status]")).to_contain_text("Your own machine costs 121.90")
    field(page, "Work of people in a month").fill("2")
    expect(result(page)).to_contain_text("Still missing: cost of an hour of that work.")
    assert page.evaluate(OVERFLOW) <= 0


def test_the_tables_add_up(visit: Open) -> None:
    page = visit(QUERY + "&resale=360")
    rows = page.get_by_role("region", name="Costs", exact=True).locator("tbody tr")
    cells = [[cell.inner_text() for cell in row.locator("th, td").all()] for row in rows.all()]
    assert cells[0] == ["Purchase", "90.00", "3,240"]
    assert cells[4:] == [["Own machine in all", "111.90", "4,028"], ["Service", "110.00", "3,960"]]
    rows = page.get_by_role("region", name="Spent in all").locator("tbody tr")
    cells = [[cell.inner_text() for cell in row.locator("th, td").all()] for row in rows.all()]
    assert cells == [
        ["1 year", "3,863", "1,320"],
        ["2 years", "4,126", "2,640"],
        ["3 years", "4,028", "3,960"],
    ]


def test_a_field_says_what_is_wrong_with_it(visit: Open) -> None:
    page = visit(QUERY)
    for label, text, said in (
        ("Price of electricity", "-1", "This is below zero."),
        ("Price of electricity", "cheap", "This is no number."),
        ("Hours busy in a day", "25", "This is more than 24."),
        ("Years of use", "0", "This must be more than 0."),
        ("Power when it is idle", "351", "This is more than: power when it is busy."),
        ("What it can be sold for at the end", "3601", "This is more than: price of the hardware."),
    ):
        box = field(page, label)
        before = box.input_value()
        box.fill(text)
        expect(box).to_have_attribute("aria-invalid", "true")
        expect(box).to_have_accessible_description(re.compile(re.escape(said)))
        expect(result(page)).to_have_text(f"To be mended: {label[0].lower()}{label[1:]}.")
        box.fill(before)
        expect(box).to_have_attribute("aria-invalid", "false")
    expect(result(page)).to_contain_text("Your own machine costs 121.90 a month")
    field(page, "Input in a month").fill("0")
    field(page, "Output in a month").fill("0")
    expect(result(page)).to_have_text(re.compile("must be more than 0"))


def test_the_address_keeps_what_was_typed(visit: Open) -> None:
    page = visit(QUERY, permissions=["clipboard-read", "clipboard-write"])
    field(page, "Price of electricity").fill("0,4")
    before = result(page).inner_text()
    page.reload()
    assert field(page, "Price of electricity").input_value() == "0,4"
    assert result(page).inner_text() == before
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator(".fg-cost [role=status]")).to_have_text("The link was copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.get_by_role("button", name="Start over").click()
    expect(result(page)).to_have_text("Fill in your numbers, and the result appears here.")
    expect(field(page, "Price of the hardware")).to_be_focused()
    assert page.url.endswith(HERE)


def test_nonsense_in_the_address_is_only_text(visit: Open) -> None:
    page = visit("price=%3Cb%3E1&years=" + "9" * 99 + "&strange=1&kwh=1e3")
    assert field(page, "Price of the hardware").input_value() == "<b>1"
    expect(result(page)).to_contain_text("To be mended: price of the hardware, years of use and")


def test_a_link_that_cannot_be_copied_is_told(visit: Open) -> None:
    page = visit()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator(".fg-cost [role=status]")).to_contain_text("could not be copied")


def test_the_keyboard_is_enough(visit: Open) -> None:
    page = visit()
    field(page, "Price of the hardware").focus()
    for text in ("3600", "", "3", "350", "50", "8", "0.2", "", "", "", "1", "4", "30", "20"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    expect(result(page)).to_contain_text("Your own machine costs 121.90 a month")
    page.keyboard.press("Enter")
    expect(result(page)).to_contain_text("Your own machine costs 121.90 a month")


def test_without_scripts_the_worksheet_has_the_formulas(visit: Open) -> None:
    page = visit(java_script_enabled=False)
    assert not page.locator(".fg-cost").is_visible()
    assert "worksheet" in page.locator("noscript").inner_text()
    table = page.locator(".fg-worksheet")
    letters = table.locator("tbody th[scope=row]").all_inner_texts()
    assert letters == [chr(number) for number in range(ord("A"), ord("Z"))]
    sums = dict(zip(letters, table.locator("td:nth-child(3)").all_inner_texts(), strict=True))
    numbers = (3600, 360, 3, 350, 50, 8, 0.2, 2, 30, 8.1, 1, 4, 30, 20, 20)
    given = dict(zip(letters[:15], numbers, strict=True))
    for letter in letters[15:]:
        plain = sums[letter].replace("−", "-").replace("×", "*").replace("÷", "/").replace(",", "")
        assert re.fullmatch(r"[A-Y\d\s()*/+-]+", plain)
        given[letter] = eval(plain, {}, given)  # noqa: S307 (only letters, digits and signs)
    worked = {letter: round(given[letter], 3) for letter in "PTUVXY"}
    assert worked == {"P": 90, "T": 180, "U": 110, "V": 86.688, "X": 180, "Y": 17.52}


def test_it_prints_its_result_and_its_worksheet(visit: Open) -> None:
    page = visit(QUERY)
    page.emulate_media(media="print")
    assert result(page).is_visible()
    assert page.locator(".fg-worksheet").is_visible()
    assert not page.get_by_role("button", name="Copy the link").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (1280, "light")])
def test_every_state_is_accessible_and_fits(visit: Open, width: int, scheme: str) -> None:
    page = visit("", width, color_scheme=scheme)
    states = ["", QUERY, QUERY.replace("kwh=0.2", "kwh=-1"), "price=1"]
    for state in states if width == 375 else states[1:3]:
        page.evaluate("query => { history.replaceState(null, '', '?' + query);"
                      " dispatchEvent(new PopStateEvent('popstate')) }", state)  # fmt: skip
        assert page.evaluate(OVERFLOW) <= 0
        assert axe.faults(page) == ""
