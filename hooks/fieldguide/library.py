"""The only reader of `data/`: all records by id, checked against each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from . import records as r
from .problems import Problem, ProblemsFound, did_you_mean
from .source import Document, Loc, read
from .validation import report_invalid

T = TypeVar("T")


@dataclass(frozen=True)
class Library:
    """Everything in `data/`, by collection and id. Records do not change once loaded.

    `paths` gives the file of each record, relative to the project's root. `broken` names the
    records that exist but could not be read, so that nothing else complains of their absence;
    `unread` the collections of which nothing could be read. `answered` keeps answers to questions
    that recur, by all that they turn on: of the same records they are always the same.
    """

    collections: Mapping[str, Mapping[str, r.Record]]
    paths: Mapping[tuple[str, str], str] = field(default_factory=dict)
    broken: frozenset[tuple[str, str]] = frozenset()
    unread: frozenset[str] = frozenset()
    answered: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, question: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question, worked out once. The question names all that it turns on."""
        if question not in self.answered:
            self.answered[question] = answer()
        return cast(T, self.answered[question])

    def _all(self, name: str) -> Any:
        return self.collections.get(name, {})

    @property
    def models(self) -> Mapping[str, r.Model]:
        return cast(Mapping[str, r.Model], self._all("models"))

    @property
    def licences(self) -> Mapping[str, r.Licence]:
        return cast(Mapping[str, r.Licence], self._all("licences"))

    @property
    def tools(self) -> Mapping[str, r.Tool]:
        return cast(Mapping[str, r.Tool], self._all("tools"))

    @property
    def organisations(self) -> Mapping[str, r.Organisation]:
        return cast(Mapping[str, r.Organisation], self._all("organisations"))

    @property
    def definitions(self) -> Mapping[str, r.Definition]:
        return cast(Mapping[str, r.Definition], self._all("definitions"))

    @property
    def comparisons(self) -> Mapping[str, r.Comparison]:
        return cast(Mapping[str, r.Comparison], self._all("comparisons"))

    @property
    def debates(self) -> Mapping[str, r.Debate]:
        return cast(Mapping[str, r.Debate], self._all("debates"))

    @property
    def glossary(self) -> Mapping[str, r.GlossaryTerm]:
        return cast(Mapping[str, r.GlossaryTerm], self._all("glossary"))

    @property
    def references(self) -> Mapping[str, r.Reference]:
        return cast(Mapping[str, r.Reference], self._all("references"))

    @property
    def changes(self) -> Mapping[str, r.Change]:
        return cast(Mapping[str, r.Change], self._all("changes"))

    @property
    def licence_changes(self) -> Mapping[str, r.LicenceChange]:
        return cast(Mapping[str, r.LicenceChange], self._all("licence-changes"))

    @property
    def shortlists(self) -> Mapping[str, r.Shortlist]:
        return cast(Mapping[str, r.Shortlist], self._all("shortlists"))

    @property
    def parts(self) -> Mapping[str, r.PartWord]:
        return cast(Mapping[str, r.PartWord], self._all("parts"))

    @property
    def terms(self) -> Mapping[str, r.TermWord]:
        return cast(Mapping[str, r.TermWord], self._all("terms"))

    @property
    def answers(self) -> Mapping[str, r.AnswerWord]:
        return cast(Mapping[str, r.AnswerWord], self._all("answers"))

    @property
    def uses(self) -> Mapping[str, r.UseWord]:
        return cast(Mapping[str, r.UseWord], self._all("uses"))

    @property
    def shipping(self) -> Mapping[str, r.ShippingStep]:
        return cast(Mapping[str, r.ShippingStep], self._all("shipping"))

    @property
    def precisions(self) -> Mapping[str, r.PrecisionWord]:
        return cast(Mapping[str, r.PrecisionWord], self._all("precisions"))

    def words(self, vocabulary: str) -> Mapping[str, r.Word]:
        """A vocabulary of plain words: states, access, modalities and so on, in their order."""
        return cast(Mapping[str, r.Word], self._all(vocabulary))

    def label(self, vocabulary: str, word: str) -> str:
        """What readers see for one value of a vocabulary."""
        return self.words(vocabulary)[word].label


def load(root: Path) -> Library:
    """Reads `root/data`. Raises `ProblemsFound` with everything that is wrong in it."""
    library, problems = survey(root)
    if problems:
        raise ProblemsFound(problems)
    return library


def survey(root: Path) -> tuple[Library, list[Problem]]:
    """Reads `root/data` as far as it goes: all that is wrong, and what stands up without it."""
    reading = _Reading(root)
    for name, shape in r.FOLDERS.items():
        reading.folder(name, shape)
    for name, (file, shape) in r.FILES.items():
        reading.file(name, root / "data" / file, shape)
    reading.strangers()
    reading.cross_check()
    problems = [p for d in reading.documents for p in d.problems] + reading.problems
    if problems:
        reading.prune()
    return reading.library(), sorted(set(problems))


class _Reading:
    """One reading of `data/`: what was found, where, and what is wrong with it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.collections: dict[str, dict[str, r.Record]] = {}
        self.paths: dict[tuple[str, str], str] = {}
        self.where: dict[tuple[str, str], tuple[Document, Loc]] = {}
        self.broken: set[tuple[str, str]] = set()
        self.unread: set[str] = set()
        self.documents: list[Document] = []
        self.problems: list[Problem] = []

    def folder(self, name: str, shape: type[r.Record]) -> None:
        """One record a file, named by its id."""
        found = self.collections.setdefault(name, {})
        for file in sorted((self.root / "data" / name).glob("*.yml")):
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
        for file in sorted(data.rglob("*")):
            path = file.relative_to(self.root).as_posix()
            if file.is_symlink():
                self.problems.append(Problem(path, 1, 1, "a symbolic link", "Put the file here"))
            elif file.is_file() and file not in known and not file.name.startswith("."):
                folders = ", ".join(f"data/{name}/" for name in r.FOLDERS)
                hint = f"Records end in .yml and lie in {folders[:-1]}"
                self.problems.append(Problem(path, 1, 1, "nothing reads this file", hint))

    def _open(self, file: Path) -> Document:
        document = read(file, self.root)
        self.documents.append(document)
        return document

    def _record(
        self, document: Document, name: str, key: str, value: Any, shape: type[r.Record], loc: Loc
    ) -> r.Record | None:
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
        for (name, key), (document, loc) in self.where.items():
            record = self.collections[name][key]
            for inner, ref, target in r.references(record):
                known = self.collections.get(ref.collection, {})
                broken = (ref.collection, target) in self.broken or ref.collection in self.unread
                if broken or self._resolves((inner, ref, target)):
                    continue
                document.report(
                    (*loc, *inner),
                    f"unknown id `{target}` in {ref.collection}",
                    did_you_mean(target, [*known, *ref.besides]) or _where_to_add(ref.collection),
                    key=(*loc, *inner) in document.keys and inner[-1] == target,
                )
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
        self._names()
        self._circles()

    def _answer_fits(self, document: Document, loc: Loc, term: str, said: r.Term) -> None:
        library = self.library()
        kind, answer = library.terms.get(term), library.answers.get(said.answer)
        if kind and answer and kind.group not in answer.groups:
            fits = ", ".join(a for a, word in library.answers.items() if kind.group in word.groups)
            document.report(loc, f"`{said.answer}` does not answer `{term}`", f"Use one of {fits}")

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


def _where_to_add(collection: str) -> str:
    if collection in r.FOLDERS:
        return f"Add data/{collection}/<id>.yml, or correct the id"
    return f"Add it to data/{r.FILES[collection][0]}, or correct the id"
