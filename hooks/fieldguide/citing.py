"""Who cites a work: the written pages, the records that name it, and the evidence read in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from . import records as r
from .addresses import address
from .views import Guide

PAGES: Final = "pages"


@dataclass(frozen=True)
class Cites:
    """A written page: the works it cites, and the tables of words that stand on it."""

    title: str
    address: str
    works: tuple[str, ...]
    comparisons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a work is named: what that is called, and its address if it has one."""

    title: str
    address: str | None


@dataclass
class BackLinks:
    """Of one work: the places that name it, by kind, and the evidence that was read in it."""

    places: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    pieces: int = 0
    records: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def back_links(guide: Guide, pages: Iterable[Cites] = ()) -> Mapping[str, BackLinks]:
    """All works by id. Places stand in the order of the alphabet, kinds in a fixed order.

    What a record of any kind names is found by the marks in its shape, so that a new kind of
    record needs nothing here.
    """
    pages = sorted(pages, key=lambda page: page.title.casefold())
    found = {key: BackLinks() for key in guide.library.references}
    for page in pages:
        for work in page.works:
            found[work].places[PAGES].append(Place(page.title, page.address))
    for collection, records in guide.library.collections.items():
        for place, named, read in sorted(_records(guide, collection, records, pages), key=_title):
            for work in named & found.keys():
                found[work].places[collection].append(place)
            for work in read.keys() & found.keys():
                found[work].pieces += read[work]
                found[work].records[collection] += 1
    return found


def _records(
    guide: Guide, collection: str, records: Mapping[str, r.Record], pages: list[Cites]
) -> Iterator[tuple[Place, set[str], Mapping[str, int]]]:
    """Each record that names works, with those it cites and those it was read in."""
    shown = {key for page in pages for key in page.comparisons}
    for key, record in records.items():
        if collection == "comparisons" and key in shown:
            continue  # The pages on which it stands cite its works.
        named, read = set[str](), defaultdict[str, int](int)
        for loc, ref, target in r.references(record, type(record)):
            if ref.collection == "references" and loc[-1] == "via":
                read[target] += 1
            elif ref.collection == "references":
                named.add(target)
        if named or read:
            yield Place(_name(record), _address(collection, key)), named, read


def _title(found: tuple[Place, Any, Any]) -> str:
    return found[0].title.casefold()


def _name(record: Any) -> str:
    """What a record is called: each kind has one of these."""
    names = (getattr(record, name, None) for name in ("name", "title", "term", "question"))
    return str(next(filter(None, names), record.id))


def _address(collection: str, key: str) -> str | None:
    """A record's own page or place, if it has one."""
    try:
        return address(collection, key)
    except KeyError:
        return None
