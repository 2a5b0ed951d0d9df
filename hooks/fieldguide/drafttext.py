"""A draft as YAML: fields in their order, each with the words that explain it.

The words are the descriptions of the shapes, so they are what the field reference on the site says.
A field of which nothing is said stands as a comment: once filled in, the `#` goes.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from . import fields, schemas
from . import records as r
from .drafts import Draft
from .inyaml import WIDTH, comment, pair
from .library import Library
from .source import parse

TO_FILL: Final = "Fill this in."
_FEW: Final = 20  # Words of a vocabulary that a comment still names.

Lines = Iterable[str]


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
