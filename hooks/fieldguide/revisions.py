"""States of the project by name: a folder, or a revision in git; for the commands only.

Git is a plain subprocess with fixed arguments and no shell. A name is resolved to a hash first, as
the value of `--end-of-options`, so that no name can be an option.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory


class NotFound(Exception):
    """A state that is not there; the text is one line for whoever named it."""


@contextmanager
def state(name: str, root: Path) -> Iterator[Path]:
    """A folder that holds `data/` as it is in `name`: a folder, or a revision of `root`.

    Raises `NotFound`.
    """
    folder = Path(name)
    with TemporaryDirectory() as made:
        if not folder.is_dir():
            _extract(commit(name, root), root, Path(made))
            yield Path(made)
        elif (folder / "data").is_dir():
            yield folder.resolve()
        elif (folder / "models").is_dir():
            (Path(made) / "data").symlink_to(folder.resolve())
            yield Path(made)
        else:
            raise NotFound(f"{name} is a folder without data/ and without models/")


@contextmanager
def state_of(revision: str | None, root: Path) -> Iterator[Path]:
    """A folder with `data/` as it is in a commit, by its hash; an empty one for None."""
    with TemporaryDirectory() as made:
        (Path(made) / "data").mkdir()
        if revision:
            _extract(revision, root, Path(made))
        yield Path(made)


def commit(name: str, root: Path) -> str:
    """The hash of a revision. Raises `NotFound`."""
    asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"]
    done = _git(root, *asked)
    if done.returncode:
        if _git(root, "rev-parse", "--git-dir").returncode:
            raise NotFound(f"{name} is no folder, and {root} is not in a git repository")
        raise NotFound(f"{name} is neither a folder nor a revision that git knows")
    return done.stdout.decode().strip()


def days(root: Path) -> list[tuple[str, str | None, str]]:
    """Each day on which `data/` changed on the main line: the day, the state before it (None for
    nothing) and the state at its end. Raises `NotFound` where the history is not whole."""
    commit("HEAD", root)
    if _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        raise NotFound("this clone has no whole history: run `git fetch --unshallow` first")
    log = _git(root, "log", "--first-parent", "--reverse", "--format=%cs %H", "--", "data")
    lines = [line.split() for line in log.stdout.decode().splitlines()]
    found: list[tuple[str, str | None, str]] = []
    for name, commits in groupby(lines, key=lambda line: line[0]):
        found.append((name, found[-1][2] if found else None, list(commits)[-1][1]))
    return found


def _extract(revision: str, root: Path, into: Path) -> None:
    done = _git(root, "archive", "--format=tar", revision, "data")
    if done.returncode:
        raise NotFound(f"the revision {revision[:12]} has no data/ folder here")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(into, filter="data")


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 (fixed arguments, no shell)
            ["git", "-C", str(root), *arguments],  # noqa: S607
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise NotFound("git is not installed, and only it knows revisions") from None
