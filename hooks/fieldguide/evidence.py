"""Every piece of evidence as a row of a table, and what all tables are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from . import records as r
from .library import Library

# Lists (texts, ids) stand in one cell, with semicolons between.
Type = Literal["text", "texts", "id", "ids", "address", "date", "number", "truth"]
_FORMULA: Final = frozenset("=+-@\t\r")


@dataclass(frozen=True)
class Column:
    """A column: `of` takes its value out of a row's; without it, rows have their cells ready."""

    name: str
    type: Type
    about: str
    of: Callable[[Any], Any] = str


@dataclass(frozen=True)
class Table:
    """A table with its cells; `key` names the column that is unlike in each row."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Iterable[object]]
    key: str | None = "id"


def safe(text: str | None) -> str | None:
    """The text so that no spreadsheet computes it: an apostrophe before what looks like it."""
    return f"'{text}" if text and text[0] in _FORMULA else text


def table(library: Library) -> Table:
    """All evidence, one piece a row, by collection and id."""
    return Table("evidence", "Evidence, one piece a row", COLUMNS, _rows(library), None)


COLUMNS: Final = (
    Column("collection", "id", "Whose fact: models, licences, tools or organisations"),
    Column("id", "id", "Id of the record"),
    Column(
        "field",
        "text",
        "Which fact, as in the API: released, parts.weights, claims; record for the record as such",
    ),
    Column("value", "text", "What the record says; empty where that is more than a word"),
    Column("url", "address", "Address of the primary source"),
    Column("via", "id", "Where we read it: id of a work, primary or secondary"),
    Column("dated", "date", "Date of the copy that was read"),
    Column("checked", "date", "Day on which a person opened the source itself"),
    Column("says", "text", "What this source says, where it contradicts the record"),
    Column("note", "text", "A few words of explanation"),
)


def _rows(library: Library) -> Iterator[tuple[str | None, ...]]:
    kinds: tuple[tuple[str, Callable[[Any], Iterator[_Stated]]], ...] = (
        ("models", _of_model),
        ("licences", _of_record),
        ("tools", _of_tool),
        ("organisations", _of_record),
    )
    for name, of in kinds:
        for key, record in sorted(library.collections[name].items()):
            for field, value, pieces in of(record):
                for p in pieces:
                    says, note = safe(p.says), safe(p.note)
                    yield name, key, field, value, p.url, p.via, p.dated, p.checked, says, note


_Stated = tuple[str, str | None, tuple[r.Evidence, ...]]


def _of_model(model: r.Model) -> Iterator[_Stated]:
    values = {
        "developers": "; ".join(model.developers),
        "released": model.released,
        "access": model.access,
        "based_on": "; ".join(model.based_on),
    }
    for field, pieces in vars(model.evidence).items():
        if pieces:
            yield field, values.get(field), pieces
    for part, fact in model.parts.items():
        yield f"parts.{part}", fact.state, fact.evidence
    for claim in model.claims:
        yield "claims", claim.says, claim.evidence


def _of_tool(tool: r.Tool) -> Iterator[_Stated]:
    for field, pieces in tool.evidence.items():
        value = getattr(tool, field, None)
        text = "; ".join(value) if isinstance(value, tuple) else value
        yield field, safe(text) if isinstance(text, str) else None, pieces


def _of_record(record: r.Licence | r.Organisation) -> Iterator[_Stated]:
    yield "record", None, record.evidence
