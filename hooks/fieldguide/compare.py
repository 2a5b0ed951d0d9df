"""Side by side: which facts a comparison of models, licences or tools has, row by row.

The cells are the facts as the records' own pages show them (`overrides/fieldguide/cells.html`), so
a comparison cannot disagree with the pages. A page marks each such fact with its key (`data-fact`);
the script that compares what a reader chose takes them from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from .records import SideBySide
from .views import Guide

MOST: Final = 5  # Columns that a screen and a sheet of paper can hold.
KINDS: Final = {"models": "Models", "licences": "Licences", "tools": "Tools"}
_TERMS: Final = {"permission": "You may", "duty": "You must", "limit": "Limits", "other": "Others"}
# What no reader compares: the sources of a fact, and the remarks beside it.
_ASIDE: Final = re.compile(r"<details class=\"fg-sources\">.*?</details>|<small>.*?</small>", re.S)


@dataclass(frozen=True)
class Row:
    """One fact: its key on the records' pages, and its label."""

    key: str
    label: str


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    label: str
    rows: tuple[Row, ...]


def groups(guide: Guide, collection: str) -> list[Group]:
    """The rows of a comparison. Raises `KeyError` for a collection that has none."""
    return {"models": _models, "licences": _licences, "tools": _tools}[collection](guide)


def _rows(*rows: tuple[str, str]) -> tuple[Row, ...]:
    return tuple(Row(key, label) for key, label in rows)


def _models(guide: Guide) -> list[Group]:
    return [
        Group(
            "Key facts",
            _rows(
                ("maker", "Maker"),
                ("released", "Released"),
                ("access", "Access"),
                ("licence", "Licence of the weights"),
                ("modality", "In and out"),
                ("languages", "Languages"),
                ("parameters", "Parameters"),
                ("context", "Context"),
                ("based-on", "Made from"),
            ),
        ),
        Group(
            "How open it is, by each definition",
            tuple(Row(f"verdict-{d.id}", d.short) for d in guide.definitions),
        ),
        _may(guide),
        *(
            Group(f"Parts: {label.lower()}", tuple(Row(f"part-{w.id}", w.label) for w in words))
            for label, words in guide.parts_by_group()
        ),
    ]


def _licences(guide: Guide) -> list[Group]:
    terms = guide.library.terms.values()
    return [
        Group(
            "What it is",
            _rows(
                ("category", "Category"),
                ("publisher", "Published by"),
                ("dated", "Date of the text"),
                ("approvals", "Approved by"),
                ("models", "Models with weights under it"),
            ),
        ),
        _may(guide),
        *(
            Group(label, tuple(Row(f"term-{t.id}", t.label) for t in terms if t.group == group))
            for group, label in _TERMS.items()
        ),
        Group("The text", _rows(("text", "Where"), ("read", "Read by us"))),
    ]


def _tools(guide: Guide) -> list[Group]:
    return [
        Group(
            "Key facts",
            _rows(
                ("category", "Kind"),
                ("maker", "Maker"),
                ("best-for", "Best for"),
                ("source", "Its own code"),
                ("licence", "Its licence"),
                ("platforms", "Platforms"),
                ("interfaces", "Interfaces"),
                ("formats", "File formats"),
                ("needs", "Needs"),
                ("links", "Links"),
            ),
        )
    ]


def _may(guide: Guide) -> Group:
    uses = guide.library.uses.values()
    return Group("May I …", tuple(Row(f"may-{use.id}", use.label) for use in uses))


def records(guide: Guide, pair: SideBySide) -> list[Any]:
    """The records that a ready-made comparison sets side by side."""
    return guide.pick(pair.collection, pair.keys)


def label(record: Any) -> str:
    """What a column is called: the short name, where there is one."""
    return str(getattr(record, "short", None) or record.name)


def names(guide: Guide, pair: SideBySide) -> str:
    """`OLMo 2 and Llama 3.1`."""
    *first, last = (label(record) for record in records(guide, pair))
    return f"{', '.join(first)} and {last}"


def differ(cells: Iterable[Markup]) -> bool:
    """Whether facts differ in what they say; sources and remarks are left aside.

    The script compares in the same way.
    """
    return len({_said(cell) for cell in cells}) > 1


def _said(cell: Markup) -> str:
    return Markup(_ASIDE.sub("", cell)).striptags()  # noqa: S704 (only read)


def beside(guide: Guide, collection: str, key: str) -> Sequence[SideBySide]:
    """The ready-made comparisons that a record is in."""
    return [
        pair
        for pair in guide.library.side_by_side.values()
        if pair.collection == collection and key in pair.keys
    ]
