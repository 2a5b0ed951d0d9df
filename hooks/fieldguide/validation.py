"""What a value may not be, in our words and at its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .problems import did_you_mean
from .records import ID_SHAPE
from .source import Document, Loc


def report_invalid(
    document: Document, shape: type[BaseModel], loc: Loc, error: ValidationError
) -> None:
    """Adds a problem to `document` for each thing that `shape` refused in the value at `loc`."""
    details = error.errors(include_url=False, include_context=True)
    for detail in details:
        if not _follows(detail, details):
            _report(document, shape, loc, detail)


def _follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Whether a list is only too short because its entries were refused."""
    place = detail["loc"]
    return detail["type"] == "too_short" and any(
        other["loc"] != place and other["loc"][: len(place)] == place for other in details
    )


def _report(document: Document, shape: type[BaseModel], loc: Loc, detail: ErrorDetails) -> None:
    """A pydantic error in our words, at its place in the file."""
    inner = tuple(part for part in detail["loc"] if part != "[key]")
    at_key = "[key]" in detail["loc"] or detail["type"] == "extra_forbidden"
    where, name = (*loc, *inner), inner[-1] if inner else ""
    kind, context = detail["type"], detail.get("ctx", {})
    hint = ""
    if inner == ("id",):
        document.report(loc, f"`{detail['input']}` cannot be an id", _ID_HINT, key=True)
        return
    if kind == "missing":
        message, where = f"the key `{name}` is missing", where[:-1]
    elif kind == "extra_forbidden":
        message = f"unknown key `{name}`"
        hint = did_you_mean(str(name), _keys(shape, inner[:-1]))
    elif kind == "value_error":
        message = f"{_quote(name)} {context['error']}".strip()
    elif kind == "string_pattern_mismatch" and context.get("pattern") == ID_SHAPE:
        message, hint = f"{_quote(detail['input'])} cannot be an id", _ID_HINT
    elif kind == "string_too_short" and not str(detail["input"]).strip():
        message, hint = f"{_quote(name)} is empty", "Fill it, or leave the key out"
    elif detail["input"] is None:
        message, hint = f"{_quote(name)} has no value", "Give it one, or leave the key out"
    else:
        if isinstance(detail["input"], str) and kind.startswith("too_"):
            kind = f"string_{kind}"  # Lengths asked of a text that was read first.
        known = _EXPECTED.get(kind)
        fault = known.format(**context) if known else detail["msg"].lower()
        message = f"{_quote(name) or 'this'} {fault}"
        hint = "Put it in quotes" if kind == "string_type" else ""
    document.report(where, message, hint, key=at_key)


_ID_HINT: Final = "Use lower-case letters, digits and single hyphens, such as `olmo-2`"
_EXPECTED: Final = {
    "string_type": "must be text",
    "string_too_long": "is longer than {max_length} characters",
    "string_too_short": "is shorter than {min_length} characters",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "greater_than": "must be greater than {gt}",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping of keys to values",
    "model_type": "must be a mapping of keys to values",
    "too_short": "needs {min_length} or more entries",
    "literal_error": "must be {expected}",
}


def _quote(word: object) -> str:
    text = str(word)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`" if text else ""


def _keys(shape: Any, inner: Loc) -> Iterator[str]:
    """The keys allowed at `inner`, as far as the shapes tell: for hints only."""
    for part in inner:
        fields = getattr(shape, "model_fields", {})
        hint = fields[part].annotation if part in fields else shape
        shape = next(iter(_shapes(hint)), shape)
    for name, info in getattr(shape, "model_fields", {}).items():
        yield info.alias or name


def _shapes(hint: Any) -> Iterator[Any]:
    if isinstance(hint, type) and hasattr(hint, "model_fields"):
        yield hint
    for arg in getattr(hint, "__args__", ()):
        yield from _shapes(arg)
