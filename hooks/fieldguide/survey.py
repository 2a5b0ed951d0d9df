"""The only reader of `data/`: all records, checked against each other."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from . import records as r
from .library import Library
from .problems import Problem, ProblemsFound, did_you_mean
from .readings import Kept, Readings
from .source import Document, Loc
from .validation import report_invalid


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
    reading = _Reading(root, readings or Readings())
    for name, shape in r.FOLDERS.items():
        reading.folder(name, shape)
    for name, (file, shape) in r.FILES.items():
        reading.file(name, root / "data" / file, shape)
    reading.strangers()
    reading.cross_check()
    problems = [p for d in reading.documents for p in d.problems] + reading.problems
    others = [
        x for name, each in reading.collections.items() for x in each.values() if name != "models"
    ]
    reading.answered = reading.readings.end(others)
    if problems:
        reading.prune()
    return reading.library(), sorted(set(problems))


class _Reading:
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
                if record and not all(map(self._resolves, r.references(record))):
                    del self.collections[name][key]
                    self.broken.add((name, key))

    def _resolves(self, reference: tuple[Loc, r.Ref, str]) -> bool:
        _, ref, target = reference
        return target in ref.besides or target in self.collections.get(ref.collection, {})

    def cross_check(self) -> None:
        """Ids that point nowhere, names used twice, facts without evidence."""
        there = {(name, key) for name, found in self.collections.items() for key in found}
        for (name, key), (document, loc) in self.where.items():
            record = self.collections[name][key]
            if not self.needs[(name, key)] <= there:
                self._points_nowhere(record, document, loc)
            if isinstance(record, r.Model | r.Tool):
                for fact in record.unsourced():
                    document.report(
                        (*loc, fact),
                        f"`{fact}` is stated without evidence",
                        f"Add `evidence: {{{fact}: [{{url: …, via: …}}]}}`, or leave it out",
                        key=True,
                    )
            if isinstance(record, r.Licence):
                for term, said in record.terms.items():
                    self._answer_fits(document, (*loc, "terms", term, "answer"), term, said)
            if isinstance(record, r.MemoryCheck):
                self._size_is_known(document, (*loc, "size"), record)
        self._needed()
        self._names()
        self._circles()

    def _points_nowhere(self, record: r.Record, document: Document, loc: Loc) -> None:
        for inner, ref, target in r.references(record):
            known = self.collections.get(ref.collection, {})
            broken = (ref.collection, target) in self.broken or ref.collection in self.unread
            if broken or self._resolves((inner, ref, target)):
                continue
            document.report(
                (*loc, *inner),
                f"unknown id `{target}` in {ref.collection}",
                _hint(target, known, ref),
                key=inner[-1] == target and document.is_key((*loc, *inner)),
            )

    def _answer_fits(self, document: Document, loc: Loc, term: str, said: r.Term) -> None:
        library = self.library()
        kind, answer = library.terms.get(term), library.answers.get(said.answer)
        if kind and answer and kind.group not in answer.groups:
            fits = ", ".join(a for a, word in library.answers.items() if kind.group in word.groups)
            document.report(loc, f"`{said.answer}` does not answer `{term}`", f"Use one of {fits}")

    def _size_is_known(self, document: Document, loc: Loc, check: r.MemoryCheck) -> None:
        model = self.library().models.get(check.model)
        names = [size.name for size in model.sizes] if model else []
        if model and check.size not in names:
            hint = did_you_mean(check.size, names) or f"Use one of {', '.join(names)}"
            document.report(loc, f"`{check.model}` has no size `{check.size}`", hint)

    def _needed(self) -> None:
        """Words that were taken out, though pages are made with them."""
        for name, keys in r.NEEDED.items():
            for key in keys:
                there = key in self.collections[name] or (name, key) in self.broken
                if not there and name not in self.unread:
                    message = f"`{key}` is missing, which pages are made with"
                    path = f"data/{r.FILES[name][0]}"
                    self.problems.append(Problem(path, 1, 1, message, "Restore it"))

    def _circles(self) -> None:
        """A definition that asks for itself, be it by way of others, cannot be judged."""
        definitions = self.library().definitions
        asked = {
            key: {r.definition for rung in d.rungs for r in rung.requires if r.definition}
            for key, d in definitions.items()
        }
        for key in asked:
            seen, ahead = set[str](), set(asked[key])
            while ahead - seen:
                seen |= ahead
                ahead = set().union(*(asked.get(one, ()) for one in seen))
            if key in seen:
                document, loc = self.where[("definitions", key)]
                hint = "Ask for a definition that does not lead back here"
                document.report((*loc, "rungs"), f"`{key}` asks for itself", hint, key=True)
                self.broken.add(("definitions", key))
        for collection, key in self.broken & {("definitions", key) for key in definitions}:
            del self.collections[collection][key]

    def _names(self) -> None:
        """Two records of a kind may not share a name: readers could not tell them apart."""
        for name in ("models", "licences", "tools", "organisations"):
            seen: dict[str, str] = {}
            for key, record in self.collections[name].items():
                label = str(getattr(record, "name", "")).casefold()
                if label in seen:
                    document, loc = self.where[(name, key)]
                    document.report(
                        (*loc, "name"), f"`{seen[label]}` has the same name", "Keep one of the two"
                    )
                seen.setdefault(label, key)


def _hint(target: str, known: Mapping[str, r.Record], ref: r.Ref) -> str:
    """What an id that points nowhere may have meant: one called like that, or one written so."""
    called = [k for k, x in known.items() if getattr(x, "name", x.id).casefold() == target]
    if called:
        return f"Did you mean `{called[0]}`?"
    return did_you_mean(target, [*known, *ref.besides]) or _where_to_add(ref.collection)


def _where_to_add(collection: str) -> str:
    if collection in r.FOLDERS:
        return f"Add data/{collection}/<id>.yml, or correct the id"
    return f"Add it to data/{r.FILES[collection][0]}, or correct the id"
