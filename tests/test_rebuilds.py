"""A hundred edits in one process that serves: what is shown is what a clean build gives."""

from __future__ import annotations

import importlib
import logging
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

import samples
import served
from copies import Copy

SEED = 20261128
EDITS, A_TURN, TURNS_A_LOOK = 100, 5, 5
MODULES = (
    "building",
    "built",
    "faults",
    "generated",
    "serving",
    "staging",
    "turns",
    "watching",
    "writing",
)
ADDRESS = "http://127.0.0.1:8000/"


class Project:
    """The small project in the process under test, with rebuilds in place of a server's."""

    def __init__(self, copy: Copy, serving: ModuleType) -> None:
        self.copy = copy
        self.serving = serving
        serving.current = serving.Serving(str)
        serving.current._server = self  # All has been well, so what can wait does.
        self.good = {path: copy.read(path) for path in _texts(copy.root)}
        self.problem = ""

    def rebuild(self) -> Any:
        """What would be shown now; None if something is wrong, and then `problem`."""
        config = load_config(str(self.copy.root / "mkdocs.yml"), site_url=ADDRESS)
        try:
            build(config, serve_url=ADDRESS)
            self.serving.current._next.complete()
        except (Exception, SystemExit) as error:
            self.problem = str(error)
            return None
        return self.serving.current._next


def _texts(root: Path) -> list[str]:
    """The files that people edit."""
    files = [file for name in ("data", "content", "overrides") for file in (root / name).rglob("*")]
    kinds = (".yml", ".md", ".html", ".css")
    return sorted(f.relative_to(root).as_posix() for f in files if f.suffix in kinds)


@pytest.fixture
def project(small: Callable[[], Copy], monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    copy = small()
    monkeypatch.setattr(sys, "path", [str(copy.root / "hooks"), *sys.path])
    for name in MODULES:
        monkeypatch.delitem(sys.modules, name, raising=False)
    serving = importlib.import_module("serving")
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    try:
        yield Project(copy, serving)
    finally:
        serving.current.close()
        serving.current = None
        for name in MODULES:
            sys.modules.pop(name, None)


def _mend(project: Project, _: random.Random, number: int) -> None:
    """Puts everything back as it was."""
    for path in set(_texts(project.copy.root)) - set(project.good):
        (project.copy.root / path).unlink()
    for path, text in project.good.items():
        project.copy.write(path, text)


def _say(project: Project, chance: random.Random, number: int) -> None:
    """Another description of a model."""
    path = chance.choice(["alpha", "beta", "gamma"])
    text = project.good[f"data/models/{path}.yml"]
    start = text.index("description:")
    said = f"description: Said in edit {number}, with “care” & <b>.\n"
    project.copy.write(f"data/models/{path}.yml", text[:start] + said + _after(text, start))


def _after(text: str, start: int) -> str:
    """The next field of a record, and the rest."""
    lines = text[start:].split("\n")
    end = next(n for n, line in enumerate(lines[1:], 1) if line and line[0] not in " #")
    return "\n".join(lines[end:])


def _add(project: Project, chance: random.Random, number: int) -> None:
    """A new model."""
    text = project.good["data/models/beta.yml"].replace("name: Beta", f"name: Delta {number}")
    project.copy.write(f"data/models/delta-{number % 3}.yml", text)


def _rename(project: Project, chance: random.Random, number: int) -> None:
    """A model under another id."""
    for file in sorted((project.copy.root / "data/models").glob("delta-*.yml"))[:1]:
        file.rename(file.with_stem(f"epsilon-{number}"))


def _delete(project: Project, chance: random.Random, number: int) -> None:
    """A record less; where others name it, that is wrong."""
    files = sorted((project.copy.root / "data/models").glob("*.yml"))
    chance.choice(files).unlink()


def _append(path: str, text: str) -> Callable[[Project, random.Random, int], None]:
    """More at the end of a file."""

    def edit(project: Project, chance: random.Random, number: int) -> None:
        project.copy.write(path, project.good[path] + text.format(number))

    return edit


def _replace(path: str, old: str, new: str) -> Callable[[Project, random.Random, int], None]:
    """Something else in a file."""

    def edit(project: Project, chance: random.Random, number: int) -> None:
        assert old in project.good[path], path
        project.copy.write(path, project.good[path].replace(old, new.format(number), 1))

    return edit


GOOD = [
    *(_say, _add, _rename),
    _append(
        "content/index.md", '\n\nSaid {}: {{{{ model("alpha") }}}}.\n\n{{{{ parts_grid() }}}}\n'
    ),
    _append("content/understand/one.md", '\n\nSaid {} {{{{ cite("gradient") }}}}.\n'),
    _append("overrides/fieldguide/model.html", "<p>Said {}.</p>\n"),
    _append("overrides/fieldguide/macros.html", "{{# Said {}. #}}\n"),
    _append("content/assets/fieldguide.css", ".fg-said {{ order: {} }}\n"),
    _append("data/glossary.yml", "said-{0}: {{term: Said {0}, definition: Once more.}}\n"),
    _replace("overrides/main.html", '<p class="fg-end">', '<p class="fg-end">Said {}. '),
    _replace("data/vocabulary/states.yml", "label: Released", "label: Let go {}"),
    _replace("data/licences/free.yml", "short: Free", "short: Free {}"),
    _replace("data/definitions/strict.yml", "name: Strict Rule", "name: Strict Rule {}"),
    _replace("data/organisations.yml", "name: Acme", "name: Acme {}"),
]
BAD = [
    _delete,
    _replace("data/models/gamma.yml", "name: Gamma", "nmae: Gamma {}"),
    _append("content/index.md", '\n\n{{{{ model("said-{}") }}}}\n'),
    _append("overrides/fieldguide/tool.html", "{{% if {} %}}\n"),
]


def test_a_hundred_edits_give_what_clean_builds_give(project: Project) -> None:
    chance, looks = random.Random(SEED), 0  # noqa: S311 (nothing to guess)
    seen: set[str] = set()
    for turn in range(EDITS // A_TURN):
        _mend(project, chance, turn)
        wrong = turn % TURNS_A_LOOK == 2
        edits = [*chance.sample(GOOD, A_TURN - wrong), *chance.sample(BAD, wrong)]
        for place, edit in enumerate(edits):
            edit(project, chance, turn * A_TURN + place)
        built = project.rebuild()
        if built is not None:  # What is asked for now must not spoil what is asked for later.
            for path in chance.sample(sorted(built.outputs), 3):
                built.make(path)
        if turn % TURNS_A_LOOK in (2, 4):
            looks += 1
            seen.add(_compare(project, built))
    assert (looks, seen) == (2 * EDITS // A_TURN // TURNS_A_LOOK, {"same", "wrong"})


def _compare(project: Project, built: Any) -> str:
    """Whether a clean build is the same, or as wrong."""
    done = project.copy.build(SITE_URL=ADDRESS)
    if built is None:
        assert done.returncode, project.problem
        assert project.problem.splitlines()[-1] in done.stdout
        return "wrong"
    assert done.returncode == 0, done.stdout
    clean = project.copy.site
    for file in sorted(clean.rglob("*")):
        path = file.relative_to(clean).as_posix()
        if file.is_file() and not path.endswith("_headers"):
            built.make(path)
            content = served.plain(file.read_bytes())
            assert (built.folder / path).read_bytes() == content, path
    assert not built.outputs, "pages that a clean build does not have"
    return "same"


def test_a_site_stays_as_it_was_when_files_change(project: Project) -> None:
    """The last good site is made of what it was made of, be its files as they may."""
    before, after = project.rebuild(), project.rebuild()
    for path, text in (
        ("overrides/main.html", "{{ nothing.at.all }}"),
        ("overrides/fieldguide/model.html", "{{ nothing }}"),
        ("data/models/alpha.yml", "nothing"),
        ("content/index.md", "nothing"),
    ):
        samples.put(project.copy.root, path, text)
    for path in sorted(before.outputs):
        before.make(path)
        after.make(path)

        assert (before.folder / path).read_bytes() == (after.folder / path).read_bytes(), path
