"""Values and comments as YAML, in the manner of the records."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from typing import Any, Final

from .source import parse

WIDTH: Final = 98


def one_line(text: str, most: int = 200) -> str:
    """A stranger's text on one line, without what could end a comment or upset a terminal."""
    kept = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(kept.split())[:most].strip()


def comment(text: str, indent: int = 0) -> str:
    """A comment, on as many lines as it takes."""
    text = one_line(text, len(text))
    lines = textwrap.wrap(text, WIDTH - 2 - indent, break_long_words=False, break_on_hyphens=False)
    return "".join(f"# {line}\n" for line in lines)


def pair(key: str, value: Any, lead: str) -> Iterable[str]:
    """A key and its value in the manner of the records."""
    if isinstance(value, str) and len(lead + key + value) > WIDTH - 8 and " " in value:
        yield f"{lead}{key}: >-"
        width = WIDTH - len(lead) - 2
        wrapped = textwrap.wrap(value, width, break_long_words=False, break_on_hyphens=False)
        yield from (f"{lead}  {line}" for line in wrapped)
    elif _flat(value) and (not isinstance(value, dict) or len(_flow(value)) < 60):
        yield f"{lead}{key}: {_flow(value)}"
    elif isinstance(value, dict):
        yield f"{lead}{key}:"
        for name, inner in value.items():
            yield from pair(name, inner, f"{lead}  ")
    else:
        yield f"{lead}{key}:"
        yield from (f"{lead}  - {_flow(one)}" for one in value)


def _flat(value: Any) -> bool:
    """Whether a value goes on one line: a scalar, or scalars in a list or mapping."""
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict):
        return all(not isinstance(one, dict) and _flat(one) for one in inner)
    return not isinstance(value, list) or not any(isinstance(one, dict | list) for one in inner)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_flow(one)}' for name, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str):
        plain = not value.startswith("http")  # Addresses stand in quotes in the records.
        same = plain and parse(f"{{a: {value}}}", "").value == {"a": value}
        return value if same else json.dumps(value, ensure_ascii=False)
    if isinstance(value, int) and not isinstance(value, bool) and value > 9999:
        return f"{value:_}"
    return json.dumps(value)
