"""The contributor's field reference, made from the shapes of the records."""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from . import records as r


@dataclass(frozen=True)
class Row:
    """One field: its name in YAML, what it holds, whether it must be there, its meaning."""

    name: str
    holds: str
    required: bool
    about: str


def shapes() -> dict[str, type[r.Record]]:
    """Kinds of record by the word a page uses for them: `model`, `licence`, `tool` …"""
    all_shapes = r.FOLDERS | {name: shape for name, (_, shape) in r.FILES.items()}
    return {_singular(name): shape for name, shape in all_shapes.items()}


def _singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name.removesuffix('ies')}y"
    return name if name.endswith("ss") else name.removesuffix("s")


def tables(shape: type[r.Shape], title: str = "") -> list[tuple[str, list[Row]]]:
    """A table of fields for a shape, then one for each shape inside it: title and rows."""
    rows, inner = [], {}
    for name, info in shape.model_fields.items():
        if name == "id" and issubclass(shape, r.Record):
            continue
        hint = r.hints(shape)[name]
        rows.append(
            Row(info.alias or name, _words(hint), info.is_required(), info.description or "")
        )
        for found in _inside(hint):
            inner[info.alias or name] = found
    found_tables = [(title, rows)]
    for name, found in inner.items():
        if found is not shape:
            found_tables += tables(found, f"{title}.{name}".strip("."))
    return found_tables


def _inside(hint: Any) -> list[type[r.Shape]]:
    if isinstance(hint, type) and issubclass(hint, r.Shape):
        return [] if hint is r.Evidence else [hint]
    return [found for arg in get_args(hint) for found in _inside(arg)]


def _words(hint: Any) -> str:
    """A type in words: `list of model ids`, `date`, `one of a, b`."""
    origin, args = get_origin(hint), get_args(hint)
    for alias, word in _KNOWN:
        if hint == alias:
            return word
    if origin is Annotated:
        refs = [mark for mark in hint.__metadata__ if isinstance(mark, r.Ref)]
        if refs:
            besides = "".join(f" or `{word}`" for word in refs[0].besides)
            return f"id from {refs[0].collection}{besides}"
        return _words(args[0])
    if origin in (Union, types.UnionType):
        return " or ".join(_words(arg) for arg in args if arg is not type(None))
    if origin is tuple:
        return f"list of: {_words(args[0])}"
    if origin is dict:
        return f"mapping of {_words(args[0])} to {_words(args[1])}"
    if origin is Literal:
        return "one of " + ", ".join(f"`{arg}`" for arg in args)
    if isinstance(hint, type) and issubclass(hint, r.Shape):
        return "mapping, see below"
    return {str: "text", int: "whole number", bool: "true or false"}.get(hint, "text")


_KNOWN = (
    (r.EvidenceList, "list of evidence"),
    (r.Evidence, "evidence"),
    (r.Date, "date"),
    (r.Url, "address"),
    (r.Line, "text on one line"),
    (r.Text, "text"),
    (r.Count, "whole number"),
)
