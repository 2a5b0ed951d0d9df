"""Ready-made comparisons, filled in: what each says, where it differs, and what stands out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from .compare import Row, groups, label
from .records import SideBySide
from .views import Guide

# What no reader compares: the sources of a fact, and the remarks beside it.
_ASIDE: Final = re.compile(r"<details class=\"fg-sources\">.*?</details>|<small>.*?</small>", re.S)
_MARK: Final = re.compile(r"<b aria-hidden=\"true\">.*?</b>", re.S)  # Only repeats a word.


def records(guide: Guide, pair: SideBySide) -> list[Any]:
    """The records that a ready-made comparison sets side by side."""
    return guide.pick(pair.collection, pair.keys)


def names(guide: Guide, pair: SideBySide) -> str:
    """What it is called: `OLMo 2, Llama 3.1 and Qwen3`."""
    *first, last = map(label, records(guide, pair))
    return f"{', '.join(first)} and {last}"


def beside(guide: Guide, collection: str, key: str) -> Sequence[SideBySide]:
    """The ready-made comparisons that a record is in."""
    return [
        pair
        for pair in guide.library.side_by_side.values()
        if pair.collection == collection and key in pair.keys
    ]


@dataclass(frozen=True)
class Line:
    """A row with its cells, one a column, and whether these differ."""

    row: Row
    cells: tuple[Markup, ...]

    @property
    def apart(self) -> bool:
        """Sources and remarks are left aside. The script compares in the same way."""
        return len(set(map(said, self.cells))) > 1


@dataclass(frozen=True)
class Table:
    """A comparison, filled in."""

    columns: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def lines(self) -> list[Line]:
        return [line for _, lines in self.groups for line in lines]

    @property
    def first(self) -> list[tuple[str, list[tuple[list[str], str]]]]:
        """The differences that readers ask for first: a label, then who shares each value."""
        found = []
        for line in self.lines:
            if line.row.first and line.apart:
                who: dict[str, list[str]] = {}
                for column, cell in zip(self.columns, line.cells, strict=True):
                    who.setdefault(said(Markup(_MARK.sub("", cell))), []).append(column)  # noqa: S704
                found.append((line.row.label, [(columns, text) for text, columns in who.items()]))
        return found

    @property
    def terms(self) -> list[str]:
        """The terms of licences to which these give different answers, by their labels."""
        return [
            one.row.label for one in self.lines if one.apart and one.row.key.startswith("term-")
        ]


def table(guide: Guide, pair: SideBySide, cell: Callable[[str, Any], Markup]) -> Table:
    """A ready-made comparison; `cell(key, record)` says what a record's page says to a fact."""
    columns = records(guide, pair)
    return Table(
        tuple(map(label, columns)),
        tuple(
            (
                group.label,
                tuple(
                    Line(row, tuple(cell(row.key, one) for one in columns)) for row in group.rows
                ),
            )
            for group in groups(guide, pair.collection)
        ),
    )


def said(cell: Markup) -> str:
    """What counts in a cell, as plain text."""
    return Markup(_ASIDE.sub("", cell)).striptags()  # noqa: S704 (only read)


def alone(guide: Guide, pair: SideBySide) -> list[tuple[str, list[str]]]:
    """The parts that one model has released, wholly or in part, and no other beside it."""
    if pair.collection != "models":
        return []
    found = []
    models = records(guide, pair)
    for model in models:
        parts = [
            word.label
            for word in guide.library.parts.values()
            if [one for one in models if guide.state(one, word.id) in ("released", "partial")]
            == [model]
        ]
        if parts:
            found.append((label(model), parts))
    return found
