"""YAML text to plain values that know their line and column.

A small, strict reading of YAML: what YAML 1.1 and 1.2 read differently must be quoted, and anchors,
aliases and tags are refused, so that a file means the same to every reader and cannot swell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from . import files
from .problems import Problem, ProblemsFound

MAX_DEPTH: Final = 20
MAX_DIGITS: Final = 18

Loc = tuple[str | int, ...]
Place = tuple[int, int]

# Fixed shapes of plain scalars. Whatever else begins like a number stays text (2024-11-26, 7B).
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*(_[0-9]{3})*)\Z")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]*[1-9]\Z")
_SURPRISES = re.compile(
    r"""(?ix) (y|n|yes|no|on|off|true|false)      # truth values in YAML 1.1
      | [-+]?([0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(e[-+]?[0-9]+)?    # 1.10, 2.0, .5
      | [-+]?0[0-9_]+ | [-+]?0x[0-9a-f_]+ | 0[ob][0-7]+       # other bases
      | [-+]?[0-9]+(_[0-9]*)+                     # underscores not in threes
      | [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9]*)?           # base 60
      | [-+]?(\.inf) | \.nan
      | [-+]?[0-9]+e[-+]?[0-9]+"""
)


@dataclass
class Document:
    """A file's value, and the place (line, column, from 1) of each value and key in it.

    `value` is None when the file could not be read; `problems` then says why. Of a `text` whose
    value was known before, the places are found when they are asked for.
    """

    path: str
    value: Any = None
    places: dict[Loc, Place] = field(default_factory=dict)
    keys: dict[Loc, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    text: str | None = None

    def place(self, loc: Loc, *, key: bool = False) -> Place:
        """The place of the value (or key) at `loc`, or of the nearest thing around it."""
        self._find_places()
        if key and loc in self.keys:
            return self.keys[loc]
        while loc and loc not in self.places:
            loc = loc[:-1]
        return self.places.get(loc, (1, 1))

    def is_key(self, loc: Loc) -> bool:
        """Whether the last of `loc` is a key of the file."""
        self._find_places()
        return loc in self.keys

    def _find_places(self) -> None:
        if self.text is not None:
            again, self.text = parse(self.text, self.path), None
            self.places, self.keys = again.places, again.keys

    def report(self, loc: Loc, message: str, hint: str = "", *, key: bool = False) -> None:
        """Adds a problem at `loc`."""
        self.problems.append(Problem(self.path, *self.place(loc, key=key), message, hint))


def read(file: Path, root: Path, known: Callable[[bytes], Any] = lambda raw: None) -> Document:
    """Reads one YAML file below `root`. Never raises for what is in it: see `Document.problems`.

    `known` gives the value of a file's content where it was read before, else None.
    """
    path = file.as_posix().removeprefix(f"{root.as_posix()}/")
    try:
        raw = files.raw(file, path)
        value = known(raw)
        text = files.text(raw, path)
    except ProblemsFound as found:
        return Document(path, problems=found.problems)
    return parse(text, path) if value is None else Document(path, value, text=text)


def parse(text: str, path: str, *, plain: bool = False) -> Document:
    """Reads YAML text; `path` is only named in problems. Never raises for what is in it.

    With `plain`, values that are not quoted stay text too: for files that others wrote.
    """
    document = Document(path)
    if odd := files.odd(text, path):
        document.problems.append(odd)
        return document
    try:
        document.value = _Builder(document, text, plain).build()
    except yaml.MarkedYAMLError as error:
        document.problems.append(_complaint(error, text, path))
    if document.problems:
        document.value = None
    elif document.value is None:
        hint = "Write the record, or delete the file"
        document.problems.append(Problem(path, 1, 1, "the file is empty", hint))
    return document


def _complaint(error: yaml.MarkedYAMLError, text: str, path: str) -> Problem:
    """A parser's complaint in plain words, at its place; of an open quote, where it opens."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(path, 1, 1, *_explain(error, ""))
    line = [*text.splitlines(), ""][mark.line : mark.line + 1]
    message, hint = _explain(error, "".join(line)[mark.column : mark.column + 1])
    if message == _UNCLOSED:
        mark = error.context_mark or mark
    return Problem(path, mark.line + 1, mark.column + 1, message, hint)


_UNCLOSED: Final = "a quotation mark is not closed"


def _explain(error: yaml.MarkedYAMLError, character: str) -> tuple[str, str]:
    """What the parser says of the `character` at which it stopped: message and hint."""
    problem = error.problem or "it cannot be read"
    if "tab" in problem or ("cannot start any token" in problem and character == "\t"):
        return "a tab where YAML wants spaces", "Indent with two spaces"
    if "cannot start any token" in problem:
        return f"a text that begins with `{character}`", "Put it in quotes"
    if "end of stream" in problem and "quoted scalar" in (error.context or ""):
        return _UNCLOSED, "Add the closing quote where the text ends"
    if "mapping values are not allowed" in problem:
        return "a colon where none may stand", "Put text that has a colon in it in quotes"
    if any(wanted in problem for wanted in ("expected ':'", "expected key", "expected '-'")):
        return "the line does not fit in here", "Check its indentation, and the colon after a key"
    return f"this is not YAML ({problem})", "Check quotes, brackets and indentation"


class _Builder:
    """Builds values from parse events: events, unlike nodes, still know anchors and tags."""

    def __init__(self, document: Document, text: str, plain: bool) -> None:
        self.document = document
        self.plain = plain
        self.events = yaml.parse(text, Loader=yaml.CSafeLoader)

    def build(self) -> Any:
        value, seen = None, 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                seen += 1
                if seen > 1:
                    self._refuse(event, "a second document (`---`)", "Keep one record a file")
                    break
                value = self._value(next(self.events), ())
        return value

    def _refuse(self, event: Any, message: str, hint: str) -> None:
        mark = event.start_mark
        self.document.problems.append(
            Problem(self.document.path, mark.line + 1, mark.column + 1, message, hint)
        )

    def _value(self, event: Any, loc: Loc) -> Any:
        mark = event.start_mark
        self.document.places[loc] = (mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"an alias (*{event.anchor})", "Write the value out")
            return None
        self._plain(event)
        if len(loc) >= MAX_DEPTH and not isinstance(event, yaml.ScalarEvent):
            raise yaml.MarkedYAMLError(None, None, "nested too deeply", mark)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(loc)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(loc)
        return self._scalar(event)

    def _plain(self, event: Any) -> None:
        """Refuses what hangs on a value or key."""
        if event.anchor:
            self._refuse(event, f"an anchor (&{event.anchor})", "Write each value out")
        if event.tag:
            self._refuse(event, f"a tag ({event.tag})", "Write plain values without tags")

    def _mapping(self, loc: Loc) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            mark: Any = event.start_mark
            place = (mark.line + 1, mark.column + 1)
            if not isinstance(event, yaml.ScalarEvent):
                self._value(event, (*loc, "?"))
                self._refuse(event, "a key that is not a word", "Use a plain word as the key")
                self._value(next(self.events), (*loc, "?"))
                continue
            self._plain(event)
            key = str(event.value)
            if not event.style and _SURPRISES.fullmatch(key):
                self._surprise(event, key)
            value_loc = (*loc, key)
            if key in mapping:
                first = self.document.keys[value_loc][0]
                self._refuse(
                    event, f"the key `{key}` stands twice (first in line {first})", "Keep one"
                )
            else:
                self.document.keys[value_loc] = place
            mapping[key] = self._value(next(self.events), value_loc)
        return mapping

    def _sequence(self, loc: Loc) -> list[Any]:
        sequence: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            sequence.append(self._value(event, (*loc, len(sequence))))
        return sequence

    def _scalar(self, event: Any) -> Any:
        text = str(event.value)
        if event.style:  # quoted, or a block of text
            return text
        if text in ("", "~", "null", "Null", "NULL"):
            return None
        if self.plain:
            return text
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.match(text):
            digits = text.replace("_", "")
            if len(digits.lstrip("+-")) > MAX_DIGITS:
                self._refuse(event, "a number too large to be meant", "Put it in quotes")
                return None
            return int(digits)
        if _DECIMAL.match(text):
            return float(text)
        if _SURPRISES.fullmatch(text):
            self._surprise(event, text)
        return text

    def _surprise(self, event: Any, text: str) -> None:
        message = f"`{text}` does not mean the same to every YAML reader"
        self._refuse(event, message, f'Put it in quotes: "{text}"')
