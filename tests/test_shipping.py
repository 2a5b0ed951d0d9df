"""What to do before shipping under a licence follows from its terms."""

from __future__ import annotations

from pathlib import Path

import pytest

import dom
import samples
from each import each
from fieldguide.functions import Functions
from fieldguide.markers import expand
from fieldguide.records import Licence
from fieldguide.render import Renderer
from fieldguide.shipping import Step, checklist, rows
from fieldguide.views import Guide

REAL = Guide(samples.real())
COUNT = "Count first. Above 700,000,000 users a month you need other terms."
BANNED = "Go through the banned uses, and rule them out for your product and for its users."


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return samples.guide(tmp_path_factory.mktemp("shipping"))


def step(guide: Guide, licence: str, term: str) -> Step:
    steps = checklist(guide, guide.library.licences[licence])
    [found] = [
        one
        for one, rule in zip(steps, guide.library.shipping.values(), strict=True)
        if rule.term == term
    ]
    return found


@pytest.mark.parametrize(
    ("licence", "term", "kind", "words"),
    [
        ("free", "commercial-use", "done", "Commerce is allowed."),
        ("free", "notices", "do", "Put the licence and its notices beside every copy."),
        ("free", "use-restrictions", "done", "No use is banned."),
        ("free", "size-threshold", "silent", "The text names no size from which other terms hold."),
        ("free", "termination", "do", "Note when the licence ends, and what you must then do."),
        ("free", "attribution", "do", "Not known to us: read the text on attribution."),
        (
            "house",
            "commercial-use",
            "do",
            "Check that your business meets the conditions on commerce.",
        ),
        ("house", "size-threshold", "do", COUNT),
        ("house", "use-restrictions", "do", BANNED),
    ],
)
def test_a_step_follows_from_the_answer(
    guide: Guide, licence: str, term: str, kind: str, words: str
) -> None:
    found = step(guide, licence, term)
    assert (found.kind, found.words) == (kind, words)


def test_a_threshold_without_a_number_is_still_a_step(tmp_path: Path) -> None:
    samples.write(tmp_path)
    threshold = "    number: 700_000_000\n    counts: users\n    unit: users a month\n"
    samples.edit(tmp_path, "data/licences/house.yml", threshold, "")
    found = step(Guide(samples.load(tmp_path)), "house", "size-threshold")
    assert found.words == "Find out from which size on you need other terms."


def test_what_a_text_does_not_permit_has_to_be_asked_for(tmp_path: Path) -> None:
    samples.write(tmp_path)
    path = "data/licences/free.yml"
    samples.edit(tmp_path, path, '{answer: allowed, clause: "2.1"}', "{answer: unspecified}")
    assert step(Guide(samples.load(tmp_path)), "free", "commercial-use").kind == "do"


def test_a_step_has_its_clause_and_note(guide: Guide) -> None:
    said = step(guide, "free", "notices").said
    assert said is not None
    assert (said.clause, said.note) == ("notice paragraph", "Keep it")


def test_an_answer_without_words_is_told_as_it_is(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(
        tmp_path, "data/vocabulary/shipping.yml", "    allowed: Commerce is allowed.\n", ""
    )
    assert step(Guide(samples.load(tmp_path)), "free", "commercial-use").words == "Allowed."


def test_steps_stand_in_the_order_of_the_vocabulary(guide: Guide) -> None:
    labels = [word.label for word in guide.library.shipping.values()]
    for licence in guide.library.licences.values():
        assert [step.label for step in checklist(guide, licence)] == labels
    both = list(rows(guide, guide.library.licences.values()))
    assert [label for label, _ in both] == labels
    assert all(len(steps) == 2 for _, steps in both)


def test_each_term_has_one_step() -> None:
    terms = [step.term for step in REAL.library.shipping.values()]
    assert sorted(terms) == sorted(REAL.library.terms)


@each(samples.records("licences"))
def test_every_answer_of_a_licence_has_words(licence: Licence) -> None:
    for rule in REAL.library.shipping.values():
        said = licence.terms.get(rule.term)
        assert said is None or said.answer in rule.steps, f"{rule.term}: {said.answer}"


@pytest.mark.parametrize("term", [step.id for step in REAL.library.shipping.values()])
def test_words_answer_only_what_fits_the_term(term: str) -> None:
    rule = REAL.library.shipping[term]
    group = REAL.library.terms[rule.term].group
    for answer in rule.steps:
        assert group in REAL.library.answers[answer].groups, answer
    assert all(words.endswith(".") for words in rule.steps.values())


@pytest.mark.parametrize("numbered", ["Count.", "Above {number}.", "{number} {unit} {unit}", "{x}"])
def test_words_for_a_threshold_need_its_number_and_unit(tmp_path: Path, numbered: str) -> None:
    samples.write(tmp_path)
    old = "numbered: Count first. Above {number} {unit} you need other terms."
    samples.edit(tmp_path, "data/vocabulary/shipping.yml", old, f'numbered: "{numbered}"')
    [told] = samples.wrong(tmp_path)
    assert "`numbered` must have `{number}` and `{unit}`, once each" in told


# On pages


def html(guide: Guide, root: Path, template: str, key: str) -> dom.Node:
    record = guide.library.collections[
        {"licence": "licences", "family": "licence-families"}[template]
    ][key]
    text = Renderer(root, guide)(f"{template}.html", f"licences/{key}/", **{template: record})
    return dom.parse(text)


def test_a_licence_has_its_checklist(tmp_path: Path) -> None:
    page = html(samples.guide(tmp_path), tmp_path, "licence", "free")
    assert page.one("h2", id="ship").text.startswith("Before you ship under this licence")
    items = [item.text for item in page.one("ol", cls="fg-steps").all("li")]
    assert items[0].startswith("? Territory. Not known to us")
    assert (
        "! Notices. Put the licence and its notices beside every copy. notice paragraph: Keep it."
        in items
    )
    paragraphs = [p.text for p in page.all("p")]
    assert "Nothing to do: commerce is allowed (clause 2.1); no use is banned." in paragraphs
    assert "1 point on which the text is silent" in [node.text for node in page.all("summary")]


def test_a_family_has_its_texts_side_by_side(tmp_path: Path) -> None:
    page = html(samples.guide(tmp_path), tmp_path, "family", "free")
    assert page.one("h2", id="ship").text.startswith("Before you ship under these licences")
    [table] = [t for t in page.all("table") if t.one("caption").text.startswith("Before you ship")]
    assert [th.text for th in table.one("thead").all("th")] == ["Step", "Free", "House"]


def test_the_marker_compares_licences_in_the_order_given(tmp_path: Path) -> None:
    guide = samples.guide(tmp_path)
    functions = Functions(Renderer(tmp_path, guide), "licences/shipping/")
    made = expand('{{ shipping_table(["house", "free"]) }}', "a.md", functions.vocabulary())
    assert made.problems == []
    table = dom.parse(made.fill(made.markdown)).one("table")
    assert table.one("caption").text == "Before you ship under House and Free"
    assert [a.attrs["href"] for a in table.one("thead").all("a")] == ["../house/", "../free/"]
    first = table.one("tbody").all("tr")[0]
    assert [cell.text for cell in first.all("th", "td")] == [
        "Commercial use",
        "! Check that your business meets the conditions on commerce.",
        "✓ Commerce is allowed. clause 2.1",
    ]


def test_a_licence_that_is_not_there_is_told(tmp_path: Path) -> None:
    functions = Functions(Renderer(tmp_path, samples.guide(tmp_path)), "a/")
    made = expand('{{ shipping_table(["huose"]) }}', "a.md", functions.vocabulary())
    made.fill(made.markdown)
    assert [str(p) for p in made.problems] == [
        "a.md:1:1: unknown licence `huose`. Did you mean `house`?"
    ]
