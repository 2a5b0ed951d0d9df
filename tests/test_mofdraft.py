"""Drafts from files of the Model Openness Tool: what they say is carried over, nothing is added."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import samples
from fieldguide.cli import main
from fieldguide.mof import write
from fieldguide.survey import load

FILE = """\
framework: {name: Model Openness Framework, version: '1.0', date: '2024-12-15'}
release:
  name: Delta One
  version: 7B
  date: '2025-01-20'
  license:
    distribution: {name: MIT, path: 'https://acme.example/LICENSE'}
    data: {name: Acme Data Terms, path: ''}
  type: language
  architecture: decoder
  origin: Alpha
  producer: ACME
  contact: ''
  repository: 'https://code.example/delta'
  huggingface: 'https://huggingface.co/acme/Delta'
  components:
    - {name: Model architecture, description: x, component_path: 'https://code.example/delta/arch'}
    - {name: Model parameters (Final), description: x, license: House Terms}
    - {name: Datasets, description: x}
    - {name: Model card, description: x, license: unlicensed}
    - {name: Inference code, description: x, license: Own, license_path: 'https://code.example/own'}
    - {name: Training code, description: x, license: Component not included}
"""
SETS = ("--set", "family=greek")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return samples.write(tmp_path)


def imported(root: Path, text: str, *arguments: str) -> Result:
    file = samples.put(root, "mof.yml", text)
    more = [*arguments, "--root", str(root)]
    return CliRunner().invoke(main, ["import", "mof", str(file), *more])


def test_a_draft_has_what_the_file_says(root: Path) -> None:
    result = imported(root, FILE, *SETS)
    path = "data/models/delta-one.yml"
    assert result.output == (
        f"Wrote {path}, unchecked. Read each value, then run `fieldguide check`.\n"
    )
    model = load(root).models["delta-one"]
    assert (model.name, model.developers, model.access) == ("Delta One", ("acme",), "weights")
    assert (model.kind.input, model.kind.output) == (("text",), ("text",))
    assert (model.links.hub, model.links.repository) == (
        "https://huggingface.co/acme/Delta",
        "https://code.example/delta",
    )
    assert model.released is None
    assert {part: fact.licence for part, fact in model.parts.items()} == {
        "architecture": "free",
        "weights": "house",
        "training-data": None,
        "model-card": "none",
        "inference-code": None,
    }, "what the guide does not know gets no other licence in its place"
    assert {part: [str(p.url) for p in fact.evidence] for part, fact in model.parts.items()} == {
        "architecture": ["https://code.example/delta/arch"],
        "weights": ["https://huggingface.co/acme/Delta"],
        "training-data": ["https://huggingface.co/acme/Delta"],
        "model-card": ["https://huggingface.co/acme/Delta"],
        "inference-code": ["https://huggingface.co/acme/Delta"],
    }
    assert [p.url for p in model.sources("licences")] == [
        "https://acme.example/LICENSE",
        "https://code.example/own",
    ]
    assert all((p.via, p.checked) == ("secondary", None) for p in model.pieces())
    text = (root / path).read_text(encoding="utf-8")
    comments = " ".join(line[2:] for line in text.splitlines() if line.startswith("# "))
    for told in (
        "nobody has checked it",
        "Producer in the file: ACME.",
        "The file is of 2025-01-20; it may mean itself or the release.",
        "Version in the file: 7B.",
        "Origin in the file: Alpha.",
        "Licence of training-data, which the guide does not know: Acme Data Terms.",
        "Licence of inference-code, which the guide does not know: Own.",
        "The file says of training-code: Component not included.",
    ):
        assert told in comments


def test_the_tool_is_named_as_where_it_was_read_where_it_is_a_reference(root: Path) -> None:
    path = "data/references.yml"
    text = (root / path).read_text(encoding="utf-8")
    tool = "model-openness-tool: {type: software, title: Tool, issued: 2026, read: excerpt}\n"
    samples.put(root, path, text + tool)
    imported(root, FILE, *SETS)
    pieces = load(root).models["delta-one"].pieces()
    assert {piece.via for piece in pieces} == {"model-openness-tool"}
    assert "model-openness-tool" in samples.real().references


def test_our_own_file_of_the_format_comes_back(root: Path) -> None:
    library = load(root)
    result = imported(root, write(library.models["alpha"], library), "--id", "copy", *SETS)
    assert result.exit_code == 0
    assert [line.partition(": ")[2] for line in result.stdout.splitlines()[2:]] == [
        "`alpha` has the same name. Keep one of the two."
    ]
    samples.edit(root, "data/models/copy.yml", "name: Alpha\n", "name: Copy\n")
    library = load(root)
    alpha, copy = library.models["alpha"], library.models["copy"]
    assert {part: fact.state for part, fact in copy.parts.items()} == {
        part: fact.state for part, fact in alpha.parts.items()
    }
    assert {fact.licence for fact in copy.parts.values()} == {"free"}
    assert (copy.developers, copy.links.hub) == (alpha.developers, alpha.links.hub)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("release: [", "mof.yml:2:1: this is not YAML"),
        ("release: {}", "mof.yml:1:10: the key `name` is missing."),
        (
            FILE.replace("Model card", "Model cart"),
            "unknown component `Model cart`. Did you mean `Model card`",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line(root: Path, text: str, said: str) -> None:
    result = imported(root, text)
    assert result.exit_code == 1
    assert said in result.stdout
    assert "Traceback" not in result.output
    assert not (root / "data/models/delta-one.yml").exists()


def test_odd_values_become_no_yaml(root: Path) -> None:
    text = FILE.replace("name: Delta One", 'name: "Delta: {1}\\u2028family: x"')
    text = text.replace("version: 7B", 'version: "7B\\u2028name: hacked"')
    text = text.replace("'https://code.example/delta/arch'", '"https://a.example/\\a\\u2028b"')
    text = text.replace("origin: Alpha", "origin: [Alpha]").replace("producer: ACME", "producer: ~")
    result = imported(root, text, *SETS, "--set", "developers=acme", "--id", "delta")
    assert result.exit_code == 0, result.output
    model = load(root).models["delta"]
    assert model.name == "Delta: {1} family: x"
    assert model.parts["architecture"].evidence[0].url == "https://huggingface.co/acme/Delta"


def test_a_name_without_a_letter_needs_an_id(root: Path) -> None:
    result = imported(root, FILE.replace("Delta One", "'!!!'"))
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: `` cannot be an id: use lower-case letters, digits and single hyphens.\n"
    )
