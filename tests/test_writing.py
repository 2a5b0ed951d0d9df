"""A site written over the one that stands there is the site that an empty folder would get."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from copies import MODEL, ROOT, Copy

ALL = "a/index.html"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, int]]:
    """Writes a site into `site`, some of it by way of the folder that MkDocs writes to."""
    monkeypatch.syspath_prepend(str(ROOT / "hooks"))
    module = importlib.import_module("writing")

    def write(files: Mapping[str, str], staged: Mapping[str, str] = {}) -> tuple[int, int]:
        writing = module.Writing(str(tmp_path / "site"))
        for path, text in staged.items():
            Path(writing.staged, path).parent.mkdir(parents=True, exist_ok=True)
            Path(writing.staged, path).write_text(text)
        writing.begin()
        for path, text in files.items():
            writing.put(path, text.encode())
        writing.end()
        assert not Path(writing.staged).exists()
        return writing.changed, writing.removed

    return write


def _tree(folder: Path) -> dict[str, str]:
    """All files of a folder, and the folders in which nothing is."""
    return {
        path.relative_to(folder).as_posix(): path.read_text() if path.is_file() else ""
        for path in folder.rglob("*")
        if path.is_file() or not any(path.iterdir())
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {ALL: "1", "b": "2"}),
        ({ALL: "1", "b": "2"}, {ALL: "1", "b": "3"}),
        ({ALL: "1", "old/deep/down": "2"}, {ALL: "1"}),
        ({"a": "a file"}, {ALL: "where a file was"}),
        ({ALL: "1", "a/b/c": "2"}, {"a": "where a folder was"}),
        ({"a/b": "1", "ab": "2"}, {"a/b/c": "1", "ab": "2"}),
    ],
    ids=["nothing", "change", "less", "a folder for a file", "a file for a folder", "like names"],
)
def test_what_stood_there_makes_no_difference(
    write: Callable[..., tuple[int, int]],
    tmp_path: Path,
    before: dict[str, str],
    after: dict[str, str],
) -> None:
    write(before)
    (tmp_path / "site/empty").mkdir()
    write(after, {"asset": "by MkDocs"})
    assert _tree(tmp_path / "site") == {**after, "asset": "by MkDocs"}
    # Once more: now all is there.
    assert write(after, {"asset": "by MkDocs"}) == (0, 0)
    assert _tree(tmp_path / "site") == {**after, "asset": "by MkDocs"}


def test_only_what_changes_is_touched(
    write: Callable[..., tuple[int, int]], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    write({"same": "1", "other": "2", "gone": "3"})
    (site / ".git").mkdir()
    (site / "link").symlink_to(tmp_path)
    for name in ("same", "other"):
        os.utime(site / name, (1, 1))
    os.link(site / "other", tmp_path / "held")

    assert write({"same": "1", "other": "4"}) == (1, 1)

    assert (site / "same").stat().st_mtime == 1
    assert (tmp_path / "held").read_text() == "2"
    assert _tree(site) == {"same": "1", "other": "4", ".git": ""}
    assert tmp_path.exists()


def test_a_build_over_another_is_a_clean_one(small: Callable[[], Copy]) -> None:
    """Also one that fails after it began to write leaves the site as it was."""
    copy, address, model = small(), "https://guide.example/", "data/models/quillfeather-9.yml"
    copy.write(model, MODEL)
    assert copy.build(SITE_URL=address).returncode == 0
    copy.replace("data/licences/free.yml", "short: Free", "short: Freer")
    (copy.root / model).unlink()
    copy.write("overrides/main.html", "{{ nothing.at.all }}")
    before = _bytes(copy.site)
    assert copy.build(SITE_URL=address).returncode
    assert _bytes(copy.site) == before

    copy.write("overrides/main.html", (ROOT / "overrides/main.html").read_text(encoding="utf-8"))
    done = copy.build(SITE_URL=address)
    assert done.returncode == 0, done.stdout
    over = _bytes(copy.site)
    assert copy.build("--site-dir", str(copy.root / "clean"), SITE_URL=address).returncode == 0
    assert over == _bytes(copy.root / "clean")
    assert over.keys() < before.keys()


def _bytes(site: Path) -> dict[str, bytes]:
    """A site, but for what has the time in it."""
    files = (file for file in site.rglob("*") if file.is_file() and file.suffix != ".gz")
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


def test_what_a_killed_build_left_goes_with_the_next(tmp_path: Path) -> None:
    """And nothing else: not what another holds, is new, a link, or somebody's."""
    begin = "from staging import Staging; one = Staging(); print(one.path, flush=True); "
    where = {**os.environ, "PYTHONPATH": str(ROOT / "hooks"), "TMPDIR": str(tmp_path)}

    def start(then: str) -> tuple[subprocess.Popen[str], Path]:
        asked = [sys.executable, "-c", begin + then]
        run = subprocess.Popen(asked, env=where, stdout=subprocess.PIPE, stdin=subprocess.PIPE,
                               text=True)  # fmt: skip
        assert run.stdout
        return run, Path(run.stdout.readline().strip())

    killed, left = start("input()")
    holding, held = start("input()")
    killed.kill()
    killed.communicate()
    (left / "page").write_text("half a site")
    other, new = tmp_path / "fieldguide_other", tmp_path / "fieldguide_build_new"
    other.mkdir()
    link = tmp_path / "fieldguide_build_link"
    link.symlink_to(other)
    for folder in (left, held, other):
        os.utime(folder, (0, 0))
    new.mkdir()
    done, gone = start("one.remove()")
    done.communicate()
    assert {held, other, new, link} == set(tmp_path.iterdir())
    assert done.returncode == 0
    assert gone.parent == tmp_path
    holding.communicate("")
