"""Bills of materials: valid by the format's own library, and true to the record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import samples
from each import each
from fieldguide import bom
from fieldguide.api import Answers, written
from fieldguide.library import Library
from fieldguide.views import Guide

VALIDATOR = JsonStrictValidator(SchemaVersion.V1_6)


def bills(library: Library) -> dict[str, str]:
    answers = Answers(Guide(library, base="https://guide.example/"))
    return {
        key: written(bom.bom(answers.guide, library.models[key], values)).decode()
        for key, values in answers.models.items()
    }


def features(value: Any, path: str = "") -> Iterator[str]:
    """What a schema can tell apart in a bill: which fields stand where, and words of its lists."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from features(inner, f"{path}.{key}")
    elif isinstance(value, list):
        yield f"{path}[{'' if value else 'empty'}]"
        for inner in value:
            yield from features(inner, f"{path}[]")
    else:
        yield f"{path}={value}" if path.endswith((".id", ".type")) else path


def telling() -> dict[str, str]:
    """As few real bills as have between them all that any of them has: one takes the validator
    a third of a second."""
    texts, chosen = bills(samples.real()), dict[str, str]()
    left = {key: set(features(json.loads(text))) for key, text in texts.items()}
    while new := left[key := max(left, key=lambda key: len(left[key]))]:
        chosen[key] = texts[key]
        left = {other: has - new for other, has in left.items()}
    return chosen


@each(telling)
def test_a_bill_is_valid(text: str) -> None:
    assert VALIDATOR.validate_str(text) is None


def test_the_validator_finds_what_is_wrong() -> None:
    bill = json.loads(bills(samples.real())["olmo-2"])
    bill["metadata"]["component"]["licenses"] = [{"license": {"id": "No-Such-Licence"}}]
    assert VALIDATOR.validate_str(json.dumps(bill)) is not None


@pytest.fixture
def alpha(tmp_path: Path) -> Any:
    return json.loads(bills(samples.library(tmp_path))["alpha"])


def test_the_model_is_the_subject(alpha: Any) -> None:
    subject = alpha["metadata"]["component"]
    assert (subject["type"], subject["name"]) == ("machine-learning-model", "Alpha")
    assert subject["licenses"] == [{"license": {"id": "MIT"}}]
    assert subject["manufacturer"]["name"] == "Acme"
    assert {"type": "distribution", "url": "https://hub.example.org/alpha"} in subject[
        "externalReferences"
    ]
    properties = {p["name"]: p["value"] for p in subject["properties"]}
    assert properties["field-guide:parameters:7B"] == "7300000000"
    assert properties["field-guide:context:7B"] == "131072"


def test_code_and_data_that_are_out_are_components(alpha: Any) -> None:
    found = {part["bom-ref"]: part for part in alpha["components"]}
    assert set(found) == {"alpha/inference-code", "alpha/training-code", "alpha/training-data"}
    assert found["alpha/training-data"]["type"] == "data"
    assert found["alpha/training-data"]["licenses"] == [{"license": {"id": "MIT"}}]
    parameters = alpha["metadata"]["component"]["modelCard"]["modelParameters"]
    assert parameters["datasets"] == [{"ref": "alpha/training-data"}]
    assert parameters["inputs"] == [{"format": "text"}, {"format": "image"}]


def test_what_is_not_out_is_not_in_it(tmp_path: Path) -> None:
    made = bills(samples.library(tmp_path))
    beta, gamma = json.loads(made["beta"]), json.loads(made["gamma"])
    assert beta["components"] == []
    assert beta["metadata"]["component"]["licenses"] == []
    assert [c["bom-ref"] for c in gamma["components"]] == []
    house = {"license": {"name": "House Terms"}}
    assert gamma["metadata"]["component"]["licenses"] == [house]
    assert gamma["metadata"]["component"]["pedigree"]["ancestors"][0]["name"] == "Alpha"


def test_a_bill_has_no_time_of_its_own(alpha: Any) -> None:
    assert "timestamp" not in alpha["metadata"]
    assert "serialNumber" not in alpha
