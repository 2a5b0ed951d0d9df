"""The tables as CSV, with a dictionary of their columns and a data package that describes them.

An empty cell is a value that is not known.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, Final

from .answers import VERSION
from .api import Answers, written
from .columns import tables
from .endpoints import CREDIT, LICENCE
from .evidence import Column, Table

FOLDER: Final = "data/"
PACKAGE: Final = f"{FOLDER}datapackage.json"
DICTIONARY: Final = f"{FOLDER}dictionary.csv"
_HEAD: Final = ("table", "column", "type", "about")
_TEXT: Final[dict[str, Any]] = {"type": "string"}
_TYPES: Final[dict[str, dict[str, Any]]] = {
    **dict.fromkeys(("text", "texts", "id", "ids"), _TEXT),
    "address": {"type": "string", "format": "uri"},
    "date": {"type": "string", "constraints": {"pattern": "[0-9]{4}(-[0-9]{2}){0,2}"}},
    "number": {"type": "integer", "constraints": {"minimum": 0}},
    "truth": {"type": "boolean"},
}


def files(answers: Answers) -> Iterator[tuple[str, str | bytes]]:
    """Every table, the dictionary and the package: path below the site's root, and content."""
    made = tables(answers)
    for table in made:
        yield f"{FOLDER}{table.name}.csv", _csv((c.name for c in table.columns), table.rows)
    yield DICTIONARY, _csv(_HEAD, ((t.name, c.name, c.type, c.about) for t, c in _columns(made)))
    yield PACKAGE, written(_package(answers, made))


def _columns(made: Iterable[Table]) -> Iterator[tuple[Table, Column]]:
    return ((table, column) for table in made for column in table.columns)


def _csv(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """As RFC 4180 has it, with lines that end in CR and LF."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows(rows)
    return file.getvalue()


def _package(answers: Answers, made: list[Table]) -> dict[str, Any]:
    """A Data Package (specs.frictionlessdata.io): what each file holds, for tools that check."""
    resources = [_resource(t.name, t.title, t.columns, t.key) for t in made]
    about = [Column(name, "text", "") for name in _HEAD]
    resources.append(_resource("dictionary", "Every column of every table", about, None))
    found = {
        "profile": "tabular-data-package",
        "name": "open-model-field-guide",
        "title": "Open Model Field Guide",
        "description": "How open AI models are, part by part, with sources.",
        "version": f"{VERSION}+{answers.dated}",
        "licenses": [
            {
                "name": LICENCE,
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "contributors": [{"title": CREDIT, "role": "author"}],
        "resources": resources,
    }
    return found | ({"homepage": answers.guide.base} if answers.guide.base else {})


def _resource(name: str, title: str, columns: Iterable[Column], key: str | None) -> dict[str, Any]:
    fields = [
        {"name": c.name, **_TYPES[c.type], **({"description": c.about} if c.about else {})}
        for c in columns
    ]
    schema = {"fields": fields, "missingValues": [""]} | ({"primaryKey": key} if key else {})
    return {
        "name": name,
        "title": title,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
