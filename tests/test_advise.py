"""What would change a verdict: sets of changes that suffice, with nothing to spare."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings

import samples
from each import each
from fieldguide.advise import MOST, Change, apply, changes
from fieldguide.assess import assess, licence_of, state_of
from fieldguide.library import Library
from fieldguide.records import Definition, Model
from fieldguide.verdicts import Outcome
from test_assess import models

REAL = samples.real()
APACHE = "under a fitting licence, such as Apache 2.0"
CC_BY = "under a fitting licence, such as CC BY 4.0"


def advice(model: Model, definition: str, library: Library = REAL) -> list[tuple[Change, ...]]:
    return changes(model, assess(model, library.definitions[definition], library), library)


def words(model: Model, definition: str) -> list[list[str]]:
    return [[change.words(REAL) for change in one] for one in advice(model, definition)]


def check(model: Model) -> None:
    """Every set lifts the model to the next rung at least, and no part of the set does."""
    for definition in REAL.definitions.values():
        verdict = assess(model, definition, REAL)
        found = changes(model, verdict, REAL)
        assert bool(found) == (verdict.next is not None), definition.id
        assert len(found) <= MOST
        assert len(set(found)) == len(found)
        assert len({len(one) for one in found}) <= 1, "some are not the smallest"
        for one in found:
            assert verdict.next is not None
            for size in range(len(one)):
                for fewer in combinations(one, size):
                    again = assess(apply(model, fewer), definition, REAL)
                    assert again.at_least(verdict.next.id) != Outcome.MET, fewer
            lifted = assess(apply(model, one), definition, REAL)
            assert lifted.at_least(verdict.next.id) == Outcome.MET, one


@each(samples.records("models"))
def test_changes_suffice_and_none_is_idle(model: Model) -> None:
    check(model)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(model=models())
def test_changes_suffice_and_none_is_idle_whatever_the_model(model: Model) -> None:
    check(model)


# Worked by hand


def test_on_the_highest_rung_nothing_is_to_change() -> None:
    assert advice(REAL.models["pythia"], "osaid") == []
    assert advice(REAL.models["pythia"], "spectrum") == []


def test_a_licence_that_stands_in_the_way() -> None:
    assert words(REAL.models["bloom"], "osaid") == [[f"put the weights {APACHE}"]]


def test_parts_that_are_withheld_or_partial_are_to_be_released() -> None:
    model = samples.made(
        {"weights": "released mit", "training-code": "partial mit"}, rest="withheld"
    )
    assert words(model, "osaid") == [
        [
            "release the data information",
            f"release the data preprocessing code {APACHE}",
            f"release the training code {APACHE}",
        ]
    ]


def test_one_change_may_meet_two_requirements() -> None:
    parts = {"weights": "released mit", "data-information": "released"}
    model = samples.made(parts | {"data-preprocessing-code": "released mit"}, rest="withheld")
    assert words(model, "osaid") == [[f"release the training code {APACHE}"]]


def test_what_is_not_known_is_to_be_shown() -> None:
    parts = {"weights": "released mit", "training-code": "released"}
    known = parts | {"data-preprocessing-code": "released mit"}
    assert words(samples.made(known), "osaid") == [
        [
            "show that a description of the training data is released",
            "show under which licence the training code is released",
        ]
    ]


@pytest.mark.parametrize(
    ("licences", "asked"),
    [
        ({}, f"show that the training code is released {APACHE}"),
        ({"all": "llama-2-community"}, f"show that the training code is released {APACHE}"),
        ({"all": "none"}, f"show that the training code is released {APACHE}"),
        ({"code": "mit"}, "show that the training code is released"),
    ],
)
def test_the_licence_of_what_is_not_known_is_named_unless_it_fits(
    licences: dict[str, str], asked: str
) -> None:
    parts = {"weights": "released mit", "data-information": "released"}
    parts |= {"data-preprocessing-code": "released mit"}
    assert words(samples.made(parts, **licences), "osaid") == [[asked]]


def test_documents_are_offered_a_licence_for_documents_and_other_parts_stand_in() -> None:
    parts = dict.fromkeys(("architecture", "weights", "data-card"), "released mit")
    parts |= {"evaluation-results": "released mit"}
    assert words(samples.made(parts, rest="withheld"), "mof") == [
        [f"release the model card {CC_BY}", f"release the research paper {CC_BY}"],
        [f"release the model card {CC_BY}", f"release the technical report {CC_BY}"],
    ]


def test_a_part_that_serves_twice_is_the_smallest_change() -> None:
    model = samples.made({"weights": "released mit"}, rest="withheld")
    assert words(model, "eu-ai-act") == [["release the technical report"]]


def test_a_wider_route_is_a_change_too() -> None:
    model = samples.made({}, access="product", rest="withheld")
    assert words(model, "spectrum") == [["offer it by a wider route, “API”"]]
    assert advice(model, "spectrum") == [(Change(access="api"),)]
    assert apply(model, advice(model, "spectrum")[0]).access == "api"


def test_a_rung_that_asks_for_a_whole_definition_asks_for_all_of_it() -> None:
    model = samples.made({"weights": "released gpt-2-modified-mit"}, rest="withheld")
    [asked] = words(model, "plain-words")
    assert asked == words(model, "osaid")[0]
    assert len(asked) == 4


def test_no_more_sets_are_listed_than_are_worth_reading() -> None:
    assert len(advice(samples.made({"weights": "released mit"}), "eu-ai-act")) == 1
    asked = {"any": ["architecture", "model-card", "data-card", "sample-outputs", "weights"]}
    rung = REAL.definitions["osaid"].rungs[0].model_dump() | {"requires": [asked]}
    definition = REAL.definitions["osaid"].model_dump(by_alias=True) | {"rungs": [rung]}
    many = Definition.model_validate(definition)
    model = samples.made({}, rest="withheld")
    found = changes(model, assess(model, many, REAL), REAL)
    assert [[change.part for change in one] for one in found] == [
        *(["architecture"], ["data-card"], ["model-card"], ["sample-outputs"])
    ]


def test_where_no_licence_fits_nothing_is_advised(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/licences/free.yml", "size-threshold: {answer: unspecified}", "")
    path = "data/licences/free.yml"
    samples.edit(tmp_path, path, "use-restrictions: {answer: none}", "")
    library = samples.load(tmp_path)
    for key in ("alpha", "beta", "gamma"):
        assert advice(library.models[key], "strict", library) == []


def test_a_change_leaves_the_rest_of_the_model_alone() -> None:
    model = samples.made({"weights": "released llama-2-community"}, all="mit")
    after = apply(
        model, (Change("weights", licence="apache-2.0"), Change("model-card", "released"))
    )
    assert licence_of(after, "weights", REAL) == "apache-2.0"
    assert state_of(after, "weights") == "released"
    assert (state_of(after, "model-card"), licence_of(after, "model-card", REAL)) == (
        "released",
        "mit",
    )
    assert apply(model, ()) == model
    assert state_of(model, "model-card") == "unknown"
