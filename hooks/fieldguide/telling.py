"""A difference in words: for a terminal, for a comment on a pull request, and as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from .diff import Difference, Entry, words

_MOST: int = 200  # Records that a comment names: forges cut long ones off.
_MARKS = {"added": "+", "removed": "-", "changed": "~"}


def summary(found: Difference) -> str:
    """`2 records added, 1 changed; 3 verdicts moved.`"""
    counts = Counter(entry.what for entry in found.entries)
    if not found.entries:
        return "Nothing in the records differs."
    said = ", ".join(f"{counts[what]} {what}" for what in _MARKS if counts[what])
    moved = len(found.moves)
    return f"Records: {said}. Verdicts moved: {moved or 'none'}."


def plain(found: Difference) -> Iterator[str]:
    """Lines for a terminal."""
    yield summary(found)
    for entry in found.entries:
        yield f"{_MARKS[entry.what]} {_title(entry)}: {entry.what}"
        for edit in entry.edits:
            yield f"    {edit.path}: {words(edit.before)} → {words(edit.after)}"
    if found.moves:
        yield "Verdicts that moved:"
    for move in found.moves:
        yield f"  {move.name} by {move.short}: {move.before} → {move.after}"
    for note in found.notes:
        yield f"Note: {note}"


def markdown(found: Difference) -> Iterator[str]:
    """Lines for a comment: verdicts first, for they are what a reviewer must see."""
    yield f"### What changes in the data\n\n{summary(found)}"
    if found.moves:
        yield "\n#### Verdicts that move\n\n| Model | Definition | From | To |\n|---|---|---|---|"
    for move in found.moves:
        cells = (move.name, move.short, move.before, move.after)
        yield f"| {' | '.join(map(_safe, cells))} |"
    for what in ("added", "removed", "changed"):
        entries = [entry for entry in found.entries if entry.what == what]
        if entries:
            yield f"\n#### Records {what}\n"
        for entry in entries[:_MOST]:
            yield f"- {_safe(entry.name)} (`{entry.collection}/{_code(entry.id)}`)"
            for edit in entry.edits:
                said = f"{_safe(words(edit.before))} → {_safe(words(edit.after))}"
                yield f"    - `{_code(edit.path)}`: {said}"
        if len(entries) > _MOST:
            yield f"- and {len(entries) - _MOST} more"
    if found.notes:
        yield "\n#### Notes\n"
    yield from (f"- {_safe(note)}" for note in found.notes)


def data(found: Difference) -> dict[str, Any]:
    """Plain data: `records` with their `edits`, `verdicts` and `notes`."""
    return {
        "records": [asdict(entry) for entry in found.entries],
        "verdicts": [asdict(move) for move in found.moves],
        "notes": found.notes,
    }


def _title(entry: Entry) -> str:
    name = "" if entry.name == entry.id else f" “{entry.name}”"
    return f"{entry.collection}/{entry.id}{name}"


def _safe(text: str) -> str:
    """A text that stays text in Markdown, also in a cell."""
    for sign in "\\`*_[]<>|@#&":
        text = text.replace(sign, f"\\{sign}" if sign not in "<>@&" else f"&#{ord(sign)};")
    return " ".join(text.split())


def _code(text: str) -> str:
    return text.replace("`", "'")
