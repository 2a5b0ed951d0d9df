"""Drafts of records: YAML in the order of the fields, each with the words that explain it.

The words are the descriptions of the shapes, so they are what the field reference on the site says.
A field of which nothing is said stands as a comment: once filled in, the `#` goes.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from . import fields, schemas
from . import records as r
from .inyaml import WIDTH, comment, pair
from .library import Library
from .source import parse

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
TO_FILL: Final = "Fill this in."
_FEW: Final = 20  # Words of a vocabulary that a comment still names.

Values = dict[str, Any]
Lines = Iterable[str]


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
        kind = next(word for word, one in KINDS.items() if one == draft.collection)
        raise ValueError(f"a {kind} has no field `{name}` to be set")
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


def _missing(tables: list[tuple[str, list[fields.Row]]], values: Values) -> Lines:
    rows = dict(tables)
    for row in rows[""]:
        if row.required and row.holds == "mapping, see below":
            inner = values.get(row.name, {})
            names = (one.name for one in rows[row.name] if one.required)
            yield from (f"{row.name}.{name}" for name in names if name not in inner)
        elif row.required and row.name not in values:
            yield row.name


def place(draft: Draft, root: Path) -> Path:
    """The file in which the record stands, or will."""
    if draft.collection in r.FOLDERS:
        return root / "data" / draft.collection / f"{draft.key}.yml"
    return root / "data" / r.FILES[draft.collection][0]


def added(draft: Draft, root: Path, library: Library) -> str:
    """The text of that file with the draft in it; every other line stays as it is."""
    if draft.collection in r.FOLDERS:
        head = f"{schemas.first_line(draft.collection)}\n{comment(draft.head)}"
        return head + written(draft, library)
    file = place(draft, root)
    lines = file.read_bytes().decode("utf-8-sig").splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    document = parse("".join(lines), file.name)
    keys = [str(loc[0]) for loc in document.keys if len(loc) == 1]
    later = [key for key in keys if key > draft.key] if keys == sorted(keys) else []
    at = document.keys[(later[0],)][0] - 1 if later else len(lines)
    while later and at and lines[at - 1].startswith("#") and at > 1:
        at -= 1  # A comment belongs to what it stands before.
    entry = f"{draft.key}:\n{textwrap.indent(written(draft, library), '  ')}"
    return "".join([*lines[:at], entry, *lines[at:]])


def written(draft: Draft, library: Library) -> str:
    """The draft's fields as YAML, with their explanations."""
    tables = dict(fields.tables(draft.shape))
    text = ""
    for row in tables[""]:
        text += comment(_about(row, library))
        for note in draft.notes.get(row.name, ()):
            text += comment(note)
        if row.name in draft.values:
            text += "".join(f"{line}\n" for line in pair(row.name, draft.values[row.name], ""))
        elif not row.required:
            text += "".join(f"# {line}\n" for line in _empty(row, tables, library))
        elif "mapping" in row.holds:
            inner = "".join(f"  {one.name}:  # {TO_FILL}\n" for one in tables[row.name])
            text += f"{row.name}:\n{inner}"
        else:
            text += f"{row.name}:  # {TO_FILL}\n"
    return text


def _empty(row: fields.Row, tables: Mapping[str, list[fields.Row]], library: Library) -> Lines:
    """An optional field of which nothing is said, with the fields inside it."""
    yield f"{row.name}:"
    inner = tables.get(row.name, [])
    first = "- " if row.holds.startswith("list of") else ""
    lead = "  "
    if inner and row.holds.startswith("mapping of"):
        yield f"  <{row.holds.removeprefix('mapping of ').split(' to ')[0]}>:"
        lead = "    "
    for one in inner:
        line, about = f"{lead}{first}{one.name}:", _about(one, library)
        if len(line) + len(about) < WIDTH - 4:
            yield f"{line}  # {about}"
        else:
            yield from (f"{lead}{gap}" for gap in comment(about, len(lead)).splitlines())
            yield line
        first = "  " if first else ""


def _about(row: fields.Row, library: Library) -> str:
    """What a field means and what it holds; the words of a short vocabulary by name."""
    if row.holds in ("text", "text on one line", "mapping, see below"):
        return row.about
    holds = row.holds.replace("mapping, see below", "mappings")
    if found := re.search(r"id from ([a-z-]+)", holds):
        words = list(library.collections[found[1]]) if found[1] in r.FILES else []
        if 0 < len(words) <= _FEW:
            holds = holds.replace(found[0], f"one of {', '.join(words)}")
    return f"{row.about.rstrip('.')} ({holds})."


# Evidence


def evidence_of(url: str) -> list[Values]:
    """One piece of evidence: the address, read there by whoever writes the draft."""
    return [{"url": url, "via": "primary"}]


def needs_source(draft: Draft) -> bool:
    """Whether the record cannot stand without evidence."""
    return draft.collection in ("models", "licences") or bool(_unsourced(draft))


def source(draft: Draft, evidence: list[Values]) -> None:
    """Puts evidence where the record needs it; where it needs none, where it can be given."""
    if draft.collection == "references":
        draft.values.setdefault("URL", evidence[0]["url"])
    elif draft.collection in ("licences", "organisations"):
        draft.values["evidence"] = evidence
    for name in _unsourced(draft):
        draft.values.setdefault("evidence", {})[name] = evidence


def _unsourced(draft: Draft) -> list[str]:
    """Fields that are stated without the evidence they need, if all else is as it should be."""
    try:
        record = draft.shape.model_validate({**draft.values, "id": draft.key})
    except ValidationError:
        return []
    return list(record.unsourced()) if isinstance(record, r.Model | r.Tool) else []
