"""Files for other programs: in a fixed order, the same at every build, and readable."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import samples
from each import each
from fieldguide.api import Answers
from fieldguide.assess import passes
from fieldguide.exports import exports, of_records
from fieldguide.library import Library
from fieldguide.records import ID_SHAPE
from fieldguide.rulebook import query, rules
from fieldguide.views import Guide


def _files(library: Library) -> dict[str, str]:
    """All files of a library, those of records last."""
    answers = Answers(Guide(library))
    found = [*exports(answers), *of_records(answers)]
    files = {name: text if isinstance(text, str) else text.decode() for name, text in found}
    assert len(files) == len(found), "two files have one name"
    return files


REAL = _files(samples.real())
RULES = ["data/rules.json", "data/models.json", "compare/names.json"]
LISTS = ["models/catalogue.json", "licences/catalogue.json", "run/catalogue.json"]
WORKS = ["references.bib", "references.json"]
# Types of the Citation Style Language 1.0.2 that our records may use.
TYPES = {
    *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book"),
    *("broadcast", "chapter", "dataset", "document", "entry", "entry-dictionary", "hearing"),
    *("entry-encyclopedia", "event", "interview", "legal_case", "legislation", "manuscript"),
    *("motion_picture", "pamphlet", "paper-conference", "patent", "periodical"),
    *("personal_communication", "post", "post-weblog", "regulation", "report", "review"),
    *("software", "song", "speech", "standard", "thesis", "treaty", "webpage"),
}


def test_old_addresses_stay() -> None:
    """Programs and pages of others know these."""
    assert {*RULES, *LISTS, *WORKS} <= set(REAL)
    assert sorted(path for path in REAL if path.startswith("mof/")) == sorted(
        f"mof/{key}.yml" for key in samples.real().models
    )


def test_the_order_of_reading_does_not_matter() -> None:
    real = samples.real()
    backwards = {
        name: dict(reversed(list(real.collections[name].items())))
        for name in ("models", "licences", "tools", "organisations", "glossary", "references")
    }
    assert list(backwards["models"]) != list(real.models)
    library = Library({**real.collections, **backwards}, real.paths)
    assert list(_files(library).items()) == list(REAL.items())


def test_two_readings_give_the_same_bytes(tmp_path: Path) -> None:
    assert _files(samples.library(tmp_path / "a")) == _files(samples.library(tmp_path / "b"))


@each({path: text for path, text in REAL.items() if path.startswith("mof/")})
def test_a_file_is_yaml_in_the_shape_of_the_format(text: str) -> None:
    assert text.endswith("\n")
    assert "&id" not in text, "an anchor is no plain YAML"
    content = yaml.safe_load(text)
    assert list(content) == ["framework", "release"]
    assert list(content["release"]) == [
        *("name", "version", "date", "type", "architecture", "origin", "producer", "contact"),
        *("repository", "huggingface", "license", "components"),
    ]
    for component in content["release"]["components"]:
        assert {"name", "description", "component_path"} <= set(component)
        assert set(component) <= {"name", "description", "license", "component_path"}


def test_the_works_are_csl_json() -> None:
    real, items = samples.real().references, json.loads(REAL["references.json"])
    assert [item["id"] for item in items] == sorted(real)
    for item in items:
        assert item["title"] == real[item["id"]].title
        assert item["type"] in TYPES, item["id"]
        assert not {"read", "note"} & set(item), "what we did with a work is not of the work"


# The rules, as one file for other engines


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return samples.library(tmp_path)


def test_the_rules_and_the_models_are_plain_json() -> None:
    made = json.loads(REAL["data/rules.json"])
    assert made == json.loads(json.dumps(rules(samples.real())))
    assert made["format"] == 1
    assert set(json.loads(REAL["data/models.json"])) == set(samples.real().models)


def test_definitions_stand_in_their_order_with_all_their_rungs(library: Library) -> None:
    made = rules(library)["definitions"]
    assert list(made) == ["strict", "spectrum"]
    assert made["spectrum"]["open"] == 1
    assert [rung["id"] for rung in made["spectrum"]["rungs"]] == [
        rung.id for rung in library.definitions["spectrum"].rungs
    ]
    assert made["strict"]["rungs"][0]["requires"] == [
        {
            "any": ("weights",),
            "states": ("released",),
            "licence": {
                "permits": ("commercial-use",),
                "without": ("size-threshold",),
                "doubtful": ("use-restrictions",),
            },
            "fitting": {"weights": "free"},
        },
        {"any": ("training-data", "data-information"), "states": ("released",)},
    ]
    assert made["spectrum"]["rungs"][0]["requires"] == [{"access": "product"}]


def test_a_definition_that_asks_for_another_names_it() -> None:
    [asked] = rules(samples.real())["definitions"]["plain-words"]["rungs"][-1]["requires"]
    assert asked == {"definition": "osaid"}


def test_a_licence_has_what_the_definitions_test_of_it_and_no_more(library: Library) -> None:
    assert rules(library)["licences"] == {
        "free": {
            "short": "Free",
            "category": "permissive",
            "approved": ["open-definition", "osi"],
            "terms": {
                "commercial-use": "allowed",
                "size-threshold": "unspecified",
                "use-restrictions": "none",
            },
        },
        "house": {
            "short": "House",
            "category": "community",
            "approved": [],
            "terms": {
                "commercial-use": "conditions",
                "size-threshold": "limited",
                "use-restrictions": "limited",
            },
        },
    }


def test_the_list_of_a_definition_approves_too() -> None:
    made = rules(samples.real())["licences"]
    assert made["openmdw-1.0"]["approved"] == ["mof"]
    assert made["mit"]["approved"] == ["fsf", "osi"]


def _tested(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for definition in made["definitions"].values():
        for rung in definition["rungs"]:
            yield from (asked for asked in rung["requires"] if "licence" in asked)


def test_a_fitting_licence_passes() -> None:
    real = samples.real()
    tests = {
        asked.any: asked.licence
        for definition in real.definitions.values()
        for rung in definition.rungs
        for asked in rung.requires
        if asked.licence
    }
    for asked in _tested(rules(real)):
        assert set(asked["fitting"]) == set(asked["any"])
        for key in asked["fitting"].values():
            assert passes(real.licences[key], tests[asked["any"]], real)


def test_what_the_words_have_in_braces_can_be_filled_in() -> None:
    made = rules(samples.real())
    names = {
        name
        for words in (*made["reasons"].values(), *made["orders"].values())
        for name in re.findall(r"[{](.*?)[}]", words)
    }
    told = {"access", "definition", "outcome", "subject", "state", "licence", "term"}
    assert names == told | {"part", "short"}
    assert set(made["unknown"].split()) < set(made["states"])
    assert [outcome["id"] for outcome in made["outcomes"]] == ["not-met", "undetermined", "met"]


def test_the_rules_name_only_what_they_hold() -> None:
    made = rules(samples.real())
    for asked in _tested(made):
        tests = asked["licence"]
        for kind in ("permits", "without", "doubtful"):
            assert set(tests.get(kind, ())) <= set(made["terms"])
    for licence in made["licences"].values():
        assert set(licence["terms"]) <= set(made["terms"])
        assert licence["category"] in made["categories"]
    assert {part["kind"] for part in made["parts"].values()} == set(made["kinds"])


# Models, as addresses of the page that judges them


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (
            "alpha",
            "access=weights&all=free&released=weights_training-code_inference-code_training-data",
        ),
        ("beta", "access=product&withheld=weights"),
        ("gamma", "access=weights&partial=weights*house&withheld=training-data"),
    ],
)
def test_a_model_has_an_address(library: Library, model: str, words: str) -> None:
    assert query(library.models[model], library) == words


def test_no_id_can_break_an_address() -> None:
    for sign in "_*&=+% ":
        assert not re.fullmatch(ID_SHAPE, f"a{sign}b")
    names = {"from", "access", "all", *rules(samples.real())["kinds"]}
    assert not names & set(samples.real().words("states"))
    assert not names & set(samples.real().parts)
