"""The only way into `data/`: all records, checked each for itself and against each other."""

from __future__ import annotations

from pathlib import Path

from . import records as r
from .crosscheck import CrossCheck
from .gathered import Gathered
from .library import Library
from .problems import Problem, ProblemsFound
from .readings import Readings


def load(root: Path) -> Library:
    """Reads `root/data`. Raises `ProblemsFound` with everything that is wrong in it."""
    library, problems = survey(root)
    if problems:
        raise ProblemsFound(problems)
    return library


def survey(root: Path, readings: Readings | None = None) -> tuple[Library, list[Problem]]:
    """Reads `root/data` as far as it goes: all that is wrong, and what stands up without it.

    What `readings` already holds of these files is not read again.
    """
    found = Gathered(root, readings or Readings())
    for name, shape in r.FOLDERS.items():
        found.folder(name, shape)
    for name, (file, shape) in r.FILES.items():
        found.file(name, root / "data" / file, shape)
    found.strangers()
    CrossCheck(found).all()
    problems = [p for d in found.documents for p in d.problems] + found.problems
    others = [
        x for name, each in found.collections.items() for x in each.values() if name != "models"
    ]
    found.answered = found.readings.end(others)
    if problems:
        found.prune()
    return found.library(), sorted(set(problems))
