"""The commands: what they print, where, and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import samples
from fieldguide.cli import main


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_good_project(tmp_path: Path) -> None:
    samples.write(tmp_path)
    result = run("check", "--root", tmp_path)
    assert result.exit_code == 0
    assert result.stdout == "All is well: 3 models, 2 licences, 2 tools, 2 written pages.\n"


def test_the_folder_is_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(samples.write(tmp_path))
    assert run("check").stdout.startswith("All is well: 3 models")


def test_problems_are_listed_and_counted(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/models/beta.yml", "name: Beta", "nmae: Beta")
    result = run("check", "--root", tmp_path)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "data/models/beta.yml:1:1: the key `name` is missing.",
        "data/models/beta.yml:1:1: unknown key `nmae`. Did you mean `name`?",
    ]
    assert result.stderr == "2 problems.\n"


def test_on_a_forge_problems_are_annotations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/tools/walker.yml", "maker: acme", "maker: acne")
    result = run("check", "--root", tmp_path)
    assert result.stdout == (
        "::error file=data/tools/walker.yml,line=2,col=8::"
        "unknown id `acne` in organisations. Did you mean `acme`?\n"
    )
    assert result.stderr == "1 problem.\n"


def test_a_folder_that_is_no_project(tmp_path: Path) -> None:
    result = run("check", "--root", tmp_path)
    assert result.exit_code == 2
    assert "has no data/ folder: run this in the project's folder" in " ".join(
        result.stderr.split()
    )


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert run("check", "--root", tmp_path / "gone").exit_code == 2
    assert run("check-site", tmp_path / "gone").exit_code == 2


def test_a_good_site(tmp_path: Path) -> None:
    samples.put(tmp_path, "index.html", '<p id="a"><a href="#a">b</a>')
    result = run("check-site", tmp_path)
    assert (result.exit_code, result.stdout) == (0, "Every link, anchor and id resolves.\n")


def test_a_site_with_a_broken_link(tmp_path: Path) -> None:
    samples.put(tmp_path, "index.html", '<a href="#b">b</a>')
    result = run("check-site", tmp_path)
    assert result.exit_code == 1
    assert result.stdout == "index.html:1:1: the link `#b` has no such place on its page.\n"
    assert result.stderr == "1 problem.\n"


def test_help_names_the_commands() -> None:
    text = run("--help").stdout
    assert "check-site" in text
    assert "Validate all data" in text
