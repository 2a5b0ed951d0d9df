"""What is wrong, where, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

# What a terminal or a log would obey: a file's name can hold it.
_OBEYED: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one place.

    `path` is relative to the project's root; `line` and `column` count from 1; `message` says what
    is wrong and what was expected, without a full stop; `hint` says how to mend it.
    """

    path: str
    line: int
    column: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """`path:line:column: message. Hint.`, as terminals and editors make clickable."""
        text = f"{self.path}:{self.line}:{self.column}: {self._text()}"
        return _OBEYED.sub("\ufffd", text)

    def annotation(self) -> str:
        """The same as a workflow command, which GitHub-like forges show beside the line."""
        path, text = _escaped(self.path), _escaped(self._text())
        path = path.replace(":", "%3A").replace(",", "%2C")
        return f"::error file={path},line={self.line},col={self.column}::{text}"

    def _text(self) -> str:
        """Message and hint as sentences."""
        stop = "" if self.hint.endswith("?") else "."
        return f"{self.message}. {self.hint}{stop}" if self.hint else f"{self.message}."


class ProblemsFound(Exception):
    """Raised where work cannot go on; `problems` holds all of them, in order of file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def count(problems: Iterable[Problem]) -> str:
    """`1 problem`, `2 problems`."""
    number = len(list(problems))
    return f"{number} problem{'' if number == 1 else 's'}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known words; where nothing is near, an empty text."""
    near = get_close_matches(word, list(known), n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(f'`{n}`' for n in near)}?" if near else ""


def _escaped(text: str) -> str:
    """A text within a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
