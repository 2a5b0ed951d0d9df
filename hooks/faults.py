"""What failed, in words: a build, or a page that was made later."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

from mkdocs.exceptions import Abort

from fieldguide.problems import ProblemsFound, count

# Why the build under way failed: MkDocs' `Abort` no longer says. Faults of the settings are only
# logged, all others come as an event; those that were logged before are not logged again.
reasons: list[str] = []


class Heard(logging.Handler):
    """Keeps what is logged as an error."""

    def emit(self, record: logging.LogRecord) -> None:
        reasons.append(record.getMessage())


def heard(builder: Callable[[], None]) -> None:
    """Builds, and keeps what is logged meanwhile."""
    handler = Heard(logging.ERROR)
    reasons.clear()
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        builder()
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)


def message(error: BaseException) -> str:
    """An error in words, a line a problem."""
    if isinstance(error, ProblemsFound):
        return listed(error)
    if isinstance(error, Abort) and reasons:
        return "\n".join(dict.fromkeys(reasons))
    return f"{_place(error)}{type(error).__name__}: {error}"


def _place(error: BaseException) -> str:
    """The innermost template in the traceback and its line: MkDocs does not tell them."""
    root = Path(__file__).parent.parent
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.suffix == ".html":
            path = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
            return f"{path}:{frame.lineno}: "
    return ""


def listed(found: ProblemsFound) -> str:
    """Problems, and how many they are."""
    lines = "\n".join(map(str, found.problems))
    return f"{count(found.problems)}, nothing was built:\n{lines}"
