"""Verdicts as readers see them: sentences, reasons, and definitions side by side."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import samples
from each import each
from fieldguide.charts import Segment
from fieldguide.library import Library
from fieldguide.records import Definition, LicenceTest, Model, Requirement
from fieldguide.rulings import (
    Ruling,
    asks,
    bars,
    chart,
    disagreements,
    headline,
    licence_words,
    part_asked,
    reason,
    ruling,
    rulings,
)
from fieldguide.verdicts import Outcome
from fieldguide.views import Guide

REAL = samples.real()
GUIDE = Guide(REAL)
OPEN = "released apache-2.0"
OSI = {"weights": OPEN, "training-code": OPEN, "data-preprocessing-code": OPEN}
OSI |= {"data-information": "released"}
NOT_LISTED = "which does not count as an open licence"


def with_models(*models: Model) -> Guide:
    """The guide's own definitions over other models."""
    found = {model.id: model for model in models}
    return Guide(Library({**REAL.collections, "models": found}, REAL.paths))


def made(parts: Mapping[str, str], **more: str) -> tuple[Guide, Model]:
    access, rest = more.pop("access", "weights"), more.pop("rest", "withheld")
    model = samples.made(parts, access=access, rest=rest, **more)
    return with_models(model), model


def judged(definition: str, parts: Mapping[str, str], **more: str) -> Ruling:
    guide, model = made(parts, **more)
    return ruling(guide, model, REAL.definitions[definition])


# Headlines

HEADLINES = {
    "pythia": "Pythia is open source by the Open Source AI Definition.",
    "bloom": "BLOOM is open weights. It is not open source by the Open Source AI Definition:"
    f" the weights are under BigScience RAIL 1.0, {NOT_LISTED}.",
    "mixtral-8x7b": "Mixtral 8x7B is open weights. It is not open source by the Open Source AI"
    " Definition: the training code is released only in part and a description of the training data"
    " is withheld.",
    "falcon-40b": "Falcon 40B is open weights. It is not open source by the Open Source AI"
    " Definition: the training code is withheld; the code that prepared the data is withheld; and"
    " a description of the training data is released only in part.",
    "gpt-4": "GPT-4 is open access only. It is not open source by the Open Source AI Definition:"
    " the weights are withheld; the training code is withheld; the inference code is withheld;"
    " and 2 more things are missing.",
    "chatgpt": "ChatGPT is open access only. It is not open source by the Open Source AI"
    " Definition: the weights are withheld.",
}


@pytest.mark.parametrize(("key", "text"), HEADLINES.items())
def test_the_headline_of_a_known_model(key: str, text: str) -> None:
    assert headline(GUIDE, REAL.models[key]) == text


@pytest.mark.parametrize(
    ("access", "parts", "rest", "text"),
    [
        ("weights", OSI, "withheld", "Made is open source by the Open Source AI Definition."),
        (
            *("weights", OSI | {"data-information": "unknown"}, "withheld"),
            "Made is open weights. By the Open Source AI Definition it is not determined:"
            " it is not known whether a description of the training data is released.",
        ),
        (
            *("weights", {"weights": "released"}, "unknown"),
            "Made is open weights. By the Open Source AI Definition it is not determined:"
            " the weights are released, under a licence that is not known;"
            " it is not known whether the training code is released;"
            " it is not known whether the inference code is released;"
            " and 2 more things are not settled.",
        ),
        (
            *("none", {}, "withheld"),
            "Made is not offered to the public: the widest access offered is “Not offered”."
            " It is not open source by the Open Source AI Definition: the weights are withheld;"
            " the training code is withheld; the inference code is withheld; and 2 more things"
            " are missing.",
        ),
    ],
)
def test_headlines(access: str, parts: dict[str, str], rest: str, text: str) -> None:
    assert headline(*made(parts, access=access, rest=rest)) == text


def test_only_definitions_that_make_headlines_are_in_it() -> None:
    assert [d.id for d in GUIDE.definitions if d.headline] == ["plain-words", "osaid"]
    silent = {
        key: definition.model_copy(update={"headline": key == "mof"})
        for key, definition in REAL.definitions.items()
    }
    guide = Guide(Library({**REAL.collections, "definitions": silent}, REAL.paths))
    assert headline(guide, REAL.models["whisper"]) == (
        "Whisper is in no class of the Model Openness Framework: the data card is withheld."
    )


@each(samples.records("models"))
def test_every_model_has_a_headline_that_names_it_once(model: Model) -> None:
    text = headline(GUIDE, model)
    assert text.startswith(f"{model.name} is ")
    assert text.endswith(".")
    assert ".." not in text
    assert ": ." not in text


# One ruling


def test_there_is_a_ruling_by_each_definition_in_order() -> None:
    found = rulings(GUIDE, REAL.models["pythia"])
    assert [(one.definition.id, one.word, one.label) for one in found] == [
        ("plain-words", "met", "Open source"),
        ("osaid", "met", "Open source AI"),
        ("mof", "undetermined", "Not determined"),
        ("eu-ai-act", "met", "Fits the exemption"),
        ("spectrum", "met", "Everything open"),
    ]


@pytest.mark.parametrize(
    ("definition", "parts", "word", "label", "perhaps"),
    [
        ("osaid", OSI, "met", "Open source AI", ""),
        ("osaid", {}, "not-met", "Not met", ""),
        (
            *("osaid", OSI | {"weights": "unknown"}),
            *("undetermined", "Not determined", "Open source AI"),
        ),
        ("mof", {}, "not-met", "Unclassified", ""),
        ("plain-words", {"weights": "released none"}, "met", "Open weights", ""),
        ("plain-words", {}, "not-met", "Open access", ""),
        (
            *("plain-words", OSI | {"data-information": "unknown"}),
            *("met", "Open weights", "Open source"),
        ),
        (
            *("spectrum", {"weights": OPEN, "inference-code": "unknown"}),
            *("met", "Weights under an open licence", "Weights and code under open licences"),
        ),
    ],
)
def test_a_ruling_in_words(
    definition: str, parts: dict[str, str], word: str, label: str, perhaps: str
) -> None:
    found = judged(definition, parts)
    assert (found.word, found.label, found.perhaps) == (word, label, perhaps)


def test_a_ruling_lists_its_rungs_with_their_findings() -> None:
    found = judged("osaid", {"weights": OPEN, "training-code": "unknown"})
    [(rung, findings)] = found.rungs
    assert rung.label == "Open source AI"
    assert [(word, finding.part) for word, finding in findings] == [
        ("met", "weights"),
        ("undetermined", "training-code"),
        ("undetermined", "training-code"),
        ("not-met", "data-preprocessing-code"),
        ("not-met", "data-information"),
    ]


def test_a_ruling_says_what_would_change_it() -> None:
    parts = OSI | {"weights": "released llama-2-community", "training-code": "withheld"}
    assert judged("osaid", parts).changes == [
        "release the training code under a fitting licence, such as Apache 2.0;"
        " put the weights under a fitting licence, such as Apache 2.0"
    ]
    assert judged("osaid", OSI).changes == []


# Reasons


@pytest.mark.parametrize(
    ("definition", "parts", "text"),
    [
        ("osaid", OSI, ""),
        ("osaid", OSI | {"weights": "withheld"}, "the weights are withheld"),
        (
            *("osaid", OSI | {"weights": "withheld", "data-information": "unknown"}),
            "the weights are withheld",
        ),
        (
            *("osaid", OSI | {"training-code": "unknown"}),
            "it is not known whether the training code is released",
        ),
        (
            *("osaid", OSI | {"weights": "partial", "data-information": "withheld"}),
            "the weights are released only in part and a description of the training data is"
            " withheld",
        ),
        (
            *("eu-ai-act", {"weights": "released llama-2-community"}),
            "the weights are under Llama 2 Community, which has a limit on size threshold;"
            " the model architecture is withheld; and the model card is withheld",
        ),
        # Where a definition counts it as open: why it is not on the next rung.
        ("plain-words", {"weights": OPEN}, "the Open Source AI Definition is not met"),
        ("plain-words", {"weights": OPEN} | OSI, ""),
        (
            *("spectrum", {"weights": OPEN, "training-code": OPEN}),
            "the training data is withheld",
        ),
        # And where it does not, all that stands between it and the rung that counts.
        ("spectrum", {}, "the weights are withheld"),
    ],
)
def test_reasons(definition: str, parts: dict[str, str], text: str) -> None:
    assert reason(judged(definition, parts)) == text


def test_reasons_on_the_way_to_a_rung_are_gathered() -> None:
    found = judged("spectrum", {}, access="api")
    assert reason(found) == "the widest access offered is “API” and the weights are withheld"


@each(samples.records("models"))
def test_whatever_is_not_open_or_not_highest_has_a_reason(model: Model) -> None:
    for one in rulings(GUIDE, model):
        assert bool(reason(one)) == (one.verdict.next is not None), one.definition.id


# Requirements in words


@pytest.mark.parametrize(
    ("requirement", "text"),
    [
        ({"access": "api"}, "Access: API, or a wider route"),
        ({"definition": "osaid"}, "All that the Open Source AI Definition asks"),
        ({"any": ["weights"]}, "Weights, released"),
        (
            {"any": ["technical-report", "research-paper"]},
            "Technical report or research paper, released",
        ),
        ({"any": ["weights"], "states": ["released", "partial"]}, "Weights, released or partial"),
    ],
)
def test_what_a_requirement_asks(requirement: dict[str, object], text: str) -> None:
    assert asks(GUIDE, Requirement.model_validate(requirement)) == text


@pytest.mark.parametrize(
    ("test", "text"),
    [
        ({}, ""),
        ({"approved": ["osi"]}, "approved by the Open Source Initiative"),
        (
            {"approved": ["osi", "fsf", "mof"]},
            "approved by the Open Source Initiative or the Free Software Foundation or the list of"
            " the Model Openness Framework",
        ),
        ({"approved": ["open-definition"]}, "approved by the Open Definition"),
        ({"permits": ["commercial-use", "hosting"]}, "allows commercial use, hosting as a service"),
        ({"without": ["territory"]}, "has no limit on territory"),
        ({"doubtful": ["field-limits"]}, "undetermined if it has field limits"),
        (
            {
                "approved": ["osi"],
                "permits": ["modification"],
                "without": ["size-threshold"],
                "doubtful": ["use-restrictions"],
            },
            "approved by the Open Source Initiative; allows modification; has no limit on size"
            " threshold; undetermined if it has use restrictions",
        ),
    ],
)
def test_what_a_licence_must_be(test: dict[str, object], text: str) -> None:
    assert licence_words(GUIDE, LicenceTest.model_validate(test)) == text


@pytest.mark.parametrize(
    ("definition", "part", "rung", "asked"),
    [
        ("mof", "weights", "class-iii", True),
        ("mof", "training-data", "class-i", True),
        ("mof", "research-paper", "class-iii", True),
        ("mof", "model-metadata", "class-i", False),
        ("osaid", "data-information", "open-source", True),
        ("spectrum", "weights", "restricted-weights", True),
    ],
)
def test_where_a_part_is_asked_for(definition: str, part: str, rung: str, asked: bool) -> None:
    found = part_asked(REAL.definitions[definition], part)
    assert found is not None
    assert (found[0].id, found[1] is not None) == (rung, asked)


def test_a_part_that_is_not_named_is_not_asked_for() -> None:
    assert part_asked(REAL.definitions["osaid"], "training-data") is None
    assert part_asked(REAL.definitions["mof"], "post-training-data") is None


# Side by side


def counted(definition: Definition, guide: Guide) -> list[tuple[str, int, int]]:
    found = bars(guide, definition)
    for bar in found:
        assert [(s.tone, s.label) for s in bar.segments] == [
            *(("plain", "settled"), ("unknown", "perhaps higher"))
        ]
    return [(bar.label, bar.segments[0].value, bar.segments[1].value) for bar in found]


def test_models_are_counted_by_the_rung_they_stand_on() -> None:
    texts = {
        "one": OSI,
        "two": OSI | {"weights": "withheld"},
        "three": OSI | {"weights": "unknown"},
        "four": {"weights": "released"},
    }
    models = [
        samples.made(parts, rest="withheld").model_copy(update={"id": key})
        for key, parts in texts.items()
    ]
    guide = with_models(*models)
    assert counted(REAL.definitions["osaid"], guide) == [
        ("Open source AI", 1, 0),
        ("Not met", 2, 1),
    ]
    assert counted(REAL.definitions["plain-words"], guide) == [
        ("Open source", 1, 0),
        ("Open weights", 1, 0),
        ("Open access", 1, 1),
        ("Closed to the public", 0, 0),
    ]
    assert bars(guide, REAL.definitions["osaid"])[0].segments[0] == Segment("plain", "settled", 1)


@pytest.mark.parametrize("definition", REAL.definitions)
def test_every_model_is_counted_once(definition: str) -> None:
    assert sum(bar.total for bar in bars(GUIDE, REAL.definitions[definition])) == len(REAL.models)


def test_a_definitions_chart_says_how_many_it_counts_as_open(tmp_path: Path) -> None:
    guide = samples.guide(tmp_path)
    drawn = chart(guide, guide.library.definitions["spectrum"])
    assert drawn.finding == "“Weights”: 2 of 3 models; 0 more are not determined"
    assert (drawn.records, [bar.total for bar in drawn.bars]) == (3, [1, 0, 1, 1, 0])


def test_definitions_disagree_where_one_surely_is_met_and_one_surely_is_not() -> None:
    found = disagreements(GUIDE)
    assert found
    for model, verdicts in found:
        words = {one.word for one in verdicts}
        assert {"met", "not-met"} <= words, model.id
        assert [one.definition.id for one in verdicts] == ["osaid", "mof", "eu-ai-act"]
    names = [model.name.casefold() for model, _ in found]
    assert names == sorted(names)
    listed = {model.id for model, _ in found}
    for model in REAL.models.values():
        opened = {GUIDE.verdict(model, key).open for key in ("osaid", "mof", "eu-ai-act")}
        assert (model.id in listed) == ({Outcome.MET, Outcome.NOT_MET} <= opened)


def test_doubt_is_no_disagreement() -> None:
    assert disagreements(made(OSI | {"model-card": "released", "architecture": "released"})[0])
    open_to_osi_alone = OSI | {"data-information": "unknown"}
    assert disagreements(made(open_to_osi_alone, rest="unknown")[0]) == []
    assert disagreements(made({})[0]) == []
