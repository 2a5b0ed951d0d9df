"""Drafts of records: valid as they stand, explained, in their place; and the way of a newcomer."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import samples
from copies import Copy
from fieldguide import drafts, drafttext
from fieldguide import records as r
from fieldguide.cli import main
from fieldguide.records import Model
from fieldguide.schemas import first_line
from fieldguide.survey import load

MODEL = (
    *("--set", "family=greek", "--set", "developers=acme", "--set", "access=weights"),
    *("--set", "kind.input=text,image", "--set", "kind.output=text"),
    *("--source", "https://model.example/news"),
)
NEEDED = {
    "model": MODEL,
    "licence": ("--set", "category=permissive", "--source", "https://model.example/terms"),
    "tool": ("--set", "maker=acme", "--set", "category=local-runtime"),
    "organisation": ("--set", "type=company"),
    "reference": ("--set", "type=book"),
    "term": (),
    "family": (),
}


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return samples.write(tmp_path)


def new(root: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["new", *map(str, arguments), "--root", str(root)])


def refused(root: Path, *arguments: object) -> str:
    """What the command says when it writes nothing: one line."""
    before = {file: file.read_bytes() for file in root.rglob("*.yml")}
    result = new(root, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert before == {file: file.read_bytes() for file in root.rglob("*.yml")}
    [line] = result.stderr.splitlines()
    return line.removeprefix("Error: ")


@pytest.mark.parametrize("kind", drafts.KINDS)
def test_a_draft_of_every_kind_is_valid_and_explains_each_field(root: Path, kind: str) -> None:
    collection = drafts.KINDS[kind]
    result = new(root, kind, "omicron", *NEEDED[kind])
    assert result.exit_code == 0, result.output
    path = load(root).paths[(collection, "omicron")]
    assert result.stdout == f"Wrote {path}. Fill it in, then run `fieldguide check`.\n"
    text = (root / path).read_text(encoding="utf-8")
    text = text.split("omicron:\n")[-1]
    entry = re.sub(r"\s*\n\s*#\s+", " ", text)
    where = []
    for name, info in drafts.shape_of(collection).model_fields.items():
        if name != "id":
            assert info.description is not None
            assert info.description.rstrip(".") in entry
            found = re.search(rf"^ *(# )?{info.alias or name}:", text, re.M)
            assert found
            where.append(found.start())
    assert where == sorted(where)


def test_a_draft_says_what_was_said_and_nothing_else(root: Path) -> None:
    new(root, "model", "delta", "--name", "Delta: 4", *MODEL, "--set", "released=2026-05")
    model = load(root).models["delta"]
    piece = r.Evidence(url="https://model.example/news", via="primary")
    assert model == Model(
        id="delta",
        name="Delta: 4",
        family="greek",
        developers=("acme",),
        description=drafts.TO_SAY,
        released="2026-05",
        kind=r.Kind(input=("text", "image"), output=("text",)),
        access="weights",
        evidence=r.Sources(developers=(piece,), released=(piece,), access=(piece,)),
    )
    text = (root / "data/models/delta.yml").read_text(encoding="utf-8")
    assert text.startswith(f"{first_line('models')}\n# A draft.")
    assert "\n# parts:\n" in text


def test_what_stands_as_a_comment_becomes_a_field_without_its_mark(root: Path) -> None:
    new(root, "model", "delta", *MODEL)
    path = "data/models/delta.yml"
    samples.edit(root, path, "# links:\n#   hub:", "links:\n  hub: https://hub.example/delta")
    assert load(root).models["delta"].links.hub == "https://hub.example/delta"


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("aaa", ["aaa", "acme", "zenith"]),
        ("minor", ["acme", "minor", "zenith"]),
        ("zzz", ["acme", "zenith", "zzz"]),
    ],
)
def test_an_entry_of_a_list_has_its_place_and_moves_no_other(
    root: Path, key: str, keys: list[str]
) -> None:
    path = "data/organisations.yml"
    old = "# Makers.\n" + (root / path).read_text(encoding="utf-8").rstrip("\n")
    old = old.replace("\nzenith", "\n# Of stars.\nzenith")
    samples.put(root, path, old)
    assert new(root, "organisation", key, "--set", "type=company").exit_code == 0
    text = (root / path).read_text(encoding="utf-8")
    assert re.findall(r"^([a-z]+):", text, re.M) == keys
    without = re.sub(rf"^{key}:\n(  .*\n)+", "", text, flags=re.M)
    assert without.rstrip("\n") == old


def test_a_list_in_an_order_of_its_own_grows_at_its_end(root: Path) -> None:
    path = "data/glossary.yml"
    text = (root / path).read_text(encoding="utf-8")
    samples.put(root, path, text + "abc: {term: abc, definition: Letters.}\n")
    assert new(root, "term", "middle").exit_code == 0
    keys = re.findall(r"^([a-z]+):", (root / path).read_text(encoding="utf-8"), re.M)
    assert keys == ["lora", "weights", "abc", "middle"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("model", "alpha", *MODEL), "`alpha` exists: edit data/models/alpha.yml."),
        (("term", "lora"), "`lora` exists: edit data/glossary.yml."),
        (
            ("model", "Alpha_2", *MODEL),
            "`Alpha_2` cannot be an id: use lower-case letters, digits and single hyphens.",
        ),
        (
            ("model", "../alpha", *MODEL),
            "`../alpha` cannot be an id: use lower-case letters, digits and single hyphens.",
        ),
        (
            ("tool", "saw"),
            "a tool cannot do without --set maker=…, --set category=….",
        ),
        (
            ("model", "delta", *MODEL[:-2]),
            "a model cannot do without --source URL.",
        ),
        (
            ("tool", "saw", "--set", "maker=acne", "--set", "category=local-runtime"),
            "unknown id `acne` in organisations. Did you mean `acme`? "
            "If it is new: `fieldguide new organisation acne`.",
        ),
        (
            ("model", "delta", *MODEL, "--name", "Alpha"),
            "`alpha` has the same name. Keep one of the two.",
        ),
        (
            ("model", "delta", *MODEL, "--set", "released=soon"),
            "`released` is not a date of the form 2024-11-26, 2024-11 or 2024.",
        ),
        (("term", "a", "--set", "colour=red"), "a term has no field `colour` to be set."),
        (("term", "a", "--source", "https://a.example/"), "a term has no place for a source."),
        (("term", "a", "--set", "colour"), "`colour` does not say FIELD=VALUE."),
        (
            ("model", "delta", *MODEL[:-1], "model.example"),
            "`url` is not an http or https address.",
        ),
    ],
)
def test_what_cannot_be_a_record_is_told_in_one_line(
    root: Path, arguments: tuple[str, ...], message: str
) -> None:
    assert refused(root, *arguments) == message


def test_whoever_sits_at_a_terminal_is_asked(root: Path) -> None:
    leader, follower = pty.openpty()
    asked = subprocess.Popen(
        [sys.executable, "-m", "fieldguide", "new", "model", "delta", "--root", str(root)],
        stdin=follower,
        stdout=subprocess.PIPE,
        text=True,
    )
    answers = ["greek", "acme, zenith", "text", "text", "weights", "https://model.example/"]
    os.write(leader, "".join(f"{answer}\n" for answer in answers).encode())
    said, _ = asked.communicate(timeout=60)
    os.close(leader)
    os.close(follower)
    assert asked.returncode == 0, said
    assert "family: The family it belongs to (id from families): " in said
    assert "kind.input: What goes in (list of: id from modalities): " in said
    model = load(root).models["delta"]
    assert model.developers == ("acme", "zenith")
    assert [piece.url for piece in model.sources("access")] == ["https://model.example/"]


def test_a_record_that_is_there_but_broken_is_not_written_over(root: Path) -> None:
    samples.edit(root, "data/models/alpha.yml", "name: Alpha", "nmae: Alpha")
    assert refused(root, "model", "alpha", *MODEL).startswith("`alpha` exists, with a problem")
    samples.put(root, "data/glossary.yml", "lora: [")
    assert refused(root, "term", "a") == (
        "data/glossary.yml cannot be read: run `fieldguide check`."
    )


def test_where_nothing_can_be_written_one_line_says_so(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    path = root / "data/glossary.yml"
    assert refused(root, "term", "a") == f"{path} cannot be written (No space left on device)."
    assert not [file for file in path.parent.iterdir() if file.name.endswith(".part")]


def test_a_problem_elsewhere_is_no_reason_to_refuse(root: Path) -> None:
    samples.edit(root, "data/models/beta.yml", "name: Beta", "nmae: Beta")
    assert new(root, "model", "delta", *MODEL).exit_code == 0


def test_a_source_stands_beside_all_that_is_said_of_a_tool(root: Path) -> None:
    url = "https://model.example/saw"
    more = ("--set", "platforms=linux,macos", "--set", "source=open", "--source", url)
    assert new(root, "tool", "saw", *NEEDED["tool"], *more).exit_code == 0
    tool = load(root).tools["saw"]
    assert tool.platforms == ("linux", "macos")
    assert {name: [p.url for p in pieces] for name, pieces in tool.evidence.items()} == {
        "maker": [url],
        "source": [url],
        "platforms": [url],
    }


def test_no_draft_of_the_guide_was_left_unfinished() -> None:
    left = (drafts.TO_SAY, drafttext.TO_FILL, drafts.HEAD[:40], "nobody has checked it")
    for file in (samples.ROOT / "data").rglob("*.yml"):
        text = file.read_text(encoding="utf-8")
        assert not [words for words in left if words in text], file


def test_the_way_of_a_newcomer_from_draft_to_page(
    small: Callable[[], Copy], tmp_path: Path
) -> None:
    """What CONTRIBUTING tells a newcomer to do, step by step."""
    copy = small()
    before = shutil.copytree(copy.root / "data", tmp_path / "data")
    path = "data/models/delta.yml"
    assert new(copy.root, "model", "delta", "--name", "Delta Four", *MODEL).exit_code == 0
    assert copy.run("fieldguide", "check").returncode == 0

    copy.replace(path, "# parts:\n", "parts: {weights: {state: relaesed}}\n# parts:\n")
    said = copy.run("fieldguide", "check")
    line = copy.read(path).splitlines().index("parts: {weights: {state: relaesed}}") + 1
    assert said.returncode == 1
    assert said.stdout.splitlines() == [
        f"{path}:{line}:18: the key `evidence` is missing.",
        "1 problem.",
    ]
    evidence = 'evidence: [{url: "https://model.example/w", via: primary}]'
    copy.replace(path, "{state: relaesed}", f"{{state: relaesed, {evidence}}}")
    assert copy.run("fieldguide", "check").stdout.splitlines()[0] == (
        f"{path}:{line}:26: unknown id `relaesed` in states. Did you mean `released`?"
    )
    copy.replace(path, "relaesed", "released")
    copy.replace(path, drafts.TO_SAY, "A fourth letter. It follows the third.")
    assert copy.run("fieldguide", "check").stdout.startswith("All is well: ")

    built = copy.build()
    assert built.returncode == 0, built.stdout
    page = (copy.site / "models/delta/index.html").read_text(encoding="utf-8")
    assert "Delta Four" in page
    assert "A fourth letter. It follows the third." in page
    assert "model.example" in page
    assert "Delta Four" in (copy.site / "understand/one/index.html").read_text(encoding="utf-8")

    differs = copy.run("fieldguide", "diff", str(before))
    assert differs.returncode == 0, differs.stderr
    assert "Delta Four" in differs.stdout
