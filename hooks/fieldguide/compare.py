"""Side by side: which facts a comparison of models, licences or tools has, row by row.

The cells are the facts as the records' own pages show them (`overrides/fieldguide/cells.html`), so
a comparison cannot disagree with the pages. A page marks each such fact with its key (`data-fact`);
the script that compares what a reader chose takes them from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from .judged import SPECTRUM
from .views import Guide

MOST: Final = 5  # Columns that a screen and a sheet of paper can hold.
KINDS: Final = {"models": "Models", "licences": "Licences", "tools": "Tools"}
_TERMS: Final = {"permission": "You may", "duty": "You must", "limit": "Limits", "other": "Others"}


@dataclass(frozen=True)
class Row:
    """One fact: its key on the records' pages, its label, and whether readers ask for it first."""

    key: str
    label: str
    first: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    label: str
    rows: tuple[Row, ...]


def groups(guide: Guide, collection: str) -> list[Group]:
    """The rows of a comparison. Raises `KeyError` for a collection that has none."""
    return {"models": _models, "licences": _licences, "tools": _tools}[collection](guide)


def _rows(*rows: tuple[str, str], first: Iterable[str] = ()) -> tuple[Row, ...]:
    return tuple(Row(key, label, key in first) for key, label in rows)


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
                ("active", "Active at a time"),
                ("context", "Context"),
                ("memory", "Memory for the weights"),
                ("based-on", "Made from"),
                ("links", "Links"),
                first=("access", "licence", "modality", "parameters", "context"),
            ),
        ),
        Group(
            "How open it is, by each definition",
            tuple(Row(f"verdict-{d.id}", d.short, d.id == SPECTRUM) for d in guide.definitions),
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
                first=("category", "approvals"),
            ),
        ),
        _may(guide, first=True),
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
                first=("category", "source", "licence", "platforms", "formats"),
            ),
        )
    ]


def _may(guide: Guide, *, first: bool = False) -> Group:
    uses = guide.library.uses.values()
    return Group("May I …", tuple(Row(f"may-{use.id}", use.label, first) for use in uses))


def label(record: Any) -> str:
    """What a column is called: the short name, where there is one."""
    return str(getattr(record, "short", None) or record.name)
