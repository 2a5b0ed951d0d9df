"""Facets and columns: by what readers narrow and sort a long list, and the file for the script.

A page shows such a list whole; a script narrows it with the help of one file, `catalogue.json`,
that `data` makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Final, Literal

from . import records as r
from . import uses
from .uses import May
from .views import Guide

FORMAT: Final = 1
UNKNOWN: Final = ("unknown", "Not known")

# What one row has of a facet: places in its values, or sizes (see `Facet`); None for nothing.
Has = int | list[int] | list[tuple[int, int, int]] | None


@dataclass(frozen=True)
class Setting:
    """On what a facet's numbers depend; of the values (key, label, number) one always holds."""

    key: str
    label: str
    values: tuple[tuple[str, str, float], ...]
    usual: str  # The key of the one that holds where readers have chosen none.


@dataclass(frozen=True)
class Facet:
    """One question to every row.

    Of the `values` (key and label) readers choose any number (`checks`), one (`select`), or they
    give the memory that a row has to fit in (`memory`). The values are then suggestions, each with
    the group it stands in, and a row's sizes are parameters, bytes of cache for one token and
    longest text (0 where not known); the script adds up what they need under the `settings`.
    """

    key: str
    label: str
    kind: Literal["checks", "select", "memory"]
    values: tuple[tuple[str, str] | tuple[str, str, str], ...]
    rows: tuple[Has, ...]
    about: str = ""
    found: bool = False  # Whether the search finds rows by their values' labels.
    known: frozenset[str] = frozenset()  # The keys of all values, also of those that no row has.
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True)
class Group:
    """Facets behind one button."""

    label: str
    facets: tuple[Facet, ...]


@dataclass(frozen=True)
class Column:
    """A column of the table.

    Rows are sorted by the text in it, by the facet of the same key, or by the numbers in `rows`.
    """

    key: str
    label: str
    by: Literal["text", "facet", "number"] = "text"
    unit: str = ""
    link: tuple[str, str] | None = None  # Collection and id of what the head leads to.
    found: bool = False  # Whether the search finds rows by the text in it.
    rows: tuple[int | None, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """A list: `ids` has its rows in the order of the page; `path` is the script's file."""

    what: str
    path: str
    ids: tuple[str, ...]
    groups: tuple[Group, ...]
    columns: tuple[Column, ...]
    texts: tuple[tuple[str | None, ...], ...] = ()  # What else the search finds, row by row.


def data(catalogue: Catalogue) -> dict[str, Any]:
    """What the script needs, as plain data; texts that recur stand once."""
    return {
        "format": FORMAT,
        "ids": list(catalogue.ids),
        "groups": [
            {"label": group.label, "facets": [_facet(facet) for facet in group.facets]}
            for group in catalogue.groups
        ],
        "columns": [
            {"key": column.key, "label": column.label, "by": column.by}
            | ({"unit": column.unit} if column.unit else {})
            | ({"rows": list(column.rows)} if column.rows else {})
            for column in catalogue.columns
        ],
        "search": [_table(texts) for texts in catalogue.texts],
    }


def _facet(facet: Facet) -> dict[str, Any]:
    made: dict[str, Any] = {"key": facet.key, "label": facet.label, "kind": facet.kind}
    if facet.about:
        made["about"] = facet.about
    if facet.found:
        made["found"] = True
    if facet.settings:
        made["settings"] = [asdict(setting) for setting in facet.settings]
    return made | {"values": [list(value) for value in facet.values], "rows": list(facet.rows)}


def _table(texts: Sequence[str | None]) -> dict[str, Any]:
    values = sorted({text for text in texts if text})
    place = {text: number for number, text in enumerate(values)}
    return {"values": values, "rows": [place[text] if text else None for text in texts]}


def checks(
    key: str,
    label: str,
    values: Iterable[tuple[str, str]],
    rows: Iterable[Iterable[str]],
    *,
    about: str = "",
    found: bool = False,
) -> Facet:
    """A facet of those values that some row has; `rows` are the keys of each row's own."""
    each = [list(dict.fromkeys(row)) for row in rows]
    used = {key for row in each for key in row}
    all_values = tuple(values)
    kept = tuple(value for value in all_values if value[0] in used)
    place = {key: number for number, (key, _) in enumerate(kept)}
    has = tuple(_has(sorted(place[key] for key in row)) for row in each)
    return Facet(key, label, "checks", kept, has, about, found, frozenset(dict(all_values)))


def _has(places: list[int]) -> Has:
    return None if not places else places[0] if len(places) == 1 else places


def labels(words: Mapping[str, r.Word]) -> list[tuple[str, str]]:
    return [(key, word.label) for key, word in words.items()]


def may(guide: Guide, licences: Sequence[r.Licence | None]) -> Group:
    """The questions of `uses` to the licence of each row; without one, nothing is answered."""
    library = guide.library

    @cache
    def answers(key: str) -> dict[str, May]:
        return {a.use.id: a.may for a in uses.answers(library.licences[key], library)}

    yes, conditions = (library.label("may", may.word) for may in (May.YES, May.CONDITIONS))
    values = (("yes", yes), ("conditions", f"{yes}, or {conditions[0].lower()}{conditions[1:]}"))
    has: dict[May, Has] = {May.YES: [0, 1], May.CONDITIONS: 1}
    return Group(
        "May I …",
        tuple(
            Facet(
                f"may-{use.id}",
                use.label,
                "select",
                values,
                tuple(has.get(answers(x.id)[use.id]) if x else None for x in licences),
            )
            for use in library.uses.values()
        ),
    )


def years(dates: Sequence[str | None], label: str) -> Facet:
    years = [date[:4] if date else UNKNOWN[0] for date in dates]
    values = [(year, year) for year in sorted({*years} - {UNKNOWN[0]}, reverse=True)]
    return checks("year", label, [*values, UNKNOWN], [[year] for year in years])
