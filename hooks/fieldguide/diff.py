"""What differs between two states of `data/`: facts, record by record, and verdicts.

Facts are compared as the YAML has them, so that a state which today's shapes refuse is compared all
the same. Verdicts are compared where today's code can judge both sides; `notes` says where not.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from .library import Library
from .rulings import Ruling
from .source import parse
from .survey import survey
from .views import Guide

_HISTORY: Final = "history"  # What was told of changes is no fact that changes.
_NAMES: Final = ("name", "term", "title", "label", "question")
_LONG: Final = 60  # Characters of a value that are shown.
_SHOWN: Final = 5  # Ids that a note names.

Key = tuple[str, str]


@dataclass(frozen=True)
class Edit:
    """One field: its path with dots, what it was and what it is; None for nothing."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Entry:
    """One record that was `added`, `removed` or `changed`; the last with its edits."""

    what: str
    collection: str
    id: str
    name: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Move:
    """A verdict that moved; `before` and `after` are its words."""

    model: str
    name: str
    definition: str
    short: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """All of it, in order of collection and id."""

    entries: list[Entry] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def difference(old: Path, new: Path) -> Difference:
    """Compares `old/data` with `new/data`."""
    notes: list[str] = []
    before, after = _records(old, new, "the old state", notes), _records(new, old, "the new", notes)
    entries = []
    for collection, key in sorted(before.keys() | after.keys()):
        was, now = before.get((collection, key)), after.get((collection, key))
        name = _name(now if now is not None else was, key)
        if was is None or now is None:
            what = "added" if was is None else "removed"
            entries.append(Entry(what, collection, key, name))
        elif edits := tuple(_edits(was, now, "")):
            entries.append(Entry("changed", collection, key, name, edits))
    moves = list(_moves(old, new, notes)) if entries else []
    return Difference(entries, moves, notes)


# Facts


def _records(root: Path, other: Path, side: str, notes: list[str]) -> dict[Key, Any]:
    """Raw records by collection and id, but for files that are the same on the other side."""
    found: dict[Key, Any] = {}
    for file in sorted((root / "data").rglob("*.yml")):
        path = file.relative_to(root)
        twin, raw = other / path, file.read_bytes()
        folder = path.parts[1] if len(path.parts) > 2 else ""
        if folder == _HISTORY or (twin.is_file() and twin.read_bytes() == raw):
            continue
        document = parse(raw.decode("utf-8-sig", "replace"), path.as_posix())
        if document.value is None:
            notes.append(f"{path.as_posix()} of {side} could not be read: {document.problems[0]}")
        elif folder in ("", "vocabulary") and isinstance(document.value, dict):
            found |= {(file.stem, key): value for key, value in document.value.items()}
        else:
            found[(folder or file.stem, file.stem)] = document.value
    return found


def _name(value: Any, key: str) -> str:
    names = (value.get(name) for name in _NAMES) if isinstance(value, dict) else ()
    return next((name for name in names if isinstance(name, str)), key)


def _edits(was: Any, now: Any, path: str) -> Iterator[Edit]:
    """What differs, at the lowest level at which both sides have something."""
    was, now = _keyed(was), _keyed(now)
    if isinstance(was, dict) and isinstance(now, dict):
        for key in dict.fromkeys([*was, *now]):
            inner = f"{path}.{key}" if path else str(key)
            yield from _edits(was.get(key), now.get(key), inner)
    elif was != now or type(was) is not type(now):
        yield Edit(path, was, now)


def _keyed(value: Any) -> Any:
    """A list of things with names or addresses, by these; anything else as it is."""
    if not (isinstance(value, list) and value and all(isinstance(x, dict) for x in value)):
        return value
    for name in ("id", "name", "says", "url"):
        keys = [one.get(name) for one in value]
        if all(isinstance(key, str) for key in keys) and len(set(keys)) == len(keys):
            return dict(zip(keys, value, strict=True))
    return {str(number): one for number, one in enumerate(value, 1)}


def words(value: Any) -> str:
    """A value in a few words."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}" if value > 9999 else str(value)
    if isinstance(value, dict):
        value = ", ".join(
            str(key) if isinstance(inner, dict | list) else f"{key}: {words(inner)}"
            for key, inner in value.items()
        )
    elif isinstance(value, list):
        value = ", ".join(map(words, value))
    text = " ".join(str(value).split())
    return text if len(text) <= _LONG else f"{text[: _LONG - 1].rstrip()}…"


# Verdicts


def _moves(old: Path, new: Path, notes: list[str]) -> Iterator[Move]:
    before, after = Guide(survey(old)[0]), Guide(survey(new)[0])
    both = [d for d in after.definitions if d.id in before.library.definitions]
    _unjudged(before.library, "definitions", "the old state", notes)
    _unjudged(after.library, "definitions", "the new state", notes)
    _unjudged(before.library, "models", "the old state", notes)
    _unjudged(after.library, "models", "the new state", notes)
    for key in sorted(before.library.models.keys() & after.library.models.keys()):
        for definition in both:
            try:
                was, now = _ruling(before, key, definition.id), _ruling(after, key, definition.id)
            except KeyError as error:  # A word that the rules need and that state does not have.
                note = f"{key} was not judged by {definition.id}: nothing is called {error}"
                notes.append(note)
                continue
            if _place(was) != _place(now) and _words(was) != _words(now):
                model = after.library.models[key].name
                short = definition.short
                yield Move(key, model, definition.id, short, _words(was), _words(now))


def _ruling(guide: Guide, model: str, definition: str) -> Ruling:
    record = guide.library.models[model]
    return Ruling(guide, record, guide.verdict(record, definition))


def _place(ruling: Ruling) -> Hashable:
    """What of a verdict counts: rungs may get other labels and be the same."""
    verdict = ruling.verdict
    return [rung and rung.id for rung in (verdict.reached, verdict.possible)], verdict.open


def _words(ruling: Ruling) -> str:
    perhaps = f" (perhaps “{ruling.perhaps}”)" if ruling.perhaps else ""
    return f"{ruling.label}{perhaps}"


def _unjudged(library: Library, collection: str, side: str, notes: list[str]) -> None:
    ids = sorted(key for name, key in library.broken if name == collection)
    if ids:
        more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
        named = ", ".join(ids[:_SHOWN])
        notes.append(
            f"Verdicts were not compared for {collection} that today's code cannot read in {side}: "
            f"{named}{more}."
        )
