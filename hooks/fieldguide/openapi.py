"""The API described in OpenAPI 3.1, from the shapes of its answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from .answers import VERSION
from .endpoints import ENDPOINTS, LICENCE, Endpoint, answer, definitions
from .records import ID_SHAPE
from .records.values import DATE, ID_OF

PLACE: Final = "#/components/schemas/"


def description(base: str) -> dict[str, Any]:
    """The whole document; `base` is the site's address, ending in a slash, or nothing."""
    _, shapes = definitions(ENDPOINTS, f"{PLACE}{{model}}")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Open Model Field Guide",
            "version": VERSION,
            "summary": "How open AI models are, part by part, with sources.",
            "description": "Static files, made anew with every build of the site. Version 1 keeps "
            "its fields; fields and files may be added. Null stands for what is not known.",
            "license": {"name": "Creative Commons Attribution 4.0", "identifier": LICENCE},
        },
        "servers": [{"url": f"{base}api/v1" if base else "."}],
        "paths": {f"/{endpoint.path}": {"get": _get(endpoint)} for endpoint in ENDPOINTS},
        "components": {"schemas": dict(sorted(shapes.items()))},
    }


def _get(endpoint: Endpoint) -> dict[str, Any]:
    content = {"application/json": {"schema": answer(endpoint, PLACE)}}
    found: dict[str, Any] = {
        "operationId": endpoint.name.replace("s/{id}", ""),
        "summary": endpoint.about,
        "responses": {"200": {"description": endpoint.about, "content": content}},
    }
    if "{id}" in endpoint.name:
        schema = {"type": "string", "pattern": ID_SHAPE}
        parameter = {"name": "id", "in": "path", "required": True, "schema": schema}
        found["parameters"] = [parameter | {"description": "An id from the list."}]
        found["responses"]["404"] = {"description": "There is no record of this id."}
    return found


@dataclass(frozen=True)
class Field:
    """A field as a page shows it: `holds` is its type in words, with the shapes it refers to."""

    name: str
    holds: tuple[tuple[str, str | None], ...]
    about: str


def shapes(described: dict[str, Any]) -> list[tuple[str, str, list[Field]]]:
    """Every shape of a description: name, what it is, and its fields."""
    return [
        (name, _about(name, shape), [_field(*item) for item in shape["properties"].items()])
        for name, shape in described["components"]["schemas"].items()
    ]


def _about(name: str, shape: dict[str, Any]) -> str:
    return "" if shape["description"] == name else str(shape["description"])


def _field(name: str, schema: dict[str, Any]) -> Field:
    return Field(name, tuple(_holds(schema)), schema.get("description", ""))


def _holds(schema: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """A type in words: `list of`, then the shape's name with the shape as what it refers to."""
    if ref := schema.get("$ref"):
        yield (name := ref.rpartition("/")[2]), name
    elif "anyOf" in schema:
        for place, one in enumerate(schema["anyOf"]):
            if place:
                yield " or ", None
            yield from _holds(one)
    elif values := schema.get("enum"):
        yield f"one of {', '.join(values)}", None
    elif schema.get("type") == "array":
        of = schema["items"].get(ID_OF)
        yield f"list of {f'ids from {of}' if of else ''}", None
        yield from () if of else _holds(schema["items"])
    elif schema.get("type") == "object":
        [values] = schema.get(
            "patternProperties", {"": schema.get("additionalProperties")}
        ).values()
        yield "mapping of names to ", None
        yield from _holds(values)
    elif of := schema.get(ID_OF):
        yield f"id from {of}", None
    else:
        yield next(_WORDS[key] for key in _kind(schema) if key in _WORDS), None


def _kind(schema: dict[str, Any]) -> tuple[str, str, str]:
    dated = "date" if schema.get("pattern") == DATE else ""
    return dated, schema.get("format", ""), schema.get("type", "")


_WORDS: Final = {
    "date": "date",
    "uri": "address",
    "uri-reference": "address",
    "integer": "whole number",
    "boolean": "true or false",
    "null": "null",
    "string": "text",
}
