"""Drafts of records: what is known of a record that is to be, and what it still lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError

from . import fields
from . import records as r
from .library import Library

# Kinds of which a draft can be made, by the word that the command takes.
KINDS: Final = {
    "model": "models",
    "licence": "licences",
    "tool": "tools",
    "organisation": "organisations",
    "reference": "references",
    "term": "glossary",
    "family": "families",
}
TO_SAY: Final = "This is a draft and still to be written."
HEAD: Final = (
    "A draft. Fill in what you can show and delete the comments. What is left out shows as unknown."
)

Values = dict[str, Any]


@dataclass
class Draft:
    """What is known of a record that is to be: values, and by field what a person should know."""

    collection: str
    key: str
    values: Values = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    head: str = HEAD

    @property
    def shape(self) -> type[r.Record]:
        return shape_of(self.collection)

    @property
    def kind(self) -> str:
        """The word for such a record."""
        return next(kind for kind, name in KINDS.items() if name == self.collection)

    def note(self, name: str, text: str) -> None:
        """Puts a comment before a field."""
        self.notes.setdefault(name, []).append(text)

    def cite(self, name: str, piece: Values) -> None:
        """Puts a piece of evidence for one of the record's own fields."""
        self.values.setdefault("evidence", {}).setdefault(name, []).append(piece)

    def missing(self) -> list[str]:
        """Fields that a record must have and of which nothing is known, such as `kind.input`."""
        return list(_missing(fields.tables(self.shape), self.values))


def shape_of(collection: str) -> type[r.Record]:
    return r.FOLDERS[collection] if collection in r.FOLDERS else r.FILES[collection][1]


def slug(name: str) -> str:
    """An id for a name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80].strip("-")


def begun(collection: str, key: str, name: str | None = None) -> Draft:
    """A draft that says no more than its name; where words are needed, that they are missing."""
    called = name or (key.replace("-", " ") if collection == "glossary" else key)
    known: dict[str, Values] = {
        "models": {"name": called, "description": TO_SAY},
        "licences": {"name": called, "short": called[:32], "summary": TO_SAY, "read": "not"},
        "tools": {"name": called, "summary": TO_SAY},
        "organisations": {"name": called},
        "references": {"title": called, "read": "not"},
        "glossary": {"term": called, "definition": TO_SAY},
        "families": {"label": called},
    }
    return Draft(collection, key, known[collection])


def refusal(collection: str, key: str, library: Library) -> str:
    """Why no record can get this id; an empty text if it can."""
    if not re.fullmatch(r.ID_SHAPE, key) or len(key) > 80:
        return f"`{key}` cannot be an id: use lower-case letters, digits and single hyphens"
    if (collection, key) in library.paths:
        return f"`{key}` exists: edit {library.paths[(collection, key)]}"
    if (collection, key) in library.broken:
        return f"`{key}` exists, with a problem: run `fieldguide check`"
    if collection in library.unread:
        return f"data/{r.FILES[collection][0]} cannot be read: run `fieldguide check`"
    return ""


def assign(draft: Draft, name: str, text: str) -> None:
    """Sets a field, such as `released` or `kind.input`, from a text; lists take commas.

    Raises `ValueError` for a field that the record does not have, or a value that is no number.
    """
    *path, last = name.split(".")
    rows = dict(fields.tables(draft.shape)).get(".".join(path), [])
    row = next((row for row in rows if row.name == last), None)
    if row is None or "mapping" in row.holds or "evidence" in row.holds:
        raise ValueError(f"a {draft.kind} has no field `{name}` to be set")
    values = draft.values
    for step in path:
        values = values.setdefault(step, {})
    values[last] = _typed(row.holds, text.strip())


def _typed(holds: str, text: str) -> object:
    if holds.startswith("list of"):
        return [one.strip() for one in text.split(",") if one.strip()]
    if holds == "whole number":
        return int(text.replace(",", "").replace("_", ""))
    return text == "true" if holds == "true or false" and text in ("true", "false") else text


def _missing(tables: list[tuple[str, list[fields.Row]]], values: Values) -> Iterable[str]:
    rows = dict(tables)
    for row in rows[""]:
        if row.required and row.holds == "mapping, see below":
            inner = values.get(row.name, {})
            names = (one.name for one in rows[row.name] if one.required)
            yield from (f"{row.name}.{name}" for name in names if name not in inner)
        elif row.required and row.name not in values:
            yield row.name


# Evidence


def evidence_of(url: str) -> list[Values]:
    """One piece of evidence: the address, read there by whoever writes the draft."""
    return [{"url": url, "via": "primary"}]


def needs_source(draft: Draft) -> bool:
    """Whether the record cannot stand without evidence."""
    return draft.collection in ("models", "licences") or bool(_unsourced(draft))


def source(draft: Draft, evidence: list[Values]) -> None:
    """Puts evidence beside all that is stated.

    Raises `ValueError` for a record that has no place for it.
    """
    stated = set(draft.values) - {"name", "description", "summary", "category"}
    if draft.collection == "references":
        draft.values.setdefault("URL", evidence[0]["url"])
    elif draft.collection in ("licences", "organisations"):
        draft.values["evidence"] = evidence
    elif draft.collection == "models":
        for name in r.Sources.model_fields:
            if name in stated or name in _unsourced(draft):
                draft.values.setdefault("evidence", {})[name] = evidence
    elif draft.collection == "tools":
        names = (name for name in draft.shape.model_fields if name in stated)
        draft.values["evidence"] = dict.fromkeys(names, evidence)
    else:
        raise ValueError(f"a {draft.kind} has no place for a source")


def _unsourced(draft: Draft) -> list[str]:
    """Fields that are stated without the evidence they need, if all else is as it should be."""
    try:
        record = draft.shape.model_validate({**draft.values, "id": draft.key})
    except ValidationError:
        return []
    return list(record.unsourced()) if isinstance(record, r.Model | r.Tool) else []
