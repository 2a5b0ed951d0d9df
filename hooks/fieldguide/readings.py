"""What was read before, so that the same file need not be read again.

Kept by the content of each file: in memory while serving, and between builds in one file of plain
JSON lines below `.cache/`. That file is never needed. It is taken only if it was written by this
reader of YAML and is as it was written; what is in it goes through every check again, and whatever
is wrong is told with its place in the file that was given.
"""

from __future__ import annotations

import json
from collections.abc import Hashable
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import yaml

from . import files, source
from . import records as r
from .source import Document

_SIZE: Final = 16  # Bytes of a digest.


def digest(*parts: bytes) -> str:
    """A name for some content."""
    made = blake2b(digest_size=_SIZE)
    for part in parts:
        made.update(len(part).to_bytes(8, "big") + part)
    return made.hexdigest()


# Another reader may read another value, so what it kept is not taken.
READER: Final = digest(
    *(Path(str(module.__file__)).read_bytes() for module in (files, source)),
    yaml.__version__.encode(),
)


# A record, and the records that it cannot stand without: collection and id.
Kept = tuple[r.Record, frozenset[tuple[str, str]]]
_Name = tuple[str, str, str]


class Readings:
    """Values and records by the content of their files; `file` keeps the values between builds."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._lines = _lines(file) if file else {}  # JSON by digest, to be written again.
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
            name = digest(raw)
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
            _write(self._file, {name: self._lines[name] for name in self._used})
        self._file, self._lines = None, {}  # Once is enough: the next build reads what changed.
        self._last, self._used = self._used, {}
        self._known, self._records = self._records, {}
        self._digests = {}
        return self._answered


def _lines(file: Path) -> dict[str, str]:
    """What the file holds; nothing if it is not as this reader wrote it."""
    try:
        head, _, body = file.read_bytes().partition(b"\n")
    except OSError:
        return {}
    if head.decode("ascii", "replace") != f"{READER} {digest(body)}":
        return {}
    lines = body.decode("utf-8").split("\n")
    return {line[: 2 * _SIZE]: line[2 * _SIZE + 1 :] for line in lines if line}


def _write(file: Path, lines: dict[str, str]) -> None:
    """Writes the file at once or not at all: two builds may do it together."""
    body = "".join(f"{name} {line}\n" for name, line in lines.items()).encode()
    content = f"{READER} {digest(body)}\n".encode() + body
    part = file.with_name(f"{file.name}.{digest(body)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(file)
    except OSError:
        return  # Without it the next build takes a little longer.
