"""What changed, day by day: written once from git, then read like all other records.

The build asks `data/history/` and never git, so a shallow clone or a downloaded copy gives the same
site. Large days stay small: new records are lists of ids, changed ones the paths of their fields.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from . import records as r
from .library import Library

FOLDER: Final = "data/history"
PAGE: Final = "data/changes/"  # The page that shows it.
OPEN: Final = 12  # As many records of one group stand openly on that page;
NAMED: Final = 160  # as many in a part that opens; of more, it says how many.
LISTS: Final = {
    "models": "models/",
    "licences": "licences/",
    "tools": "run/",
    "organisations": "models/organisations/",
    "definitions": "understand/definitions/",
    "debates": "debate/",
    "glossary": "understand/glossary/",
    "references": "data/references/",
}
NOUNS: Final = {
    "models": ("model", "models"),
    "licences": ("licence", "licences"),
    "tools": ("tool", "tools"),
    "organisations": ("maker", "makers"),
    "definitions": ("definition", "definitions"),
    "debates": ("debate", "debates"),
    "glossary": ("term", "terms"),
    "references": ("work", "works"),
}


@dataclass(frozen=True)
class Happened:
    """What happened to one record on one day: `what` is added, changed, removed or verdict.

    A record that was changed may have verdicts that moved as well; one of which only verdicts moved
    (a rule or a licence changed) is `verdict`.
    """

    day: str
    what: str
    collection: str
    id: str
    name: str
    fields: tuple[str, ...] = ()
    moved: tuple[r.Moved, ...] = ()
    here: bool = True  # Whether the record is there today.


class History:
    """The days of a library, newest first, with an answer for each record."""

    def __init__(self, library: Library) -> None:
        self.library = library

    @cached_property
    def days(self) -> dict[str, list[Happened]]:
        """What happened, by day: in the order of collections, then of names."""
        found = {}
        for key, day in sorted(self.library.history.items(), reverse=True):
            found[key] = sorted(self._of(day), key=_order)
        return found

    @cached_property
    def by_record(self) -> Mapping[tuple[str, str], list[Happened]]:
        """What happened to each record, newest first."""
        found: dict[tuple[str, str], list[Happened]] = defaultdict(list)
        for day in self.days.values():
            for one in day:
                found[(one.collection, one.id)].append(one)
        return found

    def of(self, collection: str, key: str) -> list[Happened]:
        """What happened to one record, newest first; nothing if that is not known."""
        return self.by_record.get((collection, key), [])

    def definition(self, key: str) -> str:
        """The name of a definition for narrow places; its id if it went."""
        found = self.library.definitions.get(key)
        return found.short if found else key

    def noun(self, collection: str, number: int) -> str:
        """What a number of records of a collection is called."""
        return NOUNS[collection][number != 1]

    def _of(self, day: r.Day) -> Iterator[Happened]:
        moved: dict[str, list[r.Moved]] = defaultdict(list)
        for move in day.verdicts:
            moved[move.model].append(move)

        def made(what: str, kind: str, key: str, **more: Any) -> Happened:
            record = self.library.collections[kind].get(key)
            name = record_name(record) if record else more.pop("name", key)
            more.pop("name", None)
            return Happened(day.id, what, kind, key, name, here=bool(record), **more)

        for kind, ids in day.added.items():
            yield from (made("added", kind, key) for key in ids)
        for kind, changed in day.changed.items():
            for key, fields in changed.items():
                moves = tuple(moved.pop(key, ())) if kind == "models" else ()
                yield made("changed", kind, key, fields=fields, moved=moves)
        for kind, removed in day.removed.items():
            yield from (made("removed", kind, key, name=name) for key, name in removed.items())
        for key, moves_left in moved.items():
            yield made("verdict", "models", key, moved=tuple(moves_left))


@dataclass(frozen=True)
class Group:
    """Records of one kind to which the same happened on one day, by name.

    `fields` are the changed fields, in words, and the verdicts that moved differ from one to one.
    """

    collection: str
    what: str
    fields: str
    records: list[Happened]


def groups(happened: Iterable[Happened]) -> list[Group]:
    """What happened on a day: by collection, new ones first; those with equal fields together."""
    found: dict[tuple[str, str, str], list[Happened]] = defaultdict(list)
    for one in happened:
        found[(one.collection, one.what, ", ".join(map(field_words, one.fields)))].append(one)
    each = [Group(*key, records) for key, records in found.items()]
    order = ("added", "removed", "verdict", "changed")
    return sorted(
        each, key=lambda g: (r.TOLD.index(g.collection), order.index(g.what), -len(g.records))
    )


def summary(history: History, happened: list[Happened]) -> str:
    """A day in a few words: `Added: 10 works. Changed: 148 models.`"""
    counts = Counter((one.what, one.collection) for one in happened)
    said = []
    for what in ("added", "changed", "removed"):
        numbers = [(counts[(what, kind)], kind) for kind in r.TOLD]
        named = [f"{number:,} {history.noun(kind, number)}" for number, kind in numbers if number]
        said += [f"{what.capitalize()}: {', '.join(named)}."] * bool(named)
    moved = sum(len(one.moved) for one in happened)
    said += [f"Verdicts that moved: {moved}."] * bool(moved)
    return " ".join(said)


def record_name(record: Any) -> str:
    """What readers call a record."""
    for name in ("name", "term", "title", "question"):
        if said := getattr(record, name, None):
            return str(said)
    return str(record.id)


def sentence(history: History, one: Happened) -> str:
    """What happened to a record, as a sentence or two."""
    moved = "".join(
        f" By {history.definition(move.definition)}, from “{move.before}” to “{move.after}”."
        for move in one.moved
    )
    if one.what == "changed":
        return f"Changed: {', '.join(map(field_words, one.fields))}.{moved}"
    if one.what == "verdict":
        return f"A rule or a licence changed, and with it the verdict.{moved}"
    return {"added": "Added to the guide.", "removed": "Taken out of the guide."}[one.what]


def values(history: History, one: Happened) -> dict[str, Any]:
    """The same for the API."""
    moved = ({"definition": m.definition, "before": m.before, "after": m.after} for m in one.moved)
    return {
        "id": f"{one.day}-{one.collection}-{one.id}",
        "date": one.day,
        "kind": one.what,
        "text": f"{one.name}: {sentence(history, one)}",
        "subjects": [{"collection": one.collection, "id": one.id}],
        "fields": one.fields,
        "verdicts": list(moved),
    }


def field_words(path: str) -> str:
    """`parts.training-data` as `parts: training data`, `evidence` as `sources`."""
    return (
        path.replace("evidence", "sources").replace("_", " ").replace("-", " ").replace(".", ": ")
    )


def _order(one: Happened) -> tuple[int, str, str]:
    return r.TOLD.index(one.collection), one.name.casefold(), one.id
