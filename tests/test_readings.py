"""What was read before: the same with it, without it, and with one that is spoilt or of another."""

from __future__ import annotations

from pathlib import Path

import pytest

import samples
from fieldguide import readings, source
from fieldguide.library import Library
from fieldguide.problems import Problem
from fieldguide.readings import Readings
from fieldguide.survey import survey

Found = tuple[Library, list[Problem]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return samples.write(tmp_path / "guide")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / ".cache" / "records.jsonl"


def _parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose YAML is parsed from now on."""
    parse, seen = source.parse, list[str]()

    def noted(text: str, path: str, *, plain: bool = False) -> source.Document:
        seen.append(path)
        return parse(text, path, plain=plain)

    monkeypatch.setattr(source, "parse", noted)
    return seen


def test_what_was_kept_is_not_parsed_again(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = survey(root, Readings(cache))
    parsed = _parsed(monkeypatch)
    assert survey(root, Readings(cache)) == first
    assert parsed == []
    samples.edit(root, "data/models/beta.yml", "name: Beta", "name: Bravo")
    library, problems = survey(root, Readings(cache))
    assert (library.models["beta"].name, problems) == ("Bravo", [])
    assert parsed == ["data/models/beta.yml"]


SPOILT = {
    "missing": None,
    "empty": b"",
    "no file of ours": b"\x00\xff not ours\n",
    "of another reader": lambda kept: b"0" * 32 + kept[32:],
    "cut off": lambda kept: kept[:-10],
    "changed": lambda kept: kept.replace(b"Beta", b"Beto"),
    "with a line too many": lambda kept: kept + b"0" * 32 + b" {}\n",
}


@pytest.mark.parametrize("kind", SPOILT)
def test_a_spoilt_file_is_not_taken_and_is_written_anew(
    root: Path, cache: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = survey(root, Readings(cache))
    kept, spoil = cache.read_bytes(), SPOILT[kind]
    cache.unlink()
    if spoil is not None:
        cache.write_bytes(spoil(kept) if callable(spoil) else spoil)
    parsed = _parsed(monkeypatch)
    assert survey(root, Readings(cache)) == first
    assert "data/models/beta.yml" in parsed
    assert cache.read_bytes() == kept


def test_another_reader_does_not_take_it(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey(root, Readings(cache))
    monkeypatch.setattr(readings, "READER", "0" * 32)
    parsed = _parsed(monkeypatch)
    survey(root, Readings(cache))
    assert "data/models/beta.yml" in parsed


BAD = {
    "id": ("data/models/beta.yml", "family: greek", "family: gerek"),
    "key": ("data/models/beta.yml", "name: Beta", "nmae: Beta"),
    "in a list": ("data/organisations.yml", "type: university", "type: universe"),
    "YAML": ("data/models/beta.yml", "name: Beta", "name: 'Beta"),
}


@pytest.mark.parametrize("kind", BAD)
def test_problems_have_the_same_places(root: Path, cache: Path, kind: str) -> None:
    kept = Readings(cache)
    survey(root, kept)
    samples.edit(root, *BAD[kind])
    without = survey(root)
    assert without[1]
    assert survey(root, kept) == without, "while serving"
    assert survey(root, kept) == without, "while serving, again"
    assert survey(root, Readings(cache)) == without, "in the next build"
    assert survey(root, Readings(cache)) == without, "in the one after"
    path, good, bad = BAD[kind]
    samples.edit(root, path, bad, good)
    assert survey(root, kept) == survey(root)


def test_a_record_that_did_not_change_is_the_same_one(root: Path) -> None:
    kept = Readings()
    first = survey(root, kept)[0].models
    samples.edit(root, "data/models/beta.yml", "name: Beta", "name: Bravo")
    second = survey(root, kept)[0].models
    assert second["alpha"] is first["alpha"]
    assert second["beta"] is not first["beta"]


def test_answers_are_kept_until_something_other_than_a_model_changes(root: Path) -> None:
    kept = Readings()
    survey(root, kept)[0].once("question", lambda: 1)
    samples.edit(root, "data/models/beta.yml", "name: Beta", "name: Bravo")
    assert survey(root, kept)[0].once("question", lambda: 2) == 1
    samples.edit(root, "data/tools/walker.yml", "name: Walker", "name: Runner Up")
    assert survey(root, kept)[0].once("question", lambda: 2) == 2


def test_where_nothing_can_be_written_everything_is_read(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    blocked = tmp_path / "file" / "records.jsonl"
    assert survey(root, Readings(blocked)) == survey(root)


def test_two_builds_at_once_leave_a_whole_file(root: Path, cache: Path) -> None:
    one, two = Readings(cache), Readings(cache)
    assert survey(root, one) == survey(root, two)
    assert [file.name for file in cache.parent.iterdir()] == [cache.name]
    parsed = Readings(cache)
    assert survey(root, parsed) == survey(root)
