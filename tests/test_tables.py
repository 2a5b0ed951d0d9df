"""The tables for spreadsheets: complete, valid by the data package's own library, and harmless."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import samples
from fieldguide import tables
from fieldguide.api import Answers
from fieldguide.views import Guide

Rows = list[dict[str, str]]
NAMES = ("models", "licences", "tools", "evidence")


def rows(site: Path, name: str) -> Rows:
    return list(csv.DictReader(io.StringIO((site / f"data/{name}.csv").read_bytes().decode())))


def items(site: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / f"api/v1/{name}.json").read_bytes())["items"]
    return found


def test_the_data_package_is_valid(site: Path) -> None:
    command = [sys.executable, "-m", "frictionless", "validate", "--json", "datapackage.json"]
    done = subprocess.run(command, cwd=site / "data", capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    faults = [error["message"] for task in report["tasks"] for error in task["errors"]]
    assert (done.returncode, report["errors"], faults) == (0, [], [])
    found = {task["name"]: task["stats"]["rows"] for task in report["tasks"]}
    assert set(found) == {*NAMES, "dictionary"}
    assert found["models"] == len(items(site, "models"))


def test_the_dictionary_names_every_column(site: Path) -> None:
    named: dict[str, list[str]] = {name: [] for name in NAMES}
    for row in rows(site, "dictionary"):
        named[row["table"]].append(row["column"])
        assert row["about"], row
    package = json.loads((site / "data/datapackage.json").read_bytes())
    for name in NAMES:
        [resource] = [r for r in package["resources"] if r["name"] == name]
        head = list(rows(site, name)[0])
        assert head == named[name] == [field["name"] for field in resource["schema"]["fields"]]
        assert len(set(head)) == len(head)


def test_each_model_is_a_row_that_says_what_the_api_says(site: Path) -> None:
    for row, model in zip(rows(site, "models"), items(site, "models"), strict=True):
        for name in ("id", "name", "family", "access", "page"):
            assert row[name] == model[name]
        for name in ("released", "licence", "dated"):
            assert row[name] == (model[name] or "")
        for name in ("developers", "input", "output", "based_on", "claims"):
            assert row[name] == "; ".join(model[name])
        for part, fact in model["parts"].items():
            assert row[f"part_{part.replace('-', '_')}"] == fact["state"]
        for key, verdict in model["verdicts"].items():
            name = key.replace("-", "_")
            assert row[f"verdict_{name}"] == verdict["label"]
            assert row[f"open_{name}"] == verdict["outcome"]
        contexts = [size["context"] for size in model["sizes"] if size["context"]]
        assert row["context_max"] == (str(max(contexts)) if contexts else "")
        numbers = [size["parameters"] for size in model["sizes"] if size["parameters"]]
        assert row["parameters_min"] == (str(min(numbers)) if numbers else "")
        assert row["parameters_max"] == (str(max(numbers)) if numbers else "")


def test_licences_and_tools_say_what_the_api_says(site: Path) -> None:
    for row, licence in zip(rows(site, "licences"), items(site, "licences"), strict=True):
        assert row["id"] == licence["id"]
        assert row["osi_approved"] == str(licence["osi_approved"]).lower()
        assert row["model_count"] == str(licence["model_count"])
        for key, term in licence["terms"].items():
            assert row[f"term_{key.replace('-', '_')}"] == term["answer"]
        limit = licence["terms"].get("size-threshold") or {}
        assert row["threshold"] == str(limit.get("number") or "")
    for row, tool in zip(rows(site, "tools"), items(site, "tools"), strict=True):
        assert row["id"] == tool["id"]
        assert row["platforms"] == "; ".join(tool["platforms"])


def test_every_piece_of_evidence_is_a_row(site: Path) -> None:
    found = [row for row in rows(site, "evidence") if row["id"] == "olmo-2"]
    model = json.loads((site / "api/v1/models/olmo-2.json").read_bytes())
    pieces = [p for part in model["parts"].values() for p in part["evidence"]]
    pieces += [p for of_field in model["evidence"].values() for p in of_field]
    pieces += [p for claim in model["claims"] for p in claim["evidence"]]
    assert sorted(row["url"] for row in found) == sorted(piece["url"] for piece in pieces)
    weights = [row for row in found if row["field"] == "parts.weights"]
    assert {row["value"] for row in weights} == {"released"}
    assert {row["collection"] for row in rows(site, "evidence")} == {
        *("models", "licences", "tools", "organisations"),
    }


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(tmp_path: Path, sign: str) -> None:
    samples.write(tmp_path)
    bad = f'{sign}1+cmd|x, \\"quoted\\"'
    samples.edit(tmp_path, "data/models/alpha.yml", "name: Alpha", f'name: "{bad}"')
    samples.edit(tmp_path, "data/models/alpha.yml", "note: seen", f'note: "{bad}"')
    samples.edit(tmp_path, "data/licences/free.yml", "name: The Free Licence", f'name: "{bad}"')
    answers = Answers(Guide(samples.load(tmp_path)))
    files = {name: text for name, text in tables.files(answers) if isinstance(text, str)}
    cells = [
        cell for text in files.values() for row in csv.reader(io.StringIO(text)) for cell in row
    ]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert cells.count("'" + bad.replace("\\", "")) == 3
