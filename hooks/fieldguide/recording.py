"""A day's changes as the YAML of `data/history/`: small, whatever the day held."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from typing import Any, Final

from . import schemas
from .diff import Difference, Edit
from .records import TOLD
from .source import parse

_HEAD: Final = "# What changed on this day, from git. `fieldguide record` writes this file.\n"
_MOST: Final = 8  # Fields of one record that are named one level down.
_DEEP: Final = ("parts", "licences", "terms", "links", "kind")  # Fields named one level down.


def written(found: Difference) -> str:
    """The text of a day's file; an empty text if nothing changed that is told."""
    entries = [entry for entry in found.entries if entry.collection in TOLD]
    lines: list[str] = []
    for what in ("added", "changed", "removed"):
        kinds = [
            kind for kind in TOLD if any(e.what == what and e.collection == kind for e in entries)
        ]
        lines += [f"{what}:"] * bool(kinds)
        for kind in kinds:
            these = [e for e in entries if e.what == what and e.collection == kind]
            if what == "added":
                lines.append(_flow(f"  {kind}: ", (e.id for e in these)))
                continue
            lines.append(f"  {kind}:")
            for e in these:
                said = _flow(f"    {_plain(e.id)}: ", _fields(e.edits)) if what == "changed" else ""
                lines.append(said or f"    {_plain(e.id)}: {_quoted(e.name)}")
    lines += ["verdicts:"] * bool(found.moves)
    for move in found.moves:
        pair = f"before: {_quoted(move.before)}, after: {_quoted(move.after)}"
        lines.append(f"  - {{model: {_plain(move.model)}, definition: {move.definition}, {pair}}}")
    return f"{schemas.first_line('history')}\n{_HEAD}" + "\n".join(lines) + "\n" if lines else ""


def _fields(edits: Iterable[Edit]) -> list[str]:
    """The paths of edits: one level down where that says more, and that is not too much."""
    split = [edit.path.split(".") for edit in edits]
    tops = list(dict.fromkeys(path[0] for path in split))
    deep = [".".join(path[:2] if path[0] in _DEEP else path[:1]) for path in split]
    deep = list(dict.fromkeys(deep))
    return tops if len(deep) > _MOST else deep


def _flow(head: str, items: Iterable[str]) -> str:
    """A list in brackets, over as many lines as it takes."""
    text = f"{head}[{', '.join(map(_plain, items))}]"
    indent = " " * (len(head) - len(head.lstrip()) + 2)
    options: Any = {"break_long_words": False, "break_on_hyphens": False}
    return textwrap.fill(text, 100, subsequent_indent=indent, **options)


def _plain(word: str) -> str:
    """A word as YAML: in quotes if it would be read as something else."""
    return word if parse(word, "").value == word else _quoted(word)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
