"""What was read before, so that the same file need not be read again.

Kept by the content of each file: in memory while serving, and between runs by `stored`. What is in
there goes through every check again, and whatever is wrong is told with its place in the file that
was given.
"""

from __future__ import annotations

import json
from collections.abc import Hashable
from pathlib import Path
from typing import Any, Final

import yaml

from . import files, source, stored
from . import records as r
from .source import Document

# Another reader may read another value, so what it kept is not taken.
READER: Final = stored.digest(
    *(Path(str(module.__file__)).read_bytes() for module in (files, source)),
    yaml.__version__.encode(),
)


# A record, and the records that it cannot stand without: collection and id.
Kept = tuple[r.Record, frozenset[tuple[str, str]]]
_Name = tuple[str, str, str]


class Readings:
    """Values and records by the content of their files; `file` keeps the values between runs."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        # JSON by digest, to be written again.
        self._lines = stored.read(file, READER) if file else {}
        self._fresh = False  # Whether there are lines that the file does not have.
        self._used: dict[str, Any] = {}  # Values by digest, of this survey and of the last.
        self._last: dict[str, Any] = {}
        self._records: dict[_Name, Kept] = {}
        self._known: dict[_Name, Kept] = {}
        self._digests: dict[str, str] = {}
        self._others: list[r.Record] = []
        self._answered: dict[Hashable, Any] = {}

    def read(self, file: Path, root: Path) -> Document:
        """As `source.read`; a value that is known comes without being read again."""
        name = ""

        def known(raw: bytes) -> Any:
            nonlocal name
            name = stored.digest(raw)
            if name in self._last:
                return self._last[name]
            return json.loads(self._lines[name]) if name in self._lines else None

        document = source.read(file, root, known)
        if not document.problems:
            self._digests[document.path] = name
            self._used[name] = document.value
            if self._file and name not in self._lines:
                self._fresh = True
                self._lines[name] = json.dumps(document.value, ensure_ascii=False)
        return document

    def known(self, document: Document, collection: str, key: str) -> Kept | None:
        """The record that this content gave before, and what it needs."""
        name = collection, key, self._digests[document.path]
        kept = self._known.get(name)
        if kept:
            self._records[name] = kept
        return kept

    def keep(self, document: Document, collection: str, key: str, record: r.Record) -> Kept:
        """Keeps what the content gave."""
        kept = record, r.needs(record)
        self._records[(collection, key, self._digests[document.path])] = kept
        return kept

    def end(self, others: list[r.Record]) -> dict[Hashable, Any]:
        """Ends a survey: what it did not use is forgotten, what is new is written.

        Returns what was answered before, if all that is no model (`others`) is as it was.
        """
        if list(map(id, others)) != list(map(id, self._others)):
            self._answered = {}
        self._others = others
        if self._file and (self._fresh or len(self._used) < len(self._lines)):
            stored.write(self._file, READER, {name: self._lines[name] for name in self._used})
        self._file, self._lines = None, {}  # Once is enough: while serving, the rest is kept here.
        self._last, self._used = self._used, {}
        self._known, self._records = self._records, {}
        self._digests = {}
        return self._answered
