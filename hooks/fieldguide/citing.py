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
    """Where a work is named: what that is called, its address if it has one; of a page, whether a
    table on it names the work."""

    title: str
    address: str | None
    table: bool = False


@dataclass
class BackLinks:
    """Of one work: the places that name it, by kind, and the evidence that was read in it."""

    places: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    pieces: int = 0
    records: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def back_links(guide: Guide, pages: Iterable[Cites] = ()) -> Mapping[str, BackLinks]:
    """All works by id. Places stand in the order of the alphabet, kinds in a fixed order.

    What a record of any kind names is found by the marks in its shape, so that a new kind of
    record needs nothing here. A table of words that stands on a page counts as that page.
    """
    pages = sorted(pages, key=lambda page: page.title.casefold())
    found = {key: BackLinks() for key in guide.library.references}
    tables = guide.library.comparisons
    for page in pages:
        tabled = {
            work
            for key in page.comparisons
            for row in tables[key].rows
            for cell in row.cells.values()
            for work in cell.sources
        }
        title = page.title.split(": ")[0]
        for work in page.works:
            found[work].places[PAGES].append(Place(title, page.address, work in tabled))
    shown = {key for page in pages for key in page.comparisons}
    for collection, records in guide.library.collections.items():
        hidden = shown if collection == "comparisons" else set[str]()
        rest = {key: record for key, record in records.items() if key not in hidden}
        for place, named, read in sorted(_records(collection, rest), key=_title):
            for work in named & found.keys():
                found[work].places[collection].append(place)
            for work in read.keys() & found.keys():
                found[work].pieces += read[work]
                found[work].records[collection] += 1
    return found


def _records(
    collection: str, records: Mapping[str, r.Record]
) -> Iterator[tuple[Place, set[str], Mapping[str, int]]]:
    """Each record that names works, with those it cites and those it was read in."""
    for key, record in records.items():
        named, read = set[str](), defaultdict[str, int](int)
        for loc, ref, target in r.references(record):
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
