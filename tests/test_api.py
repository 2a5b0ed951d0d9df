"""The API of static files: each is what its schema says, and keeps what version 1 promised."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import jsonschema
import openapi_spec_validator
import pytest

from fieldguide import endpoints

API = "api/v1/"
PROMISED = Path(__file__).parent / "api_fields.txt"
FILES = [endpoint.path for endpoint in endpoints.ENDPOINTS]
Read = Callable[[str], Any]


@pytest.fixture(scope="session")
def read(site: Path) -> Read:
    """Reads a file of the built site's API."""

    @cache
    def read(path: str) -> Any:
        return json.loads((site / API / path).read_bytes())

    return read


def strict(schema: Any) -> Any:
    """The schema, with no field allowed that it does not name."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    return (
        closed | {"additionalProperties": False}
        if "$defs" not in schema and isinstance(schema.get("properties"), dict)
        else closed
    )


def faults(answer: Any, schema: Any) -> list[str]:
    found = jsonschema.Draft202012Validator(strict(schema)).iter_errors(answer)
    return [f"{error.json_path}: {error.message}" for error in found]


def test_the_index_names_every_file(site: Path, read: Read) -> None:
    assert [entry["path"] for entry in read("index.json")["files"]] == FILES
    named = {entry[key] for entry in read("index.json")["files"] for key in ("path", "schema")}
    there = {file.relative_to(site / API).as_posix() for file in (site / API).rglob("*.json")}
    alone = {path for path in there if "/" not in path}
    assert alone == {path for path in named if "/" not in path} | {"openapi.json"}
    for name in ("models", "licences"):
        files = {f"{name}/{item['id']}.json" for item in read(f"{name}.json")["items"]}
        assert {path for path in there if path.startswith(f"{name}/")} == files


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_what_its_schema_says(site: Path, read: Read, path: str) -> None:
    [entry] = [entry for entry in read("index.json")["files"] if entry["path"] == path]
    schema = read(entry["schema"])
    jsonschema.Draft202012Validator.check_schema(schema)
    files = sorted((site / API).glob(path.replace("{id}", "*")))
    files = [file for file in files if not file.name.endswith(".schema.json")]
    assert files
    wrong = {
        file.name: found
        for file in files
        if (found := faults(json.loads(file.read_bytes()), schema))
    }
    assert wrong == {}


def test_a_schema_finds_what_is_wrong(read: Read) -> None:
    right, schema = read("models/olmo-2.json"), read("model.schema.json")

    def changed(change: Callable[[Any], object]) -> list[str]:
        model = deepcopy(right)
        change(model)
        return faults(model, schema)

    assert changed(lambda model: None) == []
    assert changed(lambda model: model.pop("released")) == ["$: 'released' is a required property"]
    [told] = changed(lambda model: model.update(relased="2024"))
    assert "'relased' was unexpected" in told
    assert len(changed(lambda model: model["sizes"][0].update(context="4096"))) == 1
    assert len(changed(lambda model: model["sizes"][0].update(context=0))) == 1
    assert len(changed(lambda model: model["verdicts"]["osaid"].update(outcome="maybe"))) == 1
    assert len(changed(lambda model: model["parts"]["weights"].pop("evidence"))) == 1


def test_lists_are_counted_and_in_order(read: Read) -> None:
    index = read("index.json")
    for name, count in index["counts"].items():
        answer = read(f"{name}.json")
        if name == "references":
            assert len(answer) == count
            continue
        assert answer["count"] == len(answer["items"]) == count, name
        assert (answer["version"], answer["dated"]) == (index["version"], index["dated"])
        if name in ("models", "licences", "tools", "organisations", "glossary"):
            ids = [item["id"] for item in answer["items"]]
            assert ids == sorted(set(ids)), name


def test_the_date_is_that_of_the_data(read: Read) -> None:
    """The newest that any record says, and never that of the build."""
    dates = [model["dated"] for model in read("models.json")["items"] if model["dated"]]
    dates += [change["date"] for change in read("changes.json")["items"]]
    assert max(dates) <= read("index.json")["dated"] <= "2026-12-31"


def test_what_an_answer_names_is_there(read: Read) -> None:
    ids = {
        name: {item["id"] for item in read(f"{name}.json")["items"]}
        for name in ("models", "licences", "tools", "organisations", "definitions", "glossary")
    }
    works = {work["id"] for work in read("references.json")}
    words = read("index.json")["vocabularies"]
    for model in read("models.json")["items"]:
        assert set(model["developers"]) <= ids["organisations"]
        assert set(model["based_on"]) <= ids["models"]
        assert set(model["references"]) <= works
        assert set(model["verdicts"]) == ids["definitions"]
        assert list(model["parts"]) == list(words["parts"])
        assert {part["state"] for part in model["parts"].values()} <= set(words["states"])
        licences = {part["licence"] for part in model["parts"].values()} | {model["licence"]}
        assert licences <= ids["licences"] | {"none", None}
        assert {*model["input"], *model["output"]} <= set(words["modalities"])
        assert model["family"] in words["families"]
        assert model["access"] in words["access"]
    changes = read("changes.json")["items"]
    assert len({change["id"] for change in changes}) == len(changes)
    gone = [change["subjects"] for change in changes if change["kind"] == "removed"]
    for change in changes:
        for subject in change["subjects"]:
            known = {**ids, "references": works}.get(subject["collection"], {subject["id"]})
            assert subject["id"] in known or [subject] in gone


def test_the_whole_record_says_what_the_list_says(read: Read) -> None:
    for model in read("models.json")["items"]:
        whole = read(f"models/{model['id']}.json")
        for key, value in model.items():
            if key == "claims":
                assert [claim["says"] for claim in whole[key]] == value
            elif key in ("parts", "verdicts"):
                assert {k: {f: whole[key][k][f] for f in v} for k, v in value.items()} == value
            else:
                assert whole[key] == value, (model["id"], key)


def test_the_description_is_openapi(read: Read) -> None:
    described = read("openapi.json")
    openapi_spec_validator.validate(described)
    assert list(described["paths"]) == [f"/{path}" for path in FILES]
    assert described["servers"] == [{"url": f"https://field-guide.example/{API.rstrip('/')}"}]
    shapes = described["components"]["schemas"]
    for entry in read("index.json")["files"]:
        for name, shape in read(entry["schema"])["$defs"].items():
            same = json.dumps(shape).replace("#/$defs/", "#/components/schemas/")
            assert json.loads(same) == shapes[name], (entry["schema"], name)


def test_no_field_of_version_1_is_gone(read: Read) -> None:
    """Whoever adds a field adds it to the list; whoever takes one away breaks other programs."""
    promised = PROMISED.read_text(encoding="utf-8").split()
    assert promised == sorted(promised)
    assert promised == fields(read("openapi.json"))


def fields(described: Any) -> list[str]:
    """Each field of each shape: `Model.access`."""
    shapes = described["components"]["schemas"].items()
    return sorted(f"{name}.{field}" for name, shape in shapes for field in shape["properties"])


def test_every_field_is_explained(read: Read) -> None:
    for name, shape in read("openapi.json")["components"]["schemas"].items():
        for field, schema in shape["properties"].items():
            assert schema.get("description"), f"{name}.{field}"


# A program written from the page about the API alone


@pytest.fixture(scope="module")
def get(server: str) -> Read:
    """Gets an answer over HTTP."""

    def get(path: str) -> Any:
        with urlopen(f"{server}api/v1/{path}") as answer:
            assert answer.headers["Content-Type"].startswith("application/json")
            return json.load(answer)

    return get


def test_how_many_models_meet_the_open_source_ai_definition(get: Read) -> None:
    [osaid] = [d for d in get("definitions.json")["items"] if d["id"] == "osaid"]
    verdicts = [v for v in get("verdicts.json")["items"] if v["definition"] == "osaid"]
    met = [v["model"] for v in verdicts if v["outcome"] == "met"]
    assert osaid["met"] == len(met) > 0
    assert len(verdicts) == get("index.json")["counts"]["models"]
    [closed] = [v for v in verdicts if v["model"] == "gpt-4"]
    assert closed["outcome"] == "not-met"
    assert closed["reasons"][0]["part"] == "weights"


def test_which_licences_have_a_threshold_of_users(get: Read) -> None:
    found = {
        licence["id"]: (term["number"], term["unit"])
        for licence in get("licences.json")["items"]
        if (term := licence["terms"].get("size-threshold")) and term["counts"] == "users"
    }
    assert found["llama-3.1-community"][0] == 700_000_000
    assert "mit" not in found
    assert all(number > 0 and unit for number, unit in found.values())


def test_which_model_reads_the_longest_text(get: Read) -> None:
    contexts = {
        model["id"]: max((size["context"] or 0 for size in model["sizes"]), default=0)
        for model in get("models.json")["items"]
    }
    longest = max(contexts, key=lambda key: contexts[key])
    assert contexts[longest] >= 1_000_000
    assert get(f"models/{longest}.json")["evidence"]["context"]


def test_which_models_of_2026_came_with_their_training_data(get: Read) -> None:
    found = [
        model["id"]
        for model in get("models.json")["items"]
        if (model["released"] or "").startswith("2026")
        and model["parts"]["training-data"]["state"] == "released"
    ]
    assert found
    for key in found:
        assert get(f"models/{key}.json")["parts"]["training-data"]["evidence"]


def test_where_a_fact_was_read(get: Read) -> None:
    [first, *_] = get("models/olmo-2.json")["parts"]["weights"]["evidence"]
    assert first["url"].startswith("https://")
    works = {work["id"]: work["title"] for work in get("references.json")}
    assert first["via"] in works or first["via"] in ("primary", "secondary")
