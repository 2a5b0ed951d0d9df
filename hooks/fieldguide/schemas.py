"""JSON Schema of every kind of record, so that editors complete and explain the fields.

Made from the same shapes that check the records, and kept in `data/schema/`: an editor finds its
schema by the first line of each file, without settings and without the network. A schema accepts
what the shapes accept, except for rules between fields; ids of records are only looked at in form.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from . import records as r
from .library import Library
from .problems import Problem
from .records.values import DATE, ID_OF

MARK: Final = "# yaml-language-server: $schema="
DRAFT: Final = "http://json-schema.org/draft-07/schema#"  # The newest that all editors know.
# Vocabularies that grow with the records: a new word in them must not make a schema out of date.
_GROWING: Final = frozenset({"families", "licence-families", "machines"})
# Editors read YAML 1.2, to which `7_000_000` is a text; here it is a number.
_THOUSANDS: Final = "^[1-9][0-9]{0,2}(_[0-9]{3})+$"
_HINT: Final = "Run `fieldguide schema`"
_EXAMPLES: Final[dict[str, list[object]]] = {
    DATE: ["2024-11-26", "2024-11", 2024],
    r.ID_SHAPE: ["olmo-2", "apache-2.0"],
}

Schema = dict[str, Any]


def schema_of(collection: str) -> str:
    """The schema's file for a collection; plain vocabularies share one."""
    if collection in r.FOLDERS:
        return f"{collection.removesuffix('s')}.json"
    return "words.json" if r.FILES[collection][1] is r.Word else f"{collection}.json"


def first_line(collection: str) -> str:
    """The first line of a file of the collection: where its schema is, from there."""
    inside = collection in r.FOLDERS or "/" in r.FILES[collection][0]
    return f"{MARK}{'../' if inside else ''}{r.SCHEMAS}/{schema_of(collection)}"


def schemas(library: Library) -> dict[str, str]:
    """Every schema as text, by the name of its file."""
    made = {}
    shapes = {name: shape for name, (_, shape) in r.FILES.items()} | dict(r.FOLDERS)
    for collection, shape in shapes.items():
        schema = _schema(shape, collection, library)
        made[schema_of(collection)] = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
    return dict(sorted(made.items()))


def check(root: Path, library: Library) -> list[Problem]:
    """What is out of date: schemas, and first lines of records that do not name theirs."""
    problems, made = [], schemas(library)
    folder = root / "data" / r.SCHEMAS
    for name in sorted({*made, *(file.name for file in folder.glob("*"))}):
        path, file = f"data/{r.SCHEMAS}/{name}", folder / name
        if name not in made:
            problems.append(Problem(path, 1, 1, "no records have this schema", "Delete the file"))
        elif not file.is_file():
            problems.append(Problem(path, 1, 1, "the schema is missing", _HINT))
        elif file.read_text(encoding="utf-8") != made[name]:
            message = "the schema is not that of the records' shapes"
            problems.append(Problem(path, 1, 1, message, _HINT))
    for file, line in _files(root):
        if file.read_text(encoding="utf-8").split("\n", 1)[0].rstrip() != line:
            path = file.relative_to(root).as_posix()
            problems.append(Problem(path, 1, 1, f"the first line is not `{line}`", _HINT))
    return problems


def write(root: Path, library: Library) -> list[str]:
    """Writes schemas and first lines where they differ; returns the paths of what was written."""
    written = []
    folder = root / "data" / r.SCHEMAS
    folder.mkdir(exist_ok=True)
    for name, text in schemas(library).items():
        file = folder / name
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            written.append(file)
    for file, line in _files(root):
        head, _, rest = (text := file.read_bytes().decode("utf-8-sig")).partition("\n")
        if head.rstrip() != line:
            kept = rest if head.startswith(MARK) else text
            file.write_text(f"{line}\n{kept}", encoding="utf-8", newline="")
            written.append(file)
    return [file.relative_to(root).as_posix() for file in written]


def _files(root: Path) -> Iterator[tuple[Path, str]]:
    """Every file of records, and what its first line should be."""
    for collection in r.FOLDERS:
        for file in sorted((root / "data" / collection).glob("*.yml")):
            yield file, first_line(collection)
    for collection, (name, _) in r.FILES.items():
        yield root / "data" / name, first_line(collection)


def _schema(shape: type[r.Record], collection: str, library: Library) -> Schema:
    raw = shape.model_json_schema(by_alias=True)
    known: dict[str, Schema] = {}
    inner = {name: _mended(one, library, known) for name, one in raw.pop("$defs", {}).items()}
    record = _mended(raw, library, known)
    del record["properties"]["id"]
    record["required"] = [name for name in record.get("required", ()) if name != "id"]
    head: Schema = {"$schema": DRAFT, "title": _title(shape)}
    if collection in r.FILES:
        names = {"pattern": r.ID_SHAPE, "maxLength": 80}
        file: Schema = {
            "type": "object", "additionalProperties": {"$ref": "#/$defs/record"},
            "propertyNames": names,
        }  # fmt: skip
        inner["record"] = record
    else:
        file = record
    defs = dict(sorted((inner | known).items()))
    return head | file | ({"$defs": defs} if defs else {})


def _title(shape: type[r.Record]) -> str:
    own = shape.__doc__ if shape.__doc__ != r.Record.__doc__ else None
    return (own or shape.__name__).split("\n")[0].rstrip(".")


def _mended(node: Any, library: Library, known: dict[str, Schema]) -> Any:
    """A schema of pydantic's for the eyes of editors; vocabularies it needs go into `known`."""
    if isinstance(node, list):
        return [_mended(one, library, known) for one in node]
    if not isinstance(node, dict):
        return node
    made: Schema = {}
    for key, value in node.items():
        if key in ("title", "default", ID_OF):
            continue
        if key == "properties":
            made[key] = {name: _mended(one, library, known) for name, one in value.items()}
        else:
            made[key] = _mended(value, library, known)
    options = [one for one in made.pop("anyOf", ()) if one != {"type": "null"}]
    if len(options) == 1:
        made = options[0] | made
    elif options:
        made["anyOf"] = options
    names = node.get("propertyNames", {}).get(ID_OF)
    if names in _closed(library):
        [rest] = made.pop("patternProperties").values()
        del made["propertyNames"]
        words = library.words(names)
        made["properties"] = {key: rest | {"description": _about(words[key])} for key in words}
    if "properties" in made or "patternProperties" in made:
        made["additionalProperties"] = False
    vocabulary = node.get(ID_OF)
    if vocabulary in _closed(library):
        for key in ("type", "pattern", "maxLength"):
            made.pop(key, None)
        words = library.words(vocabulary)
        about = [_about(word) for word in words.values()]
        known[vocabulary] = {"enum": list(words), "enumDescriptions": about}
        made["$ref"] = f"#/$defs/{vocabulary}"
    elif pattern := made.get("pattern"):
        made |= {"examples": _EXAMPLES[pattern]} if pattern in _EXAMPLES else {}
        made |= {"type": ["string", "integer"]} if pattern == DATE else {}  # A year is a number.
    elif made.get("type") == "integer":
        made |= {"type": ["integer", "string"], "pattern": _THOUSANDS}
    elif made.get("format") == "uri":
        made |= {"pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^/]"}
    return made


def _closed(library: Library) -> set[str]:
    """Vocabularies whose words a schema lists."""
    words = {name for name, (file, _) in r.FILES.items() if file.startswith("vocabulary/")}
    return (words - _GROWING) & set(library.collections)


def _about(word: r.Word) -> str:
    return f"{word.label}. {word.about}" if word.about else word.label
