"""JSON Schemas for editors: they are up to date, every record holds to its own, bad ones do not."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator

import samples
from fieldguide import records as r
from fieldguide import schemas, source
from fieldguide.cli import main

FOLDER = samples.ROOT / "data" / r.SCHEMAS
COLLECTIONS = [*r.FOLDERS, *r.FILES]


@cache
def validator(collection: str) -> Draft7Validator:
    """A validator with the schema that stands in the project."""
    text = (FOLDER / schemas.schema_of(collection)).read_text(encoding="utf-8")
    return Draft7Validator(json.loads(text))


def files(collection: str) -> list[Path]:
    data = samples.ROOT / "data"
    if collection in r.FOLDERS:
        return sorted((data / collection).glob("*.yml"))
    return [data / r.FILES[collection][0]]


def test_schemas_and_first_lines_are_up_to_date() -> None:
    problems = schemas.check(samples.ROOT, samples.real())
    assert [str(problem) for problem in problems] == []


def test_every_first_line_leads_from_its_file_to_its_schema() -> None:
    for collection in COLLECTIONS:
        line = files(collection)[0].read_text(encoding="utf-8").split("\n")[0]
        target = (files(collection)[0].parent / line.partition("$schema=")[2]).resolve()
        assert target == FOLDER / schemas.schema_of(collection)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_file_of_records_holds_to_its_schema(collection: str) -> None:
    Draft7Validator.check_schema(validator(collection).schema)
    wrong = [
        f"{file.name} {error.json_path}: {error.message}"
        for file in files(collection)
        for error in validator(collection).iter_errors(source.read(file, samples.ROOT).value)
    ]
    assert wrong == []


class Editor(yaml.CSafeLoader):
    """Reads YAML by the core schema of version 1.2, as editors do: dates and `7_000` are texts."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


for tag, shape, begin in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{shape})$"), begin)


@pytest.mark.parametrize("collection", ["models", "licences", "memory-checks", "references"])
def test_what_an_editor_reads_holds_to_the_schema_too(collection: str) -> None:
    wrong = []
    for file in files(collection):
        value = yaml.load(file.read_text(encoding="utf-8"), Editor)  # noqa: S506 (a safe one)
        wrong += [(file.name, one.message) for one in validator(collection).iter_errors(value)]
    assert wrong == []
    assert yaml.load("a: [7_000, 2024-01-02, no]", Editor) == {"a": ["7_000", "2024-01-02", "no"]}  # noqa: S506


def refused(collection: str, value: Any) -> list[str]:
    return sorted(error.json_path for error in validator(collection).iter_errors(value))


def olmo(**changes: Any) -> dict[str, Any]:
    value = source.read(samples.ROOT / "data/models/olmo-2.yml", samples.ROOT).value
    return {k: v for k, v in (value | changes).items() if v is not ...}


EVIDENCE = [{"url": "https://a.example/", "via": "primary"}]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"nmae": "x"}, "$"),
        ({"name": ...}, "$"),
        ({"name": 3}, "$.name"),
        ({"access": "weigths"}, "$.access"),
        ({"released": "26 November"}, "$.released"),
        ({"family": "OLMo"}, "$.family"),
        ({"developers": []}, "$.developers"),
        ({"kind": {"input": ["smell"], "output": ["text"]}}, "$.kind.input[0]"),
        ({"sizes": [{"name": "7B", "parameters": 0}]}, "$.sizes[0].parameters"),
        ({"sizes": [{"name": "7B", "parameters": "7B"}]}, "$.sizes[0].parameters"),
        ({"parts": {"wheels": {"state": "released", "evidence": EVIDENCE}}}, "$.parts"),
        ({"parts": {"weights": {"state": "out", "evidence": EVIDENCE}}}, "$.parts.weights.state"),
        ({"parts": {"weights": {"state": "released"}}}, "$.parts.weights"),
        ({"links": {"hub": "huggingface.co/a"}}, "$.links.hub"),
        ({"links": {"hub": None}}, "$.links.hub"),
        ({"claims": [{"says": "free", "evidence": EVIDENCE}]}, "$.claims[0].says"),
    ],
    ids=str,
)
def test_a_bad_model_is_refused_where_it_is_bad(change: dict[str, Any], where: str) -> None:
    assert refused("models", olmo()) == []
    assert refused("models", olmo(**change)) == [where]


@pytest.mark.parametrize(
    ("collection", "value", "where"),
    [
        ("organisations", {"Acme": {"name": "Acme", "type": "company"}}, "$"),
        ("organisations", {"acme": {"name": "Acme", "type": "shop"}}, "$.acme.type"),
        ("glossary", {"a": {"term": "a"}}, "$.a"),
        ("references", {"a": {"type": "book", "title": "A", "read": "half"}}, "$.a.read"),
        ("states", {"lost": {"label": "Lost", "symbol": "???"}}, "$.lost.symbol"),
        ("licences", {"terms": {"commerce": {"answer": "allowed"}}}, "$.terms"),
    ],
)
def test_other_bad_records_are_refused(collection: str, value: Any, where: str) -> None:
    assert where in refused(collection, value)


@pytest.mark.parametrize("year", [2024, "2024", "2024-11", "2024-11-26"])
def test_a_date_is_a_year_a_month_or_a_day(year: object) -> None:
    assert refused("models", olmo(released=year)) == []


def test_fields_are_explained_and_vocabularies_listed_with_their_meaning() -> None:
    schema = validator("models").schema
    fields = r.Model.model_fields
    assert schema["properties"]["released"]["description"] == fields["released"].description
    assert "2024-11-26" in schema["properties"]["released"]["examples"]
    states = schema["$defs"]["states"]
    assert states["enum"] == list(samples.real().words("states"))
    assert states["enumDescriptions"][0].startswith("Released. Anyone can get")
    assert list(schema["properties"]["parts"]["properties"]) == list(samples.real().parts)
    assert "olmo-2" not in json.dumps(schema["$defs"]["Evidence"]["required"])


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in ("schema", *arguments)])
    return result.exit_code, result.output


def test_the_command_writes_what_is_missing_and_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    samples.write(tmp_path)
    beta = "data/models/beta.yml"
    before = (tmp_path / beta).read_text(encoding="utf-8")
    code, said = run("--check", "--root", tmp_path)
    assert code == 1
    assert "data/schema/model.json:1:1: the schema is missing. Run `fieldguide schema`." in said
    assert f"{beta}:1:1: the first line is not `{schemas.first_line('models')}`." in said
    code, said = run("--root", tmp_path)
    assert code == 0
    assert {beta, "data/schema/model.json", "data/glossary.yml"} <= set(said.splitlines())
    after = (tmp_path / beta).read_text(encoding="utf-8")
    assert after == f"{schemas.first_line('models')}\n{before}"
    assert run("--check", "--root", tmp_path)[0] == 0
    assert run("--root", tmp_path) == (0, "0 files written.\n")
    assert samples.wrong(tmp_path) == []


def test_what_is_out_of_date_is_told_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    samples.write(tmp_path)
    run("--root", tmp_path)
    samples.edit(tmp_path, "data/models/beta.yml", "schema/model.json", "schema/tool.json")
    samples.put(tmp_path, "data/schema/model.json", "{}")
    samples.put(tmp_path, "data/schema/spoon.json", "{}")
    code, said = run("--check", "--root", tmp_path)
    assert (code, len(said.splitlines())) == (1, 4)
    assert "model.json:1:1: the schema is not that of the records' shapes. Run" in said
    assert "spoon.json:1:1: no records have this schema. Delete the file." in said
    run("--root", tmp_path)
    (tmp_path / "data/schema/spoon.json").unlink()
    assert run("--check", "--root", tmp_path)[0] == 0
