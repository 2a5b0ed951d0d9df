"""What the files of `data/` hold, each for itself: records, where they stand, and what is wrong."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from . import records as r
from .library import Library
from .problems import Problem
from .readings import Kept, Readings
from .source import Document, Loc
from .validation import report_invalid


class Gathered:
    """One reading of `data/`: what was found, where, and what is wrong with it."""

    def __init__(self, root: Path, readings: Readings) -> None:
        self.root = root
        self.readings = readings
        self.collections: dict[str, dict[str, r.Record]] = {}
        self.paths: dict[tuple[str, str], str] = {}
        self.where: dict[tuple[str, str], tuple[Document, Loc]] = {}
        self.needs: dict[tuple[str, str], frozenset[tuple[str, str]]] = {}
        self.broken: set[tuple[str, str]] = set()
        self.unread: set[str] = set()
        self.documents: list[Document] = []
        self.problems: list[Problem] = []
        self.answered: dict[Hashable, Any] = {}

    def folder(self, name: str, shape: type[r.Record]) -> None:
        """One record a file, named by its id."""
        found, folder = self.collections.setdefault(name, {}), self.root / "data" / name
        if folder.is_symlink():  # See `strangers`.
            self.unread.add(name)
            return
        for file in sorted(folder.glob("*.yml")):
            document = self._open(file)
            if document.value is None:
                self.broken.add((name, file.stem))
            elif record := self._record(document, name, file.stem, document.value, shape, ()):
                found[file.stem] = record

    def file(self, name: str, file: Path, shape: type[r.Record]) -> None:
        """All records in one file, by id."""
        found = self.collections.setdefault(name, {})
        if not file.exists():
            path = file.relative_to(self.root).as_posix()
            self.problems.append(Problem(path, 1, 1, "the file is missing", "Restore it"))
            self.unread.add(name)
            return
        document = self._open(file)
        if document.value is not None and not isinstance(document.value, dict):
            document.report((), "the file must be a mapping of ids to records")
        if document.problems:
            self.unread.add(name)
            return
        for key, value in document.value.items():
            if record := self._record(document, name, key, value, shape, (key,)):
                found[key] = record

    def strangers(self) -> None:
        """Files that nothing reads: mistyped endings, wrong folders, links out of the project."""
        data = self.root / "data"
        known = {data / file for file, _ in r.FILES.values()}
        known |= {f for name in r.FOLDERS for f in (data / name).glob("*.yml")}
        known |= set((data / r.SCHEMAS).glob("*.json"))
        for file in (data, *data.rglob("*")):
            linked = file.is_symlink()
            if not linked and (file in known or file.name.startswith(".") or not file.is_file()):
                continue
            path = file.relative_to(self.root).as_posix()
            if linked:
                self.problems.append(Problem(path, 1, 1, "a symbolic link", "Put the file here"))
            else:
                folders = ", ".join(f"data/{name}/" for name in r.FOLDERS)
                hint = f"Records end in .yml and lie in {folders[:-1]}"
                self.problems.append(Problem(path, 1, 1, "nothing reads this file", hint))

    def _open(self, file: Path) -> Document:
        document = self.readings.read(file, self.root)
        self.documents.append(document)
        return document

    def _record(
        self, document: Document, name: str, key: str, value: Any, shape: type[r.Record], loc: Loc
    ) -> r.Record | None:
        if kept := self.readings.known(document, name, key):
            return self._found(kept, document, name, key, loc)
        if not isinstance(value, dict):
            document.report(loc, "a record must be a mapping of fields to values")
            self.broken.add((name, key))
            return None
        if value.get("id", key) != key:
            document.report((*loc, "id"), f"the id must be the file's name, `{key}`", "Drop `id`")
            self.broken.add((name, key))
            return None
        try:
            record = shape.model_validate({**value, "id": key})
        except ValidationError as error:
            report_invalid(document, shape, loc, error)
            self.broken.add((name, key))
            return None
        kept = self.readings.keep(document, name, key, record)
        return self._found(kept, document, name, key, loc)

    def _found(self, kept: Kept, document: Document, name: str, key: str, loc: Loc) -> r.Record:
        record, self.needs[(name, key)] = kept
        self.where[(name, key)] = (document, loc)
        self.paths[(name, key)] = document.path
        return record

    def library(self) -> Library:
        """What has been read, as it stands."""
        return Library(
            MappingProxyType({n: MappingProxyType(c) for n, c in self.collections.items()}),
            MappingProxyType(self.paths),
            frozenset(self.broken),
            frozenset(self.unread),
            self.answered,
        )

    def prune(self) -> None:
        """Takes out what points to nothing, until all that is left holds together."""
        broken = len(self.broken) - 1
        while broken < len(self.broken):
            broken = len(self.broken)
            for name, key in self.where:
                record = self.collections[name].get(key)
                if record and not all(map(self.resolves, r.references(record))):
                    del self.collections[name][key]
                    self.broken.add((name, key))

    def resolves(self, reference: tuple[Loc, r.Ref, str]) -> bool:
        """Whether a record's reference leads to a record that was found."""
        _, ref, target = reference
        return target in ref.besides or target in self.collections.get(ref.collection, {})
