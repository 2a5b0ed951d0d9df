"""Records chosen by their values, by id, and in groups: for tables and markers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from . import records as r
from .assess import licence_of, state_of
from .judged import SPECTRUM, Judged
from .problems import did_you_mean

T = TypeVar("T")
Of = Mapping[str, list[T]]
# What a record has of a field.
Values = Callable[[Any], Iterable[object]]
# Fields by which records are chosen: what a record has of each, and what may be asked for.
Filters = Mapping[str, tuple[Values, Iterable[object]]]


def grouped(records: Iterable[T], keys: Callable[[T], Iterable[str | None]]) -> Of[T]:
    """Records by each of their keys, in the order given; a key of none has an empty list."""
    found: dict[str, list[T]] = defaultdict(list)
    for record in records:
        for key in dict.fromkeys(filter(None, keys(record))):
            found[key].append(record)
    return found


class NotKnown(ValueError):
    """A word that the data does not know; says which, and what was near it."""

    def __init__(self, what: str, word: object, known: Iterable[str]) -> None:
        hint = did_you_mean(str(word), known)
        super().__init__(f"unknown {what} `{word}`")
        self.hint = hint


class Selections(Judged):
    """The records of a library, chosen; `filters` says by what."""

    def filters(self, collection: str) -> Filters:
        """By what a collection can be chosen from. Raises `NotKnown`."""
        library = self.library
        truth = (True, False)
        of: dict[str, Filters] = {
            "models": {
                "access": (lambda m: [m.access], library.words("access")),
                "step": (self._step_id, [rung.id for rung in self.spectrum.rungs]),
                "family": (lambda m: [m.family], library.words("families")),
                "modality": (
                    lambda m: {*m.kind.input, *m.kind.output},
                    library.words("modalities"),
                ),
                "language": (lambda m: m.languages, library.words("languages")),
                "developer": (lambda m: m.developers, library.organisations),
                "licence": (lambda m: [licence_of(m, "weights", library)], library.licences),
            },
            "licences": {
                "category": (lambda x: [x.category], library.words("licence-categories")),
                "family": (lambda x: [x.family], {x.family for x in library.licences.values()}),
                "osi": (lambda x: [x.osi_approved], truth),
                "fsf": (lambda x: [x.fsf_libre], truth),
                "open_definition": (lambda x: [x.open_definition], truth),
            },
            "tools": {
                "category": (lambda t: [t.category], library.words("tool-categories")),
                "platform": (lambda t: t.platforms, library.words("platforms")),
                "source": (lambda t: [t.source], ("open", "partly-open", "closed")),
            },
            "organisations": {
                "type": (lambda o: [o.type], library.words("organisation-types")),
            },
            "debates": {
                "topic": (lambda d: [d.topic], library.words("debate-topics")),
            },
            "definitions": {},
            "licence-families": {},
            "side-by-side": {},
            "glossary": {},
            "parts": {},
            "references": {},
        }
        if collection not in of:
            raise NotKnown("collection", collection, of)
        return of[collection]

    def _step_id(self, model: r.Model) -> list[str]:
        reached = self.verdict(model, SPECTRUM).reached
        return [reached.id] if reached else []

    def choose(self, collection: str, /, **filters: object) -> list[Any]:
        """The records of a collection that pass all filters, by name.

        Raises `NotKnown` for a collection, filter or value that the data does not have.
        """
        known = self.filters(collection)
        chosen = self._by_name[collection]
        if collection == "models" and ("part" in filters or "state" in filters):
            part, state = filters.pop("part", None), filters.pop("state", None)
            self.known("part", part, self.library.parts)
            self.known("state", state, self.library.words("states"))
            chosen = self._with("models", str(part), lambda m: [state_of(m, str(part))], state)
        for place, (name, value) in enumerate(filters.items()):
            if name not in known:
                more = ("part", "state") if collection == "models" else ()
                raise NotKnown("filter", name, [*known, *more])
            values, allowed = known[name]
            self.known(name, value, allowed)
            if place or chosen is not self._by_name[collection]:
                chosen = [record for record in chosen if value in values(record)]
            else:
                chosen = self._with(collection, name, values, value)
        return list(chosen)

    def _with(self, collection: str, name: str, values: Values, value: object) -> list[Any]:
        """The records with one value of a field, by name."""

        def index() -> Mapping[object, list[Any]]:
            found: dict[object, list[Any]] = defaultdict(list)
            for record in self._by_name[collection]:
                for one in dict.fromkeys(values(record)):
                    found[one].append(record)
            return found

        return self.once((collection, name), index).get(value, [])

    @cached_property
    def _by_name(self) -> Mapping[str, list[Any]]:
        """The records of each collection by name."""

        def name(record: Any) -> str:
            return str(getattr(record, "name", record.id)).casefold()

        each = self.library.collections.items()
        return {collection: sorted(records.values(), key=name) for collection, records in each}

    def known(self, what: str, word: object, allowed: Iterable[Any]) -> None:
        """Raises `NotKnown` unless `word` is among those allowed."""
        if not isinstance(allowed, Mapping):
            allowed = list(allowed)
        if not isinstance(word, Hashable) or word not in allowed:
            raise NotKnown(what, word, map(str, allowed))

    def pick(self, collection: str, keys: Iterable[object]) -> list[Any]:
        """Records by id, in the order given. Raises `NotKnown`."""
        records = self.library.collections[collection]
        keys = list(keys)
        for key in keys:
            self.known(collection.removesuffix("s"), key, records)
        return [records[str(key)] for key in keys]
