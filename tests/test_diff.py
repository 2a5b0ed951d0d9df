"""What differs between two states of the data, and the days that are written down of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import samples
from fieldguide.cli import main
from fieldguide.diff import Difference, Edit, Entry, difference, words
from fieldguide.recording import written
from fieldguide.survey import load, survey
from fieldguide.telling import markdown, plain


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """The same project twice."""
    return samples.write(tmp_path / "old"), samples.write(tmp_path / "new")


def test_equal_states_do_not_differ(two: tuple[Path, Path]) -> None:
    found = difference(*two)
    assert (found.entries, found.moves, found.notes) == ([], [], [])
    assert list(plain(found)) == ["Nothing in the records differs."]
    assert written(found) == ""


def test_facts_and_verdicts(two: tuple[Path, Path]) -> None:
    old, new = two
    samples.edit(new, "data/tools/walker.yml", "maker: acme", "maker: acme\nneeds: A | pipe")
    (new / "data/licences/house.yml").rename(new / "data/licences/mansion.yml")
    model = (new / "data/models/alpha.yml").read_text(encoding="utf-8")
    assert "state: released" in model
    lost = model.replace("state: released", "state: withheld")
    (new / "data/models/alpha.yml").write_text(lost, encoding="utf-8")
    found = difference(old, new)
    said = {(e.collection, e.id): e for e in found.entries}
    assert said[("licences", "house")].what == "removed"
    assert said[("licences", "mansion")].what == "added"
    assert said[("tools", "walker")].edits == (Edit("needs", None, "A | pipe"),)
    assert Edit("parts.weights.state", "released", "withheld") in said[("models", "alpha")].edits
    lines = "\n".join(plain(found))
    assert "parts.weights.state: released → withheld" in lines
    assert "needs: nothing → A | pipe" in lines
    table = "\n".join(markdown(found))
    assert "A \\| pipe" in table
    # `house` went, so what stands on it cannot be judged; that is said.
    assert any("cannot read in the new state" in note for note in found.notes)


def test_a_sign_of_code_in_a_state_ends_no_code_in_the_comment() -> None:
    edit = Edit("sizes.`![](x)`", None, "`1`")
    entry = Entry("changed", "models", "alpha`<b>", "Alpha `b`", (edit,))
    named, edited = list(markdown(Difference([entry])))[-2:]
    assert named == "- Alpha \\`b\\` (`models/alpha'<b>`)"
    assert edited.startswith("    - `sizes.'![](x)'`: nothing → \\`1\\`")


def test_a_verdict_that_moves_is_told(two: tuple[Path, Path]) -> None:
    old, new = two
    file = new / "data/models/alpha.yml"
    text = file.read_text(encoding="utf-8").replace("state: released", "state: withheld")
    file.write_text(text, encoding="utf-8")
    _, problems = survey(new)
    assert problems == []
    moves = difference(old, new).moves
    assert {move.model for move in moves} == {"alpha"}
    assert all(move.before != move.after for move in moves)
    text = written(difference(old, new))
    samples.put(new, "data/history/2026-03-04.yml", text)
    day = load(new).history["2026-03-04"]
    assert [(m.definition, m.before, m.after) for m in day.verdicts] == [
        (m.definition, m.before, m.after) for m in moves
    ]
    assert any(path.startswith("parts.") for path in day.changed["models"]["alpha"])


def test_a_state_that_today_refuses_is_compared(two: tuple[Path, Path]) -> None:
    old, new = two
    samples.edit(old, "data/models/alpha.yml", "developers:", "made_by:")
    samples.put(old, "data/tools/torn.yml", "name: [")
    found = difference(old, new)
    [entry] = [e for e in found.entries if e.id == "alpha"]
    assert [edit.path for edit in entry.edits] == ["made_by", "developers"]
    assert any(
        note.startswith("data/tools/torn.yml of the old state could not") for note in found.notes
    )
    assert any("models" in note and "in the old state: alpha" in note for note in found.notes)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        *((None, "nothing"), (True, "yes"), (70_000, "70,000"), (["a", "b"], "a, b")),
        *(({"x": 1, "y": {"z": 2}}, "x: 1, y"), ("a\n b", "a b"), ("x" * 80, "x" * 59 + "…")),
    ],
)
def test_values_in_words(value: object, said: str) -> None:
    assert words(value) == said


def git(root: Path, *arguments: str, day: str = "2026-01-02") -> None:
    whose = [f"GIT_{who}" for who in ("AUTHOR", "COMMITTER")]
    said = {f"{who}_{what}": "a@b.example" for who in whose for what in ("NAME", "EMAIL")}
    said |= {f"{who}_DATE": f"{day}T12:00:00+00:00" for who in whose}
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(root), **said}
    command = ["git", "-C", str(root), *arguments]
    subprocess.run(command, check=True, capture_output=True, env=environment)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A project with a history of two days."""
    root = samples.write(tmp_path / "guide", **{"data/history/2026-02-03.yml": None})
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    samples.edit(root, "data/tools/walker.yml", "maker: acme", "maker: acme\nneeds: legs")
    git(root, "commit", "-qam", "two", day="2026-01-05")
    return root


def test_revisions_are_compared(repository: Path) -> None:
    result = run("diff", "HEAD~1", "HEAD", "--root", repository, "--format", "json")
    assert result.exit_code == 0, result.output
    [record] = json.loads(result.stdout)["records"]
    assert (record["collection"], record["id"], record["what"]) == ("tools", "walker", "changed")
    assert record["edits"] == [{"path": "needs", "before": None, "after": "legs"}]
    samples.edit(repository, "data/tools/walker.yml", "needs: legs", "needs: shoes")
    result = run("diff", "HEAD", "--root", repository)
    assert "needs: legs → shoes" in result.stdout


@pytest.mark.parametrize("name", ["nope", "--output=x", "-h", "HEAD:data", "HEAD; ls", "a..b"])
def test_what_is_no_revision_is_told_in_a_line(repository: Path, name: str) -> None:
    result = run("diff", "--root", repository, "--", name)
    assert result.exit_code == 1
    assert result.stderr == f"Error: {name} is neither a folder nor a revision that git knows\n"
    assert not (repository / "x").exists()


def test_other_states_that_are_not_there(tmp_path: Path) -> None:
    samples.write(tmp_path)
    told = run("diff", "HEAD", "--root", tmp_path).stderr
    assert told == f"Error: HEAD is no folder, and {tmp_path} is not in a git repository\n"
    told = run("diff", tmp_path / "content", "--root", tmp_path).stderr
    assert told.endswith("content is a folder without data/ and without models/\n")
    assert "Nothing" in run("diff", tmp_path / "data", tmp_path, "--root", tmp_path).stdout


def test_days_are_written_from_git(repository: Path) -> None:
    result = run("record", "--root", repository)
    assert result.exit_code == 0, result.output
    history = survey(repository)[0].history
    assert list(history) == ["2026-01-02", "2026-01-05"]
    assert "alpha" in history["2026-01-02"].added["models"]
    assert history["2026-01-05"].changed == {"tools": {"walker": ("needs",)}}
    first = repository / "data/history/2026-01-02.yml"
    first.write_text("added: {models: [alpha]}\n", encoding="utf-8")
    run("record", "--root", repository)
    assert first.read_text(encoding="utf-8") == "added: {models: [alpha]}\n"  # Stays as it is.


def test_half_a_history_is_not_written_down(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    told = run("record", "--root", tmp_path / "shallow").stderr
    assert told == "Error: this clone has no whole history: run `git fetch --unshallow` first\n"
    assert not (tmp_path / "shallow/data/history").exists()


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("2026-02-30", "added: {models: [a]}", "must be named by a day of the calendar"),
        ("2026-02-02", "added: {}", "says nothing that changed"),
        ("2026-02-02", "added: {cars: [a]}", "must be"),
        ("2026-02-02", "adde: {models: [a]}", "unknown key `adde`. Did you mean `added`?"),
        ("2026-02-02", "added: {models: []}", "needs 1 or more entries"),
    ],
)
def test_a_day_that_is_wrong_is_told(tmp_path: Path, file: str, text: str, told: str) -> None:
    samples.write(tmp_path, **{f"data/history/{file}.yml": text})
    [problem] = survey(tmp_path)[1]
    assert problem.path == f"data/history/{file}.yml"
    assert told in str(problem)
